#ifndef PMPREP_SCREENS_STORY_EDIT_H
#define PMPREP_SCREENS_STORY_EDIT_H

#include "pmprep/app/app.h"
#include "pmprep/store/record.h"
#include "pmprep/tui/loop.h"

/* Writing a story: the form, and the template in the user's editor. */

/* st NULL adds one; it is copied. */
struct screen *story_form_screen(struct app *app, const struct story *st);

/* What came back from the editor and could not be read: the next try on the same story begins with it. Zeroed is empty.
 */
struct story_unread {
    struct buf text;
    char of[UUID_SIZE];
};

/* Gives st as a template to the editor and stores what comes back, as story_store() does. *stored is false when the
 * editor gave nothing back. */
bool story_edit_outside(struct loop *l, struct app *app, const struct story *before, const struct story *st,
                        struct story_unread *unread, bool *stored, struct err *err);
/* Adds st, or changes before, the story as it was read, to it. */
bool story_store(struct app *app, const struct story *before, struct story *st, struct arena *a, struct err *err);

#endif
