#include "support/unit.h"

#include "pmprep/base/json.h"

#include <locale.h>
#include <math.h>

static void expect_quoted(struct sv in, const char *quoted)
{
    struct buf out = BUF_INIT;
    struct json j;
    json_init(&j, &out, 0);
    json_sv(&j, in);
    assert_string_equal(buf_str(&out), quoted);
    buf_release(&out);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    expect_quoted(SV(""), "\"\"");
    expect_quoted(SV("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    expect_quoted(SV("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
    expect_quoted(SV("\0\x1f\x7f"), "\"\\u0000\\u001f\\u007f\"");
    expect_quoted(SV("\xC2\x9B"), "\"\\u009b\"");
    expect_quoted(SV("\xE2\x80\xAE"
                     "x\xE2\x81\xA6"),
                  "\"\\u202ex\\u2066\"");
    expect_quoted(SV("\xF3\xA0\x80\x81"), "\"\\udb40\\udc01\""); /* beyond the BMP: a pair */
    expect_quoted(SV("caf\xC3\xA9 \xF0\x9F\x91\xA9"), "\"caf\xC3\xA9 \xF0\x9F\x91\xA9\"");
    expect_quoted(SV("a\xFF\xE2\x82"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void fill(struct json *j)
{
    json_object(j);
    json_key(j, "list");
    json_array(j);
    json_int(j, 1);
    json_bool(j, true);
    json_null(j);
    json_array(j);
    json_end_array(j);
    json_end_array(j);
    json_key(j, "empty");
    json_object(j);
    json_end_object(j);
    json_key(j, "a\"b");
    json_str(j, NULL);
    json_end_object(j);
}

static void one_line(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json j;
    json_init(&j, &out, 0);
    fill(&j);
    assert_string_equal(buf_str(&out), "{\"list\":[1,true,null,[]],\"empty\":{},\"a\\\"b\":null}");
    buf_release(&out);
}

static void indented(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json j;
    json_init(&j, &out, 2);
    fill(&j);
    assert_string_equal(buf_str(&out), "{\n"
                                       "  \"list\": [\n"
                                       "    1,\n"
                                       "    true,\n"
                                       "    null,\n"
                                       "    []\n"
                                       "  ],\n"
                                       "  \"empty\": {},\n"
                                       "  \"a\\\"b\": null\n"
                                       "}");
    buf_release(&out);
}

static void expect_real(double value, const char *text)
{
    struct buf out = BUF_INIT;
    struct json j;
    json_init(&j, &out, 0);
    json_real(&j, value);
    assert_string_equal(buf_str(&out), text);
    buf_release(&out);
}

static void numbers(void **state)
{
    (void)state;
    expect_real(0, "0");
    expect_real(0.1, "0.1");
    expect_real(-2.5, "-2.5");
    expect_real(0.1 + 0.2, "0.30000000000000004");
    expect_real(1.0 / 3, "0.3333333333333333");
    expect_real(1e21, "1e+21");
    expect_real(5e-324, "4.94065645841247e-324");
    expect_real((double)NAN, "null");
    expect_real((double)INFINITY, "null");
    struct buf out = BUF_INIT;
    struct json j;
    json_init(&j, &out, 0);
    json_int(&j, INT64_MIN);
    assert_string_equal(buf_str(&out), "-9223372036854775808");
    buf_release(&out);
}

/* Only where such a locale is installed does this try more than the test before. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const with_comma[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"};
    for (size_t i = 0; i < sizeof(with_comma) / sizeof(with_comma[0]); i++) {
        if (setlocale(LC_NUMERIC, with_comma[i])) {
            break;
        }
    }
    expect_real(0.5, "0.5");
    expect_real(-1.25e-7, "-1.25e-07");
    setlocale(LC_NUMERIC, "C");
}

static void deep_nesting_is_balanced(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json j;
    json_init(&j, &out, 0);
    enum { DEEP = 32 };
    for (int i = 0; i < DEEP; i++) {
        json_array(&j);
    }
    for (int i = 0; i < DEEP; i++) {
        json_end_array(&j);
    }
    assert_int_equal(out.len, 2 * DEEP);
    assert_int_equal(j.depth, 0);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(one_line),
        cmocka_unit_test(indented),
        cmocka_unit_test(numbers),
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(deep_nesting_is_balanced),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
