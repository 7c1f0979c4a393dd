#include "pmprep/coach/retell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Numbers that changed between two tellings of one story. */

static struct arena arena;
static struct lexicon_index *lexicon;

static int open_lexicon(void **state)
{
    static const char *metric[] = {"return"};
    static const char *customer[] = {"seller"};
    static struct word_class classes[] = {
        {.id = "business-metric", .about = "", .nouns = {metric, 1}},
        {.id = "customers", .about = "", .nouns = {customer, 1}},
    };
    static const struct lexicon words = {"words", classes, 2};
    struct err err = ERR_INIT;
    (void)state;
    return lexicon_build(&lexicon, &words, 1, &err) ? 0 : -1;
}

static int close_lexicon(void **state)
{
    (void)state;
    lexicon_free(lexicon);
    arena_release(&arena);
    return 0;
}

static size_t compare(const char *was, const char *is, struct retold **out)
{
    return retell_compare(answer_view(lexicon, sv_from(was), &arena), answer_view(lexicon, sv_from(is), &arena), &arena,
                          out);
}

static void a_number_that_grew_is_named_with_both_values(void **state)
{
    struct retold *r;
    (void)state;
    assert_int_equal(compare("I asked 40 sellers before the change.", "I asked 60 sellers before the change.", &r), 1);
    assert_string_equal(r[0].noun, "sellers");
    assert_string_equal(r[0].was, "40");
    assert_string_equal(r[0].is, "60");
}

static void the_same_number_and_another_rounding_are_no_change(void **state)
{
    struct retold *r;
    (void)state;
    assert_int_equal(compare("I asked 40 sellers.", "Then I asked 40 sellers again.", &r), 0);
    assert_int_equal(compare("It was 1,002 sellers.", "It was 1,000 sellers.", &r), 0);
}

static void other_nouns_units_and_dates_are_not_compared(void **state)
{
    struct retold *r;
    (void)state;
    assert_int_equal(compare("I asked 40 sellers.", "I asked 60 buyers.", &r), 0);
    assert_int_equal(compare("It took 3 weeks.", "It took 5 people.", &r), 0);
    assert_int_equal(compare("In 2021 I left.", "In 2023 I left.", &r), 0);
}

static void several_numbers_of_one_noun_are_too_uncertain(void **state)
{
    struct retold *r;
    (void)state;
    assert_int_equal(compare("I asked 40 sellers and I asked 90 sellers.", "I asked 60 sellers.", &r), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_that_grew_is_named_with_both_values),
        cmocka_unit_test(the_same_number_and_another_rounding_are_no_change),
        cmocka_unit_test(other_nouns_units_and_dates_are_not_compared),
        cmocka_unit_test(several_numbers_of_one_noun_are_too_uncertain),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
