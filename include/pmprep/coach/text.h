#ifndef PMPREP_COACH_TEXT_H
#define PMPREP_COACH_TEXT_H

#include "pmprep/base/arena.h"
#include "pmprep/base/sv.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An answer cut into words, clauses and sentences. Any bytes are fine: what is no UTF-8 separates words. Markdown marks
 * (heading, list, emphasis, link targets, quoted lines, fenced code) are no words. Everything is in the arena of the
 * caller and linear in the length.
 */

enum { CLASS_LIMIT = 192 }; /* word classes of the lexicon and of the program together */
struct class_set {
    uint64_t bits[CLASS_LIMIT / 64];
};

enum token_kind {
    TOKEN_WORD,   /* "can't", "two-way", "iOS" */
    TOKEN_NUMBER, /* digits with inner points, commas and units that touch: "9.5%", "$1,200", "4k", "3x", "200ms", "Q2"
                     is a word */
    TOKEN_MARK,   /* one character of punctuation or a symbol */
};

/* Who does what a clause tells. */
enum subject {
    SUBJECT_NONE, /* no verb, or not understood */
    SUBJECT_I,
    SUBJECT_WE,
    SUBJECT_YOU,
    SUBJECT_OTHERS,    /* colleagues, teams, they */
    SUBJECT_CUSTOMERS, /* whom the product serves */
    SUBJECT_THING,
    SUBJECT_NOBODY, /* a passive without "by" */
    SUBJECT_COUNT
};

struct token {
    uint32_t start, end; /* bytes of the text */
    const char *lower;   /* lower case, straight apostrophes, NUL-terminated; only words and numbers, else "" */
    uint8_t length;      /* of lower; at most 63, longer words are cut */
    uint8_t kind;        /* enum token_kind */
    bool capital;        /* begins with a capital */
    bool capitals;       /* two letters or more, all capitals */
    bool quoted;         /* between quotation marks, or a quoted line */
    bool negated;        /* in the reach of "not", "never", "no" in its clause */
    uint8_t subject;     /* enum subject of its clause */
    uint16_t traits;     /* of grammar, for the reader of clauses and numbers (src/coach/traits.h) */
    uint32_t word;       /* index among words and numbers, from 0 */
    uint32_t sentence;
    uint32_t clause; /* over the whole text */
    struct class_set classes;
};

struct sentence {
    uint32_t first, end; /* tokens */
    uint32_t words;
    uint32_t paragraph;
    bool question;
    bool item; /* an item of a list */
};

struct text {
    struct sv source;
    struct token *tokens;
    size_t token_count;
    size_t word_count; /* words and numbers */
    struct sentence *sentences;
    size_t sentence_count;
    uint32_t clause_count;
    bool english; /* enough common English words; too short to tell counts as English */
};

/* Tokens, sentences, quotations; classes are empty, clauses and subjects are not known before lexicon_mark()
 * (lexicon.h) and clauses_mark(). A text of more than TEXT_LIMIT bytes is refused by its reader, not here. */
enum { TEXT_LIMIT = 8 * 1024 * 1024 };
void text_parse(struct text *t, struct sv source, struct arena *a);

static inline bool class_has(const struct class_set *s, unsigned class)
{
    return (s->bits[class / 64] >> (class % 64) & 1) != 0;
}

static inline void class_add(struct class_set *s, unsigned class)
{
    s->bits[class / 64] |= UINT64_C(1) << (class % 64);
}

#endif
