#ifndef PMPREP_APP_DOCTOR_H
#define PMPREP_APP_DOCTOR_H

#include "pmprep/app/app.h"
#include "pmprep/base/buf.h"

/* What is installed and where, and whether it is sound. */

/* How a row stands; a single DOCTOR_BAD makes the exit code 1. */
enum doctor_state {
    DOCTOR_FINE,
    DOCTOR_NOTE, /* worth knowing, nothing is wrong */
    DOCTOR_BAD,
};

/* One thing that was looked at: a line of the report. */
struct doctor_row {
    const char *name; /* "database" */
    const char *value;
    enum doctor_state state;
};

/* Looks at everything and reports instead of failing; rows live in the arena. Reads all of the file: seconds on a large
 * one. */
void doctor_examine(struct app *app, struct arena *a, struct doctor_row **out, size_t *count);

/* Renames the user's file when it is damaged, and only then, so that the next start begins a new one; the new name is
 * appended to *moved. ERR_NOT_FOUND when nothing is wrong with it, ERR_CORRUPT when it is another program's; else why
 * neither can be told.
 */
bool doctor_set_aside(struct app *app, struct buf *moved, struct err *err);

#endif
