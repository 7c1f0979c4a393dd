#include "support/unit.h"

#include "pmprep/practice/loop.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/loops.h"
#include "pmprep/store/schedule.h"
#include "support/mockfix.h"

#include <string.h>

/* Whole loops, by the use case. */

static const char story[] =
    "Our customers, small shops, lost orders at checkout. I decided to drop the second address form and rejected a"
    " redesign. Completed orders rose from 61 to 74 percent in eight weeks. I learned to ask shops first.";

enum { MINUTE = 60000 };

static void a_loop_runs_from_the_greeting_to_the_verdict(void **state)
{
    struct mockfix *f = *state;
    unsigned openings[6] = {0}, probes = 0;
    mockfix_open(f, "five-interviews");
    for (int i = 0; i < 400 && mock_view(f->mock)->phase != MOCK_VOTE; i++) {
        const struct mock_view *v = mock_view(f->mock);
        assert_int_equal(v->stages, 5);
        assert_null(v->stage_votes);
        openings[v->stage] += v->phase == MOCK_ANSWER;
        if (v->phase == MOCK_PROBE) {
            probes++;
            assert_true(v->about[0] != '\0');
            assert_string_not_equal(v->about, v->says);
        }
        mockfix_step(f, story, 30000);
    }
    for (int i = 1; i <= 5; i++) {
        assert_in_range(openings[i], 3, 4); /* two principles, maybe a spare one, and the case */
    }
    assert_in_range(probes, 15, 75);
    mockfix_debrief(f, VOTE_INCLINED, 4);
    const struct mock_view *v = mock_view(f->mock);
    assert_non_null(v->debrief);
    assert_true(v->debrief->arithmetic.count > 0);
    assert_string_equal(v->against, "One.\nTwo.\nThree.");
    mockfix_ok(f, mock_next(f->mock, &f->err));
    mockfix_at(f, MOCK_OVER);
    struct mock_report report;
    mockfix_ok(f, mock_report(f->app, "last", &f->arena, &report, &f->err));
    assert_true(report.run.done);
    assert_int_equal(report.run.stages, 5);
    assert_int_equal(report.run.minutes, 275);
    assert_int_equal(report.input.stage_count, 5);
    assert_int_equal(report.input.stages[4].after, VOTE_INCLINED);
    assert_int_equal(report.run.verdict, report.debrief.as_voted);
    assert_int_equal(report.loop->claim_count, 10);
    size_t raisers = 0;
    for (size_t i = 0; i < 5; i++) {
        raisers += report.input.stages[i].bar_raiser;
        assert_int_equal(report.input.stages[i].allotted_ms, 55 * MINUTE);
        assert_int_equal(report.input.stages[i].principles.count, 2);
    }
    assert_int_equal(raisers, 1);
}

static void every_shipped_loop_runs(void **state)
{
    struct mockfix *f = *state;
    struct mock_run *loops;
    size_t count;
    mockfix_ok(f, mock_loops(f->app, &f->arena, &loops, &count, &f->err));
    assert_true(count >= 8);
    for (size_t i = 0; i < count; i++) {
        for (int mode = MODE_TYPE; mode <= MODE_OUTLINE; mode++) {
            f->options.mode = (enum answer_mode)mode;
            mockfix_open(f, loops[i].loop);
            mockfix_to(f, MOCK_VOTE, story, 20000);
            mockfix_debrief(f, VOTE_INCLINED, 3);
            mockfix_ok(f, mock_next(f->mock, &f->err));
            mock_close(f->mock);
            f->mock = NULL;
        }
    }
    struct mock_run *open;
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &open, &count, &f->err));
    assert_int_equal(count, 0);
}

