#ifndef PMPREP_APP_STORY_H
#define PMPREP_APP_STORY_H

#include "pmprep/app/app.h"
#include "pmprep/store/record.h"

/* The story bank. Principles are checked against the library; a headline is required. */
bool story_add(struct app *app, struct story *st, struct arena *a, struct err *err); /* fills id and times */
bool story_change(struct app *app, const struct story *st, struct err *err);
bool story_list(struct app *app, struct arena *a, struct story **out, size_t *count, struct err *err);
bool story_find(struct app *app, const char *id_or_headline, struct arena *a, struct story *out, struct err *err);
bool story_remove(struct app *app, const char *id, struct err *err);

/* The $EDITOR template: "headline: ..." lines under # help; parse reads it back (problems name the line). */
void story_template(const struct story *st, struct buf *out);
bool story_parse(struct sv text, struct arena *a, struct story *out, struct err *err);

/* Stories that mention the typed letters, best first: for type-ahead. Indices into list. */
size_t story_match(const struct story *list, size_t count, struct sv typed, size_t *index, size_t max);

#endif
