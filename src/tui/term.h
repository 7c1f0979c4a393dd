#ifndef PMPREP_TUI_TERM_H
#define PMPREP_TUI_TERM_H

#include "pmprep/base/err.h"
#include "pmprep/tui/canvas.h"
#include "pmprep/tui/key.h"

#include <stdbool.h>

/* The terminal on stdin and stdout: takes it, shows canvases, reads keys, gives it back. At most one at a time. */
struct term;

/* Without colours, or with NO_COLOR set, the theme is THEME_MONO whatever was asked for. The locale must be set
 * already. */
bool term_open(enum theme theme, bool mouse, struct term **out, struct err *err);
void term_close(struct term *t);

int term_fd(const struct term *t);
void term_size(const struct term *t, int *rows, int *cols);
void term_resized(struct term *t); /* asks the system for the size again */
void term_set_theme(struct term *t, enum theme theme);

/* Sends what differs from the frame before. */
void term_show(struct term *t, const struct canvas *c);
void term_repaint(struct term *t); /* the next frame is sent whole */

/* The next key; false when nothing more is waiting. Blocks only inside a sequence that has begun, at most
 * PASTE_WAIT_MS. */
bool term_read(struct term *t, struct key *out);
bool term_lost(const struct term *t); /* reading met the end of the terminal */

/* For a suspend or another program: as it was before term_open, and back with the next frame sent whole. */
void term_leave(struct term *t);
void term_return(struct term *t);

#endif
