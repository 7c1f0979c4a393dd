#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "pmprep/bank/taxonomy.h"

static void every_name_reads_back(void **state)
{
    (void)state;
    for (int k = 0; k < KIND_COUNT; k++) {
        enum item_kind kind;
        assert_true(kind_parse(sv_from(kind_name((enum item_kind)k)), &kind));
        assert_int_equal(kind, k);
        assert_true(strlen(kind_plural(kind)) > 0);
    }
    for (int f = FAMILY_GENERAL; f < FAMILY_COUNT; f++) {
        enum family family;
        assert_true(family_parse(sv_from(family_name((enum family)f)), &family));
        assert_int_equal(family, f);
        assert_true(strlen(family_title(family)) > 0);
        assert_true(strlen(family_rubric(family)) > 0);
        assert_true(strlen(family_coach_kind(family)) > 0);
    }
    for (int m = 0; m < SOURCE_COUNT; m++) {
        enum source_mark mark;
        assert_true(source_parse(sv_from(source_name((enum source_mark)m)), &mark));
        assert_int_equal(mark, m);
    }
}

static void unknown_and_empty_names_are_refused(void **state)
{
    (void)state;
    enum item_kind kind;
    enum family family;
    enum source_mark mark;
    assert_false(kind_parse(SV("cases"), &kind));
    assert_false(kind_parse(SV(""), &kind));
    assert_false(family_parse(SV(""), &family));
    assert_false(family_parse(SV("Metrics"), &family));
    assert_false(source_parse(SV("web"), &mark));
}

static void families_belong_to_their_kinds(void **state)
{
    (void)state;
    assert_true(family_fits(KIND_BEHAVIOURAL, FAMILY_FAILURE));
    assert_false(family_fits(KIND_BEHAVIOURAL, FAMILY_METRICS));
    assert_true(family_fits(KIND_CASE, FAMILY_WORKING_BACKWARDS));
    assert_false(family_fits(KIND_CASE, FAMILY_ROLE));
    assert_true(family_fits(KIND_TRANSITION, FAMILY_ROLE));
    assert_true(family_fits(KIND_PAIR, FAMILY_WHY_PM));
    for (int k = 0; k < KIND_COUNT; k++) {
        assert_false(family_fits((enum item_kind)k, FAMILY_NONE));
        enum family fallback = family_default((enum item_kind)k);
        assert_true(fallback == FAMILY_NONE || family_fits((enum item_kind)k, fallback));
    }
    for (int f = FAMILY_GENERAL; f < FAMILY_COUNT; f++) {
        assert_true(family_fits(family_kind((enum family)f), (enum family)f));
    }
}

static void the_table_maps_families_to_coach_and_rubric(void **state)
{
    (void)state;
    assert_int_equal(family_kind(FAMILY_FAILURE), KIND_BEHAVIOURAL);
    assert_string_equal(family_coach_kind(FAMILY_FAILURE), "failure");
    assert_string_equal(family_rubric(FAMILY_FAILURE), "behavioural");
    assert_string_equal(family_coach_kind(FAMILY_GENERAL), "behavioural");
    assert_string_equal(family_rubric(FAMILY_ROLE), "why-pm");
    assert_string_equal(family_rubric(FAMILY_METRICS), "metrics");
}

static void a_bare_drill_draws_open_kinds_only(void **state)
{
    (void)state;
    assert_true(kind_is_open(KIND_BEHAVIOURAL));
    assert_true(kind_is_open(KIND_CASE));
    assert_true(kind_is_open(KIND_TRANSITION));
    assert_false(kind_is_open(KIND_PAIR));
    assert_false(kind_is_open(KIND_SQL));
    assert_true(kind_is_drilled(KIND_PAIR));
    assert_false(kind_is_drilled(KIND_SQL));
    assert_false(kind_is_drilled(KIND_ANSWER));
}

static void flaws_are_found_by_id_and_explained(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLAW_COUNT; i++) {
        assert_ptr_equal(flaw_find(sv_from(flaws[i].id)), &flaws[i]);
        assert_string_equal(flaw_words.names[i], flaws[i].id);
        assert_true(strlen(flaws[i].title) > 0 && strlen(flaws[i].gloss) > 0 && strlen(flaws[i].advice) > 0);
    }
    assert_string_equal(flaws[0].id, "we-fog");
    assert_string_equal(flaws[FLAW_COUNT - 1].id, "hypothetical");
    assert_null(flaw_find(SV("wefog")));
}

static void nearest_forgives_small_slips(void **state)
{
    (void)state;
    static const char *const names[] = {"principle", "kind", "family", "difficulty", "bank", "flaw", "due", "new"};
    size_t n = sizeof(names) / sizeof(names[0]);
    assert_string_equal(nearest_name(SV("principal"), names, n), "principle");
    assert_string_equal(nearest_name(SV("knid"), names, n), "kind");
    assert_string_equal(nearest_name(SV("FAMLY"), names, n), "family");
    assert_string_equal(nearest_name(SV("deu"), names, n), "due");
    assert_null(nearest_name(SV("zebra"), names, n));
    assert_null(nearest_name(SV(""), names, n));
    assert_null(nearest_name(SV("kind"), names, 0));
    assert_string_equal(nearest_name(SV("prioritization"), family_words.names, (size_t)family_words.count),
                        "prioritisation");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_reads_back),
        cmocka_unit_test(unknown_and_empty_names_are_refused),
        cmocka_unit_test(families_belong_to_their_kinds),
        cmocka_unit_test(the_table_maps_families_to_coach_and_rubric),
        cmocka_unit_test(a_bare_drill_draws_open_kinds_only),
        cmocka_unit_test(flaws_are_found_by_id_and_explained),
        cmocka_unit_test(nearest_forgives_small_slips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
