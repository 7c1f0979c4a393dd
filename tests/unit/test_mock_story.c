#include "support/unit.h"

#include "support/mockfix.h"

#include "pmprep/app/story.h"

#include <string.h>

/* The debrief asks which story an answer told, and what is made of it; a vote that changes gives its reason. */

static const char first_telling[] =
    "Small shops could not find their refunds. I asked 40 sellers, decided against a new page and put the state of the "
    "refund into the order list. Refund calls fell from 9% to 6% of orders within a quarter.";
static const char second_telling[] =
    "Sellers rang us about refunds. I asked 14 sellers, rejected a chat window and showed the state in the order list. "
    "Refund calls fell from 12% to 6% of orders within a quarter.";

/* Two principles of one interview, told with one answer each, up to the evidence. */
static void answer_two(struct mockfix *f)
{
    unsigned told = 0;
    f->options.minutes = 0;
    mockfix_open(f, "single-behavioural");
    for (int i = 0; i < 100 && mock_view(f->mock)->phase < MOCK_VOTE; i++) {
        bool asked = mock_view(f->mock)->phase == MOCK_ANSWER;
        if (mock_view(f->mock)->phase == MOCK_PROBE || (asked && told == 2)) {
            mockfix_ok(f, mock_skip(f->mock, &f->err));
            continue;
        }
        told += asked;
        mockfix_step(f, asked && told == 1 ? first_telling : second_telling, 1000);
    }
    mockfix_ok(f, mock_vote(f->mock, VOTE_INCLINED, "", &f->err));
    mockfix_at(f, MOCK_EVIDENCE);
}

static void score_page(struct mockfix *f)
{
    while (mock_view(f->mock)->dimension) {
        assert_false(mock_view(f->mock)->asks_story);
        assert_false(mock_story(f->mock, NULL, &f->err));
        mockfix_ok(f, mock_score(f->mock, 4, &f->err));
    }
    assert_true(mock_view(f->mock)->asks_story);
}

static const struct story *only_story(struct mockfix *f)
{
    struct story *all;
    size_t count;
    mockfix_ok(f, story_list(f->app, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 1);
    return &all[0];
}

static bool any_line(const struct strings *lines, const char *part)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (strstr(lines->at[i], part)) {
            return true;
        }
    }
    return false;
}

static void one_story_twice_is_a_conflict(void **state)
{
    struct mockfix *f = *state;
    struct mock_report report;
    answer_two(f);
    score_page(f);
    assert_false(mock_new_story(f->mock, "  ", &f->err));
    mockfix_ok(f, mock_new_story(f->mock, " Refunds in the order list ", &f->err));
    assert_false(mock_view(f->mock)->asks_story);
    assert_string_equal(mock_view(f->mock)->answer->headline, "Refunds in the order list");
    mockfix_ok(f, mock_next(f->mock, &f->err));
    score_page(f);
    const struct story *story = only_story(f);
    assert_string_equal(story->headline, "Refunds in the order list");
    assert_int_equal(story->principles.count, 1);
    assert_false(mock_story(f->mock, "01930000-0000-7000-8000-00000000dead", &f->err));
    mockfix_ok(f, mock_story(f->mock, story->id, &f->err));
    mockfix_debrief(f, VOTE_INCLINED, 4);
    const struct debrief *made = mock_view(f->mock)->debrief;
    assert_true(any_line(&made->conflicts, "\"Refunds in the order list\" was told twice"));
    assert_true(any_line(&made->conflicts, "\"sellers\": 40 in interview 1, 14"));
    mockfix_ok(f, mock_report(f->app, NULL, &f->arena, &report, &f->err));
    assert_true(any_line(&report.debrief.conflicts, "changed its number"));
}

static void what_was_chosen_outlives_the_program(void **state)
{
    struct mockfix *f = *state;
    answer_two(f);
    score_page(f);
    mockfix_ok(f, mock_new_story(f->mock, "Refunds", &f->err));
    mock_close(f->mock);
    f->mock = NULL;
    mockfix_resume(f);
    const struct mock_view *v = mockfix_at(f, MOCK_EVIDENCE);
    assert_int_equal(v->page, 1);
    assert_null(v->dimension);
    assert_false(v->asks_story);
    assert_string_equal(v->answer->headline, "Refunds");
}

static void none_and_skipping_leave_it_open(void **state)
{
    struct mockfix *f = *state;
    answer_two(f);
    score_page(f);
    mockfix_ok(f, mock_story(f->mock, NULL, &f->err));
    assert_false(mock_view(f->mock)->asks_story);
    mockfix_ok(f, mock_next(f->mock, &f->err));
    score_page(f);
    mockfix_ok(f, mock_next(f->mock, &f->err));
    mockfix_debrief(f, VOTE_INCLINED, 4);
    assert_int_equal(mock_view(f->mock)->debrief->conflicts.count, 0);
}