/* Everything a user can see, as one line, so that before and after an interruption can be compared. */
static const char *picture(struct mockfix *f)
{
    const struct mock_view *v = mock_view(f->mock);
    struct buf b = BUF_INIT;
    buf_addf(&b, "%d %u/%u %s|%s|%s|%s|%s|%zu|%zu|%d|%u|%lld %lld %lld|%s %zu|%s|%u %u/%u %s %s|", (int)v->phase,
             v->stage, v->stages, v->stage_title, v->part, v->says, v->about, v->cuts_in, v->said_count, v->fact_count,
             (int)v->mode, v->word_budget, (long long)v->part_left_ms, (long long)v->loop_left_ms,
             (long long)v->answer_ms, v->draft, v->draft_cursor, v->notes, v->vote_stage, v->page, v->pages,
             v->dimension ? v->dimension->id : "", v->against);
    for (size_t i = 0; i < v->said_count; i++) {
        buf_addf(&b, "%d%s|", v->said[i].mine, v->said[i].text);
    }
    for (size_t i = 0; i < v->fact_count; i++) {
        buf_addf(&b, "%s|", v->facts[i]);
    }
    for (size_t i = 0; i < v->stage_vote_count; i++) {
        buf_addf(&b, "%d%d|", (int)v->stage_votes[i].before, (int)v->stage_votes[i].after);
    }
    const char *text = arena_sv(&f->arena, buf_sv(&b));
    buf_release(&b);
    return text;
}

static void reopened_as_it_was(struct mockfix *f)
{
    const char *before = picture(f);
    mock_close(f->mock);
    mockfix_kill(f);
    mockfix_advance(-4000000, 86400000); /* the next day, after a new start of the machine */
    mockfix_resume(f);
    assert_string_equal(picture(f), before);
}

static void it_goes_on_where_it_was_left_at_every_step(void **state)
{
    struct mockfix *f = *state;
    bool seen[MOCK_OVER + 1] = {false};
    f->options.mode = MODE_SPEAK;
    f->options.minutes = 60;
    mockfix_open(f, "five-interviews");
    for (int i = 0; i < 400 && mock_view(f->mock)->phase < MOCK_VOTE; i++) {
        const struct mock_view *v = mock_view(f->mock);
        seen[v->phase] = true;
        if (v->phase != MOCK_BREAK && v->phase != MOCK_TICKS) {
            mockfix_advance(7000, 7000);
            mockfix_ok(f, mock_save_draft(f->mock, SV("half a sent"), 4, &f->err));
        }
        if (v->phase == MOCK_ANSWER) {
            mockfix_ok(f, mock_notes(f->mock, SV("ask about pricing"), &f->err));
        }
        reopened_as_it_was(f);
        mockfix_step(f, story, 9000);
    }
    while (mock_view(f->mock)->phase < MOCK_VERDICT) {
        const struct mock_view *v = mock_view(f->mock);
        seen[v->phase] = true;
        reopened_as_it_was(f);
        v = mock_view(f->mock);
        if (v->phase == MOCK_VOTE || v->phase == MOCK_REVOTE) {
            mockfix_ok(f, mock_vote(f->mock, VOTE_INCLINED, "", &f->err));
        } else if (v->phase == MOCK_EVIDENCE) {
            mockfix_ok(f, v->dimension ? mock_score(f->mock, 3, &f->err) : mock_next(f->mock, &f->err));
        } else {
            mockfix_ok(f, mock_submit(f->mock, SV("Too little."), &f->err));
        }
    }
    for (int p = MOCK_BREAK; p < MOCK_VERDICT; p++) {
        if (p != MOCK_WRITING && !seen[p]) {
            fail_msg("phase %d was never left", p);
        }
    }
}

static void killed_it_loses_a_second_at_most(void **state)
{
    struct mockfix *f = *state;
    unsigned events;
    mockfix_open(f, "phone-screen");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    for (int i = 0; i < 50; i++) {
        mockfix_advance(997, 997);
        mockfix_ok(f, mock_turn(f->mock, SV("I was typing when"), 6, true, &events, &f->err));
    }
    mockfix_advance(800, 800);
    int64_t left = mock_view(f->mock)->part_left_ms;
    struct mock *lost = f->mock;
    struct mock_run *runs;
    size_t count;
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &runs, &count, &f->err));
    assert_int_equal(count, 1);
    mockfix_ok(f, mock_resume(f->app, runs[0].id, &f->mock, &f->err)); /* what the file holds, not the memory */
    const struct mock_view *v = mockfix_at(f, MOCK_ANSWER);
    assert_in_range(v->part_left_ms, left, left + 1000);
    assert_string_equal(v->draft, "I was typing when");
    assert_int_equal(v->draft_cursor, 6);
    mock_close(f->mock);
    f->mock = lost;
}

