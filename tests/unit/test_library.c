#include "support/unit.h"

#include "pmprep/bank/library.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/db/db.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test: user/ for banks, cache.db, and a data folder with the shipped rubrics and
 * principles. */
struct place_to_work {
    struct arena arena;
    char *root;
    char *user;
    char *cache;
    char *data;
};

static const char bank_text[] = "bank: mine\n"
                                "title: My questions\n"
                                "items:\n"
                                "  # a comment between\n"
                                "  - id: first\n"
                                "    kind: behavioural\n"
                                "    principles: [ownership, earn-trust]\n"
                                "    difficulty: 2\n"
                                "    minutes: 4\n"
                                "    core: true\n"
                                "    title: The first one\n"
                                "    was: [once, other/twice]\n"
                                "    prompt: |\n"
                                "      Tell me about the first.\n"
                                "    probes:\n"
                                "      - flaw: no-number\n"
                                "        ask: How many?\n"
                                "  - id: second\n"
                                "    kind: case\n"
                                "    family: metrics\n"
                                "    difficulty: 3\n"
                                "    prompt: Sales fell by a tenth overnight.\n"
                                "  - {id: third, kind: transition, difficulty: 1, prompt: Why now}\n";

static char *join(struct place_to_work *w, const char *folder, const char *name)
{
    return arena_printf(&w->arena, "%s/%s", folder, name);
}

static void write_file(const char *path, const char *text)
{
    struct err err = ERR_INIT;
    if (!file_write_atomic(path, sv_from(text), &err)) {
        fail_msg("%s", err.text);
    }
}

/* Older than any doubt about times, so that the cache is kept: a link to a file does not change when the link is made.
 */
static void link_shipped(struct place_to_work *w, const char *data, const char *folder)
{
    char *real = realpath(join(w, data, folder), NULL);
    assert_non_null(real);
    assert_int_equal(symlink(real, join(w, w->data, folder)), 0);
    free(real);
}

static int set_up(void **state)
{
    struct place_to_work *w = calloc(1, sizeof(*w));
    struct buf root = BUF_INIT;
    struct err err = ERR_INIT;
    const char *data = getenv("PMPREP_DATA");
    assert_true(file_temp_dir(&root, &err));
    w->root = arena_strdup(&w->arena, buf_str(&root));
    w->user = join(w, w->root, "user");
    w->data = join(w, w->root, "data");
    w->cache = join(w, w->root, "cache/library.db");
    assert_true(file_mkdirs(w->user, &err) && file_mkdirs(w->data, &err));
    link_shipped(w, data ? data : "data", "rubrics");
    link_shipped(w, data ? data : "data", "principles");
    link_shipped(w, data ? data : "data", "banks");
    buf_release(&root);
    *state = w;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place_to_work *w = *state;
    nftw(w->root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_release(&w->arena);
    free(w);
    return 0;
}

static struct library_sources sources_of(const struct place_to_work *w)
{
    return (struct library_sources){.shipped = w->data, .user = w->user, .cache = w->cache};
}

static struct library *opened(const struct library_sources *sources)
{
    struct library *lib;
    struct err err = ERR_INIT;
    if (!library_open(&lib, sources, &err)) {
        fail_msg("%s", err.text);
    }
    return lib;
}

static struct library *opened_in(struct place_to_work *w)
{
    struct library_sources sources = sources_of(w);
    return opened(&sources);
}

/* The title of an item, or "" when there is none. */
static const char *title_of(struct library *lib, struct place_to_work *w, const char *key)
{
    struct item item;
    struct err err = ERR_INIT;
    return library_item(lib, key, &w->arena, &item, &err) ? item.title : "";
}

static const struct bank_info *bank_named(struct library *lib, const char *name)
{
    size_t count;
    const struct bank_info *banks = library_banks(lib, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(banks[i].name, name) == 0) {
            return &banks[i];
        }
    }
    return NULL;
}

static size_t count_matching(struct library *lib, struct place_to_work *w, const char *line)
{
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    size_t count;
    assert_true(filter_parse_line(sv_from(line), 0, 0, &w->arena, &f, &err));
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    return count;
}

