#ifndef PMPREP_APP_PROGRESS_H
#define PMPREP_APP_PROGRESS_H

#include "pmprep/app/app.h"
#include "pmprep/store/record.h"

/* What Home and `due` show. */
struct progress_due {
    unsigned due;
    bool has_milestone;
    int days_left;          /* to the next milestone */
    const char *milestone;  /* its title */
};
bool progress_due(struct app *app, struct arena *a, struct progress_due *out, struct err *err);

struct progress_home {
    struct progress_due due;
    /* the next best thing */
    const char *next_title;  /* "Ownership - \"An outcome that failed under you\"" */
    const char *next_reason; /* "due today, 3 lapses" */
    const char *next_plan;   /* "20 minutes: 2 spoken answers, 1 pair, 3 quick choices" */
    bool has_next;
    /* unfinished work */
    bool has_draft;
    struct draft draft;
    /* the last 14 days */
    const struct coverage *coverage; /* one per principle, official order; answers 0 where none */
    const char *const *principle_names;
    size_t coverage_count;
    struct day_total days[14]; /* the last is today */
    unsigned week_days;        /* practised of the last 7 */
    int64_t week_ms;
    unsigned streak;
    unsigned answers;          /* all time */
    bool first_run;            /* nothing yet and the first run was not done or skipped */
};
bool progress_home(struct app *app, struct arena *a, struct progress_home *out, struct err *err);

/* Milestones and the first run. */
bool progress_set_milestone(struct app *app, const char *kind, const char *title, int32_t first_day, int32_t last_day, struct err *err);
bool progress_first_run_done(struct app *app, struct err *err);
/* The sealed first answer: stored as an attempt, hidden from review lists until days 21 and 42. */
bool progress_seal(struct app *app, struct sv text, int64_t active_ms, enum answer_mode mode, struct err *err);

#endif
