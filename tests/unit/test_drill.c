#include "support/unit.h"

#include "support/drillfix.h"

static void test_a_typed_answer_from_question_to_schedule(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;
    const struct drill_view *v;

    drillfix_item(f, "own-one");
    v = drillfix_at(f, DRILL_ANSWER);
    assert_string_equal(v->item->key, "drilling/own-one");
    assert_string_equal(v->unit, "principle/ownership");
    assert_string_equal(v->reason, "you asked for this one");
    assert_int_equal(v->word_budget, 200);
    assert_int_equal(v->left_ms, 12 * 60000);
    drillfix_advance(90000);
    assert_int_equal(drill_view(f->drill)->left_ms, 10 * 60000 + 30000);
    drillfix_ok(f, drill_submit(f->drill, SV("I cut refunds from 9% to 6%."), &f->err));

    struct attempt at = drillfix_attempt(f, 0); /* stored before anything else is asked */

    assert_string_equal(at.text, "I cut refunds from 9% to 6%.");
    assert_int_equal(at.words, 7);
    assert_int_equal(at.active_ms, 90000);
    assert_int_equal(at.score_set_count, 0);
    assert_int_equal(at.role, ATTEMPT_FIRST);
    drillfix_at(f, DRILL_PRINCIPLE);
    assert_false(drill_principle(f->drill, "no-such", &f->err));
    drillfix_ok(f, drill_principle(f->drill, "dive-deep", &f->err));
    v = drillfix_at(f, DRILL_SCORE);
    assert_null(v->dimension);
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    v = drillfix_at(f, DRILL_SCORE);
    assert_ptr_equal(v->dimension, v->focus);
    drillfix_ok(f, drill_score(f->drill, 2, &f->err));
    drillfix_at(f, DRILL_STORY);
    drillfix_ok(f, drill_new_story(f->drill, "The refund story", &f->err));
    v = drillfix_at(f, DRILL_EVIDENCE);
    assert_string_equal(v->story, "The refund story");
    assert_int_equal(v->next_level, 3);
    assert_string_equal(v->next_anchor, v->focus->anchor[2]);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_at(f, DRILL_RESCORE);
    drillfix_ok(f, drill_score(f->drill, 2, &f->err));
    drillfix_ok(f, drill_score(f->drill, 2, &f->err));
    v = drillfix_at(f, DRILL_SCHEDULE);
    assert_int_equal(v->rating, RATING_HARD); /* follows the second scores */
    assert_true(v->choice[RATING_EASY].days >= v->choice[RATING_AGAIN].days);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    v = drillfix_at(f, DRILL_DONE);
    assert_int_equal(v->done, 1);
    at = drillfix_attempt(f, 0);
    assert_string_equal(at.guess, "dive-deep");
    assert_true(at.story[0] != '\0');
    assert_int_equal(at.score_set_count, 2); /* both kept */
    assert_int_equal(at.score_sets[0].phase, SCORE_BLIND);
    assert_int_equal(at.score_sets[0].scores[0].level, 3);
    assert_int_equal(at.score_sets[1].phase, SCORE_EVIDENCE);
    assert_true(drillfix_row(f, "principle/ownership", &row));
    assert_int_equal(row.reps, 1);
    assert_int_equal(row.last_day, DRILLFIX_DAY);
    assert_true(row.due_day > DRILLFIX_DAY);
}

static void test_what_is_shown_is_what_is_stored(void **state)
{
    struct drillfix *f = *state;

    for (int r = RATING_AGAIN; r <= RATING_EASY; r++) {
        struct schedule_row row;

        drillfix_item(f, "case-one");
        drillfix_answer(f, "Something", 3);
        drillfix_ok(f, drill_rate(f->drill, (enum rating)r, &f->err));

        const struct drill_view *v = drill_view(f->drill);
        int days = v->choice[r].days;

        assert_int_equal(v->rating, r);
        assert_int_equal(v->rating_changed, r != RATING_GOOD);
        drillfix_ok(f, drill_next(f->drill, &f->err));
        assert_true(drillfix_row(f, "family/metrics", &row));
        assert_int_equal(row.due_day - row.last_day, days);
        drillfix_close(f);
        drillfix_advance(3 * 86400000);
    }
}

