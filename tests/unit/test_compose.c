#include "support/unit.h"

#include "pmprep/app/compose.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "support/storefix.h"

#include <sys/stat.h>
#include <unistd.h>

/* The editor is a small script that each test writes. */
struct fix {
    struct buf folder; /* of the script and of what it notes */
    struct buf tmp;    /* TMPDIR: where the private folder appears */
    struct buf text;
    bool saved;
    struct err err;
};

static int setup(void **state)
{
    struct fix *f = calloc(1, sizeof(*f));
    storefix_use_memory();
    assert_true(file_temp_dir(&f->folder, &f->err));
    path_join(&f->tmp, buf_str(&f->folder), "tmp");
    assert_true(file_mkdirs(buf_str(&f->tmp), &f->err));
    setenv("TMPDIR", buf_str(&f->tmp), 1);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fix *f = *state;
    unsetenv("TMPDIR");
    unsetenv("EDITOR");
    unsetenv("VISUAL");
    storefix_remove_tree(buf_str(&f->folder));
    buf_release(&f->folder);
    buf_release(&f->tmp);
    buf_release(&f->text);
    free(f);
    return 0;
}

/* EDITOR becomes a script with this body; "$1" is the file, $dir the folder of the fixture. */
static void editor(struct fix *f, const char *body)
{
    struct buf path = BUF_INIT, script = BUF_INIT;
    path_join(&path, buf_str(&f->folder), "my editor");
    buf_addf(&script, "#!/bin/sh\ndir='%s'\n%s\n", buf_str(&f->folder), body);
    assert_true(file_write_atomic(buf_str(&path), buf_sv(&script), &f->err));
    assert_int_equal(chmod(buf_str(&path), 0700), 0);
    buf_clear(&script);
    buf_addf(&script, "'%s'", buf_str(&path));
    setenv("EDITOR", buf_str(&script), 1);
    buf_release(&path);
    buf_release(&script);
}

static void expect_note(struct fix *f, const char *name, const char *expected)
{
    struct buf path = BUF_INIT, got = BUF_INIT;
    path_join(&path, buf_str(&f->folder), name);
    assert_true(file_read(buf_str(&path), 10000, &got, &f->err));
    assert_string_equal(buf_str(&got), expected);
    buf_release(&path);
    buf_release(&got);
}

static void expect_no_traces(struct fix *f)
{
    assert_int_equal(rmdir(buf_str(&f->tmp)), 0);
    assert_int_equal(mkdir(buf_str(&f->tmp), 0700), 0);
}

static void test_what_is_written_comes_back_without_the_question(void **state)
{
    struct fix *f = *state;
    editor(
        f,
        "cp \"$1\" \"$dir/seen\"; ls -l \"$1\" | cut -c1-10 >\"$dir/mode\"; printf 'My answer.\\n\\nTwo.\\n' >>\"$1\"");
    assert_true(compose("Tell me about a time.\n\nOne line more", &f->text, &f->saved, &f->err));
    assert_true(f->saved);
    assert_string_equal(buf_str(&f->text), "My answer.\n\nTwo.");
    expect_note(f, "seen", "# Tell me about a time.\n#\n# One line more\n\n");
    expect_note(f, "mode", "-rw-------\n");
    expect_no_traces(f);
}

static void test_the_text_so_far_is_there_to_be_changed(void **state)
{
    struct fix *f = *state;
    buf_adds(&f->text, "so far");
    editor(f, "sed 's/so far/no further/' \"$1\" >\"$1.new\"; mv \"$1.new\" \"$1\"; touch \"$1~\"");
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_true(f->saved);
    assert_string_equal(buf_str(&f->text), "no further");
    expect_no_traces(f);
}

static void test_lines_of_the_user_that_begin_with_a_hash_stay(void **state)
{
    struct fix *f = *state;
    editor(f, "printf '#1 priority was trust.\\n# Q\\nend\\n' >>\"$1\"");
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_string_equal(buf_str(&f->text), "#1 priority was trust.\nend");
}

static void test_a_failing_exit_keeps_the_draft(void **state)
{
    struct fix *f = *state;
    buf_adds(&f->text, "draft");
    editor(f, "echo changed >\"$1\"; exit 1");
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_false(f->saved);
    assert_string_equal(buf_str(&f->text), "draft");
    expect_no_traces(f);
}

static void test_an_editor_that_is_killed_after_saving_loses_nothing(void **state)
{
    struct fix *f = *state;
    editor(f, "echo saved before >\"$1\"; kill -9 $$");
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_true(f->saved);
    assert_string_equal(buf_str(&f->text), "saved before");
}

static void test_nothing_written_is_not_saved(void **state)
{
    struct fix *f = *state;
    editor(f, "true");
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_false(f->saved);
    buf_adds(&f->text, "as it was");
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_true(f->saved);
    assert_string_equal(buf_str(&f->text), "as it was");
}

static void test_visual_wins_and_no_shell_is_started(void **state)
{
    struct fix *f = *state;
    editor(f, "echo from the editor >\"$1\"");
    setenv("VISUAL", getenv("EDITOR"), 1);
    setenv("EDITOR", "false", 1);
    assert_true(compose("Q", &f->text, &f->saved, &f->err));
    assert_string_equal(buf_str(&f->text), "from the editor");
    setenv("VISUAL", "true; touch shell-was-here", 1);
    assert_false(compose("Q", &f->text, &f->saved, &f->err));
    assert_false(f->saved);
    setenv("VISUAL", "/nosuch/editor", 1);
    f->err = (struct err)ERR_INIT;
    assert_false(compose("Q", &f->text, &f->saved, &f->err));
    assert_non_null(strstr(f->err.text, "/nosuch/editor"));
    assert_string_equal(buf_str(&f->text), "from the editor");
    expect_no_traces(f);
}

static void test_controls_in_the_question_are_shown(void **state)
{
    struct fix *f = *state;
    editor(f, "cp \"$1\" \"$dir/seen\"");
    assert_true(compose("a\033[2Jb", &f->text, &f->saved, &f->err));
    expect_note(f, "seen", "# a<U+001B>[2Jb\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_written_comes_back_without_the_question, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_text_so_far_is_there_to_be_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lines_of_the_user_that_begin_with_a_hash_stay, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_failing_exit_keeps_the_draft, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_editor_that_is_killed_after_saving_loses_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_written_is_not_saved, setup, teardown),
        cmocka_unit_test_setup_teardown(test_visual_wins_and_no_shell_is_started, setup, teardown),
        cmocka_unit_test_setup_teardown(test_controls_in_the_question_are_shown, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
