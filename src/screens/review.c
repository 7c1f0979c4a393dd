#include "answer.h"
#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/app/review.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "pmprep/tui/edit.h"
#include "pmprep/tui/list.h"

/* Past answers: a list that the FILTER language narrows, with the selected one beside or below it. */

enum review_action { DO_SEARCH = 1, DO_APPLY, DO_CANCEL, DO_ALL, DO_DELETE, DO_UNDO, DO_FLAG };

enum { WINDOW = 512, LIST_LEAST = 4, DAY_COLUMNS = 8, LEVEL_COLUMNS = 5, SUBJECT_NARROW = 18, SUBJECT_WIDE = 24 };

static const struct binding review_keys[] = {
    {"Enter l Right", ACTION_OPEN, "read", "read the answer, score it again, add a note", BIND_BAR},
    {"/", DO_SEARCH, "search", "filter and full text: principle:ownership score:..2 refund", BIND_BAR},
    {"d", DO_DELETE, "delete", "delete the answer; u brings it back", BIND_BAR},
    {"u", DO_UNDO, "undo", "bring the last deleted answer back, until you leave", BIND_BAR},
    {"f", DO_FLAG, "flag", "flag the answer, or take the flag off", 0},
    {"Esc", DO_ALL, "all", "drop the filter; without one: back", 0},
    {"^C", ACTION_BACK, "back", "back to the screen before", BIND_QUIET},
};
KEYS(review_map, "Review", review_keys, &keymap_list);

static const struct binding search_keys[] = {
    {"Enter", DO_APPLY, "search", "show what matches; empty: everything", BIND_BAR},
    {"Esc ^C", DO_CANCEL, "cancel", "leave the filter as it was", BIND_BAR},
};
KEYS(search_map, "Searching", search_keys, &edit_keymap);

struct review_screen {
    struct screen base;
    struct app *app;
    /* what is asked for */
    struct arena filter_arena;
    struct filter filter;
    struct buf line; /* as it was typed */
    struct edit *search;
    bool searching;
    /* what is there: a window of the rows around the selection */
    size_t total;
    struct arena rows_arena;
    struct attempt_row *rows;
    size_t first, count;
    int64_t wall_ms;
    struct list *list; /* these two are laid out by drawing */
    struct page *page;
    /* the selected one, whole */
    struct arena detail_arena;
    struct attempt detail;
    bool has_detail;
    /* what undo brings back, the last one last */
    char (*deleted)[UUID_SIZE];
    size_t deleted_count, deleted_cap;
};

static const struct attempt_row *row_at(const struct review_screen *s, size_t i)
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
    const struct attempt_row *row = row_at(s, s->list->selected);
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
    const struct attempt_row *row = row_at(s, s->list->selected);
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
    const struct attempt_row *row = row_at(s, s->list->selected);
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
    if (!row_at(s, s->list->selected))
        return SCREEN_IDLE;
    struct screen *reader = reader_screen(s->app, &s->filter, &s->list->selected, &err);
    if (reader)
        loop_push(l, reader);
    return told(l, reader != NULL, &err);
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
    }
    return SCREEN_DRAW;
}

static int list_top(const struct review_screen *s)
{
    return 2 + (s->searching || s->line.len > 0 ? 2 : 0);
}

static unsigned review_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct review_screen *s = (struct review_screen *)base;
    struct err err = ERR_INIT;
    if (s->searching)
        return edit_key(s->search, k) ? SCREEN_DRAW : SCREEN_IDLE;
    if (k->code == KEY_CLICK && list_click(s->list, k->row - list_top(s)))
        return told(l, follow(s, &err), &err);
    return SCREEN_IDLE;
}

static unsigned review_shown(struct screen *base, struct loop *l)
{
    struct err err = ERR_INIT;
    return told(l, read_all((struct review_screen *)base, &err), &err);
}

static const struct keymap *review_keymap(const struct screen *base)
{
    return ((const struct review_screen *)base)->searching ? &search_map : &review_map;
}

