#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/practice/round.h"

static struct dimension dimensions[] = {
    {.id = "action", .name = "Action", .anchor = {"a1", "a2", "a3", "a4", "a5"}},
    {.id = "result", .name = "Result", .anchor = {"r1", "r2", "r3", "r4", "r5"}},
    {.id = "scope", .name = "Scope", .anchor = {"s1", "s2", "s3", "s4", "s5"}},
};
static const struct rubric rubric = {.id = "behavioural", .dimensions = dimensions, .dimension_count = 3};

static struct round_spec open_spec(enum answer_mode mode)
{
    return (struct round_spec){
        .kind = KIND_BEHAVIOURAL,
        .mode = mode,
        .ask_principle = true,
        .ask_story = true,
        .rubric = &rubric,
        .focus = 1,
        .budget = {60000, 120000, 200},
    };
}

static struct round started(struct round_spec spec, uint64_t seed)
{
    struct round r;
    struct rng rng;

    rng_seed(&rng, seed);
    round_start(&r, &spec, 1000, 0, &rng);
    return r;
}

static void test_an_open_question_from_end_to_end(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);

    (void)state;
    assert_int_equal(r.step, DRILL_ANSWER);
    assert_true(round_submit(&r, true, 2000));
    assert_int_equal(r.step, DRILL_PRINCIPLE);
    assert_true(round_principle(&r));
    assert_int_equal(r.step, DRILL_SCORE);
    assert_null(round_dimension(&r)); /* overall first */
    assert_true(round_score(&r, 3));
    assert_string_equal(round_dimension(&r)->id, "result"); /* then the focus */
    assert_true(round_score(&r, 2));
    assert_int_equal(r.step, DRILL_STORY);
    assert_true(round_story(&r));
    assert_int_equal(r.step, DRILL_EVIDENCE);
    assert_true(round_next(&r));
    assert_int_equal(r.step, DRILL_RESCORE);
    assert_true(round_score(&r, 4));
    assert_true(round_score(&r, 0)); /* keeps the level of this one */
    assert_int_equal(r.step, DRILL_SCHEDULE);

    struct score scores[ROUND_SCORES];

    assert_int_equal(round_blind(&r, scores), 2);
    assert_int_equal(scores[0].level, 3);
    assert_int_equal(round_evidence(&r, scores), 2);
    assert_int_equal(scores[0].level, 4);
    assert_int_equal(scores[1].level, 2);
    assert_int_equal(round_rating(&r), RATING_GOOD); /* the second scores: mean 3 */
    assert_true(round_next(&r));
    assert_int_equal(r.step, DRILL_DONE);
}

static void test_steps_that_do_not_apply_are_left_out(void **state)
{
    struct round_spec spec = open_spec(MODE_TYPE);

    (void)state;
    spec.kind = KIND_CASE;
    spec.ask_principle = false;
    spec.ask_story = false;

    struct round r = started(spec, 1);

    round_submit(&r, true, 2000);
    assert_int_equal(r.step, DRILL_SCORE);
    round_score(&r, 5);
    round_score(&r, 5);
    assert_int_equal(r.step, DRILL_EVIDENCE);
}

static void test_speaking_asks_what_was_said(void **state)
{
    struct round r = started(open_spec(MODE_SPEAK), 1);

    (void)state;
    assert_true(round_submit(&r, false, 2000));
    assert_int_equal(r.step, DRILL_TICKS);
    assert_true(round_ticked(&r));
    assert_int_equal(r.step, DRILL_PRINCIPLE);
}

static void test_a_wrong_call_changes_nothing(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);
    struct round before = r;

    (void)state;
    assert_false(round_ticked(&r));
    assert_false(round_pick(&r, 0, 2000));
    assert_false(round_principle(&r));
    assert_false(round_score(&r, 3));
    assert_false(round_story(&r));
    assert_false(round_next(&r));
    assert_false(round_again(&r, 2000));
    assert_false(round_rate(&r, RATING_GOOD));
    assert_memory_equal(&r, &before, sizeof(r));
    round_submit(&r, true, 2000);
    round_principle(&r);
    assert_false(round_score(&r, 6));
    assert_false(round_score(&r, -1));
    assert_int_equal(r.at, 0);
}

