#include "mock_screen.h"
#include "show.h"

/* The debrief: the user changes chairs. Votes are blind until the evidence was seen. */

static void add_votes(struct page *p, const struct mock_view *v, enum vote marked)
{
    for (size_t i = 0; i < v->vote_count; i++)
        page_addf(p, v->votes_allowed[i] == marked ? ROLE_SELECTED : ROLE_TEXT, 2, 3, "%zu  %s", i + 1,
                  vote_titles[v->votes_allowed[i]]);
}

/* "2 Peer PM    inclined" for each interview, the one voted on marked. */
static void add_ballot(struct page *p, const struct mock_view *v, bool after)
{
    static const int column = 44;
    int at = column < p->width - 10 ? column : p->width - 10;
    for (size_t i = 0; v->stage_votes && i < v->stage_vote_count; i++) {
        const struct debrief_stage *s = &v->stage_votes[i];
        enum vote vote = after ? s->after : s->before;
        bool now = i == v->vote_stage;
        page_add_term(p, at, now ? ROLE_STRONG : ROLE_TEXT,
                      arena_printf(&p->arena, "%c %zu %s", now ? '>' : ' ', i + 1, s->title), ROLE_DIM,
                      now ? "now" : mock_vote_short[vote]);
    }
}

static const struct debrief_stage *stage_now(const struct mock_view *v)
{
    return v->vote_stage < v->stage_vote_count ? &v->stage_votes[v->vote_stage] : NULL;
}

