#include "pmprep/base/utf8.h"
#include "pmprep/tui/edit.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { WIDTH = 21, ROWS = 5 }; /* twenty columns of text, one for the cursor */

/* "|" in a picture of the text is the cursor. */
static struct edit *make(const char *picture)
{
    const char *bar = strchr(picture, '|');
    struct buf text = BUF_INIT;
    buf_adds(&text, picture);
    buf_remove(&text, (size_t)(bar - picture), 1);
    struct edit *e = edit_new(buf_str(&text));
    edit_layout(e, WIDTH, ROWS);
    edit_set_cursor(e, (size_t)(bar - picture));
    buf_release(&text);
    return e;
}

static void check(const struct edit *e, const char *picture)
{
    struct buf now = BUF_INIT;
    buf_addsv(&now, edit_text(e));
    buf_insert(&now, edit_cursor(e), "|", 1);
    assert_string_equal(buf_str(&now), picture);
    buf_release(&now);
}

struct op_case {
    enum edit_op op;
    const char *before, *after;
};

static const struct op_case cases[] = {
    {EDIT_LEFT, "|", "|"},
    {EDIT_LEFT, "|ab", "|ab"},
    {EDIT_LEFT, "a|b", "|ab"},
    {EDIT_LEFT, "ab|", "a|b"},
    {EDIT_LEFT, "e\xCC\x81|", "|e\xCC\x81"},
    {EDIT_LEFT, "日|本", "|日本"},
    {EDIT_RIGHT, "|", "|"},
    {EDIT_RIGHT, "|ab", "a|b"},
    {EDIT_RIGHT, "ab|", "ab|"},
    {EDIT_RIGHT, "|e\xCC\x81x", "e\xCC\x81|x"},
    {EDIT_RIGHT, "a|\nb", "a\n|b"},
    {EDIT_UP, "|", "|"},
    {EDIT_UP, "a|b", "a|b"},
    {EDIT_UP, "abc\nd|ef", "a|bc\ndef"},
    {EDIT_UP, "a\nxyz|", "a|\nxyz"},
    {EDIT_UP, "日本\nabc|", "日|本\nabc"},
    {EDIT_UP, "one two three four five six|", "one two |three four five six"},
    {EDIT_DOWN, "|", "|"},
    {EDIT_DOWN, "ab|c\ndef", "abc\nde|f"},
    {EDIT_DOWN, "abc\nd|ef", "abc\nd|ef"},
    {EDIT_DOWN, "one| two three four five six", "one two three four fiv|e six"},
    {EDIT_DOWN, "one |two three four five six", "one two three four five| six"},
    {EDIT_WORD_LEFT, "|", "|"},
    {EDIT_WORD_LEFT, "|one", "|one"},
    {EDIT_WORD_LEFT, "one tw|o", "one |two"},
    {EDIT_WORD_LEFT, "one, |two", "|one, two"},
    {EDIT_WORD_LEFT, "one two  |", "one |two  "},
    {EDIT_WORD_LEFT, "don't|", "|don't"},
    {EDIT_WORD_LEFT, "zwei Äpfel|", "zwei |Äpfel"},
    {EDIT_WORD_RIGHT, "|", "|"},
    {EDIT_WORD_RIGHT, "|one two", "one| two"},
    {EDIT_WORD_RIGHT, "one| two", "one two|"},
    {EDIT_WORD_RIGHT, "one|", "one|"},
    {EDIT_WORD_RIGHT, "a|\n\nb", "a\n\nb|"},
    {EDIT_LINE_START, "|", "|"},
    {EDIT_LINE_START, "ab\nc|d", "ab\n|cd"},
    {EDIT_LINE_START, "one two three four five s|ix", "one two three four |five six"},
    {EDIT_LINE_START, "one two three four |five six", "|one two three four five six"},
    {EDIT_LINE_END, "|", "|"},
    {EDIT_LINE_END, "a|b\ncd", "ab|\ncd"},
    {EDIT_LINE_END, "|one two three four five six", "one two three four| five six"},
    {EDIT_LINE_END, "one two three four| five six", "one two three four five six|"},
    {EDIT_LINE_END, "|abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrs|tuvwxyz"},
    {EDIT_TEXT_START, "|", "|"},
    {EDIT_TEXT_START, "a\nb|", "|a\nb"},
    {EDIT_TEXT_END, "|a\nb", "a\nb|"},
    {EDIT_PAGE_DOWN, "|a\nb\nc\nd\ne\nf", "a\nb\nc\nd\n|e\nf"},
    {EDIT_PAGE_DOWN, "a\nb\nc\nd\n|e\nf", "a\nb\nc\nd\ne\n|f"},
    {EDIT_PAGE_UP, "a\nb\nc\nd\ne\nf|", "a\nb|\nc\nd\ne\nf"},
    {EDIT_BACKSPACE, "|", "|"},
    {EDIT_BACKSPACE, "|ab", "|ab"},
    {EDIT_BACKSPACE, "a|b", "|b"},
    {EDIT_BACKSPACE, "ab|", "a|"},
    {EDIT_BACKSPACE, "xe\xCC\x81|", "x|"},
    {EDIT_BACKSPACE, "a\n|b", "a|b"},
    {EDIT_DELETE, "|", "|"},
    {EDIT_DELETE, "ab|", "ab|"},
    {EDIT_DELETE, "a|bc", "a|c"},
    {EDIT_DELETE, "|日本", "|本"},
    {EDIT_DELETE, "a|\nb", "a|b"},
    {EDIT_KILL_WORD_LEFT, "|ab", "|ab"},
    {EDIT_KILL_WORD_LEFT, "one two|", "one |"},
    {EDIT_KILL_WORD_LEFT, "one t|wo", "one |wo"},
    {EDIT_KILL_WORD_RIGHT, "ab|", "ab|"},
    {EDIT_KILL_WORD_RIGHT, "one| two three", "one| three"},
    {EDIT_KILL_LINE_LEFT, "a\n|b", "a\n|b"},
    {EDIT_KILL_LINE_LEFT, "a\nbc|d", "a\n|d"},
    {EDIT_KILL_LINE_RIGHT, "ab|", "ab|"},
    {EDIT_KILL_LINE_RIGHT, "a|bc\nd", "a|\nd"},
    {EDIT_KILL_LINE_RIGHT, "a|\nd", "a|d"},
    {EDIT_YANK, "a|b", "a|b"},
    {EDIT_NEWLINE, "|", "\n|"},
    {EDIT_NEWLINE, "a|b", "a\n|b"},
    {EDIT_NEWLINE, "ab|", "ab\n|"},
    {EDIT_UNDO, "a|b", "a|b"},
    {EDIT_REDO, "a|b", "a|b"},
    {EDIT_COPY, "a|b", "a|b"},
    {EDIT_CUT, "a|b", "a|b"},
    {EDIT_UNSELECT, "a|b", "a|b"},
};

