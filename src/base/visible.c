#include "pmprep/base/utf8.h"

struct range {
    uint32_t first;
    uint32_t last;
};

/*
 * Controls, bidi controls, invisible characters and tags. The joiners U+200C and U+200D are not here: scripts and emoji
 * need them; visible_add shows them where they join nothing.
 */
static const struct range unsafe[] = {
    {0x0000, 0x001F},   /* C0 */
    {0x007F, 0x009F},   /* DEL, C1 */
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x180E, 0x180E},   /* Mongolian vowel separator */
    {0x200B, 0x200B},   /* zero width space */
    {0x200E, 0x200F},   /* left-to-right and right-to-left marks */
    {0x2028, 0x202E},   /* line and paragraph separators, embeddings, overrides */
    {0x2060, 0x206F},   /* word joiner, invisible operators, isolates */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFF9, 0xFFFB},   /* interlinear annotation */
    {0xE0000, 0xE00FF}, /* language tags */
    {0xE01F0, 0xE0FFF}, /* default-ignorable and unassigned */
};

bool utf8_is_unsafe(uint32_t cp)
{
    if (cp >= 0x20 && cp < 0x7F) {
        return false;
    }
    for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++) {
        if (cp <= unsafe[i].last) {
            return cp >= unsafe[i].first;
        }
    }
    return false;
}

static bool is_joiner(uint32_t cp)
{
    return cp == 0x200C || cp == 0x200D;
}

/* What to do with the code point at s[at]; `before` is the one before it, 0 at the start. */
static bool must_show(uint32_t cp, uint32_t before, unsigned flags)
{
    if ((flags & VISIBLE_TEXT) && (cp == '\n' || cp == '\t')) {
        return false;
    }
    if (is_joiner(cp)) {
        return before < 0x80 || is_joiner(before) || utf8_is_unsafe(before);
    }
    return utf8_is_unsafe(cp);
}

/* The offset of the first character from `at` on that must be shown (its code point and length are given), or s.len. */
static size_t next_hidden(struct sv s, size_t at, unsigned flags, uint32_t *cp, size_t *used)
{
    uint32_t before = 0;
    for (; at < s.len; at += *used) {
        *used = utf8_decode(s.data + at, s.len - at, cp);
        if ((*cp == UTF8_REPLACEMENT && *used == 1) || must_show(*cp, before, flags)) {
            break;
        }
        before = *cp;
    }
    return at;
}

void visible_add(struct buf *out, struct sv s, unsigned flags)
{
    size_t at = 0;
    while (at < s.len) {
        uint32_t cp;
        size_t used;
        size_t hidden = next_hidden(s, at, flags, &cp, &used);
        buf_addsv(out, sv_sub(s, at, hidden - at));
        if (hidden == s.len) {
            return;
        }
        if (cp == UTF8_REPLACEMENT) {
            buf_addf(out, "<%02X>", (unsigned)(unsigned char)s.data[hidden]);
        } else {
            buf_addf(out, "<U+%04X>", (unsigned)cp);
        }
        at = hidden + used;
    }
}

bool visible_is_clean(struct sv s, unsigned flags)
{
    uint32_t cp;
    size_t used;
    return next_hidden(s, 0, flags, &cp, &used) == s.len;
}
