#ifndef PMPREP_TUI_KEYMAP_H
#define PMPREP_TUI_KEYMAP_H

#include "pmprep/tui/canvas.h"
#include "pmprep/tui/key.h"

/* One table feeds the dispatch, the key bar and the help screen. Walked screen -> parent -> global. */

/* Where a binding is shown. */
enum binding_flags {
    BIND_BAR = 1 << 0,  /* shown in the key bar while there is room, in table order */
    BIND_QUIET = 1 << 1 /* left out of the help too (an alias) */
};

/* Keys to one action: a row of a keymap. */
struct binding {
    const char *keys;  /* names separated by blanks: "j Down"; the first is the one shown. "1-5" is a range: the action
                          grows with it */
    int action;        /* the screen's own enum; ACTION_ ones are common */
    const char *label; /* one or two words for the key bar */
    const char *help;  /* a phrase for the help screen */
    unsigned flags;
};

/* The keys of a screen or of a part of it. */
struct keymap {
    const char *title; /* heading in the help: "Answering" */
    const struct binding *at;
    size_t count;
    const struct keymap *parent; /* NULL ends */
};

enum { ACTION_NONE = 0, ACTION_HELP = 1000, ACTION_QUIT, ACTION_REDRAW, ACTION_SUSPEND };

/* Lists: arrows and vi keys, pages, ends. Screens name it as parent. */
enum {
    ACTION_UP = 1100,
    ACTION_DOWN,
    ACTION_PAGE_UP,
    ACTION_PAGE_DOWN,
    ACTION_TOP,
    ACTION_BOTTOM,
    ACTION_OPEN,
    ACTION_BACK
};
extern const struct keymap
    keymap_global; /* ? F1 help, ^L redraw, ^Z suspend; a screen that types binds F1 to ACTION_HELP itself */
extern const struct keymap keymap_typing; /* the same where printable keys type: F1 is the help */
extern const struct keymap keymap_list;   /* parent: keymap_global */

/* ACTION_NONE when unbound. */
int keymap_find(const struct keymap *m, const struct key *k);

/* The name that is shown for it: the first of its keys. */
struct sv binding_key(const struct binding *b);

/* The key bar of a map on one row: "^S submit   F3 pause ..." as many as fit, ? or F1 help kept at the end. */
void keymap_draw_bar(const struct keymap *m, struct canvas *c, int row);

#endif
