#ifndef TESTS_COACH_FIT_H
#define TESTS_COACH_FIT_H

#include "pmprep/bank/library.h"
#include "pmprep/base/lookup.h"
#include "pmprep/coach/score.h"

/* What the parts of `make coach-fit` share. */

enum { FOLDS = 10, SIGNS_MAX = 64, FILE_MAX = 16 * 1024 * 1024 };

struct row {
    const char *text;
    struct answer_view *view;
    const char *kind, *principle;
    struct strings flaws;
    const char *main_flaw; /* of the weak side of a shipped pair, which must show it; NULL: of any other answer */
    const char *only;      /* a fixture says something about this rule alone; NULL: about all */
    const char *topic;
    unsigned number; /* of the topic */
    unsigned fold;
};

struct set {
    struct row *rows;
    size_t count, room;
    struct arena arena;
    const struct coach *coach;
    struct lookup topics;
    unsigned next_topic;
    unsigned source; /* the file that is being added, from 0 */
    bool by_source;
};

/* rows.c: answers to learn from. The rows of a set live until set_release(). */
bool set_add_labels(struct set *s, const char *path, struct err *err);
bool set_add_bank(struct set *s, struct library *lib, struct err *err); /* the shipped pairs and single answers */
void set_add_fixtures(struct set *s, const struct rule *rules, size_t count);
/* Words that were written down because of one answer must not explain it: see lexicon_watch(). */
void set_view(struct set *s, struct lexicon_index *lexicon);
void set_release(struct set *s);
bool row_has(const struct row *row, const char *rule);
bool row_counts(const struct row *row, const struct rule *r); /* the rule is judged by it */

/* What one rule is fitted to. */
struct problem_of {
    const struct rule *rule;
    size_t n, d;
    double *x; /* n rows of d signs, each divided by its spread */
    double *y;
    double *weight; /* of the answer */
    unsigned *fold;
    double spread[SIGNS_MAX];
    double direction[SIGNS_MAX];
};

struct model {
    double bias, w[SIGNS_MAX];
};

/* logistic.c */
void problem_gather(const struct set *s, const struct rule *r, struct problem_of *p, struct arena *a);
/* On the answers outside of a fold; FOLDS: on all. scores holds p->n. */
void model_fit(const struct problem_of *p, unsigned without, double strength, struct model *m, double *scores);
/* The strength of L2 with the least loss, and the scores of every answer by weights that have not seen its topic. */
double strength_choose(const struct problem_of *p, double *best_scores, struct arena *a);
/* Best recall at the wanted precision; where no threshold reaches it, the best F0.5. */
double threshold_choose(const struct problem_of *p, const double *scores);
struct rule_score scores_tally(const struct problem_of *p, const double *scores, double threshold);

/* wrong.c */
void show_wrong(const struct set *s, const struct problem_of *p, const double *scores, double threshold);
/* The signs that would explain most of what the rule gets wrong. */
void show_suggestions(const struct set *s, const struct problem_of *p, const double *scores, struct arena *a);

#endif
