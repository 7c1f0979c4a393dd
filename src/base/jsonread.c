#include "pmprep/base/jsonread.h"

#include "pmprep/base/buf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32, NUMBER_MAX = 64 };

struct parser {
    const char *at, *end;
    struct arena *arena;
    struct buf text;
    int depth;
};

static bool value(struct parser *p, struct json_value *out);

static void blanks(struct parser *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r')) {
        p->at++;
    }
}

static bool is_next(struct parser *p, char c)
{
    blanks(p);
    if (p->at == p->end || *p->at != c) {
        return false;
    }
    p->at++;
    return true;
}

static bool word(struct parser *p, const char *w)
{
    size_t len = strlen(w);
    if ((size_t)(p->end - p->at) < len || memcmp(p->at, w, len) != 0) {
        return false;
    }
    p->at += len;
    return true;
}

/* ---- strings */

static bool hex4(struct parser *p, uint32_t *out)
{
    if (p->end - p->at < 4) {
        return false;
    }
    *out = 0;
    for (int i = 0; i < 4; i++) {
        char c = *p->at++;
        uint32_t digit;
        if (c >= '0' && c <= '9') {
            digit = (uint32_t)(c - '0');
        } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
            digit = (uint32_t)((c | 0x20) - 'a' + 10);
        } else {
            return false;
        }
        *out = *out << 4 | digit;
    }
    return true;
}

static void add_rune(struct buf *out, uint32_t rune)
{
    bool surrogate = rune >= 0xD800 && rune <= 0xDFFF;
    char bytes[4];
    size_t n = 0;
    if (rune == 0 || surrogate || rune > 0x10FFFF) {
        rune = 0xFFFD;
    }
    if (rune < 0x80) {
        bytes[n++] = (char)rune;
    } else if (rune < 0x800) {
        bytes[n++] = (char)(0xC0 | rune >> 6);
    } else if (rune < 0x10000) {
        bytes[n++] = (char)(0xE0 | rune >> 12);
        bytes[n++] = (char)(0x80 | (rune >> 6 & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | rune >> 18);
        bytes[n++] = (char)(0x80 | (rune >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (rune >> 6 & 0x3F));
    }
    if (rune >= 0x80) {
        bytes[n++] = (char)(0x80 | (rune & 0x3F));
    }
    buf_add(out, bytes, n);
}

static bool escape(struct parser *p)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (p->at == p->end) {
        return false;
    }
    char c = *p->at++;
    const char *known = c ? strchr(letters, c) : NULL;
    uint32_t rune, low;
    if (known) {
        buf_addc(&p->text, meant[known - letters]);
        return true;
    }
    if (c != 'u' || !hex4(p, &rune)) {
        return false;
    }
    const char *after = p->at;
    if (rune >= 0xD800 && rune < 0xDC00 && word(p, "\\u") && hex4(p, &low) && low >= 0xDC00 && low < 0xE000) {
        rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
    } else {
        p->at = after;
    }
    add_rune(&p->text, rune);
    return true;
}

/* After the opening quotation mark. */
static bool string(struct parser *p, const char **out)
{
    buf_clear(&p->text);
    while (p->at < p->end && *p->at != '"') {
        unsigned char c = (unsigned char)*p->at++;
        if (c == '\\') {
            if (!escape(p)) {
                return false;
            }
        } else if (c < 0x20) {
            return false;
        } else {
            buf_addc(&p->text, (char)c);
        }
    }
    if (p->at == p->end) {
        return false;
    }
    p->at++;
    *out = arena_sv(p->arena, buf_sv(&p->text));
    return true;
}

/* ---- numbers */

static size_t digits(struct parser *p)
{
    const char *from = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9') {
        p->at++;
    }
    return (size_t)(p->at - from);
}

/* The fraction and the exponent; whole tells that there was neither. */
static bool fraction(struct parser *p, bool *whole)
{
    *whole = true;
    if (p->at < p->end && *p->at == '.') {
        p->at++;
        *whole = false;
        if (digits(p) == 0) {
            return false;
        }
    }
    if (p->at < p->end && (*p->at | 0x20) == 'e') {
        p->at++;
        *whole = false;
        if (p->at < p->end && (*p->at == '+' || *p->at == '-')) {
            p->at++;
        }
        return digits(p) > 0;
    }
    return true;
}

