#include "support/unit.h"

#include "pmprep/app/config.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "support/storefix.h"

struct fix {
    struct buf folder;
    struct buf path;
    struct config *config;
    struct err err;
};

static int setup(void **state)
{
    struct fix *f = calloc(1, sizeof(*f));
    storefix_use_memory();
    assert_true(file_temp_dir(&f->folder, &f->err));
    path_join(&f->path, buf_str(&f->folder), "deep/config.yaml");
    assert_true(config_load(&f->config, buf_str(&f->path), &f->err));
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fix *f = *state;
    config_free(f->config);
    storefix_remove_tree(buf_str(&f->folder));
    buf_release(&f->folder);
    buf_release(&f->path);
    free(f);
    return 0;
}

/* Puts text in the file and loads it again; answers what config_load answered. */
static bool reload(struct fix *f, const char *text)
{
    f->err = (struct err)ERR_INIT;
    if (text) {
        assert_true(file_write_atomic(buf_str(&f->path), sv_from(text), &f->err));
    }
    config_free(f->config);
    return config_load(&f->config, buf_str(&f->path), &f->err);
}

static void expect_file(struct fix *f, const char *text)
{
    struct buf got = BUF_INIT;
    assert_true(file_read(buf_str(&f->path), 10000, &got, &f->err));
    assert_string_equal(buf_str(&got), text);
    buf_release(&got);
}

static void test_defaults_hold_their_own_rules(void **state)
{
    struct fix *f = *state;
    for (const struct option_row *row = option_rows; row->name; row++) {
        assert_false(config_is_set(f->config, row->name));
        assert_string_equal(config_text(f->config, row->name), row->fallback);
        assert_true(config_set(f->config, row->name, row->fallback, &f->err));
        assert_true(config_is_set(f->config, row->name));
        assert_true(row->help[0] != '\0');
    }
    assert_true(reload(f, NULL));
    assert_int_equal(config_number(f->config, "minutes"), 20);
    assert_true(config_bool(f->config, "mouse"));
}

static void test_set_is_there_after_a_reload(void **state)
{
    struct fix *f = *state;
    assert_true(config_set(f->config, "minutes", "45", &f->err));
    assert_true(config_set(f->config, "mouse", "no", &f->err));
    assert_true(config_set(f->config, "minutes", "50", &f->err));
    expect_file(f, "minutes: 50\nmouse: no\n");
    assert_true(reload(f, NULL));
    assert_int_equal(config_number(f->config, "minutes"), 50);
    assert_false(config_bool(f->config, "mouse"));
    assert_true(config_unset(f->config, "minutes", &f->err));
    expect_file(f, "mouse: no\n");
    assert_int_equal(config_number(f->config, "minutes"), 20);
}

static void test_what_the_user_wrote_survives(void **state)
{
    struct fix *f = *state;
    assert_true(config_set(f->config, "target", "L5", &f->err));
    assert_true(reload(f, "# my level\n'target': L5\n\n# the clock\nminutes: 30 # calm"));
    assert_int_equal(config_number(f->config, "minutes"), 30);
    assert_true(config_set(f->config, "target", "L6", &f->err));
    assert_true(config_set(f->config, "theme", "mono", &f->err));
    expect_file(f, "# my level\ntarget: L6\n\n# the clock\nminutes: 30 # calm\ntheme: mono\n");
}

