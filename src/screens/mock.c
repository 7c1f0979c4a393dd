#include "mock_screen.h"

#include "outside.h"

#include "pmprep/app/keep.h"
#include "pmprep/base/mem.h"

/* A mock loop, from the first interview to the verdict: what keys and the clock do. */

/* ---- the editors follow the mock */

/* Only when they are asked for; without them a new one can still be named. */
static void load_stories(struct mock_screen *s, const struct mock_view *v)
{
    struct err ignored = ERR_INIT;
    arena_reset(&s->arena);
    s->story_count = 0;
    if (v->phase == MOCK_EVIDENCE && v->asks_story &&
        !story_list(s->app, &s->arena, &s->stories, &s->story_count, &ignored))
        s->story_count = 0;
}

void mock_enter(struct mock_screen *s)
{
    const struct mock_view *v = mock_view(s->mock);
    const char *draft = mock_has_draft(v->phase) && v->draft ? v->draft : "";
    edit_set_text(s->edit, sv_from(draft), draft[0] ? v->draft_cursor : 0);
    edit_set_text(s->line, SV(""), 0);
    if (v->phase != MOCK_TICKS) {
        mock_speech_drop(s);
        s->speech_tried = s->heard = false;
    }
    s->saved_revision = s->kept_revision = edit_revision(s->edit);
    load_stories(s, v);
    s->panel = PANEL_NONE;
    s->bullets_focus = s->just_told = false;
    s->ticks = 0;
    s->changed_ms = 0;
    s->save_failed = s->leave_asked = s->lose_asked = false;
    page_top(s->page);
    page_top(s->beside);
}

static unsigned failed(struct loop *l, const struct err *err)
{
    loop_error(l, err);
    return SCREEN_DRAW;
}

/* After a step: what stands now is another thing. On failure the screen, with the text in it, stays as it is. */
static unsigned moved(struct mock_screen *s, struct loop *l, bool ok, const struct err *err)
{
    if (!ok)
        return failed(l, err);
    s->was_stopped = false;
    mock_enter(s);
    mock_speech_follow(s, l);
    return SCREEN_DRAW;
}

/* ---- steps */

static unsigned do_submit_line(struct mock_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct buf reason = BUF_INIT;
    if (s->panel == PANEL_ASK) {
        if (!mock_ask(s->mock, edit_text(s->line), &err))
            return failed(l, &err);
        s->panel = PANEL_NEAR;
        return SCREEN_DRAW;
    }
    bool story = s->panel == PANEL_STORY;
    if (sv_trim(edit_text(s->line)).len == 0) {
        loop_status(l, ROLE_STATUS,
                    story ? "A headline, please: one line." : "A vote that changes needs a reason: one sentence.");
        return SCREEN_DRAW;
    }
    buf_addsv(&reason, sv_trim(edit_text(s->line)));
    bool ok =
        story ? mock_new_story(s->mock, buf_str(&reason), &err) : mock_vote(s->mock, s->picked, buf_str(&reason), &err);
    buf_release(&reason);
    return moved(s, l, ok, &err);
}

static unsigned do_submit(struct mock_screen *s, struct loop *l, const struct mock_view *v)
{
    struct err err = ERR_INIT;
    if (s->panel != PANEL_NONE)
        return do_submit_line(s, l);
    if (!mock_save_notes(s, &err))
        return failed(l, &err);
    if (v->phase == MOCK_TICKS)
        return moved(s, l, mock_ticks(s->mock, s->ticks, edit_text(s->edit), &err), &err);
    return moved(s, l, mock_submit(s->mock, edit_text(s->edit), &err), &err);
}

static unsigned do_revote(struct mock_screen *s, struct loop *l, const struct mock_view *v, enum vote vote)
{
    struct err err = ERR_INIT;
    if (vote == v->stage_votes[v->vote_stage].before)
        return moved(s, l, mock_vote(s->mock, vote, "", &err), &err);
    s->picked = vote;
    s->panel = PANEL_REASON;
    edit_set_text(s->line, SV(""), 0);
    return SCREEN_DRAW;
}

