#include "practice/debrief_parts.h"

#include <string.h>

/* Why the verdict is what it is: lowered principles first, then votes against and votes that changed, what was
 * raised, and what could not be judged. */

/* ---- why a principle was lowered */

struct shared {
    const char *rule;
    unsigned answers; /* of those that lowered */
    unsigned weight;
};

static bool answer_lowered(const struct debriefing *d, const struct debrief_answer *a, const char *principle)
{
    return answer_counts(d, a, principle) && answer_lowers(a, d->in->target);
}

static unsigned count_with(const struct debriefing *d, const char *principle, const char *rule)
{
    unsigned count = 0;
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        count += answer_lowered(d, a, principle) && answer_has(a, rule);
    }
    return count;
}

/* What most of the answers that lowered have in common; the heavier one among equals. */
static struct shared find_shared(const struct debriefing *d, const char *principle)
{
    struct shared best = {0};
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        for (size_t k = 0; answer_lowered(d, a, principle) && k < a->finding_count; k++) {
            struct shared s = {a->findings[k].rule, 0, severity_weight(&a->findings[k])};
            s.answers = s.weight > 0 ? count_with(d, principle, s.rule) : 0;
            if (s.answers > best.answers || (s.answers == best.answers && s.weight > best.weight)) {
                best = s;
            }
        }
    }
    return best;
}

static unsigned lowering_stages(const struct debriefing *d, const char *principle)
{
    unsigned stages = 0;
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        stages |= answer_lowered(d, a, principle) ? stage_bit(a->stage) : 0;
    }
    return stages;
}

static const char *answers_text(struct debriefing *d, unsigned some, unsigned all)
{
    if (some < all) {
        return arena_printf(d->arena, "%u of %u answers", some, all);
    }
    return all == 1 ? "the answer" : all == 2 ? "both answers" : arena_printf(d->arena, "all %u answers", all);
}

static const char *fault_text(struct debriefing *d, const struct debrief_principle *p)
{
    struct shared s = find_shared(d, p->id);
    const struct flaw_text *known = s.rule ? flaw_text(s.rule) : NULL;
    if (!s.rule) {
        return arena_printf(d->arena, "mean %.1f where %.1f is asked", p->mean, p->bar);
    }
    return arena_printf(d->arena, "%s %s", answers_text(d, s.answers, p->lowered),
                        known ? known->had : arena_printf(d->arena, "had the finding %s", s.rule));
}

static void tell_lowered(struct debriefing *d, const struct debrief_principle *p)
{
    debrief_say(d, &d->out->reasons, "%s lowered the bar %s: %s (%s).", p->name, times_text(d, p->lowered),
                fault_text(d, p), interviews_text(d, lowering_stages(d, p->id)));
}

/* The farthest below its bar first. */
static void tell_all_lowered(struct debriefing *d)
{
    const struct debrief *out = d->out;
    for (size_t told = 0; told < out->principle_count; told++) {
        const struct debrief_principle *next = NULL;
        for (size_t i = 0; i < out->principle_count; i++) {
            const struct debrief_principle *p = &out->principles[i];
            size_t before = 0;
            for (size_t k = 0; k < out->principle_count; k++) {
                const struct debrief_principle *q = &out->principles[k];
                bool ahead = q->mean - q->bar < p->mean - p->bar || (q->mean - q->bar <= p->mean - p->bar && k < i);
                before += q->against == BAR_LOWERS && ahead;
            }
            if (p->against == BAR_LOWERS && before == told) {
                next = p;
            }
        }
        if (next) {
            tell_lowered(d, next);
        }
    }
}

/* ---- what was raised, and what is missing */

static void tell_offset(struct debriefing *d)
{
    unsigned lowered = 0;
    unsigned raised = 0;
    for (size_t i = 0; i < d->out->principle_count; i++) {
        lowered += d->out->principles[i].against == BAR_LOWERS;
        raised += d->out->principles[i].against == BAR_RAISES;
    }
    if (lowered > 0 && d->in->rules->raises_to_offset > 0) {
        debrief_say(d, &d->out->reasons, "One lowered principle blocks unless %u are raised; %u %s.%s",
                    d->in->rules->raises_to_offset, raised, raised == 1 ? "was" : "were", doctrine_mark);
    }
}

static void tell_raised(struct debriefing *d)
{
    for (size_t i = 0; i < d->out->principle_count; i++) {
        const struct debrief_principle *p = &d->out->principles[i];
        if (p->against == BAR_RAISES) {
            debrief_say(d, &d->out->reasons, "%s raised the bar: mean %.1f where %.1f is asked (%s).", p->name, p->mean,
                        p->bar, interviews_text(d, p->stages));
        }
    }
}

static void tell_missing(struct debriefing *d)
{
    for (size_t i = 0; i < d->out->principle_count; i++) {
        const struct debrief_principle *p = &d->out->principles[i];
        if (p->against != BAR_NO_DATA) {
            continue;
        }
        const char *why = bar_starved(d, p) ? arena_printf(d->arena, "%s of the %s it takes",
                                                           clock_text(d, p->talked_ms), clock_text(d, least_ms(d->in)))
                                            : "no answer was scored";
        debrief_say(d, &d->out->reasons, "%s has %s: %s (%s).", p->name, bar_names[BAR_NO_DATA], why,
                    interviews_text(d, p->stages));
    }
}

/* ---- votes */

static void tell_votes(struct debriefing *d)
{
    for (size_t i = 0; i < d->in->stage_count; i++) {
        const struct debrief_stage *s = &d->in->stages[i];
        enum vote v = final_vote(s);
        const char *role = s->bar_raiser ? ", as the bar raiser" : "";
        if (s->before < VOTE_COUNT && s->after < VOTE_COUNT && s->before != s->after) {
            debrief_say(d, &d->out->reasons, "%s went from %s to %s%s%s%s", stage_text(d, i), vote_titles[s->before],
                        vote_titles[s->after], role, *s->reason ? ": " : ".", s->reason);
        } else if (v == VOTE_NOT_INCLINED || v == VOTE_STRONG_NO || v == VOTE_INCLINED_LOWER) {
            debrief_say(d, &d->out->reasons, "%s voted %s%s.", stage_text(d, i), vote_titles[v], role);
        }
    }
}

void debrief_reasons(struct debriefing *d)
{
    tell_all_lowered(d);
    tell_offset(d);
    tell_votes(d);
    tell_raised(d);
    tell_missing(d);
}
