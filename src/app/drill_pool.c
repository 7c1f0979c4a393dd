#include "drill_parts.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"

#include <limits.h>

enum { RECENT_ANSWERS = 20, RECURRING_MAX = 4, LAPSES_OF_A_HABIT = 2 };

/* Every item with its history, sorted by key. */
struct catalogue {
    struct select_item *items;
    size_t count;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct select_item *)a)->meta->key, ((const struct select_item *)b)->meta->key);
}

static int key_against(const void *key, const void *item)
{
    return strcmp(key, ((const struct select_item *)item)->meta->key);
}

static struct select_item *find_item(const struct catalogue *c, const char *key)
{
    return c->count ? bsearch(key, c->items, c->count, sizeof(*c->items), key_against) : NULL;
}

/* The item that history of this key belongs to, also under a former key; NULL when it is gone. */
static struct select_item *resolve(struct drill *d, const struct catalogue *c, const char *key)
{
    struct select_item *item = find_item(c, key);
    const char *now = item ? NULL : library_present(d->library, key);

    return now ? find_item(c, now) : item;
}

/* ---- history joined to content */

static bool join_seen(struct drill *d, const struct catalogue *c, struct err *err)
{
    struct seen *seen = NULL;
    size_t count = 0;
    int offset_min = app_offset(d->app);

    if (!attempts_seen(d->store, &d->arena, &seen, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct select_item *item = resolve(d, c, seen[i].item);
        if (!item)
            continue;
        item->times += seen[i].times;
        if (seen[i].last_ms < item->last_ms)
            continue;
        item->last_ms = seen[i].last_ms;
        item->last_day = clock_practice_day(seen[i].last_ms, offset_min);
        item->mean = seen[i].last_mean;
    }
    return true;
}

static bool join_marks(struct drill *d, const struct catalogue *c, struct err *err)
{
    struct strings suspended = {NULL, 0};
    struct strings flagged = {NULL, 0};

    if (!item_marks(d->store, &d->arena, &suspended, &flagged, err))
        return false;
    for (size_t i = 0; i < suspended.count; i++) {
        struct select_item *item = resolve(d, c, suspended.at[i]);
        if (item)
            item->suspended = true;
    }
    for (size_t i = 0; i < flagged.count; i++) {
        struct select_item *item = resolve(d, c, flagged.at[i]);
        if (item)
            item->flagged = true;
    }
    return true;
}

/* A renamed item keeps the unit under which it was scheduled. */
static void join_units(struct drill *d, const struct catalogue *c)
{
    for (size_t i = 0; i < d->plan.count; i++) {
        const char *unit = d->plan.rows[i].unit;
        enum unit_kind kind;
        struct sv key;

        if (!unit_parse(unit, &kind, &key) || kind != UNIT_ITEM || find_item(c, key.data))
            continue;

        struct select_item *item = resolve(d, c, key.data);

        if (item)
            item->unit = arena_strdup(&d->arena, unit);
    }
}

static int tier_of(struct library *lib, const struct item_meta *m)
{
    bool tiered = m->kind == KIND_BEHAVIOURAL && m->principles.count > 0;
    const struct principle *p = tiered ? library_principle(lib, m->principles.at[0]) : NULL;

    return p ? p->tier : 0;
}

static bool load_catalogue(struct drill *d, struct catalogue *c, struct err *err)
{
    struct filter everything;
    struct item_meta *metas = NULL;

    filter_init(&everything);
    if (!library_list(d->library, &everything, &d->arena, &metas, &c->count, err))
        return false;
    c->items = arena_array(&d->arena, c->count, sizeof(*c->items));
    for (size_t i = 0; i < c->count; i++)
        c->items[i] = (struct select_item){
            .meta = &metas[i], .unit = unit_of(&metas[i], &d->arena), .tier = tier_of(d->library, &metas[i])};
    if (c->count > 0)
        qsort(c->items, c->count, sizeof(*c->items), by_key);
    join_units(d, c);
    return join_seen(d, c, err) && join_marks(d, c, err);
}

/* ---- what the filter leaves */

static bool is_drilled(const struct filter *f, enum item_kind k, bool open_only)
{
    if (!kind_is_drilled(k))
        return false;
    return f->kinds != 0 || !open_only || kind_is_open(k);
}

/* The parts of the filter that only history can answer; due and new are asked at each selection. */
static bool matches_history(const struct filter *f, const struct select_item *item)
{
    if (f->fresh == 0 && item->times == 0)
        return false;
    if (f->since_ms && item->last_ms < f->since_ms)
        return false;
    if (f->score_min > 0 || f->score_max > 0)
        return item->mean > 0 && item->mean >= f->score_min && (f->score_max <= 0 || item->mean <= f->score_max);
    return true;
}

static size_t pick_items(struct drill *d, const struct catalogue *c, const struct filter *f, bool open_only,
                         struct select_item *out)
{
    size_t n = 0;

    for (size_t i = 0; i < c->count; i++) {
        const struct item_meta *m = c->items[i].meta;

        if (!is_drilled(f, m->kind, open_only) || !filter_matches_meta(f, m) || !matches_history(f, &c->items[i]))
            continue;
        out[n] = c->items[i];
        out[n].cost_ms = pool_budget(d, m, mode_for(m->kind, d->mode), 0).cost_ms;
        n++;
    }
    return n;
}

/* ---- habits of the user */

static void add_recurring(struct drill *d, const char **list, size_t *count, const char *flaw)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(list[i], flaw) == 0)
            return;
    if (*count < RECURRING_MAX && flaw_find(sv_from(flaw)))
        list[(*count)++] = arena_strdup(&d->arena, flaw);
}

