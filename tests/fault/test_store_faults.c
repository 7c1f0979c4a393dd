#include "support/unit.h"

#include "support/faultvfs.h"
#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "store/internal.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The one transaction that matters: an answer with scores and findings, its review, the draft removed. Whatever fails
 * under it, afterwards all of it is in the file or nothing, the file is sound, and who asks learns which.
 */

enum { ANSWER = 500 };

static struct attempt answer_of(struct arena *a)
{
    static struct finding findings[] = {{.rule = "we-fog", .severity = "warning", .message = "Who is we?", .end = 2}};
    static struct score scores[] = {{"", 3}, {"result", 4}};
    static struct score_set sets[] = {{SCORE_BLIND, STOREFIX_NOON, scores, 2}};
    struct buf text = BUF_INIT;
    for (int i = 0; i < 400; i++) {
        buf_addf(&text, "word%d of a long answer ", i); /* several pages, so that overflow pages are written too */
    }
    struct attempt at = storefix_attempt(a, ANSWER, "b/one", arena_strdup(a, buf_str(&text)), STOREFIX_DAY);
    buf_release(&text);
    at.findings = findings;
    at.finding_count = 1;
    at.score_sets = sets;
    at.score_set_count = 1;
    return at;
}

static struct review review_of(struct arena *a)
{
    return (struct review){.id = storefix_id(a, ANSWER + 1),
                           .unit = "principle/ownership",
                           .attempt = storefix_id(a, ANSWER),
                           .rating = 3,
                           .voids = "",
                           .at_ms = STOREFIX_NOON,
                           .day = STOREFIX_DAY,
                           .fsrs_version = 6};
}

static bool submit(struct store *s, struct arena *a, struct err *err)
{
    struct attempt at = answer_of(a);
    struct item_snapshot snap = storefix_snapshot(&at);
    struct review review = review_of(a);
    struct schedule_row after = {.unit = review.unit, .state = CARD_REVIEW, .due_day = STOREFIX_DAY + 3, .reps = 1};
    if (!store_begin(s, err)) {
        return false;
    }
    bool ok =
        attempts_put(s, &at, &snap, err) && review_add(s, &review, &after, err) && draft_remove(s, "b/one", "", err);
    if (!ok) {
        store_rollback(s);
        return false;
    }
    return store_commit(s, err);
}

struct faulty {
    struct storefix *fix;
    struct buf pristine; /* bytes of a file with history and a draft */
    struct buf file;     /* the copy that suffers */
};

static int set_up(void **state)
{
    struct faulty *t = calloc(1, sizeof(*t));
    void *fix;
    storefix_setup(&fix);
    t->fix = fix;
    for (unsigned i = 0; i < 30; i++) {
        struct attempt at =
            storefix_attempt(&t->fix->arena, i, "b/one", "An older answer about refunds.", STOREFIX_DAY - 1);
        storefix_put(t->fix, &at);
    }
    struct draft draft = {
        .item = "b/one", .prompt = "p", .parent = "", .session = "", .text = "word0 of a long answer"};
    assert_true(draft_put(t->fix->store, &draft, &t->fix->err));
    assert_true(file_read(buf_str(&t->fix->file), 1 << 28, &t->pristine, &t->fix->err));
    path_join(&t->file, buf_str(&t->fix->folder), "suffering.db");
    fault_register();
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    struct faulty *t = *state;
    void *fix = t->fix;
    fault_clear();
    storefix_teardown(&fix);
    buf_release(&t->pristine);
    buf_release(&t->file);
    free(t);
    return 0;
}

static void restore_file(struct faulty *t)
{
    struct buf journal = BUF_INIT;
    buf_addf(&journal, "%s-journal", buf_str(&t->file));
    unlink(buf_str(&journal));
    buf_release(&journal);
    assert_true(file_write_atomic(buf_str(&t->file), buf_sv(&t->pristine), &t->fix->err));
}

static struct store *opened(struct faulty *t, const char *vfs)
{
    struct store *s = NULL;
    struct err err = ERR_INIT;
    bool ok = store_open(&s, buf_str(&t->file), 0, vfs, &err);
    assert_string_equal(err.text, "");
    assert_true(ok);
    return s;
}

