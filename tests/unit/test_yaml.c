#include "support/unit.h"

#include "bank/scan.h"
#include "bank/yaml.h"
#include "pmprep/bank/bank.h"
#include "pmprep/base/buf.h"

/* What the raw text may hold, and where libyaml's ways need care. The refusals of tests/fixtures/yaml are in
 * test_check.c. */

static struct arena arena;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    problems_init(&problems, &arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

/* Reads the text as a bank and expects exactly one problem. */
static void assert_refused(struct sv text, unsigned line, unsigned column, const char *part)
{
    struct bank bank;
    problems.count = 0;
    assert_false(bank_parse(text, "x.yaml", &arena, &bank, &problems));
    for (size_t i = 1; i < problems.count; i++) {
        print_error("%u:%u %s\n", problems.at[i].place.line, problems.at[i].place.column, problems.at[i].text);
    }
    assert_int_equal(problems.count, 1);
    const struct problem *p = &problems.at[0];
    if (p->place.line != line || p->place.column != column || !strstr(p->text, part)) {
        fail_msg("%u:%u: %s; expected %u:%u: %s", p->place.line, p->place.column, p->text, line, column, part);
    }
    assert_string_equal(p->place.file, "x.yaml");
}

static void other_encodings_are_named(void **state)
{
    (void)state;
    assert_refused(SV("\xFF\xFE"
                      "b\0a\0n\0k\0"),
                   1, 1, "UTF-16");
    assert_refused(SV("\xFE\xFF\0b\0a\0n\0k"), 1, 1, "UTF-16");
    assert_refused(SV("b\0a\0n\0k\0"), 1, 1, "UTF-16");
    assert_refused(SV("bank: b\ntitle: \xE9\n"), 2, 8, "not UTF-8");
    assert_refused(SV("bank: b\ntitle: \xC3\xA9\xC3\xA9 \xC3"), 2, 11, "not UTF-8");
    assert_refused(SV("bank: b\ntitle: \xED\xA0\x80\n"), 2, 8, "not UTF-8");
}

static void control_characters_are_named(void **state)
{
    (void)state;
    assert_refused(SV("bank: b\ntitle: a\0b\n"), 2, 9, "NUL");
    assert_refused(SV("bank: b\ntitle: \x1B[2J\n"), 2, 8, "U+001B");
    assert_refused(SV("bank: b\n# \x7F\n"), 2, 3, "U+007F");
    assert_refused(SV("bank: b\n# \xC2\x85\n"), 2, 3, "U+0085");
    assert_refused(SV("bank: b\n# \xE2\x80\xA8\n"), 2, 3, "U+2028");
    assert_refused(SV("bank: b\n\xEF\xBB\xBFtitle: T\n"), 2, 1, "U+FEFF");
    assert_refused(SV("bank: b\ntitle: long enough for a word \x01\n"), 2, 31, "U+0001");
    assert_refused(SV("bank: b\ntitle: \xEF\xBF\xBF\n"), 2, 8, "not allowed");
}

static const char sound[] = "bank: b\ntitle: T\nitems:\n  - id: one\n    kind: transition\n    difficulty: 1\n"
                            "    prompt: |\n      Line one\n      \tline two\n";

static void marks_and_line_ends_of_other_systems_are_read(void **state)
{
    (void)state;
    struct bank plain;
    struct bank windows;
    struct buf text = BUF_INIT;
    buf_adds(&text, "\xEF\xBB\xBF");
    for (const char *c = sound; *c; c++) {
        buf_adds(&text, *c == '\n' ? "\r\n" : (char[2]){*c, '\0'});
    }
    assert_true(bank_parse(sv_from(sound), "a", &arena, &plain, &problems));
    assert_true(bank_parse(buf_sv(&text), "b", &arena, &windows, &problems));
    assert_string_equal(plain.items[0].prompt, "Line one\n\tline two");
    assert_string_equal(windows.items[0].prompt, plain.items[0].prompt);
    assert_true(windows.items[0].revision == plain.items[0].revision);
    assert_int_equal(windows.items[0].place.line, 4);
    assert_int_equal(windows.items[0].place.column, 5);
    buf_release(&text);
}

static void repeat(struct buf *out, const char *s, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        buf_adds(out, s);
    }
}

static void long_lines_are_refused(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    buf_adds(&text, "bank: b\ntitle: ");
    repeat(&text, "abcdefghij", 1000000);
    assert_refused(buf_sv(&text), 2, 1, "longer than 64 KB");
    buf_clear(&text);
    buf_adds(&text, "# ");
    repeat(&text, "x", SCAN_LINE_MAX - 2);
    buf_addc(&text, '\n');
    buf_adds(&text, sound);
    struct bank bank;
    problems.count = 0;
    assert_true(bank_parse(buf_sv(&text), "x.yaml", &arena, &bank, &problems));
    buf_release(&text);
}

