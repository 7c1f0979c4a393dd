#include "support/unit.h"

#include "pmprep/base/fileio.h"
#include "support/drillfix.h"

static void pick_wrong(struct drillfix *f)
{
    const struct drill_view *v = drillfix_at(f, DRILL_PICK);

    drillfix_ok(f, drill_pick(f->drill, (v->right + 1) % v->shown_count, &f->err));
    if (drill_view(f->drill)->step == DRILL_WHY)
        drillfix_ok(f, drill_submit(f->drill, SV("no idea"), &f->err));
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_ok(f, drill_next(f->drill, &f->err));
}

static void test_what_is_recalled_in_steps_comes_back_within_the_session(void **state)
{
    struct drillfix *f = *state;
    char first[80];

    drillfix_filter(f, "bank:drilling kind:choice,pair");
    f->options.count = 4;
    drillfix_open(f);
    snprintf(first, sizeof(first), "%s", drill_view(f->drill)->item->key);
    pick_wrong(f);
    assert_string_not_equal(drillfix_at(f, DRILL_PICK)->item->key, first);
    drillfix_advance(61000);
    pick_wrong(f);

    const struct drill_view *v = drillfix_at(f, DRILL_PICK);

    assert_string_equal(v->item->key, first);
    assert_string_equal(v->reason, "to recall again after a break");
    pick_wrong(f);
    drillfix_at(f, DRILL_DONE); /* a minute has not passed since */
}

static void test_without_a_kind_open_questions_are_drawn(void **state)
{
    struct drillfix *f = *state;
    unsigned kinds[KIND_COUNT] = {0};
    char last[80] = "";

    f->options.count = 6;
    drillfix_open(f);
    for (int i = 0; i < 6; i++) {
        const struct drill_view *v = drillfix_at(f, DRILL_ANSWER);

        assert_int_equal(v->at, i + 1);
        assert_int_equal(v->of, 6);
        assert_true(v->reason[0] != '\0');
        assert_string_not_equal(v->item->key, last);
        snprintf(last, sizeof(last), "%s", v->item->key);
        kinds[v->item->kind]++;
        drillfix_answer(f, "An answer.", 3);
        drillfix_ok(f, drill_next(f->drill, &f->err));
    }
    drillfix_at(f, DRILL_DONE);
    assert_int_equal(kinds[KIND_BEHAVIOURAL] + kinds[KIND_CASE] + kinds[KIND_TRANSITION], 6);
    assert_true(kinds[KIND_BEHAVIOURAL] > 0 && kinds[KIND_CASE] > 0);
}

static void test_a_bank_without_open_questions_is_drilled_too(void **state)
{
    struct drillfix *f = *state;

    drillfix_filter(f, "bank:drilling flaw:we-fog");
    drillfix_open(f);
    assert_string_equal(drill_view(f->drill)->item->key, "drilling/fog");
}

static void test_minutes_are_a_promise(void **state)
{
    struct drillfix *f = *state;
    unsigned given = 0;

    f->options.count = 0;
    f->options.minutes = 40;
    drillfix_open(f);
    assert_int_equal(drill_view(f->drill)->of, 2); /* typed: fifteen each */
    while (drill_view(f->drill)->step != DRILL_DONE) {
        given++;
        drillfix_advance(14 * 60000);
        drillfix_answer(f, "An answer.", 3);
        drillfix_ok(f, drill_next(f->drill, &f->err));
    }
    assert_int_equal(given, 2);
    assert_true(drill_view(f->drill)->session_ms <= 40 * 60000);
    assert_true(drill_view(f->drill)->stopped_because[0] != '\0');
}

