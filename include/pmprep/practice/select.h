#ifndef PMPREP_PRACTICE_SELECT_H
#define PMPREP_PRACTICE_SELECT_H

#include "pmprep/base/rng.h"
#include "pmprep/practice/schedule.h"

/*
 * Which unit now, which item of it, and why. Pure: the same pool, ask and seed give the same selection.
 *
 * Units that are due come first, new ones when the day's limit and the minutes allow, others when neither is left.
 * Never the same unit or kind twice in a row if there is another, be it one that is not due, as long as all that is due
 * still fits. A backlog that does not fit the minutes is triaged by what a review gains until the milestone per minute
 * it costs.
 */

/* One item with what the user's history says of it. */
struct select_item {
    const struct item_meta *meta;
    const char *unit;
    int64_t cost_ms;  /* budget_for() */
    int64_t last_ms;  /* of the last answer, UTC; 0 never */
    int32_t last_day; /* its practice day */
    unsigned times;   /* answered */
    double mean;      /* level of the last answer; 0 unscored */
    int tier;         /* 1-3, of the main principle; 0 none */
    bool suspended;
    bool flagged;  /* comes back before other prompts already seen */
    bool used;     /* given or skipped in this session: not again */
    bool recalled; /* used, and graded in a learning step: again once that step is due */
};

/* One unit of the schedule and its items. */
struct select_unit {
    const char *name;
    const struct schedule_row *row; /* NULL: never reviewed */
    size_t first, count;            /* its items in the pool */
    unsigned given;                 /* times in this session, skips included */
    double mean;                    /* level of its latest scored answers; 0 none */
};

/* All that can be given in a session; the arrays live in the caller's arena. */
struct select_pool {
    struct select_item *items; /* by unit, within it in the order they were given in */
    size_t count;
    struct select_unit *units; /* sorted by name */
    size_t unit_count;
};

/* Brings items (kept, in the caller's arena) into the order of their units and groups them; in linear time. */
void select_pool_init(struct select_pool *pool, struct select_item *items, size_t count, struct arena *a);
/* Attaches the schedule; again after every review. rows are borrowed until the next call. */
void select_pool_rows(struct select_pool *pool, const struct schedule_row *rows, size_t count);
struct select_unit *select_pool_unit(struct select_pool *pool, const char *unit); /* NULL when it has no items */

enum select_why { WHY_DUE, WHY_NEW, WHY_AHEAD, WHY_BETWEEN }; /* BETWEEN: not due, but two of a kind would follow */

/* The circumstances of one choice. */
struct select_ask {
    int32_t today;
    int64_t now_ms;
    int32_t milestone; /* first day; 0 none */
    double retention;
    unsigned new_left;        /* new units that may still begin today */
    int64_t left_ms;          /* of the session; INT64_MAX: counted in items */
    unsigned left_items;      /* of the session; UINT_MAX: counted in minutes */
    bool due_only;            /* --due */
    bool not_due;             /* due:no */
    bool new_only;            /* --new: prompts never answered; limits do not apply to a wish */
    bool first;               /* of the session: something is given even if it is longer than the session */
    const char *last_unit;    /* of the item before; NULL */
    int last_kind;            /* enum item_kind; -1 none */
    struct strings recurring; /* flaws that come back in the user's answers, worst first */
};

/* What was chosen, and why. */
struct selection {
    struct select_item *item;
    struct select_unit *unit;
    enum select_why why;
    const char *reason; /* one line for the user, in the arena: "due since Thursday; lapsed 3 times" */
};

/* False when nothing is left to give (or nothing that fits the time left). Does not mark anything as used. */
bool select_next(struct select_pool *pool, const struct select_ask *ask, struct rng *rng, struct arena *a,
                 struct selection *out);

/* Marks a selected item as given. */
void select_take(struct selection *s);

/* Nothing new in the last days before a milestone. */
#define NO_NEW_DAYS 3

/* Mean levels of a user per dimension of a rubric, in its order. */
struct dimension_stat {
    double sum;
    unsigned answers;
};
/* The dimension to score now: the user's weakest; one with few answers counts as middling; ties go by the seed. */
size_t focus_dimension(const struct rubric *r, const struct dimension_stat *stats, struct rng *rng);

#endif
