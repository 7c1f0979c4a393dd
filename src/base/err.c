#include "pmprep/base/err.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/utf8.h"

#include <errno.h>
#include <stdarg.h>

static const char ellipsis[] = "\xE2\x80\xA6";

/* Copies text in, sanitised and cut on a character's border. */
static void put_text(struct err *e, const struct buf *text)
{
    struct buf safe = BUF_INIT;
    visible_add(&safe, buf_sv(text), VISIBLE_LINE);
    if (safe.len >= sizeof(e->text)) {
        size_t keep = sizeof(e->text) - sizeof(ellipsis);
        while ((safe.data[keep] & 0xC0) == 0x80) {
            keep--;
        }
        buf_truncate(&safe, keep);
        buf_adds(&safe, ellipsis);
    }
    buf_reserve(&safe, 0);
    memcpy(e->text, safe.data, safe.len + 1);
    buf_release(&safe);
}

__attribute__((format(printf, 4, 0))) static void put(struct err *e, enum err_code code, int detail, const char *fmt,
                                                      va_list args, const char *tail)
{
    struct buf text = BUF_INIT;
    buf_vaddf(&text, fmt, args);
    if (tail) {
        buf_addf(&text, ": %s", tail);
    }
    e->code = code;
    e->detail = detail;
    put_text(e, &text);
    buf_release(&text);
}

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    if (!e) {
        return false;
    }
    va_list args;
    va_start(args, fmt);
    put(e, code, 0, fmt, args, NULL);
    va_end(args);
    return false;
}

bool err_errno(struct err *e, const char *fmt, ...)
{
    int number = errno;
    if (!e) {
        return false;
    }
    bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    va_list args;
    va_start(args, fmt);
    put(e, full ? ERR_FULL : ERR_IO, number, fmt, args, strerror(number));
    va_end(args);
    return false;
}

bool err_prefix(struct err *e, const char *fmt, ...)
{
    if (!e) {
        return false;
    }
    char old[sizeof(e->text)];
    memcpy(old, e->text, sizeof(old));
    va_list args;
    va_start(args, fmt);
    put(e, e->code, e->detail, fmt, args, old);
    va_end(args);
    return false;
}
