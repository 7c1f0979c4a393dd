#include "support/unit.h"

#include "support/storefix.h"

/* Findings of stored answers: kept, dismissed, counted. */

static struct finding finding(const char *rule, bool dismissed)
{
    return (struct finding){.rule = rule,
                            .severity = "warning",
                            .message = "m",
                            .start = 1,
                            .end = 4,
                            .rule_version = 3,
                            .dismissed = dismissed};
}

/* A scored answer with one finding of each rule. */
static struct attempt scored(struct storefix *f, unsigned n, const char *first, const char *second)
{
    struct attempt at = storefix_attempt(&f->arena, n, "b/one", "Returns fell a lot.", STOREFIX_DAY + (int32_t)n);
    struct finding *list = arena_array(&f->arena, 2, sizeof(*list));
    at.score_sets = arena_array(&f->arena, 1, sizeof(*at.score_sets));
    at.score_sets[0] = storefix_scores(&f->arena, SCORE_BLIND, 3);
    at.score_set_count = 1;
    at.findings = list;
    if (first)
        list[at.finding_count++] = finding(first, false);
    if (second)
        list[at.finding_count++] = finding(second, false);
    return at;
}

static size_t found_by(struct storefix *f, const char *flaw)
{
    struct filter filter;
    size_t count;
    filter_init(&filter);
    filter.flaws = (struct strings){&flaw, 1};
    assert_true(attempts_count(f->store, &filter, &count, &f->err));
    return count;
}

static struct attempt read_back(struct storefix *f, const char *id)
{
    struct attempt at;
    assert_true(attempts_get(f->store, id, &f->arena, &at, &f->err));
    return at;
}

static void replaced_as_a_whole(void **state)
{
    struct storefix *f = *state;
    struct attempt at = scored(f, 1, "we-fog", "no-number");
    struct finding now[] = {finding("vague-claim", false), finding("jargon", true)};
    storefix_put(f, &at);
    assert_true(attempts_set_findings(f->store, at.id, now, 2, &f->err));
    storefix_reopen(f);
    struct attempt back = read_back(f, at.id);
    assert_int_equal(back.finding_count, 2);
    assert_string_equal(back.findings[0].rule, "vague-claim");
    assert_int_equal(back.findings[0].rule_version, 3);
    assert_int_equal(back.findings[0].end, 4);
    assert_true(back.findings[1].dismissed);
    assert_int_equal(back.score_set_count, 1);
    assert_int_equal(found_by(f, "vague-claim"), 1);
    assert_int_equal(found_by(f, "we-fog"), 0);
    assert_int_equal(found_by(f, "jargon"), 0);
    assert_true(attempts_set_findings(f->store, at.id, NULL, 0, &f->err));
    assert_int_equal(read_back(f, at.id).finding_count, 0);
    assert_false(attempts_set_findings(f->store, "nobody", now, 2, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void dismissed_and_taken_back(void **state)
{
    struct storefix *f = *state;
    struct attempt at = scored(f, 1, "we-fog", "no-number");
    storefix_put(f, &at);
    assert_true(attempts_dismiss(f->store, at.id, 1, "no-number", true, &f->err));
    storefix_reopen(f);
    struct attempt back = read_back(f, at.id);
    assert_false(back.findings[0].dismissed);
    assert_true(back.findings[1].dismissed);
    assert_int_equal(found_by(f, "no-number"), 0);
    assert_int_equal(found_by(f, "we-fog"), 1);
    assert_true(attempts_dismiss(f->store, at.id, 1, "no-number", false, &f->err));
    assert_false(read_back(f, at.id).findings[1].dismissed);
    assert_int_equal(found_by(f, "no-number"), 1);
    assert_int_equal(storefix_int(buf_str(&f->file), "SELECT revision FROM attempts"), 3);
    assert_true(store_check(f->store, &f->err));
}

/* The list may have been replaced by another program meanwhile. */
static void another_finding_is_not_dismissed_by_mistake(void **state)
{
    struct storefix *f = *state;
    struct attempt at = scored(f, 1, "we-fog", NULL);
    storefix_put(f, &at);
    assert_false(attempts_dismiss(f->store, at.id, 0, "no-number", true, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    f->err = (struct err)ERR_INIT;
    assert_false(attempts_dismiss(f->store, at.id, 7, "we-fog", true, &f->err));
    assert_false(read_back(f, at.id).findings[0].dismissed);
}

/* The flaws a pair shows are its own, whatever is dismissed. */
static void the_items_own_flaws_stay(void **state)
{
    struct storefix *f = *state;
    struct attempt at = scored(f, 1, "we-fog", NULL);
    struct item_snapshot snap = storefix_snapshot(&at);
    const char *own = "we-fog";
    snap.flaws = (struct strings){&own, 1};
    assert_true(attempts_put(f->store, &at, &snap, &f->err));
    assert_true(attempts_dismiss(f->store, at.id, 0, "we-fog", true, &f->err));
    assert_int_equal(found_by(f, "we-fog"), 1);
}

static void habits_are_what_comes_back(void **state)
{
    struct storefix *f = *state;
    struct habits habits;
    const char *const second[] = {"no-number", NULL, "no-number", "vague-claim"};
    for (unsigned n = 0; n < 4; n++) {
        struct attempt at = scored(f, n, "we-fog", second[n]);
        storefix_put(f, &at);
    }
    struct attempt unscored = scored(f, 5, "jargon", NULL), again = scored(f, 6, "jargon", NULL);
    struct attempt picked = scored(f, 7, "jargon", NULL);
    unscored.score_set_count = 0;
    again.role = ATTEMPT_AGAIN;
    picked.mode = MODE_PICK;
    storefix_put(f, &unscored);
    storefix_put(f, &again);
    storefix_put(f, &picked);
    assert_true(attempts_dismiss(f->store, storefix_id(&f->arena, 3), 0, "we-fog", true, &f->err));
    assert_true(attempts_habits(f->store, 20, &f->arena, &habits, &f->err));
    assert_int_equal(habits.answers, 4);
    assert_int_equal(habits.count, 3);
    assert_string_equal(habits.at[0].rule, "we-fog");
    assert_int_equal(habits.at[0].answers, 3);
    assert_int_equal(habits.at[0].dismissed, 1);
    assert_string_equal(habits.at[1].rule, "no-number");
    assert_int_equal(habits.at[1].answers, 2);
    assert_int_equal(habits.at[2].answers, 1);
    /* only the newest two */
    assert_true(attempts_habits(f->store, 2, &f->arena, &habits, &f->err));
    assert_int_equal(habits.answers, 2);
    assert_int_equal(habits.at[0].answers, 1);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, storefix_setup, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(replaced_as_a_whole),
        WITH_STORE(dismissed_and_taken_back),
        WITH_STORE(another_finding_is_not_dismissed_by_mistake),
        WITH_STORE(the_items_own_flaws_stay),
        WITH_STORE(habits_are_what_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
