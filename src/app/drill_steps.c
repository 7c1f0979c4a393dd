#include "drill_parts.h"

#include "pmprep/app/speech.h"
#include "pmprep/coach/words.h"

/* The steps within one item. Each stores first and moves after: on failure nothing has changed. */

static bool wrong_step(struct err *err)
{
    return err_set(err, ERR_USAGE, "that does not belong to this step of the drill");
}

static struct turn *turn_at(struct drill *d, enum drill_step step)
{
    return d->now && d->now->round.step == step ? d->now : NULL;
}

void turn_plan(struct drill *d, struct turn *t)
{
    const struct schedule_row *before = NULL;

    d->plan.today = app_today(d->app);
    d->plan.now_ms = app_wall(d->app);
    for (size_t i = 0; i < d->plan.count; i++)
        if (strcmp(d->plan.rows[i].unit, t->unit) == 0)
            before = &d->plan.rows[i];
    for (int r = RATING_AGAIN; r <= RATING_EASY; r++)
        plan_review(&d->plan, t->unit, before, (enum rating)r, kind_has_steps(t->item.kind), &t->planned[r]);
    t->is_planned = true;
}

/* Takes the round where it went; an item that is over makes room for the next. */
static bool settle(struct drill *d, struct turn *t, const struct round *r, struct err *err)
{
    t->round = *r;
    if (t->round.step == DRILL_SCHEDULE && !t->unit)
        t->round.step = DRILL_DONE;
    if (t->round.step == DRILL_SCHEDULE)
        turn_plan(d, t);
    if (t->round.step != DRILL_DONE)
        return true;
    d->done++;
    return move_on(d, err);
}

/* ---- answering */

static void fill_time(struct drill *d, const struct turn *t, struct attempt *at)
{
    int64_t left = round_left_ms(&t->round, app_mono(d->app));

    at->mode = t->round.spec.mode;
    at->active_ms = round_active_ms(&t->round, app_mono(d->app));
    at->spoken_ms = at->mode == MODE_SPEAK ? at->active_ms : 0;
    at->overtime_ms = left < 0 ? -left : 0;
    at->ended_at = app_wall(d->app);
}

static void fill_text(struct turn *t, struct attempt *at, struct sv text)
{
    at->text = arena_sv(&t->arena, text);
    at->words = (unsigned)words_count(text);
}

static bool submit_answer(struct drill *d, struct turn *t, struct sv text, struct err *err)
{
    struct attempt at = t->attempt;
    struct round r = t->round;

    if (sv_trim(text).len == 0 && t->round.step == DRILL_ANSWER && r.spec.mode != MODE_SPEAK)
        return err_set(err, ERR_USAGE, "there is no answer yet; write something, or skip the question");
    fill_time(d, t, &at);
    fill_text(t, &at, text);
    if (!save_attempt(d, t, &at, SAVE_DRAFT_DONE, err))
        return false;
    t->attempt = at;
    t->stored = true;
    round_submit(&r, sv_trim(text).len > 0, app_mono(d->app));
    return settle(d, t, &r, err);
}

static bool submit_again(struct drill *d, struct turn *t, struct sv text, struct err *err)
{
    struct attempt at = t->attempt;
    struct round r = t->round;
    enum drill_coached how;
    char id[UUID_SIZE];

    if (sv_trim(text).len == 0) {
        if (!save_draft(d, t, SV(""), 0, err))
            return false;
        round_submit(&r, false, app_mono(d->app));
        return settle(d, t, &r, err);
    }
    uuid7(app_wall(d->app), id);
    at = (struct attempt){
        .id = arena_strdup(&t->arena, id),
        .session = d->session_id,
        .parent = t->attempt.id,
        .role = ATTEMPT_AGAIN,
        .item = at.item,
        .item_revision = at.item_revision,
        .kind = at.kind,
        .family = at.family,
        .principles = at.principles,
        .story = at.story,
        .prompt = at.prompt,
        .note = "",
        .offset_min = app_offset(d->app),
        .picked = -1,
        .guess = "",
    };
    fill_time(d, t, &at);
    at.started_at = at.ended_at - at.active_ms;
    fill_text(t, &at, text);
    if (!findings_read(d, t, &at, &how, err) || !save_attempt(d, t, &at, SAVE_DRAFT_DONE, err))
        return false;
    t->again = at;
    t->again_coached = how;
    t->again_stored = true;
    round_submit(&r, true, app_mono(d->app));
    return settle(d, t, &r, err);
}

bool drill_submit(struct drill *d, struct sv text, struct err *err)
{
    struct turn *t = d->now;

    if (!t)
        return wrong_step(err);
    if (t->round.step == DRILL_AGAIN)
        return submit_again(d, t, text, err);
    if (t->round.step == DRILL_ANSWER || t->round.step == DRILL_WHY)
        return submit_answer(d, t, text, err);
    return wrong_step(err);
}

