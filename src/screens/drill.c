#include "drill_screen.h"

#include "opinion.h"
#include "outside.h"

#include "pmprep/app/keep.h"
#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"

static bool has_draft(enum drill_step step)
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

/* The words of the finding looked at come into view, wherever the text stands. */
static void show_finding(struct drill_screen *s)
{
    page_follow(s->page);
    page_follow(s->beside);
}

/* The drill moved on: editor, page and lists start anew for the step that is now asked. */
static void enter_step(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    size_t cursor = 0;
    const char *draft = has_draft(v->step) ? drill_draft_text(s->drill, &cursor) : "";
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
        show_finding(s);
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

static unsigned follow(struct drill_screen *s, struct loop *l)
{
    const struct drill_view *v = drill_view(s->drill);
    if (v->step != s->step || v->at != s->at || v->score_at != s->score_at)
        enter_step(s, l, v);
    tell_coach_problem(s, l, v);
    drill_speech_follow(s, l, drill_view(s->drill));
    return SCREEN_DRAW;
}

/* Shows why a call failed; the screen, with the text in it, stays as it is. */
static unsigned moved(struct drill_screen *s, struct loop *l, bool ok, const struct err *err)
{
    if (!ok) {
        loop_error(l, err);
        return SCREEN_DRAW;
    }
    return follow(s, l);
}

static bool save_draft_by(struct drill_screen *s, bool (*store)(struct drill *, struct sv, size_t, struct err *),
                          struct err *err)
{
    const struct drill_view *v = drill_view(s->drill);
    if (!has_draft(s->step) || v->step != s->step || edit_revision(s->edit) == s->saved_revision)
        return true;
    s->save_failed = !store(s->drill, edit_text(s->edit), edit_cursor(s->edit), err);
    if (s->save_failed)
        return false;
    s->saved_revision = edit_revision(s->edit);
    s->changed_ms = 0;
    s->draft_saved = true;
    return true;
}

static bool save_draft(struct drill_screen *s, struct err *err)
{
    return save_draft_by(s, drill_save_draft, err);
}

/* ---- actions ---- */

static unsigned submit_story(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    size_t index[MAX_STORIES];
    size_t matches = drill_story_matches(s, index, MAX_STORIES);
    size_t at = s->story_list->selected;
    if (at == 0)
        return moved(s, l, drill_story(s->drill, NULL, &err), &err);
    if (at <= matches)
        return moved(s, l, drill_story(s->drill, s->stories[index[at - 1]].id, &err), &err);
    struct buf headline = BUF_INIT;
    buf_addsv(&headline, sv_trim(edit_text(s->typeahead)));
    bool ok = drill_new_story(s->drill, buf_str(&headline), &err);
    buf_release(&headline);
    return moved(s, l, ok, &err);
}

static unsigned do_submit(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    switch (v->step) {
    case DRILL_ANSWER:
    case DRILL_WHY:
    case DRILL_AGAIN:
        return moved(s, l, drill_submit(s->drill, edit_text(s->edit), &err), &err);
    case DRILL_TICKS:
        return moved(s, l, drill_ticks(s->drill, s->ticks, edit_text(s->edit), &err), &err);
    case DRILL_STORY:
        return submit_story(s, l);
    case DRILL_EVIDENCE:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
        return moved(s, l, drill_next(s->drill, &err), &err);
    case DRILL_PICK:
    case DRILL_PRINCIPLE:
    case DRILL_SCORE:
    case DRILL_RESCORE:
    case DRILL_DONE:
        break;
    }
    return SCREEN_IDLE;
}

static unsigned do_pick(struct drill_screen *s, struct loop *l, const struct drill_view *v, int which)
{
    struct err err = ERR_INIT;
    struct library *lib;
    switch (v->step) {
    case DRILL_TICKS:
        s->ticks ^= 1u << which;
        return SCREEN_DRAW;
    case DRILL_PICK:
        return which < v->shown_count ? moved(s, l, drill_pick(s->drill, which, &err), &err) : SCREEN_IDLE;
    case DRILL_PRINCIPLE: {
        size_t count = 0;
        if (!app_library(s->app, &lib, &err))
            return moved(s, l, false, &err);
        const struct principle *all = library_principles(lib, &count);
        return (size_t)which < count ? moved(s, l, drill_principle(s->drill, all[which].id, &err), &err) : SCREEN_IDLE;
    }
    case DRILL_SCORE:
    case DRILL_RESCORE:
        return moved(s, l, drill_score(s->drill, which + 1, &err), &err);
    case DRILL_SCHEDULE:
        return moved(s, l, drill_rate(s->drill, (enum rating)(RATING_AGAIN + which), &err), &err);
    case DRILL_ANSWER:
    case DRILL_WHY:
    case DRILL_STORY:
    case DRILL_EVIDENCE:
    case DRILL_AGAIN:
    case DRILL_COMPARE:
    case DRILL_DONE:
        break;
    }
    return SCREEN_IDLE;
}

static unsigned do_none(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    if (v->step == DRILL_PRINCIPLE)
        return moved(s, l, drill_principle(s->drill, NULL, &err), &err);
    if (v->step == DRILL_STORY)
        return moved(s, l, drill_story(s->drill, NULL, &err), &err);
    return moved(s, l, drill_score(s->drill, 0, &err), &err);
}

/* The clock goes on: writing in another editor is still answering. */
static unsigned do_editor(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    bool saved;
    if (!save_draft(s, &err))
        loop_error(l, &err);
    if (!outside_edit(l, v->item->prompt, s->edit, &saved, &err))
        return moved(s, l, false, &err);
    if (saved)
        return do_submit(s, l, v);
    loop_status(l, ROLE_STATUS, "The editor gave nothing back; the draft is as it was.");
    return SCREEN_DRAW;
}

static unsigned do_mode(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    static const enum answer_mode next[MODE_COUNT] = {MODE_SPEAK, MODE_OUTLINE, MODE_TYPE, MODE_PICK};
    if (sv_trim(edit_text(s->edit)).len > 0) {
        loop_status(l, ROLE_STATUS, "The mode changes before the first word only; ^S submits what is there.");
        return SCREEN_DRAW;
    }
    return moved(s, l, drill_set_mode(s->drill, next[v->mode], &err), &err);
}

static unsigned do_flag(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!drill_flag(s->drill, &err))
        return moved(s, l, false, &err);
    bool flagged = drill_view(s->drill)->flagged;
    loop_status(l, ROLE_STATUS, flagged ? "Flagged: it comes back early." : "The flag is off.");
    return SCREEN_DRAW;
}

