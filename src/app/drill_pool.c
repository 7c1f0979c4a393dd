#include "past.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"

#include <limits.h>

enum { RECURRING_MAX = 4, LAPSES_OF_A_HABIT = 2 };

/* What came last, in an earlier session too, is not repeated first. */
static bool ask_of_last(struct drill *d, struct err *err)
{
    struct latest latest;
    bool found = false;
    struct item_meta meta;

    d->ask.last_kind = -1;
    if (!attempts_latest(d->store, &d->arena, &latest, &found, err))
        return false;
    if (!found)
        return true;
    d->ask.last_kind = (int)latest.kind;
    if (library_meta(d->library, latest.item, &d->arena, &meta, NULL))
        d->ask.last_unit = unit_of(&meta, &d->arena);
    return true;
}

/* ---- what the filter leaves */

/* Without a wish for a kind those that are answered openly are drilled, or all when the filter leaves none of them. */
static unsigned drilled_kinds(const struct filter *f, bool open_only)
{
    unsigned kinds = 0;

    for (int k = 0; k < KIND_COUNT; k++) {
        enum item_kind kind = (enum item_kind)k;
        bool wanted = f->kinds ? f->kinds >> k & 1 : !open_only || kind_is_open(kind);
        if (wanted && kind_is_drilled(kind))
            kinds |= 1u << k;
    }
    return kinds;
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

static void set_past(struct select_item *item, const struct past_item *past, int offset_min)
{
    item->times = past->times;
    item->last_ms = past->last_ms;
    item->last_day = past->times ? clock_practice_day(past->last_ms, offset_min) : 0;
    item->mean = past->mean;
    item->suspended = past->suspended;
    item->flagged = past->flagged;
    item->unit = past->unit ? past->unit : item->unit;
}

/* Every item that the filter's content part leaves, with its past. */
static bool list_items(struct drill *d, const struct filter *f, bool open_only, const struct past *past,
                       struct select_item **out, size_t *count, struct err *err)
{
    struct filter content = *f;
    struct item_meta *metas = NULL;
    struct unit_book units = {.units = NULL};
    int offset_min = app_offset(d->app);

    *count = 0;
    content.kinds = drilled_kinds(f, open_only);
    if (content.kinds == 0) /* to the library no kind is every kind */
        return true;
    if (!library_list(d->library, &content, &d->arena, &metas, count, err))
        return false;
    *out = arena_array(&d->arena, *count, sizeof(**out));
    for (size_t i = 0; i < *count; i++) {
        const struct past_item *found = past_find(past, metas[i].key);
        (*out)[i].meta = &metas[i];
        (*out)[i].unit = unit_shared(&units, &metas[i], &d->arena);
        if (found)
            set_past(&(*out)[i], found, offset_min);
    }
    unit_book_release(&units);
    return true;
}

/* Keeps the items whose history matches, and tells what each costs. */
static size_t keep_matching(struct drill *d, const struct filter *f, struct select_item *items, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct item_meta *m = items[i].meta;

        if (!matches_history(f, &items[i]))
            continue;
        if (n < i)
            items[n] = items[i];
        items[n].cost_ms = pool_budget(d, m, mode_for(m->kind, d->mode), 0).cost_ms;
        n++;
    }
    return n;
}

/* The items of the drill: open ones, or all when the filter leaves none of them. */
static bool load_items(struct drill *d, const struct filter *f, struct select_item **items, size_t *count,
                       struct err *err)
{
    struct past past;
    bool ok = past_load(&past, d, err);

    *count = 0;
    for (int open_only = 1; ok && *count == 0 && open_only >= 0; open_only--) {
        ok = list_items(d, f, open_only, &past, items, count, err);
        if (ok)
            *count = keep_matching(d, f, *items, *count);
    }
    past_release(&past);
    return ok;
}

static int tier_of(struct library *lib, const struct item_meta *m)
{
    bool tiered = m->kind == KIND_BEHAVIOURAL && m->principles.count > 0;
    const struct principle *p = tiered ? library_principle(lib, m->principles.at[0]) : NULL;

    return p ? p->tier : 0;
}

/* The items of a unit share their principle. */
static void set_tiers(struct drill *d)
{
    for (size_t i = 0; i < d->pool.unit_count; i++) {
        const struct select_unit *u = &d->pool.units[i];
        int tier = tier_of(d->library, d->pool.items[u->first].meta);

        for (size_t k = 0; k < u->count; k++)
            d->pool.items[u->first + k].tier = tier;
    }
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
    struct habits habits;

    d->ask.recurring = (struct strings){list, 0};
    if (!attempts_habits(d->store, HABIT_ANSWERS, &d->arena, &habits, err))
        return false;
    for (size_t i = 0; i < habits.count && habits.at[i].answers >= HABIT_LEAST; i++)
        add_recurring(d, list, &d->ask.recurring.count, habits.at[i].rule);
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

static bool nothing_matches(struct drill *d, struct err *err)
{
    size_t banks = 0;

    library_banks(d->library, &banks);
    return err_set(err, ERR_NOT_FOUND,
                   banks ? "no question matches this filter; leave a word of it out, or see `pmprep bank list`"
                         : "there are no questions: no bank could be loaded; see `pmprep doctor`");
}

bool pool_load(struct drill *d, const struct drill_options *o, struct err *err)
{
    struct select_item *items = NULL;
    size_t count = 0;

    if (!pool_medians(d, err) || !pool_refresh(d, err) || !load_recurring(d, err) || !ask_of_last(d, err) ||
        !load_items(d, &o->filter, &items, &count, err))
        return false;
    if (count == 0)
        return nothing_matches(d, err);
    select_pool_init(&d->pool, items, count, &d->arena);
    set_tiers(d);
    d->ask.due_only = o->due_only || o->filter.due == 1;
    d->ask.not_due = !o->due_only && o->filter.due == 0;
    d->ask.new_only = o->new_only || o->filter.fresh == 1;
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
