#include "support/unit.h"

#include "support/stage.h"

#include "pmprep/app/review.h"
#include "screens/screens.h"

static const char answer[] =
    "Forty sellers had planned on a date that I knew was wrong. I called each of them, shipped "
    "three flows in June and two in August; nine left us.";

/* The newest answer of the store. */
static struct attempt newest(struct stage *s, struct arena *a)
{
    struct filter all;
    struct attempt_row *rows;
    struct attempt at;
    size_t count;
    bool more;
    filter_init(&all);
    assert_true(review_list(s->app, &all, 0, 1, a, &rows, &count, &more, &s->err));
    assert_int_equal(count, 1);
    assert_true(review_get(s->app, rows[0].id, a, &at, &s->err));
    return at;
}

static void test_typed_answer_from_question_to_schedule(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_golden(s, "drill-type-empty");
    stage_type(s, answer);
    stage_pass(s, 95000);
    stage_golden(s, "drill-type");
    stage_keys(s, "F3");
    stage_golden(s, "drill-paused");
    stage_pass(s, 600000);
    stage_keys(s, "F3 ^S");
    stage_golden(s, "drill-principle");
    stage_keys(s, "b");
    stage_golden(s, "drill-score");
    stage_keys(s, "3");
    stage_golden(s, "drill-score-focus");
    stage_while(s, "Score it yourself", "2");
    stage_golden(s, "drill-story");
    stage_type(s, "Called forty sellers");
    stage_golden(s, "drill-story-new");
    stage_keys(s, "Down Enter");
    stage_golden(s, "drill-evidence");
    stage_keys(s, "e");
    stage_golden(s, "drill-exemplar");
    stage_keys(s, "Enter");
    stage_golden(s, "drill-rescore");
    stage_while(s, "Score it again", "4");
    stage_golden(s, "drill-schedule");
    stage_keys(s, "Enter");
    stage_golden(s, "drill-done");
    struct attempt at = newest(s, &a);
    assert_string_equal(at.text, answer);
    assert_int_equal(at.active_ms, 95000);
    assert_string_equal(at.guess, "ownership");
    assert_int_equal(at.score_set_count, 2);
    assert_true(at.story[0] != '\0');
    stage_keys(s, "Enter");
    assert_true(loop_done(s->loop));
    arena_release(&a);
}

static void test_answering_again(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_type(s, answer);
    stage_keys(s, "^S Enter");
    stage_while(s, "Score it yourself", "2");
    stage_keys(s, "Esc a");
    stage_golden(s, "drill-again");
    stage_type(s, "Nine of forty sellers left after my wrong date.");
    stage_keys(s, "^S");
    stage_golden(s, "drill-compare");
    struct attempt at = newest(s, &a);
    assert_int_equal(at.role, ATTEMPT_AGAIN);
    arena_release(&a);
}

static void test_spoken_answer(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    stage_drill(s, "name-bias-for-action", MODE_SPEAK);
    stage_pass(s, 40000);
    stage_golden(s, "drill-speak");
    stage_keys(s, "Enter 1 2 4");
    stage_golden(s, "drill-ticks");
    stage_keys(s, "Tab");
    stage_type(s, "two of five quotes");
    stage_golden(s, "drill-bullets");
    stage_keys(s, "^S");
    assert_true(stage_sees(s, "Score it yourself"));
    struct attempt at = newest(s, &a);
    assert_int_equal(at.ticks, TICK_CUSTOMER | TICK_NUMBER | TICK_DECIDED);
    assert_string_equal(at.text, "two of five quotes");
    arena_release(&a);
}

static void test_outline_of_a_case(void **state)
{
    struct stage *s = *state;
    stage_drill(s, "checkout-dropped", MODE_OUTLINE);
    stage_golden(s, "drill-outline-case");
    stage_type(s, "Who dropped out, and since when?");
    stage_keys(s, "^S 3 3 3");
    stage_keys(s, "Esc G k k k k k k");
    stage_golden(s, "drill-case-evidence");
}

static void test_pair(void **state)
{
    struct stage *s = *state;
    stage_drill(s, "pair-refunds", MODE_PICK);
    stage_golden(s, "drill-pair");
    stage_keys(s, "1");
    stage_golden(s, "drill-pair-why");
    stage_type(s, "No baseline and no decision.");
    stage_keys(s, "^S");
    stage_golden(s, "drill-pair-evidence");
}

static void test_choice(void **state)
{
    struct stage *s = *state;
    stage_drill(s, "choice-baseline", MODE_PICK);
    stage_golden(s, "drill-choice");
    stage_keys(s, "1");
    stage_golden(s, "drill-choice-evidence");
}

static void test_help_shows_all_keys(void **state)
{
    struct stage *s = *state;
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_keys(s, "F1");
    stage_golden(s, "help-answering");
    stage_keys(s, "G");
    assert_true(stage_sees(s, "stop to the shell"));
    stage_keys(s, "q");
    assert_true(stage_sees(s, "submit"));
}

static void test_offer_of_an_unfinished_answer(void **state)
{
    struct stage *s = *state;
    struct drill_options o;
    bool waiting;
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_type(s, answer);
    stage_keys(s, "^C");
    drill_options_init(&o);
    stage_show(s, offer_screen(s->app, &o, &waiting, &s->err));
    stage_golden(s, "offer");
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "nine left us."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_typed_answer_from_question_to_schedule, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_answering_again, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_spoken_answer, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_outline_of_a_case, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_pair, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_choice, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_help_shows_all_keys, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_offer_of_an_unfinished_answer, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
