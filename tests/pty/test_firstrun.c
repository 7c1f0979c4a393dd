/* The first day on a real terminal. */

#include "support/unit.h"

#include "support/program.h"

#include <sys/stat.h>

static void skipped_once_is_never_asked_again(void **state)
{
    struct program *p = *state;
    struct stat st;
    program_start(p, "", "Welcome to pmprep");
    program_keys(p, "F4 F4 F4 F4 F4");
    program_sees(p, "Start here");
    program_leave(p, "q", 0);
    assert_int_equal(stat(buf_str(&p->db), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    program_start(p, "", "Start here");
    assert_false(vt_has(p->vt, "Welcome"));
    program_leave(p, "q", 0);
}

static void done_from_end_to_end(void **state)
{
    struct program *p = *state;
    program_start(p, "", "What are you preparing for?");
    program_keys(p, "1");
    program_type(p, "3 weeks");
    program_keys(p, "Enter");
    program_sees(p, "Which level");
    program_keys(p, "5 Enter");
    program_sees(p, "Five stories");
    program_type(p, "Called forty sellers\rStopped a rewrite");
    program_keys(p, "^S");
    program_sees(p, "This answer fails.");
    program_keys(p, "Enter");
    program_sees(p, "a lot faster");
    program_keys(p, "Enter");
    program_sees(p, "It is sealed");
    program_type(p, "Eight customers told me.");
    program_sees(p, "saved");
    program_keys(p, "^S");
    program_sees(p, "21 days to the interview loop");
    program_leave(p, "q", 0);
    assert_int_equal(program_int(p, "select count(*) from stories"), 2);
    assert_int_equal(program_int(p, "select count(*) from attempts where text = 'Eight customers told me.'"), 1);
    assert_int_equal(program_int(p, "select count(*) from milestones where kind = 'loop'"), 1);
}

/* Killed in the middle of the sealed answer: the next start goes on with it. */
static void a_killed_first_answer_is_gone_on_with(void **state)
{
    struct program *p = *state;
    program_start(p, "", "Welcome to pmprep");
    program_keys(p, "F4 F4 F4 F4");
    program_type(p, "Half of it");
    program_sees(p, "3 words · saved");
    vt_kill(p->vt, 9);
    program_start(p, "", "Half of it");
    program_keys(p, "Esc");
    program_sees(p, "Esc again");
    program_keys(p, "Esc");
    program_sees(p, "Start here");
    program_leave(p, "q", 0);
}

static void resizing_every_step(void **state)
{
    static const struct {
        const char *keys, *sees;
    } steps[] = {{NULL, "preparing for"},   {"2", "phone interview"},     {"Enter", "Which level"},
                 {"Enter", "Five stories"}, {"F4", "This answer fails."}, {"Enter", "weaker answer"},
                 {"Enter", "It is sealed"}, {"F5", "Answer aloud"}};
    struct program *p = *state;
    program_start(p, "", "Welcome to pmprep");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (steps[i].keys)
            program_keys(p, steps[i].keys);
        vt_resize(p->vt, 18, 60);
        program_sees(p, steps[i].sees);
        vt_resize(p->vt, 50, 180);
        program_sees(p, steps[i].sees);
    }
    program_keys(p, "Esc");
    program_sees(p, "Start here");
    program_leave(p, "^C", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(skipped_once_is_never_asked_again, program_setup_fresh, program_teardown),
        cmocka_unit_test_setup_teardown(done_from_end_to_end, program_setup_fresh, program_teardown),
        cmocka_unit_test_setup_teardown(a_killed_first_answer_is_gone_on_with, program_setup_fresh, program_teardown),
        cmocka_unit_test_setup_teardown(resizing_every_step, program_setup_fresh, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