static void test_without_a_score_there_is_no_evidence(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);

    (void)state;
    round_submit(&r, true, 2000);
    round_principle(&r);
    round_score(&r, 0);
    round_score(&r, 0);
    round_story(&r);
    assert_int_equal(r.step, DRILL_DONE);
    assert_int_equal(round_rating(&r), RATING_NONE);
    assert_false(round_is_graded(&r));
}

static void test_keeping_the_first_scores(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);
    struct score scores[ROUND_SCORES];

    (void)state;
    round_submit(&r, true, 2000);
    round_principle(&r);
    round_score(&r, 2);
    round_score(&r, 2);
    round_story(&r);
    round_next(&r);
    assert_true(round_score(&r, 0)); /* at the overall level: everything */
    assert_int_equal(r.step, DRILL_SCHEDULE);
    assert_int_equal(round_evidence(&r, scores), 0);
    assert_int_equal(round_rating(&r), RATING_HARD);
}

static void test_all_dimensions_begin_with_the_focus(void **state)
{
    struct round_spec spec = open_spec(MODE_TYPE);
    const char *const order[] = {"result", "action", "scope"};

    (void)state;
    spec.all_dimensions = true;
    spec.ask_principle = false;

    struct round r = started(spec, 1);

    round_submit(&r, true, 2000);
    assert_int_equal(r.asked, 4);
    round_score(&r, 3);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(round_dimension(&r)->id, order[i]);
        round_score(&r, 3);
    }
    assert_int_equal(r.step, DRILL_STORY);
}

static void reach_evidence(struct round *r)
{
    round_submit(r, true, 2000);
    round_principle(r);
    round_score(r, 3);
    round_score(r, 3);
    round_story(r);
}

static void test_answering_again(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);

    (void)state;
    reach_evidence(&r);
    assert_true(round_again(&r, 5000));
    assert_int_equal(r.step, DRILL_AGAIN);
    assert_int_equal(round_active_ms(&r, 7000), 2000); /* a clock of its own */
    assert_int_equal(r.clock.allotted_ms, budget_again(MODE_TYPE, &r.spec.budget).answer_ms);
    assert_true(round_submit(&r, false, 8000)); /* nothing written: back */
    assert_int_equal(r.step, DRILL_EVIDENCE);
    round_again(&r, 9000);
    assert_true(round_submit(&r, true, 10000));
    assert_int_equal(r.step, DRILL_COMPARE);
    assert_true(round_next(&r));
    assert_int_equal(r.step, DRILL_RESCORE);
    round_score(&r, 0);
    assert_true(round_again(&r, 11000)); /* still possible */
    round_submit(&r, true, 12000);
    round_next(&r);
    assert_int_equal(r.step, DRILL_SCHEDULE);
}

static void test_the_user_may_change_the_rating(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);

    (void)state;
    reach_evidence(&r);
    round_next(&r);
    round_score(&r, 0);
    assert_int_equal(round_rating(&r), RATING_GOOD);
    assert_false(round_rate(&r, RATING_NONE));
    assert_true(round_rate(&r, RATING_HARD));
    assert_int_equal(round_rating(&r), RATING_HARD);
}

static void test_the_clock(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);

    (void)state;
    assert_int_equal(round_left_ms(&r, 1000), 60000);
    assert_int_equal(round_left_ms(&r, 31000), 30000);
    round_pause(&r, true, 31000);
    assert_int_equal(round_left_ms(&r, 99000), 30000);
    round_pause(&r, true, 99000); /* twice is once */
    round_pause(&r, false, 100000);
    assert_int_equal(round_active_ms(&r, 110000), 40000);
    assert_int_equal(round_left_ms(&r, 140000), -10000); /* over, not cut off */
    round_submit(&r, true, 140000);
    assert_int_equal(round_active_ms(&r, 900000), 70000); /* stopped with the answer */
    round_pause(&r, true, 900000);
    round_pause(&r, false, 910000);
    assert_int_equal(round_active_ms(&r, 990000), 70000);
}

