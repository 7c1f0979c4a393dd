#ifndef PMPREP_COACH_RETELL_H
#define PMPREP_COACH_RETELL_H

#include "pmprep/coach/sign.h"

/* Interviewers compare notes: a number that was another one when the same story was told before. */
struct retold {
    const char *noun;     /* what it counts, as one word of the text */
    const char *was, *is; /* as written */
};

/* The count of them; in the arena. Values within 2% of each other are the same number, told with another rounding. */
size_t retell_compare(const struct answer_view *was, const struct answer_view *is, struct arena *a,
                      struct retold **out);

#endif
