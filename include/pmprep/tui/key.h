#ifndef PMPREP_TUI_KEY_H
#define PMPREP_TUI_KEY_H

#include "pmprep/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Which key; a trailing underscore keeps clear of the names of curses. */
enum key_code {
    KEY_NONE_,
    KEY_CHAR, /* cp holds the character: printable, or with KEY_CTRL the letter in lower case */
    KEY_ENTER_,
    KEY_TAB,
    KEY_BACKTAB,
    KEY_ESC,
    KEY_BACKSPACE_,
    KEY_DELETE_,
    KEY_UP_,
    KEY_DOWN_,
    KEY_LEFT_,
    KEY_RIGHT_,
    KEY_HOME_,
    KEY_END_,
    KEY_PGUP,
    KEY_PGDN,
    KEY_F1_, /* F1..F12 follow one another */
    KEY_F12_ = KEY_F1_ + 11,
    KEY_PASTE, /* text holds the pasted bytes, line ends as \n */
    KEY_CLICK, /* row, col */
    KEY_WHEEL_UP,
    KEY_WHEEL_DOWN,
    KEY_RESIZE_,
};

/* What was held down with it, as far as the terminal tells. */
enum key_mods { KEY_CTRL = 1 << 0, KEY_ALT = 1 << 1, KEY_SHIFT = 1 << 2 };

/* One event of the terminal: key, paste, click or resize. */
struct key {
    enum key_code code;
    unsigned mods;
    uint32_t cp;
    int row, col;     /* mouse, 0-based */
    const char *text; /* paste; borrowed until the next key */
    size_t text_len;
};

/* "^S" "F3" "Enter" "M-b" "Up" "x": the names keymaps and help use. */
bool key_parse(const char *name, struct key *out);
void key_label(const struct key *k, struct buf *out);
bool key_same(const struct key *a, const struct key *b);

#endif
