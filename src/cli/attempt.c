#include "cli/attempt.h"

#include "cli/finding.h"

#include "pmprep/app/names.h"
#include "pmprep/app/speech.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/json.h"
#include "pmprep/base/utf8.h"

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

static void flag(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}

static void seconds(struct json *j, const char *key, int64_t ms)
{
    json_key(j, key);
    json_real(j, (double)ms / 1000);
}

static void when(struct json *j, const char *key, int64_t utc_ms, int offset_min)
{
    char text[32];
    clock_format(utc_ms, offset_min, text);
    str(j, key, text);
}

/* "bank-name/id" up to the slash. */
static struct sv bank_of(const char *item)
{
    struct sv rest = sv_from(item), bank;
    sv_split(&rest, '/', &bank);
    return bank;
}

static const char *dimension_name(const struct score *s)
{
    return s->dimension[0] ? s->dimension : "overall";
}

static void scores_json(struct json *j, const struct attempt *at)
{
    json_key(j, "scores");
    json_array(j);
    for (size_t i = 0; i < at->score_set_count; i++) {
        const struct score_set *set = &at->score_sets[i];
        json_object(j);
        str(j, "phase", phase_name(set->phase));
        when(j, "at", set->at_ms, at->offset_min);
        json_key(j, "levels");
        json_object(j);
        for (size_t k = 0; k < set->count; k++) {
            num(j, dimension_name(&set->scores[k]), set->scores[k].level);
        }
        json_end_object(j);
        json_end_object(j);
    }
    json_end_array(j);
}

/* Code points before that byte: what a reader of the JSON counts in. */
static int64_t points_before(const char *text, size_t byte)
{
    return (int64_t)utf8_count(sv_sub(sv_from(text), 0, byte));
}

static void findings_json(struct json *j, const struct attempt *at)
{
    json_key(j, "findings");
    json_array(j);
    for (size_t i = 0; i < at->finding_count; i++) {
        const struct finding *f = &at->findings[i];
        json_object(j);
        str(j, "rule", f->rule);
        num(j, "rule_version", f->rule_version);
        str(j, "severity", f->severity);
        str(j, "message", f->message);
        num(j, "start", points_before(at->text, f->start));
        num(j, "end", points_before(at->text, f->end));
        flag(j, "self_reported", f->self_reported);
        flag(j, "dismissed", f->dismissed);
        json_end_object(j);
    }
    json_end_array(j);
}

static void opinions_json(struct json *j, const struct attempt *at)
{
    json_key(j, "opinions");
    json_array(j);
    for (size_t i = 0; i < at->opinion_count; i++) {
        const struct opinion *o = &at->opinions[i];
        json_object(j);
        str(j, "command", o->command);
        when(j, "at", o->at_ms, at->offset_min);
        flag(j, "cut", o->cut);
        str(j, "text", o->text);
        json_end_object(j);
    }
    json_end_array(j);
}

static void principles_json(struct json *j, const struct attempt *at)
{
    json_key(j, "principles");
    json_array(j);
    for (size_t i = 0; i < at->principles.count; i++) {
        json_str(j, at->principles.at[i]);
    }
    json_end_array(j);
}

static void picked_json(struct json *j, const struct attempt *at)
{
    json_key(j, "picked");
    if (at->picked < 0) {
        json_null(j);
    } else {
        json_int(j, at->picked);
    }
    json_key(j, "picked_right");
    if (at->picked < 0) {
        json_null(j);
    } else {
        json_bool(j, at->picked_right);
    }
}

static void ticks_json(struct json *j, const struct attempt *at)
{
    json_key(j, "ticks");
    json_array(j);
    for (size_t i = 0; i < TICK_KINDS; i++) {
        if (at->ticks & tick_infos[i].tick) {
            json_str(j, tick_infos[i].name);
        }
    }
    json_end_array(j);
}

