#include "edit_impl.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

#include <limits.h>

/* One column is kept for the cursor behind a full row and for the blank that broke it. */
static int wrap_width(const struct edit *e)
{
    return e->single_line ? INT_MAX / 2 : e->view.width > 2 ? e->view.width - 1 : 1;
}

static bool is_last(struct sv text, const struct wrap_row *row)
{
    return row->next >= text.len && !row->newline;
}

static void push_row(struct wrap_row **rows, size_t *count, size_t *cap, struct wrap_row row)
{
    void *array = *rows;
    mem_grow(&array, cap, *count + 1, sizeof(row));
    *rows = array;
    (*rows)[(*count)++] = row;
}

void view_rebuild(struct edit *e)
{
    struct edit_view *v = &e->view;
    struct sv text = edit_text(e);
    struct wrap_row row = {0};
    v->count = 0;
    do {
        row = wrap_row(text, row.next, wrap_width(e));
        push_row(&v->row, &v->count, &v->cap, row);
    } while (!is_last(text, &row));
}

size_t view_row_of(const struct edit *e, size_t at)
{
    size_t low = 0, high = e->view.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (e->view.row[middle].start <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first old row from `from` on that begins at or after `old_start`; rows are in order. */
static size_t row_from(const struct edit_view *v, size_t from, size_t old_start)
{
    while (from < v->count && v->row[from].start < old_start) {
        from++;
    }
    return from;
}

/* Puts fresh rows in the place of old rows [first, last) and moves what follows by the change in length. */
static void replace_rows(struct edit_view *v, size_t first, size_t last, const struct wrap_row *fresh, size_t count,
                         size_t removed, size_t inserted)
{
    size_t tail = v->count - last;
    void *array = v->row;
    mem_grow(&array, &v->cap, first + count + tail, sizeof(*v->row));
    v->row = array;
    struct wrap_row *moved = v->row + first + count;
    memmove(moved, v->row + last, tail * sizeof(*v->row));
    memcpy(v->row + first, fresh, count * sizeof(*fresh));
    for (size_t i = 0; i < tail; i++) {
        moved[i].start = moved[i].start - removed + inserted;
        moved[i].end = moved[i].end - removed + inserted;
        moved[i].next = moved[i].next - removed + inserted;
    }
    v->count = first + count + tail;
}

/*
 * Wrapping depends only on the text from a row's start on, so rows before the one above the change stay, and as soon as
 * a fresh row begins where an old one behind the change did, all the rest is the same again.
 */
void view_spliced(struct edit *e, size_t at, size_t removed, size_t inserted)
{
    struct edit_view *v = &e->view;
    struct sv text = edit_text(e);
    size_t first = view_row_of(e, at);
    first -= first > 2 ? 2 : first;
    struct wrap_row *fresh = NULL;
    size_t count = 0, cap = 0, last = first;
    struct wrap_row row = {.next = v->row[first].start};
    bool same = false;
    do {
        row = wrap_row(text, row.next, wrap_width(e));
        push_row(&fresh, &count, &cap, row);
        if (row.next >= at + inserted && !is_last(text, &row)) {
            size_t old_start = row.next - inserted + removed;
            last = row_from(v, last, old_start);
            same = last < v->count && v->row[last].start == old_start;
        }
    } while (!same && !is_last(text, &row));
    replace_rows(v, first, same ? last : v->count, fresh, count, removed, inserted);
    free(fresh);
}

size_t view_row_limit(const struct edit *e, size_t row)
{
    const struct wrap_row *r = &e->view.row[row];
    bool belongs_below = r->end == r->next && row + 1 < e->view.count;
    return belongs_below ? utf8_prev(edit_text(e), r->end) : r->end;
}

int view_column(const struct edit *e, size_t at)
{
    size_t start = e->view.row[view_row_of(e, at)].start;
    return glyph_columns(sv_sub(edit_text(e), start, at - start));
}

size_t view_offset(const struct edit *e, size_t row, int column)
{
    struct sv text = edit_text(e);
    size_t at = e->view.row[row].start, limit = view_row_limit(e, row);
    for (int used = 0, cols; at < limit; used += cols) {
        size_t next = cluster_next(text, at, &cols);
        if (used + cols > column) {
            break;
        }
        at = next;
    }
    return at < limit ? at : limit;
}

static int prompt_rows(const struct edit *e)
{
    return e->find.active && e->view.rows > 1;
}

static void scroll_rows(struct edit *e)
{
    struct edit_view *v = &e->view;
    size_t rows = (size_t)(v->rows - prompt_rows(e));
    size_t row = view_row_of(e, e->cursor);
    if (row < v->top) {
        v->top = row;
    } else if (row >= v->top + rows) {
        v->top = row - rows + 1;
    }
    size_t furthest = v->count > rows ? v->count - rows : 0;
    if (v->top > furthest) {
        v->top = furthest;
    }
}

static void scroll_columns(struct edit *e)
{
    struct edit_view *v = &e->view;
    struct sv text = edit_text(e);
    if (v->left > e->cursor) {
        v->left = e->cursor;
    }
    v->left = utf8_prev(text, utf8_next(text, v->left) < text.len ? utf8_next(text, v->left) : text.len);
    while (v->left < e->cursor && glyph_columns(sv_sub(text, v->left, e->cursor - v->left)) >= v->width) {
        v->left = utf8_next(text, v->left);
    }
}

void edit_layout(struct edit *e, int width, int rows)
{
    struct edit_view *v = &e->view;
    width = width > 1 ? width : 1;
    bool changed = width != v->width;
    v->width = width;
    v->rows = rows > 1 ? rows : 1;
    if (changed && !e->single_line) {
        view_rebuild(e);
        e->goal = -1;
    }
    scroll_rows(e);
    if (e->single_line) {
        scroll_columns(e);
    }
}

bool edit_click(struct edit *e, int row, int col)
{
    if (row < 0 || row >= e->view.rows - prompt_rows(e) || col < 0) {
        return false;
    }
    size_t at = e->view.top + (size_t)row;
    size_t last = e->view.count - 1;
    bool keep = e->selecting;
    size_t anchor = e->anchor;
    int before = glyph_columns(sv_sub(edit_text(e), 0, e->single_line ? e->view.left : 0));
    edit_set_cursor(e, view_offset(e, at < last ? at : last, before + col));
    e->selecting = keep;
    e->anchor = anchor;
    return true;
}

/* The part of [start, end) that fits in width columns. */
static size_t clip(const struct edit *e, size_t start, size_t end)
{
    struct sv text = edit_text(e);
    int used = 0, cols;
    size_t at = start;
    while (at < end) {
        size_t next = cluster_next(text, at, &cols);
        if (used + cols > e->view.width) {
            break;
        }
        used += cols;
        at = next;
    }
    return at;
}

struct shown_row {
    size_t start, end; /* bytes drawn */
    int row, col;      /* on the canvas */
};

static void mark(const struct edit *e, struct canvas *c, struct shown_row at, size_t start, size_t end, enum role role)
{
    struct sv text = edit_text(e);
    size_t from = start > at.start ? start : at.start;
    size_t to = end < at.end ? end : at.end;
    if (from < to) {
        int before = glyph_columns(sv_sub(text, at.start, from - at.start));
        canvas_role(c, at.row, at.col + before, glyph_columns(sv_sub(text, from, to - from)), role);
    }
}

static void draw_row(const struct edit *e, struct canvas *c, const struct wrap_row *r, int row, int col)
{
    size_t start = e->single_line ? e->view.left : r->start;
    struct shown_row at = {start, clip(e, start, r->end), row, col};
    canvas_put(c, row, col, ROLE_TEXT, sv_sub(edit_text(e), at.start, at.end - at.start));
    size_t from, to;
    if (edit_selection(e, &from, &to) && r->start >= from && (r->start < to || to == e->text.len)) {
        mark(e, c, at, from, to, ROLE_SELECTED);
        if (at.start == at.end) {
            canvas_role(c, row, col, 1, ROLE_SELECTED); /* an empty line shows that it is taken too */
        }
    }
    mark(e, c, at, e->find.hit_start, e->find.hit_end, ROLE_MATCH);
}

/* Of a long needle the end is shown, where it is being typed. */
static void draw_prompt(const struct edit *e, struct canvas *c, int row, int col)
{
    int width = e->view.width - 1; /* one column for the cursor */
    struct sv needle = buf_sv(&e->find.needle);
    canvas_fill(c, row, col, e->view.width, ROLE_STATUS, ' ');
    int used =
        canvas_put_clipped(c, row, col, width, ROLE_STATUS, sv_from(e->find.forward ? "Search: " : "Search back: "));
    size_t at = 0;
    while (at < needle.len && glyph_columns(sv_sub(needle, at, needle.len)) > width - used) {
        at = utf8_next(needle, at);
    }
    used += canvas_put(c, row, col + used, ROLE_STRONG, sv_sub(needle, at, needle.len));
    canvas_cursor(c, row, col + used);
    if (e->find.missing) {
        canvas_put_clipped(c, row, col + used + 2, width - used - 1, ROLE_WARNING, SV("not found"));
    }
}

void edit_draw(const struct edit *e, struct canvas *c, int row, int col, bool focus)
{
    const struct edit_view *v = &e->view;
    int rows = v->rows - prompt_rows(e);
    for (int i = 0; i < rows && v->top + (size_t)i < v->count; i++) {
        draw_row(e, c, &v->row[v->top + (size_t)i], row + i, col);
    }
    if (!focus) {
        return;
    }
    if (e->find.active) {
        draw_prompt(e, c, row + v->rows - 1, col);
        return;
    }
    size_t at = view_row_of(e, e->cursor);
    size_t start = e->single_line ? v->left : v->row[at].start;
    int column = glyph_columns(sv_sub(edit_text(e), start, e->cursor - start));
    canvas_cursor(c, row + (int)(at - v->top), col + (column < v->width ? column : v->width - 1));
}
