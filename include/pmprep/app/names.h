#ifndef PMPREP_APP_NAMES_H
#define PMPREP_APP_NAMES_H

#include "pmprep/base/sv.h"
#include "pmprep/store/record.h"

#include <stdbool.h>

/* What the values of a history record are called: in JSON, options, preferences and tables. */

const char *mode_name(enum answer_mode m);         /* "type" "speak" "outline" "pick" */
bool mode_parse(struct sv s, enum answer_mode *m); /* not "pick", which nobody asks for */
const char *role_name(enum attempt_role r);        /* "first" "again" "probe" "retry" */
const char *phase_name(enum score_phase p);        /* "blind" "evidence" "later" */

extern const char *const level_words[LEVELS]; /* of an answer as a whole, level 1 first */

extern const char *const rewrite_task; /* what to do with the sentence of a rewrite */

/* The tick list, in the order it is shown. */
struct tick_info {
    enum tick tick;
    const char *name;  /* "baseline" */
    const char *label; /* "what it was before" */
};
/* tick_infos[i] is of the bit 1 << i. */
extern const struct tick_info tick_infos[TICK_KINDS];

/* Mean level of the newest score set, the overall level counted like a dimension; 0 when unscored. */
double attempt_mean(const struct attempt *at);

#endif
