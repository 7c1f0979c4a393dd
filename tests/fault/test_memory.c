/*
 * Out of memory: whichever allocation fails, the terminal is given back, one sentence says why, and the file is sound,
 * with every answer that was acknowledged. Once with a hook that makes the Nth allocation fail, once under a limit.
 */

#include "support/unit.h"

#include "support/program.h"
#include "support/storefix.h"

#include "pmprep/store/attempts.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEPS_MAX = 8 };

/* Each step is typed, then its text is waited for. */
struct way {
    const char *args;
    struct {
        const char *keys;
        const char *sees;
    } steps[STEPS_MAX];
    const char *stored; /* shown once the answer is in the file */
    const char *leave;
};

static const struct way home = {"", {{"", "Start here"}, {"?", "Everywhere"}, {"q", "Start here"}}, NULL, "q"};

static const struct way drill = {
    "drill --count 1 --seed 1 --mode type principle:ownership",
    {{"", "submit"},
     {"We cut refunds from 9% to 6%.", "draft saved"},
     {"\x13", "Which principle"},
     {"b", "Overall"},
     {"3", "Score it"},
     {"3", "Which story"}},
    "Which principle",
    "\x03",
};

static const struct way review = {
    "review", {{"", "3 answers"}, {"/april\r", "1 answer"}, {"\r", "First try"}, {"q", "1 answer"}}, NULL, "\x03"};

static bool shown_or_over(struct program *p, const char *text, bool *over)
{
    do {
        assert_true(vt_wait_settled_or_over(p->vt, over));
        if (!*over && !vt_has(p->vt, text))
            vt_run_for(p->vt, 10);
    } while (!*over && !vt_has(p->vt, text));
    return !*over;
}

/* How many answers were acknowledged before the end; *over tells that memory ran out. */
static unsigned go(struct program *p, const struct way *w, bool *over)
{
    unsigned stored = 0;
    for (size_t i = 0; i < STEPS_MAX && w->steps[i].sees; i++) {
        vt_type(p->vt, w->steps[i].keys);
        if (!shown_or_over(p, w->steps[i].sees, over))
            return stored;
        stored += w->stored && strcmp(w->stored, w->steps[i].sees) == 0;
    }
    int status;
    for (*over = false; !*over;) {
        vt_type(p->vt, w->leave);
        assert_true(vt_wait_settled_or_over(p->vt, over));
    }
    assert_true(vt_wait_exit(p->vt, &status));
    *over = WIFSIGNALED(status);
    return stored;
}

static void check_file(struct program *p, unsigned long at)
{
    struct err err = ERR_INIT;
    struct store *store;
    if (!store_open(&store, buf_str(&p->db), 0, NULL, &err) || !store_check(store, &err))
        fail_msg("allocation %lu: %s", at, err.text);
    store_close(store);
}

/* True while there was an Nth allocation. */
static bool try(const struct way *w, unsigned long at)
{
    char setting[48];
    void *state;
    bool over;
    int status;
    program_setup(&state);
    struct program *p = state;
    if (strcmp(w->args, "review") == 0)
        program_answers(p);
    snprintf(setting, sizeof(setting), "PMPREP_TEST_OOM=%lu", at);
    const char *env[] = {setting, NULL};
    program_launch(p, w->args, env);
    unsigned stored = go(p, w, &over);
    assert_true(vt_wait_exit(p->vt, &status));
    if (!vt_restored(p->vt))
        fail_msg("allocation %lu: the terminal was not given back", at);
    if (over) {
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT || !vt_has(p->vt, "pmprep: out of memory"))
            fail_msg("allocation %lu: status %x\n%s", at, (unsigned)status, buf_str(vt_output(p->vt)));
    }
    check_file(p, at);
    if (stored > 0)
        assert_int_equal(program_int(p, "select count(*) from attempts where text like 'We cut%'"), 1);
    program_teardown(&state);
    return over;
}

/* Every one of the first, then ever fewer of them. */
static void sweep(const struct way *w)
{
    unsigned long at = 1;
    unsigned tries = 0;
    for (; try(w, at); tries++)
        at += 1 + at / 20;
    print_message("%u failures among the first %lu allocations\n", tries, at);
    assert_true(tries > 10);
}

static void at_home(void **state)
{
    (void)state;
    sweep(&home);
}

static void in_a_drill(void **state)
{
    (void)state;
    sweep(&drill);
}

static void in_review(void **state)
{
    (void)state;
    sweep(&review);
}

/* A system that says no, to the libraries as well: every command ends with a sentence, none by a fault. */
static void under_a_limit(void **state)
{
    static const char script[] =
        "pmprep story add --headline Refunds >/dev/null; "
        "for kb in 4000 5000 5500 6000 6500 7000 7500 8000 8500 9000 9500 10000 11000 12000 14000; do "
        "for c in 'due' 'story list' 'drill --plain' 'bank list' 'doctor' 'review --json' ''; do "
        "(ulimit -v $kb; pmprep $c) >told 2>&1; code=$?; case $code in 0|1|2|127|134) ;; *) echo \"$kb $c: $code\"; "
        "cat told;"
        " exit 80;; esac; [ $code = 0 ] || grep -q . told || exit 81; done; done; pmprep doctor";
    struct program *p = *state;
    struct buf out = BUF_INIT;
    p->release = true;
    if (program_shell(p, script, &out) != 0)
        fail_msg("%s", buf_str(&out));
    buf_release(&out);
}

int main(void)
{
    storefix_use_memory();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_home),
        cmocka_unit_test(in_a_drill),
        cmocka_unit_test(in_review),
        cmocka_unit_test_setup_teardown(under_a_limit, program_setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