static bool review_typing(const struct screen *base)
{
    return ((const struct review_screen *)base)->searching;
}

/* ---- how it looks ---- */

/* One line of prompt or snippet; what stands between \x02 and \x03 is a hit. */
static void put_marked(struct canvas *c, int row, int col, int cols, enum role role, const char *text)
{
    struct sv rest = sv_from(text), line = {NULL, 0};
    bool hit = false;
    sv_split(&rest, '\n', &line);
    for (size_t at = 0; at < line.len && cols > 0;) {
        size_t end = at;
        while (end < line.len && line.data[end] != '\x02' && line.data[end] != '\x03')
            end++;
        int used = canvas_put_clipped(c, row, col, cols, hit ? ROLE_MATCH : role, sv_sub(line, at, end - at));
        col += used;
        cols -= used;
        hit = end < line.len && line.data[end] == '\x02';
        at = end + 1;
    }
}

/* The snippet on one line, begun late enough that its first hit is seen in that many columns. */
static const char *place_hit(struct arena *a, const char *snippet, int cols)
{
    char *text = arena_strdup(a, snippet);
    for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    const char *hit = strchr(text, '\x02');
    size_t before = hit ? utf8_columns((struct sv){text, (size_t)(hit - text)}) : 0;
    if (before < (size_t)cols / 2)
        return text;
    const char *from = text;
    while (from < hit && (*from != ' ' || before > (size_t)cols / 3))
        before -= ((unsigned char)*from++ & 0xC0) != 0x80 && before > 0;
    return arena_printf(a, "…%s", from + (*from == ' '));
}

/* A title says more in few columns than the beginning of a question does. */
static const char *title_of(const struct review_screen *s, const struct attempt_row *r, struct arena *a)
{
    struct library *lib;
    struct item_meta meta;
    bool known = app_library(s->app, &lib, NULL) && library_meta(lib, r->item, a, &meta, NULL);
    return known ? meta.title : r->prompt;
}

static void draw_row(const void *ctx, size_t i, bool selected, struct canvas *c, int row, int col, int cols)
{
    const struct review_screen *s = ctx;
    const struct attempt_row *r = row_at(s, i);
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    int end = col + cols, subject = cols >= 90 ? SUBJECT_WIDE : SUBJECT_NARROW;
    char day[SHOW_SIZE];
    canvas_fill(c, row, col, cols, role, ' ');
    if (!r)
        return;
    show_short_day(day, r->started_at, r->offset_min, s->wall_ms);
    canvas_puts(c, row, col, selected ? role : ROLE_DIM, day);
    col += DAY_COLUMNS;
    if (r->mean > 0)
        canvas_putf(c, row, col, role, "%.1f", r->mean);
    else
        canvas_puts(c, row, col, selected ? role : ROLE_DIM, " –");
    if (r->flagged)
        canvas_puts(c, row, col + LEVEL_COLUMNS - 2, selected ? role : ROLE_WARNING, "*");
    col += LEVEL_COLUMNS;
    show_name(c, row, col, subject, role, show_subject(s->app, r->principle, r->family));
    col += subject + 2;
    struct arena scratch = ARENA_INIT;
    const char *text =
        s->filter.words.count > 0 ? place_hit(&scratch, r->snippet, end - col) : title_of(s, r, &scratch);
    put_marked(c, row, col, end - col, role, text);
    arena_release(&scratch);
}

static void draw_detail(const struct review_screen *s, struct canvas *c, int row, int col, int cols, int rows)
{
    struct page *p = s->page;
    if (!s->has_detail || rows < 1)
        return;
    page_begin(p, cols < 72 ? cols : 72);
    page_add_prose(p, ROLE_STRONG, 0, s->detail.prompt);
    answer_add_facts(p, &s->detail);
    page_blank(p);
    answer_add_text(p, &s->detail, &s->filter);
    if (s->detail.note[0]) {
        page_blank(p);
        page_addf(p, ROLE_DIM, 0, 0, "Your note: %s", s->detail.note);
    }
    page_draw(p, c, row, col, rows);
}

