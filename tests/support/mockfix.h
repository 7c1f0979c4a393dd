#ifndef PMPREP_TESTS_MOCKFIX_H
#define PMPREP_TESTS_MOCKFIX_H

#include "pmprep/app/mock.h"
#include "support/storefix.h"

/* A mock over the shipped data, in a folder of its own, with clocks the test moves. Needs support/unit.h. */
struct mockfix {
    struct buf folder;
    struct buf db;
    struct app *app;
    struct store *store;
    struct mock *mock;
    struct mock_options options; /* single-behavioural, typed, seed 7 */
    struct arena arena;
    struct err err;
};

int mockfix_setup(void **state);
int mockfix_teardown(void **state);

void mockfix_ok(struct mockfix *f, bool ok);            /* else fails with the message */
void mockfix_advance(int64_t mono_ms, int64_t wall_ms); /* the clocks, apart */
void mockfix_pass(struct mockfix *f, int64_t ms); /* time passes with a turn each second or so; nothing is typed */
void mockfix_open(struct mockfix *f, const char *loop);
void mockfix_kill(struct mockfix *f);   /* the program is gone without a word; then again, on the same file */
void mockfix_resume(struct mockfix *f); /* the newest run that is open */
const struct mock_view *mockfix_at(struct mockfix *f, enum mock_phase phase); /* the view, which must be there */
/* Whatever stands is answered, up to that phase or until the interview changes. */
void mockfix_step(struct mockfix *f, const char *answer, int64_t ms);
void mockfix_to(struct mockfix *f, enum mock_phase phase, const char *answer, int64_t ms);
/* The debrief up to the verdict: every vote, every level. */
void mockfix_debrief(struct mockfix *f, enum vote vote, int level);

#endif
