#include "pmprep/app/doctor.h"

#include "pmprep/app/schedule.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"
#include "pmprep/store/store.h"

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

static void add_left_out(struct report *r, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *p = &problems->at[i];
        add(r, "left out", DOCTOR_BAD,
            arena_printf(r->arena, "%s:%u:%u: %s", p->place.file, p->place.line, p->place.column, p->text));
    }
}

/* Rules and words, the user's among them. */
static void examine_coach(struct app *app, struct library *library, struct report *r)
{
    struct err err = ERR_INIT;
    size_t rules, lexicons, own = 0;
    const char *config = app_config_home(app, &err);
    const struct rule *list = library_rules(library, &rules);
    library_lexicons(library, &lexicons);
    for (size_t i = 0; i < rules; i++) {
        own += list[i].user;
    }
    add_path(r, "your rules", config ? arena_printf(r->arena, "%s/rules", config) : NULL, &err);
    add_path(r, "your words", config ? arena_printf(r->arena, "%s/words", config) : NULL, &err);
    add(r, "coach", rules && lexicons ? DOCTOR_FINE : DOCTOR_BAD,
        arena_printf(r->arena, "%zu rules, %zu of them yours, and %zu files of words", rules, own, lexicons));
    add_left_out(r, library_rule_problems(library));
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
    add_left_out(r, library_problems(library));
    examine_coach(app, library, r);
}

static void examine_schedule(struct store *store, struct report *r)
{
    struct err err = ERR_INIT;
    unsigned units, wrong;
    if (!schedule_compare(store, &units, &wrong, &err)) {
        add(r, "schedule", DOCTOR_BAD, err.text);
    } else if (wrong) {
        add(r, "schedule", DOCTOR_BAD,
            arena_printf(r->arena, "%u of %u units differ from their reviews; the next day's first drill repairs them",
                         wrong, units));
    } else {
        add(r, "schedule", DOCTOR_FINE,
            arena_printf(r->arena, "%u %s, the same when replayed", units, units == 1 ? "unit" : "units"));
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

static bool is_whole(struct app *app, struct err *err)
{
    struct store *store;
    return app_store_to_check(app, &store, err) && (!store || store_check(store, err));
}

bool doctor_set_aside(struct app *app, struct buf *moved, struct err *err)
{
    struct err found = ERR_INIT;
    const char *path = app_db_path(app, err);
    if (!path) {
        return false;
    }
    if (is_whole(app, &found)) {
        return err_set(err, ERR_NOT_FOUND, "%s is sound, or not there yet: nothing was set aside", path);
    }
    if (found.code != ERR_CORRUPT) { /* busy, written by a newer version, out of reach: no reason to lose sight of it */
        *err = found;
        return false;
    }
    app_forget_store(app);
    return store_set_aside(path, moved, err);
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
