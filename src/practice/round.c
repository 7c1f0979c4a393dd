#include "pmprep/practice/round.h"

static bool picks(const struct round *r)
{
    return r->spec.kind == KIND_PAIR || r->spec.kind == KIND_CHOICE;
}

static size_t dimension_count(const struct round *r)
{
    size_t count = r->spec.rubric && r->spec.kind != KIND_REWRITE ? r->spec.rubric->dimension_count : 0;

    return count < ROUND_SCORES - 1 ? count : ROUND_SCORES - 1;
}

static size_t focus_index(const struct round *r)
{
    return r->spec.focus < dimension_count(r) ? r->spec.focus : 0;
}

/* Overall first, then the focus, then, when all are asked, the others in the rubric's order. */
static void plan_scores(struct round *r)
{
    size_t count = dimension_count(r);

    r->asked = 0;
    r->blind[r->asked++] = (struct score){"", 0};
    if (count > 0)
        r->blind[r->asked++] = (struct score){r->spec.rubric->dimensions[focus_index(r)].id, 0};
    for (size_t i = 0; r->spec.all_dimensions && i < count; i++)
        if (i != focus_index(r))
            r->blind[r->asked++] = (struct score){r->spec.rubric->dimensions[i].id, 0};
    for (size_t i = 0; i < r->asked; i++)
        r->evidence[i] = (struct score){r->blind[i].dimension, 0};
}

static void shuffle_shown(struct round *r, struct rng *rng)
{
    size_t index[ROUND_SHOWN];
    size_t n = (size_t)r->spec.shown;

    for (size_t i = 0; i < n; i++)
        index[i] = i;
    rng_shuffle(rng, index, n);
    for (size_t i = 0; i < n; i++)
        r->order[i] = (int)index[i];
}

/* ---- the clock */

static bool is_timed(enum drill_step step)
{
    return step == DRILL_ANSWER || step == DRILL_PICK || step == DRILL_WHY || step == DRILL_AGAIN;
}

static void clock_stop(struct round *r, int64_t now)
{
    if (r->clock.started < 0)
        return;
    r->clock.spent_ms += now - r->clock.started;
    r->clock.started = -1;
}

static void clock_set(struct round *r, int64_t allotted_ms, int64_t spent_ms, int64_t now)
{
    r->clock = (struct round_clock){allotted_ms, spent_ms, r->paused ? -1 : now};
}

int64_t round_active_ms(const struct round *r, int64_t now)
{
    return r->clock.spent_ms + (r->clock.started < 0 ? 0 : now - r->clock.started);
}

int64_t round_left_ms(const struct round *r, int64_t now)
{
    return r->clock.allotted_ms - round_active_ms(r, now);
}

void round_pause(struct round *r, bool paused, int64_t now)
{
    if (paused == r->paused)
        return;
    r->paused = paused;
    if (paused)
        clock_stop(r, now);
    else if (is_timed(r->step))
        r->clock.started = now;
}

/* ---- steps */

void round_start(struct round *r, const struct round_spec *spec, int64_t now, int64_t spent_ms, struct rng *rng)
{
    *r = (struct round){.spec = *spec, .picked = -1};
    plan_scores(r);
    shuffle_shown(r, rng);
    r->step = picks(r) ? DRILL_PICK : DRILL_ANSWER;
    clock_set(r, spec->budget.answer_ms, spent_ms, now);
}

void round_enter(struct round *r, enum drill_step step, int64_t now, int64_t spent_ms)
{
    clock_stop(r, now);
    r->step = step;
    if (step == DRILL_AGAIN) {
        r->after_again = DRILL_SCHEDULE;
        clock_set(r, budget_again(r->spec.mode, &r->spec.budget).answer_ms, spent_ms, now);
    } else if (is_timed(step)) {
        clock_set(r, r->spec.budget.answer_ms, spent_ms, now);
    }
}

static void begin_scores(struct round *r, enum drill_step step)
{
    r->step = step;
    r->at = 0;
}

static void after_answer(struct round *r)
{
    if (r->spec.ask_principle)
        r->step = DRILL_PRINCIPLE;
    else
        begin_scores(r, DRILL_SCORE);
}

static void after_story(struct round *r)
{
    struct score given[ROUND_SCORES];

    r->step = round_blind(r, given) > 0 ? DRILL_EVIDENCE : DRILL_DONE;
}

static void after_evidence(struct round *r)
{
    if (picks(r) || r->rescored)
        r->step = DRILL_SCHEDULE;
    else
        begin_scores(r, DRILL_RESCORE);
}

bool round_submit(struct round *r, bool any_text, int64_t now)
{
    if (r->step != DRILL_ANSWER && r->step != DRILL_WHY && r->step != DRILL_AGAIN)
        return false;
    clock_stop(r, now);
    if (r->step == DRILL_AGAIN) {
        r->step = any_text ? DRILL_COMPARE : r->after_again;
    } else if (r->step == DRILL_WHY) {
        r->explained = any_text;
        r->step = DRILL_EVIDENCE;
    } else if (r->spec.mode == MODE_SPEAK) {
        r->step = DRILL_TICKS;
    } else {
        after_answer(r);
    }
    return true;
}

bool round_ticked(struct round *r)
{
    if (r->step != DRILL_TICKS)
        return false;
    after_answer(r);
    return true;
}

