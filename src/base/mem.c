#include "pmprep/base/mem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static void (*restore_terminal)(void);

#ifdef PMPREP_TEST_HOOKS
/* PMPREP_TEST_OOM=N makes the Nth allocation of the process fail. */
static bool test_out_of_memory(void)
{
    static long left = -1;
    if (left == -1) {
        const char *at = getenv("PMPREP_TEST_OOM");
        left = at ? strtol(at, NULL, 10) : 0;
    }
    return left > 0 && --left == 0;
}
#else
static bool test_out_of_memory(void)
{
    return false;
}
#endif

void fatal_set_hook(void (*restore)(void))
{
    restore_terminal = restore;
}

/* The sanitiser of utf8.h needs memory; here there may be none, so that only ASCII passes. */
static void make_plain(char *text)
{
    for (; *text; text++) {
        if (*text < ' ' || *text > '~') {
            *text = '?';
        }
    }
}

void fatal(const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    make_plain(text);

    void (*restore)(void) = restore_terminal;
    restore_terminal = NULL; /* a hook that fails must not come back here for ever */
    if (restore) {
        restore();
    }
    fprintf(stderr, "pmprep: %s\n", text);
    abort();
}

static void *checked(void *p)
{
    if (!p) {
        fatal("out of memory");
    }
    return p;
}

static size_t product(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        fatal("out of memory (%zu times %zu bytes asked for)", count, size);
    }
    return count * size;
}

void *mem_alloc(size_t size)
{
    return checked(test_out_of_memory() ? NULL : malloc(size ? size : 1));
}

void *mem_calloc(size_t count, size_t size)
{
    size_t total = product(count, size);
    return checked(test_out_of_memory() ? NULL : calloc(1, total ? total : 1));
}

void *mem_realloc_array(void *old, size_t count, size_t size)
{
    size_t total = product(count, size);
    return checked(test_out_of_memory() ? NULL : realloc(old, total ? total : 1));
}

char *mem_strdup(const char *s)
{
    return mem_strndup(s, strlen(s));
}

char *mem_strndup(const char *s, size_t len)
{
    char *copy = mem_alloc(len + 1);
    if (len > 0) {
        memcpy(copy, s, len);
    }
    copy[len] = '\0';
    return copy;
}

void mem_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void mem_grow(void **array, size_t *cap, size_t want, size_t size)
{
    if (want <= *cap) {
        return;
    }
    size_t doubled = *cap > SIZE_MAX / 2 ? SIZE_MAX : *cap * 2;
    size_t next = doubled > want ? doubled : want;
    if (next < 8) {
        next = 8;
    }
    *array = mem_realloc_array(*array, next, size);
    *cap = next;
}
