#include "pmprep/app/schedule.h"

#include "drill_parts.h"
#include <math.h>

static bool next_milestone(struct store *store, int32_t today, struct arena *a, int32_t *day, struct err *err)
{
    struct milestone *all = NULL;
    size_t count = 0;

    *day = 0;
    if (!milestone_all(store, a, &all, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!all[i].done && all[i].first_day > today && (*day == 0 || all[i].first_day < *day))
            *day = all[i].first_day;
    return true;
}

bool schedule_plan(struct app *app, struct store *store, struct arena *a, struct plan *out, struct err *err)
{
    struct schedule_row *rows = NULL;
    struct plan plan = {.today = app_today(app),
                        .now_ms = app_wall(app),
                        .retention = (double)config_number(app_config(app), "retention") / 100.0};

    if (!next_milestone(store, plan.today, a, &plan.milestone, err) || !schedule_all(store, a, &rows, &plan.count, err))
        return false;
    plan.rows = rows;
    *out = plan;
    return true;
}

/* ---- fitting */

static bool is_listed(const struct strings *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->at[i], name) == 0)
            return true;
    return false;
}

bool library_has_bank_of(struct library *lib, const char *key)
{
    size_t count = 0;
    const struct bank_info *banks = library_banks(lib, &count);

    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(banks[i].name);
        if (strncmp(banks[i].name, key, len) == 0 && key[len] == '/')
            return true;
    }
    return false;
}

/* A unit that is one item has nothing to give while the item is suspended or gone. */
static bool is_out_of_use(struct library *lib, const struct strings *suspended, const char *unit, struct arena *a)
{
    enum unit_kind kind;
    struct sv key;
    struct item_meta meta;

    if (!unit_parse(unit, &kind, &key) || kind != UNIT_ITEM)
        return false;
    return is_listed(suspended, key.data) || !library_has_bank_of(lib, key.data) ||
           !library_meta(lib, key.data, a, &meta, NULL);
}

/* What fitting would change; with write it is stored. */
static bool fit_rows(struct app *app, struct store *store, struct library *lib, bool write, size_t *moved,
                     struct err *err)
{
    struct arena a = ARENA_INIT;
    struct plan plan;
    struct strings suspended = {NULL, 0};
    struct strings flagged = {NULL, 0};
    bool ok = schedule_plan(app, store, &a, &plan, err) && item_marks(store, &a, &suspended, &flagged, err);
    struct schedule_row *rows = ok ? arena_array(&a, plan.count, sizeof(*rows)) : NULL;
    bool *changed = ok ? arena_array(&a, plan.count, sizeof(*changed)) : NULL;

    *moved = 0;
    for (size_t i = 0; ok && i < plan.count; i++)
        rows[i] = plan.rows[i];
    plan.rows = rows;
    if (ok)
        plan_fit(&plan, rows, changed);
    for (size_t i = 0; ok && i < plan.count; i++) {
        bool out = is_out_of_use(lib, &suspended, rows[i].unit, &a);

        if (!changed[i] && out == rows[i].suspended)
            continue;
        rows[i].suspended = out;
        (*moved)++;
        ok = !write || schedule_put(store, &rows[i], err);
    }
    arena_release(&a);
    return ok;
}

/* One transaction around a step that reads and writes. */
static bool finish(struct store *store, bool ok, struct err *err)
{
    if (ok)
        return store_commit(store, err);
    store_rollback(store);
    return false;
}

bool schedule_fit(struct app *app, struct err *err)
{
    struct store *store = NULL;
    struct library *lib = NULL;
    size_t moved = 0;

    if (!app_store(app, &store, err) || !app_library(app, &lib, err) || !fit_rows(app, store, lib, false, &moved, err))
        return false;
    if (moved == 0) /* the usual case takes no lock */
        return true;
    return store_begin(store, err) && finish(store, fit_rows(app, store, lib, true, &moved, err), err);
}

/* ---- replay */

struct replay {
    struct schedule_row *rows; /* sorted by unit */
    size_t count;
};

static int by_unit(const void *a, const void *b)
{
    return strcmp(((const struct schedule_row *)a)->unit, ((const struct schedule_row *)b)->unit);
}

static int unit_against(const void *unit, const void *row)
{
    return strcmp(unit, ((const struct schedule_row *)row)->unit);
}

static const struct schedule_row *find_row(const struct schedule_row *rows, size_t count, const char *unit)
{
    return count ? bsearch(unit, rows, count, sizeof(*rows), unit_against) : NULL;
}

struct logged {
    const struct review *review;
    size_t at; /* in the log */
};

