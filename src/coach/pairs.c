#include "coach/pairs.h"

#include "pmprep/base/mem.h"

enum { ROOM_MIN = 1024 };

static struct pair_slot *find_slot(const struct pairs *p, uint32_t first, uint32_t second)
{
    uint64_t hash = ((uint64_t)first << 32 | second) * UINT64_C(0x9e3779b97f4a7c15); /* Fibonacci hashing */
    size_t at = (size_t)(hash >> 32) & (p->room - 1);
    while (p->slots[at].number >= 0 && (p->slots[at].first != first || p->slots[at].second != second)) {
        at = (at + 1) & (p->room - 1);
    }
    return &p->slots[at];
}

int32_t pairs_find(const struct pairs *p, uint32_t first, uint32_t second)
{
    return p->count > 0 ? find_slot(p, first, second)->number : -1;
}

static void grow(struct pairs *p)
{
    struct pairs old = *p;
    p->room = old.room > 0 ? old.room * 2 : ROOM_MIN;
    p->slots = mem_calloc(p->room, sizeof(*p->slots));
    for (size_t i = 0; i < p->room; i++) {
        p->slots[i].number = -1;
    }
    for (size_t i = 0; i < old.room; i++) {
        if (old.slots[i].number >= 0) {
            *find_slot(p, old.slots[i].first, old.slots[i].second) = old.slots[i];
        }
    }
    free(old.slots);
}

int32_t *pairs_at(struct pairs *p, uint32_t first, uint32_t second)
{
    if ((p->count + 1) * 2 > p->room) {
        grow(p);
    }
    struct pair_slot *slot = find_slot(p, first, second);
    if (slot->number < 0) {
        *slot = (struct pair_slot){first, second, -1};
        p->count++;
    }
    return &slot->number;
}

void pairs_release(struct pairs *p)
{
    free(p->slots);
    *p = (struct pairs){NULL, 0, 0};
}
