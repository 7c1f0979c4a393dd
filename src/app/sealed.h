#ifndef PMPREP_APP_SEALED_H
#define PMPREP_APP_SEALED_H

#include "pmprep/app/progress.h"

#define SEALED_BANK "sealed"

/* Practice days since the sealed answer was given, -1 when there is none. store NULL: there is none. */
bool sealed_age(struct app *app, struct store *store, int32_t *days, struct err *err);

/* It has come back and was not looked at since. */
bool sealed_is_back(struct store *store, int32_t age, bool *back, struct err *err);

#endif
