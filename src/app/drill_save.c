#include "drill_parts.h"

#include "pmprep/coach/words.h"

/* What the item was, kept once per revision beside the attempts. */
static struct item_snapshot snapshot_of(const struct turn *t)
{
    return (struct item_snapshot){
        .item = t->item.key,
        .revision = t->item.revision,
        .kind = t->item.kind,
        .family = t->item.family,
        .principles = t->item.principles,
        .flaws = t->item.kind == KIND_PAIR ? t->meta.flaws : (struct strings){NULL, 0},
        .difficulty = t->item.difficulty,
        .core = t->item.core,
        .prompt = t->item.prompt,
        .rubric = t->rubric,
    };
}

static bool put_session(struct drill *d, struct err *err)
{
    struct session row = d->session;

    row.done = d->done;
    return session_put(d->store, &row, err);
}

/* Attempts and drafts name their session, so it is stored before the first of them. */
static bool need_session(struct drill *d, struct err *err)
{
    return d->session_stored || put_session(d, err);
}

bool save_session(struct drill *d, struct err *err)
{
    if (!put_session(d, err))
        return false;
    d->session_stored = true;
    return true;
}

static const char *draft_session(const struct drill *d, const struct turn *t)
{
    return t->draft_session[0] ? t->draft_session : d->session_id;
}

static void forget_draft(struct turn *t)
{
    buf_clear(&t->draft);
    t->draft_cursor = 0;
    t->draft_step = DRILL_DONE;
    t->draft_session = "";
    t->draft_stored = false;
}

/* The levels given so far go with the attempt each time, because a stored attempt is replaced whole. */
static size_t fill_sets(const struct turn *t, int64_t now, struct score_set sets[2],
                        struct score scores[2][ROUND_SCORES])
{
    size_t n = 0;
    size_t blind = round_blind(&t->round, scores[0]);
    size_t evidence = round_evidence(&t->round, scores[1]);

    if (blind > 0)
        sets[n++] = (struct score_set){SCORE_BLIND, now, scores[0], blind};
    if (evidence > 0)
        sets[n++] = (struct score_set){SCORE_EVIDENCE, now, scores[1], evidence};
    return n;
}

static bool write_attempt(struct drill *d, struct turn *t, const struct attempt *at, unsigned flags, struct err *err)
{
    struct item_snapshot snap = snapshot_of(t);
    struct score_set sets[2];
    struct score scores[2][ROUND_SCORES];
    struct attempt whole = *at;

    if (at->role != ATTEMPT_AGAIN) {
        whole.score_sets = sets;
        whole.score_set_count = fill_sets(t, app_wall(d->app), sets, scores);
    }
    if (!need_session(d, err) || !attempts_put(d->store, &whole, &snap, err))
        return false;
    if (!(flags & SAVE_DRAFT_DONE) || !t->draft_stored)
        return true;
    return draft_remove(d->store, t->item.key, draft_session(d, t), err);
}

/* A commit that failed may have reached the disk all the same: the store, opened again, knows. */
static bool really_there(struct drill *d, const struct turn *t, const struct attempt *at)
{
    struct err ignored = ERR_INIT;
    bool there = false;
    bool first = at->role == ATTEMPT_AGAIN || !t->stored;

    return first && attempts_exists(d->store, at->id, &there, &ignored) && there;
}

bool save_attempt(struct drill *d, struct turn *t, const struct attempt *at, unsigned flags, struct err *err)
{
    if (!store_begin(d->store, err))
        return false;
    if (!write_attempt(d, t, at, flags, err)) {
        store_rollback(d->store);
        return err_prefix(err, "not saved, the text is still here");
    }
    if (!store_commit(d->store, err) && !really_there(d, t, at))
        return err_prefix(err, "not saved, the text is still here");
    d->session_stored = true;
    if (flags & SAVE_DRAFT_DONE)
        forget_draft(t);
    return true;
}

bool save_scores(struct drill *d, struct turn *t, const struct score_set *set, const struct attempt *found,
                 struct err *err)
{
    if (!store_begin(d->store, err))
        return false;
    if ((set->count > 0 && !attempts_score(d->store, t->attempt.id, set, err)) ||
        (found && !attempts_set_findings(d->store, found->id, found->findings, found->finding_count, err))) {
        store_rollback(d->store);
        return err_prefix(err, "the score is not saved");
    }
    return store_commit(d->store, err) || err_prefix(err, "the score is not saved");
}

