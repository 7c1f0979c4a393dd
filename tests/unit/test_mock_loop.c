#include "support/unit.h"

#include "pmprep/bank/bank.h"
#include "pmprep/practice/loop.h"

#include <string.h>

/* The plan of a loop and its run, without a store or a clock. */

static const char loop_text[] = "loop: two\n"
                                "title: Two interviews\n"
                                "about: For tests.\n"
                                "claims:\n  - {text: Ours., source: judgement}\n"
                                "minutes: 85\n"
                                "vote:\n  scale: [inclined, not-inclined]\n  decides: interviewers\n  min-minutes: 8\n"
                                "stages:\n"
                                "  - id: one\n    title: One\n    interviewer: A manager\n    minutes: 55\n"
                                "    principles: [ownership, dive-deep, earn-trust]\n    draw: 2\n"
                                "    families: [metrics]\n    probe-style: steady\n    bar-raiser: true\n"
                                "    parts:\n"
                                "      - {name: Background, asks: background, minutes: 2}\n"
                                "      - {name: Principles, asks: principles, minutes: 25}\n"
                                "      - {name: Case, asks: case, minutes: 23}\n"
                                "      - {name: Questions, asks: questions, minutes: 5}\n"
                                "  - id: two\n    title: Two\n    interviewer: A lead\n    minutes: 30\n"
                                "    principles: [ownership]\n    families: [why-pm, metrics]\n"
                                "    probe-style: interrupting\n    bar-raiser: true\n"
                                "    interruptions: [So what?, Why you?]\n"
                                "    parts:\n"
                                "      - {name: Why, asks: transition, minutes: 10}\n"
                                "      - {name: Principle, asks: principles, minutes: 10}\n"
                                "      - {name: Case, asks: case, minutes: 10}\n";

struct fix {
    struct arena arena;
    struct mock_loop loop;
    struct item_meta metas[40];
    struct loop_item items[40];
    struct loop_ask ask;
    struct loop_plan plan;
    struct err err;
};

static const char *const principle_ids[] = {"ownership", "dive-deep", "earn-trust"};

static void add(struct fix *f, const char *key, enum item_kind kind, enum family family, const char *const *principle)
{
    struct item_meta *m = &f->metas[f->ask.item_count];
    *m = (struct item_meta){.key = key, .bank = "b", .title = key, .kind = kind, .family = family};
    if (principle) {
        m->principles.at = arena_array(&f->arena, 1, sizeof(char *));
        m->principles.at[0] = *principle;
        m->principles.count = 1;
    }
    f->items[f->ask.item_count++] = (struct loop_item){.meta = m};
}

static int set_up(void **state)
{
    static struct fix f;
    struct problems problems;
    f = (struct fix){.err = ERR_INIT};
    problems_init(&problems, &f.arena);
    bool ok = loop_parse(SV(loop_text), "two.yaml", &f.arena, &f.loop, &problems);
    if (!ok) {
        fail_msg("%s", problems.at[0].text);
    }
    problems_release(&problems);
    for (int p = 0; p < 3; p++) {
        for (int i = 0; i < 4; i++) {
            add(&f, arena_printf(&f.arena, "b/%s-%d", principle_ids[p], i), KIND_BEHAVIOURAL, FAMILY_GENERAL,
                &principle_ids[p]);
        }
    }
    for (int i = 0; i < 6; i++) {
        add(&f, arena_printf(&f.arena, "b/metrics-%d", i), KIND_CASE, FAMILY_METRICS, NULL);
        add(&f, arena_printf(&f.arena, "b/why-%d", i), KIND_TRANSITION, FAMILY_WHY_PM, NULL);
    }
    f.ask.loop = &f.loop;
    f.ask.items = f.items;
    f.ask.pace = 1;
    f.ask.seed = 1;
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fix *f = *state;
    arena_release(&f->arena);
    return 0;
}

static void make(struct fix *f)
{
    for (size_t i = 0; i < f->ask.item_count; i++) {
        f->items[i].used = false;
    }
    if (!loop_plan(&f->ask, &f->arena, &f->plan, &f->err)) {
        fail_msg("%s", f->err.text);
    }
}

