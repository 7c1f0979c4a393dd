#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/base/hash.h"
#include "pmprep/practice/select.h"

#include <limits.h>

#define TODAY  20000 /* a Friday */
#define DAY    INT64_C(86400000)
#define MINUTE INT64_C(60000)

/* A small bank: principles with behavioural questions, families with cases, two transition families. */
struct world {
    struct arena arena;
    struct item_meta *metas;
    struct select_item *items;
    size_t count;
    struct schedule_row rows[64];
    size_t row_count;
    struct select_pool pool;
    struct select_ask ask;
    struct rng rng;
};

/* "PREFIX" and two numbers: "b/p03-1" */
static const char *text(struct world *w, const char *prefix, int a, int b)
{
    return b < 0 ? arena_printf(&w->arena, "%s%02d", prefix, a) : arena_printf(&w->arena, "%s%02d-%d", prefix, a, b);
}

static struct item_meta *add(struct world *w, enum item_kind kind, enum family family, const char *principle,
                             const char *key)
{
    struct item_meta *m = &w->metas[w->count];
    const char **list = arena_array(&w->arena, 1, sizeof(*list));

    list[0] = principle;
    *m = (struct item_meta){.key = key,
                            .bank = "b",
                            .title = key,
                            .kind = kind,
                            .family = family,
                            .principles = {list, principle ? 1 : 0},
                            .difficulty = 1 + (int)(w->count % 3)};
    w->items[w->count] = (struct select_item){.meta = m, .cost_ms = 5 * MINUTE, .tier = principle ? 2 : 0};
    w->count++;
    return m;
}

static void init(struct world *w)
{
    *w = (struct world){.count = 0};
    w->metas = arena_array(&w->arena, 256, sizeof(*w->metas));
    w->items = arena_array(&w->arena, 256, sizeof(*w->items));
    w->ask = (struct select_ask){.today = TODAY,
                                 .now_ms = TODAY * DAY,
                                 .retention = 0.9,
                                 .new_left = 100,
                                 .left_ms = INT64_MAX,
                                 .left_items = UINT_MAX,
                                 .first = true,
                                 .last_kind = -1};
    rng_seed(&w->rng, 1);
}

static void ready(struct world *w)
{
    for (size_t i = 0; i < w->count; i++)
        w->items[i].unit = unit_of(w->items[i].meta, &w->arena);
    select_pool_init(&w->pool, w->items, w->count, &w->arena);
    select_pool_rows(&w->pool, w->rows, w->row_count);
}

static void fill(struct world *w, int principles, int cases, int transitions, int each)
{
    init(w);
    for (int p = 0; p < principles; p++)
        for (int i = 0; i < each; i++)
            add(w, KIND_BEHAVIOURAL, FAMILY_GENERAL, text(w, "p", p, -1), text(w, "b/p", p, i));
    for (int c = 0; c < cases; c++)
        for (int i = 0; i < each; i++)
            add(w, KIND_CASE, (enum family)(FAMILY_PRODUCT_SENSE + c), NULL, text(w, "b/c", c, i));
    for (int i = 0; i < transitions * each; i++)
        add(w, KIND_TRANSITION, FAMILY_WHY_PM, NULL, text(w, "b/t", 0, i));
    ready(w);
}

static struct schedule_row *reviewed(struct world *w, const char *unit, int32_t due_day)
{
    struct schedule_row *row = &w->rows[w->row_count++];

    *row = (struct schedule_row){.unit = unit,
                                 .state = CARD_REVIEW,
                                 .stability = 8,
                                 .difficulty = 5,
                                 .last_day = due_day - 8,
                                 .due_day = due_day,
                                 .reps = 2};
    return row;
}

static bool next(struct world *w, struct selection *s)
{
    select_pool_rows(&w->pool, w->rows, w->row_count);
    return select_next(&w->pool, &w->ask, &w->rng, &w->arena, s);
}

static struct select_item *item(struct world *w, const char *key)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->items[i].meta->key, key) == 0)
            return &w->items[i];
    fail_msg("no item %s", key);
    return NULL;
}

static void test_due_comes_before_new(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 4, 3, 1, 2);
    reviewed(&w, "principle/p02", TODAY - 2);
    assert_true(next(&w, &s));
    assert_string_equal(s.unit->name, "principle/p02");
    assert_int_equal(s.why, WHY_DUE);
    assert_string_equal(s.reason, "due since Wednesday");
    arena_release(&w.arena);
}

