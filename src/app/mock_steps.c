#include "mock_parts.h"

#include "pmprep/app/speech.h"
#include "pmprep/coach/words.h"

#include <string.h>

/* The steps of the interviews. Each is tried on the state, stored, and taken back when it cannot be. */

static struct item_snapshot snapshot_of(const struct mock *m, const struct rubric *rubric, const char *prompt)
{
    return (struct item_snapshot){.item = m->item.key,
                                  .revision = m->item.revision,
                                  .kind = m->item.kind,
                                  .family = m->item.family,
                                  .principles = m->item.principles,
                                  .difficulty = m->item.difficulty,
                                  .core = m->item.core,
                                  .prompt = prompt,
                                  .rubric = rubric};
}

static struct attempt answer_of(struct mock *m, struct sv text, enum attempt_role role)
{
    const struct mock_state *s = &m->s;
    const struct loop_question *q = loop_question_at(&m->plan, &s->run);
    const struct loop_part *part = loop_part_at(&m->plan, &s->run);
    int64_t left = loop_part_left(&m->plan, &s->run);
    char id[UUID_SIZE];
    uuid7(app_wall(m->app), id);
    return (struct attempt){
        .id = arena_strdup(&m->arena, id),
        .session = m->id,
        .parent = role == ATTEMPT_PROBE ? s->attempt : "",
        .role = role,
        .item = m->item.key,
        .item_revision = m->item.revision,
        .kind = m->item.kind,
        .family = m->item.family,
        .principles = m->item.principles,
        .mode = s->run.phase == LOOP_WRITING ? MODE_TYPE : m->mode,
        .story = "",
        .prompt = s->says,
        .text = arena_sv(&m->arena, text),
        .note = "",
        .started_at = s->began_at,
        .ended_at = app_wall(m->app),
        .offset_min = app_offset(m->app),
        .active_ms = s->run.answer_ms,
        .spoken_ms = s->spoken_ms,
        .overtime_ms = left < 0 ? -left : 0,
        .words = (unsigned)words_count(text),
        .picked = -1,
        .guess = "",
        .asked = {.stage = s->run.stage + 1,
                  .part = part->part->name,
                  .principle = q ? q->principle : "",
                  .why = role == ATTEMPT_PROBE ? s->why : "",
                  .flaw = role == ATTEMPT_PROBE ? s->flaw : "",
                  .quote = role == ATTEMPT_PROBE ? s->quote : ""},
    };
}

/* What was said to the question so far, for the coach. */
static const char *joined(struct mock *m, const char *before, struct sv text)
{
    text = sv_trim(text);
    return before[0] && text.len > 0 ? arena_printf(&m->arena, "%s\n\n" SV_FMT, before, SV_ARG(text))
           : before[0]               ? before
                                     : arena_sv(&m->arena, text);
}

/* A twist that the clock did not bring into the answer follows it, as long as there is time. */
static bool turn_late(struct mock *m)
{
    struct mock_state *s = &m->s;
    const struct loop_part *part = loop_part_at(&m->plan, &s->run);
    if (part->part->asks != PART_CASE || s->run.twists >= m->item.twist_count) {
        return false;
    }
    const char *tell = m->item.twists[s->run.twists++].tell;
    mock_tell(m, tell);
    s->says = arena_strdup(&m->arena, tell);
    s->why = "twist";
    s->flaw = s->quote = "";
    return true;
}

/* After an answer: the next follow-up, or the next question. */
static bool follow_up(struct mock *m, struct err *err)
{
    struct mock_state *s = &m->s;
    bool found = false;
    s->moved = true;
    if (loop_part_left(&m->plan, &s->run) <= 0) {
        loop_hard_stop(&m->plan, &s->run);
        return true;
    }
    if (s->run.phase != LOOP_PROBE) {
        s->about = s->says;
    }
    if (turn_late(m)) {
        loop_to_probe(&s->run);
        s->run.depth--; /* not one of the follow-ups that a style allows */
        return true;
    }
    if (!mock_next_probe(m, &found, err)) {
        return false;
    }
    if (found) {
        loop_to_probe(&s->run);
    } else {
        loop_next_question(&m->plan, &s->run);
    }
    return true;
}

static bool take_back(struct mock *m, const struct mock_state *before)
{
    m->s = *before;
    return false;
}

