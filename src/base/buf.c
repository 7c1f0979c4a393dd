#include "pmprep/base/buf.h"

#include "pmprep/base/mem.h"

#include <stdint.h>

enum { BUF_MIN = 32 };

void buf_reserve(struct buf *b, size_t extra)
{
    if (extra > SIZE_MAX / 2 - b->len) {
        fatal("out of memory (%zu bytes asked for)", extra);
    }
    size_t want = b->len + extra + 1;
    if (want <= b->cap) {
        return;
    }
    size_t cap = b->cap < BUF_MIN ? BUF_MIN : b->cap + b->cap / 2;
    if (cap < want) {
        cap = want;
    }
    b->data = mem_realloc_array(b->data, cap, 1);
    b->cap = cap;
    b->data[b->len] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    buf_reserve(b, len);
    if (len > 0) {
        memcpy(b->data + b->len, bytes, len);
        b->len += len;
        b->data[b->len] = '\0';
    }
}

void buf_adds(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_addsv(struct buf *b, struct sv s)
{
    buf_add(b, s.data, s.len);
}

void buf_addc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    buf_vaddf(b, fmt, args);
    va_end(args);
}

void buf_vaddf(struct buf *b, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    buf_reserve(b, 0);
    size_t room = b->cap - b->len;
    int len = vsnprintf(b->data + b->len, room, fmt, args);
    if (len < 0) {
        fatal("cannot format \"%s\"", fmt);
    }
    if ((size_t)len >= room) {
        buf_reserve(b, (size_t)len);
        vsnprintf(b->data + b->len, (size_t)len + 1, fmt, again);
    }
    va_end(again);
    b->len += (size_t)len;
}

void buf_insert(struct buf *b, size_t at, const void *bytes, size_t len)
{
    buf_reserve(b, len);
    if (at > b->len) {
        at = b->len;
    }
    if (len == 0) {
        return;
    }
    memmove(b->data + at + len, b->data + at, b->len - at + 1);
    memcpy(b->data + at, bytes, len);
    b->len += len;
}

void buf_remove(struct buf *b, size_t at, size_t len)
{
    buf_reserve(b, 0);
    if (at >= b->len) {
        return;
    }
    if (len > b->len - at) {
        len = b->len - at;
    }
    memmove(b->data + at, b->data + at + len, b->len - at - len + 1);
    b->len -= len;
}

void buf_truncate(struct buf *b, size_t len)
{
    buf_reserve(b, 0);
    if (len < b->len) {
        b->len = len;
        b->data[len] = '\0';
    }
}

void buf_clear(struct buf *b)
{
    buf_truncate(b, 0);
}

void buf_release(struct buf *b)
{
    free(b->data);
    *b = (struct buf)BUF_INIT;
}

char *buf_detach(struct buf *b)
{
    buf_reserve(b, 0);
    char *s = b->data;
    *b = (struct buf)BUF_INIT;
    return s;
}

const char *buf_str(const struct buf *b)
{
    return b->data ? b->data : "";
}

struct sv buf_sv(const struct buf *b)
{
    return (struct sv){buf_str(b), b->len};
}
