/* The main job on a real terminal: question, answer, scores, story, evidence, schedule, and the row in the file. */

#include "support/unit.h"

#include "support/program.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char drill_one[] = "drill --count 1 --seed 1 --mode type principle:ownership";

static void from_home_to_the_row_in_the_file(void **state)
{
    struct program *p = *state;
    program_start(p, "", "Start here");
    program_keys(p, "d");
    program_sees(p, "Tell me about");
    program_type(p, "I cut refunds from 9% to 6%.");
    program_sees(p, "draft saved");
    program_keys(p, "^S");
    program_sees(p, "Which principle was that?");
    program_keys(p, "b 3 2");
    program_sees(p, "Which story was it?");
    program_type(p, "Refunds");
    program_sees(p, "new story: Refunds");
    program_keys(p, "Enter");
    program_sees(p, "Look for");
    program_keys(p, "e");
    program_sees(p, "An excellent answer");
    program_keys(p, "Enter 4 4");
    program_sees(p, "follows from your last score");
    program_keys(p, "Enter");
    program_keys(p, "^C");
    program_sees(p, "1 of 7 days");
    program_leave(p, "q", 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text = 'I cut refunds from 9% to 6%.'"), 1);
    assert_int_equal(program_int(p, "select count(*) from stories where headline = 'Refunds'"), 1);
    assert_int_equal(program_int(p, "select count(*) from drafts"), 0);
    assert_int_equal(program_int(p, "select level from scores where phase = 0 and dimension = ''"), 3);
    assert_int_equal(program_int(p, "select count(*) from reviews"), 1);
}

static void a_killed_answer_is_resumed(void **state)
{
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    program_type(p, "Half of it");
    program_sees(p, "draft saved");
    vt_kill(p->vt, SIGKILL);
    program_start(p, "", "Unfinished");
    program_keys(p, "r");
    program_sees(p, "Half of it");
    program_type(p, " and the rest");
    program_keys(p, "^S");
    program_sees(p, "Which principle");
    program_leave(p, "^C q", 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text = 'Half of it and the rest'"), 1);
}

static void an_editor_submits_or_leaves_the_draft(void **state)
{
    struct program *p = *state;
    program_editor(p, "echo 'from the editor' >>\"$1\"; exit 1");
    program_start(p, drill_one, "submit");
    program_type(p, "Begun here.");
    program_keys(p, "F2");
    program_sees(p, "the draft is as it was");
    program_sees(p, "Begun here.");
    program_editor(p, "grep -q '^# Tell me' \"$1\" && echo 'Ended there.' >>\"$1\"");
    program_keys(p, "F2");
    program_sees(p, "Which principle");
    program_leave(p, "^C", 0);
    assert_int_equal(
        program_int(p, "select count(*) from attempts where text = 'Begun here.' || char(10) || 'Ended there.'"), 1);
}

static void a_paste_is_one_piece_of_text(void **state)
{
    static const char text[] = "One line.\nTwo q ? lines.\x1b[2J\ttab";
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    vt_paste(p->vt, text, sizeof(text) - 1);
    program_sees(p, "Two q ? lines.");
    program_sees(p, "<U+001B>");
    program_keys(p, "^_");
    assert_true(vt_wait_gone(p->vt, "One line."));
    program_leave(p, "^C", 0);
}

/* Suspended in the middle: the shell gets its terminal, fg brings the answer back, and the clock stood still. */
static void suspend_and_back(void **state)
{
    struct program *p = *state;
    program_start_with(p, drill_one, NULL, true, "submit");
    vt_type(p->vt, "Before the shell.");
    program_sees(p, "Before the shell.");
    vt_key(p->vt, "^Z");
    program_sees(p, "the shell again");
    assert_true(vt_restored(p->vt));
    assert_int_equal(program_int(p, "select count(*) from drafts where text = 'Before the shell.'"), 1);
    vt_type(p->vt, "\n");
    program_sees(p, "submit");
    program_sees(p, "Before the shell.");
    vt_type(p->vt, " After it.");
    program_sees(p, "Before the shell. After it.");
    program_leave(p, "^C", 0);
}

/* Every size at every step, and the step goes on. */
static void resizing_every_step(void **state)
{
    static const struct {
        const char *keys, *sees;
    } steps[] = {{"x ^S", "Which principle"}, {"b", "Overall"},     {"3", "Score it"},
                 {"3", "Which story"},        {"Esc", "Look for"},  {"Enter", "Score it again"},
                 {"Enter", "change"},         {"Enter", "answered"}};
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        program_keys(p, steps[i].keys);
        vt_resize(p->vt, 40, 160);
        program_sees(p, steps[i].sees);
        vt_resize(p->vt, 10, 30);
        program_sees(p, "too small");
        vt_resize(p->vt, 18, 60);
        program_sees(p, steps[i].sees);
        vt_resize(p->vt, 24, 80);
        program_sees(p, steps[i].sees);
    }
    program_leave(p, "Enter", 0);
}

/* ^C leaves from every step, and what was there is kept. */
static void ctrl_c_at_every_step(void **state)
{
    static const char *const ways[] = {"", "x ^S", "x ^S b", "x ^S b 3 3", "x ^S b 3 3 Enter", "F3", "F5", "F1"};
    struct program *p = *state;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        unlink(buf_str(&p->db));
        program_start(p, drill_one, "submit");
        if (ways[i][0])
            program_keys(p, ways[i]);
        program_leave(p, strcmp(ways[i], "F1") == 0 ? "^C ^C" : "^C", 0);
    }
}

