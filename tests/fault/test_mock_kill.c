/*
 * kill -9 of the release program at random moments of a mock loop in the plain dialogue. What must hold: it goes on at
 * the question that stood, with the time that was left, within a second. Then what stops the clock and what does not.
 * PMPREP_KILLS= sets how many (8); PMPREP_SEED= the moments.
 */
#include "support/unit.h"

#include "support/storefix.h"

#include "pmprep/app/mock.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAIT_MS = 20000, SECOND = 1000, SLACK = 600 };

static unsigned long number(const char *name, unsigned long fallback)
{
    const char *text = getenv(name);
    return text && text[0] ? strtoul(text, NULL, 10) : fallback;
}

struct talk {
    struct buf folder, db;
    pid_t pid;
    int in, out;
    struct buf said;
    unsigned parts;     /* heads of parts seen */
    int64_t part_began; /* when what led to the last one was sent */
    int64_t part_ms;    /* what it had */
};

static int setup(void **state)
{
    struct err err = ERR_INIT;
    struct talk *t = mem_calloc(1, sizeof(*t));
    assert_true(file_temp_dir(&t->folder, &err));
    buf_addf(&t->db, "%s/t.db", buf_str(&t->folder));
    setenv("HOME", buf_str(&t->folder), 1);
    signal(SIGPIPE, SIG_IGN);
    *state = t;
    return 0;
}

static int teardown(void **state)
{
    struct talk *t = *state;
    storefix_remove_tree(buf_str(&t->folder));
    buf_release(&t->folder);
    buf_release(&t->db);
    buf_release(&t->said);
    free(t);
    return 0;
}

static void start(struct talk *t, unsigned seed, bool resume)
{
    char seed_text[16], *program = getenv("PMPREP_RELEASE");
    int to[2], from[2];
    assert_non_null(program);
    snprintf(seed_text, sizeof(seed_text), "%u", seed);
    char *begin[] = {program,   "mock", "five-interviews", "--plain", "--mode", "type", "--seed",
                     seed_text, "--db", t->db.data,        NULL};
    char *go_on[] = {program, "mock", "--resume", "--plain", "--db", t->db.data, NULL};
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    t->pid = fork();
    assert_true(t->pid >= 0);
    if (t->pid == 0) {
        setpgid(0, 0); /* so that Ctrl-Z can stop it, whoever runs the test */
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[0]), close(to[1]), close(from[0]), close(from[1]);
        execv(program, resume ? go_on : begin);
        _exit(127);
    }
    close(to[0]), close(from[1]);
    t->in = to[1];
    t->out = from[0];
    buf_clear(&t->said);
    t->parts = 0;
}

/* Reads what comes for at most so long; false at the end. */
static bool hear(struct talk *t, int ms)
{
    char piece[8192];
    struct pollfd one = {.fd = t->out, .events = POLLIN};
    if (poll(&one, 1, ms) <= 0)
        return true;
    ssize_t got = read(t->out, piece, sizeof(piece));
    if (got > 0)
        buf_add(&t->said, piece, (size_t)got);
    return got > 0;
}

static bool ends(const struct talk *t, const char *with)
{
    size_t len = strlen(with);
    return t->said.len >= len && strcmp(t->said.data + t->said.len - len, with) == 0;
}

static void wait_prompt(struct talk *t)
{
    int64_t until = clock_mono_ms() + WAIT_MS;
    while (!ends(t, ":\n") && !ends(t, ": "))
        if (!hear(t, 100) || clock_mono_ms() > until)
            fail_msg("no prompt came: %s", buf_str(&t->said));
}

static void say(struct talk *t, const char *text)
{
    buf_addc(&t->said, '\n'); /* no prompt stands any more */
    assert_int_equal(write(t->in, text, strlen(text)), strlen(text));
}

/* A head such as "Case: 23:00 on the clock" is new: the clock of that part began with what was sent. */
static void note_part(struct talk *t, int64_t sent)
{
    unsigned parts = 0;
    const char *last = NULL;
    for (const char *p = buf_str(&t->said); (p = strstr(p, " on the clock\n")); p++, parts++)
        last = p;
    if (!last || parts == t->parts)
        return;
    t->parts = parts;
    t->part_began = sent;
    while (last > t->said.data && last[-1] != ' ')
        last--;
    char *seconds;
    long minutes = strtol(last, &seconds, 10);
    t->part_ms = (minutes * 60 + strtol(seconds + 1, NULL, 10)) * SECOND;
}

static const char *fitting_reply(const struct talk *t)
{
    static const char answer[] = "Sellers waited nine days, so I cut the review step.\nIt is six now.\n.\n";
    const char *prompt = strrchr(buf_str(&t->said), '(');
    if (ends(t, "on another day: "))
        return "\n";
    return prompt && strstr(prompt, "ends the interview") ? ".\n" : answer;
}

static void reply(struct talk *t)
{
    int64_t sent = clock_mono_ms();
    say(t, fitting_reply(t));
    wait_prompt(t);
    note_part(t, sent);
}

static void kill_it(struct talk *t)
{
    int status;
    kill(t->pid, SIGKILL);
    assert_int_equal(waitpid(t->pid, &status, 0), t->pid);
    close(t->in);
    close(t->out);
}

/* What the interviewer said last, on one line. */
static void last_question(const struct talk *t, struct buf *out)
{
    static const char lead[] = "Interviewer: ";
    const char *from = NULL;
    for (const char *p = buf_str(&t->said); (p = strstr(p, lead)); p++)
        from = p + strlen(lead);
    buf_clear(out);
    for (; from && *from && strncmp(from, "\n\n", 2) != 0; from++)
        buf_addc(out, *from == '\n' ? ' ' : *from);
}

