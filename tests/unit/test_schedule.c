#include "support/unit.h"

#include "support/storefix.h"

#define DAY  STOREFIX_DAY
#define NOON STOREFIX_NOON

static struct schedule_row row_of(const char *unit, int32_t due, int reps)
{
    return (struct schedule_row){
        .unit = unit,
        .state = CARD_REVIEW,
        .stability = 3.25,
        .difficulty = 5.5,
        .last_day = DAY,
        .due_day = due,
        .reps = reps,
    };
}

static struct review review_of(struct arena *a, unsigned n, const char *unit, int32_t day, int rating)
{
    return (struct review){
        .id = storefix_id(a, n),
        .unit = unit,
        .attempt = "",
        .rating = rating,
        .voids = "",
        .at_ms = (int64_t)day * 86400000 + n,
        .day = day,
        .elapsed_days = 2,
        .learning_steps = true,
        .fsrs_version = 6,
        .rated_by = 1,
    };
}

static void add(struct storefix *f, unsigned n, const char *unit, int32_t day, int rating, int reps)
{
    struct review r = review_of(&f->arena, n, unit, day, rating);
    struct schedule_row row = row_of(unit, day + 3, reps);
    bool ok = review_add(f->store, &r, &row, &f->err);
    assert_string_equal(f->err.text, "");
    assert_true(ok);
}

static void rows_come_back(void **state)
{
    struct storefix *f = *state;
    struct schedule_row row = {"item/b/one", CARD_LEARNING, 1, 0.4072, 7.21, DAY - 1, DAY, NOON + 600000, 2, 1, true},
                        back;
    bool found;
    assert_true(schedule_get(f->store, row.unit, &f->arena, &back, &found, &f->err));
    assert_false(found);
    assert_true(schedule_put(f->store, &row, &f->err));
    assert_true(schedule_get(f->store, row.unit, &f->arena, &back, &found, &f->err));
    assert_true(found);
    assert_string_equal(back.unit, row.unit);
    assert_int_equal(back.state, row.state);
    assert_int_equal(back.step, row.step);
    assert_true(back.stability == row.stability && back.difficulty == row.difficulty);
    assert_int_equal(back.last_day, row.last_day);
    assert_int_equal(back.due_day, row.due_day);
    assert_int_equal(back.due_ms, row.due_ms);
    assert_int_equal(back.reps, row.reps);
    assert_int_equal(back.lapses, row.lapses);
    assert_true(back.suspended);
    assert_true(schedule_clear(f->store, &f->err));
    struct schedule_row *all;
    size_t count;
    assert_true(schedule_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 0);
}

static unsigned due(struct storefix *f, int32_t day, int64_t now)
{
    unsigned count;
    assert_true(schedule_due_count(f->store, day, now, &count, &f->err));
    return count;
}

static void what_is_due(void **state)
{
    struct storefix *f = *state;
    struct schedule_row rows[] = {row_of("a", DAY, 1), row_of("b", DAY + 1, 1), row_of("c", DAY, 1),
                                  row_of("d", DAY - 9, 1)};
    rows[2].due_ms = NOON + 1000;
    assert_int_equal(due(f, DAY, NOON), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(schedule_put(f->store, &rows[i], &f->err));
    }
    assert_int_equal(due(f, DAY, NOON), 2);
    assert_int_equal(due(f, DAY, NOON + 1000), 3);
    assert_int_equal(due(f, DAY + 1, NOON + 86400000), 4);
    rows[3].suspended = true;
    assert_true(schedule_put(f->store, &rows[3], &f->err));
    assert_int_equal(due(f, DAY, NOON), 1);
}

static void the_log_in_order(void **state)
{
    struct storefix *f = *state;
    add(f, 3, "principle/ownership", DAY + 2, 4, 1); /* an import may bring older ones later */
    add(f, 1, "principle/ownership", DAY, 3, 2);
    add(f, 2, "principle/dive-deep", DAY, 1, 1);
    struct review *log;
    size_t count;
    assert_true(review_log(f->store, "principle/ownership", &f->arena, &log, &count, &f->err));
    assert_int_equal(count, 2);
    struct review want = review_of(&f->arena, 1, "principle/ownership", DAY, 3);
    assert_string_equal(log[0].id, want.id);
    assert_string_equal(log[0].unit, want.unit);
    assert_int_equal(log[0].rating, want.rating);
    assert_int_equal(log[0].at_ms, want.at_ms);
    assert_int_equal(log[0].day, want.day);
    assert_int_equal(log[0].elapsed_days, want.elapsed_days);
    assert_int_equal(log[0].learning_steps, want.learning_steps);
    assert_int_equal(log[0].fsrs_version, want.fsrs_version);
    assert_int_equal(log[0].rated_by, want.rated_by);
    assert_int_equal(log[1].rating, 4);
    assert_true(review_log(f->store, NULL, &f->arena, &log, &count, &f->err)); /* of all units */
    assert_int_equal(count, 3);
    assert_string_equal(log[1].unit, "principle/dive-deep");
}

