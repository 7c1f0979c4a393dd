#include "support/unit.h"

#include "support/stage.h"

#include "support/storefix.h"

#include "pmprep/app/progress.h"
#include "pmprep/app/story.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"
#include "pmprep/coach/words.h"
#include "screens/screens.h"

#include <stdlib.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static const int64_t start_wall = INT64_C(1795266300000); /* 2026-11-21T13:05:00Z */
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
    return 60;
}

static void ok(struct stage *s, bool done)
{
    if (!done)
        print_error("%s\n", s->err.text);
    assert_true(done);
}

/* ---- setting up */

static void own_home(struct stage *s)
{
    static const char *const names[] = {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"};
    ok(s, file_temp_dir(&s->folder, &s->err));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        setenv(names[i], buf_str(&s->folder), 1);
}

int stage_setup_fresh(void **state)
{
    static const struct app_clock clock = {mono, wall, offset};
    struct stage *s = mem_calloc(1, sizeof(*s));
    struct buf data = BUF_INIT, db = BUF_INIT;
    own_home(s);
    path_join(&data, getenv("PMPREP_FIXTURES"), "screens-data");
    path_join(&db, buf_str(&s->folder), "t.db");
    mono_now = 1000000;
    wall_now = start_wall;
    struct app_options o = {.db = buf_str(&db), .data = buf_str(&data)};
    ok(s, app_open(&s->app, &o, &s->err));
    app_set_clock(s->app, &clock);
    struct store *store;
    struct library *library;
    ok(s, app_store(s->app, &store, &s->err) && app_library(s->app, &library, &s->err));
    buf_release(&data);
    buf_release(&db);
    *state = s;
    return 0;
}

int stage_setup(void **state)
{
    stage_setup_fresh(state);
    struct stage *s = *state;
    ok(s, progress_first_run_done(s->app, &s->err));
    return 0;
}

int stage_teardown(void **state)
{
    struct stage *s = *state;
    loop_free(s->loop);
    app_close(s->app);
    storefix_remove_tree(buf_str(&s->folder));
    buf_release(&s->folder);
    free(s);
    return 0;
}

/* ---- history */

struct past {
    int days_ago;
    const char *item;
    enum item_kind kind;
    enum family family;
    const char *principle;
    const char *prompt;
    const char *text;
    int first, after; /* levels, 0 not scored */
    int minutes;
};

static const struct past past[] = {
    {12, "screens/metric-and-customers", KIND_BEHAVIOURAL, FAMILY_GENERAL, "dive-deep",
     "Tell me about a time a metric and what customers told you did not agree.",
     "Support said returns were rising. Our dashboard said they were flat. I pulled the raw orders for eight weeks and "
     "saw that the dashboard counted a return only once the parcel was scanned.",
     3, 3, 9},
    {9, "screens/checkout-dropped", KIND_CASE, FAMILY_METRICS, "customer-obsession",
     "Completed checkouts fell by eight percent since Monday. You own checkout. Go.",
     "First I would ask whether it is real: one country or all, one payment method or all. Then what changed on "
     "Monday.",
     2, 3, 18},
    {8, "screens/name-bias-for-action", KIND_BEHAVIOURAL, FAMILY_GENERAL, "bias-for-action",
     "When did you show bias for action although half of the facts were missing?",
     "The contract ended on a Friday, so I decided on Wednesday with two of five quotes, and kept a way back.", 4, 4,
     6},
    {5, "screens/owned-a-miss", KIND_BEHAVIOURAL, FAMILY_FAILURE, "ownership",
     "Tell me about an outcome that failed under your responsibility. What did you do once you knew?",
     "I promised forty sellers a refund tool for June and it came in August.\n\nI had seen in April that two of five "
     "flows could not be ready and told nobody for three weeks. Refunds went on by hand.",
     2, 2, 7},
    {2, "screens/metric-and-customers", KIND_BEHAVIOURAL, FAMILY_GENERAL, "dive-deep",
     "Tell me about a time a metric and what customers told you did not agree.",
     "Returns were at nine percent by my count and six by the dashboard. I read two hundred of them, found that "
     "refunds without a parcel were not counted, and changed the definition against the wish of finance.",
     3, 4, 8},
    {1, "screens/owned-a-miss", KIND_BEHAVIOURAL, FAMILY_FAILURE, "ownership",
     "Tell me about an outcome that failed under your responsibility. What did you do once you knew?",
     "Forty sellers had planned on a date that I knew was wrong. I called each of them, shipped three flows in June "
     "and "
     "two in August; nine left us. Since then I publish how sure I am of each date every week.",
     3, 4, 11},
    {0, "screens/pair-refunds", KIND_PAIR, FAMILY_GENERAL, "dive-deep",
     "Tell me about an improvement you are proud of.", "No number at all, and nobody decides anything.", 0, 0, 4},
};
enum { PAST = sizeof(past) / sizeof(past[0]), NEWEST_ANSWER = 5 };

static void put_past(struct stage *s, struct store *store, unsigned n, struct arena *a)
{
    const struct past *p = &past[n];
    const char *principle = p->principle;
    struct library *library;
    ok(s, app_library(s->app, &library, &s->err));
    struct attempt at = storefix_attempt(a, n + 1, p->item, p->text, 0);
    at.kind = p->kind;
    at.family = p->family;
    at.principles = (struct strings){&principle, 1};
    at.prompt = p->prompt;
    at.started_at = start_wall - (int64_t)p->days_ago * DAY_MS - 60 * 60000;
    at.active_ms = (int64_t)p->minutes * 60000;
    at.ended_at = at.started_at + at.active_ms;
    at.offset_min = 60;
    at.words = (unsigned)words_count(sv_from(p->text));
    at.mode = p->kind == KIND_PAIR ? MODE_PICK : p->kind == KIND_CASE ? MODE_OUTLINE : MODE_TYPE;
    at.picked = p->kind == KIND_PAIR ? 1 : -1;
    at.picked_right = p->kind == KIND_PAIR;
    at.note = n == NEWEST_ANSWER ? "Say earlier what it cost the sellers." : "";
    at.flagged = n == 1;
    struct item_snapshot snap = storefix_snapshot(&at);
    snap.prompt = p->prompt;
    snap.rubric = library_rubric_for(library, p->family);
    ok(s, attempts_put(store, &at, &snap, &s->err));
    const int levels[] = {p->first, p->after};
    for (int i = 0; i < 2 && p->first > 0; i++) {
        struct score scores[] = {{"", levels[i]}, {snap.rubric->dimensions[0].id, levels[i] > 3 ? 3 : levels[i]}};
        struct score_set set = {i == 0 ? SCORE_BLIND : SCORE_EVIDENCE, at.ended_at + i, scores, 2};
        ok(s, attempts_score(store, at.id, &set, &s->err));
    }
}

/* A drilled question, so that the schedule has something that is due. */
static void drill_once(struct stage *s)
{
    struct drill *d;
    struct drill_options o;
    drill_options_init(&o);
    o.item = "screens/name-bias-for-action";
    o.seed = 1;
    o.seed_set = true;
    wall_now -= 13 * (int64_t)DAY_MS;
    ok(s, drill_open(s->app, &o, &d, &s->err));
    ok(s, drill_submit(d, SV("I decided on Wednesday."), &s->err));
    while (drill_view(d)->step == DRILL_SCORE)
        ok(s, drill_score(d, 2, &s->err));
    while (drill_view(d)->step != DRILL_DONE)
        ok(s, drill_view(d)->step == DRILL_STORY     ? drill_story(d, NULL, &s->err)
              : drill_view(d)->step == DRILL_RESCORE ? drill_score(d, 0, &s->err)
                                                     : drill_next(d, &s->err));
    drill_close(d);
    wall_now += 13 * (int64_t)DAY_MS;
}

void stage_history(struct stage *s)
{
    static const char *principles[] = {"ownership", "earn-trust"};
    struct arena a = ARENA_INIT;
    struct store *store;
    ok(s, app_store(s->app, &store, &s->err));
    drill_once(s);
    for (unsigned i = 0; i < PAST; i++)
        put_past(s, store, i, &a);
    int32_t today = app_today(s->app);
    ok(s, progress_set_milestone(s->app, "loop", "interview loop", today + 12, today + 12, &s->err));
    struct story st;
    story_init(&st);
    st.headline = "Cut refunds without a parcel from nine to six percent";
    ok(s, story_add(s->app, &st, &a, &s->err));
    wall_now++;
    story_init(&st);
    st.headline = "Called forty sellers about a date I knew was wrong";
    st.customer = "forty sellers who had planned their season on a refund tool in June";
    st.decision = "to tell all of them in person and to ship three flows of five";
    st.rejected = "to move the date quietly by a quarter, which my director preferred";
    st.before = "5 flows promised, 0 ready in April 2025";
    st.after = "3 in June, 2 in August; 9 of 40 sellers left";
    st.period = "2025 Q2-Q3";
    st.lesson = "a date without a confidence is a guess";
    st.principles = (struct strings){principles, 2};
    ok(s, story_add(s->app, &st, &a, &s->err));
    arena_release(&a);
}

void stage_many(struct stage *s, unsigned count)
{
    struct arena a = ARENA_INIT;
    struct store *store;
    ok(s, app_store(s->app, &store, &s->err) && store_begin(store, &s->err));
    for (unsigned n = 1; n <= count; n++) {
        const char *text = arena_printf(&a, "answer number %u ends here", n);
        struct attempt at = storefix_attempt(&a, n, "screens/owned-a-miss", text, 0);
        at.prompt = at.text;
        at.started_at = start_wall - (int64_t)(count - n) * 60000;
        at.ended_at = at.started_at + 1000;
        struct item_snapshot snap = storefix_snapshot(&at);
        ok(s, attempts_put(store, &at, &snap, &s->err));
    }
    ok(s, store_commit(store, &s->err));
    arena_release(&a);
}

/* ---- on the stage */

void stage_show(struct stage *s, struct screen *first)
{
    static const struct loop_options options = {.theme = THEME_MONO};
    ok(s, first != NULL);
    loop_free(s->loop);
    s->loop = loop_new(&options, first, mono_now);
}

void stage_drill(struct stage *s, const char *id, enum answer_mode mode)
{
    struct drill *d;
    struct drill_options o;
    struct buf key = BUF_INIT;
    buf_addf(&key, "screens/%s", id);
    drill_options_init(&o);
    o.item = buf_str(&key);
    o.mode = mode;
    o.mode_set = mode != MODE_PICK;
    o.seed = 1;
    o.seed_set = true;
    ok(s, drill_open(s->app, &o, &d, &s->err));
    stage_show(s, drill_screen(s->app, d));
    buf_release(&key);
}

void stage_keys(struct stage *s, const char *names)
{
    struct sv rest = sv_from(names), name;
    while (sv_split(&rest, ' ', &name)) {
        char text[32];
        struct key k;
        snprintf(text, sizeof(text), SV_FMT, SV_ARG(name));
        assert_true(key_parse(text, &k));
        loop_feed(s->loop, &k);
    }
}

void stage_type(struct stage *s, const char *text)
{
    for (const char *p = text; *p; p++) {
        struct key k = {.code = *p == '\n' ? KEY_ENTER_ : KEY_CHAR, .cp = (unsigned char)*p};
        loop_feed(s->loop, &k);
    }
}

void stage_paste(struct stage *s, const char *text)
{
    struct key k = {.code = KEY_PASTE, .text = text, .text_len = strlen(text)};
    loop_feed(s->loop, &k);
}

void stage_pass(struct stage *s, int64_t ms)
{
    mono_now += ms;
    wall_now += ms;
    if (s->loop)
        loop_advance(s->loop, mono_now);
}

static bool is_there(struct stage *s, const char *text)
{
    struct buf dump = BUF_INIT;
    canvas_dump(loop_draw(s->loop, 24, 80), false, &dump);
    bool drawn = strstr(buf_str(&dump), text) != NULL;
    buf_release(&dump);
    return drawn;
}

/* The screen is printed when the test is about to fail. */
static bool show_unless(struct stage *s, const char *text, bool fine)
{
    struct buf dump = BUF_INIT;
    canvas_dump(loop_draw(s->loop, 24, 80), false, &dump);
    if (!fine)
        print_error("%s\n%s\n", text, buf_str(&dump));
    buf_release(&dump);
    return fine;
}

bool stage_sees(struct stage *s, const char *text)
{
    return show_unless(s, text, is_there(s, text));
}

bool stage_lacks(struct stage *s, const char *text)
{
    return show_unless(s, text, !is_there(s, text));
}

void stage_while(struct stage *s, const char *text, const char *key)
{
    for (int i = 0; is_there(s, text); i++) {
        assert_in_range(i, 0, 20);
        stage_keys(s, key);
    }
}

const char *stage_status(struct stage *s)
{
    return loop_status_text(s->loop, NULL);
}

/* ---- golden files */

static void draw_all(struct stage *s, struct buf *out)
{
    static const struct {
        int rows, cols;
        bool roles;
    } sizes[] = {{18, 60, false}, {24, 80, false}, {43, 132, false}, {24, 80, true}};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        buf_addf(out, "==== %dx%d%s\n", sizes[i].cols, sizes[i].rows, sizes[i].roles ? " with roles" : "");
        canvas_dump(loop_draw(s->loop, sizes[i].rows, sizes[i].cols), sizes[i].roles, out);
    }
}

