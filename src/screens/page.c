#include "page.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "pmprep/tui/keymap.h"

struct page_row {
    enum role role;
    int indent;
    struct sv text;
    const struct text_span *spans; /* over the whole paragraph */
    size_t span_count;
    struct sv whole; /* the paragraph the row was cut from */
    bool rule;
};

struct page *page_new(void)
{
    return mem_calloc(1, sizeof(struct page));
}

void page_free(struct page *p)
{
    if (!p)
        return;
    arena_release(&p->arena);
    free(p->rows);
    free(p);
}

void page_begin(struct page *p, int width)
{
    arena_reset(&p->arena);
    p->count = p->mark = p->mark_end = 0;
    p->width = width;
    p->key = "j";
}

static struct page_row *add_row(struct page *p)
{
    void *rows = p->rows;
    mem_grow(&rows, &p->cap, p->count + 1, sizeof(*p->rows));
    p->rows = rows;
    p->rows[p->count] = (struct page_row){.role = ROLE_TEXT};
    return &p->rows[p->count++];
}

/* Rows after the first are narrower by hang: the first row is wrapped alone, the rest again. */
static void add_wrapped(struct page *p, struct page_row model, int hang)
{
    struct text_line *lines;
    size_t count = text_wrap(model.whole, p->width - model.indent, &p->arena, &lines);
    size_t from = count > 0 ? lines[0].end : 0;
    if (hang > 0 && count > 1) {
        struct sv rest = sv_sub(model.whole, lines[1].start, model.whole.len - lines[1].start);
        size_t offset = lines[1].start;
        struct text_line *more;
        size_t n = text_wrap(rest, p->width - model.indent - hang, &p->arena, &more);
        struct text_line *all = arena_array(&p->arena, n + 1, sizeof(*all));
        all[0] = (struct text_line){lines[0].start, from};
        for (size_t i = 0; i < n; i++)
            all[i + 1] = (struct text_line){more[i].start + offset, more[i].end + offset};
        lines = all;
        count = n + 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct page_row *row = add_row(p);
        *row = model;
        row->indent += i > 0 ? hang : 0;
        row->text = sv_sub(model.whole, lines[i].start, lines[i].end - lines[i].start);
        if (row->text.len > 0 && row->text.data[row->text.len - 1] == '\r')
            row->text.len--; /* lines of another system end in two characters */
    }
}

static struct sv keep(struct page *p, struct sv text)
{
    return (struct sv){arena_strndup(&p->arena, text.len ? text.data : "", text.len), text.len};
}

void page_add(struct page *p, enum role role, int indent, int hang, struct sv text)
{
    struct sv trimmed = sv_trim(text);
    add_wrapped(p, (struct page_row){.role = role, .indent = indent, .whole = keep(p, trimmed)}, hang);
}

void page_addf(struct page *p, enum role role, int indent, int hang, const char *fmt, ...)
{
    struct buf line = BUF_INIT;
    va_list args;
    va_start(args, fmt);
    buf_vaddf(&line, fmt, args);
    va_end(args);
    page_add(p, role, indent, hang, buf_sv(&line));
    buf_release(&line);
}

/* The line that begins here starts something of its own: a list entry, an indented line, a blank one. */
static bool starts_anew(const char *line)
{
    size_t digits = strspn(line, "0123456789");
    return strchr(" \t\n-*", *line) || (digits > 0 && (line[digits] == '.' || line[digits] == ')'));
}

const char *page_flow(struct arena *a, const char *text)
{
    struct sv trimmed = sv_trim(sv_from(text));
    char *flow = arena_sv(a, trimmed);
    for (char *c = flow; *c; c++)
        if (*c == '\n' && c[1] != '\0' && c[-1] != '\n' && !starts_anew(c + 1))
            *c = ' ';
    return flow;
}

void page_add_prose(struct page *p, enum role role, int indent, const char *text)
{
    page_add(p, role, indent, 0, sv_from(page_flow(&p->arena, text)));
}

void page_add_spans(struct page *p, enum role role, int indent, struct sv text, const struct text_span *spans,
                    size_t count)
{
    struct text_span *own = arena_array(&p->arena, count, sizeof(*own));
    if (count > 0)
        memcpy(own, spans, count * sizeof(*own));
    add_wrapped(
        p, (struct page_row){.role = role, .indent = indent, .whole = keep(p, text), .spans = own, .span_count = count},
        0);
}

void page_mark(struct page *p, size_t start, size_t end)
{
    const char *whole = p->count > 0 ? p->rows[p->count - 1].whole.data : NULL;
    for (size_t i = p->count; i-- > 0 && p->rows[i].whole.data == whole;) {
        size_t from = (size_t)(p->rows[i].text.data - whole);
        if (from >= end || from + p->rows[i].text.len <= start)
            continue;
        p->mark_end = p->mark_end > p->mark ? p->mark_end : i + 1;
        p->mark = i;
    }
}