bool drill_transcript(struct drill *d, struct sv text, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_TICKS);
    struct buf told = BUF_INIT;

    if (!t)
        return wrong_step(err);

    struct attempt at = t->attempt;

    speech_measure(d->app, text, &t->arena, &at.heard_words, &at.fillers);
    if (!save_draft(d, t, text, 0, err) || !save_attempt(d, t, &at, 0, err))
        return false;
    t->attempt = at;
    speech_describe(&at, &told);
    t->speech = arena_sv(&t->arena, buf_sv(&told));
    buf_release(&told);
    return true;
}

bool drill_ticks(struct drill *d, unsigned ticks, struct sv bullets, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_TICKS);
    struct buf text = BUF_INIT;

    if (!t)
        return wrong_step(err);

    struct attempt at = t->attempt;
    struct round r = t->round;

    buf_adds(&text, at.text);
    if (sv_trim(bullets).len > 0)
        buf_addf(&text, "%s" SV_FMT, text.len > 0 ? "\n\n" : "", SV_ARG(bullets));
    fill_text(t, &at, buf_sv(&text));
    buf_release(&text);
    at.ticks = ticks & ((1u << TICK_KINDS) - 1);
    if (!save_attempt(d, t, &at, SAVE_DRAFT_DONE, err))
        return false;
    t->attempt = at;
    round_ticked(&r);
    return settle(d, t, &r, err);
}

bool drill_pick(struct drill *d, int shown, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_PICK);

    if (!t)
        return wrong_step(err);

    struct attempt at = t->attempt;
    struct round r = t->round;

    if (!round_pick(&r, shown, app_mono(d->app)))
        return err_set(err, ERR_USAGE, "pick one of the %d shown", t->round.spec.shown);
    fill_time(d, t, &at);
    at.picked = t->item.kind == KIND_PAIR ? shown : r.order[shown];
    at.picked_right = round_is_right(&r);
    if (t->item.kind == KIND_CHOICE)
        at.text = t->item.options[at.picked].text;
    if (!save_attempt(d, t, &at, 0, err))
        return false;
    t->attempt = at;
    t->stored = true;
    return settle(d, t, &r, err);
}

bool drill_principle(struct drill *d, const char *id, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_PRINCIPLE);

    if (!t)
        return wrong_step(err);

    struct attempt at = t->attempt;
    struct round r = t->round;

    if (id && !library_principle(d->library, id))
        return err_set(err, ERR_USAGE, "there is no principle '%s'", id);
    if (id) {
        at.guess = arena_strdup(&t->arena, id);
        if (!save_attempt(d, t, &at, 0, err))
            return false;
        t->attempt = at;
    }
    round_principle(&r);
    return settle(d, t, &r, err);
}

/* ---- scoring */

bool drill_score(struct drill *d, int level, struct err *err)
{
    struct turn *t = d->now;
    struct score scores[ROUND_SCORES];

    if (!t)
        return wrong_step(err);

    bool second = t->round.step == DRILL_RESCORE;
    struct round r = t->round;

    if (!second && r.step != DRILL_SCORE)
        return wrong_step(err);
    if (!round_score(&r, level))
        return err_set(err, ERR_USAGE, "a level is a number from 1 to %d", LEVELS);

    struct score_set set = {second ? SCORE_EVIDENCE : SCORE_BLIND, app_wall(d->app), scores,
                            second ? round_evidence(&r, scores) : round_blind(&r, scores)};
    struct attempt found = t->attempt;
    enum drill_coached how = t->coached;
    bool self_scored = !second && r.step != DRILL_SCORE && set.count > 0;

    if (self_scored && !findings_read(d, t, &found, &how, err))
        return false;
    if ((level > 0 || self_scored) && !save_scores(d, t, &set, self_scored ? &found : NULL, err))
        return false;
    t->attempt = found;
    t->coached = how;
    return settle(d, t, &r, err);
}

static bool set_story(struct drill *d, struct turn *t, const char *id, const char *headline, struct err *err)
{
    struct attempt at = t->attempt;
    struct round r = t->round;

    at.story = arena_strdup(&t->arena, id);
    if (!attempts_set_story(d->store, at.id, at.story, err))
        return false;
    t->attempt = at;
    t->story = arena_strdup(&t->arena, headline);
    round_story(&r);
    return settle(d, t, &r, err);
}

bool drill_story(struct drill *d, const char *story_id, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_STORY);
    struct story story;

    if (!t)
        return wrong_step(err);
    if (!story_id) {
        struct round r = t->round;
        round_story(&r);
        return settle(d, t, &r, err);
    }
    if (!story_get(d->store, story_id, &t->arena, &story, err))
        return false;
    return set_story(d, t, story.id, story.headline, err);
}

