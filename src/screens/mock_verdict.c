#include "mock_verdict.h"

#include "show.h"

#include "pmprep/base/utf8.h"

enum { MAX_SPANS = 64, VOTE_COLUMN = 10, TIME_COLUMN = 7, TITLE_LEAST = 20, NAMES_FROM = 68, NAMES_COLUMN = 24 };

const char *const mock_vote_short[VOTE_COUNT + 1] = {
    [VOTE_STRONG_HIRE] = "strong",     [VOTE_INCLINED] = "inclined",   [VOTE_INCLINED_LOWER] = "lower",
    [VOTE_NOT_INCLINED] = "not incl.", [VOTE_STRONG_NO] = "strong no", [VOTE_COUNT] = "-",
};

/* ---- answers */

void mock_words_add(struct page *p, const struct debrief_answer *a)
{
    struct text_span spans[MAX_SPANS];
    size_t count = 0, len = strlen(a->text);
    for (size_t i = 0; i < a->finding_count && count < MAX_SPANS; i++) {
        const struct finding *f = &a->findings[i];
        if (f->start < f->end && f->end <= len && !f->dismissed)
            spans[count++] = (struct text_span){f->start, f->end, ROLE_MATCH};
    }
    if (len > 0)
        page_add_spans(p, ROLE_TEXT, 0, sv_from(a->text), spans, count);
    else
        page_add(p, ROLE_DIM, 0, 0, SV("Spoken, without notes."));
}

void mock_answer_add(struct page *p, const struct debrief_answer *a, const char *subject)
{
    char spent[SHOW_SIZE];
    show_length(spent, a->active_ms);
    page_addf(p, ROLE_STRONG, 0, 0, "%s · interview %u · %s", subject, a->stage + 1, spent);
    page_add_prose(p, ROLE_TEXT, 0, a->prompt);
    page_blank(p);
    page_add(p, ROLE_DIM, 0, 0, SV("What you said"));
    mock_words_add(p, a);
    for (size_t i = 0; i < a->finding_count; i++) {
        const struct finding *f = &a->findings[i];
        if (f->dismissed)
            continue;
        page_blank(p);
        page_addf(p, ROLE_WARNING, 0, 2, "%s · %s%s", f->rule, f->severity, f->self_reported ? " · self-reported" : "");
        page_add_prose(p, ROLE_TEXT, 2, f->message);
    }
}

static const char *dimension_name(const struct debrief_answer *a, const char *id)
{
    for (size_t i = 0; a->rubric && i < a->rubric->dimension_count; i++)
        if (strcmp(a->rubric->dimensions[i].id, id) == 0)
            return a->rubric->dimensions[i].name;
    return id[0] ? id : "Overall";
}

void mock_levels_add(struct page *p, const struct debrief_answer *a)
{
    static const int column = 28;
    if (a->score_count == 0)
        return;
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, SV("Your levels, 1 to 5"));
    for (size_t i = 0; i < a->score_count; i++)
        page_add_term(p, column, ROLE_TEXT, dimension_name(a, a->scores[i].dimension), ROLE_TEXT,
                      arena_printf(&p->arena, "%d", a->scores[i].level));
}

/* ---- the verdict */

static void heading(struct page *p, const char *text)
{
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, sv_from(text));
}

static void add_lines(struct page *p, const char *title, const struct strings *lines)
{
    if (lines->count == 0)
        return;
    heading(p, title);
    for (size_t i = 0; i < lines->count; i++)
        page_addf(p, ROLE_TEXT, 0, 2, "· %s", lines->at[i]);
}

static void add_way(struct page *p, const char *way, enum verdict verdict, const char *none)
{
    static const int column = 24;
    static const enum role roles[] = {
        [VERDICT_NONE] = ROLE_DIM, [VERDICT_NO] = ROLE_WARNING, [VERDICT_LOWER] = ROLE_TEXT, [VERDICT_YES] = ROLE_GOOD};
    page_add_term(p, column, ROLE_TEXT, way, roles[verdict], verdict == VERDICT_NONE ? none : verdict_names[verdict]);
}

static void pad(struct buf *out, const char *text, int cols)
{
    struct sv fits = sv_from(text);
    if ((int)utf8_columns(fits) > cols - 1) {
        fits = utf8_clip(fits, (size_t)(cols - 2));
        buf_addf(out, SV_FMT "…", SV_ARG(fits));
        buf_addf(out, "%*s", cols - 1 - (int)utf8_columns(fits), "");
        return;
    }
    buf_addf(out, SV_FMT "%*s", SV_ARG(fits), cols - (int)utf8_columns(fits), "");
}

static const char *principle_name(const struct debrief *d, const char *id)
{
    for (size_t i = 0; i < d->principle_count; i++)
        if (strcmp(d->principles[i].id, id) == 0)
            return d->principles[i].name;
    return id;
}

static void add_names(struct buf *out, const struct debrief *d, const struct debrief_stage *s)
{
    for (size_t i = 0; i < s->principles.count; i++)
        buf_addf(out, "%s%s", i ? ", " : "", principle_name(d, s->principles.at[i]));
}

