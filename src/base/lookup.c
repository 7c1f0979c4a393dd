#include "pmprep/base/lookup.h"

#include "pmprep/base/mem.h"

enum { ROOM_MIN = 64 };

struct lookup_slot {
    const char *name; /* NULL: free */
    uint32_t hash;
    uint32_t number;
};

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 divided by the golden ratio, as in Fibonacci hashing */
    return h ^ h >> 32;
}

/* Eight bytes at a time, for it is called for every item there is; never stored. */
static uint32_t hash_name(const char *name)
{
    size_t len = strlen(name);
    uint64_t h = len, word = 0;
    const char *end = name + len;
    for (; end - name >= (ptrdiff_t)sizeof(word); name += sizeof(word)) {
        memcpy(&word, name, sizeof(word));
        h = mix(h, word);
    }
    for (word = 0; name < end; name++) {
        word = word << 8 | (unsigned char)*name;
    }
    return (uint32_t)(mix(mix(h, word), 0) >> 32); /* the high bits of a product depend on all bits below them */
}

/* The slot of the name, or the free one where it goes. Open addressing; at most half full. */
static struct lookup_slot *find_slot(const struct lookup *l, uint32_t hash, const char *name)
{
    size_t at = hash & (l->room - 1);
    while (l->slots[at].name && (l->slots[at].hash != hash || strcmp(l->slots[at].name, name) != 0)) {
        at = (at + 1) & (l->room - 1);
    }
    return &l->slots[at];
}

void lookup_reserve(struct lookup *l, size_t names)
{
    struct lookup old = *l;
    size_t room = old.room > 0 ? old.room : ROOM_MIN;
    while (room / 2 < names) {
        room *= 2;
    }
    if (room == old.room) {
        return;
    }
    l->room = room;
    l->slots = mem_calloc(room, sizeof(*l->slots));
    for (size_t i = 0; i < old.room; i++) {
        if (old.slots[i].name) {
            *find_slot(l, old.slots[i].hash, old.slots[i].name) = old.slots[i];
        }
    }
    free(old.slots);
}

uint32_t lookup_add(struct lookup *l, const char *name, uint32_t number)
{
    lookup_reserve(l, l->count + 1);
    uint32_t hash = hash_name(name);
    struct lookup_slot *slot = find_slot(l, hash, name);
    if (!slot->name) {
        *slot = (struct lookup_slot){name, hash, number};
        l->count++;
    }
    return slot->number;
}

bool lookup_find(const struct lookup *l, const char *name, uint32_t *number)
{
    if (l->count == 0) {
        return false;
    }
    const struct lookup_slot *slot = find_slot(l, hash_name(name), name);
    if (slot->name) {
        *number = slot->number;
    }
    return slot->name != NULL;
}

void lookup_release(struct lookup *l)
{
    free(l->slots);
    *l = (struct lookup){NULL, 0, 0};
}
