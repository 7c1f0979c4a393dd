#ifndef PMPREP_APP_PROGRESS_H
#define PMPREP_APP_PROGRESS_H

#include "pmprep/app/app.h"
#include "pmprep/app/mock.h"
#include "pmprep/store/record.h"

/* What Home and `due` show. Everything lives in the caller's arena. A read-only app without a file is a user's first
 * day. */
struct progress_due {
    unsigned due;
    bool has_milestone;
    int days_left;         /* to the next milestone, 0 on its day */
    const char *milestone; /* its title */
};
bool progress_due(struct app *app, struct arena *a, struct progress_due *out, struct err *err); /* opens no bank */

#define HOME_DAYS 14

/* The whole of Home, in the caller's arena; without a file yet: everything empty, first_run set. */
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
    bool has_mock;        /* a mock interview that can be resumed: mock_resume(), mock_discard() */
    struct mock_run mock; /* the one that was touched last */
    /* the last HOME_DAYS practice days */
    const struct coverage *coverage; /* one per principle, official order; answers 0 where none */
    const char *const *principle_names;
    size_t coverage_count;
    struct day_total days[HOME_DAYS]; /* the last is today */
    unsigned week_days;               /* practised of the last 7 */
    int64_t week_ms;
    struct habits flaws; /* that come back: in at least HABIT_LEAST of flaws.answers answers; count 0: none */
    unsigned streak;     /* practice days in a row */
    unsigned answers;    /* all time */
    bool first_run;      /* nothing yet and the first run was not done or skipped */
    bool sealed_back;    /* the sealed first answer has come back and was not looked at since */
    int32_t sealed_days; /* practice days since it was given */
};
bool progress_home(struct app *app, struct arena *a, struct progress_home *out, struct err *err);

/* The next milestone of that kind, replaced when there is one that is not done. Practice days; both 0: the date is
 * unknown. The schedule follows at once: what would come back after it is due before. */
bool progress_set_milestone(struct app *app, const char *kind, const char *title, int32_t first_day, int32_t last_day,
                            struct err *err);
bool progress_first_run_done(struct app *app, struct err *err);

/*
 * The sealed first answer: stored as an attempt on the item PROGRESS_SEALED_ITEM, hidden from review until SEALED_FIRST
 * practice days have passed; it comes back for comparison then and after SEALED_SECOND.
 */
#define PROGRESS_SEALED_ITEM "sealed/first-answer"
enum { SEALED_FIRST = 21, SEALED_SECOND = 42 };
const char *progress_sealed_question(void);
bool progress_seal(struct app *app, struct sv text, int64_t active_ms, enum answer_mode mode, struct err *err);
/* What is typed of it so far, kept until it is sealed; "" when there is none. */
bool progress_sealed_draft(struct app *app, struct arena *a, const char **text, struct err *err);
bool progress_save_sealed_draft(struct app *app, struct sv text, struct err *err);
bool progress_sealed_seen(struct app *app, struct err *err); /* until the next time it comes back */

#endif
