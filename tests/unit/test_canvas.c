#include "pmprep/tui/canvas.h"
#include "support/unit.h"

static void check(const struct canvas *c, bool with_roles, const char *want)
{
    struct buf shown = BUF_INIT;
    canvas_dump(c, with_roles, &shown);
    assert_string_equal(buf_str(&shown), want);
    buf_release(&shown);
}

static int set_up(void **state)
{
    static struct canvas c;
    canvas_init(&c, 2, 10);
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    canvas_release(*state);
    return 0;
}

static void text_is_clipped_at_every_edge(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_puts(c, 0, 7, ROLE_TEXT, "abcdef"), 6);
    assert_int_equal(canvas_puts(c, 1, -2, ROLE_TEXT, "abcdef"), 6);
    canvas_puts(c, -1, 0, ROLE_TEXT, "no");
    canvas_puts(c, 2, 0, ROLE_TEXT, "no");
    canvas_puts(c, 0, 10, ROLE_TEXT, "no");
    check(c, false, "       abc\ncdef\n");
}

static void a_newline_ends_a_line(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_puts(c, 0, 0, ROLE_TEXT, "ab\ncd"), 2);
    check(c, false, "ab\n\n");
}

static void roles_are_kept(void **state)
{
    struct canvas *c = *state;
    canvas_puts(c, 0, 0, ROLE_STRONG, "ab");
    canvas_puts(c, 0, 2, ROLE_TEXT, "cd");
    canvas_puts(c, 0, 4, ROLE_DIM, "e");
    check(c, true, "abcde\nBB..d\n\n");
    canvas_role(c, 0, 1, 2, ROLE_MATCH);
    canvas_role(c, 5, 0, 2, ROLE_MATCH);
    canvas_role(c, 1, 8, 20, ROLE_SELECTED);
    check(c, true, "abcde\nBMM.d\n\n........SS\n");
}

static void wide_characters_take_two_cells_or_none(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_puts(c, 0, 0, ROLE_TEXT, "日本"), 4);
    assert_int_equal(c->cells[0].width, 2);
    assert_int_equal(c->cells[1].width, 0);
    canvas_puts(c, 0, 1, ROLE_TEXT, "x");
    check(c, false, " x本\n\n");
    canvas_puts(c, 0, 2, ROLE_TEXT, "y");
    check(c, false, " xy\n\n");
    canvas_puts(c, 1, 9, ROLE_TEXT, "日");
    canvas_puts(c, 1, -1, ROLE_TEXT, "日a");
    check(c, false, " xy\n a\n");
}

static void marks_combine_with_the_character_before(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_puts(c, 0, 0, ROLE_TEXT, "e\xCC\x81x"), 2);
    assert_int_equal(c->cells[0].cp[1], 0x301);
    assert_int_equal(canvas_puts(c, 1, 0, ROLE_TEXT, "\xCC\x81"), 1);
    check(c, false, "e\xCC\x81x\n \xCC\x81\n");
}

static void nothing_unsafe_gets_in(void **state)
{
    struct canvas *c = *state;
    canvas_resize(c, 4, 24);
    canvas_puts(c, 0, 0, ROLE_TEXT, "\x1b[2J\x7f");
    canvas_puts(c, 1, 0, ROLE_TEXT, "\xE2\x80\xAE\xE2\x80\x8B");
    canvas_puts(c, 2, 0, ROLE_TEXT, "\x9f\xC2\x9B");
    canvas_puts(c, 3, 0, ROLE_TEXT, "a\tb");
    check(c, false, "<U+001B>[2J<U+007F>\n<U+202E><U+200B>\n<9F><U+009B>\na    b\n");
}

static void joined_emoji_draw_the_same_everywhere(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_puts(c, 0, 0, ROLE_TEXT, "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9"), 4);
    check(c, false, "\xF0\x9F\x91\xA9\xF0\x9F\x91\xA9\n\n");
}

static void put_right_ends_at_the_column(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_put_right(c, 0, 10, ROLE_TEXT, "abc"), 7);
    assert_int_equal(canvas_put_right(c, 1, 4, ROLE_TEXT, "abcdef"), -2);
    check(c, false, "       abc\ncdef\n");
}

static void put_clipped_marks_the_cut(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_put_clipped(c, 0, 0, 5, ROLE_TEXT, SV("abcde")), 5);
    assert_int_equal(canvas_put_clipped(c, 1, 0, 5, ROLE_TEXT, SV("abcdef")), 5);
    check(c, false, "abcde\nabcd…\n");
    canvas_clear(c);
    assert_int_equal(canvas_put_clipped(c, 0, 0, 4, ROLE_TEXT, SV("日本語")), 3);
    assert_int_equal(canvas_put_clipped(c, 1, 0, 0, ROLE_TEXT, SV("x")), 0);
    check(c, false, "日…\n\n");
}

static void fill_and_cursor_stay_inside(void **state)
{
    struct canvas *c = *state;
    canvas_fill(c, 0, 8, 20, ROLE_RULE, 0x2500);
    check(c, true, "        ──\n........rr\n\n");
    canvas_cursor(c, 1, 9);
    assert_int_equal(c->cursor_col, 9);
    canvas_cursor(c, 1, 10);
    assert_int_equal(c->cursor_row, -1);
    canvas_clear(c);
    assert_int_equal(c->cursor_row, -1);
    check(c, true, "\n\n");
}

static void format(void **state)
{
    struct canvas *c = *state;
    assert_int_equal(canvas_putf(c, 0, 1, ROLE_TEXT, "%d of %d", 2, 6), 6);
    check(c, false, " 2 of 6\n\n");
}

static void an_empty_canvas_takes_everything(void **state)
{
    struct canvas *c = *state;
    canvas_resize(c, 0, 0);
    canvas_puts(c, 0, 0, ROLE_TEXT, "x");
    canvas_fill(c, 0, 0, 4, ROLE_TEXT, 'x');
    canvas_role(c, 0, 0, 4, ROLE_DIM);
    canvas_cursor(c, 0, 0);
    check(c, true, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_is_clipped_at_every_edge),
        TEST(a_newline_ends_a_line),
        TEST(roles_are_kept),
        TEST(wide_characters_take_two_cells_or_none),
        TEST(marks_combine_with_the_character_before),
        TEST(nothing_unsafe_gets_in),
        TEST(joined_emoji_draw_the_same_everywhere),
        TEST(put_right_ends_at_the_column),
        TEST(put_clipped_marks_the_cut),
        TEST(fill_and_cursor_stay_inside),
        TEST(format),
        TEST(an_empty_canvas_takes_everything),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
