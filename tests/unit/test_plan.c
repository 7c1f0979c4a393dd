#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/practice/schedule.h"

#define TODAY 20000

static struct plan plan_on(int32_t today, int32_t milestone)
{
    return (struct plan){.today = today, .now_ms = (int64_t)today * 86400000, .milestone = milestone, .retention = 0.9};
}

static void test_units_of_items(void **state)
{
    struct arena a = ARENA_INIT;
    const char *principles[] = {"dive-deep", "ownership"};
    const char *flaws[] = {"we-fog", "blame"};
    struct item_meta m = {.key = "mine/one", .family = FAMILY_GENERAL, .principles = {principles, 2}};

    (void)state;
    m.kind = KIND_BEHAVIOURAL;
    assert_string_equal(unit_of(&m, &a), "principle/dive-deep");
    m.principles.count = 0;
    m.family = FAMILY_FAILURE;
    assert_string_equal(unit_of(&m, &a), "family/failure");
    m.kind = KIND_CASE;
    m.family = FAMILY_METRICS;
    m.principles.count = 2;
    assert_string_equal(unit_of(&m, &a), "family/metrics");
    m.kind = KIND_TRANSITION;
    m.family = FAMILY_WHY_PM;
    assert_string_equal(unit_of(&m, &a), "family/why-pm");
    m.kind = KIND_PAIR;
    assert_string_equal(unit_of(&m, &a), "item/mine/one");
    m.flaws = (struct strings){flaws, 2};
    assert_string_equal(unit_of(&m, &a), "flaw/we-fog");
    m.kind = KIND_CHOICE;
    assert_string_equal(unit_of(&m, &a), "item/mine/one");
    m.kind = KIND_REWRITE;
    assert_string_equal(unit_of(&m, &a), "item/mine/one");
    arena_release(&a);
}

static void test_parsing_units(void **state)
{
    enum unit_kind kind;
    struct sv name;

    (void)state;
    assert_true(unit_parse("item/bank/id", &kind, &name));
    assert_int_equal(kind, UNIT_ITEM);
    assert_true(sv_eqs(name, "bank/id"));
    assert_true(unit_parse("flaw/blame", &kind, &name));
    assert_int_equal(kind, UNIT_FLAW);
    assert_false(unit_parse("flaw/", &kind, &name));
    assert_false(unit_parse("ownership", &kind, &name));
}

static void test_the_last_day_before_a_milestone(void **state)
{
    struct plan p = plan_on(TODAY, 0);

    (void)state;
    assert_int_equal(plan_last_day(&p), INT32_MAX);
    p.milestone = TODAY - 3;
    assert_int_equal(plan_last_day(&p), INT32_MAX);
    p.milestone = TODAY;
    assert_int_equal(plan_last_day(&p), INT32_MAX);
    p.milestone = TODAY + 1;
    assert_int_equal(plan_last_day(&p), TODAY + 1);
    p.milestone = TODAY + 9;
    assert_int_equal(plan_last_day(&p), TODAY + 8);
}

static void test_a_better_rating_never_comes_back_earlier(void **state)
{
    (void)state;
    for (int32_t milestone = TODAY; milestone < TODAY + 60; milestone += 7) {
        struct plan p = plan_on(TODAY, milestone);
        struct schedule_row before = {.unit = "principle/ownership",
                                      .state = CARD_REVIEW,
                                      .stability = 12,
                                      .difficulty = 5,
                                      .last_day = TODAY - 11,
                                      .reps = 3};
        int32_t last = 0;

        for (int r = RATING_AGAIN; r <= RATING_EASY; r++) {
            struct planned got;
            plan_review(&p, before.unit, &before, (enum rating)r, false, &got);
            assert_true(got.row.due_day > TODAY && got.row.due_day >= last);
            assert_int_equal(got.elapsed_days, 11);
            assert_int_equal(got.days, got.row.due_day - TODAY);
            last = got.row.due_day;
        }
    }
}