static void every_operation(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct edit *e = make(cases[i].before);
        unsigned long revision = edit_revision(e);
        bool changed = edit_do(e, cases[i].op);
        check(e, cases[i].after);
        assert_int_equal(changed, strcmp(cases[i].before, cases[i].after) != 0);
        bool same_text = edit_text(e).len == strlen(cases[i].before) - 1;
        assert_true(same_text == (edit_revision(e) == revision));
        edit_free(e);
    }
}

static void column_is_kept_over_short_rows(void **state)
{
    (void)state;
    struct edit *e = make("abcdef|\nx\nabcdef");
    edit_do(e, EDIT_DOWN);
    check(e, "abcdef\nx|\nabcdef");
    edit_do(e, EDIT_DOWN);
    check(e, "abcdef\nx\nabcdef|");
    edit_free(e);
}

static void type(struct edit *e, const char *text)
{
    struct sv s = sv_from(text);
    for (size_t at = 0, next; at < s.len; at = next) {
        next = utf8_next(s, at);
        edit_insert(e, sv_sub(s, at, next - at));
    }
}

static void undo_goes_by_words(void **state)
{
    (void)state;
    struct edit *e = make("|");
    type(e, "one two");
    edit_do(e, EDIT_UNDO);
    check(e, "one |");
    edit_do(e, EDIT_UNDO);
    check(e, "|");
    assert_false(edit_do(e, EDIT_UNDO));
    edit_do(e, EDIT_REDO);
    edit_do(e, EDIT_REDO);
    check(e, "one two|");
    assert_false(edit_do(e, EDIT_REDO));
    edit_do(e, EDIT_UNDO);
    type(e, "x");
    assert_false(edit_do(e, EDIT_REDO));
    check(e, "one x|");
    edit_free(e);
}

