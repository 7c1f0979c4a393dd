#ifndef PMPREP_BASE_LOOKUP_H
#define PMPREP_BASE_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers by name: a hash table over borrowed strings, which must outlive it. Zero-initialised is empty. */
struct lookup {
    struct lookup_slot *slots;
    size_t room; /* a power of two, or 0 */
    size_t count;
};

/* The number of name. A name that is new gets `number`; the first number given to a name stays. */
uint32_t lookup_add(struct lookup *l, const char *name, uint32_t number);
bool lookup_find(const struct lookup *l, const char *name, uint32_t *number);
/* Room for that many names at once, instead of growing step by step. */
void lookup_reserve(struct lookup *l, size_t names);
void lookup_release(struct lookup *l);

#endif
