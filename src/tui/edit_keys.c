#include "edit_impl.h"

#include "pmprep/base/utf8.h"

/* BIND_QUIET: everybody expects these; the help has more to say than that arrows move. */
static const struct binding edit_bindings[] = {
    {"Left ^B", EDIT_ACTION + EDIT_LEFT, "left", "one character left", BIND_QUIET},
    {"Right ^F", EDIT_ACTION + EDIT_RIGHT, "right", "one character right", BIND_QUIET},
    {"Up ^P WheelUp", EDIT_ACTION + EDIT_UP, "up", "one row up", BIND_QUIET},
    {"Down ^N WheelDown", EDIT_ACTION + EDIT_DOWN, "down", "one row down", BIND_QUIET},
    {"M-b C-Left M-Left", EDIT_ACTION + EDIT_WORD_LEFT, "word left", "to the start of the word", 0},
    {"M-f C-Right M-Right", EDIT_ACTION + EDIT_WORD_RIGHT, "word right", "to the end of the word", 0},
    {"^A Home", EDIT_ACTION + EDIT_LINE_START, "line start", "to the start of the row, then of the line", 0},
    {"^E End", EDIT_ACTION + EDIT_LINE_END, "line end", "to the end of the row, then of the line", 0},
    {"M-< C-Home", EDIT_ACTION + EDIT_TEXT_START, "start", "to the start of the text", 0},
    {"M-> C-End", EDIT_ACTION + EDIT_TEXT_END, "end", "to the end of the text", 0},
    {"PgUp", EDIT_ACTION + EDIT_PAGE_UP, "page up", "one page up", BIND_QUIET},
    {"PgDn", EDIT_ACTION + EDIT_PAGE_DOWN, "page down", "one page down", BIND_QUIET},
    {"Backspace ^H", EDIT_ACTION + EDIT_BACKSPACE, "erase", "erase the character before", BIND_QUIET},
    {"^D Delete", EDIT_ACTION + EDIT_DELETE, "delete", "erase the character under the cursor", 0},
    {"^W M-Backspace C-Backspace", EDIT_ACTION + EDIT_KILL_WORD_LEFT, "kill word", "cut the word before", 0},
    {"M-d C-Delete", EDIT_ACTION + EDIT_KILL_WORD_RIGHT, "kill word right", "cut the word after", 0},
    {"^U", EDIT_ACTION + EDIT_KILL_LINE_LEFT, "kill left", "cut to the start of the line", 0},
    {"^K", EDIT_ACTION + EDIT_KILL_LINE_RIGHT, "kill right", "cut to the end of the line, then the line end", 0},
    {"^Y", EDIT_ACTION + EDIT_YANK, "yank", "put in what was cut last", 0},
    {"Enter", EDIT_ACTION + EDIT_NEWLINE, "new line", "begin a new line", BIND_QUIET},
    {"^_ M-u", EDIT_ACTION + EDIT_UNDO, "undo", "undo", 0},
    {"M-r", EDIT_ACTION + EDIT_REDO, "redo", "redo", 0},
    {"M-v ^Space", EDIT_ACTION + EDIT_SELECT_LINE, "select", "select whole lines; motions extend, Esc ends", 0},
    {"M-w", EDIT_ACTION + EDIT_COPY, "copy", "copy the selected lines", 0},
    {"^X", EDIT_ACTION + EDIT_CUT, "cut", "cut the selected lines", 0},
    {"Esc", EDIT_ACTION + EDIT_UNSELECT, "unselect", "end the selection", BIND_QUIET},
    {"^G", EDIT_ACTION_FIND, "search", "search; again for the next, Enter stays, Esc goes back", 0},
    {"^R", EDIT_ACTION_FIND_BACK, "search back", "search backward", 0},
};

const struct keymap edit_keymap = {
    "Editing",
    edit_bindings,
    sizeof(edit_bindings) / sizeof(edit_bindings[0]),
    &keymap_typing,
};

bool edit_owns_action(int action)
{
    return action >= EDIT_ACTION && action <= EDIT_ACTION_FIND_BACK;
}

static bool act(struct edit *e, int action)
{
    if (action == EDIT_ACTION_FIND || action == EDIT_ACTION_FIND_BACK) {
        find_start(e, action == EDIT_ACTION_FIND);
        return true;
    }
    enum edit_op op = (enum edit_op)(action - EDIT_ACTION);
    if (op == EDIT_UNSELECT && !e->selecting) {
        return false;
    }
    edit_do(e, op);
    return true;
}

bool edit_key(struct edit *e, const struct key *k)
{
    if (e->find.active && find_key(e, k)) {
        return true;
    }
    if (k->code == KEY_PASTE) {
        edit_insert(e, (struct sv){k->text, k->text_len});
        return true;
    }
    if (k->code == KEY_CHAR && !(k->mods & (KEY_CTRL | KEY_ALT))) {
        char text[4];
        edit_insert(e, (struct sv){text, utf8_encode(k->cp, text)});
        return true;
    }
    int action = keymap_find(&edit_keymap, k);
    return edit_owns_action(action) && act(e, action);
}