/* The file as the next start finds it: sound, and the transaction whole or absent. Answers which. */
static bool stored_whole(struct faulty *t)
{
    struct arena *a = &t->fix->arena;
    struct err err = ERR_INIT;
    struct store *s = opened(t, NULL);
    bool sound = store_check(s, &err);
    assert_string_equal(err.text, "");
    assert_true(sound);
    bool exists, drafted;
    struct draft draft;
    struct review *log;
    size_t reviews, answers;
    assert_true(attempts_exists(s, storefix_id(a, ANSWER), &exists, &err));
    assert_true(draft_latest(s, a, &draft, &drafted, &err));
    assert_true(review_log(s, "principle/ownership", a, &log, &reviews, &err));
    assert_true(attempts_count(s, NULL, &answers, &err));
    assert_int_equal(drafted, !exists);
    assert_int_equal(reviews, exists);
    assert_int_equal(answers, 30 + exists);
    if (exists) {
        struct attempt back, want = answer_of(a);
        assert_true(attempts_get(s, want.id, a, &back, &err));
        assert_string_equal(back.text, want.text);
        assert_int_equal(back.score_set_count, 1);
        assert_int_equal(back.finding_count, 1);
    }
    store_close(s);
    arena_reset(a);
    return exists;
}

/* Submits under the fault; answers whether it struck. */
static bool suffer(struct faulty *t, struct fault fault)
{
    struct arena *a = &t->fix->arena;
    struct err err = ERR_INIT;
    restore_file(t);
    struct store *s = opened(t, FAULT_VFS);
    fault_set(fault);
    bool said_stored = submit(s, a, &err);
    bool struck = fault_hit();
    assert_int_equal(said_stored, err.text[0] == '\0');
    bool looked_up = false;
    struct err again = ERR_INIT;
    if (attempts_exists(s, storefix_id(a, ANSWER), &looked_up, &again)) { /* may fail too while the fault lasts */
        assert_string_equal(again.text, "");
    } else {
        assert_string_not_equal(again.text, "");
    }
    fault_clear();
    again = (struct err)ERR_INIT;
    bool answered = attempts_exists(s, storefix_id(a, ANSWER), &looked_up, &again);
    assert_string_equal(again.text, "");
    assert_true(answered);
    if (!said_stored && !looked_up) { /* what a user does: try again */
        err = (struct err)ERR_INIT;
        bool ok = fault.nth % 2 == 0 || submit(s, a, &err);
        assert_string_equal(err.text, "");
        assert_true(ok);
        looked_up = fault.nth % 2 != 0;
    }
    store_close(s);
    assert_int_equal(stored_whole(t), looked_up);
    assert_true(looked_up || !said_stored);
    return struck;
}

static void every_call_fails(void **state)
{
    static const struct fault kinds[] = {
        {.result = 0}, {.forever = true}, {.torn = true}, {.torn = true, .forever = true}, {.result = SQLITE_FULL},
    };
    struct faulty *t = *state;
    int struck = 0;
    for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
        for (int call = FAULT_WRITE; call <= FAULT_READ; call++) {
            struct fault fault = kinds[kind];
            if (fault.torn && call != FAULT_WRITE) {
                continue;
            }
            fault.call = (enum fault_call)call;
            for (fault.nth = 1; suffer(t, fault); fault.nth++) {
                struck++;
            }
        }
    }
    assert_in_range(struck, 100, 5000);
}

