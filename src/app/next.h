#ifndef PMPREP_APP_NEXT_H
#define PMPREP_APP_NEXT_H

#include "pmprep/app/progress.h"

/* The next best thing to do, as a drill started now would choose it: fills next_title, next_reason, next_plan,
 * has_next. */
bool next_thing(struct app *app, struct arena *a, struct progress_home *out, struct err *err);

#endif
