#ifndef PMPREP_APP_DRILL_PARTS_H
#define PMPREP_APP_DRILL_PARTS_H

#include "pmprep/app/drill.h"
#include "pmprep/app/schedule.h"
#include "pmprep/practice/select.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/schedule.h"

/* What the files of the drill share. */

/* One item from its question to its rating. Strings live in its arena. */
struct turn {
    struct arena arena;
    struct item item;
    struct item_meta meta;
    const char *unit; /* NULL: the item is gone from the banks, nothing is scheduled */
    const char *reason;
    const struct principle *principle;
    const struct rubric *rubric;
    struct select_item *selected; /* in the pool; NULL: asked for by name or resumed */
    struct round round;
    unsigned number; /* of the item within the drill, from 1 */
    struct attempt attempt;
    bool stored; /* the attempt is in the store */
    struct attempt again;
    bool again_stored;
    /* findings hang on attempt and again; the coach reads them once they are given and, the first, scored */
    enum drill_coached coached, again_coached;
    size_t chosen;          /* of attempt.findings */
    const char *story;      /* headline; "" */
    const char *speech;     /* pace and fillers; NULL without a transcript */
    struct strings telling; /* lines of drill_telling.c, once told */
    bool told;
    bool flagged;
    bool suspended;
    /* the draft of the step shown */
    struct buf draft;
    size_t draft_cursor;
    enum drill_step draft_step;
    const char *draft_session;
    bool draft_stored;
    /* the rating */
    struct planned planned[RATING_EASY + 1];
    bool is_planned;
    bool graded;
    const char *undo_what;
    char review[UUID_SIZE];
    struct schedule_row before;
    bool had_before;
};

struct drill {
    struct app *app;
    struct store *store;
    struct library *library;
    struct arena arena; /* life of the drill: the pool */
    struct arena plan_arena;
    struct select_pool pool;
    struct plan plan;      /* with the rows as they were at the last selection */
    struct select_ask ask; /* what does not change between selections */
    struct rng rng;
    enum answer_mode mode;
    int64_t median_ms[KIND_COUNT][MODE_COUNT];
    unsigned answers_before; /* all time, of every kind: every fifth is scored on all dimensions */
    struct session session;
    char session_id[UUID_SIZE];
    bool session_stored;
    unsigned count_limit; /* items; 0: by time */
    int64_t time_limit;   /* ms; 0: by items */
    bool single;          /* one item asked for by name or resumed */
    int64_t opened;       /* monotonic */
    int64_t paused_since; /* -1 while running */
    int64_t paused_ms;
    unsigned given;
    unsigned done, skipped;
    const char *stopped;
    struct turn *now;         /* NULL: done */
    struct turn *graded;      /* the last grading, for undo; may be now after an undo */
    struct turn *waiting;     /* given already when a grading was taken back */
    struct err coach_problem; /* why there is no coach, or what it had to leave out */
    bool coach_failed;
    struct drill_view view;
    struct score view_blind[ROUND_SCORES];
    struct score view_evidence[ROUND_SCORES];
    bool left;
};

/* ---- drill_pool.c: what there is and what comes next */
bool pool_load(struct drill *d, const struct drill_options *o, struct err *err);
bool pool_refresh(struct drill *d, struct err *err);                     /* the plan, after reviews */
bool pool_next(struct drill *d, struct arena *a, struct selection *out); /* false: nothing left */
bool pool_medians(struct drill *d, struct err *err);
struct budget pool_budget(const struct drill *d, const struct item_meta *m, enum answer_mode mode, unsigned max_words);
int64_t drill_elapsed(const struct drill *d); /* ms of the session, pauses left out */
int64_t drill_left(const struct drill *d);    /* INT64_MAX when counted in items */

/* ---- schedule.c: is the bank of this item there at all? Spares the search for a key that cannot be found. */
bool library_has_bank_of(struct library *lib, const char *key);

/* ---- drill_turn.c: beginning one item */
struct turn *turn_select(struct drill *d, const struct selection *s, struct err *err);
struct turn *turn_named(struct drill *d, const char *key, struct err *err);
struct turn *turn_resume(struct drill *d, const struct draft *draft, struct err *err);
void turn_free(struct turn *t);

/* ---- drill_save.c: what is stored when; each is one transaction */
enum save_flags { SAVE_DRAFT_DONE = 1 << 0 };
/* Upserts the attempt. After a failed commit the store is asked whether the attempt is there before anything is said.
 */
bool save_attempt(struct drill *d, struct turn *t, const struct attempt *at, unsigned flags, struct err *err);
/* found: the attempt with the findings that are stored with them; NULL: findings stay as they are. */
bool save_scores(struct drill *d, struct turn *t, const struct score_set *set, const struct attempt *found,
                 struct err *err);
bool save_draft(struct drill *d, struct turn *t, struct sv text, size_t cursor, struct err *err);
bool save_session(struct drill *d, struct err *err); /* its first write creates it */
bool save_grade(struct drill *d, struct turn *t, struct err *err);
bool save_undo(struct drill *d, struct turn *t, struct err *err);

/* ---- drill_findings.c */
/* Puts into the attempt, which need not be stored yet, what the coach finds. A coach that cannot be opened finds
 * nothing; false when the store cannot be read. */
bool findings_read(struct drill *d, struct turn *t, struct attempt *at, enum drill_coached *how, struct err *err);
enum drill_coached findings_how(const struct attempt *at);    /* how it would be read */
const struct finding *findings_to_mend(const struct turn *t); /* the chosen one, or the first that stands; NULL */

/* ---- drill_telling.c: once the evidence is reached */
void telling_fill(struct drill *d, struct turn *t);

/* ---- drill_view.c */
void view_fill(struct drill *d);
const char *turn_skill(const struct turn *t); /* the principle's name or the family's title */

/* ---- drill.c: the next item, or the end; now is dropped or kept for undo */
bool move_on(struct drill *d, struct err *err);

/* ---- drill_steps.c */
void turn_plan(struct drill *d, struct turn *t); /* what each rating would give, once SCHEDULE is reached */

#endif
