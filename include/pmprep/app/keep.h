#ifndef PMPREP_APP_KEEP_H
#define PMPREP_APP_KEEP_H

#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>

/*
 * The way out for a text that the user's file does not take: it goes to pmprep-YYYYMMDD-HHMMSS.txt (local time, mode
 * 0600) in the home folder or, when that takes nothing either, in a private folder under $TMPDIR. Nothing is
 * overwritten. The path is appended to *path; err tells of the last place tried.
 */
bool keep_text(struct sv text, struct buf *path, struct err *err);

#endif
