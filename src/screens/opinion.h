#ifndef PMPREP_SCREENS_OPINION_H
#define PMPREP_SCREENS_OPINION_H

#include "page.h"
#include "screens.h"

#include "pmprep/store/record.h"

/* What reviewers said of an answer, each under its own heading; nothing when there is none.
 */
void opinion_add_all(struct page *p, const struct attempt *at);

/* Asks the reviewer about a stored answer and shows what it says; what the same command said before is shown first.
 * NULL with err when there is no reviewer or nothing to read. */
struct screen *opinion_screen(struct app *app, const char *id, struct err *err);

#endif
