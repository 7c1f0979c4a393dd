#ifndef PMPREP_COACH_NUMBER_H
#define PMPREP_COACH_NUMBER_H

#include "pmprep/coach/lexicon.h"

/*
 * The number auditor: every quantity of an answer with its unit and role, every claim made with one, and what such a
 * claim lacks. It also marks the number classes of lexicon.h on the tokens, for the signs.
 */

enum unit {
    UNIT_NONE, /* a bare count */
    UNIT_PERCENT,
    UNIT_POINTS, /* percentage points */
    UNIT_MONEY,
    UNIT_TIME,    /* a duration: seconds to years */
    UNIT_TIMES,   /* 3x, twice, doubled, half */
    UNIT_SHARE,   /* one in nine, 7 of 12, two thirds */
    UNIT_DATE,    /* dates, years, clock times, ages, versions, ordinals: never a result */
    UNIT_MACHINE, /* ms, GB, requests a second, nodes */
    UNIT_COUNT
};

/* What the number does in its sentence. */
enum number_role {
    NUMBER_OTHER,
    NUMBER_CHANGE,   /* how much something changed: "fell by 9%" */
    NUMBER_BEFORE,   /* the level it changed from */
    NUMBER_AFTER,    /* the level reached, or a level that stands alone */
    NUMBER_PERIOD,   /* over how long */
    NUMBER_SAMPLE,   /* of how many */
    NUMBER_COMPARED, /* what a group without the change did, another period, a target */
    NUMBER_ROLES
};

struct number {
    uint32_t first, end; /* tokens */
    double value;        /* as written: 9.5 of "9.5%"; 1/9 of "one in nine"; 0.5 of "half" */
    double of;           /* the count of cases behind "7 of 12" and "9% of 400"; 0: none, as in "one in nine" */
    enum unit unit;
    enum number_role role;
    bool technical; /* it measures the machine */
    bool outcome;   /* it measures what changed for customers or the business */
};

/* One claim: a change that the answer credits to something. A period or comparison that is told in words alone, as "a
 * month", is a number of UNIT_DATE that stands for these words and is in no list. */
struct number_claim {
    uint32_t first, end;                                                       /* tokens of the claim's own words */
    const struct number *change, *before, *after, *period, *sample, *compared; /* NULL: missing */
    bool relative_known; /* it is clear whether percent means relative or points */
    bool relative;
    /* When two shares with their counts are given. */
    bool tested;
    double rate_a, rate_b; /* 0..1 */
    double n_a, n_b;
    double z;            /* two-sided z of two proportions, pooled */
    double p;            /* 0..1 */
    double n_needed;     /* per arm, 80% power at the 5% level: sample_needed() */
    const char *working; /* the arithmetic in one or more lines; "" when there is nothing to show */
};

struct numbers {
    struct number *at;
    size_t count;
    struct number_claim *claims;
    size_t claim_count;
};

/* Finds the numbers and marks their classes; after lexicon_mark() and clauses_mark(). In the arena. */
void numbers_mark(const struct lexicon_index *l, struct text *t, struct arena *a, struct numbers *out);
/* Finds the claims in them and does their arithmetic. */
void numbers_audit(const struct text *t, struct arena *a, struct numbers *n);

/* Two-sided z-test of two proportions with pooled variance: z and p of k_a of n_a against k_b of n_b. False when it
 * cannot be computed (a group is empty, nothing varies). */
bool z_test(double k_a, double n_a, double k_b, double n_b, double *z, double *p);
/* Participants per arm to see an absolute difference d from base rate p with 80% power at the 5% level:
 * 2 (1.96 + 0.84)^2 m (1 - m) / d^2 at the mean m = p + d / 2 of both rates, rounded up; 0 when it cannot be computed.
 * The usual normal approximation: https://www.statstest.com/minimum-detectable-effect-mde-sample-size-guide */
double sample_needed(double p, double d);

#endif
