#ifndef PMPREP_TUI_TEXT_H
#define PMPREP_TUI_TEXT_H

#include "pmprep/base/arena.h"
#include "pmprep/tui/canvas.h"

/* Prose on a screen: wrapping, with marked spans. */
struct text_line {
    size_t start, end; /* bytes, without the newline or the blank that broke it */
};

/* Breaks at blanks, inside words only when one is wider than width; newline always breaks. Lines are in the arena. */
size_t text_wrap(struct sv text, int width, struct arena *a, struct text_line **lines);

/* A stretch of the text that stands out; where two overlap the later one wins. */
struct text_span {
    size_t start, end; /* bytes */
    enum role role;
};

/* Draws lines [from, from+rows) at row, col; spans recolour and, in a monochrome scheme, underline. Answers the rows
 * drawn. */
int text_draw(struct canvas *c, int row, int col, struct sv text, const struct text_line *lines, size_t count,
              size_t from, int rows, enum role role, const struct text_span *spans, size_t span_count);

/* Wrap and draw in one go, for short prose; answers the rows used (also when rows is 0: only measures). */
int text_put(struct canvas *c, int row, int col, int width, int rows, enum role role, struct sv text);

/* A text width that reads well in what the screen has: 60 to 72 columns with white space beside it, less when narrow.
 * At least 1. */
int text_measure(int cols);

#endif
