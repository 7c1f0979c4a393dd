#include "support/unit.h"

#include "support/stage.h"

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

static void test_reader(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    review(s);
    stage_keys(s, "j Enter");
    stage_golden(s, "reader");
    stage_keys(s, "t");
    stage_golden(s, "reader-tries");
    stage_keys(s, "t n n");
    assert_true(stage_sees(s, "I promised forty sellers"));
    stage_keys(s, "p p p");
    assert_true(stage_sees(s, "You picked the stronger answer"));
    stage_keys(s, "p");
    assert_non_null(strstr(stage_status(s), "first one"));
    stage_keys(s, "t");
    assert_non_null(strstr(stage_status(s), "only answer"));
    stage_keys(s, "n q");
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
        cmocka_unit_test_setup_teardown(test_reader, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_scoring_again_is_blind, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_notes_are_kept, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_answering_again_adds_a_try, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_long_list, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
