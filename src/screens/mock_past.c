#include "mock_verdict.h"
#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/app/mock.h"
#include "pmprep/base/mem.h"

/* The loops that are over: a list, and one debrief to read page by page, the verdict first. */

enum past_action { DO_CLOSE = 1, DO_NEXT, DO_BACK, DO_FIX_1 };

static const struct binding list_keys[] = {
    {"Enter l Right", ACTION_OPEN, "read", "the debrief: verdict, then each answer", BIND_BAR},
    {"q Esc ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR | BIND_QUIET},
};
KEYS(list_map, "Debriefs", list_keys, &keymap_list);

static const struct binding empty_keys[] = {
    {"q Esc ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR},
};
KEYS(empty_map, "Debriefs", empty_keys, &keymap_global);

static const struct binding report_keys[] = {
    {"n Right Enter", DO_NEXT, "next page", "the next answer", BIND_BAR},
    {"b Left Backspace", DO_BACK, "page before", "the answer before, or the verdict", BIND_BAR},
    {"1-3", DO_FIX_1, "drill it", "drill what is to be fixed first, now", BIND_BAR},
    {"q Esc ^C", DO_CLOSE, "list", "back to the list", BIND_BAR},
};
KEYS(report_map, "A debrief", report_keys, &page_keymap);

struct past_screen {
    struct screen base;
    struct app *app;
    struct arena arena;
    struct mock_run *runs;
    size_t count;
    struct arena report_arena;
    struct mock_report report;
    const char *read;  /* id of the report; "" */
    bool open;         /* the report fills the screen */
    size_t page_at;    /* 0: the verdict */
    struct list *list; /* these are laid out by drawing */
    struct page *page, *beside;
};

/* ---- reading the store */

static bool read_runs(struct past_screen *s, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct mock_run *runs;
    size_t count, done = 0;
    if (!mock_runs(s->app, false, &arena, &runs, &count, err)) {
        arena_release(&arena);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (runs[i].done)
            runs[done++] = runs[i];
    arena_release(&s->arena);
    s->arena = arena;
    s->runs = runs;
    s->count = done;
    s->read = "";
    list_set_count(s->list, done);
    return true;
}

static const struct mock_run *selected(const struct past_screen *s)
{
    return s->count > 0 ? &s->runs[s->list->selected] : NULL;
}

static bool read_report(struct past_screen *s, struct err *err)
{
    const struct mock_run *r = selected(s);
    if (!r || strcmp(s->read, r->id) == 0)
        return true;
    s->read = "";
    page_top(s->page);
    arena_reset(&s->report_arena);
    if (!mock_report(s->app, r->id, &s->report_arena, &s->report, err))
        return false;
    s->read = r->id;
    return true;
}

/* ---- what keys do */

static unsigned told(struct loop *l, bool ok, const struct err *err)
{
    if (!ok)
        loop_error(l, err);
    return SCREEN_DRAW;
}

static unsigned turn(struct past_screen *s, bool forward)
{
    size_t last = s->report.input.answer_count;
    s->page_at = forward ? (s->page_at < last ? s->page_at + 1 : last) : s->page_at > 0 ? s->page_at - 1 : 0;
    page_top(s->page);
    page_top(s->beside);
    return SCREEN_DRAW;
}

static unsigned drill(struct past_screen *s, struct loop *l, size_t which)
{
    struct err err = ERR_INIT;
    if (which >= s->report.debrief.fix_count)
        return SCREEN_IDLE;
    struct screen *next = mock_fix_screen(s->app, &s->report.debrief.fixes[which], &err);
    if (next)
        loop_push(l, next);
    return told(l, next != NULL, &err);
}

static unsigned report_action(struct past_screen *s, struct loop *l, int action)
{
    page_action(s->beside, action);
    if (page_action(s->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_NEXT:
        return turn(s, true);
    case DO_BACK:
        return turn(s, false);
    case DO_CLOSE:
        s->open = false;
        page_top(s->page);
        return SCREEN_DRAW;
    case ACTION_HELP:
        loop_push(l, help_screen(&report_map));
        return SCREEN_DRAW;
    }
    return action >= DO_FIX_1 && action < DO_FIX_1 + DEBRIEF_FIXES ? drill(s, l, (size_t)(action - DO_FIX_1))
                                                                   : SCREEN_IDLE;
}

static const struct keymap *past_keymap(const struct screen *base)
{
    const struct past_screen *s = (const struct past_screen *)base;
    return s->open ? &report_map : s->count > 0 ? &list_map : &empty_map;
}

static unsigned past_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct past_screen *s = (struct past_screen *)base;
    struct err err = ERR_INIT;
    (void)k;
    if (s->open)
        return report_action(s, l, action);
    if (list_action(s->list, action))
        return told(l, read_report(s, &err), &err);
    switch (action) {
    case ACTION_OPEN:
        s->open = s->read[0] != '\0';
        s->page_at = 0;
        page_top(s->page);
        page_top(s->beside);
        break;
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_HELP:
        loop_push(l, help_screen(past_keymap(base)));
        break;
    }
    return SCREEN_DRAW;
}

static unsigned past_shown(struct screen *base, struct loop *l)
{
    struct past_screen *s = (struct past_screen *)base;
    struct err err = ERR_INIT;
    return told(l, (s->open || read_runs(s, &err)) && read_report(s, &err), &err);
}

/* ---- how it looks */

static void draw_row(const void *ctx, size_t i, bool marked, struct canvas *c, int row, int col, int cols)
{
    const struct past_screen *s = ctx;
    const struct mock_run *r = &s->runs[i];
    char day[SHOW_SIZE];
    enum role role = marked ? ROLE_SELECTED : ROLE_TEXT;
    const char *verdict = verdict_names[r->verdict];
    int right = (int)strlen(verdict) + 2;
    show_short_day(day, r->started_at, app_offset(s->app), app_wall(s->app));
    canvas_fill(c, row, col, cols, role, ' ');
    int used = 1 + canvas_puts(c, row, col + 1, marked ? role : ROLE_DIM, day) + 2;
    show_name(c, row, col + used, cols - used - right - 1, role, r->title);
    canvas_put_right(c, row, col + cols - 1, role, verdict);
}

static struct mock_verdict verdict_of(const struct past_screen *s)
{
    const struct mock_report *r = &s->report;
    return (struct mock_verdict){&r->debrief, r->input.stages, r->input.stage_count, r->against, r->notes};
}

static void draw_detail(const void *ctx, struct canvas *c, int row, int col, int cols, int rows)
{
    const struct past_screen *s = ctx;
    if (!s->read[0])
        return;
    struct mock_verdict v = verdict_of(s);
    page_begin(s->page, text_measure(cols));
    s->page->key = "";
    mock_verdict_add(s->page, s->page, &v);
    page_draw(s->page, c, row, col, rows);
}

static const char *subject(const struct past_screen *s, const struct debrief_answer *a)
{
    return a->principle[0] ? show_subject(s->app, a->principle, FAMILY_NONE) : "Case";
}

enum { GAP = 5 };

/* Verdict and reckoning, or an answer and its levels: side by side where there is room. */
static void draw_report(const struct past_screen *s, struct canvas *c, int top, int bottom)
{
    bool wide = c->cols >= SHOW_WIDE;
    int width = wide ? (c->cols - 2 * SHOW_MARGIN - GAP) / 2 : show_width(c);
    int second = SHOW_MARGIN + width + GAP;
    struct page *p = s->page, *beside = wide ? s->beside : s->page;
    struct mock_verdict v = verdict_of(s);
    page_begin(s->beside, width);
    page_begin(p, width);
    p->key = wide ? "" : "j";
    if (s->page_at == 0) {
        mock_verdict_add(p, beside, &v);
    } else {
        const struct debrief_answer *a = &s->report.input.answers[s->page_at - 1];
        mock_answer_add(p, a, subject(s, a));
        mock_levels_add(beside, a);
    }
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
    if (!wide)
        return;
    page_draw(beside, c, top, second, bottom - top);
    for (int row = top; row < bottom; row++)
        canvas_puts(c, row, second - GAP / 2 - 1, ROLE_RULE, "│");
}

static void draw_title(const struct past_screen *s, struct canvas *c, int *top, int *bottom)
{
    struct buf left = BUF_INIT, right = BUF_INIT;
    if (s->open) {
        buf_addf(&left, "Debrief · %s", selected(s)->title);
        buf_addf(&right, "page %zu of %zu", s->page_at + 1, s->report.input.answer_count + 1);
    } else {
        buf_adds(&left, "Debriefs");
        buf_addf(&right, "%zu %s", s->count, s->count == 1 ? "loop" : "loops");
    }
    frame_draw(c, buf_str(&left), buf_str(&right), past_keymap(&s->base), top, bottom);
    buf_release(&left);
    buf_release(&right);
}

static void past_draw(const struct screen *base, struct canvas *c)
{
    const struct past_screen *s = (const struct past_screen *)base;
    int top, bottom;
    draw_title(s, c, &top, &bottom);
    if (s->open)
        draw_report(s, c, top, bottom);
    else if (s->count > 0)
        show_list_and_detail(s->list, c, top, bottom, draw_row, draw_detail, s);
    else
        text_put(c, top, SHOW_MARGIN, show_width(c), 4, ROLE_TEXT,
                 SV("No loop is over yet. Its debrief will be kept here: the votes, the verdict and why, every answer "
                    "with its findings. m on Home starts one."));
}

static void past_free(struct screen *base)
{
    struct past_screen *s = (struct past_screen *)base;
    arena_release(&s->arena);
    arena_release(&s->report_arena);
    page_free(s->page);
    page_free(s->beside);
    free(s->list);
    free(s);
}

static const struct screen_ops past_ops = {
    .name = "mock-past",
    .keymap = past_keymap,
    .action = past_action,
    .shown = past_shown,
    .draw = past_draw,
    .free = past_free,
};

struct screen *mock_past_screen(struct app *app, struct err *err)
{
    struct past_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &past_ops;
    s->app = app;
    s->read = "";
    s->page = page_new();
    s->beside = page_new();
    s->list = mem_calloc(1, sizeof(*s->list));
    list_init(s->list, 0);
    if (read_runs(s, err))
        return &s->base;
    past_free(&s->base);
    return NULL;
}

struct screen *mock_fix_screen(struct app *app, const struct debrief_fix *fix, struct err *err)
{
    struct arena arena = ARENA_INIT; /* the drill keeps none of it once it is open */
    struct drill_options o;
    struct drill *d = NULL;
    drill_options_init(&o);
    bool ok = filter_parse_line(sv_from(fix->filter), app_wall(app), app_offset(app), &arena, &o.filter, err) &&
              drill_open(app, &o, &d, err);
    arena_release(&arena);
    return ok ? drill_screen(app, d) : NULL;
}
