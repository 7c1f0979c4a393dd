#ifndef PMPREP_TUI_GLYPH_H
#define PMPREP_TUI_GLYPH_H

#include "pmprep/base/sv.h"

#include <stdbool.h>
#include <stdint.h>

enum { GLYPH_MARKS = 3, GLYPH_TAB = 4 };

/*
 * How one base character with its marks is drawn. The canvas, wrapping and the editor all measure with this, so that
 * they never disagree about columns. Unsafe characters become the visible form of visible_add; a tab is GLYPH_TAB
 * blanks.
 */
struct glyph {
    size_t len;                   /* bytes it was made from */
    int cols;                     /* columns it takes, at least 1 */
    uint32_t cp[1 + GLYPH_MARKS]; /* base and marks, 0 ends; meaningless when shown is not empty */
    char shown[16];               /* ASCII drawn in its place, one column each */
};

/* at < s.len and s.data[at] is not a newline (which would be shown as an unsafe character). */
void glyph_at(struct sv s, size_t at, struct glyph *out);

/* The end of the cluster at `at` < s.len; *cols are the columns of its glyphs. */
size_t cluster_next(struct sv s, size_t at, int *cols);

/* Columns of a text without newlines. */
int glyph_columns(struct sv s);

/* One row of wrapped text: shows [start, end), the next row begins at next; blanks between hang over the edge. */
struct wrap_row {
    size_t start, end, next;
    bool newline; /* a newline ended it: another row follows even at the end of the text */
};

/* Greedy: breaks at blanks, inside words only when one is wider than width (at least 1). The result depends only on the
 * text from `at` on. */
struct wrap_row wrap_row(struct sv text, size_t at, int width);

#endif
