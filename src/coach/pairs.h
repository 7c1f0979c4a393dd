#ifndef COACH_PAIRS_H
#define COACH_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/* Numbers by pairs of numbers: a hash table. Zero-initialised is empty. */
struct pair_slot {
    uint32_t first, second;
    int32_t number; /* -1: the slot is free */
};
struct pairs {
    struct pair_slot *slots; /* open addressing, at most half full */
    size_t count, room;
};

/* The number of the pair; -1 when there is none. */
int32_t pairs_find(const struct pairs *p, uint32_t first, uint32_t second);
/* Where the number of the pair stands, until the next call; -1 when it is new: then the caller gives it one. */
int32_t *pairs_at(struct pairs *p, uint32_t first, uint32_t second);
void pairs_release(struct pairs *p);

#endif
