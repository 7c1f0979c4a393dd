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
    struct problems problems; /* of files that were left out */
};

/* Reads rules/ and words/ of both folders; NULL: none. A file with problems is left out. Strings are in the arena,
 * which outlives the book. refs may be NULL. */
void rulebook_load(struct rulebook *book, const char *shipped, const char *user, const struct references *refs,
                   struct arena *a);
void rulebook_release(struct rulebook *book);

#endif
