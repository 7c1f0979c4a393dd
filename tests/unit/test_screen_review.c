#include "support/unit.h"

#include "support/stage.h"
#include "support/storefix.h"

#include "pmprep/app/review.h"
#include "screens/screens.h"

static void review(struct stage *s)
{
    struct filter all;
    filter_init(&all);
    stage_show(s, review_screen(s->app, &all, &s->err));
}

static void search(struct stage *s, const char *line)
{
    stage_keys(s, "/ ^U");
    stage_type(s, line);
    stage_keys(s, "Enter");
}

static size_t answers(struct stage *s)
{
    struct filter all;
    size_t count = 0;
    filter_init(&all);
    assert_true(review_count(s->app, &all, &count, &s->err));
    return count;
}

static void test_empty_teaches(void **state)
{
    struct stage *s = *state;
    review(s);
    stage_golden(s, "review-empty");
}

static void test_list_with_detail(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_golden(s, "review");
    stage_keys(s, "j");
    assert_true(stage_sees(s, "Say earlier what it cost"));
    stage_keys(s, "G");
    assert_true(stage_sees(s, "I decided on Wednesday."));
    stage_keys(s, "g");
    assert_true(stage_sees(s, "No number at all"));
}

static void test_search_marks_what_it_found(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "/");
    stage_golden(s, "review-searching");
    stage_type(s, "refund");
    stage_keys(s, "Enter");
    stage_golden(s, "review-found");
    stage_keys(s, "Esc");
    assert_true(stage_sees(s, "8 answers"));
}

static void test_filter_errors_keep_the_line(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    search(s, "princple:ownership");
    assert_non_null(strstr(stage_status(s), "principle"));
    assert_true(stage_sees(s, "princple:ownership"));
    search(s, "due:yes");
    assert_non_null(strstr(stage_status(s), "due"));
    search(s, "principle:ownership");
    assert_true(stage_sees(s, "2 answers match"));
    search(s, "zebra");
    assert_true(stage_sees(s, "No answer matches."));
    stage_keys(s, "/ Esc");
    assert_true(stage_sees(s, "No answer matches."));
}

static void test_delete_undo_and_purge(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    assert_int_equal(answers(s), 8);
    review(s);
    stage_keys(s, "j d");
    assert_true(stage_sees(s, "7 answers"));
    assert_true(stage_lacks(s, "nine left us"));
    stage_keys(s, "d d u");
    assert_true(stage_sees(s, "6 answers"));
    stage_keys(s, "u u");
    assert_true(stage_sees(s, "8 answers"));
    assert_true(stage_sees(s, "nine left us"));
    stage_keys(s, "u");
    assert_non_null(strstr(stage_status(s), "Nothing was deleted"));
    stage_keys(s, "d q");
    assert_true(loop_done(s->loop));
    assert_int_equal(answers(s), 7);
}

static void test_flag(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "f");
    assert_true(stage_sees(s, "flagged"));
    stage_keys(s, "f");
    assert_true(stage_lacks(s, "flagged"));
}

/* Of an answer with lines that end as on another system; the last was found in a longer text. */
static void stage_found(struct stage *s, struct arena *a)
{
    static const struct finding found[] = {
        {.rule = "we-fog", .severity = "error", .message = "Who is we?", .start = 22, .end = 39},
        {.rule = "vague-claim", .severity = "warning", .message = "These words hide the size.", .start = 2, .end = 2},
        {.rule = "gone", .severity = "note", .message = "Of a rule that is gone.", .start = 9000, .end = 9100}};
    struct store *store;
    struct attempt at = storefix_attempt(a, 50, "screens/owned-a-miss",
                                         "Calls were too many.\r\nThe team\r\ndecided to change the page.\r\n", 0);
    struct item_snapshot snap = storefix_snapshot(&at);
    at.started_at = app_wall(s->app);
    at.words = 11;
    at.findings = arena_array(a, 3, sizeof(*found));
    memcpy(at.findings, found, sizeof(found));
    at.finding_count = 3;
    assert_true(app_store(s->app, &store, &s->err) && attempts_put(store, &at, &snap, &s->err));
}

