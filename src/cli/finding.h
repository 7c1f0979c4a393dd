#ifndef PMPREP_CLI_FINDING_H
#define PMPREP_CLI_FINDING_H

#include "cli/command.h"
#include "pmprep/store/record.h"

/* Stored findings as lines: "line 3: [rule] severity: message", the words they are about, what to do. */

/* "line 3: [we-fog] error: Nobody can tell ... (dismissed)", without a newline. One of a tick list has no line. */
void finding_line_text(const struct finding *f, const char *text, struct buf *out);
void findings_show(struct cli *c, const struct finding *list, size_t count, const char *text);

#endif
