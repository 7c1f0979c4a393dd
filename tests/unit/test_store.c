#include "support/unit.h"

#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "store/internal.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct buf beside(struct storefix *f, const char *name)
{
    struct buf path = BUF_INIT;
    path_join(&path, buf_str(&f->folder), name);
    return path;
}

static struct buf bytes_of(const char *path)
{
    struct buf bytes = BUF_INIT;
    struct err err = ERR_INIT;
    assert_true(file_read(path, 1 << 28, &bytes, &err));
    return bytes;
}

static unsigned mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

/* Opening must fail with that code and these words, and leave every byte and every name as it was. */
static void refused(const char *path, unsigned flags, enum err_code code, const char *words)
{
    struct store *s = NULL;
    struct err err = ERR_INIT;
    struct stat st;
    bool there = stat(path, &st) == 0 && S_ISREG(st.st_mode);
    struct buf before = there ? bytes_of(path) : (struct buf)BUF_INIT;
    assert_false(store_open(&s, path, flags, NULL, &err));
    assert_null(s);
    if (err.code != code || !strstr(err.text, words) || !strstr(err.text, path)) {
        fail_msg("code %d, not %d: %s (expected: %s)", err.code, code, err.text, words);
    }
    assert_int_equal(stat(path, &st) == 0 && S_ISREG(st.st_mode), there);
    if (there) {
        struct buf after = bytes_of(path);
        assert_int_equal(before.len, after.len);
        assert_memory_equal(buf_str(&before), buf_str(&after), before.len);
        buf_release(&after);
    }
    buf_release(&before);
}

static void a_new_file_is_private(void **state)
{
    struct storefix *f = *state;
    struct buf path = beside(f, "deep/er/new.db"), folder = beside(f, "deep/er");
    struct store *s;
    mode_t old = umask(0);
    assert_true(store_open(&s, buf_str(&path), 0, NULL, &f->err));
    umask(old);
    assert_int_equal(mode_of(buf_str(&path)), 0600);
    assert_int_equal(mode_of(buf_str(&folder)), 0700);
    assert_string_equal(store_path(s), buf_str(&path));
    assert_int_equal(store_schema_version(s), 2);
    assert_true(store_size(s) > 4096);
    assert_true(store_check(s, &f->err));
    store_close(s);
    assert_int_equal(storefix_int(buf_str(&path), "PRAGMA application_id"), 0x706d7072);
    assert_int_equal(storefix_int(buf_str(&path), "PRAGMA user_version"), 2);
    buf_release(&path);
    buf_release(&folder);
}

static void a_folder_that_exists_is_left_alone(void **state)
{
    struct storefix *f = *state;
    struct buf folder = beside(f, "shared"), path = beside(f, "shared/new.db");
    struct store *s;
    assert_int_equal(mkdir(buf_str(&folder), 0755), 0);
    assert_int_equal(chmod(buf_str(&folder), 0755), 0);
    assert_true(store_open(&s, buf_str(&path), 0, NULL, &f->err));
    store_close(s);
    assert_int_equal(mode_of(buf_str(&folder)), 0755);
    buf_release(&path);
    buf_release(&folder);
}

static void settings_are_kept(void **state)
{
    struct storefix *f = *state;
    const char *value;
    assert_true(store_get(f->store, "first-run", &f->arena, &value, &f->err));
    assert_string_equal(value, "");
    assert_true(store_set(f->store, "first-run", "done", &f->err));
    assert_true(store_set(f->store, "first-run", "done twice", &f->err));
    storefix_reopen(f);
    assert_true(store_get(f->store, "first-run", &f->arena, &value, &f->err));
    assert_string_equal(value, "done twice");
}

static void reading_only_never_creates(void **state)
{
    struct storefix *f = *state;
    struct buf missing = beside(f, "missing.db"), blank = beside(f, "blank.db");
    refused(buf_str(&missing), STORE_READONLY, ERR_NOT_FOUND, "there is no database");
    assert_int_equal(close(open(buf_str(&blank), O_CREAT | O_WRONLY, 0600)), 0);
    refused(buf_str(&blank), STORE_READONLY, ERR_NOT_FOUND, "no answer");
    struct attempt at = storefix_attempt(&f->arena, 1, "b/one", "text", STOREFIX_DAY), back;
    storefix_put(f, &at);
    struct store *s;
    assert_true(store_open(&s, buf_str(&f->file), STORE_READONLY, NULL, &f->err));
    assert_true(attempts_get(s, at.id, &f->arena, &back, &f->err));
    assert_true(store_check(s, &f->err));
    assert_false(store_set(s, "a", "b", &f->err));
    store_close(s);
    buf_release(&missing);
    buf_release(&blank);
}

