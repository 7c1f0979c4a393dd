#ifndef PMPREP_TUI_EDIT_H
#define PMPREP_TUI_EDIT_H

#include "pmprep/base/buf.h"
#include "pmprep/tui/canvas.h"
#include "pmprep/tui/key.h"
#include "pmprep/tui/text.h"

#include <stdbool.h>
#include <stddef.h>

/* The editor, free of the terminal: operations on a text with a cursor, tested one by one. Offsets are bytes on cluster borders. */
struct edit;

struct edit *edit_new(const char *text); /* NULL is empty; cursor at the end */
void edit_free(struct edit *e);
struct sv edit_text(const struct edit *e); /* borrowed until the next change */
void edit_set_text(struct edit *e, struct sv text, size_t cursor); /* clears undo */
size_t edit_cursor(const struct edit *e);
void edit_set_cursor(struct edit *e, size_t at);
unsigned edit_words(const struct edit *e);   /* kept up to date cheaply */
unsigned long edit_revision(const struct edit *e); /* grows with every change of the text */
bool edit_single_line(struct edit *e, bool on);    /* forms and search boxes: newline is refused, paste is joined */

enum edit_op {
    EDIT_LEFT, EDIT_RIGHT, EDIT_UP, EDIT_DOWN, /* up and down go by screen rows of the last layout */
    EDIT_WORD_LEFT, EDIT_WORD_RIGHT, EDIT_LINE_START, EDIT_LINE_END, EDIT_TEXT_START, EDIT_TEXT_END,
    EDIT_PAGE_UP, EDIT_PAGE_DOWN,
    EDIT_BACKSPACE, EDIT_DELETE, EDIT_KILL_WORD_LEFT, EDIT_KILL_WORD_RIGHT, EDIT_KILL_LINE_LEFT, EDIT_KILL_LINE_RIGHT,
    EDIT_YANK, EDIT_NEWLINE, EDIT_UNDO, EDIT_REDO,
    EDIT_SELECT_LINE, /* starts or extends a selection by whole lines; kill and copy act on it; any motion keeps extending */
    EDIT_COPY, EDIT_CUT, EDIT_UNSELECT,
};
bool edit_do(struct edit *e, enum edit_op op);       /* false: nothing changed */
bool edit_insert(struct edit *e, struct sv text);    /* typed or pasted; one undo step per word typed or per paste */
bool edit_search(struct edit *e, struct sv needle, bool forward); /* case-folded; moves the cursor; wraps around */

/* The editor's own key table: printable text, ^A ^E ^B ^F ^P ^N ^K ^U ^W ^Y ^D, M-b M-f, Home End arrows, undo ^_ and M-u, redo M-r, ^G search... True when
 * the key was the editor's. */
bool edit_key(struct edit *e, const struct key *k);
extern const struct keymap edit_keymap; /* for the help screen */

/* Soft wrap at width; keeps the cursor inside rows. Draws the visible rows with the selection and the search hit. */
void edit_layout(struct edit *e, int width, int rows);
void edit_draw(const struct edit *e, struct canvas *c, int row, int col, bool focus);

#endif
