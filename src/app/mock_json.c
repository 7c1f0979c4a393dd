#include "mock_json.h"

#include "pmprep/bank/bank.h"
#include "pmprep/bank/taxonomy.h"

#include <string.h>

/* The loop, written as its file would be, and the plan. */

bool mock_damaged(struct err *err)
{
    return err_set(err, ERR_CORRUPT, "what is stored of this mock cannot be read; `pmprep doctor` examines the file");
}

void mock_put_str(struct json *j, const char *key, const char *text)
{
    if (text && *text) {
        json_key(j, key);
        json_str(j, text);
    }
}

void mock_put_int(struct json *j, const char *key, int64_t number)
{
    json_key(j, key);
    json_int(j, number);
}

void mock_put_strings(struct json *j, const char *key, const struct strings *list)
{
    if (list->count == 0) {
        return;
    }
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < list->count; i++) {
        json_str(j, list->at[i]);
    }
    json_end_array(j);
}

struct strings mock_get_strings(const struct json_value *object, const char *key, struct arena *a)
{
    const struct json_value *list = json_get(object, key);
    struct strings out = {NULL, 0};
    if (!list) {
        return out;
    }
    out.at = arena_array(a, list->count, sizeof(*out.at));
    for (const struct json_value *v = list->first; v; v = v->next) {
        out.at[out.count++] = v->text;
    }
    return out;
}

/* ---- the loop, in the words of its file */

