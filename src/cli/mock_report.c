#include "cli/mock_page.h"

#include "pmprep/base/clock.h"
#include "pmprep/coach/words.h"

#include <string.h>

/* The walker: what a debrief tells, in the order it is read. */

const char *mock_vote_text(enum vote v)
{
    return v < VOTE_COUNT ? vote_titles[v] : "-";
}

const struct dimension *mock_dimension(const struct rubric *r, const char *id)
{
    for (size_t i = 0; r && i < r->dimension_count; i++) {
        if (strcmp(r->dimensions[i].id, id) == 0) {
            return &r->dimensions[i];
        }
    }
    return NULL;
}

const char *mock_dimension_text(const struct rubric *r, const char *id)
{
    const struct dimension *d = mock_dimension(r, id);
    return d ? d->name : *id ? id : "Overall";
}

static const char *time_text(struct page *p, int64_t ms)
{
    int64_t seconds = ms / 1000;
    return arena_printf(p->arena, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

static const char *joined(struct page *p, struct buf *text)
{
    const char *made = arena_sv(p->arena, buf_sv(text));
    buf_release(text);
    return made;
}

static const char *principle_text(const struct mock_report *r, const char *id)
{
    for (size_t i = 0; i < r->debrief.principle_count; i++) {
        if (strcmp(r->debrief.principles[i].id, id) == 0) {
            return r->debrief.principles[i].name;
        }
    }
    return id;
}

static const char *principles_text(struct page *p, const struct mock_report *r, const struct strings *ids)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < ids->count; i++) {
        buf_addf(&text, "%s%s", i > 0 ? ", " : "", principle_text(r, ids->at[i]));
    }
    return joined(p, &text);
}

/* A section of lines; nothing at all when there are none. */
static void lines(struct page *p, const char *heading, const struct strings *list)
{
    struct entry *entries = arena_array(p->arena, list->count + 1, sizeof(*entries));
    for (size_t i = 0; i < list->count; i++) {
        entries[i] = (struct entry){"", list->at[i], ""};
    }
    if (list->count > 0) {
        p->format->heading(p, 2, heading, false);
        p->format->list(p, entries, list->count, false);
    }
}

/* ---- the first page */

static const char *subtitle(struct page *p, const struct mock_report *r)
{
    static const char *const answers[MODE_COUNT] = {"typed", "spoken", "in outline", "picked"};
    char when[32];
    struct buf text = BUF_INIT;
    clock_format(r->run.started_at, clock_offset_min(r->run.started_at), when);
    buf_addf(&text, "%.10s %.5s, target L%d, answers %s", when, when + 11, r->input.target, answers[r->mode]);
    if (r->input.pace < 1 || r->input.pace > 1) {
        buf_addf(&text, ", clock at %.2g of its time", r->input.pace);
    }
    buf_adds(&text, r->run.done ? "." : ". The debrief is not finished.");
    return joined(p, &text);
}

static void put_verdict(struct page *p, const struct mock_report *r)
{
    const struct debrief *d = &r->debrief;
    bool known = r->input.bias_n > 0;
    const struct entry readings[] = {
        {"As voted", verdict_names[d->as_voted], ""},
        {"After your usual bias", known ? verdict_names[d->after_bias] : "unknown (n = 0)", ""},
        {"Biggest risk", verdict_names[d->at_risk], ""},
    };
    p->format->heading(p, 2, "Verdict", false);
    p->format->readings(p, readings, sizeof(readings) / sizeof(readings[0]));
}

static void put_fixes(struct page *p, const struct mock_report *r)
{
    struct entry entries[DEBRIEF_FIXES];
    for (size_t i = 0; i < r->debrief.fix_count; i++) {
        const struct debrief_fix *f = &r->debrief.fixes[i];
        entries[i] = (struct entry){f->text, f->why, arena_printf(p->arena, "pmprep drill %s", f->filter)};
    }
    if (r->debrief.fix_count > 0) {
        p->format->heading(p, 2, "Fix first", false);
        p->format->list(p, entries, r->debrief.fix_count, true);
    }
}

/* ---- tables */

static const char *stage_time(struct page *p, const struct debrief_stage *s)
{
    bool over = s->active_ms > s->allotted_ms;
    return arena_printf(p->arena, "%s of %s%s", time_text(p, s->active_ms), time_text(p, s->allotted_ms),
                        s->stopped ? ", stopped"
                        : over     ? ", over"
                                   : "");
}

