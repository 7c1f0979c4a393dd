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
 * or one of the shapes: words (hundreds of words), short (1 below 40 words), long (hundreds above 300), sentence
 * (mean words a sentence / 10), longest (words of the longest / 10), i-share (i over i and we, 0.5 when neither),
 * agentless (share of clauses with a verb by nobody, we or a group), others-alone (share of sentences in which others
 * act, divided by one plus those with a share of one's own), accused-alone (the same of those in which they fail or are
 * mocked), scene (share of words before the first own deed),
 * result-share (share of words from the first outcome on, 0 when none), numbers (log2(1 + numbers that are no dates)),
 * claims (claims of the number auditor), bare-claims (claims without baseline, period, sample and comparison),
 * bare-share (their share of all claims), full-claims (log2(1 + claims with two of the four)), repeats (share of
 * content words of the second half that were in the first), past-share (share of clauses that are told in the past),
 * epilogue (share of words of the region `after`), inside (share of words in sentences that speak more of machinery
 * than of people), inside-run (the longest stretch of such sentences, the same way), thing-present (share of clauses in
 * which a thing or nobody acts, and not in the past), machine-figures and machine-results (of all figures, and those of
 * the second half: the share that stand beside words of the machine and not of persons or money), thing-opening (share
 * of words of the first third in which a thing is shown: nobody else acts, no past, no trouble, no figure), name-first
 * (log2(1 + coined names, as MeterMate, at the head of the first three sentences)), listing (commas of the first half
 * that only list, in 10 words), unmeasured (log2(1 + sentences after the first third that tell an effect), 0 as soon as
 * one there gives a figure for it), unmeasured-end (the same for the last third), forks (log2(1 + questions
 * that lay two ways side by side with "or")), fault-balance (clauses in which others fail less those in which the
 * speaker does, of all), fault-late (the same of the last third), unowned (log2(1 + clauses in which others fail), 0
 * when the speaker says what he got wrong), sufferer (share of words before somebody wants or lacks something, 1 when
 * nobody does), show-run (words, in 30, for which an answer shows a thing before anything else, at most 4), made-early
 * (share of the clauses of the first third in which a thing is made or shown and nobody is served), thing-doing (share
 * of clauses in which a thing does something), thing-run (the longest stretch in which things act and persons do not,
 * as a share of the words), peopleless-run (the longest stretch of sentences without persons, money or a choice, the
 * same way), weighed (log2(1 + sentences that turn something down next to a reason or a price)), deed-chain (log2(1 +
 * the longest row of clauses with nothing set against them)), world-moves (of the clauses of the last third, the share
 * in which others or things change), last-move (where the last such clause stands, 0 to 1), uncounted (of the sentences
 * after the first third that tell an effect, the share with no figure in them or beside them).
 */
struct sign;

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
