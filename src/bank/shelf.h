#ifndef BANK_SHELF_H
#define BANK_SHELF_H

#include "bank/source.h"

/*
 * Loops, templates and plans: few, small, and wanted only by commands of their own. They are read from their YAML when
 * they are asked for and have no part in the cache, so that Home pays nothing for them.
 */

struct shelf {
    bool loaded;
    void *records; /* of the schema's size, sorted by id */
    size_t count;
};

/* The schema of such a file, whose record begins with its id. NULL for the other kinds. */
const struct schema *shelf_schema(enum file_kind kind);

/* Fills the shelf from the files that are not shipped and from the shipped folder (NULL: none). A file with problems is
 * left out; of several with the same id the one of the highest rank stays. Strings are in the arena. */
void shelf_load(struct shelf *shelf, enum file_kind kind, const struct source_list *files, const char *shipped,
                struct arena *a);

/* The record, or NULL when unknown. */
const void *shelf_find(const struct shelf *shelf, enum file_kind kind, const char *id);

#endif
