#ifndef PMPREP_BASE_BUF_H
#define PMPREP_BASE_BUF_H

#include "pmprep/base/sv.h"

#include <stdarg.h>
#include <stddef.h>

/*
 * A growing byte string. data is never NULL after any call and always ends with a NUL that len does not count.
 * Zero-initialised (BUF_INIT) is empty; buf_str() of it is "". Every function keeps these invariants.
 */
struct buf {
    char *data;
    size_t len;
    size_t cap;
};

#define BUF_INIT                                                                                                       \
    {                                                                                                                  \
        NULL, 0, 0                                                                                                     \
    }

void buf_reserve(struct buf *b, size_t extra); /* room for extra more bytes and the NUL */
void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_adds(struct buf *b, const char *s);
void buf_addsv(struct buf *b, struct sv s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));
void buf_insert(struct buf *b, size_t at, const void *bytes, size_t len);
void buf_remove(struct buf *b, size_t at, size_t len);
void buf_truncate(struct buf *b, size_t len);
void buf_clear(struct buf *b);            /* empties, keeps the memory */
void buf_release(struct buf *b);          /* frees; the buf is BUF_INIT again */
char *buf_detach(struct buf *b);          /* the caller owns the string; the buf is BUF_INIT again */
const char *buf_str(const struct buf *b); /* borrowed, never NULL */
struct sv buf_sv(const struct buf *b);

#endif
