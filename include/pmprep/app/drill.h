#ifndef PMPREP_APP_DRILL_H
#define PMPREP_APP_DRILL_H

#include "pmprep/app/app.h"
#include "pmprep/practice/round.h"
#include "pmprep/store/record.h"

/*
 * A drill: one item after another, each through the steps of practice/round.h. The same functions serve the screen and
 * the plain dialogue; both ask for the view, show it, and call the function that the step takes. Each call that changes
 * something has stored it when it answers true; on false nothing moved and the text is still the caller's.
 */
struct drill;

/* What was asked for on the command line or on Home. */
struct drill_options {
    struct filter filter;
    int count;   /* items; 0: by minutes */
    int minutes; /* promise; 0: the configured session length (unless count) */
    enum answer_mode mode;
    bool mode_set; /* else the configured one */
    uint64_t seed;
    bool seed_set;
    bool due_only;
    bool new_only;
    const char *item; /* exactly this item, a deliberate retry; NULL. Takes a suspension back */
};
/* No filter, the configured length and mode; without a seed the day and the number of answers make one. */
void drill_options_init(struct drill_options *o);

/*
 * What the steps of practice/round.h take: ANSWER drill_submit (speak: the text may be empty), TICKS drill_ticks, PICK
 * drill_pick, WHY drill_submit, PRINCIPLE drill_principle, SCORE and RESCORE drill_score, STORY drill_story or
 * drill_new_story, EVIDENCE drill_next or drill_again, AGAIN drill_submit (empty goes back), COMPARE drill_next,
 * SCHEDULE drill_rate, drill_next (accepts) or drill_again, DONE nothing but drill_undo.
 */

/* What the coach made of an answer. */
enum drill_coached {
    COACH_SILENT,    /* not read: not scored yet, picked, or there is no coach */
    COACH_READ,      /* its text was */
    COACH_TICKED,    /* its tick list was: findings are self-reported */
    COACH_TOO_SHORT, /* too few words to tell */
    COACH_FOREIGN,   /* not in English */
};

/* Everything a screen shows; borrowed until the next call that changes the drill. */
struct drill_view {
    enum drill_step step;
    unsigned at,
        of; /* "Drill 2 of 6": at counts every item given, skipped ones too; of may grow or shrink with the minutes */
    const struct item *item;
    const struct principle
        *principle; /* the main one; NULL when none. Hidden from the user until DRILL_SCORE unless it was named */
    const struct rubric *rubric; /* NULL for choices */
    const char *unit;
    const char *reason; /* why this one: "due since Thursday; ..." */
    enum answer_mode mode;
    /* the clock */
    int64_t allotted_ms;
    int64_t left_ms; /* negative: over time */
    int64_t active_ms;
    bool paused;
    unsigned word_budget; /* type mode; 0 none */
    /* answers */
    const char *attempt; /* id of the first answer; "" before it is stored */
    const char *text;    /* first answer, "" before */
    const char *again;   /* second try */
    unsigned ticks;
    bool heard;           /* TICKS: the draft is a transcript, to be corrected */
    const char *speech;   /* pace and fillers of a spoken answer with a transcript: a sentence; "" */
    int picked, right;    /* index shown; -1 */
    const char *shown[6]; /* PICK: texts in the order shown (2 sides or up to 6 options) */
    int shown_count;
    int shown_index[6]; /* the original index of each (pair: 0 bad, 1 good) */
    const char *guess;  /* principle the user named; "" */
    /* findings: worst first, rules the user tends to dismiss last of their severity; none before the self-score */
    enum drill_coached coached, again_coached;
    const struct finding *findings;
    size_t finding_count;
    size_t chosen;              /* the one looked at; 0 without any */
    const struct finding *mend; /* what answering again is against: the chosen one, else the first that stands; NULL */
    const struct finding *again_findings;
    size_t again_finding_count;
    struct strings telling;    /* lines on how it was told: shape, wins and losses, tested numbers, earlier tellings */
    const char *coach_problem; /* why there are no findings at all, or of which rules; to be told once; "" */
    /* scoring */
    const struct dimension *dimension; /* asked now; NULL: overall */
    const struct dimension *focus;     /* the focus dimension of this item */
    unsigned score_at, score_of;
    const struct score *blind;
    size_t blind_count;
    const struct score *evidence;
    size_t evidence_count;
    const char *story; /* headline; "" */
    /* evidence */
    const char *next_anchor; /* the anchor one level above the user's in the focus dimension; "" at 5 */
    int next_level;
    /* schedule */
    enum rating rating;
    bool rating_changed;
    struct {
        int days;              /* interval */
        int64_t seconds;       /* when in a learning step; 0 */
    } choice[RATING_EASY + 1]; /* what each rating would give */
    bool capped;               /* the milestone shortened it */
    bool flagged;
    bool can_undo;
    const char *undo_what; /* "the grading of ..." */
    /* summary */
    unsigned done, skipped;
    int64_t session_ms;
    const char *stopped_because; /* "minutes used up", "nothing due" ... */
};

