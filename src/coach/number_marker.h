#ifndef COACH_NUMBER_MARKER_H
#define COACH_NUMBER_MARKER_H

#include "coach/quantity.h"

/* What finding the numbers (number.c) and telling their roles (number_role.c) share. */

/* How many tokens around a number are looked at: bounded, so that the whole stays linear. */
enum { LOOK_BACK = 6, LOOK_AHEAD = 4, NEAR = 14, FAR = 32 };

struct number_marker {
    const struct lexicon_index *l;
    struct text *t;
    struct numbers *out;
    size_t room;
    int change, problem, period, compared, sample; /* classes of the files; -1 when there is none */
    bool last_technical;                           /* what the numbers so far measured, for those that do not say */
    bool last_known;
    uint32_t last_sentence;
};

static inline bool token_has(const struct text *t, size_t at, int class)
{
    return class >= 0 && at < t->token_count && class_has(&t->tokens[at].classes, (unsigned)class);
}

static inline bool same_sentence(const struct text *t, size_t a, size_t b)
{
    return b < t->token_count && t->tokens[a].sentence == t->tokens[b].sentence;
}

/* Does a level move in the `back` tokens before token `at`? */
bool number_change_near(const struct number_marker *m, size_t at, size_t back);
/* "two a week", "45 calls a day", "640 per month". */
bool number_is_frequency(const struct text *t, const struct number *n);
enum number_role number_role_of(const struct number_marker *m, const struct number *n, bool change_verb);
/* "from 41 to 33 minutes", "19 days to 6", "41 -> 33": settles the roles and units of the number at the index and the
 * one before it; base is the count behind the former, 0: none. */
void number_pair_levels(struct number_marker *m, size_t index, double base);

#endif