static void tell_first_difference(const char *name, struct sv golden, struct sv drawn)
{
    struct sv a = {NULL, 0}, b = {NULL, 0}, section = {NULL, 0};
    unsigned line = 0;
    do {
        bool more_a = sv_split(&golden, '\n', &a), more_b = sv_split(&drawn, '\n', &b);
        line++;
        if (!more_a && !more_b)
            return;
        section = sv_starts(b, "====") ? b : section;
    } while (sv_eq(a, b));
    print_error("tests/golden/%s.txt:%u (" SV_FMT ")\n  golden: " SV_FMT "\n  drawn:  " SV_FMT "\n", name, line,
                SV_ARG(section), SV_ARG(a), SV_ARG(b));
}

void stage_golden(struct stage *s, const char *name)
{
    struct buf drawn = BUF_INIT, golden = BUF_INIT, path = BUF_INIT;
    const char *write = getenv("PMPREP_GOLDEN_WRITE");
    buf_addf(&path, "%s/../golden/%s.txt", getenv("PMPREP_FIXTURES"), name);
    draw_all(s, &drawn);
    if (write && write[0]) {
        ok(s, file_write_atomic(buf_str(&path), buf_sv(&drawn), &s->err));
    } else {
        ok(s, file_read(buf_str(&path), 1 << 20, &golden, &s->err));
        tell_first_difference(name, buf_sv(&golden), buf_sv(&drawn));
        assert_true(sv_eq(buf_sv(&golden), buf_sv(&drawn)));
    }
    buf_release(&drawn);
    buf_release(&golden);
    buf_release(&path);
}
