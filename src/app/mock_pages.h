#ifndef PMPREP_APP_MOCK_PAGES_H
#define PMPREP_APP_MOCK_PAGES_H

#include "mock_parts.h"

/* The evidence and the votes of a mock, made of what is stored. Everything lives in the arena passed in. */
struct mock_pages {
    struct arena arena;
    struct debrief_input input;
    struct debrief_stage *stages;
    struct debrief_answer *answers;
    struct debrief debrief;
    enum vote allowed[VOTE_COUNT];
    size_t allowed_count;
};

/* m need not be in its debrief yet. */
bool pages_load(struct mock *m, struct arena *a, struct mock_pages *out, struct err *err);
void pages_make(struct mock_pages *p, struct arena *a); /* the debrief, after votes or scores changed */
int mock_target(const struct mock *m);                  /* 5 or 6 */

/* ---- mock.c: as it is stored, without a clock running */
bool mock_open_stored(struct mock *m, const char *run, struct err *err);
struct mock *mock_new(struct app *app);
void mock_free(struct mock *m);
struct mock_run mock_run_of(const struct loop_row *row, struct arena *a);

#endif
