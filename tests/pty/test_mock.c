/*
 * A whole loop on a real terminal: five interviews at a tenth of their time, with hard stops, follow-ups and a case,
 * then votes, evidence, the case against, votes again, the verdict; and what a loop that is left or killed keeps.
 */

#include "support/unit.h"

#include "support/program.h"

#include <signal.h>
#include <unistd.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, MAX_STEPS = 400 };

static const char answer[] = "I pulled the orders of eight weeks myself and decided against the rebate.";

/* On the shipped loops, from Home: the five interviews at a tenth of their time. */
static void begin_five(struct program *p)
{
    struct buf args = BUF_INIT;
    program_clock(p);
    buf_addf(&args, "--data %s", getenv("PMPREP_DATA"));
    program_start(p, buf_str(&args), "Start here");
    program_keys(p, "m");
    program_sees(p, "Five-interview loop");
    for (int i = 0; i < 20 && !vt_has(p->vt, "five interviews of 55 minutes"); i++)
        program_keys(p, "j");
    program_keys(p, "p p p");
    program_sees(p, "pace 0.1");
    program_keys(p, "Enter");
    program_sees(p, "Next: Hiring manager");
    program_sees(p, "6 min."); /* 5:30 */
    buf_release(&args);
}

struct tally {
    unsigned interviews, stops, probes, cases, votes, levels, votes_again;
};

/* Time runs out over the first answer of every other interview, and its second principle gets none. */
static bool run_out(struct program *p, struct tally *t)
{
    if (2 * t->stops >= t->interviews || !vt_has(p->vt, "· Principles"))
        return false;
    program_type(p, "I was still talking when the time was");
    program_pass(p, 3 * MINUTE);
    program_sees(p, "is handed in");
    program_pass(p, 2 * SECOND);
    t->stops++;
    return true;
}

static void say(struct program *p, struct tally *t)
{
    t->probes += vt_has(p->vt, "It began with:");
    t->cases += vt_has(p->vt, "F7 ask") && !vt_has(p->vt, "It began with:");
    program_type(p, answer);
    program_pass(p, 5 * SECOND);
    program_keys(p, "^S");
}

/* One step of whoever reads what is on the screen; false at the verdict. */
static bool step(struct program *p, struct tally *t)
{
    if (vt_has(p->vt, "As voted"))
        return false;
    if (vt_has(p->vt, "The clock stands")) {
        t->interviews++;
        program_keys(p, "Enter");
    } else if (vt_has(p->vt, "Change chairs")) {
        t->votes++;
        program_keys(p, "2");
    } else if (vt_has(p->vt, "1-5 level")) {
        t->levels++;
        program_keys(p, "3");
    } else if (vt_has(p->vt, "n next page")) {
        program_keys(p, "n");
    } else if (vt_has(p->vt, "that is the case")) {
        program_type(p, "No number.\rNo customer.\rNo lesson.");
        program_keys(p, "^S");
    } else if (vt_has(p->vt, "Vote again")) {
        t->votes_again++;
        program_keys(p, "2");
    } else if (vt_has(p->vt, "empty ends")) {
        program_keys(p, "^S");
    } else if (!run_out(p, t)) {
        say(p, t);
    }
    return true;
}

static void five_interviews_to_the_verdict(void **state)
{
    struct program *p = *state;
    struct tally t = {0};
    int steps = 0;
    begin_five(p);
    while (steps++ < MAX_STEPS && step(p, &t))
        ;
    assert_true(steps < MAX_STEPS);
    assert_int_equal(t.interviews, 5);
    assert_int_equal(t.stops, 3);
    assert_int_equal(t.votes, 5);
    assert_int_equal(t.votes_again, 5);
    assert_true(t.probes >= 6);
    assert_true(t.cases >= 5);
    assert_true(t.levels >= 20);
    program_keys(p, "Enter");
    program_sees(p, "Mock interviews");
    program_keys(p, "v");
    program_sees(p, "1 loop");
    program_keys(p, "Enter G");
    program_sees(p, "No lesson.");
    program_keys(p, "q q q");
    program_leave(p, "q", 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text like 'I was still talking%'"), 3);
    assert_int_equal(program_int(p, "select count(*) from drafts"), 0);
}

static void a_killed_interview_is_resumed(void **state)
{
    struct program *p = *state;
    begin_five(p);
    program_keys(p, "Enter ^S");
    program_sees(p, "· Principles");
    program_type(p, "Half of it");
    program_pass(p, 30 * SECOND);
    program_sees(p, "02:00 left");
    vt_kill(p->vt, SIGKILL);
    program_pass(p, 60 * MINUTE);
    program_start(p, "", "Unfinished");
    program_keys(p, "r");
    program_sees(p, "Half of it");
    program_sees(p, "02:00 left");
    program_keys(p, "Esc");
    program_sees(p, "Once more to leave");
    program_keys(p, "Esc");
    program_sees(p, "r resume");
    program_leave(p, "q", 0);
}

static void a_closed_terminal_keeps_answer_and_notes(void **state)
{
    struct program *p = *state;
    int status;
    begin_five(p);
    program_keys(p, "Enter");
    vt_type(p->vt, "Who I am");
    program_sees(p, "Who I am");
    program_keys(p, "F6");
    vt_type(p->vt, "on-call?");
    program_sees(p, "on-call?");
    vt_hangup(p->vt);
    assert_true(vt_wait_exit(p->vt, &status));
    program_start(p, "", "Unfinished");
    program_keys(p, "r");
    program_sees(p, "Who I am");
    program_keys(p, "F6");
    program_sees(p, "on-call?");
    program_keys(p, "F6 Esc");
    program_sees(p, "Once more");
    program_keys(p, "Esc");
    program_sees(p, "r resume");
    program_leave(p, "q", 0);
}

/* Every size in every state of an interview, and it goes on. */
static void resizing_every_state(void **state)
{
    static const struct {
        const char *keys, *sees;
    } steps[] = {{"^L", "Next: Hiring manager"},
                 {"Enter", "Good to meet"},
                 {"F6", "Your notes"},
                 {"F6 F8", "“Good to meet"},
                 {"F8 F3", "Paused"},
                 {"F3 ^S", "say it"},
                 {"F4", "say it"},
                 {"F4", "say it"}};
    struct program *p = *state;
    begin_five(p);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        program_keys(p, steps[i].keys);
        vt_resize(p->vt, 43, 132);
        program_sees(p, steps[i].sees);
        vt_resize(p->vt, 10, 30);
        program_sees(p, "too small");
        vt_resize(p->vt, 18, 60);
        program_sees(p, steps[i].sees);
        vt_resize(p->vt, 24, 80);
        program_sees(p, steps[i].sees);
        assert_true(vt_wait_gone(p->vt, "too small"));
    }
    program_keys(p, "Esc");
    program_sees(p, "Once more to leave");
    program_keys(p, "Esc");
    program_sees(p, "Mock interviews");
    program_keys(p, "q");
    program_leave(p, "q", 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, program_setup, program_teardown)
    const struct CMUnitTest tests[] = {
        T(five_interviews_to_the_verdict),
        T(a_killed_interview_is_resumed),
        T(a_closed_terminal_keeps_answer_and_notes),
        T(resizing_every_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