/* A double by its decimal digits, whatever the locale's point is. */
static double to_real(const char *text)
{
    double mantissa = 0;
    int scale = 0;
    bool negative = *text == '-', point = false;
    for (text += negative; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        mantissa = mantissa * 10 + (*text - '0');
        scale -= point;
    }
    if (*text) {
        scale += (int)strtol(text + 1, NULL, 10);
    }
    double real = scale < 0 ? mantissa / pow(10, -scale) : mantissa * pow(10, scale);
    return negative ? -real : real;
}

static bool number(struct parser *p, struct json_value *out)
{
    const char *from = p->at;
    char text[NUMBER_MAX];
    bool whole;
    if (*p->at == '-') {
        p->at++;
    }
    const char *first = p->at;
    size_t count = digits(p);
    if (count == 0 || (count > 1 && *first == '0') || !fraction(p, &whole)) {
        return false;
    }
    size_t len = (size_t)(p->at - from);
    if (len >= sizeof(text)) {
        return false;
    }
    memcpy(text, from, len);
    text[len] = '\0';
    out->type = JSON_NUMBER;
    out->real = to_real(text);
    if (whole) {
        out->integer = strtoll(text, NULL, 10);
    } else {
        double limit = 9.0e18;
        out->integer = out->real >= limit ? INT64_MAX : out->real <= -limit ? INT64_MIN : (int64_t)out->real;
    }
    return true;
}

/* ---- containers */

static bool member(struct parser *p, bool object, struct json_value *v)
{
    const char *key = "";
    if (object && (!is_next(p, '"') || !string(p, &key) || !is_next(p, ':'))) {
        return false;
    }
    if (!value(p, v)) {
        return false;
    }
    v->key = key;
    return true;
}

static bool container(struct parser *p, char end, struct json_value *out)
{
    const struct json_value **link = &out->first;
    out->type = end == '}' ? JSON_OBJECT : JSON_ARRAY;
    if (++p->depth > DEPTH_MAX) {
        return false;
    }
    if (!is_next(p, end)) {
        do {
            struct json_value *v = arena_alloc(p->arena, sizeof(*v));
            if (!member(p, end == '}', v)) {
                return false;
            }
            *link = v;
            link = &v->next;
            out->count++;
        } while (is_next(p, ','));
        if (!is_next(p, end)) {
            return false;
        }
    }
    p->depth--;
    return true;
}

static bool value(struct parser *p, struct json_value *out)
{
    *out = (struct json_value){.text = "", .key = ""};
    blanks(p);
    if (p->at == p->end) {
        return false;
    }
    switch (*p->at) {
    case '{':
        p->at++;
        return container(p, '}', out);
    case '[':
        p->at++;
        return container(p, ']', out);
    case '"':
        p->at++;
        out->type = JSON_STRING;
        return string(p, &out->text);
    case 't':
        out->truth = true;
        out->type = JSON_BOOL;
        return word(p, "true");
    case 'f':
        out->type = JSON_BOOL;
        return word(p, "false");
    case 'n':
        return word(p, "null");
    }
    return number(p, out);
}

bool json_parse(struct sv text, struct arena *a, const struct json_value **out)
{
    struct parser p = {.at = text.data, .end = text.data + text.len, .arena = a, .text = BUF_INIT};
    struct json_value *v = arena_alloc(a, sizeof(*v));
    bool ok = text.len > 0 && value(&p, v);
    blanks(&p);
    buf_release(&p.text);
    *out = v;
    return ok && p.at == p.end;
}

const struct json_value *json_get(const struct json_value *object, const char *key)
{
    if (!object || object->type != JSON_OBJECT) {
        return NULL;
    }
    for (const struct json_value *v = object->first; v; v = v->next) {
        if (strcmp(v->key, key) == 0) {
            return v;
        }
    }
    return NULL;
}

int64_t json_get_int(const struct json_value *object, const char *key, int64_t none)
{
    const struct json_value *v = json_get(object, key);
    return v && v->type == JSON_NUMBER ? v->integer : none;
}

double json_get_real(const struct json_value *object, const char *key, double none)
{
    const struct json_value *v = json_get(object, key);
    return v && v->type == JSON_NUMBER ? v->real : none;
}

bool json_get_bool(const struct json_value *object, const char *key)
{
    const struct json_value *v = json_get(object, key);
    return v && v->truth;
}

const char *json_get_str(const struct json_value *object, const char *key)
{
    const struct json_value *v = json_get(object, key);
    return v ? v->text : "";
}

const struct json_value *json_elements(const struct json_value *object, const char *key)
{
    const struct json_value *v = json_get(object, key);
    return v && v->type == JSON_ARRAY ? v->first : NULL;
}
