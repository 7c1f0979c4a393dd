#include "cli/mock_page.h"

#include "pmprep/app/names.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/json.h"
#include "pmprep/base/utf8.h"

/* The debrief as data. */

static void str(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_str(j, value && *value ? value : NULL);
}

static void text(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_str(j, value ? value : "");
}

static void num(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void real(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_real(j, value);
}

static void flag(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}

static void seconds(struct json *j, const char *key, int64_t ms)
{
    real(j, key, (double)ms / 1000);
}

static void list(struct json *j, const char *key, const struct strings *s)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < s->count; i++) {
        json_str(j, s->at[i]);
    }
    json_end_array(j);
}

static void vote(struct json *j, const char *key, enum vote v)
{
    str(j, key, v < VOTE_COUNT ? vote_words.names[v] : NULL);
}

static void put_run(struct json *j, const struct mock_report *r)
{
    char when[32];
    clock_format(r->run.started_at, clock_offset_min(r->run.started_at), when);
    text(j, "id", r->run.id);
    text(j, "loop", r->run.loop);
    text(j, "title", r->run.title);
    flag(j, "done", r->run.done);
    text(j, "started_at", when);
    text(j, "mode", mode_name(r->mode));
    real(j, "pace", r->input.pace);
    num(j, "target", r->input.target);
    json_key(j, "bias");
    json_object(j);
    json_key(j, "levels");
    if (r->input.bias_n > 0) {
        json_real(j, r->input.bias);
    } else {
        json_null(j);
    }
    num(j, "answers", r->input.bias_n);
    json_end_object(j);
}

