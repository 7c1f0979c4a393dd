#include "support/unit.h"

#include "pmprep/app/coach.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/practice/probe.h"
#include "support/storefix.h"

#include <string.h>

/* What is asked next, with the shipped coach, deck and principles. */

struct fix {
    struct buf folder, db;
    struct app *app;
    struct library *library;
    const struct coach *coach;
    struct arena arena;
    struct err err;
};

static void ok(struct fix *f, bool done)
{
    if (!done) {
        fail_msg("%s", f->err.text);
    }
}

static int set_up(void **state)
{
    struct fix *f = mem_calloc(1, sizeof(*f));
    const char *data = getenv("PMPREP_DATA");
    *state = f;
    ok(f, file_temp_dir(&f->folder, &f->err));
    buf_addf(&f->db, "%s/t.db", buf_str(&f->folder));
    setenv("HOME", buf_str(&f->folder), 1);
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_CACHE_HOME");
    ok(f, app_open(&f->app, &(struct app_options){.db = buf_str(&f->db), .data = data ? data : "data"}, &f->err));
    ok(f, app_library(f->app, &f->library, &f->err));
    ok(f, app_coach(f->app, &f->coach, &f->err));
    return 0;
}

static int tear_down(void **state)
{
    struct fix *f = *state;
    app_close(f->app);
    storefix_remove_tree(buf_str(&f->folder));
    buf_release(&f->folder);
    buf_release(&f->db);
    arena_release(&f->arena);
    free(f);
    return 0;
}

/* One interviewer and what they have asked so far. */
struct asking {
    struct item item;
    struct mock_stage stage;
    struct coach_report report;
    struct probe_ask ask;
    struct rng rng;
    uint64_t used[200];
    struct probe_pick pick;
};

static void listen_to(struct fix *f, struct asking *a, const char *text, const char *kind, const char *principle)
{
    coach_read(f->coach, &(struct coach_input){sv_from(text), kind, principle}, &f->arena, &a->report);
    a->ask.report = &a->report;
    a->ask.findings = a->report.findings;
    a->ask.finding_count = a->report.count;
    a->ask.answer = sv_from(text);
    a->ask.depth = 0;
}

static void sit_down(struct fix *f, struct asking *a, enum probe_style style)
{
    *a = (struct asking){.stage = {.id = "s", .title = "S", .interviewer = "I", .probes = style}};
    a->ask = (struct probe_ask){.item = &a->item,
                                .deck = library_deck(f->library, "universal"),
                                .lexicon = coach_lexicon(f->coach),
                                .stage = &a->stage,
                                .used = a->used};
    rng_seed(&a->rng, 11);
}

static bool next(struct fix *f, struct asking *a)
{
    if (!probe_next(&a->ask, &a->rng, &f->arena, &a->pick)) {
        return false;
    }
    assert_true(a->pick.text[0] != '\0');
    assert_null(strstr(a->pick.text, "{quote}"));
    a->used[a->ask.used_count++] = a->pick.hash;
    a->ask.depth++;
    a->ask.asked++;
    a->ask.dug += a->pick.why == PROBE_DIGS;
    a->ask.last_probe = a->pick.text;
    return true;
}

/* Was this flaw asked after, among all that a patient interviewer asks? */
static bool asks_after(struct fix *f, const char *flaw, const char *text, const char *kind, const char *principle)
{
    struct asking a;
    sit_down(f, &a, PROBES_STEADY);
    listen_to(f, &a, text, kind, principle);
    bool asked = false;
    while (a.ask.used_count < 40) { /* new questions about the same answer, so that no finding is out of reach */
        a.ask.depth = 0;
        if (!next(f, &a) || (a.pick.why == PROBE_DECK)) {
            break;
        }
        asked = asked || strcmp(a.pick.flaw, flaw) == 0;
    }
    return asked;
}

static bool is_found(struct fix *f, const char *flaw, const struct rule_fixture *x)
{
    struct coach_report report;
    coach_read(f->coach, &(struct coach_input){sv_from(x->text), x->kind, x->principle}, &f->arena, &report);
    for (size_t i = 0; i < report.count; i++) {
        if (strcmp(report.findings[i].rule, flaw) == 0) {
            return true;
        }
    }
    return false;
}

