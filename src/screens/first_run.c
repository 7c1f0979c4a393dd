#include "first_run_screen.h"

#include "pmprep/app/compose.h"
#include "pmprep/app/progress.h"
#include "pmprep/app/story.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/mem.h"
#include "pmprep/coach/words.h"

/* At most ten minutes on the first day; each step can be skipped, Esc leaves all of it, and it is never asked again. */

enum { SAVE_AFTER_MS = 1000, TYPE_MS = 12 * 60 * 1000, SPEAK_MS = 3 * 60 * 1000 };

const struct first_run_kind first_run_kinds[FIRST_RUN_KINDS] = {
    {"loop", "interview loop", "the day of five interviews"},
    {"interview", "phone interview", "one hour, the first hurdle"},
    {"one-on-one", "1:1 with the hiring manager", "an internal move begins with it"},
    {"writing", "writing exercise", "the essay before the loop"},
};

int64_t first_run_left_ms(const struct first_run *s)
{
    int64_t now = s->paused_ms ? s->paused_ms : s->now_ms;
    return (s->speak ? SPEAK_MS : TYPE_MS) - (now - s->entered_ms);
}

static unsigned told(struct loop *l, bool ok, const struct err *err)
{
    if (!ok)
        loop_error(l, err);
    return SCREEN_DRAW;
}

/* ---- the pair */

/* A core pair that is easy to see through, so that the annotation confirms more than it surprises. */
static bool read_pair(struct first_run *s, struct err *err)
{
    struct library *lib;
    struct filter f;
    struct item_meta *metas;
    size_t count, best = 0;
    filter_init(&f);
    f.kinds = 1u << KIND_PAIR;
    if (!app_library(s->app, &lib, err) || !library_list(lib, &f, &s->arena, &metas, &count, err))
        return false;
    for (size_t i = 1; i < count; i++) {
        int better = (metas[i].core - metas[best].core) * 4 - (metas[i].difficulty - metas[best].difficulty);
        best = better > 0 ? i : best;
    }
    s->has_pair = count > 0 && library_item(lib, metas[best].key, &s->arena, &s->pair, err);
    return count == 0 || s->has_pair;
}

/* ---- from step to step */

static unsigned finish(struct first_run *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!progress_first_run_done(s->app, &err))
        return told(l, false, &err);
    loop_status(l, ROLE_STATUS, "Ready. Enter starts the first drill.");
    return SCREEN_POP;
}

static unsigned enter(struct first_run *s, struct loop *l, enum first_run_step step)
{
    struct err err = ERR_INIT;
    page_top(s->page);
    s->leave_asked = false;
    if (step == ASK_DATE && s->kind < 0)
        step = ASK_TARGET;
    if (step == SHOW_PAIR && !read_pair(s, &err))
        loop_error(l, &err);
    if (step == SHOW_PAIR && !s->has_pair)
        step = ASK_SEALED;
    if (step == FIRST_RUN_STEPS)
        return finish(s, l);
    s->step = step;
    s->now_ms = s->entered_ms = loop_now(l);
    return SCREEN_DRAW;
}

/* ---- milestone */

/* "3 weeks" "10d": a count of days or weeks from today. */
static bool parse_span(struct sv text, int32_t today, int32_t *day)
{
    size_t digits = 0;
    long count;
    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    struct sv unit = sv_trim(sv_sub(text, digits, text.len));
    bool weeks = sv_starts(unit, "w"), days = sv_starts(unit, "d");
    if ((!weeks && !days) || !sv_int(sv_sub(text, 0, digits), 0, 400, &count))
        return false;
    *day = today + (int32_t)(weeks ? 7 * count : count);
    return true;
}

static bool parse_day(struct sv text, int32_t today, int32_t *day)
{
    char date[16];
    text = sv_trim(text);
    if (text.len < sizeof(date)) {
        snprintf(date, sizeof(date), SV_FMT, SV_ARG(text));
        if (date_parse(date, day) == 0)
            return *day >= today;
    }
    return parse_span(text, today, day);
}

