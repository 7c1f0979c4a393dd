#ifndef PMPREP_STORE_SCHEDULE_H
#define PMPREP_STORE_SCHEDULE_H

#include "pmprep/store/store.h"

/* Review log (append-only; undo appends a void) and the schedule, a cache that replaying the log rebuilds. */

/* One entry of the log. */
struct review {
    const char *id; /* UUIDv7 */
    const char *unit;
    const char *attempt; /* id; "" none */
    int rating;          /* 1-4; 0 is a void of the review named by voids */
    const char *voids;   /* id of the voided review; "" */
    int64_t at_ms;
    int32_t day; /* practice day */
    int elapsed_days;
    bool learning_steps; /* pairs and choices */
    int fsrs_version;    /* 6 */
    int rated_by;        /* 0 from the score, 1 changed by the user */
    int32_t due_day;     /* what was decided, the milestone and levelling included: a replay repeats it */
    int64_t due_ms;      /* as in the schedule row */
};

/* Logs the review and stores the row it leads to. The same id again is the same review. */
bool review_add(struct store *s, const struct review *r, const struct schedule_row *after, struct err *err);
/* Appends the void and stores what the row was before (NULL: the unit was new, the row goes). */
bool review_void(struct store *s, const char *review_id, const char *new_id, int64_t now_ms,
                 const struct schedule_row *before, struct err *err);
/* Reviews of one unit (NULL: of all) that no void names, oldest first. */
bool review_log(struct store *s, const char *unit, struct arena *a, struct review **out, size_t *count,
                struct err *err);

/* *found is false for a unit never reviewed. */
bool schedule_get(struct store *s, const char *unit, struct arena *a, struct schedule_row *out, bool *found,
                  struct err *err);
/* By name of the unit. */
bool schedule_all(struct store *s, struct arena *a, struct schedule_row **out, size_t *count, struct err *err);
bool schedule_put(struct store *s, const struct schedule_row *row, struct err *err); /* suspend, levelling, rebuild */
bool schedule_clear(struct store *s, struct err *err);                               /* before a rebuild */
/* Units with due_day <= day (and due_ms <= now_ms when it is set), not suspended. Must stay cheap: one indexed count.
 */
bool schedule_due_count(struct store *s, int32_t day, int64_t now_ms, unsigned *count, struct err *err);
/* New units first reviewed on that day, for the daily limit. */
bool schedule_new_today(struct store *s, int32_t day, unsigned *count, struct err *err);

/* Items the user suspended or flagged, whatever their unit. */
bool item_mark(struct store *s, const char *item, bool suspended, bool flagged, struct err *err);
bool item_marks(struct store *s, struct arena *a, struct strings *suspended, struct strings *flagged, struct err *err);

/* Upserts by id; also brings a removed one back. */
bool milestone_put(struct store *s, const struct milestone *m, struct err *err);
bool milestone_remove(struct store *s, const char *id, struct err *err);
/* By first day, those without a date last. */
bool milestone_all(struct store *s, struct arena *a, struct milestone **out, size_t *count, struct err *err);

bool session_put(struct store *s, const struct session *row, struct err *err); /* upsert */
/* The one of that kind that started last. */
bool session_latest(struct store *s, const char *kind, struct arena *a, struct session *out, bool *found,
                    struct err *err);

bool story_put(struct store *s, const struct story *st, struct err *err); /* upsert */
/* ERR_NOT_FOUND; ERR_USAGE when several begin so. */
bool story_get(struct store *s, const char *id_or_prefix, struct arena *a, struct story *out, struct err *err);
/* In the order they were added. */
bool story_all(struct store *s, struct arena *a, struct story **out, size_t *count, struct err *err);
bool story_delete(struct store *s, const char *id, int64_t now_ms, struct err *err); /* a tombstone, as with attempts */
bool story_undelete(struct store *s, const char *id, struct err *err);

#endif