static void test_reasons(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 1, 0, 0, 2);
    struct schedule_row *row = reviewed(&w, "principle/p00", TODAY);
    assert_true(next(&w, &s));
    assert_string_equal(s.reason, "due today");
    row->due_day = TODAY - 1;
    row->lapses = 3;
    assert_true(next(&w, &s));
    assert_string_equal(s.reason, "due since yesterday; lapsed 3 times");
    row->due_day = TODAY - 9;
    row->lapses = 0;
    assert_true(next(&w, &s));
    assert_string_equal(s.reason, "due for 9 days");
    row->due_day = TODAY + 4;
    assert_true(next(&w, &s));
    assert_int_equal(s.why, WHY_AHEAD);
    assert_string_equal(s.reason, "nothing is due; this one returns in 4 days");
    row->due_day = TODAY;
    row->due_ms = w.ask.now_ms;
    assert_true(next(&w, &s));
    assert_string_equal(s.reason, "to recall again after a break");
    w.row_count = 0;
    assert_true(next(&w, &s));
    assert_string_equal(s.reason, "new: not practised yet");
    arena_release(&w.arena);
}

static void test_a_recurring_flaw_is_brought_back_and_named(void **state)
{
    struct world w;
    struct selection s;
    static const char *flaw[] = {"no-number"};

    (void)state;
    fill(&w, 2, 0, 0, 6);
    reviewed(&w, "principle/p01", TODAY);
    w.ask.recurring = (struct strings){flaw, 1};
    w.metas[9].flaws = (struct strings){flaw, 1}; /* b/p01-3 */
    assert_true(next(&w, &s));
    assert_string_equal(s.item->meta->key, "b/p01-3");
    assert_string_equal(s.reason, "due today; \"no-number\" keeps coming back in your answers");
    arena_release(&w.arena);
}

static void test_prompts_not_seen_lately(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 1, 0, 0, 4);
    reviewed(&w, "principle/p00", TODAY);
    for (int i = 0; i < 4; i++) {
        struct select_item *x = item(&w, text(&w, "b/p", 0, i));
        x->times = 1;
        x->last_day = TODAY - 5 - i * 10;
    }
    item(&w, "b/p00-2")->times = 0;
    assert_true(next(&w, &s));
    assert_string_equal(s.item->meta->key, "b/p00-2"); /* never seen */
    item(&w, "b/p00-2")->suspended = true;
    assert_true(next(&w, &s));
    assert_string_equal(s.item->meta->key, "b/p00-3"); /* longest ago */
    item(&w, "b/p00-0")->flagged = true;
    assert_true(next(&w, &s));
    assert_string_equal(s.item->meta->key, "b/p00-0"); /* flagged, and rested */
    item(&w, "b/p00-0")->last_day = TODAY - 1;
    assert_true(next(&w, &s));
    assert_string_equal(s.item->meta->key, "b/p00-3");
    arena_release(&w.arena);
}

static void test_core_items_come_first(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct world w;
        struct selection s;

        fill(&w, 4, 3, 1, 5);
        rng_seed(&w.rng, seed);
        for (size_t i = 0; i < w.count; i++)
            w.metas[i].core = i % 5 == 3;
        for (int i = 0; i < 6; i++) {
            assert_true(next(&w, &s));
            assert_true(s.item->meta->core);
            assert_string_equal(s.reason, "new, from the core set");
            select_take(&s);
        }
        arena_release(&w.arena);
    }
}

static void test_the_daily_limit_of_new_units(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 4, 3, 1, 2);
    reviewed(&w, "principle/p02", TODAY + 5);
    w.ask.new_left = 0;
    assert_true(next(&w, &s));
    assert_int_equal(s.why, WHY_AHEAD);
    assert_string_equal(s.unit->name, "principle/p02");
    w.ask.new_left = 1;
    assert_true(next(&w, &s));
    assert_int_equal(s.why, WHY_NEW);
    w.ask.milestone = TODAY + NO_NEW_DAYS;
    assert_true(next(&w, &s));
    assert_int_equal(s.why, WHY_AHEAD); /* nothing new in the last three days */
    w.ask.milestone = TODAY + NO_NEW_DAYS + 1;
    assert_true(next(&w, &s));
    assert_int_equal(s.why, WHY_NEW);
    arena_release(&w.arena);
}

