#include "internal.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* One string each: parsing is a part of the time to the first frame. */
static const char durable_pragmas[] = "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
                                      "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;";
static const char cache_pragmas[] = "PRAGMA temp_store=MEMORY; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;";
static const char plain_pragmas[] = "PRAGMA temp_store=MEMORY;";
/* Nobody writes a cache that is in place, so its lock is taken once and not for every query. */
static const char cache_reader_pragmas[] = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA mmap_size=268435456;";

/* SQLite would take "file:x" for a URI and ":memory:" or "" for no file; here a path is always a path. */
static void add_path(struct buf *out, const char *path)
{
    if (path[0] == ':' || strncmp(path, "file:", 5) == 0) {
        buf_adds(out, "./");
    }
    buf_adds(out, path);
}

/* Makes an empty file that only the user can read, whatever the umask; *existed tells that it was there. */
static bool create_private(const char *path, bool *existed, struct err *err)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    *existed = fd < 0 && errno == EEXIST;
    if (fd < 0 && !*existed) {
        return err_errno(err, "cannot create the database %s", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return true;
}

static const char *pragmas_for(unsigned flags)
{
    if (flags & DB_MEMORY) {
        return plain_pragmas;
    }
    if (flags & DB_READONLY) {
        return flags & DB_CACHE ? cache_reader_pragmas : plain_pragmas;
    }
    return flags & DB_CACHE ? cache_pragmas : durable_pragmas;
}

static bool configure(struct db *db, unsigned flags, struct err *err)
{
    static const struct {
        int option;
        int value;
    } options[] = {
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0}, /* "word" is never a string */
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, DB_PATIENCE_MS);
    if (!db_exec(db, pragmas_for(flags), err)) { /* first: DEFENSIVE forbids journal_mode=OFF */
        return false;
    }
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        sqlite3_db_config(db->handle, options[i].option, options[i].value, NULL);
    }
    return true;
}

static bool open_handle(struct db *db, const char *file, unsigned flags, const char *vfs, struct err *err)
{
    int mode = SQLITE_OPEN_NOMUTEX;
    if (flags & DB_MEMORY) {
        mode |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
    } else {
        mode |= flags & DB_READONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    }
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* refused, and of no use, once SQLite runs */
    int result = sqlite3_open_v2(file, &db->handle, mode, vfs);
    if (result == SQLITE_OK) {
        return configure(db, flags, err);
    }
    if (access(file, F_OK) != 0 && errno == ENOENT) {
        return err_set(err, ERR_NOT_FOUND, "the database %s is not there: check the path", db->path);
    }
    return db_fail(db, db->handle ? sqlite3_extended_errcode(db->handle) : result, err);
}

bool db_open(struct db **out, const char *path, unsigned flags, const char *vfs, struct err *err)
{
    *out = NULL;
    bool in_memory = flags & DB_MEMORY;
    if (!in_memory && (!path || !path[0])) {
        return err_set(err, ERR_USAGE, "the path of the database is empty: name a file");
    }
    struct db *db = mem_calloc(1, sizeof(*db));
    struct buf file = BUF_INIT;
    db->path = mem_strdup(in_memory ? "in memory" : path);
    add_path(&file, in_memory ? "" : path);
    bool existed;
    bool ok = !(flags & DB_CREATE) || in_memory || create_private(buf_str(&file), &existed, err);
    ok = ok && open_handle(db, in_memory ? ":memory:" : buf_str(&file), flags, vfs, err);
    buf_release(&file);
    if (!ok) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

void db_patience(struct db *db, int ms)
{
    sqlite3_busy_timeout(db->handle, ms);
}

void db_close(struct db *db)
{
    if (!db) {
        return;
    }
    cache_release(db);
    if (sqlite3_close(db->handle) == SQLITE_BUSY) {
        fatal("a statement of the database %s was left open", db->path);
    }
    free(db->path);
    free(db);
}

bool db_exec(struct db *db, const char *sql, struct err *err)
{
    int result = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || db_fail(db, result, err);
}

static bool in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

static bool step_once(struct db *db, const char *sql, struct err *err)
{
    struct stmt *s = db_stmt(db, sql, err);
    return s && stmt_run(s, err);
}

bool db_begin(struct db *db, struct err *err)
{
    if (in_transaction(db)) {
        fatal("a transaction of the database %s was begun inside another", db->path);
    }
    return step_once(db, "BEGIN IMMEDIATE", err);
}

bool db_commit(struct db *db, struct err *err)
{
    if (step_once(db, "COMMIT", err)) {
        return true;
    }
    db_rollback(db);
    return false;
}

void db_rollback(struct db *db)
{
    if (in_transaction(db)) { /* SQLite itself rolls back after some errors */
        step_once(db, "ROLLBACK", NULL);
    }
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes(db->handle);
}

/* VACUUM INTO need not have synced what it wrote. */
static bool sync_copy(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok) {
        err_errno(err, "cannot write the copy %s", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

static bool copy_into(struct db *db, const char *file, struct err *err)
{
    struct stmt *s = db_stmt_once(db, "VACUUM INTO ?1", err);
    stmt_str(s, 1, file);
    bool ok = stmt_run(s, err) && sync_copy(file, err);
    stmt_free(s);
    return ok;
}

bool db_copy(struct db *db, const char *target, struct err *err)
{
    struct buf file = BUF_INIT;
    add_path(&file, target);
    bool existed;
    bool ok = create_private(buf_str(&file), &existed, err);
    if (ok && existed) {
        ok = err_set(err, ERR_USAGE, "%s is there already: name a file that does not exist", target);
    } else if (ok) {
        ok = copy_into(db, buf_str(&file), err);
        if (!ok) {
            unlink(buf_str(&file));
        }
    }
    buf_release(&file);
    return ok;
}

const char *db_version(void)
{
    return sqlite3_libversion();
}
