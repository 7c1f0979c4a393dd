#ifndef PMPREP_TESTS_DRILLFIX_H
#define PMPREP_TESTS_DRILLFIX_H

#include "pmprep/app/drill.h"
#include "support/storefix.h"

/* A drill over the shipped data and tests/fixtures/drill, in a folder of its own, with clocks the test moves. Needs
 * support/unit.h. */
struct drillfix {
    struct buf folder;
    struct buf db;
    struct buf bank;
    struct buf config;
    struct app *app;
    struct store *store;
    struct drill *drill;
    struct drill_options options; /* filter: bank:drilling */
    struct arena arena;
    struct err err;
};

int drillfix_setup(void **state);
int drillfix_teardown(void **state);

void drillfix_reopen(struct drillfix *f); /* the program again, on the same file */
void drillfix_advance(int64_t ms);        /* both clocks */
void drillfix_filter(struct drillfix *f, const char *line);
void drillfix_open(struct drillfix *f);                 /* with f->options; must succeed */
void drillfix_item(struct drillfix *f, const char *id); /* exactly drilling/ID */
void drillfix_close(struct drillfix *f);
const struct drill_view *drillfix_at(struct drillfix *f, enum drill_step step); /* the view, which must be there */

/* From an open question's answer to its rating: level for everything, second scores kept. */
void drillfix_answer(struct drillfix *f, const char *text, int level);
void drillfix_to_schedule(struct drillfix *f, int level); /* after the answer */
void drillfix_ok(struct drillfix *f, bool ok);            /* else fails with the message */

struct attempt drillfix_attempt(struct drillfix *f, size_t newest); /* 0 is the newest */
size_t drillfix_attempts(struct drillfix *f);
bool drillfix_row(struct drillfix *f, const char *unit, struct schedule_row *row);

#define DRILLFIX_DAY  STOREFIX_DAY
#define DRILLFIX_NOON STOREFIX_NOON

#endif
