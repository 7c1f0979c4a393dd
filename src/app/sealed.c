#include "app/sealed.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/hash.h"
#include "pmprep/base/rng.h"
#include "pmprep/coach/words.h"
#include "pmprep/store/attempts.h"

/* Names of the store's settings: the practice day it was given, and how many times its return was looked at. */
static const char day_setting[] = "sealed-day";
static const char seen_setting[] = "sealed-seen";
static const char draft_setting[] = "sealed-draft";

static const char question[] = "Tell me about a time you changed what was built because of something you learnt about "
                               "the customer. What did you decide, and what changed?";

const char *progress_sealed_question(void)
{
    return question;
}

/* A number among the store's settings, fallback when it is not there. */
static bool get_number(struct store *store, const char *name, long fallback, long *out, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    const char *text = "";
    bool ok = store_get(store, name, &scratch, &text, err);
    if (!ok || !sv_int(sv_from(text), 0, INT32_MAX, out)) {
        *out = fallback;
    }
    arena_release(&scratch);
    return ok;
}

static bool set_number(struct store *store, const char *name, long value, struct err *err)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%ld", value);
    bool ok = store_set(store, name, buf_str(&text), err);
    buf_release(&text);
    return ok;
}

bool sealed_age(struct app *app, struct store *store, int32_t *days, struct err *err)
{
    long day = -1;
    *days = -1;
    if (!store) {
        return true;
    }
    if (!get_number(store, day_setting, -1, &day, err)) {
        return false;
    }
    int32_t age = app_today(app) - (int32_t)day;
    *days = day < 0 ? -1 : age < 0 ? 0 : age;
    return true;
}

static long returns(int32_t age)
{
    return (age >= SEALED_FIRST) + (age >= SEALED_SECOND);
}

bool sealed_is_back(struct store *store, int32_t age, bool *back, struct err *err)
{
    long seen = 0;
    *back = false;
    if (returns(age) == 0) {
        return true;
    }
    if (!get_number(store, seen_setting, 0, &seen, err)) {
        return false;
    }
    *back = returns(age) > seen;
    return true;
}

bool progress_sealed_seen(struct app *app, struct err *err)
{
    struct store *store;
    int32_t age;
    return app_store(app, &store, err) && sealed_age(app, store, &age, err) &&
           set_number(store, seen_setting, returns(age), err);
}

bool progress_sealed_draft(struct app *app, struct arena *a, const char **text, struct err *err)
{
    struct store *store;
    *text = "";
    return app_store_if_any(app, &store, err) && (!store || store_get(store, draft_setting, a, text, err));
}

bool progress_save_sealed_draft(struct app *app, struct sv text, struct err *err)
{
    struct store *store;
    struct arena scratch = ARENA_INIT;
    bool ok = app_store(app, &store, err) && store_set(store, draft_setting, arena_sv(&scratch, text), err);
    arena_release(&scratch);
    return ok;
}

static bool store_sealed(struct app *app, struct store *store, const struct attempt *at, struct err *err)
{
    struct library *library;
    struct item_snapshot snap = {
        .item = at->item,
        .revision = at->item_revision,
        .kind = at->kind,
        .family = at->family,
        .difficulty = 2,
        .prompt = at->prompt,
        .rubric = app_library(app, &library, NULL) ? library_rubric_for(library, at->family) : NULL,
    };
    if (!store_begin(store, err)) {
        return false;
    }
    if (attempts_put(store, at, &snap, err) && set_number(store, day_setting, app_today(app), err) &&
        set_number(store, seen_setting, 0, err) && store_set(store, draft_setting, "", err)) {
        return store_commit(store, err);
    }
    store_rollback(store);
    return false;
}

bool progress_seal(struct app *app, struct sv text, int64_t active_ms, enum answer_mode mode, struct err *err)
{
    struct store *store;
    struct arena scratch = ARENA_INIT;
    char id[UUID_SIZE];
    int64_t now = app_wall(app);
    uuid7(now, id);
    struct attempt at = {
        .id = id,
        .session = "",
        .parent = "",
        .role = ATTEMPT_FIRST,
        .item = PROGRESS_SEALED_ITEM,
        .item_revision = hash_field(HASH_INIT, sv_from(question)),
        .kind = KIND_BEHAVIOURAL,
        .family = FAMILY_GENERAL,
        .mode = mode,
        .story = "",
        .prompt = question,
        .text = arena_sv(&scratch, text),
        .note = "",
        .started_at = now - active_ms,
        .ended_at = now,
        .offset_min = app_offset(app),
        .active_ms = active_ms,
        .spoken_ms = mode == MODE_SPEAK ? active_ms : 0,
        .words = (unsigned)words_count(text),
        .picked = -1,
        .guess = "",
    };
    bool ok = app_store(app, &store, err) && store_sealed(app, store, &at, err);
    arena_release(&scratch);
    return ok;
}