static void undo_takes_a_paste_and_a_run_of_erasing_as_one(void **state)
{
    (void)state;
    struct edit *e = make("|");
    edit_insert(e, SV("pasted in one go"));
    edit_do(e, EDIT_UNDO);
    check(e, "|");
    edit_do(e, EDIT_REDO);
    for (int i = 0; i < 6; i++) {
        edit_do(e, EDIT_BACKSPACE);
    }
    check(e, "pasted in |");
    edit_do(e, EDIT_UNDO);
    check(e, "pasted in one go|");
    edit_set_cursor(e, 0);
    edit_do(e, EDIT_DELETE);
    edit_do(e, EDIT_DELETE);
    edit_do(e, EDIT_UNDO);
    check(e, "|pasted in one go");
    edit_free(e);
}

static void a_motion_ends_an_undo_step(void **state)
{
    (void)state;
    struct edit *e = make("|");
    type(e, "ab");
    edit_do(e, EDIT_LEFT);
    edit_do(e, EDIT_RIGHT);
    type(e, "c");
    edit_do(e, EDIT_UNDO);
    check(e, "ab|");
    edit_free(e);
}

static void kills_gather_and_come_back(void **state)
{
    (void)state;
    struct edit *e = make("one two |three\nfour");
    edit_do(e, EDIT_KILL_WORD_LEFT);
    edit_do(e, EDIT_KILL_WORD_LEFT);
    edit_do(e, EDIT_KILL_LINE_RIGHT);
    check(e, "|\nfour");
    edit_do(e, EDIT_TEXT_END);
    edit_do(e, EDIT_YANK);
    check(e, "\nfourone two three|");
    edit_do(e, EDIT_KILL_WORD_LEFT);
    edit_do(e, EDIT_YANK);
    edit_do(e, EDIT_YANK);
    check(e, "\nfourone two threethree|");
    edit_free(e);
}

static void lines_are_selected_cut_and_copied(void **state)
{
    (void)state;
    struct edit *e = make("one\ntw|o\nthree\nfour");
    edit_do(e, EDIT_SELECT_LINE);
    assert_true(edit_busy(e));
    edit_do(e, EDIT_SELECT_LINE);
    edit_do(e, EDIT_CUT);
    check(e, "one\n|four");
    assert_false(edit_busy(e));
    edit_do(e, EDIT_YANK);
    check(e, "one\ntwo\nthree\n|four");
    edit_do(e, EDIT_SELECT_LINE);
    edit_do(e, EDIT_UP);
    edit_do(e, EDIT_COPY);
    check(e, "one\ntwo\n|three\nfour");
    edit_do(e, EDIT_TEXT_START);
    edit_do(e, EDIT_YANK);
    check(e, "three\nfour|one\ntwo\nthree\nfour");
    edit_do(e, EDIT_SELECT_LINE);
    edit_do(e, EDIT_BACKSPACE);
    check(e, "three\n|two\nthree\nfour");
    edit_do(e, EDIT_UNDO);
    check(e, "three\nfour|one\ntwo\nthree\nfour");
    edit_free(e);
}

