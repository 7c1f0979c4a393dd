#include "drill_screen.h"

#include "pmprep/app/keep.h"
#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"

/* The drill as a screen: which step it is at, its drafts and its clock. */

bool drill_has_draft(enum drill_step step)
{
    return step == DRILL_ANSWER || step == DRILL_TICKS || step == DRILL_WHY || step == DRILL_AGAIN;
}

size_t drill_story_matches(const struct drill_screen *s, size_t *index, size_t max)
{
    return story_match(s->stories, s->story_count, edit_text(s->typeahead), index, max);
}

static void refresh_stories(struct drill_screen *s)
{
    size_t index[MAX_STORIES];
    size_t matches = drill_story_matches(s, index, MAX_STORIES);
    bool typed = sv_trim(edit_text(s->typeahead)).len > 0;
    list_set_count(s->story_list, 1 + matches + (typed ? 1 : 0));
    s->story_list->selected = typed ? 1 : 0;
}

static void load_stories(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    arena_reset(&s->arena);
    s->stories = NULL;
    s->story_count = 0;
    edit_set_text(s->typeahead, SV(""), 0);
    if (!story_list(s->app, &s->arena, &s->stories, &s->story_count, &err) && l)
        loop_error(l, &err);
    refresh_stories(s);
}

void drill_show_finding(struct drill_screen *s)
{
    page_follow(s->page);
    page_follow(s->beside);
}

/* The drill moved on: editor, page and lists start anew for the step that is now asked. */
static void enter_step(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    size_t cursor = 0;
    const char *draft = drill_has_draft(v->step) ? drill_draft_text(s->drill, &cursor) : "";
    s->step = v->step;
    s->at = v->at;
    s->score_at = v->score_at;
    s->bullets_focus = false;
    s->exemplar_open = false;
    s->advice_open = false;
    buf_clear(&s->live_line);
    s->ticks = v->ticks;
    edit_set_text(s->edit, sv_from(draft), draft[0] ? cursor : 0);
    s->saved_revision = edit_revision(s->edit);
    s->changed_ms = 0;
    s->draft_saved = draft[0] != '\0';
    s->save_failed = false;
    s->leave_asked = false;
    s->kept_revision = s->saved_revision;
    page_top(s->page);
    page_top(s->beside);
    if (v->step == DRILL_EVIDENCE)
        drill_show_finding(s);
    if (v->step == DRILL_STORY)
        load_stories(s, l);
}

/* Once, in the status line: why there are no findings, or which rules are left out. */
static void tell_coach_problem(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    if (s->coach_told || v->coach_problem[0] == '\0' || !l)
        return;
    s->coach_told = true;
    loop_status(l, ROLE_WARNING, "%s", v->coach_problem);
}

unsigned drill_follow(struct drill_screen *s, struct loop *l)
{
    const struct drill_view *v = drill_view(s->drill);
    if (v->step != s->step || v->at != s->at || v->score_at != s->score_at)
        enter_step(s, l, v);
    tell_coach_problem(s, l, v);
    drill_speech_follow(s, l, drill_view(s->drill));
    return SCREEN_DRAW;
}

unsigned drill_moved(struct drill_screen *s, struct loop *l, bool ok, const struct err *err)
{
    if (!ok) {
        loop_error(l, err);
        return SCREEN_DRAW;
    }
    return drill_follow(s, l);
}

static bool save_draft_by(struct drill_screen *s, bool (*store)(struct drill *, struct sv, size_t, struct err *),
                          struct err *err)
{
    const struct drill_view *v = drill_view(s->drill);
    if (!drill_has_draft(s->step) || v->step != s->step || edit_revision(s->edit) == s->saved_revision)
        return true;
    s->save_failed = !store(s->drill, edit_text(s->edit), edit_cursor(s->edit), err);
    if (s->save_failed)
        return false;
    s->saved_revision = edit_revision(s->edit);
    s->changed_ms = 0;
    s->draft_saved = true;
    return true;
}

bool drill_store_draft(struct drill_screen *s, struct err *err)
{
    return save_draft_by(s, drill_save_draft, err);
}

static unsigned drill_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct drill_screen *s = (struct drill_screen *)base;
    const struct drill_view *v = drill_view(s->drill);
    if (!drill_typing(s, v))
        return SCREEN_IDLE;
    if (v->step == DRILL_STORY) {
        if (!edit_key(s->typeahead, k))
            return SCREEN_IDLE;
        refresh_stories(s);
        return SCREEN_DRAW;
    }
    if (!edit_key(s->edit, k))
        return SCREEN_IDLE;
    if (edit_revision(s->edit) != s->saved_revision) {
        s->last_key_ms = loop_now(l);
        if (s->changed_ms == 0)
            s->changed_ms = s->last_key_ms;
        s->draft_saved = false;
        s->leave_asked = false;
        s->suspend_asked = false;
    }
    return SCREEN_DRAW;
}

/* ---- time ---- */

/* At the moment the draft is saved: never between two keys. */
static void read_live(struct drill_screen *s)
{
    struct finding worst;
    buf_clear(&s->live_line);
    if (s->live && drill_live(s->drill, edit_text(s->edit), &worst))
        buf_addf(&s->live_line, "%s · %s", worst.rule, worst.message);
}

