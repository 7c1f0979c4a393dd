#include "glyph.h"

#include "pmprep/base/utf8.h"

enum { ZWNJ = 0x200C, ZWJ = 0x200D, EMOJI_STYLE = 0xFE0F, PICTOGRAPHS = 0x1F000 };

static bool is_joiner(uint32_t cp)
{
    return cp == ZWNJ || cp == ZWJ;
}

static bool is_mark(uint32_t cp)
{
    return cp >= 0x80 && utf8_width(cp) == 0 && !utf8_is_unsafe(cp);
}

/* Terminals disagree on joined emoji and on the emoji style of narrow characters; without these marks all draw the
 * same. */
static bool is_drawn_mark(uint32_t base, uint32_t mark)
{
    return mark != EMOJI_STYLE && !(base >= PICTOGRAPHS && is_joiner(mark));
}

static void take_marks(struct sv s, size_t at, struct glyph *g, size_t count)
{
    uint32_t base = g->cp[0], before = base;
    while (at + g->len < s.len && (unsigned char)s.data[at + g->len] >= 0x80) {
        uint32_t cp;
        size_t used = utf8_decode(s.data + at + g->len, s.len - at - g->len, &cp);
        if (!is_mark(cp) || (is_joiner(cp) && (before < 0x80 || is_joiner(before)))) {
            break;
        }
        if (count <= GLYPH_MARKS && is_drawn_mark(base, cp)) {
            g->cp[count++] = cp;
        }
        before = cp;
        g->len += used;
    }
}

void glyph_at(struct sv s, size_t at, struct glyph *g)
{
    uint32_t cp;
    size_t used = utf8_decode(s.data + at, s.len - at, &cp);
    *g = (struct glyph){.len = used, .cols = 1, .cp = {cp}};
    if (cp >= 0x20 && cp < 0x7F && (at + 1 == s.len || (unsigned char)s.data[at + 1] < 0x80)) {
        return;
    }
    if (cp == '\t') {
        memset(g->shown, ' ', GLYPH_TAB);
        g->cols = GLYPH_TAB;
        return;
    }
    if (cp == UTF8_REPLACEMENT && used == 1) {
        g->cols = snprintf(g->shown, sizeof(g->shown), "<%02X>", (unsigned)(unsigned char)s.data[at]);
        return;
    }
    if (utf8_is_unsafe(cp) || is_joiner(cp)) {
        g->cols = snprintf(g->shown, sizeof(g->shown), "<U+%04X>", (unsigned)cp);
        return;
    }
    if (utf8_width(cp) == 0) {
        g->cp[0] = ' ';
        g->cp[1] = cp;
        take_marks(s, at, g, 2);
        return;
    }
    g->cols = utf8_width(cp);
    take_marks(s, at, g, 1);
}

size_t cluster_next(struct sv s, size_t at, int *cols)
{
    unsigned char first = (unsigned char)s.data[at];
    if (first >= 0x20 && first < 0x7F && (at + 1 == s.len || (unsigned char)s.data[at + 1] < 0x80)) {
        *cols = 1;
        return at + 1;
    }
    size_t next = utf8_next(s, at);
    *cols = glyph_columns(sv_sub(s, at, next - at));
    return next;
}

int glyph_columns(struct sv s)
{
    int cols = 0;
    struct glyph g;
    for (size_t at = 0; at < s.len; at += g.len) {
        glyph_at(s, at, &g);
        cols += g.cols;
    }
    return cols;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct wrap_row wrap_row(struct sv text, size_t start, int width)
{
    struct wrap_row row = {start, text.len, text.len, false};
    size_t at = start, break_end = start, break_next = start;
    int used = 0, cols;
    while (at < text.len && text.data[at] != '\n') {
        size_t next = cluster_next(text, at, &cols);
        if (is_blank(text.data[at])) {
            if (at == start || !is_blank(text.data[at - 1])) {
                break_end = at;
            }
            break_next = next;
        } else if (used + cols > width && at > start) {
            bool has_break = break_next > start && break_end > start;
            row.end = has_break ? break_end : at;
            row.next = has_break ? break_next : at;
            return row;
        }
        used += cols;
        at = next;
    }
    row.end = at;
    row.newline = at < text.len;
    row.next = at + row.newline;
    return row;
}