static void test_undo_takes_back_the_last_grading(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;
    char first[80];

    drillfix_open(f);
    snprintf(first, sizeof(first), "%s", drill_view(f->drill)->unit);
    assert_false(drill_view(f->drill)->can_undo);
    assert_false(drill_undo(f->drill, &f->err));
    drillfix_answer(f, "One.", 3);
    drillfix_ok(f, drill_next(f->drill, &f->err));

    char second[80];

    snprintf(second, sizeof(second), "%s", drillfix_at(f, DRILL_ANSWER)->item->key);
    drillfix_ok(f, drill_save_draft(f->drill, SV("half an ans"), 4, &f->err));
    assert_true(drill_view(f->drill)->can_undo);
    assert_true(drillfix_row(f, first, &row));
    drillfix_ok(f, drill_undo(f->drill, &f->err));
    assert_false(drillfix_row(f, first, &row)); /* as new as before */
    assert_int_equal(drillfix_at(f, DRILL_SCHEDULE)->at, 1);
    drillfix_ok(f, drill_rate(f->drill, RATING_EASY, &f->err));
    drillfix_ok(f, drill_next(f->drill, &f->err));
    assert_true(drillfix_row(f, first, &row));
    assert_int_equal(row.reps, 1);

    const struct drill_view *v = drillfix_at(f, DRILL_ANSWER); /* where the user was, with what was typed */
    size_t cursor = 0;

    assert_string_equal(v->item->key, second);
    assert_int_equal(v->at, 2);
    assert_int_equal(v->done, 1);
    assert_string_equal(drill_draft_text(f->drill, &cursor), "half an ans");
    assert_int_equal(cursor, 4);
}

static void test_undo_at_the_end(void **state)
{
    struct drillfix *f = *state;

    f->options.count = 1;
    drillfix_open(f);
    drillfix_answer(f, "One.", 3);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_at(f, DRILL_DONE);
    drillfix_ok(f, drill_undo(f->drill, &f->err));
    drillfix_at(f, DRILL_SCHEDULE);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    assert_int_equal(drillfix_at(f, DRILL_DONE)->done, 1);
}

static void test_skipping_harms_nothing(void **state)
{
    struct drillfix *f = *state;
    char first[80];

    drillfix_open(f);
    snprintf(first, sizeof(first), "%s", drill_view(f->drill)->item->key);
    drillfix_ok(f, drill_skip(f->drill, &f->err));

    const struct drill_view *v = drillfix_at(f, DRILL_ANSWER);

    assert_string_not_equal(v->item->key, first);
    assert_int_equal(v->at, 2);
    assert_int_equal(v->skipped, 1);
    assert_int_equal(drillfix_attempts(f), 0);
    drillfix_answer(f, "Scored, then skipped.", 3);
    drillfix_ok(f, drill_skip(f->drill, &f->err));
    assert_int_equal(drillfix_attempts(f), 1);
    drillfix_at(f, DRILL_ANSWER);
}

