#include "mock_pages.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/hash.h"
#include "pmprep/base/jsonread.h"
#include "pmprep/base/mem.h"

#include <string.h>

/* Opening, resuming, leaving a mock, and what lists tell of them. The steps are in mock_steps.c. */

void mock_options_init(struct mock_options *o)
{
    *o = (struct mock_options){.loop = NULL};
}

/* ---- lists */

bool mock_loops(struct app *app, struct arena *a, struct mock_run **out, size_t *count, struct err *err)
{
    struct library *library;
    if (!app_library(app, &library, err)) {
        return false;
    }
    const struct mock_loop *loops = library_loops(library, count);
    *out = arena_array(a, *count, sizeof(**out));
    for (size_t i = 0; i < *count; i++) {
        (*out)[i] = (struct mock_run){.id = "",
                                      .loop = loops[i].id,
                                      .title = loops[i].title,
                                      .about = loops[i].about,
                                      .minutes = loops[i].minutes,
                                      .stages = (unsigned)loops[i].stage_count};
    }
    return true;
}

struct mock_run mock_run_of(const struct loop_row *row, struct arena *a)
{
    struct mock_run run = {.id = row->id,
                           .loop = row->loop,
                           .title = row->title,
                           .about = "",
                           .started_at = row->started_at,
                           .updated_at = row->updated_at,
                           .in_debrief = row->phase >= MOCK_VOTE && row->phase < MOCK_VERDICT,
                           .done = row->phase >= MOCK_VERDICT,
                           .verdict = (enum verdict)row->verdict};
    const struct json_value *state;
    if (json_parse(sv_from(row->state), a, &state)) {
        int64_t stage = json_get_int(state, "stage", 0);
        run.stages = (unsigned)json_get_int(state, "stages", 0);
        run.left_ms = json_get_int(state, "left_ms", 0);
        run.minutes = (unsigned)json_get_int(state, "minutes", 0);
        run.stage = stage == 0 && row->phase == MOCK_BREAK ? 0 : (unsigned)stage + (stage < (int64_t)run.stages);
    }
    return run;
}

bool mock_runs(struct app *app, bool open, struct arena *a, struct mock_run **out, size_t *count, struct err *err)
{
    struct store *store;
    struct loop_row *rows;
    *out = NULL;
    *count = 0;
    if (!app_store_if_any(app, &store, err)) {
        return false;
    }
    if (!store) {
        return true;
    }
    if (!loop_all(store, open, a, &rows, count, err)) {
        return false;
    }
    *out = arena_array(a, *count, sizeof(**out));
    for (size_t i = 0; i < *count; i++) {
        (*out)[i] = mock_run_of(&rows[i], a);
    }
    return true;
}

/* ---- opening */

static enum answer_mode configured_mode(struct app *app)
{
    const char *name = config_text(app_config(app), "mode");
    if (strcmp(name, "speak") == 0) {
        return MODE_SPEAK;
    }
    return strcmp(name, "outline") == 0 ? MODE_OUTLINE : MODE_TYPE;
}

static bool unknown_loop(struct mock *m, const char *name, struct err *err)
{
    size_t count;
    struct arena scratch = ARENA_INIT;
    const struct mock_loop *loops = library_loops(m->library, &count);
    const char **names = arena_array(&scratch, count, sizeof(*names));
    for (size_t i = 0; i < count; i++) {
        names[i] = loops[i].id;
    }
    const char *near = nearest_name(sv_from(name), names, count);
    if (near) {
        err_set(err, ERR_NOT_FOUND, "there is no loop '%s'; did you mean %s? `pmprep mock --list` shows all", name,
                near);
    } else {
        err_set(err, ERR_NOT_FOUND, "there is no loop '%s': `pmprep mock --list` shows all", name);
    }
    arena_release(&scratch);
    return false;
}

