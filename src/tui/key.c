#include "pmprep/tui/key.h"

#include "pmprep/base/sv.h"
#include "pmprep/base/utf8.h"

/* The first name of a code is the one shown. */
static const struct {
    const char *name;
    enum key_code code;
} names[] = {
    {"Enter", KEY_ENTER_},
    {"Tab", KEY_TAB},
    {"S-Tab", KEY_BACKTAB},
    {"Backtab", KEY_BACKTAB},
    {"Esc", KEY_ESC},
    {"Backspace", KEY_BACKSPACE_},
    {"Delete", KEY_DELETE_},
    {"Up", KEY_UP_},
    {"Down", KEY_DOWN_},
    {"Left", KEY_LEFT_},
    {"Right", KEY_RIGHT_},
    {"Home", KEY_HOME_},
    {"End", KEY_END_},
    {"PgUp", KEY_PGUP},
    {"PgDn", KEY_PGDN},
    {"Paste", KEY_PASTE},
    {"Click", KEY_CLICK},
    {"WheelUp", KEY_WHEEL_UP},
    {"WheelDown", KEY_WHEEL_DOWN},
    {"Resize", KEY_RESIZE_},
};

static const struct {
    char letter;
    enum key_mods mod;
} prefixes[] = {{'M', KEY_ALT}, {'C', KEY_CTRL}, {'S', KEY_SHIFT}};

enum { FUNCTION_KEYS = 12 };

static bool parse_named(struct sv s, struct key *out)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (sv_eqs(s, names[i].name)) {
            out->code = names[i].code;
            return true;
        }
    }
    long number;
    if (s.len > 1 && s.data[0] == 'F' && sv_int(sv_sub(s, 1, s.len), 1, FUNCTION_KEYS, &number)) {
        out->code = (enum key_code)(KEY_F1_ + number - 1);
        return true;
    }
    return false;
}

static bool parse_char(struct sv s, struct key *out)
{
    out->code = KEY_CHAR;
    if (sv_eqs(s, "Space")) {
        out->cp = ' ';
        return true;
    }
    return s.len > 0 && utf8_decode(s.data, s.len, &out->cp) == s.len && out->cp > ' ';
}

static bool take_prefix(struct sv *s, struct key *out)
{
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (s->len > 2 && s->data[0] == prefixes[i].letter && s->data[1] == '-') {
            out->mods |= prefixes[i].mod;
            *s = sv_sub(*s, 2, s->len);
            return true;
        }
    }
    return false;
}

bool key_parse(const char *name, struct key *out)
{
    struct sv s = sv_from(name);
    *out = (struct key){.code = KEY_NONE_};
    if (parse_named(s, out)) {
        return true;
    }
    while (take_prefix(&s, out)) {
    }
    if (s.len > 1 && s.data[0] == '^') {
        out->mods |= KEY_CTRL;
        s = sv_sub(s, 1, s.len);
    }
    if (!parse_named(s, out) && !parse_char(s, out)) {
        out->code = KEY_NONE_;
        return false;
    }
    if (out->code == KEY_CHAR && (out->mods & KEY_CTRL) && out->cp >= 'A' && out->cp <= 'Z') {
        out->cp += 'a' - 'A';
    }
    return true;
}

static void add_char_name(const struct key *k, struct buf *out)
{
    char text[4];
    uint32_t cp = k->cp;
    if (k->mods & KEY_CTRL) {
        buf_addc(out, '^');
        cp -= cp >= 'a' && cp <= 'z' ? 'a' - 'A' : 0;
    }
    if (cp == ' ') {
        buf_adds(out, "Space");
    } else {
        visible_add(out, (struct sv){text, utf8_encode(cp, text)}, VISIBLE_LINE);
    }
}

void key_label(const struct key *k, struct buf *out)
{
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        bool caret = k->code == KEY_CHAR && prefixes[i].mod == KEY_CTRL;
        if ((k->mods & prefixes[i].mod) && !caret) {
            buf_addf(out, "%c-", prefixes[i].letter);
        }
    }
    if (k->code == KEY_CHAR) {
        add_char_name(k, out);
        return;
    }
    if (k->code >= KEY_F1_ && k->code <= KEY_F12_) {
        buf_addf(out, "F%d", (int)(k->code - KEY_F1_) + 1);
        return;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].code == k->code) {
            buf_adds(out, names[i].name);
            return;
        }
    }
}

bool key_same(const struct key *a, const struct key *b)
{
    return a->code == b->code && a->mods == b->mods && (a->code != KEY_CHAR || a->cp == b->cp);
}
