#include "mock_parts.h"

/* The clock of a mock: what passes goes to the part and the answer that stand; nothing is ever taken from the wall
 * clock. */

enum { STORE_EVERY_MS = 900, FIVE_MINUTES_MS = 300000, LAST_MINUTE_MS = 60000 };

void mock_account(struct mock *m)
{
    int64_t now = app_mono(m->app);
    int64_t passed = now - m->since;
    m->since = now;
    if (m->paused || passed <= 0 || !loop_is_timed(m->s.run.phase)) {
        return;
    }
    bool spoken = m->mode == MODE_SPEAK && m->s.run.phase != LOOP_WRITING;
    loop_spend(&m->plan, &m->s.run, passed, spoken);
    if (spoken) {
        m->s.spoken_ms += passed;
    }
}

void mock_pause(struct mock *m, bool paused)
{
    struct err ignored = ERR_INIT;
    if (m->paused == paused) {
        return;
    }
    mock_account(m);
    m->paused = paused;
    m->since = app_mono(m->app);
    if (paused) { /* the next turn tells when this fails */
        mock_save_time(m, buf_sv(&m->draft), m->draft_cursor, &ignored);
    }
}

enum mock_warning mock_warning_now(const struct mock *m)
{
    if (!loop_is_timed(m->s.run.phase)) {
        return MOCK_CALM;
    }
    int64_t left = loop_part_left(&m->plan, &m->s.run);
    int64_t all = loop_part_at(&m->plan, &m->s.run)->allotted_ms;
    double pace = m->plan.pace;
    if (left <= 0) {
        return MOCK_TIME;
    }
    if ((double)left <= LAST_MINUTE_MS * pace && all > (int64_t)(LAST_MINUTE_MS * pace)) {
        return MOCK_LAST_MINUTE;
    }
    bool long_part = all > (int64_t)(FIVE_MINUTES_MS * pace);
    return long_part && (double)left <= FIVE_MINUTES_MS * pace ? MOCK_FIVE_MINUTES : MOCK_CALM;
}

static void cut_in(struct mock *m)
{
    struct mock_state *s = &m->s;
    const struct loop_stage *stage = loop_stage_at(&m->plan, &s->run);
    const char *text = stage->stage->interruptions.at[s->run.cut_ins++];
    s->cuts_in = text;
    s->was_cut = true;
    mock_say(m, false, text);
}

static void turn_case(struct mock *m)
{
    const char *text = m->item.twists[m->s.run.twists++].tell;
    mock_tell(m, text);
    mock_say(m, false, arena_strdup(&m->arena, text));
}

/* Takes back what cannot be stored: it comes again with the next turn. */
static bool come_in(struct mock *m, unsigned *events, struct err *err)
{
    struct mock_state before = m->s;
    unsigned came = 0;
    if (m->s.cuts_in[0] == '\0' && loop_cuts_in(&m->plan, &m->s.run)) {
        cut_in(m);
        came |= MOCK_CUT_IN;
    }
    if (loop_turns(&m->plan, &m->s.run, m->item.twists, m->item.twist_count)) {
        turn_case(m);
        came |= MOCK_TWIST;
    }
    if (came && !mock_save_row(m, err)) {
        m->s = before;
        return false;
    }
    *events |= came;
    return true;
}

static bool take_turn(struct mock *m, struct sv text, size_t cursor, bool cut, unsigned *events, struct err *err)
{
    mock_account(m);
    if (cut && loop_is_due(&m->plan, &m->s.run)) {
        *events |= MOCK_STOPPED;
        return mock_stop_part(m, text, err);
    }
    if (!come_in(m, events, err)) {
        return false;
    }
    bool due = app_mono(m->app) - m->stored >= STORE_EVERY_MS;
    return !due || mock_save_time(m, text, cursor, err);
}

bool mock_turn(struct mock *m, struct sv text, size_t cursor, bool cut, unsigned *events, struct err *err)
{
    *events = 0;
    if (m->paused || !loop_is_timed(m->s.run.phase)) {
        mock_account(m);
        return true;
    }
    store_hurry(m->store, true);
    bool ok = take_turn(m, text, cursor, cut, events, err);
    store_hurry(m->store, false);
    enum mock_warning warning = mock_warning_now(m);
    if (warning > m->warned) {
        *events |= MOCK_WARNED;
    }
    m->warned = warning;
    return ok;
}
