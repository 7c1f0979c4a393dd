#include "drill_parts.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/mem.h"

enum { STAT_ANSWERS = 20, EVERY_ANSWER_OF_ALL = 5 };

static struct turn *turn_new(void)
{
    struct turn *t = mem_calloc(1, sizeof(*t));

    t->reason = t->story = t->draft_session = t->undo_what = "";
    t->draft_step = DRILL_DONE;
    return t;
}

void turn_free(struct turn *t)
{
    if (!t)
        return;
    buf_release(&t->draft);
    arena_release(&t->arena);
    free(t);
}

/* Levels of the latest answers under this rubric, per dimension. */
static bool load_stats(struct drill *d, enum family family, const struct rubric *rubric, struct dimension_stat *stats,
                       struct err *err)
{
    struct arena a = ARENA_INIT;
    struct filter f;
    struct attempt_row *rows = NULL;
    size_t count = 0;
    bool more = false;

    filter_init(&f);
    for (int k = FAMILY_NONE + 1; k < FAMILY_COUNT; k++)
        if (strcmp(family_rubric((enum family)k), family_rubric(family)) == 0)
            f.families |= 1u << k;

    bool ok = attempts_list(d->store, &f, 0, STAT_ANSWERS, &a, &rows, &count, &more, err);

    for (size_t i = 0; ok && i < count; i++) {
        struct attempt at;

        if (rows[i].mean <= 0)
            continue;
        ok = attempts_get(d->store, rows[i].id, &a, &at, err);

        const struct score_set *set = ok && at.score_set_count > 0 ? &at.score_sets[at.score_set_count - 1] : NULL;

        for (size_t j = 0; set && j < set->count; j++)
            for (size_t k = 0; k < rubric->dimension_count; k++)
                if (strcmp(set->scores[j].dimension, rubric->dimensions[k].id) == 0) {
                    stats[k].sum += set->scores[j].level;
                    stats[k].answers++;
                }
    }
    arena_release(&a);
    return ok;
}

static int right_option(const struct item *item)
{
    for (size_t i = 0; i < item->option_count; i++)
        if (item->options[i].right)
            return (int)i;
    return 0;
}

static void spec_of_pick(const struct item *item, struct round_spec *spec)
{
    if (item->kind == KIND_PAIR) {
        spec->shown = 2;
        spec->right = 1; /* 0 is the bad side */
    } else if (item->kind == KIND_CHOICE) {
        spec->shown = item->option_count < ROUND_SHOWN ? (int)item->option_count : ROUND_SHOWN;
        spec->right = right_option(item);
    }
}

static bool start_round(struct drill *d, struct turn *t, enum answer_mode wanted, int64_t spent_ms, struct err *err)
{
    const struct item *item = &t->item;
    enum answer_mode mode = mode_for(item->kind, wanted);
    bool open = kind_is_open(item->kind);
    struct round_spec spec = {
        .kind = item->kind,
        .mode = mode,
        .ask_principle = item->kind == KIND_BEHAVIOURAL && item->principles.count > 0 && !item->names_principle,
        .ask_story = item->kind == KIND_BEHAVIOURAL,
        .rubric = t->rubric,
        .all_dimensions = open && (d->answers_before + d->given + 1) % EVERY_ANSWER_OF_ALL == 0,
        .budget = pool_budget(d, &t->meta, mode, item->max_words),
    };

    if (open && t->rubric && t->rubric->dimension_count > 0) {
        struct dimension_stat *stats = arena_array(&t->arena, t->rubric->dimension_count, sizeof(*stats));

        if (!load_stats(d, item->family, t->rubric, stats, err))
            return false;
        spec.focus = focus_dimension(t->rubric, stats, &d->rng);
    }
    spec_of_pick(item, &spec);
    round_start(&t->round, &spec, app_mono(d->app), spent_ms, &d->rng);
    return true;
}

/* The attempt as it will be stored, without what the user does. */
static void start_attempt(struct drill *d, struct turn *t, enum attempt_role role)
{
    char id[UUID_SIZE];
    int64_t now = app_wall(d->app);

    uuid7(now, id);
    t->attempt = (struct attempt){
        .id = arena_strdup(&t->arena, id),
        .session = d->session_id,
        .parent = "",
        .role = role,
        .item = t->item.key,
        .item_revision = t->item.revision,
        .kind = t->item.kind,
        .family = t->item.family,
        .principles = t->item.principles,
        .mode = t->round.spec.mode,
        .story = "",
        .prompt = t->item.prompt,
        .text = "",
        .note = "",
        .started_at = now,
        .ended_at = now,
        .offset_min = app_offset(d->app),
        .picked = -1,
        .guess = "",
    };
}

