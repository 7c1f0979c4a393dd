#include "support/unit.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/db/db.h"
#include "support/faultvfs.h"

#include <sqlite3.h>
#include <unistd.h>

struct fixture {
    struct buf folder;
    struct buf file;
    struct err err;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    fault_register();
    fault_clear();
    assert_true(file_temp_dir(&f->folder, &f->err));
    path_join(&f->file, buf_str(&f->folder), "user.db");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    buf_adds(&f->file, "-journal");
    unlink(buf_str(&f->file));
    buf_truncate(&f->file, f->file.len - strlen("-journal"));
    unlink(buf_str(&f->file));
    assert_int_equal(rmdir(buf_str(&f->folder)), 0);
    buf_release(&f->folder);
    buf_release(&f->file);
    free(f);
    return 0;
}

static struct db *open_through(struct fixture *f)
{
    struct db *db;
    assert_true(db_open(&db, buf_str(&f->file), DB_CREATE, FAULT_VFS, &f->err));
    assert_true(db_exec(db, "CREATE TABLE IF NOT EXISTS note(body TEXT)", &f->err));
    return db;
}

static bool add_note(struct db *db, struct err *err)
{
    return db_begin(db, err) && db_exec(db, "INSERT INTO note VALUES (hex(zeroblob(5000)))", err) && db_commit(db, err);
}

static int64_t notes(struct db *db)
{
    struct err err = ERR_INIT;
    struct stmt *s = db_stmt(db, "SELECT count(*) FROM note", &err);
    assert_true(stmt_row(s, &err));
    int64_t count = stmt_col_int(s, 0);
    stmt_reset(s);
    return count;
}

static bool is_sound(struct db *db)
{
    struct err err = ERR_INIT;
    struct stmt *s = db_stmt_once(db, "PRAGMA integrity_check", &err);
    bool sound = stmt_row(s, &err) && strcmp(stmt_col_str(s, 0), "ok") == 0;
    stmt_free(s);
    return sound;
}

static void without_a_fault_calls_are_counted(void **state)
{
    struct fixture *f = *state;
    struct db *db = open_through(f);
    fault_clear();
    assert_true(add_note(db, &f->err));
    assert_true(fault_count(FAULT_WRITE) > 3);
    assert_true(fault_count(FAULT_SYNC) >= 2);
    assert_true(fault_count(FAULT_TRUNCATE) >= 1); /* the end of the journal */
    assert_false(fault_hit());
    db_close(db);
}

static void a_single_fault_strikes_once(void **state)
{
    struct fixture *f = *state;
    struct db *db = open_through(f);
    fault_set((struct fault){.call = FAULT_WRITE, .nth = 1, .result = SQLITE_FULL});
    assert_false(add_note(db, &f->err));
    assert_true(fault_hit());
    assert_int_equal(f->err.code, ERR_FULL);
    db_rollback(db);
    assert_true(add_note(db, &f->err)); /* still armed, but past its number */
    db_close(db);
}

static void a_lasting_fault_strikes_until_cleared(void **state)
{
    struct fixture *f = *state;
    struct db *db = open_through(f);
    fault_set((struct fault){.call = FAULT_SYNC, .nth = 1, .forever = true});
    for (int i = 0; i < 2; i++) {
        assert_false(add_note(db, &f->err));
        assert_int_equal(f->err.detail, SQLITE_IOERR_FSYNC);
        db_rollback(db);
    }
    fault_clear();
    assert_true(add_note(db, &f->err));
    db_close(db);
}

static void opening_can_fail(void **state)
{
    struct fixture *f = *state;
    struct db *db;
    fault_set((struct fault){.call = FAULT_OPEN, .nth = 1});
    assert_false(db_open(&db, buf_str(&f->file), DB_CREATE, FAULT_VFS, &f->err));
    assert_null(db);
    assert_int_equal(f->err.code, ERR_DB);
}

/* Fails every call of a transaction in turn, as if the program died there: whatever fails, the file stays sound, and a
 * commit that was acknowledged is there. */
static void every_point_leaves_the_file_sound(void **state)
{
    struct fixture *f = *state;
    static const enum fault_call calls[] = {FAULT_WRITE, FAULT_SYNC, FAULT_TRUNCATE};
    db_close(open_through(f));
    int64_t acknowledged = 0;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        for (int nth = 1;; nth++) {
            struct db *db = open_through(f);
            fault_set((struct fault){.call = calls[i], .nth = nth, .forever = true, .torn = true});
            bool ok = add_note(db, &f->err);
            bool hit = fault_hit();
            db_close(db);
            fault_clear();
            db = open_through(f); /* rolls a hot journal back */
            assert_true(is_sound(db));
            int64_t now = notes(db);
            assert_true(now >= acknowledged + ok && now <= acknowledged + 1);
            acknowledged = now;
            db_close(db);
            if (!hit) {
                break;
            }
            assert_true(nth < 100);
        }
    }
    assert_true(acknowledged >= 3); /* each round ends with a transaction that met no fault */
}

static void a_torn_write_leaves_half(void **state)
{
    struct fixture *f = *state;
    sqlite3_vfs *vfs = sqlite3_vfs_find(FAULT_VFS);
    sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB;
    assert_int_equal(vfs->xOpen(vfs, buf_str(&f->file), file, flags, NULL), SQLITE_OK);
    fault_set((struct fault){.call = FAULT_WRITE, .nth = 1, .torn = true});
    assert_int_equal(file->pMethods->xWrite(file, "abcdefgh", 8, 0), SQLITE_IOERR_WRITE);
    sqlite3_int64 size;
    assert_int_equal(file->pMethods->xFileSize(file, &size), SQLITE_OK);
    assert_int_equal(size, 4);
    assert_int_equal(file->pMethods->xClose(file), SQLITE_OK);
    free(file);
}

int main(void)
{
#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FILE(without_a_fault_calls_are_counted),     WITH_FILE(a_single_fault_strikes_once),
        WITH_FILE(a_lasting_fault_strikes_until_cleared), WITH_FILE(opening_can_fail),
        WITH_FILE(every_point_leaves_the_file_sound),     WITH_FILE(a_torn_write_leaves_half),
    };
    return cmocka_run_group_tests_name("faultvfs", tests, NULL, NULL);
}
