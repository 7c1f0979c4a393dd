#ifndef PMPREP_TUI_SIGNALS_H
#define PMPREP_TUI_SIGNALS_H

#include "pmprep/base/err.h"

#include <stdbool.h>

/* Signals as readable bytes: handlers set a flag and wake the poll, the loop does the work. */

/* Installs the handlers; a crash runs crash() first and then dies as it would have. */
bool signals_open(void (*crash)(void), struct err *err);
void signals_close(void);
int signals_fd(void); /* readable when a signal is waiting */

/* The number of a signal that came since, 0 when none; each is told once. */
int signals_next(void);

/* Stops the program's process group as ^Z would; answers when it goes on. */
void signals_stop(void);

/* While another program has the terminal ^Z is the system's business again. */
void signals_outside(bool outside);

#endif