/* Stands for the scheduler: what a row is after a log. */
static struct schedule_row replayed(const struct review *log, size_t count)
{
    struct schedule_row row = row_of(log[0].unit, log[count - 1].day + 3, (int)count);
    row.last_day = log[count - 1].day;
    row.stability = 0;
    for (size_t i = 0; i < count; i++) {
        row.stability = row.stability * 1.5 + log[i].rating; /* order matters */
    }
    return row;
}

static void grade(struct storefix *f, unsigned n, const char *unit, int32_t day, int rating)
{
    struct review *log, next = review_of(&f->arena, n, unit, day, rating);
    size_t count;
    assert_true(review_log(f->store, unit, &f->arena, &log, &count, &f->err));
    struct review *longer = arena_array(&f->arena, count + 1, sizeof(*longer));
    for (size_t i = 0; i < count; i++) {
        longer[i] = log[i];
    }
    longer[count] = next;
    struct schedule_row after = replayed(longer, count + 1);
    assert_true(review_add(f->store, &next, &after, &f->err));
}

/* After gradings, an undo and a grading again, the log alone gives the schedule that was kept meanwhile. */
static void a_replay_rebuilds_the_schedule(void **state)
{
    struct storefix *f = *state;
    struct schedule_row before, *kept, *rebuilt;
    bool found;
    size_t count, again;
    grade(f, 1, "u/one", DAY, 3);
    grade(f, 2, "u/two", DAY, 2);
    grade(f, 3, "u/one", DAY + 4, 1);
    assert_true(schedule_get(f->store, "u/one", &f->arena, &before, &found, &f->err));
    grade(f, 4, "u/one", DAY + 5, 4);
    assert_true(review_void(f->store, storefix_id(&f->arena, 4), storefix_id(&f->arena, 5), NOON, &before, &f->err));
    grade(f, 6, "u/one", DAY + 5, 2);
    assert_true(schedule_all(f->store, &f->arena, &kept, &count, &f->err));
    assert_true(store_check(f->store, &f->err));
    assert_true(store_begin(f->store, &f->err));
    assert_true(schedule_clear(f->store, &f->err));
    for (size_t i = 0; i < count; i++) {
        struct review *log;
        size_t reviews;
        assert_true(review_log(f->store, kept[i].unit, &f->arena, &log, &reviews, &f->err));
        struct schedule_row row = replayed(log, reviews);
        assert_true(schedule_put(f->store, &row, &f->err));
    }
    assert_true(store_commit(f->store, &f->err));
    assert_true(schedule_all(f->store, &f->arena, &rebuilt, &again, &f->err));
    assert_int_equal(again, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(rebuilt[i].unit, kept[i].unit);
        assert_true(rebuilt[i].stability == kept[i].stability);
        assert_int_equal(rebuilt[i].due_day, kept[i].due_day);
        assert_int_equal(rebuilt[i].reps, kept[i].reps);
    }
}

