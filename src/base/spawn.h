#ifndef PMPREP_BASE_SPAWN_H
#define PMPREP_BASE_SPAWN_H

#include "pmprep/base/err.h"

#include <stdbool.h>
#include <sys/types.h>

/* What proc.c and pipe.c share: a child that has become the program, or the reason why not. */

/* A pipe whose ends are above 2 and closed on exec; false with errno. */
bool proc_pair(int ends[2]);

/* fds: what become its standard input, output and errors, all above 2 and closed on exec, in a session of its own
 * without a terminal; NULL leaves it ours and our session. */
bool proc_spawn(char *const argv[], const int *fds, pid_t *child, struct err *err);

#endif
