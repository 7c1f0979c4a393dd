#ifndef PMPREP_CLI_NAMES_H
#define PMPREP_CLI_NAMES_H

#include "pmprep/bank/library.h"

/* Names that only the library knows, checked before a filter is used: a slip says what was meant in place of "nothing
 * fits". */

/* The principles and banks a FILTER names. ERR_USAGE with the nearest name. */
bool names_check(struct library *library, const struct filter *f, struct err *err);

/* ERR_NOT_FOUND with the nearest bank. */
bool names_bank(struct library *library, const char *name, struct err *err);

#endif