static void test_wrong_values_change_nothing(void **state)
{
    struct fix *f = *state;
    assert_true(config_set(f->config, "minutes", "30", &f->err));
    static const char *const wrong[][2] = {
        {"minutes", "4"},
        {"minutes", "241"},
        {"minutes", ""},
        {"minutes", "3O"},
        {"minutes", "30\nmode: speak"},
        {"theme", "Dark"},
        {"theme", ""},
        {"mouse", "maybe"},
        {"target", "L7"},
        {"retention", "100"},
        {"coach-off", "No-number"},
        {"coach-off", "a,,b"},
        {"coach-off", "a, b, a"},
        {"coach-off", "a=note"},
        {"coach-severity", "a"},
        {"coach-severity", "a=grave"},
        {"coach-severity", "a=note, a=error"},
        {"coach-severity", "=note"},
        {"reviewer", "x 'y"},
        {"reviewer", "x\ny"},
        {"reviewer-seconds", "0"},
        {"retention", "-1"},
        {"mode", "pick"},
        {"nosuch", "value"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct err err = ERR_INIT;
        assert_false(config_set(f->config, wrong[i][0], wrong[i][1], &err));
        assert_int_equal(err.code, ERR_USAGE);
        assert_true(err.text[0] != '\0');
    }
    expect_file(f, "minutes: 30\n");
}

static void test_rules_are_set(void **state)
{
    struct fix *f = *state;
    struct arena arena = ARENA_INIT;
    struct rule_setting *list;
    size_t count;
    config_rules(f->config, &arena, &list, &count);
    assert_int_equal(count, 0);
    assert_true(config_set(f->config, "coach-off", "hedging,we-fog", &f->err));
    assert_true(config_set(f->config, "coach-severity", "no-number = warning, hedging=error", &f->err));
    assert_true(reload(f, NULL));
    config_rules(f->config, &arena, &list, &count);
    assert_int_equal(count, 3);
    assert_string_equal(list[0].rule, "hedging");
    assert_true(list[0].off && list[0].severity == SEVERITY_ERROR);
    assert_string_equal(list[1].rule, "we-fog");
    assert_true(list[1].off && list[1].severity == SEVERITY_COUNT);
    assert_string_equal(list[2].rule, "no-number");
    assert_true(!list[2].off && list[2].severity == SEVERITY_WARNING);
    arena_release(&arena);
}

/* Signs that mean something to YAML come back as they were. */
static void test_a_command_is_kept_as_written(void **state)
{
    struct fix *f = *state;
    static const char *const commands[] = {"review --as 'a bar raiser' # no comment: \"x\"", "- [a, {b: c}]", "*x",
                                           "/bin/cat", ""};
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        assert_true(config_set(f->config, "reviewer", commands[i], &f->err));
        assert_true(config_set(f->config, "minutes", "30", &f->err));
        assert_true(reload(f, NULL));
        assert_string_equal(config_text(f->config, "reviewer"), commands[i]);
    }
    assert_true(reload(f, "reviewer: 'look\n  --twice'\n# seldom\nminutes: 40\n"));
    assert_string_equal(config_text(f->config, "reviewer"), "look --twice");
    assert_true(config_set(f->config, "reviewer", "look", &f->err));
    expect_file(f, "reviewer: 'look'\n# seldom\nminutes: 40\n");
    assert_int_equal(config_number(f->config, "reviewer-seconds"), 60);
    assert_false(config_bool(f->config, "coach-live"));
}

static void test_an_unknown_name_suggests_the_nearest(void **state)
{
    struct fix *f = *state;
    assert_null(config_row("minuets", &f->err));
    assert_non_null(strstr(f->err.text, "did you mean minutes?"));
}

/* Each is malformed; the position in the message is where it is. */
static void test_malformed_files_are_told_and_left_alone(void **state)
{
    struct fix *f = *state;
    static const char *const files[][2] = {
        {"minutes: 30\nthem: light\n", ":2:7: "},
        {"minutes: 3000\n", ":1:10: "},
        {"minutes: [1]\n", ":1:10: "},
        {"- minutes\n", ":1:1: "},
        {"minutes: 1\nminutes: 2\n", ":2:1: "},
        {"minutes: \"3\n", ":1:10: "},
        {"minutes: 30\n---\ntheme: mono\n", ":2:1: "},
        {"theme: mono\x01\n", ":1:12: "},
    };
    assert_true(config_set(f->config, "minutes", "30", &f->err));
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        assert_false(reload(f, files[i][0]));
        assert_int_equal(f->err.code, ERR_FORMAT);
        if (!strstr(f->err.text, files[i][1])) {
            fail_msg("'%s' has no %s", f->err.text, files[i][1]);
        }
        assert_false(config_set(f->config, "theme", "dark", &f->err));
        expect_file(f, files[i][0]);
    }
    assert_false(reload(f, "minutes: 30\nthem: light\n"));
    assert_int_equal(config_number(f->config, "minutes"), 30); /* what was right is used */
}

static void test_without_a_place_nothing_can_be_set(void **state)
{
    struct fix *f = *state;
    struct config *nowhere;
    assert_true(config_load(&nowhere, "", &f->err));
    assert_string_equal(config_text(nowhere, "mode"), "type");
    assert_false(config_set(nowhere, "mode", "speak", &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    config_free(nowhere);
}

static void test_empty_files_are_defaults(void **state)
{
    struct fix *f = *state;
    assert_true(config_set(f->config, "minutes", "30", &f->err));
    assert_true(reload(f, ""));
    assert_int_equal(config_number(f->config, "minutes"), 20);
    assert_true(reload(f, "# nothing but a comment\n"));
    assert_int_equal(config_number(f->config, "minutes"), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_defaults_hold_their_own_rules, setup, teardown),
        cmocka_unit_test_setup_teardown(test_set_is_there_after_a_reload, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_the_user_wrote_survives, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wrong_values_change_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rules_are_set, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_command_is_kept_as_written, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_unknown_name_suggests_the_nearest, setup, teardown),
        cmocka_unit_test_setup_teardown(test_malformed_files_are_told_and_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_a_place_nothing_can_be_set, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty_files_are_defaults, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
