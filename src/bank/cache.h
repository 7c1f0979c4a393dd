#ifndef BANK_CACHE_H
#define BANK_CACHE_H

#include "bank/index.h"

/*
 * Where the index lies: in the cache file when that is fresh; else it is built, in a new file that replaces the cache
 * by rename, or in memory when there is no cache, when it cannot be written, or when a file is so new that a later edit
 * could leave no trace.
 */
bool cache_open(struct db **out, const struct library_sources *sources, struct source_list *files, struct err *err);

/* Builds in memory, whatever the cache says. */
bool cache_rebuild(struct db **out, struct source_list *files, struct err *err);

#endif