static bool submit_opening(struct mock *m, struct sv text, bool stopped, struct err *err)
{
    struct mock_state before = m->s;
    struct mock_state *s = &m->s;
    struct item_snapshot snap =
        snapshot_of(m, library_rubric_for(m->library, m->item.family), m->item.prompt[0] ? m->item.prompt : s->says);
    struct attempt at = answer_of(m, text, ATTEMPT_FIRST);
    bool spoken = at.mode == MODE_SPEAK && s->run.phase == LOOP_ANSWER;
    at.prompt = snap.prompt = arena_strdup(&m->arena, snap.prompt);
    if (!spoken && !mock_read_answer(m, &at, err)) {
        return false;
    }
    if (sv_trim(text).len > 0) {
        mock_say(m, true, at.text);
    }
    s->attempt = at.id;
    s->heard = at.text;
    s->moved = true;
    if (spoken) {
        s->run.spent[s->run.stage].stopped |= stopped;
        loop_to_ticks(&s->run);
    } else if (s->run.phase == LOOP_WRITING) {
        loop_next_part(&m->plan, &s->run);
    } else if (!follow_up(m, err)) {
        return take_back(m, &before);
    }
    return mock_save_step(m, &before, &(struct mock_step){.answer = &at, .snapshot = &snap}, err);
}

/* Silence is an answer to a follow-up too: the next question comes. */
static bool submit_probe(struct mock *m, struct sv text, struct err *err)
{
    struct mock_state before = m->s;
    struct mock_state *s = &m->s;
    bool silent = sv_trim(text).len == 0 && m->mode != MODE_SPEAK;
    struct item_snapshot snap = snapshot_of(m, library_rubric_for(m->library, m->item.family), m->item.prompt);
    struct attempt at = answer_of(m, text, ATTEMPT_PROBE);
    if (sv_trim(text).len > 0) {
        mock_say(m, true, at.text);
        s->heard = joined(m, s->heard, text);
    }
    if (silent && loop_part_left(&m->plan, &s->run) > 0) {
        s->moved = true;
        loop_next_question(&m->plan, &s->run);
    } else if (!follow_up(m, err)) {
        return take_back(m, &before);
    }
    struct mock_step step = {.answer = silent ? NULL : &at, .snapshot = &snap};
    return mock_save_step(m, &before, &step, err);
}

static bool move_part(struct mock *m, struct sv text, bool stopped, struct err *err)
{
    struct mock_state before = m->s;
    if (sv_trim(text).len > 0) {
        mock_say(m, true, arena_sv(&m->arena, sv_trim(text)));
    }
    m->s.moved = true;
    if (stopped) {
        loop_hard_stop(&m->plan, &m->s.run);
    } else {
        loop_next_part(&m->plan, &m->s.run);
    }
    return mock_save_step(m, &before, &(struct mock_step){0}, err);
}

/* The document goes through the parts of its stage; the last one hands it in. */
static bool submit_writing(struct mock *m, struct sv text, bool stopped, struct err *err)
{
    const struct loop_stage *stage = loop_stage_at(&m->plan, &m->s.run);
    unsigned next = m->s.run.part + 1;
    bool goes_on = next < stage->part_count && stage->parts[next].part->asks == PART_WRITING;
    if (!goes_on) {
        return sv_trim(text).len > 0 ? submit_opening(m, text, stopped, err) : move_part(m, text, stopped, err);
    }
    if (!mock_save_draft(m, text, m->draft_cursor, err)) {
        return false;
    }
    struct mock_state before = m->s;
    m->s.moved = true;
    loop_next_part(&m->plan, &m->s.run);
    return mock_save_step(m, &before, &(struct mock_step){.keep_draft = true}, err);
}

static bool submit_question(struct mock *m, struct sv text, struct err *err)
{
    struct mock_state before = m->s;
    if (sv_trim(text).len == 0) {
        return move_part(m, text, false, err);
    }
    mock_say(m, true, arena_sv(&m->arena, sv_trim(text)));
    mock_they_say(m, mock_reply(m, text));
    return mock_save_step(m, &before, &(struct mock_step){0}, err);
}