static unsigned do_drill(struct mock_screen *s, struct loop *l, const struct mock_view *v, size_t which)
{
    struct err err = ERR_INIT;
    if (!v->debrief || which >= v->debrief->fix_count)
        return SCREEN_IDLE;
    struct screen *drill = mock_fix_screen(s->app, &v->debrief->fixes[which], &err);
    if (!drill)
        return failed(l, &err);
    loop_push(l, drill);
    return SCREEN_DRAW;
}

static unsigned do_pick(struct mock_screen *s, struct loop *l, const struct mock_view *v, size_t which)
{
    struct err err = ERR_INIT;
    if (s->panel == PANEL_NEAR) {
        if (which >= v->near_count)
            return SCREEN_IDLE;
        if (!mock_reveal(s->mock, which, &err))
            return failed(l, &err);
        s->panel = PANEL_NONE;
        s->just_told = true;
        page_top(s->page);
        return SCREEN_DRAW;
    }
    switch (v->phase) {
    case MOCK_TICKS:
        s->ticks ^= 1u << which;
        return SCREEN_DRAW;
    case MOCK_VOTE:
        return which < v->vote_count ? moved(s, l, mock_vote(s->mock, v->votes_allowed[which], "", &err), &err)
                                     : SCREEN_IDLE;
    case MOCK_REVOTE:
        return which < v->vote_count ? do_revote(s, l, v, v->votes_allowed[which]) : SCREEN_IDLE;
    case MOCK_EVIDENCE:
        if (!v->dimension)
            return which < s->story_count ? moved(s, l, mock_story(s->mock, s->stories[which].id, &err), &err)
                                          : SCREEN_IDLE;
        return moved(s, l, mock_score(s->mock, (int)which + 1, &err), &err);
    case MOCK_VERDICT:
    case MOCK_OVER:
        return do_drill(s, l, v, which);
    case MOCK_BREAK:
    case MOCK_BACKGROUND:
    case MOCK_ANSWER:
    case MOCK_PROBE:
    case MOCK_WRITING:
    case MOCK_QUESTIONS:
    case MOCK_AGAINST:
        break;
    }
    return SCREEN_IDLE;
}

static unsigned do_editor(struct mock_screen *s, struct loop *l, const struct mock_view *v)
{
    struct err err = ERR_INIT;
    bool saved;
    if (!mock_save_all(s, &err))
        loop_error(l, &err);
    if (!outside_edit(l, v->phase == MOCK_AGAINST ? "The case against you, in three lines." : v->says, s->edit, &saved,
                      &err))
        return failed(l, &err);
    if (saved)
        return do_submit(s, l, v);
    loop_status(l, ROLE_STATUS, "The editor gave nothing back; the text is as it was.");
    return SCREEN_DRAW;
}

static unsigned do_mode(struct mock_screen *s, struct loop *l, const struct mock_view *v)
{
    struct err err = ERR_INIT;
    static const enum answer_mode next[MODE_COUNT] = {MODE_SPEAK, MODE_OUTLINE, MODE_TYPE, MODE_TYPE};
    if (v->phase == MOCK_WRITING || sv_trim(edit_text(s->edit)).len > 0) {
        loop_status(l, ROLE_STATUS,
                    v->phase == MOCK_WRITING ? "This part is written."
                                             : "The mode changes before the first word only.");
        return SCREEN_DRAW;
    }
    if (!mock_set_mode(s->mock, next[v->mode], &err))
        return failed(l, &err);
    s->speech_tried = false;
    mock_speech_follow(s, l);
    return SCREEN_DRAW;
}

