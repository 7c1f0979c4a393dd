#include "pmprep/base/sv.h"

#include <limits.h>

struct sv sv_from(const char *s)
{
    return (struct sv){s, s ? strlen(s) : 0};
}

bool sv_eq(struct sv a, struct sv b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool sv_eqs(struct sv a, const char *b)
{
    return sv_eq(a, sv_from(b));
}

bool sv_starts(struct sv s, const char *prefix)
{
    struct sv p = sv_from(prefix);
    return s.len >= p.len && sv_eq(sv_sub(s, 0, p.len), p);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct sv sv_trim(struct sv s)
{
    while (s.len > 0 && is_blank(s.data[0])) {
        s.data++;
        s.len--;
    }
    while (s.len > 0 && is_blank(s.data[s.len - 1])) {
        s.len--;
    }
    return s;
}

struct sv sv_sub(struct sv s, size_t from, size_t len)
{
    if (from >= s.len) {
        return (struct sv){s.data ? s.data + s.len : NULL, 0};
    }
    size_t left = s.len - from;
    return (struct sv){s.data + from, len < left ? len : left};
}

bool sv_split(struct sv *rest, char sep, struct sv *part)
{
    if (!rest->data) {
        return false;
    }
    const char *at = rest->len > 0 ? memchr(rest->data, sep, rest->len) : NULL;
    if (!at) {
        *part = *rest;
        *rest = (struct sv){NULL, 0};
        return true;
    }
    size_t len = (size_t)(at - rest->data);
    *part = (struct sv){rest->data, len};
    *rest = (struct sv){at + 1, rest->len - len - 1};
    return true;
}

bool sv_int(struct sv s, long min, long max, long *out)
{
    bool negative = s.len > 0 && s.data[0] == '-';
    size_t at = negative ? 1 : 0;
    if (at == s.len) {
        return false;
    }
    long value = 0; /* gathered below zero, where there is room for LONG_MIN */
    for (; at < s.len; at++) {
        if (s.data[at] < '0' || s.data[at] > '9') {
            return false;
        }
        int digit = s.data[at] - '0';
        if (value < (LONG_MIN + digit) / 10) {
            return false;
        }
        value = value * 10 - digit;
    }
    if (!negative && value < -LONG_MAX) {
        return false;
    }
    value = negative ? value : -value;
    if (value < min || value > max) {
        return false;
    }
    *out = value;
    return true;
}

bool sv_decimal(struct sv s, double min, double max, double *out)
{
    enum { DIGITS_MAX = 15 }; /* both sides of the division are then exact, and it rounds once */
    bool negative = s.len > 0 && s.data[0] == '-';
    size_t at = negative || (s.len > 0 && s.data[0] == '+') ? 1 : 0;
    size_t digits = 0, decimals = 0;
    bool point = false;
    double value = 0, scale = 1;
    for (; at < s.len; at++) {
        char c = s.data[at];
        if (c == '.' && !point && digits > 0) {
            point = true;
        } else if (c >= '0' && c <= '9' && digits < DIGITS_MAX) {
            value = value * 10 + (c - '0');
            scale = point ? scale * 10 : 1;
            decimals += point;
            digits++;
        } else {
            return false;
        }
    }
    value = negative ? -value / scale : value / scale;
    if (digits == 0 || (point && decimals == 0) || value < min || value > max) {
        return false;
    }
    *out = value;
    return true;
}
