#ifndef PMPREP_APP_REVIEW_H
#define PMPREP_APP_REVIEW_H

#include "pmprep/app/app.h"
#include "pmprep/store/record.h"

/* Reviewing past answers. attempt_row, attempt: plain records of store/. Everything lives in the caller's arena. */

/* Every filter here refuses due: and new: (ERR_USAGE): they say something of questions, not of past answers. The sealed
 * first answer is left out until its day (progress.h). */

/* Newest first, or best match first; limit 0 is all. */
bool review_list(struct app *app, const struct filter *f, size_t offset, size_t limit, struct arena *a,
                 struct attempt_row **out, size_t *count, bool *more, struct err *err);
bool review_count(struct app *app, const struct filter *f, size_t *count, struct err *err);
/* id may be any beginning of one that is unique. */
bool review_get(struct app *app, const char *id, struct arena *a, struct attempt *out, struct err *err);
/* All tries on the same item, for the side by side. */
bool review_tries(struct app *app, const char *item, struct arena *a, struct attempt **out, size_t *count,
                  struct err *err);
typedef bool review_fn(void *ctx, const struct attempt *at, struct err *err);
bool review_each(struct app *app, const struct filter *f, review_fn *fn, void *ctx, struct err *err);

/* Changes to one answer, each stored when it answers true; ERR_NOT_FOUND when there is no such id. A re-score is kept
 * beside the earlier scores. */
bool review_rescore(struct app *app, const char *id, const struct score *scores, size_t count, struct err *err);
bool review_annotate(struct app *app, const char *id, const char *note, struct err *err);
/* Dismisses a finding, its place in the answer's list and its rule, or takes that back. */
bool review_dismiss(struct app *app, const char *id, size_t place, const char *rule, bool dismissed, struct err *err);
bool review_flag(struct app *app, const char *id, bool flagged, struct err *err);
bool review_delete(struct app *app, const char *id, struct err *err); /* until review_purge it can come back */
bool review_undelete(struct app *app, const char *id, struct err *err);
bool review_purge(struct app *app, struct err *err); /* when undo closes: leaving the screen */
/* The rubric the answer was given under, from its stored snapshot, in the arena; NULL dimensions when it had none. */
bool review_rubric(struct app *app, const struct attempt *at, struct arena *a, struct rubric *out, struct err *err);

#endif