static void attach(struct drill *d, struct turn *t)
{
    t->principle = t->item.principles.count > 0 ? library_principle(d->library, t->item.principles.at[0]) : NULL;
    t->rubric = t->item.kind == KIND_CHOICE ? NULL : library_rubric_for(d->library, t->item.family);
    t->number = d->given + 1;
}

static struct turn *finish_or_free(struct turn *t, bool ok)
{
    if (ok)
        return t;
    turn_free(t);
    return NULL;
}

struct turn *turn_select(struct drill *d, const struct selection *s, struct err *err)
{
    struct turn *t = turn_new();

    t->selected = s->item;
    t->meta = *s->item->meta;
    t->unit = s->unit->name;
    t->reason = arena_strdup(&t->arena, s->reason);
    t->flagged = s->item->flagged;

    bool ok = library_item(d->library, t->meta.key, &t->arena, &t->item, err);

    if (ok) {
        attach(d, t);
        ok = start_round(d, t, d->mode, 0, err);
        start_attempt(d, t, ATTEMPT_FIRST);
    }
    return finish_or_free(t, ok);
}

static bool load_marks(struct drill *d, struct turn *t, const char *key, struct err *err)
{
    struct strings suspended = {NULL, 0};
    struct strings flagged = {NULL, 0};

    if (!item_marks(d->store, &t->arena, &suspended, &flagged, err))
        return false;
    for (size_t i = 0; i < flagged.count; i++)
        t->flagged = t->flagged || strcmp(flagged.at[i], key) == 0;
    for (size_t i = 0; i < suspended.count; i++)
        t->suspended = t->suspended || strcmp(suspended.at[i], key) == 0;
    return true;
}

/* The unit under which the item is scheduled already, be it under its former key. */
static const char *unit_in_plan(struct drill *d, struct turn *t)
{
    const char *unit = unit_of(&t->meta, &t->arena);

    for (size_t i = 0; i < t->item.was.count; i++) {
        const char *former = strchr(t->item.was.at[i], '/')
                                 ? arena_printf(&t->arena, "item/%s", t->item.was.at[i])
                                 : arena_printf(&t->arena, "item/%s/%s", t->item.bank, t->item.was.at[i]);

        for (size_t j = 0; strncmp(unit, "item/", 5) == 0 && j < d->plan.count; j++)
            if (strcmp(d->plan.rows[j].unit, former) == 0)
                return former;
    }
    return unit;
}

static bool load_named(struct drill *d, struct turn *t, const char *key, struct err *err)
{
    if (!library_item(d->library, key, &t->arena, &t->item, err) ||
        !library_meta(d->library, key, &t->arena, &t->meta, err) || !load_marks(d, t, t->item.key, err))
        return false;
    t->unit = unit_in_plan(d, t);
    return true;
}

struct turn *turn_named(struct drill *d, const char *key, struct err *err)
{
    struct turn *t = turn_new();
    struct attempt *tries = NULL;
    size_t count = 0;
    bool ok = load_named(d, t, key, err);

    if (ok && !kind_is_drilled(t->item.kind))
        ok = err_set(err, ERR_USAGE, "%s is a %s item, which a drill does not ask", key, kind_name(t->item.kind));
    ok = ok && attempts_of_item(d->store, t->item.key, &t->arena, &tries, &count, err);
    if (ok) {
        attach(d, t);
        ok = start_round(d, t, d->mode, 0, err);
        start_attempt(d, t, count > 0 ? ATTEMPT_RETRY : ATTEMPT_FIRST);
        t->reason = count > 0 ? "you asked for this one again" : "you asked for this one";
    }
    return finish_or_free(t, ok);
}

/* ---- resuming */

/* The question as it was when the draft was begun, whatever the bank holds now. */
static void item_from_draft(struct turn *t, const struct draft *draft, const struct attempt *parent)
{
    t->item = (struct item){
        .bank = "",
        .id = "",
        .key = draft->item,
        .kind = parent ? parent->kind : KIND_BEHAVIOURAL,
        .family = parent ? parent->family : FAMILY_GENERAL,
        .difficulty = 1,
        .names_principle = true,
        .place = {"", 0, 0},
        .title = draft->prompt,
        .why_pm = "",
        .exemplar = "",
        .explanation = "",
        .compute = "",
        .template_id = "",
        .query = "",
        .bad = {.text = "", .why = ""},
        .good = {.text = "", .why = ""},
    };
    if (parent)
        t->item.principles = parent->principles;
    t->meta = (struct item_meta){.key = draft->item,
                                 .bank = "",
                                 .title = draft->prompt,
                                 .kind = t->item.kind,
                                 .family = t->item.family,
                                 .principles = t->item.principles,
                                 .difficulty = 1};
    t->unit = NULL;
}

static bool load_drafted(struct drill *d, struct turn *t, const struct draft *draft, const struct attempt *parent,
                         struct err *err)
{
    struct err why = ERR_INIT;

