#ifndef PMPREP_DB_INTERNAL_H
#define PMPREP_DB_INTERNAL_H

#include "pmprep/db/db.h"

#include <sqlite3.h>
#include <stddef.h>

/* A cached statement and the literal that names it; sql is NULL in a free slot. */
struct slot {
    const char *sql;
    struct stmt *stmt;
};

struct db {
    sqlite3 *handle;
    char *path;         /* as the user wrote it, for messages */
    struct slot *slots; /* open addressing; room is a power of two, at most half of it taken */
    size_t room;
    size_t taken;
};

struct stmt {
    sqlite3_stmt *raw;
    struct db *db;
    int bind_result; /* the first failed binding since the last reset */
};

/* Fills err for the (extended) result code of the last call on db; answers false. */
bool db_fail(struct db *db, int result, struct err *err);

void cache_release(struct db *db);

#endif
