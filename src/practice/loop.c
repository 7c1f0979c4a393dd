#include "pmprep/practice/loop.h"

#include "pmprep/base/rng.h"

/* The run of a loop: its phases and its clocks. */

enum { SPARE_MINUTES = 5 }; /* left of the part, at pace 1, for a spare question to be begun */

void loop_start(struct loop_run *r)
{
    *r = (struct loop_run){.phase = LOOP_BREAK};
}

const struct loop_stage *loop_stage_at(const struct loop_plan *p, const struct loop_run *r)
{
    return r->phase != LOOP_OVER && r->stage < p->stage_count ? &p->stages[r->stage] : NULL;
}

const struct loop_part *loop_part_at(const struct loop_plan *p, const struct loop_run *r)
{
    const struct loop_stage *s = r->phase != LOOP_BREAK ? loop_stage_at(p, r) : NULL;
    return s && r->part < s->part_count ? &s->parts[r->part] : NULL;
}

const struct loop_question *loop_question_at(const struct loop_plan *p, const struct loop_run *r)
{
    const struct loop_part *part = loop_part_at(p, r);
    return part && r->question < part->question_count ? &part->questions[r->question] : NULL;
}

/* ---- time */

bool loop_is_timed(enum loop_phase phase)
{
    return phase != LOOP_BREAK && phase != LOOP_TICKS && phase != LOOP_OVER;
}

void loop_spend(const struct loop_plan *p, struct loop_run *r, int64_t ms, bool spoken)
{
    if (ms <= 0 || !loop_is_timed(r->phase) || !loop_part_at(p, r)) {
        return;
    }
    struct loop_spent *spent = &r->spent[r->stage];
    spent->part_ms[r->part] += ms;
    *(spoken ? &spent->spoken_ms : &spent->typed_ms) += ms;
    r->answer_ms += ms;
}

int64_t loop_part_left(const struct loop_plan *p, const struct loop_run *r)
{
    const struct loop_part *part = loop_part_at(p, r);
    return part ? part->allotted_ms - r->spent[r->stage].part_ms[r->part] : 0;
}

static int64_t allotted_from(const struct loop_stage *s, size_t part)
{
    int64_t sum = 0;
    for (; part < s->part_count; part++) {
        sum += s->parts[part].allotted_ms;
    }
    return sum;
}

int64_t loop_stage_left(const struct loop_plan *p, const struct loop_run *r)
{
    const struct loop_stage *s = loop_stage_at(p, r);
    if (!s) {
        return 0;
    }
    if (r->phase == LOOP_BREAK) {
        return allotted_from(s, 0);
    }
    int64_t part = loop_part_left(p, r);
    return (part > 0 ? part : 0) + allotted_from(s, r->part + 1);
}

int64_t loop_left(const struct loop_plan *p, const struct loop_run *r)
{
    int64_t sum = loop_stage_left(p, r);
    for (size_t i = r->stage + 1; i < p->stage_count; i++) {
        sum += allotted_from(&p->stages[i], 0);
    }
    return sum;
}

/* ---- steps */

static void stand(struct loop_run *r, enum loop_phase phase)
{
    r->phase = phase;
    r->answer_ms = 0;
}

static enum loop_phase phase_of(enum part_asks asks)
{
    switch (asks) {
    case PART_BACKGROUND:
        return LOOP_BACKGROUND;
    case PART_WRITING:
        return LOOP_WRITING;
    case PART_QUESTIONS:
        return LOOP_QUESTIONS;
    case PART_PRINCIPLES:
    case PART_CASE:
    case PART_TRANSITION:
    case PART_AGENDA:
    case PART_COUNT:
        break;
    }
    return LOOP_ANSWER;
}

static void ask_question(struct loop_run *r, unsigned question)
{
    r->question = question;
    r->depth = 0;
    r->twists = 0;
    r->spent[r->stage].asked[r->part] = question + 1;
}

