#include "support/unit.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/db/db.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct buf folder;
    struct buf file;
    struct db *db;
    struct err err;
};

static struct fixture *fixture_of(void **state)
{
    return *state;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    assert_true(file_temp_dir(&f->folder, &f->err));
    path_join(&f->file, buf_str(&f->folder), "user.db");
    assert_true(db_open(&f->db, buf_str(&f->file), DB_CREATE, NULL, &f->err));
    assert_true(
        db_exec(f->db, "CREATE TABLE note(id INTEGER PRIMARY KEY, body TEXT, score REAL, raw BLOB) STRICT", &f->err));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = fixture_of(state);
    static const char *const left[] = {"user.db",         "user.db-journal", "copy.db",
                                       "copy.db-journal", "file:odd.db",     "file:odd.db-journal"};
    db_close(f->db);
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
        struct buf path = BUF_INIT;
        path_join(&path, buf_str(&f->folder), left[i]);
        unlink(buf_str(&path));
        buf_release(&path);
    }
    assert_int_equal(rmdir(buf_str(&f->folder)), 0);
    buf_release(&f->folder);
    buf_release(&f->file);
    free(f);
    return 0;
}

static bool add_note(struct db *db, const char *body, struct err *err)
{
    struct stmt *s = db_stmt(db, "INSERT INTO note(body) VALUES (?1)", err);
    stmt_str(s, 1, body);
    return stmt_run(s, err);
}

static int64_t single(struct db *db, const char *sql)
{
    struct err err = ERR_INIT;
    struct stmt *s = db_stmt_once(db, sql, &err);
    assert_non_null(s);
    assert_true(stmt_row(s, &err));
    int64_t value = stmt_col_int(s, 0);
    stmt_free(s);
    return value;
}

static int64_t notes(struct db *db)
{
    return single(db, "SELECT count(*) FROM note");
}

static void values_come_back_as_bound(void **state)
{
    struct fixture *f = fixture_of(state);
    struct stmt *s = db_stmt(f->db, "INSERT INTO note(id, body, score, raw) VALUES (?1, ?2, ?3, ?4)", &f->err);
    char text[] = "caf\xC3\xA9";
    stmt_int(s, 1, INT64_MIN);
    stmt_str(s, 2, text);
    stmt_real(s, 3, 0.1);
    stmt_blob(s, 4, "a\0b", 3);
    text[0] = 'X'; /* bindings borrow nothing */
    assert_true(stmt_run(s, &f->err));
    assert_int_equal(db_changes(f->db), 1);

    s = db_stmt(f->db, "SELECT id, body, score, raw, NULL FROM note", &f->err);
    assert_true(stmt_row(s, &f->err));
    assert_true(stmt_col_int(s, 0) == INT64_MIN);
    assert_string_equal(stmt_col_str(s, 1), "caf\xC3\xA9");
    assert_true(stmt_col_real(s, 2) == 0.1);
    struct sv raw = stmt_col_sv(s, 3);
    assert_int_equal(raw.len, 3);
    assert_memory_equal(raw.data, "a\0b", 3);
    assert_true(stmt_col_is_null(s, 4));
    assert_null(stmt_col_str(s, 4));
    assert_int_equal(stmt_col_sv(s, 4).len, 0);
    assert_false(stmt_row(s, &f->err));
    assert_int_equal(f->err.code, ERR_NONE);
}

static void empty_text_is_not_null(void **state)
{
    struct fixture *f = fixture_of(state);
    struct stmt *s = db_stmt(f->db, "SELECT ?1, ?2, ?3, ?4", &f->err);
    stmt_str(s, 1, "");
    stmt_sv(s, 2, (struct sv){NULL, 0});
    stmt_str(s, 3, NULL);
    stmt_blob(s, 4, NULL, 0);
    assert_true(stmt_row(s, &f->err));
    assert_false(stmt_col_is_null(s, 0));
    assert_false(stmt_col_is_null(s, 1));
    assert_true(stmt_col_is_null(s, 2));
    assert_false(stmt_col_is_null(s, 3));
    stmt_reset(s);
}

static void a_cached_statement_comes_back_clean(void **state)
{
    struct fixture *f = fixture_of(state);
    static const char sql[] = "SELECT ?1";
    struct stmt *first = db_stmt(f->db, sql, &f->err);
    stmt_int(first, 1, 7);
    assert_true(stmt_row(first, &f->err)); /* and left unread */
    struct stmt *again = db_stmt(f->db, sql, &f->err);
    assert_ptr_equal(first, again);
    assert_true(stmt_row(again, &f->err));
    assert_true(stmt_col_is_null(again, 0));
    stmt_reset(again);
}

