#include "pmprep/tui/canvas.h"

#include "glyph.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

static const struct cell blank = {.cp = {' '}, .width = 1, .role = ROLE_TEXT};

static struct cell *cell_at(const struct canvas *c, int row, int col)
{
    return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

static size_t area(const struct canvas *c)
{
    return (size_t)c->rows * (size_t)c->cols;
}

void canvas_init(struct canvas *c, int rows, int cols)
{
    *c = (struct canvas){0};
    canvas_resize(c, rows, cols);
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
    c->rows = rows > 0 ? rows : 0;
    c->cols = cols > 0 ? cols : 0;
    c->cells = mem_realloc_array(c->cells, area(c) + 1, sizeof(*c->cells));
    canvas_clear(c);
}

void canvas_release(struct canvas *c)
{
    free(c->cells);
    *c = (struct canvas){0};
}

void canvas_clear(struct canvas *c)
{
    size_t count = area(c);
    for (size_t i = 0; i < count; i++) {
        c->cells[i] = blank;
    }
    c->cursor_row = c->cursor_col = -1;
}

/* Frees a cell for a new character: the other half of a wide one turns blank. */
static void clear_cell(struct canvas *c, int row, int col)
{
    struct cell *cell = cell_at(c, row, col);
    if (cell->width == 0 && col > 0) {
        *cell_at(c, row, col - 1) = blank;
    }
    if (cell->width == 2 && col + 1 < c->cols) {
        *cell_at(c, row, col + 1) = blank;
    }
}

/* Half a wide character at an edge is drawn as a blank. */
static void put_cell(struct canvas *c, int row, int col, enum role role, const uint32_t *cps, size_t count, int width)
{
    bool cut = col < 0 || col + width > c->cols;
    for (int i = 0; i < width; i++) {
        if (col + i < 0 || col + i >= c->cols) {
            continue;
        }
        clear_cell(c, row, col + i);
        struct cell *cell = cell_at(c, row, col + i);
        *cell = (struct cell){.width = (uint8_t)(cut ? 1 : i == 0 ? width : 0), .role = (uint8_t)role};
        if (cut) {
            cell->cp[0] = ' ';
        } else if (i == 0) {
            memcpy(cell->cp, cps, count * sizeof(*cps));
        }
    }
}

static void put_glyph(struct canvas *c, int row, int col, enum role role, const struct glyph *g)
{
    if (g->shown[0] == '\0') {
        put_cell(c, row, col, role, g->cp, 1 + GLYPH_MARKS, g->cols);
        return;
    }
    for (int i = 0; i < g->cols; i++) {
        uint32_t cp = (unsigned char)g->shown[i];
        put_cell(c, row, col + i, role, &cp, 1, 1);
    }
}

int canvas_put(struct canvas *c, int row, int col, enum role role, struct sv text)
{
    int start = col;
    struct glyph g;
    for (size_t at = 0; at < text.len && text.data[at] != '\n'; at += g.len) {
        glyph_at(text, at, &g);
        if (row >= 0 && row < c->rows && col < c->cols) {
            put_glyph(c, row, col, role, &g);
        }
        col += g.cols;
    }
    return col - start;
}

int canvas_puts(struct canvas *c, int row, int col, enum role role, const char *text)
{
    return canvas_put(c, row, col, role, sv_from(text));
}

int canvas_putf(struct canvas *c, int row, int col, enum role role, const char *fmt, ...)
{
    struct buf text = BUF_INIT;
    va_list args;
    va_start(args, fmt);
    buf_vaddf(&text, fmt, args);
    va_end(args);
    int cols = canvas_put(c, row, col, role, buf_sv(&text));
    buf_release(&text);
    return cols;
}

static struct sv first_line(struct sv text)
{
    const char *end = text.len > 0 ? memchr(text.data, '\n', text.len) : NULL;
    return end ? sv_sub(text, 0, (size_t)(end - text.data)) : text;
}

int canvas_put_right(struct canvas *c, int row, int end, enum role role, const char *text)
{
    struct sv line = first_line(sv_from(text));
    int col = end - glyph_columns(line);
    canvas_put(c, row, col, role, line);
    return col;
}

int canvas_put_clipped(struct canvas *c, int row, int col, int cols, enum role role, struct sv text)
{
    struct sv line = first_line(text);
    if (glyph_columns(line) <= cols) {
        return canvas_put(c, row, col, role, line);
    }
    int used = 0;
    struct glyph g;
    for (size_t at = 0; at < line.len; at += g.len) {
        glyph_at(line, at, &g);
        if (used + g.cols > cols - 1) {
            break;
        }
        used += canvas_put(c, row, col + used, role, sv_sub(line, at, g.len));
    }
    return cols > 0 ? used + canvas_puts(c, row, col + used, role, "…") : 0;
}

void canvas_fill(struct canvas *c, int row, int col, int cols, enum role role, uint32_t cp)
{
    char text[4];
    struct sv one = {text, utf8_encode(cp, text)};
    struct glyph g;
    glyph_at(one, 0, &g);
    for (int used = 0; used + g.cols <= cols; used += g.cols) {
        canvas_put(c, row, col + used, role, one);
    }
}

void canvas_role(struct canvas *c, int row, int col, int cols, enum role role)
{
    if (row < 0 || row >= c->rows) {
        return;
    }
    for (int i = col < 0 ? 0 : col; i < col + cols && i < c->cols; i++) {
        cell_at(c, row, i)->role = (uint8_t)role;
    }
}

void canvas_cursor(struct canvas *c, int row, int col)
{
    bool inside = row >= 0 && row < c->rows && col >= 0 && col < c->cols;
    c->cursor_row = inside ? row : -1;
    c->cursor_col = inside ? col : -1;
}

static const char role_letters[ROLE_COUNT] = {
    [ROLE_TEXT] = '.',  [ROLE_STRONG] = 'B',     [ROLE_DIM] = 'd',    [ROLE_TITLE] = 'T', [ROLE_RULE] = 'r',
    [ROLE_KEY] = 'K',   [ROLE_LABEL] = 'l',      [ROLE_STATUS] = 's', [ROLE_ERROR] = 'E', [ROLE_WARNING] = 'W',
    [ROLE_GOOD] = 'G',  [ROLE_SELECTED] = 'S',   [ROLE_MATCH] = 'M',  [ROLE_FOUND] = 'F', [ROLE_BAR] = 'b',
    [ROLE_TIMER] = 't', [ROLE_TIMER_LAST] = 'L',
};

static void trim_end(struct buf *b, size_t from, char what)
{
    size_t len = b->len;
    while (len > from && b->data[len - 1] == what) {
        len--;
    }
    buf_truncate(b, len);
}

static void dump_text(const struct canvas *c, int row, struct buf *out)
{
    size_t start = out->len;
    for (int col = 0; col < c->cols; col++) {
        const struct cell *cell = cell_at(c, row, col);
        for (size_t i = 0; i < sizeof(cell->cp) / sizeof(cell->cp[0]) && cell->cp[i] != 0; i++) {
            char text[4];
            buf_add(out, text, utf8_encode(cell->cp[i], text));
        }
    }
    trim_end(out, start, ' ');
    buf_addc(out, '\n');
}

static void dump_roles(const struct canvas *c, int row, struct buf *out)
{
    size_t start = out->len;
    for (int col = 0; col < c->cols; col++) {
        buf_addc(out, role_letters[cell_at(c, row, col)->role]);
    }
    trim_end(out, start, role_letters[ROLE_TEXT]);
    if (out->len > start) {
        buf_addc(out, '\n');
    }
}

void canvas_dump(const struct canvas *c, bool with_roles, struct buf *out)
{
    for (int row = 0; row < c->rows; row++) {
        dump_text(c, row, out);
        if (with_roles) {
            dump_roles(c, row, out);
        }
    }
}
