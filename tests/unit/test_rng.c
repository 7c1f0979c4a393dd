#include "support/unit.h"

#include "pmprep/base/rng.h"

#include <stdbool.h>
#include <string.h>

/* What the authors' xoshiro256starstar.c gives from the state 1, 2, 3, 4. */
static void xoshiro_reference_values(void **state)
{
    (void)state;
    static const uint64_t want[] = {
        UINT64_C(11520),
        UINT64_C(0),
        UINT64_C(1509978240),
        UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360),
        UINT64_C(607988272756665600),
        UINT64_C(16172922978634559625),
        UINT64_C(8476171486693032832),
        UINT64_C(10595114339597558777),
        UINT64_C(2904607092377533576),
    };
    struct rng r = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        assert_true(rng_next(&r) == want[i]);
    }
}

/* What the authors' splitmix64.c gives from 0. */
static void a_seed_is_spread_by_splitmix(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 0);
    assert_true(r.s[0] == UINT64_C(0xe220a8397b1dcdaf));
    assert_true(r.s[1] == UINT64_C(0x6e789e6aa1b965f4));
    assert_true(r.s[2] == UINT64_C(0x06c45d188009454f));
    assert_true(r.s[3] == UINT64_C(0xf88bb8a8724c81ec));
}

static void numbers_below_a_bound(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 42);
    unsigned seen[7] = {0};
    for (int i = 0; i < 70000; i++) {
        uint64_t x = rng_below(&r, 7);
        assert_true(x < 7);
        seen[x]++;
    }
    for (size_t i = 0; i < 7; i++) {
        assert_true(seen[i] > 9500 && seen[i] < 10500);
    }
    assert_true(rng_below(&r, 1) == 0);
    for (int i = 0; i < 1000; i++) {
        assert_true(rng_below(&r, (UINT64_C(1) << 63) + 1) <= UINT64_C(1) << 63);
    }
}

static void the_unit_interval(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 1);
    double sum = 0;
    for (int i = 0; i < 10000; i++) {
        double x = rng_unit(&r);
        assert_true(x >= 0 && x < 1);
        sum += x;
    }
    assert_true(sum > 4800 && sum < 5200);
    struct rng top = {{0, UINT64_C(0xFFFFFFFFFFFFFFFF), 0, 0}};
    assert_true(rng_unit(&top) < 1);
}

static void a_shuffle_keeps_every_index(void **state)
{
    (void)state;
    enum { N = 50 };
    size_t index[N], again[N];
    bool seen[N] = {false};
    struct rng r, same;
    rng_seed(&r, 9);
    rng_seed(&same, 9);
    unsigned moved = 0;
    for (size_t i = 0; i < N; i++) {
        index[i] = again[i] = i;
    }
    rng_shuffle(&r, index, N);
    rng_shuffle(&same, again, N);
    assert_memory_equal(index, again, sizeof(index));
    for (size_t i = 0; i < N; i++) {
        assert_false(seen[index[i]]);
        seen[index[i]] = true;
        moved += index[i] != i;
    }
    assert_true(moved > N / 2);
    rng_shuffle(&r, NULL, 0);
    rng_shuffle(&r, index, 1);
}

/* Every order of three comes up about as often. */
static void a_shuffle_is_fair(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 3);
    unsigned orders[27] = {0};
    for (int i = 0; i < 6000; i++) {
        size_t index[] = {0, 1, 2};
        rng_shuffle(&r, index, 3);
        orders[index[0] * 9 + index[1] * 3 + index[2]]++;
    }
    unsigned used = 0;
    for (size_t i = 0; i < 27; i++) {
        used += orders[i] > 0;
        assert_true(orders[i] == 0 || (orders[i] > 850 && orders[i] < 1150));
    }
    assert_int_equal(used, 6);
}

static void a_uuid_has_its_shape(void **state)
{
    (void)state;
    char id[37];
    uuid7(INT64_C(0x017F22E279B0), id); /* the timestamp of RFC 9562's example */
    assert_int_equal(strlen(id), 36);
    assert_memory_equal(id, "017f22e2-79b0-7", 15);
    assert_non_null(strchr("89ab", id[19]));
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        assert_true(dash ? id[i] == '-' : strchr("0123456789abcdef", id[i]) != NULL);
    }
}

static void uuids_sort_by_time_and_differ(void **state)
{
    (void)state;
    char a[37], b[37], later[37];
    uuid7(1000, a);
    uuid7(1000, b);
    uuid7(1001, later);
    assert_string_not_equal(a, b);
    assert_true(strcmp(a, later) < 0);
    assert_true(strcmp(b, later) < 0);
}

static void the_system_gives_bytes(void **state)
{
    (void)state;
    unsigned char a[300] = {0}, b[300] = {0};
    rng_system(a, sizeof(a));
    rng_system(b, sizeof(b));
    assert_memory_not_equal(a, b, sizeof(a));
    rng_system(a, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xoshiro_reference_values),    cmocka_unit_test(a_seed_is_spread_by_splitmix),
        cmocka_unit_test(numbers_below_a_bound),       cmocka_unit_test(the_unit_interval),
        cmocka_unit_test(a_shuffle_keeps_every_index), cmocka_unit_test(a_shuffle_is_fair),
        cmocka_unit_test(a_uuid_has_its_shape),        cmocka_unit_test(uuids_sort_by_time_and_differ),
        cmocka_unit_test(the_system_gives_bytes),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