static void what_is_not_ours_is_refused(void **state)
{
    struct storefix *f = *state;
    struct buf text = beside(f, "notes.txt"), other = beside(f, "other.db"), tiny = beside(f, "tiny.db");
    assert_true(file_write_atomic(buf_str(&text),
                                  SV("Dear diary, this is not a database at all. It is longer than a header"
                                     " would be, so that its length does not give it away."),
                                  &f->err));
    assert_true(file_write_atomic(buf_str(&tiny), SV("SQLite format 3"), &f->err));
    storefix_sql(buf_str(&other), "CREATE TABLE t (x); PRAGMA user_version = 1");
    refused(buf_str(&text), 0, ERR_CORRUPT, "is not a pmprep database");
    refused(buf_str(&tiny), 0, ERR_CORRUPT, "is not a pmprep database");
    refused(buf_str(&other), 0, ERR_CORRUPT, "is not a pmprep database");
    refused(buf_str(&other), STORE_READONLY, ERR_CORRUPT, "is not a pmprep database");
    storefix_sql(buf_str(&other), "PRAGMA application_id = 42");
    refused(buf_str(&other), 0, ERR_CORRUPT, "is not a pmprep database");
    refused(buf_str(&f->folder), 0, ERR_IO, "regular file");
    buf_release(&text);
    buf_release(&other);
    buf_release(&tiny);
}

/* A transaction that a crash left open is rolled back, but never one of somebody else, and no file that only looks like
 * a journal. */
static void journals_of_others_stay(void **state)
{
    struct storefix *f = *state;
    struct buf other = beside(f, "other.db"), journal = beside(f, "other.db-journal");
    static const char hot[] = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 and what follows";
    storefix_sql(buf_str(&other), "CREATE TABLE t (x); PRAGMA application_id = 42");
    static const char *const contents[] = {"Dear diary, about other.db.", hot};
    for (size_t i = 0; i < 2; i++) {
        assert_true(file_write_atomic(buf_str(&journal), sv_from(contents[i]), &f->err));
        refused(buf_str(&other), 0, ERR_CORRUPT, "is not a pmprep database");
        struct buf kept = bytes_of(buf_str(&journal));
        assert_string_equal(buf_str(&kept), contents[i]);
        buf_release(&kept);
    }
    buf_release(&other);
    buf_release(&journal);
}

static void a_newer_file_is_refused(void **state)
{
    struct storefix *f = *state;
    store_close(f->store);
    f->store = NULL;
    storefix_sql(buf_str(&f->file), "PRAGMA user_version = 7");
    refused(buf_str(&f->file), 0, ERR_NEWER, "upgrade pmprep");
    refused(buf_str(&f->file), STORE_READONLY, ERR_NEWER, "its schema is 7");
}

static void foreign_triggers_and_views_are_refused(void **state)
{
    static const char *const bad[] = {
        "CREATE TRIGGER spy AFTER INSERT ON attempts BEGIN DELETE FROM stories; END",
        "CREATE VIEW spy AS SELECT text FROM attempts",
        "DROP TRIGGER search_delete; CREATE TRIGGER search_delete AFTER DELETE ON attempts BEGIN DELETE FROM stories; "
        "END",
    };
    static const char *const named[] = {"(spy)", "(spy)", "(search_delete)"};
    struct storefix *f = *state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct buf copy = beside(f, named[i] + 1);
        unlink(buf_str(&copy));
        assert_true(store_backup(f->store, buf_str(&copy), &f->err));
        storefix_sql(buf_str(&copy), bad[i]);
        refused(buf_str(&copy), 0, ERR_CORRUPT, named[i]);
        buf_release(&copy);
    }
    store_close(f->store);
    f->store = NULL;
    storefix_sql(buf_str(&f->file), "DROP TRIGGER search_update");
    refused(buf_str(&f->file), 0, ERR_CORRUPT, "lacks a trigger");
}