static void test_a_resumed_clock_goes_on(void **state)
{
    struct round_spec spec = open_spec(MODE_TYPE);
    struct round r;
    struct rng rng;

    (void)state;
    rng_seed(&rng, 1);
    round_start(&r, &spec, 500000, 45000, &rng);
    assert_int_equal(round_left_ms(&r, 500000), 15000);
}

static void test_changing_the_mode(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);
    struct budget b = {180000, 300000, 0};

    (void)state;
    assert_false(round_set_mode(&r, MODE_PICK, b));
    assert_true(round_set_mode(&r, MODE_OUTLINE, b));
    assert_int_equal(round_left_ms(&r, 2000), 179000);
    round_submit(&r, true, 2000);
    assert_false(round_set_mode(&r, MODE_TYPE, b));
}

static struct round_spec pick_spec(enum item_kind kind, int shown, int right)
{
    return (struct round_spec){
        .kind = kind, .mode = MODE_PICK, .shown = shown, .right = right, .budget = {45000, 60000, 0}};
}

static int place_of(const struct round *r, int original)
{
    for (int i = 0; i < r->spec.shown; i++)
        if (r->order[i] == original)
            return i;
    fail();
    return -1;
}

static void test_a_pair_asks_why_before_it_reveals(void **state)
{
    struct round r = started(pick_spec(KIND_PAIR, 2, 1), 7);

    (void)state;
    assert_int_equal(r.step, DRILL_PICK);
    assert_false(round_pick(&r, 2, 2000));
    assert_true(round_pick(&r, place_of(&r, 1), 2000));
    assert_int_equal(r.step, DRILL_WHY);
    assert_int_equal(round_active_ms(&r, 5000), 4000); /* the clock goes on */
    assert_true(round_submit(&r, true, 6000));
    assert_int_equal(r.step, DRILL_EVIDENCE);
    assert_false(round_again(&r, 6000));
    assert_true(round_is_right(&r));
    assert_true(round_next(&r));
    assert_int_equal(r.step, DRILL_SCHEDULE);
    assert_int_equal(round_rating(&r), RATING_GOOD);
}

static void test_ratings_of_picks(void **state)
{
    struct round pair = started(pick_spec(KIND_PAIR, 2, 1), 7);
    struct round wrong = pair;
    struct round choice = started(pick_spec(KIND_CHOICE, 4, 2), 7);

    (void)state;
    round_pick(&pair, place_of(&pair, 1), 2000);
    round_submit(&pair, false, 3000);
    assert_int_equal(round_rating(&pair), RATING_HARD); /* right, but could not say why */
    round_pick(&wrong, place_of(&wrong, 0), 2000);
    round_submit(&wrong, true, 3000);
    assert_int_equal(round_rating(&wrong), RATING_AGAIN);
    round_pick(&choice, place_of(&choice, 2), 2000);
    assert_int_equal(choice.step, DRILL_EVIDENCE);
    assert_int_equal(round_rating(&choice), RATING_GOOD);
}

static void test_sides_are_shuffled_by_the_seed(void **state)
{
    unsigned good_first = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct round a = started(pick_spec(KIND_PAIR, 2, 1), seed);
        struct round b = started(pick_spec(KIND_PAIR, 2, 1), seed);
        assert_memory_equal(a.order, b.order, sizeof(a.order));
        good_first += a.order[0] == 1;
    }
    assert_in_range(good_first, 70, 130);
}

static void test_a_rewrite_is_scored_once(void **state)
{
    struct round_spec spec = open_spec(MODE_TYPE);

    (void)state;
    spec.kind = KIND_REWRITE;
    spec.ask_principle = spec.ask_story = false;

    struct round r = started(spec, 1);

    round_submit(&r, true, 2000);
    assert_int_equal(r.asked, 1);
    round_score(&r, 4);
    assert_int_equal(r.step, DRILL_EVIDENCE);
}

