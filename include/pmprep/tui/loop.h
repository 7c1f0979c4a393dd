#ifndef PMPREP_TUI_LOOP_H
#define PMPREP_TUI_LOOP_H

#include "pmprep/tui/screen.h"

/*
 * The stack of screens and the one place that waits: poll on the terminal and a self-pipe for signals. Each turn drains
 * the input, lets the top screen act, draws once, flushes once. On SIGHUP, SIGTERM, SIGINT-from-outside and exit every
 * screen is saved, top first.
 */
struct loop_options {
    enum theme theme;
    bool mouse;
};

struct loop;

/*
 * Takes the terminal on stdin and stdout, runs until the stack is empty or a screen quits, gives the terminal back.
 * Takes ownership of first. *signal_out is the signal to die by, or 0: after SIGHUP, SIGTERM, SIGINT or SIGQUIT, and
 * SIGHUP when the terminal went away. False when the terminal cannot be used, or when something could not be saved on
 * the way out (the signal is told all the same). LC_CTYPE must be set, to a UTF-8 locale for anything but ASCII.
 * Printable keys never reach a keymap while ops->typing; otherwise the keymap of the screen comes first, then
 * keymap_global, and what nobody binds goes to ops->key. ^C is a key like any other. A screen that answers SCREEN_QUIT
 * leaves only if every screen could be saved; else the error is shown and a second wish is granted. SCREEN_POP saves
 * nothing: a screen that is left does that itself.
 */
bool loop_run(const struct loop_options *o, struct screen *first, int *signal_out, struct err *err);

/* Called from handlers. */
void loop_push(struct loop *l, struct screen *s);    /* takes ownership; shown after this turn's handler */
void loop_replace(struct loop *l, struct screen *s); /* frees the top one, then pushes */
/* On the status row, and above it if need be, until the next key; errors in ROLE_ERROR. */
void loop_status(struct loop *l, enum role role, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void loop_error(struct loop *l, const struct err *err);
const char *loop_status_text(const struct loop *l, enum role *role); /* "" when none */
void loop_set_theme(struct loop *l, enum theme t);
/* Gives the terminal to fn (an editor) and takes it back with a full redraw. */
bool loop_outside(struct loop *l, bool (*fn)(void *arg, struct err *err), void *arg, struct err *err);
int64_t loop_now(const struct loop *l); /* monotonic ms of this turn */

/*
 * The same loop without a terminal, for tests of screens: keys and time are fed in, frames looked at. loop_outside then
 * calls fn directly; suspend and redraw do nothing.
 */
struct loop *loop_new(const struct loop_options *o, struct screen *first,
                      int64_t mono_ms);                             /* owned; 80x24 until drawn */
void loop_free(struct loop *l);                                     /* frees the screens */
void loop_feed(struct loop *l, const struct key *k);                /* one turn */
void loop_advance(struct loop *l, int64_t mono_ms);                 /* moves time and ticks if that is due */
void loop_apply(struct loop *l, unsigned bits);                     /* as if a handler had answered that */
const struct canvas *loop_draw(struct loop *l, int rows, int cols); /* borrowed until the next call */
bool loop_save(struct loop *l, struct err *err); /* every screen, top first; all are tried, the first problem is told */
bool loop_done(const struct loop *l);

/* The frame every screen shares: title left and right on row 0, key bar on the last row, status on the row above it.
 * The body is rows *top .. *bottom (exclusive). Below 60x18 loop draws a notice in place of the screen and keeps its
 * state. */
void frame_draw(struct canvas *c, const char *left, const char *right, const struct keymap *m, int *top, int *bottom);
#define SCREEN_MIN_COLS 60
#define SCREEN_MIN_ROWS 18

#endif
