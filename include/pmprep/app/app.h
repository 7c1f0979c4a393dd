#ifndef PMPREP_APP_APP_H
#define PMPREP_APP_APP_H

#include "pmprep/app/config.h"
#include "pmprep/bank/library.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* What the program was told on its command line and found around it. Strings are borrowed from argv or the environment.
 */
struct app_options {
    const char *db;           /* --db, or NULL */
    const char *data;         /* --data, or NULL */
    const char *const *banks; /* --bank, any number */
    size_t bank_count;
    bool readonly;      /* review, due, doctor: never creates the file */
    const char *config; /* the file of preferences; NULL: config.yaml in the configuration home */
};

/* The open program: library, store, configuration and clocks, handed to every use case. store and library are opened on
 * first use by app_store()/app_library(), so that `due` never opens a bank and `bank check` never opens a database. */
struct app;
struct store;

/* Never fails on what the files hold: a malformed config.yaml leaves its defaults and is told by app_config_problem().
 */
bool app_open(struct app **out, const struct app_options *o, struct err *err);
void app_close(struct app *app); /* NULL is fine */

/* Opens now what is wanted, so that a caller can tell "cannot be opened" from what fails later. A read-only app without
 * a file at the usual place is fine: it has no history yet; one named with --db must be there. */
enum app_needs { APP_STORE = 1 << 0, APP_LIBRARY = 1 << 1 };
bool app_need(struct app *app, unsigned needs, struct err *err);

bool app_store(struct app *app, struct store **out, struct err *err); /* for use cases only: screens and cli never */
bool app_library(struct app *app, struct library **out, struct err *err);

/* As app_store, but *out is NULL, without an error, while a read-only app has no file yet: for use cases that only
 * read. */
bool app_store_if_any(struct app *app, struct store **out, struct err *err);

/* As app_store_if_any, but for writing where the file may be written: the search index can only be checked so. */
bool app_store_to_check(struct app *app, struct store **out, struct err *err);
/* Closes it, as when its file is about to be renamed; the next call opens it again. */
void app_forget_store(struct app *app);

struct config *app_config(struct app *app);
const struct err *app_config_problem(struct app *app); /* NULL when the file was fine */

/* Clocks go through here so that tests of use cases pass their own. */
struct app_clock {
    int64_t (*mono_ms)(void);
    int64_t (*wall_ms)(void);
    int (*offset_min)(int64_t utc_ms);
};
void app_set_clock(struct app *app, const struct app_clock *c);
int64_t app_mono(const struct app *app);
int64_t app_wall(const struct app *app);
int app_offset(const struct app *app);    /* minutes east of UTC now */
int32_t app_today(const struct app *app); /* practice day */

/* Where things are: for doctor and messages; borrowed. NULL with err when there is no such place (no home folder). */
const char *app_db_path(struct app *app, struct err *err);
const char *app_data_path(struct app *app, struct err *err);
const char *app_user_banks(struct app *app, struct err *err); /* the user's own banks; the folder may be missing */
const char *app_config_home(struct app *app,
                            struct err *err);                 /* its rules/ and words/ are the user's; may be missing */
const char *app_cache_path(struct app *app, struct err *err); /* the discardable cache of the library */
const char *const *app_extra_banks(struct app *app, size_t *count); /* --bank */
bool app_is_readonly(const struct app *app);

#endif
