#include "support/unit.h"

#include "support/stage.h"

#include "pmprep/app/story.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "screens/screens.h"

#include <stdlib.h>
#include <sys/stat.h>

static void stories(struct stage *s)
{
    stage_show(s, stories_screen(s->app, &s->err));
}

/* The story with that headline is in the store and says that. */
static void check_field(struct stage *s, const char *headline, const char *field, const char *value)
{
    struct arena a = ARENA_INIT;
    struct story st;
    bool found = story_find(s->app, headline, &a, &st, &s->err);
    assert_string_equal(s->err.text, "");
    assert_true(found);
    for (const struct story_field *f = story_fields; f->name; f++)
        if (strcmp(f->name, field) == 0)
            assert_string_equal(story_get_field(&st, f), value);
    arena_release(&a);
}

/* $EDITOR is this script from now on. */
static void use_editor(struct stage *s, const char *body)
{
    struct buf path = BUF_INIT, script = BUF_INIT;
    path_join(&path, buf_str(&s->folder), "editor");
    buf_addf(&script, "#!/bin/sh\n%s\n", body);
    assert_true(file_write_atomic(buf_str(&path), buf_sv(&script), &s->err));
    assert_int_equal(chmod(buf_str(&path), 0700), 0);
    unsetenv("VISUAL");
    setenv("EDITOR", buf_str(&path), 1);
    buf_release(&path);
    buf_release(&script);
}

static void test_empty_teaches(void **state)
{
    struct stage *s = *state;
    stories(s);
    stage_golden(s, "stories-empty");
}

static void test_list_with_detail(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    stories(s);
    stage_golden(s, "stories");
}

static void test_add(void **state)
{
    struct stage *s = *state;
    stories(s);
    stage_keys(s, "a");
    stage_golden(s, "story-new");
    stage_type(s, "Stopped the rewrite\nShop owners");
    stage_keys(s, "Tab");
    stage_paste(s, "I stopped it.\nAlone.");
    stage_keys(s, "Backtab Backtab Backtab");
    stage_type(s, "Dive Deep, ownership");
    stage_keys(s, "^S");
    assert_true(stage_sees(s, "1 story"));
    assert_true(stage_sees(s, "Ownership"));
    check_field(s, "Stopped the rewrite", "decision", "I stopped it.\nAlone.");
}

static void test_edit(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    stories(s);
    stage_keys(s, "j Enter End");
    stage_type(s, ", and said so");
    stage_keys(s, "Tab Tab");
    stage_golden(s, "story-edit");
    stage_keys(s, "^S");
    check_field(s, "said so", "period", "2025 Q2-Q3");
    assert_true(stage_sees(s, "2 stories"));
}

static void test_mistakes_keep_the_form(void **state)
{
    struct stage *s = *state;
    stories(s);
    stage_keys(s, "a ^S");
    assert_true(stage_sees(s, "No stories yet."));
    stage_keys(s, "a Tab");
    stage_type(s, "Shop owners");
    stage_keys(s, "^S");
    assert_non_null(strstr(stage_status(s), "headline"));
    stage_keys(s, "Backtab Backtab");
    stage_type(s, "owneship");
    stage_keys(s, "Tab");
    stage_type(s, "A headline");
    stage_keys(s, "^S");
    assert_non_null(strstr(stage_status(s), "ownership"));
    stage_keys(s, "Esc");
    assert_non_null(strstr(stage_status(s), "Esc again"));
    stage_keys(s, "Esc");
    assert_true(stage_sees(s, "No stories yet."));
}

static void test_signals_keep_what_has_a_headline(void **state)
{
    struct stage *s = *state;
    stories(s);
    stage_keys(s, "a");
    assert_true(loop_save(s->loop, &s->err));
    stage_type(s, "Half a story");
    assert_true(loop_save(s->loop, &s->err));
    check_field(s, "Half a story", "headline", "Half a story");
}

static void test_delete_and_undo(void **state)
{
    struct stage *s = *state;
    stage_history(s);
    stories(s);
    stage_keys(s, "d");
    assert_true(stage_sees(s, "1 story"));
    stage_keys(s, "d");
    assert_true(stage_sees(s, "No stories yet."));
    stage_keys(s, "u u");
    assert_true(stage_sees(s, "2 stories"));
    stage_keys(s, "d q");
    stories(s);
    assert_true(stage_sees(s, "1 story"));
}

static void test_editor_template(void **state)
{
    struct stage *s = *state;
    stories(s);
    use_editor(s, "sed -i 's/^headline:.*/headline: From the editor/' \"$1\"");
    stage_keys(s, "F2");
    assert_true(stage_sees(s, "From the editor"));
    use_editor(s, "sed -i 's/^headline:.*/headline: Lost/' \"$1\"; exit 1");
    stage_keys(s, "F2");
    assert_non_null(strstr(stage_status(s), "as it was"));
    assert_true(stage_sees(s, "From the editor"));
    use_editor(s, "sed -i 's/^lesson:.*/lessn: look first/' \"$1\"");
    stage_keys(s, "F2");
    assert_non_null(strstr(stage_status(s), "lesson"));
    use_editor(s, "grep -q 'lessn: look first' \"$1\" && sed -i 's/^lessn:/lesson:/' \"$1\"");
    stage_keys(s, "F2");
    check_field(s, "From the editor", "lesson", "look first");
}

static void test_editor_from_the_form(void **state)
{
    struct stage *s = *state;
    stories(s);
    use_editor(s, "sed -i 's/^customer:.*/customer: shop owners/' \"$1\"");
    stage_keys(s, "a");
    stage_type(s, "Begun in the form");
    stage_keys(s, "F2");
    check_field(s, "Begun in the form", "customer", "shop owners");
    assert_true(stage_sees(s, "1 story"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_empty_teaches, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_list_with_detail, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_add, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_edit, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_mistakes_keep_the_form, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_signals_keep_what_has_a_headline, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_delete_and_undo, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_editor_template, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_editor_from_the_form, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
