#include "pmprep/practice/select.h"

#include "pmprep/base/lookup.h"
#include "pmprep/base/mem.h"
#include "practice/reason.h"

#include <limits.h>
#include <math.h>

enum {
    LATELY_DAYS = 14,   /* a prompt seen within them is not asked again if there is another */
    FLAG_REST_DAYS = 3, /* a flagged one returns after them */
    HORIZON_DAYS = 30,  /* what a review is worth is asked about that day when there is no milestone */
};

/* ---- the pool */

/* Of the unit's scored items, the mean of the levels last given. */
static double mean_of(const struct select_item *items, size_t count)
{
    double sum = 0;
    unsigned scored = 0;

    for (size_t i = 0; i < count; i++) {
        sum += items[i].mean;
        scored += items[i].mean > 0;
    }
    return scored ? sum / scored : 0;
}

enum { KNOWN_NAMES = 64 };

struct known_name {
    const char *name;
    uint32_t number;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct select_unit *)a)->name, ((const struct select_unit *)b)->name);
}

/* The number of each name. Units are few and their items mostly share the very string, so most are known by address. */
static uint32_t number_of(struct lookup *numbers, struct known_name *known, const char *name)
{
    struct known_name *k = &known[((uintptr_t)name >> 4) % KNOWN_NAMES];

    if (k->name != name)
        *k = (struct known_name){name, lookup_add(numbers, name, (uint32_t)numbers->count)};
    return k->number;
}

/* Makes the units, by name, each with its count; place[i] becomes the index at which item i belongs. */
static void make_units(struct select_pool *pool, uint32_t *place, struct arena *a)
{
    struct lookup numbers = {0};
    struct known_name known[KNOWN_NAMES] = {{NULL, 0}};

    for (size_t i = 0; i < pool->count; i++)
        place[i] = number_of(&numbers, known, pool->items[i].unit);
    pool->unit_count = numbers.count;
    pool->units = arena_array(a, pool->unit_count, sizeof(*pool->units));
    lookup_release(&numbers);

    uint32_t *next = arena_array(a, pool->unit_count, sizeof(*next));

    for (size_t i = 0; i < pool->count; i++) {
        struct select_unit *u = &pool->units[place[i]];
        u->name = pool->items[i].unit;
        u->first = place[i]; /* its number, until the units are in order */
        u->count++;
    }
    qsort(pool->units, pool->unit_count, sizeof(*pool->units), compare_names);

    uint32_t first = 0;

    for (size_t i = 0; i < pool->unit_count; i++) {
        next[pool->units[i].first] = first;
        pool->units[i].first = first;
        first += (uint32_t)pool->units[i].count;
    }
    for (size_t i = 0; i < pool->count; i++)
        place[i] = next[place[i]]++;
}

/* Item by item into its place: thousands are not sorted by comparing names. */
static void move_items(struct select_item *items, uint32_t *place, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        while (place[i] != i) {
            uint32_t to = place[i];
            struct select_item moved = items[to];
            items[to] = items[i];
            items[i] = moved;
            place[i] = place[to];
            place[to] = to;
        }
    }
}

void select_pool_init(struct select_pool *pool, struct select_item *items, size_t count, struct arena *a)
{
    *pool = (struct select_pool){.items = items, .count = count};
    if (count == 0)
        return;

    uint32_t *place = arena_array(a, count, sizeof(*place));

    make_units(pool, place, a);
    move_items(items, place, count);
    for (size_t i = 0; i < pool->unit_count; i++)
        pool->units[i].mean = mean_of(&items[pool->units[i].first], pool->units[i].count);
}

static int by_name(const void *key, const void *unit)
{
    return strcmp(key, ((const struct select_unit *)unit)->name);
}

struct select_unit *select_pool_unit(struct select_pool *pool, const char *unit)
{
    if (pool->unit_count == 0)
        return NULL;
    return bsearch(unit, pool->units, pool->unit_count, sizeof(*pool->units), by_name);
}

void select_pool_rows(struct select_pool *pool, const struct schedule_row *rows, size_t count)
{
    for (size_t i = 0; i < pool->unit_count; i++)
        pool->units[i].row = NULL;
    for (size_t i = 0; i < count; i++) {
        struct select_unit *u = select_pool_unit(pool, rows[i].unit);
        if (u && rows[i].reps > 0)
            u->row = &rows[i];
    }
}

void select_take(struct selection *s)
{
    s->item->used = true;
    s->item->recalled = false;
    s->unit->given++;
}

/* ---- which item of a unit */

static bool is_spent(const struct select_ask *ask, const struct select_unit *u, const struct select_item *item)
{
    bool step_due = u->row && u->row->due_ms > 0 && row_is_due(u->row, ask->today, ask->now_ms);

    return item->used && !(item->recalled && step_due);
}

static bool is_eligible(const struct select_ask *ask, const struct select_unit *u, const struct select_item *item)
{
    if (item->suspended || is_spent(ask, u, item) || (ask->new_only && item->times > 0))
        return false;
    return ask->first || item->cost_ms <= ask->left_ms;
}

