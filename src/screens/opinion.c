#include "opinion.h"

#include "show.h"

#include "pmprep/app/review.h"
#include "pmprep/app/reviewer.h"
#include "pmprep/base/mem.h"

/* The user's own reviewer, asked about one answer. The screen lives on while the program thinks. */

enum { LOOK_MS = 100 };

enum opinion_action { DO_ASK = 1, DO_STOP };

static const struct binding waiting_keys[] = {
    {"Esc q ^C", DO_STOP, "stop", "stop the reviewer", BIND_BAR},
};
KEYS(waiting_map, "The reviewer reads", waiting_keys, &keymap_global);

static const struct binding shown_keys[] = {
    {"r", DO_ASK, "ask again", "ask the reviewer again; what it said before is replaced", BIND_BAR},
    {"q Esc Enter v ^C h Left", ACTION_BACK, "back", "back to the answer", BIND_BAR},
};
KEYS(shown_map, "The reviewer", shown_keys, &page_keymap);

struct opinion_screen {
    struct screen base;
    struct app *app;
    struct arena arena;
    struct attempt attempt;
    struct reviewer *asked; /* while it runs */
    int64_t since_ms, now_ms;
    struct err failure;
    struct page *page; /* laid out by drawing */
};

static void add_one(struct page *p, const struct opinion *o, int offset_min)
{
    char when[SHOW_SIZE];
    show_moment(when, o->at_ms, offset_min);
    page_blank(p);
    page_addf(p, ROLE_STRONG, 0, 0, "Reviewer: %s", o->command);
    page_addf(p, ROLE_DIM, 0, 0, "%s. What a program of yours said, as it came.", when);
    page_add(p, ROLE_TEXT, 2, 0, sv_from(o->text));
    if (o->cut)
        page_add(p, ROLE_DIM, 2, 0, SV("It said more; the rest was cut off."));
}

void opinion_add_all(struct page *p, const struct attempt *at)
{
    for (size_t i = 0; i < at->opinion_count; i++)
        add_one(p, &at->opinions[i], at->offset_min);
}

/* What the configured command said before; NULL when it was not asked. */
static const struct opinion *find_own(const struct opinion_screen *s)
{
    for (size_t i = 0; i < s->attempt.opinion_count; i++)
        if (strcmp(s->attempt.opinions[i].command, reviewer_command(s->app)) == 0)
            return &s->attempt.opinions[i];
    return NULL;
}

static bool read_attempt(struct opinion_screen *s, const char *id, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct attempt at;
    if (!review_get(s->app, id, &arena, &at, err)) {
        arena_release(&arena);
        return false;
    }
    arena_release(&s->arena); /* id may live in the old one */
    s->arena = arena;
    s->attempt = at;
    return true;
}

static bool ask(struct opinion_screen *s, int64_t now_ms, struct err *err)
{
    s->failure = (struct err)ERR_INIT;
    s->since_ms = s->now_ms = now_ms;
    page_top(s->page);
    return reviewer_start(s->app, s->attempt.id, &s->asked, err);
}

/* It has ended, or it is ended now. */
static void take_answer(struct opinion_screen *s)
{
    if (reviewer_finish(s->asked, &s->failure))
        read_attempt(s, s->attempt.id, &s->failure);
    reviewer_free(s->asked);
    s->asked = NULL;
}

/* ---- what keys and time do ---- */

static unsigned ask_again(struct opinion_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!ask(s, loop_now(l), &err))
        loop_error(l, &err);
    return SCREEN_DRAW;
}

static unsigned stop(struct opinion_screen *s, struct loop *l)
{
    reviewer_free(s->asked);
    s->asked = NULL;
    loop_status(l, ROLE_STATUS, "Stopped; nothing of it was kept.");
    return find_own(s) ? SCREEN_DRAW : SCREEN_DRAW | SCREEN_POP;
}

static unsigned opinion_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct opinion_screen *s = (struct opinion_screen *)base;
    (void)k;
    if (page_action(s->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_ASK:
        return ask_again(s, l);
    case DO_STOP:
        return stop(s, l);
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_HELP:
        loop_push(l, help_screen(base->ops->keymap(base)));
        break;
    }
    return SCREEN_IDLE;
}

static int64_t opinion_wake(const struct screen *base, int64_t mono_ms)
{
    return ((const struct opinion_screen *)base)->asked ? mono_ms + LOOK_MS : INT64_MAX;
}

static unsigned opinion_tick(struct screen *base, struct loop *l, int64_t mono_ms)
{
    struct opinion_screen *s = (struct opinion_screen *)base;
    bool new_second = (mono_ms - s->since_ms) / 1000 != (s->now_ms - s->since_ms) / 1000;
    (void)l;
    s->now_ms = mono_ms;
    if (!s->asked)
        return SCREEN_IDLE;
    if (!reviewer_step(s->asked, 0))
        return new_second ? SCREEN_DRAW : SCREEN_IDLE;
    take_answer(s);
    return SCREEN_DRAW;
}

/* ---- how it looks ---- */

static void add_waiting(struct page *p, const struct opinion_screen *s)
{
    char spent[SHOW_SIZE], most[SHOW_SIZE];
    show_length(spent, s->now_ms - s->since_ms);
    show_length(most, reviewer_limit_ms(s->app));
    page_addf(p, ROLE_STRONG, 0, 0, "Reviewer: %s", reviewer_command(s->app));
    page_blank(p);
    page_addf(p, ROLE_TEXT, 2, 0, "It reads your answer: %s of at most %s.", spent, most);
    page_add(p, ROLE_DIM, 2, 0, SV("It was given the question, the rubric and the answer, nothing else."));
}

static void add_failure(struct page *p, const struct opinion_screen *s)
{
    page_addf(p, ROLE_STRONG, 0, 0, "Reviewer: %s", reviewer_command(s->app));
    page_blank(p);
    page_addf(p, ROLE_ERROR, 2, 0, "Nothing was stored: %s.", s->failure.text);
}

static const struct keymap *opinion_keymap(const struct screen *base)
{
    return ((const struct opinion_screen *)base)->asked ? &waiting_map : &shown_map;
}

static void opinion_draw(const struct screen *base, struct canvas *c)
{
    const struct opinion_screen *s = (const struct opinion_screen *)base;
    const struct opinion *own = find_own(s);
    int top, bottom;
    frame_draw(c, "Reviewer", "", opinion_keymap(base), &top, &bottom);
    page_begin(s->page, show_width(c));
    if (s->asked)
        add_waiting(s->page, s);
    else if (s->failure.code != ERR_NONE)
        add_failure(s->page, s);
    if (!s->asked && own)
        add_one(s->page, own, s->attempt.offset_min);
    page_draw(s->page, c, top, SHOW_MARGIN, bottom - top);
}

static void opinion_free(struct screen *base)
{
    struct opinion_screen *s = (struct opinion_screen *)base;
    reviewer_free(s->asked);
    page_free(s->page);
    arena_release(&s->arena);
    free(s);
}

static const struct screen_ops opinion_ops = {
    .name = "opinion",
    .keymap = opinion_keymap,
    .action = opinion_action,
    .tick = opinion_tick,
    .wake = opinion_wake,
    .draw = opinion_draw,
    .free = opinion_free,
};

struct screen *opinion_screen(struct app *app, const char *id, struct err *err)
{
    struct opinion_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &opinion_ops;
    s->app = app;
    s->page = page_new();
    if (read_attempt(s, id, err) && (find_own(s) || ask(s, app_mono(app), err)))
        return &s->base;
    opinion_free(&s->base);
    return NULL;
}
