#include "pmprep/base/json.h"
#include "pmprep/base/utf8.h"
#include "store/internal.h"

/* Lists of names as JSON arrays, written and read only here; SQLite's own functions read them within statements. */

void names_add_json(struct buf *out, const struct strings *names)
{
    struct json j;
    json_init(&j, out, 0);
    json_array(&j);
    for (size_t i = 0; i < names->count; i++) {
        json_str(&j, names->at[i]);
    }
    json_end_array(&j);
}

static unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    return (unsigned)((c | 0x20) - 'a' + 10) & 0xF;
}

static uint32_t hex4(const char *digits)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value = value << 4 | hex_digit(digits[i]);
    }
    return value;
}

/* Appends what the escape after a backslash stands for; answers the bytes of the escape. Our writer escapes nothing
 * above U+FFFF. */
static size_t unescape(struct buf *out, struct sv rest)
{
    static const char letters[] = "bfnrt";
    static const char meant[] = "\b\f\n\r\t";
    if (rest.data[0] == 'u' && rest.len >= 5) {
        char utf8[4];
        uint32_t cp = hex4(rest.data + 1);
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        buf_add(out, utf8, utf8_encode(surrogate ? UTF8_REPLACEMENT : cp, utf8));
        return 5;
    }
    const char *letter = strchr(letters, rest.data[0]);
    buf_addc(out, letter && *letter ? meant[letter - letters] : rest.data[0]);
    return 1;
}

/* Reads the string that begins at *rest after its opening quote, up to and over the closing one. */
static const char *parse_string(struct sv *rest, struct arena *a, struct buf *scratch)
{
    buf_clear(scratch);
    size_t at = 0;
    while (at < rest->len && rest->data[at] != '"') {
        if (rest->data[at] == '\\' && at + 1 < rest->len) {
            at += 1 + unescape(scratch, sv_sub(*rest, at + 1, rest->len));
        } else {
            buf_addc(scratch, rest->data[at++]);
        }
    }
    *rest = sv_sub(*rest, at + 1, rest->len);
    return arena_sv(a, buf_sv(scratch));
}

/* At least as many as there are names: every name has two quotes. */
static size_t upper_bound(struct sv json)
{
    size_t quotes = 0;
    for (size_t i = 0; i < json.len; i++) {
        quotes += json.data[i] == '"';
    }
    return quotes / 2;
}

void names_parse(struct sv json, struct arena *a, struct strings *out)
{
    struct buf scratch = BUF_INIT;
    *out = (struct strings){arena_array(a, upper_bound(json), sizeof(char *)), 0};
    while (json.len > 0) {
        bool opens = json.data[0] == '"';
        json = sv_sub(json, 1, json.len);
        if (opens) {
            out->at[out->count++] = parse_string(&json, a, &scratch);
        }
    }
    buf_release(&scratch);
}
