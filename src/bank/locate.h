#ifndef BANK_LOCATE_H
#define BANK_LOCATE_H

#include "bank/index.h"

/* Where the lines of an item are, and the item out of them. */
struct location {
    struct source_file file; /* as it was when it was indexed */
    enum source_mark source; /* of items that name none */
    struct extent extent;
};

/* False without an error when there is no such item. */
bool location_find(struct db *db, const char *key, struct arena *a, struct location *l, struct err *err);

/* Reads the item from its lines; in a file that changed meanwhile it is looked for. ERR_NOT_FOUND when it is gone. */
bool location_read(const struct location *l, const char *key, struct arena *a, struct item *out, struct err *err);

#endif
