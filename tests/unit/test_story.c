#include "support/unit.h"

#include "pmprep/app/story.h"
#include "support/drillfix.h"

static struct story make(const char *headline)
{
    struct story st;
    story_init(&st);
    st.headline = headline;
    return st;
}

static struct strings names(struct arena *a, const char *one, const char *two)
{
    struct strings list = {arena_array(a, 2, sizeof(*list.at)), two ? 2 : 1};
    list.at[0] = one;
    list.at[1] = two;
    return list;
}

static void test_added_changed_found_removed(void **state)
{
    struct drillfix *f = *state;
    struct story st = make("Cut refunds from 9% to 6%"), got, *all;
    size_t count;
    st.customer = "Buyers of shoes";
    st.principles = names(&f->arena, "Dive Deep", "ownership");
    drillfix_ok(f, story_add(f->app, &st, &f->arena, &f->err));
    assert_int_equal(strlen(st.id), UUID_SIZE - 1);
    assert_int_equal(st.created_at, DRILLFIX_NOON);
    drillfix_ok(f, story_find(f->app, "refunds", &f->arena, &got, &f->err));
    assert_string_equal(got.id, st.id);
    assert_string_equal(got.customer, "Buyers of shoes");
    assert_int_equal(got.principles.count, 2);
    assert_string_equal(got.principles.at[0], "dive-deep"); /* names in full become ids */
    struct story before = got;
    got.lesson = "Ask before building";
    drillfix_advance(1000);
    drillfix_ok(f, story_change(f->app, &before, &got, &f->err));
    drillfix_ok(f, story_find(f->app, arena_strndup(&f->arena, st.id, 13), &f->arena, &got, &f->err));
    assert_string_equal(got.lesson, "Ask before building");
    assert_int_equal(got.created_at, DRILLFIX_NOON);
    assert_int_equal(got.updated_at, DRILLFIX_NOON + 1000);
    drillfix_ok(f, story_remove(f->app, got.id, &f->err));
    drillfix_ok(f, story_list(f->app, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 0);
    assert_false(story_find(f->app, "refunds", &f->arena, &got, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    drillfix_ok(f, story_restore(f->app, st.id, &f->err));
    drillfix_ok(f, story_find(f->app, "refunds", &f->arena, &got, &f->err));
}

static void test_what_is_refused(void **state)
{
    struct drillfix *f = *state;
    struct story st = make(" \n"), *all, got;
    size_t count;
    assert_false(story_add(f->app, &st, &f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    st = make("Fine");
    st.principles = names(&f->arena, "dive-dep", NULL);
    assert_false(story_add(f->app, &st, &f->arena, &f->err));
    assert_non_null(strstr(f->err.text, "did you mean dive-deep?"));
    drillfix_ok(f, story_list(f->app, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 0);
    st = make("One story");
    drillfix_ok(f, story_add(f->app, &st, &f->arena, &f->err));
    st = make("Another story");
    drillfix_ok(f, story_add(f->app, &st, &f->arena, &f->err));
    assert_false(story_find(f->app, "story", &f->arena, &got, &f->err));
    assert_non_null(strstr(f->err.text, "more than one"));
    assert_false(story_find(f->app, "", &f->arena, &got, &f->err));
}

static void test_the_template_reads_back(void **state)
{
    struct drillfix *f = *state;
    struct story st = make("A: headline # with signs"), got = make("");
    struct buf text = BUF_INIT;
    st.lesson = "first\nsecond: line\nthird";
    st.after = "6%";
    st.principles = names(&f->arena, "ownership", "dive-deep");
    story_template(&st, &text);
    drillfix_ok(f, story_parse(buf_sv(&text), &f->arena, &got, &f->err));
    for (const struct story_field *field = story_fields; field->name; field++) {
        assert_string_equal(story_get_field(&got, field), story_get_field(&st, field));
    }
    assert_int_equal(got.principles.count, 2);
    assert_string_equal(got.principles.at[1], "dive-deep");
    buf_release(&text);
}

static void test_parsing_keeps_what_is_not_named(void **state)
{
    struct drillfix *f = *state;
    struct story st = make("Kept");
    st.customer = "kept too";
    drillfix_ok(f, story_parse(SV("# note\n\nlesson:   new  \nbefore:\n"), &f->arena, &st, &f->err));
    assert_string_equal(st.headline, "Kept");
    assert_string_equal(st.customer, "kept too");
    assert_string_equal(st.lesson, "new");
    assert_string_equal(st.before, "");
}

static void test_parsing_names_the_line(void **state)
{
    struct drillfix *f = *state;
    static const char *const wrong[][2] = {
        {"headline: a\nlessn: b\n", "line 2: a story has no field 'lessn', did you mean lesson?"},
        {"no colon\n", "line 1: expected"},
        {"headline: a\nheadline: b\n", "line 2: 'headline' stands twice"},
        {"# c\n  indented\n", "line 2: an indented line"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct story st = make("Kept");
        struct err err = ERR_INIT;
        assert_false(story_parse(sv_from(wrong[i][0]), &f->arena, &st, &err));
        assert_int_equal(err.code, ERR_FORMAT);
        if (!strstr(err.text, wrong[i][1])) {
            fail_msg("'%s' is not '%s'", err.text, wrong[i][1]);
        }
        assert_string_equal(st.headline, "Kept");
    }
}

static void test_typing_ahead_ranks_the_headline_first(void **state)
{
    (void)state;
    struct story list[] = {make("The pricing page"), make("Refunds for shoes"), make("A price cut"), make("Checkout")};
    size_t at[4];
    list[3].lesson = "never price by guess";
    assert_int_equal(story_match(list, 4, SV("PRIC"), at, 4), 3);
    assert_int_equal(at[0], 0);
    assert_int_equal(at[1], 2);
    assert_int_equal(at[2], 3);
    assert_int_equal(story_match(list, 4, SV("ref"), at, 4), 1);
    assert_int_equal(at[0], 1);
    assert_int_equal(story_match(list, 4, SV(""), at, 4), 4);
    assert_int_equal(story_match(list, 4, SV("nothing"), at, 4), 0);
    assert_int_equal(story_match(list, 4, SV("c"), at, 2), 2);
    assert_int_equal(at[0], 3); /* begins with it */
    assert_int_equal(story_match(NULL, 0, SV("c"), at, 4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_added_changed_found_removed, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_refused, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_the_template_reads_back, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_parsing_keeps_what_is_not_named, drillfix_setup, drillfix_teardown),
        cmocka_unit_test_setup_teardown(test_parsing_names_the_line, drillfix_setup, drillfix_teardown),
        cmocka_unit_test(test_typing_ahead_ranks_the_headline_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