/* Flaws found in at least two of the latest answers, then those whose recognition keeps lapsing. */
static bool load_recurring(struct drill *d, struct err *err)
{
    const char **list = arena_array(&d->arena, RECURRING_MAX, sizeof(*list));
    bool recurs[FLAW_COUNT] = {false};
    struct habit *habits = NULL;
    size_t count = 0;

    d->ask.recurring = (struct strings){list, 0};
    if (!attempts_habits(d->store, RECENT_ANSWERS, &d->arena, &habits, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct flaw_info *flaw = flaw_find(sv_from(habits[i].rule));
        if (flaw)
            recurs[flaw - flaws] = habits[i].answers >= 2;
    }
    for (size_t i = 0; i < FLAW_COUNT; i++)
        if (recurs[i])
            add_recurring(d, list, &d->ask.recurring.count, flaws[i].id);
    for (size_t i = 0; i < d->plan.count; i++) {
        enum unit_kind kind;
        struct sv name;
        if (unit_parse(d->plan.rows[i].unit, &kind, &name) && kind == UNIT_FLAW &&
            d->plan.rows[i].lapses >= LAPSES_OF_A_HABIT)
            add_recurring(d, list, &d->ask.recurring.count, name.data);
    }
    return true;
}

/* ---- the pool */

bool pool_medians(struct drill *d, struct err *err)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        enum answer_mode m = mode_for((enum item_kind)k, d->mode);
        if (!stats_median_ms(d->store, (enum item_kind)k, m, &d->median_ms[k][m], err))
            return false;
    }
    return true;
}

struct budget pool_budget(const struct drill *d, const struct item_meta *m, enum answer_mode mode, unsigned max_words)
{
    return budget_for(m->kind, mode, m->minutes, max_words, d->median_ms[m->kind][mode]);
}

bool pool_refresh(struct drill *d, struct err *err)
{
    unsigned begun = 0;
    long limit = config_number(app_config(d->app), "new-limit");

    arena_reset(&d->plan_arena);
    if (!schedule_plan(d->app, d->store, &d->plan_arena, &d->plan, err) ||
        !schedule_new_today(d->store, d->plan.today, &begun, err))
        return false;
    d->ask.today = d->plan.today;
    d->ask.now_ms = d->plan.now_ms;
    d->ask.milestone = d->plan.milestone;
    d->ask.retention = d->plan.retention;
    d->ask.new_left = limit > (long)begun ? (unsigned)limit - begun : 0;
    select_pool_rows(&d->pool, d->plan.rows, d->plan.count);
    return true;
}

bool pool_load(struct drill *d, const struct drill_options *o, struct err *err)
{
    struct catalogue all = {NULL, 0};

    if (!pool_medians(d, err) || !pool_refresh(d, err) || !load_catalogue(d, &all, err) || !load_recurring(d, err))
        return false;

    struct select_item *items = arena_array(&d->arena, all.count, sizeof(*items));
    size_t count = pick_items(d, &all, &o->filter, true, items);

    if (count == 0)
        count = pick_items(d, &all, &o->filter, false, items);
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND,
                       all.count ? "no question matches this filter; leave a word of it out, or see `pmprep bank list`"
                                 : "there are no questions: no bank could be loaded; see `pmprep doctor`");
    select_pool_init(&d->pool, items, count, &d->arena);
    d->ask.due_only = o->due_only || o->filter.due == 1;
    d->ask.not_due = !o->due_only && o->filter.due == 0;
    d->ask.new_only = o->new_only || o->filter.fresh == 1;
    d->ask.last_kind = -1;
    select_pool_rows(&d->pool, d->plan.rows, d->plan.count);
    return true;
}

int64_t drill_elapsed(const struct drill *d)
{
    int64_t now = d->paused_since >= 0 ? d->paused_since : app_mono(d->app);

    return now - d->opened - d->paused_ms;
}

int64_t drill_left(const struct drill *d)
{
    return d->time_limit ? d->time_limit - drill_elapsed(d) : INT64_MAX;
}

bool pool_next(struct drill *d, struct arena *a, struct selection *out)
{
    d->ask.left_ms = drill_left(d);
    d->ask.left_items = d->count_limit ? d->count_limit - d->done : UINT_MAX;
    d->ask.first = d->given == 0;
    return select_next(&d->pool, &d->ask, &d->rng, a, out);
}