static void undo_of_a_first_review(void **state)
{
    struct storefix *f = *state;
    bool found;
    struct schedule_row row;
    size_t count;
    struct review *log;
    add(f, 1, "u", DAY, 3, 1);
    const char *id = storefix_id(&f->arena, 1);
    assert_true(review_void(f->store, id, storefix_id(&f->arena, 2), NOON, NULL, &f->err));
    assert_true(schedule_get(f->store, "u", &f->arena, &row, &found, &f->err));
    assert_false(found);
    assert_true(review_log(f->store, "u", &f->arena, &log, &count, &f->err));
    assert_int_equal(count, 0);
    assert_true(store_check(f->store, &f->err));
    assert_false(review_void(f->store, id, storefix_id(&f->arena, 3), NOON, NULL, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_int_equal(storefix_int(buf_str(&f->file), "SELECT count(*) FROM reviews"), 2); /* nothing was erased */
}

static void the_same_review_twice_is_once(void **state)
{
    struct storefix *f = *state;
    struct review *log;
    size_t count;
    add(f, 1, "u", DAY, 3, 1);
    add(f, 1, "u", DAY, 3, 1);
    assert_true(review_log(f->store, "u", &f->arena, &log, &count, &f->err));
    assert_int_equal(count, 1);
}

static void new_units_of_a_day(void **state)
{
    struct storefix *f = *state;
    unsigned count;
    add(f, 1, "old", DAY - 1, 3, 1);
    add(f, 2, "old", DAY, 3, 2);
    add(f, 3, "fresh", DAY, 3, 1);
    add(f, 4, "fresh", DAY, 3, 2);
    add(f, 5, "undone", DAY, 3, 1);
    assert_true(schedule_new_today(f->store, DAY, &count, &f->err));
    assert_int_equal(count, 2);
    assert_true(review_void(f->store, storefix_id(&f->arena, 5), storefix_id(&f->arena, 6), NOON, NULL, &f->err));
    assert_true(schedule_new_today(f->store, DAY, &count, &f->err));
    assert_int_equal(count, 1);
}

static void a_schedule_that_strays_is_noticed(void **state)
{
    struct storefix *f = *state;
    add(f, 1, "u", DAY, 3, 1);
    assert_true(store_check(f->store, &f->err));
    struct schedule_row row = row_of("u", DAY, 7);
    assert_true(schedule_put(f->store, &row, &f->err));
    assert_false(store_check(f->store, &f->err));
    assert_non_null(strstr(f->err.text, "review log"));
}

static void marks_on_items(void **state)
{
    struct storefix *f = *state;
    struct strings suspended, flagged;
    assert_true(item_mark(f->store, "b/one", true, false, &f->err));
    assert_true(item_mark(f->store, "b/two", true, true, &f->err));
    assert_true(item_mark(f->store, "b/one", false, true, &f->err));
    assert_true(item_marks(f->store, &f->arena, &suspended, &flagged, &f->err));
    assert_int_equal(suspended.count, 1);
    assert_string_equal(suspended.at[0], "b/two");
    assert_int_equal(flagged.count, 2);
    assert_string_equal(flagged.at[0], "b/one");
}

static void milestones(void **state)
{
    struct storefix *f = *state;
    struct milestone unknown = {"m1", "loop", "Loop", 0, 0, false},
                     dated = {"m2", "one-on-one", "Talk", DAY, DAY + 1, false};
    struct milestone *all;
    size_t count;
    assert_true(milestone_put(f->store, &unknown, &f->err));
    assert_true(milestone_put(f->store, &dated, &f->err));
    dated.done = true;
    dated.title = "Talk with the hiring manager";
    assert_true(milestone_put(f->store, &dated, &f->err));
    assert_true(milestone_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 2);
    assert_string_equal(all[0].title, dated.title);
    assert_string_equal(all[0].kind, "one-on-one");
    assert_int_equal(all[0].first_day, DAY);
    assert_int_equal(all[0].last_day, DAY + 1);
    assert_true(all[0].done);
    assert_string_equal(all[1].id, "m1"); /* without a date: last */
    assert_true(milestone_remove(f->store, "m2", &f->err));
    assert_true(milestone_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 1);
}

static void sessions(void **state)
{
    struct storefix *f = *state;
    struct session one = {"s1", "drill", NOON, 0, 60, UINT64_MAX, 6, 0},
                   two = {"s2", "drill", NOON + 5, 0, 60, 1, 3, 0}, back;
    bool found;
    assert_true(session_latest(f->store, "drill", &f->arena, &back, &found, &f->err));
    assert_false(found);
    assert_true(session_put(f->store, &two, &f->err));
    assert_true(session_put(f->store, &one, &f->err));
    two.done = 3;
    two.ended_at = NOON + 9;
    assert_true(session_put(f->store, &two, &f->err));
    assert_true(session_latest(f->store, "drill", &f->arena, &back, &found, &f->err));
    assert_true(found);
    assert_string_equal(back.id, "s2");
    assert_int_equal(back.done, 3);
    assert_int_equal(back.planned, 3);
    assert_int_equal(back.ended_at, NOON + 9);
    assert_int_equal(back.offset_min, 60);
    assert_true(session_latest(f->store, "mock", &f->arena, &back, &found, &f->err));
    assert_false(found);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, storefix_setup, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(rows_come_back),
        WITH_STORE(what_is_due),
        WITH_STORE(the_log_in_order),
        WITH_STORE(a_replay_rebuilds_the_schedule),
        WITH_STORE(undo_of_a_first_review),
        WITH_STORE(the_same_review_twice_is_once),
        WITH_STORE(new_units_of_a_day),
        WITH_STORE(a_schedule_that_strays_is_noticed),
        WITH_STORE(marks_on_items),
        WITH_STORE(milestones),
        WITH_STORE(sessions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
