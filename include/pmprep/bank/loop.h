#ifndef PMPREP_BANK_LOOP_H
#define PMPREP_BANK_LOOP_H

#include "pmprep/bank/taxonomy.h"

/*
 * A mock loop as data/loops/NAME.yaml tells it: who interviews, for how long, about what, and how the votes become a
 * verdict. Plain records, borrowed from the library; strings are never NULL.
 */

/* One statement and where it comes from: doctrine is marked as doctrine. */
struct claim {
    const char *text;
    enum source_mark source;
    const char *from; /* page or publication; "" for our own judgement */
};

/* How an interviewer follows up an answer. */
enum probe_style {
    PROBES_FRIENDLY,     /* one probe an answer, into something that is there */
    PROBES_STEADY,       /* two or three, for what the answer lacks */
    PROBES_SCEPTICAL,    /* asks for the strongest counter-argument and for another example */
    PROBES_DIGGING,      /* three levels deep into a single claim: the bar raiser's way */
    PROBES_INTERRUPTING, /* cuts in with the stage's interruptions while the candidate speaks */
    PROBES_SILENT,       /* none: the text or the answer stands alone */
    PROBES_COUNT
};

/* What happens in one part of a stage. */
enum part_asks {
    PART_BACKGROUND, /* the interviewer opens; the candidate says who they are */
    PART_PRINCIPLES, /* behavioural questions on principles of the stage, one after another */
    PART_CASE,       /* one product case of a family of the stage */
    PART_TRANSITION, /* questions of the stage's transition families */
    PART_AGENDA,     /* the candidate leads through an item of their own agenda */
    PART_WRITING,    /* the stage's template is written */
    PART_QUESTIONS,  /* the candidate asks */
    PART_COUNT
};

/* An interviewer's vote, best first. */
enum vote {
    VOTE_STRONG_HIRE,
    VOTE_INCLINED,
    VOTE_INCLINED_LOWER, /* inclined, one level lower */
    VOTE_NOT_INCLINED,
    VOTE_STRONG_NO,
    VOTE_COUNT
};

/* Who has the last word in the debrief. */
enum decider { DECIDER_HIRING_MANAGER, DECIDER_INTERVIEWERS, DECIDER_NOBODY, DECIDER_COUNT };

/* The words that loop files use for the enums above. */
extern const struct words probe_style_words;
extern const struct words part_words;
extern const struct words vote_words;
extern const struct words decider_words;

/* A stretch of an interview with one purpose. */
struct mock_part {
    const char *name;
    enum part_asks asks;
    unsigned minutes;
};

/* One interview of the loop. */
struct mock_stage {
    const char *id; /* unique in the loop */
    const char *title;
    const char *interviewer;
    unsigned minutes; /* the sum of its parts */
    struct strings principles;
    unsigned draw;           /* how many of the principles are drawn for one loop; 0: all */
    struct strings families; /* names; a case draws one of those that fit */
    const char *template_id; /* of a writing part; "" */
    enum probe_style probes;
    bool bar_raiser; /* of several that have it, one is drawn */
    struct strings interruptions;
    struct mock_part *parts;
    size_t part_count;
};

/* How votes become a verdict; doctrine as reported, see the claims of the loop. */
struct vote_rules {
    struct strings scale; /* names of votes, best first */
    bool per_principle;   /* raises, meets or lowers the bar, for each principle that was assigned, besides the vote */
    enum decider decides;
    bool bar_raiser_consents;  /* no hire against the bar raiser */
    unsigned min_minutes;      /* a principle talked about for less is "not enough data" */
    unsigned raises_to_offset; /* a single "lowers" blocks unless this many raise; 0: it does not block */
};

/* A whole loop, as its file says. */
struct mock_loop {
    const char *id;
    const char *title;
    enum source_mark source;
    const char *about;
    unsigned minutes; /* the sum of its stages */
    struct claim *claims;
    size_t claim_count;
    struct vote_rules vote;
    struct mock_stage *stages;
    size_t stage_count;
};

#endif
