#ifndef PMPREP_PRACTICE_DEBRIEF_H
#define PMPREP_PRACTICE_DEBRIEF_H

#include "pmprep/bank/loop.h"
#include "pmprep/base/arena.h"
#include "pmprep/coach/lexicon.h"
#include "pmprep/store/record.h"

/*
 * From votes and evidence to a verdict, with the arithmetic shown. Pure. Who decides, who must consent and the
 * raise/lower arithmetic are reported doctrine (the claims of the loop say whose) and are labelled so.
 */

/* A principle raises the bar from so many levels above it on; below the bar it lowers. Our own judgement. */
#define BAR_RAISE_MARGIN 0.75

/* Against the bar of the target level. */
enum bar { BAR_NO_DATA, BAR_LOWERS, BAR_MEETS, BAR_RAISES };
extern const char *const bar_names[]; /* "not enough data" "lowers" "meets" "raises" */

enum verdict { VERDICT_NONE, VERDICT_NO, VERDICT_LOWER, VERDICT_YES }; /* LOWER: inclined at one level lower */
extern const char *const verdict_names[]; /* "no verdict" "not inclined" "inclined, one level lower" "inclined" */

extern const char *const vote_titles[VOTE_COUNT]; /* for people: "strong hire" "inclined, one level lower" */

/* One answered question of the loop with its probes. */
struct debrief_answer {
    const char *attempt; /* id */
    const char *item;    /* key */
    const char *prompt;
    const char *principle; /* id; "" for cases */
    const char *story;     /* id; "" */
    const char *headline;  /* of the story; "" or NULL: unknown */
    const char *text;      /* with the probes' answers after it, as said */
    unsigned stage;        /* from 0 */
    int64_t active_ms, spoken_ms;
    const struct finding *findings;
    size_t finding_count;
    const struct score *scores; /* levels 1-5 by dimension, none: unscored */
    size_t score_count;
    const struct rubric *rubric; /* NULL: none */
};

struct debrief_stage {
    const char *title, *interviewer;
    bool bar_raiser;
    bool hiring_manager;       /* where no interview has it, the first one stands for the hiring manager */
    struct strings principles; /* ids that were assigned */
    enum vote before, after;   /* VOTE_COUNT: none */
    const char *reason;        /* of the change; "" */
    int64_t allotted_ms, active_ms, typed_ms, spoken_ms;
    bool stopped; /* ended by its hard stop */
};

struct debrief_principle {
    const char *id;
    const char *name; /* as the company spells it */
    int64_t talked_ms;
    unsigned answers, findings; /* dismissed findings do not count */
    unsigned scores;            /* levels behind the mean */
    unsigned lowered;           /* answers whose own mean is below their bar */
    double mean;                /* of its scores; 0: none */
    double bar;                 /* what the target level asks for, mean over the same dimensions */
    enum bar against;
    unsigned stages; /* bits, the first interview is bit 0; one beyond the 32nd has none */
};

enum { DEBRIEF_FIXES = 3 };

struct debrief_fix {
    const char *text;   /* "numbers with baseline and period" */
    const char *filter; /* what `drill` is called with: "flaw:no-number" */
    const char *why;    /* "in 4 of 6 answers" */
};

struct debrief_input {
    const struct vote_rules *rules;
    const struct debrief_stage *stages;
    size_t stage_count;
    const struct debrief_answer *answers;
    size_t answer_count;
    int target;                    /* 5 or 6 */
    double pace;                   /* of the clock: least minutes are scaled by it */
    double bias;                   /* the user's usual self-score minus what they gave after the evidence, in levels */
    unsigned bias_n;               /* answers it was measured on; 0: unknown */
    const struct principle *known; /* for names; as library_principles() gives them */
    size_t known_count;
    const struct lexicon_index *lexicon; /* finds numbers and customers in the answers; NULL: texts are not read */
};

struct debrief {
    struct debrief_principle *principles;
    size_t principle_count;
    /*
     * Three ways to read the loop. as_voted: the final votes by the loop's rules. after_bias: every vote moved down its
     * scale by the bias, rounded to whole steps; VERDICT_NONE when the bias is unknown. at_risk: the worst vote of
     * each interview, means less a positive bias, and any lowered principle that too few raised ones offset blocks.
     */
    enum verdict as_voted, after_bias, at_risk;
    struct strings arithmetic; /* lines that show how each came about, doctrine marked */
    struct strings reasons;    /* why, most important first; each names stage and principle */
    struct strings conflicts;  /* stories told twice, numbers that changed between retellings */
    struct strings time_use;   /* lines: starved principles, overruns, share of the scene, customer named late */
    struct debrief_fix fixes[DEBRIEF_FIXES];
    size_t fix_count;
    int64_t typed_ms, spoken_ms; /* over all interviews */
};

/* In the arena; inputs are borrowed. */
void debrief_make(const struct debrief_input *in, struct arena *a, struct debrief *out);

#endif