static int wait_status(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* The process ends at the Nth write, sync, truncation or deletion of the transaction. */
static void killed_at_every_call(void **state)
{
    struct faulty *t = *state;
    int ended = 0;
    for (int torn = 0; torn < 2; torn++) {
        for (int call = FAULT_WRITE; call <= FAULT_DELETE; call++) {
            struct fault fault = {.call = (enum fault_call)call, .nth = 1, .deadly = true, .torn = torn};
            int status = FAULT_DEAD;
            for (; status == FAULT_DEAD; fault.nth += call == FAULT_WRITE ? 4 : 1) {
                restore_file(t);
                pid_t child = fork();
                if (child == 0) {
                    struct err err = ERR_INIT;
                    struct store *s = opened(t, FAULT_VFS);
                    fault_set(fault);
                    _exit(submit(s, &t->fix->arena, &err) ? 0 : 1);
                }
                status = wait_status(child);
                ended += status == FAULT_DEAD;
                bool stored = stored_whole(t);
                assert_true(status == FAULT_DEAD || (status == 0 && stored));
            }
        }
    }
    assert_in_range(ended, 10, 2000);
}

/* Text must go in until there is no room, then say so, and what was said to be stored is. */
static unsigned fill_until_refused(struct store *s, struct arena *a, struct err *err)
{
    unsigned stored = 0;
    for (; stored < 2000; stored++) {
        struct attempt at = answer_of(a);
        at.id = storefix_id(a, 1000 + stored);
        struct item_snapshot snap = storefix_snapshot(&at);
        if (!attempts_put(s, &at, &snap, err)) {
            break;
        }
    }
    return stored;
}

static void no_room_for_pages(void **state)
{
    struct faulty *t = *state;
    struct err err = ERR_INIT;
    restore_file(t);
    struct store *s = opened(t, NULL);
    assert_true(db_exec(s->db, "PRAGMA max_page_count = 120", &err));
    unsigned stored = fill_until_refused(s, &t->fix->arena, &err);
    assert_int_equal(err.code, ERR_FULL);
    assert_in_range(stored, 1, 1999);
    size_t count;
    err = (struct err)ERR_INIT;
    assert_true(attempts_count(s, NULL, &count, &err));
    assert_int_equal(count, 30 + stored);
    store_close(s);
    s = opened(t, NULL);
    bool sound = store_check(s, &err);
    assert_string_equal(err.text, "");
    assert_true(sound);
    store_close(s);
}

static void no_room_on_the_disk(void **state)
{
    struct faulty *t = *state;
    restore_file(t);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {t->pristine.len + 60000, t->pristine.len + 60000};
        struct err err = ERR_INIT;
        signal(SIGXFSZ, SIG_IGN);
        struct store *s = opened(t, NULL);
        setrlimit(RLIMIT_FSIZE, &limit);
        unsigned stored = fill_until_refused(s, &t->fix->arena, &err);
        size_t count = 0;
        struct err none = ERR_INIT;
        bool right = strstr(err.text, "disk is full") && stored > 0 && attempts_count(s, NULL, &count, &none) &&
                     count == 30 + stored;
        if (!right) {
            fprintf(stderr, "%u stored, %zu there: %s %s\n", stored, count, err.text, none.text);
        }
        store_close(s);
        _exit(right ? 0 : 1);
    }
    assert_int_equal(wait_status(child), 0);
    struct store *s = opened(t, NULL);
    struct err err = ERR_INIT;
    bool sound = store_check(s, &err);
    assert_string_equal(err.text, "");
    assert_true(sound);
    store_close(s);
}

/* One operation of one of two processes: reads a counter and writes it one higher, and stores an answer of its own. */
static bool count_up(struct store *s, struct arena *a, unsigned n, struct err *err)
{
    const char *value;
    char next[24];
    struct attempt at = storefix_attempt(a, n, "b/shared", "An answer about refunds.", STOREFIX_DAY);
    struct item_snapshot snap = storefix_snapshot(&at);
    if (!store_begin(s, err)) {
        return false;
    }
    bool ok = store_get(s, "counter", a, &value, err);
    if (ok) {
        snprintf(next, sizeof(next), "%ld", strtol(value, NULL, 10) + 1);
        ok = store_set(s, "counter", next, err) && attempts_put(s, &at, &snap, err);
    }
    if (!ok) {
        store_rollback(s);
        return false;
    }
    return store_commit(s, err);
}

static void work(struct faulty *t, unsigned from, unsigned operations)
{
    struct err err = ERR_INIT;
    struct store *s = opened(t, NULL);
    for (unsigned i = 0; i < operations; i++) {
        if (!count_up(s, &t->fix->arena, from + i, &err)) {
            fprintf(stderr, "%s\n", err.text);
            _exit(1);
        }
        arena_reset(&t->fix->arena);
    }
    store_close(s);
    _exit(0);
}