bool mock_submit(struct mock *m, struct sv text, struct err *err)
{
    mock_account(m);
    bool blank = sv_trim(text).len == 0;
    switch (mock_phase_of(&m->s)) {
    case MOCK_BACKGROUND:
        return move_part(m, text, false, err);
    case MOCK_ANSWER:
        if (blank && m->mode != MODE_SPEAK) {
            return err_set(err, ERR_USAGE, "there is no answer yet; say something, or skip the question");
        }
        return submit_opening(m, text, false, err);
    case MOCK_PROBE:
        return submit_probe(m, text, err);
    case MOCK_WRITING:
        return submit_writing(m, text, false, err);
    case MOCK_QUESTIONS:
        return submit_question(m, text, err);
    case MOCK_AGAINST:
        return debrief_submit(m, text, err);
    case MOCK_BREAK:
    case MOCK_TICKS:
    case MOCK_VOTE:
    case MOCK_EVIDENCE:
    case MOCK_REVOTE:
    case MOCK_VERDICT:
    case MOCK_OVER:
        break;
    }
    return mock_wrong_phase(err);
}

bool mock_stop_part(struct mock *m, struct sv text, struct err *err)
{
    switch (m->s.run.phase) {
    case LOOP_ANSWER:
        return sv_trim(text).len > 0 || m->mode == MODE_SPEAK ? submit_opening(m, text, true, err)
                                                              : move_part(m, text, true, err);
    case LOOP_PROBE:
        return submit_probe(m, text, err);
    case LOOP_WRITING:
        return submit_writing(m, text, true, err);
    case LOOP_BACKGROUND:
    case LOOP_QUESTIONS:
        return move_part(m, text, true, err);
    case LOOP_BREAK:
    case LOOP_TICKS:
    case LOOP_OVER:
        break;
    }
    return true;
}

bool mock_begin(struct mock *m, struct err *err)
{
    if (mock_phase_of(&m->s) != MOCK_BREAK) {
        return mock_wrong_phase(err);
    }
    mock_account(m);
    struct mock_state before = m->s;
    m->s.moved = true;
    loop_begin(&m->plan, &m->s.run);
    return mock_save_step(m, &before, &(struct mock_step){0}, err);
}

bool mock_ticks(struct mock *m, unsigned ticks, struct sv bullets, struct err *err)
{
    if (mock_phase_of(&m->s) != MOCK_TICKS) {
        return mock_wrong_phase(err);
    }
    struct mock_state before = m->s;
    struct mock_state *s = &m->s;
    struct attempt at;
    if (!attempts_get(m->store, s->attempt, &m->arena, &at, err)) {
        return false;
    }
    struct item_snapshot snap = snapshot_of(m, library_rubric_for(m->library, m->item.family), at.prompt);
    at.ticks = s->ticks = ticks & ((1u << TICK_KINDS) - 1);
    at.text = s->heard = joined(m, at.text, bullets);
    at.words = (unsigned)words_count(sv_from(at.text));
    if (!mock_read_answer(m, &at, err)) {
        return take_back(m, &before);
    }
    if (sv_trim(bullets).len > 0) {
        mock_say(m, true, arena_sv(&m->arena, sv_trim(bullets)));
    }
    if (!follow_up(m, err)) {
        return take_back(m, &before);
    }
    return mock_save_step(m, &before, &(struct mock_step){.answer = &at, .snapshot = &snap}, err);
}

bool mock_transcript(struct mock *m, struct sv text, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct attempt at;
    if (mock_phase_of(&m->s) != MOCK_TICKS) {
        return mock_wrong_phase(err);
    }
    bool ok = attempts_get(m->store, m->s.attempt, &scratch, &at, err);
    if (ok) {
        struct item_snapshot snap = snapshot_of(m, library_rubric_for(m->library, m->item.family), at.prompt);
        speech_measure(m->app, text, &scratch, &at.heard_words, &at.fillers);
        ok = attempts_put(m->store, &at, &snap, err) && mock_save_draft(m, text, 0, err);
    }
    arena_release(&scratch);
    return ok;
}

bool mock_skip(struct mock *m, struct err *err)
{
    mock_account(m);
    struct mock_state before = m->s;
    switch (m->s.run.phase) {
    case LOOP_ANSWER:
    case LOOP_TICKS:
    case LOOP_PROBE:
        m->s.moved = true;
        loop_next_question(&m->plan, &m->s.run);
        return mock_save_step(m, &before, &(struct mock_step){0}, err);
    case LOOP_BACKGROUND:
    case LOOP_WRITING:
    case LOOP_QUESTIONS:
        m->s.moved = true;
        loop_next_part(&m->plan, &m->s.run);
        return mock_save_step(m, &before, &(struct mock_step){0}, err);
    case LOOP_BREAK:
    case LOOP_OVER:
        break;
    }
    return mock_wrong_phase(err);
}