static void draw_empty(const struct review_screen *s, struct canvas *c, int top)
{
    int width = show_width(c);
    if (!filter_is_empty(&s->filter)) {
        canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "No answer matches.");
        canvas_puts(c, top + 1, SHOW_MARGIN, ROLE_DIM, "/ changes the filter, Esc shows everything.");
        return;
    }
    canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "No answers yet.");
    text_put(c, top + 2, SHOW_MARGIN, width, 6, ROLE_TEXT,
             SV("Every answer you give is kept here: what was asked, what you said, how you scored it before and after "
                "the evidence. You can search the full text, read tries on the same question side by side, and score "
                "an old answer again without seeing the old scores."));
    canvas_puts(c, top + 7, SHOW_MARGIN, ROLE_DIM, "q goes back; d on the first screen starts a drill.");
}

/* The filter that is in force, or being typed. Answers the rows used. */
static int draw_filter(const struct review_screen *s, struct canvas *c, int row)
{
    int col = SHOW_MARGIN;
    if (s->searching) {
        col += canvas_puts(c, row, col, ROLE_KEY, "/ ");
        if (edit_text(s->search).len == 0)
            canvas_put_clipped(c, row, col + 1, c->cols - col - SHOW_MARGIN, ROLE_DIM,
                               SV("words, \"a phrase\", principle:ownership kind:case score:..2 since:2w"));
        edit_layout(s->search, c->cols - col - SHOW_MARGIN, 1);
        edit_draw(s->search, c, row, col, true);
        return 2;
    }
    if (s->line.len == 0)
        return 0;
    col += canvas_puts(c, row, col, ROLE_DIM, "/ ");
    canvas_put_clipped(c, row, col, c->cols - col - SHOW_MARGIN, ROLE_TEXT, buf_sv(&s->line));
    return 2;
}

static void draw_title(const struct review_screen *s, struct canvas *c, int *top, int *bottom)
{
    char right[64];
    bool all = filter_is_empty(&s->filter);
    snprintf(right, sizeof(right), "%zu %s%s", s->total, s->total == 1 ? "answer" : "answers",
             all             ? ""
             : s->total == 1 ? " matches"
                             : " match");
    frame_draw(c, "Review", right, review_keymap(&s->base), top, bottom);
}

static void review_draw(const struct screen *base, struct canvas *c)
{
    const struct review_screen *s = (const struct review_screen *)base;
    int top, bottom;
    draw_title(s, c, &top, &bottom);
    top += draw_filter(s, c, top);
    if (s->total == 0) {
        draw_empty(s, c, top);
        return;
    }
    int rows = bottom - top;
    if (c->cols >= SHOW_WIDE) {
        int cols = (c->cols - 2 * SHOW_MARGIN - 5) / 2;
        list_layout(s->list, rows);
        list_draw(s->list, c, top, SHOW_MARGIN, cols, draw_row, s);
        for (int r = top; r < bottom; r++)
            canvas_puts(c, r, SHOW_MARGIN + cols + 2, ROLE_RULE, "│");
        draw_detail(s, c, top, SHOW_MARGIN + cols + 5, cols, rows);
        return;
    }
    int shown = rows * 2 / 5;
    shown = (size_t)shown > s->total ? (int)s->total : shown;
    shown = shown < LIST_LEAST ? LIST_LEAST : shown;
    list_layout(s->list, shown);
    list_draw(s->list, c, top, SHOW_MARGIN, c->cols - 2 * SHOW_MARGIN, draw_row, s);
    canvas_fill(c, top + shown, 1, c->cols - 2, ROLE_RULE, 0x2500);
    draw_detail(s, c, top + shown + 1, SHOW_MARGIN, c->cols - 2 * SHOW_MARGIN, rows - shown - 1);
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
    if (!read_all(s, err)) {
        review_free(&s->base);
        return NULL;
    }
    return &s->base;
}
