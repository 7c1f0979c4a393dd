#include "practice/reason.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/clock.h"

enum { CLAUSES = 3, WEEK = 7 };

static const char *const weekdays[WEEK] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};

struct clauses {
    struct buf text;
    int count;
};

/* Separates the next clause; false when there is no room for one more. */
static bool clause(struct clauses *c)
{
    if (c->count == CLAUSES)
        return false;
    if (c->count++ > 0)
        buf_adds(&c->text, "; ");
    return true;
}

static void add_due(struct clauses *c, const struct schedule_row *row, int32_t today)
{
    int late = today - row->due_day;

    if (!clause(c))
        return;
    if (row->due_ms > 0)
        buf_adds(&c->text, "to recall again after a break");
    else if (late <= 0)
        buf_adds(&c->text, "due today");
    else if (late == 1)
        buf_adds(&c->text, "due since yesterday");
    else if (late < WEEK)
        buf_addf(&c->text, "due since %s", weekdays[date_weekday(row->due_day)]);
    else
        buf_addf(&c->text, "due for %d days", late);
}

static void add_ahead(struct clauses *c, const struct schedule_row *row, int32_t today)
{
    if (!clause(c))
        return;

    int ahead = row->due_day - today;

    if (ahead <= 0)
        buf_adds(&c->text, "nothing else is due");
    else if (ahead == 1)
        buf_adds(&c->text, "nothing is due; this one returns tomorrow");
    else
        buf_addf(&c->text, "nothing is due; this one returns in %d days", ahead);
}

static void add_why(struct clauses *c, const struct select_ask *ask, const struct selection *s)
{
    switch (s->why) {
    case WHY_DUE:
        add_due(c, s->unit->row, ask->today);
        break;
    case WHY_NEW:
        if (clause(c))
            buf_adds(&c->text, s->item->meta->core ? "new, from the core set" : "new: not practised yet");
        break;
    case WHY_BETWEEN:
        if (clause(c))
            buf_adds(&c->text, "for a change between two of a kind");
        break;
    case WHY_AHEAD:
        if (!ask->new_only)
            add_ahead(c, s->unit->row, ask->today);
        else if (clause(c))
            buf_adds(&c->text, "a prompt you have not answered");
        break;
    }
}

const char *recurring_flaw(const struct select_ask *ask, const struct item_meta *m)
{
    for (size_t i = 0; i < ask->recurring.count; i++)
        for (size_t j = 0; j < m->flaws.count; j++)
            if (strcmp(ask->recurring.at[i], m->flaws.at[j]) == 0)
                return ask->recurring.at[i];
    return NULL;
}

static void add_history(struct clauses *c, const struct select_ask *ask, const struct selection *s)
{
    const struct schedule_row *row = s->unit->row;
    const char *flaw = recurring_flaw(ask, s->item->meta);

    if (flaw && clause(c))
        buf_addf(&c->text, "\"%s\" keeps coming back in your answers", flaw);
    if (row && row->lapses > 0 && clause(c))
        buf_addf(&c->text, row->lapses == 1 ? "lapsed once" : "lapsed %d times", row->lapses);
    if (s->unit->mean > 0 && s->unit->mean < 2.5 && clause(c))
        buf_addf(&c->text, "your last answers averaged %.1f of 5", s->unit->mean);
    if (s->item->times > 0 && s->item->flagged && clause(c))
        buf_adds(&c->text, "you flagged this one");
}

static void add_milestone(struct clauses *c, const struct select_ask *ask, bool backlog)
{
    int left = ask->milestone - ask->today;

    if (backlog && clause(c))
        buf_adds(&c->text, left > 0 ? "more is due than fits, and this gains most before the date"
                                    : "more is due than fits, and this gains most");
}

const char *reason_for(const struct select_ask *ask, const struct selection *s, bool backlog, struct arena *a)
{
    struct clauses c = {BUF_INIT, 0};

    add_why(&c, ask, s);
    if (s->why == WHY_DUE)
        add_milestone(&c, ask, backlog);
    add_history(&c, ask, s);

    const char *text = arena_sv(a, buf_sv(&c.text));

    buf_release(&c.text);
    return text;
}