    if (!load_named(d, t, draft->item, &why)) {
        if (why.code != ERR_NOT_FOUND) {
            *err = why;
            return false;
        }
        item_from_draft(t, draft, parent);
    }
    if (t->item.revision != draft->item_revision || t->item.prompt == NULL) {
        t->item.prompt = draft->prompt;
        t->item.revision = draft->item_revision;
        t->item.key = draft->item;
    }
    return true;
}

/* The step in which a draft of this role is typed. */
static enum drill_step step_of(const struct draft *draft, const struct attempt *parent)
{
    if (draft->role == ATTEMPT_AGAIN)
        return DRILL_AGAIN;
    if (!parent)
        return DRILL_ANSWER;
    return parent->kind == KIND_PAIR ? DRILL_WHY : DRILL_TICKS;
}

/* Scores and the pick of an answer that is stored already. */
static void restore_answer(struct turn *t, const struct attempt *stored)
{
    t->attempt = *stored;
    t->stored = true;
    t->coached = stored->score_set_count > 0 ? findings_how(stored) : COACH_SILENT;
    if (stored->kind == KIND_PAIR && stored->picked >= 0 && stored->picked < t->round.spec.shown) {
        t->round.picked = stored->picked;
        if (round_is_right(&t->round) != stored->picked_right) {
            int other = t->round.order[0];
            t->round.order[0] = t->round.order[1];
            t->round.order[1] = other;
        }
    }
    for (size_t i = 0; i < stored->score_set_count; i++) {
        const struct score_set *set = &stored->score_sets[i];
        bool second = set->phase != SCORE_BLIND;
        struct score *into = second ? t->round.evidence : t->round.blind;

        for (size_t j = 0; j < t->round.asked; j++)
            for (size_t k = 0; k < set->count; k++)
                if (strcmp(into[j].dimension, set->scores[k].dimension) == 0)
                    into[j].level = set->scores[k].level;
        t->round.rescored = t->round.changed = t->round.rescored || second;
    }
}

static struct draft copy_draft(struct arena *a, const struct draft *from)
{
    struct draft d = *from;

    d.item = arena_strdup(a, from->item);
    d.prompt = arena_strdup(a, from->prompt);
    d.parent = arena_strdup(a, from->parent);
    d.session = arena_strdup(a, from->session);
    d.text = arena_strdup(a, from->text);
    return d;
}

/* An answer that was graded when it was left is not graded again after its second try. */
static bool is_reviewed(struct drill *d, struct turn *t, bool *reviewed, struct err *err)
{
    struct review *log = NULL;
    size_t count = 0;

    *reviewed = false;
    if (!t->unit)
        return true;
    if (!review_log(d->store, t->unit, &t->arena, &log, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *reviewed = *reviewed || strcmp(log[i].attempt, t->attempt.id) == 0;
    return true;
}

static bool enter_drafted(struct drill *d, struct turn *t, const struct draft *draft, const struct attempt *parent,
                          struct err *err)
{
    bool reviewed = false;

    if (parent)
        restore_answer(t, parent);
    t->draft_step = step_of(draft, parent);
    if (t->draft_step == DRILL_ANSWER)
        return true;
    round_enter(&t->round, t->draft_step, app_mono(d->app), draft->active_ms);
    if (t->draft_step != DRILL_AGAIN)
        return true;
    if (!is_reviewed(d, t, &reviewed, err))
        return false;
    if (reviewed)
        t->round.after_again = DRILL_DONE;
    return true;
}

struct turn *turn_resume(struct drill *d, const struct draft *from, struct err *err)
{
    struct turn *t = turn_new();
    struct draft draft = copy_draft(&t->arena, from);
    struct attempt *parent = NULL;
    bool ok = true;

    if (draft.parent[0] != '\0') {
        parent = arena_alloc(&t->arena, sizeof(*parent));
        ok = attempts_get(d->store, draft.parent, &t->arena, parent, err);
    }
    ok = ok && load_drafted(d, t, &draft, parent, err);
    if (!ok)
        return finish_or_free(t, false);
    attach(d, t);
    ok = start_round(d, t, parent ? parent->mode : draft.mode, draft.active_ms, err);
    start_attempt(d, t, draft.role == ATTEMPT_AGAIN ? ATTEMPT_FIRST : draft.role);
    t->attempt.started_at = draft.started_at;
    ok = ok && enter_drafted(d, t, &draft, parent, err);
    buf_adds(&t->draft, draft.text);
    t->draft_cursor = draft.cursor;
    t->draft_session = draft.session;
    t->draft_stored = true;
    t->reason = t->unit ? "unfinished from last time" : "unfinished from last time; its bank is gone, the answer stays";
    return finish_or_free(t, ok);
}
