#ifndef PRACTICE_DEBRIEF_PARTS_H
#define PRACTICE_DEBRIEF_PARTS_H

#include "pmprep/coach/sign.h"
#include "pmprep/practice/debrief.h"

/* The parts of a debrief, in the order they are made; each may read what those before it have filled in. */

struct debriefing {
    const struct debrief_input *in;
    struct arena *arena;
    struct debrief *out;
    struct answer_view **views; /* of each answer's text; an entry is NULL where there is nothing to read */
};

void debrief_principles(struct debriefing *d);
void debrief_verdict(struct debriefing *d);
void debrief_conflicts(struct debriefing *d);
void debrief_time(struct debriefing *d);
void debrief_reasons(struct debriefing *d);
void debrief_fixes(struct debriefing *d);

/* ---- facts that several parts ask for */

bool stage_assigned(const struct debrief_stage *s, const char *principle);
/* The answer counts for a principle only when its interview had that principle assigned. */
bool answer_counts(const struct debriefing *d, const struct debrief_answer *a, const char *principle);
/* Mean level and bar of one answer; 0 scores when it has none. */
struct measure {
    double level, bar; /* sums over the scores */
    unsigned scores;
};
struct measure answer_measure(const struct debrief_answer *a, int target);
bool answer_lowers(const struct debrief_answer *a, int target);
bool answer_has(const struct debrief_answer *a, const char *rule); /* a finding that was not dismissed */
unsigned severity_weight(const struct finding *f);                 /* error 3, warning 2, note 1; dismissed 0 */
int64_t least_ms(const struct debrief_input *in);                  /* a principle must be talked about for */
enum vote final_vote(const struct debrief_stage *s);
bool bar_starved(const struct debriefing *d, const struct debrief_principle *p); /* too little time for a judgement */

unsigned stage_bit(size_t stage);

/* ---- words, in the arena */

void debrief_say(struct debriefing *d, struct strings *list, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
const char *principle_name(const struct debriefing *d, const char *id);
const char *clock_text(struct debriefing *d, int64_t ms);           /* "41:10" */
const char *interviews_text(struct debriefing *d, unsigned stages); /* of the bits: "interviews 2 and 4" */
const char *stage_text(struct debriefing *d, size_t stage);         /* "Interview 2 (Peer: Dive Deep)" */
const char *times_text(struct debriefing *d, unsigned n);           /* "once" "twice" "3 times" */

/* What a flaw looks like in an answer, and what mends it. */
struct flaw_text {
    const char *flaw;
    const char *had; /* "had no number" */
    const char *fix; /* "numbers with baseline and period" */
};
const struct flaw_text *flaw_text(const char *rule); /* NULL: a rule of the user's own */

extern const char doctrine_mark[]; /* ends every line that rests on it */

#endif
