#ifndef PMPREP_APP_REVIEWER_H
#define PMPREP_APP_REVIEWER_H

#include "pmprep/app/app.h"

/*
 * The user's own reviewer: the program that the option `reviewer` names, say a local language model. It runs only when
 * the user asks for it, and gets on its standard input the question, its principle, the rubric with its anchors and the
 * answer, nothing else. What it prints is sanitised and stored with the answer, apart from our findings.
 */
struct reviewer;

enum { REVIEWER_BYTES = 64 * 1024 }; /* of what it prints; the rest is cut off */

bool reviewer_is_set(struct app *app);
/* The command as configured; "" when there is none. */
const char *reviewer_command(struct app *app);

/* Asks it about a stored answer, by the whole id. ERR_USAGE when none is configured or the answer has no text. */
bool reviewer_start(struct app *app, const char *id, struct reviewer **out, struct err *err);
/* True once it has ended; waits for that for at most wait_ms (0: not at all). */
bool reviewer_step(struct reviewer *r, int wait_ms);
/* Waits until it has ended; ^C stops it. */
void reviewer_wait(struct reviewer *r);
/* After its end: stores what it said. False when it failed, was too slow or said nothing: then nothing is stored. */
bool reviewer_finish(struct reviewer *r, struct err *err);
void reviewer_free(struct reviewer *r); /* stops it if it still runs; NULL is fine */

/* How long it may take, in milliseconds. */
int64_t reviewer_limit_ms(struct app *app);

#endif