/* One sentence for when the coach has nothing to show; "" while it was not asked. */
const char *drill_calm(enum drill_coached how);
/* Both tries were read, so that their findings can be held against each other. */
bool drill_can_compare(const struct drill_view *v);

/* ERR_NOT_FOUND when nothing matches the filter, with a sentence that says what to change. */
bool drill_open(struct app *app, const struct drill_options *o, struct drill **out, struct err *err);
/* Opens on the unfinished draft instead; ERR_NOT_FOUND when there is none. */
bool drill_resume(struct app *app, struct drill **out, struct err *err);
/* The draft waiting, for Home and the plain announcement; *found false when none. Strings in the arena. */
bool drill_draft_waiting(struct app *app, struct arena *a, struct draft *out, bool *found, struct err *err);
bool drill_draft_discard(struct app *app, const struct draft *d, struct err *err);
/* Leaves: an item that was scored but not rated yet is graded as proposed, the session is ended, drafts stay. */
bool drill_leave(struct drill *d, struct err *err);
void drill_close(struct drill *d); /* leaves if that was not done, and frees; NULL is fine */

/* What a drill started now would begin with, without starting it: for Home. */
struct drill_peek {
    const char *title; /* of the first item */
    const char *skill; /* the principle's or family's name; "" */
    const char *reason;
    unsigned items[KIND_COUNT]; /* how many of each kind the minutes hold */
    enum answer_mode mode;      /* of the open questions */
    int minutes;
};
/* *found is false when no item fits. */
bool drill_peek(struct app *app, const struct drill_options *o, struct arena *a, struct drill_peek *out, bool *found,
                struct err *err);

const struct drill_view *drill_view(struct drill *d); /* recomputed with the clock of now */

/* One function a step; which takes which is told above. */
bool drill_submit(struct drill *d, struct sv text, struct err *err);
bool drill_ticks(struct drill *d, unsigned ticks, struct sv bullets, struct err *err);
/* At TICKS: what a transcriber made of the answer. Becomes the draft of the text that drill_ticks() then takes; its
 * pace and fillers are kept. */
bool drill_transcript(struct drill *d, struct sv text, struct err *err);
bool drill_pick(struct drill *d, int shown, struct err *err);
bool drill_principle(struct drill *d, const char *id, struct err *err);   /* NULL skips */
bool drill_score(struct drill *d, int level, struct err *err);            /* 1-5; 0 skips this one */
bool drill_story(struct drill *d, const char *story_id, struct err *err); /* NULL none */
bool drill_new_story(struct drill *d, const char *headline, struct err *err);
bool drill_next(struct drill *d, struct err *err);
bool drill_again(struct drill *d, struct err *err);
bool drill_rate(struct drill *d, enum rating r, struct err *err);
void drill_choose(struct drill *d, bool forward);        /* the next or previous finding, dismissed ones too; round */
bool drill_choose_rule(struct drill *d, struct sv rule); /* the first of that rule; false when there is none */
bool drill_dismiss(struct drill *d, struct err *err);    /* the chosen finding, or takes that back */
bool drill_skip(struct drill *d,
                struct err *err); /* leaves the item without harm, at any step; what was stored stays */
bool drill_flag(struct drill *d, struct err *err);    /* toggles */
bool drill_suspend(struct drill *d, struct err *err); /* never again until unsuspended; moves on */
bool drill_undo(struct drill *d, struct err *err);    /* takes back the last grading; goes back to its DRILL_SCHEDULE */
bool drill_set_mode(struct drill *d, enum answer_mode m, struct err *err); /* only before anything was submitted */

void drill_pause(struct drill *d, bool paused); /* stops the clock */
/* The text so far, stored at once; called after every pause in typing and at most a second after a change. */
bool drill_save_draft(struct drill *d, struct sv text, size_t cursor, struct err *err);
/* The same while somebody types: does not wait for a file that another program holds. */
bool drill_save_draft_soon(struct drill *d, struct sv text, size_t cursor, struct err *err);
/* With the option `coach-live`: the worst finding in the text so far, its strings borrowed from the coach. False while
 * there is nothing to say, or too little text. */
bool drill_live(struct drill *d, struct sv text, struct finding *worst);
/* For a moment in which nobody waits: opens the coach, which the first finding would else have to wait for. A coach
 * that cannot be opened is told of in the view. */
void drill_ready_coach(struct drill *d);
/* What was saved as the draft of the step that is shown; "" when nothing was. */
const char *drill_draft_text(const struct drill *d, size_t *cursor);

#endif
