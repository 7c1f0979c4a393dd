#include "evidence.h"

#include "answer.h"
#include "pair.h"
#include "show.h"

/* What is shown once the answer is given and scored: never before. */

static void add_strings(struct page *p, const char *heading, const struct strings *list)
{
    if (list->count == 0)
        return;
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, sv_from(heading));
    for (size_t i = 0; i < list->count; i++)
        page_addf(p, ROLE_TEXT, 2, 2, "· %s", list->at[i]);
}

static void add_explanation(struct page *p, const struct item *item)
{
    if (item->explanation[0]) {
        page_blank(p);
        page_add_prose(p, ROLE_TEXT, 0, item->explanation);
    }
}

static int side_level(const struct side *side, const char *dimension)
{
    for (size_t i = 0; i < side->score_count; i++)
        if (strcmp(side->scores[i].dimension, dimension) == 0)
            return side->scores[i].level;
    return 0;
}

enum { DIMENSION_COLUMN = 36 };

/* Where the two differ, dimension by dimension of the rubric. */
static void add_side_scores(struct page *p, const struct item *item, const struct rubric *rubric)
{
    if (!rubric || rubric->dimension_count == 0 || item->good.score_count == 0)
        return;
    page_blank(p);
    page_add_term(p, DIMENSION_COLUMN, ROLE_STRONG, "Levels, 1 to 5", ROLE_DIM, "weaker   stronger");
    for (size_t i = 0; i < rubric->dimension_count; i++) {
        const struct dimension *d = &rubric->dimensions[i];
        int bad = side_level(&item->bad, d->id), good = side_level(&item->good, d->id);
        if (bad > 0 && good > 0)
            page_add_term(p, DIMENSION_COLUMN, ROLE_TEXT, arena_printf(&p->arena, "  %s", d->name),
                          good > bad ? ROLE_STRONG : ROLE_TEXT, arena_printf(&p->arena, "%d        %d", bad, good));
    }
}

void evidence_add_sides(struct page *p, struct page *beside, const struct item *item, const struct rubric *rubric)
{
    add_explanation(p, item);
    pair_add_side(p, "The weaker answer", &item->bad);
    pair_add_side(beside, "The stronger answer", &item->good);
    add_side_scores(beside, item, rubric);
}

void evidence_add_right(struct page *p, const struct item *item)
{
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *o = &item->options[i];
        if (!o->right)
            continue;
        page_blank(p);
        page_add(p, ROLE_STRONG, 0, 0, SV("The right one"));
        page_add_prose(p, ROLE_TEXT, 2, o->text);
        page_add_prose(p, ROLE_DIM, 2, o->why);
    }
    add_explanation(p, item);
}

static void add_pair_evidence(struct page *p, struct page *beside, const struct drill_view *v)
{
    page_addf(p, v->picked == v->right ? ROLE_GOOD : ROLE_WARNING, 0, 0, "You picked the %s answer.",
              v->picked == v->right ? "stronger" : "weaker");
    if (v->text[0])
        page_addf(p, ROLE_DIM, 0, 0, "You wrote: %s", v->text);
    evidence_add_sides(p, beside, v->item, v->rubric);
}

static void add_choice_evidence(struct page *p, const struct drill_view *v)
{
    page_add(p, v->picked == v->right ? ROLE_GOOD : ROLE_WARNING, 0, 0,
             sv_from(v->picked == v->right ? "Right." : "No."));
    for (int i = 0; i < v->shown_count; i++) {
        const struct option *o = &v->item->options[v->shown_index[i]];
        const char *mark = o->right ? "Right. " : i == v->picked ? "Your pick. " : "";
        page_blank(p);
        page_addf(p, o->right ? ROLE_STRONG : ROLE_TEXT, 0, 3, "%d  %s", i + 1, v->shown[i]);
        if (mark[0] || o->why[0])
            page_addf(p, o->right ? ROLE_GOOD : ROLE_DIM, 3, 0, "%s%s", mark, page_flow(&p->arena, o->why));
    }
}