static void a_half_stops_hard_and_a_long_story_starves_the_next(void **state)
{
    struct mockfix *f = *state;
    unsigned events = 0, said = 0;
    mockfix_open(f, "phone-screen");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    mockfix_ok(f, mock_save_draft(f->mock, sv_from(story), 0, &f->err));
    for (int i = 0; i < 28 * 60 && !(events & MOCK_STOPPED); i++) {
        mockfix_advance(1000, 1000);
        mockfix_ok(f, mock_turn(f->mock, sv_from(story), 3, true, &events, &f->err));
        said += (events & MOCK_WARNED) != 0;
    }
    assert_true(events & MOCK_STOPPED);
    assert_int_equal(said, 2); /* five minutes, the last one */
    const struct mock_view *v = mockfix_at(f, MOCK_ANSWER);
    assert_string_equal(v->part, "Case");
    assert_int_equal(v->part_left_ms, 25 * MINUTE); /* nothing is carried over */
    assert_string_equal(v->draft, "");
    mockfix_to(f, MOCK_VOTE, story, 1000);
    struct mock_report report;
    mockfix_ok(f, mock_report(f->app, NULL, &f->arena, &report, &f->err));
    assert_true(report.input.stages[0].stopped);
    assert_int_equal(report.input.stages[0].principles.count, 2);
    unsigned behavioural = 0;
    for (size_t i = 0; i < report.input.answer_count; i++) {
        behavioural += report.input.answers[i].principle[0] != '\0';
    }
    assert_int_equal(behavioural, 1);
    assert_int_equal(report.input.answers[0].active_ms, 28 * MINUTE);
}

static void plain_mode_never_cuts_off(void **state)
{
    struct mockfix *f = *state;
    unsigned events;
    mockfix_open(f, "phone-screen");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    mockfix_advance(40 * MINUTE, 40 * MINUTE);
    mockfix_ok(f, mock_turn(f->mock, sv_from(story), 3, false, &events, &f->err));
    assert_false(events & MOCK_STOPPED);
    const struct mock_view *v = mockfix_at(f, MOCK_ANSWER);
    assert_int_equal(v->warning, MOCK_TIME);
    assert_int_equal(v->part_left_ms, -12 * MINUTE);
    mockfix_ok(f, mock_submit(f->mock, sv_from(story), &f->err));
    assert_string_equal(mockfix_at(f, MOCK_ANSWER)->part, "Case"); /* no follow-ups after the time */
    struct attempt *all;
    size_t count;
    struct mock_run *runs;
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &runs, &count, &f->err));
    mockfix_ok(f, attempts_of_session(f->store, runs[0].id, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 1);
    assert_int_equal(all[0].overtime_ms, 12 * MINUTE);
}

static void pauses_and_the_wall_clock_cost_nothing(void **state)
{
    struct mockfix *f = *state;
    mockfix_open(f, "phone-screen");
    mockfix_advance(50 * MINUTE, 50 * MINUTE); /* a break lasts as long as it lasts */
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    mockfix_pass(f, 30000);
    int64_t left = mock_view(f->mock)->part_left_ms;
    mock_pause(f->mock, true);
    mockfix_advance(90 * MINUTE, 90 * MINUTE);
    assert_true(mock_view(f->mock)->paused);
    mockfix_pass(f, 5000);
    mock_pause(f->mock, false);
    assert_int_equal(mock_view(f->mock)->part_left_ms, left);
    mockfix_advance(0, 3 * 86400000LL); /* somebody sets the clock, forth and back */
    mockfix_pass(f, 2000);
    mockfix_advance(0, -9 * 86400000LL);
    mockfix_pass(f, 2000);
    assert_int_equal(mock_view(f->mock)->part_left_ms, left - 4000);
    assert_int_equal(mock_view(f->mock)->answer_ms, 34000);
}

