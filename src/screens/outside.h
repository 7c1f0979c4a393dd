#ifndef PMPREP_SCREENS_OUTSIDE_H
#define PMPREP_SCREENS_OUTSIDE_H

#include "pmprep/tui/edit.h"
#include "pmprep/tui/loop.h"

/* Gives the terminal to $EDITOR with the text of e, intro as # lines above it, and takes the result back into e. *saved
 * is false when the editor gave nothing back; e is as it was then, and on failure. */
bool outside_edit(struct loop *l, const char *intro, struct edit *e, bool *saved, struct err *err);

#endif