static void write_claims(struct json *j, const struct mock_loop *loop)
{
    json_key(j, "claims");
    json_array(j);
    for (size_t i = 0; i < loop->claim_count; i++) {
        json_object(j);
        mock_put_str(j, "text", loop->claims[i].text);
        mock_put_str(j, "source", source_name(loop->claims[i].source));
        mock_put_str(j, "from", loop->claims[i].from);
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_vote(struct json *j, const struct vote_rules *v)
{
    json_key(j, "vote");
    json_object(j);
    mock_put_strings(j, "scale", &v->scale);
    json_key(j, "per-principle");
    json_bool(j, v->per_principle);
    mock_put_str(j, "decides", decider_words.names[v->decides]);
    json_key(j, "bar-raiser-consents");
    json_bool(j, v->bar_raiser_consents);
    if (v->min_minutes) {
        mock_put_int(j, "min-minutes", v->min_minutes);
    }
    if (v->raises_to_offset) {
        mock_put_int(j, "raises-to-offset", v->raises_to_offset);
    }
    json_end_object(j);
}

static void write_stage(struct json *j, const struct mock_stage *s)
{
    json_object(j);
    mock_put_str(j, "id", s->id);
    mock_put_str(j, "title", s->title);
    mock_put_str(j, "interviewer", s->interviewer);
    mock_put_int(j, "minutes", s->minutes);
    mock_put_strings(j, "principles", &s->principles);
    if (s->draw) {
        mock_put_int(j, "draw", s->draw);
    }
    mock_put_strings(j, "families", &s->families);
    mock_put_str(j, "template", s->template_id);
    mock_put_str(j, "probe-style", probe_style_words.names[s->probes]);
    json_key(j, "bar-raiser");
    json_bool(j, s->bar_raiser);
    mock_put_strings(j, "interruptions", &s->interruptions);
    json_key(j, "parts");
    json_array(j);
    for (size_t i = 0; i < s->part_count; i++) {
        json_object(j);
        mock_put_str(j, "name", s->parts[i].name);
        mock_put_str(j, "asks", part_words.names[s->parts[i].asks]);
        mock_put_int(j, "minutes", s->parts[i].minutes);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

void mock_write_loop(const struct mock_loop *loop, struct buf *out)
{
    struct json j;
    json_init(&j, out, 0);
    json_object(&j);
    mock_put_str(&j, "loop", loop->id);
    mock_put_str(&j, "title", loop->title);
    mock_put_str(&j, "source", source_name(loop->source));
    mock_put_str(&j, "about", loop->about);
    write_claims(&j, loop);
    mock_put_int(&j, "minutes", loop->minutes);
    write_vote(&j, &loop->vote);
    json_key(&j, "stages");
    json_array(&j);
    for (size_t i = 0; i < loop->stage_count; i++) {
        write_stage(&j, &loop->stages[i]);
    }
    json_end_array(&j);
    json_end_object(&j);
}

/* JSON is YAML, so the reader of loop files reads it. */
bool mock_read_loop(const char *json, struct arena *a, const struct mock_loop **out, struct err *err)
{
    struct mock_loop *loop = arena_alloc(a, sizeof(*loop));
    struct problems problems;
    problems_init(&problems, a);
    bool ok = loop_parse(sv_from(json), "the stored loop", a, loop, &problems);
    problems_release(&problems);
    *out = loop;
    return ok || mock_damaged(err);
}

/* ---- the plan */

static void write_question(struct json *j, const struct loop_question *q)
{
    json_object(j);
    mock_put_str(j, "item", q->item);
    mock_put_str(j, "principle", q->principle);
    mock_put_str(j, "kind", kind_name(q->kind));
    mock_put_str(j, "family", family_name(q->family));
    if (q->spare) {
        json_key(j, "spare");
        json_bool(j, true);
    }
    json_end_object(j);
}

static void write_planned(struct json *j, const struct loop_stage *s)
{
    json_object(j);
    mock_put_int(j, "stage", s->index);
    if (s->bar_raiser) {
        json_key(j, "bar_raiser");
        json_bool(j, true);
    }
    mock_put_strings(j, "principles", &s->principles);
    json_key(j, "parts");
    json_array(j);
    for (size_t i = 0; i < s->part_count; i++) {
        const struct loop_part *part = &s->parts[i];
        json_object(j);
        mock_put_str(j, "name", part->part->name);
        mock_put_str(j, "asks", part_words.names[part->part->asks]);
        mock_put_int(j, "ms", part->allotted_ms);
        json_key(j, "questions");
        json_array(j);
        for (size_t k = 0; k < part->question_count; k++) {
            write_question(j, &part->questions[k]);
        }
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

void mock_write_plan(const struct loop_plan *plan, struct buf *out)
{
    struct json j;
    json_init(&j, out, 0);
    json_object(&j);
    json_key(&j, "pace");
    json_real(&j, plan->pace);
    json_key(&j, "seed");
    json_int(&j, (int64_t)plan->seed);
    json_key(&j, "stages");
    json_array(&j);
    for (size_t i = 0; i < plan->stage_count; i++) {
        write_planned(&j, &plan->stages[i]);
    }
    json_end_array(&j);
    json_end_object(&j);
}

static bool read_question(const struct json_value *v, struct loop_question *out)
{
    *out = (struct loop_question){
        .item = json_get_str(v, "item"), .principle = json_get_str(v, "principle"), .spare = json_get_bool(v, "spare")};
    return kind_parse(sv_from(json_get_str(v, "kind")), &out->kind) &&
           family_parse(sv_from(json_get_str(v, "family")), &out->family);
}

static bool read_part(const struct json_value *v, struct arena *a, struct loop_part *out)
{
    struct mock_part *part = arena_alloc(a, sizeof(*part));
    const struct json_value *questions = json_get(v, "questions");
    int asks;
    if (!words_find(&part_words, sv_from(json_get_str(v, "asks")), &asks) || !questions) {
        return false;
    }
    *out = (struct loop_part){.part = part, .allotted_ms = json_get_int(v, "ms", 0)};
    *part = (struct mock_part){.name = json_get_str(v, "name"), .asks = (enum part_asks)asks};
    out->questions = arena_array(a, questions->count, sizeof(*out->questions));
    for (const struct json_value *q = questions->first; q; q = q->next) {
        if (!read_question(q, &out->questions[out->question_count++])) {
            return false;
        }
    }
    return true;
}

static bool read_stage(const struct json_value *v, const struct mock_loop *loop, struct arena *a,
                       struct loop_stage *out)
{
    int64_t index = json_get_int(v, "stage", -1);
    const struct json_value *parts = json_get(v, "parts");
    if (index < 0 || (size_t)index >= loop->stage_count || !parts || parts->count > LOOP_PARTS) {
        return false;
    }
    struct mock_stage *stage = arena_alloc(a, sizeof(*stage));
    *stage = loop->stages[index];
    *out = (struct loop_stage){.stage = stage, .index = (unsigned)index, .bar_raiser = json_get_bool(v, "bar_raiser")};
    if (out->bar_raiser) {
        stage->probes = PROBES_DIGGING;
    }
    out->principles = mock_get_strings(v, "principles", a);
    out->parts = arena_array(a, parts->count, sizeof(*out->parts));
    for (const struct json_value *p = parts->first; p; p = p->next) {
        if (!read_part(p, a, &out->parts[out->part_count++])) {
            return false;
        }
    }
    return true;
}

bool mock_read_plan(const char *json, const struct mock_loop *loop, struct arena *a, struct loop_plan *out,
                    struct err *err)
{
    const struct json_value *v;
    if (!json_parse(sv_from(json), a, &v)) {
        return mock_damaged(err);
    }
    const struct json_value *stages = json_get(v, "stages");
    if (!stages || stages->count > LOOP_STAGES) {
        return mock_damaged(err);
    }
    *out = (struct loop_plan){.pace = json_get_real(v, "pace", 1), .seed = (uint64_t)json_get_int(v, "seed", 0)};
    out->stages = arena_array(a, stages->count, sizeof(*out->stages));
    for (const struct json_value *s = stages->first; s; s = s->next) {
        if (!read_stage(s, loop, a, &out->stages[out->stage_count++])) {
            return mock_damaged(err);
        }
    }
    return true;
}
