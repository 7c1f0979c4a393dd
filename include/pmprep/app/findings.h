#ifndef PMPREP_APP_FINDINGS_H
#define PMPREP_APP_FINDINGS_H

#include "pmprep/app/app.h"
#include "pmprep/bank/rule.h"
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

#endif
