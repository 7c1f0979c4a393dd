#ifndef PMPREP_COACH_SCORE_H
#define PMPREP_COACH_SCORE_H

#include "pmprep/bank/labels.h"
#include "pmprep/coach/coach.h"

/* How well the coach agrees with labelled answers. */

struct rule_score {
    const char *rule;
    unsigned tp, fp, fn; /* found rightly, found wrongly, missed */
};

/* tp / (tp + fp) and tp / (tp + fn); 1 when nothing was found, or nothing was there: no error was made. */
double score_precision(const struct rule_score *s);
double score_recall(const struct rule_score *s);

struct label_score {
    struct rule_score *rules; /* of the coach, in its order */
    size_t rule_count;
    unsigned answers;
    unsigned pairs, pairs_told; /* told apart: the bad side weighs more (coach_weight) */
    unsigned strong;            /* answers without a flaw */
    unsigned strong_findings;   /* findings in them */
};

/* With a kind ("" or NULL: each answer's own). In the arena. */
void labels_score(const struct coach *c, const struct labelled_answer *answers, size_t count, const char *kind,
                  struct arena *a, struct label_score *out);

#endif
