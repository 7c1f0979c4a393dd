#include "pmprep/app/app.h"

#include "app/coaching.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"
#include "pmprep/store/store.h"

#include <errno.h>
#include <unistd.h>

struct app {
    struct app_options options;
    struct app_clock clock;
    struct arena arena; /* paths */
    struct config *config;
    struct err config_problem;
    bool config_loaded;
    struct library *library;
    struct store *store;
    struct coaching coaching;
    const char *db_path;
    const char *data_path;
    const char *user_banks;
    const char *config_home;
    const char *cache_path;
};

static const struct app_clock system_clock = {clock_mono_ms, clock_wall_ms, clock_offset_min};

bool app_open(struct app **out, const struct app_options *o, struct err *err)
{
    (void)err; /* everything is opened on first use */
    struct app *app = mem_calloc(1, sizeof(*app));
    app->options = *o;
    app->clock = system_clock;
    *out = app;
    return true;
}

void app_close(struct app *app)
{
    if (!app) {
        return;
    }
    store_close(app->store);
    coaching_release(&app->coaching); /* before the library, whose records it holds */
    library_close(app->library);
    config_free(app->config);
    arena_release(&app->arena);
    free(app);
}

void app_set_clock(struct app *app, const struct app_clock *c)
{
    app->clock = *c;
}

int64_t app_mono(const struct app *app)
{
    return app->clock.mono_ms();
}

int64_t app_wall(const struct app *app)
{
    return app->clock.wall_ms();
}

int app_offset(const struct app *app)
{
    return app->clock.offset_min(app_wall(app));
}

int32_t app_today(const struct app *app)
{
    return clock_practice_day(app_wall(app), app_offset(app));
}

bool app_is_readonly(const struct app *app)
{
    return app->options.readonly;
}

/* Fills *slot, once, with the path that find() appends, and name below it when there is one. */
static const char *place(struct app *app, const char **slot, bool (*find)(struct buf *, struct err *), const char *name,
                         struct err *err)
{
    struct buf path = BUF_INIT;
    if (!*slot && find(&path, err)) {
        buf_adds(&path, name);
        *slot = arena_sv(&app->arena, buf_sv(&path));
    }
    buf_release(&path);
    return *slot;
}

const char *app_db_path(struct app *app, struct err *err)
{
    struct buf path = BUF_INIT;
    if (!app->db_path && path_database(app->options.db, &path, err)) {
        app->db_path = arena_sv(&app->arena, buf_sv(&path));
    }
    buf_release(&path);
    return app->db_path;
}

const char *app_data_path(struct app *app, struct err *err)
{
    struct buf path = BUF_INIT;
    if (!app->data_path && path_shipped_data(app->options.data, &path, err)) {
        app->data_path = arena_sv(&app->arena, buf_sv(&path));
    }
    buf_release(&path);
    return app->data_path;
}

const char *app_user_banks(struct app *app, struct err *err)
{
    return place(app, &app->user_banks, path_data_home, "/banks", err);
}

const char *app_config_home(struct app *app, struct err *err)
{
    return place(app, &app->config_home, path_config_home, "", err);
}

const char *app_cache_path(struct app *app, struct err *err)
{
    return place(app, &app->cache_path, path_cache_home, "/library.db", err);
}

const char *const *app_extra_banks(struct app *app, size_t *count)
{
    *count = app->options.bank_count;
    return app->options.banks;
}

static void load_config(struct app *app)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    app->config_loaded = true;
    if (app->options.config) {
        buf_adds(&path, app->options.config);
    } else if (path_config_home(&path, &err)) {
        buf_adds(&path, "/config.yaml");
    }
    if (!config_load(&app->config, buf_str(&path), &err)) {
        app->config_problem = err;
    }
    buf_release(&path);
}

struct coaching *app_coaching(struct app *app)
{
    return &app->coaching;
}

struct config *app_config(struct app *app)
{
    if (!app->config_loaded) {
        load_config(app);
    }
    return app->config;
}

const struct err *app_config_problem(struct app *app)
{
    app_config(app);
    return app->config_problem.code == ERR_NONE ? NULL : &app->config_problem;
}

/* A bank that was named must be there: left out in silence, its questions would be missed later. */
static bool extra_banks_there(const struct app *app, struct err *err)
{
    for (size_t i = 0; i < app->options.bank_count; i++) {
        if (access(app->options.banks[i], R_OK) != 0) {
            return err_errno(err, "cannot open the bank %s", app->options.banks[i]);
        }
    }
    return true;
}

bool app_library(struct app *app, struct library **out, struct err *err)
{
    if (!app->library) {
        struct library_sources sources = {
            .shipped = app_data_path(app, err),
            .user = app_user_banks(app, NULL),
            .config = app_config_home(app, NULL),
            .extra = app->options.banks,
            .extra_count = app->options.bank_count,
            .cache = app_cache_path(app, NULL),
        };
        if (!sources.shipped || !extra_banks_there(app, err) || !library_open(&app->library, &sources, err)) {
            return false;
        }
    }
    *out = app->library;
    return true;
}

bool app_store(struct app *app, struct store **out, struct err *err)
{
    if (!app->store) {
        const char *path = app_db_path(app, err);
        unsigned flags = app->options.readonly ? STORE_READONLY : 0;
        if (!path || !store_open(&app->store, path, flags, NULL, err)) {
            return false;
        }
    }
    *out = app->store;
    return true;
}

bool app_store_if_any(struct app *app, struct store **out, struct err *err)
{
    *out = NULL;
    if (!app->store && app->options.readonly && !app->options.db) {
        const char *path = app_db_path(app, err);
        if (!path) {
            return false;
        }
        if (access(path, F_OK) != 0 && errno == ENOENT) {
            return true;
        }
    }
    return app_store(app, out, err);
}

bool app_store_to_check(struct app *app, struct store **out, struct err *err)
{
    const char *path = app_db_path(app, err);
    if (path && access(path, W_OK) == 0) {
        app->options.readonly = false;
    }
    return app_store_if_any(app, out, err);
}

void app_forget_store(struct app *app)
{
    store_close(app->store);
    app->store = NULL;
}

bool app_need(struct app *app, unsigned needs, struct err *err)
{
    struct store *store;
    struct library *library;
    return (!(needs & APP_STORE) || app_store_if_any(app, &store, err)) &&
           (!(needs & APP_LIBRARY) || app_library(app, &library, err));
}