static void test_due_and_new_only(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 2, 1, 0, 2);
    w.ask.due_only = true;
    assert_false(next(&w, &s));
    reviewed(&w, "principle/p01", TODAY);
    assert_true(next(&w, &s));
    assert_string_equal(s.unit->name, "principle/p01");
    select_take(&s);
    w.ask.due_only = false;
    w.ask.new_only = true;
    w.ask.new_left = 0; /* a wish goes beyond the limit */
    for (size_t i = 0; i < w.count; i++)
        w.items[i].times = 1;
    item(&w, "b/c00-1")->times = 0;
    assert_true(next(&w, &s));
    assert_string_equal(s.item->meta->key, "b/c00-1");
    select_take(&s);
    assert_false(next(&w, &s));
    w.ask.new_only = false;
    w.ask.not_due = true;
    for (int i = 0; i < 3; i++) {
        assert_true(next(&w, &s));
        assert_int_not_equal(s.why, WHY_DUE);
        select_take(&s);
    }
    arena_release(&w.arena);
}

static void test_the_session_holds_what_fits(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 2, 1, 0, 1);
    for (size_t i = 0; i < w.count; i++)
        w.items[i].cost_ms = (w.items[i].meta->kind == KIND_CASE ? 25 : 15) * MINUTE;
    w.ask.left_ms = 20 * MINUTE;
    reviewed(&w, "family/product-sense", TODAY - 9);
    assert_true(next(&w, &s)); /* due, but too long */
    assert_int_not_equal(s.item->meta->kind, KIND_CASE);
    w.ask.left_ms = 3 * MINUTE;
    assert_true(next(&w, &s)); /* the first one is given all the same */
    w.ask.first = false;
    assert_false(next(&w, &s));
    arena_release(&w.arena);
}

/* A backlog brings nothing new, and first what gains most before the date: what is forgotten soonest. */
static void test_a_backlog_is_triaged(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 8, 0, 0, 2);
    for (int i = 0; i < 6; i++)
        reviewed(&w, text(&w, "principle/p", i, -1), TODAY - 1)->stability = i == 3 ? 6 : 400;
    w.ask.left_ms = 12 * MINUTE;
    w.ask.milestone = TODAY + 10;
    assert_true(next(&w, &s));
    assert_string_equal(s.unit->name, "principle/p03");
    assert_string_equal(s.reason, "due since yesterday; more is due than fits, and this gains most before the date");
    for (int i = 0; i < 4; i++) {
        assert_true(next(&w, &s));
        assert_int_equal(s.why, WHY_DUE);
        w.ask.last_unit = s.unit->name;
        w.ask.last_kind = (int)s.item->meta->kind;
        select_take(&s);
    }
    arena_release(&w.arena);
}

static void test_what_came_last_is_not_repeated(void **state)
{
    struct world w;
    struct selection s;

    (void)state;
    fill(&w, 1, 1, 0, 3);
    reviewed(&w, "principle/p00", TODAY - 20)->lapses = 5;
    w.ask.last_unit = "principle/p00";
    w.ask.last_kind = KIND_BEHAVIOURAL;
    assert_true(next(&w, &s));
    assert_string_not_equal(s.unit->name, "principle/p00");
    for (size_t i = 0; i < w.count; i++) /* nothing but that unit */
        w.items[i].suspended = w.items[i].meta->kind == KIND_CASE;
    assert_true(next(&w, &s));
    assert_string_equal(s.unit->name, "principle/p00");
    arena_release(&w.arena);
}

/* ---- weeks of practice */

struct weeks {
    uint64_t log; /* a hash of what was given, in order */
    unsigned given;
    unsigned units;
};

static struct schedule_row *row_of(struct world *w, const char *unit)
{
    for (size_t i = 0; i < w->row_count; i++)
        if (strcmp(w->rows[i].unit, unit) == 0)
            return &w->rows[i];
    return NULL;
}

static void review(struct world *w, const struct selection *s, int32_t day)
{
    struct plan p = {.today = day,
                     .now_ms = day * DAY,
                     .milestone = w->ask.milestone,
                     .retention = 0.9,
                     .rows = w->rows,
                     .count = w->row_count};
    struct schedule_row *row = row_of(w, s->unit->name);
    enum rating r = (enum rating)(RATING_AGAIN + rng_below(&w->rng, 4));
    struct planned got;

    plan_review(&p, s->unit->name, row, r, false, &got);
    assert_true(got.row.due_day <= plan_last_day(&p));
    if (!row)
        row = &w->rows[w->row_count++];
    *row = got.row;
    s->item->times++;
    s->item->last_day = day;
}

static bool has_unseen(const struct world *w, const struct select_unit *u)
{
    for (size_t i = u->first; i < u->first + u->count; i++)
        if (w->items[i].times == 0 && !w->items[i].used)
            return true;
    return false;
}

