#ifndef PMPREP_BASE_PROC_H
#define PMPREP_BASE_PROC_H

#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"

#include <stdbool.h>

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

#endif
