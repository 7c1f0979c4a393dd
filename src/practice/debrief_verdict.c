#include "practice/debrief_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Three ways to read the votes. Each reading is a vote for every interview, then the loop's rules over them. */

struct reading {
    const char *name;
    enum vote *votes; /* of every interview */
};

const char *const vote_titles[VOTE_COUNT] = {
    [VOTE_STRONG_HIRE] = "strong hire",
    [VOTE_INCLINED] = "inclined",
    [VOTE_INCLINED_LOWER] = "inclined, one level lower",
    [VOTE_NOT_INCLINED] = "not inclined",
    [VOTE_STRONG_NO] = "strong no",
};

static const char *vote_title(enum vote v)
{
    return v < VOTE_COUNT ? vote_titles[v] : "not voted";
}

static enum verdict vote_verdict(enum vote v)
{
    static const enum verdict verdicts[VOTE_COUNT] = {
        [VOTE_STRONG_HIRE] = VERDICT_YES, [VOTE_INCLINED] = VERDICT_YES, [VOTE_INCLINED_LOWER] = VERDICT_LOWER,
        [VOTE_NOT_INCLINED] = VERDICT_NO, [VOTE_STRONG_NO] = VERDICT_NO,
    };
    return v < VOTE_COUNT ? verdicts[v] : VERDICT_NONE;
}

/* The worse of two; no verdict stays none. */
static enum verdict worse(enum verdict a, enum verdict b)
{
    return a < b ? a : b;
}

static size_t manager_stage(const struct debrief_input *in)
{
    for (size_t i = 0; i < in->stage_count; i++) {
        if (in->stages[i].hiring_manager) {
            return i;
        }
    }
    return 0;
}

/* ---- the loop's rules over one reading */

static enum verdict manager_decides(struct debriefing *d, const struct reading *r)
{
    size_t at = manager_stage(d->in);
    enum verdict v = vote_verdict(r->votes[at]);
    debrief_say(d, &d->out->arithmetic, "%s: the hiring manager decides, interview %zu (%s): %s.%s", r->name, at + 1,
                d->in->stages[at].title, vote_title(r->votes[at]), doctrine_mark);
    return v;
}

/* More than half, counting those for one level lower as a hire at that level; a missing vote leaves it open. */
static enum verdict most_decide(struct debriefing *d, const struct reading *r)
{
    size_t counts[VERDICT_YES + 1] = {0};
    for (size_t i = 0; i < d->in->stage_count; i++) {
        counts[vote_verdict(r->votes[i])]++;
    }
    size_t half = d->in->stage_count / 2;
    debrief_say(d, &d->out->arithmetic, "%s: the interviewers decide: %zu for it, %zu one level lower, %zu against.",
                r->name, counts[VERDICT_YES], counts[VERDICT_LOWER], counts[VERDICT_NO]);
    if (counts[VERDICT_NONE] > 0) {
        return VERDICT_NONE;
    }
    return counts[VERDICT_YES] > half                           ? VERDICT_YES
           : counts[VERDICT_YES] + counts[VERDICT_LOWER] > half ? VERDICT_LOWER
                                                                : VERDICT_NO;
}

static enum verdict nobody_decides(struct debriefing *d, const struct reading *r)
{
    debrief_say(d, &d->out->arithmetic, "%s: nobody decides in this loop.", r->name);
    return VERDICT_NONE;
}

typedef enum verdict decide_fn(struct debriefing *d, const struct reading *r);
static decide_fn *const deciders[DECIDER_COUNT] = {
    [DECIDER_HIRING_MANAGER] = manager_decides,
    [DECIDER_INTERVIEWERS] = most_decide,
    [DECIDER_NOBODY] = nobody_decides,
};

/* A bar raiser who has not voted has not consented: nothing is decided then, unless it is a no already. */
static enum verdict ask_bar_raiser(struct debriefing *d, const struct reading *r, enum verdict v)
{
    for (size_t i = 0; i < d->in->stage_count; i++) {
        if (d->in->stages[i].bar_raiser && v > VERDICT_NO) {
            v = worse(v, vote_verdict(r->votes[i]));
            debrief_say(d, &d->out->arithmetic, "%s: the bar raiser must consent, interview %zu (%s): %s.%s", r->name,
                        i + 1, d->in->stages[i].title, vote_title(r->votes[i]), doctrine_mark);
        }
    }
    return v;
}

static enum verdict decide(struct debriefing *d, const struct reading *r)
{
    if (d->in->stage_count == 0) {
        return VERDICT_NONE;
    }
    enum verdict v = deciders[d->in->rules->decides](d, r);
    return d->in->rules->bar_raiser_consents ? ask_bar_raiser(d, r, v) : v;
}

/* ---- the user's bias */

/* Levels are whole, so the bias is rounded; half a level counts. */
static int bias_steps(const struct debrief_input *in)
{
    return in->bias_n > 0 ? (int)lround(in->bias) : 0;
}

/* Along the votes that the loop knows; one that it does not know stays. */
static enum vote moved(const struct debrief_input *in, enum vote v, int steps)
{
    const struct strings *scale = &in->rules->scale;
    for (size_t i = 0; i < scale->count; i++) {
        if (v < VOTE_COUNT && strcmp(scale->at[i], vote_words.names[v]) == 0) {
            int to = (int)i + steps;
            int last = (int)scale->count - 1;
            int value = (int)v;
            words_find(&vote_words, sv_from(scale->at[to < 0 ? 0 : to > last ? last : to]), &value);
            return (enum vote)value;
        }
    }
    return v;
}