static unsigned due_units(const struct world *w)
{
    unsigned due = 0;

    for (size_t i = 0; i < w->row_count; i++)
        due += row_is_due(&w->rows[i], w->ask.today, w->ask.now_ms);
    return due;
}

static void one_day(struct world *w, int32_t day, struct weeks *out)
{
    unsigned begun = 0;

    w->ask.today = day;
    w->ask.now_ms = day * DAY;
    for (size_t i = 0; i < w->count; i++)
        w->items[i].used = false;
    for (size_t i = 0; i < w->pool.unit_count; i++)
        w->pool.units[i].given = 0;
    for (unsigned i = 0; i < 6; i++) {
        struct selection s;

        w->ask.new_left = 3 - begun;
        w->ask.left_items = 6 - i;
        w->ask.first = i == 0;
        assert_true(next(w, &s));
        assert_true(!w->ask.last_unit || strcmp(w->ask.last_unit, s.unit->name) != 0);
        if ((int)s.item->meta->kind == w->ask.last_kind) /* only when what is due needs the rest of the session */
            assert_true(due_units(w) >= w->ask.left_items);
        assert_true(s.item->times == 0 || !has_unseen(w, s.unit));
        assert_true(s.reason[0] != '\0');
        if (s.why == WHY_NEW) {
            begun++;
            assert_true(begun <= 3);
            assert_true(w->ask.milestone - day > NO_NEW_DAYS);
        }
        w->ask.last_unit = s.unit->name;
        w->ask.last_kind = (int)s.item->meta->kind;
        select_take(&s);
        review(w, &s, day);
        out->log = hash_field(out->log, sv_from(s.item->meta->key));
        out->given++;
    }
}

static struct weeks practise(uint64_t seed)
{
    struct world w;
    struct weeks out = {HASH_INIT, 0, 0};

    fill(&w, 16, 7, 1, 4);
    rng_seed(&w.rng, seed);
    w.ask.milestone = TODAY + 42;
    for (int32_t day = TODAY; day < TODAY + 42; day++)
        if (rng_below(&w.rng, 7) > 0) /* a day off now and then */
            one_day(&w, day, &out);
    out.units = (unsigned)w.row_count;
    for (size_t i = 0; i < w.row_count; i++)
        assert_true(w.rows[i].due_day <= TODAY + 42);
    arena_release(&w.arena);
    return out;
}

static void test_six_weeks_interleave(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct weeks w = practise(seed);
        assert_true(w.given > 150);
        assert_int_equal(w.units, 24); /* every principle and family was reached */
    }
}

static void test_the_seed_decides(void **state)
{
    (void)state;
    assert_true(practise(5).log == practise(5).log);
    assert_true(practise(5).log != practise(6).log);
}

/* ---- the focus */

static void test_the_focus_is_the_weakest_dimension(void **state)
{
    struct dimension dims[3] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    struct rubric rubric = {.dimensions = dims, .dimension_count = 3};
    struct dimension_stat weak[3] = {{32, 8}, {14, 8}, {24, 8}};
    struct dimension_stat unknown[3] = {{32, 8}, {0, 0}, {28, 8}};
    struct dimension_stat none[3] = {{0, 0}, {0, 0}, {0, 0}};
    bool seen[3] = {false, false, false};
    struct rng rng;

    (void)state;
    rng_seed(&rng, 3);
    assert_int_equal(focus_dimension(&rubric, weak, &rng), 1);
    assert_int_equal(focus_dimension(&rubric, unknown, &rng), 1);
    for (int i = 0; i < 50; i++)
        seen[focus_dimension(&rubric, none, &rng)] = true;
    assert_true(seen[0] && seen[1] && seen[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due_comes_before_new),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_a_recurring_flaw_is_brought_back_and_named),
        cmocka_unit_test(test_prompts_not_seen_lately),
        cmocka_unit_test(test_core_items_come_first),
        cmocka_unit_test(test_the_daily_limit_of_new_units),
        cmocka_unit_test(test_due_and_new_only),
        cmocka_unit_test(test_the_session_holds_what_fits),
        cmocka_unit_test(test_a_backlog_is_triaged),
        cmocka_unit_test(test_what_came_last_is_not_repeated),
        cmocka_unit_test(test_six_weeks_interleave),
        cmocka_unit_test(test_the_seed_decides),
        cmocka_unit_test(test_the_focus_is_the_weakest_dimension),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
