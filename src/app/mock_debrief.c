#include "mock_parts.h"

/* The debrief of a mock. */

struct mock_pages {
    int unused;
};

void debrief_free(struct mock_pages *p)
{
    (void)p;
}

void debrief_view(struct mock *m)
{
    m->view.vote_stage = m->s.vote_stage;
}

bool debrief_submit(struct mock *m, struct sv text, struct err *err)
{
    (void)m;
    (void)text;
    return mock_wrong_phase(err);
}

bool mock_vote(struct mock *m, enum vote v, const char *reason, struct err *err)
{
    (void)m;
    (void)v;
    (void)reason;
    return mock_wrong_phase(err);
}

bool mock_score(struct mock *m, int level, struct err *err)
{
    (void)m;
    (void)level;
    return mock_wrong_phase(err);
}

bool mock_next(struct mock *m, struct err *err)
{
    (void)m;
    return mock_wrong_phase(err);
}

bool mock_back(struct mock *m, struct err *err)
{
    (void)m;
    return mock_wrong_phase(err);
}

bool mock_report(struct app *app, const char *id, struct arena *a, struct mock_report *out, struct err *err)
{
    (void)app;
    (void)id;
    (void)a;
    (void)out;
    return mock_wrong_phase(err);
}
