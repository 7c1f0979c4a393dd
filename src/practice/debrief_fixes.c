#include "practice/debrief_parts.h"

#include "pmprep/bank/taxonomy.h"

#include <string.h>

/* Three things to fix first, each with what drills it: findings that came back, by their weight over all answers, then
 * principles that lowered the bar, then principles that got too little time, then findings of one answer only. */

static const struct flaw_text flaw_texts[FLAW_COUNT] = {
    {"we-fog", "hid who acted", "say what you decided yourself"},
    {"blame", "put the fault on others", "your own share of what went wrong"},
    {"no-number", "had no number", "numbers with baseline and period"},
    {"tech-metric-only", "measured only the machine", "what the customer and the business gained"},
    {"solution-first", "began with the solution", "the customer and the pain before the solution"},
    {"implementation-heavy", "explained the inside at length", "one sentence on how it works, then leave it"},
    {"vague-claim", "leaned on adjectives", "figures in the place of adjectives"},
    {"hedging", "took claims back", "claims with how sure you are, or plain"},
    {"no-result", "had no result", "an end that says what changed"},
    {"no-decision", "rejected no option", "the option you rejected, and its price"},
    {"escape-narrative", "told what you flee", "what draws you, in the place of what you leave"},
    {"rambling", "circled", "a headline and half the scene"},
    {"jargon", "used words that a neighbour would not know", "plain words for short forms"},
    {"naked-number", "had no baseline", "a baseline, a period and a comparison for each number"},
    {"project-plan", "gave a plan for an answer", "what and why before when and who"},
    {"no-learning", "changed no belief", "a lesson, and where you used it"},
    {"hypothetical", "told a habit and no event", "one real event with a date"},
};

const struct flaw_text *flaw_text(const char *rule)
{
    for (size_t i = 0; i < FLAW_COUNT; i++) {
        if (strcmp(flaw_texts[i].flaw, rule) == 0) {
            return &flaw_texts[i];
        }
    }
    return NULL;
}

static bool has_room(const struct debriefing *d)
{
    return d->out->fix_count < DEBRIEF_FIXES;
}

static bool is_listed(const struct debriefing *d, const char *filter)
{
    for (size_t i = 0; i < d->out->fix_count; i++) {
        if (strcmp(d->out->fixes[i].filter, filter) == 0) {
            return true;
        }
    }
    return false;
}

static void add_fix(struct debriefing *d, struct debrief_fix fix)
{
    if (has_room(d) && !is_listed(d, fix.filter)) {
        d->out->fixes[d->out->fix_count++] = fix;
    }
}

/* ---- findings */

struct habit_weight {
    const char *rule, *message;
    unsigned answers, weight; /* the weight counts a rule once an answer */
};

static void count_finding(struct habit_weight *all, size_t *count, const struct finding *f)
{
    size_t i = 0;
    while (i < *count && strcmp(all[i].rule, f->rule) != 0) {
        i++;
    }
    if (i == *count) {
        all[(*count)++] = (struct habit_weight){.rule = f->rule, .message = f->message};
    }
    all[i].answers++;
    all[i].weight += severity_weight(f);
}

static bool is_repeated(const struct debrief_answer *a, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (!a->findings[i].dismissed && strcmp(a->findings[i].rule, a->findings[at].rule) == 0) {
            return true;
        }
    }
    return false;
}

static size_t count_findings(struct debriefing *d, struct habit_weight **out)
{
    size_t most = 0;
    size_t count = 0;
    for (size_t i = 0; i < d->in->answer_count; i++) {
        most += d->in->answers[i].finding_count;
    }
    *out = arena_array(d->arena, most + 1, sizeof(**out));
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        for (size_t k = 0; k < a->finding_count; k++) {
            if (!a->findings[k].dismissed && !is_repeated(a, k)) {
                count_finding(*out, &count, &a->findings[k]);
            }
        }
    }
    return count;
}

static struct habit_weight *heaviest(struct habit_weight *all, size_t count, unsigned least)
{
    struct habit_weight *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (all[i].answers >= least && all[i].weight > 0 && (!best || all[i].weight > best->weight)) {
            best = &all[i];
        }
    }
    return best;
}

/* A rule of the user's own is no flaw that a drill knows; any behavioural question serves. */
static void fix_finding(struct debriefing *d, const struct habit_weight *h)
{
    const struct flaw_text *known = flaw_text(h->rule);
    add_fix(d, (struct debrief_fix){
                   .text = known ? known->fix : h->message,
                   .filter = known ? arena_printf(d->arena, "flaw:%s", h->rule) : "kind:behavioural",
                   .why = arena_printf(d->arena, "%s in %u of %zu answers", h->rule, h->answers, d->in->answer_count),
               });
}

static void fix_findings(struct debriefing *d, struct habit_weight *all, size_t count, unsigned least)
{
    struct habit_weight *next;
    while (has_room(d) && (next = heaviest(all, count, least)) != NULL) {
        fix_finding(d, next);
        next->weight = 0;
    }
}

/* ---- principles */

static void fix_principle(struct debriefing *d, const struct debrief_principle *p, const char *text, const char *why)
{
    add_fix(d, (struct debrief_fix){text, arena_printf(d->arena, "principle:%s", p->id), why});
}

static void fix_lowered(struct debriefing *d)
{
    for (size_t i = 0; i < d->out->principle_count; i++) {
        const struct debrief_principle *p = &d->out->principles[i];
        if (p->against == BAR_LOWERS) {
            fix_principle(d, p, arena_printf(d->arena, "%s up to the bar", p->name),
                          arena_printf(d->arena, "mean %.1f where %.1f is asked", p->mean, p->bar));
        }
    }
}

static void fix_starved(struct debriefing *d)
{
    for (size_t i = 0; i < d->out->principle_count; i++) {
        const struct debrief_principle *p = &d->out->principles[i];
        if (bar_starved(d, p)) {
            fix_principle(d, p, arena_printf(d->arena, "a first story that leaves time for %s", p->name),
                          arena_printf(d->arena, "%s of the %s it takes", clock_text(d, p->talked_ms),
                                       clock_text(d, least_ms(d->in))));
        }
    }
}

void debrief_fixes(struct debriefing *d)
{
    struct habit_weight *all;
    size_t count = count_findings(d, &all);
    fix_findings(d, all, count, HABIT_LEAST);
    fix_lowered(d);
    fix_starved(d);
    fix_findings(d, all, count, 1);
}
