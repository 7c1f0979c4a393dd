#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

/* All keys of a screen, read from its keymap and the parents. */

enum { KEY_COLUMN = 17, COLUMN_GAP = 4 };

static const struct binding help_keys[] = {
    {"q Esc Enter ? F1 ^C h Left", ACTION_BACK, "back", "back to the screen before", BIND_BAR},
};
KEYS(help_map, "Help", help_keys, &page_keymap);

struct help_screen {
    struct screen base;
    const struct keymap *map;
    struct page *left, *right; /* laid out by drawing; right only where there is room for two */
};

static bool is_shown(const struct binding *b)
{
    return !(b->flags & BIND_QUIET) && b->help[0];
}

static size_t shown_bindings(const struct keymap *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++)
        count += is_shown(&m->at[i]);
    return count;
}

/* As many of the names as fit before the text; nobody needs to be told of the wheel. */
static void add_binding(struct page *p, const struct binding *b)
{
    struct buf keys = BUF_INIT;
    struct sv rest = sv_from(b->keys), name;
    while (sv_split(&rest, ' ', &name)) {
        size_t used = utf8_columns(buf_sv(&keys));
        if (sv_starts(name, "Wheel") || (used > 0 && used + 1 + utf8_columns(name) > KEY_COLUMN - 2))
            continue;
        buf_addf(&keys, "%s" SV_FMT, used > 0 ? " " : "", SV_ARG(name));
    }
    page_add_term(p, KEY_COLUMN, ROLE_KEY, buf_str(&keys), ROLE_TEXT, b->help);
    buf_release(&keys);
}

static void add_map(struct page *p, const struct keymap *m)
{
    if (shown_bindings(m) == 0)
        return;
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, sv_from(m->title));
    for (size_t i = 0; i < m->count; i++)
        if (is_shown(&m->at[i]))
            add_binding(p, &m->at[i]);
}

/* Maps stay whole: they fill the left column as long as they are in the first half. */
static void fill(const struct help_screen *s, bool two)
{
    size_t all = 0, before = 0;
    for (const struct keymap *m = s->map; m; m = m->parent)
        all += shown_bindings(m);
    for (const struct keymap *m = s->map; m; m = m->parent) {
        size_t count = shown_bindings(m);
        add_map(two && before > 0 && 2 * before + count > all ? s->right : s->left, m);
        before += count;
    }
}

static void help_draw(const struct screen *base, struct canvas *c)
{
    const struct help_screen *s = (const struct help_screen *)base;
    bool two = c->cols >= SHOW_WIDE;
    int top, bottom, room = c->cols - 2 * SHOW_MARGIN;
    int cols = two ? (room - COLUMN_GAP) / 2 : room;
    frame_draw(c, s->map->title, "all keys", &help_map, &top, &bottom);
    page_begin(s->left, cols);
    page_begin(s->right, cols);
    fill(s, two);
    page_draw(s->left, c, top, SHOW_MARGIN, bottom - top);
    if (two)
        page_draw(s->right, c, top, SHOW_MARGIN + cols + COLUMN_GAP, bottom - top);
}

static unsigned help_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct help_screen *s = (struct help_screen *)base;
    (void)l;
    (void)k;
    page_action(s->right, action);
    return page_action(s->left, action) ? SCREEN_DRAW : action == ACTION_BACK ? SCREEN_POP : SCREEN_IDLE;
}

static const struct keymap *help_keymap(const struct screen *base)
{
    (void)base;
    return &help_map;
}

static void help_free(struct screen *base)
{
    struct help_screen *s = (struct help_screen *)base;
    page_free(s->left);
    page_free(s->right);
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
    s->left = page_new();
    s->right = page_new();
    return &s->base;
}
