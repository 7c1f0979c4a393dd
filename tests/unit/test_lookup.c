#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/base/arena.h"
#include "pmprep/base/lookup.h"

static void nothing_is_found_in_an_empty_one(void **state)
{
    struct lookup l = {0};
    uint32_t number = 7;
    (void)state;
    assert_false(lookup_find(&l, "a", &number));
    assert_int_equal(number, 7);
    lookup_release(&l);
}

static void the_first_number_stays(void **state)
{
    struct lookup l = {0};
    uint32_t number;
    (void)state;
    assert_int_equal(lookup_add(&l, "one", 1), 1);
    assert_int_equal(lookup_add(&l, "one", 2), 1);
    assert_int_equal(l.count, 1);
    assert_true(lookup_find(&l, "one", &number));
    assert_int_equal(number, 1);
    lookup_release(&l);
}

static void names_that_begin_alike_are_told_apart(void **state)
{
    static const char *const names[] = {"", "a", "ab", "abcdefgh", "abcdefghi", "abcdefgh\x01", "bcdefgha"};
    enum { COUNT = sizeof(names) / sizeof(names[0]) };
    struct lookup l = {0};
    (void)state;
    for (uint32_t i = 0; i < COUNT; i++) {
        lookup_add(&l, names[i], i);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t number;
        assert_true(lookup_find(&l, names[i], &number));
        assert_int_equal(number, i);
    }
    assert_int_equal(l.count, COUNT);
    lookup_release(&l);
}

static void thousands_are_found_again_with_and_without_room(void **state)
{
    enum { COUNT = 5000 };
    struct arena a = ARENA_INIT;
    (void)state;
    for (int reserved = 0; reserved < 2; reserved++) {
        struct lookup l = {0};
        if (reserved) {
            lookup_reserve(&l, COUNT);
        }
        size_t room = l.room;
        for (uint32_t i = 0; i < COUNT; i++) {
            assert_int_equal(lookup_add(&l, arena_printf(&a, "bank/q%u", (unsigned)i), i), i);
        }
        assert_true(!reserved || l.room == room);
        for (uint32_t i = 0; i < COUNT; i++) {
            uint32_t number;
            assert_true(lookup_find(&l, arena_printf(&a, "bank/q%u", (unsigned)i), &number));
            assert_int_equal(number, i);
        }
        uint32_t number;
        assert_false(lookup_find(&l, "bank/q5000", &number));
        lookup_release(&l);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_found_in_an_empty_one),
        cmocka_unit_test(the_first_number_stays),
        cmocka_unit_test(names_that_begin_alike_are_told_apart),
        cmocka_unit_test(thousands_are_found_again_with_and_without_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