static void typing_ends_a_selection_and_keeps_the_lines(void **state)
{
    (void)state;
    struct edit *e = make("o|ne\ntwo");
    edit_do(e, EDIT_SELECT_LINE);
    type(e, "x");
    check(e, "ox|ne\ntwo");
    assert_false(edit_busy(e));
    edit_free(e);
}

static void search_folds_case_and_goes_round(void **state)
{
    (void)state;
    struct edit *e = make("Äpfel und |Birnen, äpfel");
    assert_true(edit_search(e, SV("ÄPFEL"), true));
    check(e, "Äpfel und Birnen, |äpfel");
    assert_true(edit_search(e, SV("äpfel"), true));
    check(e, "|Äpfel und Birnen, äpfel");
    assert_true(edit_search(e, SV("birnen"), false));
    check(e, "Äpfel und |Birnen, äpfel");
    assert_false(edit_search(e, SV("kirschen"), true));
    assert_false(edit_search(e, SV(""), true));
    check(e, "Äpfel und |Birnen, äpfel");
    edit_free(e);
}

static void press(struct edit *e, const char *names)
{
    struct sv rest = sv_from(names), name;
    while (sv_split(&rest, ' ', &name)) {
        char text[32];
        struct key k;
        snprintf(text, sizeof(text), SV_FMT, SV_ARG(name));
        assert_true(key_parse(text, &k));
        edit_key(e, &k);
    }
}

static void search_prompt(void **state)
{
    (void)state;
    struct edit *e = make("|one two one two");
    press(e, "^G t w");
    check(e, "one |two one two");
    press(e, "^G");
    check(e, "one two one |two");
    press(e, "Esc");
    check(e, "|one two one two");
    press(e, "^G n e x");
    check(e, "o|ne two one two");
    struct canvas c;
    canvas_init(&c, ROWS, WIDTH + 10);
    edit_layout(e, WIDTH, ROWS);
    edit_draw(e, &c, 0, 0, true);
    struct buf shown = BUF_INIT;
    canvas_dump(&c, false, &shown);
    assert_string_equal(buf_str(&shown), "one two one two\n\n\n\nSearch: nex  not fou…\n");
    buf_release(&shown);
    canvas_release(&c);
    press(e, "Backspace Enter ^R o Enter");
    check(e, "|one two one two");
    assert_false(edit_busy(e));
    press(e, "^G t ^E");
    check(e, "one two one two|");
    edit_free(e);
}

static void keys_edit_and_type(void **state)
{
    (void)state;
    struct edit *e = make("|");
    press(e, "a Space b é Enter c ^A x M-b ^E ^W ^_ M-r ^Y");
    check(e, "a bé\nxc|");
    struct key paste = {.code = KEY_PASTE, .text = "p\r\nq", .text_len = 4};
    assert_true(edit_key(e, &paste));
    check(e, "a bé\nxcp\nq|");
    struct key k;
    key_parse("F5", &k);
    assert_false(edit_key(e, &k));
    key_parse("^C", &k);
    assert_false(edit_key(e, &k));
    key_parse("Esc", &k);
    assert_false(edit_key(e, &k));
    check(e, "a bé\nxcp\nq|");
    edit_free(e);
}

static void inserted_bytes_become_text(void **state)
{
    (void)state;
    struct edit *e = make("|");
    edit_insert(e, (struct sv){"a\r\nb\rc\xFF\0d", 9});
    check(e, "a\nb\nc\xEF\xBF\xBD\xEF\xBF\xBD"
             "d|");
    edit_free(e);
    e = make("|");
    edit_single_line(e, true);
    edit_insert(e, SV("one\ntwo\r\n"));
    check(e, "one two|");
    assert_false(edit_do(e, EDIT_NEWLINE));
    assert_false(edit_insert(e, SV("\n")));
    edit_free(e);
}

