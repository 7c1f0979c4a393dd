#include "pmprep/base/utf8.h"

enum {
    CP_ZWNJ = 0x200C,
    CP_ZWJ = 0x200D,
};

size_t utf8_decode(const char *s, size_t len, uint32_t *cp)
{
    /* The Unicode Standard, table 3-7: the second byte's range depends on the first, the rest are 80..BF. */
    const unsigned char *p = (const unsigned char *)s;
    unsigned char lead = p[0];
    if (lead < 0x80) {
        *cp = lead;
        return 1;
    }
    *cp = UTF8_REPLACEMENT;
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || len < need) {
        return 1;
    }
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) {
        return 1;
    }
    uint32_t value = (lead & (0x7Fu >> need)) << 6 | (p[1] & 0x3Fu);
    for (size_t i = 2; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 1;
        }
        value = value << 6 | (p[i] & 0x3Fu);
    }
    *cp = value;
    return need;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    out[0] = (char)((0xF00u >> len) | cp);
    return len;
}

/* A well-formed U+FFFD is three bytes; malformed input is always one. */
static bool is_malformed(uint32_t cp, size_t used)
{
    return cp == UTF8_REPLACEMENT && used == 1;
}

size_t utf8_valid(const char *s, size_t len)
{
    size_t at = 0;
    while (at < len) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, len - at, &cp);
        if (is_malformed(cp, used)) {
            break;
        }
        at += used;
    }
    return at;
}

size_t utf8_count(struct sv s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++) {
        uint32_t cp;
        at += utf8_decode(s.data + at, s.len - at, &cp);
    }
    return count;
}

size_t utf8_columns(struct sv s)
{
    size_t columns = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        at += utf8_decode(s.data + at, s.len - at, &cp);
        columns += (size_t)utf8_width(cp);
    }
    return columns;
}

static bool is_regional(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

static bool is_skin_tone(uint32_t cp)
{
    return cp >= 0x1F3FB && cp <= 0x1F3FF;
}

/* A superset of Extended_Pictographic that is safe here: it only matters on both sides of a ZWJ. */
static bool is_pictograph(uint32_t cp)
{
    return (cp >= 0x1F000 && cp <= 0x1FAFF && !is_regional(cp)) || (cp >= 0x2190 && cp <= 0x2BFF) || cp == 0xA9 ||
           cp == 0xAE || cp == 0x203C || cp == 0x2049 || cp == 0x2122 || cp == 0x2139;
}

/* What is never alone: it belongs to the cluster before it. Unsafe characters are shown as <U+XXXX> and stand alone. */
static bool is_extender(uint32_t cp)
{
    return cp >= 0x300 && ((utf8_width(cp) == 0 && !utf8_is_unsafe(cp)) || is_skin_tone(cp));
}

static uint32_t code_at(struct sv s, size_t at, size_t *used)
{
    uint32_t cp;
    *used = utf8_decode(s.data + at, s.len - at, &cp);
    return cp;
}

size_t utf8_next(struct sv s, size_t at)
{
    if (at >= s.len) {
        return s.len;
    }
    size_t used;
    uint32_t base = code_at(s, at, &used);
    at += used;
    if (utf8_is_unsafe(base) || is_malformed(base, used)) {
        return at;
    }
    if (is_regional(base) && at < s.len && is_regional(code_at(s, at, &used))) {
        at += used;
    }
    uint32_t before = base;
    while (at < s.len) {
        uint32_t cp = code_at(s, at, &used);
        bool joined = before == CP_ZWJ && is_pictograph(base) && is_pictograph(cp);
        if (!joined && !is_extender(cp)) {
            break;
        }
        before = cp;
        at += used;
    }
    return at;
}

/* The start of the code point (or malformed byte) that ends at `at` > 0. */
static size_t code_before(struct sv s, size_t at)
{
    size_t furthest = at < 4 ? at : 4;
    for (size_t back = 2; back <= furthest; back++) {
        uint32_t cp;
        if (utf8_decode(s.data + at - back, back, &cp) == back) {
            return at - back;
        }
    }
    return at - 1;
}

/* Whether a cluster could begin before `at` and go on past it; only then must utf8_prev look further back. */
static bool may_continue(struct sv s, size_t at)
{
    size_t used;
    uint32_t cp = code_at(s, at, &used);
    if (is_extender(cp) || is_regional(cp)) {
        return true;
    }
    return at > 0 && is_pictograph(cp) && code_at(s, code_before(s, at), &used) == CP_ZWJ;
}

size_t utf8_prev(struct sv s, size_t at)
{
    if (at == 0 || s.len == 0) {
        return 0;
    }
    if (at > s.len) {
        at = s.len;
    }
    size_t start = code_before(s, at);
    while (start > 0 && may_continue(s, start)) {
        start = code_before(s, start);
    }
    for (size_t next = utf8_next(s, start); next < at; next = utf8_next(s, start)) {
        start = next;
    }
    return start;
}

struct sv utf8_clip(struct sv s, size_t cols)
{
    size_t at = 0;
    while (at < s.len) {
        size_t next = utf8_next(s, at);
        size_t columns = utf8_columns(sv_sub(s, at, next - at));
        if (columns > cols) {
            break;
        }
        cols -= columns;
        at = next;
    }
    return sv_sub(s, 0, at);
}