/* The half rounds take turns. */
static bool next_half_round(struct mock *m, const char **loop, struct err *err)
{
    static const char *const halves[] = {"single-behavioural", "single-case"};
    struct arena scratch = ARENA_INIT;
    struct loop_row *rows;
    size_t count;
    bool ok = loop_all(m->store, false, &scratch, &rows, &count, err);
    *loop = halves[0];
    for (size_t i = 0; ok && i < count; i++) {
        if (strcmp(rows[i].loop, halves[0]) == 0 || strcmp(rows[i].loop, halves[1]) == 0) {
            *loop = halves[strcmp(rows[i].loop, halves[0]) == 0];
            break;
        }
    }
    arena_release(&scratch);
    return ok;
}

static bool find_loop(struct mock *m, const char *name, struct err *err)
{
    if (!name && !next_half_round(m, &name, err)) {
        return false;
    }
    const struct mock_loop *loop = library_loop(m->library, name);
    struct buf json = BUF_INIT;
    if (!loop) {
        return unknown_loop(m, name, err);
    }
    mock_write_loop(loop, &json); /* what runs is the loop as it is stored, whatever becomes of its file */
    m->row.snapshot = arena_sv(&m->arena, buf_sv(&json));
    buf_release(&json);
    return mock_read_loop(m->row.snapshot, &m->arena, &m->loop, err);
}

static bool check_options(const struct mock_options *o, struct err *err)
{
    if (o->pace != 0 && (o->pace < LOOP_PACE_MIN || o->pace > LOOP_PACE_MAX)) {
        return err_set(err, ERR_USAGE, "--pace takes a number from 0.1 to 10");
    }
    return true;
}

static void begin_row(struct mock *m, const struct mock_options *o)
{
    int64_t now = app_wall(m->app);
    uuid7(now, m->id);
    m->row.id = m->id;
    m->row.loop = m->loop->id;
    m->row.title = m->loop->title;
    m->row.seed = o->seed_set ? o->seed : hash_bytes(HASH_INIT, m->id, sizeof(m->id));
    m->row.pace = o->pace != 0 ? o->pace : 1;
    m->row.started_at = now;
    m->row.offset_min = app_offset(m->app);
    m->row.notes = m->row.against = "";
    m->mode = o->mode_set ? o->mode : configured_mode(m->app);
}

static bool store_run(struct mock *m, struct err *err)
{
    struct buf plan = BUF_INIT;
    struct session session = {.id = m->id,
                              .kind = "mock",
                              .started_at = m->row.started_at,
                              .ended_at = m->row.started_at,
                              .offset_min = m->row.offset_min,
                              .seed = m->row.seed};
    mock_write_plan(&m->plan, &plan);
    m->row.plan = arena_sv(&m->arena, buf_sv(&plan));
    buf_release(&plan);
    if (!store_begin(m->store, err)) {
        return false;
    }
    if (!session_put(m->store, &session, err) || !mock_write_row(m, err)) {
        store_rollback(m->store);
        return false;
    }
    return store_commit(m->store, err);
}

struct mock *mock_new(struct app *app)
{
    struct mock *m = mem_calloc(1, sizeof(*m));
    m->app = app;
    m->item_key = "";
    m->s.says = m->s.about = m->s.cuts_in = m->s.why = m->s.flaw = m->s.quote = m->s.attempt = m->s.heard = "";
    m->s.debrief = MOCK_VOTE;
    return m;
}

void mock_free(struct mock *m)
{
    debrief_free(m->pages);
    buf_release(&m->draft);
    free(m->said);
    free(m->used);
    arena_release(&m->item_arena);
    arena_release(&m->view_arena);
    arena_release(&m->arena);
    free(m);
}

static bool open_new(struct mock *m, const struct mock_options *o, struct err *err)
{
    if (!check_options(o, err) || !app_store(m->app, &m->store, err) || !app_library(m->app, &m->library, err) ||
        !find_loop(m, o->loop, err)) {
        return false;
    }
    begin_row(m, o);
    loop_start(&m->s.run);
    m->since = app_mono(m->app);
    return mock_make_plan(m, o, err) && mock_load_item(m, err) && store_run(m, err);
}