static void test_no_interval_passes_the_milestone(void **state)
{
    (void)state;
    for (int ahead = 1; ahead <= 40; ahead++) {
        struct plan p = plan_on(TODAY, TODAY + ahead);
        struct schedule_row row = {.unit = "family/metrics"};
        struct planned got;

        for (int32_t day = TODAY; day < TODAY + ahead; day = row.due_day) {
            p.today = day;
            plan_review(&p, "family/metrics", row.reps ? &row : NULL, RATING_EASY, false, &got);
            assert_true(got.row.due_day > day);
            assert_true(got.row.due_day <= plan_last_day(&p));
            assert_true(got.row.due_day <= TODAY + ahead);
            row = got.row;
            if (row.due_day >= TODAY + ahead - 1)
                assert_true(got.capped || got.days <= ahead);
        }
    }
}

static void test_a_capped_interval_says_so(void **state)
{
    struct plan p = plan_on(TODAY, TODAY + 5);
    struct planned got;

    (void)state;
    plan_review(&p, "family/metrics", NULL, RATING_EASY, false, &got);
    assert_true(got.capped);
    p.milestone = 0;
    plan_review(&p, "family/metrics", NULL, RATING_EASY, false, &got);
    assert_false(got.capped);
    assert_in_range(got.days, 6, 10); /* eight, give or take the fuzz */
}

static void test_fuzz_is_the_same_for_the_same_unit_and_day(void **state)
{
    struct plan p = plan_on(TODAY, 0);
    struct schedule_row before = {
        .unit = "", .state = CARD_REVIEW, .stability = 40, .difficulty = 4, .last_day = TODAY - 40, .reps = 4};
    int32_t first = 0;
    bool varied = false;

    (void)state;
    for (int i = 0; i < 30; i++) {
        char unit[24];
        struct planned a, b;

        snprintf(unit, sizeof(unit), "flaw/%d", i);
        before.unit = unit;
        plan_review(&p, unit, &before, RATING_GOOD, false, &a);
        plan_review(&p, unit, &before, RATING_GOOD, false, &b);
        assert_int_equal(a.row.due_day, b.row.due_day);
        first = first ? first : a.row.due_day;
        varied = varied || a.row.due_day != first;
    }
    assert_true(varied);
}

static void test_learning_steps_wait_minutes(void **state)
{
    struct plan p = plan_on(TODAY, TODAY + 10);
    struct planned got;

    (void)state;
    plan_review(&p, "flaw/blame", NULL, RATING_AGAIN, true, &got);
    assert_int_equal(got.row.state, CARD_LEARNING);
    assert_int_equal(got.days, 0);
    assert_int_equal(got.seconds, 60);
    assert_int_equal(got.row.due_day, TODAY);
    assert_int_equal(got.row.due_ms, p.now_ms + 60000);
    assert_false(row_is_due(&got.row, TODAY, p.now_ms + 59999));
    assert_true(row_is_due(&got.row, TODAY, p.now_ms + 60000));
    assert_true(row_is_due(&got.row, TODAY + 1, p.now_ms + 60000));
    plan_review(&p, "flaw/blame", NULL, RATING_EASY, true, &got);
    assert_int_equal(got.row.state, CARD_REVIEW);
    assert_int_equal(got.row.due_ms, 0);
}

/* Twenty units that would all come back past the date share the days before it. */
static void test_the_load_is_levelled_near_the_milestone(void **state)
{
    struct plan p = plan_on(TODAY, TODAY + 13);
    struct schedule_row rows[20];
    char names[20][24];
    unsigned load[14] = {0};

    (void)state;
    p.rows = rows;
    for (int i = 0; i < 20; i++) {
        struct planned got;

        snprintf(names[i], sizeof(names[i]), "flaw/%d", i);
        struct schedule_row before = {.unit = names[i],
                                      .state = CARD_REVIEW,
                                      .stability = 30,
                                      .difficulty = 4,
                                      .last_day = TODAY - 30,
                                      .reps = 4};
        plan_review(&p, names[i], &before, RATING_GOOD, false, &got);
        assert_true(got.capped);
        rows[p.count++] = got.row;
        load[got.row.due_day - TODAY]++;
    }
    for (int d = 0; d < 14; d++)
        assert_in_range(load[d], 0, 5);
    assert_int_equal(load[13], 0);
}

