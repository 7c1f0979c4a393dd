#ifndef CLI_COACH_H
#define CLI_COACH_H

#include "cli/command.h"
#include "pmprep/app/coach.h"
#include "pmprep/base/json.h"

/* What the parts of `pmprep coach` share. */
struct coach_job {
    struct cli *c;
    const struct coach *coach;
    const char *kind; /* "" */
    const char *principle;
    bool hints, report;
    struct json json;
    struct buf text;    /* of the JSON */
    bool found, failed; /* an error in an answer; a file that could not be read */
};

/* coach_rules.c; each answers the exit code */
int coach_list_rules(struct coach_job *job);
int coach_run_self_test(struct coach_job *job);
void coach_rule_json(struct json *j, const struct rule *r); /* the members of an object */

/* coach_explain.c */
int coach_explain(struct coach_job *job);

/* coach_labels.c */
int coach_score_labels(struct coach_job *job);

/* coach_report.c: what can be said of an answer besides findings */
void coach_print_length(struct cli *c, const char *file, const struct coach_report *r);
void coach_print_report(struct cli *c, const char *file, const struct coach_report *r);
void coach_report_json(struct json *j, const char *file, const struct coach_report *r);

#endif
