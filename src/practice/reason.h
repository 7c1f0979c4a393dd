#ifndef PMPREP_PRACTICE_REASON_H
#define PMPREP_PRACTICE_REASON_H

#include "pmprep/practice/select.h"

/* Why this one, in the arena: at most three clauses, the strongest first. backlog: more is due than fits. */
const char *reason_for(const struct select_ask *ask, const struct selection *s, bool backlog, struct arena *a);

/* The first of the item's flaws that comes back in the user's answers; NULL. */
const char *recurring_flaw(const struct select_ask *ask, const struct item_meta *m);

#endif
