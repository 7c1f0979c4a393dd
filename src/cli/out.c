#include "cli/out.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

enum { PENDING_MAX = 64 * 1024 };

void out_init(struct out *o, int fd)
{
    *o = (struct out){.fd = fd};
}

void out_release(struct out *o)
{
    out_flush(o);
    buf_release(&o->pending);
}

bool out_failed(const struct out *o)
{
    return o->failure != 0;
}

bool out_flush(struct out *o)
{
    struct sv left = buf_sv(&o->pending);
    while (left.len > 0 && !o->failure) {
        ssize_t put = write(o->fd, left.data, left.len);
        if (put >= 0) {
            left = sv_sub(left, (size_t)put, left.len);
        } else if (errno != EINTR) {
            o->failure = errno;
        }
    }
    buf_clear(&o->pending);
    return !o->failure;
}

void out_raw(struct out *o, struct sv s)
{
    if (o->failure) {
        return;
    }
    buf_addsv(&o->pending, s);
    if (o->pending.len >= PENDING_MAX) {
        out_flush(o);
    }
}

static void add_visible(struct out *o, struct sv s, unsigned flags)
{
    if (o->failure) {
        return;
    }
    visible_add(&o->pending, s, flags);
    if (o->pending.len >= PENDING_MAX) {
        out_flush(o);
    }
}

void out_text(struct out *o, struct sv s)
{
    add_visible(o, s, VISIBLE_TEXT);
}

void out_line(struct out *o, struct sv s)
{
    add_visible(o, s, VISIBLE_LINE);
}

void out_printf(struct out *o, const char *fmt, ...)
{
    struct buf text = BUF_INIT;
    va_list args;
    va_start(args, fmt);
    buf_vaddf(&text, fmt, args);
    va_end(args);
    out_text(o, buf_sv(&text));
    buf_release(&text);
}

static void pad(struct out *o, size_t cols)
{
    for (; cols > 0; cols--) {
        out_raw(o, SV(" "));
    }
}

/* The part of a line that fits in width columns, ending at a blank where there is one; at least one character. */
static struct sv fitting(struct sv line, size_t width)
{
    struct sv part = utf8_clip(line, width);
    if (part.len == 0) {
        return sv_sub(line, 0, utf8_next(line, 0));
    }
    if (part.len == line.len || line.data[part.len] == ' ') {
        return part;
    }
    size_t end = part.len;
    while (end > 0 && part.data[end - 1] != ' ') {
        end--;
    }
    return end > 0 ? sv_sub(part, 0, end) : part;
}

static struct sv without_blanks_behind(struct sv s)
{
    while (s.len > 0 && s.data[s.len - 1] == ' ') {
        s.len--;
    }
    return s;
}

/* One line of the text, as many rows as it takes. *lead is put before the first row of all and is blank from then on.
 */
static void prose_line(struct out *o, struct sv *lead, struct sv line, size_t indent, size_t width)
{
    do {
        struct sv part = fitting(line, width);
        struct sv shown = without_blanks_behind(part);
        if (shown.len > 0) {
            pad(o, lead->len > 0 ? indent - lead->len : indent);
            out_raw(o, *lead);
            *lead = SV("");
        }
        out_raw(o, shown);
        out_raw(o, SV("\n"));
        line = sv_sub(line, part.len, line.len);
        while (line.len > 0 && line.data[0] == ' ') {
            line = sv_sub(line, 1, line.len);
        }
    } while (line.len > 0);
}

void out_item(struct out *o, const char *lead, struct sv s, size_t indent, size_t width)
{
    struct buf safe = BUF_INIT;
    struct sv before = sv_from(lead), line;
    size_t left = indent + before.len;
    visible_add(&safe, s, VISIBLE_TEXT);
    struct sv rest = sv_trim(buf_sv(&safe));
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        prose_line(o, &before, line, left, width > left ? width - left : 1);
    }
    buf_release(&safe);
}

void out_prose(struct out *o, struct sv s, size_t indent, size_t width)
{
    out_item(o, "", s, indent, width);
}

void out_cell(struct out *o, struct sv s, size_t cols)
{
    struct buf safe = BUF_INIT;
    visible_add(&safe, s, VISIBLE_LINE);
    struct sv text = buf_sv(&safe);
    size_t used = utf8_columns(text);
    if (cols > 0 && used > cols) {
        text = utf8_clip(text, cols - 1);
        used = utf8_columns(text) + 1;
        out_raw(o, text);
        out_raw(o, SV("\xE2\x80\xA6"));
    } else {
        out_raw(o, text);
    }
    pad(o, cols > used ? cols - used : 0);
    buf_release(&safe);
}

void out_csv(struct out *o, const char *field, char sep)
{
    struct buf safe = BUF_INIT, quoted = BUF_INIT;
    visible_add(&safe, sv_from(field), VISIBLE_TEXT);
    bool quote = strpbrk(buf_str(&safe), ",\"\n\r") != NULL;
    if (quote) {
        buf_addc(&quoted, '"');
    }
    for (const char *p = buf_str(&safe); *p; p++) {
        if (*p == '"') {
            buf_addc(&quoted, '"');
        }
        buf_addc(&quoted, *p);
    }
    if (quote) {
        buf_addc(&quoted, '"');
    }
    buf_addc(&quoted, sep);
    out_raw(o, buf_sv(&quoted));
    buf_release(&safe);
    buf_release(&quoted);
}
