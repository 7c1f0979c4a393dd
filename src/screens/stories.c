#include "page.h"
#include "screens.h"
#include "show.h"
#include "story_edit.h"

#include "pmprep/app/review.h"
#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"
#include "pmprep/tui/list.h"

/* The stories one can tell: a list with the selected one beside or below it. */

enum story_action { DO_ADD = 1, DO_EDITOR, DO_DELETE, DO_UNDO };

enum { LABEL = 11, HEADLINE_MEASURE = 72 };

static const struct binding story_keys[] = {
    {"Enter e l Right", ACTION_OPEN, "edit", "fill in or change the fields", BIND_BAR},
    {"a", DO_ADD, "add", "add a story", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "change it in your editor; with no story: add one", BIND_BAR},
    {"d", DO_DELETE, "delete", "delete the story; answers that told it stay", BIND_BAR},
    {"u", DO_UNDO, "undo", "bring the last deleted story back, until you leave", 0},
    {"q ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR | BIND_QUIET},
};
KEYS(story_map, "Stories", story_keys, &keymap_list);

static const struct binding empty_keys[] = {
    {"a", DO_ADD, "add", "add a story", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "add one in your editor", BIND_BAR},
    {"u", DO_UNDO, "undo", "bring the last deleted story back, until you leave", 0},
    {"q Esc ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR},
};
KEYS(empty_map, "Stories", empty_keys, &keymap_global);

struct stories_screen {
    struct screen base;
    struct app *app;
    struct arena arena;
    struct story *stories;
    size_t count;
    struct list *list; /* laid out by drawing, as is the page */
    struct page *page;
    char (*deleted)[UUID_SIZE]; /* what undo brings back, the last one last */
    size_t deleted_count, deleted_cap;
    struct story_unread unread;
};

static bool read_stories(struct stories_screen *s, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct story *stories;
    size_t count;
    if (!story_list(s->app, &arena, &stories, &count, err)) {
        arena_release(&arena);
        return false;
    }
    arena_release(&s->arena);
    s->arena = arena;
    s->stories = stories;
    s->count = count;
    list_set_count(s->list, count);
    return true;
}

static const struct story *selected(const struct stories_screen *s)
{
    return s->count > 0 ? &s->stories[s->list->selected] : NULL;
}

static unsigned told(struct loop *l, bool ok, const struct err *err)
{
    if (!ok)
        loop_error(l, err);
    return SCREEN_DRAW;
}

static void select_id(struct stories_screen *s, const char *id)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->stories[i].id, id) == 0)
            s->list->selected = i;
}

/* ---- what keys do ---- */

static unsigned open_form(struct stories_screen *s, struct loop *l, const struct story *st)
{
    loop_push(l, story_form_screen(s->app, st));
    return SCREEN_DRAW;
}

static unsigned edit_outside(struct stories_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct story fresh;
    const struct story *st = selected(s);
    bool stored = false;
    story_init(&fresh);
    st = st ? st : &fresh;
    bool ok = story_edit_outside(l, s->app, st, st, &s->unread, &stored, &err);
    if (ok && !stored)
        loop_status(l, ROLE_STATUS, "The editor gave nothing back; the story is as it was.");
    return told(l, ok && read_stories(s, &err), &err);
}

static unsigned delete_selected(struct stories_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const struct story *st = selected(s);
    if (!st)
        return SCREEN_IDLE;
    if (!story_remove(s->app, st->id, &err))
        return told(l, false, &err);
    void *deleted = s->deleted;
    mem_grow(&deleted, &s->deleted_cap, s->deleted_count + 1, sizeof(*s->deleted));
    s->deleted = deleted;
    snprintf(s->deleted[s->deleted_count++], UUID_SIZE, "%s", st->id);
    loop_status(l, ROLE_STATUS, "Deleted. u brings it back until you leave this screen.");
    return told(l, read_stories(s, &err), &err);
}

static unsigned undo(struct stories_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (s->deleted_count == 0) {
        loop_status(l, ROLE_STATUS, "Nothing was deleted here.");
        return SCREEN_DRAW;
    }
    const char *id = s->deleted[s->deleted_count - 1];
    if (!story_restore(s->app, id, &err) || !read_stories(s, &err))
        return told(l, false, &err);
    s->deleted_count--;
    select_id(s, id);
    loop_status(l, ROLE_STATUS, "The story is back.");
    return SCREEN_DRAW;
}

static unsigned leave(struct stories_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (s->deleted_count > 0 && !review_purge(s->app, &err))
        loop_error(l, &err);
    s->deleted_count = 0;
    return SCREEN_POP;
}

static const struct keymap *stories_keymap(const struct screen *base)
{
    return ((const struct stories_screen *)base)->count == 0 ? &empty_map : &story_map;
}

static unsigned stories_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct stories_screen *s = (struct stories_screen *)base;
    (void)k;
    if (list_action(s->list, action)) {
        page_top(s->page);
        return SCREEN_DRAW;
    }
    switch (action) {
    case ACTION_OPEN:
        return selected(s) ? open_form(s, l, selected(s)) : SCREEN_IDLE;
    case ACTION_BACK:
        return leave(s, l);
    case ACTION_HELP:
        loop_push(l, help_screen(stories_keymap(base)));
        break;
    case DO_ADD:
        return open_form(s, l, NULL);
    case DO_EDITOR:
        return edit_outside(s, l);
    case DO_DELETE:
        return delete_selected(s, l);
    case DO_UNDO:
        return undo(s, l);
    }
    return SCREEN_DRAW;
}