static bool parse_when(struct sv text, int32_t today, int32_t *first, int32_t *last, struct err *err)
{
    *first = *last = 0;
    text = sv_trim(text);
    if (text.len == 0)
        return true;
    size_t dots = 0;
    while (dots + 1 < text.len && (text.data[dots] != '.' || text.data[dots + 1] != '.'))
        dots++;
    bool range = dots + 1 < text.len;
    struct sv from = range ? sv_sub(text, 0, dots) : text, to = range ? sv_sub(text, dots + 2, text.len) : text;
    if (parse_day(from, today, first) && parse_day(to, today, last) && *first <= *last)
        return true;
    return err_set(err, ERR_USAGE,
                   "From today on, as in 2026-12-12, 2026-12-10..2026-12-14 or 3 weeks; empty: unknown.");
}

static bool store_date(struct first_run *s, struct err *err)
{
    const struct first_run_kind *k = &first_run_kinds[s->kind];
    int32_t first, last;
    return parse_when(edit_text(s->date.fields[0].edit), app_today(s->app), &first, &last, err) &&
           progress_set_milestone(s->app, k->kind, k->title, first, last, err);
}

static bool store_target(struct first_run *s, struct err *err)
{
    struct config *config = app_config(s->app);
    const char *target = s->l5 ? "L5" : "L6", *role = s->technical ? "pm-t" : "pm";
    return (strcmp(config_text(config, "target"), target) == 0 || config_set(config, "target", target, err)) &&
           (strcmp(config_text(config, "role"), role) == 0 || config_set(config, "role", role, err));
}

/* ---- stories: what has a headline is kept, and only what changed is written */

static bool store_story(struct first_run *s, size_t i, struct err *err)
{
    struct story st, before;
    story_init(&st);
    story_init(&before);
    before.headline = s->story_text[i];
    const char *text = arena_sv(&s->arena, sv_trim(edit_text(s->stories.fields[i].edit)));
    if (!text[0] || strcmp(text, s->story_text[i]) == 0)
        return true;
    st.id = s->story_id[i];
    st.headline = text;
    if (!(st.id[0] ? story_change(s->app, &before, &st, err) : story_add(s->app, &st, &s->arena, err)))
        return false;
    s->story_id[i] = st.id;
    s->story_text[i] = text;
    return true;
}

static bool store_stories(struct first_run *s, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < FIRST_STORIES; i++)
        ok = store_story(s, i, err);
    return ok;
}

/* ---- the sealed answer */

static bool save_answer(struct first_run *s, struct err *err)
{
    if (edit_revision(s->answer) == s->saved_revision)
        return true;
    if (!progress_save_sealed_draft(s->app, edit_text(s->answer), err))
        return false;
    s->saved_revision = edit_revision(s->answer);
    s->changed_ms = 0;
    return true;
}

static unsigned seal(struct first_run *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct sv text = sv_trim(edit_text(s->answer));
    if (!s->speak && text.len == 0) {
        loop_status(l, ROLE_STATUS, "There is nothing to seal yet; F4 skips it.");
        return SCREEN_DRAW;
    }
    enum answer_mode mode = s->speak ? MODE_SPEAK : MODE_TYPE;
    if (!progress_seal(s->app, text, loop_now(l) - s->entered_ms, mode, &err))
        return told(l, false, &err);
    return enter(s, l, FIRST_RUN_STEPS);
}

struct outside {
    struct buf text;
    bool saved;
};

static bool run_editor(void *arg, struct err *err)
{
    struct outside *o = arg;
    return compose(progress_sealed_question(), &o->text, &o->saved, err);
}

static unsigned edit_outside(struct first_run *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct outside o = {.text = BUF_INIT};
    buf_addsv(&o.text, edit_text(s->answer));
    bool ok = loop_outside(l, run_editor, &o, &err);
    if (ok && o.saved)
        edit_set_text(s->answer, buf_sv(&o.text), o.text.len);
    else if (ok)
        loop_status(l, ROLE_STATUS, "The editor gave nothing back; the answer is as it was.");
    buf_release(&o.text);
    return ok && o.saved ? seal(s, l) : told(l, ok, &err);
}

/* ---- what keys do */