static void two_processes_lose_nothing(void **state)
{
    enum { OPERATIONS = 1000 }; /* quality.md, two pmprep at once */
    struct faulty *t = *state;
    restore_file(t);
    pid_t children[2];
    for (unsigned i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            work(t, 10000 + i * OPERATIONS, OPERATIONS);
        }
    }
    assert_int_equal(wait_status(children[0]), 0);
    assert_int_equal(wait_status(children[1]), 0);
    struct store *s = opened(t, NULL);
    struct err err = ERR_INIT;
    const char *value;
    size_t count;
    assert_true(store_get(s, "counter", &t->fix->arena, &value, &err));
    assert_string_equal(value, "2000");
    assert_true(attempts_count(s, NULL, &count, &err));
    assert_int_equal(count, 30 + 2 * OPERATIONS);
    bool sound = store_check(s, &err);
    assert_string_equal(err.text, "");
    assert_true(sound);
    store_close(s);
}

static void who_waits_too_long_is_told(void **state)
{
    struct faulty *t = *state;
    struct err err = ERR_INIT;
    restore_file(t);
    struct store *one = opened(t, NULL), *two = opened(t, NULL);
    const char *value;
    assert_true(db_exec(two->db, "PRAGMA busy_timeout = 20", &err));
    assert_true(store_begin(one, &err));
    assert_true(store_set(one, "a", "1", &err));
    assert_true(store_get(two, "a", &t->fix->arena, &value, &err)); /* reading goes on */
    assert_string_equal(value, "");
    assert_false(store_set(two, "a", "2", &err));
    assert_int_equal(err.code, ERR_BUSY);
    err = (struct err)ERR_INIT;
    assert_true(store_commit(one, &err));
    assert_true(store_set(two, "a", "2", &err));
    assert_true(store_get(one, "a", &t->fix->arena, &value, &err));
    assert_string_equal(value, "2");
    store_close(one);
    store_close(two);
}

/* Two first starts at once: one creates, the other finds it made. */
static void two_processes_create_one_file(void **state)
{
    struct faulty *t = *state;
    for (int round = 0; round < 10; round++) {
        pid_t children[3];
        unlink(buf_str(&t->file));
        for (unsigned i = 0; i < 3; i++) {
            children[i] = fork();
            if (children[i] == 0) {
                work(t, 10000 + i * 100, 3);
            }
        }
        for (unsigned i = 0; i < 3; i++) {
            assert_int_equal(wait_status(children[i]), 0);
        }
        assert_int_equal(storefix_int(buf_str(&t->file), "SELECT value FROM settings WHERE name = 'counter'"), 9);
        assert_int_equal(storefix_int(buf_str(&t->file), "SELECT count(*) FROM settings WHERE name = 'origin'"), 1);
    }
}

/* SQLite's own allocator, failing from the Nth call on. */
static sqlite3_mem_methods real_memory;
static long allocations, allowed;

static void *scarce_malloc(int size)
{
    return ++allocations > allowed ? NULL : real_memory.xMalloc(size);
}

static void *scarce_realloc(void *old, int size)
{
    return ++allocations > allowed ? NULL : real_memory.xRealloc(old, size);
}

static int submit_with_scarce_memory(struct faulty *t, long nth)
{
    sqlite3_mem_methods scarce;
    struct err err = ERR_INIT;
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    scarce = real_memory;
    scarce.xMalloc = scarce_malloc;
    scarce.xRealloc = scarce_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &scarce);
    allowed = 1L << 40;
    struct store *s = opened(t, NULL);
    allocations = 0;
    allowed = nth;
    bool stored = submit(s, &t->fix->arena, &err);
    allowed = 1L << 40;
    bool told = stored == (err.text[0] == '\0');
    store_close(s);
    return !told ? 2 : stored ? 0 : 1;
}

static void memory_runs_out(void **state)
{
    struct faulty *t = *state;
    int status = 1, refused = 0;
    for (long nth = 0; status != 0; nth += 1 + nth / 3) {
        restore_file(t);
        pid_t child = fork();
        if (child == 0) {
            _exit(submit_with_scarce_memory(t, nth));
        }
        status = wait_status(child);
        assert_in_range(status, 0, 1);
        refused += status;
        assert_int_equal(stored_whole(t), status == 0);
    }
    assert_in_range(refused, 5, 500);
}

#define WITH_FAULTS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAULTS(every_call_fails),
        WITH_FAULTS(killed_at_every_call),
        WITH_FAULTS(no_room_for_pages),
        WITH_FAULTS(no_room_on_the_disk),
        WITH_FAULTS(two_processes_lose_nothing),
        WITH_FAULTS(who_waits_too_long_is_told),
        WITH_FAULTS(two_processes_create_one_file),
        WITH_FAULTS(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
