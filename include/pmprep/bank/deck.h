#ifndef PMPREP_BANK_DECK_H
#define PMPREP_BANK_DECK_H

#include "pmprep/bank/taxonomy.h"

/* Probes that fit any answer, as data/decks/NAME.yaml tells them. Plain records, borrowed from the library. */

/* What a probe digs into; the words of the answer are put in the place of {quote}. */
enum dig {
    DIG_NOTHING,
    DIG_NUMBER,   /* a quantity */
    DIG_CHANGE,   /* what changed */
    DIG_DECISION, /* a choice of the speaker's */
    DIG_PEOPLE,   /* customers or colleagues */
    DIG_PROBLEM,
    DIG_LESSON,
    DIGS
};
extern const struct words dig_words; /* without DIG_NOTHING */

struct deck_probe {
    const char *ask;
    const char *flaw; /* the flaw it answers; "" */
    enum dig about;   /* what must be there to be quoted */
    bool deeper;      /* it goes one level below the probe before */
};

struct deck {
    const char *id;
    const char *title;
    enum source_mark source;
    struct deck_probe *probes;
    size_t probe_count;
};

#endif