static void the_pace_multiplies_every_time(void **state)
{
    struct mockfix *f = *state;
    static const double paces[] = {0.1, 0.5, 1, 3, 10};
    for (size_t i = 0; i < sizeof(paces) / sizeof(paces[0]); i++) {
        f->options.pace = paces[i];
        mockfix_open(f, "phone-screen");
        const struct mock_view *v = mock_view(f->mock);
        assert_int_equal(v->loop_left_ms, (int64_t)(60 * MINUTE * paces[i]));
        mockfix_to(f, MOCK_ANSWER, story, 1);
        mockfix_pass(f, (int64_t)(28 * MINUTE * paces[i]));
        v = mock_view(f->mock);
        assert_string_equal(v->part, "Case");
        assert_int_equal(v->part_left_ms, (int64_t)(25 * MINUTE * paces[i]));
        mock_close(f->mock);
        f->mock = NULL;
    }
    f->options.pace = 0.01;
    assert_false(mock_open(f->app, &f->options, &f->mock, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    f->mock = NULL;
}

static void typed_and_spoken_time_are_kept_apart(void **state)
{
    struct mockfix *f = *state;
    struct mock_report report;
    mockfix_open(f, "phone-screen");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    mockfix_pass(f, 20000);
    mockfix_ok(f, mock_set_mode(f->mock, MODE_SPEAK, &f->err));
    mockfix_pass(f, 40000);
    mockfix_ok(f, mock_submit(f->mock, SV(""), &f->err)); /* spoken: no text */
    mockfix_at(f, MOCK_TICKS);
    mockfix_pass(f, 60000); /* ticking is not interviewing */
    mockfix_ok(f, mock_ticks(f->mock, TICK_CUSTOMER, SV("shops; checkout"), &f->err));
    mockfix_at(f, MOCK_PROBE);
    mockfix_ok(f, mock_report(f->app, NULL, &f->arena, &report, &f->err));
    assert_int_equal(report.input.stages[0].spoken_ms, 40000);
    assert_int_equal(report.input.stages[0].typed_ms, 21000);
    assert_int_equal(report.input.answers[0].spoken_ms, 40000);
    assert_int_equal(report.input.answers[0].active_ms, 60000);
    assert_string_equal(report.input.answers[0].text, "shops; checkout");
    assert_true(report.input.answers[0].finding_count > 0);
    assert_true(report.input.answers[0].findings[0].self_reported);
}

static void facts_of_a_case_come_to_whoever_asks(void **state)
{
    struct mockfix *f = *state;
    mockfix_open(f, "single-case");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    const struct mock_view *v = mock_view(f->mock);
    assert_true(v->is_case);
    assert_int_equal(v->fact_count, 0);
    mockfix_ok(f,
               mock_ask(f->mock, SV("how many users and customers, what share, which cost and which price?"), &f->err));
    v = mock_view(f->mock);
    assert_in_range(v->near_count, 1, 3);
    const char *nearest = arena_strdup(&f->arena, v->near[0]);
    assert_false(mock_reveal(f->mock, 3, &f->err));
    mockfix_ok(f, mock_reveal(f->mock, 0, &f->err));
    v = mock_view(f->mock);
    assert_int_equal(v->fact_count, 1);
    assert_string_not_equal(v->facts[0], nearest); /* what it is about does not tell it */
    assert_int_equal(v->near_count, 0);
    mockfix_ok(f,
               mock_ask(f->mock, SV("how many users and customers, what share, which cost and which price?"), &f->err));
    v = mock_view(f->mock);
    for (size_t i = 0; i < v->near_count; i++) {
        assert_string_not_equal(v->near[i], nearest); /* told once */
    }
    mockfix_ok(f, mock_assume(f->mock, &f->err));
    assert_int_equal(mock_view(f->mock)->fact_count, 1);
    mockfix_pass(f, 14 * MINUTE); /* the turn in the middle */
    assert_true(mock_view(f->mock)->fact_count > 1);
    mockfix_at(f, MOCK_ANSWER);
}

static void an_interviewer_cuts_in_once_with_each_line(void **state)
{
    struct mockfix *f = *state;
    unsigned events, cuts = 0;
    char last[200] = "";
    f->options.mode = MODE_SPEAK;
    mockfix_open(f, "one-on-one");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    for (int i = 0; i < 31 * 60 && mock_view(f->mock)->phase < MOCK_VOTE; i++) {
        if (mock_view(f->mock)->phase == MOCK_TICKS) {
            mockfix_ok(f, mock_ticks(f->mock, 0, SV(""), &f->err));
        }
        mockfix_advance(1000, 1000);
        mockfix_ok(f, mock_turn(f->mock, SV(""), 0, true, &events, &f->err));
        if (events & MOCK_CUT_IN) {
            const char *line = mock_view(f->mock)->cuts_in;
            assert_string_not_equal(line, last);
            snprintf(last, sizeof(last), "%s", line);
            cuts++;
        }
    }
    mockfix_at(f, MOCK_VOTE);
    assert_in_range(cuts, 3, 5);
}

static void the_manager_quotes_what_was_written(void **state)
{
    struct mockfix *f = *state;
    struct story told = {.id = "01930000-0000-7000-8000-00000000000a",
                         .headline = "Small shops keep one in eight more orders",
                         .customer = "",
                         .decision = "",
                         .rejected = "",
                         .before = "",
                         .after = "",
                         .period = "",
                         .source = "",
                         .lesson = ""};
    unsigned quotes = 0;
    mockfix_ok(f, story_put(f->store, &told, &f->err));
    mockfix_open(f, "five-interviews");
    for (int i = 0; i < 400 && mock_view(f->mock)->phase < MOCK_VOTE; i++) {
        const struct mock_view *v = mock_view(f->mock);
        if (strstr(v->says, "You wrote: \"Small shops keep one in eight more orders\"")) {
            quotes++;
            assert_int_equal(v->stage, 1);
        }
        mockfix_step(f, story, 1000);
    }
    assert_int_equal(quotes, 1);
}

static void what_was_scored_counts_as_practice(void **state)
{
    struct mockfix *f = *state;
    struct review *log;
    size_t count;
    mockfix_open(f, "phone-screen");
    mockfix_to(f, MOCK_VOTE, story, 1000);
    mockfix_ok(f, review_log(f->store, NULL, &f->arena, &log, &count, &f->err));
    assert_int_equal(count, 0);
    mockfix_debrief(f, VOTE_NOT_INCLINED, 2);
    mockfix_ok(f, review_log(f->store, NULL, &f->arena, &log, &count, &f->err));
    struct mock_report report;
    mockfix_ok(f, mock_report(f->app, NULL, &f->arena, &report, &f->err));
    assert_int_equal(count, report.input.answer_count);
    assert_true(count >= 3);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(log[i].rating, 2);
    }
    assert_int_equal(report.debrief.as_voted, VERDICT_NO);
    struct attempt at;
    mockfix_ok(f, attempts_get(f->store, report.input.answers[0].attempt, &f->arena, &at, &f->err));
    assert_int_equal(at.score_set_count, 1);
    assert_int_equal(at.score_sets[0].phase, SCORE_EVIDENCE);
    assert_true(at.score_sets[0].count >= 5);
    assert_int_equal(at.asked.stage, 1);
    assert_string_equal(at.asked.part, "Principles");
}

static void a_vote_can_be_taken_again_before_the_next_phase(void **state)
{
    struct mockfix *f = *state;
    f->options.minutes = 110;
    mockfix_open(f, "five-interviews");
    assert_int_equal(mock_view(f->mock)->stages, 2);
    mockfix_to(f, MOCK_VOTE, story, 1000);
    const struct mock_view *v = mock_view(f->mock);
    assert_int_equal(v->vote_count, 5);
    mockfix_ok(f, mock_vote(f->mock, VOTE_STRONG_NO, NULL, &f->err));
    assert_int_equal(mock_view(f->mock)->vote_stage, 1);
    mockfix_ok(f, mock_back(f->mock, &f->err));
    assert_false(mock_back(f->mock, &f->err));
    mockfix_ok(f, mock_vote(f->mock, VOTE_STRONG_HIRE, NULL, &f->err));
    mockfix_ok(f, mock_vote(f->mock, VOTE_INCLINED, NULL, &f->err));
    v = mockfix_at(f, MOCK_EVIDENCE);
    assert_int_equal(v->stage_votes[0].before, VOTE_STRONG_HIRE);
    assert_int_equal(v->page, 1);
    assert_true(v->answer->text[0] != '\0');
    assert_non_null(v->dimension);
    assert_true(v->level_bar >= 3);
    mockfix_ok(f, mock_next(f->mock, &f->err)); /* unscored */
    assert_int_equal(mock_view(f->mock)->page, 2);
    mockfix_ok(f, mock_back(f->mock, &f->err));
    assert_int_equal(mock_view(f->mock)->page, 1);
}

static void half_rounds_take_turns(void **state)
{
    struct mockfix *f = *state;
    static const char *const expected[] = {"single-behavioural", "single-case", "single-behavioural"};
    for (size_t i = 0; i < 3; i++) {
        mockfix_advance(1000, 1000);
        mockfix_open(f, NULL);
        assert_string_equal(mock_view(f->mock)->loop, expected[i]);
        assert_int_equal(mock_view(f->mock)->loop_left_ms, 30 * MINUTE);
        mock_close(f->mock);
        f->mock = NULL;
    }
    struct mock_run *runs;
    size_t count;
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &runs, &count, &f->err));
    assert_int_equal(count, 3);
    assert_int_equal(runs[0].stage, 0);
    mockfix_ok(f, mock_discard(f->app, runs[0].id, &f->err));
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &runs, &count, &f->err));
    assert_int_equal(count, 2);
}

