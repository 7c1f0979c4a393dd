#include "screens.h"

#include <stdlib.h>

/* The entries of the screens: open, take the terminal, run. */

static void read_options(struct app *app, struct loop_options *o)
{
    const struct config *config = app_config(app);
    const char *no_color = getenv("NO_COLOR");
    *o = (struct loop_options){.theme = THEME_DARK, .mouse = config_bool(config, "mouse")};
    theme_parse(sv_from(config_text(config, "theme")), &o->theme);
    if (no_color && no_color[0])
        o->theme = THEME_MONO;
}

static bool run(struct app *app, struct screen *first, int *signal_out, struct err *err)
{
    struct loop_options o;
    if (!first)
        return false;
    read_options(app, &o);
    return loop_run(&o, first, signal_out, err);
}

bool tui_home(struct app *app, int *signal_out, struct err *err)
{
    return run(app, home_screen(app, err), signal_out, err);
}

/* An answer that was never submitted comes first. */
static struct screen *first_of_drill(struct app *app, const struct drill_options *options, bool resume, struct err *err)
{
    struct drill *d;
    bool waiting = false;
    struct err problem = ERR_INIT;
    struct screen *offer = resume ? NULL : offer_screen(app, options, &waiting, &problem);
    if (offer)
        return offer;
    if (problem.code != ERR_NONE) {
        *err = problem;
        return NULL;
    }
    if (!(resume ? drill_resume(app, &d, err) : drill_open(app, options, &d, err)))
        return NULL;
    return drill_screen(app, d);
}

bool tui_drill(struct app *app, const struct drill_options *options, bool resume, int *signal_out, struct err *err)
{
    return run(app, first_of_drill(app, options, resume, err), signal_out, err);
}

static bool resume_mock(struct app *app, const char *loop, struct mock **out, struct err *err)
{
    struct arena a = ARENA_INIT;
    struct mock_run run;
    bool found = false;
    bool ok = mock_waiting(app, loop, &a, &run, &found, err);
    if (ok && !found)
        ok = err_set(err, ERR_NOT_FOUND, "there is no unfinished mock to resume: `pmprep mock --list` shows all loops");
    ok = ok && mock_resume(app, run.id, out, err);
    arena_release(&a);
    return ok;
}

/* A loop that is unfinished comes first. */
static struct screen *first_of_mock(struct app *app, const struct mock_options *options, bool resume, struct err *err)
{
    struct mock *m;
    bool waiting = false;
    struct err problem = ERR_INIT;
    struct screen *offer = resume ? NULL : mock_offer_screen(app, options, &waiting, &problem);
    if (offer)
        return offer;
    if (problem.code != ERR_NONE) {
        *err = problem;
        return NULL;
    }
    if (!(resume ? resume_mock(app, options->loop, &m, err) : mock_open(app, options, &m, err)))
        return NULL;
    return mock_screen(app, m);
}

bool tui_mock(struct app *app, const struct mock_options *options, bool resume, int *signal_out, struct err *err)
{
    return run(app, first_of_mock(app, options, resume, err), signal_out, err);
}

bool tui_review(struct app *app, const struct filter *filter, int *signal_out, struct err *err)
{
    return run(app, review_screen(app, filter, err), signal_out, err);
}

bool tui_stories(struct app *app, int *signal_out, struct err *err)
{
    return run(app, stories_screen(app, err), signal_out, err);
}