static void a_page_turned_back_asks_again(void **state)
{
    struct mockfix *f = *state;
    answer_two(f);
    score_page(f);
    mockfix_ok(f, mock_new_story(f->mock, "Refunds", &f->err));
    mockfix_ok(f, mock_next(f->mock, &f->err));
    mockfix_ok(f, mock_back(f->mock, &f->err));
    score_page(f);
    mockfix_ok(f, mock_story(f->mock, NULL, &f->err)); /* it was another after all */
    assert_string_equal(mock_view(f->mock)->answer->story, "");
}

static void a_story_that_cannot_be_stored_is_asked_for_again(void **state)
{
    struct mockfix *f = *state;
    struct story *all;
    size_t count;
    answer_two(f);
    score_page(f);
    struct attempt at;
    mockfix_ok(f, attempts_get(f->store, mock_view(f->mock)->answer->attempt, &f->arena, &at, &f->err));
    mockfix_ok(f, attempts_delete(f->store, at.id, STOREFIX_NOON, &f->err));
    assert_false(mock_new_story(f->mock, "Refunds", &f->err));
    assert_true(mock_view(f->mock)->asks_story);
    mockfix_ok(f, story_list(f->app, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 0);
}

static void a_changed_vote_gives_its_reason(void **state)
{
    struct mockfix *f = *state;
    answer_two(f);
    while (mock_view(f->mock)->phase == MOCK_EVIDENCE) {
        mockfix_ok(f, mock_next(f->mock, &f->err));
    }
    mockfix_ok(f, mock_submit(f->mock, SV("One.\nTwo.\nThree."), &f->err));
    mockfix_at(f, MOCK_REVOTE);
    assert_false(mock_vote(f->mock, VOTE_NOT_INCLINED, " ", &f->err));
    assert_non_null(strstr(f->err.text, "needs a reason"));
    assert_false(mock_vote(f->mock, VOTE_NOT_INCLINED, NULL, &f->err));
    mockfix_at(f, MOCK_REVOTE);
    mockfix_ok(f, mock_vote(f->mock, VOTE_NOT_INCLINED, "The number changed.", &f->err));
    mockfix_at(f, MOCK_VERDICT);
}

static const char *asked(struct mockfix *f, const char *question)
{
    mockfix_ok(f, mock_submit(f->mock, sv_from(question), &f->err));
    return mockfix_at(f, MOCK_QUESTIONS)->says;
}

/* Of what was asked, and never the same words twice. */
static void the_candidate_gets_answers(void **state)
{
    struct mockfix *f = *state;
    mockfix_open(f, "single-behavioural");
    mockfix_to(f, MOCK_QUESTIONS, first_telling, 1000);
    assert_non_null(strstr(asked(f, "How large is the TEAM?"), "Eight engineers"));
    const char *again = asked(f, "And is the team growing?");
    assert_null(strstr(again, "Eight engineers"));
    assert_non_null(strstr(asked(f, "What would success look like for this role?"), "A year from now"));
    const char *one = asked(f, "Is it blue?"), *two = asked(f, "Is it green?");
    assert_true(one[0] != '\0');
    assert_string_not_equal(one, two);
    mockfix_ok(f, mock_submit(f->mock, SV(""), &f->err));
    mockfix_at(f, MOCK_VOTE);
}

/* Everybody probes as often as their style allows, all through five interviews, and nothing is asked twice. */
static void no_probe_comes_twice_in_a_loop(void **state)
{
    struct mockfix *f = *state;
    struct strings said = {arena_array(&f->arena, 400, sizeof(const char *)), 0};
    mockfix_open(f, "five-interviews");
    for (int i = 0; i < 400 && mock_view(f->mock)->phase < MOCK_VOTE; i++) {
        const struct mock_view *v = mock_view(f->mock);
        if (v->phase == MOCK_PROBE && !v->is_case) {
            for (size_t k = 0; k < said.count; k++) {
                assert_string_not_equal(said.at[k], v->says);
            }
            said.at[said.count++] = arena_strdup(&f->arena, v->says);
        }
        mockfix_step(f, first_telling, 500);
    }
    mockfix_at(f, MOCK_VOTE);
    assert_true(said.count >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_story_twice_is_a_conflict, mockfix_setup, mockfix_teardown),
        cmocka_unit_test_setup_teardown(what_was_chosen_outlives_the_program, mockfix_setup, mockfix_teardown),
        cmocka_unit_test_setup_teardown(none_and_skipping_leave_it_open, mockfix_setup, mockfix_teardown),
        cmocka_unit_test_setup_teardown(a_page_turned_back_asks_again, mockfix_setup, mockfix_teardown),
        cmocka_unit_test_setup_teardown(a_story_that_cannot_be_stored_is_asked_for_again, mockfix_setup,
                                        mockfix_teardown),
        cmocka_unit_test_setup_teardown(the_candidate_gets_answers, mockfix_setup, mockfix_teardown),
        cmocka_unit_test_setup_teardown(no_probe_comes_twice_in_a_loop, mockfix_setup, mockfix_teardown),
        cmocka_unit_test_setup_teardown(a_changed_vote_gives_its_reason, mockfix_setup, mockfix_teardown),
    };
    return cmocka_run_group_tests_name("mock_story", tests, NULL, NULL);
}