static void test_fitting_to_a_new_milestone(void **state)
{
    struct plan p = plan_on(TODAY, TODAY + 10);
    struct schedule_row rows[12];
    struct schedule_row near = {.unit = "near", .due_day = TODAY + 2, .reps = 1};
    bool changed[12];
    char names[12][24];
    unsigned load[11] = {0};

    (void)state;
    for (int i = 0; i < 11; i++) {
        snprintf(names[i], sizeof(names[i]), "flaw/%d", i);
        rows[i] = (struct schedule_row){.unit = names[i], .due_day = TODAY + 20 + i, .reps = 3};
    }
    rows[11] = near;
    p.rows = rows;
    p.count = 12;
    assert_int_equal(plan_fit(&p, rows, changed), 11);
    for (int i = 0; i < 11; i++) {
        assert_true(changed[i]);
        assert_in_range(rows[i].due_day, TODAY + 1, TODAY + 9);
        load[rows[i].due_day - TODAY]++;
    }
    for (int d = 0; d < 11; d++)
        assert_in_range(load[d], 0, 4);
    assert_false(changed[11]);
    assert_int_equal(rows[11].due_day, TODAY + 2);
    assert_int_equal(plan_fit(&p, rows, changed), 0); /* and stays */
}

static void test_a_replay_repeats_what_was_decided(void **state)
{
    struct plan p = plan_on(TODAY, TODAY + 30);
    static const enum rating ratings[] = {RATING_GOOD, RATING_AGAIN, RATING_HARD, RATING_GOOD, RATING_EASY};

    (void)state;
    for (int steps = 0; steps < 2; steps++) {
        struct schedule_row kept = {.unit = "flaw/blame"};
        struct schedule_row again = {.state = CARD_NEW};

        p.today = TODAY;
        for (size_t i = 0; i < 5; i++) {
            struct planned got;
            plan_review(&p, "flaw/blame", i ? &kept : NULL, ratings[i], steps, &got);
            struct replayed r = {"flaw/blame", ratings[i],      steps,         got.elapsed_days,
                                 p.today,      got.row.due_day, got.row.due_ms};
            plan_replay(&r, &again);
            kept = got.row;
            assert_int_equal(again.state, kept.state);
            assert_int_equal(again.step, kept.step);
            assert_true(again.stability == kept.stability);
            assert_true(again.difficulty == kept.difficulty);
            assert_int_equal(again.due_day, kept.due_day);
            assert_int_equal(again.due_ms, kept.due_ms);
            assert_int_equal(again.reps, kept.reps);
            assert_int_equal(again.lapses, kept.lapses);
            p.today += 2;
            p.now_ms += 2 * 86400000;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_of_items),
        cmocka_unit_test(test_parsing_units),
        cmocka_unit_test(test_the_last_day_before_a_milestone),
        cmocka_unit_test(test_a_better_rating_never_comes_back_earlier),
        cmocka_unit_test(test_no_interval_passes_the_milestone),
        cmocka_unit_test(test_a_capped_interval_says_so),
        cmocka_unit_test(test_fuzz_is_the_same_for_the_same_unit_and_day),
        cmocka_unit_test(test_learning_steps_wait_minutes),
        cmocka_unit_test(test_the_load_is_levelled_near_the_milestone),
        cmocka_unit_test(test_fitting_to_a_new_milestone),
        cmocka_unit_test(test_a_replay_repeats_what_was_decided),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
