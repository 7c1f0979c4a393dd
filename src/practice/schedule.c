#include "pmprep/practice/schedule.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/hash.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"

#include <math.h>

enum { DAY_MS = 86400000 };

static const char *const prefixes[UNIT_KINDS] = {
    [UNIT_PRINCIPLE] = "principle/",
    [UNIT_FAMILY] = "family/",
    [UNIT_FLAW] = "flaw/",
    [UNIT_ITEM] = "item/",
};

static const char *unit_make(struct arena *a, enum unit_kind kind, const char *name)
{
    size_t prefix = strlen(prefixes[kind]), rest = strlen(name) + 1;
    char *unit = arena_alloc(a, prefix + rest);

    memcpy(unit, prefixes[kind], prefix);
    memcpy(unit + prefix, name, rest);
    return unit;
}

/* The two halves of a unit's name. */
static enum unit_kind unit_parts(const struct item_meta *m, const char **name)
{
    switch (m->kind) {
    case KIND_BEHAVIOURAL:
        if (m->principles.count > 0) {
            *name = m->principles.at[0];
            return UNIT_PRINCIPLE;
        }
        *name = family_name(m->family);
        return UNIT_FAMILY;
    case KIND_CASE:
    case KIND_TRANSITION:
        *name = family_name(m->family);
        return UNIT_FAMILY;
    case KIND_PAIR:
        if (m->flaws.count > 0) {
            *name = m->flaws.at[0];
            return UNIT_FLAW;
        }
        break;
    case KIND_CHOICE:
    case KIND_REWRITE:
    case KIND_WRITING:
    case KIND_SQL:
    case KIND_ANSWER:
    case KIND_COUNT:
        break;
    }
    *name = m->key;
    return UNIT_ITEM;
}

const char *unit_of(const struct item_meta *m, struct arena *a)
{
    const char *name;
    enum unit_kind kind = unit_parts(m, &name);

    return unit_make(a, kind, name);
}

const char *unit_shared(struct unit_book *b, const struct item_meta *m, struct arena *a)
{
    const char *name;
    enum unit_kind kind = unit_parts(m, &name);

    if (kind == UNIT_ITEM) /* shared by nobody */
        return unit_make(a, kind, name);

    uint32_t at = lookup_add(&b->numbers[kind], name, (uint32_t)b->count);

    if (at == b->count) {
        mem_grow((void **)&b->units, &b->room, b->count + 1, sizeof(*b->units));
        b->units[b->count++] = unit_make(a, kind, name);
    }
    return b->units[at];
}

void unit_book_release(struct unit_book *b)
{
    for (int k = 0; k < UNIT_KINDS; k++)
        lookup_release(&b->numbers[k]);
    free(b->units);
    *b = (struct unit_book){.units = NULL};
}

bool unit_parse(const char *unit, enum unit_kind *kind, struct sv *name)
{
    struct sv s = sv_from(unit);

    for (int k = 0; k < UNIT_KINDS; k++) {
        if (!sv_starts(s, prefixes[k]))
            continue;
        *kind = (enum unit_kind)k;
        *name = sv_sub(s, strlen(prefixes[k]), s.len);
        return name->len > 0;
    }
    return false;
}

bool kind_has_steps(enum item_kind k)
{
    return k == KIND_PAIR || k == KIND_CHOICE;
}

int32_t plan_last_day(const struct plan *p)
{
    if (p->milestone <= p->today)
        return INT32_MAX;
    return p->milestone == p->today + 1 ? p->milestone : p->milestone - 1;
}

bool row_is_due(const struct schedule_row *row, int32_t today, int64_t now_ms)
{
    return row->reps > 0 && row->due_day <= today && row->due_ms <= now_ms;
}

/* How far a fuzz may move an interval, as FSRS's reference does: more days, smaller share. */
static int fuzz_range(int days)
{
    static const struct {
        double from, to, share;
    } bands[] = {{2.5, 7.0, 0.15}, {7.0, 20.0, 0.1}, {20.0, 1e9, 0.05}};
    double range = 1.0;

    if (days < 3)
        return 0;
    for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++)
        range += bands[i].share * fmax(fmin(days, bands[i].to) - bands[i].from, 0.0);
    return (int)(range + 0.5);
}

static unsigned load_on(const struct plan *p, int32_t day, const char *except)
{
    unsigned load = 0;

    for (size_t i = 0; i < p->count; i++)
        load += p->rows[i].due_day == day && !p->rows[i].suspended && strcmp(p->rows[i].unit, except) != 0;
    return load;
}

/* The least loaded day of [low, high]; among equals one by chance. */
static int32_t level(const struct plan *p, int32_t low, int32_t high, const char *unit, struct rng *rng)
{
    unsigned best = UINT32_MAX;
    unsigned equals = 0;
    int32_t day = low;

    for (int32_t d = low; d <= high; d++) {
        unsigned load = load_on(p, d, unit);
        if (load > best)
            continue;
        equals = load == best ? equals + 1 : 1;
        best = load;
        if (rng_below(rng, equals) == 0)
            day = d;
    }
    return day;
}

