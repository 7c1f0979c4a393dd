#ifndef PMPREP_TESTS_STAGE_H
#define PMPREP_TESTS_STAGE_H

#include "pmprep/app/app.h"
#include "pmprep/app/drill.h"
#include "pmprep/tui/loop.h"

/*
 * A screen without a terminal: a home of its own, a small bank that changes with no content, a clock that only tests
 * move (Saturday 21 November 2026, 14:05 at UTC+1). Needs support/unit.h first.
 */
struct stage {
    struct buf folder;
    struct app *app;
    struct loop *loop;
    struct err err;
};

/* cmocka's set-up and tear-down; *state is the stage, with a file that is new and whose first run is over. */
int stage_setup(void **state);
int stage_setup_fresh(void **state); /* the first run is still to come */
int stage_teardown(void **state);

/* Some weeks of answers, stories and a milestone; the newest answer has a note, one is flagged. */
void stage_history(struct stage *s);
void stage_many(struct stage *s, unsigned count); /* "answer number N " is the text of each, the newest is the last */

/* Takes ownership; asserts that the screen could be made (err is the stage's). */
void stage_show(struct stage *s, struct screen *first);
/* A drill of one item, by its id in the bank of the fixtures. */
void stage_drill(struct stage *s, const char *id, enum answer_mode mode);

void stage_keys(struct stage *s, const char *names); /* "j Enter ^S" */
void stage_type(struct stage *s, const char *text);
void stage_paste(struct stage *s, const char *text);
void stage_pass(struct stage *s, int64_t ms); /* both clocks go on, and what is due then ticks */

bool stage_sees(struct stage *s, const char *text); /* at 80x24, some row holds it */
bool stage_lacks(struct stage *s, const char *text);
/* Presses the key as long as the text is there; a screen that asks for ever fails the test. */
void stage_while(struct stage *s, const char *text, const char *key);
/* The status row at 80x24; borrowed until the next call. */
const char *stage_status(struct stage *s);

/*
 * Compares what is drawn at 60x18, 80x24 and 132x43, and the roles at 80x24, with tests/golden/NAME.txt. With
 * PMPREP_GOLDEN_WRITE=1 in the environment it writes the file (`make golden`).
 */
void stage_golden(struct stage *s, const char *name);

#endif
