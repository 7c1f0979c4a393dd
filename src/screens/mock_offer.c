#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/base/mem.h"

/* A mock was asked for, and a loop is unfinished: go on with it, leave it for later, or throw it away. */

enum { DO_RESUME = 1, DO_FRESH, DO_DISCARD };

struct mock_offer {
    struct screen base;
    struct app *app;
    struct mock_options options;
    struct arena arena;
    struct mock_run run;
    struct page *page;
    bool discard_asked;
};

static const struct binding keys[] = {
    {"Enter r", DO_RESUME, "resume", "go on where you left it, with the time that was left", BIND_BAR},
    {"n", DO_FRESH, "new one", "start what you asked for; the unfinished loop waits", BIND_BAR},
    {"x D", DO_DISCARD, "throw away", "discard the unfinished loop and start what you asked for; asks once", BIND_BAR},
    {"q Esc ^C", ACTION_BACK, "leave", "leave; the loop waits", BIND_BAR},
};
KEYS(offer_map, "An unfinished loop", keys, &page_keymap);

static const struct keymap *offer_keymap(const struct screen *base)
{
    (void)base;
    return &offer_map;
}

static unsigned start(struct mock_offer *o, struct loop *l, bool resume)
{
    struct err err = ERR_INIT;
    struct mock *m;
    bool ok = resume ? mock_resume(o->app, o->run.id, &m, &err) : mock_open(o->app, &o->options, &m, &err);
    if (!ok) {
        loop_error(l, &err);
        return SCREEN_DRAW;
    }
    loop_replace(l, mock_screen(o->app, m));
    return SCREEN_IDLE;
}

static unsigned discard(struct mock_offer *o, struct loop *l, bool sure)
{
    struct err err = ERR_INIT;
    if (!sure) {
        o->discard_asked = true;
        loop_status(l, ROLE_WARNING, "x again throws this loop away; its answers stay in Review.");
        return SCREEN_DRAW;
    }
    if (mock_discard(o->app, o->run.id, &err))
        return start(o, l, false);
    loop_error(l, &err);
    return SCREEN_DRAW;
}

static unsigned offer_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct mock_offer *o = (struct mock_offer *)base;
    bool sure = o->discard_asked;
    (void)k;
    o->discard_asked = false;
    if (page_action(o->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_RESUME:
        return start(o, l, true);
    case DO_FRESH:
        return start(o, l, false);
    case DO_DISCARD:
        return discard(o, l, sure);
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_HELP:
        loop_push(l, help_screen(&offer_map));
        break;
    }
    return SCREEN_IDLE;
}

static void offer_draw(const struct screen *base, struct canvas *c)
{
    const struct mock_offer *o = (const struct mock_offer *)base;
    const struct mock_run *r = &o->run;
    struct page *p = o->page;
    char when[SHOW_SIZE], left[SHOW_SIZE];
    int top, bottom;
    show_moment(when, r->updated_at, app_offset(o->app));
    show_hours(left, r->left_ms);
    frame_draw(c, "Unfinished loop", "", &offer_map, &top, &bottom);
    page_begin(p, show_width(c));
    page_add(p, ROLE_STRONG, 0, 0, sv_from(r->title));
    if (r->in_debrief)
        page_add(p, ROLE_TEXT, 0, 0, SV("The interviews are over; the debrief waits for you."));
    else
        page_addf(p, ROLE_TEXT, 0, 0, "Interview %u of %u, %s left.", r->stage > 0 ? r->stage : 1, r->stages, left);
    page_addf(p, ROLE_DIM, 0, 0, "last touched %s", when);
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void offer_free(struct screen *base)
{
    struct mock_offer *o = (struct mock_offer *)base;
    page_free(o->page);
    arena_release(&o->arena);
    free(o);
}

static const struct screen_ops offer_ops = {
    .name = "mock-offer",
    .keymap = offer_keymap,
    .action = offer_action,
    .draw = offer_draw,
    .free = offer_free,
};

/* The newest that is open, of the wished loop if there is such a wish. */
static const struct mock_run *newest(const struct mock_run *runs, size_t count, const char *loop)
{
    for (size_t i = 0; i < count; i++)
        if (!loop || strcmp(runs[i].loop, loop) == 0)
            return &runs[i];
    return NULL;
}

bool mock_waiting(struct app *app, const char *loop, struct arena *a, struct mock_run *out, bool *found,
                  struct err *err)
{
    struct mock_run *runs;
    size_t count;
    if (!mock_runs(app, true, a, &runs, &count, err))
        return false;
    const struct mock_run *run = newest(runs, count, loop);
    *found = run != NULL;
    if (run)
        *out = *run;
    return true;
}

struct screen *mock_offer_screen(struct app *app, const struct mock_options *options, bool *waiting, struct err *err)
{
    struct mock_offer *o = mem_calloc(1, sizeof(*o));
    o->base.ops = &offer_ops;
    o->app = app;
    o->options = *options;
    o->page = page_new();
    *waiting = false;
    if (mock_waiting(app, options->loop, &o->arena, &o->run, waiting, err) && *waiting)
        return &o->base;
    offer_free(&o->base);
    return NULL;
}
