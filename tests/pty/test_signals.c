/*
 * Whatever ends or stops the program from outside, on every kind of screen: what was typed is in the file, the terminal
 * is as it was, and whoever waits sees which signal it was. The release program, but where the clock is moved.
 */

#include "support/unit.h"

#include "support/program.h"

#include <signal.h>
#include <sys/wait.h>

static const char drill_one[] = "drill --count 1 --seed 1 --mode type principle:ownership";
static const char text[] = "Not sent yet, and not lost.";
static const char in_drafts[] = "select count(*) from drafts where text = 'Not sent yet, and not lost.'";
static const char in_stories[] = "select count(*) from stories where headline = 'Not sent yet, and not lost.'";

/* A screen and how to get there. */
struct place {
    const char *name;
    const char *args;
    const char *first;  /* shown at the start */
    const char *keys;   /* then pressed */
    const char *second; /* what they show */
    const char *kept;   /* counts the text, which is typed there; NULL: nothing is */
    const char *saved;  /* shown once it is stored without being asked for; NULL: only a signal stores it */
};

static const struct place places[] = {
    {"Home", "", "Start here", NULL, NULL, NULL, NULL},
    {"a drill", drill_one, "submit", NULL, NULL, in_drafts, "draft saved"},
    {"a drill from Home", "", "Start here", "d", "submit", in_drafts, "draft saved"},
    {"a drill below its help", drill_one, "submit", NULL, NULL, in_drafts, "draft saved"},
    {"Review", "review", "3 answers", NULL, NULL, NULL, NULL},
    {"an answer in Review", "review", "3 answers", "Enter", "Not scored yet", NULL, NULL},
    {"a new story", "story", "No stories yet.", "a", "headline", in_stories, NULL},
};

enum { PLACES = sizeof(places) / sizeof(places[0]) };

static struct program *start_at(const struct place *at)
{
    void *state;
    program_setup(&state);
    struct program *p = state;
    p->release = true;
    if (strcmp(at->args, "review") == 0)
        program_answers(p);
    program_start(p, at->args, at->first);
    if (at->keys)
        vt_key(p->vt, at->keys);
    if (at->second)
        program_sees(p, at->second);
    if (at->kept) {
        vt_type(p->vt, text);
        program_sees(p, text);
    }
    if (strstr(at->name, "help")) {
        vt_key(p->vt, "F1");
        program_sees(p, "stop the clock");
    }
    return p;
}

static void check_end(struct program *p, const struct place *at, int number)
{
    int status;
    assert_true(vt_wait_exit(p->vt, &status));
    if (!WIFSIGNALED(status) || WTERMSIG(status) != number)
        fail_msg("%s ended with status %x, not by signal %d", at->name, (unsigned)status, number);
    if (at->kept && program_int(p, at->kept) != 1)
        fail_msg("signal %d on %s: the text is not in the file", number, at->name);
    void *state = p;
    program_teardown(&state);
}

static void told_to_go(void **state)
{
    static const int numbers[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT};
    (void)state;
    for (size_t i = 0; i < PLACES; i++)
        for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++) {
            struct program *p = start_at(&places[i]);
            vt_kill(p->vt, numbers[n]);
            int status;
            assert_true(vt_wait_exit(p->vt, &status));
            assert_true(vt_restored(p->vt));
            check_end(p, &places[i], numbers[n]);
        }
}

static void the_terminal_is_closed(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLACES; i++) {
        struct program *p = start_at(&places[i]);
        vt_hangup(p->vt);
        check_end(p, &places[i], SIGHUP);
    }
}

/* A crash can only leave what was stored before it. */
static void crashes(void **state)
{
    static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS};
    (void)state;
    for (size_t i = 0; i < PLACES; i++)
        for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++) {
            struct place at = places[i];
            if (strstr(at.name, "help") || (at.kept && !at.saved))
                at.kept = NULL;
            struct program *p = start_at(&at);
            if (at.kept)
                program_sees(p, at.saved);
            vt_kill(p->vt, numbers[n]);
            int status;
            assert_true(vt_wait_exit(p->vt, &status));
            assert_true(vt_restored(p->vt));
            check_end(p, &at, numbers[n]);
        }
}

