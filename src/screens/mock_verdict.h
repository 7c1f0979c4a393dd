#ifndef PMPREP_SCREENS_MOCK_VERDICT_H
#define PMPREP_SCREENS_MOCK_VERDICT_H

#include "page.h"

#include "pmprep/practice/debrief.h"

/* How a loop came out, as paragraphs: at the end of a mock and when it is read again. */
struct mock_verdict {
    const struct debrief *debrief;
    const struct debrief_stage *stages;
    size_t stage_count;
    const char *against, *notes;
};

/* Verdict, interviews, why and what to fix go to p; what it was reckoned from goes to beside (which may be p). */
void mock_verdict_add(struct page *p, struct page *beside, const struct mock_verdict *v);

/* One answer with its findings marked; scored levels follow. subject: "Dive Deep", "Case". */
void mock_answer_add(struct page *p, const struct debrief_answer *a, const char *subject);
/* Only what was said, findings marked. */
void mock_words_add(struct page *p, const struct debrief_answer *a);
void mock_levels_add(struct page *p, const struct debrief_answer *a);

/* The vote in at most nine columns. */
extern const char *const mock_vote_short[VOTE_COUNT + 1];

#endif
