#ifndef BANK_RULEBOOK_H
#define BANK_RULEBOOK_H

#include "bank/source.h"

/*
 * The coach's rules and words, shipped and the user's. Read when the coach is first asked for; like the shelves they
 * have no part in the cache.
 */
struct rulebook {
    bool loaded;
    struct rule *rules; /* shipped, then the user's; each part sorted by id */
    size_t rule_count;
    struct lexicon *lexicons; /* shipped, then the user's, by file name; those of one id all stay */
    size_t lexicon_count;
    bool words_gone;          /* the lexicons were let go of */
    struct arena words;       /* of the lexicons */
    struct problems problems; /* of files that were left out */
};

/* Reads rules/ and words/ of both folders; NULL: none. A file with problems is left out. Strings, but for those of the
 * lexicons, are in the arena, which outlives the book. refs may be NULL. */
void rulebook_load(struct rulebook *book, const char *shipped, const char *user, const struct references *refs,
                   struct arena *a);
/* The lexicons are most of the book, and of no use once a coach is made of them. They can be read again: their problems
 * are noted once. */
void rulebook_forget_words(struct rulebook *book);
void rulebook_recall_words(struct rulebook *book, const char *shipped, const char *user, struct arena *a);
void rulebook_release(struct rulebook *book);

#endif
