#include "support/unit.h"

#include "pmprep/base/proc.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct proc_limits plenty = {.bytes = 64 * 1024, .ms = 60000};

struct end {
    bool ok;
    struct buf output;
    struct err err;
};

static struct end pipe_through(const char *script, struct sv input, const struct proc_limits *limits)
{
    char *argv[] = {"sh", "-c", (char *)(uintptr_t)script, NULL};
    struct end e = {.output = BUF_INIT, .err = ERR_INIT};
    e.ok = proc_pipe(argv, input, limits, &e.output, &e.err);
    return e;
}

static void expect_failure(const char *script, const struct proc_limits *limits, const char *part)
{
    struct end e = pipe_through(script, SV("an answer"), limits);
    assert_false(e.ok);
    if (!strstr(e.err.text, part)) {
        fail_msg("'%s' does not say '%s'", e.err.text, part);
    }
    buf_release(&e.output);
}

static void text_goes_in_and_out(void **state)
{
    (void)state;
    struct end e = pipe_through("cat; printf ' and more'", SV("what I said\n"), &plenty);
    assert_true(e.ok);
    assert_string_equal(buf_str(&e.output), "what I said\n and more");
    buf_release(&e.output);
    e = pipe_through("wc -c", SV(""), &plenty);
    assert_true(e.ok);
    assert_int_equal(strtol(buf_str(&e.output), NULL, 10), 0);
    buf_release(&e.output);
}

/* More than the pipes hold in both directions at once: neither side may wait for the other. */
static void much_text_does_not_lock(void **state)
{
    (void)state;
    struct proc_limits limits = {.bytes = 4u << 20, .ms = 60000};
    struct buf text = BUF_INIT;
    for (int i = 0; i < 60000; i++) {
        buf_addf(&text, "line %d of it\n", i);
    }
    struct end e = pipe_through("cat", buf_sv(&text), &limits);
    assert_true(e.ok);
    assert_true(sv_eq(buf_sv(&e.output), buf_sv(&text)));
    buf_release(&e.output);
    buf_release(&text);
}

static void a_program_that_does_not_listen(void **state)
{
    (void)state;
    struct sigaction handled = {.sa_handler = SIG_DFL}, after;
    struct buf text = BUF_INIT;
    for (int i = 0; i < 300000; i++) {
        buf_addc(&text, 'x');
    }
    sigaction(SIGPIPE, &handled, NULL);
    struct end e = pipe_through("exec <&-; echo heard enough", buf_sv(&text), &plenty);
    assert_true(e.ok);
    assert_string_equal(buf_str(&e.output), "heard enough\n");
    sigaction(SIGPIPE, NULL, &after);
    assert_true(after.sa_handler == SIG_DFL);
    buf_release(&e.output);
    buf_release(&text);
}

static void failures_are_told(void **state)
{
    (void)state;
    struct proc_limits brief = {.bytes = 1024, .ms = 150};
    expect_failure("echo no model >&2; echo >&2; exit 3", &plenty, "sh failed with exit status 3: no model");
    expect_failure("exit 3", &plenty, "exit status 3");
    expect_failure("printf 'a\\033[31m\\377b' >&2; exit 1", &plenty, "a<U+001B>[31m<FF>b");
    expect_failure("kill -SEGV $$", &plenty, "signal 11");
    expect_failure("sleep 30", &brief, "longer than");
    expect_failure("trap '' INT TERM HUP; while :; do sleep 30; done", &brief, "longer than");
    expect_failure("exec >&- 2>&- <&-; sleep 30", &brief, "longer than");
    expect_failure("yes", &plenty, "more than 64 KB");
}

static void what_came_before_the_limit_is_kept(void **state)
{
    (void)state;
    struct proc_limits limits = {.bytes = 5, .ms = 60000};
    struct end e = pipe_through("printf 123456789", SV(""), &limits);
    assert_false(e.ok);
    assert_string_equal(buf_str(&e.output), "12345");
    buf_release(&e.output);
    e = pipe_through("printf 12345", SV(""), &limits);
    assert_true(e.ok);
    buf_release(&e.output);
}

static void any_bytes_come_through(void **state)
{
    (void)state;
    struct end e = pipe_through("printf 'a\\000\\377\\033[0m'", SV(""), &plenty);
    assert_true(e.ok);
    assert_true(sv_eq(buf_sv(&e.output), SV("a\0\377\033[0m")));
    buf_release(&e.output);
}

static void a_program_that_is_missing(void **state)
{
    (void)state;
    char *argv[] = {"pmprep-no-such-program", NULL};
    struct err err = ERR_INIT;
    struct buf output = BUF_INIT;
    assert_false(proc_pipe(argv, SV("x"), &plenty, &output, &err));
    assert_non_null(strstr(err.text, "cannot start pmprep-no-such-program"));
    assert_int_equal(output.len, 0);
}

