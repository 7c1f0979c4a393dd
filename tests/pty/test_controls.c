/*
 * Control characters, escape sequences and bidi overrides in everything that is shown: answers, notes, questions,
 * stories, milestones, file names, the environment and what is pasted. They appear as <U+001B> and the like, and not
 * one of them is among the bytes that go to the terminal.
 */

#include "support/unit.h"

#include "support/program.h"
#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/base/utf8.h"

#include <sys/stat.h>
#include <unistd.h>

#define EVIL                                                                                                           \
    "'a' || char(27) || '[31;7mOWNED' || char(7, 155, 109, 8238) || 'b' || char(8294) || 'c' || char(65279, 917505, "  \
    "8, 127, 8203) || 'd'"

static const char evil[] = "a\x1b[31;7mOWNED\x07\xc2\x9bm\xe2\x80\xae"
                           "b\xe2\x81\xa6"
                           "c\xef\xbb\xbf\xf3\xa0\x80\x81\x7f\xe2\x80\x8b"
                           "d\x1b]0;OWNED\x1b\\";

static const char drill_one[] = "drill --count 1 --seed 1 --mode type principle:ownership";

/* Skips one sequence of those that terminfo's xterm has; NULL when it is none of them. */
static const char *skip_sequence(const char *at)
{
    static const char *const whole[] = {"\x1b(B", "\0337", "\0338",        "\033M",
                                        "\x1b=",  "\x1b>", "\x1b]104\x07", "\x1b]104;"};
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
        if (strncmp(at, whole[i], strlen(whole[i])) == 0)
            return at + strlen(whole[i]);
    if (strncmp(at, "\x1b[", 2) != 0 || strncmp(at, "\x1b[31;7m", 7) == 0)
        return NULL;
    at += 2 + strspn(at + 2, "?0123456789;");
    return *at >= '@' && *at <= '~' ? at + 1 : NULL;
}

/* Everything that is not a sequence of curses or a movement is safe text. */
static void check_output(struct program *p)
{
    const struct buf *out = vt_output(p->vt);
    struct buf text = BUF_INIT, seen = BUF_INIT;
    assert_int_equal(strlen(buf_str(out)), out->len);
    for (const char *at = buf_str(out); *at;) {
        const char *next = *at == '\x1b' ? skip_sequence(at) : NULL;
        if (*at != '\x1b' && !strchr("\r\b", *at))
            buf_addc(&text, *at);
        if (*at == '\x1b' && !next)
            fail_msg("a sequence that is not ours: %.20s", at + 1);
        at = next ? next : at + 1;
    }
    if (!visible_is_clean(buf_sv(&text), VISIBLE_TEXT)) {
        visible_add(&seen, buf_sv(&text), VISIBLE_TEXT);
        fail_msg("raw on the terminal: %s", strstr(buf_str(&seen), "<"));
    }
    buf_release(&text);
    buf_release(&seen);
}

static void leave(struct program *p, const char *keys)
{
    int status;
    vt_key(p->vt, keys);
    assert_true(vt_wait_exit(p->vt, &status));
    assert_true(vt_restored(p->vt));
    check_output(p);
}

/* ---- what is in the file */

static void poison(struct program *p)
{
    static const char *const statements[] = {
        "UPDATE attempts SET text = " EVIL " || text, prompt = " EVIL ", note = " EVIL,
        "UPDATE item_revisions SET prompt = " EVIL,
        "INSERT INTO milestones (id, origin, kind, title, first_day, last_day, done, updated_at) VALUES"
        " ('m', 'test', 'loop', " EVIL ", 40000, 40000, 0, 0)",
    };
    struct buf out = BUF_INIT;
    program_answers(p);
    assert_int_equal(program_shell(p, "pmprep story add --headline Refunds --lesson x --customer x", &out), 0);
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
        storefix_sql(buf_str(&p->db), statements[i]);
    storefix_sql(buf_str(&p->db), "UPDATE stories SET headline = " EVIL ", lesson = " EVIL ", customer = " EVIL);
    buf_release(&out);
}

static void home(void **state)
{
    struct program *p = *state;
    poison(p);
    program_start(p, drill_one, "submit");
    program_type(p, "x");
    program_sees(p, "draft saved");
    program_leave(p, "^C", 0);
    storefix_sql(buf_str(&p->db), "UPDATE drafts SET prompt = " EVIL ", text = " EVIL);
    program_start(p, "", "Unfinished");
    program_sees(p, "<U+001B>"); /* the milestone in the title */
    leave(p, "q");
    program_start(p, "drill", "<U+001B>[31;7mOWNED<U+0007>"); /* the offer: question and text */
    program_keys(p, "Enter");
    program_sees(p, "<U+202E>b<U+2066>c");
    leave(p, "^C");
}

