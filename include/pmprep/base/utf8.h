#ifndef PMPREP_BASE_UTF8_H
#define PMPREP_BASE_UTF8_H

#include "pmprep/base/buf.h"
#include "pmprep/base/sv.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes one code point at s (len > 0). Answers the bytes used, at least 1; malformed input gives U+FFFD and 1. */
size_t utf8_decode(const char *s, size_t len, uint32_t *cp);
size_t utf8_encode(uint32_t cp, char out[4]); /* bytes written; cp must be a scalar value */

/* The offset of the first malformed byte, or len when all is well formed. */
size_t utf8_valid(const char *s, size_t len);
size_t utf8_count(struct sv s); /* code points */

/* Columns one code point takes on a terminal: 0 (combining), 1 or 2. Never negative: control characters answer 0. */
int utf8_width(uint32_t cp);
size_t utf8_columns(struct sv s); /* the sum, as wcswidth and curses count: an emoji sequence is as wide as its parts */

/*
 * A cluster is a base character with what combines into it (marks, variation selectors, ZWJ sequences): what the cursor
 * steps over. Offsets are bytes; both clamp to the ends of s.
 */
size_t utf8_next(struct sv s, size_t at);
size_t utf8_prev(struct sv s, size_t at);

/* The longest prefix, on cluster borders, of at most cols columns. */
struct sv utf8_clip(struct sv s, size_t cols);

/*
 * Characters that must never reach a terminal or a message raw: C0, DEL, C1, bidi controls, zero-width, BOM, tags. The
 * joiners U+200C and U+200D are none of them, as scripts and emoji need them; visible_add shows them unless they follow
 * a non-ASCII character.
 */
bool utf8_is_unsafe(uint32_t cp);

/* What visible_add lets pass. */
enum visible_flags {
    VISIBLE_LINE = 0,      /* everything unsafe is shown as <U+XXXX>, also newline and tab */
    VISIBLE_TEXT = 1 << 0, /* newline and tab pass */
};

/* The one sanitiser: appends s with unsafe characters as <U+001B> and malformed bytes as <9F>. Safe text passes. */
void visible_add(struct buf *out, struct sv s, unsigned flags);
bool visible_is_clean(struct sv s, unsigned flags); /* nothing to replace */

#endif
