#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "pmprep/tui/list.h"

/* All keys of a screen, read from its keymap and the parents. */

enum { KEY_COLUMN = 18, COLUMN_GAP = 4, MAX_LINES = 256 };

static const struct binding help_keys[] = {
    {"q Esc Enter ? F1 ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR},
    {"j Down WheelDown", ACTION_DOWN, "scroll", "scroll down", BIND_BAR},
};
KEYS(help_map, "Help", help_keys, &keymap_list);

/* One row: a heading (at NULL), a binding, or with both NULL the blank row between two maps. */
struct help_line {
    const char *heading;
    const struct binding *at;
};

struct help_screen {
    struct screen base;
    const struct keymap *map;
    struct list *view; /* scroll position; refreshed by drawing */
    struct help_line lines[MAX_LINES];
    size_t count;
};

static bool is_shown(const struct binding *b)
{
    return !(b->flags & BIND_QUIET) && b->help[0];
}

static void add_line(struct help_screen *s, const char *heading, const struct binding *at)
{
    if (s->count < MAX_LINES)
        s->lines[s->count++] = (struct help_line){heading, at};
}

static void collect(struct help_screen *s)
{
    for (const struct keymap *m = s->map; m; m = m->parent) {
        bool any = false;
        for (size_t i = 0; i < m->count; i++) {
            if (!is_shown(&m->at[i]))
                continue;
            if (!any && s->count > 0)
                add_line(s, NULL, NULL);
            if (!any)
                add_line(s, m->title, NULL);
            any = true;
            add_line(s, NULL, &m->at[i]);
        }
    }
}

/* A map is not torn apart when it can start at the top of the second column. */
static size_t first_of_second_column(const struct help_screen *s)
{
    size_t half = (s->count + 1) / 2;
    for (size_t i = half; i < s->count && i < half + half / 3; i++)
        if (s->lines[i].heading)
            return i;
    for (size_t i = half; i > half - half / 3 && i > 0; i--)
        if (s->lines[i].heading)
            return i;
    return half;
}

static void draw_line(const struct help_line *line, struct canvas *c, int row, int col, int cols)
{
    if (line->heading)
        canvas_puts(c, row, col, ROLE_STRONG, line->heading);
    if (!line->at)
        return;
    struct sv keys = sv_from(line->at->keys), name;
    int used = 0;
    while (sv_split(&keys, ' ', &name)) {
        int width = (int)utf8_columns(name);
        if (sv_starts(name, "Wheel") || (used > 0 && used + 1 + width > KEY_COLUMN - 2))
            continue;
        used += used > 0 ? 1 : 0;
        used += canvas_put(c, row, col + used, ROLE_KEY, name);
    }
    canvas_put_clipped(c, row, col + KEY_COLUMN, cols - KEY_COLUMN, ROLE_TEXT, sv_from(line->at->help));
}

static void draw_lines(const struct help_screen *s, size_t from, size_t to, struct canvas *c, int row, int rows,
                       int col, int cols)
{
    for (size_t i = from; i < to && (int)(i - from) < rows; i++)
        draw_line(&s->lines[i], c, row + (int)(i - from), col, cols);
}

static void help_draw(const struct screen *base, struct canvas *c)
{
    const struct help_screen *s = (const struct help_screen *)base;
    int top, bottom;
    frame_draw(c, s->map->title, "all keys", &help_map, &top, &bottom);
    int rows = bottom - top - 1;
    bool two = c->cols >= SHOW_WIDE && (int)s->count > rows;
    size_t split = two ? first_of_second_column(s) : s->count;
    size_t tallest = split > s->count - split ? split : s->count - split;
    size_t last = tallest > (size_t)rows ? tallest - (size_t)rows : 0;
    s->view->rows = rows;
    if (s->view->top > last)
        s->view->top = last;
    size_t from = s->view->top;
    int cols = two ? (c->cols - 2 * SHOW_MARGIN - COLUMN_GAP) / 2 : c->cols - 2 * SHOW_MARGIN;
    draw_lines(s, from, split, c, top + 1, rows, SHOW_MARGIN, cols);
    if (split < s->count)
        draw_lines(s, split + from, s->count, c, top + 1, rows, SHOW_MARGIN + cols + COLUMN_GAP, cols);
    if (from > 0)
        canvas_puts(c, top + 1, c->cols - 2, ROLE_DIM, "↑");
    if (from < last)
        canvas_puts(c, top + rows, c->cols - 2, ROLE_DIM, "↓");
}

static unsigned help_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct help_screen *s = (struct help_screen *)base;
    struct list *v = s->view;
    size_t page = v->rows > 2 ? (size_t)v->rows - 1 : 1;
    (void)l;
    (void)k;
    switch (action) {
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_UP:
        v->top -= v->top > 0;
        break;
    case ACTION_DOWN:
        v->top++; /* clamped by the next draw */
        break;
    case ACTION_PAGE_UP:
        v->top = v->top > page ? v->top - page : 0;
        break;
    case ACTION_PAGE_DOWN:
        v->top += page;
        break;
    case ACTION_TOP:
        v->top = 0;
        break;
    case ACTION_BOTTOM:
        v->top = s->count;
        break;
    }
    return SCREEN_DRAW;
}

static const struct keymap *help_keymap(const struct screen *base)
{
    (void)base;
    return &help_map;
}

static void help_free(struct screen *base)
{
    struct help_screen *s = (struct help_screen *)base;
    free(s->view);
    free(s);
}

static const struct screen_ops help_ops = {
    .name = "help",
    .keymap = help_keymap,
    .action = help_action,
    .draw = help_draw,
    .free = help_free,
};

struct screen *help_screen(const struct keymap *m)
{
    struct help_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &help_ops;
    s->map = m;
    s->view = mem_calloc(1, sizeof(*s->view));
    collect(s);
    return &s->base;
}