static void the_cache_grows(void **state)
{
    struct fixture *f = fixture_of(state);
    enum { MANY = 200 };
    static char sql[MANY][32];
    struct stmt *kept[MANY];
    for (int i = 0; i < MANY; i++) {
        snprintf(sql[i], sizeof(sql[i]), "SELECT %d", i);
        kept[i] = db_stmt(f->db, sql[i], &f->err);
        assert_non_null(kept[i]);
    }
    for (int i = 0; i < MANY; i++) {
        struct stmt *s = db_stmt(f->db, sql[i], &f->err);
        assert_ptr_equal(s, kept[i]);
        assert_true(stmt_row(s, &f->err));
        assert_int_equal(stmt_col_int(s, 0), i);
        stmt_reset(s);
    }
}

static void a_failed_binding_is_reported_when_run(void **state)
{
    struct fixture *f = fixture_of(state);
    struct stmt *s = db_stmt(f->db, "INSERT INTO note(body) VALUES (?1)", &f->err);
    stmt_int(s, 2, 1);
    stmt_str(s, 1, "kept out");
    assert_false(stmt_run(s, &f->err));
    assert_int_equal(f->err.code, ERR_DB);
    assert_int_equal(f->err.detail & 0xFF, SQLITE_RANGE);
    assert_int_equal(notes(f->db), 0);
    assert_true(add_note(f->db, "works again", &f->err));
}

static void bad_sql_is_an_error_and_null_is_harmless(void **state)
{
    struct fixture *f = fixture_of(state);
    struct stmt *s = db_stmt(f->db, "SELEKT 1", &f->err);
    assert_null(s);
    assert_int_equal(f->err.code, ERR_DB);
    assert_non_null(strstr(f->err.text, buf_str(&f->file)));
    stmt_int(s, 1, 1);
    assert_false(stmt_row(s, &f->err));
    assert_false(stmt_run(s, &f->err));
    assert_null(db_stmt_once(f->db, "SELECT 1; SELECT 2", &f->err));
    assert_null(db_stmt_once(f->db, "  ", &f->err));
    s = db_stmt_once(f->db, "SELECT 1; ", &f->err);
    assert_non_null(s);
    stmt_free(s);
}

static void constraints_carry_the_extended_code(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_true(db_exec(f->db, "CREATE TABLE tag(note INTEGER NOT NULL REFERENCES note(id)) STRICT", &f->err));
    assert_false(db_exec(f->db, "INSERT INTO tag VALUES (99)", &f->err));
    assert_int_equal(f->err.detail, SQLITE_CONSTRAINT_FOREIGNKEY);
    assert_false(db_exec(f->db, "INSERT INTO note(id) VALUES (1), (1)", &f->err));
    assert_int_equal(f->err.detail, SQLITE_CONSTRAINT_PRIMARYKEY);
}

static void a_transaction_is_all_or_nothing(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_true(db_begin(f->db, &f->err));
    assert_true(add_note(f->db, "a", &f->err));
    db_rollback(f->db);
    assert_int_equal(notes(f->db), 0);
    db_rollback(f->db); /* outside a transaction: nothing happens */

    assert_true(db_begin(f->db, &f->err));
    assert_true(add_note(f->db, "b", &f->err));
    assert_true(db_commit(f->db, &f->err));
    assert_int_equal(notes(f->db), 1);
}

static void a_failed_commit_leaves_no_transaction(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_true(db_exec(
        f->db, "CREATE TABLE late(note INTEGER REFERENCES note(id) DEFERRABLE INITIALLY DEFERRED) STRICT", &f->err));
    assert_true(db_begin(f->db, &f->err));
    assert_true(add_note(f->db, "goes too", &f->err));
    assert_true(db_exec(f->db, "INSERT INTO late VALUES (99)", &f->err));
    assert_false(db_commit(f->db, &f->err));
    assert_int_equal(f->err.code, ERR_DB);
    assert_int_equal(notes(f->db), 0);
    assert_true(db_begin(f->db, &f->err));
    db_rollback(f->db);
}

static void another_writer_gives_busy(void **state)
{
    struct fixture *f = fixture_of(state);
    struct db *other;
    assert_true(db_open(&other, buf_str(&f->file), 0, NULL, &f->err));
    assert_true(db_exec(other, "PRAGMA busy_timeout=0", &f->err));
    assert_true(db_begin(f->db, &f->err));
    assert_true(add_note(f->db, "first", &f->err));
    assert_false(db_begin(other, &f->err));
    assert_int_equal(f->err.code, ERR_BUSY);
    assert_non_null(strstr(f->err.text, buf_str(&f->file)));
    assert_true(db_commit(f->db, &f->err));
    assert_true(db_begin(other, &f->err));
    assert_true(add_note(other, "second", &f->err));
    assert_true(db_commit(other, &f->err));
    assert_int_equal(notes(f->db), 2);
    db_close(other);
}

