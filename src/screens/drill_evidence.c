#include "answer.h"
#include "drill_screen.h"
#include "evidence.h"
#include "findings.h"
#include "show.h"

#include "pmprep/coach/words.h"

/* How the steps after an answer look: it is scored, then held against the evidence, then against a second try. */

enum { COLUMN_MOST = 72 };

static void add_own_answer(struct page *p, const struct drill_view *v)
{
    bool panel = v->step == DRILL_EVIDENCE && v->coached != COACH_SILENT; /* it has the heading */
    if (!panel)
        page_addf(p, ROLE_DIM, 0, 0, "Your answer");
    if (v->mode == MODE_SPEAK)
        answer_add_ticks(p, v->ticks);
    answer_add_words(p, sv_from(v->text), panel ? v->findings : NULL, panel ? v->finding_count : 0, v->chosen, NULL);
}

/* On a wide screen the own answer stands beside what is said of it; else it follows below a rule. Answers its page. */
static struct page *begin_with_answer(const struct drill_screen *s, const struct canvas *c)
{
    bool wide = c->cols >= SHOW_WIDE;
    int half = (c->cols - 2 * SHOW_MARGIN - DRILL_COLUMN_GAP) / 2;
    int width = wide ? (half < COLUMN_MOST ? half : COLUMN_MOST) : show_width(c);
    page_begin(s->page, width);
    page_begin(s->beside, width);
    if (wide)
        s->page->key = ""; /* the rule between the two stands there */
    return wide ? s->beside : s->page;
}

/* above: rows over the own answer that are taken already. */
static void end_with_answer(const struct drill_screen *s, struct canvas *c, int top, int bottom, int above)
{
    bool wide = c->cols >= SHOW_WIDE;
    int col = SHOW_MARGIN + s->page->width + DRILL_COLUMN_GAP, first = wide ? top : top + above;
    page_draw(s->page, c, first, SHOW_MARGIN, bottom - first);
    if (!wide)
        return;
    page_draw(s->beside, c, top + above, col, bottom - top - above);
    for (int row = top; row < bottom; row++)
        canvas_puts(c, row, col - DRILL_COLUMN_GAP / 2 - 1, ROLE_RULE, "│");
}

static void add_answer_beside(const struct drill_screen *s, struct page *own, const struct drill_view *v)
{
    if (own == s->page) {
        page_blank(own);
        page_rule(own);
    }
    add_own_answer(own, v);
}

void drill_draw_score(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    bool again = v->step == DRILL_RESCORE;
    const char *dimension = v->dimension ? v->dimension->id : "";
    int first = answer_level(v->blind, v->blind_count, dimension);
    struct page *own = begin_with_answer(s, c), *p = s->page;
    const char *ask = again ? "Score it again, now that you have seen the evidence" : "Score it yourself first";
    if (v->score_of > 1)
        page_addf(p, ROLE_DIM, 0, 0, "%s (%u of %u)", ask, v->score_at, v->score_of);
    else
        page_add(p, ROLE_DIM, 0, 0, sv_from(ask));
    page_blank(p);
    answer_add_scale(p, v->dimension, again ? first : 0);
    if (again && first > 0) {
        page_blank(p);
        page_addf(p, ROLE_DIM, 0, 0, "your first score: %d; Enter keeps it", first);
    }
    add_answer_beside(s, own, v);
    end_with_answer(s, c, top, bottom, 0);
}

static void add_exemplar(const struct drill_screen *s, struct page *own, const struct item *item)
{
    if (!item->exemplar[0])
        return;
    page_blank(own);
    page_add(own, ROLE_STRONG, 0, 0, s->exemplar_open ? SV("An excellent answer") : SV("e shows an excellent answer"));
    if (s->exemplar_open)
        page_add_prose(own, ROLE_TEXT, 0, item->exemplar);
}

/* Findings stand above the own answer; answers the rows used. */
static int draw_findings(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top,
                         int bottom)
{
    bool wide = c->cols >= SHOW_WIDE;
    int col = wide ? SHOW_MARGIN + s->page->width + DRILL_COLUMN_GAP : SHOW_MARGIN;
    struct findings_panel panel = {.app = s->app,
                                   .list = v->findings,
                                   .count = v->finding_count,
                                   .looked_at = v->chosen,
                                   .words = (unsigned)words_count(sv_from(v->text)),
                                   .advice = s->advice_open,
                                   .calm = drill_calm(v->coached)};
    if (v->coached == COACH_SILENT)
        return 0;
    return findings_draw(&panel, c, top, col, s->page->width, (bottom - top) * 2 / 3);
}

static void add_evidence(const struct drill_screen *s, struct page *own, const struct drill_view *v)
{
    bool answer_first = own == s->page && v->finding_count > 0;
    if (answer_first) {
        add_own_answer(own, v);
        page_blank(own);
        page_rule(own);
    }
    evidence_add(s->page, own, v);
    if (v->item->kind == KIND_PAIR)
        return;
    if (!answer_first)
        add_answer_beside(s, own, v);
    add_exemplar(s, own, v->item);
}

void drill_draw_evidence(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top,
                         int bottom)
{
    if (v->item->kind == KIND_CHOICE) {
        page_begin(s->page, show_width(c));
        evidence_add(s->page, s->page, v);
        page_draw(s->page, c, top, SHOW_MARGIN, bottom - top);
        return;
    }
    struct page *own = begin_with_answer(s, c);
    add_evidence(s, own, v);
    end_with_answer(s, c, top, bottom, draw_findings(s, v, c, top, bottom));
}

void drill_draw_compare(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    const char *heads[2] = {"Before", "After"};
    const char *texts[2] = {v->text, v->again};
    struct page *p = s->page;
    bool wide = c->cols >= SHOW_WIDE;
    int width = wide ? (c->cols - 2 * SHOW_MARGIN - 5) / 2 : show_width(c);
    int changed = findings_draw_change(v, c, top, SHOW_MARGIN, show_width(c));
    top += changed > 0 ? changed + 1 : 0;
    page_begin(p, width);
    for (int i = 0; i < 2; i++) {
        unsigned words = (unsigned)words_count(sv_from(texts[i]));
        const char *unit = words == 1 ? "word" : "words";
        char spoken[SHOW_SIZE];
        show_length(spoken, words_spoken_ms(words));
        if (wide) {
            int col = SHOW_MARGIN + i * (width + 5);
            canvas_putf(c, top, col, ROLE_STRONG, "%s", heads[i]);
            canvas_putf(c, top, col + 8, ROLE_DIM, "%u %s, %s spoken", words, unit, spoken);
            text_put(c, top + 3, col, width, bottom - top - 3, ROLE_TEXT, sv_from(texts[i]));
            continue;
        }
        page_blank(p);
        page_addf(p, ROLE_STRONG, 0, 0, "%s · %u %s, %s spoken", heads[i], words, unit, spoken);
        page_add(p, ROLE_TEXT, 0, 0, sv_from(texts[i]));
    }
    if (!wide)
        page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}