/* One stray key is not enough: it would be missed only weeks later. */
static unsigned do_suspend(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    if (v->step == DRILL_DONE)
        return SCREEN_IDLE;
    if (!s->suspend_asked) {
        s->suspend_asked = true;
        loop_status(l, ROLE_WARNING, "F8 once more and this question is not asked again.");
        return SCREEN_DRAW;
    }
    s->suspend_asked = false;
    struct buf key = BUF_INIT; /* the drill moves on to another item */
    buf_adds(&key, v->item->key);
    bool ok = save_draft(s, &err) && drill_suspend(s->drill, &err);
    if (ok)
        loop_status(l, ROLE_STATUS, "Suspended; `pmprep drill --item %s` asks it again.", buf_str(&key));
    buf_release(&key);
    return moved(s, l, ok, &err);
}

static unsigned do_undo(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    if (!v->can_undo) {
        loop_status(l, ROLE_STATUS, "There is no grading to take back.");
        return SCREEN_DRAW;
    }
    if (!save_draft(s, &err) || !drill_undo(s->drill, &err))
        return moved(s, l, false, &err);
    loop_status(l, ROLE_STATUS, "Taken back; rate it again.");
    return follow(s, l);
}

/* ---- findings ---- */

static unsigned do_choose(struct drill_screen *s, bool forward)
{
    drill_choose(s->drill, forward);
    show_finding(s);
    return SCREEN_DRAW;
}

static unsigned do_dismiss(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!drill_dismiss(s->drill, &err))
        return moved(s, l, false, &err);
    const struct drill_view *v = drill_view(s->drill);
    loop_status(l, ROLE_STATUS,
                v->findings[v->chosen].dismissed ? "Dismissed; x takes it back. A rule dismissed often comes last."
                                                 : "Taken back: the finding stands.");
    return SCREEN_DRAW;
}

/* At the moment the draft is saved: never between two keys. */
static void read_live(struct drill_screen *s)
{
    struct finding worst;
    buf_clear(&s->live_line);
    if (s->live && drill_live(s->drill, edit_text(s->edit), &worst))
        buf_addf(&s->live_line, "%s · %s", worst.rule, worst.message);
}

