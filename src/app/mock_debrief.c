#include "mock_pages.h"

#include "pmprep/app/schedule.h"
#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"

#include <string.h>

/* The steps of the debrief: blind votes, evidence, the case against, votes again, the verdict. */

void debrief_free(struct mock_pages *p)
{
    if (p) {
        arena_release(&p->arena);
        free(p);
    }
}

/* Made when it is first looked at, after everything was stored. NULL with err. */
static struct mock_pages *pages_of(struct mock *m, struct err *err)
{
    if (m->pages) {
        return m->pages;
    }
    struct mock_pages *p = mem_calloc(1, sizeof(*p));
    struct arena a = ARENA_INIT;
    bool ok = pages_load(m, &a, p, err);
    p->arena = a;
    if (!ok) {
        debrief_free(p);
        return NULL;
    }
    m->pages = p;
    if (mock_phase_of(&m->s) >= MOCK_REVOTE) {
        pages_make(p, &p->arena);
    }
    return p;
}

static void forget_pages(struct mock *m)
{
    debrief_free(m->pages);
    m->pages = NULL;
}

/* ---- votes */

static bool is_allowed(const struct mock_pages *p, enum vote v)
{
    for (size_t i = 0; i < p->allowed_count; i++) {
        if (p->allowed[i] == v) {
            return true;
        }
    }
    return false;
}

static void after_blind_votes(struct mock *m, const struct mock_pages *p)
{
    m->s.debrief = p->input.answer_count > 0 ? MOCK_EVIDENCE : MOCK_AGAINST;
    m->s.page = m->s.dimension = m->s.vote_stage = 0;
    m->s.storied = false;
}

/* The votes as they will be stand in the pages already, so the verdict is theirs. */
static void after_last_vote(struct mock *m, struct mock_pages *p)
{
    pages_make(p, &p->arena);
    m->s.verdict = p->debrief.as_voted;
    m->s.debrief = MOCK_VERDICT;
    m->s.vote_stage = 0;
}

static bool end_session(struct mock *m, struct err *err)
{
    struct session session = {.id = m->id,
                              .kind = "mock",
                              .started_at = m->row.started_at,
                              .ended_at = app_wall(m->app),
                              .offset_min = m->row.offset_min,
                              .seed = m->row.seed,
                              .planned = (unsigned)m->plan.stage_count,
                              .done = (unsigned)m->plan.stage_count};
    return session_put(m->store, &session, err);
}

bool mock_vote(struct mock *m, enum vote v, const char *reason, struct err *err)
{
    enum mock_phase phase = mock_phase_of(&m->s);
    if (phase != MOCK_VOTE && phase != MOCK_REVOTE) {
        return mock_wrong_phase(err);
    }
    struct mock_pages *p = pages_of(m, err);
    if (!p) {
        return false;
    }
    if (!is_allowed(p, v)) {
        return err_set(err, ERR_USAGE, "that is no vote of this loop");
    }
    bool final = phase == MOCK_REVOTE;
    if (final && v != p->stages[m->s.vote_stage].before && sv_trim(sv_from(reason ? reason : "")).len == 0) {
        return err_set(err, ERR_USAGE, "a vote that changes needs a reason: say in a line what changed your mind");
    }
    struct mock_state before = m->s;
    struct vote_row row = {
        .stage = m->s.vote_stage, .final = final, .vote = (int)v, .reason = final && reason ? reason : ""};
    struct debrief_stage *stage = &p->stages[row.stage];
    *(final ? &stage->after : &stage->before) = v;
    if (final) {
        stage->reason = arena_strdup(&p->arena, row.reason);
    }
    struct mock_step step = {.vote = &row};
    if (++m->s.vote_stage >= m->plan.stage_count) {
        if (final) {
            after_last_vote(m, p);
            step.more = end_session;
        } else {
            after_blind_votes(m, p);
        }
    }
    if (!mock_save_step(m, &before, &step, err)) {
        forget_pages(m);
        return false;
    }
    if (final) {
        pages_make(p, &p->arena);
    }
    return true;
}

/* ---- evidence */

static const struct debrief_answer *page_at(const struct mock_pages *p, unsigned page)
{
    return page < p->input.answer_count ? &p->answers[page] : NULL;
}

static const struct dimension *dimension_at(const struct mock *m, const struct debrief_answer *answer)
{
    const struct rubric *r = answer ? answer->rubric : NULL;
    return r && m->s.dimension < r->dimension_count ? &r->dimensions[m->s.dimension] : NULL;
}

/* The scores with this one in its place. */
static struct score_set scored(struct mock *m, struct mock_pages *p, const struct debrief_answer *answer,
                               const char *dimension, int level)
{
    struct score *scores = arena_array(&p->arena, answer->score_count + 1, sizeof(*scores));
    size_t count = 0;
    bool there = false;
    for (size_t i = 0; i < answer->score_count; i++) {
        scores[count] = answer->scores[i];
        if (strcmp(scores[count].dimension, dimension) == 0) {
            scores[count].level = level;
            there = true;
        }
        count++;
    }
    if (!there) {
        scores[count++] = (struct score){dimension, level};
    }
    return (struct score_set){SCORE_EVIDENCE, app_wall(m->app), scores, count};
}

