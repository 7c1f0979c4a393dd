#include "drill_parts.h"

#include "pmprep/bank/taxonomy.h"

const char *turn_skill(const struct turn *t)
{
    if (t->item.kind == KIND_BEHAVIOURAL && t->principle)
        return t->principle->name;
    return family_title(t->item.family);
}

static const char *shown_text(const struct item *item, int original)
{
    if (item->kind == KIND_PAIR)
        return original == 0 ? item->bad.text : item->good.text;
    return item->options[original].text;
}

static void fill_item(struct drill_view *v, const struct turn *t)
{
    v->item = &t->item;
    v->principle = t->principle;
    v->rubric = t->rubric;
    v->unit = t->unit ? t->unit : "";
    v->reason = t->reason;
    v->flagged = t->flagged;
}

static unsigned words_allowed(const struct turn *t)
{
    switch (t->round.step) {
    case DRILL_ANSWER:
        return t->round.spec.budget.words;
    case DRILL_AGAIN:
        return budget_again(t->round.spec.mode, &t->round.spec.budget).words;
    case DRILL_TICKS:
    case DRILL_PICK:
    case DRILL_WHY:
    case DRILL_PRINCIPLE:
    case DRILL_SCORE:
    case DRILL_STORY:
    case DRILL_EVIDENCE:
    case DRILL_RESCORE:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
    case DRILL_DONE:
        break;
    }
    return 0;
}

static void fill_clock(struct drill_view *v, const struct turn *t, int64_t now)
{
    v->mode = t->round.spec.mode;
    v->allotted_ms = t->round.clock.allotted_ms;
    v->active_ms = round_active_ms(&t->round, now);
    v->left_ms = round_left_ms(&t->round, now);
    v->word_budget = words_allowed(t);
}

static void fill_answer(struct drill_view *v, const struct turn *t)
{
    const struct round *r = &t->round;

    v->attempt = t->stored ? t->attempt.id : "";
    v->text = t->attempt.text;
    v->again = t->again_stored ? t->again.text : "";
    v->ticks = t->attempt.ticks;
    v->heard = t->round.step == DRILL_TICKS && t->attempt.heard_words > 0;
    v->speech = t->speech ? t->speech : "";
    v->guess = t->attempt.guess;
    v->story = t->story;
    v->shown_count = r->spec.shown;
    v->picked = r->picked;
    for (int i = 0; i < r->spec.shown; i++) {
        v->shown[i] = shown_text(&t->item, r->order[i]);
        v->shown_index[i] = r->order[i];
        if (r->order[i] == r->spec.right)
            v->right = i;
    }
}

static void fill_findings(struct drill_view *v, const struct turn *t)
{
    v->coached = t->coached;
    if (t->coached != COACH_SILENT) {
        v->findings = t->attempt.findings;
        v->finding_count = t->attempt.finding_count;
    }
    v->telling = t->telling;
    v->chosen = t->chosen;
    v->mend = findings_to_mend(t);
    v->again_coached = t->again_coached;
    v->again_findings = t->again.findings;
    v->again_finding_count = t->again.finding_count;
}

static void fill_scores(struct drill *d, const struct turn *t)
{
    struct drill_view *v = &d->view;

    v->dimension = round_dimension(&t->round);
    v->focus = round_focus(&t->round);
    v->score_at = (unsigned)t->round.at + 1;
    v->score_of = (unsigned)t->round.asked;
    v->blind = d->view_blind;
    v->blind_count = round_blind(&t->round, d->view_blind);
    v->evidence = d->view_evidence;
    v->evidence_count = round_evidence(&t->round, d->view_evidence);
    if (!v->focus)
        return;

    int level = round_level(&t->round, v->focus->id);

    if (level < LEVELS) {
        v->next_level = level + 1;
        v->next_anchor = v->focus->anchor[level];
    }
}

static void fill_rating(struct drill_view *v, const struct turn *t)
{
    struct round proposed = t->round;

    proposed.rated = RATING_NONE;
    v->rating = round_rating(&t->round);
    v->rating_changed = v->rating != round_rating(&proposed);
    if (!t->is_planned)
        return;
    for (int r = RATING_AGAIN; r <= RATING_EASY; r++) {
        v->choice[r].days = t->planned[r].days;
        v->choice[r].seconds = t->planned[r].seconds;
    }
    v->capped = t->planned[v->rating].capped;
}

/* How many there will be: counted, or what the time left holds at the price of this one. */
static unsigned estimate_of(const struct drill *d)
{
    const struct turn *t = d->now;

    if (d->single)
        return t->number;
    if (d->count_limit)
        return t->number + (d->count_limit > d->done ? d->count_limit - d->done - 1 : 0);

    int64_t cost = t->round.spec.budget.cost_ms;
    int64_t spent = round_active_ms(&t->round, app_mono(d->app));
    int64_t after = drill_left(d) - (cost > spent ? cost - spent : 0);

    return t->number + (after > 0 && cost > 0 ? (unsigned)(after / cost) : 0);
}

void view_fill(struct drill *d)
{
    struct drill_view *v = &d->view;
    struct turn *t = d->now;

    *v = (struct drill_view){
        .step = DRILL_DONE,
        .reason = "",
        .unit = "",
        .attempt = "",
        .text = "",
        .again = "",
        .speech = "",
        .guess = "",
        .story = "",
        .next_anchor = "",
        .undo_what = "",
        .coach_problem = d->coach_problem.text,
        .picked = -1,
        .right = -1,
        .paused = d->paused_since >= 0,
        .done = d->done,
        .skipped = d->skipped,
        .session_ms = drill_elapsed(d),
        .stopped_because = d->stopped,
        .at = d->given,
        .of = d->given,
    };
    if (d->graded && d->graded->graded) {
        v->can_undo = true;
        v->undo_what = d->graded->undo_what;
    }
    if (!t)
        return;
    v->step = t->round.step;
    v->at = t->number;
    v->of = estimate_of(d);
    fill_item(v, t);
    fill_clock(v, t, app_mono(d->app));
    fill_answer(v, t);
    telling_fill(d, t);
    fill_findings(v, t);
    fill_scores(d, t);
    fill_rating(v, t);
}
