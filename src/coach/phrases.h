#ifndef COACH_PHRASES_H
#define COACH_PHRASES_H

#include "coach/forms.h"
#include "coach/pairs.h"
#include "pmprep/base/lookup.h"
#include "pmprep/coach/lexicon.h"

/*
 * What building a lexicon (lexicon.c, phrases.c) and marking with it (mark.c) share. Everything stands in arrays and is
 * named by its number there: most of the memory of a coach is this, and marking is as fast as it is small.
 */

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

enum element_kind {
    ELEMENT_WORD,  /* an entry */
    ELEMENT_VERB,  /* of verbs: any of its forms */
    ELEMENT_STEM,  /* of stems: that beginning */
    ELEMENT_CLASS, /* any word of the class */
    ELEMENT_GAP,
};
struct element {
    uint32_t kind : 3;
    uint32_t number : 29;
};

struct verb_element {
    uint32_t forms[FORMS_MAX]; /* entries */
    uint32_t count;
};

struct stem_element {
    const char *text; /* without "*" */
    size_t length;
};

struct phrase {
    uint64_t needs; /* bits of words of which one stands within REACH words after the first, 0: of none; word_bit() */
    uint32_t elements; /* the number of the first */
    uint8_t count;     /* 0: matches nothing */
    uint8_t class;
};
_Static_assert(CLASS_LIMIT <= UINT8_MAX, "a phrase names its class in a byte");

/* A phrase is found by its first two words: an entry or a class, then an entry or BEGIN_ANY. It hangs under every pair
 * of their forms. */
#define BEGIN_CLASS UINT32_C(0x80000000) /* or'ed to a class */
#define BEGIN_ANY   UINT32_MAX
struct hook {
    uint32_t phrase;
    int32_t next; /* with the same two beginnings, -1: none */
};

/* What one word or stem ("stem*") tells. */
struct entry {
    uint32_t set;    /* of its classes */
    uint16_t traits; /* of the word, not of a stem */
    bool begins;     /* a phrase begins with it */
};

/* For fitting: in which topic each phrase was seen; SEEN_NEVER, SEEN_OFTEN or the number of the only one. */
#define SEEN_NEVER UINT32_MAX
#define SEEN_OFTEN (UINT32_MAX - 1)
struct lexicon_use {
    uint32_t topic; /* of the text that is being marked */
    uint32_t *phrases;
};

struct lexicon_index {
    struct arena arena;      /* of names */
    struct arena forms;      /* of the word that is being added */
    struct lexicon_use *use; /* NULL: nobody asks */
    struct lookup words;     /* word or "stem*" to entry */
    struct entry *entries;
    size_t entry_count, entry_room;
    struct class_set *sets; /* those that entries have, which are few; 0 is empty */
    size_t set_count, set_room;
    struct pairs grown; /* set and class to the set with that class too */
    struct element *elements;
    size_t element_count, element_room;
    struct lookup verb_names; /* base to verb */
    struct verb_element *verbs;
    size_t verb_count, verb_room;
    struct stem_element *stems;
    size_t stem_count, stem_room;
    struct phrase *phrases;
    size_t phrase_count, phrase_room;
    struct pairs beginnings; /* first and second word to hook */
    struct hook *hooks;
    size_t hook_count, hook_room;
    struct class_set openers; /* classes that begin a phrase */
    struct lookup classes;    /* by name */
    const char *names[CLASS_LIMIT];
    unsigned class_count;
    uint32_t stem_lengths[STEM_PAIRS]; /* bits of the lengths that stems with these first letters have: stem_pair() */
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

/* The entries that an element stands for: of words and verbs, else none. */
static inline size_t element_forms(const struct lexicon_index *l, const struct element *e, const uint32_t **forms,
                                   uint32_t *own)
{
    if (e->kind == ELEMENT_VERB) {
        *forms = l->verbs[e->number].forms;
        return l->verbs[e->number].count;
    }
    *own = e->number;
    *forms = own;
    return e->kind == ELEMENT_WORD;
}

/* A word of a file as texts have it: lower case, straight apostrophes, with its last "*" if it is the beginning of
 * words. In l->forms; NULL when no text is cut into such a word. */
const char *lexicon_cut(struct lexicon_index *l, struct sv word);
#define NOT_CUT                                                                                                        \
    "has a part that no text is cut into: a word is letters and digits, with - _ & or an apostrophe inside, and has "  \
    "two letters or more before a *"
bool phrase_error(struct err *err, struct place where, const char *phrase, const char *why); /* false */

/* The entry of a word or "stem*", which is copied if it is new; may move the entries. */
uint32_t lexicon_entry(struct lexicon_index *l, const char *word);
void lexicon_entry_add(struct lexicon_index *l, uint32_t entry, unsigned class);
/* Adds a phrase, or the word if it is one alone, to the class. */
bool lexicon_phrase(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err);

#endif
