#include "support/unit.h"

#include "support/faultvfs.h"
#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "store/internal.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A made-up history of a schema: version 2 rebuilds a table that others refer to, version 3 adds to it. */

static const char *const first[] = {
    "CREATE TABLE note (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
    "CREATE TABLE tag (note INTEGER NOT NULL REFERENCES note (number) ON DELETE CASCADE, word TEXT NOT NULL) STRICT",
    "CREATE TRIGGER note_tagged AFTER INSERT ON note BEGIN INSERT INTO tag VALUES (new.number, 'new'); END",
    NULL,
};
static const char *const second[] = {
    "CREATE TABLE note2 (number INTEGER PRIMARY KEY, body TEXT NOT NULL, length INTEGER NOT NULL) STRICT",
    "INSERT INTO note2 SELECT number, body, length(body) FROM note",
    "DROP TABLE note",
    "ALTER TABLE note2 RENAME TO note",
    "CREATE VIEW long_note AS SELECT number FROM note WHERE length > 100",
    NULL,
};
static const char *const third[] = {
    "ALTER TABLE note ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'",
    "UPDATE note SET body = body || '!', length = length + 1",
    NULL,
};
static const char *const broken[] = {
    "UPDATE note SET body = 'ruined'",
    "INSERT INTO nowhere VALUES (1)",
    NULL,
};
static const char *const orphaning[] = {
    "DELETE FROM note WHERE number = 1",
    NULL,
};

static const struct migration steps[] = {{first, 1}, {second, 1}, {third, 1}};
static const struct migration steps_broken[] = {{first, 1}, {second, 1}, {broken, 1}};
static const struct migration steps_orphaning[] = {{first, 1}, {second, 1}, {orphaning, 1}};
static const struct migrations old_one = {steps, 1};
static const struct migrations old_two = {steps, 2};
static const struct migrations today = {steps, 3};
static const struct migrations today_broken = {steps_broken, 3};
static const struct migrations today_orphaning = {steps_orphaning, 3};

struct migrating {
    struct buf folder;
    struct buf file;
    struct buf copy;
    struct err err;
};

static bool settle(struct migrating *m, const struct migrations *all, unsigned flags, const char *vfs)
{
    struct store *s;
    m->err = (struct err)ERR_INIT;
    bool ok = store_open_with(&s, buf_str(&m->file), flags, vfs, all, &m->err);
    store_close(s);
    return ok;
}

static long number_of(const struct migrating *m, const char *sql)
{
    return storefix_int(buf_str(&m->file), sql);
}

/* A file of version 1 with forty notes, each with a tag. */
static void fill(struct migrating *m)
{
    assert_true(settle(m, &old_one, 0, NULL));
    storefix_sql(buf_str(&m->file), "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
                                    " INSERT INTO note SELECT i, hex(zeroblob(400)) FROM n");
}

static int set_up(void **state)
{
    storefix_use_memory();
    struct migrating *m = calloc(1, sizeof(*m));
    assert_true(file_temp_dir(&m->folder, &m->err));
    path_join(&m->file, buf_str(&m->folder), "old.db");
    buf_addf(&m->copy, "%s.before-v3", buf_str(&m->file));
    fill(m);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct migrating *m = *state;
    storefix_remove_tree(buf_str(&m->folder));
    buf_release(&m->folder);
    buf_release(&m->file);
    buf_release(&m->copy);
    free(m);
    return 0;
}

static void is_old(const char *file)
{
    assert_int_equal(storefix_int(file, "PRAGMA user_version"), 1);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM note WHERE body = hex(zeroblob(400))"), 40);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM tag"), 40);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