static void review(void **state)
{
    struct program *p = *state;
    poison(p);
    program_start(p, "review", "3 answers");
    program_sees(p, "<U+001B>");
    program_keys(p, "/");
    program_type(p, "April");
    program_keys(p, "Enter Enter");
    program_sees(p, "<U+202E>b<U+2066>c");
    program_keys(p, "n t");
    program_keys(p, "q e");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    assert_true(vt_wait_settled(p->vt));
    program_sees(p, "<U+202E>b");
    leave(p, "^C ^C ^C ^C q");
}

static void stories(void **state)
{
    struct program *p = *state;
    poison(p);
    program_start(p, "story", "<U+001B>");
    program_keys(p, "e");
    program_sees(p, "<U+202E>b");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    assert_true(vt_wait_settled(p->vt));
    program_keys(p, "^S");
    program_keys(p, "d u");
    leave(p, "q");
}

/* ---- what is typed and pasted, step by step */

static void drill(void **state)
{
    struct program *p = *state;
    poison(p);
    setenv("EDITOR", evil, 1);
    program_start(p, drill_one, "submit");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    program_sees(p, "<U+202E>b<U+2066>c");
    program_keys(p, "^F");
    program_keys(p, "M-f F2");
    program_sees(p, "a<U+001B>[31;7mOWNED<U+0007><U+009B>m<U+202E>");
    program_keys(p, "^S");
    program_sees(p, "Which principle");
    program_keys(p, "b 3 3");
    program_sees(p, "Which story");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    program_sees(p, "new story: a<U+001B>");
    program_keys(p, "Enter");
    program_sees(p, "Look for");
    program_keys(p, "a");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    assert_true(vt_wait_settled(p->vt));
    program_keys(p, "^S");
    leave(p, "^C");
}

static void searching(void **state)
{
    struct program *p = *state;
    poison(p);
    program_start(p, "review", "3 answers");
    program_keys(p, "/");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    program_sees(p, "<U+001B>");
    program_keys(p, "Enter");
    leave(p, "^C ^C q");
}

static void first_run(void **state)
{
    struct program *p = *state;
    unlink(buf_str(&p->db));
    program_start(p, "", "What are you preparing for?");
    program_keys(p, "1");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    program_keys(p, "Enter");
    program_keys(p, "^A ^K Enter Enter");
    vt_paste(p->vt, evil, sizeof(evil) - 1);
    program_sees(p, "<U+001B>");
    program_keys(p, "Esc");
    leave(p, "q");
}

/* ---- names from outside */

static void names_of_files(void **state)
{
    struct program *p = *state;
    struct err err = ERR_INIT;
    struct buf folder = BUF_INIT, bank = BUF_INIT;
    path_join(&folder, buf_str(&p->folder), evil);
    for (char *at = folder.data + p->folder.len + 1; *at; at++)
        *at = *at == '/' ? '_' : *at;
    assert_int_equal(mkdir(buf_str(&folder), 0700), 0);
    path_join(&bank, buf_str(&folder), "bad.yaml");
    assert_true(file_write_atomic(buf_str(&bank), SV("bank: b\ncolour: x\n"), &err));
    const char *env[] = {NULL, NULL, NULL};
    struct buf home = BUF_INIT, config = BUF_INIT;
    buf_addf(&home, "HOME=%s", buf_str(&folder));
    buf_addf(&config, "XDG_CONFIG_HOME=%s", buf_str(&folder));
    env[0] = buf_str(&home);
    env[1] = buf_str(&config);
    buf_clear(&p->db);
    path_join(&p->db, buf_str(&folder), "t.db");
    program_start_with(p, drill_one, env, false, "submit");
    program_type(p, "Text.");
    program_keys(p, "F12");
    program_sees(p, "The text is in");
    program_sees(p, "<U+001B>");
    leave(p, "^C");
    assert_int_equal(chmod(buf_str(&p->db), 0400), 0);
    storefix_sql(buf_str(&p->db), "PRAGMA user_version = 999");
    program_refused(p, "", 2);
    check_output(p);
    buf_release(&folder);
    buf_release(&bank);
    buf_release(&home);
    buf_release(&config);
}

int main(void)
{
    storefix_use_memory();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(home, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(review, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(stories, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(drill, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(searching, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(first_run, program_setup, program_teardown),
        cmocka_unit_test_setup_teardown(names_of_files, program_setup, program_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
