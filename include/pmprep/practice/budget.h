#ifndef PMPREP_PRACTICE_BUDGET_H
#define PMPREP_PRACTICE_BUDGET_H

#include "pmprep/store/record.h"

/* Time and words an answer may take, and what the whole item costs (product.md, principle 2): typed time is not spoken
 * time. */
struct budget {
    int64_t answer_ms; /* on the clock */
    int64_t cost_ms;   /* with scoring and evidence: what a promise of minutes is counted in */
    unsigned words;    /* type mode; 0: none */
};

/*
 * minutes is the item's own (0: none): a case answered aloud takes them; for pairs and choices they are the cost.
 * max_words is a rewrite's. median_ms is the user's own time on the clock for this kind and mode (0: unknown), which
 * then sets the cost.
 */
struct budget budget_for(enum item_kind kind, enum answer_mode mode, unsigned minutes, unsigned max_words,
                         int64_t median_ms);

/* The second, shorter try: 90 spoken seconds, or five lines; never more than the first try had. */
struct budget budget_again(enum answer_mode mode, const struct budget *first);

/* The mode an item of this kind is answered in when mode is wanted: pairs and choices are picked, rewrites typed. */
enum answer_mode mode_for(enum item_kind kind, enum answer_mode wanted);

/* The wanted mode of open questions, or the fullest briefer one that fits into limit_ms (0: no limit); outline when
 * none does. */
enum answer_mode mode_within(enum answer_mode wanted, int64_t limit_ms);

#endif
