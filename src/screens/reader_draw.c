#include "reader_screen.h"

#include "answer.h"
#include "evidence.h"
#include "findings.h"
#include "opinion.h"
#include "show.h"

enum { NOTE_ROWS = 5, COLUMN_GAP = 5 };

static void add_note(struct page *p, const char *note)
{
    if (!note[0])
        return;
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, SV("Your note"));
    page_add(p, ROLE_TEXT, 2, 0, sv_from(note));
}

static void add_tries(struct page *p, const struct reader_screen *s)
{
    if (s->try_count < 2)
        return;
    page_blank(p);
    page_addf(p, ROLE_DIM, 0, 0, "%zu answers to this question; t shows another try.", s->try_count);
}

static void add_answer(struct page *p, const struct attempt *at, const struct reader_screen *s)
{
    size_t looked_at = s->mode == READER_READING ? s->finding : MARK_ALIKE;
    answer_add_facts(p, at);
    page_blank(p);
    answer_add_text(p, at, s->at ? s->filter : NULL, at == &s->attempt ? looked_at : MARK_ALIKE);
    page_blank(p);
}

static int draw_findings(const struct reader_screen *s, struct canvas *c, int top, int bottom)
{
    struct findings_panel panel = {.app = s->app,
                                   .list = s->attempt.findings,
                                   .count = s->attempt.finding_count,
                                   .looked_at = s->finding,
                                   .words = s->attempt.words,
                                   .advice = s->advice_open,
                                   .calm = ""};
    if (panel.count == 0 || s->mode != READER_READING)
        return 0;
    return findings_draw(&panel, c, top, SHOW_MARGIN, show_width(c), (bottom - top) * 2 / 3);
}

static void draw_reading(const struct reader_screen *s, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    top += draw_findings(s, c, top, bottom);
    page_begin(p, show_width(c));
    page_add_prose(p, ROLE_STRONG, 0, s->attempt.prompt);
    page_blank(p);
    add_answer(p, &s->attempt, s);
    answer_add_scores(p, &s->attempt, &s->rubric);
    if (s->story[0]) {
        page_blank(p);
        page_addf(p, ROLE_DIM, 0, 0, "Story: %s", s->story);
    }
    opinion_add_all(p, &s->attempt);
    add_note(p, s->attempt.note);
    add_tries(p, s);
    if (s->picked_from.kind == KIND_PAIR)
        evidence_add_sides(p, p, &s->picked_from, &s->rubric);
    else if (s->picked_from.kind == KIND_CHOICE)
        evidence_add_right(p, &s->picked_from);
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void add_try(struct page *p, const struct attempt *at, const struct reader_screen *s, bool this_one)
{
    const char *which = this_one ? "This one" : "The other";
    double mean = answer_mean(at);
    if (mean > 0)
        page_addf(p, ROLE_STRONG, 0, 0, "%s, level %.1f", which, mean);
    else
        page_addf(p, ROLE_STRONG, 0, 0, "%s, not scored", which);
    add_answer(p, at, s);
}

static void draw_comparing(const struct reader_screen *s, struct canvas *c, int top, int bottom)
{
    const struct attempt *other = &s->tries[s->other];
    bool older = other->started_at < s->attempt.started_at;
    const struct attempt *pair[2] = {older ? other : &s->attempt, older ? &s->attempt : other};
    bool wide = c->cols >= SHOW_WIDE;
    int width = wide ? (c->cols - 2 * SHOW_MARGIN - COLUMN_GAP) / 2 : show_width(c);
    page_begin(s->page, width);
    const char *prompt = page_flow(&s->page->arena, s->attempt.prompt);
    top += 1 + text_put(c, top, SHOW_MARGIN, c->cols - 2 * SHOW_MARGIN, 3, ROLE_STRONG, sv_from(prompt));
    page_begin(s->second, width);
    for (int i = 0; i < 2; i++) {
        struct page *p = wide && i == 1 ? s->second : s->page;
        if (!wide && i == 1)
            page_rule(p);
        add_try(p, pair[i], s, pair[i] == &s->attempt);
    }
    page_draw(s->page, c, top, SHOW_MARGIN, bottom - top);
    if (!wide)
        return;
    page_draw(s->second, c, top, SHOW_MARGIN + width + COLUMN_GAP, bottom - top);
    for (int row = top; row < bottom; row++)
        canvas_puts(c, row, SHOW_MARGIN + width + COLUMN_GAP / 2, ROLE_RULE, "│");
}

/* Blind: nothing that tells the old scores is on the screen. */
static void draw_scoring(const struct reader_screen *s, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    const struct dimension *d = s->score_at > 0 ? &s->rubric.dimensions[s->score_at - 1] : NULL;
    page_begin(p, show_width(c));
    page_addf(p, ROLE_DIM, 0, 0, "Score it as if you had never seen it (%zu of %zu)", s->score_at + 1, s->score_of);
    page_blank(p);
    answer_add_scale(p, d, s->levels[s->score_at]);
    page_rule(p);
    page_add_prose(p, ROLE_DIM, 0, s->attempt.prompt);
    page_blank(p);
    answer_add_text(p, &s->attempt, NULL, MARK_NONE);
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void draw_note(const struct reader_screen *s, struct canvas *c, int bottom)
{
    int row = bottom - NOTE_ROWS - 1;
    canvas_fill(c, row, 1, c->cols - 2, ROLE_RULE, 0x2500);
    canvas_puts(c, row, SHOW_MARGIN, ROLE_STRONG, " Your note ");
    edit_layout(s->note, show_width(c), NOTE_ROWS);
    edit_draw(s->note, c, row + 1, SHOW_MARGIN, true);
}

void reader_draw(const struct screen *base, struct canvas *c)
{
    const struct reader_screen *s = (const struct reader_screen *)base;
    const struct attempt *at = &s->attempt;
    int top, bottom;
    struct buf left = BUF_INIT;
    buf_addf(&left, "Answer · %s", show_subject(s->app, at->principles.count ? at->principles.at[0] : "", at->family));
    frame_draw(c, buf_str(&left), at->flagged ? "flagged" : "", base->ops->keymap(base), &top, &bottom);
    buf_release(&left);
    switch (s->mode) {
    case READER_COMPARING:
        draw_comparing(s, c, top, bottom);
        break;
    case READER_SCORING:
        draw_scoring(s, c, top, bottom);
        break;
    case READER_NOTING:
        draw_reading(s, c, top, bottom - NOTE_ROWS - 1);
        draw_note(s, c, bottom);
        break;
    case READER_READING:
        draw_reading(s, c, top, bottom);
        break;
    }
}