static void test_an_empty_answer_is_not_an_answer(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "why-now");
    assert_false(drill_submit(f->drill, SV("  \n "), &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    drillfix_at(f, DRILL_ANSWER);
    assert_int_equal(drillfix_attempts(f), 0);
}

static void test_speaking_keeps_ticks_and_bullets(void **state)
{
    struct drillfix *f = *state;

    f->options.mode = MODE_SPEAK;
    f->options.mode_set = true;
    drillfix_item(f, "why-now");
    assert_int_equal(drill_view(f->drill)->left_ms, 150000);
    drillfix_advance(160000);
    drillfix_ok(f, drill_submit(f->drill, SV(""), &f->err));
    drillfix_at(f, DRILL_TICKS);
    drillfix_ok(f, drill_ticks(f->drill, TICK_CUSTOMER | TICK_RESULT, SV("refunds\nhalved"), &f->err));

    struct attempt at = drillfix_attempt(f, 0);

    assert_int_equal(at.mode, MODE_SPEAK);
    assert_int_equal(at.ticks, TICK_CUSTOMER | TICK_RESULT);
    assert_string_equal(at.text, "refunds\nhalved");
    assert_int_equal(at.spoken_ms, 160000);
    assert_int_equal(at.overtime_ms, 10000);
    drillfix_at(f, DRILL_SCORE); /* a transition question tests no principle */
}

static void test_a_pair(void **state)
{
    struct drillfix *f = *state;
    const struct drill_view *v;
    struct schedule_row row;

    drillfix_item(f, "fog");
    v = drillfix_at(f, DRILL_PICK);
    assert_int_equal(v->shown_count, 2);
    assert_int_equal(v->picked, -1);
    assert_string_equal(v->shown[v->right], v->item->good.text);
    assert_false(drill_pick(f->drill, 2, &f->err));
    drillfix_ok(f, drill_pick(f->drill, v->right, &f->err));
    drillfix_at(f, DRILL_WHY);
    drillfix_ok(f, drill_submit(f->drill, SV("nobody decides anything"), &f->err));
    drillfix_at(f, DRILL_EVIDENCE);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    v = drillfix_at(f, DRILL_SCHEDULE);
    assert_int_equal(v->rating, RATING_GOOD);
    assert_int_equal(v->choice[RATING_AGAIN].seconds, 60); /* a learning step */
    drillfix_ok(f, drill_next(f->drill, &f->err));

    struct attempt at = drillfix_attempt(f, 0);

    assert_true(at.picked_right);
    assert_string_equal(at.text, "nobody decides anything");
    assert_true(drillfix_row(f, "flaw/we-fog", &row));
    assert_int_equal(row.state, CARD_LEARNING);
}

static void test_a_choice(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;
    int wrong;

    drillfix_item(f, "ratio");
    wrong = (drillfix_at(f, DRILL_PICK)->right + 1) % 3;
    drillfix_ok(f, drill_pick(f->drill, wrong, &f->err));

    const struct drill_view *v = drillfix_at(f, DRILL_EVIDENCE);
    struct attempt at = drillfix_attempt(f, 0);

    assert_int_equal(at.picked, v->shown_index[wrong]);
    assert_false(at.picked_right);
    assert_string_equal(at.text, v->shown[wrong]);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    assert_int_equal(drillfix_at(f, DRILL_SCHEDULE)->rating, RATING_AGAIN);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    assert_true(drillfix_row(f, "item/drilling/ratio", &row));
    assert_int_equal(row.due_ms, DRILLFIX_NOON + 60000);
}

static void test_a_rewrite(void **state)
{
    struct drillfix *f = *state;

    f->options.mode = MODE_SPEAK; /* a rewrite is written all the same */
    f->options.mode_set = true;
    drillfix_item(f, "reframe");
    assert_int_equal(drill_view(f->drill)->mode, MODE_TYPE);
    assert_int_equal(drill_view(f->drill)->word_budget, 30);
    drillfix_answer(f, "Orders stopped getting lost.", 5);
    drillfix_ok(f, drill_next(f->drill, &f->err));

    struct schedule_row row;

    assert_true(drillfix_row(f, "item/drilling/reframe", &row));
    assert_int_equal(row.state, CARD_REVIEW);
}

static void test_every_fifth_answer_is_scored_whole(void **state)
{
    struct drillfix *f = *state;

    for (int i = 1; i <= 5; i++) {
        drillfix_item(f, "own-two");
        assert_int_equal(drill_view(f->drill)->score_of, i == 5 ? 7 : 2);
        drillfix_answer(f, "An answer.", 3);
        drillfix_close(f);
    }
}

static void test_the_focus_follows_the_weakest_dimension(void **state)
{
    struct drillfix *f = *state;

    f->options.item = "drilling/own-two";
    for (int i = 0; i < 15; i++) { /* every fifth is scored on all dimensions, result always low */
        drillfix_open(f);
        drillfix_ok(f, drill_submit(f->drill, SV("An answer."), &f->err));
        while (drill_view(f->drill)->step == DRILL_SCORE) {
            const struct dimension *dim = drill_view(f->drill)->dimension;
            drillfix_ok(f, drill_score(f->drill, dim && strcmp(dim->id, "result") == 0 ? 1 : 4, &f->err));
        }
        drillfix_close(f);
    }
    drillfix_open(f);
    assert_string_equal(drill_view(f->drill)->focus->id, "result");
}

static void test_a_pause_stops_every_clock(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "own-two");
    drillfix_advance(10000);
    drill_pause(f->drill, true);
    drillfix_advance(600000);
    assert_true(drill_view(f->drill)->paused);
    assert_int_equal(drill_view(f->drill)->active_ms, 10000);
    assert_int_equal(drill_view(f->drill)->session_ms, 10000);
    drill_pause(f->drill, false);
    drillfix_advance(5000);
    assert_int_equal(drill_view(f->drill)->active_ms, 15000);
    drillfix_ok(f, drill_submit(f->drill, SV("Done."), &f->err));
    assert_int_equal(drillfix_attempt(f, 0).active_ms, 15000);
}