bool mock_score(struct mock *m, int level, struct err *err)
{
    if (mock_phase_of(&m->s) != MOCK_EVIDENCE) {
        return mock_wrong_phase(err);
    }
    struct mock_pages *p = pages_of(m, err);
    if (!p) {
        return false;
    }
    struct debrief_answer *answer = &p->answers[m->s.page];
    const struct dimension *d = dimension_at(m, answer);
    if (!d || level < 0 || level > LEVELS) {
        return d ? err_set(err, ERR_USAGE, "a level is a number from 1 to %d", LEVELS) : mock_wrong_phase(err);
    }
    struct mock_state before = m->s;
    m->s.dimension++;
    if (level == 0) {
        return mock_save_step(m, &before, &(struct mock_step){0}, err);
    }
    struct score_set set = scored(m, p, answer, d->id, level);
    if (!mock_save_step(m, &before, &(struct mock_step){.scored = answer->attempt, .scores = &set}, err)) {
        return false;
    }
    answer->scores = set.scores;
    answer->score_count = set.count;
    return true;
}

/* ---- its story */

/* Behavioural answers tell one; it is asked for once all is scored. */
static bool asks_story(const struct mock *m, const struct debrief_answer *answer)
{
    return mock_phase_of(&m->s) == MOCK_EVIDENCE && !m->s.storied && answer && answer->principle[0] &&
           !dimension_at(m, answer);
}

/* NULL with err: none is asked for. */
static struct debrief_answer *story_wanted(struct mock *m, struct err *err)
{
    struct mock_pages *p = m->s.run.phase == LOOP_OVER ? pages_of(m, err) : NULL;
    if (p && asks_story(m, page_at(p, m->s.page))) {
        return &p->answers[m->s.page];
    }
    if (m->s.run.phase != LOOP_OVER || p) {
        mock_wrong_phase(err);
    }
    return NULL;
}

static bool set_story(struct mock *m, struct debrief_answer *answer, const struct story *story, bool fresh,
                      struct err *err)
{
    struct mock_state before = m->s;
    const char *id = story ? story->id : "";
    struct mock_step step = {.told = answer->attempt, .story = id, .fresh = fresh ? story : NULL};
    m->s.storied = true;
    if (!mock_save_step(m, &before, &step, err)) {
        return false;
    }
    answer->story = arena_strdup(&m->pages->arena, id);
    answer->headline = arena_strdup(&m->pages->arena, story ? story->headline : "");
    return true;
}

bool mock_story(struct mock *m, const char *story_id, struct err *err)
{
    struct debrief_answer *answer = story_wanted(m, err);
    struct story story;
    return answer && (!story_id || story_get(m->store, story_id, &m->pages->arena, &story, err)) &&
           set_story(m, answer, story_id ? &story : NULL, false, err);
}

bool mock_new_story(struct mock *m, const char *headline, struct err *err)
{
    struct debrief_answer *answer = story_wanted(m, err);
    char id[UUID_SIZE];
    struct story story;
    if (!answer) {
        return false;
    }
    if (sv_trim(sv_from(headline)).len == 0) {
        return err_set(err, ERR_USAGE, "a story needs a headline");
    }
    uuid7(app_wall(m->app), id);
    story_init(&story);
    story.id = id;
    story.headline = arena_sv(&m->pages->arena, sv_trim(sv_from(headline)));
    story.principles = (struct strings){&answer->principle, 1};
    story.created_at = story.updated_at = app_wall(m->app);
    return set_story(m, answer, &story, true, err);
}

/* What was scored counts as practice of its unit, as in a drill; what no bank asks has no unit. */
static bool review_answer(struct mock *m, const struct debrief_answer *answer, struct arena *a, struct err *err)
{
    enum rating rating = rating_from_scores(answer->scores, answer->score_count);
    struct item_meta meta;
    struct plan plan;
    struct planned planned;
    struct schedule_row row;
    bool found;
    char id[UUID_SIZE];
    if (rating == RATING_NONE || !library_has_bank_of(m->library, answer->item) ||
        !library_meta(m->library, answer->item, a, &meta, NULL)) {
        return true;
    }
    const char *unit = unit_of(&meta, a);
    if (!schedule_plan(m->app, m->store, a, &plan, err) || !schedule_get(m->store, unit, a, &row, &found, err)) {
        return false;
    }
    bool steps = kind_has_steps(meta.kind);
    plan_review(&plan, unit, found ? &row : NULL, rating, steps, &planned);
    uuid7(app_wall(m->app), id);
    struct review review = {.id = id,
                            .unit = unit,
                            .attempt = answer->attempt,
                            .rating = (int)rating,
                            .voids = "",
                            .at_ms = plan.now_ms,
                            .day = plan.today,
                            .elapsed_days = planned.elapsed_days,
                            .learning_steps = steps,
                            .fsrs_version = FSRS_VERSION,
                            .due_day = planned.row.due_day,
                            .due_ms = planned.row.due_ms};
    return review_add(m->store, &review, &planned.row, err);
}

