#ifndef PMPREP_CLI_ATTEMPT_H
#define PMPREP_CLI_ATTEMPT_H

#include "cli/command.h"
#include "pmprep/store/record.h"

/* One answer in every shape it is printed in. */

void attempt_json(struct out *o, const struct attempt *at);           /* one line, no newline */
void attempt_show(struct cli *c, const struct attempt *at);           /* for reading */
void attempt_snippet(const struct attempt_row *row, struct buf *out); /* one line, hits as *word* */

void attempt_show_opinion(struct out *o, const struct opinion *opinion);
/* Asks the configured reviewer and waits; what it says is stored. */
bool attempt_ask_reviewer(struct cli *c, const char *id, struct err *err);
/* The same, and prints what it says. */
bool attempt_review(struct cli *c, const char *id, struct err *err);

/* An export: what comes before, each answer (index from 0), what comes after. */
struct attempt_format {
    const char *before;
    void (*one)(struct out *o, const struct attempt *at, size_t index);
    const char *after;
};
extern const struct attempt_format format_json, format_csv, format_markdown;

#endif
