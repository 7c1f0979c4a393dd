#ifndef PMPREP_TUI_RESCUE_H
#define PMPREP_TUI_RESCUE_H

#include <stdbool.h>

/* Gives the terminal back from a program that is dying: prepared while all is well, run from signal handlers, fatal()
 * and exit(). */

bool rescue_begin(void); /* remembers the mode of the terminal; false when it has none. Forgets what was added. */
void rescue_add(const char *s); /* a string of the terminal's database to be sent */
void rescue_arm(bool armed);    /* whether the terminal is ours at the moment */
bool rescue_armed(void);
void rescue_now(void); /* only async-signal-safe calls; disarms; nothing when not armed */

#endif
