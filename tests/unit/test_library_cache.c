#include "support/unit.h"

#include "support/libfix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/db/db.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Puts a mark into the cache that the YAML does not have. */
static bool mark_cache(const struct libfix *w)
{
    struct db *db;
    struct err err = ERR_INIT;
    bool marked =
        db_open(&db, w->cache, DB_CACHE, NULL, &err) && db_exec(db, "UPDATE bank SET title = 'from the cache'", &err);
    db_close(db);
    return marked;
}

static bool is_from_cache(struct libfix *w)
{
    size_t count;
    struct library *lib = libfix_open(w);
    const struct bank_info *banks = library_banks(lib, &count);
    bool marked = count > 0 && strcmp(banks[0].title, "from the cache") == 0;
    library_close(lib);
    return marked;
}

static void a_warm_start_reads_the_cache(void **state)
{
    struct libfix *w = *state;
    assert_false(is_from_cache(w));
    assert_true(mark_cache(w));
    assert_true(is_from_cache(w));
}

static void a_new_file_is_noticed(void **state)
{
    struct libfix *w = *state;
    assert_false(is_from_cache(w));
    assert_true(mark_cache(w));
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    struct library *lib = libfix_open(w);
    assert_string_equal(libfix_title(lib, w, "mine/first"), "The first one");
    assert_string_not_equal(library_banks(lib, &(size_t){0})->title, "from the cache");
    library_close(lib);
    assert_int_equal(remove(libfix_join(w, w->user, "a.yaml")), 0);
    lib = libfix_open(w);
    assert_null(libfix_bank(lib, "mine"));
    library_close(lib);
}

/* Until the clock that stamps files is so far past the file's last change that the cache is kept. */
static void let_file_age(struct libfix *w, const char *path)
{
    const char *probe = libfix_join(w, w->root, "probe");
    struct stat file;
    struct stat now;
    assert_int_equal(stat(path, &file), 0);
    do {
        libfix_write(probe, "x");
        assert_int_equal(stat(probe, &now), 0);
    } while ((now.st_ctim.tv_sec - file.st_ctim.tv_sec) * 1000 +
                 (now.st_ctim.tv_nsec - file.st_ctim.tv_nsec) / 1000000 <
             (file.st_ctim.tv_nsec == 0 ? 2100 : 30));
}

/* The hardest edit: same length, same modification time. */
static void an_edit_without_a_trace_in_size_or_time_is_noticed(void **state)
{
    struct libfix *w = *state;
    const char *path = libfix_join(w, w->user, "a.yaml");
    char *changed = arena_strdup(&w->arena, libfix_text);
    memcpy(strstr(changed, "The first one"), "The other one", strlen("The other one"));
    struct timespec times[2] = {{1000000000, 5}, {1000000000, 5}};
    libfix_write(path, libfix_text);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    let_file_age(w, path);
    struct library *lib = libfix_open(w);
    assert_string_equal(libfix_title(lib, w, "mine/first"), "The first one");
    library_close(lib);
    assert_int_equal(access(w->cache, F_OK), 0);
    int fd = open(path, O_WRONLY);
    assert_int_equal(write(fd, changed, strlen(changed)), strlen(changed));
    close(fd);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    lib = libfix_open(w);
    assert_string_equal(libfix_title(lib, w, "mine/first"), "The other one");
    library_close(lib);
}

