#ifndef PMPREP_TESTS_LIBFIX_H
#define PMPREP_TESTS_LIBFIX_H

#include "pmprep/bank/library.h"

/* A folder of its own for each test: user/ for banks, cache.db, and a data folder with the shipped rubrics and
 * principles. */
struct libfix {
    struct arena arena;
    char *root;
    char *user;
    char *cache;
    char *data;
};

/* cmocka's set-up and tear-down; *state is the libfix. Tear-down removes the folder with all that is in it. */
int libfix_setup(void **state);
int libfix_teardown(void **state);

/* A bank "mine" with three items: behavioural, case, transition. */
extern const char libfix_text[];

char *libfix_join(struct libfix *w, const char *folder, const char *name); /* in the arena */
void libfix_write(const char *path, const char *text);

struct library_sources libfix_sources(const struct libfix *w);
struct library *libfix_open(struct libfix *w);
struct library *libfix_open_with(const struct library_sources *sources);

/* The title of an item, or "" when there is none. */
const char *libfix_title(struct library *lib, struct libfix *w, const char *key);
const struct bank_info *libfix_bank(struct library *lib, const char *name);   /* NULL when there is none */
size_t libfix_count(struct library *lib, struct libfix *w, const char *line); /* items that fit the filter */

#endif