static void put_stages(struct json *j, const struct mock_report *r)
{
    json_key(j, "stages");
    json_array(j);
    for (size_t i = 0; i < r->input.stage_count; i++) {
        const struct debrief_stage *s = &r->input.stages[i];
        json_object(j);
        num(j, "stage", (int64_t)i + 1);
        text(j, "title", s->title);
        text(j, "interviewer", s->interviewer);
        flag(j, "bar_raiser", s->bar_raiser);
        list(j, "principles", &s->principles);
        seconds(j, "allotted_seconds", s->allotted_ms);
        seconds(j, "active_seconds", s->active_ms);
        seconds(j, "typed_seconds", s->typed_ms);
        seconds(j, "spoken_seconds", s->spoken_ms);
        flag(j, "stopped", s->stopped);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_votes(struct json *j, const struct mock_report *r)
{
    json_key(j, "votes");
    json_array(j);
    for (size_t i = 0; i < r->input.stage_count; i++) {
        const struct debrief_stage *s = &r->input.stages[i];
        json_object(j);
        num(j, "stage", (int64_t)i + 1);
        vote(j, "before", s->before);
        vote(j, "after", s->after);
        str(j, "reason", s->reason);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_verdict(struct json *j, const struct mock_report *r)
{
    const struct debrief *d = &r->debrief;
    json_key(j, "verdict");
    json_object(j);
    text(j, "as_voted", verdict_names[d->as_voted]);
    text(j, "after_bias", r->input.bias_n > 0 ? verdict_names[d->after_bias] : "unknown");
    text(j, "at_risk", verdict_names[d->at_risk]);
    json_end_object(j);
}

static void put_fixes(struct json *j, const struct mock_report *r)
{
    json_key(j, "fixes");
    json_array(j);
    for (size_t i = 0; i < r->debrief.fix_count; i++) {
        const struct debrief_fix *f = &r->debrief.fixes[i];
        json_object(j);
        text(j, "text", f->text);
        text(j, "filter", f->filter);
        text(j, "why", f->why);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_stage_numbers(struct json *j, unsigned stages)
{
    json_key(j, "stages");
    json_array(j);
    for (unsigned i = 0; i < 32 && stages >> i != 0; i++) {
        if (stages >> i & 1) {
            json_int(j, i + 1);
        }
    }
    json_end_array(j);
}

static void put_principles(struct json *j, const struct mock_report *r)
{
    json_key(j, "principles");
    json_array(j);
    for (size_t i = 0; i < r->debrief.principle_count; i++) {
        const struct debrief_principle *p = &r->debrief.principles[i];
        json_object(j);
        text(j, "id", p->id);
        text(j, "name", p->name);
        text(j, "against", bar_names[p->against]);
        put_stage_numbers(j, p->stages);
        num(j, "answers", p->answers);
        num(j, "findings", p->findings);
        num(j, "scores", p->scores);
        real(j, "mean", p->mean);
        real(j, "bar", p->bar);
        seconds(j, "talked_seconds", p->talked_ms);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_time(struct json *j, const struct mock_report *r)
{
    json_key(j, "time");
    json_object(j);
    seconds(j, "typed_seconds", r->debrief.typed_ms);
    seconds(j, "spoken_seconds", r->debrief.spoken_ms);
    list(j, "lines", &r->debrief.time_use);
    json_end_object(j);
}

/* Offsets are what a reader of the JSON counts in: code points. */
static void put_finding(struct json *j, const struct debrief_answer *a, const struct finding *f)
{
    json_object(j);
    text(j, "rule", f->rule);
    text(j, "severity", f->severity);
    text(j, "message", f->message);
    num(j, "start", (int64_t)utf8_count(sv_sub(sv_from(a->text), 0, f->start)));
    num(j, "end", (int64_t)utf8_count(sv_sub(sv_from(a->text), 0, f->end)));
    flag(j, "self_reported", f->self_reported);
    flag(j, "dismissed", f->dismissed);
    json_end_object(j);
}

static void put_scores(struct json *j, const struct debrief_answer *a)
{
    json_key(j, "scores");
    json_object(j);
    for (size_t i = 0; i < a->score_count; i++) {
        num(j, *a->scores[i].dimension ? a->scores[i].dimension : "overall", a->scores[i].level);
    }
    json_end_object(j);
}

static void put_answer(struct json *j, const struct debrief_answer *a)
{
    json_object(j);
    text(j, "id", a->attempt);
    text(j, "item", a->item);
    num(j, "stage", (int64_t)a->stage + 1);
    str(j, "principle", a->principle);
    str(j, "story", a->story);
    str(j, "headline", a->headline);
    text(j, "prompt", a->prompt);
    text(j, "text", a->text);
    seconds(j, "active_seconds", a->active_ms);
    seconds(j, "spoken_seconds", a->spoken_ms);
    put_scores(j, a);
    json_key(j, "findings");
    json_array(j);
    for (size_t i = 0; i < a->finding_count; i++) {
        put_finding(j, a, &a->findings[i]);
    }
    json_end_array(j);
    json_end_object(j);
}

static void put_answers(struct json *j, const struct mock_report *r)
{
    json_key(j, "answers");
    json_array(j);
    for (size_t i = 0; i < r->input.answer_count; i++) {
        put_answer(j, &r->input.answers[i]);
    }
    json_end_array(j);
}

static void put_claims(struct json *j, const struct mock_report *r)
{
    json_key(j, "claims");
    json_array(j);
    for (size_t i = 0; r->loop && i < r->loop->claim_count; i++) {
        const struct claim *c = &r->loop->claims[i];
        json_object(j);
        text(j, "text", c->text);
        text(j, "source", source_name(c->source));
        str(j, "from", c->from);
        json_end_object(j);
    }
    json_end_array(j);
}

void mock_report_json(struct out *o, const struct mock_report *r)
{
    struct json j;
    struct buf all = BUF_INIT;
    json_init(&j, &all, 2);
    json_object(&j);
    put_run(&j, r);
    put_stages(&j, r);
    put_votes(&j, r);
    put_verdict(&j, r);
    list(&j, "reasons", &r->debrief.reasons);
    put_fixes(&j, r);
    put_principles(&j, r);
    list(&j, "conflicts", &r->debrief.conflicts);
    put_time(&j, r);
    text(&j, "against", r->against);
    text(&j, "notes", r->notes);
    list(&j, "arithmetic", &r->debrief.arithmetic);
    put_answers(&j, r);
    put_claims(&j, r);
    json_end_object(&j);
    buf_addc(&all, '\n');
    out_raw(o, buf_sv(&all));
    buf_release(&all);
}
