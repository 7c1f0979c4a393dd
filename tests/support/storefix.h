#ifndef PMPREP_TESTS_STOREFIX_H
#define PMPREP_TESTS_STOREFIX_H

#include "pmprep/base/buf.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/schedule.h"

/* A store in a folder of its own, and records with everything filled in. Needs support/unit.h first. */

struct storefix {
    struct buf folder;
    struct buf file;
    struct store *store;
    struct arena arena;
    struct err err;
};

/* cmocka's set-up and tear-down; *state is the storefix. The store is open; tear-down removes the folder with all that
 * is in it. */
int storefix_setup(void **state);
int storefix_teardown(void **state);

/* Folders in memory where the system has them: thousands of syncs are not what is tested. */
void storefix_use_memory(void);

void storefix_reopen(struct storefix *f);
void storefix_remove_tree(const char *folder);

/* Runs one constant statement on a file through SQLite itself, behind the store's back. */
void storefix_sql(const char *file, const char *sql);
/* The number in the first column of the first row; -1 when there is none. */
long storefix_int(const char *file, const char *sql);

#define STOREFIX_DAY  20000                                         /* 2024-10-04 */
#define STOREFIX_NOON ((int64_t)STOREFIX_DAY * 86400000 + 43200000) /* UTC milliseconds */

/* "0190...-0000000000NN": distinct and in order of n. Lives in the arena. */
const char *storefix_id(struct arena *a, unsigned n);

/* An unscored typed answer to bank/ITEM at noon of that day, and the snapshot that goes with it. */
struct attempt storefix_attempt(struct arena *a, unsigned n, const char *item, const char *text, int32_t day);
struct item_snapshot storefix_snapshot(const struct attempt *at);

/* One set with the overall level alone. */
struct score_set storefix_scores(struct arena *a, enum score_phase phase, int overall);

void storefix_put(struct storefix *f, const struct attempt *at);

#endif
