#include "drill_screen.h"

#include "pmprep/app/compose.h"
#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"

#define KEYS(name, title_text, table, parent_map)                                                                              \
    static const struct keymap name = {title_text, table, sizeof(table) / sizeof((table)[0]), parent_map}

static const struct binding item_keys[] = {
    {"F4", DO_SKIP, "skip", "leave this question without harm", BIND_BAR},
    {"F6", DO_FLAG, "flag", "flag the question, to find it again", 0},
    {"F7", DO_UNDO, "undo", "take back the last grading", 0},
    {"F8", DO_SUSPEND, "suspend", "never ask this question again", 0},
    {"^C F10", DO_LEAVE, "leave", "leave the drill; everything is kept", 0},
};
KEYS(item_map, "The question", item_keys, &keymap_global);

static const struct binding answer_keys[] = {
    {"^S", DO_SUBMIT, "submit", "submit the answer", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "go on in your editor; saving submits", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"F5", DO_MODE, "mode", "type, speak or outline, before the first word", BIND_BAR},
};
KEYS(answer_map, "Answering", answer_keys, &item_map);

static const struct binding speak_keys[] = {
    {"Enter ^S", DO_SUBMIT, "done speaking", "stop the clock and tick what you said", BIND_BAR},
    {"F3 p", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"F5 m", DO_MODE, "mode", "type, speak or outline", BIND_BAR},
    {"s", DO_SKIP, "skip", "leave this question without harm", BIND_QUIET},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(speak_map, "Speaking", speak_keys, &item_map);

static const struct binding write_keys[] = {
    {"^S", DO_SUBMIT, "submit", "submit what you wrote", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "go on in your editor; saving submits", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
};
KEYS(write_map, "Writing", write_keys, &item_map);

static const struct binding tick_keys[] = {
    {"1", DO_PICK_1, "", "tick: the customer", BIND_QUIET},
    {"2", DO_PICK_1 + 1, "", "tick: a number", BIND_QUIET},
    {"3", DO_PICK_1 + 2, "", "tick: a baseline", BIND_QUIET},
    {"4", DO_PICK_1 + 3, "", "tick: I decided", BIND_QUIET},
    {"5", DO_PICK_1 + 4, "", "tick: an alternative", BIND_QUIET},
    {"6", DO_PICK_1 + 5, "", "tick: the result", BIND_QUIET},
    {"7", DO_PICK_1 + 6, "1-7 tick", "tick what you really said", BIND_BAR},
    {"Tab", DO_FOCUS, "bullets", "between the ticks and the bullets", BIND_BAR},
    {"^S Enter", DO_SUBMIT, "done", "go on to the score", BIND_BAR},
};
KEYS(tick_map, "What did you really say?", tick_keys, &item_map);

static const struct binding bullet_keys[] = {
    {"^S", DO_SUBMIT, "done", "go on to the score", BIND_BAR},
    {"Tab", DO_FOCUS, "ticks", "between the ticks and the bullets", BIND_BAR},
};
KEYS(bullet_map, "Bullets", bullet_keys, &item_map);

static const struct binding pick_keys[] = {
    {"1 a", DO_PICK_1, "", "the first", BIND_QUIET},
    {"2 b", DO_PICK_1 + 1, "", "the second", BIND_QUIET},
    {"3 c", DO_PICK_1 + 2, "", "the third", BIND_QUIET},
    {"4 d", DO_PICK_1 + 3, "", "the fourth", BIND_QUIET},
    {"5 e", DO_PICK_1 + 4, "", "the fifth", BIND_QUIET},
    {"6 f", DO_PICK_1 + 5, "1-6 pick", "pick one", BIND_QUIET},
    {"F3 p", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"s", DO_SKIP, "skip", "leave this question without harm", BIND_QUIET},
    {"j Down WheelDown", ACTION_DOWN, "scroll", "scroll down", BIND_BAR},
    {"k Up WheelUp", ACTION_UP, "up", "scroll up", 0},
    {"PgDn Space", ACTION_PAGE_DOWN, "page down", "a page down", 0},
    {"PgUp", ACTION_PAGE_UP, "page up", "a page up", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(pick_map, "Picking", pick_keys, &item_map);

static const struct binding principle_keys[] = {
    {"a", DO_PICK_1, "a-p choose", "Customer Obsession; the letters follow the list", BIND_BAR},
    {"b", DO_PICK_1 + 1, "", "", BIND_QUIET},
    {"c", DO_PICK_1 + 2, "", "", BIND_QUIET},
    {"d", DO_PICK_1 + 3, "", "", BIND_QUIET},
    {"e", DO_PICK_1 + 4, "", "", BIND_QUIET},
    {"f", DO_PICK_1 + 5, "", "", BIND_QUIET},
    {"g", DO_PICK_1 + 6, "", "", BIND_QUIET},
    {"h", DO_PICK_1 + 7, "", "", BIND_QUIET},
    {"i", DO_PICK_1 + 8, "", "", BIND_QUIET},
    {"j", DO_PICK_1 + 9, "", "", BIND_QUIET},
    {"k", DO_PICK_1 + 10, "", "", BIND_QUIET},
    {"l", DO_PICK_1 + 11, "", "", BIND_QUIET},
    {"m", DO_PICK_1 + 12, "", "", BIND_QUIET},
    {"n", DO_PICK_1 + 13, "", "", BIND_QUIET},
    {"o", DO_PICK_1 + 14, "", "", BIND_QUIET},
    {"p", DO_PICK_1 + 15, "", "", BIND_QUIET},
    {"Enter", DO_NONE_FIT, "no idea", "go on without naming one", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(principle_map, "Which principle was that?", principle_keys, &item_map);

static const struct binding score_keys[] = {
    {"1", DO_PICK_1, "1-5 level", "your level, held against the written anchors", BIND_BAR},
    {"2", DO_PICK_1 + 1, "", "", BIND_QUIET},
    {"3", DO_PICK_1 + 2, "", "", BIND_QUIET},
    {"4", DO_PICK_1 + 3, "", "", BIND_QUIET},
    {"5", DO_PICK_1 + 4, "", "", BIND_QUIET},
    {"0 Enter", DO_NONE_FIT, "skip", "no score; after the evidence: keep the first one", BIND_BAR},
    {"j Down WheelDown", ACTION_DOWN, "scroll", "scroll your answer down", BIND_BAR},
    {"k Up WheelUp", ACTION_UP, "up", "scroll your answer up", 0},
    {"PgDn Space", ACTION_PAGE_DOWN, "page down", "a page down", 0},
    {"PgUp", ACTION_PAGE_UP, "page up", "a page up", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(score_map, "Scoring", score_keys, &item_map);

static const struct binding story_keys[] = {
    {"Enter", DO_SUBMIT, "choose", "the selected story, or a new one of what you typed", BIND_BAR},
    {"Down ^N", ACTION_DOWN, "next", "next story", BIND_BAR},
    {"Up ^P", ACTION_UP, "previous", "previous story", 0},
    {"Esc", DO_NONE_FIT, "none", "no story of mine", BIND_BAR},
};
KEYS(story_map, "Which story was it?", story_keys, &item_map);

static const struct binding evidence_keys[] = {
    {"Enter", DO_SUBMIT, "score again", "go on: score the answer again in the light of this", BIND_BAR},
    {"a", DO_AGAIN, "answer again", "answer again, shorter, against one point", BIND_BAR},
    {"e", DO_EXEMPLAR, "exemplar", "show or hide an excellent answer", BIND_BAR},
    {"f", DO_FLAG, "flag", "flag the question, to find it again", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
    {"j Down WheelDown", ACTION_DOWN, "scroll", "scroll down", BIND_BAR},
    {"k Up WheelUp", ACTION_UP, "up", "scroll up", 0},
    {"PgDn Space", ACTION_PAGE_DOWN, "page down", "a page down", 0},
    {"PgUp", ACTION_PAGE_UP, "page up", "a page up", 0},
    {"g Home", ACTION_TOP, "top", "to the top", 0},
    {"G End", ACTION_BOTTOM, "bottom", "to the end", 0},
};
KEYS(evidence_map, "Evidence", evidence_keys, &item_map);

static const struct binding schedule_keys[] = {
    {"Enter", DO_SUBMIT, "accept, next", "accept the rating and go on", BIND_BAR},
    {"1", DO_PICK_1, "1-4 change", "rate it Again", BIND_BAR},
    {"2", DO_PICK_1 + 1, "", "rate it Hard", BIND_QUIET},
    {"3", DO_PICK_1 + 2, "", "rate it Good", BIND_QUIET},
    {"4", DO_PICK_1 + 3, "", "rate it Easy", BIND_QUIET},
    {"a", DO_AGAIN, "answer again", "answer again, shorter", BIND_BAR},
    {"u", DO_UNDO, "undo", "take back the last grading", BIND_BAR},
    {"f", DO_FLAG, "flag", "flag the question, to find it again", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; the rating shown is kept", BIND_BAR},
};
KEYS(schedule_map, "When it comes back", schedule_keys, &item_map);

static const struct binding done_keys[] = {
    {"Enter q Esc", DO_LEAVE, "finish", "back to where you came from", BIND_BAR},
    {"u F7", DO_UNDO, "undo", "take back the last grading", BIND_BAR},
};
KEYS(done_map, "The end of the drill", done_keys, &keymap_global);

static const struct binding paused_keys[] = {
    {"F3 p Enter Space", DO_PAUSE, "go on", "start the clock and show the question", BIND_BAR},
    {"^C F10 q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(paused_map, "Paused", paused_keys, &keymap_global);

const struct keymap *drill_keymap(const struct drill_screen *s, const struct drill_view *v)
{
    if (v->paused)
        return &paused_map;
    switch (v->step) {
    case DRILL_ANSWER:
        return v->mode == MODE_SPEAK ? &speak_map : &answer_map;
    case DRILL_TICKS:
        return s->bullets_focus ? &bullet_map : &tick_map;
    case DRILL_PICK:
        return &pick_map;
    case DRILL_WHY:
    case DRILL_AGAIN:
        return &write_map;
    case DRILL_PRINCIPLE:
        return &principle_map;
    case DRILL_SCORE:
    case DRILL_RESCORE:
        return &score_map;
    case DRILL_STORY:
        return &story_map;
    case DRILL_EVIDENCE:
    case DRILL_COMPARE:
        return &evidence_map;
    case DRILL_SCHEDULE:
        return &schedule_map;
    case DRILL_DONE:
        return &done_map;
    }
    return &item_map;
}

bool drill_typing(const struct drill_screen *s, const struct drill_view *v)
{
    if (v->paused)
        return false;
    switch (v->step) {
    case DRILL_ANSWER:
        return v->mode != MODE_SPEAK;
    case DRILL_TICKS:
        return s->bullets_focus;
    case DRILL_WHY:
    case DRILL_AGAIN:
    case DRILL_STORY:
        return true;
    case DRILL_PICK:
    case DRILL_PRINCIPLE:
    case DRILL_SCORE:
    case DRILL_EVIDENCE:
    case DRILL_RESCORE:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
    case DRILL_DONE:
        break;
    }
    return false;
}

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
    list_set_count(&s->story_list, 1 + matches + (typed ? 1 : 0));
    s->story_list.selected = typed ? 1 : 0;
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
    s->ticks = v->ticks;
    edit_set_text(s->edit, sv_from(draft), draft[0] ? cursor : 0);
    s->saved_revision = edit_revision(s->edit);
    s->changed_ms = 0;
    s->draft_saved = draft[0] != '\0';
    page_top(s->page);
    if (v->step == DRILL_STORY)
        load_stories(s, l);
}

static unsigned follow(struct drill_screen *s, struct loop *l)
{
    const struct drill_view *v = drill_view(s->drill);
    if (v->step != s->step || v->at != s->at || v->score_at != s->score_at)
        enter_step(s, l, v);
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

static bool save_draft(struct drill_screen *s, struct err *err)
{
    const struct drill_view *v = drill_view(s->drill);
    if (!has_draft(s->step) || v->step != s->step || edit_revision(s->edit) == s->saved_revision)
        return true;
    if (!drill_save_draft(s->drill, edit_text(s->edit), edit_cursor(s->edit), err))
        return false;
    s->saved_revision = edit_revision(s->edit);
    s->changed_ms = 0;
    s->draft_saved = true;
    return true;
}

/* ---- actions ---- */

static unsigned submit_story(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    size_t index[MAX_STORIES];
    size_t matches = drill_story_matches(s, index, MAX_STORIES);
    size_t at = s->story_list.selected;
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

struct outside {
    const char *intro;
    struct buf text;
    bool saved;
};

static bool run_editor(void *arg, struct err *err)
{
    struct outside *o = arg;
    return compose(o->intro, &o->text, &o->saved, err);
}

/* The clock goes on: writing in another editor is still answering. */
static unsigned do_editor(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    struct outside o = {.intro = v->item->prompt, .text = BUF_INIT};
    if (!save_draft(s, &err))
        loop_error(l, &err);
    buf_addsv(&o.text, edit_text(s->edit));
    bool ok = loop_outside(l, run_editor, &o, &err);
    if (ok && o.saved)
        edit_set_text(s->edit, buf_sv(&o.text), o.text.len);
    unsigned result = SCREEN_DRAW;
    if (!ok)
        loop_error(l, &err);
    else if (!o.saved)
        loop_status(l, ROLE_STATUS, "The editor gave nothing back; the draft is as it was.");
    else
        result = do_submit(s, l, v);
    buf_release(&o.text);
    return result;
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
    loop_status(l, ROLE_STATUS, flagged ? "Flagged: review shows it with a mark." : "The flag is off.");
    return SCREEN_DRAW;
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

static unsigned do_leave(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (save_draft(s, &err))
        return SCREEN_POP;
    loop_error(l, &err);
    return SCREEN_DRAW;
}

static unsigned drill_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct drill_screen *s = (struct drill_screen *)base;
    const struct drill_view *v = drill_view(s->drill);
    struct err err = ERR_INIT;
    (void)k;
    if (v->step == DRILL_STORY && list_action(&s->story_list, action))
        return SCREEN_DRAW;
    if (page_action(s->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_SUBMIT:
        return do_submit(s, l, v);
    case DO_EDITOR:
        return do_editor(s, l, v);
    case DO_PAUSE:
        drill_pause(s->drill, !v->paused);
        return SCREEN_DRAW;
    case DO_SKIP:
        return moved(s, l, save_draft(s, &err) && drill_skip(s->drill, &err), &err);
    case DO_MODE:
        return do_mode(s, l, v);
    case DO_FLAG:
        return do_flag(s, l);
    case DO_SUSPEND:
        return moved(s, l, drill_suspend(s->drill, &err), &err);
    case DO_UNDO:
        return do_undo(s, l, v);
    case DO_LEAVE:
        return do_leave(s, l);
    case DO_AGAIN:
        return moved(s, l, drill_again(s->drill, &err), &err);
    case DO_EXEMPLAR:
        s->exemplar_open = !s->exemplar_open;
        if (s->exemplar_open)
            page_action(s->page, ACTION_BOTTOM);
        return SCREEN_DRAW;
    case DO_FOCUS:
        s->bullets_focus = !s->bullets_focus;
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
    if (mono_ms >= save_at(s) && !save_draft(s, &err)) {
        loop_error(l, &err);
        s->changed_ms = mono_ms; /* try again in a second */
        s->last_key_ms = mono_ms + SAVE_LATEST_MS;
    }
    return SCREEN_DRAW;
}

static int64_t drill_wake(const struct screen *base, int64_t mono_ms)
{
    const struct drill_screen *s = (const struct drill_screen *)base;
    const struct drill_view *v = drill_view(s->drill);
    int64_t wake = save_at(s);
    if (!clock_runs(v))
        return wake;
    /* The next moment at which the seconds shown change. */
    int64_t part = v->left_ms % 1000;
    int64_t second = mono_ms + (part > 0 ? part : part + 1000);
    return second < wake ? second : wake;
}

static void drill_pause_screen(struct screen *base, bool paused)
{
    struct drill_screen *s = (struct drill_screen *)base;
    if (paused && !drill_view(s->drill)->paused) {
        drill_pause(s->drill, true);
        s->stopped = true;
    } else if (!paused && s->stopped) {
        drill_pause(s->drill, false);
        s->stopped = false;
    }
}

static bool drill_save(struct screen *base, struct err *err)
{
    return save_draft((struct drill_screen *)base, err);
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
    drill_close(s->drill);
    edit_free(s->edit);
    edit_free(s->typeahead);
    page_release(s->page);
    free(s->page);
    arena_release(&s->arena);
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
    s->page = mem_calloc(1, sizeof(*s->page));
    page_init(s->page);
    list_init(&s->story_list, 1);
    enter_step(s, NULL, drill_view(d));
    return &s->base;
}
