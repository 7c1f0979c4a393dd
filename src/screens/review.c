#include "review_screen.h"

#include "pmprep/app/review.h"
#include "pmprep/base/mem.h"

/* Past answers: a list that the FILTER language narrows, with the selected one beside or below it. */

enum review_action { DO_SEARCH = 1, DO_APPLY, DO_CANCEL, DO_ALL, DO_DELETE, DO_UNDO, DO_FLAG, DO_LOOPS };

enum { WINDOW = 512 };

static const struct binding review_keys[] = {
    {"Enter l Right", ACTION_OPEN, "read", "read the answer, score it again, add a note", BIND_BAR},
    {"/", DO_SEARCH, "search", "filter and full text: principle:ownership score:..2 refund", BIND_BAR},
    {"d", DO_DELETE, "delete", "delete the answer; u brings it back", BIND_BAR},
    {"u", DO_UNDO, "undo", "bring the last deleted answer back, until you leave", 0},
    {"f", DO_FLAG, "flag", "flag the answer, or take the flag off", 0},
    {"Esc", DO_ALL, "all", "drop the filter; without one: back", 0},
    {"q ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR | BIND_QUIET},
    {"m", DO_LOOPS, "debriefs", "the mock loops that are over, with their debriefs", BIND_BAR},
};
KEYS(review_map, "Review", review_keys, &keymap_list);

static const struct binding empty_keys[] = {
    {"q Esc ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR},
    {"m", DO_LOOPS, "debriefs", "the mock loops that are over, with their debriefs", 0},
    {"u", DO_UNDO, "undo", "bring the last deleted answer back, until you leave", 0},
};
KEYS(empty_map, "Review", empty_keys, &keymap_global);

static const struct binding search_keys[] = {
    {"Enter", DO_APPLY, "search", "show what matches; empty: everything", BIND_BAR},
    {"Esc ^C", DO_CANCEL, "cancel", "leave the filter as it was", BIND_BAR},
};
KEYS(search_map, "Searching", search_keys, &edit_keymap);

const struct attempt_row *review_row(const struct review_screen *s, size_t i)
{
    return i >= s->first && i - s->first < s->count ? &s->rows[i - s->first] : NULL;
}

/* ---- reading the store ---- */

static bool read_rows(struct review_screen *s, size_t around, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct attempt_row *rows;
    size_t count, first = around > WINDOW / 2 ? around - WINDOW / 2 : 0;
    bool more;
    if (!review_list(s->app, &s->filter, first, WINDOW, &arena, &rows, &count, &more, err)) {
        arena_release(&arena);
        return false;
    }
    arena_release(&s->rows_arena);
    s->rows_arena = arena;
    s->rows = rows;
    s->first = first;
    s->count = count;
    s->wall_ms = app_wall(s->app);
    return true;
}

static bool read_detail(struct review_screen *s, struct err *err)
{
    const struct attempt_row *row = review_row(s, s->list->selected);
    if (row && s->has_detail && strcmp(s->detail.id, row->id) == 0)
        return true;
    s->has_detail = false;
    page_top(s->page);
    if (!row)
        return true;
    arena_reset(&s->detail_arena);
    s->has_detail = review_get(s->app, row->id, &s->detail_arena, &s->detail, err);
    return s->has_detail;
}

/* Near the edge of the window the next one is read; a screen shows far fewer rows than half a window. */
static bool follow(struct review_screen *s, struct err *err)
{
    size_t at = s->list->selected, margin = WINDOW / 4;
    bool low = s->first > 0 && at < s->first + margin;
    bool high = s->first + s->count < s->total && at + margin > s->first + s->count;
    return ((!low && !high) || read_rows(s, at, err)) && read_detail(s, err);
}

static bool read_all(struct review_screen *s, struct err *err)
{
    size_t total;
    if (!review_count(s->app, &s->filter, &total, err))
        return false;
    s->total = total;
    list_set_count(s->list, total);
    s->has_detail = false;
    return read_rows(s, s->list->selected, err) && read_detail(s, err);
}

static unsigned told(struct loop *l, bool ok, const struct err *err)
{
    if (!ok)
        loop_error(l, err);
    return SCREEN_DRAW;
}

/* ---- searching ---- */

static bool use_filter(struct review_screen *s, struct sv line, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct filter before = s->filter, wanted;
    bool ok = filter_parse_line(line, app_wall(s->app), app_offset(s->app), &arena, &wanted, err);
    if (ok) {
        s->filter = wanted;
        s->list->selected = 0;
        ok = read_all(s, err);
    }
    if (!ok) {
        s->filter = before;
        arena_release(&arena);
        return false;
    }
    arena_release(&s->filter_arena);
    s->filter_arena = arena;
    buf_clear(&s->line);
    buf_addsv(&s->line, sv_trim(line));
    return true;
}

static unsigned apply(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct buf line = BUF_INIT;
    buf_addsv(&line, edit_text(s->search));
    bool ok = use_filter(s, buf_sv(&line), &err);
    buf_release(&line);
    s->searching = !ok;
    return told(l, ok, &err);
}

static unsigned start_search(struct review_screen *s)
{
    edit_set_text(s->search, buf_sv(&s->line), s->line.len);
    s->searching = true;
    return SCREEN_DRAW;
}

/* ---- what keys do to the selected one ---- */

static unsigned delete_selected(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const struct attempt_row *row = review_row(s, s->list->selected);
    if (!row)
        return SCREEN_IDLE;
    char id[UUID_SIZE];
    snprintf(id, sizeof(id), "%s", row->id);
    if (!review_delete(s->app, id, &err))
        return told(l, false, &err);
    void *deleted = s->deleted;
    mem_grow(&deleted, &s->deleted_cap, s->deleted_count + 1, sizeof(*s->deleted));
    s->deleted = deleted;
    memcpy(s->deleted[s->deleted_count++], id, sizeof(id));
    if (!read_all(s, &err))
        return told(l, false, &err);
    loop_status(l, ROLE_STATUS, "Deleted. u brings it back until you leave this screen.");
    return SCREEN_DRAW;
}

static void select_id(struct review_screen *s, const char *id)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->rows[i].id, id) == 0)
            s->list->selected = s->first + i;
}

