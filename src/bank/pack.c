#include "bank/pack.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/mem.h"

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

/* Its length before and a NUL behind it: neither reading nor checking looks at every byte. */
static void add_string(struct buf *out, const char *s)
{
    size_t len = strlen(s);
    uint16_t before = (uint16_t)len;
    if (len > UINT16_MAX) {
        fatal("a key or title of %zu bytes in a bank", len); /* the schema's limits are far below */
    }
    buf_add(out, &before, sizeof(before));
    buf_add(out, s, len + 1);
}

void pack_begin(struct buf *out, const char *bank)
{
    add_string(out, bank);
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

/* The next string, NULL when it does not end where it should. */
static const char *take_string(struct unpacking *u)
{
    uint16_t len;
    size_t left = (size_t)(u->end - u->at);
    if (left < sizeof(len)) {
        return NULL;
    }
    memcpy(&len, u->at, sizeof(len));
    const char *s = u->at + sizeof(len);
    if (left <= sizeof(len) + len || s[len] != '\0') {
        return NULL;
    }
    u->at = s + len + 1;
    return s;
}

/* Room for so many strings; the lists of many items share one array. */
static const char **take_room(struct unpacking *u, size_t count)
{
    enum { AT_ONCE = 256 };
    if (u->room_left < count) {
        u->room_left = count > AT_ONCE ? count : AT_ONCE;
        u->room = arena_array(u->arena, u->room_left, sizeof(*u->room));
    }
    const char **at = u->room;
    u->room += count;
    u->room_left -= count;
    return at;
}

/* Principles, then flaws. */
static bool take_lists(struct unpacking *u, size_t principle_count, size_t flaw_count, struct item_meta *m)
{
    size_t count = principle_count + flaw_count;
    const char **at = count > 0 ? take_room(u, count) : NULL;
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
    *u = (struct unpacking){.at = bytes.data, .end = bytes.data + bytes.len, .arena = a};
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
