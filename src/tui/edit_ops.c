#include "edit_impl.h"

#include "pmprep/base/utf8.h"

#include <wctype.h>

/* Where a motion goes from the cursor. */
typedef size_t motion_fn(const struct edit *e);

static size_t go_left(const struct edit *e)
{
    return utf8_prev(edit_text(e), e->cursor);
}

static size_t go_right(const struct edit *e)
{
    return utf8_next(edit_text(e), e->cursor);
}

static bool is_word_at(struct sv s, size_t at)
{
    uint32_t cp;
    utf8_decode(s.data + at, s.len - at, &cp);
    return cp == '_' || cp == '\'' || cp == 0x2019 || iswalnum((wint_t)cp);
}

static size_t go_word_right(const struct edit *e)
{
    struct sv s = edit_text(e);
    size_t at = e->cursor;
    while (at < s.len && !is_word_at(s, at)) {
        at = utf8_next(s, at);
    }
    while (at < s.len && is_word_at(s, at)) {
        at = utf8_next(s, at);
    }
    return at;
}

static size_t go_word_left(const struct edit *e)
{
    struct sv s = edit_text(e);
    size_t at = e->cursor;
    while (at > 0 && !is_word_at(s, utf8_prev(s, at))) {
        at = utf8_prev(s, at);
    }
    while (at > 0 && is_word_at(s, utf8_prev(s, at))) {
        at = utf8_prev(s, at);
    }
    return at;
}

/* The row on the screen first, then the whole line. */
static size_t go_line_start(const struct edit *e)
{
    size_t start = e->view.row[view_row_of(e, e->cursor)].start;
    return e->cursor > start ? start : edit_line_start(e, e->cursor);
}

static size_t go_line_end(const struct edit *e)
{
    size_t limit = view_row_limit(e, view_row_of(e, e->cursor));
    return e->cursor < limit ? limit : edit_line_end(e, e->cursor);
}

static size_t go_text_start(const struct edit *e)
{
    (void)e;
    return 0;
}

static size_t go_text_end(const struct edit *e)
{
    return e->text.len;
}

static size_t go_to_line_start(const struct edit *e)
{
    return edit_line_start(e, e->cursor);
}

/* At the end of a line its newline goes, so that repeated kills join lines. */
static size_t go_to_line_end(const struct edit *e)
{
    size_t end = edit_line_end(e, e->cursor);
    return e->cursor < end ? end : go_right(e);
}

static bool move(struct edit *e, size_t at)
{
    bool moved = at != e->cursor;
    e->cursor = at;
    e->goal = -1;
    return moved;
}

static bool move_rows(struct edit *e, bool down, size_t count)
{
    size_t row = view_row_of(e, e->cursor);
    size_t last = e->view.count - 1;
    size_t target = down ? (last - row < count ? last : row + count) : (row < count ? 0 : row - count);
    if (target == row) {
        return false;
    }
    int goal = e->goal >= 0 ? e->goal : view_column(e, e->cursor);
    e->cursor = view_offset(e, target, goal);
    e->goal = goal;
    return true;
}

static size_t page(const struct edit *e)
{
    return e->view.rows > 1 ? (size_t)e->view.rows - 1 : 1;
}

static bool delete_to(struct edit *e, size_t to, enum change_kind kind)
{
    if (to == e->cursor) {
        return false;
    }
    size_t start = to < e->cursor ? to : e->cursor;
    size_t end = to < e->cursor ? e->cursor : to;
    edit_change(e, start, end - start, (struct sv){NULL, 0}, kind);
    return true;
}

/* Kills that follow one another gather in the order of the text. */
static bool kill_to(struct edit *e, size_t to, bool was_killing)
{
    if (to == e->cursor) {
        return false;
    }
    if (!was_killing) {
        buf_clear(&e->killed);
    }
    if (to < e->cursor) {
        buf_insert(&e->killed, 0, e->text.data + to, e->cursor - to);
    } else {
        buf_add(&e->killed, e->text.data + e->cursor, to - e->cursor);
    }
    e->killing = true;
    return delete_to(e, to, CHANGE_ALONE);
}