bool drill_new_story(struct drill *d, const char *headline, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_STORY);
    char id[UUID_SIZE];

    if (!t)
        return wrong_step(err);

    int64_t now = app_wall(d->app);

    uuid7(now, id);

    struct story story = {
        .id = id,
        .headline = headline,
        .customer = "",
        .decision = "",
        .rejected = "",
        .before = "",
        .after = "",
        .period = "",
        .source = "",
        .lesson = "",
        .principles = t->item.principles,
        .created_at = now,
        .updated_at = now,
    };

    if (sv_trim(sv_from(headline)).len == 0)
        return err_set(err, ERR_USAGE, "a story needs a headline");
    return story_put(d->store, &story, err) && set_story(d, t, id, headline, err);
}

/* ---- moving on */

bool drill_next(struct drill *d, struct err *err)
{
    struct turn *t = d->now;

    if (!t)
        return wrong_step(err);

    struct round r = t->round;

    if (r.step == DRILL_DONE) /* it was over, but the next one could not be had */
        return move_on(d, err);
    if (!round_next(&r))
        return wrong_step(err);
    if (t->round.step == DRILL_SCHEDULE && !save_grade(d, t, err))
        return false;
    return settle(d, t, &r, err);
}

bool drill_again(struct drill *d, struct err *err)
{
    return d->now && round_again(&d->now->round, app_mono(d->app)) ? true : wrong_step(err);
}

bool drill_rate(struct drill *d, enum rating rating, struct err *err)
{
    return d->now && round_rate(&d->now->round, rating) ? true : wrong_step(err);
}

bool drill_skip(struct drill *d, struct err *err)
{
    if (!d->now)
        return wrong_step(err);
    if (!move_on(d, err))
        return false;
    d->skipped++;
    return true;
}

bool drill_flag(struct drill *d, struct err *err)
{
    struct turn *t = d->now;

    if (!t)
        return wrong_step(err);
    if (!item_mark(d->store, t->item.key, t->suspended, !t->flagged, err))
        return false;
    t->flagged = !t->flagged;
    if (t->selected)
        t->selected->flagged = t->flagged;
    return true;
}

bool drill_suspend(struct drill *d, struct err *err)
{
    struct turn *t = d->now;

    if (!t)
        return wrong_step(err);
    if (!item_mark(d->store, t->item.key, true, t->flagged, err))
        return false;
    if (t->selected)
        t->selected->suspended = true;
    return schedule_fit(d->app, err) && drill_skip(d, err);
}

bool drill_undo(struct drill *d, struct err *err)
{
    struct turn *t = d->graded;

    if (!t || !t->graded)
        return err_set(err, ERR_USAGE, "there is no grading to take back");
    if (!save_undo(d, t, err))
        return false;
    if (d->now)
        round_pause(&d->now->round, true, app_mono(d->app));
    d->waiting = d->now;
    d->now = t;
    d->graded = NULL;
    d->done -= d->done > 0;
    d->stopped = "";
    t->round.step = DRILL_SCHEDULE;
    return true;
}

bool drill_set_mode(struct drill *d, enum answer_mode m, struct err *err)
{
    struct turn *t = turn_at(d, DRILL_ANSWER);

    if (!t || mode_for(t->item.kind, m) != m)
        return err_set(err, ERR_USAGE, "the mode can be changed only before the answer");
    if (!stats_median_ms(d->store, t->item.kind, m, &d->median_ms[t->item.kind][m], err))
        return false;
    round_set_mode(&t->round, m, pool_budget(d, &t->meta, m, t->item.max_words));
    return true;
}

bool drill_save_draft(struct drill *d, struct sv text, size_t cursor, struct err *err)
{
    struct turn *t = d->now;

    if (!t)
        return true;
    switch (t->round.step) {
    case DRILL_ANSWER:
    case DRILL_TICKS:
    case DRILL_WHY:
    case DRILL_AGAIN:
        return save_draft(d, t, text, cursor, err);
    case DRILL_PICK:
    case DRILL_PRINCIPLE:
    case DRILL_SCORE:
    case DRILL_STORY:
    case DRILL_EVIDENCE:
    case DRILL_RESCORE:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
    case DRILL_DONE:
        break;
    }
    return true; /* nothing is typed there */
}

bool drill_save_draft_soon(struct drill *d, struct sv text, size_t cursor, struct err *err)
{
    store_hurry(d->store, true);
    bool ok = drill_save_draft(d, text, cursor, err);
    store_hurry(d->store, false);
    return ok;
}

const char *drill_draft_text(const struct drill *d, size_t *cursor)
{
    const struct turn *t = d->now;
    bool typed = t && t->draft_step == t->round.step;

    if (cursor)
        *cursor = typed ? t->draft_cursor : 0;
    return typed ? buf_str(&t->draft) : "";
}