bool round_pick(struct round *r, int shown, int64_t now)
{
    if (r->step != DRILL_PICK || shown < 0 || shown >= r->spec.shown)
        return false;
    r->picked = shown;
    if (r->spec.kind == KIND_PAIR) { /* the clock goes on: saying why is part of the answer */
        r->step = DRILL_WHY;
        return true;
    }
    clock_stop(r, now);
    r->step = DRILL_EVIDENCE;
    return true;
}

bool round_principle(struct round *r)
{
    if (r->step != DRILL_PRINCIPLE)
        return false;
    begin_scores(r, DRILL_SCORE);
    return true;
}

static void after_score(struct round *r)
{
    if (r->step == DRILL_RESCORE) {
        r->rescored = true;
        r->step = DRILL_SCHEDULE;
    } else if (r->spec.ask_story) {
        r->step = DRILL_STORY;
    } else {
        after_story(r);
    }
}

bool round_score(struct round *r, int level)
{
    bool second = r->step == DRILL_RESCORE;

    if ((!second && r->step != DRILL_SCORE) || level < 0 || level > LEVELS)
        return false;
    if (second) {
        r->evidence[r->at].level = level ? level : r->blind[r->at].level;
        r->changed = r->changed || level > 0;
    } else {
        r->blind[r->at].level = level;
    }
    if (second && level == 0 && r->at == 0)
        r->at = r->asked; /* all of the first pass stands */
    else
        r->at++;
    if (r->at >= r->asked)
        after_score(r);
    return true;
}

bool round_story(struct round *r)
{
    if (r->step != DRILL_STORY)
        return false;
    after_story(r);
    return true;
}

bool round_next(struct round *r)
{
    if (r->step == DRILL_EVIDENCE)
        after_evidence(r);
    else if (r->step == DRILL_COMPARE && r->after_again == DRILL_EVIDENCE)
        after_evidence(r);
    else if (r->step == DRILL_COMPARE)
        r->step = r->after_again;
    else if (r->step == DRILL_SCHEDULE)
        r->step = DRILL_DONE;
    else
        return false;
    return true;
}

bool round_again(struct round *r, int64_t now)
{
    if (picks(r) || (r->step != DRILL_EVIDENCE && r->step != DRILL_SCHEDULE))
        return false;
    r->after_again = r->step;
    r->step = DRILL_AGAIN;
    clock_set(r, budget_again(r->spec.mode, &r->spec.budget).answer_ms, 0, now);
    return true;
}

bool round_rate(struct round *r, enum rating rating)
{
    if (r->step != DRILL_SCHEDULE || rating < RATING_AGAIN || rating > RATING_EASY)
        return false;
    r->rated = rating;
    return true;
}

bool round_set_mode(struct round *r, enum answer_mode m, struct budget b)
{
    if (r->step != DRILL_ANSWER || m == MODE_PICK || m >= MODE_COUNT)
        return false;
    r->spec.mode = m;
    r->spec.budget = b;
    r->clock.allotted_ms = b.answer_ms;
    return true;
}

/* ---- what a view asks */

const struct dimension *round_focus(const struct round *r)
{
    return dimension_count(r) > 0 ? &r->spec.rubric->dimensions[focus_index(r)] : NULL;
}

const struct dimension *round_dimension(const struct round *r)
{
    bool scoring = r->step == DRILL_SCORE || r->step == DRILL_RESCORE;

    if (!scoring || r->at == 0 || r->at >= r->asked)
        return NULL;
    for (size_t i = 0; i < dimension_count(r); i++)
        if (strcmp(r->spec.rubric->dimensions[i].id, r->blind[r->at].dimension) == 0)
            return &r->spec.rubric->dimensions[i];
    return NULL;
}

int round_level(const struct round *r, const char *dimension)
{
    for (size_t i = 0; i < r->asked; i++)
        if (strcmp(r->blind[i].dimension, dimension) == 0)
            return r->evidence[i].level ? r->evidence[i].level : r->blind[i].level;
    return 0;
}

bool round_is_right(const struct round *r)
{
    return r->picked >= 0 && r->order[r->picked] == r->spec.right;
}

static size_t given(const struct score *scores, size_t count, struct score *out)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (scores[i].level > 0)
            out[n++] = scores[i];
    return n;
}

size_t round_blind(const struct round *r, struct score *out)
{
    return given(r->blind, r->asked, out);
}

size_t round_evidence(const struct round *r, struct score *out)
{
    return r->changed ? given(r->evidence, r->asked, out) : 0;
}

static enum rating rating_of_pick(const struct round *r)
{
    if (r->picked < 0)
        return RATING_NONE;
    if (!round_is_right(r))
        return RATING_AGAIN;
    return r->spec.kind == KIND_PAIR && !r->explained ? RATING_HARD : RATING_GOOD;
}

enum rating round_rating(const struct round *r)
{
    struct score scores[ROUND_SCORES];
    size_t count = 0;

    if (r->rated != RATING_NONE)
        return r->rated;
    if (picks(r))
        return rating_of_pick(r);
    if (r->rescored)
        count = round_evidence(r, scores);
    if (count == 0)
        count = round_blind(r, scores);
    return rating_from_scores(scores, count);
}

bool round_is_graded(const struct round *r)
{
    switch (r->step) {
    case DRILL_ANSWER:
    case DRILL_TICKS:
    case DRILL_PICK:
    case DRILL_WHY:
    case DRILL_PRINCIPLE:
    case DRILL_SCORE:
    case DRILL_STORY:
        return false;
    case DRILL_EVIDENCE:
    case DRILL_RESCORE:
    case DRILL_AGAIN:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
    case DRILL_DONE:
        break;
    }
    return round_rating(r) != RATING_NONE;
}
