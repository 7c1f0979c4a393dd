#ifndef PMPREP_APP_COMPOSE_H
#define PMPREP_APP_COMPOSE_H

#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>

/*
 * Writing in $VISUAL or $EDITOR the way git commit does: intro becomes "# " lines above the text; on a clean exit the text without the
 * # lines is left in *text and *saved is true; a failing exit (":cq") or an unchanged empty file leaves *text as it was. The file is
 * private (0600 in a 0700 folder), removed afterwards; argv and exec, never a shell. The terminal must be free.
 */
bool compose(const char *intro, struct buf *text, bool *saved, struct err *err);

#endif
