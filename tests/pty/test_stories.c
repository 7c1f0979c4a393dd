/* Stories on a real terminal: the form, the editor, delete and undo. */

#include "support/unit.h"

#include "support/program.h"

#include <signal.h>
#include <sys/wait.h>

static void added_edited_deleted(void **state)
{
    struct program *p = *state;
    program_start(p, "story", "No stories yet.");
    program_keys(p, "a");
    program_type(p, "Called forty sellers\tforty sellers\tto tell them");
    program_keys(p, "^S");
    program_sees(p, "1 story");
    program_keys(p, "Enter End");
    program_type(p, " myself");
    program_keys(p, "^S");
    program_sees(p, "Called forty sellers myself");
    program_keys(p, "d");
    program_sees(p, "No stories yet.");
    program_keys(p, "u");
    program_sees(p, "to tell them");
    program_leave(p, "q", 0);
    assert_int_equal(program_int(p, "select count(*) from stories where headline = 'Called forty sellers myself' "
                                    "and customer = 'forty sellers' and decision = 'to tell them'"),
                     1);
}

static void written_in_an_editor(void **state)
{
    struct program *p = *state;
    program_editor(p, "sed -i 's/^headline:.*/headline: From outside/' \"$1\"");
    program_start(p, "story", "No stories yet.");
    program_keys(p, "F2");
    program_sees(p, "1 story");
    program_editor(p, "exit 1");
    program_keys(p, "F2");
    program_sees(p, "as it was");
    program_sees(p, "From outside");
    program_leave(p, "^C", 0);
}

static void a_signal_keeps_what_has_a_headline(void **state)
{
    struct program *p = *state;
    int status;
    program_start(p, "story", "No stories yet.");
    program_keys(p, "a");
    program_type(p, "Half a story");
    vt_kill(p->vt, SIGTERM);
    assert_true(vt_wait_exit(p->vt, &status));
    assert_true(WIFSIGNALED(status));
    assert_true(vt_restored(p->vt));
    assert_int_equal(program_int(p, "select count(*) from stories where headline = 'Half a story'"), 1);
}

static void sizes_suspend_and_ctrl_c(void **state)
{
    struct program *p = *state;
    program_start_with(p, "story", NULL, true, "No stories yet.");
    vt_key(p->vt, "a");
    program_sees(p, "New story");
    vt_type(p->vt, "A headline");
    vt_resize(p->vt, 18, 60);
    program_sees(p, "A headline");
    vt_resize(p->vt, 60, 200);
    program_sees(p, "A headline");
    vt_key(p->vt, "^Z");
    program_sees(p, "the shell again");
    assert_true(vt_restored(p->vt));
    vt_type(p->vt, "\n");
    program_sees(p, "F1 help");
    vt_type(p->vt, " more");
    program_sees(p, "A headline more");
    vt_key(p->vt, "^C");
    program_sees(p, "Esc again");
    vt_key(p->vt, "^C");
    program_sees(p, "1 story");
    program_leave(p, "^C", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(added_edited_deleted, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(written_in_an_editor, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(a_signal_keeps_what_has_a_headline, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(sizes_suspend_and_ctrl_c, program_setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