/* Prompts not seen lately: 0 never seen, 1 flagged and rested, 2 long ago, 3 lately. */
static int freshness(const struct select_ask *ask, const struct select_item *item)
{
    int ago = ask->today - item->last_day;

    if (item->times == 0)
        return 0;
    if (item->flagged && ago >= FLAG_REST_DAYS)
        return 1;
    return ago >= LATELY_DAYS ? 2 : 3;
}

static int wanted_difficulty(const struct select_unit *u)
{
    if (u->mean > 0)
        return u->mean < 2.5 ? 1 : u->mean < 3.8 ? 2 : 3;
    return u->row && u->row->reps > 2 ? 2 : 1;
}

/* Lower is better; each line outweighs all below it. */
static double item_cost(const struct select_ask *ask, const struct select_unit *u, const struct select_item *item)
{
    double cost = 0;

    cost += ask->first && item->cost_ms > ask->left_ms ? 1e6 : 0;
    cost += 1e5 * freshness(ask, item);
    cost += (int)item->meta->kind == ask->last_kind ? 1e4 : 0;
    cost += item->times == 0 && !item->meta->core ? 1e3 : 0;
    cost += recurring_flaw(ask, item->meta) ? 0 : 1e2;
    cost += 10.0 * abs(item->meta->difficulty - wanted_difficulty(u));
    if (item->times > 0)
        cost += fmax(0, 9.0 - 0.1 * (ask->today - item->last_day));
    return cost;
}

static struct select_item *best_item(struct select_pool *pool, const struct select_ask *ask,
                                     const struct select_unit *u, struct rng *rng)
{
    struct select_item *best = NULL;
    double lowest = INFINITY;

    for (size_t i = u->first; i < u->first + u->count; i++) {
        struct select_item *item = &pool->items[i];
        if (!is_eligible(ask, u, item))
            continue;
        double cost = item_cost(ask, u, item) + rng_unit(rng);
        if (cost < lowest) {
            lowest = cost;
            best = item;
        }
    }
    return best;
}

/* ---- which unit */

static bool is_started(const struct select_unit *u)
{
    return u->row != NULL;
}

static enum select_why why_of(const struct select_ask *ask, const struct select_unit *u)
{
    if (!is_started(u))
        return WHY_NEW;
    return row_is_due(u->row, ask->today, ask->now_ms) ? WHY_DUE : WHY_AHEAD;
}

/* How much an item of the kind is worth against the others: speaking openly is the skill, recognising serves it. */
static double kind_weight(enum item_kind k)
{
    static const double weights[KIND_COUNT] = {
        [KIND_BEHAVIOURAL] = 10, [KIND_CASE] = 10,    [KIND_TRANSITION] = 10, [KIND_PAIR] = 3,   [KIND_CHOICE] = 1,
        [KIND_REWRITE] = 3,      [KIND_WRITING] = 10, [KIND_SQL] = 5,         [KIND_ANSWER] = 3,
    };

    return weights[k];
}

static double tier_weight(int tier)
{
    return tier == 1 ? 1.5 : tier == 3 ? 0.8 : 1.0;
}

/* What a Good review today adds to the recall on the day that counts. */
static double review_gain(const struct select_ask *ask, const struct select_unit *u, bool steps)
{
    const struct schedule_row *row = u->row;
    int32_t horizon = ask->milestone > ask->today ? ask->milestone - ask->today : HORIZON_DAYS;
    struct fsrs_params p;

    fsrs_defaults(&p, steps);
    p.retention = ask->retention;

    int since = ask->today > row->last_day ? ask->today - row->last_day : 0;
    struct fsrs_card card = {row->state, row->step, row->stability, row->difficulty, row->reps, row->lapses};
    double with = fsrs_review(&p, card, RATING_GOOD, since).card.stability;

    return fsrs_retrievability(&p, with, horizon) - fsrs_retrievability(&p, row->stability, since + horizon);
}

static double unit_value(const struct select_ask *ask, const struct select_unit *u, const struct select_item *item,
                         enum select_why why)
{
    double value = kind_weight(item->meta->kind) * tier_weight(item->tier);
    double minutes = fmax(1.0, (double)item->cost_ms / 60000.0);

    if (recurring_flaw(ask, item->meta))
        value *= 1.5;
    if (why == WHY_NEW)
        return value * (item->meta->core ? 2 : 1) / minutes;
    value *= 0.05 + fmax(0, review_gain(ask, u, kind_has_steps(item->meta->kind)));
    value *= 1 + 0.2 * fmin(u->row->lapses, 5);
    if (u->mean > 0)
        value *= 1 + (5 - u->mean) / 5;
    return value / minutes;
}

/* 2 the same unit as before, 1 the same kind, 0 neither. */
static int clash(const struct select_ask *ask, const struct select_unit *u, const struct select_item *item)
{
    if (ask->last_unit && strcmp(ask->last_unit, u->name) == 0)
        return 2;
    return (int)item->meta->kind == ask->last_kind;
}

