#ifndef PMPREP_SCREENS_SCREENS_H
#define PMPREP_SCREENS_SCREENS_H

#include "pmprep/app/app.h"
#include "pmprep/app/drill.h"
#include "pmprep/base/err.h"
#include "pmprep/tui/loop.h"

/* Each makes one screen, ready for loop_push(), which owns it from then on. NULL with err when what it shows cannot be
 * opened. */
struct screen *home_screen(struct app *app, struct err *err);
struct screen *first_run_screen(struct app *app);
/* Takes ownership of d, also when it fails. */
struct screen *drill_screen(struct app *app, struct drill *d);
/* Offers the answer that was never submitted before a new drill begins. NULL with *waiting false when there is none,
 * NULL with err when it could not be read. The options' strings are borrowed for the screen's life. */
struct screen *offer_screen(struct app *app, const struct drill_options *options, bool *waiting, struct err *err);
struct screen *review_screen(struct app *app, const struct filter *f, struct err *err);
struct screen *reader_screen(struct app *app, const char *attempt_id, struct err *err);
struct screen *stories_screen(struct app *app, struct err *err);
/* All keys of a map and its parents. */
struct screen *help_screen(const struct keymap *m);

#endif