static unsigned do_keep(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    if (!has_draft(s->step) || sv_trim(edit_text(s->edit)).len == 0)
        loop_status(l, ROLE_STATUS, "There is no text to write to a file yet.");
    else if (!keep_text(edit_text(s->edit), &path, &err))
        loop_error(l, &err);
    else {
        s->kept_revision = edit_revision(s->edit);
        loop_status(l, ROLE_STATUS, "The text is in %s, and still here.", buf_str(&path));
    }
    buf_release(&path);
    return SCREEN_DRAW;
}

static unsigned do_reviewer(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    struct screen *opinion = opinion_screen(s->app, v->attempt, &err);
    if (opinion)
        loop_push(l, opinion);
    else
        loop_error(l, &err);
    return SCREEN_DRAW;
}

/* A disk that stays full must not lock anybody in: asked twice, or with the text in a file, the screen is left. */
static unsigned do_leave(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (save_draft(s, &err) || s->leave_asked || s->kept_revision == edit_revision(s->edit))
        return SCREEN_POP;
    s->leave_asked = true;
    loop_status(l, ROLE_ERROR, "%s; F12 writes the text to a file, leaving again loses it", err.text);
    return SCREEN_DRAW;
}

static unsigned drill_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct drill_screen *s = (struct drill_screen *)base;
    const struct drill_view *v = drill_view(s->drill);
    struct err err = ERR_INIT;
    (void)k;
    s->leave_asked &= action == DO_LEAVE;
    s->suspend_asked &= action == DO_SUSPEND;
    if (v->step == DRILL_STORY && list_action(s->story_list, action))
        return SCREEN_DRAW;
    page_action(s->beside, action);
    if (page_action(s->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_SUBMIT:
        return do_submit(s, l, v);
    case DO_EDITOR:
        return do_editor(s, l, v);
    case DO_PAUSE:
        drill_hold(s, !v->paused);
        return follow(s, l);
    case DO_SKIP:
        return moved(s, l, save_draft(s, &err) && drill_skip(s->drill, &err), &err);
    case DO_MODE:
        return do_mode(s, l, v);
    case DO_FLAG:
        return do_flag(s, l);
    case DO_SUSPEND:
        return do_suspend(s, l, v);
    case DO_UNDO:
        return do_undo(s, l, v);
    case DO_LEAVE:
        return do_leave(s, l);
    case DO_KEEP:
        return do_keep(s, l);
    case DO_AGAIN:
        return moved(s, l, drill_again(s->drill, &err), &err);
    case DO_EXEMPLAR:
        s->exemplar_open = !s->exemplar_open;
        if (s->exemplar_open)
            page_action(s->beside->count > 0 ? s->beside : s->page, ACTION_BOTTOM);
        return SCREEN_DRAW;
    case DO_NEXT_FINDING:
    case DO_PREVIOUS_FINDING:
        return do_choose(s, action == DO_NEXT_FINDING);
    case DO_DISMISS:
        return do_dismiss(s, l);
    case DO_ADVICE:
        s->advice_open = !s->advice_open;
        show_finding(s);
        return SCREEN_DRAW;
    case DO_MORE:
        page_more(s->page);
        return SCREEN_DRAW;
    case DO_REVIEWER:
        return do_reviewer(s, l, v);
    case DO_FOCUS:
        s->bullets_focus = !s->bullets_focus;
        return SCREEN_DRAW;
    case DO_WITHOUT:
        drill_speech_drop(s);
        return SCREEN_DRAW;
    case DO_NONE_FIT:
        return do_none(s, l, v);
    case ACTION_HELP:
        loop_push(l, help_screen(drill_keymap(s, v)));
        return SCREEN_IDLE;
    }
    if (action >= DO_PICK_1 && action < DO_PICK_1 + 16)
        return do_pick(s, l, v, action - DO_PICK_1);
    return SCREEN_IDLE;
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

static unsigned drill_tick(struct screen *base, struct loop *l, int64_t mono_ms)
{
    struct drill_screen *s = (struct drill_screen *)base;
    struct err err = ERR_INIT;
    bool failed = s->save_failed;
    drill_speech_tick(s, l);
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
    if (save_draft(s, err))
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
    return follow((struct drill_screen *)base, l);
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
