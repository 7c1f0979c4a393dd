#include "support/unit.h"

#include "pmprep/base/utf8.h"

#define E_ACUTE  "e\xCC\x81"                            /* e, U+0301 */
#define WOMAN    "\xF0\x9F\x91\xA9"                     /* U+1F469 */
#define ZWJ      "\xE2\x80\x8D"                         /* U+200D */
#define LAPTOP   "\xF0\x9F\x92\xBB"                     /* U+1F4BB */
#define SKIN     "\xF0\x9F\x8F\xBD"                     /* U+1F3FD */
#define HEART_VS "\xE2\x9D\xA4\xEF\xB8\x8F"             /* U+2764 U+FE0F */
#define FLAG_D   "\xF0\x9F\x87\xA9"                     /* U+1F1E9 */
#define FLAG_E   "\xF0\x9F\x87\xAA"                     /* U+1F1EA */
#define KANJI    "\xE6\xBC\xA2"                         /* U+6F22 */
#define HAN_JAMO "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB" /* U+1112 U+1161 U+11AB */
#define ZWSP     "\xE2\x80\x8B"                         /* U+200B */

static void every_scalar_value_round_trips(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        size_t len = utf8_encode(cp, bytes);
        uint32_t back;
        if (utf8_decode(bytes, len, &back) != len || back != cp || (len > 1 && utf8_valid(bytes, len - 1) != 0)) {
            fail_msg("U+%04X", (unsigned)cp);
        }
    }
}

static void malformed_input_is_one_byte_of_replacement(void **state)
{
    (void)state;
    static const struct sv bad[] = {
        {"\x80", 1},             /* a continuation alone */
        {"\xBF", 1},             /* the last one */
        {"\xC0\x80", 2},         /* overlong NUL */
        {"\xC1\xBF", 2},         /* overlong DEL */
        {"\xE0\x80\xAF", 3},     /* overlong slash */
        {"\xE0\x9F\xBF", 3},     /* overlong U+07FF */
        {"\xF0\x80\x80\xAF", 4}, /* overlong slash */
        {"\xF0\x8F\xBF\xBF", 4}, /* overlong U+FFFF */
        {"\xED\xA0\x80", 3},     /* surrogate */
        {"\xED\xBF\xBF", 3},     /* surrogate */
        {"\xF4\x90\x80\x80", 4}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4},
        {"\xFE", 1},
        {"\xFF", 1},
        {"\xC3", 1}, /* cut off */
        {"\xE2\x82", 2},
        {"\xF0\x9F\x91", 3},
        {"\xC3(", 2}, /* broken off by another character */
        {"\xE2\x82(", 3},
        {"\xF0\x9F\x91(", 4},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint32_t cp = 0;
        assert_int_equal(utf8_decode(bad[i].data, bad[i].len, &cp), 1);
        assert_int_equal(cp, UTF8_REPLACEMENT);
        assert_int_equal(utf8_valid(bad[i].data, bad[i].len), 0);
        assert_int_equal(utf8_next(bad[i], 0), 1);
    }
}

static void validity_points_at_the_first_bad_byte(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid("", 0), 0);
    assert_int_equal(utf8_valid("a" KANJI, 4), 4);
    assert_int_equal(utf8_valid("a" KANJI "\xFFz", 6), 4);
    assert_int_equal(utf8_valid("ab\xE6\xBC", 4), 2);
    assert_int_equal(utf8_valid("\xEF\xBF\xBD", 3), 3); /* U+FFFD itself is well formed */
    assert_int_equal(utf8_count(SV("a" KANJI "\xFF\xFF" WOMAN)), 5);
    assert_int_equal(utf8_count(SV("")), 0);
}

