#ifndef PMPREP_BASE_CLOCK_H
#define PMPREP_BASE_CLOCK_H

#include <stdint.h>

/*
 * The only place that asks the system for the time. Rules take time as a parameter and never call these.
 * Built with PMPREP_TEST_HOOKS, PMPREP_TEST_CLOCK names a file of two little-endian int64 (monotonic ms, UTC ms) that
 * is mapped and read instead, so that a test moves time.
 */
int64_t clock_mono_ms(void); /* never goes back; stands still while the machine sleeps */
int64_t clock_wall_ms(void); /* UTC milliseconds since 1970 */

/* Minutes east of UTC of local time at that moment. */
int clock_offset_min(int64_t utc_ms);

/* Days since 1970-01-01 of the practice day that holds the moment; a practice day starts at 04:00 local. */
int32_t clock_practice_day(int64_t utc_ms, int offset_min);

/* A civil date, proleptic Gregorian; month 1-12, day 1-31, weekday 0 is Sunday. */
struct date {
    int year;
    int month;
    int day;
};
/* Days are counted from 1970-01-01. */
struct date date_from_day(int32_t day);
int32_t date_to_day(struct date d);
int date_weekday(int32_t day);

/* "2026-11-21" in or out; parse answers 0 on success. out holds at least 11 bytes. */
void date_format(int32_t day, char out[11]);
int date_parse(const char *s, int32_t *day);

/* RFC 3339 with the offset, "2026-11-21T22:19:05.123+01:00"; out holds at least 32 bytes. */
void clock_format(int64_t utc_ms, int offset_min, char out[32]);

#endif
