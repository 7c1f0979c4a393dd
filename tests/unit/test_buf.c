#include "support/unit.h"

#include "pmprep/base/buf.h"

static void an_empty_buf_is_an_empty_string(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    assert_string_equal(buf_str(&b), "");
    assert_int_equal(buf_sv(&b).len, 0);
    assert_non_null(buf_sv(&b).data);
    buf_clear(&b);
    assert_non_null(b.data);
    assert_string_equal(b.data, "");
    buf_release(&b);
    assert_null(b.data);
    buf_add(&b, NULL, 0);
    assert_string_equal(b.data, "");
    buf_release(&b);
    buf_release(&b);
}

static void appending(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_adds(&b, "one");
    buf_addc(&b, ' ');
    buf_addsv(&b, SV("two"));
    buf_add(&b, "\0x", 2);
    assert_int_equal(b.len, 9);
    assert_memory_equal(b.data, "one two\0x", 10); /* and its NUL */
    buf_release(&b);
}

static void formatting_grows_as_needed(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 1000; i++) {
        buf_addf(&b, "%d,", i);
    }
    assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4);
    assert_int_equal(strlen(b.data), b.len);
    buf_clear(&b);
    buf_addf(&b, "%*s|", 5000, "x");
    assert_int_equal(b.len, 5001);
    assert_string_equal(b.data + 4999, "x|");
    buf_addf(&b, "%s", "");
    assert_int_equal(b.len, 5001);
    buf_release(&b);
}

static void expect(struct buf *b, const char *text)
{
    assert_string_equal(b->data, text);
    assert_int_equal(b->len, strlen(text));
}

static void inserting(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_insert(&b, 0, "bd", 2);
    buf_insert(&b, 0, "a", 1);
    buf_insert(&b, 2, "c", 1);
    buf_insert(&b, 4, "e", 1);
    buf_insert(&b, 99, "f", 1); /* beyond the end is the end */
    buf_insert(&b, 3, "", 0);
    expect(&b, "abcdef");
    buf_release(&b);
}

static void removing(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_remove(&b, 0, 5);
    expect(&b, "");
    buf_adds(&b, "abcdef");
    buf_remove(&b, 0, 1);
    expect(&b, "bcdef");
    buf_remove(&b, 2, 1);
    expect(&b, "bcef");
    buf_remove(&b, 3, SIZE_MAX);
    expect(&b, "bce");
    buf_remove(&b, 3, 1);
    expect(&b, "bce");
    buf_truncate(&b, 9);
    expect(&b, "bce");
    buf_truncate(&b, 1);
    expect(&b, "b");
    buf_clear(&b);
    expect(&b, "");
    buf_release(&b);
}

static void detaching_hands_over(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    char *empty = buf_detach(&b);
    assert_string_equal(empty, "");
    buf_adds(&b, "mine");
    char *s = buf_detach(&b);
    assert_string_equal(s, "mine");
    assert_null(b.data);
    assert_int_equal(b.cap, 0);
    free(s);
    free(empty);
}

static void reserving_leaves_the_content(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_adds(&b, "ab");
    buf_reserve(&b, 1000);
    assert_true(b.cap >= 1003);
    expect(&b, "ab");
    const char *before = b.data;
    for (int i = 0; i < 1000; i++) {
        buf_addc(&b, 'x');
    }
    assert_ptr_equal(b.data, before);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buf_is_an_empty_string),
        cmocka_unit_test(appending),
        cmocka_unit_test(formatting_grows_as_needed),
        cmocka_unit_test(inserting),
        cmocka_unit_test(removing),
        cmocka_unit_test(detaching_hands_over),
        cmocka_unit_test(reserving_leaves_the_content),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
