#ifndef PMPREP_BANK_LABELS_H
#define PMPREP_BANK_LABELS_H

#include "pmprep/bank/model.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"
#include "pmprep/base/sv.h"

/* An answer whose flaws were marked by a person: what the coach is fitted to and judged by. Strings are never NULL. */
struct labelled_answer {
    const char *id;
    const char *pair;      /* shared by the two sides of a pair; "" alone */
    bool bad;              /* the weak side of the pair */
    const char *kind;      /* the coach's kind */
    const char *principle; /* id; "" */
    const char *text;
    struct strings flaws; /* rule ids, none: strong */
};

/* JSON Lines, one object a line with id, pair, side, kind, principle, text, flaws; pair, side and principle may be
 * null, further keys are ignored. name is what the file is called in messages. In the arena. */
bool labels_parse(struct sv text, const char *name, struct arena *a, struct labelled_answer **out, size_t *count,
                  struct err *err);

#endif
