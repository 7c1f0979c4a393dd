#ifndef COACH_PHRASES_H
#define COACH_PHRASES_H

#include "coach/forms.h"
#include "pmprep/base/lookup.h"
#include "pmprep/coach/lexicon.h"

/* What building a lexicon (lexicon.c, phrases.c) and marking with it (mark.c) share. */

enum {
    ELEMENTS_MAX = 8,
    GAP_MAX = 3,
    STEM_MIN = 2,
    STEM_MAX = 24,
    WORD_MAX = 63,
    STEM_PAIRS = 1024,
    HITS_MAX = 4,
    REACH = 8
};

enum element_kind { ELEMENT_WORDS, ELEMENT_STEM, ELEMENT_CLASS, ELEMENT_GAP };

struct element {
    enum element_kind kind;
    unsigned class;            /* ELEMENT_CLASS */
    uint32_t forms[FORMS_MAX]; /* ELEMENT_WORDS: entries, any of them */
    size_t form_count;
    const char *stem; /* ELEMENT_STEM: the beginning, without "*" */
    size_t stem_length;
};

struct phrase {
    struct element *elements;
    size_t count;
    unsigned class;
    uint64_t needs; /* bits of words of which one stands within REACH words after the first, 0: of none; word_bit() */
    int next;       /* with the same two beginnings, -1: none */
};

/* What one word or stem ("stem*") tells. */
struct entry {
    struct class_set classes;
    uint16_t traits; /* of the word, not of a stem */
    bool begins;     /* a phrase begins with it */
};

/* A phrase is found by its first two words: an entry or a class, then an entry or BEGIN_ANY. */
#define BEGIN_CLASS UINT32_C(0x80000000) /* or'ed to a class */
#define BEGIN_ANY   UINT32_MAX
struct beginning {
    uint64_t key; /* first << 32 | second */
    int phrases;  /* -1: the slot is free */
};

/* For fitting: in which topic each phrase was seen; SEEN_NEVER, SEEN_OFTEN or the number of the only one. */
#define SEEN_NEVER UINT32_MAX
#define SEEN_OFTEN (UINT32_MAX - 1)
struct lexicon_use {
    uint32_t topic; /* of the text that is being marked */
    uint32_t *phrases;
};

struct lexicon_index {
    struct arena arena;
    struct lexicon_use *use; /* NULL: nobody asks */
    struct lookup words;     /* word or "stem*" to entry */
    struct lookup classes;   /* by name */
    struct entry *entries;
    size_t entry_count, entry_room;
    struct phrase *phrases;
    size_t phrase_count, phrase_room;
    struct beginning *beginnings; /* open addressing, at most half full */
    size_t beginning_count, beginning_room;
    struct class_set openers; /* classes that begin a phrase */
    const char *names[CLASS_LIMIT];
    unsigned class_count;
    uint32_t stems[STEM_PAIRS]; /* bits of the lengths that stems with these first letters have: stem_pair() */
};

/* A small mark of an entry: a phrase whose words cannot be there is passed over without a look at them. */
static inline uint64_t word_bit(uint32_t entry)
{
    return UINT64_C(1) << (entry * UINT32_C(0x9e3779b1) >> 26); /* Fibonacci hashing into 64 */
}

static inline size_t stem_pair(const char *stem)
{
    return ((size_t)(unsigned char)stem[0] * 31 + (unsigned char)stem[1]) % STEM_PAIRS;
}

/* A word of a file as texts have it: lower case, straight apostrophes, with its last "*" if it is the beginning of
 * words. In the lexicon's arena; NULL when no text is cut into such a word. */
const char *lexicon_cut(struct lexicon_index *l, struct sv word);
#define NOT_CUT                                                                                                        \
    "has a part that no text is cut into: a word is letters and digits, with - _ & or an apostrophe inside, and has "  \
    "two letters or more before a *"
bool phrase_error(struct err *err, struct place where, const char *phrase, const char *why); /* false */

/* The entry of a word or "stem*"; may move the entries. */
uint32_t lexicon_entry(struct lexicon_index *l, const char *word);
/* Adds a phrase, or the word if it is one alone, to the class. */
bool lexicon_phrase(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err);

/* The slot of the key, or the free one where it goes; the table is not empty. */
struct beginning *find_beginning(const struct lexicon_index *l, uint32_t first, uint32_t second);

#endif
