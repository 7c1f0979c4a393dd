#ifndef COACH_TRAITS_H
#define COACH_TRAITS_H

#include "pmprep/coach/text.h"

/*
 * What the reader of clauses and numbers asks of a word again and again: bits that a lexicon puts on its entries once
 * and lexicon_mark() copies to the tokens. A word has its traits only as it stands: "who's" joins nothing.
 */
enum word_trait {
    TRAIT_JOINING = 1 << 0,     /* opens a clause when it is said who does what after it */
    TRAIT_PREPOSITION = 1 << 1, /* before a noun that does not act: "for the customers" */
    TRAIT_STATE = 1 << 2,       /* looks like a participle, is no deed: "I was interested" hides nobody */
    TRAIT_MANNER = 1 << 3,      /* after "by" it names no actor: "by hand", "by the end" */
    TRAIT_LEAD = 1 << 4,        /* what stands after it is no finite verb: "to", "the", "a" */
    TRAIT_NUMERAL = 1 << 5,     /* a spelled number, or it may begin one: "a", "twice" */
    TRAIT_CHANGE = 1 << 6,      /* a level moved: "fell", "up" */
    TRAIT_APPROXIMATE = 1 << 7, /* passed over before a number: "about", "the" */
    TRAIT_DETERMINER = 1 << 8,  /* begins the name of somebody or something: "the", "his", "no" */
    TRAIT_PERSONAL = 1 << 9,    /* only persons do it: "ordered", "agreed" */
    TRAIT_IMPERSONAL = 1 << 10, /* a pronoun for things: "it", "this" */
};

static inline bool token_is(const struct token *t, enum word_trait trait)
{
    return (t->traits & (unsigned)trait) != 0;
}

/* The i-th list of words with a trait, blanks between them; false after the last. */
bool trait_words(size_t i, enum word_trait *trait, const char **words);

#endif