/* "1 Hiring manager   strong   inclined   58:20"; below, "Ownership · bar raiser · hard stop". */
static void add_interview(struct page *p, const struct mock_verdict *v, size_t i)
{
    const struct debrief_stage *s = &v->stages[i];
    struct buf row = BUF_INIT, title = BUF_INIT, names = BUF_INIT;
    char spent[SHOW_SIZE];
    int cols = p->width - 2 * VOTE_COLUMN - TIME_COLUMN;
    bool over = s->active_ms > s->allotted_ms;
    show_length(spent, s->active_ms);
    buf_addf(&title, "%zu %s", i + 1, s->title);
    pad(&row, buf_str(&title), cols);
    pad(&row, mock_vote_short[s->before], VOTE_COLUMN);
    pad(&row, mock_vote_short[s->after], VOTE_COLUMN);
    buf_addf(&row, "%*s", TIME_COLUMN - 1, spent);
    page_add(p, ROLE_TEXT, 0, 0, buf_sv(&row));
    add_names(&names, v->debrief, s);
    if (s->bar_raiser)
        buf_addf(&names, "%sbar raiser", names.len ? " · " : "");
    if (s->stopped || over)
        buf_addf(&names, "%s%s", names.len ? " · " : "", s->stopped ? "hard stop" : "over time");
    if (names.len)
        page_add(p, ROLE_DIM, 2, 0, buf_sv(&names));
    if (s->reason && s->reason[0])
        page_addf(p, ROLE_DIM, 2, 2, "changed: %s", s->reason);
    buf_release(&row);
    buf_release(&title);
    buf_release(&names);
}

static void add_interviews(struct page *p, const struct mock_verdict *v)
{
    struct buf head = BUF_INIT;
    int cols = p->width - 2 * VOTE_COLUMN - TIME_COLUMN;
    page_blank(p);
    pad(&head, "Interview", cols);
    pad(&head, "before", VOTE_COLUMN);
    pad(&head, "after", VOTE_COLUMN);
    buf_addf(&head, "%*s", TIME_COLUMN - 1, "time");
    page_add(p, ROLE_STRONG, 0, 0, buf_sv(&head));
    for (size_t i = 0; i < v->stage_count; i++)
        add_interview(p, v, i);
    buf_release(&head);
}

static void add_fixes(struct page *p, const struct debrief *d)
{
    if (d->fix_count == 0)
        return;
    heading(p, "Fix first");
    for (size_t i = 0; i < d->fix_count; i++) {
        page_addf(p, ROLE_TEXT, 0, 3, "%zu  %s", i + 1, d->fixes[i].text);
        page_addf(p, ROLE_DIM, 3, 0, "%s%s%zu drills it now", d->fixes[i].why ? d->fixes[i].why : "",
                  d->fixes[i].why && d->fixes[i].why[0] ? "; " : "", i + 1);
    }
}

/* "Dive Deep   2.5 of 3.0, lowers   8:10, 2 findings" */
static void add_principles(struct page *p, const struct debrief *d)
{
    static const int column = 24;
    if (d->principle_count == 0)
        return;
    heading(p, "Principles against the bar");
    for (size_t i = 0; i < d->principle_count; i++) {
        const struct debrief_principle *one = &d->principles[i];
        char spent[SHOW_SIZE];
        struct buf line = BUF_INIT;
        show_length(spent, one->talked_ms);
        buf_adds(&line, bar_names[one->against]);
        if (one->mean > 0)
            buf_addf(&line, ", %.1f where %.1f is the bar", one->mean, one->bar);
        buf_addf(&line, " · %s, %u %s", spent, one->answers, one->answers == 1 ? "answer" : "answers");
        page_add_term(p, column, ROLE_TEXT, one->name,
                      one->against == BAR_LOWERS   ? ROLE_WARNING
                      : one->against == BAR_RAISES ? ROLE_GOOD
                                                   : ROLE_TEXT,
                      buf_str(&line));
        buf_release(&line);
    }
}

void mock_verdict_add(struct page *p, struct page *beside, const struct mock_verdict *v)
{
    const struct debrief *d = v->debrief;
    add_way(p, "As voted", d->as_voted, "not voted");
    add_way(p, "After your usual bias", d->after_bias, "your bias is not known yet");
    add_way(p, "The biggest risk", d->at_risk, "not voted");
    add_lines(p, "Why", &d->reasons);
    add_fixes(p, d);
    add_interviews(p, v);
    add_principles(beside, d);
    add_lines(beside, "How that was reckoned", &d->arithmetic);
    add_lines(beside, "Stories and numbers", &d->conflicts);
    add_lines(beside, "Time", &d->time_use);
    if (v->against && v->against[0]) {
        heading(beside, "The case against");
        page_add(beside, ROLE_TEXT, 0, 0, sv_from(v->against));
    }
    if (v->notes && v->notes[0]) {
        heading(beside, "Your notes");
        page_add(beside, ROLE_TEXT, 0, 0, sv_from(v->notes));
    }
}
