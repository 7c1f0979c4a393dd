#include "bank/scan.h"

#include "pmprep/base/utf8.h"

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Are the eight bytes all printable ASCII? The classic tests for a byte below n and for a zero byte, on a whole word.
 */
static bool all_printable(const char *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof(w));
    uint64_t high = EACH_BYTE(0x80);
    uint64_t below_space = (w - EACH_BYTE(0x20)) & ~w;
    uint64_t no_del = w ^ EACH_BYTE(0x7F);
    uint64_t is_del = (no_del - EACH_BYTE(0x01)) & ~no_del;
    return ((w | below_space | is_del) & high) == 0;
}

static bool is_printable(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7F;
}

struct place scan_place(struct sv text, const char *name, size_t offset)
{
    struct place where = {name, 1, 1};
    const char *at = text.data;
    const char *stop = text.data + (offset < text.len ? offset : text.len);
    const char *newline;
    while (at < stop && (newline = memchr(at, '\n', (size_t)(stop - at)))) {
        where.line++;
        at = newline + 1;
    }
    where.column += (unsigned)utf8_count((struct sv){at, (size_t)(stop - at)});
    return where;
}

static bool refuse(struct problems *p, struct sv text, const char *name, size_t offset, const char *why)
{
    problems_add(p, scan_place(text, name, offset), "%s", why);
    return false;
}

static bool refuse_character(struct problems *p, struct sv text, const char *name, size_t offset, uint32_t cp)
{
    static const char fmt[] = "the invisible character U+%04X is not allowed; delete it";
    problems_add(p, scan_place(text, name, offset), fmt, (unsigned)cp);
    return false;
}

/* One character that is not printable ASCII; *used is its length. */
static bool check_character(struct sv text, const char *name, size_t at, size_t line_end, size_t *used,
                            struct problems *p)
{
    uint32_t cp;
    *used = utf8_decode(text.data + at, text.len - at, &cp);
    if (cp == UTF8_REPLACEMENT && *used == 1) {
        return refuse(p, text, name, at, "this byte is not UTF-8; save the file as UTF-8");
    }
    if (cp == 0) {
        return refuse(p, text, name, at, "a NUL byte: this is not a text file");
    }
    if (cp == '\r') {
        return at + 1 == line_end ||
               refuse(p, text, name, at, "a carriage return without a line feed; end lines with LF");
    }
    if (cp != '\t' && utf8_is_unsafe(cp)) {
        return refuse_character(p, text, name, at, cp);
    }
    return true;
}

static bool check_line(struct sv text, const char *name, size_t at, size_t line_end, struct problems *p)
{
    if (line_end - at > SCAN_LINE_MAX) {
        return refuse(p, text, name, at, "this line is longer than 64 KB; break it into shorter ones");
    }
    while (at < line_end) {
        size_t used = 1;
        if (line_end - at >= sizeof(uint64_t) && all_printable(text.data + at)) {
            used = sizeof(uint64_t);
        } else if (!is_printable(text.data[at])) {
            if (!check_character(text, name, at, line_end, &used, p)) {
                return false;
            }
        }
        at += used;
    }
    return true;
}

static bool is_utf16(struct sv text)
{
    if (text.len < 2) {
        return false;
    }
    const unsigned char *b = (const unsigned char *)text.data;
    bool mark = (b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF);
    return mark || (b[0] == 0) != (b[1] == 0);
}

bool scan_text(struct sv text, const char *name, struct problems *p)
{
    if (is_utf16(text)) {
        return refuse(p, text, name, 0, "the file is UTF-16; save it as UTF-8");
    }
    size_t at =
        text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* a mark at the start is harmless */
    while (at < text.len) {
        const char *newline = memchr(text.data + at, '\n', text.len - at);
        size_t line_end = newline ? (size_t)(newline - text.data) : text.len;
        if (!check_line(text, name, at, line_end, p)) {
            return false;
        }
        at = line_end + 1;
    }
    return true;
}
