#include "practice/debrief_parts.h"

#include <string.h>

/* What was said about each principle that an interviewer had been given, against the bar of the target level. */

enum { MINUTE_MS = 60 * 1000, BAR_WITHOUT_RUBRIC = 3 };

bool stage_assigned(const struct debrief_stage *s, const char *principle)
{
    for (size_t i = 0; i < s->principles.count; i++) {
        if (strcmp(s->principles.at[i], principle) == 0) {
            return true;
        }
    }
    return false;
}

unsigned stage_bit(size_t stage)
{
    return stage < 32 ? 1u << stage : 0;
}

bool answer_counts(const struct debriefing *d, const struct debrief_answer *a, const char *principle)
{
    return strcmp(a->principle, principle) == 0 && a->stage < d->in->stage_count &&
           stage_assigned(&d->in->stages[a->stage], principle);
}

int64_t least_ms(const struct debrief_input *in)
{
    return (int64_t)((double)in->rules->min_minutes * MINUTE_MS * in->pace);
}

static int dimension_bar(const struct dimension *d, int target)
{
    return target >= 6 ? d->bar_l6 : d->bar_l5;
}

static const struct dimension *find_dimension(const struct rubric *r, const char *id)
{
    for (size_t i = 0; r && i < r->dimension_count; i++) {
        if (strcmp(r->dimensions[i].id, id) == 0) {
            return &r->dimensions[i];
        }
    }
    return NULL;
}

/* What the target asks for on the whole. */
static double whole_bar(const struct rubric *r, int target)
{
    double sum = 0;
    for (size_t i = 0; r && i < r->dimension_count; i++) {
        sum += dimension_bar(&r->dimensions[i], target);
    }
    return r && r->dimension_count > 0 ? sum / (double)r->dimension_count : BAR_WITHOUT_RUBRIC;
}

/* Over the dimensions; the overall level stands in where no dimension was scored. */
struct measure answer_measure(const struct debrief_answer *a, int target)
{
    struct measure of_dimensions = {0};
    struct measure overall = {0};
    for (size_t i = 0; i < a->score_count; i++) {
        const struct score *s = &a->scores[i];
        const struct dimension *dimension = find_dimension(a->rubric, s->dimension);
        struct measure *m = *s->dimension ? &of_dimensions : &overall;
        if (s->level > 0) {
            m->level += s->level;
            m->bar += dimension ? dimension_bar(dimension, target) : whole_bar(a->rubric, target);
            m->scores++;
        }
    }
    return of_dimensions.scores > 0 ? of_dimensions : overall;
}

bool answer_lowers(const struct debrief_answer *a, int target)
{
    struct measure m = answer_measure(a, target);
    return m.scores > 0 && m.level < m.bar;
}

bool bar_starved(const struct debriefing *d, const struct debrief_principle *p)
{
    return p->talked_ms < least_ms(d->in);
}

static enum bar judge(const struct debriefing *d, const struct debrief_principle *p)
{
    if (bar_starved(d, p) || p->scores == 0) {
        return BAR_NO_DATA;
    }
    return p->mean < p->bar ? BAR_LOWERS : p->mean >= p->bar + BAR_RAISE_MARGIN ? BAR_RAISES : BAR_MEETS;
}

static void add_answer(struct debriefing *d, struct debrief_principle *p, const struct debrief_answer *a,
                       struct measure *sum)
{
    struct measure m = answer_measure(a, d->in->target);
    sum->level += m.level;
    sum->bar += m.bar;
    sum->scores += m.scores;
    p->talked_ms += a->active_ms;
    p->answers++;
    p->lowered += answer_lowers(a, d->in->target);
    for (size_t i = 0; i < a->finding_count; i++) {
        p->findings += !a->findings[i].dismissed;
    }
}

static void measure(struct debriefing *d, struct debrief_principle *p)
{
    struct measure sum = {0};
    for (size_t i = 0; i < d->in->answer_count; i++) {
        if (answer_counts(d, &d->in->answers[i], p->id)) {
            add_answer(d, p, &d->in->answers[i], &sum);
        }
    }
    p->scores = sum.scores;
    if (sum.scores > 0) {
        p->mean = sum.level / sum.scores;
        p->bar = sum.bar / sum.scores;
    }
    p->against = judge(d, p);
}

static struct debrief_principle *find_or_add(struct debriefing *d, const char *id)
{
    struct debrief *out = d->out;
    for (size_t i = 0; i < out->principle_count; i++) {
        if (strcmp(out->principles[i].id, id) == 0) {
            return &out->principles[i];
        }
    }
    struct debrief_principle *p = &out->principles[out->principle_count++];
    *p = (struct debrief_principle){.id = id, .name = principle_name(d, id)};
    return p;
}

static void gather(struct debriefing *d)
{
    size_t most = 0;
    for (size_t i = 0; i < d->in->stage_count; i++) {
        most += d->in->stages[i].principles.count;
    }
    d->out->principles = arena_array(d->arena, most + 1, sizeof(*d->out->principles));
    for (size_t i = 0; i < d->in->stage_count; i++) {
        for (size_t k = 0; k < d->in->stages[i].principles.count; k++) {
            find_or_add(d, d->in->stages[i].principles.at[k])->stages |= stage_bit(i);
        }
    }
}

static void show_working(struct debriefing *d, const struct debrief_principle *p)
{
    struct strings *lines = &d->out->arithmetic;
    if (bar_starved(d, p)) {
        debrief_say(d, lines, "%s: %s of the %s that a judgement takes: %s.", p->name, clock_text(d, p->talked_ms),
                    clock_text(d, least_ms(d->in)), bar_names[BAR_NO_DATA]);
    } else if (p->scores == 0) {
        debrief_say(d, lines, "%s: no answer was scored: %s.", p->name, bar_names[BAR_NO_DATA]);
    } else {
        debrief_say(d, lines, "%s: mean %.2f of %u %s against %.2f for L%d, %+.2f: %s the bar.", p->name, p->mean,
                    p->scores, p->scores == 1 ? "score" : "scores", p->bar, d->in->target, p->mean - p->bar,
                    bar_names[p->against]);
    }
}

void debrief_principles(struct debriefing *d)
{
    gather(d);
    for (size_t i = 0; i < d->out->principle_count; i++) {
        measure(d, &d->out->principles[i]);
        show_working(d, &d->out->principles[i]);
    }
}
