#include "pmprep/bank/library.h"

#include "bank/cache.h"
#include "bank/locate.h"
#include "bank/rulebook.h"
#include "bank/shelf.h"
#include "pmprep/base/mem.h"

struct library {
    struct db *db;
    struct source_list files;
    const char *shipped; /* the data folder, NULL: none */
    const char *config;  /* the configuration folder, NULL: none */
    struct shelf loops, templates, plans, decks;
    struct rulebook rulebook;
    struct arena arena; /* of what is borrowed until close */
    struct problems problems;
    bool banks_loaded;
    struct bank_info *banks;
    size_t bank_count;
    bool principles_loaded;
    struct principle *principles;
    size_t principle_count;
    bool rubrics_loaded;
    struct rubric *rubrics;
    size_t rubric_count;
    bool former_loaded;
    struct former *former; /* sorted by key */
    size_t former_count;
};

struct former {
    const char *key, *now;
};

/* A cache that turns out to be damaged is set aside and the YAML read instead. */
static bool recover(struct library *lib, struct err *err)
{
    struct db *fresh;
    if (!cache_rebuild(&fresh, &lib->files, err)) {
        return false;
    }
    db_close(lib->db);
    lib->db = fresh;
    return true;
}

bool library_open(struct library **out, const struct library_sources *sources, struct err *err)
{
    struct library *lib = mem_calloc(1, sizeof(*lib));
    struct err ignored = ERR_INIT;
    problems_init(&lib->problems, &lib->arena);
    sources_gather(&lib->files, sources);
    lib->shipped = sources->shipped ? arena_strdup(&lib->arena, sources->shipped) : NULL;
    lib->config = sources->config ? arena_strdup(&lib->arena, sources->config) : NULL;
    bool open = cache_open(&lib->db, sources, &lib->files, err);
    if (open && !index_load_problems(lib->db, &lib->problems, &ignored)) {
        lib->problems.count = 0;
        open = recover(lib, err) && index_load_problems(lib->db, &lib->problems, err);
    }
    if (!open) {
        library_close(lib);
        lib = NULL;
    }
    *out = lib;
    return open;
}

void library_close(struct library *lib)
{
    if (!lib) {
        return;
    }
    db_close(lib->db);
    sources_release(&lib->files);
    problems_release(&lib->problems);
    rulebook_release(&lib->rulebook);
    free(lib->former);
    arena_release(&lib->arena);
    free(lib->banks);
    free(lib);
}

const struct problems *library_problems(const struct library *lib)
{
    return &lib->problems;
}

static struct bank_info *find_bank(struct library *lib, const char *name)
{
    for (size_t i = 0; name && i < lib->bank_count; i++) {
        if (strcmp(lib->banks[i].name, name) == 0) {
            return &lib->banks[i];
        }
    }
    return NULL;
}

static bool load_bank_rows(struct library *lib, struct err *err)
{
    size_t cap = 0;
    struct stmt *s = db_stmt(lib->db, "SELECT name, title, path, rank FROM bank ORDER BY name", err);
    free(lib->banks);
    lib->banks = NULL;
    lib->bank_count = 0;
    while (stmt_row(s, err)) {
        mem_grow((void **)&lib->banks, &cap, lib->bank_count + 1, sizeof(*lib->banks));
        lib->banks[lib->bank_count++] = (struct bank_info){.name = arena_sv(&lib->arena, stmt_col_sv(s, 0)),
                                                           .title = arena_sv(&lib->arena, stmt_col_sv(s, 1)),
                                                           .path = arena_sv(&lib->arena, stmt_col_sv(s, 2)),
                                                           .user = stmt_col_int(s, 3) != RANK_SHIPPED};
    }
    return err->code == ERR_NONE;
}

static bool load_banks(struct library *lib, struct err *err)
{
    if (!load_bank_rows(lib, err)) {
        return false;
    }
    struct stmt *s = db_stmt(lib->db, "SELECT bank, kind, sum(items) FROM tally GROUP BY bank, kind", err);
    while (stmt_row(s, err)) {
        struct bank_info *bank = find_bank(lib, stmt_col_str(s, 0));
        int64_t kind = stmt_col_int(s, 1);
        if (bank && kind >= 0 && kind < KIND_COUNT) {
            bank->items[kind] = (unsigned)stmt_col_int(s, 2);
        }
    }
    return err->code == ERR_NONE;
}