static unsigned minutes_of(const struct loop_plan *p)
{
    int64_t ms = 0;
    for (size_t i = 0; i < p->stage_count; i++) {
        for (size_t k = 0; k < p->stages[i].part_count; k++) {
            ms += p->stages[i].parts[k].allotted_ms;
        }
    }
    return (unsigned)(ms / 60000);
}

static void a_plan_asks_what_the_loop_says(void **state)
{
    struct fix *f = *state;
    make(f);
    assert_int_equal(f->plan.stage_count, 2);
    const struct loop_stage *one = &f->plan.stages[0], *two = &f->plan.stages[1];
    assert_int_equal(one->principles.count, 2);
    assert_int_equal(one->parts[0].question_count, 0);
    assert_int_equal(one->parts[1].question_count, 3);
    for (size_t i = 0; i < 2; i++) {
        const struct loop_question *q = &one->parts[1].questions[i];
        assert_string_equal(q->principle, one->principles.at[i]);
        assert_non_null(strstr(q->item, q->principle));
        assert_false(q->spare);
    }
    assert_true(one->parts[1].questions[2].spare);
    assert_int_equal(one->parts[2].question_count, 1);
    assert_int_equal(one->parts[2].questions[0].kind, KIND_CASE);
    assert_int_equal(two->parts[0].question_count, 2); /* ten minutes of short questions */
    assert_int_equal(two->parts[1].question_count, 1); /* ten minutes hold no spare one */
    assert_int_equal(one->bar_raiser + two->bar_raiser, 1);
    const struct loop_stage *raiser = one->bar_raiser ? one : two;
    assert_int_equal(raiser->stage->probes, PROBES_DIGGING);
    assert_int_equal(minutes_of(&f->plan), 85);
}

static void no_item_comes_twice_whatever_the_seed(void **state)
{
    struct fix *f = *state;
    unsigned raised = 0, differ = 0;
    char first[80] = "";
    for (f->ask.seed = 1; f->ask.seed <= 60; f->ask.seed++) {
        const char *seen[32];
        size_t count = 0;
        make(f);
        for (size_t i = 0; i < f->plan.stage_count; i++) {
            for (size_t k = 0; k < f->plan.stages[i].part_count; k++) {
                const struct loop_part *part = &f->plan.stages[i].parts[k];
                for (size_t q = 0; q < part->question_count; q++) {
                    for (size_t s = 0; s < count; s++) {
                        assert_string_not_equal(seen[s], part->questions[q].item);
                    }
                    seen[count++] = part->questions[q].item;
                }
            }
        }
        raised += f->plan.stages[0].bar_raiser;
        differ += strcmp(first, seen[0]) != 0;
        snprintf(first, sizeof(first), "%s", seen[0]);
    }
    assert_in_range(raised, 15, 45);
    assert_true(differ > 20);
}

static void the_same_seed_is_the_same_plan(void **state)
{
    struct fix *f = *state;
    make(f);
    const char *item = f->plan.stages[1].parts[2].questions[0].item;
    const char *principle = f->plan.stages[0].principles.at[0];
    make(f);
    assert_string_equal(f->plan.stages[1].parts[2].questions[0].item, item);
    assert_string_equal(f->plan.stages[0].principles.at[0], principle);
}

static void what_was_answered_lately_waits(void **state)
{
    struct fix *f = *state;
    for (size_t i = 0; i < f->ask.item_count; i++) { /* of each principle only the third was never answered */
        f->items[i].last_ms = i % 4 == 2 && i < 12 ? 0 : 1000 + (int64_t)i;
    }
    for (f->ask.seed = 1; f->ask.seed <= 20; f->ask.seed++) {
        make(f);
        const struct loop_part *part = &f->plan.stages[0].parts[1];
        assert_non_null(strstr(part->questions[0].item, "-2"));
        assert_non_null(strstr(part->questions[1].item, "-2"));
        const char *item = f->plan.stages[0].parts[2].questions[0].item; /* of six cases the two oldest */
        assert_true(strcmp(item, "b/metrics-0") == 0 || strcmp(item, "b/metrics-1") == 0);
    }
}