/* Two signals at once, and a terminal that goes while the first is served. */
static void one_blow_after_the_other(void **state)
{
    (void)state;
    struct program *p = start_at(&places[1]);
    vt_kill(p->vt, SIGTERM);
    vt_kill(p->vt, SIGTERM);
    vt_hangup(p->vt);
    int status;
    assert_true(vt_wait_exit(p->vt, &status));
    assert_true(WIFSIGNALED(status));
    assert_true(WTERMSIG(status) == SIGTERM || WTERMSIG(status) == SIGHUP);
    assert_int_equal(program_int(p, in_drafts), 1);
    void *done = p;
    program_teardown(&done);
}

/* ---- the clock */

static void the_clock_goes_on_by_itself(void **state)
{
    struct program *p = *state;
    program_clock(p);
    program_start(p, drill_one, "12:00 left");
    program_pass(p, 1000);
    program_sees(p, "11:59 left");
    program_pass(p, 59000);
    program_sees(p, "11:00 left");
    program_type(p, "x");
    program_pass(p, 500);
    program_sees(p, "draft saved");
    program_pass(p, 600);
    program_sees(p, "10:59 left");
    program_leave(p, "^C", 0);
}

/* Stopped for an hour at the shell: not a second of it counts, and the draft was stored on the way out. */
static void the_clock_stands_still_while_stopped(void **state)
{
    struct program *p = *state;
    program_clock(p);
    program_start_with(p, drill_one, NULL, true, "12:00 left");
    program_pass(p, 5000);
    program_sees(p, "11:55 left");
    vt_type(p->vt, text);
    program_sees(p, text);
    vt_key(p->vt, "^Z");
    program_sees(p, "the shell again");
    assert_true(vt_restored(p->vt));
    assert_int_equal(program_int(p, in_drafts), 1);
    program_pass(p, 3600000);
    vt_type(p->vt, "\n");
    program_sees(p, "11:55 left");
    program_sees(p, text);
    program_pass(p, 2000);
    program_sees(p, "11:53 left");
    program_leave(p, "^C", 0);
}

/* Stopped at a pause, it is still paused afterwards. */
static void a_pause_outlasts_a_stop(void **state)
{
    struct program *p = *state;
    program_clock(p);
    program_start_with(p, drill_one, NULL, true, "12:00 left");
    vt_key(p->vt, "F3");
    program_sees(p, "12:00 paused");
    vt_key(p->vt, "^Z");
    program_sees(p, "the shell again");
    program_pass(p, 3600000);
    vt_type(p->vt, "\n");
    program_sees(p, "12:00 paused");
    vt_key(p->vt, "F3");
    program_sees(p, "12:00 left");
    program_leave(p, "^C", 0);
}

/* Stopped in a way no program notices, and the terminal spoilt meanwhile: it is drawn anew. */
static void continued_after_a_stop_it_did_not_see(void **state)
{
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    program_type(p, text);
    vt_kill(p->vt, SIGSTOP);
    int status;
    assert_int_equal(waitpid(vt_pid(p->vt), &status, WUNTRACED), vt_pid(p->vt));
    assert_true(WIFSTOPPED(status));
    vt_resize(p->vt, 30, 100);
    vt_kill(p->vt, SIGCONT);
    assert_true(vt_wait_settled(p->vt));
    program_sees(p, text);
    assert_true(vt_altscreen(p->vt));
    program_type(p, " More.");
    program_sees(p, "lost. More.");
    program_leave(p, "^C", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told_to_go),
        cmocka_unit_test(the_terminal_is_closed),
        cmocka_unit_test(crashes),
        cmocka_unit_test(one_blow_after_the_other),
        cmocka_unit_test_setup_teardown(the_clock_goes_on_by_itself, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(the_clock_stands_still_while_stopped, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(a_pause_outlasts_a_stop, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(continued_after_a_stop_it_did_not_see, program_setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