static unsigned do_keep(struct mock_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    if (sv_trim(edit_text(s->edit)).len == 0)
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

/* Asks once; a disk that stays full must not lock anybody in. */
static unsigned do_leave(struct mock_screen *s, struct loop *l, const struct mock_view *v)
{
    struct err err = ERR_INIT;
    if (!s->leave_asked && v->phase != MOCK_BREAK) {
        s->leave_asked = true;
        loop_status(l, ROLE_WARNING, "Once more to leave. Everything is kept, and the clock waits for you.");
        return SCREEN_DRAW;
    }
    if (mock_save_all(s, &err) || s->lose_asked || s->kept_revision == edit_revision(s->edit))
        return SCREEN_POP;
    s->lose_asked = true;
    loop_status(l, ROLE_ERROR, "%s; F12 writes the text to a file, leaving again loses it", err.text);
    return SCREEN_DRAW;
}

static unsigned do_finish(struct mock_screen *s, struct loop *l, const struct mock_view *v)
{
    struct err err = ERR_INIT;
    if (v->phase == MOCK_VERDICT && !mock_next(s->mock, &err))
        return failed(l, &err);
    return SCREEN_POP;
}

static unsigned do_panel(struct mock_screen *s, enum mock_panel panel)
{
    s->panel = panel;
    if (panel == PANEL_ASK || panel == PANEL_STORY)
        edit_set_text(s->line, SV(""), 0);
    if (panel == PANEL_EXCHANGE)
        page_action(s->page, ACTION_BOTTOM);
    return SCREEN_DRAW;
}

static unsigned do_close(struct mock_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (s->panel == PANEL_NONE) /* the transcript is not waited for */
        mock_speech_drop(s);
    if (s->panel == PANEL_NOTES && !mock_save_notes(s, &err))
        loop_error(l, &err);
    s->panel = PANEL_NONE;
    page_top(s->page);
    return SCREEN_DRAW;
}

static unsigned do_more(struct mock_screen *s)
{
    page_more(s->page);
    return SCREEN_DRAW;
}

static unsigned do_step(struct mock_screen *s, struct loop *l, int action)
{
    struct err err = ERR_INIT;
    switch (action) {
    case DO_BEGIN:
        return moved(s, l, mock_begin(s->mock, &err), &err);
    case DO_SKIP:
        return moved(s, l, mock_save_notes(s, &err) && mock_skip(s->mock, &err), &err);
    case DO_NONE_FIT:
        return moved(s, l, mock_score(s->mock, 0, &err), &err);
    case DO_NEXT:
        return moved(s, l, mock_next(s->mock, &err), &err);
    case DO_BACK:
        return moved(s, l, mock_back(s->mock, &err), &err);
    case DO_ASSUME:
        if (!mock_assume(s->mock, &err))
            return failed(l, &err);
        return do_panel(s, PANEL_NONE);
    }
    return SCREEN_IDLE;
}

/* What was pressed for the answer that time has just taken must not act on what stands now. */
static bool is_stunned(const struct mock_screen *s, const struct loop *l, int action)
{
    bool harmless = action == DO_LEAVE || action == DO_PAUSE || action == DO_NOTES || action == ACTION_HELP;
    return s->was_stopped && !harmless && loop_now(l) < s->stopped_ms + MOCK_STUNNED_MS;
}

static bool is_editing(const struct mock_screen *s, int action)
{
    const struct edit *e = s->panel == PANEL_NOTES ? s->notes : s->panel != PANEL_NONE ? s->line : s->edit;
    return (action == DO_LEAVE || action == DO_CLOSE) && edit_busy(e);
}

static unsigned mock_key(struct screen *base, struct loop *l, const struct key *k);

static unsigned mock_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct mock_screen *s = (struct mock_screen *)base;
    const struct mock_view *v = mock_view(s->mock);
    s->leave_asked &= action == DO_LEAVE;
    s->lose_asked &= action == DO_LEAVE;
    if (mock_typing(s, v) && k->code == KEY_ESC && is_editing(s, action))
        return mock_key(base, l, k);
    if (is_stunned(s, l, action))
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
        mock_hold(s, !v->paused);
        mock_speech_follow(s, l);
        return SCREEN_DRAW;
    case DO_MODE:
        return do_mode(s, l, v);
    case DO_NOTES:
        return do_panel(s, PANEL_NOTES);
    case DO_ASK:
        return do_panel(s, PANEL_ASK);
    case DO_NEW_STORY:
        return do_panel(s, PANEL_STORY);
    case DO_EXCHANGE:
        return do_panel(s, PANEL_EXCHANGE);
    case DO_CLOSE:
        return do_close(s, l);
    case DO_MORE:
        return do_more(s);
    case DO_KEEP:
        return do_keep(s, l);
    case DO_FOCUS:
        s->bullets_focus = !s->bullets_focus;
        return SCREEN_DRAW;
    case DO_LEAVE:
        return do_leave(s, l, v);
    case DO_FINISH:
        return do_finish(s, l, v);
    case ACTION_HELP:
        loop_push(l, help_screen(mock_keymap(s, v)));
        return SCREEN_IDLE;
    }
    if (action >= DO_PICK_1 && action < DO_PICK_1 + 9)
        return do_pick(s, l, v, (size_t)(action - DO_PICK_1));
    return do_step(s, l, action);
}

