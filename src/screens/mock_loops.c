#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/app/mock.h"
#include "pmprep/app/names.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

/* The loops to choose from: what is unfinished first, then all there are. */

enum loops_action { DO_DISCARD = 1, DO_MODE, DO_PACE, DO_PAST };

static const struct binding run_keys[] = {
    {"Enter r l Right", ACTION_OPEN, "resume", "go on where you left it, with the time that was left", BIND_BAR},
    {"D", DO_DISCARD, "discard", "throw the unfinished loop away; asks once, its answers stay in Review", BIND_BAR},
    {"v", DO_PAST, "debriefs", "the loops that are over", BIND_BAR},
    {"q Esc ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR | BIND_QUIET},
};
KEYS(run_map, "An unfinished loop", run_keys, &keymap_list);

static const struct binding loop_keys[] = {
    {"Enter l Right", ACTION_OPEN, "start", "start this loop", BIND_BAR},
    {"m F5", DO_MODE, "mode", "type, speak or outline", BIND_BAR},
    {"p", DO_PACE, "pace", "every time in full, a half, a quarter, a tenth: to try the program out", 0},
    {"v", DO_PAST, "debriefs", "the loops that are over", BIND_BAR},
    {"q Esc ^C", ACTION_BACK, "back", "back to the screen before", BIND_BAR | BIND_QUIET},
};
KEYS(loop_map, "Loops", loop_keys, &keymap_list);

static const double paces[] = {1, 0.5, 0.25, 0.1};
enum { PACES = sizeof(paces) / sizeof(paces[0]), COUNT_COLUMN = 26 };

struct loops_screen {
    struct screen base;
    struct app *app;
    struct arena arena;
    struct mock_run *runs, *loops;
    size_t run_count, loop_count;
    struct list *list; /* runs, then loops; laid out by drawing, as is the page */
    struct page *page;
    enum answer_mode mode;
    unsigned pace;
    bool discard_asked;
    int64_t wall_ms;
};

static bool read_loops(struct loops_screen *s, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct mock_run *runs, *loops;
    size_t run_count, loop_count;
    if (!mock_runs(s->app, true, &arena, &runs, &run_count, err) ||
        !mock_loops(s->app, &arena, &loops, &loop_count, err)) {
        arena_release(&arena);
        return false;
    }
    arena_release(&s->arena);
    s->arena = arena;
    s->runs = runs;
    s->loops = loops;
    s->run_count = run_count;
    s->loop_count = loop_count;
    s->wall_ms = app_wall(s->app);
    s->discard_asked = false;
    list_set_count(s->list, run_count + loop_count);
    return true;
}

static bool is_run(const struct loops_screen *s, size_t i)
{
    return i < s->run_count;
}

static const struct mock_run *row_at(const struct loops_screen *s, size_t i)
{
    return is_run(s, i) ? &s->runs[i] : &s->loops[i - s->run_count];
}

static const struct mock_run *selected(const struct loops_screen *s)
{
    return s->list->count > 0 ? row_at(s, s->list->selected) : NULL;
}

/* ---- what keys do */

static unsigned failed(struct loop *l, const struct err *err)
{
    loop_error(l, err);
    return SCREEN_DRAW;
}

static unsigned open_selected(struct loops_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const struct mock_run *row = selected(s);
    struct mock *m;
    if (!row)
        return SCREEN_IDLE;
    struct mock_options o;
    mock_options_init(&o);
    o.loop = row->loop;
    o.mode = s->mode;
    o.mode_set = true;
    o.pace = paces[s->pace];
    bool resume = is_run(s, s->list->selected);
    if (!(resume ? mock_resume(s->app, row->id, &m, &err) : mock_open(s->app, &o, &m, &err)))
        return failed(l, &err);
    loop_push(l, mock_screen(s->app, m));
    return SCREEN_DRAW;
}

static unsigned discard(struct loops_screen *s, struct loop *l, bool sure)
{
    struct err err = ERR_INIT;
    if (!is_run(s, s->list->selected))
        return SCREEN_IDLE;
    if (!sure) {
        s->discard_asked = true;
        loop_status(l, ROLE_WARNING,
                    "D again throws this loop away; its answers stay in Review. Any other key keeps it.");
        return SCREEN_DRAW;
    }
    if (!mock_discard(s->app, selected(s)->id, &err) || !read_loops(s, &err))
        return failed(l, &err);
    loop_status(l, ROLE_STATUS, "The unfinished loop is gone.");
    return SCREEN_DRAW;
}

static unsigned open_past(struct loops_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct screen *past = mock_past_screen(s->app, &err);
    if (!past)
        return failed(l, &err);
    loop_push(l, past);
    return SCREEN_DRAW;
}

static const struct keymap *loops_keymap(const struct screen *base)
{
    const struct loops_screen *s = (const struct loops_screen *)base;
    return s->list->count > 0 && is_run(s, s->list->selected) ? &run_map : &loop_map;
}

static unsigned loops_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    static const enum answer_mode next[MODE_COUNT] = {MODE_SPEAK, MODE_OUTLINE, MODE_TYPE, MODE_TYPE};
    struct loops_screen *s = (struct loops_screen *)base;
    bool sure = s->discard_asked;
    (void)k;
    s->discard_asked = false;
    if (list_action(s->list, action)) {
        page_top(s->page);
        return SCREEN_DRAW;
    }
    switch (action) {
    case ACTION_OPEN:
        return open_selected(s, l);
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_HELP:
        loop_push(l, help_screen(loops_keymap(base)));
        break;
    case DO_DISCARD:
        return discard(s, l, sure);
    case DO_MODE:
        s->mode = next[s->mode];
        break;
    case DO_PACE:
        s->pace = (s->pace + 1) % PACES;
        break;
    case DO_PAST:
        return open_past(s, l);
    }
    return SCREEN_DRAW;
}