/* Null without a transcript. */
static void heard_json(struct json *j, const struct attempt *at)
{
    json_key(j, "words_per_minute");
    if (speech_pace(at) == 0) {
        json_null(j);
    } else {
        json_int(j, speech_pace(at));
    }
    json_key(j, "fillers");
    if (at->heard_words == 0) {
        json_null(j);
        return;
    }
    json_array(j);
    for (size_t i = 0; i < at->fillers.count; i++) {
        json_str(j, at->fillers.at[i]);
    }
    json_end_array(j);
}

void attempt_json(struct out *o, const struct attempt *at)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 0);
    json_object(&j);
    str(&j, "id", at->id);
    str(&j, "item", at->item);
    json_key(&j, "bank");
    json_sv(&j, bank_of(at->item));
    str(&j, "kind", kind_name(at->kind));
    str(&j, "family", family_name(at->family));
    principles_json(&j, at);
    str(&j, "prompt", at->prompt);
    str(&j, "text", at->text);
    str(&j, "mode", mode_name(at->mode));
    str(&j, "role", role_name(at->role));
    str(&j, "parent", at->parent[0] ? at->parent : NULL);
    str(&j, "session", at->session[0] ? at->session : NULL);
    str(&j, "story", at->story[0] ? at->story : NULL);
    str(&j, "note", at->note);
    when(&j, "started_at", at->started_at, at->offset_min);
    when(&j, "ended_at", at->ended_at, at->offset_min);
    seconds(&j, "active_seconds", at->active_ms);
    seconds(&j, "spoken_seconds", at->spoken_ms);
    seconds(&j, "overtime_seconds", at->overtime_ms);
    num(&j, "words", at->words);
    ticks_json(&j, at);
    heard_json(&j, at);
    picked_json(&j, at);
    str(&j, "guess", at->guess[0] ? at->guess : NULL);
    flag(&j, "flagged", at->flagged);
    scores_json(&j, at);
    findings_json(&j, at);
    opinions_json(&j, at);
    json_end_object(&j);
    out_raw(o, buf_sv(&text));
    buf_release(&text);
}

static void json_one(struct out *o, const struct attempt *at, size_t index)
{
    out_raw(o, index ? SV(",\n") : SV("\n"));
    attempt_json(o, at);
}

const struct attempt_format format_json = {"[", json_one, "\n]\n"};

static void csv_one(struct out *o, const struct attempt *at, size_t index)
{
    struct buf field = BUF_INIT;
    char started[32];
    (void)index;
    clock_format(at->started_at, at->offset_min, started);
    for (size_t i = 0; i < at->principles.count; i++) {
        buf_addf(&field, "%s%s", i ? " " : "", at->principles.at[i]);
    }
    out_csv(o, at->id, ',');
    out_csv(o, at->item, ',');
    out_csv(o, kind_name(at->kind), ',');
    out_csv(o, buf_str(&field), ',');
    out_csv(o, mode_name(at->mode), ',');
    out_csv(o, started, ',');
    out_printf(o, "%.3f,%u,", (double)at->active_ms / 1000, at->words);
    double mean = attempt_mean(at);
    buf_clear(&field);
    if (mean > 0) {
        buf_addf(&field, "%.2f", mean);
    }
    out_csv(o, buf_str(&field), ',');
    out_csv(o, at->prompt, ',');
    out_csv(o, at->text, '\n');
    buf_release(&field);
}

const struct attempt_format format_csv = {
    "id,item,kind,principles,mode,started_at,active_seconds,words,mean,prompt,text\n", csv_one, ""};

/* "typed, 3:05, 120 words, Overall 3" */
static void facts_line(const struct attempt *at, struct buf *out)
{
    char started[32];
    clock_format(at->started_at, at->offset_min, started);
    buf_addf(out, "%.10s %.5s, %s, %s", started, started + 11, at->item, mode_name(at->mode));
    int64_t s = at->active_ms / 1000;
    buf_addf(out, ", %d:%02d", (int)(s / 60), (int)(s % 60));
    if (at->mode != MODE_PICK) {
        buf_addf(out, ", %u %s", at->words, at->words == 1 ? "word" : "words");
    }
    if (at->role != ATTEMPT_FIRST) {
        buf_addf(out, ", %s", role_name(at->role));
    }
    for (size_t i = 0; i < at->principles.count; i++) {
        buf_addf(out, ", %s", at->principles.at[i]);
    }
}

