#include "support/unit.h"

#include "support/stage.h"

#include "pmprep/app/progress.h"
#include "pmprep/app/review.h"
#include "pmprep/app/story.h"
#include "pmprep/base/clock.h"
#include "screens/screens.h"

static void home(struct stage *s)
{
    stage_show(s, home_screen(s->app, &s->err));
}

static bool first_run_is_due(struct stage *s)
{
    struct arena a = ARENA_INIT;
    struct progress_home h;
    assert_true(progress_home(s->app, &a, &h, &s->err));
    arena_release(&a);
    return h.first_run;
}

static size_t stories(struct stage *s, const char *first)
{
    struct arena a = ARENA_INIT;
    struct story *all;
    size_t count;
    assert_true(story_list(s->app, &a, &all, &count, &s->err));
    bool found = count == 0;
    for (size_t i = 0; i < count; i++)
        found |= strcmp(all[i].headline, first) == 0;
    assert_true(found);
    arena_release(&a);
    return count;
}

static void test_every_step(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_golden(s, "first-run-1-kind");
    stage_keys(s, "1");
    stage_golden(s, "first-run-2-date");
    stage_type(s, "2 weeks");
    stage_keys(s, "Enter");
    stage_keys(s, "5 t");
    stage_golden(s, "first-run-3-target");
    stage_keys(s, "Enter");
    stage_type(s, "Called forty sellers\nStopped a rewrite");
    stage_golden(s, "first-run-4-stories");
    stage_keys(s, "^S");
    stage_golden(s, "first-run-5-pair");
    stage_keys(s, "Enter");
    stage_golden(s, "first-run-5-pair-open");
    stage_keys(s, "Enter");
    stage_type(s, "Eight customers told me that the plan was wrong.");
    stage_pass(s, 61500);
    stage_golden(s, "first-run-6-sealed");
    stage_keys(s, "^S");
    assert_true(stage_sees(s, "14 days to the interview loop"));
    assert_non_null(strstr(stage_status(s), "Ready"));
    assert_string_equal(config_text(app_config(s->app), "target"), "L5");
    assert_string_equal(config_text(app_config(s->app), "role"), "pm-t");
    assert_int_equal(stories(s, "Stopped a rewrite"), 2);
    assert_false(first_run_is_due(s));
}

static void test_every_step_can_be_skipped(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_keys(s, "F4 F4 F4 F4 F4");
    assert_true(stage_sees(s, "Start here"));
    assert_false(first_run_is_due(s));
    assert_int_equal(stories(s, ""), 0);
    home(s);
    assert_true(stage_sees(s, "Start here"));
}

static void test_escape_leaves_all_of_it(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_keys(s, "Esc");
    assert_true(stage_sees(s, "Start here"));
    assert_false(first_run_is_due(s));
}

static void test_dates(void **state)
{
    static const struct {
        const char *text;
        bool taken;
        int days_left;
    } dates[] = {
        {"tomorrow", false, 0},    {"2026-11-20", false, 0},
        {"2026-02-30", false, 0},  {"2026-12-14..2026-12-10", false, 0},
        {"99999 weeks", false, 0}, {"2026-12-10..2026-12-14", true, 19},
        {" 2026-11-21 ", true, 0}, {"10d", true, 10},
    };
    struct stage *s = *state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        stage_show(s, first_run_screen(s->app, &s->err));
        stage_keys(s, "1");
        stage_type(s, dates[i].text);
        stage_keys(s, "Enter");
        if (!dates[i].taken) {
            assert_non_null(strstr(stage_status(s), "as in 2026-12-12"));
            continue;
        }
        struct arena a = ARENA_INIT;
        struct progress_due due;
        assert_true(progress_due(s->app, &a, &due, &s->err));
        assert_int_equal(due.days_left, dates[i].days_left);
        arena_release(&a);
    }
}

/* The program ends in the middle of the sealed answer: the next start goes on with it. */
static void test_sealed_answer_survives(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_keys(s, "F4 F4 F4 F4");
    stage_type(s, "Half an answer");
    stage_pass(s, 1000);
    home(s);
    assert_true(stage_sees(s, "Half an answer"));
    stage_keys(s, "Esc");
    assert_non_null(strstr(stage_status(s), "3 words"));
    stage_type(s, " and more");
    stage_keys(s, "^S");
    assert_true(stage_sees(s, "Start here"));
    stage_pass(s, SEALED_FIRST * INT64_C(86400000));
    home(s);
    stage_keys(s, "o");
    assert_true(stage_sees(s, "Half an answer and more"));
}

static void test_spoken_answer_is_sealed_without_words(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_keys(s, "F4 F4 F4 F4 F5");
    stage_pass(s, 75000);
    stage_golden(s, "first-run-6-speak");
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Start here"));
    stage_pass(s, SEALED_FIRST * INT64_C(86400000));
    home(s);
    stage_keys(s, "o");
    assert_true(stage_sees(s, "spoken in 1:15"));
}

static void test_headlines_survive_a_signal(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_keys(s, "F4 F4");
    stage_type(s, "Called forty sellers");
    assert_true(loop_save(s->loop, &s->err) && loop_save(s->loop, &s->err));
    stage_type(s, " by phone");
    stage_keys(s, "Esc");
    assert_int_equal(stories(s, "Called forty sellers by phone"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_step, stage_setup_fresh, stage_teardown),
        cmocka_unit_test_setup_teardown(test_every_step_can_be_skipped, stage_setup_fresh, stage_teardown),
        cmocka_unit_test_setup_teardown(test_escape_leaves_all_of_it, stage_setup_fresh, stage_teardown),
        cmocka_unit_test_setup_teardown(test_dates, stage_setup_fresh, stage_teardown),
        cmocka_unit_test_setup_teardown(test_sealed_answer_survives, stage_setup_fresh, stage_teardown),
        cmocka_unit_test_setup_teardown(test_spoken_answer_is_sealed_without_words, stage_setup_fresh, stage_teardown),
        cmocka_unit_test_setup_teardown(test_headlines_survive_a_signal, stage_setup_fresh, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
