#ifndef PMPREP_STORE_STORE_H
#define PMPREP_STORE_STORE_H

#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"
#include "pmprep/store/record.h"

#include <stdbool.h>

/* The user's file: the only room that knows it. Everything a caller gets back lives in the arena it passed. */
struct store;

/* Of store_open. */
enum store_flags {
    STORE_READONLY = 1 << 0, /* never creates or migrates; ERR_NOT_FOUND when there is no file */
};

/*
 * Opens, creates (folder 0700, file 0600) or migrates the file. Refuses with one sentence, touching nothing: a newer
 * schema (ERR_NEWER), a file that is not pmprep's or has triggers and views that are not ours (ERR_CORRUPT), a corrupt
 * one (ERR_CORRUPT names `pmprep restore` and the path), a read-only or unreachable place (ERR_IO). A migration first
 * makes a VACUUM INTO copy beside the file. vfs is NULL but in tests.
 */
bool store_open(struct store **out, const char *path, unsigned flags, const char *vfs, struct err *err);
/* Rolls an open transaction back; NULL is fine. */
void store_close(struct store *s);
/* As given to store_open(). */
const char *store_path(const struct store *s);

/* Renames a damaged file (and its journal) to PATH.corrupt-YYYYMMDD-HHMMSS beside it and appends the new name to moved.
 * Nothing is ever deleted or overwritten. ERR_CORRUPT for another program's database. */
bool store_set_aside(const char *path, struct buf *moved, struct err *err);

/* Copies that migrations left beside the file, for doctor; store_purge() removes them. */
bool store_copies(const char *path, struct arena *a, struct strings *out, struct err *err);

/*
 * One transaction around several calls; BEGIN IMMEDIATE. Every function that writes joins it, or makes its own when
 * there is none; once one of them has failed, the commit fails too and nothing of the transaction is stored. After a
 * failed commit the store has reopened itself: ask attempts_exists() before telling the user that an answer is lost or
 * saved.
 */
bool store_begin(struct store *s, struct err *err);
bool store_commit(struct store *s, struct err *err);
void store_rollback(struct store *s);

/* In a hurry a file that another program holds is an error (ERR_BUSY) after a fifth of a second, not after five: for
 * what is done while somebody types. */
void store_hurry(struct store *s, bool hurry);

/* Several reads of one state of the file, with one lock in place of one each: what a screen shows at once. Nothing may
 * be written until store_let_go(), which is fine without a hold. Does not nest; short, as writers wait meanwhile. */
bool store_hold(struct store *s, struct err *err);
void store_let_go(struct store *s);

/* What tombstones still hold (text, scores, findings, search terms, copies of migrations) goes for good: the words are
 * no longer in the file's bytes. The tombstones stay. Not within a transaction. */
bool store_purge(struct store *s, struct err *err);

/* Full integrity: SQLite's own, FTS5's, foreign keys, schedule against a replay count. Answers false with the first
 * finding. */
bool store_check(struct store *s, struct err *err);
/* A consistent copy, mode 0600, while in use; the target must not exist. Not within a transaction. */
bool store_backup(struct store *s, const char *target, struct err *err);
const char *store_engine(void); /* version of SQLite, "3.40.1" */
int store_schema_version(const struct store *s);
int64_t store_size(const struct store *s); /* bytes of the file */

/* Small settings of the store itself (first run done, sealed answer, daily counters): name -> text; "" when absent. */
bool store_get(struct store *s, const char *name, struct arena *a, const char **value, struct err *err);
bool store_set(struct store *s, const char *name, const char *value, struct err *err);

#endif