static bool select_line(struct edit *e)
{
    if (!e->selecting) {
        e->selecting = true;
        e->anchor = e->cursor;
        return true;
    }
    size_t end = edit_line_end(e, e->cursor);
    return end < e->text.len && move(e, end + 1);
}

static bool copy(struct edit *e)
{
    size_t start, end;
    if (!edit_selection(e, &start, &end)) {
        return false;
    }
    buf_clear(&e->killed);
    buf_add(&e->killed, buf_str(&e->text) + start, end - start);
    e->selecting = false;
    return true;
}

static bool cut(struct edit *e)
{
    size_t start, end;
    if (!edit_selection(e, &start, &end) || !copy(e)) {
        return false;
    }
    edit_change(e, start, end - start, (struct sv){NULL, 0}, CHANGE_ALONE);
    return true;
}

static bool yank(struct edit *e)
{
    if (e->killed.len == 0) {
        return false;
    }
    edit_change(e, e->cursor, 0, buf_sv(&e->killed), CHANGE_ALONE);
    return true;
}

static bool newline(struct edit *e)
{
    if (e->single_line) {
        return false;
    }
    edit_change(e, e->cursor, 0, SV("\n"), CHANGE_ALONE);
    return true;
}

static bool unselect(struct edit *e)
{
    bool was = e->selecting;
    e->selecting = false;
    return was;
}

static motion_fn *const motions[EDIT_OP_COUNT] = {
    [EDIT_LEFT] = go_left,
    [EDIT_RIGHT] = go_right,
    [EDIT_WORD_LEFT] = go_word_left,
    [EDIT_WORD_RIGHT] = go_word_right,
    [EDIT_LINE_START] = go_line_start,
    [EDIT_LINE_END] = go_line_end,
    [EDIT_TEXT_START] = go_text_start,
    [EDIT_TEXT_END] = go_text_end,
};

static motion_fn *const kills[EDIT_OP_COUNT] = {
    [EDIT_KILL_WORD_LEFT] = go_word_left,
    [EDIT_KILL_WORD_RIGHT] = go_word_right,
    [EDIT_KILL_LINE_LEFT] = go_to_line_start,
    [EDIT_KILL_LINE_RIGHT] = go_to_line_end,
};

static bool deletes(enum edit_op op)
{
    return op == EDIT_BACKSPACE || op == EDIT_DELETE || kills[op];
}

static bool change_text(struct edit *e, enum edit_op op)
{
    switch ((int)op) {
    case EDIT_BACKSPACE:
        return delete_to(e, go_left(e), CHANGE_BACKSPACE);
    case EDIT_DELETE:
        return delete_to(e, go_right(e), CHANGE_DELETE);
    case EDIT_YANK:
        return yank(e);
    case EDIT_NEWLINE:
        return newline(e);
    case EDIT_UNDO:
        return edit_undo(e);
    case EDIT_REDO:
        return edit_redo(e);
    case EDIT_SELECT_LINE:
        return select_line(e);
    case EDIT_COPY:
        return copy(e);
    case EDIT_CUT:
        return cut(e);
    case EDIT_UNSELECT:
        return unselect(e);
    }
    return false;
}

bool edit_do(struct edit *e, enum edit_op op)
{
    bool was_killing = e->killing;
    e->killing = false;
    e->find.hit_start = e->find.hit_end = 0;
    if (e->selecting && deletes(op)) {
        return cut(e);
    }
    if (kills[op]) {
        return kill_to(e, kills[op](e), was_killing);
    }
    if (op != EDIT_BACKSPACE && op != EDIT_DELETE) {
        e->log.open = false;
    }
    if (motions[op]) {
        return move(e, motions[op](e));
    }
    switch ((int)op) {
    case EDIT_UP:
        return move_rows(e, false, 1);
    case EDIT_DOWN:
        return move_rows(e, true, 1);
    case EDIT_PAGE_UP:
        return move_rows(e, false, page(e));
    case EDIT_PAGE_DOWN:
        return move_rows(e, true, page(e));
    }
    return change_text(e, op);
}