static int64_t save_at(const struct drill_screen *s)
{
    if (s->changed_ms == 0)
        return INT64_MAX;
    int64_t pause = s->last_key_ms + SAVE_PAUSE_MS;
    int64_t latest = s->changed_ms + SAVE_LATEST_MS;
    return pause < latest ? pause : latest;
}

static bool clock_runs(const struct drill_view *v)
{
    return !v->paused && v->allotted_ms > 0 &&
           (v->step == DRILL_ANSWER || v->step == DRILL_AGAIN || v->step == DRILL_PICK || v->step == DRILL_WHY);
}

/* The first quiet moment in which an answer is thought over: from then on the coach is open. */
static int64_t coach_at(const struct drill_screen *s, const struct drill_view *v)
{
    return s->coach_ready || v->step != DRILL_ANSWER ? INT64_MAX : s->last_key_ms + SAVE_PAUSE_MS;
}

static unsigned drill_tick(struct screen *base, struct loop *l, int64_t mono_ms)
{
    struct drill_screen *s = (struct drill_screen *)base;
    struct err err = ERR_INIT;
    bool failed = s->save_failed;
    drill_speech_tick(s, l);
    if (mono_ms >= coach_at(s, drill_view(s->drill))) {
        s->coach_ready = true;
        drill_ready_coach(s->drill);
    }
    if (mono_ms < save_at(s))
        return SCREEN_DRAW;
    if (save_draft_by(s, drill_save_draft_soon, &err)) {
        if (failed)
            loop_status(l, ROLE_STATUS, "The draft is saved again.");
        read_live(s);
    } else {
        if (!failed)
            loop_status(l, ROLE_ERROR, "%s; F12 writes the text to a file", err.text);
        s->changed_ms = mono_ms; /* try again in a second */
        s->last_key_ms = mono_ms + SAVE_LATEST_MS;
    }
    return SCREEN_DRAW;
}

static int64_t drill_wake(const struct screen *base, int64_t mono_ms)
{
    const struct drill_screen *s = (const struct drill_screen *)base;
    const struct drill_view *v = drill_view(s->drill);
    int64_t save = save_at(s), speech = drill_speech_wake(s, v, mono_ms), wake = save < speech ? save : speech;
    int64_t coach = coach_at(s, v);
    wake = coach < wake ? coach : wake;
    if (!clock_runs(v))
        return wake;
    /* The next moment at which the seconds shown change: the view is of now, the turn at mono_ms may be over. */
    int64_t part = (v->left_ms + app_mono(s->app) - mono_ms) % 1000;
    int64_t second = mono_ms + (part > 0 ? part : part + 1000);
    return second < wake ? second : wake;
}

static void drill_pause_screen(struct screen *base, bool paused)
{
    struct drill_screen *s = (struct drill_screen *)base;
    if (paused && !drill_view(s->drill)->paused) {
        drill_hold(s, true);
        s->stopped = true;
    } else if (!paused && s->stopped) {
        drill_hold(s, false);
        s->stopped = false;
    }
}

/* Called when nobody may be there any more to press a key. */
static bool drill_save(struct screen *base, struct err *err)
{
    struct drill_screen *s = (struct drill_screen *)base;
    struct buf path = BUF_INIT;
    if (drill_store_draft(s, err))
        return true;
    if (s->kept_revision != edit_revision(s->edit) && keep_text(edit_text(s->edit), &path, NULL)) {
        s->kept_revision = edit_revision(s->edit);
        err_prefix(err, "the text is in %s", buf_str(&path));
    }
    buf_release(&path);
    return false;
}

static unsigned drill_shown(struct screen *base, struct loop *l)
{
    struct drill_screen *s = (struct drill_screen *)base;
    s->last_key_ms = loop_now(l);
    return drill_follow(s, l);
}

static const struct keymap *keymap_now(const struct screen *base)
{
    const struct drill_screen *s = (const struct drill_screen *)base;
    return drill_keymap(s, drill_view(s->drill));
}

static bool typing_now(const struct screen *base)
{
    const struct drill_screen *s = (const struct drill_screen *)base;
    return drill_typing(s, drill_view(s->drill));
}

static void drill_free(struct screen *base)
{
    struct drill_screen *s = (struct drill_screen *)base;
    drill_speech_drop(s);
    drill_close(s->drill);
    edit_free(s->edit);
    edit_free(s->typeahead);
    page_free(s->page);
    page_free(s->beside);
    free(s->story_list);
    arena_release(&s->arena);
    buf_release(&s->live_line);
    free(s);
}

static const struct screen_ops drill_ops = {
    .name = "drill",
    .keymap = keymap_now,
    .typing = typing_now,
    .action = drill_action,
    .key = drill_key,
    .tick = drill_tick,
    .wake = drill_wake,
    .shown = drill_shown,
    .pause = drill_pause_screen,
    .save = drill_save,
    .draw = drill_draw,
    .free = drill_free,
};

struct screen *drill_screen(struct app *app, struct drill *d)
{
    struct drill_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &drill_ops;
    s->app = app;
    s->drill = d;
    s->edit = edit_new(NULL);
    s->typeahead = edit_new(NULL);
    edit_single_line(s->typeahead, true);
    s->page = page_new();
    s->beside = page_new();
    s->story_list = mem_calloc(1, sizeof(*s->story_list));
    list_init(s->story_list, 1);
    s->live = config_bool(app_config(app), "coach-live");
    enter_step(s, NULL, drill_view(d));
    return &s->base;
}
