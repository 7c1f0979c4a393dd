#include "support/unit.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <fcntl.h>
#include <unistd.h>

#define DAY_MS INT64_C(86400000)

static void days_and_dates_agree_for_four_centuries(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date want = {1900, 1, 1};
    int32_t first = date_to_day(want);
    for (int32_t day = first; want.year < 2301; day++) {
        struct date got = date_from_day(day);
        if (got.year != want.year || got.month != want.month || got.day != want.day || date_to_day(want) != day) {
            fail_msg("%d-%d-%d", want.year, want.month, want.day);
        }
        bool leap = (want.year % 4 == 0 && want.year % 100 != 0) || want.year % 400 == 0;
        if (++want.day > lengths[want.month - 1] + (want.month == 2 && leap)) {
            want.day = 1;
            if (++want.month > 12) {
                want.month = 1;
                want.year++;
            }
        }
    }
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(date_to_day((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_to_day((struct date){1969, 12, 31}), -1);
    assert_int_equal(date_to_day((struct date){2000, 2, 29}), 11016);
    assert_int_equal(date_to_day((struct date){0, 3, 1}), -719468);
    assert_int_equal(date_weekday(0), 4);  /* Thursday */
    assert_int_equal(date_weekday(-1), 3); /* Wednesday */
    assert_int_equal(date_weekday(-4), 0);
    assert_int_equal(date_weekday(date_to_day((struct date){2026, 11, 21})), 6);
}

static void dates_as_text(void **state)
{
    (void)state;
    char text[11];
    int32_t day = 7;
    date_format(date_to_day((struct date){2026, 11, 21}), text);
    assert_string_equal(text, "2026-11-21");
    assert_int_equal(date_parse("2026-11-21", &day), 0);
    assert_int_equal(day, date_to_day((struct date){2026, 11, 21}));
    assert_int_equal(date_parse("2024-02-29", &day), 0);
    assert_int_equal(date_parse("0001-01-01", &day), 0);
    date_format(INT32_MAX, text); /* stays within its bounds */
    assert_int_equal(strlen(text), 10);
    date_format(INT32_MIN, text);
    assert_int_equal(strlen(text), 10);

    static const char *const bad[] = {"",           "2026-11-2",  "2026-11-211", "2026/11/21", "2026-13-01",
                                      "2026-00-01", "2026-01-00", "2026-02-29",  "2026-04-31", "1900-02-29",
                                      "-026-01-01", "2026-+1-01", "2026-1 -01",  "today"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        day = 7;
        assert_int_equal(date_parse(bad[i], &day), -1);
        assert_int_equal(day, 7);
    }
}

static void a_practice_day_starts_at_four(void **state)
{
    (void)state;
    const int64_t hour = 3600000;
    assert_int_equal(clock_practice_day(4 * hour, 0), 0);
    assert_int_equal(clock_practice_day(4 * hour - 1, 0), -1);
    assert_int_equal(clock_practice_day(DAY_MS + 4 * hour - 1, 0), 0);
    assert_int_equal(clock_practice_day(3 * hour, 60), 0);      /* 04:00 in Berlin */
    assert_int_equal(clock_practice_day(9 * hour, -5 * 60), 0); /* 04:00 in New York */
    assert_int_equal(clock_practice_day(9 * hour - 1, -5 * 60), -1);
    assert_int_equal(clock_practice_day(-DAY_MS, 0), -2);
}

static void the_offset_follows_the_zone_and_the_season(void **state)
{
    (void)state;
    const int64_t winter = INT64_C(1768478400000); /* 2026-01-15 12:00 UTC */
    const int64_t summer = INT64_C(1784116800000); /* 2026-07-15 12:00 UTC */
    static const struct {
        const char *zone;
        int winter;
        int summer;
    } cases[] = {
        {"UTC0", 0, 0},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 60, 120},
        {"EST5EDT,M3.2.0,M11.1.0", -300, -240},
        {"IST-5:30", 330, 330},
        {"NST3:30", -210, -210},
        {"LINT-14", 840, 840},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        setenv("TZ", cases[i].zone, 1);
        assert_int_equal(clock_offset_min(winter), cases[i].winter);
        assert_int_equal(clock_offset_min(summer), cases[i].summer);
    }
    unsetenv("TZ");
}

static void moments_as_text(void **state)
{
    (void)state;
    char text[32];
    clock_format(INT64_C(1795295945123), 60, text);
    assert_string_equal(text, "2026-11-21T22:19:05.123+01:00");
    clock_format(0, -210, text);
    assert_string_equal(text, "1969-12-31T20:30:00.000-03:30");
    clock_format(-1, 0, text);
    assert_string_equal(text, "1969-12-31T23:59:59.999+00:00");
}

static void the_clocks_run(void **state)
{
    (void)state;
    int64_t before = clock_mono_ms();
    assert_true(clock_mono_ms() >= before);
    assert_true(clock_wall_ms() > INT64_C(1700000000000)); /* after 2023 */
}

/* Last in the list: the test clock stays mapped. */
static void a_test_moves_time(void **state)
{
    (void)state;
#ifdef PMPREP_TEST_HOOKS
    struct buf folder = BUF_INIT, path = BUF_INIT;
    struct err err = ERR_INIT;
    int64_t times[2] = {5, 1000};
    assert_true(file_temp_dir(&folder, &err));
    path_join(&path, buf_str(&folder), "clock");
    assert_true(file_write_atomic(buf_str(&path), (struct sv){(const char *)times, sizeof(times)}, &err));
    setenv("PMPREP_TEST_CLOCK", buf_str(&path), 1);
    assert_int_equal(clock_mono_ms(), 5);
    assert_int_equal(clock_wall_ms(), 1000);
    int fd = open(buf_str(&path), O_RDWR);
    times[0] = 77;
    times[1] = 2000;
    assert_int_equal(pwrite(fd, times, sizeof(times), 0), sizeof(times));
    close(fd);
    assert_int_equal(clock_mono_ms(), 77);
    assert_int_equal(clock_wall_ms(), 2000);
    unlink(buf_str(&path));
    rmdir(buf_str(&folder));
    buf_release(&path);
    buf_release(&folder);
#else
    setenv("PMPREP_TEST_CLOCK", "/nonexistent", 1);
    assert_true(clock_wall_ms() > INT64_C(1700000000000)); /* a release ignores it */
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_dates_agree_for_four_centuries),
        cmocka_unit_test(known_days),
        cmocka_unit_test(dates_as_text),
        cmocka_unit_test(a_practice_day_starts_at_four),
        cmocka_unit_test(the_offset_follows_the_zone_and_the_season),
        cmocka_unit_test(moments_as_text),
        cmocka_unit_test(the_clocks_run),
        cmocka_unit_test(a_test_moves_time),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