static const char *stage_role(const struct debrief_stage *s)
{
    return s->bar_raiser ? ", bar raiser" : "";
}

static void put_votes(struct page *p, const struct mock_report *r)
{
    static const struct column columns[] = {
        {"Interview", 24, false}, {"Before", 12, false}, {"After", 12, false}, {"Time", 23, false}};
    enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };
    size_t count = r->input.stage_count;
    const char **cells = arena_array(p->arena, count * COLUMNS + 1, sizeof(*cells));
    for (size_t i = 0; i < count; i++) {
        const struct debrief_stage *s = &r->input.stages[i];
        const char *row[COLUMNS] = {arena_printf(p->arena, "%zu %s%s", i + 1, s->title, stage_role(s)),
                                    mock_vote_text(s->before), mock_vote_text(s->after), stage_time(p, s)};
        memcpy(&cells[i * COLUMNS], row, sizeof(row));
    }
    if (count > 0) {
        p->format->heading(p, 2, "Votes", false);
        p->format->table(p, &(struct table){columns, COLUMNS, cells, count});
    }
}

static const char *stage_numbers(struct page *p, unsigned stages)
{
    struct buf text = BUF_INIT;
    for (unsigned i = 0; i < 32 && stages >> i != 0; i++) {
        if (stages >> i & 1) {
            buf_addf(&text, "%s%u", text.len > 0 ? ", " : "", i + 1);
        }
    }
    return joined(p, &text);
}

static const char *level_text(struct page *p, const struct debrief_principle *d, double level)
{
    return d->scores > 0 ? arena_printf(p->arena, "%.1f", level) : "-";
}

static void put_principles(struct page *p, const struct mock_report *r)
{
    static const struct column columns[] = {{"Principle", 27, false}, {"Interview", 9, false}, {"Time", 5, true},
                                            {"Mean", 4, true},        {"Asked", 5, true},      {"The bar", 15, false}};
    enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };
    size_t count = r->debrief.principle_count;
    const char **cells = arena_array(p->arena, count * COLUMNS + 1, sizeof(*cells));
    for (size_t i = 0; i < count; i++) {
        const struct debrief_principle *d = &r->debrief.principles[i];
        const char *row[COLUMNS] = {d->name,
                                    stage_numbers(p, d->stages),
                                    time_text(p, d->talked_ms),
                                    level_text(p, d, d->mean),
                                    level_text(p, d, d->bar),
                                    bar_names[d->against]};
        memcpy(&cells[i * COLUMNS], row, sizeof(row));
    }
    if (count > 0) {
        p->format->heading(p, 2, "Principles", false);
        p->format->table(p, &(struct table){columns, COLUMNS, cells, count});
    }
}

/* ---- one interview a page */

static const char *score_text(struct page *p, const struct mock_report *r, const struct debrief_answer *a)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < a->score_count; i++) {
        const struct dimension *d = mock_dimension(a->rubric, a->scores[i].dimension);
        buf_addf(&text, "%s%s %d", i > 0 ? ", " : "Scores: ", mock_dimension_text(a->rubric, a->scores[i].dimension),
                 a->scores[i].level);
        if (d) {
            buf_addf(&text, " (bar %d)", r->input.target >= 6 ? d->bar_l6 : d->bar_l5);
        }
    }
    buf_adds(&text, a->score_count > 0 ? "." : "Not scored.");
    return joined(p, &text);
}

static const char *facts_text(struct page *p, const struct mock_report *r, const struct debrief_answer *a)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s on the clock", time_text(p, a->active_ms));
    if (a->spoken_ms > 0) {
        buf_addf(&text, ", %s of it spoken", time_text(p, a->spoken_ms));
    }
    size_t words = words_count(sv_from(a->text));
    buf_addf(&text, ", %zu %s. ", words, words == 1 ? "word" : "words");
    if (a->headline && *a->headline) {
        buf_addf(&text, "Story: %s. ", a->headline);
    }
    buf_adds(&text, score_text(p, r, a));
    return joined(p, &text);
}

static const char *finding_text(struct page *p, const struct debrief_answer *a, const struct finding *f)
{
    struct sv words = sv_sub(sv_from(a->text), f->start, f->end > f->start ? f->end - f->start : 0);
    if (words.len == 0) {
        return arena_printf(p->arena, "%s%s", f->message, f->self_reported ? " (self-reported)" : "");
    }
    return arena_printf(p->arena, "\"" SV_FMT "\" %s", SV_ARG(words), f->message);
}

