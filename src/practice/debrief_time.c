#include "practice/debrief_parts.h"

/* Where the time went. Typed and spoken time stay apart: a typed minute says nothing about a spoken one. */

enum { LATE_PERCENT = 33, WORDS_LEAST = 40 };

static void show_overruns(struct debriefing *d)
{
    for (size_t i = 0; i < d->in->stage_count; i++) {
        const struct debrief_stage *s = &d->in->stages[i];
        if (s->stopped || s->active_ms > s->allotted_ms) {
            debrief_say(d, &d->out->time_use, "%s %s: %s of %s.", stage_text(d, i),
                        s->stopped ? "ended at its hard stop" : "ran over", clock_text(d, s->active_ms),
                        clock_text(d, s->allotted_ms));
        }
    }
}

static int64_t time_on(const struct debriefing *d, const char *principle, unsigned stage)
{
    int64_t sum = 0;
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        sum += a->stage == stage && answer_counts(d, a, principle) ? a->active_ms : 0;
    }
    return sum;
}

/* A principle of an interview that got less than the least while a sister got more than that. */
static void show_starved(struct debriefing *d, unsigned stage)
{
    const struct strings *names = &d->in->stages[stage].principles;
    const char *longest = NULL;
    for (size_t i = 0; i < names->count; i++) {
        if (!longest || time_on(d, names->at[i], stage) > time_on(d, longest, stage)) {
            longest = names->at[i];
        }
    }
    for (size_t i = 0; i < names->count; i++) {
        int64_t had = time_on(d, names->at[i], stage);
        int64_t most = time_on(d, longest, stage);
        if (had < least_ms(d->in) && most >= least_ms(d->in)) {
            debrief_say(d, &d->out->time_use, "Interview %u: %s took %s and starved %s, which got %s.", stage + 1,
                        principle_name(d, longest), clock_text(d, most), principle_name(d, names->at[i]),
                        clock_text(d, had));
        }
    }
}

/* The share of the words before the first customer, in percent; 100: none is named. */
static int customer_percent(const struct answer_view *v)
{
    const struct text *t = answer_text(v);
    for (size_t i = 0; i < t->token_count; i++) {
        if (class_has(&t->tokens[i].classes, CLASS_CUSTOMERS)) {
            return (int)(t->tokens[i].word * 100 / t->word_count);
        }
    }
    return 100;
}

static void show_customer(struct debriefing *d, size_t at)
{
    const struct debrief_answer *a = &d->in->answers[at];
    const struct answer_view *v = d->views[at];
    if (!v || answer_text(v)->word_count < WORDS_LEAST || !answer_text(v)->english) {
        return;
    }
    int percent = customer_percent(v);
    const char *about = *a->principle ? principle_name(d, a->principle) : "the case";
    if (percent == 100) {
        debrief_say(d, &d->out->time_use, "Interview %u, %s: no customer was named in %s.", a->stage + 1, about,
                    clock_text(d, a->active_ms));
    } else if (percent > LATE_PERCENT) {
        debrief_say(d, &d->out->time_use,
                    "Interview %u, %s: %d%% of the answer, about %s of %s, before the first customer was "
                    "named.",
                    a->stage + 1, about, percent, clock_text(d, a->active_ms * percent / 100),
                    clock_text(d, a->active_ms));
    }
}

static void show_totals(struct debriefing *d)
{
    int64_t allotted = 0;
    int64_t active = 0;
    for (size_t i = 0; i < d->in->stage_count; i++) {
        allotted += d->in->stages[i].allotted_ms;
        active += d->in->stages[i].active_ms;
        d->out->typed_ms += d->in->stages[i].typed_ms;
        d->out->spoken_ms += d->in->stages[i].spoken_ms;
    }
    debrief_say(d, &d->out->time_use,
                "Interviews: %s of %s. Spoken %s, typed %s; the two are not the same kind of time.",
                clock_text(d, active), clock_text(d, allotted), clock_text(d, d->out->spoken_ms),
                clock_text(d, d->out->typed_ms));
}

void debrief_time(struct debriefing *d)
{
    for (unsigned i = 0; i < d->in->stage_count; i++) {
        show_starved(d, i);
    }
    show_overruns(d);
    for (size_t i = 0; i < d->in->answer_count; i++) {
        show_customer(d, i);
    }
    show_totals(d);
}
