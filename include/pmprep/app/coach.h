#ifndef PMPREP_APP_COACH_H
#define PMPREP_APP_COACH_H

#include "pmprep/app/app.h"
#include "pmprep/coach/coach.h"

/* The coach as the library and the preferences have it. */

/* Opened on the first call and kept until app_close(), so that what never asks does not pay for it. A rule or file of
 * words that cannot be used is left out and told by app_coach_problems(), the others work. False when no rule is left,
 * or there is no data folder. */
bool app_coach(struct app *app, const struct coach **out, struct err *err);

/* One line each, "file:line:col: what is wrong" where there is a place; also rules of the preferences that there are
 * not. Borrowed until app_close(); none before app_coach(). */
const char *const *app_coach_problems(struct app *app, size_t *count);

/* ERR_USAGE with the nearest name when the coach has no such kind of answer, the library no such principle, the coach
 * no such rule. */
bool coach_check_kind(const char *kind, struct err *err);
bool coach_check_principle(struct app *app, const char *principle, struct err *err);
bool coach_check_rule(const struct coach *c, const char *rule, struct err *err);

/* A fixture on which its rule does not do what its file says. */
struct coach_failure {
    const char *rule;
    struct place place; /* of the rule */
    bool fires;         /* what it should have done: fired, else been silent */
    const char *words;  /* the first words of the fixture */
};
struct self_test {
    unsigned passed;
    struct coach_failure *failures;
    size_t failure_count;
};
/* Every fixture of every rule in use. In the arena. */
void coach_self_test(const struct coach *c, struct arena *a, struct self_test *out);

#endif
