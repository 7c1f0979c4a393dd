#ifndef PMPREP_APP_DOCTOR_H
#define PMPREP_APP_DOCTOR_H

#include "pmprep/app/app.h"

/* What is installed and where, and whether it is sound. */

enum doctor_state {
    DOCTOR_FINE,
    DOCTOR_NOTE, /* worth knowing, nothing is wrong */
    DOCTOR_BAD,
};

struct doctor_row {
    const char *name; /* "database" */
    const char *value;
    enum doctor_state state;
};

/* Looks at everything and reports instead of failing; rows live in the arena. Reads all of the file: seconds on a large
 * one. */
void doctor_examine(struct app *app, struct arena *a, struct doctor_row **out, size_t *count);

#endif