static void a_damaged_file_is_refused_and_set_aside(void **state)
{
    struct storefix *f = *state;
    store_close(f->store);
    f->store = NULL;
    struct buf bytes = bytes_of(buf_str(&f->file)), moved = BUF_INIT, journal = BUF_INIT;
    memset(bytes.data + 100, 0xA5, 3000); /* the schema's own page */
    assert_true(file_write_atomic(buf_str(&f->file), buf_sv(&bytes), &f->err));
    refused(buf_str(&f->file), 0, ERR_CORRUPT, "damaged");
    assert_true(store_set_aside(buf_str(&f->file), &moved, &f->err));
    assert_int_equal(access(buf_str(&f->file), F_OK), -1);
    assert_true(sv_starts(buf_sv(&moved), buf_str(&f->file)));
    assert_non_null(strstr(buf_str(&moved), ".corrupt-"));
    struct buf kept = bytes_of(buf_str(&moved));
    assert_int_equal(kept.len, bytes.len);
    assert_memory_equal(kept.data, bytes.data, bytes.len);
    storefix_reopen(f); /* a fresh one in its place */
    assert_true(store_check(f->store, &f->err));
    buf_clear(&moved);
    buf_addf(&journal, "%s.none", buf_str(&f->file));
    assert_false(store_set_aside(buf_str(&journal), &moved, &f->err)); /* nothing there */
    assert_int_equal(moved.len, 0);
    buf_release(&bytes);
    buf_release(&kept);
    buf_release(&moved);
    buf_release(&journal);
}

static void a_cut_file_is_noticed(void **state)
{
    struct storefix *f = *state;
    store_close(f->store);
    f->store = NULL;
    assert_int_equal(truncate(buf_str(&f->file), 8192), 0);
    struct err err = ERR_INIT;
    struct store *s = NULL;
    bool noticed = !store_open(&s, buf_str(&f->file), 0, NULL, &err) || !store_check(s, &err);
    store_close(s);
    assert_true(noticed);
    assert_null(strstr(err.text, "<U+"));
    assert_int_equal(err.code, ERR_CORRUPT);
}

