#include "drill_parts.h"

#include "pmprep/base/hash.h"
#include "pmprep/base/mem.h"

/* Opening, moving from item to item, leaving. The steps within an item are in drill_steps.c. */

void drill_options_init(struct drill_options *o)
{
    *o = (struct drill_options){.count = 0};
    filter_init(&o->filter);
}

static enum answer_mode configured_mode(struct app *app)
{
    const char *name = config_text(app_config(app), "mode");

    if (strcmp(name, "speak") == 0)
        return MODE_SPEAK;
    return strcmp(name, "outline") == 0 ? MODE_OUTLINE : MODE_TYPE;
}

/* Without a seed the choice is that of the day and of what was answered so far, so that Home can tell it beforehand. */
static bool choose_seed(struct drill *d, const struct drill_options *o, struct err *err)
{
    struct filter any;
    size_t answers = 0;
    int32_t today = app_today(d->app);

    filter_init(&any);
    if (!attempts_count(d->store, &any, &answers, err))
        return false;
    d->session.seed = o->seed_set ? o->seed : hash_bytes(HASH_INIT + answers, &today, sizeof(today));
    rng_seed(&d->rng, d->session.seed);
    d->answers_before = (unsigned)answers;
    return true;
}

static void set_limits(struct drill *d, const struct drill_options *o)
{
    long minutes = o->minutes;

    d->count_limit = o->count > 0 ? (unsigned)o->count : 0;
    if (minutes <= 0 && d->count_limit == 0)
        minutes = config_number(app_config(d->app), "minutes");
    d->time_limit = minutes > 0 ? minutes * 60000 : 0;
}

/* Everything but the questions. */
static bool prepare(struct drill *d, struct app *app, const struct drill_options *o, struct err *err)
{
    d->app = app;
    d->paused_since = -1;
    d->stopped = "";
    d->mode = o->mode_set ? o->mode : configured_mode(app);
    if (!app_store(app, &d->store, err) || !app_library(app, &d->library, err) || !choose_seed(d, o, err))
        return false;
    set_limits(d, o);
    if (!o->mode_set)
        d->mode = mode_within(d->mode, d->time_limit);
    d->opened = app_mono(app);
    uuid7(app_wall(app), d->session_id);
    d->session = (struct session){.id = d->session_id,
                                  .kind = "drill",
                                  .started_at = app_wall(app),
                                  .offset_min = app_offset(app),
                                  .seed = d->session.seed};
    return true;
}

/* ---- from item to item */

static const char *why_nothing(const struct drill *d)
{
    if (d->single || (d->count_limit && d->done >= d->count_limit))
        return "";
    if (d->time_limit && d->given > 0 && drill_left(d) < 60000)
        return "the minutes are used up";
    if (d->ask.due_only)
        return "nothing more is due";
    return d->time_limit ? "nothing more fits into the minutes" : "every question that matches was given";
}

static bool is_over(const struct drill *d)
{
    if (d->single)
        return d->given > 0;
    if (d->count_limit && d->done >= d->count_limit)
        return true;
    return d->time_limit && d->given > 0 && drill_left(d) <= 0;
}

/* The next item, or NULL when the drill is over. */
static bool begin_next(struct drill *d, struct turn **out, struct err *err)
{
    struct arena a = ARENA_INIT;
    struct selection s;
    bool ok = true;

    *out = NULL;
    if (!is_over(d)) {
        ok = pool_refresh(d, err);
        if (ok && pool_next(d, &a, &s)) {
            *out = turn_select(d, &s, err);
            ok = *out != NULL;
        }
        if (*out) {
            select_take(&s);
            d->ask.last_unit = s.unit->name;
            d->ask.last_kind = (int)s.item->meta->kind;
            d->given++;
        }
    }
    arena_release(&a);
    if (ok && !*out)
        d->stopped = why_nothing(d);
    return ok;
}

