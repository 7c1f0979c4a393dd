#ifndef PMPREP_COACH_LEXICON_H
#define PMPREP_COACH_LEXICON_H

#include "pmprep/bank/rule.h"
#include "pmprep/base/err.h"
#include "pmprep/coach/text.h"

/* The word classes of all lexicon files, ready to mark texts. Read-only once built. */
struct lexicon_index;

/*
 * Classes that the program marks itself, besides those of the files; a file may add words to them.
 * number.h marks: number (any quantity but a date), percent, money, duration, date (dates, years, ages, versions,
 * ordinals: no results), ratio ("one in nine", "half", "3x"), change-number (of a "from A to B", "fell by N", "up N"),
 * technical-number (its unit or noun is the machine's: ms, GB, nodes, uptime), outcome-number (a quantity that measures
 * what changed for customers or the business), bare-percent (a percent or lift without baseline, period, sample or
 * comparison near). clauses_mark: i we you they (pronouns), negation, conditional, past (a finite past-tense verb),
 * passive (the participle of a passive), quoted, acronym (capitals that are no word, not explained in the text),
 * proper.
 */
enum built_in_class {
    CLASS_NUMBER, /* the name of each is its own in lower case with hyphens */
    CLASS_PERCENT,
    CLASS_MONEY,
    CLASS_DURATION,
    CLASS_DATE,
    CLASS_RATIO,
    CLASS_CHANGE_NUMBER,
    CLASS_TECHNICAL_NUMBER,
    CLASS_OUTCOME_NUMBER,
    CLASS_BARE_PERCENT,
    CLASS_I,
    CLASS_WE,
    CLASS_YOU,
    CLASS_THEY,
    CLASS_NEGATION,
    CLASS_CONDITIONAL,
    CLASS_PAST,
    CLASS_PASSIVE,
    CLASS_QUOTED,
    CLASS_ACRONYM,
    CLASS_PROPER,
    CLASS_CUSTOMERS,  /* whom products serve; from the files */
    CLASS_COLLEAGUES, /* roles and groups inside the firm; from the files */
    CLASS_OUTSIDERS,  /* other firms, offices and trades; from the files */
    CLASS_TECHNICAL,  /* parts and units of machines; from the files */
    CLASS_TECHNICAL_METRIC,
    CLASS_BUSINESS_METRIC,
    CLASS_KNOWN_ACRONYM,
    CLASS_GROUP, /* words that hide the actor; from the files */
    CLASS_VERB,  /* a form of any verb of the files or of the program */
    CLASS_PAST_FORM,
    CLASS_PARTICIPLE_FORM,
    CLASS_AUXILIARY, /* be, have, do and the modal verbs */
    CLASS_BE,
    CLASS_BUILT_IN
};

/* False: a phrase that cannot be read, an unknown class, too many classes; file:line:col. Nothing of the
 * records is kept. */
bool lexicon_build(struct lexicon_index **out, const struct lexicon *files, size_t count, struct err *err);
void lexicon_free(struct lexicon_index *l);

/* -1 when unknown. */
int lexicon_class(const struct lexicon_index *l, struct sv name);
const char *lexicon_class_name(const struct lexicon_index *l, unsigned class); /* "" when there is none */
unsigned lexicon_class_count(const struct lexicon_index *l);

/* Adds a class of phrases that has no name, as a rule's `find`; its number, -1 with err. Only before the first marking.
 */
int lexicon_add(struct lexicon_index *l, const struct strings *phrases, struct place place, struct err *err);

/*
 * For fitting: a phrase that was written down because of one answer explains that answer too well. After all answers
 * were marked between lexicon_watch() and lexicon_forget(), each under the number of its topic, phrases that occur in a
 * single topic mark nothing any more; answers marked from then on show what the words would tell of unseen ones.
 */
void lexicon_watch(struct lexicon_index *l, uint32_t topic);
void lexicon_forget(struct lexicon_index *l);

/* Marks every token of t with its classes. A phrase marks all the words it covers. */
void lexicon_mark(const struct lexicon_index *l, struct text *t);

/* After that: clauses, their subjects, negation, tense, passives, acronyms. */
void clauses_mark(struct text *t);

#endif
