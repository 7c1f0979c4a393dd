#ifndef PMPREP_APP_COMPOSE_H
#define PMPREP_APP_COMPOSE_H

#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>

/*
 * Writing in $VISUAL or $EDITOR (else vi) the way git commit does: intro becomes "# " lines above the text; "" is none.
 * On a clean exit the text is left in *text, without the block of # lines at the top and without ours wherever they
 * went (other lines with a # are the user's words), and *saved is true. A failing exit (":cq") or an unchanged empty
 * file leaves *text as it was; an editor that was killed counts as clean if it had saved. The file is private (0600 in
 * a 0700 folder) and removed afterwards with whatever the editor left beside it; argv and exec, never a shell. The
 * terminal must be free.
 */
bool compose(const char *intro, struct buf *text, bool *saved, struct err *err);

#endif
