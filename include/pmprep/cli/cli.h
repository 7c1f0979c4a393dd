#ifndef PMPREP_CLI_CLI_H
#define PMPREP_CLI_CLI_H

#include "pmprep/app/app.h"
#include "pmprep/app/drill.h"
#include "pmprep/app/mock.h"
#include "pmprep/base/err.h"

/* The command line. Exit codes are chosen here and in main only. */

/* The only exit codes there are, but for the end by a signal. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_FOUND = 1, /* a check found something, content is malformed, or the operation failed */
    EXIT_WRONG = 2, /* wrong usage, or a file that cannot be opened */
};

/*
 * The screens, set in main so that cli does not know them. Each opens what it shows before it takes the terminal, so
 * that a refusal is still one sentence on stderr; it answers false with err then. *signal_out is the signal to die by,
 * 0 for none.
 */
struct cli_tui {
    bool (*home)(struct app *app, int *signal_out, struct err *err); /* first run included */
    bool (*drill)(struct app *app, const struct drill_options *options, bool resume, int *signal_out, struct err *err);
    /* resume: the newest unfinished loop, of options->loop if that is set, at once; else it is offered first. */
    bool (*mock)(struct app *app, const struct mock_options *options, bool resume, int *signal_out, struct err *err);
    bool (*review)(struct app *app, const struct filter *filter, int *signal_out, struct err *err);
    bool (*stories)(struct app *app, int *signal_out, struct err *err);
};

/* Runs the command line and answers its exit code. tui NULL, or a member NULL: always plain. *signal_out as above. */
int cli_main(int argc, char **argv, const struct cli_tui *tui, int *signal_out);

#endif