static void is_new(const char *file)
{
    assert_int_equal(storefix_int(file, "PRAGMA user_version"), 3);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM note WHERE length = 801 AND mood = 'calm'"), 40);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM tag"), 40);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(storefix_int(file, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

static void an_old_file_is_brought_up(void **state)
{
    struct migrating *m = *state;
    struct stat st;
    bool ok = settle(m, &today, 0, NULL);
    assert_string_equal(m->err.text, "");
    assert_true(ok);
    is_new(buf_str(&m->file));
    is_old(buf_str(&m->copy));
    assert_int_equal(stat(buf_str(&m->copy), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(settle(m, &today, 0, NULL)); /* and stays */
    is_new(buf_str(&m->file));
}

static void from_any_version(void **state)
{
    struct migrating *m = *state;
    assert_true(settle(m, &old_two, 0, NULL));
    assert_int_equal(number_of(m, "PRAGMA user_version"), 2);
    assert_true(settle(m, &today, 0, NULL));
    is_new(buf_str(&m->file));
    struct arena a = ARENA_INIT;
    struct strings copies;
    assert_true(store_copies(buf_str(&m->file), &a, &copies, &m->err));
    assert_int_equal(copies.count, 2);
    arena_release(&a);
    assert_false(settle(m, &old_two, 0, NULL)); /* there is no way back */
    assert_int_equal(m->err.code, ERR_NEWER);
}

static void readers_do_not_migrate(void **state)
{
    struct migrating *m = *state;
    assert_false(settle(m, &today, STORE_READONLY, NULL));
    assert_non_null(strstr(m->err.text, "older pmprep"));
    is_old(buf_str(&m->file));
    assert_int_equal(access(buf_str(&m->copy), F_OK), -1);
}

static void a_step_that_fails_changes_nothing(void **state)
{
    struct migrating *m = *state;
    assert_false(settle(m, &today_broken, 0, NULL));
    assert_non_null(strstr(m->err.text, "stays as it was"));
    is_old(buf_str(&m->file));
    assert_false(settle(m, &today_orphaning, 0, NULL));
    assert_non_null(strstr(m->err.text, "refer to"));
    is_old(buf_str(&m->file));
    assert_true(settle(m, &today, 0, NULL));
    is_new(buf_str(&m->file));
}

/* The file a fault left, opened again without it: whole, old or new, and it can be brought up. The copy, if it is
 * there, is whole. */
static void is_whole(struct migrating *m)
{
    if (number_of(m, "PRAGMA user_version") == 1) {
        is_old(buf_str(&m->file));
    } else {
        is_new(buf_str(&m->file));
        assert_int_equal(access(buf_str(&m->copy), F_OK), 0);
    }
    if (access(buf_str(&m->copy), F_OK) == 0) {
        is_old(buf_str(&m->copy));
    }
    bool ok = settle(m, &today, 0, NULL);
    assert_string_equal(m->err.text, "");
    assert_true(ok);
    is_new(buf_str(&m->file));
}

static void begin_anew(struct migrating *m)
{
    storefix_remove_tree(buf_str(&m->folder));
    assert_int_equal(mkdir(buf_str(&m->folder), 0700), 0);
    fill(m);
}

/* Migrates in a child that the fault may end; answers whether the fault was reached. */
static bool migrate_in_child(struct migrating *m, struct fault fault)
{
    pid_t child = fork();
    if (child == 0) {
        fault_set(fault);
        bool ok = settle(m, &today, 0, FAULT_VFS);
        _exit(fault_hit() ? 1 : ok ? 0 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_not_equal(WEXITSTATUS(status), 2); /* it never fails without a cause */
    return WEXITSTATUS(status) != 0;
}

static void strike_everywhere(struct migrating *m, struct fault fault, int *struck)
{
    fault_register();
    for (int call = FAULT_WRITE; call <= FAULT_DELETE; call++) {
        fault.call = (enum fault_call)call;
        fault.nth = 1;
        while (migrate_in_child(m, fault)) {
            ++*struck;
            is_whole(m);
            begin_anew(m);
            fault.nth += call == FAULT_WRITE ? 5 : 1;
        }
        begin_anew(m);
    }
}

static void killed_at_every_step(void **state)
{
    int struck = 0;
    strike_everywhere(*state, (struct fault){.deadly = true}, &struck);
    assert_in_range(struck, 20, 1000);
    strike_everywhere(*state, (struct fault){.deadly = true, .torn = true}, &struck);
}

static void failing_at_every_step(void **state)
{
    int struck = 0;
    strike_everywhere(*state, (struct fault){.nth = 0}, &struck);
    assert_in_range(struck, 20, 1000);
    strike_everywhere(*state, (struct fault){.forever = true}, &struck);
}

static char *script_of(const char *path)
{
    struct buf text = BUF_INIT;
    struct err err = ERR_INIT;
    bool ok = file_read(path, 1 << 20, &text, &err);
    assert_string_equal(err.text, "");
    assert_true(ok);
    return buf_detach(&text);
}

/* A file as version 1 wrote it, kept as SQL: today's program reads all of it, and the released step was not edited. */
static void the_first_release_is_read(void **state)
{
    struct migrating *m = *state;
    struct store *s;
    struct arena a = ARENA_INIT;
    struct buf old = BUF_INIT;
    path_join(&old, buf_str(&m->folder), "v1.db");
    char *script = script_of("tests/fixtures/db/v1.sql");
    storefix_sql(buf_str(&old), script);
    free(script);
    const struct migrations one = {store_migrations.steps, 1};
    assert_int_equal(unlink(buf_str(&m->file)), 0);
    assert_true(settle(m, &one, 0, NULL));
    struct buf compare = BUF_INIT;
    buf_addf(&compare,
             "ATTACH '%s' AS old; CREATE TEMP TABLE same (n INTEGER CHECK (n = 0));"
             " INSERT INTO same SELECT count(*) FROM (SELECT name, sql FROM main.sqlite_schema"
             " EXCEPT SELECT name, sql FROM old.sqlite_schema);"
             " INSERT INTO same SELECT count(*) FROM (SELECT name, sql FROM old.sqlite_schema"
             " EXCEPT SELECT name, sql FROM main.sqlite_schema)",
             buf_str(&old));
    storefix_sql(buf_str(&m->file), buf_str(&compare));
    buf_release(&compare);
    bool ok = store_open(&s, buf_str(&old), 0, NULL, &m->err) && store_check(s, &m->err);
    assert_string_equal(m->err.text, "");
    assert_true(ok);
    struct attempt at;
    assert_true(attempts_get(s, "01930000-0000-7000-8000-000000000001", &a, &at, &m->err));
    assert_string_equal(at.text, "I cut refunds from 9% to 6%.");
    assert_string_equal(at.prompt, "Tell me about an outcome that failed under you.");
    assert_int_equal(at.ticks, TICK_CUSTOMER | TICK_RESULT);
    assert_int_equal(at.score_sets[0].scores[1].level, 4);
    assert_string_equal(at.findings[0].rule, "vague-claim");
    struct draft draft;
    bool found;
    assert_true(draft_latest(s, &a, &draft, &found, &m->err));
    assert_string_equal(draft.text, "Half a");
    struct story story;
    assert_true(story_get(s, "0193", &a, &story, &m->err));
    assert_string_equal(story.headline, "Pricing");
    unsigned due;
    assert_true(schedule_due_count(s, 21000, 0, &due, &m->err));
    assert_int_equal(due, 1);
    store_close(s);
    arena_release(&a);
    buf_release(&old);
}

#define WITH_OLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OLD(an_old_file_is_brought_up),         WITH_OLD(from_any_version),     WITH_OLD(readers_do_not_migrate),
        WITH_OLD(a_step_that_fails_changes_nothing), WITH_OLD(killed_at_every_step), WITH_OLD(failing_at_every_step),
        WITH_OLD(the_first_release_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
