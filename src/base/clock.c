#include "pmprep/base/clock.h"

#include "pmprep/base/mem.h"

#include <stdbool.h>
#include <time.h>

enum { MS_PER_MINUTE = 60 * 1000, MS_PER_DAY = 24 * 60 * MS_PER_MINUTE, DAY_START_MS = 4 * 60 * MS_PER_MINUTE };

#ifdef CLOCK_UPTIME_RAW
#define MONO_CLOCK CLOCK_UPTIME_RAW
#else
#define MONO_CLOCK CLOCK_MONOTONIC
#endif

#ifdef PMPREP_TEST_HOOKS
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* The test's two numbers, or NULL without PMPREP_TEST_CLOCK. Mapped once. */
static const int64_t *test_clock(void)
{
    static const int64_t *mapped;
    const char *path = getenv("PMPREP_TEST_CLOCK");
    if (mapped || !path) {
        return mapped;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    void *p = fd < 0 ? MAP_FAILED : mmap(NULL, 2 * sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED) {
        fatal("cannot map the test clock %s", path);
    }
    close(fd);
    mapped = p;
    return mapped;
}

static bool test_now(int which, int64_t *ms)
{
    const int64_t *mapped = test_clock();
    if (mapped) {
        *ms = __atomic_load_n(&mapped[which], __ATOMIC_RELAXED);
    }
    return mapped != NULL;
}
#else
static bool test_now(int which, int64_t *ms)
{
    (void)which;
    (void)ms;
    return false;
}
#endif

static int64_t now_ms(clockid_t id)
{
    struct timespec now;
    if (clock_gettime(id, &now) != 0) {
        fatal("the system has no clock %d", (int)id);
    }
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_mono_ms(void)
{
    int64_t ms;
    return test_now(0, &ms) ? ms : now_ms(MONO_CLOCK);
}

int64_t clock_wall_ms(void)
{
    int64_t ms;
    return test_now(1, &ms) ? ms : now_ms(CLOCK_REALTIME);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int clock_offset_min(int64_t utc_ms)
{
    time_t utc = (time_t)floor_div(utc_ms, 1000);
    struct tm local;
    tzset();
    if (!localtime_r(&utc, &local)) {
        return 0;
    }
    int32_t day = date_to_day((struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
    int64_t seconds = ((int64_t)day * 24 + local.tm_hour) * 3600 + local.tm_min * 60 + local.tm_sec;
    return (int)floor_div(seconds - (int64_t)utc, 60);
}

int32_t clock_practice_day(int64_t utc_ms, int offset_min)
{
    return (int32_t)floor_div(utc_ms + (int64_t)offset_min * MS_PER_MINUTE - DAY_START_MS, MS_PER_DAY);
}

void clock_format(int64_t utc_ms, int offset_min, char out[32])
{
    int64_t local = utc_ms + (int64_t)offset_min * MS_PER_MINUTE;
    int64_t day = floor_div(local, MS_PER_DAY);
    unsigned ms = (unsigned)(local - day * MS_PER_DAY);
    unsigned east = (unsigned)(offset_min < 0 ? -offset_min : offset_min);
    char date[11];
    date_format((int32_t)day, date);
    snprintf(out, 32, "%sT%02u:%02u:%02u.%03u%c%02u:%02u", date, ms / 3600000 % 24, ms / MS_PER_MINUTE % 60,
             ms / 1000 % 60, ms % 1000, offset_min < 0 ? '-' : '+', east / 60 % 100, east % 60);
}