static void drop_turn(struct drill *d, struct turn *t)
{
    if (!t->graded) {
        if (t != d->graded)
            turn_free(t);
        return;
    }
    if (d->graded != t)
        turn_free(d->graded);
    d->graded = t;
}

bool move_on(struct drill *d, struct err *err)
{
    struct turn *next = d->waiting;

    if (d->now->selected)
        d->now->selected->recalled = d->now->graded && kind_has_steps(d->now->item.kind);
    if (!next && !begin_next(d, &next, err))
        return false;
    drop_turn(d, d->now);
    d->waiting = NULL;
    d->now = next;
    if (next)
        round_pause(&next->round, d->paused_since >= 0, app_mono(d->app));
    return true;
}

/* ---- opening */

static bool open_selected(struct drill *d, const struct drill_options *o, struct err *err)
{
    if (!pool_load(d, o, err) || !begin_next(d, &d->now, err))
        return false;
    if (d->now)
        return true;
    if (d->ask.due_only)
        return err_set(err, ERR_NOT_FOUND, "nothing is due now; leave out %s to practise all the same",
                       o->due_only ? "--due" : "due:yes");
    if (d->ask.new_only)
        return err_set(err, ERR_NOT_FOUND, "every question that matches was answered before; leave out %s",
                       o->new_only ? "--new" : "new:yes");
    return err_set(err, ERR_NOT_FOUND, "no question matches this filter; leave a word of it out");
}

/* Whoever names a suspended question wants it back. */
static bool restore_suspended(struct drill *d, struct turn *t, struct err *err)
{
    if (!t->suspended)
        return true;
    if (!item_mark(d->store, t->item.key, false, t->flagged, err))
        return false;
    t->suspended = false;
    return schedule_fit(d->app, err);
}

static bool open_named(struct drill *d, const struct drill_options *o, struct err *err)
{
    d->single = true;
    if (!pool_medians(d, err) || !pool_refresh(d, err))
        return false;
    d->now = turn_named(d, o->item, err);
    d->given = 1;
    return d->now && restore_suspended(d, d->now, err);
}

static bool open_or_close(struct drill *d, bool ok, struct drill **out)
{
    if (!ok) {
        d->left = true;
        drill_close(d);
        return false;
    }
    d->session.planned = d->count_limit ? d->count_limit : drill_view(d)->of;
    *out = d;
    return true;
}

bool drill_open(struct app *app, const struct drill_options *o, struct drill **out, struct err *err)
{
    struct drill *d = mem_calloc(1, sizeof(*d));

    return open_or_close(d,
                         prepare(d, app, o, err) && schedule_ready(app, err) &&
                             (o->item ? open_named(d, o, err) : open_selected(d, o, err)),
                         out);
}

/* ---- drafts that wait */

bool drill_draft_waiting(struct app *app, struct arena *a, struct draft *out, bool *found, struct err *err)
{
    struct store *store = NULL;

    return app_store(app, &store, err) && draft_latest(store, a, out, found, err);
}

bool drill_draft_discard(struct app *app, const struct draft *draft, struct err *err)
{
    struct store *store = NULL;

    return app_store(app, &store, err) && draft_remove(store, draft->item, draft->session, err);
}

