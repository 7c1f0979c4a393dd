#include "pmprep/base/clock.h"
#include "pmprep/base/path.h"
#include "store/internal.h"

#include <dirent.h>
#include <errno.h>
#include <unistd.h>

/* The file as a whole: is it sound, copies of it, a damaged one out of the way, words that must go for good. */

#define SET_ASIDE "set it aside with `pmprep doctor --set-aside` and put a backup in its place"

static bool ready_alone(struct store *s, const char *what, struct err *err)
{
    if (s->within) {
        return err_set(err, ERR_DB, "%s has to wait until the current change of %s is saved", what, s->path);
    }
    return store_stmt(s, "SELECT 1", err) != NULL; /* reopens if need be */
}

static bool sqlite_check(struct store *s, struct err *err)
{
    struct stmt *q = store_stmt(s, "PRAGMA integrity_check(1)", err);
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    struct sv answer = found ? stmt_col_sv(q, 0) : SV("no answer");
    struct sv line = SV("");
    while (sv_split(&answer, '\n', &line)) {
        /* the last one says what is wrong; before it stands in which database */
    }
    bool sound = found && sv_eqs(line, "ok");
    if (!sound) {
        err_set(err, ERR_CORRUPT, "%s is damaged (" SV_FMT "): " SET_ASIDE, s->path, SV_ARG(line));
    }
    stmt_reset(q);
    return sound;
}

/* Each counts what is wrong; none of them should. */
struct rule {
    const char *sql;
    const char *wrong;
};

static const struct rule rules[] = {
    {"SELECT count(*) FROM pragma_foreign_key_check", "records refer to others that are missing"},
    {"SELECT count(*) FROM (SELECT day, kind, count(*), sum(active_ms) FROM attempts WHERE deleted_at IS NULL"
     "  GROUP BY day, kind EXCEPT SELECT day, kind, answers, active_ms FROM days)",
     "the totals of a day do not match its answers"},
    {"SELECT (SELECT coalesce(sum(answers), 0) FROM days) <> (SELECT count(*) FROM attempts WHERE deleted_at IS NULL)",
     "the totals of the days do not match the answers"},
    {"WITH counted AS (SELECT a.day AS day, p.value AS principle, count(*) AS answers, count(a.mean) AS scored,"
     "  total(a.mean) AS level_sum FROM attempts AS a, json_each(a.principles) AS p WHERE a.deleted_at IS NULL"
     "  GROUP BY a.day, p.value)"
     " SELECT count(*) FROM counted AS c LEFT JOIN principle_days AS k ON k.day = c.day AND k.principle = c.principle"
     " WHERE k.answers IS NOT c.answers OR k.scored IS NOT c.scored OR abs(k.level_sum - c.level_sum) > 1e-6",
     "the coverage of a principle does not match its answers"},
    {"SELECT count(*) FROM (SELECT item, count(*), max(started_at) FROM attempts WHERE deleted_at IS NULL GROUP BY item"
     " EXCEPT SELECT item, answers, last_at FROM item_totals)",
     "the count of tries on an item does not match them"},
    {"SELECT count(*) FROM (SELECT unit, count(*) AS reps FROM reviews AS r WHERE rating > 0 AND NOT EXISTS"
     "  (SELECT 1 FROM reviews AS v WHERE v.voids = r.id) GROUP BY unit) AS log"
     " LEFT JOIN schedule AS s ON s.unit = log.unit WHERE s.reps IS NOT log.reps",
     "the schedule does not match the review log"},
};

static bool rules_hold(struct store *s, struct err *err)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        int64_t wrong;
        if (!row_int(store_stmt(s, rules[i].sql, err), 0, &wrong, err)) {
            return false;
        }
        if (wrong != 0) {
            return err_set(err, ERR_CORRUPT, "%s: %s: " SET_ASIDE, s->path, rules[i].wrong);
        }
    }
    return true;
}

