#include "mock_screen.h"

/* A spoken answer that is recorded and written down while the interview lives on. */

enum { LOOK_MS = 100 };

static bool is_speaking(const struct mock_view *v)
{
    return v->phase == MOCK_ANSWER && v->mode == MODE_SPEAK;
}

void mock_speech_drop(struct mock_screen *s)
{
    speech_free(s->speech);
    s->speech = NULL;
}

static void without_it(struct mock_screen *s, struct loop *l, const struct err *err)
{
    loop_status(l, ROLE_WARNING, "%s. Ticks and bullets will do.", err->text);
    mock_speech_drop(s);
}

void mock_speech_follow(struct mock_screen *s, struct loop *l)
{
    const struct mock_view *v = mock_view(s->mock);
    struct err err = ERR_INIT;
    if (s->speech && v->phase == MOCK_TICKS)
        speech_end(s->speech);
    else if (s->speech && !is_speaking(v))
        mock_speech_drop(s);
    if (s->speech || s->speech_tried || !is_speaking(v) || v->paused || !speech_is_set(s->app))
        return;
    s->speech_tried = true;
    if (!speech_start(s->app, &s->speech, &err))
        without_it(s, l, &err);
}

void mock_hold(struct mock_screen *s, bool paused)
{
    mock_pause(s->mock, paused);
    if (s->speech)
        speech_pause(s->speech, paused);
}

static void take_transcript(struct mock_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const char *text;
    if (!speech_transcript(s->speech, &text, &err) || !mock_transcript(s->mock, sv_from(text), &err)) {
        without_it(s, l, &err);
        return;
    }
    edit_set_text(s->edit, sv_from(text), 0);
    s->saved_revision = edit_revision(s->edit);
    s->bullets_focus = s->heard = true;
    mock_speech_drop(s);
}

void mock_speech_tick(struct mock_screen *s, struct loop *l)
{
    if (s->speech && speech_step(s->speech) >= SPEECH_READY)
        take_transcript(s, l);
}

int64_t mock_speech_wake(const struct mock_screen *s, const struct mock_view *v, int64_t mono_ms)
{
    return s->speech && (v->paused || v->phase == MOCK_TICKS) ? mono_ms + LOOK_MS : INT64_MAX;
}