const struct bank_info *library_banks(struct library *lib, size_t *count)
{
    struct err err = ERR_INIT;
    if (!lib->banks_loaded && !load_banks(lib, &err)) {
        err = (struct err)ERR_INIT;
        (void)(recover(lib, &err) && load_banks(lib, &err));
    }
    lib->banks_loaded = true;
    *count = lib->bank_count;
    return lib->banks;
}

const struct principle *library_principles(struct library *lib, size_t *count)
{
    struct err err = ERR_INIT;
    if (!lib->principles_loaded &&
        !index_load_principles(lib->db, &lib->arena, &lib->principles, &lib->principle_count, &err) &&
        recover(lib, &err)) {
        index_load_principles(lib->db, &lib->arena, &lib->principles, &lib->principle_count, &err);
    }
    lib->principles_loaded = true;
    *count = lib->principle_count;
    return lib->principles;
}

const struct principle *library_principle(struct library *lib, const char *id)
{
    size_t count;
    const struct principle *principles = library_principles(lib, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(principles[i].id, id) == 0) {
            return &principles[i];
        }
    }
    return NULL;
}

const struct rubric *library_rubric(struct library *lib, const char *id)
{
    struct err err = ERR_INIT;
    if (!lib->rubrics_loaded && !index_load_rubrics(lib->db, &lib->arena, &lib->rubrics, &lib->rubric_count, &err) &&
        recover(lib, &err)) {
        index_load_rubrics(lib->db, &lib->arena, &lib->rubrics, &lib->rubric_count, &err);
    }
    lib->rubrics_loaded = true;
    return references_rubric(&(struct references){.rubrics = lib->rubrics, .rubric_count = lib->rubric_count}, id);
}

const struct rubric *library_rubric_for(struct library *lib, enum family f)
{
    return library_rubric(lib, family_rubric(f));
}

/* The shelf, filled when it is first asked for. */
static const struct shelf *shelf_of(struct library *lib, struct shelf *shelf, enum file_kind kind)
{
    if (!shelf->loaded) {
        shelf_load(shelf, kind, &lib->files, lib->shipped, &lib->arena);
    }
    return shelf;
}

const struct mock_loop *library_loops(struct library *lib, size_t *count)
{
    const struct shelf *shelf = shelf_of(lib, &lib->loops, FILE_LOOP);
    *count = shelf->count;
    return shelf->records;
}

const struct mock_loop *library_loop(struct library *lib, const char *id)
{
    return shelf_find(shelf_of(lib, &lib->loops, FILE_LOOP), FILE_LOOP, id);
}

const struct template *library_templates(struct library *lib, size_t *count)
{
    const struct shelf *shelf = shelf_of(lib, &lib->templates, FILE_TEMPLATE);
    *count = shelf->count;
    return shelf->records;
}

const struct template *library_template(struct library *lib, const char *id)
{
    return shelf_find(shelf_of(lib, &lib->templates, FILE_TEMPLATE), FILE_TEMPLATE, id);
}

const struct deck *library_deck(struct library *lib, const char *id)
{
    return shelf_find(shelf_of(lib, &lib->decks, FILE_DECK), FILE_DECK, id);
}

const struct checklist *library_checklist(struct library *lib, const char *id)
{
    return shelf_find(shelf_of(lib, &lib->plans, FILE_PLAN), FILE_PLAN, id);
}

static struct rulebook *rulebook_of(struct library *lib)
{
    if (!lib->rulebook.loaded) {
        struct references refs = {.principles = NULL};
        refs.principles = library_principles(lib, &refs.principle_count);
        rulebook_load(&lib->rulebook, lib->shipped, lib->config, &refs, &lib->arena);
    }
    return &lib->rulebook;
}

