#include "pmprep/base/arena.h"

#include "pmprep/base/mem.h"

#include <stdarg.h>
#include <stdint.h>

enum { BLOCK_MIN = 4096, BLOCK_MAX = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t cap;
    size_t used;
    max_align_t data[];
};

static struct arena_block *block_new(size_t cap)
{
    struct arena_block *block = mem_alloc(sizeof(*block) + cap);
    block->next = NULL;
    block->cap = cap;
    block->used = 0;
    return block;
}

/* What is free in the block from the next place that is aligned so; 0 when there is none. */
static size_t free_in(const struct arena_block *block, size_t align)
{
    size_t at = (block->used + align - 1) & ~(align - 1);
    return at < block->cap ? block->cap - at : 0;
}

/* A block that can take size bytes: the head, or a new one. What is too big to share a block gets its own behind the
 * head. */
static struct arena_block *block_for(struct arena *a, size_t size, size_t align)
{
    struct arena_block *head = a->head;
    if (head && free_in(head, align) >= size) {
        return head;
    }
    size_t cap = head ? head->cap * 2 : BLOCK_MIN;
    if (cap > BLOCK_MAX) {
        cap = BLOCK_MAX;
    }
    struct arena_block *block = block_new(size > cap ? size : cap);
    if (head && size > cap) {
        block->next = head->next;
        head->next = block;
        return block;
    }
    block->next = head;
    a->head = block;
    return block;
}

/* As it comes, for what is filled at once. */
static void *take(struct arena *a, size_t size, size_t align)
{
    size = size ? size : 1;
    if (size > SIZE_MAX / 2) {
        fatal("out of memory (%zu bytes asked for)", size);
    }
    struct arena_block *block = block_for(a, size, align);
    size_t at = block->cap - free_in(block, align);
    a->used += at + size - block->used;
    block->used = at + size;
    return (char *)block->data + at;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = take(a, size, _Alignof(max_align_t));
    memset(p, 0, size);
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        fatal("out of memory (%zu times %zu bytes asked for)", count, size);
    }
    return arena_alloc(a, count * size);
}

/* The link to the block whose data this is. */
static struct arena_block **link_of(struct arena *a, const void *data)
{
    struct arena_block **link = &a->head;
    while ((void *)(*link)->data != data) {
        link = &(*link)->next;
    }
    return link;
}

/* A block of its own, behind the head, so that it can be made larger where it lies. */
void arena_grow(struct arena *a, void **list, size_t *room, size_t want, size_t size)
{
    enum { ROOM_MIN = 16 };
    if (want <= *room) {
        return;
    }
    size_t next = *room > SIZE_MAX / 2 ? SIZE_MAX : *room * 2;
    next = next < want ? want : next < ROOM_MIN ? ROOM_MIN : next;
    if (next > (SIZE_MAX - sizeof(struct arena_block)) / size) {
        fatal("out of memory (%zu times %zu bytes asked for)", next, size);
    }
    struct arena_block *block;
    if (*list) {
        struct arena_block **link = link_of(a, *list);
        block = mem_realloc_array(*link, 1, sizeof(*block) + next * size);
        *link = block;
    } else {
        block = block_new(next * size);
        struct arena_block **link = a->head ? &a->head->next : &a->head;
        block->next = *link;
        *link = block;
    }
    a->used += next * size - block->used * (*list != NULL);
    block->cap = next * size;
    block->used = block->cap; /* nothing else fits */
    *list = block->data;
    *room = next;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
    char *copy = take(a, len + 1, 1);
    if (len > 0) {
        memcpy(copy, s, len);
    }
    copy[len] = '\0';
    return copy;
}

char *arena_sv(struct arena *a, struct sv s)
{
    return arena_strndup(a, s.data, s.len);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0) {
        fatal("cannot format \"%s\"", fmt);
    }
    char *text = take(a, (size_t)len + 1, 1);
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return text;
}

void arena_reset(struct arena *a)
{
    struct arena_block *largest = NULL;
    for (struct arena_block *block = a->head, *next; block; block = next) {
        next = block->next;
        if (largest && largest->cap >= block->cap) {
            free(block);
            continue;
        }
        free(largest);
        largest = block;
    }
    if (largest) {
        largest->next = NULL;
        largest->used = 0;
    }
    a->head = largest;
    a->used = 0;
}

void arena_release(struct arena *a)
{
    for (struct arena_block *block = a->head, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    *a = (struct arena)ARENA_INIT;
}
