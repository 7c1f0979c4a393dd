/* Home on a real terminal: where keys lead, colours, sizes, suspend, every way out. */

#include "support/unit.h"

#include "support/program.h"

static void doors_lead_there_and_back(void **state)
{
    static const struct {
        const char *key, *sees, *back;
    } doors[] = {{"v", "No answers yet.", "q"}, {"s", "No stories yet.", "Esc"}, {"?", "leave pmprep", "?"},
                 {"F1", "all keys", "q"},       {"v", "Review", "^C"},           {"Enter", "Drill 1 of", "^C"}};
    struct program *p = *state;
    program_start(p, "", "Start here");
    for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++) {
        program_keys(p, doors[i].key);
        program_sees(p, doors[i].sees);
        program_keys(p, doors[i].back);
        program_sees(p, "Start here");
    }
    program_leave(p, "q", 0);
}

static void ctrl_c_quits(void **state)
{
    struct program *p = *state;
    program_start(p, "", "Start here");
    program_leave(p, "^C", 0);
}

/* No cell has a colour of its own with NO_COLOR, and some have without. */
static bool has_colour(struct vt *vt)
{
    for (int row = 0; row < 24; row++)
        for (int col = 0; col < 80; col++)
            if (vt_attr(vt, row, col).fg >= 0 || vt_attr(vt, row, col).bg >= 0)
                return true;
    return false;
}

static void colours_follow_the_environment(void **state)
{
    static const char *const none[] = {"NO_COLOR=1", NULL}, *const plain[] = {"NO_COLOR", NULL};
    struct program *p = *state;
    program_start_with(p, "", plain, false, "Start here");
    assert_true(has_colour(p->vt));
    program_leave(p, "q", 0);
    program_start_with(p, "", none, false, "Start here");
    assert_false(has_colour(p->vt));
    program_leave(p, "q", 0);
}

static void every_size_shows_home_or_a_notice(void **state)
{
    struct program *p = *state;
    program_start(p, "", "Start here");
    for (int size = 1; size <= 200; size += size < 20 ? 7 : 60) {
        vt_resize(p->vt, size, size * 3);
        assert_true(vt_wait_settled(p->vt));
        if (size >= 20)
            program_sees(p, "Start here");
    }
    vt_resize(p->vt, 24, 80);
    program_sees(p, "Start here");
    program_leave(p, "q", 0);
}

static void suspend_and_back(void **state)
{
    struct program *p = *state;
    program_start_with(p, "", NULL, true, "Start here");
    vt_key(p->vt, "^Z");
    program_sees(p, "the shell again");
    assert_true(vt_restored(p->vt));
    vt_type(p->vt, "\n");
    program_sees(p, "Start here");
    program_leave(p, "q", 0);
}

/* A file that cannot be opened is one sentence on an untouched terminal. */
static void refusals_come_before_the_screen(void **state)
{
    struct program *p = *state;
    buf_clear(&p->db);
    buf_addsv(&p->db, buf_sv(&p->folder)); /* a folder is no database */
    program_refused(p, "", 2);
    assert_int_equal(vt_output(p->vt)->len > 0, true);
    assert_null(strstr(buf_str(vt_output(p->vt)), "1049h"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(doors_lead_there_and_back, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(ctrl_c_quits, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(colours_follow_the_environment, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(every_size_shows_home_or_a_notice, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(suspend_and_back, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(refusals_come_before_the_screen, program_setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
