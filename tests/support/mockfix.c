#include "support/unit.h"

#include "support/mockfix.h"

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

void mockfix_advance(int64_t mono_ms, int64_t wall_ms)
{
    mono_now += mono_ms;
    wall_now += wall_ms;
}

void mockfix_ok(struct mockfix *f, bool ok)
{
    if (!ok) {
        fail_msg("%s", f->err.text);
    }
}

static void open_app(struct mockfix *f)
{
    static const struct app_clock clock = {mono, wall, offset};
    const char *data = getenv("PMPREP_DATA");
    struct app_options o = {.db = buf_str(&f->db), .data = data ? data : "data"};
    mockfix_ok(f, app_open(&f->app, &o, &f->err));
    app_set_clock(f->app, &clock);
    mockfix_ok(f, app_store(f->app, &f->store, &f->err));
}

int mockfix_setup(void **state)
{
    struct mockfix *f = mem_calloc(1, sizeof(*f));
    *state = f;
    storefix_use_memory();
    mono_now = 5000000;
    wall_now = STOREFIX_NOON;
    mockfix_ok(f, file_temp_dir(&f->folder, &f->err));
    buf_addf(&f->db, "%s/t.db", buf_str(&f->folder));
    setenv("HOME", buf_str(&f->folder), 1);
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_CACHE_HOME");
    open_app(f);
    mock_options_init(&f->options);
    f->options.seed = 7;
    f->options.seed_set = true;
    f->options.mode = MODE_TYPE;
    f->options.mode_set = true;
    return 0;
}

int mockfix_teardown(void **state)
{
    struct mockfix *f = *state;
    mock_close(f->mock);
    app_close(f->app);
    storefix_remove_tree(buf_str(&f->folder));
    buf_release(&f->folder);
    buf_release(&f->db);
    arena_release(&f->arena);
    free(f);
    return 0;
}

void mockfix_open(struct mockfix *f, const char *loop)
{
    f->options.loop = loop;
    mockfix_ok(f, mock_open(f->app, &f->options, &f->mock, &f->err));
}

/* Another program opens the file as the last commit left it; the old one never writes again. */
void mockfix_kill(struct mockfix *f)
{
    app_close(f->app); /* without closing the mock: the memory it holds is freed below */
    open_app(f);
    f->mock = NULL;
}

void mockfix_resume(struct mockfix *f)
{
    struct mock_run *runs;
    size_t count;
    mockfix_ok(f, mock_runs(f->app, true, &f->arena, &runs, &count, &f->err));
    assert_true(count > 0);
    mockfix_ok(f, mock_resume(f->app, runs[0].id, &f->mock, &f->err));
}

const struct mock_view *mockfix_at(struct mockfix *f, enum mock_phase phase)
{
    const struct mock_view *v = mock_view(f->mock);
    if (v->phase != phase) {
        fail_msg("in phase %d, expected %d: %s", (int)v->phase, (int)phase, v->says);
    }
    return v;
}

void mockfix_pass(struct mockfix *f, int64_t ms)
{
    unsigned events;
    int64_t turn = ms / 200 > 1000 ? ms / 200 : 1000; /* enough of them even of hours */
    while (ms > 0) {
        int64_t step = ms < turn ? ms : turn;
        struct buf draft = BUF_INIT;
        buf_adds(&draft, mock_view(f->mock)->draft);
        mockfix_advance(step, step);
        mockfix_ok(f, mock_turn(f->mock, buf_sv(&draft), draft.len, true, &events, &f->err));
        buf_release(&draft);
        ms -= step;
    }
}

void mockfix_step(struct mockfix *f, const char *answer, int64_t ms)
{
    enum mock_phase phase = mock_view(f->mock)->phase;
    if (phase == MOCK_BREAK) {
        mockfix_ok(f, mock_begin(f->mock, &f->err));
        return;
    }
    mockfix_advance(ms, ms);
    if (phase == MOCK_TICKS) {
        mockfix_ok(f, mock_ticks(f->mock, TICK_CUSTOMER | TICK_RESULT, SV(""), &f->err));
    } else {
        mockfix_ok(f, mock_submit(f->mock, phase == MOCK_QUESTIONS ? SV("") : sv_from(answer), &f->err));
    }
}

void mockfix_to(struct mockfix *f, enum mock_phase phase, const char *answer, int64_t ms)
{
    for (int i = 0; i < 300 && mock_view(f->mock)->phase != phase; i++) {
        mockfix_step(f, answer, ms);
    }
    mockfix_at(f, phase);
}

void mockfix_debrief(struct mockfix *f, enum vote vote, int level)
{
    for (int i = 0; i < 500; i++) {
        const struct mock_view *v = mock_view(f->mock);
        if (v->phase == MOCK_VOTE || v->phase == MOCK_REVOTE) {
            mockfix_ok(f, mock_vote(f->mock, vote, "the same as before", &f->err));
        } else if (v->phase == MOCK_EVIDENCE && v->dimension) {
            mockfix_ok(f, mock_score(f->mock, level, &f->err));
        } else if (v->phase == MOCK_EVIDENCE) {
            mockfix_ok(f, mock_next(f->mock, &f->err));
        } else if (v->phase == MOCK_AGAINST) {
            mockfix_ok(f, mock_submit(f->mock, SV("One.\nTwo.\nThree."), &f->err));
        } else {
            break;
        }
    }
    mockfix_at(f, MOCK_VERDICT);
}
