#ifndef PMPREP_APP_SCHEDULE_H
#define PMPREP_APP_SCHEDULE_H

#include "pmprep/app/app.h"
#include "pmprep/practice/schedule.h"

/* The schedule as a cache of the review log. */

/* Before a drill: the first one of a day compares the schedule with its log and repairs it; each one fits it. */
bool schedule_ready(struct app *app, struct err *err);

/* After milestones or banks changed: nothing stays due after the milestone; items that are suspended or gone are not
 * due. */
bool schedule_fit(struct app *app, struct err *err);

struct store;
/* Compares the stored schedule with a replay of the log: how many units the log has, and how many rows are not the
 * same. A row that is due earlier than was decided is the same: a milestone may have drawn it nearer. */
bool schedule_compare(struct store *store, unsigned *units, unsigned *differing, struct err *err);
/* Replaces what differs by the replay, in one transaction; suspension is kept. *differing: before the repair. */
bool schedule_rebuild(struct app *app, unsigned *differing, struct err *err);

/* The plan of today, with every row, in the arena. */
bool schedule_plan(struct app *app, struct store *store, struct arena *a, struct plan *out, struct err *err);

#endif
