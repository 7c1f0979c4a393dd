#include "cli/item.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/json.h"

enum { PROSE_COLS = 76, INDENT = 2 };

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

static void meta_json(struct json *j, const struct item_meta *m)
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

/* The title column takes what the others leave of the terminal; elsewhere nothing is cut. */
void item_list(struct cli *c, const struct item_meta *metas, size_t count)
{
    struct json j;
    struct buf text = BUF_INIT;
    if (c->json) {
        json_init(&j, &text, 2);
        json_array(&j);
        for (size_t i = 0; i < count; i++) {
            meta_json(&j, &metas[i]);
        }
        json_end_array(&j);
        cli_json(c, &text);
        return;
    }
    size_t key_cols = 0, all = cli_columns(c);
    for (size_t i = 0; i < count; i++) {
        size_t cols = strlen(metas[i].key);
        key_cols = cols > key_cols ? cols : key_cols;
    }
    size_t title_cols = all > key_cols + 26 ? all - key_cols - 25 : 0;
    for (size_t i = 0; i < count; i++) {
        const struct item_meta *m = &metas[i];
        out_cell(&c->out, sv_from(m->key), key_cols);
        out_printf(&c->out, "  %d  %-17s  ", m->difficulty, family_name(m->family));
        out_cell(&c->out, sv_from(m->title), title_cols);
        out_raw(&c->out, SV("\n"));
    }
    if (count == 0) {
        out_raw(&c->out, SV("No item fits.\n"));
    }
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

static void answer_json(struct json *j, const struct side *s)
{
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

static void kind_json(struct json *j, const struct item *it)
{
    switch (it->kind) {
    case KIND_CASE:
        case_json(j, it);
        break;
    case KIND_PAIR:
        side_json(j, "bad", &it->bad);
        side_json(j, "good", &it->good);
        break;
    case KIND_CHOICE:
        choice_json(j, it);
        break;
    case KIND_REWRITE:
        rewrite_json(j, it);
        break;
    case KIND_ANSWER:
        answer_json(j, &it->answer);
        break;
    case KIND_BEHAVIOURAL:
    case KIND_TRANSITION:
    case KIND_WRITING:
    case KIND_SQL:
    case KIND_COUNT:
        break;
    }
}

static void item_json(struct cli *c, const struct item *it)
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
    kind_json(&j, it);
    str(&j, "explanation", it->explanation);
    json_end_object(&j);
    cli_json(c, &text);
}

static void heading(struct cli *c, const char *text)
{
    out_printf(&c->out, "\n%s\n", text);
}

static void prose(struct cli *c, const char *label, const char *text)
{
    if (text[0]) {
        heading(c, label);
        out_prose(&c->out, sv_from(text), INDENT, PROSE_COLS);
    }
}

static void bullet(struct cli *c, const char *text, const char *note)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s%s%s%s", text, note[0] ? " (" : "", note, note[0] ? ")" : "");
    out_item(&c->out, "- ", buf_sv(&line), INDENT, PROSE_COLS);
    buf_release(&line);
}

static void bullets(struct cli *c, const char *label, const struct strings *list)
{
    if (list->count) {
        heading(c, label);
    }
    for (size_t i = 0; i < list->count; i++) {
        bullet(c, list->at[i], "");
    }
}

static void show_case(struct cli *c, const struct item *it)
{
    if (it->phase_count) {
        heading(c, "Phases");
    }
    for (size_t i = 0; i < it->phase_count; i++) {
        out_printf(&c->out, "  - %s, %u min\n", it->phases[i].name, it->phases[i].minutes);
    }
    if (it->fact_count) {
        heading(c, "Facts, told when asked for");
    }
    for (size_t i = 0; i < it->fact_count; i++) {
        bullet(c, it->facts[i].tell, "");
    }
    if (it->twist_count) {
        heading(c, "Twists");
    }
    for (size_t i = 0; i < it->twist_count; i++) {
        bullet(c, it->twists[i].tell, "");
    }
}

static void show_side(struct cli *c, const char *label, const struct side *s)
{
    prose(c, label, s->text);
    if (s->why[0]) {
        bullet(c, s->why, "");
    }
    for (size_t i = 0; i < s->flaw_count; i++) {
        bullet(c, s->flaws[i].why, s->flaws[i].flaw);
    }
}

static void show_answer(struct cli *c, const struct side *s)
{
    show_side(c, "Answer", s);
    out_printf(&c->out, "\nLevel %d of %d\n", s->level, LEVELS);
    for (size_t i = 0; i < s->score_count; i++) {
        struct buf score = BUF_INIT;
        buf_addf(&score, "%s %d: %s", s->scores[i].dimension, s->scores[i].level, s->scores[i].why);
        bullet(c, buf_str(&score), "");
        buf_release(&score);
    }
}

static void show_choice(struct cli *c, const struct item *it)
{
    heading(c, "Options");
    for (size_t i = 0; i < it->option_count; i++) {
        bullet(c, it->options[i].text, it->options[i].right ? "right" : "");
    }
}

static void show_ladder(struct cli *c, const struct item *it)
{
    if (it->ladder_count) {
        heading(c, "So what?");
    }
    for (size_t i = 0; i < it->ladder_count; i++) {
        bullet(c, it->ladder[i].from, "");
        bullet(c, it->ladder[i].so_what, "so what");
    }
}

static void show_kind(struct cli *c, const struct item *it)
{
    switch (it->kind) {
    case KIND_CASE:
        show_case(c, it);
        break;
    case KIND_PAIR:
        show_side(c, "Bad answer", &it->bad);
        show_side(c, "Good answer", &it->good);
        break;
    case KIND_CHOICE:
        show_choice(c, it);
        break;
    case KIND_REWRITE:
        show_ladder(c, it);
        break;
    case KIND_ANSWER:
        show_answer(c, &it->answer);
        break;
    case KIND_BEHAVIOURAL:
    case KIND_TRANSITION:
    case KIND_WRITING:
    case KIND_SQL:
    case KIND_COUNT:
        break;
    }
}

static void show_facts(struct cli *c, const struct item *it)
{
    out_line(&c->out, sv_from(it->title));
    out_printf(&c->out, "\n%s  %s, %s", it->key, kind_name(it->kind), family_name(it->family));
    for (size_t i = 0; i < it->principles.count; i++) {
        out_printf(&c->out, ", %s", it->principles.at[i]);
    }
    out_printf(&c->out, ", difficulty %d", it->difficulty);
    if (it->minutes) {
        out_printf(&c->out, ", %u min", it->minutes);
    }
    out_printf(&c->out, "%s, source: %s\n", it->core ? ", core" : "", source_name(it->source));
    out_line(&c->out, sv_from(it->place.file));
    out_printf(&c->out, ":%u\n", it->place.line);
}

void item_show(struct cli *c, const struct item *it)
{
    if (c->json) {
        item_json(c, it);
        return;
    }
    show_facts(c, it);
    prose(c, "Question", it->prompt);
    prose(c, "What makes it a PM question", it->why_pm);
    show_kind(c, it);
    if (it->probe_count) {
        heading(c, "Probes");
    }
    for (size_t i = 0; i < it->probe_count; i++) {
        bullet(c, it->probes[i].ask, it->probes[i].flaw);
    }
    bullets(c, "Look for", &it->look_for);
    bullets(c, "Watch out for", &it->watch_out);
    prose(c, "An excellent answer", it->exemplar);
    prose(c, "Explanation", it->explanation);
}