static void enter_part(const struct loop_plan *p, struct loop_run *r, unsigned part)
{
    const struct loop_stage *s = &p->stages[r->stage];
    r->part = part;
    if (part < s->part_count) {
        stand(r, phase_of(s->parts[part].part->asks));
        ask_question(r, 0);
        return;
    }
    r->stage++;
    r->part = r->question = r->depth = r->cut_ins = r->twists = 0;
    stand(r, r->stage < p->stage_count ? LOOP_BREAK : LOOP_OVER);
}

void loop_begin(const struct loop_plan *p, struct loop_run *r)
{
    enter_part(p, r, 0);
}

void loop_to_ticks(struct loop_run *r)
{
    stand(r, LOOP_TICKS);
}

void loop_to_probe(struct loop_run *r)
{
    r->depth++;
    stand(r, LOOP_PROBE);
}

void loop_next_part(const struct loop_plan *p, struct loop_run *r)
{
    enter_part(p, r, r->part + 1);
}

void loop_hard_stop(const struct loop_plan *p, struct loop_run *r)
{
    r->spent[r->stage].stopped = true;
    loop_next_part(p, r);
}

void loop_next_question(const struct loop_plan *p, struct loop_run *r)
{
    const struct loop_part *part = loop_part_at(p, r);
    unsigned next = r->question + 1;
    int64_t left = loop_part_left(p, r);
    if (part && next < part->question_count) {
        int64_t needed = part->questions[next].spare ? (int64_t)(SPARE_MINUTES * 60000 * p->pace) : 1;
        if (left >= needed) {
            stand(r, LOOP_ANSWER);
            ask_question(r, next);
            return;
        }
        if (left <= 0) {
            r->spent[r->stage].stopped = true;
        }
    }
    loop_next_part(p, r);
}

bool loop_is_due(const struct loop_plan *p, const struct loop_run *r)
{
    return loop_is_timed(r->phase) && loop_part_at(p, r) && loop_part_left(p, r) <= 0;
}

unsigned loop_starved(const struct loop_plan *p, const struct loop_run *r, unsigned stage)
{
    unsigned starved = 0;
    if (stage > r->stage || stage >= p->stage_count) {
        return 0;
    }
    const struct loop_stage *s = &p->stages[stage];
    for (size_t i = 0; i < s->part_count && (stage < r->stage || i < r->part); i++) {
        for (size_t k = r->spent[stage].asked[i]; k < s->parts[i].question_count; k++) {
            starved += !s->parts[i].questions[k].spare;
        }
    }
    return starved;
}

/* ---- what comes into an answer */

/* Parts in which questions are answered aloud, and the time they were given or spent. */
static int64_t answering_ms(const struct loop_stage *s, const struct loop_spent *spent)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->part_count; i++) {
        if (phase_of(s->parts[i].part->asks) == LOOP_ANSWER) {
            sum += spent ? spent->part_ms[i] : s->parts[i].allotted_ms;
        }
    }
    return sum;
}

bool loop_cuts_in(const struct loop_plan *p, const struct loop_run *r)
{
    const struct loop_stage *s = loop_stage_at(p, r);
    if (r->phase != LOOP_ANSWER || !s || s->stage->probes != PROBES_INTERRUPTING ||
        r->cut_ins >= s->stage->interruptions.count) {
        return false;
    }
    struct rng rng;
    rng_seed(&rng, p->seed ^ ((uint64_t)r->stage << 32 | r->cut_ins));
    double at = ((double)r->cut_ins + 0.2 + 0.6 * rng_unit(&rng)) / (double)s->stage->interruptions.count;
    return (double)answering_ms(s, &r->spent[r->stage]) >= at * (double)answering_ms(s, NULL);
}

bool loop_turns(const struct loop_plan *p, const struct loop_run *r, const struct twist *twists, size_t count)
{
    const struct loop_part *part = loop_part_at(p, r);
    if (!part || part->part->asks != PART_CASE || r->twists >= count ||
        (r->phase != LOOP_ANSWER && r->phase != LOOP_PROBE)) {
        return false;
    }
    int64_t at = (int64_t)(twists[r->twists].minute * 60000.0 * p->pace);
    if (at * 10 >= part->allotted_ms * 9) {
        at = part->allotted_ms / 2;
    }
    return r->spent[r->stage].part_ms[r->part] >= at;
}
