#include "pmprep/base/clock.h"
#include "pmprep/base/sv.h"

/*
 * Civil-day arithmetic after Howard Hinnant, "chrono-compatible low-level date algorithms": years start in March, so
 * that the leap day is the last of a year, and an era is the 146097 days of 400 years.
 */
enum { DAYS_OF_ERA = 146097, EPOCH_SHIFT = 719468 /* 0000-03-01 to 1970-01-01 */ };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct date date_from_day(int32_t day)
{
    int64_t shifted = (int64_t)day + EPOCH_SHIFT;
    int64_t era = floor_div(shifted, DAYS_OF_ERA);
    int64_t doe = shifted - era * DAYS_OF_ERA;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (struct date){
        .year = (int)(yoe + era * 400 + (month <= 2)),
        .month = month,
        .day = (int)(doy - (153 * mp + 2) / 5 + 1),
    };
}

int32_t date_to_day(struct date d)
{
    int64_t year = (int64_t)d.year - (d.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t yoe = year - era * 400;
    int64_t doy = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (int32_t)(era * DAYS_OF_ERA + doe - EPOCH_SHIFT);
}

int date_weekday(int32_t day)
{
    int64_t since_sunday = (int64_t)day + 4; /* 1970-01-01 was a Thursday */
    return (int)(since_sunday - floor_div(since_sunday, 7) * 7);
}

static int clamp(int value, int min, int max)
{
    return value < min ? min : value > max ? max : value;
}

void date_format(int32_t day, char out[11])
{
    struct date d = date_from_day(day);
    unsigned year = (unsigned)clamp(d.year, 0, 9999);
    snprintf(out, 11, "%04u-%02u-%02u", year % 10000, (unsigned)d.month % 100, (unsigned)d.day % 100);
}

int date_parse(const char *s, int32_t *day)
{
    struct sv text = sv_from(s);
    long year, month, dom;
    if (text.len != 10 || s[4] != '-' || s[7] != '-' || !sv_int(sv_sub(text, 0, 4), 0, 9999, &year) ||
        !sv_int(sv_sub(text, 5, 2), 1, 12, &month) || !sv_int(sv_sub(text, 8, 2), 1, 31, &dom)) {
        return -1;
    }
    struct date d = {(int)year, (int)month, (int)dom};
    int32_t value = date_to_day(d);
    if (date_from_day(value).day != d.day) { /* the 30th of February */
        return -1;
    }
    *day = value;
    return 0;
}