static bool open_draft(struct drill *d, struct err *err)
{
    struct draft draft;
    bool found = false;

    d->single = true;
    if (!draft_latest(d->store, &d->arena, &draft, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no unfinished answer to resume");
    if (!pool_medians(d, err) || !pool_refresh(d, err))
        return false;
    d->now = turn_resume(d, &draft, err);
    d->given = 1;
    return d->now != NULL;
}

bool drill_resume(struct app *app, struct drill **out, struct err *err)
{
    struct drill *d = mem_calloc(1, sizeof(*d));
    struct drill_options o;

    drill_options_init(&o);
    return open_or_close(d, prepare(d, app, &o, err) && open_draft(d, err), out);
}

/* ---- leaving */

static bool leave_turn(struct drill *d, struct turn *t, struct err *err)
{
    if (!t || !round_is_graded(&t->round) || t->graded)
        return true;
    if (!save_grade(d, t, err))
        return false;
    d->done++;
    return true;
}

bool drill_leave(struct drill *d, struct err *err)
{
    if (!leave_turn(d, d->now, err) || !leave_turn(d, d->waiting, err))
        return false;
    d->session.ended_at = app_wall(d->app);
    if (d->session_stored && !save_session(d, err))
        return false;
    d->left = true;
    return true;
}

void drill_close(struct drill *d)
{
    struct err ignored = ERR_INIT;

    if (!d)
        return;
    if (!d->left)
        drill_leave(d, &ignored);
    if (d->graded != d->now)
        turn_free(d->graded);
    turn_free(d->now);
    turn_free(d->waiting);
    arena_release(&d->plan_arena);
    arena_release(&d->arena);
    free(d);
}

const struct drill_view *drill_view(struct drill *d)
{
    view_fill(d);
    return &d->view;
}

void drill_pause(struct drill *d, bool paused)
{
    int64_t now = app_mono(d->app);

    if (d->now)
        round_pause(&d->now->round, paused, now);
    if (paused && d->paused_since < 0) {
        d->paused_since = now;
    } else if (!paused && d->paused_since >= 0) {
        d->paused_ms += now - d->paused_since;
        d->paused_since = -1;
    }
}

/* ---- for Home */

/* As if the selected unit had been reviewed: it is not due again within this session. */
static void pretend_done(struct drill *d, struct selection *s)
{
    struct schedule_row *row = arena_alloc(&d->arena, sizeof(*row));

    *row = s->unit->row ? *s->unit->row : (struct schedule_row){.unit = s->unit->name, .stability = 1, .difficulty = 5};
    row->reps++;
    row->state = CARD_REVIEW;
    row->last_day = d->plan.today;
    row->due_day = d->plan.today + 1;
    row->due_ms = 0;
    s->unit->row = row;
    d->ask.last_unit = s->unit->name;
    d->ask.last_kind = (int)s->item->meta->kind;
    if (s->why == WHY_NEW && d->ask.new_left > 0)
        d->ask.new_left--;
}

static const char *skill_of(struct drill *d, const struct item_meta *m)
{
    struct turn t = {.item = {.kind = m->kind, .family = m->family}};

    if (m->principles.count > 0)
        t.principle = library_principle(d->library, m->principles.at[0]);
    return turn_skill(&t);
}

static void peek_all(struct drill *d, struct arena *a, struct drill_peek *out, bool *found)
{
    struct selection s;

    while (!is_over(d) && d->given < 100 && pool_next(d, a, &s)) {
        if (d->given++ == 0) {
            *found = true;
            out->title = arena_strdup(a, s.item->meta->title);
            out->skill = arena_strdup(a, skill_of(d, s.item->meta));
            out->reason = s.reason;
        }
        out->items[s.item->meta->kind]++;
        select_take(&s);
        pretend_done(d, &s);
        d->done++;
        d->opened -= s.item->cost_ms;
    }
}

bool drill_peek(struct app *app, const struct drill_options *o, struct arena *a, struct drill_peek *out, bool *found,
                struct err *err)
{
    struct drill *d = mem_calloc(1, sizeof(*d));
    struct err why = ERR_INIT;
    bool ok = prepare(d, app, o, err);

    *found = false;
    *out = (struct drill_peek){.title = "", .skill = "", .reason = ""};
    if (ok && !pool_load(d, o, &why)) {
        ok = why.code == ERR_NOT_FOUND; /* nothing to drill is an answer, not a failure */
        if (!ok && err)
            *err = why;
    } else if (ok) {
        out->mode = d->mode;
        out->minutes = (int)(d->time_limit / 60000);
        peek_all(d, a, out, found);
    }
    d->left = true;
    drill_close(d);
    return ok;
}