/* FTS5 answers its own check by failing a statement that looks like a write. */
static bool search_check(struct store *s, struct err *err)
{
    if (s->flags & STORE_READONLY) {
        return true;
    }
    if (stmt_run(store_stmt(s, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", err), err)) {
        return true;
    }
    return err_set(err, ERR_CORRUPT, "%s: the search index does not match the answers: " SET_ASIDE, s->path);
}

bool store_check(struct store *s, struct err *err)
{
    return ready_alone(s, "the check", err) && sqlite_check(s, err) && search_check(s, err) && rules_hold(s, err);
}

bool store_backup(struct store *s, const char *target, struct err *err)
{
    return ready_alone(s, "the backup", err) && db_copy(s->db, target, err);
}

/* What tombstones hold, in an order that foreign keys allow; the search index forgot them when they were deleted. */
static const char *const purge_sql[] = {
    "DELETE FROM opinions WHERE attempt IN (SELECT number FROM attempts WHERE deleted_at IS NOT NULL)",
    "DELETE FROM findings WHERE attempt IN (SELECT number FROM attempts WHERE deleted_at IS NOT NULL)",
    "DELETE FROM score_sets WHERE attempt IN (SELECT number FROM attempts WHERE deleted_at IS NOT NULL)",
    "UPDATE attempts SET revision = revision + 1, item = '', item_revision = NULL, rubric = NULL, rubric_revision = "
    "NULL,"
    " principles = '[]', flaws = '[]', story = NULL, words = 0, mean = NULL, flagged = 0, detail = '{}', prompt = '', "
    "note = '',"
    " text = '' WHERE deleted_at IS NOT NULL AND item <> ''",
    "DELETE FROM item_revisions AS r WHERE NOT EXISTS (SELECT 1 FROM attempts AS a INDEXED BY attempts_by_item"
    " WHERE a.item = r.item AND a.item_revision = r.revision)",
    "UPDATE stories SET revision = revision + 1, principles = '[]', headline = '', customer = '', decision = '', "
    "rejected = '',"
    " before = '', after = '', period = '', source = '', lesson = '' WHERE deleted_at IS NOT NULL AND headline <> ''",
    "UPDATE milestones SET revision = revision + 1, title = '' WHERE deleted_at IS NOT NULL AND title <> ''",
    "DELETE FROM loop_votes WHERE run IN (SELECT id FROM loop_runs WHERE deleted_at IS NOT NULL)",
    "UPDATE loop_runs SET revision = revision + 1, title = '', snapshot = '{}', plan = '{}', state = '{}', said = '[]',"
    " notes = '', against = '' WHERE deleted_at IS NOT NULL AND title <> ''",
    "INSERT INTO search (search) VALUES ('optimize')", /* secure_delete does not reach terms in older segments */
};

static bool purge_rows(struct store *s, struct err *err)
{
    for (size_t i = 0; i < sizeof(purge_sql) / sizeof(purge_sql[0]); i++) {
        if (!stmt_run(store_stmt(s, purge_sql[i], err), err)) {
            return false;
        }
    }
    return true;
}

static bool something_to_purge(struct store *s, bool *yes, struct err *err)
{
    int64_t count;
    struct stmt *q = store_stmt(s,
                                "SELECT (SELECT count(*) FROM attempts WHERE deleted_at IS NOT NULL AND item <> '')"
                                " + (SELECT count(*) FROM stories WHERE deleted_at IS NOT NULL AND headline <> '')"
                                " + (SELECT count(*) FROM milestones WHERE deleted_at IS NOT NULL AND title <> '')"
                                " + (SELECT count(*) FROM loop_runs WHERE deleted_at IS NOT NULL AND title <> '')",
                                err);
    if (!row_int(q, 0, &count, err)) {
        return false;
    }
    *yes = count > 0;
    return true;
}

static bool remove_copies(const char *path, struct err *err)
{
    struct arena a = ARENA_INIT;
    struct strings copies;
    bool ok = store_copies(path, &a, &copies, err);
    for (size_t i = 0; ok && i < copies.count; i++) {
        ok = unlink(copies.at[i]) == 0 || errno == ENOENT || err_errno(err, "cannot remove the copy %s", copies.at[i]);
    }
    arena_release(&a);
    return ok;
}

bool store_purge(struct store *s, struct err *err)
{
    bool needed;
    if (!ready_alone(s, "the removal of deleted answers", err) || !something_to_purge(s, &needed, err)) {
        return false;
    }
    if (!needed) {
        return true;
    }
    return work_begin(s, err) && work_end(s, purge_rows(s, err), err) && remove_copies(s->path, err);
}

bool store_copies(const char *path, struct arena *a, struct strings *out, struct err *err)
{
    struct buf folder = BUF_INIT, prefix = BUF_INIT;
    const char *name = path_basename(path);
    buf_add(&folder, path, (size_t)(name - path));
    buf_addf(&prefix, "%s.before-v", name);
    DIR *dir = opendir(folder.len ? folder.data : ".");
    struct rows rows = ROWS_OF(const char *);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (sv_starts(sv_from(entry->d_name), buf_str(&prefix))) {
            *(const char **)rows_add(&rows) = arena_printf(a, "%s%s", buf_str(&folder), entry->d_name);
        }
    }
    struct err ended = ERR_INIT;
    if (dir) {
        closedir(dir);
    } else {
        err_errno(&ended, "cannot look into the folder of %s", path);
    }
    buf_release(&folder);
    buf_release(&prefix);
    return rows_finish(&rows, &ended, a, &out->at, &out->count, err);
}

/* link() fails where the name is taken, unlike rename(): nothing is overwritten. */
static bool move_aside(const char *from, const char *to, struct err *err)
{
    if (link(from, to) != 0) {
        return err_errno(err, "cannot set %s aside as %s", from, to);
    }
    return unlink(from) == 0 || err_errno(err, "cannot set %s aside as %s", from, to);
}

bool store_set_aside(const char *path, struct buf *moved, struct err *err)
{
    if (guard_is_foreign(path)) {
        return err_set(err, ERR_CORRUPT, "%s belongs to another program: name your file with --db", path);
    }
    int64_t now = clock_wall_ms();
    char stamp[32]; /* 2026-11-21T22:19:05.123+00:00 */
    clock_format(now, 0, stamp);
    struct buf target = BUF_INIT, journal = BUF_INIT, journal_target = BUF_INIT;
    buf_addf(&target, "%s.corrupt-%.4s%.2s%.2s-%.2s%.2s%.2s", path, stamp, stamp + 5, stamp + 8, stamp + 11, stamp + 14,
             stamp + 17);
    buf_addf(&journal, "%s-journal", path);
    buf_addf(&journal_target, "%s-journal", buf_str(&target));
    bool ok = move_aside(path, buf_str(&target), err);
    if (ok && access(buf_str(&journal), F_OK) == 0) {
        ok = move_aside(buf_str(&journal), buf_str(&journal_target), err);
    }
    if (ok) {
        buf_addsv(moved, buf_sv(&target));
    }
    buf_release(&target);
    buf_release(&journal);
    buf_release(&journal_target);
    return ok;
}
