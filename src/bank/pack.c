#include "bank/pack.h"

#include "pmprep/bank/taxonomy.h"

enum { COUNT_MAX = 255 };

/* The numbers before the strings of an item. */
struct fixed {
    uint64_t revision;
    uint32_t minutes;
    uint8_t kind;
    uint8_t family;
    uint8_t difficulty;
    uint8_t core;
    uint8_t principles;
    uint8_t flaws;
};

void pack_begin(struct buf *out, const char *bank)
{
    buf_add(out, bank, strlen(bank) + 1);
}

static void add_string(struct buf *out, const char *s)
{
    buf_add(out, s, strlen(s) + 1);
}

/* The flaws by which an item is found: those of the bad side or the answer, main flaw first, and those its probes
 * answer. */
static size_t collect_flaws(const struct item *item, const char *names[FLAW_COUNT])
{
    const struct side *side = item->kind == KIND_ANSWER ? &item->answer : &item->bad;
    size_t count = 0;
    for (size_t i = 0; i < side->flaw_count + item->probe_count && count < FLAW_COUNT; i++) {
        bool shown = i < side->flaw_count;
        const char *flaw = shown ? side->flaws[i].flaw : item->probes[i - side->flaw_count].flaw;
        bool known = !*flaw;
        for (size_t k = 0; k < count && !known; k++) {
            known = strcmp(names[k], flaw) == 0;
        }
        if (!known) {
            names[count++] = flaw;
        }
    }
    return count;
}

void pack_item(struct buf *out, const struct item *item)
{
    const char *names[FLAW_COUNT];
    size_t flaw_count = collect_flaws(item, names);
    size_t principle_count = item->principles.count < COUNT_MAX ? item->principles.count : COUNT_MAX;
    struct fixed fixed; /* written as it lies: the cache stays on its machine */
    memset(&fixed, 0, sizeof(fixed));
    fixed.revision = item->revision;
    fixed.minutes = item->minutes;
    fixed.kind = (uint8_t)item->kind;
    fixed.family = (uint8_t)item->family;
    fixed.difficulty = (uint8_t)item->difficulty;
    fixed.core = item->core;
    fixed.principles = (uint8_t)principle_count;
    fixed.flaws = (uint8_t)flaw_count;
    buf_add(out, &fixed, sizeof(fixed));
    add_string(out, item->key);
    add_string(out, item->title);
    for (size_t i = 0; i < principle_count; i++) {
        add_string(out, item->principles.at[i]);
    }
    for (size_t i = 0; i < flaw_count; i++) {
        add_string(out, names[i]);
    }
}

/* The next string, NULL when its NUL is missing. */
static const char *take_string(struct unpacking *u)
{
    const char *s = u->at;
    const char *nul = u->at < u->end ? memchr(s, '\0', (size_t)(u->end - s)) : NULL;
    if (!nul) {
        return NULL;
    }
    u->at = nul + 1;
    return s;
}

/* Principles, then flaws, in one array. */
static bool take_lists(struct unpacking *u, size_t principle_count, size_t flaw_count, struct item_meta *m)
{
    size_t count = principle_count + flaw_count;
    const char **at = count > 0 ? arena_array(u->arena, count, sizeof(*at)) : NULL;
    for (size_t i = 0; i < count; i++) {
        at[i] = take_string(u);
        if (!at[i]) {
            return false;
        }
    }
    m->principles = (struct strings){principle_count > 0 ? at : NULL, principle_count};
    m->flaws = (struct strings){flaw_count > 0 ? at + principle_count : NULL, flaw_count};
    return true;
}

bool unpack_begin(struct unpacking *u, struct sv bytes, struct arena *a)
{
    *u = (struct unpacking){bytes.data, bytes.data + bytes.len, NULL, a};
    u->bank = take_string(u);
    return u->bank != NULL;
}

bool unpack_next(struct unpacking *u, struct item_meta *m)
{
    struct fixed fixed;
    struct unpacking next = *u;
    if ((size_t)(u->end - u->at) < sizeof(fixed)) {
        return false;
    }
    memcpy(&fixed, u->at, sizeof(fixed));
    next.at += sizeof(fixed);
    m->revision = fixed.revision;
    m->kind = (enum item_kind)fixed.kind;
    m->family = (enum family)fixed.family;
    m->difficulty = fixed.difficulty;
    m->minutes = fixed.minutes;
    m->core = fixed.core;
    m->bank = u->bank;
    m->key = take_string(&next);
    m->title = take_string(&next);
    bool sound = fixed.kind < KIND_COUNT && fixed.family < FAMILY_COUNT && m->key && m->title &&
                 take_lists(&next, fixed.principles, fixed.flaws, m);
    if (sound) {
        *u = next;
    }
    return sound;
}

static const char separator = '\x1F'; /* texts hold no control characters: the reader refuses them */

void pack_strings(struct buf *out, const struct strings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) {
            buf_addc(out, separator);
        }
        buf_adds(out, list->at[i]);
    }
}

struct strings unpack_strings(struct arena *a, struct sv joined)
{
    struct strings list = {NULL, 0};
    if (joined.len == 0) {
        return list;
    }
    char *at = arena_sv(a, joined), *end = at + joined.len;
    size_t count = 1;
    for (const char *s = at; (s = memchr(s, separator, (size_t)(end - s))); s++) {
        count++;
    }
    list.at = arena_array(a, count, sizeof(*list.at));
    while (list.count < count) {
        list.at[list.count++] = at;
        at = memchr(at, list.count < count ? separator : '\0', (size_t)(end - at) + 1);
        *at++ = '\0';
    }
    return list;
}
