#include "support/unit.h"

#include "pmprep/app/doctor.h"
#include "pmprep/app/progress.h"
#include "pmprep/app/review.h"
#include "support/drillfix.h"

#define DAY_MS INT64_C(86400000)

static struct progress_home home(struct drillfix *f)
{
    struct progress_home h;
    drillfix_ok(f, progress_home(f->app, &f->arena, &h, &f->err));
    return h;
}

static void answer(struct drillfix *f, const char *id, int level)
{
    drillfix_item(f, id);
    drillfix_advance(60000);
    drillfix_answer(f, "We cut refunds from 9% to 6%.", level);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_close(f);
    f->options.item = NULL;
}

static void test_a_first_day(void **state)
{
    struct drillfix *f = *state;
    struct progress_home h = home(f);
    assert_true(h.first_run);
    assert_int_equal(h.answers, 0);
    assert_int_equal(h.due.due, 0);
    assert_false(h.due.has_milestone);
    assert_false(h.has_draft);
    assert_int_equal(h.coverage_count, 16);
    assert_string_equal(h.coverage[0].principle, "customer-obsession");
    assert_string_equal(h.principle_names[0], "Customer Obsession");
    assert_true(h.has_next);
    assert_true(h.next_title[0] && h.next_reason[0]);
    assert_non_null(strstr(h.next_plan, "20 minutes: "));
    drillfix_ok(f, progress_first_run_done(f->app, &f->err));
    assert_false(home(f).first_run);
}

static void test_answers_show_in_days_streak_and_coverage(void **state)
{
    struct drillfix *f = *state;
    answer(f, "own-one", 3);
    drillfix_advance(DAY_MS);
    answer(f, "own-one", 4);
    struct progress_home h = home(f);
    assert_false(h.first_run);
    assert_int_equal(h.answers, 2);
    assert_int_equal(h.streak, 2);
    assert_int_equal(h.week_days, 2);
    assert_int_equal(h.days[HOME_DAYS - 1].answers, 1);
    assert_int_equal(h.days[HOME_DAYS - 2].answers, 1);
    assert_int_equal(h.week_ms, 120000);
    for (size_t i = 0; i < h.coverage_count; i++) {
        bool practised = strcmp(h.coverage[i].principle, "ownership") == 0;
        assert_int_equal(h.coverage[i].answers, practised ? 2 : 0);
        assert_true(practised ? h.coverage[i].mean > 3 : h.coverage[i].mean < 1);
    }
    drillfix_advance(HOME_DAYS * DAY_MS);
    h = home(f);
    assert_int_equal(h.streak, 0);
    assert_int_equal(h.week_days, 0);
    assert_int_equal(h.answers, 2);
    assert_int_equal(h.coverage[1].answers, 0);
    assert_int_equal(h.due.due, 1);
}

static void test_flaws_that_come_back_are_told_with_their_share(void **state)
{
    static const struct finding found[] = {{.rule = "we-fog", .severity = "error", .message = "Who is we?"},
                                           {.rule = "hedging", .severity = "note", .message = "So sure?"}};
    struct drillfix *f = *state;
    struct progress_home h;
    for (size_t i = 0; i < 3; i++) {
        answer(f, "own-one", 3);
        struct attempt at = drillfix_attempt(f, 0);
        drillfix_ok(f, attempts_set_findings(f->store, at.id, found, i == 0 ? 2 : 1, &f->err));
        drillfix_advance(60000);
    }
    drillfix_ok(f, progress_home(f->app, &f->arena, &h, &f->err));
    assert_int_equal(h.flaws.count, 1); /* once is no habit */
    assert_string_equal(h.flaws.at[0].rule, "we-fog");
    assert_int_equal(h.flaws.at[0].answers, 3);
    assert_int_equal(h.flaws.answers, 3);
}

static void test_the_next_milestone_counts_down(void **state)
{
    struct drillfix *f = *state;
    struct progress_due due;
    int32_t today = DRILLFIX_DAY;
    assert_false(progress_set_milestone(f->app, "loop", "The loop", today + 9, today + 8, &f->err));
    drillfix_ok(f, progress_set_milestone(f->app, "loop", "The loop", today + 20, today + 22, &f->err));
    drillfix_ok(f, progress_set_milestone(f->app, "one-on-one", "Coffee", today + 3, today + 3, &f->err));
    drillfix_ok(f, progress_set_milestone(f->app, "writing", "Some day", 0, 0, &f->err));
    drillfix_ok(f, progress_due(f->app, &f->arena, &due, &f->err));
    assert_true(due.has_milestone);
    assert_string_equal(due.milestone, "Coffee");
    assert_int_equal(due.days_left, 3);
    drillfix_advance(4 * DAY_MS);
    drillfix_ok(f, progress_due(f->app, &f->arena, &due, &f->err));
    assert_string_equal(due.milestone, "The loop");
    assert_int_equal(due.days_left, 16);
    drillfix_ok(f, progress_set_milestone(f->app, "loop", "The loop, moved", today + 30, today + 30, &f->err));
    drillfix_ok(f, progress_due(f->app, &f->arena, &due, &f->err));
    assert_string_equal(due.milestone, "The loop, moved");
    assert_int_equal(due.days_left, 26);
    drillfix_advance(27 * DAY_MS);
    drillfix_ok(f, progress_due(f->app, &f->arena, &due, &f->err));
    assert_false(due.has_milestone);
}