static void items_are_found_by_key_and_whole(void **state)
{
    struct place_to_work *w = *state;
    struct item item;
    struct err err = ERR_INIT;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    struct library *lib = opened_in(w);
    assert_true(library_item(lib, "mine/first", &w->arena, &item, &err));
    assert_string_equal(item.key, "mine/first");
    assert_string_equal(item.bank, "mine");
    assert_string_equal(item.prompt, "Tell me about the first.");
    assert_int_equal(item.principles.count, 2);
    assert_string_equal(item.principles.at[1], "earn-trust");
    assert_int_equal(item.family, FAMILY_GENERAL);
    assert_int_equal(item.probe_count, 1);
    assert_string_equal(item.probes[0].flaw, "no-number");
    assert_true(item.core);
    assert_string_equal(item.place.file, join(w, w->user, "a.yaml"));
    assert_int_equal(item.place.line, 5);
    assert_int_equal(item.place.column, 5);
    assert_true(library_item(lib, "mine/second", &w->arena, &item, &err));
    assert_string_equal(item.title, "Sales fell by a tenth overnight.");
    assert_int_equal(item.place.line, 18);
    assert_true(library_item(lib, "mine/third", &w->arena, &item, &err));
    assert_int_equal(item.kind, KIND_TRANSITION);
    assert_int_equal(item.family, FAMILY_WHY_PM);
    library_close(lib);
}

static void former_keys_lead_to_the_item(void **state)
{
    struct place_to_work *w = *state;
    struct item_meta meta;
    struct err err = ERR_INIT;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    struct library *lib = opened_in(w);
    assert_string_equal(title_of(lib, w, "mine/once"), "The first one");
    assert_string_equal(title_of(lib, w, "other/twice"), "The first one");
    assert_true(library_meta(lib, "mine/once", &w->arena, &meta, &err));
    assert_string_equal(meta.key, "mine/first");
    assert_string_equal(library_present(lib, "mine/once"), "mine/first");
    assert_null(library_present(lib, "mine/first"));
    library_close(lib);
}

static void a_key_in_use_again_is_no_former_one(void **state)
{
    struct place_to_work *w = *state;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    write_file(join(w, w->user, "b.yaml"), "bank: other\ntitle: Others\nitems:\n"
                                           "  - {id: twice, kind: transition, difficulty: 1, prompt: Why again}\n");
    struct library *lib = opened_in(w);
    assert_null(library_present(lib, "other/twice"));
    assert_string_equal(title_of(lib, w, "other/twice"), "Why again");
    assert_string_equal(library_present(lib, "mine/once"), "mine/first");
    library_close(lib);
}

static void unknown_keys_suggest_the_nearest(void **state)
{
    struct place_to_work *w = *state;
    struct item item;
    struct item_meta meta;
    struct err err = ERR_INIT;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    struct library *lib = opened_in(w);
    assert_false(library_item(lib, "mine/secnod", &w->arena, &item, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "mine/second"));
    assert_false(library_meta(lib, "third", &w->arena, &meta, &err));
    assert_non_null(strstr(err.text, "mine/third"));
    assert_false(library_item(lib, "zzzzzz/qqqqqqqqq", &w->arena, &item, &err));
    assert_null(strstr(err.text, "did you mean"));
    library_close(lib);
}

static void lists_carry_what_selection_needs(void **state)
{
    struct place_to_work *w = *state;
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    size_t count;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    struct library *lib = opened_in(w);
    assert_true(filter_parse_line(SV("bank:mine"), 0, 0, &w->arena, &f, &err));
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    assert_int_equal(count, 3);
    assert_string_equal(list[0].key, "mine/first");
    assert_string_equal(list[0].bank, "mine");
    assert_string_equal(list[0].title, "The first one");
    assert_int_equal(list[0].principles.count, 2);
    assert_int_equal(list[0].flaws.count, 1);
    assert_string_equal(list[0].flaws.at[0], "no-number");
    assert_int_equal(list[0].minutes, 4);
    assert_true(list[0].core);
    assert_int_equal(list[1].kind, KIND_CASE);
    assert_int_equal(list[1].difficulty, 3);
    assert_int_equal(list[2].principles.count, 0);
    struct item item;
    assert_true(library_item(lib, "mine/first", &w->arena, &item, &err));
    assert_true(item.revision == list[0].revision);
    assert_int_equal(count_matching(lib, w, "bank:mine kind:case"), 1);
    assert_int_equal(count_matching(lib, w, "bank:mine -core:yes"), 2);
    assert_int_equal(count_matching(lib, w, "bank:nothing"), 0);
    library_close(lib);
}

