#include "support/unit.h"

#include "support/stage.h"

#include "pmprep/app/progress.h"
#include "pmprep/store/attempts.h"
#include "screens/screens.h"

static void home(struct stage *s)
{
    stage_show(s, home_screen(s->app, &s->err));
}

static void test_empty_teaches(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_golden(s, "home-empty");
}

static void test_history(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    home(s);
    stage_golden(s, "home");
}

/* A draft that was left: shown with its words, resumed by r, thrown away by x pressed twice and by nothing less. */
static void leave_draft(struct stage *s)
{
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_type(s, "Forty sellers had planned on June.");
    stage_keys(s, "^C");
    stage_pass(s, 20 * 60000);
    home(s);
}

static void test_draft_is_offered(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    leave_draft(s);
    stage_golden(s, "home-draft");
    stage_keys(s, "r");
    assert_true(stage_sees(s, "Forty sellers had planned on June."));
    stage_keys(s, "^C");
    assert_true(stage_sees(s, "Unfinished"));
}

static void test_draft_is_discarded_when_asked_twice(void **state)
{
    struct stage *s = *state;
    leave_draft(s);
    stage_keys(s, "x");
    assert_non_null(strstr(stage_status(s), "x again"));
    stage_keys(s, "Left x");
    assert_non_null(strstr(stage_status(s), "x again"));
    stage_keys(s, "x");
    assert_non_null(strstr(stage_status(s), "gone"));
    assert_true(stage_lacks(s, "Unfinished"));
}

static void test_enter_starts_a_drill_and_home_is_read_again(void **state)
{
    struct stage *s = *state;
    home(s);
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Drill 1 of"));
    stage_type(s, "A beginning.");
    stage_keys(s, "^C");
    assert_true(stage_sees(s, "2 words"));
}

static void test_keys_lead_to_the_screens(void **state)
{
    static const struct {
        const char *key, *sees;
    } doors[] = {{"v", "No answers yet."}, {"s", "No stories yet."}, {"?", "leave pmprep"}};
    struct stage *s = *state;
    home(s);
    for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++) {
        stage_keys(s, doors[i].key);
        assert_true(stage_sees(s, doors[i].sees));
        stage_keys(s, "q");
        assert_true(stage_sees(s, "Start here"));
    }
    stage_keys(s, "q");
    assert_true(loop_done(s->loop));
}

static void test_day_changes_under_it(void **state)
{
    struct stage *s = *state;
    home(s);
    assert_true(stage_sees(s, "Sat 21 Nov"));
    stage_pass(s, 14 * 3600000);
    assert_true(stage_sees(s, "Sun 22 Nov"));
}

static void test_sealed_answer_comes_back(void **state)
{
    struct stage *s = *state;
    assert_true(progress_seal(s->app, SV("I asked eight customers and dropped the plan."), 90000, MODE_TYPE, &s->err));
    home(s);
    stage_keys(s, "v");
    assert_true(stage_sees(s, "No answers yet."));
    stage_keys(s, "q");
    stage_pass(s, SEALED_FIRST * INT64_C(86400000));
    home(s);
    stage_golden(s, "home-sealed");
    stage_keys(s, "o");
    assert_true(stage_sees(s, "I asked eight customers"));
    stage_keys(s, "q");
    assert_true(stage_lacks(s, "Sealed"));
}

/* As the coach would have left them: no-number in three answers, we-fog in two, hedging dismissed in one. */
static void stage_findings(struct stage *s)
{
    static const struct finding found[] = {{.rule = "no-number", .severity = "error", .message = "No number."},
                                           {.rule = "we-fog", .severity = "error", .message = "Who is we?"},
                                           {.rule = "hedging", .severity = "note", .message = "So sure?"}};
    static const size_t counts[] = {3, 2, 1};
    struct arena a = ARENA_INIT;
    struct store *store;
    struct filter typed;
    struct attempt_row *rows;
    size_t count;
    bool more;
    filter_init(&typed);
    typed.kinds = 1u << KIND_BEHAVIOURAL;
    assert_true(app_store(s->app, &store, &s->err));
    assert_true(attempts_list(store, &typed, 0, 3, &a, &rows, &count, &more, &s->err));
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_true(attempts_set_findings(store, rows[i].id, found, counts[i], &s->err));
    arena_release(&a);
}

static void test_flaws_that_come_back(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    home(s);
    assert_true(stage_lacks(s, "Flaws that come back"));
    stage_findings(s);
    home(s);
    stage_golden(s, "home-flaws");
    assert_true(stage_sees(s, "no-number 3 of 7 answers, we-fog 2"));
    assert_true(stage_lacks(s, "hedging"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_empty_teaches, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_history, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_flaws_that_come_back, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_draft_is_offered, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_draft_is_discarded_when_asked_twice, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_enter_starts_a_drill_and_home_is_read_again, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_keys_lead_to_the_screens, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_day_changes_under_it, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_sealed_answer_comes_back, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
