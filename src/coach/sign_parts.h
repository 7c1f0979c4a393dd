#ifndef COACH_SIGN_PARTS_H
#define COACH_SIGN_PARTS_H

#include "coach/view.h"

/* A sign as it was read (sign_parse.c) and is measured (sign.c); sign.h tells what each part means. */

enum { CONDITIONS_MAX = 6, UNION_MAX = 8 };

enum measure { MEASURE_HAS, MEASURE_COUNT, MEASURE_RATE, MEASURE_SHARE, MEASURE_PLACE, MEASURES };

enum region {
    REGION_ALL,
    REGION_OPENING,
    REGION_FIRST,
    REGION_START,
    REGION_MIDDLE,
    REGION_ENDING,
    REGION_LAST,
    REGION_HALF,
    REGION_TAIL,
    REGION_AFTER,
    REGIONS
};

enum scope { SCOPE_CLAUSE, SCOPE_SENTENCE, SCOPE_NEAR };

struct condition_of { /* "beside number", "without customers|money" */
    struct class_set classes;
    enum scope scope;
    bool wanted;
};

struct sign {
    shape_fn *shape; /* then nothing else counts */
    enum measure measure;
    bool any; /* every word */
    struct class_set classes;
    unsigned list[UNION_MAX]; /* the same, to walk */
    size_t list_count;
    unsigned subjects; /* bits of enum subject; 0: all */
    enum region region;
    struct condition_of *conditions;
    size_t condition_count;
    bool quoted;  /* quoted words count */
    int negation; /* 1 only negated, -1 only affirmed, 0 both */
    int telling;  /* 1 only in answers told as an event, -1 only in others, 0 in both */
    enum extent extent;
};

#endif
