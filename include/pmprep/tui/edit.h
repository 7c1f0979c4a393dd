#ifndef PMPREP_TUI_EDIT_H
#define PMPREP_TUI_EDIT_H

#include "pmprep/base/buf.h"
#include "pmprep/tui/canvas.h"
#include "pmprep/tui/key.h"
#include "pmprep/tui/keymap.h"
#include "pmprep/tui/text.h"

#include <stdbool.h>
#include <stddef.h>

/* The editor, free of the terminal: operations on a text with a cursor, tested one by one. Offsets are bytes on cluster
 * borders. */
struct edit;

struct edit *edit_new(const char *text); /* owned; NULL is empty; cursor at the end */
void edit_free(struct edit *e);
struct sv edit_text(const struct edit *e);                         /* borrowed until the next change */
void edit_set_text(struct edit *e, struct sv text, size_t cursor); /* clears undo */
size_t edit_cursor(const struct edit *e);
void edit_set_cursor(struct edit *e, size_t at);
unsigned edit_words(const struct edit *e);         /* kept up to date cheaply */
unsigned long edit_revision(const struct edit *e); /* grows with every change of the text */
void edit_single_line(struct edit *e, bool on);    /* forms and search boxes: newline is refused, paste is joined */
bool edit_busy(const struct edit *e);              /* a selection or the search prompt is open: Esc is the editor's */

/* All that the editor can do to text, free of any key. */
enum edit_op {
    EDIT_LEFT,
    EDIT_RIGHT,
    EDIT_UP,
    EDIT_DOWN, /* up and down go by screen rows of the last layout */
    EDIT_WORD_LEFT,
    EDIT_WORD_RIGHT,
    EDIT_LINE_START,
    EDIT_LINE_END,
    EDIT_TEXT_START,
    EDIT_TEXT_END,
    EDIT_PAGE_UP,
    EDIT_PAGE_DOWN,
    EDIT_BACKSPACE,
    EDIT_DELETE,
    EDIT_KILL_WORD_LEFT,
    EDIT_KILL_WORD_RIGHT,
    EDIT_KILL_LINE_LEFT,
    EDIT_KILL_LINE_RIGHT,
    EDIT_YANK,
    EDIT_NEWLINE,
    EDIT_UNDO,
    EDIT_REDO,
    EDIT_SELECT_LINE, /* starts or extends a selection by whole lines; kill and copy act on it; any motion keeps
                         extending */
    EDIT_COPY,
    EDIT_CUT,
    EDIT_UNSELECT,
    EDIT_OP_COUNT
};
bool edit_do(struct edit *e, enum edit_op op); /* false: nothing changed */
/* Typed or pasted, one undo step per word typed or per paste. Line ends become \n, malformed bytes and NUL U+FFFD.
 * False: nothing was left to insert. */
bool edit_insert(struct edit *e, struct sv text);
bool edit_search(struct edit *e, struct sv needle, bool forward); /* case-folded; moves the cursor; wraps around */

/* The editor's own keys: printable text, paste, and edit_keymap. True when the key was the editor's. While the search
 * prompt is open (it takes the last row of the area) nearly every key is. */
bool edit_key(struct edit *e, const struct key *k);
/* A screen with an editor names it as the parent of its map: the help lists it and the loop hands its keys to ops->key.
 */
extern const struct keymap edit_keymap;
bool edit_owns_action(int action); /* an action of edit_keymap */

/* Soft wrap at width (one column is kept for the cursor); keeps the cursor inside rows. Draws the visible rows with the
 * selection and the search hit, and with focus places the cursor. */
void edit_layout(struct edit *e, int width, int rows);
void edit_draw(const struct edit *e, struct canvas *c, int row, int col, bool focus);
/* A click at a row and column of the drawn area; false outside. */
bool edit_click(struct edit *e, int row, int col);

#endif