/* Days before the last one that take what would have come after it: a third of those left, at most a week. */
static int32_t spread(const struct plan *p, int32_t last)
{
    int32_t third = (last - p->today) / 3;

    return third > 7 ? 7 : third;
}

struct window {
    int32_t low, high;
    bool capped;
};

static struct window window_for(const struct plan *p, int days)
{
    int32_t last = plan_last_day(p);
    int range = fuzz_range(days);
    int longest = INT32_MAX - p->today - range - 1;
    int32_t due = p->today + (days < longest ? days : longest);
    struct window w = {due - range, due + range, false};

    if (due > last) {
        w.capped = true;
        w.low = last - spread(p, last);
    }
    if (w.high > last)
        w.high = last;
    if (w.low <= p->today)
        w.low = p->today + 1;
    if (w.low > w.high)
        w.low = w.high;
    return w;
}

static int32_t choose_day(const struct plan *p, const char *unit, const struct schedule_row *before, int days,
                          int32_t at_least, bool *capped)
{
    struct window w = window_for(p, days);
    struct rng rng;
    uint64_t seed = hash_field(HASH_INIT, sv_from(unit));

    seed = hash_bytes(seed, &p->today, sizeof(p->today));
    rng_seed(&rng, seed + (uint64_t)(before ? before->reps : 0));
    *capped = w.capped;
    if (w.low < at_least)
        w.low = at_least < w.high ? at_least : w.high;
    if (p->milestone > p->today && p->milestone - p->today <= LEVEL_DAYS)
        return level(p, w.low, w.high, unit, &rng);
    return w.low + (int32_t)rng_below(&rng, (uint64_t)(w.high - w.low) + 1);
}

static struct fsrs_card card_of(const struct schedule_row *row)
{
    if (row->reps == 0)
        return (struct fsrs_card){.state = CARD_NEW};
    return (struct fsrs_card){row->state, row->step, row->stability, row->difficulty, row->reps, row->lapses};
}

static void set_memory(struct schedule_row *row, const struct fsrs_card *c)
{
    row->state = c->state;
    row->step = c->step;
    row->stability = c->stability;
    row->difficulty = c->difficulty;
    row->reps = c->reps;
    row->lapses = c->lapses;
}

static int elapsed_since(const struct schedule_row *before, int32_t today)
{
    if (!before || before->reps == 0 || before->last_day >= today)
        return 0;
    return today - before->last_day;
}

void plan_review(const struct plan *p, const char *unit, const struct schedule_row *before, enum rating r, bool steps,
                 struct planned *out)
{
    struct schedule_row row = before ? *before : (struct schedule_row){.state = CARD_NEW};
    struct fsrs_params params;
    int32_t at_least = p->today + 1;

    fsrs_defaults(&params, steps);
    params.retention = p->retention;
    row.unit = unit;
    *out = (struct planned){.row = row, .elapsed_days = elapsed_since(before, p->today)};
    for (int i = RATING_AGAIN; i <= (int)r; i++) { /* each rating comes back no earlier than the worse one */
        struct fsrs_result got = fsrs_review(&params, card_of(&row), (enum rating)i, out->elapsed_days);

        set_memory(&out->row, &got.card);
        out->row.last_day = p->today;
        out->capped = false;
        out->row.due_day = p->today;
        out->row.due_ms = p->now_ms + got.due_in_s * 1000;
        out->seconds = got.due_in_s;
        out->days = 0;
        if (got.interval_days == 0)
            continue;
        out->row.due_day = choose_day(p, unit, before, got.interval_days, at_least, &out->capped);
        out->row.due_ms = 0;
        out->seconds = 0;
        out->days = out->row.due_day - p->today;
        at_least = out->row.due_day;
    }
}

void plan_replay(const struct replayed *r, struct schedule_row *row)
{
    struct fsrs_params params;

    fsrs_defaults(&params, r->steps); /* the retention moves intervals only, not memory */
    struct fsrs_result got = fsrs_review(&params, card_of(row), r->rating, r->elapsed_days);

    row->unit = r->unit;
    set_memory(row, &got.card);
    row->last_day = r->day;
    row->due_day = r->due_day;
    row->due_ms = r->due_ms;
}

size_t plan_fit(const struct plan *p, struct schedule_row *rows, bool *changed)
{
    int32_t last = plan_last_day(p);
    int32_t low = last == INT32_MAX ? last : last - spread(p, last);
    struct rng rng;
    size_t moved = 0;

    for (size_t i = 0; i < p->count; i++) {
        changed[i] = rows[i].due_day > last;
        if (!changed[i])
            continue;
        rng_seed(&rng, hash_field(HASH_INIT, sv_from(rows[i].unit)));
        rows[i].due_day = level(p, low <= p->today ? p->today + 1 : low, last, rows[i].unit, &rng);
        rows[i].due_ms = 0;
        moved++;
    }
    return moved;
}
