#include "pmprep/practice/loop.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/rng.h"

#include <string.h>

/* What a run of a loop asks, by whom and for how long. */

enum {
    MINUTES_A_PRINCIPLE = 8,  /* with follow-ups; a spare question needs as much again */
    MINUTES_A_TRANSITION = 5, /* a short question */
};

struct planner {
    const struct loop_ask *ask;
    struct arena *arena;
    struct rng rng;
    struct err *err;
};

/* ---- which stages and parts */

/* What of a stage is kept: parts by bit, and how many of its principles. */
struct cut {
    unsigned parts;
    unsigned principles;
    unsigned minutes;
    unsigned answering; /* of the minutes */
};

static unsigned principles_of(const struct mock_stage *s)
{
    return s->draw > 0 ? s->draw : (unsigned)s->principles.count;
}

static bool is_answering(enum part_asks asks)
{
    return asks != PART_BACKGROUND && asks != PART_QUESTIONS;
}

static unsigned part_minutes(const struct mock_stage *s, size_t part, unsigned principles)
{
    unsigned all = principles_of(s);
    unsigned minutes = s->parts[part].minutes;
    return s->parts[part].asks == PART_PRINCIPLES && all > 0 ? minutes * principles / all : minutes;
}

static struct cut measure(const struct mock_stage *s, unsigned parts, unsigned principles)
{
    struct cut c = {.parts = parts, .principles = principles};
    for (size_t i = 0; i < s->part_count; i++) {
        if (!(parts >> i & 1)) {
            continue;
        }
        unsigned minutes = part_minutes(s, i, principles);
        c.minutes += minutes;
        c.answering += is_answering(s->parts[i].asks) ? minutes : 0;
    }
    return c;
}

/* The fullest selection of parts and principles within the limit; answering counts before the rest. */
static bool cut_stage(const struct mock_stage *s, unsigned limit, struct cut *out)
{
    unsigned principles = principles_of(s);
    unsigned every = (1u << s->part_count) - 1;
    *out = measure(s, every, principles);
    if (out->minutes <= limit) {
        return true;
    }
    *out = (struct cut){0};
    for (unsigned n = principles > 0 ? principles : 1; n > 0; n--) {
        for (unsigned parts = every; parts > 0; parts--) {
            struct cut c = measure(s, parts, n);
            bool better = c.minutes > out->minutes || (c.minutes == out->minutes && c.answering > out->answering);
            if (c.minutes <= limit && c.answering > 0 && better) {
                *out = c;
            }
        }
    }
    return out->parts != 0;
}

static bool cut_stages(struct planner *p, struct cut *cuts, size_t *kept)
{
    const struct loop_ask *ask = p->ask;
    unsigned left = ask->minutes ? ask->minutes : UINT32_MAX;
    *kept = 0;
    if (ask->round > ask->loop->stage_count) {
        return err_set(p->err, ERR_USAGE, "%s has %zu interviews: --round takes 1 to %zu", ask->loop->title,
                       ask->loop->stage_count, ask->loop->stage_count);
    }
    for (size_t i = 0; i < ask->loop->stage_count; i++) {
        cuts[i] = (struct cut){0};
        if ((ask->round && ask->round != i + 1) || !cut_stage(&ask->loop->stages[i], left, &cuts[i])) {
            continue;
        }
        left -= cuts[i].minutes;
        (*kept)++;
    }
    return *kept > 0 ||
           err_set(p->err, ERR_USAGE, "nothing of %s fits into %u minutes: give it more, or take `express`",
                   ask->loop->title, ask->minutes);
}

/* ---- which items */

static bool is_principle(const struct item_meta *m, const char *principle, bool mainly)
{
    for (size_t i = 0; i < m->principles.count && !(mainly && i > 0); i++) {
        if (strcmp(m->principles.at[i], principle) == 0) {
            return true;
        }
    }
    return false;
}

/* What a question must be. */
struct wish {
    enum item_kind kind;
    unsigned families;     /* bits; 0: any */
    const char *principle; /* NULL: any */
    bool mainly;           /* the item's first principle */
};

static bool fits(const struct loop_item *item, const struct wish *w, bool again)
{
    const struct item_meta *m = item->meta;
    return (again || !item->used) && m->kind == w->kind && (w->families == 0 || (w->families >> m->family & 1)) &&
           (!w->principle || is_principle(m, w->principle, w->mainly));
}

