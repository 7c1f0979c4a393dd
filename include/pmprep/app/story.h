#ifndef PMPREP_APP_STORY_H
#define PMPREP_APP_STORY_H

#include "pmprep/app/app.h"
#include "pmprep/base/buf.h"
#include "pmprep/store/record.h"

/* The story bank. Principles are checked against the library; a headline is required. */
bool story_add(struct app *app, struct story *st, struct arena *a, struct err *err); /* fills id and times */
/* before is the story as it was read: fields in which st equals it keep what the file has by now, so that what another
 * pmprep changed meanwhile is not undone. */
bool story_change(struct app *app, const struct story *before, const struct story *st, struct err *err);
bool story_list(struct app *app, struct arena *a, struct story **out, size_t *count, struct err *err);
/* By a beginning of its id, or by words of its headline when only one story has them. */
bool story_find(struct app *app, const char *id_or_headline, struct arena *a, struct story *out, struct err *err);
bool story_remove(struct app *app, const char *id, struct err *err);
bool story_restore(struct app *app, const char *id, struct err *err); /* undoes the removal */

/* The text fields by name, in the order of the template: for forms, options and output. */
struct story_field {
    const char *name; /* "headline" */
    const char *hint; /* what belongs there */
    size_t offset;    /* of the const char * in struct story */
};
extern const struct story_field story_fields[]; /* ends with a NULL name; principles are not among them */
const char *story_get_field(const struct story *st, const struct story_field *f);
void story_set_field(struct story *st, const struct story_field *f, const char *value); /* borrows value */
void story_init(struct story *st);                                                      /* every field empty */

/* "ownership, dive-deep" -> kebab-case ids in the arena; names in full ("Dive Deep") too. ERR_USAGE with the nearest.
 */
bool story_principles(struct app *app, struct sv list, struct arena *a, struct strings *out, struct err *err);

/* The $EDITOR template: "headline: ..." lines under # help, more lines of a field indented; parse reads it back into
 * out (problems name the line). Principles come as written: story_add and story_change check them. Fields that are not
 * named stay as they are. */
void story_template(const struct story *st, struct buf *out);
bool story_parse(struct sv text, struct arena *a, struct story *out, struct err *err);

/* Stories that mention the typed letters, best first: for type-ahead. Indices into list; answers how many, at most max.
 */
size_t story_match(const struct story *list, size_t count, struct sv typed, size_t *index, size_t max);

#endif
