#include "pmprep/app/review.h"

#include "app/sealed.h"
#include "pmprep/store/attempts.h"

/* The filter as the store takes it: without what only questions have, and without the sealed answer. */
static bool history_filter(struct app *app, struct store *store, const struct filter *given, struct arena *a,
                           struct filter *out, struct err *err)
{
    if (given->due >= 0 || given->fresh >= 0) {
        return err_set(err, ERR_USAGE, "%s: chooses questions to practise, not past answers: leave it out",
                       given->due >= 0 ? "due" : "new");
    }
    *out = *given;
    int32_t age;
    if (!sealed_age(app, store, &age, err)) {
        return false;
    }
    if (age >= 0 && age < SEALED_FIRST) {
        const char **names = arena_array(a, given->not_banks.count + 1, sizeof(*names));
        for (size_t i = 0; i < given->not_banks.count; i++) {
            names[i] = given->not_banks.at[i];
        }
        names[given->not_banks.count] = SEALED_BANK;
        out->not_banks = (struct strings){names, given->not_banks.count + 1};
    }
    return true;
}

bool review_list(struct app *app, const struct filter *f, size_t offset, size_t limit, struct arena *a,
                 struct attempt_row **out, size_t *count, bool *more, struct err *err)
{
    struct store *store;
    struct filter filter;
    *out = NULL;
    *count = 0;
    *more = false;
    if (!app_store_if_any(app, &store, err) || !history_filter(app, store, f, a, &filter, err)) {
        return false;
    }
    return !store || attempts_list(store, &filter, offset, limit, a, out, count, more, err);
}

bool review_count(struct app *app, const struct filter *f, size_t *count, struct err *err)
{
    struct store *store;
    struct filter filter;
    struct arena scratch = ARENA_INIT;
    *count = 0;
    bool ok = app_store_if_any(app, &store, err) && history_filter(app, store, f, &scratch, &filter, err) &&
              (!store || attempts_count(store, &filter, count, err));
    arena_release(&scratch);
    return ok;
}

static bool no_answer(const char *id, struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, "there is no answer %s: `pmprep review` lists them", id);
}

bool review_get(struct app *app, const char *id, struct arena *a, struct attempt *out, struct err *err)
{
    struct store *store;
    const char *whole;
    if (!app_store_if_any(app, &store, err)) {
        return false;
    }
    if (!store) {
        return no_answer(id, err);
    }
    return attempts_find(store, id, a, &whole, err) && attempts_get(store, whole, a, out, err);
}

bool review_tries(struct app *app, const char *item, struct arena *a, struct attempt **out, size_t *count,
                  struct err *err)
{
    struct store *store;
    *out = NULL;
    *count = 0;
    return app_store_if_any(app, &store, err) && (!store || attempts_of_item(store, item, a, out, count, err));
}

bool review_each(struct app *app, const struct filter *f, review_fn *fn, void *ctx, struct err *err)
{
    struct store *store;
    struct filter filter;
    struct arena scratch = ARENA_INIT;
    bool ok = app_store_if_any(app, &store, err) && history_filter(app, store, f, &scratch, &filter, err) &&
              (!store || attempts_each(store, &filter, fn, ctx, err));
    arena_release(&scratch);
    return ok;
}

bool review_rescore(struct app *app, const char *id, const struct score *scores, size_t count, struct err *err)
{
    struct store *store;
    struct arena scratch = ARENA_INIT;
    struct score *copy = arena_array(&scratch, count, sizeof(*copy));
    for (size_t i = 0; i < count; i++) {
        copy[i] = scores[i];
    }
    struct score_set set = {.phase = SCORE_LATER, .at_ms = app_wall(app), .scores = copy, .count = count};
    bool ok = app_store(app, &store, err) && attempts_score(store, id, &set, err);
    arena_release(&scratch);
    return ok;
}

bool review_annotate(struct app *app, const char *id, const char *note, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && attempts_set_note(store, id, note, err);
}

bool review_flag(struct app *app, const char *id, bool flagged, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && attempts_set_flag(store, id, flagged, err);
}

bool review_dismiss(struct app *app, const char *id, size_t place, const char *rule, bool dismissed, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && attempts_dismiss(store, id, place, rule, dismissed, err);
}

bool review_delete(struct app *app, const char *id, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && attempts_delete(store, id, app_wall(app), err);
}

bool review_undelete(struct app *app, const char *id, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && attempts_undelete(store, id, err);
}

bool review_purge(struct app *app, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && store_purge(store, err);
}

bool review_rubric(struct app *app, const struct attempt *at, struct arena *a, struct rubric *out, struct err *err)
{
    struct store *store;
    bool found = false;
    *out = (struct rubric){.id = "", .title = ""};
    return app_store(app, &store, err) && attempts_rubric(store, at->id, a, out, &found, err);
}