static void the_pragmas_are_set(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_int_equal(single(f->db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(single(f->db, "PRAGMA synchronous"), 2);
    assert_int_equal(single(f->db, "PRAGMA secure_delete"), 1);
    assert_int_equal(single(f->db, "PRAGMA temp_store"), 2);
    assert_int_equal(single(f->db, "PRAGMA busy_timeout"), 5000);
    assert_int_equal(single(f->db, "SELECT journal_mode = 'truncate' FROM pragma_journal_mode"), 1);
    assert_true(db_exec(f->db, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'x' WHERE 0", NULL) == false);

    struct db *cache;
    assert_true(db_open(&cache, buf_str(&f->file), DB_CACHE, NULL, &f->err));
    assert_int_equal(single(cache, "PRAGMA synchronous"), 0);
    assert_int_equal(single(cache, "SELECT journal_mode = 'off' FROM pragma_journal_mode"), 1);
    db_close(cache);
}

static void deleted_text_leaves_the_file(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_true(add_note(f->db, "a secret nobody may find", &f->err));
    assert_true(db_exec(f->db, "DELETE FROM note", &f->err));
    struct buf bytes = BUF_INIT;
    assert_true(file_read(buf_str(&f->file), 1 << 20, &bytes, &f->err));
    for (size_t i = 0; i + 6 < bytes.len; i++) {
        assert_false(memcmp(bytes.data + i, "secret", 6) == 0);
    }
    buf_release(&bytes);
}

static void the_file_is_private_whatever_the_umask(void **state)
{
    struct fixture *f = fixture_of(state);
    struct buf path = BUF_INIT;
    path_join(&path, buf_str(&f->folder), "copy.db");
    mode_t old = umask(0);
    struct db *db;
    assert_true(db_open(&db, buf_str(&path), DB_CREATE, NULL, &f->err));
    db_close(db);
    umask(old);
    struct stat st;
    assert_int_equal(stat(buf_str(&path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    buf_release(&path);
}

static void a_missing_file_is_not_created(void **state)
{
    struct fixture *f = fixture_of(state);
    struct buf path = BUF_INIT;
    path_join(&path, buf_str(&f->folder), "nowhere.db");
    struct db *db = f->db;
    assert_false(db_open(&db, buf_str(&path), 0, NULL, &f->err));
    assert_null(db);
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_int_equal(access(buf_str(&path), F_OK), -1);
    assert_false(db_open(&db, "", DB_CREATE, NULL, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    buf_release(&path);
}

static void a_name_that_looks_like_a_uri_is_a_file(void **state)
{
    struct fixture *f = fixture_of(state);
    char here[4096];
    assert_non_null(getcwd(here, sizeof(here)));
    assert_int_equal(chdir(buf_str(&f->folder)), 0);
    struct db *db;
    assert_true(db_open(&db, "file:odd.db", DB_CREATE, NULL, &f->err));
    assert_true(db_exec(db, "CREATE TABLE t(x)", &f->err));
    db_close(db);
    struct stat st;
    assert_int_equal(stat("file:odd.db", &st), 0);
    assert_true(st.st_size > 0);
    assert_int_equal(chdir(here), 0);
}

static void read_only_refuses_writes(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_true(add_note(f->db, "there", &f->err));
    struct db *reader;
    assert_true(db_open(&reader, buf_str(&f->file), DB_READONLY, NULL, &f->err));
    assert_int_equal(notes(reader), 1);
    assert_false(add_note(reader, "no", &f->err));
    assert_int_equal(f->err.code, ERR_DB);
    assert_int_equal(f->err.detail & 0xFF, SQLITE_READONLY);
    db_close(reader);
}

static void expect_corrupt(struct fixture *f, struct sv content)
{
    struct buf path = BUF_INIT, after = BUF_INIT;
    path_join(&path, buf_str(&f->folder), "copy.db");
    assert_true(file_write_atomic(buf_str(&path), content, &f->err));
    struct db *db;
    assert_false(db_open(&db, buf_str(&path), DB_CREATE, NULL, &f->err));
    assert_null(db);
    assert_int_equal(f->err.code, ERR_CORRUPT);
    assert_true(file_read(buf_str(&path), 1 << 20, &after, &f->err)); /* and it is not touched */
    assert_true(sv_eq(buf_sv(&after), content));
    buf_release(&after);
    buf_release(&path);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    struct fixture *f = fixture_of(state);
    struct buf junk = BUF_INIT;
    for (int i = 0; i < 200; i++) {
        buf_adds(&junk, "these are the notes of somebody else\n");
    }
    expect_corrupt(f, buf_sv(&junk));
    buf_clear(&junk);
    assert_true(file_read(buf_str(&f->file), 1 << 20, &junk, &f->err));
    memset(junk.data + 100, 0xA5, 2000); /* a sound header before a broken schema page */
    expect_corrupt(f, buf_sv(&junk));
    buf_release(&junk);
}

static void a_full_disk_keeps_what_was_there(void **state)
{
    struct fixture *f = fixture_of(state);
    assert_true(add_note(f->db, "before", &f->err));
    assert_true(db_exec(f->db, "PRAGMA max_page_count=4", &f->err));
    struct buf big = BUF_INIT;
    for (int i = 0; i < 3000; i++) {
        buf_adds(&big, "0123456789");
    }
    assert_true(db_begin(f->db, &f->err));
    assert_false(add_note(f->db, buf_str(&big), &f->err));
    assert_int_equal(f->err.code, ERR_FULL);
    db_rollback(f->db);
    assert_int_equal(notes(f->db), 1);
    assert_true(db_begin(f->db, &f->err)); /* usable again */
    assert_true(db_commit(f->db, &f->err));
    buf_release(&big);
}

static void a_copy_is_complete_and_private(void **state)
{
    struct fixture *f = fixture_of(state);
    struct buf path = BUF_INIT;
    path_join(&path, buf_str(&f->folder), "copy.db");
    assert_true(add_note(f->db, "copied", &f->err));
    mode_t old = umask(0);
    assert_true(db_copy(f->db, buf_str(&path), &f->err));
    umask(old);
    struct stat st;
    assert_int_equal(stat(buf_str(&path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    struct db *copy;
    assert_true(db_open(&copy, buf_str(&path), DB_READONLY, NULL, &f->err));
    assert_int_equal(notes(copy), 1);
    db_close(copy);

    assert_true(add_note(f->db, "later", &f->err));
    assert_false(db_copy(f->db, buf_str(&path), &f->err)); /* the target must not exist, and stays */
    assert_int_equal(f->err.code, ERR_USAGE);
    assert_int_equal(access(buf_str(&path), F_OK), 0);
    buf_release(&path);
}

static void a_failed_copy_leaves_no_file(void **state)
{
    struct fixture *f = fixture_of(state);
    struct buf path = BUF_INIT;
    path_join(&path, buf_str(&f->folder), "copy.db");
    assert_true(db_begin(f->db, &f->err));
    assert_false(db_copy(f->db, buf_str(&path), &f->err)); /* not inside a transaction */
    db_rollback(f->db);
    assert_int_equal(access(buf_str(&path), F_OK), -1);
    buf_release(&path);
}

static void memory_needs_no_path(void **state)
{
    (void)state;
    struct err err = ERR_INIT;
    struct db *db;
    assert_true(db_open(&db, NULL, DB_MEMORY, NULL, &err));
    assert_int_equal(single(db, "SELECT 41 + 1"), 42);
    assert_false(db_exec(db, "SELECT \"no string\"", &err));
    db_close(db);
    db_close(NULL);
    assert_string_equal(db_version(), sqlite3_libversion());
}

int main(void)
{
#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FILE(values_come_back_as_bound),
        WITH_FILE(empty_text_is_not_null),
        WITH_FILE(a_cached_statement_comes_back_clean),
        WITH_FILE(the_cache_grows),
        WITH_FILE(a_failed_binding_is_reported_when_run),
        WITH_FILE(bad_sql_is_an_error_and_null_is_harmless),
        WITH_FILE(constraints_carry_the_extended_code),
        WITH_FILE(a_transaction_is_all_or_nothing),
        WITH_FILE(a_failed_commit_leaves_no_transaction),
        WITH_FILE(another_writer_gives_busy),
        WITH_FILE(the_pragmas_are_set),
        WITH_FILE(deleted_text_leaves_the_file),
        WITH_FILE(the_file_is_private_whatever_the_umask),
        WITH_FILE(a_missing_file_is_not_created),
        WITH_FILE(a_name_that_looks_like_a_uri_is_a_file),
        WITH_FILE(read_only_refuses_writes),
        WITH_FILE(a_file_that_is_no_database_is_refused),
        WITH_FILE(a_full_disk_keeps_what_was_there),
        WITH_FILE(a_copy_is_complete_and_private),
        WITH_FILE(a_failed_copy_leaves_no_file),
        cmocka_unit_test(memory_needs_no_path),
    };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
