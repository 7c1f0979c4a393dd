#ifndef PMPREP_PRACTICE_SCHEDULE_H
#define PMPREP_PRACTICE_SCHEDULE_H

#include "pmprep/bank/model.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/lookup.h"
#include "pmprep/base/sv.h"
#include "pmprep/practice/fsrs.h"

/* Units of the schedule, and what one review does to a unit. Pure; all days are practice days (clock_practice_day). */

/* What the schedule repeats: the part of a unit's key before the slash. */
enum unit_kind { UNIT_PRINCIPLE, UNIT_FAMILY, UNIT_FLAW, UNIT_ITEM, UNIT_KINDS };

/* What an item practises, in the arena: an open question its main principle, or its family when it has none and for
 * cases and transition questions; a pair its main flaw; everything else itself ("item/BANK/ID"). */
const char *unit_of(const struct item_meta *m, struct arena *a);
/* The same for thousands of items: units that several share are made once. The names of items must outlive the book.
 * Zero-initialised is empty. */
struct unit_book {
    struct lookup numbers[UNIT_KINDS]; /* indices of units, by what follows the slash */
    const char **units;
    size_t count, room;
};
const char *unit_shared(struct unit_book *b, const struct item_meta *m, struct arena *a);
void unit_book_release(struct unit_book *b);
/* The kind and the rest after the slash, borrowed; false when it is no unit. */
bool unit_parse(const char *unit, enum unit_kind *kind, struct sv *name);

/* Pairs and choices are recognised, so they begin in learning steps; open practice is scheduled in days. */
bool kind_has_steps(enum item_kind k);

/* The day that a review is planned on, and the load around it. */
struct plan {
    int32_t today;
    int64_t now_ms;                  /* UTC */
    int32_t milestone;               /* its first day; 0, or a day not after today: none */
    double retention;                /* 0 < r < 1 */
    const struct schedule_row *rows; /* every unit: the load of the days to come; borrowed */
    size_t count;
};

/* What one rating would lead to. */
struct planned {
    struct schedule_row row; /* unit is the one passed in */
    int elapsed_days;        /* since the last review; 0 for the first */
    int days;                /* until due; 0 within a learning step */
    int64_t seconds;         /* until due, within a learning step; 0 otherwise */
    bool capped;             /* the milestone shortened it */
};

/* The last day a review may fall on: the day before the milestone (the day itself when it is tomorrow); INT32_MAX when
 * there is none. */
int32_t plan_last_day(const struct plan *p);

/*
 * What a review today would make of the unit; before NULL: never reviewed. The interval is FSRS's, moved by a fuzz that
 * depends only on the unit, its reviews and the day, so that what is shown is what is stored; it never passes
 * plan_last_day(); within LEVEL_DAYS of the milestone the least loaded day of the window is taken. A better rating
 * never comes back earlier.
 */
#define LEVEL_DAYS 21
void plan_review(const struct plan *p, const char *unit, const struct schedule_row *before, enum rating r, bool steps,
                 struct planned *out);

/* Repeats a logged review on *row (zeroed for a new unit): memory is computed again, when it is due is what was decided
 * then. */
struct replayed {
    const char *unit;
    enum rating rating;
    bool steps;
    int elapsed_days;
    int32_t day;
    int32_t due_day;
    int64_t due_ms;
};
void plan_replay(const struct replayed *r, struct schedule_row *row);

/* A milestone that is new or nearer: brings what is due after the last day into the days before it, evenly. Changes
 * rows, which must be p->rows; changed[i] tells which. Answers how many. */
size_t plan_fit(const struct plan *p, struct schedule_row *rows, bool *changed);

/* Due now: its day has come, and its moment when it waits within a learning step. */
bool row_is_due(const struct schedule_row *row, int32_t today, int64_t now_ms);

#endif
