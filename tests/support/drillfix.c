#include "support/unit.h"

#include "support/drillfix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

static int64_t mono_now, wall_now;

static int64_t mono(void)
{
    return mono_now;
}

static int64_t wall(void)
{
    return wall_now;
}

static int offset(int64_t utc_ms)
{
    (void)utc_ms;
    return 0;
}

void drillfix_advance(int64_t ms)
{
    mono_now += ms;
    wall_now += ms;
}

void drillfix_ok(struct drillfix *f, bool ok)
{
    if (!ok)
        fail_msg("%s", f->err.text);
}

static void open_app(struct drillfix *f)
{
    static const struct app_clock clock = {mono, wall, offset};
    const char *data = getenv("PMPREP_DATA");
    const char **banks = arena_array(&f->arena, 1, sizeof(*banks));
    struct app_options o = {.db = buf_str(&f->db), .data = data ? data : "data", .banks = banks, .bank_count = 1};

    banks[0] = buf_str(&f->bank);
    o.config = buf_str(&f->config);
    drillfix_ok(f, app_open(&f->app, &o, &f->err));
    app_set_clock(f->app, &clock);
    drillfix_ok(f, app_store(f->app, &f->store, &f->err));
}

int drillfix_setup(void **state)
{
    struct drillfix *f = mem_calloc(1, sizeof(*f));
    const char *fixtures = getenv("PMPREP_FIXTURES");

    *state = f;
    mono_now = 5000000;
    wall_now = DRILLFIX_NOON;
    drillfix_ok(f, file_temp_dir(&f->folder, &f->err));
    buf_addf(&f->db, "%s/t.db", buf_str(&f->folder));
    buf_addf(&f->config, "%s/config.yaml", buf_str(&f->folder));
    buf_addf(&f->bank, "%s/drill/drilling.yaml", fixtures ? fixtures : "tests/fixtures");
    setenv("HOME", buf_str(&f->folder), 1);
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_CACHE_HOME");
    open_app(f);
    drill_options_init(&f->options);
    f->options.seed = 7;
    f->options.seed_set = true;
    f->options.count = 3;
    drillfix_filter(f, "bank:drilling");
    return 0;
}

int drillfix_teardown(void **state)
{
    struct drillfix *f = *state;

    drillfix_close(f);
    app_close(f->app);
    storefix_remove_tree(buf_str(&f->folder));
    buf_release(&f->folder);
    buf_release(&f->db);
    buf_release(&f->bank);
    buf_release(&f->config);
    arena_release(&f->arena);
    free(f);
    return 0;
}

void drillfix_reopen(struct drillfix *f)
{
    f->drill = NULL;
    app_close(f->app);
    open_app(f);
}

void drillfix_filter(struct drillfix *f, const char *line)
{
    drillfix_ok(f, filter_parse_line(sv_from(line), wall_now, 0, &f->arena, &f->options.filter, &f->err));
}

void drillfix_open(struct drillfix *f)
{
    drillfix_ok(f, drill_open(f->app, &f->options, &f->drill, &f->err));
}

void drillfix_item(struct drillfix *f, const char *id)
{
    f->options.item = arena_printf(&f->arena, "drilling/%s", id);
    drillfix_open(f);
}

void drillfix_close(struct drillfix *f)
{
    drill_close(f->drill);
    f->drill = NULL;
}

const struct drill_view *drillfix_at(struct drillfix *f, enum drill_step step)
{
    const struct drill_view *v = drill_view(f->drill);

    if (v->step != step)
        fail_msg("at step %d, expected %d", (int)v->step, (int)step);
    return v;
}

void drillfix_to_schedule(struct drillfix *f, int level)
{
    if (drill_view(f->drill)->step == DRILL_PRINCIPLE)
        drillfix_ok(f, drill_principle(f->drill, NULL, &f->err));
    while (drill_view(f->drill)->step == DRILL_SCORE)
        drillfix_ok(f, drill_score(f->drill, level, &f->err));
    if (drill_view(f->drill)->step == DRILL_STORY)
        drillfix_ok(f, drill_story(f->drill, NULL, &f->err));
    drillfix_at(f, DRILL_EVIDENCE);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    if (drill_view(f->drill)->step == DRILL_RESCORE)
        drillfix_ok(f, drill_score(f->drill, 0, &f->err));
    drillfix_at(f, DRILL_SCHEDULE);
}

void drillfix_answer(struct drillfix *f, const char *text, int level)
{
    drillfix_at(f, DRILL_ANSWER);
    drillfix_ok(f, drill_submit(f->drill, sv_from(text), &f->err));
    drillfix_to_schedule(f, level);
}

size_t drillfix_attempts(struct drillfix *f)
{
    struct filter any;
    size_t count = 0;

    filter_init(&any);
    drillfix_ok(f, attempts_count(f->store, &any, &count, &f->err));
    return count;
}

struct attempt drillfix_attempt(struct drillfix *f, size_t newest)
{
    struct filter any;
    struct attempt_row *rows = NULL;
    struct attempt at;
    size_t count = 0;
    bool more = false;

    filter_init(&any);
    drillfix_ok(f, attempts_list(f->store, &any, 0, 0, &f->arena, &rows, &count, &more, &f->err));
    assert_true(newest < count);
    drillfix_ok(f, attempts_get(f->store, rows[newest].id, &f->arena, &at, &f->err));
    return at;
}

bool drillfix_row(struct drillfix *f, const char *unit, struct schedule_row *row)
{
    bool found = false;

    drillfix_ok(f, schedule_get(f->store, unit, &f->arena, row, &found, &f->err));
    return found;
}
