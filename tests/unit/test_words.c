#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/coach/words.h"

static void test_counts(void **state)
{
    static const struct {
        const char *text;
        size_t words;
    } cases[] = {
        {"", 0},
        {"   \n\t ", 0},
        {"one", 1},
        {"I cut refunds from 9% to 6%.", 7},
        {"9.5% of 1,200 users can't re-order", 6},
        {"a two-way door", 3},
        {"so \xe2\x80\x94 what", 2},
        {"don\xe2\x80\x99t stop", 2},
        {"wait... what? --no--", 3},
        {"end. Start", 2},
        {"'quoted' (twice)", 2},
        {"na\xc3\xafve caf\xc3\xa9", 2},
        {"\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 \xd0\xbc\xd0\xb8\xd1\x80", 2},
        {"launch \xf0\x9f\x9a\x80 done", 2},
        {"$4.2m, 30 days", 3},
        {"a-", 1},
        {"-5 points", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (words_count(sv_from(cases[i].text)) != cases[i].words)
            fail_msg("\"%s\": %zu words", cases[i].text, words_count(sv_from(cases[i].text)));
}

static void test_malformed_bytes_are_no_words(void **state)
{
    (void)state;
    assert_int_equal(words_count(SV("\xff\xfe")), 0);
    assert_int_equal(words_count(SV("a \xff b")), 2);
}

static void test_spoken(void **state)
{
    (void)state;
    assert_int_equal(words_spoken_ms(0), 0);
    assert_int_equal(words_spoken_ms(140), 60000);
    assert_int_equal(words_spoken_ms(210), 90000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_malformed_bytes_are_no_words),
        cmocka_unit_test(test_spoken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
