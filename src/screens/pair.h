#ifndef PMPREP_SCREENS_PAIR_H
#define PMPREP_SCREENS_PAIR_H

#include "page.h"

#include "pmprep/bank/model.h"

/* One answer of a pair, annotated: its text with the words of each flaw marked, then what each flaw costs. */
void pair_add_side(struct page *p, const char *heading, const struct side *side);

#endif