static void the_shipped_content_is_there(void **state)
{
    struct place_to_work *w = *state;
    size_t count;
    struct library *lib = opened_in(w);
    for (size_t i = 0; i < library_problems(lib)->count; i++) {
        const struct problem *p = &library_problems(lib)->at[i];
        fail_msg("%s:%u:%u: %s", p->place.file, p->place.line, p->place.column, p->text);
    }
    const struct principle *principles = library_principles(lib, &count);
    assert_int_equal(count, 16);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(principles[i].order, i + 1);
        assert_true(principles[i].strong.count >= 3);
    }
    assert_string_equal(library_principle(lib, "dive-deep")->name, "Dive Deep");
    assert_null(library_principle(lib, "dive"));
    for (int f = FAMILY_GENERAL; f < FAMILY_COUNT; f++) {
        const struct rubric *rubric = library_rubric_for(lib, (enum family)f);
        assert_non_null(rubric);
        assert_true(rubric->dimension_count > 0);
        assert_true(strlen(rubric->dimensions[0].anchor[LEVELS - 1]) > 0);
        assert_in_range(rubric->dimensions[0].bar_l5, 1, 5);
    }
    assert_null(library_rubric(lib, "nosuch"));
    const struct bank_info *banks = library_banks(lib, &count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_false(banks[i].user);
        assert_true(i == 0 || strcmp(banks[i - 1].name, banks[i].name) < 0);
    }
    library_close(lib);
}

/* Every item reads back from its own lines as the whole file gave it. */
static void every_shipped_item_reads_back(void **state)
{
    struct place_to_work *w = *state;
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    size_t count;
    struct library *lib = opened_in(w);
    filter_init(&f);
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    assert_true(count > 50);
    for (size_t i = 0; i < count; i++) {
        struct item item;
        if (!library_item(lib, list[i].key, &w->arena, &item, &err)) {
            fail_msg("%s: %s", list[i].key, err.text);
        }
        assert_string_equal(item.key, list[i].key);
        assert_string_equal(item.title, list[i].title);
        assert_true(item.revision == list[i].revision);
    }
    library_close(lib);
}

/* Puts a mark into the cache that the YAML does not have. */
static bool mark_cache(const struct place_to_work *w)
{
    struct db *db;
    struct err err = ERR_INIT;
    bool marked =
        db_open(&db, w->cache, DB_CACHE, NULL, &err) && db_exec(db, "UPDATE bank SET title = 'from the cache'", &err);
    db_close(db);
    return marked;
}

static bool is_from_cache(struct place_to_work *w)
{
    size_t count;
    struct library *lib = opened_in(w);
    const struct bank_info *banks = library_banks(lib, &count);
    bool marked = count > 0 && strcmp(banks[0].title, "from the cache") == 0;
    library_close(lib);
    return marked;
}

static void a_warm_start_reads_the_cache(void **state)
{
    struct place_to_work *w = *state;
    assert_false(is_from_cache(w));
    assert_true(mark_cache(w));
    assert_true(is_from_cache(w));
}

static void a_new_file_is_noticed(void **state)
{
    struct place_to_work *w = *state;
    assert_false(is_from_cache(w));
    assert_true(mark_cache(w));
    write_file(join(w, w->user, "a.yaml"), bank_text);
    struct library *lib = opened_in(w);
    assert_string_equal(title_of(lib, w, "mine/first"), "The first one");
    assert_string_not_equal(library_banks(lib, &(size_t){0})->title, "from the cache");
    library_close(lib);
    assert_int_equal(remove(join(w, w->user, "a.yaml")), 0);
    lib = opened_in(w);
    assert_null(bank_named(lib, "mine"));
    library_close(lib);
}

