#ifndef PMPREP_BASE_ARENA_H
#define PMPREP_BASE_ARENA_H

#include "pmprep/base/sv.h"

#include <stddef.h>

struct arena_block;

/* Memory freed all at once. Zero-initialised is empty and ready. Pointers stay valid until reset or release. */
struct arena {
    struct arena_block *head;
    size_t used; /* bytes handed out since the last reset */
};

#define ARENA_INIT                                                                                                     \
    {                                                                                                                  \
        NULL, 0                                                                                                        \
    }

/* Aligned for any type; the bytes are zero. Strings stand close, without alignment. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t count, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_sv(struct arena *a, struct sv s); /* NUL-terminated copy */
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for `want` elements in an array that grows, as mem_grow() does; it lives in the arena but may move. *list
 * is NULL at first, *room 0. New elements are not cleared. */
void arena_grow(struct arena *a, void **list, size_t *room, size_t want, size_t size);

/* Keeps the largest block for reuse. */
void arena_reset(struct arena *a);
void arena_release(struct arena *a);

#endif
