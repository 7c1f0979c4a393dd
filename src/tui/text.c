#include "pmprep/tui/text.h"

#include "glyph.h"

enum { MEASURE_NARROW = 64, MEASURE_MAX = 72, MEASURE_ROOM = 4, MEASURE_MARGIN = 2 };

/* True while there is another row. A newline at the very end opens none, and the empty text has none. */
static bool next_row(struct sv text, int width, struct wrap_row *row, bool first)
{
    size_t at = first ? 0 : row->next;
    if (!first && at >= text.len) {
        return false;
    }
    *row = wrap_row(text, at, width > 0 ? width : 1);
    return text.len > 0;
}

size_t text_wrap(struct sv text, int width, struct arena *a, struct text_line **lines)
{
    size_t count = 0;
    struct wrap_row row = {0};
    for (bool more = next_row(text, width, &row, true); more; more = next_row(text, width, &row, false)) {
        count++;
    }
    struct text_line *line = arena_array(a, count, sizeof(*line));
    *lines = line;
    for (bool more = next_row(text, width, &row, true); more; more = next_row(text, width, &row, false)) {
        *line++ = (struct text_line){row.start, row.end};
    }
    return count;
}

static void mark_span(struct canvas *c, int row, int col, struct sv text, struct text_line line, struct text_span span)
{
    size_t start = span.start > line.start ? span.start : line.start;
    size_t end = span.end < line.end ? span.end : line.end;
    if (start >= end) {
        return;
    }
    int before = glyph_columns(sv_sub(text, line.start, start - line.start));
    canvas_role(c, row, col + before, glyph_columns(sv_sub(text, start, end - start)), span.role);
}

int text_draw(struct canvas *c, int row, int col, struct sv text, const struct text_line *lines, size_t count,
              size_t from, int rows, enum role role, const struct text_span *spans, size_t span_count)
{
    int drawn = 0;
    for (size_t i = from; i < count && drawn < rows; i++, drawn++) {
        struct sv line = sv_sub(text, lines[i].start, lines[i].end - lines[i].start);
        canvas_put(c, row + drawn, col, role, line);
        for (size_t s = 0; s < span_count; s++) {
            mark_span(c, row + drawn, col, text, lines[i], spans[s]);
        }
    }
    return drawn;
}

int text_put(struct canvas *c, int row, int col, int width, int rows, enum role role, struct sv text)
{
    int used = 0;
    struct wrap_row line = {0};
    for (bool more = next_row(text, width, &line, true); more && (rows == 0 || used < rows);
         more = next_row(text, width, &line, false)) {
        if (rows > 0) {
            canvas_put(c, row + used, col, role, sv_sub(text, line.start, line.end - line.start));
        }
        used++;
    }
    return used;
}

int text_measure(int cols)
{
    if (cols - 2 * MEASURE_MARGIN <= MEASURE_NARROW) {
        return cols > 2 * MEASURE_MARGIN ? cols - 2 * MEASURE_MARGIN : 1;
    }
    int roomy = cols - 2 * MEASURE_ROOM;
    return roomy < MEASURE_NARROW ? MEASURE_NARROW : roomy < MEASURE_MAX ? roomy : MEASURE_MAX;
}
