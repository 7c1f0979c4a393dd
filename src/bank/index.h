#ifndef BANK_INDEX_H
#define BANK_INDEX_H

#include "bank/pack.h"
#include "bank/source.h"
#include "pmprep/db/db.h"

/*
 * The library's tables, in a cache file or in memory: metadata of every item with the place of its lines, principles,
 * rubrics, problems. Whole items are read from their lines in the YAML when they are wanted.
 */

enum { INDEX_VERSION = 5 };

/* Creates and fills the tables from the files. Problems of files are rows; false is a failure of the database. */
bool index_build(struct db *db, const struct source_list *files, struct sv stamp, struct err *err);

/* What the tables were built from: compared with what is there now. */
bool index_stamp(struct db *db, struct buf *out, struct err *err);

bool index_load_principles(struct db *db, struct arena *a, struct principle **out, size_t *count, struct err *err);
bool index_load_rubrics(struct db *db, struct arena *a, struct rubric **out, size_t *count, struct err *err);
bool index_load_problems(struct db *db, struct problems *out, struct err *err);

/* Rows of the references, used by index_build(). */
bool index_save_references(struct db *db, const struct references *refs, struct err *err);

#endif