static unsigned mock_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct mock_screen *s = (struct mock_screen *)base;
    s->leave_asked = false;
    if (!mock_typing(s, mock_view(s->mock)))
        return SCREEN_DRAW;
    struct edit *e = s->panel == PANEL_NOTES ? s->notes : s->panel != PANEL_NONE ? s->line : s->edit;
    if (!edit_key(e, k))
        return SCREEN_IDLE;
    bool changed = edit_revision(s->edit) != s->saved_revision || edit_revision(s->notes) != s->saved_notes;
    if (changed && s->changed_ms == 0)
        s->changed_ms = loop_now(l);
    s->lose_asked = false;
    return SCREEN_DRAW;
}

/* ---- the screen */

static const struct keymap *keymap_now(const struct screen *base)
{
    const struct mock_screen *s = (const struct mock_screen *)base;
    return mock_keymap(s, mock_view(s->mock));
}

static bool typing_now(const struct screen *base)
{
    const struct mock_screen *s = (const struct mock_screen *)base;
    return mock_typing(s, mock_view(s->mock));
}

static void draw_now(const struct screen *base, struct canvas *c)
{
    const struct mock_screen *s = (const struct mock_screen *)base;
    mock_draw(s, mock_view(s->mock), c);
}

static unsigned mock_shown(struct screen *base, struct loop *l)
{
    mock_speech_follow((struct mock_screen *)base, l);
    return SCREEN_DRAW;
}

static void mock_free(struct screen *base)
{
    struct mock_screen *s = (struct mock_screen *)base;
    mock_close(s->mock);
    mock_screen_release(s);
    free(s);
}

static const struct screen_ops mock_ops = {
    .name = "mock",
    .keymap = keymap_now,
    .typing = typing_now,
    .action = mock_action,
    .key = mock_key,
    .shown = mock_shown,
    .tick = mock_tick,
    .wake = mock_wake,
    .pause = mock_pause_screen,
    .save = mock_save,
    .draw = draw_now,
    .free = mock_free,
};

void mock_screen_init(struct mock_screen *s)
{
    *s = (struct mock_screen){.base.ops = &mock_ops, .picked = VOTE_COUNT};
    s->edit = edit_new(NULL);
    s->notes = edit_new(NULL);
    s->line = edit_new(NULL);
    edit_single_line(s->line, true);
    s->page = page_new();
    s->beside = page_new();
}

void mock_screen_release(struct mock_screen *s)
{
    mock_speech_drop(s);
    edit_free(s->edit);
    edit_free(s->notes);
    edit_free(s->line);
    page_free(s->page);
    page_free(s->beside);
    arena_release(&s->arena);
}

struct screen *mock_screen(struct app *app, struct mock *m)
{
    struct mock_screen *s = mem_calloc(1, sizeof(*s));
    mock_screen_init(s);
    s->app = app;
    s->mock = m;
    const char *notes = mock_view(m)->notes;
    edit_set_text(s->notes, sv_from(notes), strlen(notes));
    s->saved_notes = edit_revision(s->notes);
    mock_enter(s);
    return &s->base;
}