/* The moment before which an item counts as long ago: of those that fit, a third was answered before it. */
static int64_t long_ago(struct planner *p, const struct wish *w, bool again)
{
    const struct loop_ask *ask = p->ask;
    size_t count = 0;
    for (size_t i = 0; i < ask->item_count; i++) {
        count += fits(&ask->items[i], w, again);
    }
    int64_t limit = -1;
    for (size_t older = 0; older * 3 < count;) { /* steps from one time to the next later one */
        int64_t next = INT64_MAX;
        size_t at_next = 0;
        for (size_t i = 0; i < ask->item_count; i++) {
            int64_t last = ask->items[i].last_ms;
            if (!fits(&ask->items[i], w, again) || last <= limit || last > next) {
                continue;
            }
            at_next = last == next ? at_next + 1 : 1;
            next = last;
        }
        limit = next;
        older += at_next;
        if (limit == 0) {
            break; /* never answered: enough of a reason */
        }
    }
    return limit;
}

static struct loop_item *choose(struct planner *p, const struct wish *w, bool again)
{
    const struct loop_ask *ask = p->ask;
    int64_t limit = long_ago(p, w, again);
    struct loop_item *chosen = NULL;
    uint64_t seen = 0;
    for (size_t i = 0; i < ask->item_count; i++) {
        struct loop_item *item = &ask->items[i];
        if (fits(item, w, again) && item->last_ms <= limit && rng_below(&p->rng, ++seen) == 0) {
            chosen = item;
        }
    }
    return chosen;
}

static bool no_question(struct planner *p, const struct mock_stage *s, const char *what)
{
    return err_set(p->err, ERR_NOT_FOUND, "%s has no question for %s: see `pmprep bank list`", s->title, what);
}

static struct loop_item *wish_for(struct planner *p, struct wish *w)
{
    struct loop_item *item = choose(p, w, false);
    if (!item && w->mainly) {
        w->mainly = false;
        item = choose(p, w, false);
    }
    return item ? item : choose(p, w, true);
}

static bool add_question(struct planner *p, struct loop_part *part, struct wish w, bool spare)
{
    struct loop_item *item = wish_for(p, &w);
    if (!item) {
        return false;
    }
    item->used = true;
    part->questions[part->question_count++] = (struct loop_question){.item = item->meta->key,
                                                                     .principle = w.principle ? w.principle : "",
                                                                     .kind = item->meta->kind,
                                                                     .family = item->meta->family,
                                                                     .spare = spare};
    return true;
}

static unsigned families_of(const struct mock_stage *s, enum item_kind kind)
{
    unsigned bits = 0;
    for (size_t i = 0; i < s->families.count; i++) {
        enum family f;
        if (family_parse(sv_from(s->families.at[i]), &f) && family_kind(f) == kind) {
            bits |= 1u << f;
        }
    }
    return bits;
}

static enum family first_family(const struct mock_stage *s)
{
    enum family f = FAMILY_WHY_PM;
    if (s->families.count > 0) {
        family_parse(sv_from(s->families.at[0]), &f);
    }
    return f;
}

static bool plan_principles(struct planner *p, const struct loop_stage *stage, struct loop_part *part, unsigned minutes)
{
    size_t n = stage->principles.count;
    part->questions = arena_array(p->arena, n + 1, sizeof(*part->questions));
    for (size_t i = 0; i < n; i++) {
        struct wish w = {.kind = KIND_BEHAVIOURAL, .principle = stage->principles.at[i], .mainly = true};
        if (!add_question(p, part, w, false)) {
            return no_question(p, stage->stage, stage->principles.at[i]);
        }
    }
    if (n > 0 && minutes >= MINUTES_A_PRINCIPLE * (n + 1)) {
        const char *principle = stage->principles.at[rng_below(&p->rng, n)];
        add_question(p, part, (struct wish){.kind = KIND_BEHAVIOURAL, .principle = principle, .mainly = true}, true);
    }
    return true;
}

static bool plan_items(struct planner *p, const struct loop_stage *stage, struct loop_part *part, enum item_kind kind,
                       unsigned count)
{
    struct wish w = {.kind = kind, .families = families_of(stage->stage, kind)};
    part->questions = arena_array(p->arena, count, sizeof(*part->questions));
    for (unsigned i = 0; i < count; i++) {
        if (!add_question(p, part, w, false) && i == 0) {
            return no_question(p, stage->stage, kind == KIND_CASE ? "the case" : "the move to product management");
        }
    }
    return true;
}