static void a_bank_without_questions_is_told(void **state)
{
    struct fix *f = *state;
    f->ask.item_count = 12; /* behavioural ones only */
    assert_false(loop_plan(&f->ask, &f->arena, &f->plan, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(f->err.text, "One"));
}

static void one_round_alone(void **state)
{
    struct fix *f = *state;
    f->ask.round = 2;
    make(f);
    assert_int_equal(f->plan.stage_count, 1);
    assert_string_equal(f->plan.stages[0].stage->id, "two");
    assert_int_equal(f->plan.stages[0].index, 1);
    f->ask.round = 3;
    assert_false(loop_plan(&f->ask, &f->arena, &f->plan, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
}

static void minutes_drop_questions_and_keep_time_real(void **state)
{
    struct fix *f = *state;
    for (f->ask.minutes = 10; f->ask.minutes <= 85; f->ask.minutes++) {
        make(f);
        unsigned minutes = minutes_of(&f->plan);
        assert_true(minutes <= f->ask.minutes);
        assert_true(minutes + 12 >= f->ask.minutes); /* and little is given away */
        for (size_t i = 0; i < f->plan.stage_count; i++) {
            unsigned asks = 0;
            for (size_t k = 0; k < f->plan.stages[i].part_count; k++) {
                const struct loop_part *part = &f->plan.stages[i].parts[k];
                asks += part->question_count > 0;
                if (part->part->asks == PART_CASE) {
                    assert_int_equal(part->allotted_ms, part->part->minutes * 60000);
                }
            }
            assert_true(asks > 0);
        }
    }
    f->ask.minutes = 3;
    assert_false(loop_plan(&f->ask, &f->arena, &f->plan, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
}

/* ---- the run */

static void parts_follow_one_another(void **state)
{
    struct fix *f = *state;
    struct loop_run r;
    make(f);
    loop_start(&r);
    assert_int_equal(r.phase, LOOP_BREAK);
    loop_spend(&f->plan, &r, 999999, false);
    assert_int_equal(loop_left(&f->plan, &r), 85 * 60000); /* a break costs nothing */
    loop_begin(&f->plan, &r);
    assert_int_equal(r.phase, LOOP_BACKGROUND);
    loop_next_part(&f->plan, &r);
    assert_int_equal(r.phase, LOOP_ANSWER);
    loop_spend(&f->plan, &r, 60000, true);
    loop_to_ticks(&r);
    loop_spend(&f->plan, &r, 60000, true); /* ticking is not interviewing */
    loop_to_probe(&r);
    loop_spend(&f->plan, &r, 30000, false);
    assert_int_equal(r.depth, 1);
    assert_int_equal(r.answer_ms, 30000);
    assert_int_equal(loop_part_left(&f->plan, &r), 25 * 60000 - 90000);
    assert_int_equal(r.spent[0].spoken_ms, 60000);
    assert_int_equal(r.spent[0].typed_ms, 30000);
    loop_next_question(&f->plan, &r);
    assert_int_equal(r.question, 1);
    assert_int_equal(r.depth, 0);
    loop_next_question(&f->plan, &r);
    loop_next_question(&f->plan, &r);
    assert_string_equal(loop_part_at(&f->plan, &r)->part->name, "Case");
    assert_int_equal(loop_stage_left(&f->plan, &r), 28 * 60000); /* what the principles left is gone */
    loop_next_question(&f->plan, &r);
    assert_int_equal(r.phase, LOOP_QUESTIONS);
    loop_next_part(&f->plan, &r);
    assert_int_equal(r.phase, LOOP_BREAK);
    assert_int_equal(r.stage, 1);
    loop_begin(&f->plan, &r);
    while (r.phase != LOOP_OVER) {
        loop_next_question(&f->plan, &r);
    }
    assert_int_equal(loop_left(&f->plan, &r), 0);
    assert_null(loop_question_at(&f->plan, &r));
    assert_int_equal(loop_starved(&f->plan, &r, 0), 0);
}

static void a_hard_stop_starves_what_was_not_asked(void **state)
{
    struct fix *f = *state;
    struct loop_run r;
    make(f);
    loop_start(&r);
    loop_begin(&f->plan, &r);
    loop_next_part(&f->plan, &r);
    loop_spend(&f->plan, &r, 25 * 60000 - 1, false);
    assert_false(loop_is_due(&f->plan, &r));
    loop_spend(&f->plan, &r, 1, false);
    assert_true(loop_is_due(&f->plan, &r));
    loop_hard_stop(&f->plan, &r);
    assert_true(r.spent[0].stopped);
    assert_int_equal(loop_starved(&f->plan, &r, 0), 1); /* the spare one was never promised */
    assert_int_equal(loop_part_left(&f->plan, &r), 23 * 60000);
}

static void a_spare_question_needs_time(void **state)
{
    struct fix *f = *state;
    struct loop_run r;
    make(f);
    loop_start(&r);
    loop_begin(&f->plan, &r);
    loop_next_part(&f->plan, &r);
    loop_next_question(&f->plan, &r);
    loop_spend(&f->plan, &r, 21 * 60000, false);
    loop_next_question(&f->plan, &r);
    assert_string_equal(loop_part_at(&f->plan, &r)->part->name, "Case");
    assert_false(r.spent[0].stopped);
}

static void interruptions_come_at_their_moments(void **state)
{
    struct fix *f = *state;
    struct loop_run r;
    for (f->ask.seed = 1; f->ask.seed <= 20; f->ask.seed++) {
        make(f);
        if (f->plan.stages[1].bar_raiser) {
            continue; /* digs instead */
        }
        unsigned came = 0;
        loop_start(&r);
        r.stage = 1;
        loop_begin(&f->plan, &r);
        assert_false(loop_cuts_in(&f->plan, &r));
        while (r.phase != LOOP_OVER) {
            loop_spend(&f->plan, &r, 1000, false);
            if (loop_cuts_in(&f->plan, &r)) {
                r.cut_ins++;
                came++;
            }
            if (loop_is_due(&f->plan, &r)) {
                loop_hard_stop(&f->plan, &r);
            }
        }
        assert_int_equal(came, 2);
    }
}

static void a_case_turns_at_its_minute_times_the_pace(void **state)
{
    struct fix *f = *state;
    struct loop_run r;
    const struct twist twists[] = {{8, "a"}, {60, "b"}};
    f->ask.pace = 0.5;
    make(f);
    loop_start(&r);
    loop_begin(&f->plan, &r);
    loop_next_part(&f->plan, &r);
    assert_false(loop_turns(&f->plan, &r, twists, 2));
    loop_next_part(&f->plan, &r);
    loop_spend(&f->plan, &r, 4 * 60000 - 1, false);
    assert_false(loop_turns(&f->plan, &r, twists, 2));
    loop_spend(&f->plan, &r, 1, false);
    assert_true(loop_turns(&f->plan, &r, twists, 2));
    r.twists++;
    assert_false(loop_turns(&f->plan, &r, twists, 2));
    loop_spend(&f->plan, &r, 2 * 60000, false); /* one that would come after the end comes in the middle */
    assert_true(loop_turns(&f->plan, &r, twists, 2));
    r.twists++;
    assert_false(loop_turns(&f->plan, &r, twists, 2));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_plan_asks_what_the_loop_says),
        WITH(no_item_comes_twice_whatever_the_seed),
        WITH(the_same_seed_is_the_same_plan),
        WITH(what_was_answered_lately_waits),
        WITH(a_bank_without_questions_is_told),
        WITH(one_round_alone),
        WITH(minutes_drop_questions_and_keep_time_real),
        WITH(parts_follow_one_another),
        WITH(a_hard_stop_starves_what_was_not_asked),
        WITH(a_spare_question_needs_time),
        WITH(interruptions_come_at_their_moments),
        WITH(a_case_turns_at_its_minute_times_the_pace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