/* n, x and a in the evidence; dismissal is in the file, the second try too, and the reader shows what was found. */
static void findings_are_walked_dismissed_and_mended(void **state)
{
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    program_type(p, "Perhaps the team felt it. Calls fell a lot.");
    program_keys(p, "^S b 3 3");
    program_sees(p, "Which story");
    program_keys(p, "Esc");
    program_sees(p, "3 findings, 9 words");
    program_sees(p, "we-fog");
    program_keys(p, "n");
    program_sees(p, "2 of 3");
    program_sees(p, "vague-claim");
    program_keys(p, "n x");
    program_sees(p, "2 findings, 1 dismissed");
    program_keys(p, "x x N i");
    program_sees(p, "Say from what to what");
    program_keys(p, "a");
    program_sees(p, "one thing to mend");
    program_type(p, "The team felt it. Calls fell from 9 to 6.");
    program_keys(p, "^S");
    program_sees(p, "Mended: vague-claim");
    program_sees(p, "Still there: we-fog");
    program_leave(p, "^C", 0);
    assert_int_equal(program_int(p, "select count(*) from findings where dismissed and rule = 'hedging'"), 1);
    assert_int_equal(program_int(p, "select count(*) from findings"), 4);
    assert_int_equal(program_int(p, "select rule_version from findings where rule = 'vague-claim'"), 2);
    program_start(p, "review", "2 answers");
    program_keys(p, "j Enter");
    program_sees(p, "2 findings, 1 dismissed");
    program_keys(p, "N x");
    program_sees(p, "3 findings, 9 words");
    program_leave(p, "q q", 0);
    assert_int_equal(program_int(p, "select count(*) from findings where dismissed"), 0);
}

/* A signal from outside: the draft is stored, the terminal given back, and the program dies by that signal. */
static void signals_keep_the_draft(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    struct program *p = *state;
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        int status;
        unlink(buf_str(&p->db));
        program_start(p, drill_one, "submit");
        program_type(p, "Not yet saved");
        vt_kill(p->vt, signals[i]);
        assert_true(vt_wait_exit(p->vt, &status));
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_true(vt_restored(p->vt));
        assert_int_equal(program_int(p, "select count(*) from drafts where text = 'Not yet saved'"), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_home_to_the_row_in_the_file, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(a_killed_answer_is_resumed, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(an_editor_submits_or_leaves_the_draft, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(a_paste_is_one_piece_of_text, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(suspend_and_back, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(resizing_every_step, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(ctrl_c_at_every_step, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(findings_are_walked_dismissed_and_mended, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(signals_keep_the_draft, program_setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
