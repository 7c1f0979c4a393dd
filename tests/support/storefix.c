#include "support/unit.h"

#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <dirent.h>
#include <sqlite3.h>
#include <unistd.h>

void storefix_use_memory(void)
{
    if (access("/dev/shm", R_OK | W_OK | X_OK) == 0) {
        setenv("TMPDIR", "/dev/shm", 0);
    }
}

int storefix_setup(void **state)
{
    storefix_use_memory();
    struct storefix *f = calloc(1, sizeof(*f));
    assert_true(file_temp_dir(&f->folder, &f->err));
    path_join(&f->file, buf_str(&f->folder), "pmprep.db");
    *state = f;
    storefix_reopen(f);
    return 0;
}

void storefix_remove_tree(const char *folder)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        struct buf path = BUF_INIT;
        path_join(&path, folder, entry->d_name);
        if (unlink(buf_str(&path)) != 0) {
            storefix_remove_tree(buf_str(&path));
        }
        buf_release(&path);
    }
    closedir(dir);
    assert_int_equal(rmdir(folder), 0);
}

int storefix_teardown(void **state)
{
    struct storefix *f = *state;
    store_close(f->store);
    storefix_remove_tree(buf_str(&f->folder));
    buf_release(&f->folder);
    buf_release(&f->file);
    arena_release(&f->arena);
    free(f);
    return 0;
}

void storefix_reopen(struct storefix *f)
{
    store_close(f->store);
    f->store = NULL;
    bool ok = store_open(&f->store, buf_str(&f->file), 0, NULL, &f->err);
    assert_string_equal(f->err.text, "");
    assert_true(ok);
}

void storefix_sql(const char *file, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    if (result != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    sqlite3_close(db);
}

long storefix_int(const char *file, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    long answer = sqlite3_step(q) == SQLITE_ROW ? (long)sqlite3_column_int64(q, 0) : -1;
    sqlite3_finalize(q);
    sqlite3_close(db);
    return answer;
}

const char *storefix_id(struct arena *a, unsigned n)
{
    return arena_printf(a, "01900000-0000-7000-8000-%012u", n);
}

struct attempt storefix_attempt(struct arena *a, unsigned n, const char *item, const char *text, int32_t day)
{
    static const char *principles[] = {"ownership", "dive-deep"};
    int64_t noon = (int64_t)day * 86400000 + 43200000;
    return (struct attempt){
        .id = storefix_id(a, n),
        .session = "",
        .parent = "",
        .role = ATTEMPT_FIRST,
        .item = item,
        .item_revision = UINT64_C(0xfedcba9876543210),
        .kind = KIND_BEHAVIOURAL,
        .family = FAMILY_GENERAL,
        .principles = {principles, 2},
        .mode = MODE_TYPE,
        .story = "",
        .prompt = "Tell me about an outcome.\nTake your time.",
        .text = text,
        .note = "",
        .started_at = noon + n,
        .ended_at = noon + n + 90000,
        .active_ms = 80000,
        .words = 7,
        .picked = -1,
        .guess = "",
    };
}

struct item_snapshot storefix_snapshot(const struct attempt *at)
{
    return (struct item_snapshot){
        .item = at->item,
        .revision = at->item_revision,
        .kind = at->kind,
        .family = at->family,
        .principles = at->principles,
        .difficulty = 2,
        .prompt = "Tell me about an outcome.\nTake your time.",
    };
}

struct score_set storefix_scores(struct arena *a, enum score_phase phase, int overall)
{
    struct score *score = arena_alloc(a, sizeof(*score));
    *score = (struct score){"", overall};
    return (struct score_set){phase, STOREFIX_NOON, score, 1};
}

void storefix_put(struct storefix *f, const struct attempt *at)
{
    struct item_snapshot snap = storefix_snapshot(at);
    bool ok = attempts_put(f->store, at, &snap, &f->err);
    assert_string_equal(f->err.text, "");
    assert_true(ok);
}
