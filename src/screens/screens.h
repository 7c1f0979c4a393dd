#ifndef PMPREP_SCREENS_SCREENS_H
#define PMPREP_SCREENS_SCREENS_H

#include "pmprep/app/app.h"
#include "pmprep/app/drill.h"
#include "pmprep/app/mock.h"
#include "pmprep/base/err.h"
#include "pmprep/tui/loop.h"

#define KEYS(name, title_text, table, parent_map)                                                                      \
    static const struct keymap name = {title_text, table, sizeof(table) / sizeof((table)[0]), parent_map}

/* Each makes one screen, ready for loop_push(), which owns it from then on. NULL with err when what it shows cannot be
 * opened. */
struct screen *home_screen(struct app *app, struct err *err);
/* Milestone, target, stories, one pair, one sealed answer; Home shows it on a file that is new. */
struct screen *first_run_screen(struct app *app, struct err *err);
/* Takes ownership of d, also when it fails. */
struct screen *drill_screen(struct app *app, struct drill *d);
/* Offers the answer that was never submitted before a new drill begins. NULL with *waiting false when there is none,
 * NULL with err when it could not be read. The options' strings are borrowed for the screen's life. */
struct screen *offer_screen(struct app *app, const struct drill_options *options, bool *waiting, struct err *err);
struct screen *review_screen(struct app *app, const struct filter *f, struct err *err);
/* The answer at row *at of what the filter lists; *at follows when the reader goes to the next one. It and the filter
 * belong to the screen below; at NULL is the first row, and the filter is needed for this call only. */
struct screen *reader_screen(struct app *app, const struct filter *f, size_t *at, struct err *err);
struct screen *stories_screen(struct app *app, struct err *err);
/* The loops to choose from, those that are unfinished first. */
struct screen *mock_loops_screen(struct app *app, struct err *err);
/* The loops that are over, each with its debrief. */
struct screen *mock_past_screen(struct app *app, struct err *err);
/* The newest loop that can be resumed, of that id unless it is NULL; strings in the arena. */
bool mock_waiting(struct app *app, const char *loop, struct arena *a, struct mock_run *out, bool *found,
                  struct err *err);
/* Offers it before another one begins; as offer_screen(). */
struct screen *mock_offer_screen(struct app *app, const struct mock_options *options, bool *waiting, struct err *err);
/* Takes ownership of m. */
struct screen *mock_screen(struct app *app, struct mock *m);
/* A drill of what a debrief says to fix first. */
struct screen *mock_fix_screen(struct app *app, const struct debrief_fix *fix, struct err *err);
/* All keys of a map and its parents. */
struct screen *help_screen(const struct keymap *m);

/*
 * What the command line calls. Each opens what it shows before it takes the terminal, so that a refusal is still one
 * sentence on stderr; *signal_out is the signal to die by, 0 for none.
 */
bool tui_home(struct app *app, int *signal_out, struct err *err);
bool tui_drill(struct app *app, const struct drill_options *options, bool resume, int *signal_out, struct err *err);
/* resume: the newest unfinished loop, of options->loop if that is set, goes on without being offered first. */
bool tui_mock(struct app *app, const struct mock_options *options, bool resume, int *signal_out, struct err *err);
bool tui_review(struct app *app, const struct filter *filter, int *signal_out, struct err *err);
bool tui_stories(struct app *app, int *signal_out, struct err *err);

#endif