void page_follow(struct page *p)
{
    p->follows = true;
}

void page_add_term(struct page *p, int column, enum role term_role, const char *term, enum role role, const char *text)
{
    struct text_span *span = arena_alloc(&p->arena, sizeof(*span));
    *span = (struct text_span){0, strlen(term), term_role};
    struct sv said = sv_trim(sv_from(text));
    int gap = column - (int)utf8_columns(sv_from(term));
    char *whole = arena_printf(&p->arena, "%s%*s" SV_FMT, term, gap > 1 ? gap : 1, "", SV_ARG(said));
    add_wrapped(p, (struct page_row){.role = role, .whole = sv_from(whole), .spans = span, .span_count = 1}, column);
}

void page_blank(struct page *p)
{
    if (p->count > 0 && (p->rows[p->count - 1].text.len > 0 || p->rows[p->count - 1].rule))
        add_row(p);
}

void page_rule(struct page *p)
{
    add_row(p)->rule = true;
}

static void draw_row(const struct page *p, const struct page_row *r, struct canvas *c, int row, int col)
{
    if (r->rule) {
        canvas_fill(c, row, col, p->width, ROLE_RULE, 0x2500);
        return;
    }
    if (r->text.len == 0)
        return;
    size_t start = (size_t)(r->text.data - r->whole.data);
    struct text_line line = {start, start + r->text.len};
    text_draw(c, row, col + r->indent, r->whole, &line, 1, 0, 1, r->role, r->spans, r->span_count);
}

/* The top, if the mark is in view from there; else a third of the page is left above it. */
static size_t top_for_mark(const struct page *p, size_t height)
{
    if (p->mark_end <= height)
        return 0;
    return p->mark > height / 3 ? p->mark - height / 3 : 0;
}

void page_draw(struct page *p, struct canvas *c, int row, int col, int rows)
{
    size_t height = rows > 0 ? (size_t)rows : 0;
    size_t last = p->count > height ? p->count - height : 0;
    int mark = col + p->width + 1 < c->cols - 1 ? col + p->width + 1 : c->cols - 1;
    p->shown = rows;
    if (p->follows && p->mark_end > p->mark)
        p->top = top_for_mark(p, height);
    if (p->top > last)
        p->top = last;
    for (size_t i = 0; i < height && p->top + i < p->count; i++)
        draw_row(p, &p->rows[p->top + i], c, row + (int)i, col);
    if (p->top > 0)
        canvas_puts(c, row, mark, ROLE_DIM, "↑");
    if (p->top < last && mark + 2 + (int)strlen(p->key) < c->cols)
        canvas_putf(c, row + rows - 1, mark, ROLE_DIM, "↓ %s", p->key);
    else if (p->top < last)
        canvas_puts(c, row + rows - 1, mark, ROLE_DIM, "↓");
}

static const struct binding page_keys[] = {
    {"j Down WheelDown", ACTION_DOWN, "scroll", "scroll down", 0},
    {"k Up WheelUp", ACTION_UP, "up", "scroll up", 0},
    {"Space PgDn", ACTION_PAGE_DOWN, "page down", "a page down", 0},
    {"PgUp", ACTION_PAGE_UP, "page up", "a page up", 0},
    {"g Home", ACTION_TOP, "top", "to the top", 0},
    {"G End", ACTION_BOTTOM, "bottom", "to the end", 0},
};
const struct keymap page_keymap = {"Scrolling", page_keys, sizeof(page_keys) / sizeof(page_keys[0]), &keymap_global};

static void scroll(struct page *p, size_t by, bool down)
{
    if (down)
        p->top += by; /* clamped by the next draw */
    else
        p->top = p->top > by ? p->top - by : 0;
}

bool page_action(struct page *p, int action)
{
    size_t page_rows = p->shown > 2 ? (size_t)p->shown - 1 : 1;
    bool follows = p->follows;
    p->follows = false;
    switch (action) {
    case ACTION_UP:
        scroll(p, 1, false);
        return true;
    case ACTION_DOWN:
        scroll(p, 1, true);
        return true;
    case ACTION_PAGE_UP:
        scroll(p, page_rows, false);
        return true;
    case ACTION_PAGE_DOWN:
        scroll(p, page_rows, true);
        return true;
    case ACTION_TOP:
        p->top = 0;
        return true;
    case ACTION_BOTTOM:
        p->top = p->count;
        return true;
    }
    p->follows = follows;
    return false;
}

void page_top(struct page *p)
{
    p->top = 0;
    p->follows = false;
}

void page_more(struct page *p)
{
    size_t shown = p->shown > 0 ? (size_t)p->shown : 0;
    bool at_end = p->top + shown >= p->count;
    if (at_end)
        page_top(p);
    else
        page_action(p, ACTION_PAGE_DOWN);
}
