#include "pmprep/store/store.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "store/internal.h"

#include <sys/stat.h>

enum { HURRY_MS = 200 };

/* The folders on the way to path are made private; those that exist are left alone. */
static bool make_folder(const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path) {
        return true;
    }
    char *folder = mem_strndup(path, (size_t)(slash - path));
    bool ok = file_mkdirs(folder, err);
    free(folder);
    return ok;
}

/* A file with an unfinished transaction must be opened for writing even by a reader: somebody has to roll it back. */
static unsigned db_flags_for(unsigned flags, enum file_state state)
{
    if (!(flags & STORE_READONLY)) {
        return DB_CREATE;
    }
    return state == FILE_UNFINISHED ? 0 : DB_READONLY;
}

static bool connect(struct store *s, struct err *err)
{
    bool readonly = s->flags & STORE_READONLY;
    enum file_state state;
    if (!guard_look(s->path, readonly, s->all->version, &state, err)) {
        return false;
    }
    if (state == FILE_MISSING && readonly) {
        return err_set(err, ERR_NOT_FOUND, "there is no database %s yet: it appears with the first answer", s->path);
    }
    if (state == FILE_MISSING && !make_folder(s->path, err)) {
        return false;
    }
    if (!db_open(&s->db, s->path, db_flags_for(s->flags, state), s->vfs, err)) {
        return false;
    }
    if (!migrate_settle(s->db, s->path, readonly, s->all, err)) {
        db_close(s->db);
        s->db = NULL;
        return false;
    }
    return true;
}

bool store_open_with(struct store **out, const char *path, unsigned flags, const char *vfs,
                     const struct migrations *all, struct err *err)
{
    struct store *s = mem_calloc(1, sizeof(*s));
    s->path = mem_strdup(path);
    s->vfs = vfs ? mem_strdup(vfs) : NULL;
    s->flags = flags;
    s->all = all;
    *out = NULL;
    if (!connect(s, err)) {
        store_close(s);
        return false;
    }
    *out = s;
    return true;
}

bool store_open(struct store **out, const char *path, unsigned flags, const char *vfs, struct err *err)
{
    return store_open_with(out, path, flags, vfs, &store_migrations, err);
}

void store_close(struct store *s)
{
    if (!s) {
        return;
    }
    store_rollback(s);
    store_let_go(s);
    db_close(s->db);
    free(s->path);
    free(s->vfs);
    free(s);
}

const char *store_path(const struct store *s)
{
    return s->path;
}

const char *store_engine(void)
{
    return db_version();
}

int store_schema_version(const struct store *s)
{
    return s->all->version;
}

int64_t store_size(const struct store *s)
{
    struct stat st;
    return stat(s->path, &st) == 0 ? (int64_t)st.st_size : 0;
}

static bool ready(struct store *s, struct err *err)
{
    return s->db || connect(s, err);
}

struct stmt *store_stmt(struct store *s, const char *sql, struct err *err)
{
    return ready(s, err) ? db_stmt(s->db, sql, err) : NULL;
}

struct stmt *store_stmt_once(struct store *s, const char *sql, struct err *err)
{
    return ready(s, err) ? db_stmt_once(s->db, sql, err) : NULL;
}

/* After a COMMIT that failed only the file knows what happened: a fresh look at it rolls back or finds the data. */
static bool commit_or_reopen(struct store *s, struct err *err)
{
    if (db_commit(s->db, err)) {
        return true;
    }
    db_close(s->db);
    s->db = NULL;
    (void)connect(s, NULL); /* the next call tries again */
    return false;
}

bool store_begin(struct store *s, struct err *err)
{
    if (s->within) {
        fatal("a transaction of the store was begun inside another");
    }
    if (!ready(s, err) || !db_begin(s->db, err)) {
        return false;
    }
    s->within = true;
    s->failure = (struct err)ERR_INIT;
    return true;
}

bool store_commit(struct store *s, struct err *err)
{
    if (!s->within) {
        fatal("a transaction of the store was committed without a begin");
    }
    if (s->failure.code != ERR_NONE) {
        store_rollback(s);
        if (err) {
            *err = s->failure;
        }
        return false;
    }
    s->within = false;
    return commit_or_reopen(s, err);
}

void store_hurry(struct store *s, bool hurry)
{
    if (s->db) {
        db_patience(s->db, hurry ? HURRY_MS : DB_PATIENCE_MS);
    }
}

bool store_hold(struct store *s, struct err *err)
{
    if (s->within || s->held) {
        fatal("the store was held within a transaction or another hold");
    }
    s->held = ready(s, err) && db_exec(s->db, "BEGIN", err);
    return s->held;
}

void store_let_go(struct store *s)
{
    if (s->held) {
        s->held = false;
        db_exec(s->db, "ROLLBACK", NULL); /* nothing was written */
    }
}

void store_rollback(struct store *s)
{
    if (s->within) {
        s->within = false;
        db_rollback(s->db);
    }
}

bool work_begin(struct store *s, struct err *err)
{
    if (!s->within) {
        return ready(s, err) && db_begin(s->db, err);
    }
    if (s->failure.code == ERR_NONE) {
        return true;
    }
    if (err) {
        *err = s->failure;
    }
    return false;
}

bool work_end(struct store *s, bool ok, struct err *err)
{
    if (ok) {
        return s->within || commit_or_reopen(s, err);
    }
    if (!s->within) {
        db_rollback(s->db);
    } else if (err) {
        s->failure = *err;
    } else {
        err_set(&s->failure, ERR_DB, "an earlier step of saving to %s failed: nothing was saved, try again", s->path);
    }
    return false;
}

bool store_get(struct store *s, const char *name, struct arena *a, const char **value, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT value FROM settings WHERE name = ?1", err);
    stmt_str(q, 1, name);
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    *value = found ? col_text(q, 0, a) : "";
    if (found) {
        stmt_reset(q);
    }
    return true;
}

bool store_set(struct store *s, const char *name, const char *value, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "INSERT INTO settings (name, value) VALUES (?1, ?2)"
                                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                err);
    stmt_str(q, 1, name);
    stmt_str(q, 2, value);
    return work_end(s, stmt_run(q, err), err);
}
