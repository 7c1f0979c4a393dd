#include "support/unit.h"

#include "pmprep/base/hash.h"
#include "pmprep/base/sv.h"

#include <limits.h>

static void comparing(void **state)
{
    (void)state;
    assert_true(sv_eq(SV(""), (struct sv){NULL, 0}));
    assert_true(sv_eqs(SV("abc"), "abc"));
    assert_false(sv_eqs(SV("abc"), "ab"));
    assert_false(sv_eq(SV("abc"), SV("abd")));
    assert_true(sv_eqs((struct sv){NULL, 0}, ""));
    assert_true(sv_starts(SV("abc"), ""));
    assert_true(sv_starts(SV("abc"), "abc"));
    assert_false(sv_starts(SV("ab"), "abc"));
    assert_false(sv_starts(SV("xabc"), "abc"));
    assert_int_equal(sv_from(NULL).len, 0);
}

static void trimming(void **state)
{
    (void)state;
    assert_true(sv_eqs(sv_trim(SV(" \t\r\n\v\f a b \n")), "a b"));
    assert_true(sv_eqs(sv_trim(SV("  \n ")), ""));
    assert_true(sv_eqs(sv_trim(SV("a")), "a"));
    assert_true(sv_eqs(sv_trim(SV("\xC2\xA0")), "\xC2\xA0")); /* no-break space is text */
    assert_true(sv_eqs(sv_trim((struct sv){NULL, 0}), ""));
}

static void cutting_clamps(void **state)
{
    (void)state;
    assert_true(sv_eqs(sv_sub(SV("hello"), 0, 2), "he"));
    assert_true(sv_eqs(sv_sub(SV("hello"), 3, 99), "lo"));
    assert_true(sv_eqs(sv_sub(SV("hello"), 5, 1), ""));
    assert_true(sv_eqs(sv_sub(SV("hello"), SIZE_MAX, SIZE_MAX), ""));
    assert_true(sv_eqs(sv_sub((struct sv){NULL, 0}, 0, 1), ""));
}

static void expect_parts(const char *text, const char *joined)
{
    char got[64] = "";
    size_t len = 0;
    struct sv rest = sv_from(text), part;
    while (sv_split(&rest, ',', &part)) {
        len += (size_t)snprintf(got + len, sizeof(got) - len, "<" SV_FMT ">", SV_ARG(part));
    }
    assert_string_equal(got, joined);
}

static void splitting(void **state)
{
    (void)state;
    expect_parts(NULL, "");
    expect_parts("", "<>");
    expect_parts("a", "<a>");
    expect_parts("a,b,,c", "<a><b><><c>");
    expect_parts(",a,", "<><a><>");
}

static void expect_int(const char *text, long min, long max, bool ok, long value)
{
    long got = -77;
    assert_int_equal(sv_int(sv_from(text), min, max, &got), ok);
    assert_int_equal(got, ok ? value : -77);
}

static void numbers(void **state)
{
    (void)state;
    expect_int("0", 0, 9, true, 0);
    expect_int("-5", -9, 9, true, -5);
    expect_int("007", 0, 9, true, 7);
    expect_int("10", 0, 9, false, 0);
    expect_int("-1", 0, 9, false, 0);
    expect_int("", 0, 9, false, 0);
    expect_int("-", -9, 9, false, 0);
    expect_int("+1", -9, 9, false, 0);
    expect_int("1 ", 0, 9, false, 0);
    expect_int("1x", 0, 9, false, 0);
    expect_int("9223372036854775807", LONG_MIN, LONG_MAX, true, LONG_MAX);
    expect_int("-9223372036854775808", LONG_MIN, LONG_MAX, true, LONG_MIN);
    expect_int("9223372036854775808", LONG_MIN, LONG_MAX, false, 0);
    expect_int("-9223372036854775809", LONG_MIN, LONG_MAX, false, 0);
    expect_int("99999999999999999999999999", LONG_MIN, LONG_MAX, false, 0);
}

/* Values published with the algorithm (Fowler, Noll, Vo). */
static void fnv_reference_values(void **state)
{
    (void)state;
    assert_true(hash_bytes(HASH_INIT, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_bytes(HASH_INIT, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_bytes(HASH_INIT, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void fields_do_not_run_together(void **state)
{
    (void)state;
    uint64_t one = hash_field(hash_field(HASH_INIT, SV("ab")), SV("c"));
    uint64_t two = hash_field(hash_field(HASH_INIT, SV("a")), SV("bc"));
    assert_true(one != two);
    assert_true(hash_field(HASH_INIT, SV("")) != HASH_INIT);
    /* Stored in files, so it may never change. */
    assert_true(hash_field(HASH_INIT, SV("a")) == hash_bytes(HASH_INIT, "\1\0\0\0\0\0\0\0a", 9));
}

static void expect_decimal(const char *text, bool ok, double value)
{
    double got = -77;
    assert_int_equal(sv_decimal(sv_from(text), -100, 100, &got), ok);
    assert_true(got == (ok ? value : -77));
}

static void decimals(void **state)
{
    (void)state;
    expect_decimal("0", true, 0);
    expect_decimal("-1", true, -1);
    expect_decimal("+2", true, 2);
    expect_decimal("0.1", true, 0.1);
    expect_decimal("-3.14159265358979", true, -3.14159265358979);
    expect_decimal("99.9999999999999", true, 99.9999999999999);
    expect_decimal("100", true, 100);
    expect_decimal("100.1", false, 0);
    expect_decimal("-100.1", false, 0);
    expect_decimal("0.1234567890123456", false, 0);
    static const char *const malformed[] = {"",    "-",   "+-1", ".5", "1.", "1.2.3", "1e3", "0x1",
                                            "1,5", "nan", "inf", " 1", "1 ", ".",     "--1", "1.x"};
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        expect_decimal(malformed[i], false, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing),
        cmocka_unit_test(trimming),
        cmocka_unit_test(cutting_clamps),
        cmocka_unit_test(splitting),
        cmocka_unit_test(numbers),
        cmocka_unit_test(decimals),
        cmocka_unit_test(fnv_reference_values),
        cmocka_unit_test(fields_do_not_run_together),
    };
    return cmocka_run_group_tests_name("sv", tests, NULL, NULL);
}
