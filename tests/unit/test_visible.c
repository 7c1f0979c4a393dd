#include "support/unit.h"

#include "pmprep/base/err.h"
#include "pmprep/base/utf8.h"

#include <errno.h>

static void expect(struct sv in, unsigned flags, const char *out)
{
    struct buf b = BUF_INIT;
    visible_add(&b, in, flags);
    assert_string_equal(buf_str(&b), out);
    assert_int_equal(visible_is_clean(in, flags), sv_eqs(in, out));
    buf_release(&b);
}

static void safe_text_passes(void **state)
{
    (void)state;
    expect(SV(""), VISIBLE_LINE, "");
    expect(SV("plain ~"), VISIBLE_LINE, "plain ~");
    expect(SV("caf\xC3\xA9 \xE6\xBC\xA2 e\xCC\x81 \xF0\x9F\x91\xA9"), VISIBLE_LINE,
           "caf\xC3\xA9 \xE6\xBC\xA2 e\xCC\x81 \xF0\x9F\x91\xA9");
    expect(SV("\xEF\xBF\xBD"), VISIBLE_LINE, "\xEF\xBF\xBD");
}

static void controls_are_shown(void **state)
{
    (void)state;
    expect(SV("\x1b[31mred"), VISIBLE_LINE, "<U+001B>[31mred");
    expect(SV("a\0b"), VISIBLE_LINE, "a<U+0000>b");
    expect(SV("\x7f"), VISIBLE_TEXT, "<U+007F>");
    expect(SV("\xC2\x9B"
              "2J"),
           VISIBLE_TEXT, "<U+009B>2J"); /* CSI as one C1 character */
    expect(SV("end\r\n"), VISIBLE_TEXT, "end<U+000D>\n");
}

static void newline_and_tab_pass_in_text_only(void **state)
{
    (void)state;
    expect(SV("a\tb\nc"), VISIBLE_TEXT, "a\tb\nc");
    expect(SV("a\tb\nc"), VISIBLE_LINE, "a<U+0009>b<U+000A>c");
}

static void bidi_and_invisible_characters_are_shown(void **state)
{
    (void)state;
    expect(SV("\xE2\x80\xAE"
              "txt"),
           VISIBLE_TEXT, "<U+202E>txt");
    expect(SV("\xE2\x81\xA6x\xE2\x81\xA9"), VISIBLE_TEXT, "<U+2066>x<U+2069>");
    expect(SV("\xE2\x80\x8Fx"), VISIBLE_TEXT, "<U+200F>x");
    expect(SV("\xD8\x9C"), VISIBLE_TEXT, "<U+061C>");
    expect(SV("\xE2\x80\x8B"), VISIBLE_TEXT, "<U+200B>");
    expect(SV("\xEF\xBB\xBFx"), VISIBLE_TEXT, "<U+FEFF>x");
    expect(SV("\xF3\xA0\x80\x81\xF3\xA0\x81\x81"), VISIBLE_TEXT, "<U+E0001><U+E0041>");
    expect(SV("\xE2\x80\xA8"), VISIBLE_TEXT, "<U+2028>");
}

static void joiners_pass_where_they_join(void **state)
{
    (void)state;
    expect(SV("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"), VISIBLE_LINE,
           "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB");
    expect(SV("\xD9\x85\xE2\x80\x8C\xDB\x8C"), VISIBLE_LINE, "\xD9\x85\xE2\x80\x8C\xDB\x8C"); /* Persian */
    expect(SV("pass\xE2\x80\x8Dword"), VISIBLE_LINE, "pass<U+200D>word");
    expect(SV("\xE2\x80\x8C"), VISIBLE_LINE, "<U+200C>");
    expect(SV("\xD9\x85\xE2\x80\x8D\xE2\x80\x8D"), VISIBLE_LINE, "\xD9\x85\xE2\x80\x8D<U+200D>");
}