void mock_draw_vote(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    const struct debrief_stage *now = stage_now(v);
    page_begin(p, show_width(c));
    if (s->was_stopped)
        page_add(p, ROLE_DIM, 0, 0, SV("Time was up: what you had said so far is handed in."));
    page_add(p, ROLE_DIM, 0, 0,
             SV("Change chairs: you are the interviewer now. Vote from memory, before you see any evidence."));
    page_blank(p);
    if (now) {
        page_addf(p, ROLE_STRONG, 0, 0, "Interview %u: %s", v->vote_stage + 1, now->title);
        page_add(p, ROLE_TEXT, 0, 0, sv_from(now->interviewer));
    }
    page_blank(p);
    add_votes(p, v, now ? now->before : VOTE_COUNT);
    if (v->stage_vote_count > 1) {
        page_blank(p);
        add_ballot(p, v, false);
    }
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

/* ---- evidence */

static const char *subject(const struct mock_view *v)
{
    return v->principle ? v->principle->name : "Case";
}

static void add_scale(struct page *p, const struct mock_view *v)
{
    const struct dimension *d = v->dimension;
    int level = 0;
    for (size_t i = 0; v->answer && i < v->answer->score_count; i++)
        level = strcmp(v->answer->scores[i].dimension, d->id) == 0 ? v->answer->scores[i].level : level;
    page_addf(p, ROLE_STRONG, 0, 0, "%s", d->name);
    page_addf(p, ROLE_DIM, 0, 0, "Which level does the answer reach? Level %d is the bar you are held to.",
              v->level_bar);
    page_blank(p);
    for (int i = 1; i <= LEVELS; i++)
        page_addf(p, i == level ? ROLE_SELECTED : ROLE_TEXT, 2, 3, "%d  %s%s", i, d->anchor[i - 1],
                  i == v->level_bar ? "  (the bar)" : "");
}

static void add_stories(struct page *p, const struct mock_screen *s)
{
    page_add(p, ROLE_STRONG, 0, 0, SV("Which story was it?"));
    page_add(p, ROLE_DIM, 0, 0, SV("A story told twice, or with another number, shows in the verdict."));
    page_blank(p);
    for (size_t i = 0; i < s->story_count && i < MOCK_STORIES; i++)
        page_addf(p, ROLE_TEXT, 2, 3, "%zu  %s", i + 1, s->stories[i].headline);
    page_add(p, ROLE_TEXT, 2, 3, SV("a  a new one"));
}

/* What the answer is scored by left or above; the answer itself right or below. */
void mock_draw_evidence(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct mock_columns y = mock_columns(c);
    struct page *p = s->page, *own = y.second ? s->beside : s->page;
    page_begin(s->beside, y.second_width);
    page_begin(p, y.width);
    if (y.second)
        p->key = "";
    if (v->dimension)
        add_scale(p, v);
    else if (v->asks_story)
        add_stories(p, s);
    else
        page_add(p, ROLE_TEXT, 0, 0,
                 v->page < v->pages ? SV("Enter turns to the next page.")
                                    : SV("That was the last page. Enter goes on to the case against."));
    if (v->answer)
        mock_levels_add(p, v->answer);
    if (!y.second) {
        page_blank(p);
        page_rule(p);
    }
    if (v->answer)
        mock_answer_add(own, v->answer, subject(v));
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
    if (!y.second)
        return;
    page_draw(own, c, top, y.second, bottom - top);
    mock_draw_rule_between(&y, c, top, bottom);
}

/* ---- the case against */

enum { CASE_LINES = 3, CASE_ROWS = CASE_LINES + 3 };

static void add_quotes(struct page *p, const struct mock_view *v)
{
    if (v->answer_count == 0)
        page_add(p, ROLE_DIM, 0, 0, SV("No answer was given in this loop."));
    for (size_t i = 0; i < v->answer_count; i++) {
        page_blank(p);
        mock_words_add(p, &v->answers[i]);
    }
}

void mock_draw_against(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct mock_columns y = mock_columns(c);
    struct page *own = s->page;
    int row = top;
    row +=
        text_put(c, row, SHOW_MARGIN, y.width, 4, ROLE_STRONG,
                 SV("The bar raiser speaks against you. Write their case in three lines, and quote your own words."));
    int editor = y.second ? bottom : row + 1 + CASE_ROWS;
    mock_draw_editor(s->edit, c, row + 1, y.second ? row + 1 + 2 * CASE_ROWS : editor, y.width, true);
    page_begin(own, y.second ? y.second_width : y.width);
    own->key = "F9";
    add_quotes(own, v);
    int from = y.second ? top : editor + 1, col = y.second ? y.second : SHOW_MARGIN;
    canvas_puts(c, from, col, ROLE_DIM, "What you said");
    page_draw(own, c, from + 1, col, bottom - from - 1);
    mock_draw_rule_between(&y, c, top, bottom);
}

/* ---- the second vote */

static void add_standing(struct page *p, const struct mock_view *v)
{
    static const int column = 24;
    const struct debrief *d = v->debrief;
    for (size_t i = 0; d && i < d->principle_count; i++) {
        const struct debrief_principle *one = &d->principles[i];
        if (!(one->stages & (1u << v->vote_stage)))
            continue;
        page_add_term(p, column, ROLE_TEXT, one->name, ROLE_TEXT,
                      one->mean > 0 ? arena_printf(&p->arena, "%s: %.1f where %.1f is the bar", bar_names[one->against],
                                                   one->mean, one->bar)
                                    : bar_names[one->against]);
    }
}

static void draw_line(const struct mock_screen *s, const char *ask, struct canvas *c, int row, int bottom, int width)
{
    canvas_fill(c, row, 1, c->cols - 2, ROLE_RULE, 0x2500);
    for (int r = row + 1; r < bottom; r++)
        canvas_fill(c, r, 1, c->cols - 2, ROLE_TEXT, ' ');
    canvas_puts(c, row + 1, SHOW_MARGIN, ROLE_STRONG, ask);
    canvas_puts(c, row + 3, SHOW_MARGIN, ROLE_KEY, "> ");
    edit_layout(s->line, width - 2, 1);
    edit_draw(s->line, c, row + 3, SHOW_MARGIN + 2, true);
}

enum { REASON_ROWS = 5 };

void mock_draw_revote(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    const struct debrief_stage *now = stage_now(v);
    page_begin(p, show_width(c));
    page_add(p, ROLE_DIM, 0, 0, SV("Vote again, with the evidence read. A vote that changes is a healthy one."));
    page_blank(p);
    if (now)
        page_addf(p, ROLE_STRONG, 0, 0, "Interview %u: %s", v->vote_stage + 1, now->title);
    if (now && now->before < VOTE_COUNT)
        page_addf(p, ROLE_TEXT, 0, 0, "Your first vote: %s.", vote_titles[now->before]);
    page_blank(p);
    add_votes(p, v, s->panel == PANEL_REASON ? s->picked : now ? now->before : VOTE_COUNT);
    page_blank(p);
    add_standing(p, v);
    if (v->against && v->against[0]) {
        page_blank(p);
        page_add(p, ROLE_DIM, 0, 0, SV("The case against"));
        page_add(p, ROLE_TEXT, 2, 0, sv_from(v->against));
    }
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
    if (s->panel != PANEL_REASON)
        return;
    char ask[80];
    snprintf(ask, sizeof(ask), "Why %s now? One sentence.", vote_titles[s->picked]);
    draw_line(s, ask, c, bottom - REASON_ROWS, bottom, show_width(c));
}

void mock_draw_story(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    mock_draw_evidence(s, v, c, top, bottom);
    draw_line(s, "The headline of the new story", c, bottom - REASON_ROWS, bottom, show_width(c));
}

/* ---- the verdict */

void mock_draw_verdict(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct mock_columns y = mock_columns(c);
    struct page *p = s->page, *beside = y.second ? s->beside : s->page;
    if (!v->debrief) {
        canvas_puts(c, top, SHOW_MARGIN, ROLE_DIM, "The debrief is over.");
        return;
    }
    struct mock_verdict verdict = {v->debrief, v->stage_votes, v->stage_vote_count, v->against, v->notes};
    page_begin(s->beside, y.second_width);
    page_begin(p, y.width);
    if (y.second)
        p->key = "";
    mock_verdict_add(p, beside, &verdict);
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
    if (!y.second)
        return;
    page_draw(beside, c, top, y.second, bottom - top);
    mock_draw_rule_between(&y, c, top, bottom);
}
