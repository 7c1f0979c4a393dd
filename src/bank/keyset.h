#ifndef BANK_KEYSET_H
#define BANK_KEYSET_H

#include "pmprep/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* A set of strings, for "used twice". Zero-initialised is empty. */
struct keyset {
    struct arena arena;
    struct keyset_slot *slots;
    size_t cap; /* a power of two, or 0 */
    size_t count;
};

bool keyset_add(struct keyset *set, const char *key); /* copies it; false when it is there already */
void keyset_release(struct keyset *set);

#endif
