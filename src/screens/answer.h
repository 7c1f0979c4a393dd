#ifndef PMPREP_SCREENS_ANSWER_H
#define PMPREP_SCREENS_ANSWER_H

#include "page.h"

#include "pmprep/app/app.h"
#include "pmprep/bank/filter.h"
#include "pmprep/store/record.h"

/* One past answer as paragraphs of a page: shared by the detail of the list and by the reader. */

/* "Sat 21 Nov 2026, 14:05 · typed in 9:12 · 198 words, 1:24 spoken" */
void answer_add_facts(struct page *p, const struct attempt *at);
/* What was said or written, ticks and pick included; words of the search and spans of findings are marked, the one
 * looked at apart: its index, or one of these. */
#define MARK_ALIKE ((size_t)-1)
#define MARK_NONE  ((size_t)-2)
void answer_add_text(struct page *p, const struct attempt *at, const struct filter *search, size_t looked_at);
/* The words alone. */
void answer_add_words(struct page *p, struct sv text, const struct finding *list, size_t count, size_t looked_at,
                      const struct filter *search);
/* One row a dimension, one column a score set, oldest first. */
void answer_add_scores(struct page *p, const struct attempt *at, const struct rubric *rubric);

/* The anchors of a dimension (NULL: overall), the level marked shown as selected; 0 marks none. */
void answer_add_scale(struct page *p, const struct dimension *d, int marked);
void answer_add_ticks(struct page *p, unsigned ticks);

extern const char *const answer_tick_words[TICK_KINDS];

/* The level of a dimension in a set, 0 when it was not scored; "" is the overall level. */
int answer_level(const struct score *scores, size_t count, const char *dimension);
double answer_mean(const struct attempt *at); /* of the newest set; 0 unscored */

#endif