static void add_scores_line(struct page *p, const struct drill_view *v)
{
    int overall = answer_level(v->blind, v->blind_count, "");
    const char *id = v->focus ? v->focus->id : "";
    int focus = v->focus ? answer_level(v->blind, v->blind_count, id) : 0;
    if (overall > 0)
        page_addf(p, ROLE_TEXT, 0, 0, "You scored it %d, %s.", overall, show_level(overall));
    if (v->focus && focus > 0)
        page_addf(p, ROLE_TEXT, 0, 0, "%s at level %d: %s.", v->focus->name, focus, v->focus->anchor[focus - 1]);
    if (v->next_anchor[0]) {
        page_blank(p);
        page_addf(p, ROLE_STRONG, 0, 0, "Level %d of %s asks for", v->next_level,
                  v->focus ? v->focus->name : "the answer");
        page_add(p, ROLE_TEXT, 2, 0, sv_from(v->next_anchor));
    }
}

/* What the interviewer of a case would have told to whoever asked, and what would have changed half-way. */
static void add_case_facts(struct page *p, const struct item *item)
{
    if (item->fact_count > 0) {
        page_blank(p);
        page_add(p, ROLE_STRONG, 0, 0, SV("You would have been told, had you asked for"));
    }
    for (size_t i = 0; i < item->fact_count; i++) {
        const struct fact *f = &item->facts[i];
        page_addf(p, ROLE_TEXT, 2, 2, "· %s: %s", f->ask.count > 0 ? f->ask.at[0] : "more",
                  page_flow(&p->arena, f->tell));
    }
    for (size_t i = 0; i < item->twist_count; i++) {
        page_blank(p);
        page_addf(p, ROLE_STRONG, 0, 0, "A twist after %u minutes", item->twists[i].minute);
        page_add_prose(p, ROLE_TEXT, 2, item->twists[i].tell);
    }
}

static void add_ladder(struct page *p, const struct item *item)
{
    if (item->ladder_count == 0)
        return;
    page_blank(p);
    page_add(p, ROLE_STRONG, 0, 0, SV("So what?"));
    for (size_t i = 0; i < item->ladder_count; i++) {
        page_addf(p, ROLE_DIM, 2, 2, "%s", page_flow(&p->arena, item->ladder[i].from));
        page_addf(p, ROLE_TEXT, 4, 2, "%s", page_flow(&p->arena, item->ladder[i].so_what));
    }
}

static void add_open_evidence(struct page *p, const struct drill_view *v)
{
    add_scores_line(p, v);
    if (v->speech[0])
        page_add(p, ROLE_TEXT, 0, 0, sv_from(v->speech));
    if (v->guess[0] && v->principle && strcmp(v->guess, v->principle->id) != 0) {
        page_blank(p);
        page_addf(p, ROLE_WARNING, 0, 0, "It was asking for %s.", v->principle->name);
    }
    add_strings(p, "How you told it", &v->telling);
    add_ladder(p, v->item);
    add_strings(p, "Look for", &v->item->look_for);
    add_strings(p, "Watch out for", &v->item->watch_out);
    add_case_facts(p, v->item);
    if (v->principle) {
        char heading[96];
        snprintf(heading, sizeof(heading), "Strong signals of %s", v->principle->name);
        add_strings(p, heading, &v->principle->strong);
    }
}

void evidence_add(struct page *p, struct page *beside, const struct drill_view *v)
{
    switch (v->item->kind) {
    case KIND_PAIR:
        add_pair_evidence(p, beside, v);
        break;
    case KIND_CHOICE:
        add_choice_evidence(p, v);
        add_explanation(p, v->item);
        break;
    case KIND_BEHAVIOURAL:
    case KIND_CASE:
    case KIND_TRANSITION:
    case KIND_REWRITE:
    case KIND_WRITING:
    case KIND_SQL:
    case KIND_ANSWER:
    case KIND_COUNT:
        add_open_evidence(p, v);
        add_explanation(p, v->item);
        break;
    }
}