static unsigned loops_key(struct screen *base, struct loop *l, const struct key *k)
{
    enum { LIST_TOP = 2 };
    struct loops_screen *s = (struct loops_screen *)base;
    (void)l;
    s->discard_asked = false;
    if (k->code == KEY_CLICK)
        list_click(s->list, k->row - LIST_TOP);
    return SCREEN_DRAW;
}

static unsigned loops_shown(struct screen *base, struct loop *l)
{
    struct err err = ERR_INIT;
    return read_loops((struct loops_screen *)base, &err) ? SCREEN_DRAW : failed(l, &err);
}

/* ---- how it looks */

static void count_words(const struct mock_run *r, bool run, char out[SHOW_SIZE])
{
    char time[SHOW_SIZE];
    show_hours(time, run ? r->left_ms : (int64_t)r->minutes * 60000);
    if (run && r->in_debrief)
        snprintf(out, SHOW_SIZE, "unfinished, in the debrief");
    else if (run)
        snprintf(out, SHOW_SIZE, "unfinished, %.12s left", time);
    else if (r->stages > 1)
        snprintf(out, SHOW_SIZE, "%u interviews, %.12s", r->stages, time);
    else
        snprintf(out, SHOW_SIZE, "%s", time);
}

static void draw_row(const void *ctx, size_t i, bool marked, struct canvas *c, int row, int col, int cols)
{
    const struct loops_screen *s = ctx;
    const struct mock_run *r = row_at(s, i);
    char words[SHOW_SIZE];
    enum role role = marked ? ROLE_SELECTED : ROLE_TEXT;
    count_words(r, is_run(s, i), words);
    canvas_fill(c, row, col, cols, role, ' ');
    show_name(c, row, col + 1, cols - COUNT_COLUMN - 3, role, r->title);
    canvas_put_right(c, row, col + cols - 1, marked ? role : is_run(s, i) ? ROLE_WARNING : ROLE_DIM, words);
}

static void add_run(struct page *p, const struct loops_screen *s, const struct mock_run *r)
{
    char ago[SHOW_SIZE], left[SHOW_SIZE];
    show_ago(ago, s->wall_ms - r->updated_at);
    show_hours(left, r->left_ms);
    if (r->in_debrief)
        page_add(p, ROLE_TEXT, 0, 0, SV("The interviews are over; the debrief waits for your votes."));
    else
        page_addf(p, ROLE_TEXT, 0, 0, "Interview %u of %u, %s left. Enter goes on where you were.",
                  r->stage > 0 ? r->stage : 1, r->stages, left);
    page_addf(p, ROLE_DIM, 0, 0, "last touched %s", ago);
}

/* A run does not know it: its loop does, if it is still there. */
static const char *about(const struct loops_screen *s, const struct mock_run *r)
{
    for (size_t i = 0; !r->about[0] && i < s->loop_count; i++)
        if (strcmp(s->loops[i].loop, r->loop) == 0)
            return s->loops[i].about;
    return r->about;
}

static void draw_detail(const void *ctx, struct canvas *c, int row, int col, int cols, int rows)
{
    const struct loops_screen *s = ctx;
    const struct mock_run *r = selected(s);
    struct page *p = s->page;
    if (!r)
        return;
    page_begin(p, text_measure(cols));
    p->key = "";
    page_add(p, ROLE_STRONG, 0, 0, sv_from(r->title));
    if (is_run(s, s->list->selected)) {
        add_run(p, s, r);
    } else {
        page_addf(p, ROLE_DIM, 0, 0, "%s%s", mode_name(s->mode),
                  s->pace == 0
                      ? ", real time"
                      : arena_printf(&p->arena, ", pace %.3g: to try it out, not to rehearse", paces[s->pace]));
    }
    page_blank(p);
    page_add_prose(p, ROLE_TEXT, 0, about(s, r));
    page_draw(p, c, row, col, rows);
}

static void loops_draw(const struct screen *base, struct canvas *c)
{
    const struct loops_screen *s = (const struct loops_screen *)base;
    int top, bottom;
    frame_draw(c, "Mock interviews", "", loops_keymap(base), &top, &bottom);
    if (s->list->count == 0) {
        text_put(c, top, SHOW_MARGIN, show_width(c), 4, ROLE_TEXT,
                 SV("There is no loop here yet: the program's data has none, nor have your own banks. `pmprep doctor` "
                    "tells where they are looked for."));
        return;
    }
    show_list_and_detail(s->list, c, top, bottom, draw_row, draw_detail, s);
}

static void loops_free(struct screen *base)
{
    struct loops_screen *s = (struct loops_screen *)base;
    arena_release(&s->arena);
    page_free(s->page);
    free(s->list);
    free(s);
}

static const struct screen_ops loops_ops = {
    .name = "mock-loops",
    .keymap = loops_keymap,
    .action = loops_action,
    .key = loops_key,
    .shown = loops_shown,
    .draw = loops_draw,
    .free = loops_free,
};

struct screen *mock_loops_screen(struct app *app, struct err *err)
{
    struct loops_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &loops_ops;
    s->app = app;
    s->page = page_new();
    s->list = mem_calloc(1, sizeof(*s->list));
    list_init(s->list, 0);
    mode_parse(sv_from(config_text(app_config(app), "mode")), &s->mode);
    if (read_loops(s, err))
        return &s->base;
    loops_free(&s->base);
    return NULL;
}