static void wrong_wishes_are_told(void **state)
{
    struct mockfix *f = *state;
    f->options.loop = "five-interview";
    assert_false(mock_open(f->app, &f->options, &f->mock, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(f->err.text, "five-interviews"));
    f->options.loop = "five-interviews";
    f->options.round = 6;
    assert_false(mock_open(f->app, &f->options, &f->mock, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    f->options.round = 0;
    f->options.minutes = 1;
    assert_false(mock_open(f->app, &f->options, &f->mock, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    f->mock = NULL;
    f->options.minutes = 0;
    mockfix_open(f, "five-interviews");
    assert_false(mock_submit(f->mock, SV("too early"), &f->err));
    assert_false(mock_ask(f->mock, SV("how many"), &f->err));
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    assert_false(mock_submit(f->mock, SV("  "), &f->err));
    mockfix_at(f, MOCK_ANSWER);
    assert_false(mock_vote(f->mock, VOTE_INCLINED, "", &f->err));
    assert_false(mock_next(f->mock, &f->err));
    const char *question = arena_strdup(&f->arena, mock_view(f->mock)->says);
    mockfix_ok(f, mock_skip(f->mock, &f->err));
    assert_string_not_equal(mockfix_at(f, MOCK_ANSWER)->says, question);
}

/* Another program holds the file: nothing moves and nothing is lost, and the next turn does it. */
static void what_cannot_be_stored_does_not_happen(void **state)
{
    struct mockfix *f = *state;
    struct store *other;
    unsigned events;
    mockfix_open(f, "phone-screen");
    mockfix_to(f, MOCK_ANSWER, story, 1000);
    mockfix_ok(f, mock_save_draft(f->mock, SV("The beginning"), 3, &f->err));
    mockfix_advance(28 * MINUTE, 28 * MINUTE);
    const char *before = picture(f);
    mockfix_ok(f, store_open(&other, buf_str(&f->db), 0, NULL, &f->err));
    mockfix_ok(f, store_begin(other, &f->err));
    assert_false(mock_turn(f->mock, sv_from(story), 3, true, &events, &f->err));
    assert_int_equal(f->err.code, ERR_BUSY);
    assert_string_equal(picture(f), before);
    store_rollback(other);
    store_close(other);
    mockfix_ok(f, mock_turn(f->mock, sv_from(story), 3, true, &events, &f->err));
    assert_true(events & MOCK_STOPPED);
    assert_string_equal(mockfix_at(f, MOCK_ANSWER)->part, "Case");
    struct attempt *all;
    size_t count;
    struct mock_run *runs;
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &runs, &count, &f->err));
    mockfix_ok(f, attempts_of_session(f->store, runs[0].id, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(all[0].text, story);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, mockfix_setup, mockfix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_loop_runs_from_the_greeting_to_the_verdict),
        WITH(every_shipped_loop_runs),
        WITH(it_goes_on_where_it_was_left_at_every_step),
        WITH(killed_it_loses_a_second_at_most),
        WITH(a_half_stops_hard_and_a_long_story_starves_the_next),
        WITH(plain_mode_never_cuts_off),
        WITH(pauses_and_the_wall_clock_cost_nothing),
        WITH(the_pace_multiplies_every_time),
        WITH(typed_and_spoken_time_are_kept_apart),
        WITH(facts_of_a_case_come_to_whoever_asks),
        WITH(an_interviewer_cuts_in_once_with_each_line),
        WITH(the_manager_quotes_what_was_written),
        WITH(what_was_scored_counts_as_practice),
        WITH(a_vote_can_be_taken_again_before_the_next_phase),
        WITH(half_rounds_take_turns),
        WITH(wrong_wishes_are_told),
        WITH(what_cannot_be_stored_does_not_happen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