static void show_bias(struct debriefing *d)
{
    const struct debrief_input *in = d->in;
    if (in->bias_n == 0) {
        debrief_say(d, &d->out->arithmetic,
                    "After your usual bias: unknown, no answer was scored before and after its evidence "
                    "(n = 0).");
        return;
    }
    debrief_say(d, &d->out->arithmetic,
                "After your usual bias: you score %+.1f levels against the evidence (n = %u), so each "
                "vote moves %d %s %s.",
                in->bias, in->bias_n, abs(bias_steps(in)), abs(bias_steps(in)) == 1 ? "step" : "steps",
                in->bias < 0 ? "up" : "down");
}

/* ---- the biggest risk */

static double worst_bias(const struct debrief_input *in)
{
    return in->bias_n > 0 && in->bias > 0 ? in->bias : 0;
}

/* How many answers on the principle have a finding of the strongest severity. */
static unsigned answers_with_error(const struct debriefing *d, const struct debrief_principle *p)
{
    unsigned count = 0;
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        bool found = false;
        for (size_t k = 0; answer_counts(d, a, p->id) && k < a->finding_count; k++) {
            found = found || severity_weight(&a->findings[k]) == 3;
        }
        count += found;
    }
    return count;
}

/* The pessimist takes the bias off the mean, believes no raise with an error in it, and reads a principle whose every
 * answer has one as lowered. */
static enum bar pessimistic_bar(struct debriefing *d, const struct debrief_principle *p)
{
    if (p->against == BAR_NO_DATA) {
        return BAR_NO_DATA;
    }
    unsigned errors = answers_with_error(d, p);
    double mean = p->mean - worst_bias(d->in);
    if (mean < p->bar || errors == p->answers) {
        return BAR_LOWERS;
    }
    return mean >= p->bar + BAR_RAISE_MARGIN && errors == 0 ? BAR_RAISES : BAR_MEETS;
}

static enum verdict count_bars(struct debriefing *d, enum verdict v)
{
    unsigned counts[BAR_RAISES + 1] = {0};
    unsigned needed = d->in->rules->raises_to_offset;
    for (size_t i = 0; i < d->out->principle_count; i++) {
        const struct debrief_principle *p = &d->out->principles[i];
        enum bar bar = pessimistic_bar(d, p);
        counts[bar]++;
        if (bar != p->against) {
            debrief_say(d, &d->out->arithmetic,
                        "Biggest risk: %s counts as \"%s\": mean %.2f less %.1f bias, an error in %u of "
                        "%u %s.",
                        p->name, bar_names[bar], p->mean, worst_bias(d->in), answers_with_error(d, p), p->answers,
                        p->answers == 1 ? "answer" : "answers");
        }
    }
    bool blocks = needed > 0 && counts[BAR_LOWERS] > 0 && counts[BAR_RAISES] < needed;
    debrief_say(d, &d->out->arithmetic, "Biggest risk: %u lowered, %u raised; %s%s.%s", counts[BAR_LOWERS],
                counts[BAR_RAISES],
                needed > 0 ? arena_printf(d->arena, "one lowered blocks unless %u are raised: ", needed)
                           : "a lowered principle does not block in this loop",
                needed == 0 ? ""
                : blocks    ? "blocked"
                            : "not blocked",
                doctrine_mark);
    return blocks ? worse(v, VERDICT_NO) : v;
}

/* ---- the readings */

static enum vote worst_vote(const struct debriefing *d, size_t stage)
{
    const struct debrief_stage *s = &d->in->stages[stage];
    enum vote final = final_vote(s);
    enum vote moved_down = moved(d->in, final, bias_steps(d->in) > 0 ? bias_steps(d->in) : 0);
    enum vote worst = s->before != VOTE_COUNT && s->before > final ? s->before : final;
    return moved_down > worst ? moved_down : worst;
}

static void conclude(struct debriefing *d, const struct reading *r, enum verdict v)
{
    debrief_say(d, &d->out->arithmetic, "%s: %s.", r->name, verdict_names[v]);
}

static struct reading reading(struct debriefing *d, const char *name)
{
    return (struct reading){name, arena_array(d->arena, d->in->stage_count + 1, sizeof(enum vote))};
}

static void read_as_voted(struct debriefing *d)
{
    struct reading r = reading(d, "As voted");
    for (size_t i = 0; i < d->in->stage_count; i++) {
        r.votes[i] = final_vote(&d->in->stages[i]);
    }
    d->out->as_voted = decide(d, &r);
    conclude(d, &r, d->out->as_voted);
}

static void read_after_bias(struct debriefing *d)
{
    struct reading r = reading(d, "After your usual bias");
    show_bias(d);
    if (d->in->bias_n == 0) {
        return;
    }
    for (size_t i = 0; i < d->in->stage_count; i++) {
        r.votes[i] = moved(d->in, final_vote(&d->in->stages[i]), bias_steps(d->in));
    }
    d->out->after_bias = decide(d, &r);
    conclude(d, &r, d->out->after_bias);
}

static void read_at_risk(struct debriefing *d)
{
    struct reading r = reading(d, "Biggest risk");
    for (size_t i = 0; i < d->in->stage_count; i++) {
        r.votes[i] = worst_vote(d, i);
    }
    d->out->at_risk = decide(d, &r);
    if (d->out->principle_count > 0) {
        d->out->at_risk = count_bars(d, d->out->at_risk);
    }
    conclude(d, &r, d->out->at_risk);
}

void debrief_verdict(struct debriefing *d)
{
    read_as_voted(d);
    read_after_bias(d);
    read_at_risk(d);
}
