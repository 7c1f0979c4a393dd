#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/practice/fsrs.h"

static void test_rating_follows_the_mean(void **state)
{
    static const struct {
        struct score scores[6];
        size_t count;
        enum rating rating;
    } cases[] = {
        {{{"", 0}}, 0, RATING_NONE},
        {{{"", 0}, {"result", 0}}, 2, RATING_NONE},
        {{{"", 1}}, 1, RATING_AGAIN},
        {{{"", 2}, {"result", 1}}, 2, RATING_AGAIN},
        {{{"", 2}}, 1, RATING_HARD},
        {{{"", 3}, {"result", 2}}, 2, RATING_HARD},
        {{{"", 3}}, 1, RATING_GOOD},
        {{{"", 4}, {"result", 4}}, 2, RATING_GOOD},
        {{{"", 4}, {"result", 5}}, 2, RATING_EASY},
        {{{"", 4}, {"a", 4}, {"b", 5}}, 3, RATING_EASY},                               /* 4.33 */
        {{{"", 4}, {"a", 4}, {"b", 4}, {"c", 5}}, 4, RATING_GOOD},                     /* 4.25 */
        {{{"", 5}, {"a", 5}, {"b", 5}, {"c", 5}, {"d", 5}, {"e", 1}}, 6, RATING_HARD}, /* any dimension at 1 */
        {{{"", 5}, {"a", 0}}, 2, RATING_EASY},                                         /* a skipped one */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(rating_from_scores(cases[i].scores, cases[i].count), cases[i].rating);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(rating_name(RATING_AGAIN), "Again");
    assert_string_equal(rating_name(RATING_EASY), "Easy");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rating_follows_the_mean),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
