#include "support/unit.h"

#include "pmprep/app/names.h"
#include "pmprep/app/review.h"
#include "support/drillfix.h"

static void answer(struct drillfix *f, const char *id, const char *text, int level)
{
    drillfix_item(f, id);
    drillfix_advance(60000);
    drillfix_answer(f, text, level);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_close(f);
}

static struct filter parse(struct drillfix *f, const char *line)
{
    struct filter filter;
    drillfix_ok(f, filter_parse_line(sv_from(line), DRILLFIX_NOON, 0, &f->arena, &filter, &f->err));
    return filter;
}

static size_t found(struct drillfix *f, const char *line, const char **first)
{
    struct filter filter = parse(f, line);
    struct attempt_row *rows;
    size_t count, counted;
    bool more;
    drillfix_ok(f, review_list(f->app, &filter, 0, 0, &f->arena, &rows, &count, &more, &f->err));
    drillfix_ok(f, review_count(f->app, &filter, &counted, &f->err));
    assert_int_equal(count, counted);
    assert_false(more);
    *first = count ? rows[0].id : "";
    return count;
}

static void test_lists_and_filters(void **state)
{
    struct drillfix *f = *state;
    const char *newest, *id;
    answer(f, "own-one", "We cut refunds for shoes.", 2);
    answer(f, "own-one", "The checkout lost customers.", 4);
    assert_int_equal(found(f, "", &newest), 2);
    assert_int_equal(found(f, "refunds", &id), 1);
    assert_string_not_equal(id, newest);
    assert_int_equal(found(f, "score:4..", &id), 1);
    assert_string_equal(id, newest);
    assert_int_equal(found(f, "principle:ownership", &id), 2);
    assert_int_equal(found(f, "-principle:ownership", &id), 0);
    assert_int_equal(found(f, "-bank:drilling", &id), 0);
}

static void test_pages(void **state)
{
    struct drillfix *f = *state;
    struct filter all = parse(f, "");
    struct attempt_row *rows;
    size_t count;
    bool more;
    answer(f, "own-one", "One.", 2);
    answer(f, "own-one", "Two.", 2);
    answer(f, "own-one", "Three.", 2);
    drillfix_ok(f, review_list(f->app, &all, 0, 2, &f->arena, &rows, &count, &more, &f->err));
    assert_int_equal(count, 2);
    assert_true(more);
    drillfix_ok(f, review_list(f->app, &all, 2, 2, &f->arena, &rows, &count, &more, &f->err));
    assert_int_equal(count, 1);
    assert_false(more);
    assert_string_equal(rows[0].snippet, "One.");
}

static void test_keys_of_questions_are_refused(void **state)
{
    struct drillfix *f = *state;
    static const char *const lines[] = {"due:yes", "due:no", "new:yes"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct filter filter = parse(f, lines[i]);
        size_t count;
        assert_false(review_count(f->app, &filter, &count, &f->err));
        assert_int_equal(f->err.code, ERR_USAGE);
    }
}

static void test_found_by_the_beginning_of_an_id(void **state)
{
    struct drillfix *f = *state;
    struct attempt at;
    const char *newest;
    answer(f, "own-one", "One.", 2);
    answer(f, "own-one", "Two.", 2);
    found(f, "", &newest);
    drillfix_ok(f, review_get(f->app, arena_strndup(&f->arena, newest, 23), &f->arena, &at, &f->err));
    assert_string_equal(at.text, "Two.");
    assert_false(review_get(f->app, "0", &f->arena, &at, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    assert_false(review_get(f->app, "", &f->arena, &at, &f->err));
    assert_false(review_get(f->app, "f", &f->arena, &at, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void test_scored_again_annotated_flagged(void **state)
{
    struct drillfix *f = *state;
    struct attempt at;
    struct rubric rubric;
    const char *id;
    const struct score scores[] = {{"", 5}, {"result", 3}};
    answer(f, "own-one", "One.", 2);
    found(f, "", &id);
    drillfix_ok(f, review_rescore(f->app, id, scores, 2, &f->err));
    drillfix_ok(f, review_annotate(f->app, id, "Too short.", &f->err));
    drillfix_ok(f, review_flag(f->app, id, true, &f->err));
    drillfix_ok(f, review_get(f->app, id, &f->arena, &at, &f->err));
    assert_string_equal(at.note, "Too short.");
    assert_true(at.flagged);
    assert_int_equal(at.score_sets[0].phase, SCORE_BLIND); /* the first one stays */
    assert_int_equal(at.score_sets[0].scores[0].level, 2);
    assert_true(attempt_mean(&at) > 3.99 && attempt_mean(&at) < 4.01);
    drillfix_ok(f, review_rubric(f->app, &at, &f->arena, &rubric, &f->err));
    assert_string_equal(rubric.id, "behavioural");
    assert_true(rubric.dimension_count >= 5);
    assert_true(rubric.dimensions[0].anchor[4][0] != '\0');
}

static void test_deleted_comes_back_until_purged(void **state)
{
    struct drillfix *f = *state;
    struct attempt at;
    const char *id, *none;
    answer(f, "own-one", "Secret words.", 2);
    assert_int_equal(found(f, "secret", &id), 1);
    drillfix_ok(f, review_delete(f->app, id, &f->err));
    assert_int_equal(found(f, "secret", &none), 0);
    drillfix_ok(f, review_undelete(f->app, id, &f->err));
    assert_int_equal(found(f, "secret", &none), 1);
    drillfix_ok(f, review_delete(f->app, id, &f->err));
    drillfix_ok(f, review_purge(f->app, &f->err));
    drillfix_ok(f, review_get(f->app, id, &f->arena, &at, &f->err));
    assert_true(at.deleted);
    assert_string_equal(at.text, "");
}

static void test_tries_on_one_item(void **state)
{
    struct drillfix *f = *state;
    struct attempt *tries;
    size_t count;
    answer(f, "own-one", "One.", 2);
    answer(f, "own-one", "Two.", 3);
    drillfix_ok(f, review_tries(f->app, "drilling/own-one", &f->arena, &tries, &count, &f->err));
    assert_int_equal(count, 2);
    assert_string_equal(tries[0].text, "One."); /* oldest first */
}

static bool stop_at_two(void *ctx, const struct attempt *at, struct err *err)
{
    int *seen = ctx;
    (void)at;
    return ++*seen < 2 || err_set(err, ERR_CANCELLED, "enough");
}

static void test_each_stops_when_told(void **state)
{
    struct drillfix *f = *state;
    struct filter all = parse(f, "");
    int seen = 0;
    answer(f, "own-one", "One.", 2);
    answer(f, "own-one", "Two.", 2);
    answer(f, "own-one", "Three.", 2);
    assert_false(review_each(f->app, &all, stop_at_two, &seen, &f->err));
    assert_int_equal(f->err.code, ERR_CANCELLED);
    assert_int_equal(seen, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lists_and_filters, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_pages, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_keys_of_questions_are_refused, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_found_by_the_beginning_of_an_id, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_scored_again_annotated_flagged, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_deleted_comes_back_until_purged, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_tries_on_one_item, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_each_stops_when_told, drillfix_setup, drillfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
