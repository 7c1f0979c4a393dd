#include "mock_parts.h"

#include <string.h>

/* What is stored when. A step is one transaction: the answer, what was said, the state and the draft that is done. */

static const char *prompt_of(const struct mock *m)
{
    return m->item.prompt && m->item.prompt[0] ? m->item.prompt : m->s.says;
}

static struct draft draft_of(const struct mock *m, const char *text, size_t cursor)
{
    return (struct draft){.item = m->item_key,
                          .item_revision = m->item.revision,
                          .prompt = prompt_of(m),
                          .mode = m->mode,
                          .role = m->s.run.phase == LOOP_PROBE ? ATTEMPT_PROBE : ATTEMPT_FIRST,
                          .parent = m->s.attempt,
                          .session = m->id,
                          .text = text,
                          .started_at = m->s.began_at,
                          .updated_at = app_wall(m->app),
                          .active_ms = m->s.run.answer_ms,
                          .cursor = cursor};
}

static bool finish(struct mock *m, bool ok, struct err *err)
{
    if (!ok) {
        store_rollback(m->store);
        return false;
    }
    return store_commit(m->store, err);
}

/* The row with the JSON of now; state must outlive it. */
static struct loop_row row_of(const struct mock *m, const struct buf *state)
{
    struct loop_row row = m->row;
    row.updated_at = app_wall(m->app);
    row.phase = (int)mock_phase_of(&m->s);
    row.state = buf_str(state);
    row.mode = m->mode;
    row.verdict = (int)m->s.verdict;
    row.open = row.phase < MOCK_VERDICT;
    return row;
}

static bool write_draft(struct mock *m, struct sv text, size_t cursor, struct err *err)
{
    if (!m->item_key[0]) {
        return true;
    }
    if (text.len == 0) {
        return draft_remove(m->store, m->item_key, m->id, err);
    }
    struct buf copy = BUF_INIT;
    buf_addsv(&copy, text);
    struct draft d = draft_of(m, buf_str(&copy), cursor);
    bool ok = draft_put(m->store, &d, err);
    buf_release(&copy);
    return ok;
}

bool mock_save_time(struct mock *m, struct sv text, size_t cursor, struct err *err)
{
    struct buf state = BUF_INIT;
    bool same = sv_eq(text, buf_sv(&m->draft));
    mock_write_state(m, &state);
    struct loop_row row = row_of(m, &state);
    bool ok = store_begin(m->store, err) &&
              finish(m, (same || write_draft(m, text, cursor, err)) && loop_put_state(m->store, &row, err), err);
    buf_release(&state);
    if (!ok) {
        return err_prefix(err, "the draft is not saved");
    }
    if (!same) {
        struct buf copy = BUF_INIT; /* text may point into the draft */
        buf_addsv(&copy, text);
        buf_release(&m->draft);
        m->draft = copy;
    }
    m->draft_cursor = cursor;
    m->stored = app_mono(m->app);
    return true;
}

bool mock_write_row(struct mock *m, struct err *err)
{
    struct buf state = BUF_INIT, said = BUF_INIT;
    mock_write_state(m, &state);
    mock_write_said(m, &said);
    struct loop_row row = row_of(m, &state);
    row.said = buf_str(&said);
    if (!row.open) {
        row.ended_at = row.updated_at;
    }
    bool ok = loop_put(m->store, &row, err);
    buf_release(&state);
    buf_release(&said);
    return ok;
}

bool mock_save_row(struct mock *m, struct err *err)
{
    bool ok = store_begin(m->store, err) && finish(m, mock_write_row(m, err), err);
    if (ok) {
        m->stored = app_mono(m->app);
    }
    return ok;
}

static bool write_story(struct mock *m, const struct mock_step *step, struct err *err)
{
    return (!step->fresh || story_put(m->store, step->fresh, err)) &&
           (!step->told || attempts_set_story(m->store, step->told, step->story, err));
}

static bool write_step(struct mock *m, const char *drafted, const struct mock_step *step, struct err *err)
{
    return (!step->answer || attempts_put(m->store, step->answer, step->snapshot, err)) &&
           (!step->scored || attempts_score(m->store, step->scored, step->scores, err)) && write_story(m, step, err) &&
           (!step->vote || vote_put(m->store, m->id, step->vote, err)) && (!step->more || step->more(m, err)) &&
           (step->keep_draft || !drafted[0] || draft_remove(m->store, drafted, m->id, err)) && mock_write_row(m, err);
}

/* A commit that failed may have reached the disk all the same: the store, opened again, knows. */
static bool really_there(struct mock *m, const struct attempt *at)
{
    struct err ignored = ERR_INIT;
    bool there = false;
    return at && attempts_exists(m->store, at->id, &there, &ignored) && there;
}

bool mock_save_step(struct mock *m, const struct mock_state *before, const struct mock_step *step, struct err *err)
{
    struct arena old_arena = m->item_arena; /* the answer's snapshot lives there */
    struct item old_item = m->item;
    const char *old_key = m->item_key;
    m->item_arena = (struct arena)ARENA_INIT;
    bool ok = mock_stand(m, err) && store_begin(m->store, err);
    if (ok && !write_step(m, old_key, step, err)) {
        store_rollback(m->store);
        ok = false;
    } else if (ok && !store_commit(m->store, err)) {
        ok = really_there(m, step->answer);
    }
    if (!ok) {
        arena_release(&m->item_arena);
        m->item_arena = old_arena;
        m->item = old_item;
        m->item_key = old_key;
        m->s = *before;
        return err_prefix(err, "not saved, the text is still here");
    }
    arena_release(&old_arena);
    if (!step->keep_draft) {
        buf_clear(&m->draft);
        m->draft_cursor = 0;
    }
    m->near.count = 0;
    m->since = m->stored = app_mono(m->app);
    return true;
}

/* Only the draft of what stands: one of before the last step cannot be left, but another program may have written. */
bool mock_load_draft(struct mock *m, struct err *err)
{
    struct draft d;
    struct arena scratch = ARENA_INIT;
    bool found;
    bool ok = draft_of_session(m->store, m->id, &scratch, &d, &found, err);
    if (ok && found && strcmp(d.item, m->item_key) == 0) {
        buf_adds(&m->draft, d.text);
        m->draft_cursor = d.cursor;
    }
    arena_release(&scratch);
    return ok;
}
