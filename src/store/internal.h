#ifndef PMPREP_STORE_INTERNAL_H
#define PMPREP_STORE_INTERNAL_H

#include "pmprep/db/db.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/schedule.h"
#include "pmprep/store/store.h"
#include "store/schema.h"

/* What the files of this room share. */

struct store {
    struct db *db; /* NULL after a reopening that failed: the next call tries again */
    char *path;
    char *vfs;
    unsigned flags;
    const struct migrations *all;
    bool held;          /* between store_hold() and its end */
    bool within;        /* between store_begin() and its end */
    struct err failure; /* the first one within it: nothing more is written, the commit fails with it */
};

bool store_open_with(struct store **out, const char *path, unsigned flags, const char *vfs,
                     const struct migrations *all, struct err *err);

/* db_stmt() after reopening the file if a failed commit closed it. NULL on error. */
struct stmt *store_stmt(struct store *s, const char *sql, struct err *err);
struct stmt *store_stmt_once(struct store *s, const char *sql, struct err *err);

/* Around everything that writes: joins the transaction of store_begin(), or makes one. end() answers whether all went
 * well. */
bool work_begin(struct store *s, struct err *err);
bool work_end(struct store *s, bool ok, struct err *err);

/* Runs a statement whose parameter 1 is an id. */
bool run_with_id(struct store *s, const char *sql, const char *id, struct err *err);
bool run_with_number(struct store *s, const char *sql, int64_t number, struct err *err);

/* One row or none. q may be NULL, then err is filled already. After a found row the caller resets q. */
bool row_found(struct stmt *q, bool *found, struct err *err);
/* The first column of the first row. none is the answer when there is no row. */
bool row_int(struct stmt *q, int64_t none, int64_t *out, struct err *err);

/* Moves the error that ended a loop over stmt_row(), if any, to err; false when there was one. */
bool rows_ended(const struct err *ended, struct err *err);

/* A growing array of records read from rows, handed over to an arena at the end. */
struct rows {
    void *at;
    size_t size; /* of one */
    size_t count;
    size_t cap;
};
#define ROWS_OF(type) ((struct rows){NULL, sizeof(type), 0, 0})
void *rows_add(struct rows *r); /* zeroed; valid until the next one */
/* Frees r. ended is what stmt_row() left: on an error it goes to err and the answer is false. */
bool rows_finish(struct rows *r, const struct err *ended, struct arena *a, void *out, size_t *count, struct err *err);

/* "" binds NULL. */
void stmt_id(struct stmt *q, int at, const char *id);
/* A list of names as a JSON array. */
void stmt_names(struct stmt *q, int at, const struct strings *names);
/* NULL reads as "". */
const char *col_text(struct stmt *q, int col, struct arena *a);
void col_names(struct stmt *q, int col, struct arena *a, struct strings *out);

/* Names as JSON and back: ["ownership","dive-deep"]. */
void names_add_json(struct buf *out, const struct strings *names);
void names_parse(struct sv json, struct arena *a, struct strings *out);

/* The file that writes, for columns named origin. */
#define ORIGIN "(SELECT value FROM settings WHERE name = 'origin')"

/* Takes what a stored attempt contributes to the totals out (-1) before a change and puts it back (1) after it.
 * Tombstones contribute nothing. */
bool totals_count(struct store *s, int64_t number, int sign, struct err *err);
/* Counts the tries on an item anew. */
bool totals_item(struct store *s, const char *item, struct err *err);

bool snapshot_put(struct store *s, const struct item_snapshot *snap, int64_t *rubric_revision, struct err *err);

/* The row of an id; 0 when there is none. */
bool attempt_number(struct store *s, const char *id, int64_t *number, struct err *err);
bool attempt_load(struct store *s, int64_t number, struct arena *a, struct attempt *out, bool *found, struct err *err);
bool score_set_put(struct store *s, int64_t number, const struct score_set *set, struct err *err);

/* Looks at the file as bytes, before SQLite does: is it there, a file, ours, of a version we know, writable. */
enum file_state {
    FILE_MISSING,
    FILE_NEW,
    FILE_OURS,
    FILE_UNFINISHED
}; /* UNFINISHED: a journal waits to be rolled back */
bool guard_look(const char *path, bool readonly, int newest, enum file_state *state, struct err *err);
/* A readable SQLite file of another program. */
bool guard_is_foreign(const char *path);
/* Refuses what is not ours or newer. */
bool guard_identity(const char *path, int64_t application_id, int64_t version, int newest, struct err *err);

#endif
