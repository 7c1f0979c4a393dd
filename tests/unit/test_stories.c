#include "support/unit.h"

#include "support/storefix.h"

static const char *principles[] = {"ownership", "with \"quotes\" and é", "tab\there \x01 back\\slash"};

static struct story story_of(const char *id, const char *headline)
{
    return (struct story){
        .id = id,
        .headline = headline,
        .customer = "Sellers\nin two countries",
        .decision = "I stopped the launch.",
        .rejected = "Ship and fix.",
        .before = "9%",
        .after = "6%",
        .period = "2024 Q3",
        .source = "dashboard",
        .lesson = "Ask first.",
        .principles = {principles, 3},
        .created_at = STOREFIX_NOON,
        .updated_at = STOREFIX_NOON + 1,
    };
}

static void put(struct storefix *f, const struct story *st)
{
    bool ok = story_put(f->store, st, &f->err);
    assert_string_equal(f->err.text, "");
    assert_true(ok);
}

static void a_story_comes_back(void **state)
{
    struct storefix *f = *state;
    struct story st = story_of("0190-a", "Pricing"), back;
    put(f, &st);
    storefix_reopen(f);
    assert_true(story_get(f->store, "0190-a", &f->arena, &back, &f->err));
    assert_string_equal(back.id, st.id);
    assert_string_equal(back.headline, st.headline);
    assert_string_equal(back.customer, st.customer);
    assert_string_equal(back.decision, st.decision);
    assert_string_equal(back.rejected, st.rejected);
    assert_string_equal(back.before, st.before);
    assert_string_equal(back.after, st.after);
    assert_string_equal(back.period, st.period);
    assert_string_equal(back.source, st.source);
    assert_string_equal(back.lesson, st.lesson);
    assert_int_equal(back.principles.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(back.principles.at[i], principles[i]);
    }
    assert_int_equal(back.created_at, st.created_at);
    assert_int_equal(back.updated_at, st.updated_at);
    assert_int_equal(back.used, 0);
}

static void an_edit_replaces(void **state)
{
    struct storefix *f = *state;
    struct story st = story_of("0190-a", "Pricing"), *all;
    size_t count;
    put(f, &st);
    st.headline = "Pricing, again";
    st.principles.count = 0;
    put(f, &st);
    assert_true(story_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(all[0].headline, "Pricing, again");
    assert_int_equal(all[0].principles.count, 0);
}

static void found_by_the_beginning_of_its_id(void **state)
{
    struct storefix *f = *state;
    struct story one = story_of("0190-abc", "One"), two = story_of("0190-abd", "Two"), back;
    put(f, &one);
    put(f, &two);
    assert_true(story_get(f->store, "0190-abd", &f->arena, &back, &f->err));
    assert_string_equal(back.headline, "Two");
    assert_false(story_get(f->store, "0190", &f->arena, &back, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    assert_false(story_get(f->store, "zz", &f->arena, &back, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_false(story_get(f->store, "", &f->arena, &back, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_true(story_delete(f->store, "0190-abc", STOREFIX_NOON, &f->err));
    assert_true(story_get(f->store, "0190", &f->arena, &back, &f->err));
    assert_string_equal(back.headline, "Two");
}

static void used_counts_the_answers_that_told_it(void **state)
{
    struct storefix *f = *state;
    struct story st = story_of("s1", "One"), back;
    put(f, &st);
    for (unsigned i = 0; i < 3; i++) {
        struct attempt at = storefix_attempt(&f->arena, i, "b/one", "x", STOREFIX_DAY);
        at.story = i < 2 ? "s1" : "other";
        storefix_put(f, &at);
    }
    assert_true(story_get(f->store, "s1", &f->arena, &back, &f->err));
    assert_int_equal(back.used, 2);
    assert_true(attempts_delete(f->store, storefix_id(&f->arena, 0), STOREFIX_NOON, &f->err));
    assert_true(story_get(f->store, "s1", &f->arena, &back, &f->err));
    assert_int_equal(back.used, 1);
}

static void deletion_is_undone_until_the_purge(void **state)
{
    struct storefix *f = *state;
    struct story st = story_of("s1", "One"), back;
    size_t count;
    struct story *all;
    put(f, &st);
    assert_true(story_delete(f->store, "s1", STOREFIX_NOON, &f->err));
    assert_false(story_delete(f->store, "s1", STOREFIX_NOON, &f->err));
    f->err = (struct err)ERR_INIT;
    assert_true(story_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 0);
    assert_true(story_undelete(f->store, "s1", &f->err));
    assert_true(story_get(f->store, "s1", &f->arena, &back, &f->err));
    assert_string_equal(back.headline, "One");
    assert_true(story_delete(f->store, "s1", STOREFIX_NOON, &f->err));
    assert_true(store_purge(f->store, &f->err));
    assert_false(story_undelete(f->store, "s1", &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, storefix_setup, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_story_comes_back),
        WITH_STORE(an_edit_replaces),
        WITH_STORE(found_by_the_beginning_of_its_id),
        WITH_STORE(used_counts_the_answers_that_told_it),
        WITH_STORE(deletion_is_undone_until_the_purge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
