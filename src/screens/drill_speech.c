#include "drill_screen.h"

/* A spoken answer that is recorded and written down while the screen lives on. */

enum { LOOK_MS = 100 };

static bool is_speaking(const struct drill_view *v)
{
    return v->step == DRILL_ANSWER && v->mode == MODE_SPEAK && v->item->kind != KIND_REWRITE;
}

static void without_it(struct drill_screen *s, struct loop *l, const struct err *err)
{
    loop_status(l, ROLE_WARNING, "%s. Ticks and bullets will do.", err->text);
    speech_free(s->speech);
    s->speech = NULL;
}

void drill_speech_follow(struct drill_screen *s, struct loop *l, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    bool same = s->speech_at == v->at;
    if (s->speech && (!same || !(is_speaking(v) || v->step == DRILL_TICKS))) {
        speech_free(s->speech);
        s->speech = NULL;
    }
    if (s->speech && v->step == DRILL_TICKS)
        speech_end(s->speech);
    if (s->speech || !is_speaking(v) || v->paused || (same && s->speech_tried) || !speech_is_set(s->app))
        return;
    s->speech_at = v->at;
    s->speech_tried = true;
    if (!speech_start(s->app, &s->speech, &err))
        without_it(s, l, &err);
}

void drill_hold(struct drill_screen *s, bool paused)
{
    drill_pause(s->drill, paused);
    if (s->speech)
        speech_pause(s->speech, paused);
}

void drill_speech_drop(struct drill_screen *s)
{
    speech_free(s->speech);
    s->speech = NULL;
}

static void take_transcript(struct drill_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const char *text;
    if (!speech_transcript(s->speech, &text, &err) || !drill_transcript(s->drill, sv_from(text), &err)) {
        without_it(s, l, &err);
        return;
    }
    edit_set_text(s->edit, sv_from(text), 0);
    s->saved_revision = edit_revision(s->edit);
    s->bullets_focus = true;
    speech_free(s->speech);
    s->speech = NULL;
}

void drill_speech_tick(struct drill_screen *s, struct loop *l)
{
    if (s->speech && speech_step(s->speech) >= SPEECH_READY)
        take_transcript(s, l);
}

int64_t drill_speech_wake(const struct drill_screen *s, const struct drill_view *v, int64_t mono_ms)
{
    return s->speech && (v->paused || v->step == DRILL_TICKS) ? mono_ms + LOOK_MS : INT64_MAX;
}
