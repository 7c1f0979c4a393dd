#include "cli/item.h"

#include "pmprep/bank/taxonomy.h"

enum { PROSE_COLS = 76, INDENT = 2 };

/* The title column takes what the others leave of the terminal; elsewhere nothing is cut. */
void item_list(struct cli *c, const struct item_meta *metas, size_t count)
{
    struct json j;
    struct buf text = BUF_INIT;
    if (c->json) {
        json_init(&j, &text, 2);
        json_array(&j);
        for (size_t i = 0; i < count; i++) {
            item_meta_json(&j, &metas[i]);
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

static void show_pair(struct cli *c, const struct item *it)
{
    show_side(c, "Bad answer", &it->bad);
    show_side(c, "Good answer", &it->good);
}

static void show_answer(struct cli *c, const struct item *it)
{
    const struct side *s = &it->answer;
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

static void (*const show_of_kind[KIND_COUNT])(struct cli *c, const struct item *it) = {
    [KIND_CASE] = show_case,      [KIND_PAIR] = show_pair,     [KIND_CHOICE] = show_choice,
    [KIND_REWRITE] = show_ladder, [KIND_ANSWER] = show_answer,
};

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
    if (show_of_kind[it->kind]) {
        show_of_kind[it->kind](c, it);
    }
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
