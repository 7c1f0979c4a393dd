#include "past.h"

#include "pmprep/base/mem.h"

/* The record of the item that has this key, or had it; made when it is the first word about it. */
static struct past_item *record_of(struct past *p, struct drill *d, const char *key)
{
    const char *now = library_present(d->library, key);
    uint32_t at = lookup_add(&p->by_key, now ? now : key, (uint32_t)p->count);

    if (at == p->count) {
        mem_grow((void **)&p->at, &p->cap, p->count + 1, sizeof(*p->at));
        p->at[p->count++] = (struct past_item){.unit = NULL};
    }
    return &p->at[at];
}

static bool add_answers(struct past *p, struct drill *d, struct err *err)
{
    struct seen *seen = NULL;
    size_t count = 0;

    if (!attempts_seen(d->store, &d->arena, &seen, &count, err))
        return false;
    lookup_reserve(&p->by_key, count);
    for (size_t i = 0; i < count; i++) {
        struct past_item *item = record_of(p, d, seen[i].item);
        item->times += seen[i].times;
        if (seen[i].last_ms < item->last_ms)
            continue;
        item->last_ms = seen[i].last_ms;
        item->mean = seen[i].last_mean;
    }
    return true;
}

static bool add_marks(struct past *p, struct drill *d, struct err *err)
{
    struct strings suspended = {NULL, 0};
    struct strings flagged = {NULL, 0};

    if (!item_marks(d->store, &d->arena, &suspended, &flagged, err))
        return false;
    for (size_t i = 0; i < suspended.count; i++)
        record_of(p, d, suspended.at[i])->suspended = true;
    for (size_t i = 0; i < flagged.count; i++)
        record_of(p, d, flagged.at[i])->flagged = true;
    return true;
}

/* A renamed item keeps the unit under which it was scheduled. */
static void add_units(struct past *p, struct drill *d)
{
    for (size_t i = 0; i < d->plan.count; i++) {
        const char *unit = d->plan.rows[i].unit;
        enum unit_kind kind;
        struct sv key;

        if (unit_parse(unit, &kind, &key) && kind == UNIT_ITEM && library_present(d->library, key.data))
            record_of(p, d, key.data)->unit = arena_strdup(&d->arena, unit);
    }
}

bool past_load(struct past *p, struct drill *d, struct err *err)
{
    *p = (struct past){.at = NULL};
    if (!add_answers(p, d, err) || !add_marks(p, d, err))
        return false;
    add_units(p, d);
    return true;
}

void past_release(struct past *p)
{
    lookup_release(&p->by_key);
    free(p->at);
    *p = (struct past){.at = NULL};
}

const struct past_item *past_find(const struct past *p, const char *key)
{
    uint32_t at;

    return lookup_find(&p->by_key, key, &at) ? &p->at[at] : NULL;
}
