#include "drill_screen.h"

#include "opinion.h"
#include "outside.h"

#include "pmprep/app/keep.h"

/* What the keys of the drill do. */

static unsigned submit_story(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    size_t index[MAX_STORIES];
    size_t matches = drill_story_matches(s, index, MAX_STORIES);
    size_t at = s->story_list->selected;
    if (at == 0)
        return drill_moved(s, l, drill_story(s->drill, NULL, &err), &err);
    if (at <= matches)
        return drill_moved(s, l, drill_story(s->drill, s->stories[index[at - 1]].id, &err), &err);
    struct buf headline = BUF_INIT;
    buf_addsv(&headline, sv_trim(edit_text(s->typeahead)));
    bool ok = drill_new_story(s->drill, buf_str(&headline), &err);
    buf_release(&headline);
    return drill_moved(s, l, ok, &err);
}

static unsigned do_submit(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    switch (v->step) {
    case DRILL_ANSWER:
    case DRILL_WHY:
    case DRILL_AGAIN:
        return drill_moved(s, l, drill_submit(s->drill, edit_text(s->edit), &err), &err);
    case DRILL_TICKS:
        return drill_moved(s, l, drill_ticks(s->drill, s->ticks, edit_text(s->edit), &err), &err);
    case DRILL_STORY:
        return submit_story(s, l);
    case DRILL_EVIDENCE:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
        return drill_moved(s, l, drill_next(s->drill, &err), &err);
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
        return which < v->shown_count ? drill_moved(s, l, drill_pick(s->drill, which, &err), &err) : SCREEN_IDLE;
    case DRILL_PRINCIPLE: {
        size_t count = 0;
        if (!app_library(s->app, &lib, &err))
            return drill_moved(s, l, false, &err);
        const struct principle *all = library_principles(lib, &count);
        return (size_t)which < count ? drill_moved(s, l, drill_principle(s->drill, all[which].id, &err), &err)
                                     : SCREEN_IDLE;
    }
    case DRILL_SCORE:
    case DRILL_RESCORE:
        return drill_moved(s, l, drill_score(s->drill, which + 1, &err), &err);
    case DRILL_SCHEDULE:
        return drill_moved(s, l, drill_rate(s->drill, (enum rating)(RATING_AGAIN + which), &err), &err);
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
        return drill_moved(s, l, drill_principle(s->drill, NULL, &err), &err);
    if (v->step == DRILL_STORY)
        return drill_moved(s, l, drill_story(s->drill, NULL, &err), &err);
    return drill_moved(s, l, drill_score(s->drill, 0, &err), &err);
}

/* The clock goes on: writing in another editor is still answering. */
static unsigned do_editor(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    bool saved;
    if (!drill_store_draft(s, &err))
        loop_error(l, &err);
    if (!outside_edit(l, v->item->prompt, s->edit, &saved, &err))
        return drill_moved(s, l, false, &err);
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
    return drill_moved(s, l, drill_set_mode(s->drill, next[v->mode], &err), &err);
}

static unsigned do_flag(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!drill_flag(s->drill, &err))
        return drill_moved(s, l, false, &err);
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
    bool ok = drill_store_draft(s, &err) && drill_suspend(s->drill, &err);
    if (ok)
        loop_status(l, ROLE_STATUS, "Suspended; `pmprep drill --item %s` asks it again.", buf_str(&key));
    buf_release(&key);
    return drill_moved(s, l, ok, &err);
}

static unsigned do_undo(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    if (!v->can_undo) {
        loop_status(l, ROLE_STATUS, "There is no grading to take back.");
        return SCREEN_DRAW;
    }
    if (!drill_store_draft(s, &err) || !drill_undo(s->drill, &err))
        return drill_moved(s, l, false, &err);
    loop_status(l, ROLE_STATUS, "Taken back; rate it again.");
    return drill_follow(s, l);
}

/* ---- findings ---- */

static unsigned do_choose(struct drill_screen *s, bool forward)
{
    drill_choose(s->drill, forward);
    drill_show_finding(s);
    return SCREEN_DRAW;
}

static unsigned do_dismiss(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (!drill_dismiss(s->drill, &err))
        return drill_moved(s, l, false, &err);
    const struct drill_view *v = drill_view(s->drill);
    loop_status(l, ROLE_STATUS,
                v->findings[v->chosen].dismissed ? "Dismissed; x takes it back. A rule dismissed often comes last."
                                                 : "Taken back: the finding stands.");
    return SCREEN_DRAW;
}

static unsigned do_keep(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    if (!drill_has_draft(s->step) || sv_trim(edit_text(s->edit)).len == 0)
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
    if (drill_store_draft(s, &err) || s->leave_asked || s->kept_revision == edit_revision(s->edit))
        return SCREEN_POP;
    s->leave_asked = true;
    loop_status(l, ROLE_ERROR, "%s; F12 writes the text to a file, leaving again loses it", err.text);
    return SCREEN_DRAW;
}

unsigned drill_action(struct screen *base, struct loop *l, int action, const struct key *k)
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
        return drill_follow(s, l);
    case DO_SKIP:
        return drill_moved(s, l, drill_store_draft(s, &err) && drill_skip(s->drill, &err), &err);
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
        return drill_moved(s, l, drill_again(s->drill, &err), &err);
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
        drill_show_finding(s);
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
