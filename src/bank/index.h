#ifndef BANK_INDEX_H
#define BANK_INDEX_H

#include "bank/source.h"
#include "pmprep/db/db.h"

/*
 * The library's tables, in a cache file or in memory: metadata of every item with the place of its lines, principles,
 * rubrics, problems. Whole items are read from their lines in the YAML when they are wanted.
 */

enum { INDEX_VERSION = 1 };

/* Creates and fills the tables from the files. Problems of files are rows; false is a failure of the database. */
bool index_build(struct db *db, const struct source_list *files, struct sv stamp, struct err *err);

/* What the tables were built from: compared with what is there now. */
bool index_stamp(struct db *db, struct buf *out, struct err *err);

/* A list of strings in one column and back. */
void index_join(struct buf *out, const struct strings *list);
struct strings index_split(struct arena *a, struct sv joined);

/* Properties of an item in one number and back; false for one that no index_build() wrote. */
int64_t index_traits(const struct item *item);
bool index_read_traits(int64_t traits, struct item_meta *m);

bool index_load_principles(struct db *db, struct arena *a, struct principle **out, size_t *count, struct err *err);
bool index_load_rubrics(struct db *db, struct arena *a, struct rubric **out, size_t *count, struct err *err);
bool index_load_problems(struct db *db, struct problems *out, struct err *err);

/* Rows of the references, used by index_build(). */
bool index_save_references(struct db *db, const struct references *refs, struct err *err);

#endif
