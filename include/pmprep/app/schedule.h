#ifndef PMPREP_APP_SCHEDULE_H
#define PMPREP_APP_SCHEDULE_H

#include "pmprep/app/app.h"
#include "pmprep/practice/schedule.h"

/* The schedule as a cache of the review log. */

/* After milestones or banks changed: nothing stays due after the milestone; items that are suspended or gone are not
 * due. Drills do it when they open; whoever sets a milestone calls it too. */
bool schedule_fit(struct app *app, struct err *err);

/* Compares the stored schedule with a replay of the log; *differing counts the units that are not the same. With repair
 * it is replaced by the replay, in one transaction; suspension is kept. For doctor. */
bool schedule_replay(struct app *app, bool repair, unsigned *differing, struct err *err);

struct store;
/* The plan of today, with every row, in the arena. */
bool schedule_plan(struct app *app, struct store *store, struct arena *a, struct plan *out, struct err *err);

#endif
