#ifndef COACH_NUMBER_WORDS_H
#define COACH_NUMBER_WORDS_H

#include "pmprep/coach/number.h"

/* The words that numbers are spelled with, and the units that follow them. */

enum part { PART_ONES, PART_TENS, PART_HUNDRED, PART_SCALE, PART_DOZEN, PART_FRACTION, PART_MULTIPLE };

struct part_word {
    const char *word;
    enum part part;
    double value;
};

/* The i-th part, from 0; NULL after the last. */
const struct part_word *number_part_at(size_t i);
const struct part_word *number_part(const char *word); /* NULL when it is none */
enum unit number_unit(const char *word);               /* UNIT_NONE when it is none */
bool number_month(const struct text *t, size_t at);    /* a month, a season or a feast */

#endif