static size_t listed(struct drillfix *f)
{
    struct filter all;
    size_t count;
    filter_init(&all);
    drillfix_ok(f, review_count(f->app, &all, &count, &f->err));
    return count;
}

static void test_the_sealed_answer_is_hidden_until_it_comes_back(void **state)
{
    struct drillfix *f = *state;
    struct attempt_row *rows;
    size_t count;
    bool more;
    struct filter all;
    filter_init(&all);
    drillfix_ok(f, progress_seal(f->app, SV("My very first answer."), 60000, MODE_TYPE, &f->err));
    assert_int_equal(listed(f), 0);
    assert_false(home(f).sealed_back);
    drillfix_advance((SEALED_FIRST - 1) * DAY_MS);
    assert_int_equal(listed(f), 0);
    drillfix_advance(DAY_MS);
    assert_true(home(f).sealed_back);
    assert_int_equal(home(f).sealed_days, SEALED_FIRST);
    drillfix_ok(f, review_list(f->app, &all, 0, 0, &f->arena, &rows, &count, &more, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].item, PROGRESS_SEALED_ITEM);
    drillfix_ok(f, progress_sealed_seen(f->app, &f->err));
    assert_false(home(f).sealed_back);
    drillfix_advance((SEALED_SECOND - SEALED_FIRST) * DAY_MS);
    assert_true(home(f).sealed_back);
    drillfix_ok(f, progress_sealed_seen(f->app, &f->err));
    drillfix_advance(100 * DAY_MS);
    assert_false(home(f).sealed_back);
}

static void test_a_draft_is_unfinished_work(void **state)
{
    struct drillfix *f = *state;
    drillfix_item(f, "own-one");
    drillfix_ok(f, drill_save_draft(f->drill, SV("Half"), 4, &f->err));
    drillfix_close(f);
    struct progress_home h = home(f);
    assert_true(h.has_draft);
    assert_string_equal(h.draft.text, "Half");
    assert_string_equal(h.draft.item, "drilling/own-one");
}

static void test_reading_without_a_file_is_a_first_day(void **state)
{
    struct drillfix *f = *state;
    struct app *app;
    struct progress_home h;
    struct attempt_row *rows;
    struct attempt at;
    struct filter all;
    size_t count;
    bool more;
    struct app_options options = {.data = getenv("PMPREP_DATA") ? NULL : "data", .readonly = true};
    filter_init(&all);
    setenv("PMPREP_DB", arena_printf(&f->arena, "%s/none.db", buf_str(&f->folder)), 1);
    drillfix_ok(f, app_open(&app, &options, &f->err));
    drillfix_ok(f, app_need(app, APP_STORE | APP_LIBRARY, &f->err));
    drillfix_ok(f, progress_home(app, &f->arena, &h, &f->err));
    assert_true(h.first_run);
    drillfix_ok(f, review_list(app, &all, 0, 0, &f->arena, &rows, &count, &more, &f->err));
    assert_int_equal(count, 0);
    assert_false(review_get(app, "0193", &f->arena, &at, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    app_close(app);
    unsetenv("PMPREP_DB");
    options.db = arena_printf(&f->arena, "%s/named.db", buf_str(&f->folder));
    drillfix_ok(f, app_open(&app, &options, &f->err));
    assert_false(app_need(app, APP_STORE, &f->err)); /* a file that was named must be there */
    app_close(app);
}

static const struct doctor_row *find_row(const struct doctor_row *rows, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    fail_msg("the doctor says nothing of %s", name);
    return NULL;
}

static void test_the_doctor_replays_the_schedule(void **state)
{
    struct drillfix *f = *state;
    struct doctor_row *rows;
    size_t count;
    answer(f, "own-one", 3);
    drillfix_advance(5 * DAY_MS);
    answer(f, "own-one", 1);
    doctor_examine(f->app, &f->arena, &rows, &count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].state == DOCTOR_BAD) {
            fail_msg("%s: %s", rows[i].name, rows[i].value);
        }
    }
    assert_non_null(strstr(find_row(rows, count, "schedule")->value, "1 unit, the same when replayed"));
    storefix_sql(buf_str(&f->db), "UPDATE schedule SET difficulty = difficulty + 0.5");
    doctor_examine(f->app, &f->arena, &rows, &count);
    assert_int_equal(find_row(rows, count, "schedule")->state, DOCTOR_BAD);
    assert_int_equal(find_row(rows, count, "integrity")->state, DOCTOR_FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_first_day, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_flaws_that_come_back_are_told_with_their_share, drillfix_setup,
                                        drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_answers_show_in_days_streak_and_coverage, drillfix_setup,
                                        drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_the_next_milestone_counts_down, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_the_sealed_answer_is_hidden_until_it_comes_back, drillfix_setup,
                                        drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_a_draft_is_unfinished_work, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_reading_without_a_file_is_a_first_day, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_the_doctor_replays_the_schedule, drillfix_setup, drillfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