/* Opens the file as the next start would and hands over what stands. */
static void look(struct talk *t, void (*check)(struct talk *t, const struct mock_view *v, void *ctx), void *ctx)
{
    struct err err = ERR_INIT;
    struct app *app;
    struct arena a = ARENA_INIT;
    struct mock_run *runs;
    struct mock *m;
    size_t count;
    struct app_options o = {.db = buf_str(&t->db), .data = getenv("PMPREP_DATA")};
    if (!app_open(&app, &o, &err) || !mock_runs(app, true, &a, &runs, &count, &err) || count != 1 ||
        !mock_resume(app, runs[0].id, &m, &err))
        fail_msg("it does not go on: %s", err.text);
    check(t, mock_view(m), ctx);
    mock_close(m);
    arena_release(&a);
    app_close(app);
}

struct expected {
    struct buf question;
    bool at_break, moving; /* moving: an answer was on its way */
    int64_t killed;
};

static void goes_on(struct talk *t, const struct mock_view *v, void *ctx)
{
    const struct expected *e = ctx;
    if (e->at_break && !e->moving) {
        assert_int_equal(v->phase, MOCK_BREAK);
        return;
    }
    bool same = strcmp(v->says, buf_str(&e->question)) == 0;
    if (!same && !e->moving)
        fail_msg("\"%s\" stood, it goes on with \"%s\"", buf_str(&e->question), v->says);
    int64_t left = t->part_ms - (e->killed - t->part_began);
    if (same && v->phase != MOCK_BREAK && llabs(v->part_left_ms - left) > SECOND + SLACK)
        fail_msg("%lld ms were left, it goes on with %lld", (long long)left, (long long)v->part_left_ms);
}

static void kill_at_random_moments(void **state)
{
    struct talk *t = *state;
    struct rng r;
    unsigned long kills = number("PMPREP_KILLS", 8), timed = 0;
    rng_seed(&r, number("PMPREP_SEED", 20));
    for (unsigned long i = 0; i < kills; i++) {
        struct expected e = {.question = BUF_INIT, .moving = rng_below(&r, 3) == 0};
        unlink(buf_str(&t->db));
        start(t, (unsigned)i, false);
        wait_prompt(t);
        for (unsigned n = (unsigned)rng_below(&r, 45); n > 0; n--)
            reply(t);
        if (rng_below(&r, 2) && !ends(t, "on another day: "))
            assert_true(write(t->in, "A line without its end\n", 23) == 23);
        usleep((useconds_t)rng_below(&r, 2500) * 1000);
        e.at_break = ends(t, "on another day: ");
        last_question(t, &e.question);
        if (e.moving) {
            say(t, fitting_reply(t));
            usleep((useconds_t)rng_below(&r, 8000));
        }
        e.killed = clock_mono_ms();
        kill_it(t);
        look(t, goes_on, &e);
        timed += !e.at_break;
        if (!e.moving && !e.at_break) { /* and so says the program itself */
            struct buf again = BUF_INIT;
            start(t, (unsigned)i, true);
            wait_prompt(t);
            last_question(t, &again);
            assert_string_equal(buf_str(&again), buf_str(&e.question));
            buf_release(&again);
            kill_it(t);
        }
        buf_release(&e.question);
    }
    assert_true(timed > 0);
}

/* ---- what stops the clock */

static void tell_left(struct talk *t, const struct mock_view *v, void *ctx)
{
    (void)t;
    *(int64_t *)ctx = v->part_left_ms;
}

/* Time that the clock counted while the program was stopped for two seconds by that signal and ran for one. */
static int64_t counted(struct talk *t, int stop_signal)
{
    int status;
    int64_t left;
    unlink(buf_str(&t->db));
    start(t, 1, false);
    wait_prompt(t);
    reply(t);
    kill(t->pid, stop_signal);
    assert_int_equal(waitpid(t->pid, &status, WUNTRACED), t->pid);
    assert_true(WIFSTOPPED(status));
    usleep(2 * SECOND * 1000);
    kill(t->pid, SIGCONT);
    usleep((SECOND + SLACK) * 1000); /* at least one turn of the clock is stored */
    kill_it(t);
    look(t, tell_left, &left);
    return t->part_ms - left;
}

static void stopped_by_ctrl_z_the_clock_stands(void **state)
{
    int64_t ms = counted(*state, SIGTSTP);
    assert_true(ms < 2 * SECOND + SLACK);
}

static void stopped_otherwise_the_clock_runs(void **state)
{
    int64_t ms = counted(*state, SIGSTOP);
    assert_true(ms >= 2 * SECOND);
}

static void a_pause_takes_no_time(void **state)
{
    struct talk *t = *state;
    int64_t left;
    unlink(buf_str(&t->db));
    start(t, 1, false);
    wait_prompt(t);
    reply(t);
    say(t, "!pause\n");
    wait_prompt(t);
    usleep(2 * SECOND * 1000);
    kill_it(t);
    look(t, tell_left, &left);
    assert_true(t->part_ms - left < SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kill_at_random_moments, setup, teardown),
        cmocka_unit_test_setup_teardown(stopped_by_ctrl_z_the_clock_stands, setup, teardown),
        cmocka_unit_test_setup_teardown(stopped_otherwise_the_clock_runs, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pause_takes_no_time, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