static unsigned stories_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct stories_screen *s = (struct stories_screen *)base;
    (void)l;
    return k->code == KEY_CLICK && list_click(s->list, k->row - 2) ? SCREEN_DRAW : SCREEN_IDLE;
}

static unsigned stories_shown(struct screen *base, struct loop *l)
{
    struct err err = ERR_INIT;
    return told(l, read_stories((struct stories_screen *)base, &err), &err);
}

/* ---- how it looks ---- */

/* How complete it is says more than a date: the fields an interviewer will ask for. */
static unsigned filled(const struct story *st)
{
    unsigned count = 0;
    for (const struct story_field *f = story_fields; f->name; f++)
        count += story_get_field(st, f)[0] != '\0';
    return count;
}

static unsigned field_count(void)
{
    unsigned count = 0;
    while (story_fields[count].name)
        count++;
    return count;
}

static void draw_row(const void *ctx, size_t i, bool is_selected, struct canvas *c, int row, int col, int cols)
{
    const struct stories_screen *s = ctx;
    const struct story *st = &s->stories[i];
    enum role role = is_selected ? ROLE_SELECTED : ROLE_TEXT;
    enum role side = is_selected ? ROLE_SELECTED : ROLE_DIM;
    char right[48];
    canvas_fill(c, row, col, cols, role, ' ');
    snprintf(right, sizeof(right), "%u/%u filled  told %u", filled(st), field_count(), st->used);
    int start = canvas_put_right(c, row, col + cols, side, right);
    show_name(c, row, col, start - 2 - col, role, st->headline);
}

static void add_field(struct page *p, const char *name, const char *value, const char *hint)
{
    bool empty = value[0] == '\0';
    page_add_term(p, LABEL + 1, ROLE_DIM, name, empty ? ROLE_DIM : ROLE_TEXT, empty ? hint : value);
}

static void add_principles(struct page *p, const struct stories_screen *s, const struct story *st)
{
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < st->principles.count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", show_subject(s->app, st->principles.at[i], FAMILY_GENERAL));
    add_field(p, "principles", buf_str(&list), "which it shows");
    buf_release(&list);
}

static void draw_detail(const void *ctx, struct canvas *c, int row, int col, int cols, int rows)
{
    const struct stories_screen *s = ctx;
    const struct story *st = selected(s);
    struct page *p = s->page;
    if (!st || rows < 1)
        return;
    page_begin(p, cols < HEADLINE_MEASURE ? cols : HEADLINE_MEASURE);
    page_add(p, ROLE_STRONG, 0, 0, sv_from(st->headline));
    page_blank(p);
    for (const struct story_field *f = story_fields + 1; f->name; f++)
        add_field(p, f->name, story_get_field(st, f), f->hint);
    add_principles(p, s, st);
    page_draw(p, c, row, col, rows);
}

static void draw_empty(struct canvas *c, int top)
{
    canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "No stories yet.");
    int used =
        text_put(c, top + 2, SHOW_MARGIN, show_width(c), 6, ROLE_TEXT,
                 SV("A story is something you did that answers many questions: for whom, what you decided, what "
                    "you turned down, the number before and after, what you learned. Five to eight carry a whole "
                    "loop. After each answer you say which one you told, so that you see which are worn out."));
    int col = SHOW_MARGIN + canvas_puts(c, top + 3 + used, SHOW_MARGIN, ROLE_KEY, "a");
    canvas_puts(c, top + 3 + used, col + 1, ROLE_DIM, "adds the first; a headline is enough.");
}

static void stories_draw(const struct screen *base, struct canvas *c)
{
    const struct stories_screen *s = (const struct stories_screen *)base;
    int top, bottom;
    char right[40];
    snprintf(right, sizeof(right), "%zu %s", s->count, s->count == 1 ? "story" : "stories");
    frame_draw(c, "Stories", right, stories_keymap(base), &top, &bottom);
    if (s->count == 0) {
        draw_empty(c, top);
        return;
    }
    show_list_and_detail(s->list, c, top, bottom, draw_row, draw_detail, s);
}

static void stories_free(struct screen *base)
{
    struct stories_screen *s = (struct stories_screen *)base;
    arena_release(&s->arena);
    buf_release(&s->unread.text);
    page_free(s->page);
    free(s->list);
    free(s->deleted);
    free(s);
}

static const struct screen_ops stories_ops = {
    .name = "stories",
    .keymap = stories_keymap,
    .action = stories_action,
    .key = stories_key,
    .shown = stories_shown,
    .draw = stories_draw,
    .free = stories_free,
};

struct screen *stories_screen(struct app *app, struct err *err)
{
    struct stories_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &stories_ops;
    s->app = app;
    s->page = page_new();
    s->list = mem_calloc(1, sizeof(*s->list));
    list_init(s->list, 0);
    if (!read_stories(s, err)) {
        stories_free(&s->base);
        return NULL;
    }
    return &s->base;
}
