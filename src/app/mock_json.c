#include "mock_parts.h"

#include "pmprep/bank/bank.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/json.h"
#include "pmprep/base/jsonread.h"
#include "pmprep/base/mem.h"

#include <stddef.h>
#include <string.h>

/* The plan, the state and what was said, as JSON and back. The loop itself is written as its file would be. */

static bool damaged(struct err *err)
{
    return err_set(err, ERR_CORRUPT, "what is stored of this mock cannot be read; `pmprep doctor` examines the file");
}

static void put_str(struct json *j, const char *key, const char *text)
{
    if (text && *text) {
        json_key(j, key);
        json_str(j, text);
    }
}

static void put_int(struct json *j, const char *key, int64_t number)
{
    json_key(j, key);
    json_int(j, number);
}

static void put_strings(struct json *j, const char *key, const struct strings *list)
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

static struct strings get_strings(const struct json_value *object, const char *key, struct arena *a)
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
        put_str(j, "text", loop->claims[i].text);
        put_str(j, "source", source_name(loop->claims[i].source));
        put_str(j, "from", loop->claims[i].from);
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_vote(struct json *j, const struct vote_rules *v)
{
    json_key(j, "vote");
    json_object(j);
    put_strings(j, "scale", &v->scale);
    json_key(j, "per-principle");
    json_bool(j, v->per_principle);
    put_str(j, "decides", decider_words.names[v->decides]);
    json_key(j, "bar-raiser-consents");
    json_bool(j, v->bar_raiser_consents);
    if (v->min_minutes) {
        put_int(j, "min-minutes", v->min_minutes);
    }
    if (v->raises_to_offset) {
        put_int(j, "raises-to-offset", v->raises_to_offset);
    }
    json_end_object(j);
}

