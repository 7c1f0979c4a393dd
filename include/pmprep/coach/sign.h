#ifndef PMPREP_COACH_SIGN_H
#define PMPREP_COACH_SIGN_H

#include "pmprep/coach/number.h"

/*
 * A sign: one measurable property of an answer, written as an expression that people can read:
 *
 *   MEASURE CLASS [by SUBJECT] [in REGION] [beside CLASS]... [with CLASS]... [near CLASS]... [not beside CLASS]...
 *   [not near CLASS]... [without CLASS]... [negated|affirmed] [told|planned] [as EXTENT]
 *
 *   MEASURE  has     1 when there is any, else 0
 *            count   log2(1 + how many)
 *            rate    how many in 100 words, at most 10
 *            share   the share of sentences that have one, 0 to 1
 *            place   where the first stands, 0 (at once) to 1 (at the end or never)
 *   CLASS    of the lexicon or built in; "A|B" is either; "any" is every word. A phrase counts once. Quoted words do
 *            not count unless a CLASS of the expression is `quoted`.
 *   SUBJECT  i we you others customers thing nobody none; "i|nobody" is either
 *   REGION   opening (the first 40 words, at most the first third), first (sentence), start (quarter), middle (half),
 *            half (the second), ending (last quarter), tail (last two sentences), last (sentence), after (what follows
 *            the last deed told of the speaker's side; nothing when there is no deed)
 *   beside: in the same clause; with, without: in the same sentence; near: in the same sentence or one next to it
 *   negated, affirmed: only words within, or out of, the reach of a "not"
 *   told: 0 unless the answer tells an event, a good third of its clauses being in the past; planned: 0 if it does
 *   EXTENT   what a finding marks: words (the hits that stand together), clause (theirs; the usual), sentence
 *
 * or the name of a shape: a measure of the whole answer that needs no class. shapes.c lists them; shape_plain() says
 * what each measures.
 */
struct sign;

/* A shape in plain words; NULL when there is none of that name. */
const char *shape_plain(struct sv name);

/* False: what is wrong with the expression. In the arena. */
bool sign_parse(struct sign **out, const char *expression, const struct lexicon_index *l, struct arena *a,
                struct err *err);

/* A text with what signs need of it; made once per answer. */
struct answer_view;
struct answer_view *answer_view(const struct lexicon_index *l, struct sv text, struct arena *a);
const struct text *answer_text(const struct answer_view *v);
const struct numbers *answer_numbers(const struct answer_view *v);

double sign_value(const struct sign *s, const struct answer_view *v);
/* The bytes that a finding marks: of "has" and "place" around the first hits, of the others around the most hits in one
 * place, earliest first; within one sentence, at most 160 bytes, on word borders. False when there are none. */
bool sign_span(const struct sign *s, const struct answer_view *v, size_t *start, size_t *end);

#endif
