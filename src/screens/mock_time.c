#include "mock_screen.h"

#include "pmprep/app/keep.h"

/* The clock of a mock on the screen, and what keeps everything that is typed. */

bool mock_save_notes(struct mock_screen *s, struct err *err)
{
    if (edit_revision(s->notes) == s->saved_notes)
        return true;
    if (!mock_notes(s->mock, edit_text(s->notes), err))
        return false;
    s->saved_notes = edit_revision(s->notes);
    return true;
}

static bool save_draft(struct mock_screen *s, struct err *err)
{
    if (!mock_has_draft(mock_view(s->mock)->phase) || edit_revision(s->edit) == s->saved_revision)
        return true;
    if (!mock_save_draft(s->mock, edit_text(s->edit), edit_cursor(s->edit), err))
        return false;
    s->saved_revision = edit_revision(s->edit);
    return true;
}

bool mock_save_all(struct mock_screen *s, struct err *err)
{
    bool notes = mock_save_notes(s, err);
    s->save_failed = !save_draft(s, err) || !notes;
    if (!s->save_failed)
        s->changed_ms = 0;
    return !s->save_failed;
}

static void tell_failure(struct mock_screen *s, struct loop *l, const struct err *err)
{
    if (!s->save_failed)
        loop_status(l, ROLE_ERROR, "%s; F12 writes the text to a file", err->text);
    s->save_failed = true;
}

/* While the clock runs the mock itself keeps time and text; between, what is typed is kept a second later. */
static unsigned take_turn(struct mock_screen *s, struct loop *l, int64_t mono_ms)
{
    struct err err = ERR_INIT;
    unsigned events = 0;
    unsigned long revision = edit_revision(s->edit);
    if (!mock_turn(s->mock, edit_text(s->edit), edit_cursor(s->edit), true, &events, &err) ||
        !mock_save_notes(s, &err)) {
        tell_failure(s, l, &err);
        return SCREEN_DRAW;
    }
    s->save_failed = false;
    if (events & MOCK_STOPPED) {
        enum mock_panel panel = s->panel;
        mock_enter(s);
        s->panel = panel == PANEL_NOTES ? PANEL_NOTES : PANEL_NONE;
        s->was_stopped = true;
        s->stopped_ms = mono_ms;
        mock_speech_follow(s, l);
        return SCREEN_DRAW;
    }
    s->saved_revision = revision;
    s->changed_ms = 0;
    s->just_told |= (events & MOCK_TWIST) != 0;
    if ((events & (MOCK_CUT_IN | MOCK_TWIST)) && s->panel == PANEL_NONE)
        page_top(s->page);
    return SCREEN_DRAW;
}

unsigned mock_tick(struct screen *base, struct loop *l, int64_t mono_ms)
{
    struct mock_screen *s = (struct mock_screen *)base;
    const struct mock_view *v = mock_view(s->mock);
    struct err err = ERR_INIT;
    mock_speech_tick(s, l);
    if (mock_timed(v->phase) && !v->paused)
        return take_turn(s, l, mono_ms);
    if (s->changed_ms != 0 && mono_ms >= s->changed_ms + MOCK_SAVE_MS) {
        bool before = s->save_failed;
        if (!mock_save_all(s, &err)) {
            s->save_failed = before;
            tell_failure(s, l, &err);
            s->changed_ms = mono_ms; /* try again in a second */
        }
    }
    return SCREEN_DRAW;
}

int64_t mock_wake(const struct screen *base, int64_t mono_ms)
{
    const struct mock_screen *s = (const struct mock_screen *)base;
    const struct mock_view *v = mock_view(s->mock);
    int64_t save = s->changed_ms != 0 ? s->changed_ms + MOCK_SAVE_MS : INT64_MAX;
    int64_t speech = mock_speech_wake(s, v, mono_ms);
    if (!mock_timed(v->phase) || v->paused)
        return save < speech ? save : speech;
    /* The next moment at which the seconds shown change: the view is of now, the turn at mono_ms may be over. */
    int64_t part = (v->part_left_ms + app_mono(s->app) - mono_ms) % 1000;
    return mono_ms + (part > 0 ? part : part + 1000);
}

void mock_pause_screen(struct screen *base, bool paused)
{
    struct mock_screen *s = (struct mock_screen *)base;
    if (paused && !mock_view(s->mock)->paused) {
        mock_hold(s, true);
        s->stopped = true;
    } else if (!paused && s->stopped) {
        mock_hold(s, false);
        s->stopped = false;
    }
}

/* Called when nobody may be there any more to press a key. */
bool mock_save(struct screen *base, struct err *err)
{
    struct mock_screen *s = (struct mock_screen *)base;
    struct buf path = BUF_INIT;
    if (mock_save_all(s, err))
        return true;
    if (s->kept_revision != edit_revision(s->edit) && keep_text(edit_text(s->edit), &path, NULL)) {
        s->kept_revision = edit_revision(s->edit);
        err_prefix(err, "the text is in %s", buf_str(&path));
    }
    buf_release(&path);
    return false;
}