static void write_stage(struct json *j, const struct mock_stage *s)
{
    json_object(j);
    put_str(j, "id", s->id);
    put_str(j, "title", s->title);
    put_str(j, "interviewer", s->interviewer);
    put_int(j, "minutes", s->minutes);
    put_strings(j, "principles", &s->principles);
    if (s->draw) {
        put_int(j, "draw", s->draw);
    }
    put_strings(j, "families", &s->families);
    put_str(j, "template", s->template_id);
    put_str(j, "probe-style", probe_style_words.names[s->probes]);
    json_key(j, "bar-raiser");
    json_bool(j, s->bar_raiser);
    put_strings(j, "interruptions", &s->interruptions);
    json_key(j, "parts");
    json_array(j);
    for (size_t i = 0; i < s->part_count; i++) {
        json_object(j);
        put_str(j, "name", s->parts[i].name);
        put_str(j, "asks", part_words.names[s->parts[i].asks]);
        put_int(j, "minutes", s->parts[i].minutes);
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
    put_str(&j, "loop", loop->id);
    put_str(&j, "title", loop->title);
    put_str(&j, "source", source_name(loop->source));
    put_str(&j, "about", loop->about);
    write_claims(&j, loop);
    put_int(&j, "minutes", loop->minutes);
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
    return ok || damaged(err);
}

/* ---- the plan */

static void write_question(struct json *j, const struct loop_question *q)
{
    json_object(j);
    put_str(j, "item", q->item);
    put_str(j, "principle", q->principle);
    put_str(j, "kind", kind_name(q->kind));
    put_str(j, "family", family_name(q->family));
    if (q->spare) {
        json_key(j, "spare");
        json_bool(j, true);
    }
    json_end_object(j);
}

static void write_planned(struct json *j, const struct loop_stage *s)
{
    json_object(j);
    put_int(j, "stage", s->index);
    if (s->bar_raiser) {
        json_key(j, "bar_raiser");
        json_bool(j, true);
    }
    put_strings(j, "principles", &s->principles);
    json_key(j, "parts");
    json_array(j);
    for (size_t i = 0; i < s->part_count; i++) {
        const struct loop_part *part = &s->parts[i];
        json_object(j);
        put_str(j, "name", part->part->name);
        put_str(j, "asks", part_words.names[part->part->asks]);
        put_int(j, "ms", part->allotted_ms);
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
    out->principles = get_strings(v, "principles", a);
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
        return damaged(err);
    }
    const struct json_value *stages = json_get(v, "stages");
    if (!stages || stages->count > LOOP_STAGES) {
        return damaged(err);
    }
    *out = (struct loop_plan){.pace = json_get_real(v, "pace", 1), .seed = (uint64_t)json_get_int(v, "seed", 0)};
    out->stages = arena_array(a, stages->count, sizeof(*out->stages));
    for (const struct json_value *s = stages->first; s; s = s->next) {
        if (!read_stage(s, loop, a, &out->stages[out->stage_count++])) {
            return damaged(err);
        }
    }
    return true;
}

/* ---- the state */

#define RUN(member)   offsetof(struct mock_state, run.member)
#define STATE(member) offsetof(struct mock_state, member)

/* Fields by their type. */
static const struct {
    const char *key;
    size_t at;
} counts[] =
    {
        {"stage", RUN(stage)},     {"part", RUN(part)},         {"question", RUN(question)},
        {"depth", RUN(depth)},     {"cut_ins", RUN(cut_ins)},   {"twists", RUN(twists)},
        {"ticks", STATE(ticks)},   {"dug", STATE(dug)},         {"asked", STATE(asked)},
        {"page", STATE(page)},     {"vote", STATE(vote_stage)}, {"dimension", STATE(dimension)},
        {"bias_n", STATE(bias_n)}, {"target", STATE(target)},
},
  times[] =
      {
          {"answer_ms", RUN(answer_ms)},
          {"spoken_ms", STATE(spoken_ms)},
          {"began_at", STATE(began_at)},
},
  texts[] = {
      {"says", STATE(says)}, {"about", STATE(about)}, {"cuts_in", STATE(cuts_in)}, {"why", STATE(why)},
      {"flaw", STATE(flaw)}, {"quote", STATE(quote)}, {"attempt", STATE(attempt)},
};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static const void *field(const struct mock_state *s, size_t at)
{
    return (const char *)s + at;
}

static void write_spent(struct json *j, const struct mock *m)
{
    json_key(j, "spent");
    json_array(j);
    for (size_t i = 0; i < m->plan.stage_count; i++) {
        const struct loop_spent *spent = &m->s.run.spent[i];
        json_object(j);
        put_int(j, "typed_ms", spent->typed_ms);
        put_int(j, "spoken_ms", spent->spoken_ms);
        json_key(j, "stopped");
        json_bool(j, spent->stopped);
        json_key(j, "parts");
        json_array(j);
        for (size_t k = 0; k < m->plan.stages[i].part_count; k++) {
            json_int(j, spent->part_ms[k]);
            json_int(j, spent->asked[k]);
        }
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_used(struct json *j, const struct mock *m)
{
    json_key(j, "used");
    json_array(j);
    for (size_t i = 0; i < m->s.used_count; i++) {
        json_int(j, (int64_t)m->used[i]);
    }
    json_end_array(j);
}

/* Allotted in all, pace left out. */
static int64_t minutes_of(const struct loop_plan *plan)
{
    double ms = 0;
    for (size_t i = 0; i < plan->stage_count; i++) {
        for (size_t k = 0; k < plan->stages[i].part_count; k++) {
            ms += (double)plan->stages[i].parts[k].allotted_ms;
        }
    }
    return (int64_t)(ms / plan->pace / 60000.0 + 0.5);
}

void mock_write_state(const struct mock *m, struct buf *out)
{
    const struct mock_state *s = &m->s;
    struct json j;
    json_init(&j, out, 0);
    json_object(&j);
    put_int(&j, "phase", s->run.phase);
    put_int(&j, "debrief", s->debrief);
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        unsigned number;
        memcpy(&number, field(s, counts[i].at), sizeof(number));
        put_int(&j, counts[i].key, number);
    }
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        int64_t number;
        memcpy(&number, field(s, times[i].at), sizeof(number));
        put_int(&j, times[i].key, number);
    }
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *text;
        memcpy(&text, field(s, texts[i].at), sizeof(text));
        put_str(&j, texts[i].key, text);
    }
    json_key(&j, "was_cut");
    json_bool(&j, s->was_cut);
    json_key(&j, "quoted_writing");
    json_bool(&j, s->quoted_writing);
    json_key(&j, "graded");
    json_bool(&j, s->graded);
    json_key(&j, "bias");
    json_real(&j, s->bias);
    put_int(&j, "stage_said", (int64_t)s->stage_said);
    put_strings(&j, "told", &s->told);
    put_int(&j, "left_ms", loop_left(&m->plan, &s->run)); /* for lists, which know no plan */
    put_int(&j, "stages", (int64_t)m->plan.stage_count);
    put_int(&j, "minutes", minutes_of(&m->plan));
    write_spent(&j, m);
    write_used(&j, m);
    json_end_object(&j);
}

