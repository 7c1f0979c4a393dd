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

/* Of a length that scrolls at 80x24; characters two columns wide before a finding, one finding over the end of a row.
 */
static const char foggy[] =
    "Last spring the team felt that the returns page was slow, so I read two hundred tickets before anybody built "
    "anything. Most of them were not about speed at all: buyers could not find the label, those with \xE8\x8D\xB7"
    "\xE7\x89\xA9 on it included.\n\nI cut the page from six steps to two, against a redesign that marketing had "
    "booked, and kept the old path open for a month in case I was wrong. It cost us one sprint and one argument.\n\n"
    "Calls about returns fell a lot after the change, and support was very happy. The two largest sellers asked for "
    "the same page in their own shops, which I turned down for that quarter. Since then I begin with what people "
    "write in, not with what we measure, and perhaps that is the most useful thing that I took from it.";

static void to_evidence(struct stage *s, const char *text)
{
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_paste(s, text);
    stage_keys(s, "^S Enter");
    stage_while(s, "Score it yourself", "2");
    assert_true(stage_lacks(s, "we-fog"));
    stage_keys(s, "Esc");
}

static void test_findings_one_at_a_time(void **state)
{
    struct stage *s = *state;
    to_evidence(s, foggy);
    stage_golden(s, "drill-finding");
    assert_true(stage_sees(s, "4 findings, 141 words"));
    stage_keys(s, "n");
    assert_true(stage_sees(s, "vague-claim"));
    assert_true(stage_sees(s, "2 of 4"));
    stage_golden(s, "drill-finding-next");
    stage_keys(s, "i");
    stage_golden(s, "drill-finding-advice");
    stage_keys(s, "i n n n N");
    assert_true(stage_sees(s, "4 of 4"));
    assert_true(stage_sees(s, "hedging"));
    stage_keys(s, "n");
    assert_true(stage_sees(s, "1 of 4"));
}

static void test_a_finding_dismissed(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    to_evidence(s, foggy);
    stage_keys(s, "x");
    assert_true(stage_sees(s, "3 findings, 1 dismissed"));
    stage_golden(s, "drill-finding-dismissed");
    assert_true(newest(s, &a).findings[0].dismissed);
    stage_keys(s, "x");
    assert_true(stage_sees(s, "4 findings, 141 words"));
    assert_false(newest(s, &a).findings[0].dismissed);
    arena_release(&a);
}

static void test_answering_again_against_a_finding(void **state)
{
    struct stage *s = *state;
    to_evidence(s, foggy);
    stage_keys(s, "n a");
    assert_true(stage_sees(s, "with one thing to mend"));
    stage_golden(s, "drill-again-finding");
    stage_type(s,
               "Last spring the team felt the page was slow. Calls fell from 90 to 41 a week; it was decided in May.");
    stage_keys(s, "^S");
    assert_true(stage_sees(s, "Mended: vague-claim, hedging"));
    assert_true(stage_sees(s, "Still there: we-fog"));
    stage_golden(s, "drill-compare-findings");
}

static void test_nothing_found_is_said_calmly(void **state)
{
    struct stage *s = *state;
    to_evidence(s, answer);
    assert_true(stage_sees(s, "no findings, 29 words"));
    assert_true(stage_sees(s, "The coach found nothing to mend."));
    assert_true(stage_lacks(s, "dismiss"));
    stage_keys(s, "x n");
    assert_true(stage_sees(s, "no findings, 29 words"));
}

static void test_live_findings_when_asked_for(void **state)
{
    struct stage *s = *state;
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_type(s, foggy);
    stage_pass(s, 500);
    assert_true(stage_lacks(s, "we-fog"));
    stage_keys(s, "^C");
    assert_true(config_set(app_config(s->app), "coach-live", "yes", &s->err));
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_paste(s, foggy);
    assert_true(stage_lacks(s, "we-fog")); /* not between two keys */
    stage_pass(s, 500);
    assert_true(stage_sees(s, "we-fog"));
    stage_golden(s, "drill-live");
    stage_keys(s, "^S Enter");
    assert_true(stage_lacks(s, "we-fog"));
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
    stage_while(s, "Score it yourself", "2");
    stage_keys(s, "Esc");
    stage_golden(s, "drill-finding-ticked");
    assert_true(stage_sees(s, "no-result · error · self-reported"));
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
        cmocka_unit_test_setup_teardown(test_findings_one_at_a_time, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_a_finding_dismissed, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_answering_again_against_a_finding, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_nothing_found_is_said_calmly, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_live_findings_when_asked_for, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_spoken_answer, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_outline_of_a_case, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_pair, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_choice, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_help_shows_all_keys, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_offer_of_an_unfinished_answer, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
