#ifndef COACH_VIEW_H
#define COACH_VIEW_H

#include "pmprep/coach/sign.h"

/* What signs need of an answer besides its tokens: where each class stands, and which classes a sentence and a clause
 * have. */

struct hits {
    const uint32_t *at; /* tokens, in order */
    size_t count;
};

struct answer_view {
    const struct lexicon_index *lexicon;
    struct text text;
    struct numbers numbers;
    struct hits *by_class;
    struct class_set *sentence_classes;
    struct class_set *clause_classes;
};

/* One of the measures that need no class, by name; NULL when there is none. */
typedef double shape_fn(const struct answer_view *v);
shape_fn *shape_find(struct sv name);

#endif
