#ifndef PMPREP_PRACTICE_LOOP_H
#define PMPREP_PRACTICE_LOOP_H

#include "pmprep/bank/loop.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"

/* The plan of a mock loop and its state machine. Pure: elapsed milliseconds are passed in, no clock is asked, and what
 * is to be kept over an interruption is time spent, never a deadline. */

/* ---- the plan */

/* An item that may be asked, with what history says of it. */
struct loop_item {
    const struct item_meta *meta;
    int64_t last_ms; /* of the last answer, UTC; 0 never */
    unsigned times;  /* answered */
    bool used;       /* planned already */
};

/* One planned question. */
struct loop_question {
    const char *item;      /* key; "" where the part itself is what is asked: agenda, writing */
    const char *principle; /* id it is asked for; "" */
    enum item_kind kind;
    enum family family;
    bool spare; /* asked only when the planned ones left time */
};

struct loop_part {
    const struct mock_part *part;
    int64_t allotted_ms; /* pace applied */
    struct loop_question *questions;
    size_t question_count;
};

struct loop_stage {
    const struct mock_stage *stage; /* its probe style is the bar raiser's where one was drawn */
    unsigned index;                 /* in the loop */
    bool bar_raiser;
    struct strings principles; /* drawn, in the order they are asked */
    struct loop_part *parts;
    size_t part_count;
};

struct loop_plan {
    struct loop_stage *stages;
    size_t stage_count;
    double pace;
    uint64_t seed;
};

enum { LOOP_STAGES = 12, LOOP_PARTS = 12 }; /* what a loop file may have */
#define LOOP_PACE_MIN 0.1
#define LOOP_PACE_MAX 10.0

struct loop_ask {
    const struct mock_loop *loop;
    struct loop_item *items; /* used is set on those that are planned */
    size_t item_count;
    uint64_t seed;
    unsigned round;   /* only this stage, from 1; 0: all */
    unsigned minutes; /* drops stages, parts and principles until the rest fits; 0: all. Real minutes, pace 1 */
    double pace;      /* within LOOP_PACE_MIN and _MAX */
};

/*
 * Everything in the arena; the loop is borrowed. One behavioural question for each drawn principle in their order and
 * a spare one where there is time, one case, transition questions by minutes. No item comes twice while others are
 * left; items never answered come first, then the third that was answered longest ago. ERR_USAGE: no such round, or
 * nothing fits the minutes. ERR_NOT_FOUND: there is no question for a part.
 */
bool loop_plan(const struct loop_ask *ask, struct arena *a, struct loop_plan *out, struct err *err);

/* ---- the run */

enum loop_phase {
    LOOP_BREAK,      /* before a stage; the clock stands */
    LOOP_BACKGROUND, /* who are you */
    LOOP_ANSWER,     /* an opening question stands */
    LOOP_TICKS,      /* the tick list of a spoken answer; the clock stands */
    LOOP_PROBE,      /* a follow-up stands */
    LOOP_WRITING,
    LOOP_QUESTIONS, /* the candidate's */
    LOOP_OVER       /* all stages are */
};

/* Where the time of one stage went. */
struct loop_spent {
    int64_t part_ms[LOOP_PARTS]; /* on the clock, overtime included */
    int64_t typed_ms, spoken_ms; /* of their sum */
    unsigned asked[LOOP_PARTS];  /* questions begun */
    bool stopped;                /* a hard stop ended a part */
};

/* A plain value: copy it to try a step. */
struct loop_run {
    enum loop_phase phase;
    unsigned stage, part, question; /* from 0 */
    unsigned depth;                 /* follow-ups to this question so far */
    int64_t answer_ms;              /* on the clock for what stands now */
    unsigned cut_ins;               /* interruptions of this stage so far */
    unsigned twists;                /* of this case told */
    struct loop_spent spent[LOOP_STAGES];
};

void loop_start(struct loop_run *r);

const struct loop_stage *loop_stage_at(const struct loop_plan *p, const struct loop_run *r);       /* NULL when over */
const struct loop_part *loop_part_at(const struct loop_plan *p, const struct loop_run *r);         /* NULL in a break */
const struct loop_question *loop_question_at(const struct loop_plan *p, const struct loop_run *r); /* NULL: none */

/* Does the clock run in this phase? */
bool loop_is_timed(enum loop_phase phase);
/* Elapsed time goes to the part and to what stands; negative time and time in a phase without a clock is not counted.
 */
void loop_spend(const struct loop_plan *p, struct loop_run *r, int64_t ms, bool spoken);

/* Of allotted time; never below 0 but for the part, which tells its overtime as a negative number. */
int64_t loop_part_left(const struct loop_plan *p, const struct loop_run *r);
int64_t loop_stage_left(const struct loop_plan *p, const struct loop_run *r);
int64_t loop_left(const struct loop_plan *p, const struct loop_run *r);

/* Steps. Each leaves a phase for the next and resets answer_ms. */
void loop_begin(const struct loop_plan *p, struct loop_run *r); /* out of a break */
void loop_to_ticks(struct loop_run *r);                         /* a spoken answer is over */
void loop_to_probe(struct loop_run *r);                         /* a follow-up is asked */
void loop_next_question(const struct loop_plan *p,
                        struct loop_run *r); /* or the next part, when time or questions are up */
void loop_next_part(const struct loop_plan *p, struct loop_run *r); /* or the break before the next stage, or over */
void loop_hard_stop(const struct loop_plan *p, struct loop_run *r); /* the same, noted */

/* A part whose time is up: stop it, unless nothing is cut off. */
bool loop_is_due(const struct loop_plan *p, const struct loop_run *r);

/* Planned questions that were never begun in the parts that are over. */
unsigned loop_starved(const struct loop_plan *p, const struct loop_run *r, unsigned stage);

/* Is an interruption of the stage due in the answer that stands? At seeded moments of its answering time, each once. */
bool loop_cuts_in(const struct loop_plan *p, const struct loop_run *r);
/* Has the minute come (times the pace) at which a case turns? A twist after the part's end comes in its middle. */
bool loop_turns(const struct loop_plan *p, const struct loop_run *r, const struct twist *twists, size_t count);

#endif