/* What it left behind would hold our pipe for half a minute; when it is gone this one ends. */
static void nothing_it_started_goes_on(void **state)
{
    (void)state;
    int ends[2];
    char byte;
    assert_int_equal(pipe(ends), 0);
    struct end e = pipe_through("sleep 30 & echo left one behind", SV(""), &plenty);
    assert_true(e.ok);
    assert_string_equal(buf_str(&e.output), "left one behind\n");
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 0);
    close(ends[0]);
    buf_release(&e.output);
}

static void it_has_no_terminal_of_ours(void **state)
{
    (void)state;
    struct end e = pipe_through("test \"$(ps -o sid= -p $$ | tr -d ' ')\" = $$ && echo alone", SV(""), &plenty);
    if (e.ok) {
        assert_string_equal(buf_str(&e.output), "alone\n");
    }
    buf_release(&e.output);
    assert_true(e.ok);
}

static void a_step_does_not_wait(void **state)
{
    (void)state;
    char *argv[] = {"sh", "-c", "read line; echo \"got $line\"", NULL};
    char *sleeper[] = {"sleep", "30", NULL};
    struct err err = ERR_INIT;
    struct proc *p;
    int status = 77;
    assert_true(proc_start(sleeper, SV(""), &plenty, &p, &err));
    assert_false(proc_step(p, 0));
    assert_int_equal(proc_ended(p, &status), PROC_RUNS);
    assert_false(proc_result(p, &err));
    proc_stop(p);
    assert_true(proc_step(p, 0));
    assert_int_equal(proc_ended(p, &status), PROC_STOPPED);
    assert_false(proc_result(p, &err));
    assert_int_equal(err.code, ERR_CANCELLED);
    proc_free(p);

    assert_true(proc_start(argv, SV("it\n"), &plenty, &p, &err));
    while (!proc_step(p, 1000)) {
        /* each waits for something to happen */
    }
    assert_int_equal(proc_ended(p, &status), PROC_EXITED);
    assert_true(sv_eqs(proc_output(p), "got it\n"));
    proc_free(p);

    assert_true(proc_start(sleeper, SV(""), &plenty, &p, &err));
    proc_signal(p, SIGINT);
    proc_wait(p);
    assert_int_equal(proc_ended(p, &status), PROC_KILLED);
    assert_int_equal(status, SIGINT);
    proc_free(p);
    proc_free(NULL);
}

static void ctrl_c_stops_it(void **state)
{
    (void)state;
    char script[64];
    snprintf(script, sizeof(script), "kill -INT %d; sleep 30", (int)getpid());
    struct end e = pipe_through(script, SV(""), &plenty);
    assert_false(e.ok);
    assert_int_equal(e.err.code, ERR_CANCELLED);
    buf_release(&e.output);
}

static void no_descriptor_leaks(void **state)
{
    (void)state;
    char *missing[] = {"pmprep-no-such-program", NULL};
    struct buf output = BUF_INIT;
    int before = open("/dev/null", O_RDONLY);
    close(before);
    struct end e = pipe_through("ls /proc/self/fd 2>/dev/null | wc -l", SV(""), &plenty);
    int passed_on = 0;
    for (int fd = 0; fd < 256; fd++) {
        int flags = fcntl(fd, F_GETFD);
        passed_on += flags >= 0 && !(flags & FD_CLOEXEC);
    }
    assert_int_equal(strtol(buf_str(&e.output), NULL, 10), passed_on + 1); /* and the folder it reads */
    buf_release(&e.output);
    proc_pipe(missing, SV(""), &plenty, &output, NULL);
    buf_release(&output);
    int after = open("/dev/null", O_RDONLY);
    close(after);
    assert_int_equal(before, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_goes_in_and_out),
        cmocka_unit_test(much_text_does_not_lock),
        cmocka_unit_test(a_program_that_does_not_listen),
        cmocka_unit_test(failures_are_told),
        cmocka_unit_test(what_came_before_the_limit_is_kept),
        cmocka_unit_test(any_bytes_come_through),
        cmocka_unit_test(a_program_that_is_missing),
        cmocka_unit_test(nothing_it_started_goes_on),
        cmocka_unit_test(it_has_no_terminal_of_ours),
        cmocka_unit_test(a_step_does_not_wait),
        cmocka_unit_test(ctrl_c_stops_it),
        cmocka_unit_test(no_descriptor_leaks),
    };
    return cmocka_run_group_tests_name("pipe", tests, NULL, NULL);
}
