#ifndef PMPREP_BASE_MEM_H
#define PMPREP_BASE_MEM_H

#include <stddef.h>

/*
 * Allocation that cannot fail: lack of memory calls fatal(). Sizes of products are checked for overflow.
 * What these answer is owned by the caller and freed with free().
 */
void *mem_alloc(size_t size);
void *mem_calloc(size_t count, size_t size);
void *mem_realloc_array(void *old, size_t count, size_t size);
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t len);

/* Grows *array (element size given) so that it holds at least want elements; *cap is updated. Amortised doubling. */
void mem_grow(void **array, size_t *cap, size_t want, size_t size);

/* After much was freed for good: gives it back to the system, where the C library would keep it for later. */
void mem_give_back(void);

/* The one global: run before the message of fatal() so that the terminal is sane. NULL removes it. */
void fatal_set_hook(void (*restore)(void));

/* Restores the terminal, prints "pmprep: " and the message on stderr, aborts. */
_Noreturn void fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
