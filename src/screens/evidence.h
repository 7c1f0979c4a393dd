#ifndef PMPREP_SCREENS_EVIDENCE_H
#define PMPREP_SCREENS_EVIDENCE_H

#include "page.h"

#include "pmprep/app/drill.h"

/* The evidence of the step, without the own answer and the exemplar; the stronger side of a pair goes to beside. */
void evidence_add(struct page *p, struct page *beside, const struct drill_view *v);

/* What a pair teaches, and which option of a choice was right and why: for reading them again, too. */
void evidence_add_sides(struct page *p, struct page *beside, const struct item *item, const struct rubric *rubric);
void evidence_add_right(struct page *p, const struct item *item);

#endif
