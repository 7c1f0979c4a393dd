#include "pmprep/base/buf.h"
#include "store/internal.h"

#include <unistd.h>

/* From whatever version a file has to today's: one transaction, after a copy of the old file beside it. */

static bool read_pragma(struct db *db, const char *sql, int64_t *out, struct err *err)
{
    return row_int(db_stmt(db, sql, err), 0, out, err);
}

struct shape {
    int64_t application_id;
    int64_t version;
    int64_t objects; /* tables and the like */
};

static bool look(struct db *db, struct shape *out, struct err *err)
{
    return read_pragma(db, "PRAGMA application_id", &out->application_id, err) &&
           read_pragma(db, "PRAGMA user_version", &out->version, err) &&
           read_pragma(db, "SELECT count(*) FROM sqlite_schema", &out->objects, err);
}

static bool is_blank(const struct shape *shape)
{
    return shape->application_id == 0 && shape->version == 0 && shape->objects == 0;
}

static bool is_ours(const struct migrations *all, int version, struct sv sql)
{
    for (int step = 0; step < version; step++) {
        for (const char *const *known = all->steps[step].sql; *known; known++) {
            if (sv_eqs(sql, *known)) {
                return true;
            }
        }
    }
    return false;
}

/* Triggers and views run with the user's rights whenever the file is read or written: only our own may be there, and
 * all of them. */
static bool check_guarded(struct db *db, const char *path, int version, const struct migrations *all, struct err *err)
{
    struct stmt *q = db_stmt(db, "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')", err);
    if (!q) {
        return false;
    }
    unsigned ours = 0;
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        if (!is_ours(all, version, stmt_col_sv(q, 1))) {
            err_set(err, ERR_CORRUPT,
                    "%s holds a trigger or view that pmprep did not make (%s), so it was left alone: drop that with the"
                    " sqlite3 shell, or put a backup in the file's place",
                    path, stmt_col_str(q, 0));
            stmt_reset(q);
            return false;
        }
        ours++;
    }
    if (!rows_ended(&ended, err)) {
        return false;
    }
    return ours == all->steps[version - 1].guarded ||
           err_set(
               err, ERR_CORRUPT,
               "%s lacks a trigger or view that keeps it consistent, so it was left alone: put a backup in its place",
               path);
}

static bool run_steps(struct db *db, int from, const struct migrations *all, struct err *err)
{
    for (int step = from; step < all->version; step++) {
        for (const char *const *sql = all->steps[step].sql; *sql; sql++) {
            if (!db_exec(db, *sql, err)) {
                return false;
            }
        }
    }
    struct buf marks = BUF_INIT; /* pragmas take no parameters */
    buf_addf(&marks, "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION_ID, all->version);
    bool ok = db_exec(db, buf_str(&marks), err);
    buf_release(&marks);
    return ok;
}

static bool references_hold(struct db *db, struct err *err)
{
    int64_t broken;
    return read_pragma(db, "SELECT count(*) FROM pragma_foreign_key_check", &broken, err) &&
           (broken == 0 || err_set(err, ERR_DB, "%d rows would lose what they refer to", (int)broken));
}

/* Everything from the version seen before to today's, unless another process was faster. */
static bool upgrade(struct db *db, int64_t seen, const struct migrations *all, struct err *err)
{
    if (!db_begin(db, err)) {
        return false;
    }
    struct shape now;
    bool ok = look(db, &now, err);
    if (ok && now.version == seen) {
        ok = run_steps(db, (int)seen, all, err) && references_hold(db, err);
    }
    if (!ok) {
        db_rollback(db);
        return false;
    }
    return db_commit(db, err);
}

static void add_copy_name(struct buf *out, const char *path, int version)
{
    buf_addf(out, "%s.before-v%d", path, version);
}

/* The copy of the file as it was at this version: made under another name first, so that a copy that bears the name is
 * whole. */
static bool make_copy(struct db *db, const char *path, int64_t version, const struct migrations *all, struct err *err)
{
    struct buf copy = BUF_INIT, unfinished = BUF_INIT;
    add_copy_name(&copy, path, all->version);
    buf_addf(&unfinished, "%s.%ld", buf_str(&copy), (long)getpid());
    unlink(buf_str(&unfinished)); /* of an earlier process with this number, killed midway */
    struct shape now;
    bool ok = db_copy(db, buf_str(&unfinished), err) && look(db, &now, err);
    if (ok && now.version == version && rename(buf_str(&unfinished), buf_str(&copy)) != 0) {
        ok = err_errno(err, "cannot write the copy %s", buf_str(&copy));
    }
    unlink(buf_str(&unfinished));
    buf_release(&copy);
    buf_release(&unfinished);
    return ok;
}

static bool migrate(struct db *db, const char *path, int64_t version, const struct migrations *all, struct err *err)
{
    bool ok = make_copy(db, path, version, all, err) && db_exec(db, "PRAGMA foreign_keys = OFF", err) &&
              upgrade(db, version, all, err) && db_exec(db, "PRAGMA foreign_keys = ON", err);
    return ok || err_prefix(err, "%s could not be brought to the schema of this pmprep and stays as it was", path);
}

/* What there is to do before the file is as today's version has it; *done when nothing is. */
static bool advance(struct db *db, const char *path, bool readonly, const struct migrations *all, bool *done,
                    struct err *err)
{
    struct shape shape;
    *done = false;
    if (!look(db, &shape, err)) {
        return false;
    }
    if (is_blank(&shape)) {
        return readonly ? err_set(err, ERR_NOT_FOUND, "there is no answer in %s yet: it fills with the first one", path)
                        : upgrade(db, 0, all, err);
    }
    if (!guard_identity(path, shape.application_id, shape.version, all->version, err) ||
        !check_guarded(db, path, (int)shape.version, all, err)) {
        return false;
    }
    if (shape.version == all->version) {
        *done = true;
        return true;
    }
    return readonly ? err_set(err, ERR_DB,
                              "%s was written by an older pmprep: run `pmprep` once to bring it up to date", path)
                    : migrate(db, path, shape.version, all, err);
}

bool migrate_settle(struct db *db, const char *path, bool readonly, const struct migrations *all, struct err *err)
{
    bool done = false;
    while (!done) {
        if (!advance(db, path, readonly, all, &done, err)) {
            return false;
        }
    }
    return true;
}