static void test_suspended_items_stay_away(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;
    unsigned due = 0;

    drillfix_item(f, "ratio");
    drillfix_ok(f, drill_pick(f->drill, 0, &f->err));
    drillfix_close(f);
    f->options.item = NULL;
    drillfix_filter(f, "bank:drilling kind:choice");
    drillfix_open(f);
    drillfix_ok(f, drill_suspend(f->drill, &f->err));
    assert_int_equal(drillfix_at(f, DRILL_DONE)->skipped, 1);
    drillfix_close(f);
    drillfix_advance(2 * 86400000);
    assert_true(drillfix_row(f, "item/drilling/ratio", &row));
    assert_true(row.suspended); /* and is not counted as due */
    drillfix_ok(f, schedule_due_count(f->store, DRILLFIX_DAY + 2, app_wall(f->app), &due, &f->err));
    assert_int_equal(due, 0);
    assert_false(drill_open(f->app, &f->options, &f->drill, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    f->drill = NULL;
    drillfix_item(f, "ratio"); /* asked for by name it is back */
    drillfix_close(f);
    assert_true(drillfix_row(f, "item/drilling/ratio", &row));
    assert_false(row.suspended);
    f->options.item = NULL;
    drillfix_filter(f, "bank:drilling kind:choice");
    drillfix_open(f);
}

static void test_due_only_with_nothing_due(void **state)
{
    struct drillfix *f = *state;

    f->options.due_only = true;
    assert_false(drill_open(f->app, &f->options, &f->drill, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(f->err.text, "--due"));
    drillfix_filter(f, "bank:nowhere");
    assert_false(drill_open(f->app, &f->options, &f->drill, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    f->options.item = "drilling/no-such";
    assert_false(drill_open(f->app, &f->options, &f->drill, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void test_history_filters(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "own-two");
    drillfix_answer(f, "Weak.", 2);
    drillfix_close(f);
    f->options.item = NULL;
    drillfix_filter(f, "bank:drilling score:..2");
    drillfix_open(f);
    assert_string_equal(drill_view(f->drill)->item->key, "drilling/own-two");
    drillfix_close(f);
    drillfix_filter(f, "bank:drilling principle:ownership new:yes");
    drillfix_open(f);
    assert_string_equal(drill_view(f->drill)->item->key, "drilling/own-one");
    drillfix_close(f);
    drillfix_filter(f, "bank:drilling new:no");
    drillfix_open(f);
    assert_string_equal(drill_view(f->drill)->item->key, "drilling/own-two");
}

static void test_the_session_is_recorded(void **state)
{
    struct drillfix *f = *state;
    struct session session;
    bool found = false;

    drillfix_open(f);
    drillfix_close(f);
    drillfix_ok(f, session_latest(f->store, "drill", &f->arena, &session, &found, &f->err));
    assert_false(found); /* nothing was done */
    drillfix_open(f);
    drillfix_answer(f, "One.", 3);
    drillfix_advance(60000);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_close(f);
    drillfix_ok(f, session_latest(f->store, "drill", &f->arena, &session, &found, &f->err));
    assert_true(found);
    assert_int_equal(session.done, 1);
    assert_int_equal(session.planned, 3);
    assert_int_equal(session.ended_at, DRILLFIX_NOON + 60000);
    assert_string_equal(drillfix_attempt(f, 0).session, session.id);
}

static void test_the_same_seed_gives_the_same_drill(void **state)
{
    struct drillfix *f = *state;
    char keys[2][240] = {"", ""};

    for (int run = 0; run < 2; run++) {
        drillfix_open(f);
        for (int i = 0; i < 3; i++) {
            size_t len = strlen(keys[run]);
            snprintf(keys[run] + len, sizeof(keys[run]) - len, "%s ", drill_view(f->drill)->item->key);
            drillfix_ok(f, drill_skip(f->drill, &f->err));
        }
        drillfix_close(f);
    }
    assert_string_equal(keys[0], keys[1]);
}

static void test_home_is_told_what_a_drill_would_begin_with(void **state)
{
    struct drillfix *f = *state;
    struct drill_peek peek;
    bool found = false;

    f->options.seed_set = false;
    f->options.count = 0;
    f->options.minutes = 31;
    drillfix_ok(f, drill_peek(f->app, &f->options, &f->arena, &peek, &found, &f->err));
    assert_true(found);
    assert_int_equal(peek.minutes, 31);
    assert_int_equal(peek.items[KIND_BEHAVIOURAL] + peek.items[KIND_CASE] + peek.items[KIND_TRANSITION], 2);
    drillfix_open(f);
    assert_string_equal(drill_view(f->drill)->item->title, peek.title);
    assert_string_equal(drill_view(f->drill)->reason, peek.reason);
    drillfix_close(f);
    drillfix_filter(f, "bank:nowhere");
    drillfix_ok(f, drill_peek(f->app, &f->options, &f->arena, &peek, &found, &f->err));
    assert_false(found);
}

/* What an item was called before does not matter: its history, its marks and its unit go with it. */
static void test_a_renamed_item_keeps_its_history(void **state)
{
    static const char before[] =
        "bank: own\ntitle: Own\nitems:\n"
        "  - {id: old, kind: rewrite, family: general, difficulty: 1, prompt: P, exemplar: E}\n";
    static const char after[] = "bank: own\ntitle: Own\nitems:\n"
                                "  - {id: new, was: [old], kind: rewrite, family: general, difficulty: 1, prompt: P,"
                                " exemplar: E}\n";
    struct drillfix *f = *state;
    struct schedule_row *rows;
    size_t count;

    buf_clear(&f->bank);
    buf_addf(&f->bank, "%s/own.yaml", buf_str(&f->folder));
    drillfix_ok(f, file_write_atomic(buf_str(&f->bank), sv_from(before), &f->err));
    drillfix_reopen(f);
    drillfix_filter(f, "bank:own kind:rewrite");
    drillfix_open(f);
    drillfix_answer(f, "One.", 5);
    drillfix_ok(f, drill_flag(f->drill, &f->err));
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_close(f);
    drillfix_ok(f, file_write_atomic(buf_str(&f->bank), sv_from(after), &f->err));
    drillfix_reopen(f);
    drillfix_advance(40 * 86400000LL);
    f->options.due_only = true;
    drillfix_open(f); /* it is due under its new name */
    assert_string_equal(drill_view(f->drill)->item->key, "own/new");
    assert_string_equal(drill_view(f->drill)->unit, "item/own/old");
    assert_true(drill_view(f->drill)->flagged);
    drillfix_answer(f, "Two.", 3);
    drillfix_close(f);
    drillfix_ok(f, schedule_all(f->store, &f->arena, &rows, &count, &f->err));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].reps, 2);
}

static void test_flaws_found_before_are_named(void **state)
{
    struct drillfix *f = *state;

    drillfix_filter(f, "kind:behavioural"); /* the shipped ones have probes for flaws */
    for (int i = 0; i < 3; i++) {
        struct finding finding = {.rule = "no-number", .severity = "warning", .message = "No number."};
        struct attempt at;

        drillfix_open(f);
        drillfix_answer(f, "A lot.", 3);
        drillfix_ok(f, drill_next(f->drill, &f->err));
        drillfix_close(f);
        drillfix_advance(1000);
        at = drillfix_attempt(f, 0);
        at.findings = &finding;
        at.finding_count = 1;

        struct item_snapshot snap = storefix_snapshot(&at);

        drillfix_ok(f, attempts_put(f->store, &at, &snap, &f->err));
    }
    f->options.new_only = true;
    drillfix_open(f);
    if (!strstr(drill_view(f->drill)->reason, "\"no-number\" keeps coming back"))
        fail_msg("%s", drill_view(f->drill)->reason);
}

#define WITH_DRILL(test) cmocka_unit_test_setup_teardown(test, drillfix_setup, drillfix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DRILL(test_what_is_recalled_in_steps_comes_back_within_the_session),
        WITH_DRILL(test_without_a_kind_open_questions_are_drawn),
        WITH_DRILL(test_a_bank_without_open_questions_is_drilled_too),
        WITH_DRILL(test_minutes_are_a_promise),
        WITH_DRILL(test_undo_takes_back_the_last_grading),
        WITH_DRILL(test_undo_at_the_end),
        WITH_DRILL(test_skipping_harms_nothing),
        WITH_DRILL(test_suspended_items_stay_away),
        WITH_DRILL(test_due_only_with_nothing_due),
        WITH_DRILL(test_history_filters),
        WITH_DRILL(test_the_session_is_recorded),
        WITH_DRILL(test_the_same_seed_gives_the_same_drill),
        WITH_DRILL(test_home_is_told_what_a_drill_would_begin_with),
        WITH_DRILL(test_a_renamed_item_keeps_its_history),
        WITH_DRILL(test_flaws_found_before_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
