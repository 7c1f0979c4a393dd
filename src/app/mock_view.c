#include "mock_parts.h"

#include "pmprep/practice/budget.h"

/* What a screen or the plain dialogue shows of a mock. */

/* What a fact is asked by, not what it tells: that comes to whoever chooses it. */
static const char *asked_by(struct mock *m, const char *tell)
{
    struct buf words = BUF_INIT;
    for (size_t i = 0; i < m->item.fact_count; i++) {
        const struct fact *f = &m->item.facts[i];
        for (size_t k = 0; strcmp(f->tell, tell) == 0 && k < f->ask.count; k++) {
            buf_addf(&words, "%s%s", words.len > 0 ? ", " : "", f->ask.at[k]);
        }
    }
    const char *kept = arena_sv(&m->view_arena, buf_sv(&words));
    buf_release(&words);
    return kept;
}

static void fill_near(struct mock *m)
{
    const char **near = arena_array(&m->view_arena, m->near.count, sizeof(*near));
    for (size_t i = 0; i < m->near.count; i++) {
        near[i] = asked_by(m, m->near.at[i]);
    }
    m->view.near = near;
    m->view.near_count = m->near.count;
}

static void fill_stage(struct mock *m)
{
    struct mock_view *v = &m->view;
    const struct loop_stage *stage = loop_stage_at(&m->plan, &m->s.run);
    const struct loop_part *part = loop_part_at(&m->plan, &m->s.run);
    if (stage) {
        v->stage = m->s.run.stage + 1;
        v->stage_title = stage->stage->title;
        v->interviewer = stage->stage->interviewer;
        v->said = m->said ? m->said + m->s.stage_said : NULL;
        v->said_count = m->s.said_count - m->s.stage_said;
    }
    if (part) {
        v->part = part->part->name;
        v->is_case = part->part->asks == PART_CASE;
        v->facts = m->s.told.at;
        v->fact_count = m->s.told.count;
        fill_near(m);
    }
}

static unsigned words_allowed(const struct mock *m)
{
    const struct loop_question *q = loop_question_at(&m->plan, &m->s.run);
    if (m->s.run.phase != LOOP_ANSWER || !q) {
        return 0;
    }
    return budget_for(q->kind, m->mode, m->item.minutes, 0, 0).words;
}

static void fill_clock(struct mock *m)
{
    struct mock_view *v = &m->view;
    int64_t part = loop_part_left(&m->plan, &m->s.run);
    v->part_left_ms = part;
    v->stage_left_ms = loop_stage_left(&m->plan, &m->s.run);
    v->loop_left_ms = loop_left(&m->plan, &m->s.run);
    v->answer_ms = loop_is_timed(m->s.run.phase) ? m->s.run.answer_ms : 0;
    v->warning = mock_warning_now(m);
    v->word_budget = words_allowed(m);
}

const struct mock_view *mock_view(struct mock *m)
{
    mock_account(m);
    arena_reset(&m->view_arena);
    m->view = (struct mock_view){.phase = mock_phase_of(&m->s),
                                 .run = m->id,
                                 .loop = m->loop->id,
                                 .loop_title = m->loop->title,
                                 .stages = (unsigned)m->plan.stage_count,
                                 .stage = (unsigned)m->plan.stage_count,
                                 .stage_title = "",
                                 .interviewer = "",
                                 .part = "",
                                 .says = m->s.says,
                                 .about = m->s.run.phase == LOOP_PROBE ? m->s.about : "",
                                 .cuts_in = m->s.cuts_in,
                                 .mode = m->s.run.phase == LOOP_WRITING ? MODE_TYPE : m->mode,
                                 .paused = m->paused,
                                 .pace = m->plan.pace,
                                 .draft = buf_str(&m->draft),
                                 .draft_cursor = m->draft_cursor,
                                 .notes = m->row.notes,
                                 .against = m->row.against};
    fill_stage(m);
    fill_clock(m);
    if (m->s.run.phase == LOOP_OVER) {
        debrief_view(m);
    }
    return &m->view;
}