static void widths(void **state)
{
    (void)state;
    static const struct {
        uint32_t cp;
        int width;
    } cases[] = {
        {0, 0},       {'\n', 0},    {0x1B, 0},    {' ', 1},     {'~', 1},     {0x7F, 0},    {0x80, 0},    {0x9F, 0},
        {0xA0, 1},    {0xE9, 1},    {0x300, 0},   {0x36F, 0},   {0x370, 1},   {0x5D0, 1},   {0x1100, 2},  {0x115F, 2},
        {0x1161, 0},  {0x11AB, 0},  {0x2014, 1},  {0x2026, 1},  {0x20AC, 1},  {0x231A, 2},  {0x2500, 1},  {0x2588, 1},
        {0x2705, 2},  {0x2713, 1},  {0x2764, 1},  {0x3042, 2},  {0x3099, 0},  {0x6F22, 2},  {0xAC00, 2},  {0xD7A3, 2},
        {0xFE0F, 0},  {0xFF01, 2},  {0xFF61, 1},  {0x1F1E9, 1}, {0x1F469, 2}, {0x1F600, 2}, {0x1FAE8, 2}, {0x20000, 2},
        {0x2FFFD, 2}, {0x30000, 2}, {0xE0100, 0}, {0xE0001, 0}, {0x200D, 0},  {0x200B, 0},  {0xFEFF, 0},  {0xFFFD, 1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (utf8_width(cases[i].cp) != cases[i].width) {
            fail_msg("U+%04X is %d wide", (unsigned)cases[i].cp, utf8_width(cases[i].cp));
        }
    }
    assert_int_equal(utf8_columns(SV("")), 0);
    assert_int_equal(utf8_columns(SV("a" E_ACUTE KANJI)), 4);
    assert_int_equal(utf8_columns(SV("\xFF")), 1); /* shown as U+FFFD */
}

/* text is made of these clusters, forwards and backwards. */
static void expect_clusters(const char *const *clusters, size_t count)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_adds(&text, clusters[i]);
    }
    struct sv s = buf_sv(&text);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t next = utf8_next(s, at);
        assert_int_equal(next - at, strlen(clusters[i]));
        at = next;
    }
    assert_int_equal(at, s.len);
    for (size_t i = count; i > 0; i--) {
        size_t previous = utf8_prev(s, at);
        assert_int_equal(at - previous, strlen(clusters[i - 1]));
        at = previous;
    }
    assert_int_equal(at, 0);
    buf_release(&text);
}

static void clusters(void **state)
{
    (void)state;
#define CLUSTERS(...)                                                                                                  \
    expect_clusters((const char *const[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))
    CLUSTERS("a", "b", "\n", "c");
    CLUSTERS("a", E_ACUTE, "b");
    CLUSTERS(E_ACUTE "\xCC\xA3", KANJI, KANJI);
    CLUSTERS("x", HEART_VS, "y");
    CLUSTERS(WOMAN ZWJ LAPTOP, WOMAN, LAPTOP);
    CLUSTERS("a", WOMAN SKIN ZWJ LAPTOP, "b");
    CLUSTERS(WOMAN ZWJ WOMAN ZWJ WOMAN, "z");
    CLUSTERS("a" ZWJ, "b"); /* a joiner glues only emoji */
    CLUSTERS(WOMAN ZWJ, "b");
    CLUSTERS("a" ZWJ, WOMAN);
    CLUSTERS(FLAG_D FLAG_E, FLAG_D FLAG_E, "a");
    CLUSTERS("a", FLAG_D FLAG_E, FLAG_D); /* an odd one is left over */
    CLUSTERS(FLAG_D FLAG_E "\xCC\x81", FLAG_E);
    CLUSTERS(HAN_JAMO, "\xED\x95\x9C");
    CLUSTERS("\n", "\xCC\x81", "a"); /* nothing combines into a newline */
    CLUSTERS("a", ZWSP, "b");        /* unsafe ones stand alone: they are shown */
    CLUSTERS("\xFF", "\xCC\x81", "a");
    CLUSTERS("\xCC\x81\xCC\x81", "a");
    CLUSTERS("\xE2", "\x82", "(", "\xF0", "\x9F", "\x91");
    CLUSTERS("\x82", "\x82", "\x82", "\x82", "\x82", KANJI);
}

static void stepping_clamps(void **state)
{
    (void)state;
    assert_int_equal(utf8_next(SV(""), 0), 0);
    assert_int_equal(utf8_prev(SV(""), 0), 0);
    assert_int_equal(utf8_next(SV("ab"), 7), 2);
    assert_int_equal(utf8_prev(SV("ab"), 7), 1);
    assert_int_equal(utf8_prev(SV("ab"), 0), 0);
}

static void clipping_cuts_between_clusters(void **state)
{
    (void)state;
    struct sv s = SV("a" E_ACUTE KANJI "b");
    assert_int_equal(utf8_clip(s, 0).len, 0);
    assert_int_equal(utf8_clip(s, 1).len, 1);
    assert_int_equal(utf8_clip(s, 2).len, 4);
    assert_int_equal(utf8_clip(s, 3).len, 4); /* half a wide character does not fit */
    assert_int_equal(utf8_clip(s, 4).len, 7);
    assert_int_equal(utf8_clip(s, 5).len, 8);
    assert_int_equal(utf8_clip(s, 99).len, 8);
    assert_int_equal(utf8_clip(SV(""), 3).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_round_trips),
        cmocka_unit_test(malformed_input_is_one_byte_of_replacement),
        cmocka_unit_test(validity_points_at_the_first_bad_byte),
        cmocka_unit_test(widths),
        cmocka_unit_test(clusters),
        cmocka_unit_test(stepping_clamps),
        cmocka_unit_test(clipping_cuts_between_clusters),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
