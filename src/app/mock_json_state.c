#include "mock_json.h"

#include "pmprep/base/mem.h"

#include <stddef.h>
#include <string.h>

/* Where a mock stands, and what was said. */

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
        mock_put_int(j, "typed_ms", spent->typed_ms);
        mock_put_int(j, "spoken_ms", spent->spoken_ms);
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
    mock_put_int(&j, "phase", s->run.phase);
    mock_put_int(&j, "debrief", s->debrief);
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        unsigned number;
        memcpy(&number, field(s, counts[i].at), sizeof(number));
        mock_put_int(&j, counts[i].key, number);
    }
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        int64_t number;
        memcpy(&number, field(s, times[i].at), sizeof(number));
        mock_put_int(&j, times[i].key, number);
    }
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *text;
        memcpy(&text, field(s, texts[i].at), sizeof(text));
        mock_put_str(&j, texts[i].key, text);
    }
    json_key(&j, "was_cut");
    json_bool(&j, s->was_cut);
    json_key(&j, "quoted_writing");
    json_bool(&j, s->quoted_writing);
    json_key(&j, "storied");
    json_bool(&j, s->storied);
    json_key(&j, "graded");
    json_bool(&j, s->graded);
    json_key(&j, "bias");
    json_real(&j, s->bias);
    mock_put_int(&j, "stage_said", (int64_t)s->stage_said);
    mock_put_strings(&j, "told", &s->told);
    mock_put_int(&j, "left_ms", loop_left(&m->plan, &s->run)); /* for lists, which know no plan */
    mock_put_int(&j, "stages", (int64_t)m->plan.stage_count);
    mock_put_int(&j, "minutes", minutes_of(&m->plan));
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
        return mock_damaged(err);
    }
    struct mock_state *s = &m->s;
    *s = (struct mock_state){.heard = ""};
    read_fields(s, v);
    int64_t phase = json_get_int(v, "phase", -1);
    if (phase < LOOP_BREAK || phase > LOOP_OVER) {
        return mock_damaged(err);
    }
    s->run.phase = (enum loop_phase)phase;
    s->debrief = (enum mock_phase)json_get_int(v, "debrief", MOCK_VOTE);
    s->was_cut = json_get_bool(v, "was_cut");
    s->quoted_writing = json_get_bool(v, "quoted_writing");
    s->storied = json_get_bool(v, "storied");
    s->graded = json_get_bool(v, "graded");
    s->bias = json_get_real(v, "bias", 0);
    s->stage_said = (size_t)json_get_int(v, "stage_said", 0);
    s->told = mock_get_strings(v, "told", &m->arena);
    read_used(m, v);
    return (read_spent(m, v) && is_in_plan(m)) || mock_damaged(err);
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
        return mock_damaged(err);
    }
    for (const struct json_value *line = v->first; line; line = line->next) {
        bool mine = json_get(line, "you") != NULL;
        mock_say(m, mine, json_get_str(line, mine ? "you" : "they"));
    }
    return m->s.stage_said <= m->s.said_count || mock_damaged(err);
}