static void put_findings(struct page *p, const struct debrief_answer *a)
{
    struct entry *entries = arena_array(p->arena, a->finding_count + 1, sizeof(*entries));
    size_t count = 0;
    for (size_t i = 0; i < a->finding_count; i++) {
        const struct finding *f = &a->findings[i];
        if (!f->dismissed) {
            entries[count++] =
                (struct entry){arena_printf(p->arena, "%s (%s)", f->rule, f->severity), finding_text(p, a, f), ""};
        }
    }
    if (count > 0) {
        p->format->list(p, entries, count, false);
    }
}

static void put_answer(struct page *p, const struct mock_report *r, const struct debrief_answer *a, unsigned number)
{
    const char *about = *a->principle ? principle_text(r, a->principle) : "case";
    p->format->heading(p, 3, arena_printf(p->arena, "Question %u: %s", number, about), false);
    p->format->prose(p, a->prompt);
    if (*a->text) {
        p->format->quote(p, a->text, a->findings, a->finding_count);
    }
    p->format->prose(p, facts_text(p, r, a));
    put_findings(p, a);
}

static void put_stage(struct page *p, const struct mock_report *r, unsigned stage)
{
    const struct debrief_stage *s = &r->input.stages[stage];
    unsigned number = 0;
    struct buf text = BUF_INIT;
    p->format->heading(p, 2, arena_printf(p->arena, "Interview %u: %s", stage + 1, s->title), true);
    buf_addf(&text, "%s%s. ", s->interviewer, stage_role(s));
    if (s->principles.count > 0) {
        buf_addf(&text, "Principles: %s. ", principles_text(p, r, &s->principles));
    }
    buf_addf(&text, "%s; typed %s, spoken %s. ", stage_time(p, s), time_text(p, s->typed_ms),
             time_text(p, s->spoken_ms));
    buf_addf(&text, "Vote: %s, then %s%s%s", mock_vote_text(s->before), mock_vote_text(s->after),
             *s->reason ? ": " : ".", s->reason);
    p->format->prose(p, joined(p, &text));
    for (size_t i = 0; i < r->input.answer_count; i++) {
        if (r->input.answers[i].stage == stage) {
            put_answer(p, r, &r->input.answers[i], ++number);
        }
    }
}

/* ---- the end */

static void put_text(struct page *p, const char *heading, const char *text)
{
    if (text && *text) {
        p->format->heading(p, 2, heading, false);
        p->format->quote(p, text, NULL, 0);
    }
}

static void put_claims(struct page *p, const struct mock_report *r)
{
    size_t count = r->loop ? r->loop->claim_count : 0;
    struct entry *entries = arena_array(p->arena, count + 1, sizeof(*entries));
    for (size_t i = 0; i < count; i++) {
        const struct claim *c = &r->loop->claims[i];
        entries[i] =
            (struct entry){"",
                           *c->from ? arena_printf(p->arena, "%s (%s: %s)", c->text, source_name(c->source), c->from)
                                    : arena_printf(p->arena, "%s (%s)", c->text, source_name(c->source)),
                           ""};
    }
    if (count > 0) {
        p->format->heading(p, 2, "What the rules of this loop rest on", true);
        p->format->list(p, entries, count, false);
    }
}

void mock_page_walk(struct out *o, const struct mock_report *r, const struct page_format *format)
{
    struct arena arena = ARENA_INIT;
    struct page p = {o, &arena, format};
    format->begin(&p, arena_printf(&arena, "Debrief: %s", r->run.title), subtitle(&p, r));
    put_verdict(&p, r);
    lines(&p, "Why", &r->debrief.reasons);
    put_fixes(&p, r);
    put_votes(&p, r);
    put_principles(&p, r);
    put_text(&p, "The case against", r->against);
    lines(&p, "Conflicts", &r->debrief.conflicts);
    lines(&p, "Time", &r->debrief.time_use);
    lines(&p, "How the verdict came about", &r->debrief.arithmetic);
    for (unsigned i = 0; i < r->input.stage_count; i++) {
        put_stage(&p, r, i);
    }
    put_text(&p, "Notes", r->notes);
    put_claims(&p, r);
    format->end(&p);
    arena_release(&arena);
}