static void add_scores(const struct score_set *set, struct buf *out)
{
    buf_addf(out, "%s:", phase_name(set->phase));
    for (size_t i = 0; i < set->count; i++) {
        buf_addf(out, "%s %s %d", i ? "," : "", dimension_name(&set->scores[i]), set->scores[i].level);
    }
}

/* Each line of the text as a quotation, so that no text of the user's turns into a heading. */
static void quote(struct out *o, const char *text)
{
    struct sv rest = sv_trim(sv_from(text)), line;
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        out_raw(o, line.len ? SV("> ") : SV(">"));
        out_line(o, line);
        out_raw(o, SV("\n"));
    }
}

static void markdown_one(struct out *o, const struct attempt *at, size_t index)
{
    struct buf line = BUF_INIT;
    out_printf(o, "%s## ", index ? "\n" : "");
    out_line(o, sv_trim(sv_from(at->prompt)));
    facts_line(at, &line);
    out_printf(o, "\n\n%s\n\n", buf_str(&line));
    quote(o, at->text);
    for (size_t i = 0; i < at->score_set_count; i++) {
        buf_clear(&line);
        add_scores(&at->score_sets[i], &line);
        out_printf(o, "%s- %s\n", i ? "" : "\n", buf_str(&line));
    }
    for (size_t i = 0; i < at->finding_count; i++) {
        buf_clear(&line);
        finding_line_text(&at->findings[i], at->text, &line);
        out_raw(o, i ? SV("- ") : SV("\n- "));
        out_line(o, buf_sv(&line));
        out_raw(o, SV("\n"));
    }
    for (size_t i = 0; i < at->opinion_count; i++) {
        out_raw(o, SV("\nReviewer: "));
        out_line(o, sv_from(at->opinions[i].command));
        out_raw(o, SV("\n\n"));
        quote(o, at->opinions[i].text);
    }
    if (at->note[0]) {
        out_raw(o, SV("\nNote\n\n"));
        quote(o, at->note);
    }
    buf_release(&line);
}

const struct attempt_format format_markdown = {"# Answers\n\n", markdown_one, ""};

void attempt_show(struct cli *c, const struct attempt *at)
{
    struct out *o = &c->out;
    struct buf line = BUF_INIT;
    out_prose(o, sv_from(at->prompt), 0, PROSE_COLS);
    facts_line(at, &line);
    out_printf(o, "\n%s\n%s\n\n", buf_str(&line), at->id);
    out_prose(o, sv_from(at->text), INDENT, PROSE_COLS);
    buf_clear(&line);
    speech_describe(at, &line);
    if (line.len > 0) {
        out_raw(o, SV("\n"));
        out_prose(o, buf_sv(&line), 0, PROSE_COLS);
    }
    if (at->picked >= 0) {
        out_printf(o, "  picked %s\n", at->picked_right ? "right" : "wrong");
    }
    for (size_t i = 0; i < at->score_set_count; i++) {
        buf_clear(&line);
        add_scores(&at->score_sets[i], &line);
        out_printf(o, "%s%s\n", i ? "" : "\n", buf_str(&line));
    }
    if (at->finding_count > 0) {
        out_raw(o, SV("\nFindings\n"));
    }
    findings_show(c, at->findings, at->finding_count, at->text);
    for (size_t i = 0; i < at->opinion_count; i++) {
        attempt_show_opinion(o, &at->opinions[i]);
    }
    if (at->note[0]) {
        out_raw(o, SV("\nNote\n"));
        out_prose(o, sv_from(at->note), INDENT, PROSE_COLS);
    }
    buf_release(&line);
}

void attempt_snippet(const struct attempt_row *row, struct buf *out)
{
    const char *text = row->snippet[0] ? row->snippet : row->prompt;
    for (const char *p = text; *p; p++) {
        bool mark = *p == '\x02' || *p == '\x03';
        buf_addc(out, mark ? '*' : *p == '\n' || *p == '\t' ? ' ' : *p);
    }
}