struct candidate {
    struct selection s;
    bool over; /* longer than what is left of the session */
    int clash;
    double value;
};

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (!b->s.item || a->over != b->over)
        return !b->s.item || !a->over;
    if (a->clash != b->clash)
        return a->clash < b->clash;
    if (a->s.unit->given != b->s.unit->given)
        return a->s.unit->given < b->s.unit->given;
    if (a->s.why != b->s.why)
        return a->s.why < b->s.why;
    return a->value > b->value;
}

/* Everything of one set of reasons (bits 1 << enum select_why) competes; the same numbers are drawn whatever wins. */
static struct selection best_of(struct select_pool *pool, const struct select_ask *ask, unsigned reasons,
                                struct rng *rng)
{
    struct candidate best = {.value = 0};

    for (size_t i = 0; i < pool->unit_count; i++) {
        struct select_unit *u = &pool->units[i];
        enum select_why why = why_of(ask, u);
        struct select_item *item = NULL;

        if (!(reasons & 1u << why) || !(item = best_item(pool, ask, u, rng)))
            continue;

        struct candidate c = {.s = {item, u, why, ""},
                              .over = item->cost_ms > ask->left_ms,
                              .clash = clash(ask, u, item),
                              .value = unit_value(ask, u, item, why) * (1 + 0.2 * rng_unit(rng))};
        if (is_better(&c, &best))
            best = c;
    }
    return best.s;
}

/* How what is due compares with what is left of the session. */
struct pressure {
    bool backlog; /* more than fits */
    bool slack;   /* all of it fits and one more item */
};

static int64_t cheapest(const struct select_pool *pool, const struct select_ask *ask, const struct select_unit *u)
{
    int64_t cost = INT64_MAX;

    for (size_t i = u->first; i < u->first + u->count; i++)
        if (!pool->items[i].suspended && !is_spent(ask, u, &pool->items[i]) && pool->items[i].cost_ms < cost)
            cost = pool->items[i].cost_ms;
    return cost;
}

static struct pressure pressure_of(const struct select_pool *pool, const struct select_ask *ask)
{
    int64_t total = 0;
    int64_t longest = 0;
    unsigned due = 0;

    for (size_t i = 0; i < pool->unit_count; i++) {
        const struct select_unit *u = &pool->units[i];
        int64_t cost = why_of(ask, u) == WHY_DUE ? cheapest(pool, ask, u) : INT64_MAX;

        if (cost == INT64_MAX || cost > ask->left_ms) /* it could not be given anyway */
            continue;
        due++;
        total += cost;
        longest = cost > longest ? cost : longest;
    }
    return (struct pressure){.backlog = total > ask->left_ms || due > ask->left_items,
                             .slack = due == 0 || (total + longest <= ask->left_ms && due < ask->left_items)};
}

static unsigned reasons_for(const struct select_ask *ask, struct pressure pressure)
{
    bool close = ask->milestone > ask->today && ask->milestone - ask->today <= NO_NEW_DAYS;

    if (ask->due_only)
        return 1u << WHY_DUE;
    if (ask->not_due)
        return 1u << WHY_NEW | 1u << WHY_AHEAD;
    if (ask->new_only)
        return 1u << WHY_DUE | 1u << WHY_NEW | 1u << WHY_AHEAD;
    if (!pressure.slack || ask->new_left == 0 || close)
        return 1u << WHY_DUE;
    return 1u << WHY_DUE | 1u << WHY_NEW;
}

/* Something that is not due may stand between two of a kind when there is time for all that is due. */
static struct selection choose(struct select_pool *pool, const struct select_ask *ask, struct pressure pressure,
                               struct rng *rng)
{
    struct selection s = best_of(pool, ask, reasons_for(ask, pressure), rng);
    struct selection other = {.item = NULL};

    if (ask->due_only)
        return s;
    if (!s.item || (pressure.slack && clash(ask, s.unit, s.item) > 0))
        other = best_of(pool, ask, 1u << WHY_AHEAD, rng);
    if (!s.item)
        s = other;
    else if (other.item && clash(ask, other.unit, other.item) == 0) {
        s = other;
        s.why = WHY_BETWEEN;
    }
    if (!s.item) /* only units beyond the day's limit are left: better than nothing */
        s = best_of(pool, ask, 1u << WHY_NEW, rng);
    return s;
}

bool select_next(struct select_pool *pool, const struct select_ask *ask, struct rng *rng, struct arena *a,
                 struct selection *out)
{
    struct pressure pressure = pressure_of(pool, ask);
    struct selection s = choose(pool, ask, pressure, rng);

    if (!s.item)
        return false;
    s.reason = reason_for(ask, &s, pressure.backlog, a);
    *out = s;
    return true;
}

/* ---- what to score */

size_t focus_dimension(const struct rubric *r, const struct dimension_stat *stats, struct rng *rng)
{
    size_t best = 0;
    double lowest = INFINITY;

    for (size_t i = 0; i < r->dimension_count; i++) {
        double mean = (stats[i].sum + 2 * 2.5) / (stats[i].answers + 2); /* two answers' worth of "middling" */
        double level = mean + 0.01 * rng_unit(rng);
        if (level < lowest) {
            lowest = level;
            best = i;
        }
    }
    return best;
}
