#ifndef COACH_VIEW_H
#define COACH_VIEW_H

#include "pmprep/coach/coach.h"

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
    int *sides;     /* of each sentence, what its words lean to: above 0 to machinery, below 0 to people (inside.c) */
    bool told;      /* as an event: a good third of its clauses are in the past */
    uint32_t after; /* the first clause after the speaker's last deed; the number of clauses when there is none */
};

/* The classes of the named lists together, those that there are; names end with NULL. */
struct class_set view_classes(const struct answer_view *v, const char *const *names);

static inline bool classes_overlap(const struct class_set *a, const struct class_set *b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < CLASS_LIMIT / 64; i++) {
        both |= a->bits[i] & b->bits[i];
    }
    return both != 0;
}

/* The share of words before the speaker's first own deed, 1 when there is none; and of words from the first outcome of
 * the later half on, 0 when there is none. */
double view_scene(const struct answer_view *v);
double view_result(const struct answer_view *v);
double view_past_share(const struct answer_view *v); /* of clauses with an actor that are told in the past */

/* inside.c: the share of words in sentences about machinery, in their longest stretch, the share of clauses in which a
 * thing acts in the present, and of figures that are the machine's. */
void view_lean(struct answer_view *v, struct arena *a); /* fills sides */
double view_inside(const struct answer_view *v);
double view_inside_run(const struct answer_view *v);
double view_thing_present(const struct answer_view *v);
double view_machine_figures(const struct answer_view *v);
double view_machine_results(const struct answer_view *v);
double view_thing_opening(const struct answer_view *v);
double view_name_first(const struct answer_view *v);
double view_listing(const struct answer_view *v);

/* What a finding marks around the words that caused it (span.c). */
enum extent { EXTENT_CLAUSE, EXTENT_WORDS, EXTENT_SENTENCE, EXTENTS };

/* The bytes to mark for tokens [first, end) of one sentence: as much of the extent as SPAN_MAX bytes hold, on word
 * borders, without marks and joining words at its ends. */
enum { SPAN_MAX = 160 };
void span_around(const struct text *t, size_t first, size_t end, enum extent extent, size_t *from, size_t *to);

/* story.c: shapes of who does what, and where; see sign.h. */
double view_fault_balance(const struct answer_view *v);
double view_fault_late(const struct answer_view *v);
double view_unowned(const struct answer_view *v);
double view_sufferer(const struct answer_view *v);
double view_show_run(const struct answer_view *v);
double view_made_early(const struct answer_view *v);
double view_thing_doing(const struct answer_view *v);
double view_peopleless_run(const struct answer_view *v);
double view_thing_run(const struct answer_view *v);
double view_weighed(const struct answer_view *v);
double view_deed_chain(const struct answer_view *v);
double view_world_moves(const struct answer_view *v);
double view_last_move(const struct answer_view *v);
double view_uncounted(const struct answer_view *v);

struct star view_star(const struct answer_view *v, const char *kind);
struct asymmetry view_asymmetry(const struct answer_view *v);

/* One of the measures that need no class, by name; NULL when there is none. */
typedef double shape_fn(const struct answer_view *v);
shape_fn *shape_find(struct sv name);

#endif