static void words_are_counted(void **state)
{
    (void)state;
    struct edit *e = make("|");
    assert_int_equal(edit_words(e), 0);
    type(e, "one - two");
    assert_int_equal(edit_words(e), 2);
    edit_set_cursor(e, 1);
    type(e, " ");
    assert_int_equal(edit_words(e), 3);
    edit_do(e, EDIT_BACKSPACE);
    edit_do(e, EDIT_KILL_LINE_RIGHT);
    assert_int_equal(edit_words(e), 1);
    edit_set_text(e, SV("über 3 Äpfel\n\nneu"), 0);
    assert_int_equal(edit_words(e), 4);
    edit_free(e);
}

static void check_drawn(struct edit *e, int width, int rows, const char *want, int cursor_row, int cursor_col)
{
    struct canvas c;
    struct buf shown = BUF_INIT;
    canvas_init(&c, rows, width);
    edit_layout(e, width, rows);
    edit_draw(e, &c, 0, 0, true);
    canvas_dump(&c, true, &shown);
    assert_string_equal(buf_str(&shown), want);
    assert_int_equal(c.cursor_row, cursor_row);
    assert_int_equal(c.cursor_col, cursor_col);
    buf_release(&shown);
    canvas_release(&c);
}

static void rows_wrap_and_follow_the_cursor(void **state)
{
    (void)state;
    struct edit *e = make("one two three four five six seven|");
    check_drawn(e, 11, 4, "one two\nthree four\nfive six\nseven\n", 3, 5);
    check_drawn(e, 11, 2, "five six\nseven\n", 1, 5);
    edit_do(e, EDIT_TEXT_START);
    check_drawn(e, 11, 2, "one two\nthree four\n", 0, 0);
    edit_set_text(e, SV("abcdefghij   "), SIZE_MAX);
    check_drawn(e, 11, 2, "abcdefghij\n\n", 0, 10);
    edit_set_text(e, SV("日本語日本語\n"), SIZE_MAX);
    check_drawn(e, 6, 4, "日本\n語日\n本語\n\n", 3, 0);
    edit_set_text(e, SV("a\nb"), 0);
    edit_do(e, EDIT_SELECT_LINE);
    check_drawn(e, 6, 3, "a\nS\nb\n\n", 0, 0);
    edit_free(e);
}

static void a_single_line_scrolls_sideways(void **state)
{
    (void)state;
    struct edit *e = make("abcdefghij|");
    edit_single_line(e, true);
    check_drawn(e, 6, 1, "fghij\n", 0, 5);
    edit_do(e, EDIT_TEXT_START);
    check_drawn(e, 6, 1, "abcdef\n", 0, 0);
    edit_free(e);
}

static void a_click_places_the_cursor(void **state)
{
    (void)state;
    struct edit *e = make("one two three four five six|");
    assert_true(edit_click(e, 1, 2));
    check(e, "one two three four fi|ve six");
    assert_true(edit_click(e, 4, 70));
    check(e, "one two three four five six|");
    assert_false(edit_click(e, ROWS, 0));
    edit_free(e);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation),
        cmocka_unit_test(column_is_kept_over_short_rows),
        cmocka_unit_test(undo_goes_by_words),
        cmocka_unit_test(undo_takes_a_paste_and_a_run_of_erasing_as_one),
        cmocka_unit_test(a_motion_ends_an_undo_step),
        cmocka_unit_test(kills_gather_and_come_back),
        cmocka_unit_test(lines_are_selected_cut_and_copied),
        cmocka_unit_test(typing_ends_a_selection_and_keeps_the_lines),
        cmocka_unit_test(search_folds_case_and_goes_round),
        cmocka_unit_test(search_prompt),
        cmocka_unit_test(keys_edit_and_type),
        cmocka_unit_test(inserted_bytes_become_text),
        cmocka_unit_test(words_are_counted),
        cmocka_unit_test(rows_wrap_and_follow_the_cursor),
        cmocka_unit_test(a_single_line_scrolls_sideways),
        cmocka_unit_test(a_click_places_the_cursor),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
