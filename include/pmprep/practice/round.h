#ifndef PMPREP_PRACTICE_ROUND_H
#define PMPREP_PRACTICE_ROUND_H

#include "pmprep/base/rng.h"
#include "pmprep/practice/budget.h"
#include "pmprep/practice/fsrs.h"

/*
 * The state machine of one item, from the question to its rating. Pure: monotonic milliseconds are passed in.
 *
 * - open: ANSWER, TICKS (speak), PRINCIPLE (not named by the prompt), SCORE..., STORY (behavioural), EVIDENCE,
 *   RESCORE..., SCHEDULE
 * - rewrite: ANSWER, SCORE, EVIDENCE, RESCORE, SCHEDULE
 * - pair: PICK, WHY, EVIDENCE, SCHEDULE
 * - choice: PICK, EVIDENCE, SCHEDULE
 *
 * AGAIN and COMPARE are entered from EVIDENCE or SCHEDULE and go back to what follows. Without any score there is no
 * evidence (no exemplar before an answer and a score) and no rating: the item is over.
 */
enum drill_step {
    DRILL_ANSWER,    /* open question; in speak mode the user talks, then submits */
    DRILL_TICKS,     /* after speaking: what was really said, and bullets */
    DRILL_PICK,      /* pair or choice */
    DRILL_WHY,       /* pair: what is wrong with the weaker one */
    DRILL_PRINCIPLE, /* which principle was that? */
    DRILL_SCORE,     /* once a dimension: overall first */
    DRILL_STORY,
    DRILL_EVIDENCE,
    DRILL_RESCORE,  /* level 0 keeps: at the overall level everything, at a dimension that one */
    DRILL_AGAIN,    /* second, shorter try */
    DRILL_COMPARE,  /* before and after */
    DRILL_SCHEDULE, /* rating shown */
    DRILL_DONE,     /* the item is over (round), or the session (drill) */
};

#define ROUND_SHOWN  6
#define ROUND_SCORES 13 /* overall and up to twelve dimensions */

/* What a round is about; borrowed while it lasts. */
struct round_spec {
    enum item_kind kind;
    enum answer_mode mode;
    bool ask_principle;
    bool ask_story;
    const struct rubric *rubric; /* NULL: overall only */
    size_t focus;                /* index of its focus dimension */
    bool all_dimensions;
    int shown; /* sides of a pair, options of a choice; 0 otherwise */
    int right; /* original index of the right one */
    struct budget budget;
};

/* Runs to an absolute deadline; what is kept is the time spent. */
struct round_clock {
    int64_t allotted_ms;
    int64_t spent_ms; /* before started */
    int64_t started;  /* monotonic; -1 while stopped */
};

/* The state of one item being practised; copied freely, owns nothing. */
struct round {
    struct round_spec spec;
    enum drill_step step;
    struct round_clock clock;
    bool paused;
    int order[ROUND_SHOWN];           /* original index of what is shown at each place */
    int picked;                       /* place shown; -1 */
    bool explained;                   /* pair: said what is wrong */
    struct score blind[ROUND_SCORES]; /* level 0: skipped */
    struct score evidence[ROUND_SCORES];
    size_t asked;  /* scores in one pass */
    size_t at;     /* of them, the one asked now */
    bool rescored; /* the second pass is over */
    bool changed;  /* it gave a level */
    enum drill_step after_again;
    enum rating rated; /* by the user; RATING_NONE: the proposal stands */
};

/* Times are monotonic milliseconds. spent_ms: on the answer before, from a draft; rng shuffles what is shown. */
void round_start(struct round *r, const struct round_spec *spec, int64_t now, int64_t spent_ms, struct rng *rng);
/* A round whose answer is stored already (a resumed draft of a later step) begins there. */
void round_enter(struct round *r, enum drill_step step, int64_t now, int64_t spent_ms);

/* Each moves on from the step it belongs to and answers false, changing nothing, in any other. */
bool round_submit(struct round *r, bool any_text, int64_t now); /* ANSWER, WHY, AGAIN (without text: back) */
bool round_ticked(struct round *r);
bool round_pick(struct round *r, int shown, int64_t now);
bool round_principle(struct round *r);
bool round_score(struct round *r, int level); /* SCORE, RESCORE; 0-5 */
bool round_story(struct round *r);
bool round_next(struct round *r); /* EVIDENCE, COMPARE, SCHEDULE */
bool round_again(struct round *r, int64_t now);
bool round_rate(struct round *r, enum rating rating);
bool round_set_mode(struct round *r, enum answer_mode m, struct budget b); /* in ANSWER */

/* A pause stops the clock, repeated or not. active: spent so far, pauses left out. */
void round_pause(struct round *r, bool paused, int64_t now);
int64_t round_active_ms(const struct round *r, int64_t now);
int64_t round_left_ms(const struct round *r, int64_t now); /* negative: over */

/* What is asked now in SCORE and RESCORE; NULL: the overall level. */
const struct dimension *round_dimension(const struct round *r);
const struct dimension *round_focus(const struct round *r);    /* NULL without a rubric */
int round_level(const struct round *r, const char *dimension); /* the newest given; 0 none */
bool round_is_right(const struct round *r);                    /* picked the right one */

/* The given levels of a pass (level 0 left out), into out[ROUND_SCORES]. Of the second pass: what it changed over the
 * first. */
size_t round_blind(const struct round *r, struct score *out);
size_t round_evidence(const struct round *r, struct score *out); /* 0 while the first stands */

/* From the second scores, else the first; pairs and choices from the pick. RATING_NONE: no review. */
enum rating round_rating(const struct round *r);
bool round_is_graded(const struct round *r); /* leaving now applies the rating: evidence was reached */

#endif