static unsigned go_on(struct first_run *s, struct loop *l)
{
    struct err err = ERR_INIT;
    switch (s->step) {
    case ASK_KIND:
        return enter(s, l, ASK_DATE);
    case ASK_DATE:
        return store_date(s, &err) ? enter(s, l, ASK_TARGET) : told(l, false, &err);
    case ASK_TARGET:
        return store_target(s, &err) ? enter(s, l, ASK_STORIES) : told(l, false, &err);
    case ASK_STORIES:
        return store_stories(s, &err) ? enter(s, l, SHOW_PAIR) : told(l, false, &err);
    case SHOW_PAIR:
        if (s->pair_open)
            return enter(s, l, ASK_SEALED);
        s->pair_open = true;
        page_top(s->page);
        return SCREEN_DRAW;
    case ASK_SEALED:
        return seal(s, l);
    case FIRST_RUN_STEPS:
        break;
    }
    return SCREEN_IDLE;
}

static unsigned leave(struct first_run *s, struct loop *l)
{
    struct err err = ERR_INIT;
    unsigned words = edit_words(s->answer);
    if (s->step == ASK_SEALED && words > 0 && !s->leave_asked) {
        s->leave_asked = true;
        loop_status(l, ROLE_WARNING, "Esc again throws the %u words away; ^S seals them.", words);
        return SCREEN_DRAW;
    }
    return store_stories(s, &err) ? finish(s, l) : told(l, false, &err);
}

static unsigned skip(struct first_run *s, struct loop *l)
{
    return s->step == ASK_SEALED ? leave(s, l) : enter(s, l, s->step == ASK_KIND ? ASK_TARGET : s->step + 1);
}

static unsigned first_run_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct first_run *s = (struct first_run *)base;
    (void)k;
    if (page_action(s->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_SKIP:
        return skip(s, l);
    case DO_LEAVE:
        return leave(s, l);
    case DO_GO_ON:
        return go_on(s, l);
    case DO_MODE:
        s->speak = !s->speak;
        s->now_ms = s->entered_ms = loop_now(l);
        break;
    case DO_EDITOR:
        return edit_outside(s, l);
    case DO_PM:
    case DO_PM_T:
        s->technical = action == DO_PM_T;
        break;
    case DO_L5:
    case DO_L6:
        s->l5 = action == DO_L5;
        break;
    case ACTION_HELP:
        loop_push(l, help_screen(first_run_keymap(s)));
        break;
    }
    if (action >= DO_KIND && action < DO_KIND + FIRST_RUN_KINDS) {
        s->kind = action - DO_KIND;
        return enter(s, l, ASK_DATE);
    }
    return SCREEN_DRAW;
}

static unsigned form_pressed(struct first_run *s, struct loop *l, struct form *f, const struct key *k)
{
    static const struct key tab = {.code = KEY_TAB};
    if (!form_key(f, k) && k->code == KEY_ENTER_) {
        if (f->focus + 1 >= f->count)
            return go_on(s, l);
        form_key(f, &tab);
    }
    return SCREEN_DRAW;
}

static unsigned first_run_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct first_run *s = (struct first_run *)base;
    if (!first_run_typing(s))
        return SCREEN_IDLE;
    s->leave_asked = false;
    if (s->step == ASK_DATE)
        return form_pressed(s, l, &s->date, k);
    if (s->step == ASK_STORIES)
        return form_pressed(s, l, &s->stories, k);
    edit_key(s->answer, k);
    if (edit_revision(s->answer) != s->saved_revision && s->changed_ms == 0)
        s->changed_ms = loop_now(l);
    return SCREEN_DRAW;
}

/* ---- time */

static unsigned first_run_tick(struct screen *base, struct loop *l, int64_t mono_ms)
{
    struct first_run *s = (struct first_run *)base;
    struct err err = ERR_INIT;
    s->now_ms = mono_ms;
    if (s->changed_ms && mono_ms >= s->changed_ms + SAVE_AFTER_MS && !save_answer(s, &err)) {
        s->changed_ms = mono_ms; /* try again in a second */
        loop_error(l, &err);
    }
    return SCREEN_DRAW;
}

