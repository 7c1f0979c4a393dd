#include "cli/input.h"

#include "pmprep/base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { READ_SIZE = 16 * 1024, IDLE_MS = 500 };

void input_init(struct input *in, int fd)
{
    *in = (struct input){.fd = fd};
}

void input_release(struct input *in)
{
    buf_release(&in->pending);
}

static struct sv rest(const struct input *in)
{
    return sv_sub(buf_sv(&in->pending), in->at, in->pending.len);
}

static void wait(struct input *in)
{
    struct pollfd one = {.fd = in->fd, .events = POLLIN};
    while (in->idle && poll(&one, 1, IDLE_MS) <= 0) {
        in->idle(in->idle_ctx);
    }
}

/* Reads once; an error ends the input like its end: there is nothing else to do about a terminal that went away. */
static void fill(struct input *in)
{
    buf_remove(&in->pending, 0, in->at);
    in->at = 0;
    buf_reserve(&in->pending, READ_SIZE);
    ssize_t got;
    wait(in);
    do {
        got = read(in->fd, in->pending.data + in->pending.len, READ_SIZE);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        in->ended = true;
        return;
    }
    in->pending.len += (size_t)got;
    in->pending.data[in->pending.len] = '\0';
}

static void clean(struct sv raw, struct buf *out)
{
    for (size_t at = 0; at < raw.len;) {
        uint32_t cp;
        char bytes[4];
        at += utf8_decode(raw.data + at, raw.len - at, &cp);
        buf_add(out, bytes, utf8_encode(cp ? cp : UTF8_REPLACEMENT, bytes));
    }
}

bool input_line(struct input *in, struct buf *line)
{
    size_t seen = 0;
    const char *newline;
    buf_clear(line);
    for (;;) {
        struct sv have = rest(in);
        newline = have.len > seen ? memchr(have.data + seen, '\n', have.len - seen) : NULL;
        if (newline || in->ended) {
            break;
        }
        seen = have.len;
        fill(in);
    }
    struct sv raw = rest(in);
    if (raw.len == 0) {
        return false;
    }
    size_t used = newline ? (size_t)(newline - raw.data) : raw.len;
    in->at += used + (newline != NULL);
    bool dos = used > 0 && raw.data[used - 1] == '\r';
    clean(sv_sub(raw, 0, used - dos), line);
    return true;
}

bool input_ready(const struct input *in)
{
    struct sv have = rest(in);
    struct pollfd one = {.fd = in->fd, .events = POLLIN};
    return in->ended || (have.len > 0 && memchr(have.data, '\n', have.len)) || poll(&one, 1, 0) != 0;
}