/* Until the clock that stamps files is so far past the file's last change that the cache is kept. */
static void let_file_age(struct place_to_work *w, const char *path)
{
    const char *probe = join(w, w->root, "probe");
    struct stat file;
    struct stat now;
    assert_int_equal(stat(path, &file), 0);
    do {
        write_file(probe, "x");
        assert_int_equal(stat(probe, &now), 0);
    } while ((now.st_ctim.tv_sec - file.st_ctim.tv_sec) * 1000 +
                 (now.st_ctim.tv_nsec - file.st_ctim.tv_nsec) / 1000000 <
             (file.st_ctim.tv_nsec == 0 ? 2100 : 30));
}

/* The hardest edit: same length, same modification time. */
static void an_edit_without_a_trace_in_size_or_time_is_noticed(void **state)
{
    struct place_to_work *w = *state;
    const char *path = join(w, w->user, "a.yaml");
    char *changed = arena_strdup(&w->arena, bank_text);
    memcpy(strstr(changed, "The first one"), "The other one", strlen("The other one"));
    struct timespec times[2] = {{1000000000, 5}, {1000000000, 5}};
    write_file(path, bank_text);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    let_file_age(w, path);
    struct library *lib = opened_in(w);
    assert_string_equal(title_of(lib, w, "mine/first"), "The first one");
    library_close(lib);
    assert_int_equal(access(w->cache, F_OK), 0);
    int fd = open(path, O_WRONLY);
    assert_int_equal(write(fd, changed, strlen(changed)), strlen(changed));
    close(fd);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    lib = opened_in(w);
    assert_string_equal(title_of(lib, w, "mine/first"), "The other one");
    library_close(lib);
}

