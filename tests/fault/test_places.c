/*
 * Files that are not sound, not ours or not writable, and homes that are not there: one sentence on standard error, the
 * promised exit code, and not a byte of the file touched. Runs as nobody when started by root, whom no mode stops.
 */

#include "support/unit.h"

#include "support/program.h"

#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

static bool within_reach; /* nobody may start the program too */

/* Each makes $DB. */
static const struct {
    const char *name;
    const char *make;
    const char *says;
    bool reads; /* what only reads works all the same */
} kinds[] = {
    {"garbage for a header", "good; dd if=/dev/zero of=$DB bs=1 count=90 conv=notrunc", "is not a pmprep database",
     false},
    {"a text", "echo 'my diary' >$DB", "is not a pmprep database", false},
    {"cut in half", "good; s=$(wc -c <$DB); truncate -s $((s / 2)) $DB", "is damaged", false},
    {"another program's", "sqlite3 $DB 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'", "is not a pmprep database",
     false},
    {"a newer one", "good; sqlite3 $DB 'PRAGMA user_version = 999'", "was written by a newer pmprep", false},
    {"with a trigger that is not ours",
     "good; sqlite3 $DB \"CREATE TRIGGER mine AFTER INSERT ON stories BEGIN DELETE FROM drafts; END\"", "mine", false},
    {"read-only", "good; chmod 400 $DB", "cannot be written", true},
    {"unreadable", "good; chmod 0 $DB", "t.db", false},
    {"in a folder that is read-only", "DB=$PWD/closed/t.db; mkdir closed; good; chmod 500 closed", "cannot be written",
     true},
    {"a folder", "mkdir $DB", "is not a regular file", false},
    {"below a file", "echo x >file; DB=$PWD/file/t.db", "file/t.db", false},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const char prelude[] = "good() { pmprep story add --headline Refunds >/dev/null; }; "
                              "state() { ls -ldn --time-style=+%s%N $DB; cksum <$DB; }; umask 077; ";

static int setup(void **state)
{
    program_setup_fresh(state);
    struct program *p = *state;
    p->release = true;
    return 0;
}

static int teardown(void **state)
{
    struct program *p = *state;
    struct buf out = BUF_INIT;
    program_shell(p, "chmod -R u+rwx .", &out);
    buf_release(&out);
    return program_teardown(state);
}

/* Runs the script on a file of that kind; its last line is what counts. */
static void with_file(struct program *p, size_t kind, const char *script, struct buf *out)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s { %s; } >/dev/null 2>&1; %s", prelude, kinds[kind].make, script);
    int code = program_shell(p, buf_str(&line), out);
    if (code != 0)
        fail_msg("%s: exit code %d\n%s", kinds[kind].name, code, buf_str(out));
    buf_release(&line);
    program_shell(p, "chmod -R u+rwx . ; rm -rf t.db* closed file", &line);
    buf_release(&line);
}

/* What must write is refused with exit code 2 and one line; the file has the same bytes, mode and time afterwards. */
static void refused_untouched(void **state)
{
    static const char *const commands[] = {"drill --plain", "story add --headline X"};
    struct program *p = *state;
    struct buf out = BUF_INIT, script = BUF_INIT;
    if (!within_reach)
        skip();
    for (size_t i = 0; i < KINDS; i++)
        for (size_t c = 0; c < 2; c++) {
            buf_clear(&script);
            buf_addf(&script,
                     "state >before 2>&1; pmprep %s >told 2>&1; code=$?; state >after 2>&1; cat told;"
                     " cmp before after || exit 90; [ $(wc -l <told) = 1 ] || exit 91; [ $code = 2 ] || exit 92",
                     commands[c]);
            with_file(p, i, buf_str(&script), &out);
            if (!strstr(buf_str(&out), kinds[i].says) || !sv_starts(buf_sv(&out), "pmprep: "))
                fail_msg("%s, %s: %s", kinds[i].name, commands[c], buf_str(&out));
        }
    buf_release(&out);
    buf_release(&script);
}

static void reading_is_refused_only_where_it_cannot_be(void **state)
{
    struct program *p = *state;
    struct buf out = BUF_INIT;
    if (!within_reach)
        skip();
    for (size_t i = 0; i < KINDS; i++) {
        with_file(
            p, i,
            kinds[i].reads
                ? "pmprep due --count && pmprep story list && pmprep review && pmprep"
                : "for c in 'due' 'story list' review; do state >before 2>&1;"
                  " pmprep $c >told 2>&1; code=$?; state >after 2>&1; cat told;"
                  " cmp before after || exit 90; [ $(wc -l <told) = 1 ] || exit 91; [ $code = 2 ] || exit 92; done",
            &out);
        if (!kinds[i].reads)
            assert_non_null(strstr(buf_str(&out), kinds[i].says));
    }
    buf_release(&out);
}

/* The screens refuse before they take the terminal. */
static void the_screen_is_refused_in_a_sentence(void **state)
{
    struct program *p = *state;
    struct buf out = BUF_INIT, script = BUF_INIT;
    if (!within_reach)
        skip();
    for (size_t i = 0; i < 6; i++) {
        buf_clear(&script);
        buf_addf(&script, "%s { %s; } >/dev/null 2>&1", prelude, kinds[i].make);
        program_shell(p, buf_str(&script), &out);
        program_refused(p, "", 2);
        assert_non_null(strstr(buf_str(vt_output(p->vt)), "pmprep: "));
        assert_null(strstr(buf_str(vt_output(p->vt)), "\x1b["));
        assert_true(vt_restored(p->vt));
        program_shell(p, "rm -rf t.db*", &out);
    }
    buf_release(&out);
    buf_release(&script);
}

