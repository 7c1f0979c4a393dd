/* Past answers on a real terminal: search, read, score again, note, delete and undo. */

#include "support/unit.h"

#include "support/program.h"

static int setup(void **state)
{
    program_setup(state);
    program_answers(*state);
    return 0;
}

static void search_marks_and_reads(void **state)
{
    struct program *p = *state;
    int row, col;
    program_start(p, "review", "3 answers");
    program_keys(p, "/");
    program_type(p, "refunds");
    program_keys(p, "Enter");
    program_sees(p, "1 answer matches");
    assert_true(vt_find(p->vt, "with refunds", &row, &col));
    assert_true(vt_attr(p->vt, row, col + 5).underline);
    assert_false(vt_attr(p->vt, row, col).underline);
    program_keys(p, "Enter");
    program_sees(p, "Second try, with refunds.");
    program_keys(p, "t");
    program_sees(p, "First try, in April.");
    program_keys(p, "^C Esc");
    program_sees(p, "3 answers");
    program_keys(p, "/");
    program_type(p, "kind:cse");
    program_keys(p, "Enter");
    program_sees(p, "case");
    program_keys(p, "^C"); /* cancels the search only */
    program_sees(p, "3 answers");
    program_leave(p, "q", 0);
}

static void what_comes_on_the_command_line_filters(void **state)
{
    struct program *p = *state;
    program_start(p, "review April", "1 answer matches");
    program_sees(p, "First try, in April.");
    program_leave(p, "^C", 0);
}

static void deleted_comes_back_until_the_screen_is_left(void **state)
{
    struct program *p = *state;
    program_start(p, "review", "3 answers");
    program_keys(p, "d d");
    program_sees(p, "1 answer");
    program_keys(p, "u");
    program_sees(p, "2 answers");
    program_leave(p, "q", 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text like '%third thing%'"), 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text like '%try, %'"), 2);
}

static void scored_again_noted_and_flagged(void **state)
{
    struct program *p = *state;
    program_start(p, "review", "3 answers");
    program_keys(p, "Enter r 4");
    while (vt_has(p->vt, "as if you had never"))
        program_keys(p, "Enter");
    program_sees(p, "Scored;");
    program_keys(p, "f e");
    program_type(p, "Say who decided.");
    program_keys(p, "^S");
    program_sees(p, "Your note");
    program_leave(p, "q q", 0);
    assert_int_equal(program_int(p, "select level from scores where phase = 2 and dimension = ''"), 4);
    assert_int_equal(program_int(p, "select count(*) from attempts where note = 'Say who decided.' and flagged"), 1);
}

static void sizes_of_list_and_reader(void **state)
{
    static const char *const views[][2] = {{NULL, "A third thing."},
                                           {"Enter", "A third thing."},
                                           {"J", "Second try"},
                                           {"t", "This one"},
                                           {"r", "never seen it"}};
    struct program *p = *state;
    program_start(p, "review", "3 answers");
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
        if (views[i][0])
            program_keys(p, views[i][0]);
        vt_resize(p->vt, 18, 60);
        program_sees(p, views[i][1]);
        vt_resize(p->vt, 60, 200);
        program_sees(p, views[i][1]);
        vt_resize(p->vt, 24, 80);
        program_sees(p, views[i][1]);
    }
    program_leave(p, "^C ^C ^C", 0);
}

static void the_mouse_selects_and_scrolls(void **state)
{
    struct program *p = *state;
    program_start(p, "review", "3 answers");
    vt_click(p->vt, 4, 20);
    program_sees(p, "First try, in April.");
    vt_wheel(p->vt, true);
    program_sees(p, "Second try, with refunds.");
    program_leave(p, "q", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(search_marks_and_reads, setup, program_teardown),
        cmocka_unit_test_setup_teardown(what_comes_on_the_command_line_filters, setup, program_teardown),
        cmocka_unit_test_setup_teardown(deleted_comes_back_until_the_screen_is_left, setup, program_teardown),
        cmocka_unit_test_setup_teardown(scored_again_noted_and_flagged, setup, program_teardown),
        cmocka_unit_test_setup_teardown(sizes_of_list_and_reader, setup, program_teardown),
        cmocka_unit_test_setup_teardown(the_mouse_selects_and_scrolls, setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