static bool read_spent(struct mock *m, const struct json_value *v)
{
    const struct json_value *stage = json_elements(v, "spent");
    for (size_t i = 0; i < m->plan.stage_count; i++, stage = stage->next) {
        struct loop_spent *spent = &m->s.run.spent[i];
        const struct json_value *part = stage ? json_elements(stage, "parts") : NULL;
        if (!stage) {
            return false;
        }
        spent->typed_ms = json_get_int(stage, "typed_ms", 0);
        spent->spoken_ms = json_get_int(stage, "spoken_ms", 0);
        spent->stopped = json_get_bool(stage, "stopped");
        for (size_t k = 0; k < m->plan.stages[i].part_count; k++) {
            if (!part || !part->next) {
                return false;
            }
            spent->part_ms[k] = part->integer;
            spent->asked[k] = (unsigned)part->next->integer;
            part = part->next->next;
        }
    }
    return true;
}

static void read_used(struct mock *m, const struct json_value *v)
{
    for (const struct json_value *u = json_elements(v, "used"); u; u = u->next) {
        mem_grow((void **)&m->used, &m->used_room, m->s.used_count + 1, sizeof(*m->used));
        m->used[m->s.used_count++] = (uint64_t)u->integer;
    }
}

static void read_fields(struct mock_state *s, const struct json_value *v)
{
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        unsigned number = (unsigned)json_get_int(v, counts[i].key, 0);
        memcpy((char *)s + counts[i].at, &number, sizeof(number));
    }
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        int64_t number = json_get_int(v, times[i].key, 0);
        memcpy((char *)s + times[i].at, &number, sizeof(number));
    }
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *text = json_get_str(v, texts[i].key);
        memcpy((char *)s + texts[i].at, &text, sizeof(text));
    }
}

/* A place that the plan does not have would be followed into nowhere. */
static bool is_in_plan(const struct mock *m)
{
    const struct loop_run *r = &m->s.run;
    if (r->phase == LOOP_OVER) {
        return m->s.debrief >= MOCK_VOTE && m->s.debrief <= MOCK_OVER;
    }
    return r->stage < m->plan.stage_count && r->part <= m->plan.stages[r->stage].part_count &&
           (r->phase == LOOP_BREAK || r->part < m->plan.stages[r->stage].part_count);
}

bool mock_read_state(struct mock *m, const char *json, struct err *err)
{
    const struct json_value *v;
    if (!json_parse(sv_from(json), &m->arena, &v)) {
        return damaged(err);
    }
    struct mock_state *s = &m->s;
    *s = (struct mock_state){.heard = ""};
    read_fields(s, v);
    int64_t phase = json_get_int(v, "phase", -1);
    if (phase < LOOP_BREAK || phase > LOOP_OVER) {
        return damaged(err);
    }
    s->run.phase = (enum loop_phase)phase;
    s->debrief = (enum mock_phase)json_get_int(v, "debrief", MOCK_VOTE);
    s->was_cut = json_get_bool(v, "was_cut");
    s->quoted_writing = json_get_bool(v, "quoted_writing");
    s->graded = json_get_bool(v, "graded");
    s->bias = json_get_real(v, "bias", 0);
    s->stage_said = (size_t)json_get_int(v, "stage_said", 0);
    s->told = get_strings(v, "told", &m->arena);
    read_used(m, v);
    return (read_spent(m, v) && is_in_plan(m)) || damaged(err);
}

/* ---- what was said */

void mock_write_said(const struct mock *m, struct buf *out)
{
    struct json j;
    json_init(&j, out, 0);
    json_array(&j);
    for (size_t i = 0; i < m->s.said_count; i++) {
        json_object(&j);
        json_key(&j, m->said[i].mine ? "you" : "they");
        json_str(&j, m->said[i].text);
        json_end_object(&j);
    }
    json_end_array(&j);
}

bool mock_read_said(struct mock *m, const char *json, struct err *err)
{
    const struct json_value *v;
    if (!json_parse(sv_from(json), &m->arena, &v) || v->type != JSON_ARRAY) {
        return damaged(err);
    }
    for (const struct json_value *line = v->first; line; line = line->next) {
        bool mine = json_get(line, "you") != NULL;
        mock_say(m, mine, json_get_str(line, mine ? "you" : "they"));
    }
    return m->s.stage_said <= m->s.said_count || damaged(err);
}
