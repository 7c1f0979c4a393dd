#include "pmprep/app/progress.h"

#include "app/next.h"
#include "app/sealed.h"
#include "pmprep/app/schedule.h"
#include "pmprep/base/rng.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/schedule.h"

static const char first_run_setting[] = "first-run";

/* The one that comes first, today included; dates that are unknown come last and do not count. */
static bool next_milestone(struct store *store, int32_t today, struct arena *a, struct progress_due *out,
                           struct err *err)
{
    struct milestone *all;
    size_t count;
    if (!milestone_all(store, a, &all, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct milestone *m = &all[i];
        int32_t last = m->last_day ? m->last_day : m->first_day;
        if (m->done || m->first_day == 0 || last < today) {
            continue;
        }
        int left = m->first_day > today ? m->first_day - today : 0;
        if (!out->has_milestone || left < out->days_left) {
            out->has_milestone = true;
            out->days_left = left;
            out->milestone = m->title;
        }
    }
    return true;
}

static bool due_of(struct app *app, struct store *store, struct arena *a, struct progress_due *out, struct err *err)
{
    *out = (struct progress_due){.milestone = ""};
    int32_t today = app_today(app);
    return !store || (schedule_due_count(store, today, app_wall(app), &out->due, err) &&
                      next_milestone(store, today, a, out, err));
}

bool progress_due(struct app *app, struct arena *a, struct progress_due *out, struct err *err)
{
    struct store *store;
    return app_store_if_any(app, &store, err) && due_of(app, store, a, out, err);
}

/* One row for each principle, in the official order, whatever the store has rows for. */
static bool fill_coverage(struct store *store, struct library *library, int32_t since, struct arena *a,
                          struct progress_home *out, struct err *err)
{
    struct coverage *rows = NULL;
    size_t count = 0, principles;
    const struct principle *all = library_principles(library, &principles);
    struct coverage *coverage = arena_array(a, principles, sizeof(*coverage));
    const char **names = arena_array(a, principles, sizeof(*names));
    if (store && !stats_coverage(store, since, a, &rows, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < principles; i++) {
        coverage[i].principle = all[i].id;
        names[i] = all[i].name;
        for (size_t k = 0; k < count; k++) {
            if (strcmp(rows[k].principle, all[i].id) == 0) {
                coverage[i] = rows[k];
            }
        }
    }
    out->coverage = coverage;
    out->principle_names = names;
    out->coverage_count = principles;
    return true;
}

static void sum_week(struct progress_home *out)
{
    for (int i = HOME_DAYS - 7; i < HOME_DAYS; i++) {
        out->week_days += out->days[i].answers > 0;
        out->week_ms += out->days[i].active_ms;
    }
}

/* Rules in many answers come first, so those that are no habit stand last. */
static bool fill_flaws(struct store *store, struct arena *a, struct progress_home *out, struct err *err)
{
    if (!attempts_habits(store, HABIT_ANSWERS, a, &out->flaws, err)) {
        return false;
    }
    while (out->flaws.count > 0 && out->flaws.at[out->flaws.count - 1].answers < HABIT_LEAST) {
        out->flaws.count--;
    }
    return true;
}

/* Of several that are open the one that was touched last. */
static bool fill_mock(struct app *app, struct arena *a, struct progress_home *out, struct err *err)
{
    struct mock_run *runs;
    size_t count;
    if (!mock_runs(app, true, a, &runs, &count, err)) {
        return false;
    }
    out->has_mock = count > 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || runs[i].updated_at > out->mock.updated_at) {
            out->mock = runs[i];
        }
    }
    return true;
}

/* What only a file with history has. */
static bool fill_history(struct app *app, struct store *store, struct arena *a, struct progress_home *out,
                         struct err *err)
{
    int32_t today = app_today(app);
    struct filter everything;
    size_t answers = 0;
    const char *first_run = "";
    filter_init(&everything);
    if (!stats_days(store, today - HOME_DAYS + 1, HOME_DAYS, out->days, err) ||
        !stats_streak(store, today, &out->streak, err) || !fill_flaws(store, a, out, err) ||
        !attempts_count(store, &everything, &answers, err) ||
        !store_get(store, first_run_setting, a, &first_run, err) ||
        !draft_latest(store, a, &out->draft, &out->has_draft, err) || !fill_mock(app, a, out, err) ||
        !sealed_age(app, store, &out->sealed_days, err) ||
        !sealed_is_back(store, out->sealed_days, &out->sealed_back, err)) {
        return false;
    }
    sum_week(out);
    out->answers = (unsigned)answers;
    out->first_run = answers == 0 && !out->has_draft && !out->has_mock && first_run[0] == '\0';
    return true;
}

static bool fill_home(struct app *app, struct store *store, struct library *library, struct arena *a,
                      struct progress_home *out, struct err *err)
{
    return due_of(app, store, a, &out->due, err) &&
           fill_coverage(store, library, app_today(app) - HOME_DAYS + 1, a, out, err) &&
           (!store || (fill_history(app, store, a, out, err) && next_thing(app, a, out, err)));
}

bool progress_home(struct app *app, struct arena *a, struct progress_home *out, struct err *err)
{
    struct store *store;
    struct library *library;
    *out = (struct progress_home){
        .next_title = "", .next_reason = "", .next_plan = "", .first_run = true, .sealed_days = -1};
    if (!app_store_if_any(app, &store, err) || !app_library(app, &library, err) || (store && !store_hold(store, err))) {
        return false;
    }
    bool ok = fill_home(app, store, library, a, out, err);
    if (store) {
        store_let_go(store);
    }
    return ok;
}

bool progress_set_milestone(struct app *app, const char *kind, const char *title, int32_t first_day, int32_t last_day,
                            struct err *err)
{
    struct store *store;
    struct milestone *all;
    size_t count;
    struct arena scratch = ARENA_INIT;
    char id[UUID_SIZE];
    if (last_day < first_day) {
        return err_set(err, ERR_USAGE, "the last day of %s lies before its first: swap them", title);
    }
    bool ok = app_store(app, &store, err) && milestone_all(store, &scratch, &all, &count, err);
    if (ok) {
        uuid7(app_wall(app), id);
        struct milestone m = {.id = id, .kind = kind, .title = title, .first_day = first_day, .last_day = last_day};
        for (size_t i = 0; i < count; i++) {
            if (!all[i].done && strcmp(all[i].kind, kind) == 0) {
                m.id = all[i].id;
            }
        }
        ok = milestone_put(store, &m, err);
    }
    arena_release(&scratch);
    return ok && schedule_fit(app, err);
}

bool progress_first_run_done(struct app *app, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && store_set(store, first_run_setting, "done", err);
}
