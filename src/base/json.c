#include "pmprep/base/json.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

#include <math.h>

enum { DEPTH_MAX = sizeof(((struct json *)0)->first) / sizeof(bool) };

void json_init(struct json *j, struct buf *out, int indent)
{
    *j = (struct json){.out = out, .indent = indent};
}

static void new_line(struct json *j)
{
    if (j->indent > 0) {
        buf_addf(j->out, "\n%*s", j->indent * j->depth, "");
    }
}

/* What goes before a value or a key. */
static void separate(struct json *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->depth == 0) {
        return;
    }
    if (!j->first[j->depth - 1]) {
        buf_addc(j->out, ',');
    }
    j->first[j->depth - 1] = false;
    new_line(j);
}

static void open_container(struct json *j, char bracket)
{
    separate(j);
    if (j->depth == DEPTH_MAX) {
        fatal("JSON nested deeper than %d", DEPTH_MAX);
    }
    buf_addc(j->out, bracket);
    j->first[j->depth++] = true;
}

static void close_container(struct json *j, char bracket)
{
    if (j->depth == 0 || j->after_key) {
        fatal("unbalanced JSON");
    }
    bool empty = j->first[--j->depth];
    if (!empty) {
        new_line(j);
    }
    buf_addc(j->out, bracket);
}

void json_object(struct json *j)
{
    open_container(j, '{');
}

void json_end_object(struct json *j)
{
    close_container(j, '}');
}

void json_array(struct json *j)
{
    open_container(j, '[');
}

void json_end_array(struct json *j)
{
    close_container(j, ']');
}

static void add_escape(struct buf *out, uint32_t cp)
{
    static const char named[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
    if (cp < sizeof(named) && named[cp]) {
        buf_addc(out, '\\');
        buf_addc(out, named[cp]);
    } else if (cp > 0xFFFF) {
        cp -= 0x10000;
        buf_addf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + (cp >> 10)), (unsigned)(0xDC00 + (cp & 0x3FF)));
    } else {
        buf_addf(out, "\\u%04x", (unsigned)cp);
    }
}

static void add_quoted(struct buf *out, struct sv s)
{
    size_t plain = 0; /* start of the bytes that pass as they are */
    buf_addc(out, '"');
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        size_t used = utf8_decode(s.data + at, s.len - at, &cp);
        bool malformed = cp == UTF8_REPLACEMENT && used == 1;
        if (malformed || cp == '"' || cp == '\\' || utf8_is_unsafe(cp)) {
            buf_addsv(out, sv_sub(s, plain, at - plain));
            if (malformed) {
                buf_adds(out, "\xEF\xBF\xBD");
            } else {
                add_escape(out, cp);
            }
            plain = at + used;
        }
        at += used;
    }
    buf_addsv(out, sv_sub(s, plain, s.len - plain));
    buf_addc(out, '"');
}

void json_key(struct json *j, const char *name)
{
    separate(j);
    add_quoted(j->out, sv_from(name));
    buf_adds(j->out, j->indent > 0 ? ": " : ":");
    j->after_key = true;
}

void json_str(struct json *j, const char *s)
{
    if (s) {
        json_sv(j, sv_from(s));
    } else {
        json_null(j);
    }
}

void json_sv(struct json *j, struct sv s)
{
    separate(j);
    add_quoted(j->out, s);
}

void json_int(struct json *j, int64_t value)
{
    separate(j);
    buf_addf(j->out, "%lld", (long long)value);
}

/* The locale may write the decimal point as something else, even as two bytes. */
static void add_number(struct buf *out, const char *text)
{
    while (*text) {
        if (strchr("0123456789+-e", *text)) {
            buf_addc(out, *text++);
            continue;
        }
        buf_addc(out, '.');
        text += strcspn(text, "0123456789+-e");
    }
}

void json_real(struct json *j, double value)
{
    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    separate(j);
    add_number(j->out, text);
}

void json_bool(struct json *j, bool value)
{
    separate(j);
    buf_adds(j->out, value ? "true" : "false");
}

void json_null(struct json *j)
{
    separate(j);
    buf_adds(j->out, "null");
}