bool mock_open(struct app *app, const struct mock_options *o, struct mock **out, struct err *err)
{
    struct mock *m = mock_new(app);
    if (!open_new(m, o, err)) {
        mock_free(m);
        return false;
    }
    *out = m;
    return true;
}

/* ---- resuming */

/* What was said to the question so far, from the answers that are stored. */
static bool load_heard(struct mock *m, struct err *err)
{
    struct attempt *all;
    size_t count;
    struct arena scratch = ARENA_INIT;
    struct buf text = BUF_INIT;
    bool ok = !m->s.attempt[0] || attempts_of_session(m->store, m->id, &scratch, &all, &count, err);
    for (size_t i = 0; ok && m->s.attempt[0] && i < count; i++) {
        bool belongs = strcmp(all[i].id, m->s.attempt) == 0 || strcmp(all[i].parent, m->s.attempt) == 0;
        if (belongs && all[i].text[0]) {
            buf_addf(&text, "%s%s", text.len > 0 ? "\n\n" : "", all[i].text);
        }
    }
    m->s.heard = arena_sv(&m->arena, buf_sv(&text));
    buf_release(&text);
    arena_release(&scratch);
    return ok;
}

bool mock_open_stored(struct mock *m, const char *run, struct err *err)
{
    if (!app_store(m->app, &m->store, err) || !app_library(m->app, &m->library, err) ||
        !loop_get(m->store, run, &m->arena, &m->row, err)) {
        return false;
    }
    memcpy(m->id, m->row.id, strnlen(m->row.id, sizeof(m->id) - 1));
    m->mode = m->row.mode;
    m->since = m->stored = app_mono(m->app);
    return mock_read_loop(m->row.snapshot, &m->arena, &m->loop, err) &&
           mock_read_plan(m->row.plan, m->loop, &m->arena, &m->plan, err) && mock_read_state(m, m->row.state, err) &&
           mock_read_said(m, m->row.said, err);
}

bool mock_resume(struct app *app, const char *run, struct mock **out, struct err *err)
{
    struct mock *m = mock_new(app);
    bool ok = mock_open_stored(m, run, err);
    m->s.verdict = (enum verdict)m->row.verdict;
    if (!ok || !mock_load_item(m, err) || !load_heard(m, err) || !mock_load_draft(m, err)) {
        mock_free(m);
        return false;
    }
    m->warned = mock_warning_now(m);
    *out = m;
    return true;
}

bool mock_discard(struct app *app, const char *run, struct err *err)
{
    struct store *store;
    struct loop_row row;
    struct arena scratch = ARENA_INIT;
    bool ok = app_store(app, &store, err) && loop_get(store, run, &scratch, &row, err) &&
              loop_delete(store, row.id, app_wall(app), err);
    arena_release(&scratch);
    return ok;
}

void mock_close(struct mock *m)
{
    struct err ignored = ERR_INIT;
    if (!m) {
        return;
    }
    mock_account(m);
    if (loop_is_timed(m->s.run.phase)) { /* each step was stored; what is lost here is less than a second */
        mock_save_time(m, buf_sv(&m->draft), m->draft_cursor, &ignored);
    }
    mock_free(m);
}

/* ---- what belongs to no step */

bool mock_notes(struct mock *m, struct sv text, struct err *err)
{
    const char *before = m->row.notes;
    mock_account(m);
    m->row.notes = arena_sv(&m->arena, text);
    if (!mock_save_row(m, err)) {
        m->row.notes = before;
        return false;
    }
    return true;
}

bool mock_save_draft(struct mock *m, struct sv text, size_t cursor, struct err *err)
{
    mock_account(m);
    return mock_save_time(m, text, cursor, err);
}

bool mock_set_mode(struct mock *m, enum answer_mode mode, struct err *err)
{
    enum answer_mode before = m->mode;
    if (mode >= MODE_PICK) {
        return err_set(err, ERR_USAGE, "an answer is typed, spoken or outlined");
    }
    mock_account(m);
    m->mode = mode;
    if (!mock_save_row(m, err)) {
        m->mode = before;
        return false;
    }
    return true;
}