static int64_t first_run_wake(const struct screen *base, int64_t mono_ms)
{
    const struct first_run *s = (const struct first_run *)base;
    if (s->step != ASK_SEALED)
        return INT64_MAX;
    int64_t part = (mono_ms - s->entered_ms) % 1000, second = mono_ms + 1000 - part;
    int64_t save = s->changed_ms ? s->changed_ms + SAVE_AFTER_MS : INT64_MAX;
    return second < save ? second : save;
}

static void first_run_pause(struct screen *base, bool paused)
{
    struct first_run *s = (struct first_run *)base;
    int64_t now = app_mono(s->app);
    if (!paused && s->paused_ms)
        s->entered_ms += now - s->paused_ms;
    s->paused_ms = paused ? now : 0;
}

static bool first_run_save(struct screen *base, struct err *err)
{
    struct first_run *s = (struct first_run *)base;
    return store_stories(s, err) && save_answer(s, err);
}

/* An answer that was begun before the program ended is gone on with. */
static unsigned first_run_shown(struct screen *base, struct loop *l)
{
    struct first_run *s = (struct first_run *)base;
    bool begun = s->step == ASK_KIND && edit_words(s->answer) > 0;
    return begun ? enter(s, l, ASK_SEALED) : SCREEN_DRAW;
}

static const struct keymap *keymap_now(const struct screen *base)
{
    return first_run_keymap((const struct first_run *)base);
}

static bool typing_now(const struct screen *base)
{
    return first_run_typing((const struct first_run *)base);
}

static void first_run_free(struct screen *base)
{
    struct first_run *s = (struct first_run *)base;
    form_release(&s->date);
    form_release(&s->stories);
    edit_free(s->answer);
    page_free(s->page);
    arena_release(&s->arena);
    free(s);
}

static const struct screen_ops first_run_ops = {
    .name = "first run",
    .keymap = keymap_now,
    .typing = typing_now,
    .action = first_run_action,
    .key = first_run_key,
    .tick = first_run_tick,
    .wake = first_run_wake,
    .shown = first_run_shown,
    .pause = first_run_pause,
    .save = first_run_save,
    .draw = first_run_draw,
    .free = first_run_free,
};

/* Stories that are there already, from a first run that was cut short, are shown and not asked for again. */
static bool read_stories(struct first_run *s, struct err *err)
{
    static const struct form_field model[FIRST_STORIES] = {
        {.label = "1", .hint = "stopped a rewrite after eight customer calls"},
        {.label = "2", .hint = "missed a launch date, and what it cost"},
        {.label = "3", .hint = "cut refunds from 9 to 6 percent"},
        {.label = "4", .hint = "said no to my director's roadmap"},
        {.label = "5", .hint = "found out that the dashboard was wrong"},
    };
    struct story *stories;
    size_t count;
    if (!story_list(s->app, &s->arena, &stories, &count, err))
        return false;
    for (size_t i = 0; i < FIRST_STORIES; i++) {
        s->story_id[i] = i < count ? stories[i].id : "";
        s->story_text[i] = i < count ? stories[i].headline : "";
    }
    form_init(&s->stories, model, FIRST_STORIES, s->story_text);
    return true;
}

struct screen *first_run_screen(struct app *app, struct err *err)
{
    static const struct form_field date = {.label = "When",
                                           .hint = "2026-12-12, or a range, or 3 weeks; empty: unknown"};
    struct first_run *s = mem_calloc(1, sizeof(*s));
    const char *begun = "";
    s->base.ops = &first_run_ops;
    s->app = app;
    s->kind = -1;
    s->l5 = strcmp(config_text(app_config(app), "target"), "L5") == 0;
    s->technical = strcmp(config_text(app_config(app), "role"), "pm-t") == 0;
    s->page = page_new();
    form_init(&s->date, &date, 1, NULL);
    bool ok = read_stories(s, err) && progress_sealed_draft(app, &s->arena, &begun, err);
    s->answer = edit_new(begun);
    s->saved_revision = edit_revision(s->answer);
    if (!ok) {
        first_run_free(&s->base);
        return NULL;
    }
    return &s->base;
}
