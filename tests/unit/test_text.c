#include "pmprep/tui/text.h"
#include "support/unit.h"

/* The lines joined by "|". */
static void check_wrap(const char *text, int width, const char *want)
{
    struct arena a = ARENA_INIT;
    struct text_line *lines;
    struct buf got = BUF_INIT;
    size_t count = text_wrap(sv_from(text), width, &a, &lines);
    for (size_t i = 0; i < count; i++) {
        buf_addf(&got, "%s%.*s", i > 0 ? "|" : "", (int)(lines[i].end - lines[i].start), text + lines[i].start);
    }
    assert_string_equal(buf_str(&got), want);
    assert_int_equal(text_put(NULL, 0, 0, width, 0, ROLE_TEXT, sv_from(text)), count);
    buf_release(&got);
    arena_release(&a);
}

static void wraps(void **state)
{
    (void)state;
    check_wrap("", 10, "");
    check_wrap("one", 10, "one");
    check_wrap("one two three", 7, "one two|three");
    check_wrap("one two three", 8, "one two|three");
    check_wrap("one two three", 6, "one|two|three");
    check_wrap("one  two", 3, "one|two");
    check_wrap("one\ntwo", 10, "one|two");
    check_wrap("one\n\ntwo\n", 10, "one||two");
    check_wrap("abcdefgh", 3, "abc|def|gh");
    check_wrap("x abcdefgh", 4, "x|abcd|efgh");
    check_wrap("日本語", 5, "日本|語");
    check_wrap("e\xCC\x81"
               "e\xCC\x81"
               "e\xCC\x81",
               2,
               "e\xCC\x81"
               "e\xCC\x81|e\xCC\x81");
    check_wrap("ab", 0, "a|b");
    check_wrap("日本", 1, "日|本");
    check_wrap("  indented text", 10, "  indented|text");
}

static void a_million_bytes_wrap(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct arena a = ARENA_INIT;
    struct text_line *lines;
    for (int i = 0; i < 100000; i++) {
        buf_adds(&text, "word word ");
    }
    assert_int_equal(text_wrap(buf_sv(&text), 9, &a, &lines), 100000);
    buf_release(&text);
    arena_release(&a);
}

static void spans_recolour_across_lines(void **state)
{
    (void)state;
    struct canvas c;
    struct arena a = ARENA_INIT;
    struct text_line *lines;
    struct buf shown = BUF_INIT;
    struct sv text = SV("日本 fell a lot after");
    const struct text_span spans[] = {{7, 18, ROLE_MATCH}, {0, 3, ROLE_STRONG}, {30, 40, ROLE_ERROR}};
    size_t count = text_wrap(text, 11, &a, &lines);
    canvas_init(&c, 4, 12);
    assert_int_equal(text_draw(&c, 0, 1, text, lines, count, 0, 4, ROLE_TEXT, spans, 3), 2);
    canvas_dump(&c, true, &shown);
    assert_string_equal(buf_str(&shown), " 日本 fell a\n.BB...MMMMMM\n lot after\n.MMMM\n\n\n");
    canvas_clear(&c);
    assert_int_equal(text_draw(&c, 1, 0, text, lines, count, 1, 1, ROLE_DIM, NULL, 0), 1);
    assert_int_equal(text_draw(&c, 0, 0, text, lines, count, 5, 4, ROLE_DIM, NULL, 0), 0);
    buf_clear(&shown);
    canvas_dump(&c, false, &shown);
    assert_string_equal(buf_str(&shown), "\nlot after\n\n\n");
    buf_release(&shown);
    canvas_release(&c);
    arena_release(&a);
}

static void put_stops_at_its_rows(void **state)
{
    (void)state;
    struct canvas c;
    struct buf shown = BUF_INIT;
    canvas_init(&c, 3, 10);
    assert_int_equal(text_put(&c, 0, 2, 5, 2, ROLE_TEXT, SV("one two three")), 2);
    canvas_dump(&c, false, &shown);
    assert_string_equal(buf_str(&shown), "  one\n  two\n\n");
    buf_release(&shown);
    canvas_release(&c);
}

static void measure_reads_well(void **state)
{
    (void)state;
    assert_int_equal(text_measure(500), 72);
    assert_int_equal(text_measure(80), 72);
    assert_int_equal(text_measure(60), 56);
    assert_true(text_measure(1) >= 1);
    for (int cols = 1; cols < 200; cols++) {
        assert_true(text_measure(cols) <= cols && text_measure(cols) <= text_measure(cols + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps),
        cmocka_unit_test(a_million_bytes_wrap),
        cmocka_unit_test(spans_recolour_across_lines),
        cmocka_unit_test(put_stops_at_its_rows),
        cmocka_unit_test(measure_reads_well),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