static int logged_by_unit(const void *a, const void *b)
{
    const struct logged *x = a, *y = b;
    int order = strcmp(x->review->unit, y->review->unit);

    return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

static void replay_review(const struct review *r, struct schedule_row *row)
{
    struct replayed step = {.unit = r->unit,
                            .rating = (enum rating)r->rating,
                            .steps = r->learning_steps,
                            .elapsed_days = r->elapsed_days,
                            .day = r->day,
                            .due_day = r->due_day,
                            .due_ms = r->due_ms};

    plan_replay(&step, row);
}

static bool replay_log(struct store *store, struct arena *a, struct replay *out, struct err *err)
{
    struct review *log = NULL;
    size_t count = 0;

    if (!review_log(store, NULL, a, &log, &count, err))
        return false;

    struct logged *sorted = arena_array(a, count, sizeof(*sorted));

    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct logged){&log[i], i};
    if (count > 0)
        qsort(sorted, count, sizeof(*sorted), logged_by_unit);
    *out = (struct replay){arena_array(a, count, sizeof(*out->rows)), 0};
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(sorted[i].review->unit, sorted[i - 1].review->unit) != 0)
            out->rows[out->count++] = (struct schedule_row){.state = CARD_NEW};
        replay_review(sorted[i].review, &out->rows[out->count - 1]);
    }
    return true;
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1.0, fabs(b));
}

/* When it is due may have been moved before a milestone since; a later day than was decided is never right. */
static bool is_same(const struct schedule_row *stored, const struct schedule_row *replayed)
{
    return stored->state == replayed->state && stored->step == replayed->step &&
           is_near(stored->stability, replayed->stability) && is_near(stored->difficulty, replayed->difficulty) &&
           stored->last_day == replayed->last_day && stored->due_day <= replayed->due_day &&
           stored->due_ms == replayed->due_ms && stored->reps == replayed->reps && stored->lapses == replayed->lapses;
}

static unsigned count_differing(const struct replay *replay, const struct schedule_row *rows, size_t count)
{
    unsigned differing = 0;
    size_t found = 0;

    for (size_t i = 0; i < replay->count; i++) {
        const struct schedule_row *row = find_row(rows, count, replay->rows[i].unit);
        found += row != NULL;
        differing += !row || !is_same(row, &replay->rows[i]);
    }
    return differing + (unsigned)(count - found);
}

static bool write_rows(struct store *store, const struct replay *replay, const struct schedule_row *rows, size_t count,
                       struct err *err)
{
    if (!schedule_clear(store, err))
        return false;
    for (size_t i = 0; i < replay->count; i++) {
        const struct schedule_row *before = find_row(rows, count, replay->rows[i].unit);

        replay->rows[i].suspended = before && before->suspended;
        if (!schedule_put(store, &replay->rows[i], err))
            return false;
    }
    return true;
}

static bool replay_into(struct store *store, bool repair, struct arena *a, unsigned *units, unsigned *differing,
                        struct err *err)
{
    struct replay replay;
    struct schedule_row *rows = NULL;
    size_t count = 0;

    if (!replay_log(store, a, &replay, err) || !schedule_all(store, a, &rows, &count, err))
        return false;
    if (count > 0)
        qsort(rows, count, sizeof(*rows), by_unit);
    *units = (unsigned)replay.count;
    *differing = count_differing(&replay, rows, count);
    return !repair || *differing == 0 || write_rows(store, &replay, rows, count, err);
}

bool schedule_compare(struct store *store, unsigned *units, unsigned *differing, struct err *err)
{
    struct arena a = ARENA_INIT;
    bool ok = replay_into(store, false, &a, units, differing, err);

    arena_release(&a);
    return ok;
}

bool schedule_rebuild(struct app *app, unsigned *differing, struct err *err)
{
    struct arena a = ARENA_INIT;
    struct store *store = NULL;
    unsigned units = 0;
    bool ok = app_store(app, &store, err) && store_begin(store, err) &&
              finish(store, replay_into(store, true, &a, &units, differing, err), err);

    arena_release(&a);
    return ok && (*differing == 0 || schedule_fit(app, err));
}

/* ---- at the beginning of a drill */

static const char checked_setting[] = "schedule-checked";

static bool check_daily(struct app *app, struct store *store, struct arena *a, struct err *err)
{
    const char *today = arena_printf(a, "%ld", (long)app_today(app));
    const char *checked = "";
    unsigned units = 0;
    unsigned differing = 0;

    if (!store_get(store, checked_setting, a, &checked, err))
        return false;
    if (strcmp(checked, today) == 0)
        return true;
    if (!schedule_compare(store, &units, &differing, err) || (differing > 0 && !schedule_rebuild(app, &differing, err)))
        return false;
    return store_set(store, checked_setting, today, err);
}

bool schedule_ready(struct app *app, struct err *err)
{
    struct arena a = ARENA_INIT;
    struct store *store = NULL;
    bool ok = app_store(app, &store, err) && check_daily(app, store, &a, err) && schedule_fit(app, err);

    arena_release(&a);
    return ok;
}