/* ---- set aside */

static void a_damaged_file_makes_way(void **state)
{
    static const char script[] =
        "sum=$(cksum <$DB); pmprep doctor && exit 80; pmprep doctor --set-aside || exit 81; [ ! -e $DB ] || exit 82;"
        "[ \"$(cksum <$(ls t.db.corrupt-* | grep -v journal))\" = \"$sum\" ] || exit 83;"
        "pmprep story add --headline New || exit 84; pmprep doctor || exit 85; [ \"$(cksum <$(ls t.db.corrupt-* | grep "
        "-v journal))\" = \"$sum\" ]";
    struct program *p = *state;
    struct buf out = BUF_INIT;
    if (!within_reach)
        skip();
    with_file(p, 0, script, &out);
    with_file(p, 2, script, &out);
    buf_release(&out);
}

static void what_is_not_damaged_stays(void **state)
{
    static const char script[] = "state >before; pmprep doctor --set-aside; [ $? = 1 ] || [ $? = 2 ] || exit 80;"
                                 "state >after; cmp before after";
    struct program *p = *state;
    struct buf out = BUF_INIT;
    if (!within_reach)
        skip();
    with_file(p, 3, script, &out); /* another program's */
    with_file(p, 4, script, &out); /* newer */
    assert_int_equal(program_shell(p, "pmprep story add --headline X; pmprep doctor --set-aside", &out), 1);
    assert_non_null(strstr(buf_str(&out), "nothing was set aside"));
    buf_release(&out);
}

/* ---- homes */

static void homes_that_are_not_there(void **state)
{
    static const struct {
        const char *env, *says;
    } homes[] = {
        {"HOME=/nonexistent/home", "cannot create the folder /nonexistent"},
        {"HOME=$PWD/closed", "closed"},
        {"XDG_DATA_HOME=$PWD/closed", "closed"},
        {"HOME=$PWD/file", "file"},
        {"PMPREP_DB=$PWD/closed/t.db", "closed"},
    };
    struct program *p = *state;
    struct buf out = BUF_INIT, script = BUF_INIT;
    if (!within_reach)
        skip();
    for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++) {
        buf_clear(&script);
        buf_addf(
            &script,
            "mkdir -p closed; chmod 500 closed; echo x >file; unset PMPREP_DB; export %s;"
            "'%s' story add --headline X >told 2>&1; code=$?; cat told; [ $(wc -l <told) = 1 ] || exit 91; exit $code",
            homes[i].env, getenv("PMPREP_RELEASE"));
        int code = program_shell(p, buf_str(&script), &out);
        if (code != 2 || !strstr(buf_str(&out), homes[i].says))
            fail_msg("%s: exit code %d, %s", homes[i].env, code, buf_str(&out));
        buf_clear(&script); /* what only reads needs no home */
        buf_addf(&script, "unset PMPREP_DB; export %s; '%s' due --count", homes[i].env, getenv("PMPREP_RELEASE"));
        code = program_shell(p, buf_str(&script), &out);
        if (i < 3 && (code != 0 || strcmp(buf_str(&out), "0\n") != 0))
            fail_msg("%s: due: exit code %d, %s", homes[i].env, code, buf_str(&out));
    }
    buf_release(&out);
    buf_release(&script);
}

/* Neither the cache nor preferences are worth a refusal. */
static void only_the_file_must_be_writable(void **state)
{
    struct program *p = *state;
    struct buf out = BUF_INIT;
    if (!within_reach)
        skip();
    assert_int_equal(program_shell(p,
                                   "mkdir closed; chmod 500 closed; export XDG_CACHE_HOME=$PWD/closed "
                                   "XDG_CONFIG_HOME=$PWD/closed; printf 'An answer.\\n.\\n' >in; "
                                   "pmprep drill --plain --count 1 <in",
                                   &out),
                     0);
    assert_int_equal(program_int(p, "select count(*) from attempts where text = 'An answer.'"), 1);
    buf_release(&out);
}

int main(void)
{
    const struct passwd *nobody = getpwnam("nobody");
    if (geteuid() == 0 && nobody && (setgid(nobody->pw_gid) != 0 || setuid(nobody->pw_uid) != 0))
        return 1;
    within_reach =
        geteuid() != 0 && access(getenv("PMPREP_RELEASE"), X_OK) == 0 && access(getenv("PMPREP_DATA"), X_OK) == 0;
    if (!within_reach)
        print_message("the program is out of reach for who is not root: nothing is tried\n");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refused_untouched, setup, teardown),
        cmocka_unit_test_setup_teardown(reading_is_refused_only_where_it_cannot_be, setup, teardown),
        cmocka_unit_test_setup_teardown(the_screen_is_refused_in_a_sentence, setup, teardown),
        cmocka_unit_test_setup_teardown(a_damaged_file_makes_way, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_damaged_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(homes_that_are_not_there, setup, teardown),
        cmocka_unit_test_setup_teardown(only_the_file_must_be_writable, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
