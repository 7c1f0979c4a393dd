#ifndef PMPREP_DB_DB_H
#define PMPREP_DB_DB_H

#include "pmprep/base/err.h"
#include "pmprep/base/sv.h"

#include <stdbool.h>
#include <stdint.h>

/* A thin layer over SQLite: the only room that includes sqlite3.h. Not thread safe; one process, one thread. */
struct db;
struct stmt;

enum { DB_PATIENCE_MS = 5000 }; /* how long a busy file is waited for */

/* Of db_open. */
enum db_flags {
    DB_CREATE = 1 << 0, /* create the file (mode 0600) if it is missing */
    DB_READONLY = 1 << 1,
    DB_CACHE = 1 << 2,  /* a discardable file: no journal (so no rollback), no sync */
    DB_MEMORY = 1 << 3, /* path is ignored */
};

/*
 * Opens with foreign keys, DEFENSIVE, no double-quoted strings, temporary tables in memory and 5 s of patience with a
 * busy file. A user's file also gets secure_delete, journal_mode TRUNCATE and synchronous FULL: one small commit costs
 * under a millisecond, and there is one file. vfs NULL is the default one; tests name theirs. On failure *out is NULL.
 * ERR_NOT_FOUND: no such file; ERR_CORRUPT: not a database, or a damaged one; ERR_BUSY; ERR_DB otherwise.
 */
bool db_open(struct db **out, const char *path, unsigned flags, const char *vfs, struct err *err);
/* How long a busy file is waited for from now on, instead of the 5 s. */
void db_patience(struct db *db, int ms);
void db_close(struct db *db); /* finalises what is cached; NULL is fine */

/* One or more constant statements without parameters: schema and pragmas. */
bool db_exec(struct db *db, const char *sql, struct err *err);

/* A prepared statement, kept for the life of db and found again by the address of the literal; reset, with its bindings
 * cleared. NULL on error. Bindings are 1-based and borrow nothing: text is copied. */
struct stmt *db_stmt(struct db *db, const char *sql, struct err *err);

/* For a statement put together at run time (FILTER, column lists; values are still bound). stmt_free() it. */
struct stmt *db_stmt_once(struct db *db, const char *sql, struct err *err);
void stmt_free(struct stmt *s);

/* A NULL statement (db_stmt failed and filled err) may be bound, run and stepped: nothing happens, answer false. */
void stmt_int(struct stmt *s, int at, int64_t v);
void stmt_real(struct stmt *s, int at, double v);
void stmt_str(struct stmt *s, int at, const char *v); /* NULL binds NULL */
void stmt_sv(struct stmt *s, int at, struct sv v);
void stmt_blob(struct stmt *s, int at, const void *bytes, size_t len);
void stmt_null(struct stmt *s, int at);

/* True while there is a row. On the end of rows or an error it answers false and the statement is reset; err tells them
 * apart: err->code stays ERR_NONE at the end. A failed binding is reported here. */
bool stmt_row(struct stmt *s, struct err *err);
void stmt_reset(struct stmt *s); /* needed only when rows are left unread */

/* For statements without rows: true when done. */
bool stmt_run(struct stmt *s, struct err *err);

/* Columns are 0-based; text is borrowed until the next stmt_row or reset, NULL for SQL NULL. What stmt_col_sv() answers
 * has no NUL behind it, and NULL data when it is empty. */
int64_t stmt_col_int(struct stmt *s, int col);
double stmt_col_real(struct stmt *s, int col);
const char *stmt_col_str(struct stmt *s, int col);
struct sv stmt_col_sv(struct stmt *s, int col);
bool stmt_col_is_null(struct stmt *s, int col);

/* BEGIN IMMEDIATE; a second begin inside one is a bug. After a failed commit the transaction is rolled back. */
bool db_begin(struct db *db, struct err *err);
bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);

int64_t db_changes(struct db *db); /* rows the last statement changed */

/* A consistent copy while in use (VACUUM INTO); the target must not exist. */
bool db_copy(struct db *db, const char *target, struct err *err);

/* "3.40.1", for doctor. */
const char *db_version(void);

#endif
