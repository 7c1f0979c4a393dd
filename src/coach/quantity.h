#ifndef COACH_QUANTITY_H
#define COACH_QUANTITY_H

#include "pmprep/coach/number.h"

#include <string.h>

/* Reading one quantity: figures and words, with the unit that follows. What it does in its sentence is number.c's. */

struct quantity {
    size_t end; /* token after the number and its unit */
    double value;
    double of; /* as in struct number */
    enum unit unit;
    bool change;  /* a verb that is a change itself: "halved", "doubled" */
    bool counted; /* "7 of 12": the base is a count of cases, as against the rate "one in nine" */
};

/* The quantity that begins at token `at`, which is a word or a number. */
bool quantity_read(const struct text *t, size_t at, struct quantity *q);

/* The word of a token, "" for marks and beyond the text. */
const char *quantity_word(const struct text *t, size_t at);
/* Whether the token is this mark, as "%" or "+". */
bool quantity_mark(const struct text *t, size_t at, const char *mark);
bool quantity_among(const char *word, const char *const *list); /* the list ends with NULL */
bool quantity_time_unit(const char *word);                      /* "week", "minutes" */

static inline bool word_is(const char *word, const char *other)
{
    return strcmp(word, other) == 0;
}

/* A part of something else: percent, points, times, shares. */
static inline bool unit_is_relative(enum unit unit)
{
    return unit == UNIT_PERCENT || unit == UNIT_POINTS || unit == UNIT_SHARE || unit == UNIT_TIMES;
}

/* A date, a clock time, an age, an ordinal or the number of a step, not a quantity. After lexicon_mark(). */
bool number_is_date(const struct text *t, size_t at, const struct quantity *q);

#endif