static void test_findings_of_a_past_answer(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    struct attempt at;
    stage_found(s, &a);
    review(s);
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "3 findings, 11 words"));
    stage_golden(s, "reader-finding");
    stage_keys(s, "n");
    assert_true(stage_sees(s, "vague-claim · warning"));
    stage_keys(s, "i");
    assert_true(stage_sees(s, "source: articles, article B"));
    stage_keys(s, "n");
    assert_true(stage_sees(s, "This rule is not in use any more."));
    stage_keys(s, "i N x");
    assert_true(stage_sees(s, "2 findings, 1 dismissed, 11 words"));
    stage_keys(s, "q Enter");
    assert_true(stage_sees(s, "2 findings, 1 dismissed"));
    assert_true(review_get(s->app, storefix_id(&a, 50), &a, &at, &s->err));
    assert_true(at.findings[1].dismissed && !at.findings[0].dismissed);
    stage_keys(s, "n x");
    assert_true(stage_sees(s, "3 findings, 11 words"));
    /* scored anew as if never seen: nothing is marked */
    stage_keys(s, "r");
    assert_true(stage_lacks(s, "we-fog"));
    arena_release(&a);
}

static void test_reader(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "j Enter");
    stage_golden(s, "reader");
    stage_keys(s, "t");
    stage_golden(s, "reader-tries");
    stage_keys(s, "t J J");
    assert_true(stage_sees(s, "I promised forty sellers"));
    stage_keys(s, "K K K");
    assert_true(stage_sees(s, "You picked the stronger answer"));
    stage_keys(s, "K");
    assert_non_null(strstr(stage_status(s), "first one"));
    stage_keys(s, "t");
    assert_non_null(strstr(stage_status(s), "only answer"));
    stage_keys(s, "J q");
    assert_true(stage_sees(s, "Say earlier what it cost"));
}

static void test_scoring_again_is_blind(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "j Enter");
    assert_true(stage_sees(s, "Scores"));
    stage_keys(s, "r");
    stage_golden(s, "reader-scoring");
    stage_keys(s, "2 5 Backspace 4 Enter");
    assert_true(stage_sees(s, "21 Nov"));
    assert_string_equal(stage_status(s), "Scored; all your scores of it are shown below the text.");
    stage_keys(s, "^L"); /* any key ends the status line */
    stage_golden(s, "reader-scored");
    stage_keys(s, "r 1 Esc");
    stage_golden(s, "reader-scored");
}

static void test_notes_are_kept(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "Enter e");
    stage_type(s, "Say who decided.");
    stage_golden(s, "reader-note");
    stage_keys(s, "Esc");
    assert_true(stage_sees(s, "Your note"));
    stage_keys(s, "e");
    stage_type(s, " Twice.");
    assert_true(loop_save(s->loop, &s->err));
    stage_keys(s, "^C q");
    assert_true(stage_sees(s, "Say who decided. Twice."));
}

static void test_answering_again_adds_a_try(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "j Enter a");
    assert_true(stage_sees(s, "Drill 1 of 1"));
    stage_type(s, "Shorter.");
    stage_keys(s, "^S ^C");
    assert_true(stage_sees(s, "3 answers to this question"));
}

/* More rows than are read at once: the list goes on to the last. */
static void test_long_list(void **state)
{
    struct stage *s = *state;
    stage_many(s, 1500);
    review(s);
    assert_true(stage_sees(s, "1500 answers"));
    stage_keys(s, "G");
    assert_true(stage_sees(s, "answer number 1 "));
    for (int i = 0; i < 100; i++)
        stage_keys(s, "PgUp");
    assert_true(stage_sees(s, "answer number "));
    stage_keys(s, "g");
    assert_true(stage_sees(s, "answer number 1500 "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_empty_teaches, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_list_with_detail, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_search_marks_what_it_found, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_filter_errors_keep_the_line, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_delete_undo_and_purge, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_flag, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_findings_of_a_past_answer, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_reader, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_scoring_again_is_blind, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_notes_are_kept, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_answering_again_adds_a_try, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_long_list, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