/* Each of them would take libyaml minutes or the stack if it were let. */
static void towers_are_refused_at_their_33rd_level(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        size_t times;
        unsigned line;
        unsigned column;
    } towers[] = {
        {"[", 60000, 1, 33},  {"{", 60000, 1, 33},     {"[\n", 200000, 33, 1},  {"- ", 30000, 1, 65},
        {"? ", 30000, 1, 65}, {"[a, ", 15000, 1, 129}, {"{a: ", 15000, 1, 129},
    };
    for (size_t i = 0; i < sizeof(towers) / sizeof(towers[0]); i++) {
        struct buf text = BUF_INIT;
        struct event ev;
        repeat(&text, towers[i].piece, towers[i].times);
        problems.count = 0;
        struct events *e = events_open(buf_sv(&text), "x.yaml", 1, &problems);
        while (events_next(e, &ev)) {
        }
        assert_true(events_failed(e));
        assert_false(events_next(e, &ev));
        events_close(e);
        assert_int_equal(problems.count, 1);
        assert_string_equal(problems.at[0].text, "nested more than 32 levels deep");
        assert_int_equal(problems.at[0].place.line, towers[i].line);
        assert_int_equal(problems.at[0].place.column, towers[i].column);
        buf_release(&text);
    }
    struct buf text = BUF_INIT;
    repeat(&text, "[", 200000);
    assert_refused(buf_sv(&text), 1, 1, "longer than 64 KB");
    buf_release(&text);
}

static void problems_are_counted_up_to_a_limit(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct bank bank;
    buf_adds(&text, "bank: b\ntitle: T\n");
    for (int i = 0; i < 5000; i++) {
        buf_addf(&text, "key%d: 1\n", i);
    }
    assert_false(bank_parse(buf_sv(&text), "x.yaml", &arena, &bank, &problems));
    assert_int_equal(problems.count, 1001);
    assert_non_null(strstr(problems.at[1000].text, "too many problems"));
    buf_release(&text);
}

static void messages_hold_nothing_raw(void **state)
{
    (void)state;
    struct bank bank;
    assert_false(bank_parse(SV("\"\\e[2J\": 1\n"), "x.yaml", &arena, &bank, &problems));
    assert_non_null(strstr(problems.at[0].text, "<U+001B>[2J"));
    problems_add(&problems, (struct place){"f", 1, 1}, "%s", "a\nb\x9B");
    assert_string_equal(problems.at[problems.count - 1].text, "a<U+000A>b<9B>");
}

static void events_carry_text_and_places(void **state)
{
    (void)state;
    static const struct {
        enum event_type type;
        const char *text;
        unsigned line;
        unsigned column;
    } expected[] = {
        {EVENT_MAP, NULL, 11, 1},    {EVENT_SCALAR, "\xC3\xBC", 11, 1}, {EVENT_LIST, NULL, 11, 4},
        {EVENT_SCALAR, "a", 11, 5},  {EVENT_SCALAR, "b", 11, 8},        {EVENT_CLOSE, NULL, 11, 9},
        {EVENT_SCALAR, "k", 12, 1},  {EVENT_SCALAR, "x y", 12, 4},      {EVENT_CLOSE, NULL, 14, 1},
        {EVENT_FINISH, NULL, 14, 1},
    };
    struct events *e = events_open(SV("\xC3\xBC: [a, b]\nk: x\n   y\n"), "x.yaml", 11, &problems);
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        struct event ev;
        assert_true(events_next(e, &ev));
        assert_int_equal(ev.type, expected[i].type);
        assert_int_equal(ev.line, expected[i].line);
        assert_int_equal(ev.column, expected[i].column);
        assert_true(!expected[i].text || sv_eqs(ev.text, expected[i].text));
    }
    struct event ev;
    assert_false(events_next(e, &ev));
    assert_false(events_failed(e));
    events_close(e);
    assert_int_equal(problems.count, 0);
}

static void nothing_at_all_is_a_problem(void **state)
{
    (void)state;
    assert_refused(SV(""), 1, 1, "the file is empty");
    assert_refused(SV("# only a comment\n"), 1, 1, "the file is empty");
    assert_refused(SV("just text\n"), 1, 1, "the file must be a bank");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(other_encodings_are_named),
        TEST(control_characters_are_named),
        TEST(marks_and_line_ends_of_other_systems_are_read),
        TEST(long_lines_are_refused),
        TEST(towers_are_refused_at_their_33rd_level),
        TEST(problems_are_counted_up_to_a_limit),
        TEST(messages_hold_nothing_raw),
        TEST(events_carry_text_and_places),
        TEST(nothing_at_all_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
