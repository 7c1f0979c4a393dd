#include "seq.h"

#include "pmprep/base/utf8.h"

enum { PARAMS = 3, PARAM_MAX = 9999 };

struct params {
    int at[PARAMS];
    size_t count;
};

/* Decimal numbers between semicolons; what else stands there ends the number. */
static struct params parse_params(const char *s, size_t len)
{
    struct params p = {.count = 1};
    for (size_t i = 0; i < len; i++) {
        if (s[i] == ';') {
            p.count++;
        } else if (s[i] >= '0' && s[i] <= '9' && p.count <= PARAMS && p.at[p.count - 1] < PARAM_MAX) {
            p.at[p.count - 1] = p.at[p.count - 1] * 10 + (s[i] - '0');
        }
    }
    p.count = p.count < PARAMS ? p.count : PARAMS;
    return p;
}

unsigned seq_modifiers(int param)
{
    unsigned bits = param > 1 ? (unsigned)param - 1 : 0;
    return (bits & 1 ? KEY_SHIFT : 0u) | (bits & 2 ? KEY_ALT : 0u) | (bits & 4 ? KEY_CTRL : 0u);
}

static const struct {
    char final;
    enum key_code code;
} finals[] = {
    {'A', KEY_UP_},
    {'B', KEY_DOWN_},
    {'C', KEY_RIGHT_},
    {'D', KEY_LEFT_},
    {'H', KEY_HOME_},
    {'F', KEY_END_},
    {'Z', KEY_BACKTAB},
    {'P', KEY_F1_},
    {'Q', (enum key_code)(KEY_F1_ + 1)},
    {'R', (enum key_code)(KEY_F1_ + 2)},
    {'S', (enum key_code)(KEY_F1_ + 3)},
};

static const struct {
    int number;
    enum key_code code;
} tildes[] = {
    {1, KEY_HOME_},
    {3, KEY_DELETE_},
    {4, KEY_END_},
    {5, KEY_PGUP},
    {6, KEY_PGDN},
    {7, KEY_HOME_},
    {8, KEY_END_},
    {11, KEY_F1_},
    {12, (enum key_code)(KEY_F1_ + 1)},
    {13, (enum key_code)(KEY_F1_ + 2)},
    {14, (enum key_code)(KEY_F1_ + 3)},
    {15, (enum key_code)(KEY_F1_ + 4)},
    {17, (enum key_code)(KEY_F1_ + 5)},
    {18, (enum key_code)(KEY_F1_ + 6)},
    {19, (enum key_code)(KEY_F1_ + 7)},
    {20, (enum key_code)(KEY_F1_ + 8)},
    {21, (enum key_code)(KEY_F1_ + 9)},
    {23, (enum key_code)(KEY_F1_ + 10)},
    {24, KEY_F12_},
    {200, KEY_PASTE},
};

static bool parse_mouse(const char *body, size_t len, struct key *out)
{
    enum { WHEEL_UP = 64, WHEEL_DOWN = 65, MODIFIERS = 4 | 8 | 16 };
    struct params p = parse_params(body + 1, len - 2);
    if (body[len - 1] != 'M' || p.count < PARAMS) {
        return false; /* a release */
    }
    int button = p.at[0] & ~MODIFIERS;
    out->code = button == 0            ? KEY_CLICK
                : button == WHEEL_UP   ? KEY_WHEEL_UP
                : button == WHEEL_DOWN ? KEY_WHEEL_DOWN
                                       : KEY_NONE_;
    out->col = p.at[1] - 1;
    out->row = p.at[2] - 1;
    return out->code != KEY_NONE_;
}

static enum key_code by_final(char final)
{
    for (size_t i = 0; i < sizeof(finals) / sizeof(finals[0]); i++) {
        if (finals[i].final == final) {
            return finals[i].code;
        }
    }
    return KEY_NONE_;
}

static enum key_code by_number(int number)
{
    for (size_t i = 0; i < sizeof(tildes) / sizeof(tildes[0]); i++) {
        if (tildes[i].number == number) {
            return tildes[i].code;
        }
    }
    return KEY_NONE_;
}

bool seq_csi(const char *body, size_t len, struct key *out)
{
    *out = (struct key){.code = KEY_NONE_};
    if (len == 0) {
        return false;
    }
    if (body[0] == '<' && len > 1) {
        return parse_mouse(body, len, out);
    }
    struct params p = parse_params(body, len - 1);
    char final = body[len - 1];
    out->code = final == '~' ? by_number(p.at[0]) : p.at[0] <= 1 ? by_final(final) : KEY_NONE_;
    out->mods = out->code == KEY_BACKTAB ? 0 : seq_modifiers(p.at[1]);
    return out->code != KEY_NONE_;
}

bool seq_ss3(char final, struct key *out)
{
    *out = (struct key){.code = by_final(final)};
    return out->code != KEY_NONE_ && out->code != KEY_BACKTAB;
}

void seq_byte(unsigned char byte, struct key *out)
{
    static const struct {
        unsigned char byte;
        enum key_code code;
    } named[] = {{'\t', KEY_TAB}, {'\n', KEY_ENTER_},     {'\r', KEY_ENTER_},
                 {0x1B, KEY_ESC}, {0x08, KEY_BACKSPACE_}, {0x7F, KEY_BACKSPACE_}};
    *out = (struct key){.code = KEY_CHAR, .cp = byte};
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
        if (named[i].byte == byte) {
            *out = (struct key){.code = named[i].code};
            return;
        }
    }
    if (byte < ' ') {
        out->mods = KEY_CTRL;
        out->cp = byte == 0 ? ' ' : byte <= 26 ? (uint32_t)('a' + byte - 1) : (uint32_t)('@' + byte);
    }
}

static size_t needed(unsigned char lead)
{
    return lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

enum seq_state seq_utf8_add(struct seq_utf8 *u, unsigned char byte, uint32_t *cp)
{
    *cp = UTF8_REPLACEMENT;
    if (u->len == 0 && needed(byte) == 0) {
        return SEQ_DONE;
    }
    if (u->len > 0 && (byte & 0xC0) != 0x80) {
        u->len = 0;
        return SEQ_AGAIN;
    }
    u->bytes[u->len++] = (char)byte;
    if (u->len < needed((unsigned char)u->bytes[0])) {
        return SEQ_MORE;
    }
    utf8_decode(u->bytes, u->len, cp);
    u->len = 0;
    return SEQ_DONE;
}

static const char paste_end[] = "\033[201~";
enum { PASTE_END = sizeof(paste_end) - 1 };

size_t seq_paste_left(struct sv so_far)
{
    size_t most = so_far.len < PASTE_END ? so_far.len : PASTE_END;
    for (size_t matched = most; matched > 0; matched--) {
        if (memcmp(so_far.data + so_far.len - matched, paste_end, matched) == 0) {
            return PASTE_END - matched;
        }
    }
    return PASTE_END;
}

void seq_paste_clean(struct buf *paste)
{
    if (paste->len >= PASTE_END && seq_paste_left(buf_sv(paste)) == 0) {
        buf_truncate(paste, paste->len - PASTE_END);
    }
    size_t kept = 0;
    for (size_t i = 0; i < paste->len; i++) {
        char c = paste->data[i];
        if (c == '\r' && i + 1 < paste->len && paste->data[i + 1] == '\n') {
            continue;
        }
        paste->data[kept++] = c == '\r' ? '\n' : c;
    }
    buf_truncate(paste, kept);
}
