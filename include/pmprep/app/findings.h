#ifndef PMPREP_APP_FINDINGS_H
#define PMPREP_APP_FINDINGS_H

#include "pmprep/app/app.h"
#include "pmprep/bank/rule.h"
#include "pmprep/base/buf.h"
#include "pmprep/store/record.h"

/* What screens and the command line show of stored findings. */

/* The rule as it is now, for advice and source, which are not stored. NULL when it is gone or off, or the coach cannot
 * be opened. */
const struct rule *finding_rule(struct app *app, const struct finding *f);

/* Those that were not dismissed. */
size_t findings_standing(const struct finding *list, size_t count);
bool findings_have(const struct finding *list, size_t count, const char *rule); /* a standing one of that rule */

/* The bytes of the text that it points at, whole characters; false when there are none: a finding of a tick list, or a
 * text that is not the one it was found in. */
bool finding_span(const struct finding *f, struct sv text, size_t *start, size_t *end);
/* The line it begins in, from 1; 0 when it points at no words. */
size_t finding_line(const struct finding *f, struct sv text);

/* What a second try did with a finding of the first. */
enum finding_change { FINDING_MENDED, FINDING_STAYS, FINDING_NEW };
/* Appends the rules of which that is true, each once, with ", " between. What the user dismissed in either try does not
 * count. */
void findings_changed(const struct finding *before, size_t before_count, const struct finding *after,
                      size_t after_count, enum finding_change what, struct buf *out);
extern const char *const finding_change_words[]; /* "Mended" "Still there" "New" */

#endif
