#include "support/unit.h"

#include "pmprep/app/progress.h"
#include "pmprep/app/schedule.h"
#include "support/drillfix.h"

#define DAY INT64_C(86400000)

static unsigned differing(struct drillfix *f, bool repair)
{
    unsigned count = 99;
    unsigned units;

    drillfix_ok(f, repair ? schedule_rebuild(f->app, &count, &f->err)
                          : schedule_compare(f->store, &units, &count, &f->err));
    return count;
}

static struct schedule_row *rows(struct drillfix *f, size_t *count)
{
    struct schedule_row *all = NULL;

    drillfix_ok(f, schedule_all(f->store, &f->arena, &all, count, &f->err));
    return all;
}

/* A session of n items, pairs and choices among them, each rated by its number; now and then one grading is taken back.
 */
static void one_session(struct drillfix *f, int n)
{
    drillfix_open(f);
    for (int i = 0; i < n && drill_view(f->drill)->step != DRILL_DONE; i++) {
        if (drill_view(f->drill)->step == DRILL_PICK) {
            drillfix_ok(f, drill_pick(f->drill, i % 2, &f->err));
            if (drill_view(f->drill)->step == DRILL_WHY)
                drillfix_ok(f, drill_submit(f->drill, SV("why"), &f->err));
            drillfix_to_schedule(f, 3);
        } else {
            drillfix_answer(f, "An answer.", 1 + i % 5);
        }
        drillfix_ok(f, drill_rate(f->drill, (enum rating)(RATING_AGAIN + (i * 7 + n) % 4), &f->err));
        drillfix_advance(40000);
        drillfix_ok(f, drill_next(f->drill, &f->err));
        if (i % 3 == 1)
            drillfix_ok(f, drill_undo(f->drill, &f->err));
        if (i % 3 == 1 && i % 2 == 0)
            drillfix_ok(f, drill_next(f->drill, &f->err));
        else if (i % 3 == 1)
            drillfix_ok(f, drill_skip(f->drill, &f->err)); /* stays taken back */
    }
    drillfix_close(f);
}

static void practise(struct drillfix *f, int days)
{
    f->options.seed_set = false;
    f->options.count = 5;
    drillfix_filter(f, "bank:drilling kind:behavioural,case,transition,pair,choice,rewrite");
    for (int day = 0; day < days; day++) {
        one_session(f, 5);
        drillfix_advance(DAY);
    }
}

static void test_a_replay_is_the_schedule(void **state)
{
    struct drillfix *f = *state;
    size_t count = 0;

    practise(f, 12);
    rows(f, &count);
    assert_true(count >= 6);
    assert_int_equal(differing(f, false), 0);
}

static void test_a_damaged_schedule_is_rebuilt(void **state)
{
    struct drillfix *f = *state;
    size_t count = 0;
    size_t again = 0;
    struct schedule_row *before;
    struct schedule_row *after;

    practise(f, 8);
    before = rows(f, &count);

    struct schedule_row wrong = before[0];

    wrong.stability *= 3;
    drillfix_ok(f, schedule_put(f->store, &wrong, &f->err));
    assert_int_equal(differing(f, false), 1);
    assert_int_equal(differing(f, true), 1);
    assert_int_equal(differing(f, false), 0);
    drillfix_ok(f, schedule_clear(f->store, &f->err));
    assert_int_equal(differing(f, true), count);
    after = rows(f, &again);
    assert_int_equal(again, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(after[i].unit, before[i].unit);
        assert_int_equal(after[i].state, before[i].state);
        assert_int_equal(after[i].step, before[i].step);
        assert_true(after[i].stability == before[i].stability);
        assert_true(after[i].difficulty == before[i].difficulty);
        assert_int_equal(after[i].due_day, before[i].due_day);
        assert_int_equal(after[i].due_ms, before[i].due_ms);
        assert_int_equal(after[i].reps, before[i].reps);
        assert_int_equal(after[i].lapses, before[i].lapses);
    }
}

static void test_the_first_drill_of_a_day_repairs(void **state)
{
    struct drillfix *f = *state;
    size_t count = 0;

    practise(f, 3);
    one_session(f, 1); /* today was checked */

    struct schedule_row wrong = rows(f, &count)[0];

    wrong.stability *= 3;
    drillfix_ok(f, schedule_put(f->store, &wrong, &f->err));
    drillfix_open(f);
    drillfix_close(f);
    assert_int_equal(differing(f, false), 1);
    drillfix_advance(DAY);
    drillfix_open(f);
    assert_int_equal(differing(f, false), 0);
}

static void test_a_milestone_draws_everything_before_it(void **state)
{
    struct drillfix *f = *state;
    size_t count = 0;
    int32_t day;

    practise(f, 10);
    day = app_today(f->app) + 4;
    drillfix_ok(f, progress_set_milestone(f->app, "loop", "The loop", day, day, &f->err));

    struct schedule_row *all = rows(f, &count);

    for (size_t i = 0; i < count; i++)
        assert_true(all[i].due_day < day);
    assert_int_equal(differing(f, false), 0); /* earlier than decided is no damage */
    for (int i = 0; i < 4; i++) {
        one_session(f, 5);
        all = rows(f, &count);
        for (size_t k = 0; k < count; k++)
            assert_true(all[k].due_day <= day);
        drillfix_advance(DAY);
    }
}

static void test_capped_is_shown(void **state)
{
    struct drillfix *f = *state;
    int32_t day = DRILLFIX_DAY + 3;

    drillfix_ok(f, progress_set_milestone(f->app, "loop", "The loop", day, day, &f->err));
    drillfix_item(f, "case-one");
    drillfix_answer(f, "An answer.", 5);

    const struct drill_view *v = drillfix_at(f, DRILL_SCHEDULE);

    assert_true(v->capped);
    assert_int_equal(v->choice[RATING_EASY].days, 2);
}

static void test_new_units_keep_to_the_days_limit(void **state)
{
    struct drillfix *f = *state;
    unsigned begun = 0;

    drillfix_ok(f, config_set(app_config(f->app), "new-limit", "2", &f->err));
    f->options.count = 4;
    drillfix_filter(f, "kind:behavioural"); /* of the shipped banks: every principle has several */
    drillfix_open(f);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(strncmp(drill_view(f->drill)->reason, "new", 3) == 0, i < 2);
        drillfix_answer(f, "An answer.", 3);
        drillfix_ok(f, drill_next(f->drill, &f->err));
    }
    drillfix_ok(f, schedule_new_today(f->store, DRILLFIX_DAY, &begun, &f->err));
    assert_int_equal(begun, 2);
}

static void test_a_day_begins_at_four(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;

    drillfix_advance(15 * 3600000); /* 03:00 */
    drillfix_item(f, "case-one");
    drillfix_answer(f, "Late.", 3);
    drillfix_close(f);
    assert_true(drillfix_row(f, "family/metrics", &row));
    assert_int_equal(row.last_day, DRILLFIX_DAY);
}

#define WITH_DRILL(test) cmocka_unit_test_setup_teardown(test, drillfix_setup, drillfix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DRILL(test_a_replay_is_the_schedule),
        WITH_DRILL(test_a_damaged_schedule_is_rebuilt),
        WITH_DRILL(test_the_first_drill_of_a_day_repairs),
        WITH_DRILL(test_a_milestone_draws_everything_before_it),
        WITH_DRILL(test_capped_is_shown),
        WITH_DRILL(test_new_units_keep_to_the_days_limit),
        WITH_DRILL(test_a_day_begins_at_four),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
