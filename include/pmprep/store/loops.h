#ifndef PMPREP_STORE_LOOPS_H
#define PMPREP_STORE_LOOPS_H

#include "pmprep/store/store.h"

/* Mock loops: runs and votes. Their answers are attempts whose session is the run. */

bool loop_put(struct store *s, const struct loop_row *row, struct err *err); /* upsert; revives nothing */
/* What changes while the clock runs: the phase, the state and updated_at. One small row. */
bool loop_put_state(struct store *s, const struct loop_row *row, struct err *err);
/* "last": the newest. ERR_NOT_FOUND; ERR_USAGE when several begin so. Deleted ones are not there. */
bool loop_get(struct store *s, const char *id_or_prefix, struct arena *a, struct loop_row *out, struct err *err);
/* Newest first, without snapshot, plan and what was said: those are "". open: only those that can be resumed. */
bool loop_all(struct store *s, bool open, struct arena *a, struct loop_row **out, size_t *count, struct err *err);
/* A tombstone: the run is gone, its answers stay. */
bool loop_delete(struct store *s, const char *id, int64_t now_ms, struct err *err);

/* Upserts by run, stage and time of the vote. */
bool vote_put(struct store *s, const char *run, const struct vote_row *vote, struct err *err);
/* By stage, blind before final. */
bool vote_all(struct store *s, const char *run, struct arena *a, struct vote_row **out, size_t *count, struct err *err);

/* Everything answered in the session, in the order it was begun, with scores and findings; no tombstones. */
bool attempts_of_session(struct store *s, const char *session, struct arena *a, struct attempt **out, size_t *count,
                         struct err *err);

/* By how many levels the user scores blind above what they give after the evidence, as a mean over the dimensions of
 * the newest 100 answers that have both; *answers: how many those are. */
bool stats_bias(struct store *s, double *levels, unsigned *answers, struct err *err);

#endif
