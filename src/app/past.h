#ifndef PMPREP_APP_PAST_H
#define PMPREP_APP_PAST_H

#include "drill_parts.h"

#include "pmprep/base/lookup.h"

/* What the store knows of items, under the keys that they have now: answers, marks, and the unit of a renamed one.
 * Gathered first and then asked once for every item, so that items without a past cost next to nothing. */
struct past_item {
    unsigned times; /* answered, under whatever key */
    int64_t last_ms;
    double mean;      /* level of the last answer; 0 unscored */
    const char *unit; /* under which it was scheduled before it was renamed; NULL */
    bool suspended, flagged;
};

struct past {
    struct past_item *at;
    size_t count, cap;
    struct lookup by_key;
};

/* Strings stay in the arena of the drill. Release it after a failure, too. */
bool past_load(struct past *p, struct drill *d, struct err *err);
void past_release(struct past *p);

const struct past_item *past_find(const struct past *p, const char *key); /* NULL: none */

#endif
