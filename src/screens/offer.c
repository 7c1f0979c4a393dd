#include "page.h"
#include "screens.h"
#include "show.h"

#include "pmprep/base/mem.h"
#include "pmprep/coach/words.h"

/* A drill was asked for, and there is an answer that was never submitted: take it up, leave it for later, or throw it
 * away. */

enum { DO_RESUME = 1, DO_FRESH, DO_DISCARD };

struct offer {
    struct screen base;
    struct app *app;
    struct drill_options options;
    struct arena arena;
    struct draft draft;
    struct page *page;
    bool discard_asked;
};

static const struct binding keys[] = {
    {"Enter r", DO_RESUME, "resume", "go on with the answer where you left it", BIND_BAR},
    {"n", DO_FRESH, "new drill", "start a new drill; the draft waits", BIND_BAR},
    {"x", DO_DISCARD, "throw away", "delete the draft and start a new drill; asks once", BIND_BAR},
    {"q Esc ^C", ACTION_BACK, "leave", "leave; the draft waits", BIND_BAR},
};
static const struct keymap offer_map = {"An unfinished answer", keys, sizeof(keys) / sizeof(keys[0]), &page_keymap};

static const struct keymap *offer_keymap(const struct screen *base)
{
    (void)base;
    return &offer_map;
}

static unsigned start(struct offer *o, struct loop *l, bool resume)
{
    struct err err = ERR_INIT;
    struct drill *d;
    bool ok = resume ? drill_resume(o->app, &d, &err) : drill_open(o->app, &o->options, &d, &err);
    if (!ok) {
        loop_error(l, &err);
        return SCREEN_DRAW;
    }
    loop_replace(l, drill_screen(o->app, d));
    return SCREEN_IDLE;
}

static unsigned offer_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct offer *o = (struct offer *)base;
    struct err err = ERR_INIT;
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
        if (!sure) {
            o->discard_asked = true;
            loop_status(l, ROLE_WARNING, "x again throws the unfinished answer away.");
            return SCREEN_DRAW;
        }
        if (drill_draft_discard(o->app, &o->draft, &err))
            return start(o, l, false);
        loop_error(l, &err);
        return SCREEN_DRAW;
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_HELP:
        loop_push(l, help_screen(&offer_map));
        return SCREEN_IDLE;
    }
    return SCREEN_IDLE;
}

static void offer_draw(const struct screen *base, struct canvas *c)
{
    const struct offer *o = (const struct offer *)base;
    struct page *p = o->page;
    char when[SHOW_SIZE];
    unsigned words = (unsigned)words_count(sv_from(o->draft.text));
    int top, bottom;
    show_moment(when, o->draft.updated_at, app_offset(o->app));
    frame_draw(c, "Unfinished answer", "", &offer_map, &top, &bottom);
    page_begin(p, text_measure(c->cols - 6));
    page_addf(p, ROLE_DIM, 0, 0, "%s · %u %s", when, words, words == 1 ? "word" : "words");
    page_blank(p);
    page_add_prose(p, ROLE_STRONG, 0, o->draft.prompt);
    page_blank(p);
    page_add(p, ROLE_TEXT, 0, 0, sv_from(o->draft.text));
    page_draw(p, c, top, 3, bottom - top);
}

static void offer_free(struct screen *base)
{
    struct offer *o = (struct offer *)base;
    page_free(o->page);
    arena_release(&o->arena);
    free(o);
}

static const struct screen_ops offer_ops = {
    .name = "offer",
    .keymap = offer_keymap,
    .action = offer_action,
    .draw = offer_draw,
    .free = offer_free,
};

struct screen *offer_screen(struct app *app, const struct drill_options *options, bool *waiting, struct err *err)
{
    struct offer *o = mem_calloc(1, sizeof(*o));
    o->base.ops = &offer_ops;
    o->app = app;
    o->options = *options;
    o->page = page_new();
    *waiting = false;
    if (drill_draft_waiting(app, &o->arena, &o->draft, waiting, err) && *waiting)
        return &o->base;
    offer_free(&o->base);
    return NULL;
}
