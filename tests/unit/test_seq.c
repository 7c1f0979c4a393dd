#include "support/unit.h"
#include "tui/seq.h"

static void check_csi(const char *body, const char *want)
{
    struct key k;
    struct buf label = BUF_INIT;
    if (seq_csi(body, strlen(body), &k)) {
        key_label(&k, &label);
    }
    assert_string_equal(buf_str(&label), want);
    buf_release(&label);
}

static void control_sequences(void **state)
{
    (void)state;
    check_csi("A", "Up");
    check_csi("1;5D", "C-Left");
    check_csi("1;3C", "M-Right");
    check_csi("1;2A", "S-Up");
    check_csi("1;8B", "M-C-S-Down");
    check_csi("Z", "S-Tab");
    check_csi("1;2Z", "S-Tab");
    check_csi("3~", "Delete");
    check_csi("3;5~", "C-Delete");
    check_csi("5~", "PgUp");
    check_csi("15~", "F5");
    check_csi("24~", "F12");
    check_csi("200~", "Paste");
    check_csi("P", "F1");
}

static void what_is_no_key_is_dropped(void **state)
{
    (void)state;
    const char *const bodies[] = {
        "",          "~", "?1;2c", "99~",   "I",       "O",       "24;80R", "99999999999999999999~",
        ";;;;;;;;u", "<", "<M",    "<0;1M", "<0;5;5m", "<35;5;5M"};
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        check_csi(bodies[i], "");
    }
}

static void the_mouse(void **state)
{
    (void)state;
    struct key k;
    assert_true(seq_csi("<0;12;5M", 8, &k));
    assert_int_equal(k.code, KEY_CLICK);
    assert_int_equal(k.col, 11);
    assert_int_equal(k.row, 4);
    assert_true(seq_csi("<64;300;150M", 12, &k));
    assert_int_equal(k.code, KEY_WHEEL_UP);
    assert_true(seq_csi("<81;1;1M", 8, &k));
    assert_int_equal(k.code, KEY_WHEEL_DOWN);
}

static void application_keys(void **state)
{
    (void)state;
    struct key k;
    assert_true(seq_ss3('A', &k));
    assert_int_equal(k.code, KEY_UP_);
    assert_true(seq_ss3('S', &k));
    assert_int_equal(k.code, KEY_F1_ + 3);
    assert_false(seq_ss3('x', &k));
    assert_false(seq_ss3('Z', &k));
}

static void check_byte(unsigned char byte, const char *want)
{
    struct key k;
    struct buf label = BUF_INIT;
    seq_byte(byte, &k);
    key_label(&k, &label);
    assert_string_equal(buf_str(&label), want);
    buf_release(&label);
}

static void bytes(void **state)
{
    (void)state;
    check_byte('a', "a");
    check_byte(' ', "Space");
    check_byte('\r', "Enter");
    check_byte('\n', "Enter");
    check_byte('\t', "Tab");
    check_byte(0x1B, "Esc");
    check_byte(0x7F, "Backspace");
    check_byte(0, "^Space");
    check_byte(3, "^C");
    check_byte(19, "^S");
    check_byte(26, "^Z");
    check_byte(28, "^\\");
    check_byte(31, "^_");
}

static void check_utf8(const char *in, const uint32_t *want, size_t count)
{
    struct seq_utf8 u = {0};
    size_t got = 0;
    for (size_t i = 0; in[i] != '\0'; i++) {
        uint32_t cp;
        enum seq_state s = seq_utf8_add(&u, (unsigned char)in[i], &cp);
        if (s != SEQ_MORE) {
            assert_true(got < count);
            assert_int_equal(cp, want[got]);
            got++;
        }
        i -= s == SEQ_AGAIN;
    }
    assert_int_equal(got, count);
}

static void characters_byte_by_byte(void **state)
{
    (void)state;
    check_utf8("\xC3\xB6", (const uint32_t[]){0xF6}, 1);
    check_utf8("\xE6\x97\xA5\xF0\x9F\x91\xA9", (const uint32_t[]){0x65E5, 0x1F469}, 2);
    check_utf8("\xFF\x80\xC0", (const uint32_t[]){0xFFFD, 0xFFFD, 0xFFFD}, 3);
    check_utf8("\xE6\x97\xC3\xB6", (const uint32_t[]){0xFFFD, 0xF6}, 2);
    check_utf8("\xED\xA0\x80", (const uint32_t[]){0xFFFD}, 1);
    check_utf8("\xE6\x97", NULL, 0);
}

static void the_end_of_a_paste(void **state)
{
    (void)state;
    assert_int_equal(seq_paste_left(SV("")), 6);
    assert_int_equal(seq_paste_left(SV("text")), 6);
    assert_int_equal(seq_paste_left(SV("text\033")), 5);
    assert_int_equal(seq_paste_left(SV("text\033[20")), 2);
    assert_int_equal(seq_paste_left(SV("text\033[20\033[")), 4);
    assert_int_equal(seq_paste_left(SV("text\033[201~")), 0);
}

static void check_clean(const char *in, const char *want)
{
    struct buf b = BUF_INIT;
    buf_adds(&b, in);
    seq_paste_clean(&b);
    assert_string_equal(buf_str(&b), want);
    buf_release(&b);
}

static void pasted_lines(void **state)
{
    (void)state;
    check_clean("", "");
    check_clean("\033[201~", "");
    check_clean("a\r\nb\rc\nd\033[201~", "a\nb\nc\nd");
    check_clean("cut off\r", "cut off\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_sequences),
        cmocka_unit_test(what_is_no_key_is_dropped),
        cmocka_unit_test(the_mouse),
        cmocka_unit_test(application_keys),
        cmocka_unit_test(bytes),
        cmocka_unit_test(characters_byte_by_byte),
        cmocka_unit_test(the_end_of_a_paste),
        cmocka_unit_test(pasted_lines),
    };
    return cmocka_run_group_tests_name("seq", tests, NULL, NULL);
}
