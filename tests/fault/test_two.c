/* Several of the release program on one file: each waits for the others, nothing is lost, and nobody is locked out. */

#include "support/unit.h"

#include "support/program.h"
#include "support/storefix.h"

#include "pmprep/db/db.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char drill_one[] = "drill --count 1 --seed 1 --mode type principle:ownership";

static int setup(void **state)
{
    program_setup(state);
    struct program *p = *state;
    p->release = true;
    return 0;
}

/* A program that holds the file and does nothing. */
static struct db *hold(struct program *p)
{
    struct err err = ERR_INIT;
    struct db *db;
    assert_true(db_open(&db, buf_str(&p->db), 0, NULL, &err));
    assert_true(db_begin(db, &err));
    return db;
}

static void let_go(struct db *db)
{
    db_rollback(db);
    db_close(db);
}

static void check_sound(struct program *p)
{
    struct buf out = BUF_INIT;
    if (program_shell(p, "pmprep doctor", &out) != 0)
        fail_msg("%s", buf_str(&out));
    buf_release(&out);
}

/* A thousand writes by four processes, while a fifth is typed into. */
static void a_thousand_writes(void **state)
{
    static const char script[] =
        "stories() { for i in $(seq 300); do pmprep story add --headline \"$1 $i\" >/dev/null || exit 80; done; };"
        "drills() { for i in $(seq 30); do printf \"Answer $1 $i.\\n.\\n\" | pmprep drill --plain --count 1 >/dev/null "
        "|| exit "
        "81; done; };"
        "edits() { id=$(pmprep story add --headline Counted); for i in $(seq 300); do pmprep story edit $id --lesson "
        "\"$i\""
        " >/dev/null || exit 82; done; };"
        "stories a & a=$!; stories b & b=$!; drills c & c=$!; edits & d=$!;"
        "wait $a && wait $b && wait $c && wait $d";
    struct program *p = *state;
    struct buf out = BUF_INIT;
    program_start(p, drill_one, "submit");
    pid_t child = fork();
    if (child == 0)
        _exit(program_shell(p, script, &out));
    int status = 0;
    unsigned typed = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        vt_type(p->vt, "x");
        vt_run_for(p->vt, 20);
        typed++;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("one of the four failed: %x", (unsigned)status);
    vt_key(p->vt, "^S");
    program_sees(p, "Which principle");
    program_leave(p, "^C", 0);
    assert_int_equal(program_int(p, "select count(*) from stories"), 601);
    assert_int_equal(program_int(p, "select count(*) from attempts where text like 'Answer c %'"), 30);
    assert_int_equal(program_int(p, "select lesson from stories where headline = 'Counted'"), 300);
    assert_int_equal(program_int(p, "select length(text) from attempts where text like 'x%'"), typed);
    check_sound(p);
    buf_release(&out);
}

/* The same question in two windows: two drafts, two answers. */
static void the_same_question_twice(void **state)
{
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    struct vt *first = p->vt;
    p->vt = NULL;
    program_start(p, "drill --count 1 --seed 1 --mode type --new principle:ownership", "submit");
    vt_type(first, "In the one window.");
    vt_type(p->vt, "In the other.");
    assert_true(vt_wait_text(first, "draft saved"));
    program_sees(p, "draft saved");
    assert_int_equal(program_int(p, "select count(*) from drafts"), 2);
    vt_key(p->vt, "^S");
    program_sees(p, "Which principle");
    assert_int_equal(program_int(p, "select count(*) from drafts where text = 'In the one window.'"), 1);
    vt_kill(first, SIGKILL);
    vt_free(first);
    program_leave(p, "^C", 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text = 'In the other.'"), 1);
    program_start(p, "drill", "In the one window.");
    vt_key(p->vt, "Enter ^S");
    program_sees(p, "Which principle");
    program_leave(p, "^C", 0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text = 'In the one window.'"), 1);
    check_sound(p);
}

/* The form and the command line change different fields of one story: both changes stay. */
static void two_edits_of_one_story(void **state)
{
    struct program *p = *state;
    struct buf out = BUF_INIT;
    assert_int_equal(program_shell(p, "pmprep story add --headline Refunds --customer Buyers", &out), 0);
    program_start(p, "story", "Refunds");
    vt_key(p->vt, "e");
    program_sees(p, "customer");
    assert_int_equal(program_shell(p, "pmprep story edit Refunds --lesson 'Ask first'", &out), 0);
    vt_type(p->vt, " again");
    vt_key(p->vt, "^S");
    program_sees(p, "d delete");
    program_leave(p, "q", 0);
    assert_int_equal(
        program_int(p, "select count(*) from stories where headline = 'Refunds again' and lesson = 'Ask first'"
                       " and customer = 'Buyers'"),
        1);
    buf_release(&out);
}

/* Held for long: typing goes on, it is told, and stored as soon as the other lets go. */
static void typing_while_it_is_held(void **state)
{
    struct program *p = *state;
    program_start(p, drill_one, "submit");
    struct db *other = hold(p);
    vt_type(p->vt, "We cut refunds");
    program_sees(p, "in use by");
    program_sees(p, "F12 writes the text");
    for (int i = 0; i < 5; i++) {
        char word[16];
        snprintf(word, sizeof(word), " w%d", i);
        vt_type(p->vt, word);
        vt_run_for(p->vt, 600); /* far less than one try to store would wait with its usual patience */
        if (!vt_has(p->vt, word))
            fail_msg("typing waits for the file");
    }
    program_sees(p, "NOT SAVED");
    let_go(other);
    program_sees(p, "The draft is saved again.");
    program_leave(p, "^C", 0);
    assert_int_equal(program_int(p, "select count(*) from drafts where text = 'We cut refunds w0 w1 w2 w3 w4'"), 1);
}

static void a_command_waits_or_says_so(void **state)
{
    struct program *p = *state;
    struct buf out = BUF_INIT;
    struct db *other = hold(p);
    pid_t child = fork();
    if (child == 0)
        _exit(program_shell(p, "pmprep story add --headline Waited", &out));
    usleep(300000); /* the command is waiting by now; if not, it has nothing to wait for */
    let_go(other);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(program_int(p, "select count(*) from stories where headline = 'Waited'"), 1);
    other = hold(p);
    assert_int_equal(program_shell(p, "pmprep story add --headline Refused", &out), 1);
    assert_non_null(strstr(buf_str(&out), "is in use by another program: wait for it or close it, then try again"));
    assert_int_equal(program_shell(p, "pmprep due --count && pmprep story list", &out), 0);
    let_go(other);
    buf_release(&out);
}

int main(void)
{
    storefix_use_memory();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_thousand_writes, setup, program_teardown),
        cmocka_unit_test_setup_teardown(the_same_question_twice, setup, program_teardown),
        cmocka_unit_test_setup_teardown(two_edits_of_one_story, setup, program_teardown),
        cmocka_unit_test_setup_teardown(typing_while_it_is_held, setup, program_teardown),
        cmocka_unit_test_setup_teardown(a_command_waits_or_says_so, setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
