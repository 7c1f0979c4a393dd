#include "mock_pages.h"

#include "pmprep/app/coach.h"

#include <string.h>

/* What the debrief is made of: answers with their follow-ups, findings and scores; interviews with their time and
 * votes. */

int mock_target(const struct mock *m)
{
    if (m->s.target != 0) {
        return (int)m->s.target;
    }
    return strcmp(config_text(app_config(m->app), "target"), "L5") == 0 ? 5 : 6;
}

/* ---- answers */

/* The opening answer and what was said to its follow-ups. */
static void join(const struct attempt *opening, const struct attempt *all, size_t count, struct arena *a,
                 struct debrief_answer *out)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, opening->text);
    out->active_ms = opening->active_ms;
    out->spoken_ms = opening->spoken_ms;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].parent, opening->id) != 0) {
            continue;
        }
        out->active_ms += all[i].active_ms;
        out->spoken_ms += all[i].spoken_ms;
        if (all[i].text[0]) {
            buf_addf(&text, "%s%s", text.len > 0 ? "\n\n" : "", all[i].text);
        }
    }
    out->text = arena_sv(a, buf_sv(&text));
    buf_release(&text);
}

static bool load_rubric(struct mock *m, const char *id, struct arena *a, const struct rubric **out, struct err *err)
{
    struct rubric *rubric = arena_alloc(a, sizeof(*rubric));
    bool found = false;
    if (!attempts_rubric(m->store, id, a, rubric, &found, err)) {
        return false;
    }
    *out = found ? rubric : NULL;
    return true;
}

/* Room for a level of each dimension, so that scoring adds to what is there. */
static void take_scores(const struct attempt *at, const struct rubric *rubric, struct arena *a,
                        struct debrief_answer *out)
{
    size_t room = rubric ? rubric->dimension_count : 0;
    const struct score_set *newest = at->score_set_count > 0 ? &at->score_sets[at->score_set_count - 1] : NULL;
    struct score *scores = arena_array(a, room + (newest ? newest->count : 0), sizeof(*scores));
    for (size_t i = 0; newest && i < newest->count; i++) {
        scores[out->score_count++] = newest->scores[i];
    }
    out->scores = scores;
}

static bool load_answers(struct mock *m, struct arena *a, struct mock_pages *out, struct err *err)
{
    struct attempt *all;
    struct story *stories;
    size_t count, story_count;
    if (!attempts_of_session(m->store, m->id, a, &all, &count, err) ||
        !story_all(m->store, a, &stories, &story_count, err)) {
        return false;
    }
    out->answers = arena_array(a, count, sizeof(*out->answers));
    for (size_t i = 0; i < count; i++) {
        const struct attempt *at = &all[i];
        if (at->parent[0] || at->asked.stage == 0 || at->asked.stage > m->plan.stage_count) {
            continue;
        }
        struct debrief_answer *answer = &out->answers[out->input.answer_count++];
        *answer = (struct debrief_answer){.attempt = at->id,
                                          .item = at->item,
                                          .prompt = at->prompt,
                                          .principle = at->asked.principle,
                                          .story = at->story,
                                          .headline = "",
                                          .stage = at->asked.stage - 1,
                                          .findings = at->findings,
                                          .finding_count = at->finding_count};
        for (size_t k = 0; k < story_count; k++) {
            if (strcmp(stories[k].id, at->story) == 0) {
                answer->headline = stories[k].headline;
            }
        }
        join(at, all, count, a, answer);
        if (!load_rubric(m, at->id, a, &answer->rubric, err)) {
            return false;
        }
        take_scores(at, answer->rubric, a, answer);
    }
    out->input.answers = out->answers;
    return true;
}

/* ---- interviews */

static void fill_stage(const struct mock *m, size_t at, struct debrief_stage *out)
{
    const struct loop_stage *s = &m->plan.stages[at];
    const struct loop_spent *spent = &m->s.run.spent[at];
    *out = (struct debrief_stage){.title = s->stage->title,
                                  .interviewer = s->stage->interviewer,
                                  .bar_raiser = s->bar_raiser,
                                  .hiring_manager = mock_is_hiring_manager(m, s),
                                  .principles = s->principles,
                                  .before = VOTE_COUNT,
                                  .after = VOTE_COUNT,
                                  .reason = "",
                                  .active_ms = spent->typed_ms + spent->spoken_ms,
                                  .typed_ms = spent->typed_ms,
                                  .spoken_ms = spent->spoken_ms,
                                  .stopped = spent->stopped};
    for (size_t i = 0; i < s->part_count; i++) {
        out->allotted_ms += s->parts[i].allotted_ms;
    }
}

static bool load_stages(struct mock *m, struct arena *a, struct mock_pages *out, struct err *err)
{
    struct vote_row *votes;
    size_t count;
    if (!vote_all(m->store, m->id, a, &votes, &count, err)) {
        return false;
    }
    out->stages = arena_array(a, m->plan.stage_count, sizeof(*out->stages));
    for (size_t i = 0; i < m->plan.stage_count; i++) {
        fill_stage(m, i, &out->stages[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (votes[i].stage >= m->plan.stage_count || votes[i].vote < 0 || votes[i].vote >= VOTE_COUNT) {
            continue;
        }
        struct debrief_stage *s = &out->stages[votes[i].stage];
        *(votes[i].final ? &s->after : &s->before) = (enum vote)votes[i].vote;
        s->reason = votes[i].final ? votes[i].reason : s->reason;
    }
    out->input.stages = out->stages;
    out->input.stage_count = m->plan.stage_count;
    return true;
}

static void allow_votes(const struct mock_loop *loop, struct mock_pages *out)
{
    for (size_t i = 0; i < loop->vote.scale.count && out->allowed_count < VOTE_COUNT; i++) {
        int vote;
        if (words_find(&vote_words, sv_from(loop->vote.scale.at[i]), &vote)) {
            out->allowed[out->allowed_count++] = (enum vote)vote;
        }
    }
}

bool pages_load(struct mock *m, struct arena *a, struct mock_pages *out, struct err *err)
{
    const struct coach *coach = NULL;
    struct err ignored = ERR_INIT;
    *out = (struct mock_pages){.input = {.rules = &m->loop->vote,
                                         .target = mock_target(m),
                                         .pace = m->plan.pace,
                                         .bias = m->s.bias,
                                         .bias_n = m->s.bias_n}};
    out->input.known = library_principles(m->library, &out->input.known_count);
    if (app_coach(m->app, &coach, &ignored)) {
        out->input.lexicon = coach_lexicon(coach);
    }
    allow_votes(m->loop, out);
    return load_stages(m, a, out, err) && load_answers(m, a, out, err);
}

void pages_make(struct mock_pages *p, struct arena *a)
{
    debrief_make(&p->input, a, &p->debrief);
}

/* ---- a saved report */

bool mock_report(struct app *app, const char *id, struct arena *a, struct mock_report *out, struct err *err)
{
    struct mock *m = mock_new(app);
    struct mock_pages pages;
    m->arena = *a; /* what is read lives on with the caller */
    bool ok = mock_open_stored(m, id ? id : "last", err) && pages_load(m, &m->arena, &pages, err);
    if (ok) {
        pages_make(&pages, &m->arena);
        *out = (struct mock_report){.run = mock_run_of(&m->row, &m->arena),
                                    .loop = m->loop,
                                    .input = pages.input,
                                    .debrief = pages.debrief,
                                    .against = m->row.against,
                                    .notes = m->row.notes,
                                    .mode = m->row.mode};
    }
    *a = m->arena;
    m->arena = (struct arena)ARENA_INIT;
    mock_free(m);
    return ok;
}