const struct rule *library_rules(struct library *lib, size_t *count)
{
    const struct rulebook *book = rulebook_of(lib);
    *count = book->rule_count;
    return book->rules;
}

const struct lexicon *library_lexicons(struct library *lib, size_t *count)
{
    struct rulebook *book = rulebook_of(lib);
    if (book->words_gone) {
        rulebook_recall_words(book, lib->shipped, lib->config, &lib->arena);
    }
    *count = book->lexicon_count;
    return book->lexicons;
}

void library_forget_lexicons(struct library *lib)
{
    rulebook_forget_words(&lib->rulebook);
}

const struct problems *library_rule_problems(struct library *lib)
{
    return &rulebook_of(lib)->problems;
}

struct meta_list {
    struct item_meta *at;
    size_t count;
    size_t room;
};

static bool damaged(struct err *err)
{
    return err_set(err, ERR_CORRUPT, "the cache of the banks is damaged");
}

/* Reads one row of the listing; its strings stay in the arena. */
static bool list_chunk(struct sv packed, const struct filter *f, struct arena *a, struct meta_list *list,
                       struct err *err)
{
    struct unpacking u;
    if (!unpack_begin(&u, (struct sv){arena_sv(a, packed), packed.len}, a)) {
        return damaged(err);
    }
    while (list->count < list->room && unpack_next(&u, &list->at[list->count])) {
        list->count += filter_matches_meta(f, &list->at[list->count]);
    }
    return u.at == u.end || damaged(err);
}

/* At least as many as there are items: files that were left out leave gaps. */
static bool count_items(struct library *lib, size_t *count, struct err *err)
{
    struct stmt *s = db_stmt(lib->db, "SELECT max(rowid) FROM item", err);
    *count = stmt_row(s, err) ? (size_t)stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return err->code == ERR_NONE;
}

static bool list_rows(struct library *lib, const struct filter *f, struct arena *a, struct meta_list *list,
                      struct err *err)
{
    *list = (struct meta_list){.count = 0};
    if (!count_items(lib, &list->room, err)) {
        return false;
    }
    list->at = arena_array(a, list->room, sizeof(*list->at));
    struct stmt *s = db_stmt(lib->db, "SELECT packed FROM listing ORDER BY chunk", err);
    while (stmt_row(s, err)) {
        if (!list_chunk(stmt_col_sv(s, 0), f, a, list, err)) {
            stmt_reset(s);
            return false;
        }
    }
    return err->code == ERR_NONE;
}

bool library_list(struct library *lib, const struct filter *f, struct arena *a, struct item_meta **out, size_t *count,
                  struct err *err)
{
    struct meta_list list;
    struct err why = ERR_INIT;
    bool listed = list_rows(lib, f, a, &list, &why);
    if (!listed && recover(lib, err)) {
        why = (struct err)ERR_INIT;
        listed = list_rows(lib, f, a, &list, &why);
    }
    *count = listed ? list.count : 0;
    *out = list.at;
    return listed || err_set(err, why.code, "%s", why.text);
}

/* The nearest key by spelling; for a bare id the key that has it. */
static const char *nearest_key(struct library *lib, const char *key, struct arena *a)
{
    const char **keys = NULL;
    size_t count = 0;
    size_t cap = 0;
    bool bare = !strchr(key, '/');
    const char *near = NULL;
    struct stmt *s = db_stmt(lib->db, "SELECT key FROM item ORDER BY rowid", NULL);
    while (!near && stmt_row(s, NULL)) {
        const char *known = arena_sv(a, stmt_col_sv(s, 0));
        const char *slash = strchr(known, '/');
        if (bare && slash && strcmp(slash + 1, key) == 0) {
            near = known;
        }
        mem_grow((void **)&keys, &cap, count + 1, sizeof(*keys));
        keys[count++] = known;
    }
    stmt_reset(s);
    near = near ? near : nearest_name(sv_from(key), keys, count);
    free(keys);
    return near;
}