static void a_file_newer_than_the_cache_is_not_trusted(void **state)
{
    struct libfix *w = *state;
    const char *path = libfix_join(w, w->user, "a.yaml");
    libfix_write(path, libfix_text);
    struct timespec times[2] = {{4000000000, 5}, {4000000000, 5}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_false(is_from_cache(w));
    assert_int_not_equal(access(w->cache, F_OK), 0);
}

static void an_item_of_a_file_edited_meanwhile_is_found_again(void **state)
{
    struct libfix *w = *state;
    const char *path = libfix_join(w, w->user, "a.yaml");
    struct item item;
    struct err err = ERR_INIT;
    libfix_write(path, libfix_text);
    struct library *lib = libfix_open(w);
    struct buf longer = BUF_INIT;
    buf_addf(&longer, "# one more line\n%s", libfix_text);
    libfix_write(path, buf_str(&longer));
    assert_string_equal(libfix_title(lib, w, "mine/second"), "Sales fell by a tenth overnight.");
    libfix_write(path,
                 "bank: mine\ntitle: Empty now\nitems:\n  - {id: other, kind: case, family: metrics, difficulty: 1,"
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
    struct libfix *w = *state;
    struct err err = ERR_INIT;
    struct stat st;
    library_close(libfix_open(w));
    overwrite(w->cache, 0, 100); /* not a database any more */
    struct library *lib = libfix_open(w);
    size_t all = libfix_count(lib, w, "");
    assert_true(all > 50);
    library_close(lib);

    assert_int_equal(stat(w->cache, &st), 0);
    overwrite(w->cache, 8192, (size_t)st.st_size - 8192); /* sound at first sight, damaged further in */
    lib = libfix_open(w);
    assert_int_equal(libfix_count(lib, w, ""), all);
    size_t count;
    library_principles(lib, &count);
    assert_int_equal(count, 16);
    assert_non_null(library_rubric(lib, "behavioural"));
    library_close(lib);

    remove(w->cache);
    assert_true(file_mkdirs(w->cache, &err)); /* a folder in its place */
    lib = libfix_open(w);
    assert_int_equal(libfix_count(lib, w, ""), all);
    library_close(lib);
}

/* Runs statements on the cache behind the library's back. */
static void tamper(const struct libfix *w, const char *sql)
{
    struct db *db;
    struct err err = ERR_INIT;
    library_close(libfix_open_with(&(struct library_sources){.shipped = w->data, .user = w->user, .cache = w->cache}));
    if (!db_open(&db, w->cache, DB_CACHE, NULL, &err) || !db_exec(db, sql, &err)) {
        fail_msg("%s", err.text);
    }
    db_close(db);
}

static void every_table_that_is_damaged_is_made_again(void **state)
{
    struct libfix *w = *state;
    struct library *lib = libfix_open(w);
    size_t all = libfix_count(lib, w, "");
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
        lib = libfix_open(w);
        assert_true(strlen(libfix_title(lib, w, key)) > 0);
        assert_true(library_meta(lib, key, &w->arena, &meta, &err));
        assert_string_equal(meta.key, key);
        assert_string_equal(libfix_title(lib, w, "no/such"), "");
        assert_int_equal(libfix_count(lib, w, ""), all);
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
    struct libfix *w = *state;
    struct err err = ERR_INIT;
    const char *folder = libfix_join(w, w->root, "cache");
    size_t left = 0;
    assert_true(file_mkdirs(folder, &err));
    for (int i = 0; i < 20; i++) {
        libfix_write(arena_printf(&w->arena, "%s-%016d", w->cache, i), "old");
    }
    libfix_write(libfix_join(w, folder, "another.db"), "not ours");
    library_close(libfix_open(w));
    for (int i = 0; i < 20; i++) {
        left += access(arena_printf(&w->arena, "%s-%016d", w->cache, i), F_OK) == 0;
    }
    assert_int_equal(left, 8);
    assert_int_equal(access(w->cache, F_OK), 0);
    assert_int_equal(access(libfix_join(w, folder, "another.db"), F_OK), 0);
}

static void no_cache_and_no_folder_still_work(void **state)
{
    struct libfix *w = *state;
    struct library_sources sources = {.shipped = w->data, .user = libfix_join(w, w->root, "missing")};
    struct library *lib = libfix_open_with(&sources);
    assert_true(libfix_count(lib, w, "") > 50);
    library_close(lib);
    sources = (struct library_sources){.shipped = libfix_join(w, w->root, "missing"), .cache = "/dev/null/x/cache.db"};
    lib = libfix_open_with(&sources);
    assert_int_equal(libfix_count(lib, w, ""), 0);
    assert_null(library_rubric_for(lib, FAMILY_GENERAL));
    library_close(lib);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, libfix_setup, libfix_teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_warm_start_reads_the_cache),
        TEST(a_new_file_is_noticed),
        TEST(an_edit_without_a_trace_in_size_or_time_is_noticed),
        TEST(a_file_newer_than_the_cache_is_not_trusted),
        TEST(an_item_of_a_file_edited_meanwhile_is_found_again),
        TEST(a_broken_cache_only_costs_time),
        TEST(every_table_that_is_damaged_is_made_again),
        TEST(old_caches_of_extra_banks_are_removed),
        TEST(no_cache_and_no_folder_still_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
