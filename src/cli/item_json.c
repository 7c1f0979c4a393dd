#include "cli/item.h"
#include "pmprep/bank/taxonomy.h"

static void str(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_str(j, value);
}

static void num(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void strs(struct json *j, const char *key, const struct strings *list)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < list->count; i++) {
        json_str(j, list->at[i]);
    }
    json_end_array(j);
}

void item_meta_json(struct json *j, const struct item_meta *m)
{
    json_object(j);
    str(j, "item", m->key);
    str(j, "bank", m->bank);
    str(j, "kind", kind_name(m->kind));
    str(j, "family", family_name(m->family));
    strs(j, "principles", &m->principles);
    num(j, "difficulty", m->difficulty);
    json_key(j, "core");
    json_bool(j, m->core);
    str(j, "title", m->title);
    json_end_object(j);
}

static void probes_json(struct json *j, const struct item *it)
{
    json_key(j, "probes");
    json_array(j);
    for (size_t i = 0; i < it->probe_count; i++) {
        json_object(j);
        str(j, "flaw", it->probes[i].flaw);
        str(j, "ask", it->probes[i].ask);
        json_end_object(j);
    }
    json_end_array(j);
}

static void case_json(struct json *j, const struct item *it)
{
    json_key(j, "phases");
    json_array(j);
    for (size_t i = 0; i < it->phase_count; i++) {
        json_object(j);
        str(j, "name", it->phases[i].name);
        num(j, "minutes", it->phases[i].minutes);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "facts");
    json_array(j);
    for (size_t i = 0; i < it->fact_count; i++) {
        json_object(j);
        strs(j, "ask", &it->facts[i].ask);
        str(j, "tell", it->facts[i].tell);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "twists");
    json_array(j);
    for (size_t i = 0; i < it->twist_count; i++) {
        json_object(j);
        num(j, "minute", it->twists[i].minute);
        str(j, "tell", it->twists[i].tell);
        json_end_object(j);
    }
    json_end_array(j);
}

/* What both sides of a pair and a single answer have, within their object. */
static void text_json(struct json *j, const struct side *s)
{
    str(j, "text", s->text);
    str(j, "why", s->why);
    json_key(j, "flaws");
    json_array(j);
    for (size_t i = 0; i < s->flaw_count; i++) {
        json_object(j);
        str(j, "flaw", s->flaws[i].flaw);
        str(j, "span", s->flaws[i].span);
        str(j, "why", s->flaws[i].why);
        json_end_object(j);
    }
    json_end_array(j);
}

static void side_json(struct json *j, const char *key, const struct side *s)
{
    json_key(j, key);
    json_object(j);
    text_json(j, s);
    json_key(j, "scores");
    json_object(j);
    for (size_t i = 0; i < s->score_count; i++) {
        num(j, s->scores[i].dimension, s->scores[i].level);
    }
    json_end_object(j);
    json_end_object(j);
}

static void pair_json(struct json *j, const struct item *it)
{
    side_json(j, "bad", &it->bad);
    side_json(j, "good", &it->good);
}

static void answer_json(struct json *j, const struct item *it)
{
    const struct side *s = &it->answer;
    json_key(j, "answer");
    json_object(j);
    num(j, "level", s->level);
    text_json(j, s);
    json_key(j, "scores");
    json_object(j);
    for (size_t i = 0; i < s->score_count; i++) {
        json_key(j, s->scores[i].dimension);
        json_object(j);
        num(j, "level", s->scores[i].level);
        str(j, "why", s->scores[i].why);
        json_end_object(j);
    }
    json_end_object(j);
    json_end_object(j);
}

static void choice_json(struct json *j, const struct item *it)
{
    json_key(j, "options");
    json_array(j);
    for (size_t i = 0; i < it->option_count; i++) {
        json_object(j);
        str(j, "text", it->options[i].text);
        json_key(j, "right");
        json_bool(j, it->options[i].right);
        str(j, "why", it->options[i].why);
        json_end_object(j);
    }
    json_end_array(j);
}

static void rewrite_json(struct json *j, const struct item *it)
{
    num(j, "max_words", it->max_words);
    json_key(j, "ladder");
    json_array(j);
    for (size_t i = 0; i < it->ladder_count; i++) {
        json_object(j);
        str(j, "from", it->ladder[i].from);
        str(j, "so_what", it->ladder[i].so_what);
        json_end_object(j);
    }
    json_end_array(j);
}

/* What only one kind has; the others add nothing. */
static void (*const json_of_kind[KIND_COUNT])(struct json *j, const struct item *it) = {
    [KIND_CASE] = case_json,       [KIND_PAIR] = pair_json,     [KIND_CHOICE] = choice_json,
    [KIND_REWRITE] = rewrite_json, [KIND_ANSWER] = answer_json,
};

void item_json(struct cli *c, const struct item *it)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_object(&j);
    str(&j, "item", it->key);
    str(&j, "bank", it->bank);
    str(&j, "id", it->id);
    str(&j, "kind", kind_name(it->kind));
    str(&j, "family", family_name(it->family));
    strs(&j, "principles", &it->principles);
    num(&j, "difficulty", it->difficulty);
    num(&j, "minutes", it->minutes);
    json_key(&j, "core");
    json_bool(&j, it->core);
    str(&j, "source", source_name(it->source));
    str(&j, "file", it->place.file);
    num(&j, "line", it->place.line);
    str(&j, "title", it->title);
    str(&j, "prompt", it->prompt);
    str(&j, "why_pm", it->why_pm);
    probes_json(&j, it);
    strs(&j, "look_for", &it->look_for);
    strs(&j, "watch_out", &it->watch_out);
    str(&j, "exemplar", it->exemplar);
    if (json_of_kind[it->kind]) {
        json_of_kind[it->kind](&j, it);
    }
    str(&j, "explanation", it->explanation);
    json_end_object(&j);
    cli_json(c, &text);
}
