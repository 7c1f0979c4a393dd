#include "pmprep/app/story.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"
#include "pmprep/store/schedule.h"

static bool same_name(struct sv given, const char *name)
{
    struct sv known = sv_from(name);
    if (given.len != known.len) {
        return false;
    }
    for (size_t i = 0; i < given.len; i++) {
        char a = given.data[i], b = known.data[i];
        a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a;
        b = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
        if (a != b) {
            return false;
        }
    }
    return true;
}

/* The id of a principle given by id or name; NULL with err when there is none like it. */
static const char *principle_id(const struct principle *all, size_t count, struct sv given, struct err *err)
{
    const char **names = mem_calloc(count ? count : 1, sizeof(*names));
    const char *id = NULL;
    for (size_t i = 0; i < count && !id; i++) {
        names[i] = all[i].id;
        id = same_name(given, all[i].id) || same_name(given, all[i].name) ? all[i].id : NULL;
    }
    if (!id) {
        const char *near = nearest_name(given, names, count);
        err_set(err, ERR_USAGE, "there is no principle '" SV_FMT "'%s%s%s", SV_ARG(given),
                near ? ": did you mean " : ": `pmprep help drill` shows how they are written", near ? near : "",
                near ? "?" : "");
    }
    free(names);
    return id;
}

static bool check_principles(struct app *app, const struct strings *given, struct arena *a, struct strings *out,
                             struct err *err)
{
    struct library *library;
    *out = (struct strings){NULL, 0};
    if (given->count == 0) {
        return true;
    }
    if (!app_library(app, &library, err)) {
        return false;
    }
    size_t count;
    const struct principle *all = library_principles(library, &count);
    out->at = arena_array(a, given->count, sizeof(*out->at));
    for (size_t i = 0; i < given->count; i++) {
        const char *id = principle_id(all, count, sv_from(given->at[i]), err);
        if (!id) {
            return false;
        }
        out->at[out->count++] = arena_strdup(a, id);
    }
    return true;
}

bool story_principles(struct app *app, struct sv list, struct arena *a, struct strings *out, struct err *err)
{
    struct story parsed;
    struct buf line = BUF_INIT;
    story_init(&parsed);
    buf_addf(&line, "principles: " SV_FMT "\n", SV_ARG(list));
    bool ok = story_parse(buf_sv(&line), a, &parsed, err) && check_principles(app, &parsed.principles, a, out, err);
    buf_release(&line);
    return ok;
}

static bool same_names(const struct strings *a, const struct strings *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = strcmp(a->at[i], b->at[i]) == 0;
    }
    return same;
}

static void take_over(const struct story *before, const struct story *now, struct story *row)
{
    for (const struct story_field *f = story_fields; f->name; f++) {
        if (strcmp(story_get_field(row, f), story_get_field(before, f)) == 0) {
            story_set_field(row, f, story_get_field(now, f));
        }
    }
    if (same_names(&row->principles, &before->principles)) {
        row->principles = now->principles;
    }
    row->created_at = now->created_at;
}

/* One that was removed meanwhile comes back as the user sees it. */
static bool merge_and_put(struct store *store, const struct story *before, struct story *row, struct arena *a,
                          struct err *err)
{
    struct err missing = ERR_INIT;
    struct story now;
    if (before && story_get(store, row->id, a, &now, &missing)) {
        take_over(before, &now, row);
    } else if (before && missing.code != ERR_NOT_FOUND) {
        *err = missing;
        return false;
    }
    return story_put(store, row, err);
}

static bool put_at_once(struct store *store, const struct story *before, struct story *row, struct arena *a,
                        struct err *err)
{
    if (!store_begin(store, err)) {
        return false;
    }
    if (!merge_and_put(store, before, row, a, err)) {
        store_rollback(store);
        return false;
    }
    return store_commit(store, err);
}

static bool put(struct app *app, const struct story *before, const struct story *st, struct err *err)
{
    struct store *store;
    struct arena scratch = ARENA_INIT;
    struct story row = *st;
    bool ok;
    if (sv_trim(sv_from(st->headline)).len == 0) {
        ok = err_set(err, ERR_USAGE, "a story needs a headline: one line that announces it");
    } else {
        ok = check_principles(app, &st->principles, &scratch, &row.principles, err) && app_store(app, &store, err) &&
             put_at_once(store, before, &row, &scratch, err);
    }
    arena_release(&scratch);
    return ok;
}

bool story_add(struct app *app, struct story *st, struct arena *a, struct err *err)
{
    char id[UUID_SIZE];
    st->created_at = st->updated_at = app_wall(app);
    uuid7(st->created_at, id);
    st->id = arena_strdup(a, id);
    return put(app, NULL, st, err);
}

bool story_change(struct app *app, const struct story *before, const struct story *st, struct err *err)
{
    struct story row = *st;
    row.updated_at = app_wall(app);
    return put(app, before, &row, err);
}

bool story_list(struct app *app, struct arena *a, struct story **out, size_t *count, struct err *err)
{
    struct store *store;
    *out = NULL;
    *count = 0;
    return app_store_if_any(app, &store, err) && (!store || story_all(store, a, out, count, err));
}

/* Ids that begin so; with four characters or more, so that "a" is a word and not an id. */
static size_t by_id(const struct story *all, size_t count, struct sv given, size_t *at)
{
    size_t found = 0;
    for (size_t i = 0; given.len >= 4 && i < count; i++) {
        if (given.len <= UUID_SIZE && sv_eq(given, sv_sub(sv_from(all[i].id), 0, given.len))) {
            *at = i;
            found++;
        }
    }
    return found;
}

bool story_find(struct app *app, const char *id_or_headline, struct arena *a, struct story *out, struct err *err)
{
    struct story *all;
    size_t count, at[2];
    struct sv given = sv_trim(sv_from(id_or_headline));
    if (!story_list(app, a, &all, &count, err)) {
        return false;
    }
    size_t found = by_id(all, count, given, at);
    if (found == 0 && given.len > 0) {
        found = story_match(all, count, given, at, 2);
    }
    if (all && found == 1) {
        *out = all[at[0]];
        return true;
    }
    return found ? err_set(err, ERR_NOT_FOUND, "more than one story fits '%s': give more of its headline or its id",
                           id_or_headline)
                 : err_set(err, ERR_NOT_FOUND, "no story fits '%s': `pmprep story list` shows them", id_or_headline);
}

bool story_remove(struct app *app, const char *id, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && story_delete(store, id, app_wall(app), err);
}

bool story_restore(struct app *app, const char *id, struct err *err)
{
    struct store *store;
    return app_store(app, &store, err) && story_undelete(store, id, err);
}