static void plan_itself(struct planner *p, struct loop_part *part, enum item_kind kind, enum family family)
{
    part->questions = arena_array(p->arena, 1, sizeof(*part->questions));
    part->questions[0] = (struct loop_question){.item = "", .principle = "", .kind = kind, .family = family};
    part->question_count = 1;
}

static bool plan_questions(struct planner *p, const struct loop_stage *stage, struct loop_part *part, unsigned minutes)
{
    unsigned short_ones = minutes / MINUTES_A_TRANSITION;
    switch (part->part->asks) {
    case PART_PRINCIPLES:
        return plan_principles(p, stage, part, minutes);
    case PART_CASE:
        return plan_items(p, stage, part, KIND_CASE, 1);
    case PART_TRANSITION:
        return plan_items(p, stage, part, KIND_TRANSITION, short_ones > 0 ? short_ones : 1);
    case PART_AGENDA:
        plan_itself(p, part, KIND_TRANSITION, first_family(stage->stage));
        return true;
    case PART_WRITING:
        plan_itself(p, part, KIND_WRITING, FAMILY_GENERAL);
        return true;
    case PART_BACKGROUND:
    case PART_QUESTIONS:
    case PART_COUNT:
        break;
    }
    return true;
}

/* ---- stages */

static void draw_principles(struct planner *p, struct loop_stage *stage, unsigned count)
{
    const struct strings *all = &stage->stage->principles;
    size_t *order = arena_array(p->arena, all->count, sizeof(*order));
    for (size_t i = 0; i < all->count; i++) {
        order[i] = i;
    }
    rng_shuffle(&p->rng, order, all->count);
    stage->principles.at = arena_array(p->arena, all->count, sizeof(char *));
    for (size_t i = 0; i < all->count && i < count; i++) {
        stage->principles.at[stage->principles.count++] = all->at[order[i]];
    }
}

static bool plan_stage(struct planner *p, unsigned index, const struct cut *cut, struct loop_stage *out)
{
    const struct mock_stage *s = &p->ask->loop->stages[index];
    bool principles = false;
    *out = (struct loop_stage){.stage = s, .index = index};
    out->parts = arena_array(p->arena, s->part_count, sizeof(*out->parts));
    for (size_t i = 0; i < s->part_count; i++) {
        principles = principles || ((cut->parts >> i & 1) && s->parts[i].asks == PART_PRINCIPLES);
    }
    if (principles) {
        draw_principles(p, out, cut->principles);
    }
    for (size_t i = 0; i < s->part_count; i++) {
        if (!(cut->parts >> i & 1)) {
            continue;
        }
        unsigned minutes = part_minutes(s, i, cut->principles);
        struct loop_part *part = &out->parts[out->part_count++];
        part->part = &s->parts[i];
        part->allotted_ms = (int64_t)((double)minutes * 60000.0 * p->ask->pace + 0.5);
        if (!plan_questions(p, out, part, minutes)) {
            return false;
        }
    }
    return true;
}

/* One of those that may be it; it digs, whatever style its stage has. */
static void draw_bar_raiser(struct planner *p, struct loop_plan *plan)
{
    struct loop_stage *drawn = NULL;
    uint64_t seen = 0;
    for (size_t i = 0; i < plan->stage_count; i++) {
        if (plan->stages[i].stage->bar_raiser && rng_below(&p->rng, ++seen) == 0) {
            drawn = &plan->stages[i];
        }
    }
    if (!drawn) {
        return;
    }
    struct mock_stage *copy = arena_alloc(p->arena, sizeof(*copy));
    *copy = *drawn->stage;
    copy->probes = PROBES_DIGGING;
    drawn->stage = copy;
    drawn->bar_raiser = true;
}

bool loop_plan(const struct loop_ask *ask, struct arena *a, struct loop_plan *out, struct err *err)
{
    struct planner p = {.ask = ask, .arena = a, .err = err};
    struct cut cuts[LOOP_STAGES] = {{0}};
    size_t kept;
    rng_seed(&p.rng, ask->seed);
    if (!cut_stages(&p, cuts, &kept)) {
        return false;
    }
    *out = (struct loop_plan){.pace = ask->pace, .seed = ask->seed};
    out->stages = arena_array(a, kept, sizeof(*out->stages));
    for (unsigned i = 0; i < ask->loop->stage_count; i++) {
        if (cuts[i].parts && !plan_stage(&p, i, &cuts[i], &out->stages[out->stage_count++])) {
            return false;
        }
    }
    draw_bar_raiser(&p, out);
    return true;
}
