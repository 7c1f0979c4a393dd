#ifndef PMPREP_TUI_LOOP_IMPL_H
#define PMPREP_TUI_LOOP_IMPL_H

#include "pmprep/tui/loop.h"
#include "signals.h"
#include "term.h"

struct loop {
    enum theme theme;
    struct term *term; /* NULL: headless */
    struct screen *top;
    struct screen *pushed; /* to be shown after the handler, the last one on top; linked by below */
    bool replace;          /* the top one gives way to them */
    bool done;
    bool dirty;  /* something visible changed since the last frame */
    bool insist; /* saving failed when the user wanted to quit; the next wish is granted */
    bool want_suspend, want_redraw;
    int64_t now; /* monotonic ms of this turn */
    struct buf status;
    enum role status_role;
    struct canvas canvas;
};

bool loop_too_small(const struct loop *l);
/* The moment of the next tick, INT64_MAX when nothing waits for time: also while the screen is hidden by the notice. */
int64_t loop_wake(const struct loop *l);
void loop_resize(struct loop *l, int rows, int cols);
void loop_pause(struct loop *l, bool paused); /* every screen, top first */

#endif
