#ifndef PMPREP_APP_CONTENT_H
#define PMPREP_APP_CONTENT_H

#include "pmprep/app/app.h"
#include "pmprep/bank/bank.h"
#include "pmprep/base/buf.h"

/* Checking content files, and beginning one. */

/* Adds every problem of a file, or of the YAML files of a folder and of the banks/, rubrics/, principles/, loops/,
 * templates/, plans/, rules/ and words/ in it. The checker remembers the ids of all that it is given. *files counts
 * what was read. False for what cannot be opened. */
bool content_check(struct checker *c, const char *path, struct problems *p, size_t *files, struct err *err);

/* The same for everything that is loaded: shipped, the user's, --bank; with what only shows when all is together. */
bool content_check_all(struct app *app, struct problems *p, size_t *files, struct err *err);

/* Writes a commented bank to begin from into the user's folder and appends its path; what is there already is never
 * touched. */
bool content_new(struct app *app, const char *name, struct buf *path, struct err *err);

#endif