static void a_file_newer_than_the_cache_is_not_trusted(void **state)
{
    struct place_to_work *w = *state;
    const char *path = join(w, w->user, "a.yaml");
    write_file(path, bank_text);
    struct timespec times[2] = {{4000000000, 5}, {4000000000, 5}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_false(is_from_cache(w));
    assert_int_not_equal(access(w->cache, F_OK), 0);
}

static void an_item_of_a_file_edited_meanwhile_is_found_again(void **state)
{
    struct place_to_work *w = *state;
    const char *path = join(w, w->user, "a.yaml");
    struct item item;
    struct err err = ERR_INIT;
    write_file(path, bank_text);
    struct library *lib = opened_in(w);
    struct buf longer = BUF_INIT;
    buf_addf(&longer, "# one more line\n%s", bank_text);
    write_file(path, buf_str(&longer));
    assert_string_equal(title_of(lib, w, "mine/second"), "Sales fell by a tenth overnight.");
    write_file(path, "bank: mine\ntitle: Empty now\nitems:\n  - {id: other, kind: case, family: metrics, difficulty: 1,"
                     " prompt: x}\n");
    assert_false(library_item(lib, "mine/second", &w->arena, &item, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    library_close(lib);
    buf_release(&longer);
}

static void overwrite(const char *path, off_t from, size_t len)
{
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    for (size_t i = 0; i < len; i++) {
        assert_int_equal(pwrite(fd, "\xA5", 1, from + (off_t)i), 1);
    }
    close(fd);
}

static void a_broken_cache_only_costs_time(void **state)
{
    struct place_to_work *w = *state;
    struct err err = ERR_INIT;
    struct stat st;
    library_close(opened_in(w));
    overwrite(w->cache, 0, 100); /* not a database any more */
    struct library *lib = opened_in(w);
    size_t all = count_matching(lib, w, "");
    assert_true(all > 50);
    library_close(lib);

    assert_int_equal(stat(w->cache, &st), 0);
    overwrite(w->cache, 8192, (size_t)st.st_size - 8192); /* sound at first sight, damaged further in */
    lib = opened_in(w);
    assert_int_equal(count_matching(lib, w, ""), all);
    size_t count;
    library_principles(lib, &count);
    assert_int_equal(count, 16);
    assert_non_null(library_rubric(lib, "behavioural"));
    library_close(lib);

    remove(w->cache);
    assert_true(file_mkdirs(w->cache, &err)); /* a folder in its place */
    lib = opened_in(w);
    assert_int_equal(count_matching(lib, w, ""), all);
    library_close(lib);
}

/* Runs statements on the cache behind the library's back. */
static void tamper(const struct place_to_work *w, const char *sql)
{
    struct db *db;
    struct err err = ERR_INIT;
    library_close(opened(&(struct library_sources){.shipped = w->data, .user = w->user, .cache = w->cache}));
    if (!db_open(&db, w->cache, DB_CACHE, NULL, &err) || !db_exec(db, sql, &err)) {
        fail_msg("%s", err.text);
    }
    db_close(db);
}

static void every_table_that_is_damaged_is_made_again(void **state)
{
    struct place_to_work *w = *state;
    struct library *lib = opened_in(w);
    size_t all = count_matching(lib, w, "");
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    struct item_meta meta;
    size_t count;
    filter_init(&f);
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    const char *key = list[0].key;
    library_close(lib);
    static const char *const damage[] = {
        "DROP TABLE listing",
        "DROP TABLE item",
        "DROP TABLE file",
        "DROP TABLE former",
        "DROP TABLE bank",
        "DROP TABLE tally",
        "DROP TABLE problem",
        "DROP TABLE principle",
        "DROP TABLE dimension",
        "UPDATE dimension SET anchors = 'only one'",
        "UPDATE listing SET packed = x'6100'||zeroblob(5)",
        "UPDATE listing SET packed = substr(packed, 1, 30)",
        "UPDATE item SET at = 1000000",
    };
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        tamper(w, damage[i]);
        lib = opened_in(w);
        assert_true(strlen(title_of(lib, w, key)) > 0);
        assert_true(library_meta(lib, key, &w->arena, &meta, &err));
        assert_string_equal(meta.key, key);
        assert_string_equal(title_of(lib, w, "no/such"), "");
        assert_int_equal(count_matching(lib, w, ""), all);
        library_principles(lib, &count);
        assert_int_equal(count, 16);
        assert_int_equal(library_rubric(lib, "why-pm")->dimension_count > 0, 1);
        assert_true(library_banks(lib, &count)->items[KIND_BEHAVIOURAL] > 0);
        library_close(lib);
        remove(w->cache);
    }
}

static void old_caches_of_extra_banks_are_removed(void **state)
{
    struct place_to_work *w = *state;
    struct err err = ERR_INIT;
    const char *folder = join(w, w->root, "cache");
    size_t left = 0;
    assert_true(file_mkdirs(folder, &err));
    for (int i = 0; i < 20; i++) {
        write_file(arena_printf(&w->arena, "%s-%016d", w->cache, i), "old");
    }
    write_file(join(w, folder, "another.db"), "not ours");
    library_close(opened_in(w));
    for (int i = 0; i < 20; i++) {
        left += access(arena_printf(&w->arena, "%s-%016d", w->cache, i), F_OK) == 0;
    }
    assert_int_equal(left, 8);
    assert_int_equal(access(w->cache, F_OK), 0);
    assert_int_equal(access(join(w, folder, "another.db"), F_OK), 0);
}

static void no_cache_and_no_folder_still_work(void **state)
{
    struct place_to_work *w = *state;
    struct library_sources sources = {.shipped = w->data, .user = join(w, w->root, "missing")};
    struct library *lib = opened(&sources);
    assert_true(count_matching(lib, w, "") > 50);
    library_close(lib);
    sources = (struct library_sources){.shipped = join(w, w->root, "missing"), .cache = "/dev/null/x/cache.db"};
    lib = opened(&sources);
    assert_int_equal(count_matching(lib, w, ""), 0);
    assert_null(library_rubric_for(lib, FAMILY_GENERAL));
    library_close(lib);
}

static void several_files_make_one_bank(void **state)
{
    struct place_to_work *w = *state;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    write_file(join(w, w->user, "b.yaml"),
               "bank: mine\ntitle: Ignored\nitems:\n"
               "  - {id: fourth, kind: case, family: strategy, difficulty: 1, prompt: x}\n");
    struct library *lib = opened_in(w);
    const struct bank_info *bank = bank_named(lib, "mine");
    assert_non_null(bank);
    assert_true(bank->user);
    assert_string_equal(bank->title, "My questions");
    assert_string_equal(bank->path, join(w, w->user, "a.yaml"));
    assert_int_equal(bank->items[KIND_BEHAVIOURAL], 1);
    assert_int_equal(bank->items[KIND_CASE], 2);
    assert_int_equal(bank->items[KIND_TRANSITION], 1);
    assert_string_equal(title_of(lib, w, "mine/fourth"), "x");
    library_close(lib);
}

static void an_id_used_twice_leaves_the_second_file_out(void **state)
{
    struct place_to_work *w = *state;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    write_file(join(w, w->user, "b.yaml"), "bank: mine\ntitle: More\nitems:\n"
                                           "  - {id: new, kind: case, family: strategy, difficulty: 1, prompt: x}\n"
                                           "  - {id: first, kind: case, family: strategy, difficulty: 1, prompt: x}\n");
    struct library *lib = opened_in(w);
    assert_int_equal(library_problems(lib)->count, 1);
    assert_int_equal(library_problems(lib)->at[0].place.line, 5);
    assert_string_equal(title_of(lib, w, "mine/first"), "The first one");
    assert_string_equal(title_of(lib, w, "mine/new"), "");
    library_close(lib);
}

static void a_bank_of_the_user_replaces_the_shipped_one_whole(void **state)
{
    struct place_to_work *w = *state;
    size_t count;
    struct library *lib = opened_in(w);
    const char *shipped = arena_strdup(&w->arena, library_banks(lib, &count)[0].name);
    library_close(lib);
    write_file(join(w, w->user, "a.yaml"),
               arena_printf(&w->arena,
                            "bank: %s\ntitle: Ours\nitems:\n"
                            "  - {id: only, kind: case, family: metrics, difficulty: 1, prompt: x}\n",
                            shipped));
    lib = opened_in(w);
    const struct bank_info *bank = bank_named(lib, shipped);
    assert_string_equal(bank->title, "Ours");
    assert_true(bank->user);
    assert_int_equal(count_matching(lib, w, arena_printf(&w->arena, "bank:%s", shipped)), 1);
    library_close(lib);
    write_file(join(w, w->user, "a.yaml"), arena_printf(&w->arena, "bank: %s\ntitle: Ours\nitems: broken\n", shipped));
    lib = opened_in(w);
    assert_false(bank_named(lib, shipped)->user);
    assert_int_equal(library_problems(lib)->count, 1);
    library_close(lib);
}

static void an_extra_bank_replaces_both_and_has_its_own_cache(void **state)
{
    struct place_to_work *w = *state;
    const char *extra = join(w, w->root, "extra.yaml");
    write_file(join(w, w->user, "a.yaml"), bank_text);
    write_file(extra, "bank: mine\ntitle: Extra\nitems:\n"
                      "  - {id: only, kind: case, family: metrics, difficulty: 1, prompt: x}\n");
    struct library_sources sources = sources_of(w);
    sources.extra = &extra;
    sources.extra_count = 1;
    struct library *lib = opened(&sources);
    assert_string_equal(bank_named(lib, "mine")->title, "Extra");
    assert_int_equal(count_matching(lib, w, "bank:mine"), 1);
    assert_string_equal(title_of(lib, w, "mine/first"), "");
    library_close(lib);
    lib = opened_in(w);
    assert_string_equal(title_of(lib, w, "mine/first"), "The first one");
    library_close(lib);
}

static void a_rubric_of_the_user_replaces_the_shipped_one(void **state)
{
    struct place_to_work *w = *state;
    write_file(join(w, w->user, "a.yaml"),
               "rubric: behavioural\ntitle: Ours\ndimensions:\n  - id: only\n    name: Only\n"
               "    anchors: [a, b, c, d, e]\n    bar: {L5: 3, L6: 4}\n");
    struct library *lib = opened_in(w);
    const struct rubric *rubric = library_rubric_for(lib, FAMILY_FAILURE);
    assert_string_equal(rubric->title, "Ours");
    assert_int_equal(rubric->dimension_count, 1);
    assert_string_equal(rubric->dimensions[0].anchor[4], "e");
    assert_int_equal(rubric->dimensions[0].bar_l6, 4);
    library_close(lib);
}

static void a_broken_file_leaves_the_others(void **state)
{
    struct place_to_work *w = *state;
    write_file(join(w, w->user, "a.yaml"), "bank: bad\ntitle: Bad\nitems:\n"
                                           "  - {id: fine, kind: case, family: metrics, difficulty: 1, prompt: x}\n"
                                           "  - {id: wrong, kind: case, family: metrics, difficulty: 9, prompt: x}\n");
    write_file(join(w, w->user, "b.yaml"), bank_text);
    write_file(join(w, w->user, "c.yaml"), "lap: x\n");
    for (int start = 0; start < 2; start++) {
        struct library *lib = opened_in(w);
        assert_int_equal(library_problems(lib)->count, 2);
        const struct problem *p = &library_problems(lib)->at[1];
        assert_string_equal(p->place.file, join(w, w->user, "a.yaml"));
        assert_int_equal(p->place.line, 5);
        assert_null(bank_named(lib, "bad"));
        assert_string_equal(title_of(lib, w, "bad/fine"), "");
        assert_string_equal(title_of(lib, w, "mine/first"), "The first one");
        library_close(lib);
    }
}

static void names_of_a_filter_are_checked(void **state)
{
    struct place_to_work *w = *state;
    struct filter f;
    struct err err = ERR_INIT;
    write_file(join(w, w->user, "a.yaml"), bank_text);
    struct library *lib = opened_in(w);
    assert_true(filter_parse_line(SV("principle:ownership -bank:mine"), 0, 0, &w->arena, &f, &err));
    assert_true(library_check_filter(lib, &f, &err));
    assert_true(filter_parse_line(SV("principle:ownershp"), 0, 0, &w->arena, &f, &err));
    assert_false(library_check_filter(lib, &f, &err));
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.text, "did you mean ownership?"));
    assert_true(filter_parse_line(SV("bank:mime"), 0, 0, &w->arena, &f, &err));
    assert_false(library_check_filter(lib, &f, &err));
    assert_non_null(strstr(err.text, "did you mean mine?"));
    library_close(lib);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(items_are_found_by_key_and_whole),
        TEST(former_keys_lead_to_the_item),
        TEST(a_key_in_use_again_is_no_former_one),
        TEST(unknown_keys_suggest_the_nearest),
        TEST(lists_carry_what_selection_needs),
        TEST(the_shipped_content_is_there),
        TEST(every_shipped_item_reads_back),
        TEST(a_warm_start_reads_the_cache),
        TEST(a_new_file_is_noticed),
        TEST(an_edit_without_a_trace_in_size_or_time_is_noticed),
        TEST(a_file_newer_than_the_cache_is_not_trusted),
        TEST(an_item_of_a_file_edited_meanwhile_is_found_again),
        TEST(a_broken_cache_only_costs_time),
        TEST(every_table_that_is_damaged_is_made_again),
        TEST(old_caches_of_extra_banks_are_removed),
        TEST(no_cache_and_no_folder_still_work),
        TEST(several_files_make_one_bank),
        TEST(an_id_used_twice_leaves_the_second_file_out),
        TEST(a_bank_of_the_user_replaces_the_shipped_one_whole),
        TEST(an_extra_bank_replaces_both_and_has_its_own_cache),
        TEST(a_rubric_of_the_user_replaces_the_shipped_one),
        TEST(a_broken_file_leaves_the_others),
        TEST(names_of_a_filter_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
