#ifndef PMPREP_PRACTICE_PROBE_H
#define PMPREP_PRACTICE_PROBE_H

#include "pmprep/bank/deck.h"
#include "pmprep/bank/loop.h"
#include "pmprep/base/rng.h"
#include "pmprep/coach/coach.h"

/*
 * What an interviewer asks next: mostly after what the answer lacks (findings, ticks left open, parts of the rubric
 * without a sign), a third of the time into something that is there, quoting it, so that a probe does not give the
 * finding away. Pure: the same ask and seed give the same probe.
 */

enum probe_why {
    PROBE_LACKS,  /* answers a flaw */
    PROBE_DIGS,   /* quotes something present */
    PROBE_DEEPER, /* the next level below the last probe: bar raisers */
    PROBE_DECK,   /* for any answer: of the item, the principle or the universal deck */
    PROBE_CUTS_IN /* an interruption of the stage */
};

/* One answer and what is known of it. Everything is borrowed. */
struct probe_ask {
    const struct item *item;             /* its own probes are asked before the deck's */
    const struct principle *principle;   /* NULL: none; its probes come second */
    const struct deck *deck;             /* of universal probes */
    const struct lexicon_index *lexicon; /* coach_lexicon(): finds what can be quoted */
    const struct coach_report *report;   /* NULL when there is no text */
    const struct finding *findings;      /* of the text, or of the tick list */
    size_t finding_count;
    unsigned ticks;   /* what a spoken answer contained; 0 with text */
    struct sv answer; /* the newest text */
    const struct mock_stage *stage;
    unsigned depth;         /* probes asked about this question already */
    const char *last_probe; /* NULL at depth 0 */
    const uint64_t *used;   /* hashes of the probes and quotes of this loop, so that none comes twice */
    size_t used_count;
    unsigned dug, asked; /* of this loop's probes, how many dug into something present, and all */
};

struct probe_pick {
    enum probe_why why;
    const char *text;  /* what the interviewer says; in the arena */
    const char *flaw;  /* it answers this; "" */
    const char *quote; /* the words it quotes; "" */
    uint64_t hash;     /* for used */
};

/* How many probes a style asks about one question at most: friendly 1, steady 3, sceptical 3, digging 3, interrupting
 * 2, silent 0. */
unsigned probe_limit(enum probe_style style);

/* False when there is nothing (more) to ask. */
bool probe_next(const struct probe_ask *ask, struct rng *rng, struct arena *a, struct probe_pick *out);

uint64_t probe_hash(const char *text);

#endif