/* ---- drafts */

static struct draft draft_of(const struct drill *d, const struct turn *t, const char *text, size_t cursor)
{
    struct draft draft = {
        .item = t->item.key,
        .item_revision = t->item.revision,
        .prompt = t->item.prompt,
        .mode = t->round.spec.mode,
        .role = t->attempt.role,
        .parent = "",
        .session = draft_session(d, t),
        .text = text,
        .started_at = t->attempt.started_at,
        .updated_at = app_wall(d->app),
        .active_ms = round_active_ms(&t->round, app_mono(d->app)),
        .cursor = cursor,
    };

    if (t->round.step == DRILL_ANSWER)
        return draft;
    draft.parent = t->attempt.id; /* a later step of an answer that is stored */
    if (t->round.step == DRILL_AGAIN)
        draft.role = ATTEMPT_AGAIN;
    return draft;
}

static bool write_draft(struct drill *d, struct turn *t, const char *text, size_t cursor, struct err *err)
{
    struct draft draft = draft_of(d, t, text, cursor);

    if (sv_trim(sv_from(text)).len == 0)
        return !t->draft_stored || draft_remove(d->store, draft.item, draft.session, err);
    return need_session(d, err) && draft_put(d->store, &draft, err);
}

bool save_draft(struct drill *d, struct turn *t, struct sv text, size_t cursor, struct err *err)
{
    struct buf copy = BUF_INIT; /* apart from t->draft: text may point into it */
    bool ok = store_begin(d->store, err);

    buf_addsv(&copy, text);
    if (ok && !write_draft(d, t, buf_str(&copy), cursor, err)) {
        store_rollback(d->store);
        ok = false;
    }
    if (!ok || !store_commit(d->store, err)) {
        buf_release(&copy);
        return err_prefix(err, "the draft is not saved");
    }
    d->session_stored = d->session_stored || copy.len > 0;
    t->draft_cursor = cursor;
    t->draft_step = t->round.step;
    t->draft_stored = sv_trim(buf_sv(&copy)).len > 0;
    buf_release(&t->draft);
    t->draft = copy;
    return true;
}

/* ---- gradings */

static bool write_grade(struct drill *d, struct turn *t, enum rating rating, struct err *err)
{
    struct planned planned;
    bool steps = kind_has_steps(t->item.kind);

    if (!schedule_get(d->store, t->unit, &t->arena, &t->before, &t->had_before, err))
        return false;
    d->plan.today = app_today(d->app);
    d->plan.now_ms = app_wall(d->app);
    uuid7(d->plan.now_ms, t->review);
    plan_review(&d->plan, t->unit, t->had_before ? &t->before : NULL, rating, steps, &planned);

    struct review review = {
        .id = t->review,
        .unit = t->unit,
        .attempt = t->attempt.id,
        .rating = (int)rating,
        .voids = "",
        .at_ms = d->plan.now_ms,
        .day = d->plan.today,
        .elapsed_days = planned.elapsed_days,
        .learning_steps = steps,
        .fsrs_version = FSRS_VERSION,
        .rated_by = t->round.rated != RATING_NONE,
        .due_day = planned.row.due_day,
        .due_ms = planned.row.due_ms,
    };

    return review_add(d->store, &review, &planned.row, err);
}

bool save_grade(struct drill *d, struct turn *t, struct err *err)
{
    enum rating rating = round_rating(&t->round);

    if (t->graded || !t->unit || rating == RATING_NONE)
        return true;
    if (!store_begin(d->store, err))
        return false;
    if (!write_grade(d, t, rating, err)) {
        store_rollback(d->store);
        return err_prefix(err, "the grading is not saved");
    }
    if (!store_commit(d->store, err))
        return err_prefix(err, "the grading is not saved");
    t->graded = true;
    t->undo_what = arena_printf(&t->arena, "the grading of \"%s\"", t->item.title);
    return true;
}

bool save_undo(struct drill *d, struct turn *t, struct err *err)
{
    char id[UUID_SIZE];

    uuid7(app_wall(d->app), id);
    if (!review_void(d->store, t->review, id, app_wall(d->app), t->had_before ? &t->before : NULL, err))
        return false;
    t->graded = false;
    return true;
}
