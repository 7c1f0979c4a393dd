#include "pmprep/app/doctor.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"
#include "pmprep/practice/schedule.h"
#include "pmprep/store/schedule.h"

#include <math.h>

struct report {
    struct arena *arena;
    struct doctor_row *rows;
    size_t count;
    size_t cap;
};

static void add(struct report *r, const char *name, enum doctor_state state, const char *value)
{
    mem_grow((void **)&r->rows, &r->cap, r->count + 1, sizeof(*r->rows));
    r->rows[r->count++] = (struct doctor_row){name, arena_strdup(r->arena, value), state};
}

/* The path, or why there is none. */
static void add_path(struct report *r, const char *name, const char *path, const struct err *err)
{
    add(r, name, path ? DOCTOR_FINE : DOCTOR_BAD, path ? path : err->text);
}

static void examine_config(struct app *app, struct report *r)
{
    const struct err *problem = app_config_problem(app);
    add(r, "preferences", problem ? DOCTOR_BAD : DOCTOR_FINE, problem ? problem->text : config_path(app_config(app)));
}

static void examine_banks(struct app *app, struct report *r)
{
    struct err err = ERR_INIT;
    struct library *library;
    size_t count, items = 0;
    add_path(r, "content", app_data_path(app, &err), &err);
    add_path(r, "your banks", app_user_banks(app, &err), &err);
    add_path(r, "cache", app_cache_path(app, &err), &err);
    if (!app_library(app, &library, &err)) {
        add(r, "banks", DOCTOR_BAD, err.text);
        return;
    }
    const struct bank_info *banks = library_banks(library, &count);
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < KIND_COUNT; k++) {
            items += banks[i].items[k];
        }
    }
    add(r, "banks", count ? DOCTOR_FINE : DOCTOR_BAD, arena_printf(r->arena, "%zu with %zu items", count, items));
    const struct problems *problems = library_problems(library);
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *p = &problems->at[i];
        add(r, "left out", DOCTOR_BAD,
            arena_printf(r->arena, "%s:%u:%u: %s", p->place.file, p->place.line, p->place.column, p->text));
    }
}

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(a));
}

/* What the log says of a unit, against what the schedule holds. */
static bool replay_agrees(struct store *store, const struct schedule_row *row, bool *agrees, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct review *log;
    size_t count;
    struct schedule_row again = {.unit = row->unit};
    bool ok = review_log(store, row->unit, &scratch, &log, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        const struct review *v = &log[i];
        struct replayed step = {
            .unit = row->unit,
            .rating = (enum rating)v->rating,
            .steps = v->learning_steps,
            .elapsed_days = v->elapsed_days,
            .day = v->day,
            .due_day = v->due_day,
            .due_ms = v->due_ms,
        };
        plan_replay(&step, &again);
    }
    *agrees = ok && again.state == row->state && again.reps == row->reps && again.lapses == row->lapses &&
              close_to(again.stability, row->stability) && close_to(again.difficulty, row->difficulty);
    arena_release(&scratch);
    return ok;
}

static void examine_schedule(struct store *store, struct report *r)
{
    struct err err = ERR_INIT;
    struct schedule_row *rows;
    size_t count, wrong = 0;
    bool ok = schedule_all(store, r->arena, &rows, &count, &err);
    const char *first = "";
    for (size_t i = 0; ok && i < count; i++) {
        bool agrees = true;
        ok = replay_agrees(store, &rows[i], &agrees, &err);
        if (ok && !agrees) {
            first = wrong++ ? first : rows[i].unit;
        }
    }
    if (!ok) {
        add(r, "schedule", DOCTOR_BAD, err.text);
    } else if (wrong) {
        add(r, "schedule", DOCTOR_BAD,
            arena_printf(r->arena, "%zu of %zu units differ from their reviews, %s first", wrong, count, first));
    } else {
        add(r, "schedule", DOCTOR_FINE,
            arena_printf(r->arena, "%zu %s, the same when replayed", count, count == 1 ? "unit" : "units"));
    }
}

static void examine_store(struct app *app, struct report *r)
{
    struct err err = ERR_INIT;
    struct store *store;
    struct strings copies;
    const char *path = app_db_path(app, &err);
    add_path(r, "database", path, &err);
    if (!path) {
        return;
    }
    if (!app_store_to_check(app, &store, &err)) {
        add(r, "answers", DOCTOR_BAD, err.text);
        return;
    }
    if (!store) {
        add(r, "answers", DOCTOR_NOTE, "none yet: the file appears with the first one");
        return;
    }
    add(r, "size", DOCTOR_FINE,
        arena_printf(r->arena, "%lld KB, schema %d", (long long)(store_size(store) + 1023) / 1024,
                     store_schema_version(store)));
    bool sound = store_check(store, &err);
    add(r, "integrity", sound ? DOCTOR_FINE : DOCTOR_BAD, sound ? "sound" : err.text);
    examine_schedule(store, r);
    if (store_copies(path, r->arena, &copies, &err)) {
        for (size_t i = 0; i < copies.count; i++) {
            add(r, "copy", DOCTOR_NOTE, copies.at[i]);
        }
    }
}

void doctor_examine(struct app *app, struct arena *a, struct doctor_row **out, size_t *count)
{
    struct report r = {.arena = a};
    add(&r, "pmprep", DOCTOR_FINE, PMPREP_VERSION);
    add(&r, "SQLite", DOCTOR_FINE, store_engine());
    examine_config(app, &r);
    examine_banks(app, &r);
    examine_store(app, &r);
    *out = arena_array(a, r.count, sizeof(**out));
    memcpy(*out, r.rows, r.count * sizeof(**out));
    *count = r.count;
    free(r.rows);
}
