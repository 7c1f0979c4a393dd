#include "support/unit.h"

#include "pmprep/base/json.h"
#include "pmprep/base/jsonread.h"

#include <string.h>

static const struct json_value *parsed(struct arena *a, const char *text)
{
    const struct json_value *v;
    if (!json_parse(sv_from(text), a, &v)) {
        fail_msg("not read: %s", text);
    }
    return v;
}

static void values_of_every_type(void **state)
{
    struct arena a = ARENA_INIT;
    const struct json_value *v = parsed(&a, " {\"a\": [1, -2.5e1, 0.125], \"b\": {\"c\": "
                                            "\"x\\n\\u00e9\\ud83d\\ude00\\u0000\"}, \"t\": true, \"n\": null} ");
    (void)state;
    assert_int_equal(v->type, JSON_OBJECT);
    assert_int_equal(v->count, 4);
    const struct json_value *list = json_get(v, "a");
    assert_int_equal(list->count, 3);
    assert_int_equal(list->first->integer, 1);
    assert_int_equal(list->first->next->integer, -25);
    assert_true(list->first->next->next->real == 0.125);
    assert_string_equal(json_get_str(json_get(v, "b"), "c"), "x\n\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbd");
    assert_true(json_get_bool(v, "t"));
    assert_int_equal(json_get(v, "n")->type, JSON_NULL);
    assert_null(json_get(v, "z"));
    assert_int_equal(json_get_int(v, "t", 7), 7);
    assert_string_equal(json_get_str(v, "z"), "");
    assert_null(json_elements(v, "b"));
    arena_release(&a);
}

static void whole_numbers_keep_every_bit(void **state)
{
    struct arena a = ARENA_INIT;
    (void)state;
    assert_true(parsed(&a, "9223372036854775807")->integer == INT64_MAX);
    assert_true(parsed(&a, "-9223372036854775808")->integer == INT64_MIN);
    assert_true(parsed(&a, "1e300")->integer == INT64_MAX);
    assert_int_equal(parsed(&a, "0")->integer, 0);
    arena_release(&a);
}

static void what_is_no_json_is_refused(void **state)
{
    static const char *const bad[] = {"",      "{",     "[1,]",    "{\"a\"}",  "{\"a\":1,}",  "01",       "1.",
                                      "tru",   "[1 2]", "\"\\x\"", "\"a\nb\"", "\"\\u12g4\"", "{a:1}",    "1 1",
                                      "\"abc", "-",     "[",       "]",        "1e",          "\"\\ud83d"};
    struct arena a = ARENA_INIT;
    const struct json_value *v;
    char deep[80];
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (json_parse(sv_from(bad[i]), &a, &v)) {
            fail_msg("taken for JSON: %s", bad[i]);
        }
    }
    memset(deep, '[', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    assert_false(json_parse(sv_from(deep), &a, &v));
    arena_release(&a);
}

static void it_reads_what_the_writer_wrote(void **state)
{
    static const char text[] = "a \"quoted\" \\ line\n\ttab \x01 \xe2\x80\xae end";
    struct arena a = ARENA_INIT;
    struct buf out = BUF_INIT;
    struct json j;
    (void)state;
    json_init(&j, &out, 2);
    json_object(&j);
    json_key(&j, "text");
    json_str(&j, text);
    json_key(&j, "pi");
    json_real(&j, 3.14159265358979);
    json_end_object(&j);
    const struct json_value *v = parsed(&a, buf_str(&out));
    assert_string_equal(json_get_str(v, "text"), text);
    assert_true(json_get_real(v, "pi", 0) > 3.14159265358 && json_get_real(v, "pi", 0) < 3.14159265359);
    buf_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_every_type),
        cmocka_unit_test(whole_numbers_keep_every_bit),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(it_reads_what_the_writer_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