static void test_budgets(void **state)
{
    const int64_t minute = 60000;

    (void)state;
    assert_int_equal(mode_within(MODE_TYPE, 0), MODE_TYPE);
    assert_int_equal(mode_within(MODE_TYPE, 15 * minute), MODE_TYPE);
    assert_int_equal(mode_within(MODE_TYPE, 10 * minute), MODE_SPEAK);
    assert_int_equal(mode_within(MODE_TYPE, 3 * minute), MODE_OUTLINE);
    assert_int_equal(mode_within(MODE_OUTLINE, 15 * minute), MODE_OUTLINE);
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_TYPE, 6, 0, 0).answer_ms, 12 * minute);
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_TYPE, 6, 0, 0).cost_ms, 15 * minute);
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_TYPE, 6, 0, 0).words, 200);
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_SPEAK, 6, 0, 0).answer_ms, 150000);
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_SPEAK, 6, 0, 0).cost_ms, 6 * minute);
    assert_int_equal(budget_for(KIND_TRANSITION, MODE_OUTLINE, 3, 0, 0).cost_ms, 5 * minute);
    assert_int_equal(budget_for(KIND_CASE, MODE_SPEAK, 25, 0, 0).answer_ms, 25 * minute);
    assert_int_equal(budget_for(KIND_PAIR, MODE_PICK, 0, 0, 0).cost_ms, 4 * minute);
    assert_int_equal(budget_for(KIND_CHOICE, MODE_PICK, 1, 0, 0).cost_ms, 1 * minute);
    assert_int_equal(budget_for(KIND_CHOICE, MODE_PICK, 2, 0, 0).cost_ms, 2 * minute);
    assert_int_equal(budget_for(KIND_REWRITE, MODE_TYPE, 3, 40, 0).words, 40);
    /* the user's own time replaces the guess, scoring stays on top; the clock does not change */
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_TYPE, 6, 0, 7 * minute).cost_ms, 10 * minute);
    assert_int_equal(budget_for(KIND_BEHAVIOURAL, MODE_TYPE, 6, 0, 7 * minute).answer_ms, 12 * minute);
    struct budget typed = budget_for(KIND_BEHAVIOURAL, MODE_TYPE, 0, 0, 0);
    struct budget rewrite = budget_for(KIND_REWRITE, MODE_TYPE, 0, 50, 0);
    assert_int_equal(budget_again(MODE_SPEAK, &typed).answer_ms, 90000);
    assert_int_equal(budget_again(MODE_TYPE, &typed).words, 120);
    assert_int_equal(budget_again(MODE_TYPE, &rewrite).words, 50);
    assert_int_equal(budget_again(MODE_TYPE, &rewrite).answer_ms, rewrite.answer_ms);
    assert_int_equal(mode_for(KIND_CHOICE, MODE_SPEAK), MODE_PICK);
    assert_int_equal(mode_for(KIND_REWRITE, MODE_SPEAK), MODE_TYPE);
    assert_int_equal(mode_for(KIND_CASE, MODE_SPEAK), MODE_SPEAK);
}

static void test_leaving_grades_only_what_was_scored(void **state)
{
    struct round r = started(open_spec(MODE_TYPE), 1);

    (void)state;
    assert_false(round_is_graded(&r));
    round_submit(&r, true, 2000);
    round_principle(&r);
    round_score(&r, 3);
    assert_false(round_is_graded(&r));
    round_score(&r, 3);
    assert_false(round_is_graded(&r));
    round_story(&r);
    assert_true(round_is_graded(&r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_open_question_from_end_to_end),
        cmocka_unit_test(test_steps_that_do_not_apply_are_left_out),
        cmocka_unit_test(test_speaking_asks_what_was_said),
        cmocka_unit_test(test_a_wrong_call_changes_nothing),
        cmocka_unit_test(test_without_a_score_there_is_no_evidence),
        cmocka_unit_test(test_keeping_the_first_scores),
        cmocka_unit_test(test_all_dimensions_begin_with_the_focus),
        cmocka_unit_test(test_answering_again),
        cmocka_unit_test(test_the_user_may_change_the_rating),
        cmocka_unit_test(test_the_clock),
        cmocka_unit_test(test_a_resumed_clock_goes_on),
        cmocka_unit_test(test_changing_the_mode),
        cmocka_unit_test(test_a_pair_asks_why_before_it_reveals),
        cmocka_unit_test(test_ratings_of_picks),
        cmocka_unit_test(test_sides_are_shuffled_by_the_seed),
        cmocka_unit_test(test_a_rewrite_is_scored_once),
        cmocka_unit_test(test_budgets),
        cmocka_unit_test(test_leaving_grades_only_what_was_scored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
