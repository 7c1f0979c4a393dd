#include "bank/keyset.h"

#include "pmprep/base/hash.h"
#include "pmprep/base/mem.h"

struct keyset_slot {
    uint64_t hash;
    const char *key; /* NULL: free */
};

/* The slot of the key, or the free one where it goes. Open addressing; never more than half full. */
static struct keyset_slot *find(const struct keyset *set, uint64_t hash, const char *key)
{
    size_t at = (size_t)hash & (set->cap - 1);
    while (set->slots[at].key && (set->slots[at].hash != hash || strcmp(set->slots[at].key, key) != 0)) {
        at = (at + 1) & (set->cap - 1);
    }
    return &set->slots[at];
}

static void grow(struct keyset *set)
{
    struct keyset old = *set;
    set->cap = old.cap > 0 ? old.cap * 2 : 64;
    set->slots = mem_calloc(set->cap, sizeof(*set->slots));
    for (size_t i = 0; i < old.cap; i++) {
        if (old.slots[i].key) {
            *find(set, old.slots[i].hash, old.slots[i].key) = old.slots[i];
        }
    }
    free(old.slots);
}

bool keyset_add(struct keyset *set, const char *key)
{
    if (set->count * 2 >= set->cap) {
        grow(set);
    }
    uint64_t hash = hash_field(HASH_INIT, sv_from(key));
    struct keyset_slot *slot = find(set, hash, key);
    if (slot->key) {
        return false;
    }
    *slot = (struct keyset_slot){hash, arena_strdup(&set->arena, key)};
    set->count++;
    return true;
}

void keyset_release(struct keyset *set)
{
    arena_release(&set->arena);
    free(set->slots);
    *set = (struct keyset){.slots = NULL};
}
