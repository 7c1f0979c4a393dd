#include "support/unit.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <sys/stat.h>
#include <unistd.h>

static struct err err;

static int clean_environment(void **state)
{
    (void)state;
    static const char *const names[] = {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PMPREP_DB",
                                        "PMPREP_DATA"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        unsetenv(names[i]);
    }
    setenv("HOME", "/home/ada", 1);
    err = (struct err)ERR_INIT;
    return 0;
}

static void expect(bool (*folder)(struct buf *, struct err *), const char *path)
{
    struct buf out = BUF_INIT;
    assert_true(folder(&out, &err));
    assert_string_equal(buf_str(&out), path);
    buf_release(&out);
}

static void defaults_are_below_home(void **state)
{
    (void)state;
    expect(path_data_home, "/home/ada/.local/share/pmprep");
    expect(path_config_home, "/home/ada/.config/pmprep");
    expect(path_cache_home, "/home/ada/.cache/pmprep");
}

static void xdg_variables_win_when_absolute(void **state)
{
    (void)state;
    setenv("XDG_DATA_HOME", "/x/data", 1);
    setenv("XDG_CONFIG_HOME", "relative", 1);
    setenv("XDG_CACHE_HOME", "", 1);
    expect(path_data_home, "/x/data/pmprep");
    expect(path_config_home, "/home/ada/.config/pmprep");
    expect(path_cache_home, "/home/ada/.cache/pmprep");
}

static void without_home_the_account_tells(void **state)
{
    (void)state;
    unsetenv("HOME");
    struct buf out = BUF_INIT;
    if (path_data_home(&out, &err)) { /* a test machine may have no account for its user */
        assert_int_equal(buf_str(&out)[0], '/');
        assert_non_null(strstr(buf_str(&out), "/.local/share/pmprep"));
    } else {
        assert_int_equal(err.code, ERR_NOT_FOUND);
    }
    buf_release(&out);
}

static void expect_database(const char *override, const char *path)
{
    struct buf out = BUF_INIT;
    assert_true(path_database(override, &out, &err));
    assert_string_equal(buf_str(&out), path);
    buf_release(&out);
}

static void the_database(void **state)
{
    (void)state;
    expect_database(NULL, "/home/ada/.local/share/pmprep/pmprep.db");
    setenv("PMPREP_DB", "", 1);
    expect_database("", "/home/ada/.local/share/pmprep/pmprep.db");
    setenv("PMPREP_DB", "/e/v.db", 1);
    expect_database(NULL, "/e/v.db");
    expect_database("given.db", "given.db");
}

static void the_shipped_data_as_named(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    setenv("PMPREP_DATA", "/tmp", 1);
    assert_true(path_shipped_data(NULL, &out, &err));
    assert_string_equal(buf_str(&out), "/tmp");
    buf_clear(&out);
    assert_true(path_shipped_data("/usr", &out, &err));
    assert_string_equal(buf_str(&out), "/usr");
    buf_clear(&out);
    assert_false(path_shipped_data("/nonexistent", &out, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "/nonexistent"));
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

/* This program stands two folders below the folder where data/banks is made here. */
static void the_shipped_data_beside_the_program(void **state)
{
    (void)state;
    char program[4096];
    ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (len < 0) {
        skip();
    }
    program[len] = '\0';
    *strrchr(program, '/') = '\0';
    *strrchr(program, '/') = '\0';
    struct buf data = BUF_INIT, banks = BUF_INIT, out = BUF_INIT;
    path_join(&data, program, "data");
    path_join(&banks, buf_str(&data), "banks");

    assert_false(path_shipped_data(NULL, &out, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, buf_str(&data)));
    assert_non_null(strstr(err.text, "share/pmprep"));
    assert_true(file_mkdirs(buf_str(&data), &err)); /* no banks in it: not ours */
    assert_false(path_shipped_data(NULL, &out, &err));
    assert_true(file_mkdirs(buf_str(&banks), &err));
    assert_true(path_shipped_data(NULL, &out, &err));
    assert_string_equal(buf_str(&out), buf_str(&data));
    assert_int_equal(rmdir(buf_str(&banks)), 0);
    assert_int_equal(rmdir(buf_str(&data)), 0);
    buf_release(&data);
    buf_release(&banks);
    buf_release(&out);
}

static void joining_and_naming(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    path_join(&out, "/a/b", "c");
    path_join(&out, "/a/", "c");
    path_join(&out, "", "c");
    assert_string_equal(buf_str(&out), "/a/b/c/a/cc");
    buf_release(&out);
    assert_string_equal(path_basename("/a/b.c"), "b.c");
    assert_string_equal(path_basename("b.c"), "b.c");
    assert_string_equal(path_basename("/a/"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(defaults_are_below_home, clean_environment),
        cmocka_unit_test_setup(xdg_variables_win_when_absolute, clean_environment),
        cmocka_unit_test_setup(without_home_the_account_tells, clean_environment),
        cmocka_unit_test_setup(the_database, clean_environment),
        cmocka_unit_test_setup(the_shipped_data_as_named, clean_environment),
        cmocka_unit_test_setup(the_shipped_data_beside_the_program, clean_environment),
        cmocka_unit_test_setup(joining_and_naming, clean_environment),
    };
    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