/* All at once: history asks for one key after another, and renamed items are few. */
static bool load_former(struct library *lib, struct err *err)
{
    struct err why = ERR_INIT;
    size_t cap = 0;
    struct former *list = NULL;
    size_t count = 0;
    struct stmt *s = db_stmt(lib->db, "SELECT key, now FROM former ORDER BY key", &why);
    while (s && stmt_row(s, &why)) {
        void *grown = list;
        mem_grow(&grown, &cap, count + 1, sizeof(*list));
        list = grown;
        list[count++] =
            (struct former){arena_sv(&lib->arena, stmt_col_sv(s, 0)), arena_sv(&lib->arena, stmt_col_sv(s, 1))};
    }
    if (why.code != ERR_NONE) {
        free(list);
        return err_set(err, why.code, "%s", why.text);
    }
    lib->former = list;
    lib->former_count = count;
    lib->former_loaded = true;
    return true;
}

static int former_against(const void *key, const void *row)
{
    return strcmp(key, ((const struct former *)row)->key);
}

/* The key the item has now, when this is a former one. */
static const char *present_key(struct library *lib, const char *key, struct err *err)
{
    if (!lib->former_loaded && !load_former(lib, err)) {
        return NULL;
    }
    const struct former *f =
        lib->former_count ? bsearch(key, lib->former, lib->former_count, sizeof(*lib->former), former_against) : NULL;
    return f ? f->now : NULL;
}

const char *library_present(struct library *lib, const char *key)
{
    struct err err = ERR_INIT;
    return present_key(lib, key, &err);
}

static void not_found(struct library *lib, const char *key, struct arena *a, struct err *err)
{
    const char *near = err ? nearest_key(lib, key, a) : NULL; /* dear: only for who reads it */
    err_set(err, ERR_NOT_FOUND, "there is no item \"%s\"%s%s%s", key, near ? "; did you mean " : "", near ? near : "",
            near ? "?" : "; `pmprep bank list` shows the banks");
}

/* Runs find on the key, then on the present one of a former key; after damage of the cache once more. */
static bool look_up(struct library *lib, const char **key, struct arena *a, void *out,
                    bool (*find)(struct library *lib, const char *key, struct arena *a, void *out, struct err *err),
                    struct err *err)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        struct err why = ERR_INIT;
        if (find(lib, *key, a, out, &why)) {
            return true;
        }
        const char *now = why.code == ERR_NONE ? present_key(lib, *key, &why) : NULL;
        if (now && find(lib, now, a, out, &why)) {
            *key = now;
            return true;
        }
        if (why.code == ERR_NONE) {
            not_found(lib, *key, a, err);
            return false;
        }
        if (attempt == 1 || !recover(lib, err)) {
            err_set(err, why.code, "%s", why.text);
            return false;
        }
    }
    return false;
}

static bool find_place(struct library *lib, const char *key, struct arena *a, void *out, struct err *err)
{
    return location_find(lib->db, key, a, out, err);
}

bool library_item(struct library *lib, const char *key, struct arena *a, struct item *out, struct err *err)
{
    struct location l;
    return look_up(lib, &key, a, &l, find_place, err) && location_read(&l, key, a, out, err);
}

static bool find_meta(struct library *lib, const char *key, struct arena *a, void *out, struct err *err)
{
    static const char sql[] = "SELECT packed, at FROM item JOIN listing USING(chunk) WHERE key = ?1";
    struct stmt *s = db_stmt(lib->db, sql, err);
    stmt_str(s, 1, key);
    bool found = stmt_row(s, err);
    if (found) {
        struct unpacking u;
        struct sv packed = stmt_col_sv(s, 0);
        int64_t at = stmt_col_int(s, 1);
        found =
            at >= 0 && at < (int64_t)packed.len && unpack_begin(&u, (struct sv){arena_sv(a, packed), packed.len}, a);
        if (found) {
            u.at = u.end - packed.len + at;
        }
        found = (found && unpack_next(&u, out)) || damaged(err);
    }
    stmt_reset(s);
    return found;
}

bool library_meta(struct library *lib, const char *key, struct arena *a, struct item_meta *out, struct err *err)
{
    return look_up(lib, &key, a, out, find_meta, err);
}