/* root may write anywhere, so this is tried as somebody else where possible. */
static void as_nobody(void (*body)(struct storefix *f), struct storefix *f)
{
    assert_int_equal(chmod(buf_str(&f->folder), 0755), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0) {
            _exit(3);
        }
        body(f);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void open_refused_as_readonly(struct storefix *f)
{
    struct store *s = NULL;
    struct err err = ERR_INIT;
    bool right = !store_open(&s, buf_str(&f->file), 0, NULL, &err) && err.code == ERR_IO && strstr(err.text, "--db");
    if (!right) {
        fprintf(stderr, "%s\n", err.text);
        _exit(1);
    }
}

static void what_cannot_be_written_is_refused(void **state)
{
    struct storefix *f = *state;
    assert_int_equal(chmod(buf_str(&f->file), 0444), 0);
    as_nobody(open_refused_as_readonly, f);
    assert_int_equal(chmod(buf_str(&f->file), 0666), 0);
    if (geteuid() == 0) { /* now only the folder stands in the way */
        as_nobody(open_refused_as_readonly, f);
    }
}

static void a_transaction_is_all_or_nothing(void **state)
{
    struct storefix *f = *state;
    const char *value;
    bool exists;
    struct attempt at = storefix_attempt(&f->arena, 1, "b/one", "text", STOREFIX_DAY);
    assert_true(store_begin(f->store, &f->err));
    storefix_put(f, &at);
    assert_true(store_set(f->store, "a", "1", &f->err));
    store_rollback(f->store);
    assert_true(attempts_exists(f->store, at.id, &exists, &f->err));
    assert_false(exists);
    assert_true(store_begin(f->store, &f->err));
    storefix_put(f, &at);
    struct err first = ERR_INIT, second = ERR_INIT, last = ERR_INIT;
    assert_false(attempts_set_note(f->store, "nowhere", "x", &first));
    assert_false(store_set(f->store, "a", "2", &second)); /* nothing more is written after a failure */
    assert_string_equal(second.text, first.text);
    assert_false(store_commit(f->store, &last));
    assert_string_equal(last.text, first.text);
    assert_true(attempts_exists(f->store, at.id, &exists, &f->err));
    assert_false(exists);
    assert_true(store_get(f->store, "a", &f->arena, &value, &f->err));
    assert_string_equal(value, "");
    assert_true(store_begin(f->store, &f->err));
    storefix_put(f, &at);
    assert_true(store_commit(f->store, &f->err));
    assert_true(attempts_exists(f->store, at.id, &exists, &f->err));
    assert_true(exists);
}

/* Between hold and let go every read sees the same state, whatever another process would write. */
static void a_hold_is_one_state(void **state)
{
    struct storefix *f = *state;
    const char *value;
    struct store *other;
    struct err busy = ERR_INIT;
    assert_true(store_open(&other, buf_str(&f->file), 0, NULL, &f->err));
    assert_true(db_exec(other->db, "PRAGMA busy_timeout = 10", &f->err));
    assert_true(store_hold(f->store, &f->err));
    assert_true(store_get(f->store, "a", &f->arena, &value, &f->err));
    assert_false(store_set(other, "a", "1", &busy));
    assert_int_equal(busy.code, ERR_BUSY);
    assert_true(store_get(f->store, "a", &f->arena, &value, &f->err));
    assert_string_equal(value, "");
    store_let_go(f->store);
    assert_true(store_set(other, "a", "1", &f->err));
    assert_true(store_get(f->store, "a", &f->arena, &value, &f->err));
    assert_string_equal(value, "1");
    assert_true(store_set(f->store, "a", "2", &f->err));
    store_let_go(f->store); /* fine without a hold */
    store_close(other);
}

static void a_backup_is_a_whole_private_copy(void **state)
{
    struct storefix *f = *state;
    struct buf target = beside(f, "copy.db");
    struct attempt at = storefix_attempt(&f->arena, 1, "b/one", "text", STOREFIX_DAY), back;
    storefix_put(f, &at);
    assert_true(store_backup(f->store, buf_str(&target), &f->err));
    assert_int_equal(mode_of(buf_str(&target)), 0600);
    assert_false(store_backup(f->store, buf_str(&target), &f->err)); /* never over another file */
    struct store *s;
    f->err = (struct err)ERR_INIT;
    assert_true(store_open(&s, buf_str(&target), 0, NULL, &f->err));
    assert_true(attempts_get(s, at.id, &f->arena, &back, &f->err));
    assert_true(store_check(s, &f->err));
    store_close(s);
    buf_release(&target);
}

static bool file_holds(const char *path, const char *word)
{
    struct buf bytes = bytes_of(path);
    bool found = false;
    size_t len = strlen(word);
    for (size_t i = 0; !found && i + len <= bytes.len; i++) {
        found = memcmp(bytes.data + i, word, len) == 0;
    }
    buf_release(&bytes);
    return found;
}

/* Written as a growing draft, submitted, annotated, found, deleted, purged: then not a byte of it is left. */
static void purged_words_are_gone_from_the_file(void **state)
{
    static const char secret[] = "zqmarmalade";
    static const char prompt[] = "zqmarmalade question of my own";
    struct storefix *f = *state;
    for (unsigned i = 0; i < 120; i++) {
        bool private_one = i % 3 == 0;
        struct buf text = BUF_INIT;
        for (unsigned k = 0; k < 10 + i % 40; k++) {
            buf_addf(&text, "%s%u plain words between ", private_one ? secret : "common", k);
        }
        for (size_t cut = 50; cut < text.len; cut += 200) {
            struct draft d = {.item = "b/x",
                              .prompt = "p",
                              .parent = "",
                              .session = "",
                              .text = arena_strndup(&f->arena, text.data, cut)};
            assert_true(draft_put(f->store, &d, &f->err));
        }
        struct attempt at =
            storefix_attempt(&f->arena, i, private_one ? "mine/one" : "b/one", buf_str(&text), STOREFIX_DAY);
        struct item_snapshot snap = storefix_snapshot(&at);
        struct finding finding = {
            .rule = "x", .severity = "note", .message = private_one ? "zqmarmalade says little" : "fine"};
        at.findings = &finding;
        at.finding_count = 1;
        at.guess = private_one ? "zqmarmalade-guess" : "";
        snap.prompt = at.prompt = private_one ? prompt : at.prompt;
        assert_true(attempts_put(f->store, &at, &snap, &f->err));
        assert_true(draft_remove(f->store, "b/x", "", &f->err));
        if (private_one) {
            assert_true(attempts_set_note(f->store, at.id, "zqmarmalade in a note", &f->err));
        }
        buf_release(&text);
    }
    struct story st = {"s", "zqmarmalade headline", "c", "d", "r", "b", "a", "p", "s", "l", {0}, 1, 1, 0};
    assert_true(story_put(f->store, &st, &f->err));
    assert_true(file_holds(buf_str(&f->file), "zqmarmalade"));
    for (unsigned i = 0; i < 120; i += 3) {
        assert_true(attempts_delete(f->store, storefix_id(&f->arena, i), STOREFIX_NOON, &f->err));
    }
    assert_true(story_delete(f->store, "s", STOREFIX_NOON, &f->err));
    struct buf copy = BUF_INIT;
    buf_addf(&copy, "%s.before-v9", buf_str(&f->file)); /* what a migration would have left */
    assert_true(store_backup(f->store, buf_str(&copy), &f->err));
    bool ok = store_purge(f->store, &f->err);
    assert_string_equal(f->err.text, "");
    assert_true(ok);
    assert_false(file_holds(buf_str(&f->file), "zqmarmalade"));
    assert_false(
        file_holds(buf_str(&f->file), "qmarmal")); /* stemmed, and without its first letter as FTS5 packs terms */
    assert_int_equal(access(buf_str(&copy), F_OK), -1);
    assert_true(file_holds(buf_str(&f->file), "common3"));
    assert_true(store_check(f->store, &f->err));
    buf_release(&copy);
}

static void check_notices_what_others_did(void **state)
{
    static const struct {
        const char *sql;
        const char *words;
    } harm[] = {
        {"UPDATE days SET answers = answers + 1", "totals"},
        {"UPDATE principle_days SET level_sum = 99", "coverage"},
        {"DELETE FROM item_totals", "tries"},
        {"INSERT INTO search (search) VALUES ('delete-all')", "search index"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM score_sets", "missing"},
    };
    struct storefix *f = *state;
    struct attempt at = storefix_attempt(&f->arena, 1, "b/one", "text", STOREFIX_DAY);
    struct score_set set = storefix_scores(&f->arena, SCORE_BLIND, 3);
    at.score_sets = &set;
    at.score_set_count = 1;
    storefix_put(f, &at);
    for (size_t i = 0; i < sizeof(harm) / sizeof(harm[0]); i++) {
        struct buf copy = beside(f, "harmed.db");
        struct store *s;
        unlink(buf_str(&copy));
        assert_true(store_backup(f->store, buf_str(&copy), &f->err));
        storefix_sql(buf_str(&copy), harm[i].sql);
        assert_true(store_open(&s, buf_str(&copy), 0, NULL, &f->err));
        struct err err = ERR_INIT;
        assert_false(store_check(s, &err));
        if (!strstr(err.text, harm[i].words)) {
            fail_msg("%s: %s", harm[i].sql, err.text);
        }
        store_close(s);
        buf_release(&copy);
    }
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, storefix_setup, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_new_file_is_private),
        WITH_STORE(a_folder_that_exists_is_left_alone),
        WITH_STORE(settings_are_kept),
        WITH_STORE(reading_only_never_creates),
        WITH_STORE(what_is_not_ours_is_refused),
        WITH_STORE(journals_of_others_stay),
        WITH_STORE(a_newer_file_is_refused),
        WITH_STORE(foreign_triggers_and_views_are_refused),
        WITH_STORE(a_damaged_file_is_refused_and_set_aside),
        WITH_STORE(a_cut_file_is_noticed),
        WITH_STORE(what_cannot_be_written_is_refused),
        WITH_STORE(a_transaction_is_all_or_nothing),
        WITH_STORE(a_hold_is_one_state),
        WITH_STORE(a_backup_is_a_whole_private_copy),
        WITH_STORE(purged_words_are_gone_from_the_file),
        WITH_STORE(check_notices_what_others_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
