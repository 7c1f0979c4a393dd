#ifndef PMPREP_BASE_PROC_H
#define PMPREP_BASE_PROC_H

#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Splits a configured command into argv (NULL-terminated, in the arena): blanks separate, '...' and "..." group,
 * backslash escapes. No shell is involved: no variables, globs, pipes. An empty command or an open quote is an error.
 */
bool proc_split(const char *command, struct arena *a, char ***argv, struct err *err);

/*
 * Runs argv with the terminal (inherited stdin, stdout, stderr), waits, and gives its exit status (128 + signal if
 * killed). SIGINT and SIGQUIT are ignored here meanwhile and default in the child. False only when it could not be
 * started.
 */
bool proc_run(char *const argv[], int *status, struct err *err);

/*
 * A program at the other end of pipes: it gets a text on its standard input, what it prints is kept up to a limit. It
 * runs in a session of its own, without our terminal, and (on Linux) does not outlive us; when its time is up it is
 * killed with everything it started.
 */
struct proc_limits {
    size_t bytes; /* of output: more ends it; 0: all of it is thrown away */
    int64_t ms;   /* from its start to its end */
};

enum proc_end {
    PROC_RUNS,
    PROC_EXITED,   /* status is its exit status */
    PROC_KILLED,   /* status is the signal, which was not ours */
    PROC_TOO_LONG, /* its time was up */
    PROC_TOO_MUCH, /* it printed more than the limit; what came until then is in output */
    PROC_STOPPED,  /* by proc_stop() or ^C */
};

struct proc;

/* input is copied. False when it cannot be started. */
bool proc_start(char *const argv[], struct sv input, const struct proc_limits *limits, struct proc **out,
                struct err *err);
/* Moves what there is to move; waits for more, for at most wait_ms (0: not at all). True once the program has ended. */
bool proc_step(struct proc *p, int wait_ms);
void proc_signal(struct proc *p, int sig); /* to the program and what it started; nothing once it has ended */
void proc_stop(struct proc *p);            /* kills it now */
void proc_free(struct proc *p);            /* NULL is fine; stops it first */

enum proc_end proc_ended(const struct proc *p, int *status);
struct sv proc_output(const struct proc *p); /* as it came, any bytes; borrowed until the next call */
/* True after exit status 0. Else a sentence that names the program, with the last line it printed as an error. */
bool proc_result(const struct proc *p, struct err *err);

/* The same in one call, waiting for its end; ^C stops it (ERR_CANCELLED), and a signal that asks us to end ends it too.
 * The output is appended; after PROC_TOO_MUCH it is what came until then and the answer false. */
bool proc_pipe(char *const argv[], struct sv input, const struct proc_limits *limits, struct buf *output,
               struct err *err);
/* Waits like proc_pipe() for one that was started already. */
void proc_wait(struct proc *p);

#endif