/* Over every rule's own fixtures, those that show the flaw and those that do not: what is found is asked after, and
 * nothing else. Whether it is found is the coach's self-test. */
static void a_flaw_draws_its_probe_and_its_absence_none(void **state)
{
    struct fix *f = *state;
    size_t count, drawn = 0, spared = 0;
    const struct rule *rules = library_rules(f->library, &count);
    for (size_t i = 0; i < count; i++) {
        const struct rule *r = &rules[i];
        size_t shown = 0, clean = 0;
        for (size_t k = 0; k < r->fires_count + r->silent_count; k++) {
            const struct rule_fixture *x = k < r->fires_count ? &r->fires[k] : &r->silent[k - r->fires_count];
            bool found = is_found(f, r->id, x);
            if (asks_after(f, r->id, x->text, x->kind, x->principle) != found) {
                fail_msg("%s is %s: %.80s", r->id, found ? "not asked after" : "asked after", x->text);
            }
            shown += found;
            clean += !found;
        }
        drawn += shown > 0;
        spared += clean > 0;
    }
    assert_true(drawn >= 12);
    assert_true(spared >= 12);
}

/* The same answers, with figures in the place of words. */
static void no_number_draws_a_probe_that_asks_for_one(void **state)
{
    struct fix *f = *state;
    static const char *const answers[][2] = {
        {"Small shops lost many orders at our checkout. I decided to drop the second address form and turned a redesign"
         " down. Afterwards far more orders were completed, and complaints fell sharply. I learned to ask shops first.",
         "Small shops lost 39 of 100 orders at our checkout. I decided to drop the second address form and turned a"
         " redesign down. Afterwards 74 of 100 orders were completed instead of 61 within 8 weeks, and complaints fell"
         " from 40 to 12 a day. I learned to ask shops first."},
        {"Nurses waited a long time for the result of a blood test, and some patients went home untreated. I chose to"
         " show each result as it came and gave up the daily report. The waiting became much shorter and patients were"
         " treated sooner. Since then I ask who waits before I ask what to build.",
         "Nurses waited 95 minutes for the result of a blood test, and 14 patients a week went home untreated. I chose"
         " to show each result as it came and gave up the daily report. Waiting fell from 95 to 31 minutes in two "
         "months"
         " and 3 patients a week left instead of 14. Since then I ask who waits before I ask what to build."},
        {"Drivers missed their slots at the warehouse because nobody told them that a dock was taken. I decided against"
         " a bigger yard and had every dock send a message when it was free. Drivers now hardly wait and most come"
         " back. I learned that information was scarcer than space.",
         "Drivers missed 1 in 5 slots at the warehouse because nobody told them that a dock was taken. I decided "
         "against"
         " a bigger yard and had every dock send a message when it was free. Missed slots fell from 20 to 4 percent in"
         " the first quarter, and 88 percent of drivers come back. I learned that information was scarcer than space."},
    };
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        assert_true(asks_after(f, "no-number", answers[i][0], "behavioural", ""));
        assert_false(asks_after(f, "no-number", answers[i][1], "behavioural", ""));
    }
}

static const char full[] =
    "Our customers, small shops, lost orders at checkout. I decided to drop the second address form and rejected a"
    " redesign. Completed orders rose from 61 to 74 percent in eight weeks. I learned to ask shops first.";
static const char poor[] =
    "We built a cache and it was very good. We were all very happy with it and so was everybody.";

static void a_third_digs_and_quotes_the_answer(void **state)
{
    struct fix *f = *state;
    static const struct finding lacking[] = {{.rule = "no-number"}, {.rule = "we-fog"},      {.rule = "no-decision"},
                                             {.rule = "no-result"}, {.rule = "vague-claim"}, {.rule = "naked-number"}};
    struct asking a;
    unsigned quoted = 0, lacked = 0;
    sit_down(f, &a, PROBES_STEADY);
    for (int i = 0; i < 5; i++) {
        const char *text = arena_printf(&f->arena, "%s We were quick.", i % 2 ? full : poor);
        text = arena_printf(&f->arena, "%s %s", poor, i % 2 ? full : "Customers had a problem and I decided that.");
        listen_to(f, &a, text, "behavioural", "ownership");
        a.ask.findings = lacking; /* whatever the rules say of these few words */
        a.ask.finding_count = sizeof(lacking) / sizeof(lacking[0]);
        while (next(f, &a)) {
            lacked += a.pick.why == PROBE_LACKS;
            if (a.pick.why == PROBE_DIGS && a.pick.quote[0]) {
                quoted++;
                assert_non_null(strstr(text, a.pick.quote)); /* as it was said */
                assert_non_null(strstr(a.pick.text, a.pick.quote));
            }
        }
    }
    assert_int_equal(a.ask.asked, 15);
    assert_in_range(a.ask.dug, 5, 9);
    assert_true(quoted >= 4);
    assert_true(lacked >= 4);
}

