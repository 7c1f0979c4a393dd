#include "cli/coach.h"

#include <math.h>

/* What can be said of an answer besides findings: its length, its shape, who wins and who loses, and its numbers. */

enum { REPORT_COLS = 100, INDENT = 4 };

static void add_spoken(struct buf *out, const struct coach_report *r)
{
    int64_t seconds = r->spoken_ms / 1000;
    buf_addf(out, "%zu %s, %d:%02d spoken", r->words, r->words == 1 ? "word" : "words", (int)(seconds / 60),
             (int)(seconds % 60));
}

void coach_print_length(struct cli *c, const char *file, const struct coach_report *r)
{
    const struct text *t = r->text;
    struct buf line = BUF_INIT;
    uint32_t longest = 0, paragraphs = t->sentence_count ? t->sentences[t->sentence_count - 1].paragraph + 1 : 0;
    for (size_t i = 0; i < t->sentence_count; i++) {
        longest = t->sentences[i].words > longest ? t->sentences[i].words : longest;
    }
    add_spoken(&line, r);
    out_line(&c->out, sv_from(file));
    out_printf(&c->out, ": %s; %zu %s, the longest of %u %s; %u %s\n", buf_str(&line), t->sentence_count,
               t->sentence_count == 1 ? "sentence" : "sentences", longest, longest == 1 ? "word" : "words", paragraphs,
               paragraphs == 1 ? "paragraph" : "paragraphs");
    buf_release(&line);
}

static struct sv words_between(const struct text *t, uint32_t first, uint32_t end)
{
    if (first >= end || end > t->token_count) {
        return (struct sv){"", 0};
    }
    size_t start = t->tokens[first].start;
    return sv_sub(t->source, start, t->tokens[end - 1].end - start);
}

/* The parts of a claim; a number that is missing is NULL. */
struct part {
    const char *name;
    const struct number *number;
};
enum { PARTS = 6 };

static void parts_of(const struct number_claim *claim, struct part out[PARTS])
{
    const struct part parts[PARTS] = {
        {"change", claim->change}, {"before", claim->before}, {"after", claim->after},
        {"period", claim->period}, {"sample", claim->sample}, {"compared", claim->compared},
    };
    memcpy(out, parts, sizeof(parts));
}

static const char *meaning(const struct number_claim *claim)
{
    const struct number *n = claim->change;
    if (!n || n->unit != UNIT_PERCENT) {
        return NULL;
    }
    return !claim->relative_known ? "unclear" : claim->relative ? "relative" : "points";
}

static void print_claim(struct out *o, const struct text *t, const struct number_claim *claim)
{
    struct part parts[PARTS];
    struct buf line = BUF_INIT;
    const char *kind = meaning(claim);
    parts_of(claim, parts);
    buf_adds(&line, "\"");
    buf_addsv(&line, words_between(t, claim->first, claim->end));
    buf_adds(&line, "\"");
    for (int i = 0; i < PARTS; i++) {
        if (parts[i].number) {
            buf_addf(&line, "%s %s " SV_FMT, i && line.data[line.len - 1] != '"' ? "," : ":", parts[i].name,
                     SV_ARG(words_between(t, parts[i].number->first, parts[i].number->end)));
        }
    }
    if (kind) {
        buf_adds(&line, strcmp(kind, "unclear") == 0 ? "; points or relative is not said" : "; ");
        buf_adds(&line, strcmp(kind, "unclear") == 0 ? "" : kind);
    }
    out_item(o, "claim  ", buf_sv(&line), INDENT, REPORT_COLS);
    out_prose(o, sv_from(claim->working), INDENT + 7, REPORT_COLS);
    buf_release(&line);
}

void coach_print_report(struct cli *c, const char *file, const struct coach_report *r)
{
    struct out *o = &c->out;
    const struct star *s = &r->star;
    const struct asymmetry *a = &r->asymmetry;
    coach_print_length(c, file, r);
    if (s->situation + s->action + s->result > 0) {
        out_printf(o, "    story  situation and task %.0f%%, action %.0f%%, result %.0f%%\n", 100 * s->situation,
                   100 * s->action, 100 * s->result);
    }
    if (a->win_i + a->win_we + a->loss_i + a->loss_we + a->loss_others > 0) {
        out_printf(o, "    who    what went well: I %u, we %u; what went wrong: I %u, we %u, others %u\n", a->win_i,
                   a->win_we, a->loss_i, a->loss_we, a->loss_others);
    }
    for (size_t i = 0; i < r->numbers->claim_count; i++) {
        print_claim(o, r->text, &r->numbers->claims[i]);
    }
}

static void share_json(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_real(j, round(value * 1000) / 1000);
}

static void count_json(struct json *j, const char *key, size_t value)
{
    json_key(j, key);
    json_int(j, (int64_t)value);
}

static void test_json(struct json *j, const struct number_claim *claim)
{
    json_key(j, "test");
    if (!claim->tested) {
        json_null(j);
        return;
    }
    const struct {
        const char *key;
        double value;
    } rows[] = {{"rate_a", claim->rate_a}, {"n_a", claim->n_a}, {"rate_b", claim->rate_b},    {"n_b", claim->n_b},
                {"z", claim->z},           {"p", claim->p},     {"n_needed", claim->n_needed}};
    json_object(j);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        json_key(j, rows[i].key);
        json_real(j, rows[i].value);
    }
    json_end_object(j);
}

static void claim_json(struct json *j, const struct text *t, const struct number_claim *claim)
{
    struct part parts[PARTS];
    parts_of(claim, parts);
    json_object(j);
    json_key(j, "quote");
    json_sv(j, words_between(t, claim->first, claim->end));
    for (int i = 0; i < PARTS; i++) {
        json_key(j, parts[i].name);
        if (parts[i].number) {
            json_sv(j, words_between(t, parts[i].number->first, parts[i].number->end));
        } else {
            json_null(j);
        }
    }
    json_key(j, "percent_means");
    json_str(j, meaning(claim));
    test_json(j, claim);
    json_key(j, "working");
    json_str(j, claim->working);
    json_end_object(j);
}

void coach_report_json(struct json *j, const char *file, const struct coach_report *r)
{
    json_object(j);
    json_key(j, "file");
    json_str(j, file);
    json_key(j, "english");
    json_bool(j, r->english);
    count_json(j, "words", r->words);
    count_json(j, "sentences", r->text->sentence_count);
    count_json(j, "spoken_seconds", (size_t)(r->spoken_ms / 1000));
    count_json(j, "findings", r->count);
    json_key(j, "story");
    json_object(j);
    share_json(j, "situation", r->star.situation);
    share_json(j, "action", r->star.action);
    share_json(j, "result", r->star.result);
    json_end_object(j);
    json_key(j, "who");
    json_object(j);
    count_json(j, "win_i", r->asymmetry.win_i);
    count_json(j, "win_we", r->asymmetry.win_we);
    count_json(j, "loss_i", r->asymmetry.loss_i);
    count_json(j, "loss_we", r->asymmetry.loss_we);
    count_json(j, "loss_others", r->asymmetry.loss_others);
    json_end_object(j);
    json_key(j, "claims");
    json_array(j);
    for (size_t i = 0; i < r->numbers->claim_count; i++) {
        claim_json(j, r->text, &r->numbers->claims[i]);
    }
    json_end_array(j);
    json_end_object(j);
}