static void malformed_bytes_are_shown_one_by_one(void **state)
{
    (void)state;
    expect(SV("a\x9F\xFF"
              "b"),
           VISIBLE_LINE, "a<9F><FF>b");
    expect(SV("\xE2\x82"), VISIBLE_TEXT, "<E2><82>");
    expect(SV("\xC0\x9B"), VISIBLE_TEXT, "<C0><9B>"); /* an overlong escape is no escape */
}

static void an_error_is_safe_to_print(void **state)
{
    (void)state;
    struct err err = ERR_INIT;
    assert_false(err_set(&err, ERR_USAGE, "no key %s in\n%s", "\x1b[0m\xFF", "\xE2\x80\xAE"));
    assert_int_equal(err.code, ERR_USAGE);
    assert_string_equal(err.text, "no key <U+001B>[0m<FF> in<U+000A><U+202E>");
    assert_false(err_set(NULL, ERR_USAGE, "nobody listens"));
}

static void a_long_error_is_cut_on_a_border(void **state)
{
    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        struct buf b = BUF_INIT;
        buf_addf(&b, "%.*s", shift, "abc");
        for (int i = 0; i < 400; i++) {
            buf_adds(&b, "\xE6\xBC\xA2");
        }
        struct err err = ERR_INIT;
        err_set(&err, ERR_FORMAT, "%s", buf_str(&b));
        size_t len = strlen(err.text);
        assert_true(len > 500 && len < sizeof(err.text));
        assert_int_equal(utf8_valid(err.text, len), len);
        assert_string_equal(err.text + len - 3, "\xE2\x80\xA6");
        buf_release(&b);
    }
    char exact[512];
    memset(exact, 'x', sizeof(exact) - 1);
    exact[sizeof(exact) - 1] = '\0';
    struct err err = ERR_INIT;
    err_set(&err, ERR_FORMAT, "%s", exact);
    assert_string_equal(err.text, exact); /* fits to the last byte */
}

static void a_failed_call_keeps_its_number(void **state)
{
    (void)state;
    static const struct {
        int number;
        enum err_code code;
    } cases[] = {{ENOENT, ERR_IO}, {EACCES, ERR_IO}, {ENOSPC, ERR_FULL}, {EDQUOT, ERR_FULL}, {EFBIG, ERR_FULL}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = ERR_INIT;
        errno = cases[i].number;
        assert_false(err_errno(&err, "cannot write %s", "x"));
        assert_int_equal(err.code, cases[i].code);
        assert_int_equal(err.detail, cases[i].number);
        char want[128];
        snprintf(want, sizeof(want), "cannot write x: %s", strerror(cases[i].number));
        assert_string_equal(err.text, want);
    }
    assert_false(err_errno(NULL, "x"));
}

static void context_goes_before(void **state)
{
    (void)state;
    struct err err = ERR_INIT;
    err_set(&err, ERR_BUSY, "the file is busy");
    err.detail = 5;
    assert_false(err_prefix(&err, "saving %s", "the draft"));
    assert_string_equal(err.text, "saving the draft: the file is busy");
    assert_int_equal(err.code, ERR_BUSY);
    assert_int_equal(err.detail, 5);
    assert_false(err_prefix(NULL, "x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(safe_text_passes),
        cmocka_unit_test(controls_are_shown),
        cmocka_unit_test(newline_and_tab_pass_in_text_only),
        cmocka_unit_test(bidi_and_invisible_characters_are_shown),
        cmocka_unit_test(joiners_pass_where_they_join),
        cmocka_unit_test(malformed_bytes_are_shown_one_by_one),
        cmocka_unit_test(an_error_is_safe_to_print),
        cmocka_unit_test(a_long_error_is_cut_on_a_border),
        cmocka_unit_test(a_failed_call_keeps_its_number),
        cmocka_unit_test(context_goes_before),
    };
    return cmocka_run_group_tests_name("visible", tests, NULL, NULL);
}