static void no_probe_comes_twice(void **state)
{
    struct fix *f = *state;
    struct asking a;
    sit_down(f, &a, PROBES_SCEPTICAL);
    for (int i = 0; i < 25; i++) {
        listen_to(f, &a, i % 2 ? full : poor, "behavioural", "ownership");
        while (next(f, &a)) {
            for (size_t k = 0; k + 1 < a.ask.used_count; k++) {
                assert_true(a.used[k] != a.pick.hash);
            }
        }
    }
    assert_true(a.ask.used_count > 20);
}

static void a_bar_raiser_goes_three_levels_deep(void **state)
{
    struct fix *f = *state;
    struct asking a;
    sit_down(f, &a, PROBES_DIGGING);
    listen_to(f, &a, poor, "behavioural", "ownership");
    assert_true(next(f, &a));
    assert_int_not_equal(a.pick.why, PROBE_DEEPER);
    assert_true(next(f, &a));
    assert_int_equal(a.pick.why, PROBE_DEEPER);
    assert_true(next(f, &a));
    assert_int_equal(a.pick.why, PROBE_DEEPER);
    assert_false(next(f, &a));
}

static void styles_ask_as_often_as_they_do(void **state)
{
    struct fix *f = *state;
    static const unsigned most[PROBES_COUNT] = {1, 3, 3, 3, 2, 0};
    for (int style = 0; style < PROBES_COUNT; style++) {
        struct asking a;
        unsigned asked = 0;
        sit_down(f, &a, (enum probe_style)style);
        listen_to(f, &a, full, "behavioural", "ownership");
        while (next(f, &a)) {
            asked++;
        }
        assert_int_equal(asked, most[style]);
        assert_int_equal(probe_limit((enum probe_style)style), most[style]);
    }
}

static void the_items_own_probes_come_first(void **state)
{
    struct fix *f = *state;
    struct asking a;
    struct probe own = {.ask = "Which figure did the shops look at?", .flaw = "no-number"};
    sit_down(f, &a, PROBES_STEADY);
    a.item.probes = &own;
    a.item.probe_count = 1;
    struct finding finding = {.rule = "no-number", .severity = "error", .message = ""};
    a.ask.findings = &finding;
    a.ask.finding_count = 1;
    assert_true(next(f, &a));
    assert_string_equal(a.pick.text, own.ask);
    finding.dismissed = true;
    assert_true(next(f, &a));
    assert_string_equal(a.pick.flaw, ""); /* what was dismissed is not asked after */
}

static void a_tick_list_is_enough(void **state)
{
    struct fix *f = *state;
    struct asking a;
    struct finding *findings;
    sit_down(f, &a, PROBES_STEADY);
    coach_ticks(f->coach, TICK_CUSTOMER | TICK_DECIDED | TICK_ALTERNATIVE | TICK_RESULT | TICK_LESSON, "behavioural",
                "", &f->arena, &findings, &a.ask.finding_count);
    a.ask.findings = findings;
    assert_true(next(f, &a));
    assert_int_equal(a.pick.why, PROBE_LACKS);
    assert_string_equal(a.pick.flaw, "no-number");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_flaw_draws_its_probe_and_its_absence_none),
        WITH(no_number_draws_a_probe_that_asks_for_one),
        WITH(a_third_digs_and_quotes_the_answer),
        WITH(no_probe_comes_twice),
        WITH(a_bar_raiser_goes_three_levels_deep),
        WITH(styles_ask_as_often_as_they_do),
        WITH(the_items_own_probes_come_first),
        WITH(a_tick_list_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
