#ifndef PMPREP_CLI_MOCK_REPORT_H
#define PMPREP_CLI_MOCK_REPORT_H

#include "cli/out.h"
#include "pmprep/app/mock.h"

/* A debrief as a document: everything that the report holds, in four shapes. User's text passes the sanitiser and the
 * escapes of the format, so that no answer turns into markup. */

void mock_report_text(struct out *o, const struct mock_report *r);     /* for the terminal, 76 columns */
void mock_report_markdown(struct out *o, const struct mock_report *r); /* CommonMark with tables */
void mock_report_html(struct out *o, const struct mock_report *r);     /* one file, nothing loaded; prints on A4 */

/* One object and a newline: id loop title state started_at mode pace target bias stages[] votes[] verdict{as_voted
 * after_bias at_risk} reasons[] fixes[] principles[] conflicts[] time{} against notes arithmetic[] answers[] claims[].
 * Stages are counted from 1, times are in seconds, offsets of findings are code points. */
void mock_report_json(struct out *o, const struct mock_report *r);

#endif
