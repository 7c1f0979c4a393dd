#include "support/unit.h"

#include "pmprep/base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static void expect_words(const char *command, const char *joined)
{
    struct arena a = ARENA_INIT;
    struct err err = ERR_INIT;
    char **argv = NULL;
    char got[256] = "";
    size_t len = 0;
    assert_true(proc_split(command, &a, &argv, &err));
    for (size_t i = 0; argv[i]; i++) {
        len += (size_t)snprintf(got + len, sizeof(got) - len, "<%s>", argv[i]);
    }
    assert_string_equal(got, joined);
    arena_release(&a);
}

static void splitting(void **state)
{
    (void)state;
    expect_words("vi", "<vi>");
    expect_words("  vi \t -R\n", "<vi><-R>");
    expect_words("a b c d", "<a><b><c><d>");
    expect_words("'one word' \"and two\"", "<one word><and two>");
    expect_words("a'b'\"c\"d", "<abcd>");
    expect_words("'' \"\"", "<><>");
    expect_words("a\\ b \\' \\\\", "<a b><'><\\>");
    expect_words("'a\\b'", "<a\\b>");
    expect_words("\"a\\\"b'c\"", "<a\"b'c>");
    expect_words("$HOME *.c ; | > ~", "<$HOME><*.c><;><|><>><~>"); /* no shell */
}

static void what_cannot_be_split(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "  \t", "'open", "\"open", "a \"b'", "ends\\", "\"a\\"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct arena a = ARENA_INIT;
        struct err err = ERR_INIT;
        char **argv = NULL;
        assert_false(proc_split(bad[i], &a, &argv, &err));
        assert_int_equal(err.code, ERR_USAGE);
        assert_null(argv);
        arena_release(&a);
    }
}

static int run(const char *script)
{
    char *argv[] = {"sh", "-c", (char *)(uintptr_t)script, NULL};
    struct err err = ERR_INIT;
    int status = -1;
    assert_true(proc_run(argv, &status, &err));
    assert_int_equal(err.code, ERR_NONE);
    return status;
}

static void the_status_comes_back(void **state)
{
    (void)state;
    assert_int_equal(run("exit 0"), 0);
    assert_int_equal(run("exit 3"), 3);
    assert_int_equal(run("kill -TERM $$"), 128 + SIGTERM);
}

static void a_program_that_is_not_there(void **state)
{
    (void)state;
    char *argv[] = {"pmprep-no-such-program", NULL};
    struct err err = ERR_INIT;
    int status = 77;
    assert_false(proc_run(argv, &status, &err));
    assert_int_equal(err.detail, ENOENT);
    assert_non_null(strstr(err.text, "pmprep-no-such-program"));
    assert_int_equal(status, 77);
    char *folder[] = {"/", NULL};
    assert_false(proc_run(folder, &status, &err));
    assert_int_equal(err.detail, EACCES);
}

static void nothing(int sig)
{
    (void)sig;
}

static void signals_are_plain_in_the_child_and_kept_here(void **state)
{
    (void)state;
    struct sigaction handled = {.sa_handler = nothing}, ignored = {.sa_handler = SIG_IGN}, after;
    sigset_t blocked, old;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigaction(SIGINT, &handled, NULL);
    sigaction(SIGPIPE, &ignored, NULL);
    sigprocmask(SIG_BLOCK, &blocked, &old);
    assert_int_equal(run("kill -INT $$; exit 0"), 128 + SIGINT);
    assert_int_equal(run("kill -PIPE $$; exit 0"), 128 + SIGPIPE);
    assert_int_equal(run("kill -USR1 $$; exit 0"), 128 + SIGUSR1);
    assert_int_equal(run("kill -INT $PPID; exit 0"), 0); /* ^C at the editor is not for us */
    sigaction(SIGINT, NULL, &after);
    assert_true(after.sa_handler == nothing);
    sigprocmask(SIG_SETMASK, &old, NULL);
    signal(SIGINT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
}

static void no_descriptor_leaks(void **state)
{
    (void)state;
    int before = open("/dev/null", O_RDONLY);
    close(before);
    run("exit 0");
    char *missing[] = {"pmprep-no-such-program", NULL};
    int status;
    proc_run(missing, &status, NULL);
    int after = open("/dev/null", O_RDONLY);
    close(after);
    assert_int_equal(before, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splitting),
        cmocka_unit_test(what_cannot_be_split),
        cmocka_unit_test(the_status_comes_back),
        cmocka_unit_test(a_program_that_is_not_there),
        cmocka_unit_test(signals_are_plain_in_the_child_and_kept_here),
        cmocka_unit_test(no_descriptor_leaks),
    };
    return cmocka_run_group_tests_name("proc", tests, NULL, NULL);
}