static bool review_all(struct mock *m, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    bool ok = true;
    for (size_t i = 0; ok && i < m->pages->input.answer_count; i++) {
        ok = review_answer(m, &m->pages->answers[i], &scratch, err);
    }
    arena_release(&scratch);
    return ok;
}

static bool leave_evidence(struct mock *m, struct err *err)
{
    struct mock_state before = m->s;
    struct mock_step step = {.more = m->s.graded ? NULL : review_all};
    double bias;
    unsigned answers;
    if (!stats_bias(m->store, &bias, &answers, err)) {
        return false;
    }
    m->s.bias = bias;
    m->s.bias_n = answers;
    m->s.target = (unsigned)mock_target(m);
    m->s.graded = true;
    m->s.debrief = MOCK_AGAINST;
    if (!mock_save_step(m, &before, &step, err)) {
        return false;
    }
    forget_pages(m);
    return true;
}

/* ---- the case against */

bool debrief_submit(struct mock *m, struct sv text, struct err *err)
{
    struct mock_state before = m->s;
    const char *against = m->row.against;
    m->row.against = arena_sv(&m->arena, sv_trim(text));
    m->s.debrief = MOCK_REVOTE;
    m->s.vote_stage = 0;
    if (!mock_save_step(m, &before, &(struct mock_step){0}, err)) {
        m->row.against = against;
        return false;
    }
    forget_pages(m);
    return true;
}

/* ---- to and fro */

static bool move(struct mock *m, struct mock_state to, struct err *err)
{
    struct mock_state before = m->s;
    m->s = to;
    return mock_save_step(m, &before, &(struct mock_step){0}, err);
}

static void turn_page(struct mock_state *s, unsigned page)
{
    s->page = page;
    s->dimension = 0;
    s->storied = false;
}

bool mock_next(struct mock *m, struct err *err)
{
    struct mock_pages *p = m->s.run.phase == LOOP_OVER ? pages_of(m, err) : NULL;
    struct mock_state to = m->s;
    if (m->s.run.phase == LOOP_OVER && !p) {
        return false;
    }
    if (p && to.debrief == MOCK_VERDICT) {
        to.debrief = MOCK_OVER;
        return move(m, to, err);
    }
    if (!p || to.debrief != MOCK_EVIDENCE) {
        return mock_wrong_phase(err);
    }
    if (to.page + 1 >= p->input.answer_count) {
        return leave_evidence(m, err);
    }
    turn_page(&to, to.page + 1);
    return move(m, to, err);
}

bool mock_back(struct mock *m, struct err *err)
{
    struct mock_state to = m->s;
    enum mock_phase phase = mock_phase_of(&to);
    bool votes = phase == MOCK_VOTE || phase == MOCK_REVOTE;
    if (votes && to.vote_stage > 0) {
        to.vote_stage--;
        return move(m, to, err);
    }
    if (phase == MOCK_EVIDENCE && to.page > 0) {
        turn_page(&to, to.page - 1);
        return move(m, to, err);
    }
    return err_set(err, ERR_USAGE, "there is nothing before this");
}

/* ---- the view */

static void view_evidence(struct mock *m, const struct mock_pages *p)
{
    struct mock_view *v = &m->view;
    v->page = m->s.page + 1;
    v->pages = (unsigned)p->input.answer_count;
    v->answer = page_at(p, m->s.page);
    if (!v->answer) {
        return;
    }
    v->principle = v->answer->principle[0] ? library_principle(m->library, v->answer->principle) : NULL;
    v->dimension = dimension_at(m, v->answer);
    v->asks_story = asks_story(m, v->answer);
    if (v->dimension) {
        v->level_bar = mock_target(m) == 5 ? v->dimension->bar_l5 : v->dimension->bar_l6;
    }
}

void debrief_view(struct mock *m)
{
    struct err ignored = ERR_INIT;
    struct mock_pages *p = pages_of(m, &ignored); /* what cannot be read is told by the next step */
    struct mock_view *v = &m->view;
    v->says = "";
    v->vote_stage = m->s.vote_stage;
    if (!p) {
        return;
    }
    v->stage_votes = p->stages;
    v->stage_vote_count = p->input.stage_count;
    if (m->s.debrief == MOCK_VOTE || m->s.debrief == MOCK_REVOTE) {
        v->votes_allowed = p->allowed;
        v->vote_count = p->allowed_count;
    }
    if (m->s.debrief == MOCK_EVIDENCE) {
        view_evidence(m, p);
    }
    if (m->s.debrief == MOCK_AGAINST) {
        v->answers = p->answers;
        v->answer_count = p->input.answer_count;
    }
    if (m->s.debrief >= MOCK_REVOTE) {
        v->debrief = &p->debrief;
    }
}
