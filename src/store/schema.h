#ifndef PMPREP_STORE_SCHEMA_H
#define PMPREP_STORE_SCHEMA_H

#include "pmprep/db/db.h"

#include <stdbool.h>
#include <stddef.h>

/* "pmpr": in bytes 68 to 71 of every file of ours. */
#define STORE_APPLICATION_ID 0x706d7072

/* One released step of the schema: from version n to n + 1, where n is its place in the list. Never edited once
 * released. */
struct migration {
    const char *const *sql; /* statements, NULL-terminated */
    unsigned guarded;       /* triggers and views a file holds after this step */
};

/* The list from an empty file to today's version, which is its length. Tests bring their own. */
struct migrations {
    const struct migration *steps;
    int version;
};

extern const struct migrations store_migrations;

/*
 * Looks at an open file and brings it to the schema's version: creates an empty one, migrates an older one after a copy
 * beside it, refuses a foreign, newer or tampered one without touching it. path is for the copy and the messages.
 */
bool migrate_settle(struct db *db, const char *path, bool readonly, const struct migrations *all, struct err *err);

#endif