static unsigned undo(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (s->deleted_count == 0) {
        loop_status(l, ROLE_STATUS, "Nothing was deleted here.");
        return SCREEN_DRAW;
    }
    const char *id = s->deleted[s->deleted_count - 1];
    if (!review_undelete(s->app, id, &err) || !read_all(s, &err))
        return told(l, false, &err);
    s->deleted_count--;
    select_id(s, id);
    loop_status(l, ROLE_STATUS, "The answer is back.");
    return told(l, read_detail(s, &err), &err);
}

static unsigned flag(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const struct attempt_row *row = review_row(s, s->list->selected);
    if (!row)
        return SCREEN_IDLE;
    return told(l, review_flag(s->app, row->id, !row->flagged, &err) && read_all(s, &err), &err);
}

/* Undo closes here: what is still deleted goes for good. */
static unsigned leave(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (s->deleted_count > 0 && !review_purge(s->app, &err))
        loop_error(l, &err);
    s->deleted_count = 0;
    return SCREEN_POP;
}

static unsigned open_reader(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!review_row(s, s->list->selected))
        return SCREEN_IDLE;
    struct screen *reader = reader_screen(s->app, &s->filter, &s->list->selected, &err);
    if (reader)
        loop_push(l, reader);
    return told(l, reader != NULL, &err);
}

static unsigned open_loops(struct review_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct screen *past = mock_past_screen(s->app, &err);
    if (past)
        loop_push(l, past);
    return told(l, past != NULL, &err);
}

static unsigned review_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct review_screen *s = (struct review_screen *)base;
    struct err err = ERR_INIT;
    (void)k;
    if (list_action(s->list, action))
        return told(l, follow(s, &err), &err);
    switch (action) {
    case ACTION_OPEN:
        return open_reader(s, l);
    case ACTION_BACK:
        return leave(s, l);
    case ACTION_HELP:
        loop_push(l, help_screen(base->ops->keymap(base)));
        break;
    case DO_SEARCH:
        return start_search(s);
    case DO_APPLY:
        return apply(s, l);
    case DO_CANCEL:
        s->searching = false;
        break;
    case DO_ALL:
        return filter_is_empty(&s->filter) ? leave(s, l) : told(l, use_filter(s, SV(""), &err), &err);
    case DO_DELETE:
        return delete_selected(s, l);
    case DO_UNDO:
        return undo(s, l);
    case DO_FLAG:
        return flag(s, l);
    case DO_LOOPS:
        return open_loops(s, l);
    }
    return SCREEN_DRAW;
}

static unsigned review_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct review_screen *s = (struct review_screen *)base;
    struct err err = ERR_INIT;
    if (s->searching)
        return edit_key(s->search, k) ? SCREEN_DRAW : SCREEN_IDLE;
    if (k->code == KEY_CLICK && list_click(s->list, k->row - review_list_top(s)))
        return told(l, follow(s, &err), &err);
    return SCREEN_IDLE;
}

static unsigned review_shown(struct screen *base, struct loop *l)
{
    struct review_screen *s = (struct review_screen *)base;
    struct err err = ERR_INIT;
    bool ok = s->fresh || read_all(s, &err);
    s->fresh = false;
    return told(l, ok, &err);
}

static const struct keymap *review_keymap(const struct screen *base)
{
    const struct review_screen *s = (const struct review_screen *)base;
    if (s->searching)
        return &search_map;
    return s->total == 0 && filter_is_empty(&s->filter) ? &empty_map : &review_map;
}

static bool review_typing(const struct screen *base)
{
    return ((const struct review_screen *)base)->searching;
}

static void review_free(struct screen *base)
{
    struct review_screen *s = (struct review_screen *)base;
    arena_release(&s->filter_arena);
    arena_release(&s->rows_arena);
    arena_release(&s->detail_arena);
    buf_release(&s->line);
    edit_free(s->search);
    page_free(s->page);
    free(s->list);
    free(s->deleted);
    free(s);
}

static const struct screen_ops review_ops = {
    .name = "review",
    .keymap = review_keymap,
    .typing = review_typing,
    .action = review_action,
    .key = review_key,
    .shown = review_shown,
    .draw = review_draw,
    .free = review_free,
};

struct screen *review_screen(struct app *app, const struct filter *f, struct err *err)
{
    struct review_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &review_ops;
    s->app = app;
    s->filter = *f;
    s->search = edit_new(NULL);
    edit_single_line(s->search, true);
    s->page = page_new();
    s->list = mem_calloc(1, sizeof(*s->list));
    list_init(s->list, 0);
    s->fresh = read_all(s, err);
    if (s->fresh)
        return &s->base;
    review_free(&s->base);
    return NULL;
}