static void test_answering_again_is_an_attempt_of_its_own(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "case-one");
    drillfix_ok(f, drill_submit(f->drill, SV("First."), &f->err));
    while (drill_view(f->drill)->step == DRILL_SCORE)
        drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_again(f->drill, &f->err));
    drillfix_advance(30000);
    drillfix_ok(f, drill_submit(f->drill, SV("Second, shorter."), &f->err));

    const struct drill_view *v = drillfix_at(f, DRILL_COMPARE);

    assert_string_equal(v->text, "First.");
    assert_string_equal(v->again, "Second, shorter.");

    struct attempt second = drillfix_attempt(f, 0);
    struct attempt first = drillfix_attempt(f, 1);

    assert_int_equal(second.role, ATTEMPT_AGAIN);
    assert_string_equal(second.parent, first.id);
    assert_int_equal(second.active_ms, 30000);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_at(f, DRILL_RESCORE);
}

static void test_flags(void **state)
{
    struct drillfix *f = *state;
    struct strings suspended, flagged;

    drillfix_item(f, "own-one");
    drillfix_ok(f, drill_flag(f->drill, &f->err));
    assert_true(drill_view(f->drill)->flagged);
    drillfix_ok(f, item_marks(f->store, &f->arena, &suspended, &flagged, &f->err));
    assert_int_equal(flagged.count, 1);
    assert_string_equal(flagged.at[0], "drilling/own-one");
    drillfix_ok(f, drill_flag(f->drill, &f->err));
    assert_false(drill_view(f->drill)->flagged);
}

static void test_leaving_after_scoring_grades_as_proposed(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;

    drillfix_item(f, "own-two");
    drillfix_ok(f, drill_submit(f->drill, SV("Answer."), &f->err));
    drillfix_close(f);
    assert_false(drillfix_row(f, "principle/ownership", &row)); /* unscored is no review */
    drillfix_item(f, "own-two");
    assert_string_equal(drill_view(f->drill)->reason, "you asked for this one again");
    drillfix_ok(f, drill_submit(f->drill, SV("Answer."), &f->err));
    while (drill_view(f->drill)->step == DRILL_SCORE)
        drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_story(f->drill, NULL, &f->err));
    drillfix_at(f, DRILL_EVIDENCE);
    drillfix_ok(f, drill_leave(f->drill, &f->err));
    drillfix_close(f);
    assert_true(drillfix_row(f, "principle/ownership", &row));
    assert_int_equal(row.reps, 1);
    assert_int_equal(drillfix_attempt(f, 0).role, ATTEMPT_RETRY);
}

static void test_the_mode_can_change_before_the_answer(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "own-one");
    drillfix_ok(f, drill_set_mode(f->drill, MODE_OUTLINE, &f->err));
    assert_int_equal(drill_view(f->drill)->allotted_ms, 3 * 60000);
    drillfix_ok(f, drill_submit(f->drill, SV("five lines"), &f->err));
    assert_int_equal(drillfix_attempt(f, 0).mode, MODE_OUTLINE);
    assert_false(drill_set_mode(f->drill, MODE_TYPE, &f->err));
}

static void test_a_call_of_another_step_is_refused(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "own-one");
    assert_false(drill_ticks(f->drill, 0, SV("x"), &f->err));
    assert_false(drill_pick(f->drill, 0, &f->err));
    assert_false(drill_principle(f->drill, NULL, &f->err));
    assert_false(drill_score(f->drill, 3, &f->err));
    assert_false(drill_story(f->drill, NULL, &f->err));
    assert_false(drill_new_story(f->drill, "x", &f->err));
    assert_false(drill_next(f->drill, &f->err));
    assert_false(drill_again(f->drill, &f->err));
    assert_false(drill_rate(f->drill, RATING_GOOD, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    drillfix_at(f, DRILL_ANSWER);
    drillfix_ok(f, drill_submit(f->drill, SV("An answer."), &f->err));
    assert_false(drill_submit(f->drill, SV("Once more."), &f->err));
    drillfix_ok(f, drill_principle(f->drill, NULL, &f->err));
    assert_false(drill_score(f->drill, 9, &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    assert_false(drill_story(f->drill, "no-such-story", &f->err));
    assert_false(drill_new_story(f->drill, "  ", &f->err));
    drillfix_at(f, DRILL_STORY);
    assert_int_equal(drillfix_attempts(f), 1);
}

static void test_a_story_is_used_again(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "own-two");
    drillfix_ok(f, drill_submit(f->drill, SV("One."), &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_new_story(f->drill, "The launch that was late", &f->err));
    drillfix_close(f);

    const char *id = drillfix_attempt(f, 0).story;

    drillfix_advance(1000);
    drillfix_item(f, "own-one");
    drillfix_ok(f, drill_submit(f->drill, SV("Two."), &f->err));
    drillfix_ok(f, drill_principle(f->drill, NULL, &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_story(f->drill, id, &f->err));
    assert_string_equal(drill_view(f->drill)->story, "The launch that was late");
    assert_string_equal(drillfix_attempt(f, 0).story, id);
}

#define WITH_DRILL(test) cmocka_unit_test_setup_teardown(test, drillfix_setup, drillfix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DRILL(test_a_typed_answer_from_question_to_schedule),
        WITH_DRILL(test_what_is_shown_is_what_is_stored),
        WITH_DRILL(test_an_empty_answer_is_not_an_answer),
        WITH_DRILL(test_speaking_keeps_ticks_and_bullets),
        WITH_DRILL(test_a_pair),
        WITH_DRILL(test_a_choice),
        WITH_DRILL(test_a_rewrite),
        WITH_DRILL(test_every_fifth_answer_is_scored_whole),
        WITH_DRILL(test_the_focus_follows_the_weakest_dimension),
        WITH_DRILL(test_a_pause_stops_every_clock),
        WITH_DRILL(test_answering_again_is_an_attempt_of_its_own),
        WITH_DRILL(test_flags),
        WITH_DRILL(test_leaving_after_scoring_grades_as_proposed),
        WITH_DRILL(test_the_mode_can_change_before_the_answer),
        WITH_DRILL(test_a_call_of_another_step_is_refused),
        WITH_DRILL(test_a_story_is_used_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
