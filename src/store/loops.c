#include "pmprep/store/loops.h"

#include "store/internal.h"

/* Runs of mock loops and their votes. */

static void bind_state(struct stmt *q, const struct loop_row *row)
{
    stmt_str(q, 1, row->id);
    stmt_int(q, 2, row->updated_at);
    stmt_int(q, 3, row->phase);
    stmt_str(q, 4, row->state);
}

bool loop_put_state(struct store *s, const struct loop_row *row, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "UPDATE loop_runs SET revision = revision + 1, updated_at = ?2, origin = " ORIGIN
                                ", phase = ?3, state = ?4 WHERE id = ?1 AND deleted_at IS NULL",
                                err);
    bind_state(q, row);
    bool ok = stmt_run(q, err);
    if (ok && db_changes(s->db) != 1) {
        ok = err_set(err, ERR_NOT_FOUND, "this mock was discarded by another pmprep; its answers stay");
    }
    return work_end(s, ok, err);
}

bool loop_put(struct store *s, const struct loop_row *row, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(
        s,
        "INSERT INTO loop_runs (id, updated_at, origin, phase, state, loop, title, seed, mode, pace, verdict, open,"
        " started_at, ended_at, offset_min, snapshot, plan, said, notes, against)"
        " VALUES (?1, ?2, " ORIGIN ", ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
        " ON CONFLICT (id) DO UPDATE SET revision = revision + 1, updated_at = excluded.updated_at,"
        " origin = excluded.origin, phase = excluded.phase, state = excluded.state, mode = excluded.mode,"
        " verdict = excluded.verdict, open = excluded.open, ended_at = excluded.ended_at, said = excluded.said,"
        " notes = excluded.notes, against = excluded.against",
        err);
    bind_state(q, row);
    stmt_str(q, 5, row->loop);
    stmt_str(q, 6, row->title);
    stmt_int(q, 7, (int64_t)row->seed);
    stmt_int(q, 8, row->mode);
    stmt_real(q, 9, row->pace);
    stmt_int(q, 10, row->verdict);
    stmt_int(q, 11, row->open);
    stmt_int(q, 12, row->started_at);
    stmt_int(q, 13, row->ended_at);
    stmt_int(q, 14, row->offset_min);
    stmt_str(q, 15, row->snapshot);
    stmt_str(q, 16, row->plan);
    stmt_str(q, 17, row->said);
    stmt_str(q, 18, row->notes);
    stmt_str(q, 19, row->against);
    return work_end(s, stmt_run(q, err), err);
}

#define RUN_COLUMNS                                                                                                    \
    "SELECT id, loop, title, state, notes, against, seed, mode, pace, phase, verdict, open, started_at, ended_at,"     \
    " updated_at, offset_min"
#define RUN_SOURCE " FROM loop_runs WHERE deleted_at IS NULL"

static void read_run(struct stmt *q, struct arena *a, struct loop_row *out)
{
    *out = (struct loop_row){
        .id = col_text(q, 0, a),
        .loop = col_text(q, 1, a),
        .title = col_text(q, 2, a),
        .state = col_text(q, 3, a),
        .notes = col_text(q, 4, a),
        .against = col_text(q, 5, a),
        .seed = (uint64_t)stmt_col_int(q, 6),
        .mode = (enum answer_mode)stmt_col_int(q, 7),
        .pace = stmt_col_real(q, 8),
        .phase = (int)stmt_col_int(q, 9),
        .verdict = (int)stmt_col_int(q, 10),
        .open = stmt_col_int(q, 11) != 0,
        .started_at = stmt_col_int(q, 12),
        .ended_at = stmt_col_int(q, 13),
        .updated_at = stmt_col_int(q, 14),
        .offset_min = (int)stmt_col_int(q, 15),
        .snapshot = "",
        .plan = "",
        .said = "",
    };
}

/* whole: q selects snapshot, plan and what was said after RUN_COLUMNS. */
static bool read_runs(struct stmt *q, bool whole, struct arena *a, struct loop_row **out, size_t *count,
                      struct err *err)
{
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct loop_row);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        struct loop_row *row = rows_add(&rows);
        read_run(q, a, row);
        if (whole) {
            row->snapshot = col_text(q, 16, a);
            row->plan = col_text(q, 17, a);
            row->said = col_text(q, 18, a);
        }
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool loop_get(struct store *s, const char *id_or_prefix, struct arena *a, struct loop_row *out, struct err *err)
{
    bool last = strcmp(id_or_prefix, "last") == 0;
    struct stmt *q = store_stmt(s,
                                RUN_COLUMNS ", snapshot, plan, said" RUN_SOURCE
                                            " AND (?2 OR (substr(id, 1, length(?1)) = ?1 AND ?1 <> ''))"
                                            " ORDER BY started_at DESC, number DESC LIMIT 2",
                                err);
    stmt_str(q, 1, id_or_prefix);
    stmt_int(q, 2, last);
    struct loop_row *found;
    size_t count;
    if (!read_runs(q, true, a, &found, &count, err)) {
        return false;
    }
    if (count == 0) {
        return last ? err_set(err, ERR_NOT_FOUND, "there is no mock interview yet: `pmprep mock` begins one")
                    : err_set(err, ERR_NOT_FOUND, "there is no mock interview %s: `pmprep mock --list` shows them all",
                              id_or_prefix);
    }
    if (count > 1 && !last) {
        return err_set(err, ERR_USAGE, "several mock interviews begin with %s: give more characters of the id",
                       id_or_prefix);
    }
    *out = found[0];
    return true;
}

bool loop_all(struct store *s, bool open, struct arena *a, struct loop_row **out, size_t *count, struct err *err)
{
    struct stmt *q =
        store_stmt(s, RUN_COLUMNS RUN_SOURCE " AND (open = 1 OR NOT ?1) ORDER BY started_at DESC, number DESC", err);
    stmt_int(q, 1, open);
    return read_runs(q, false, a, out, count, err);
}

bool loop_delete(struct store *s, const char *id, int64_t now_ms, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "UPDATE loop_runs SET deleted_at = ?2, revision = revision + 1, updated_at = ?2,"
                                " open = 0, origin = " ORIGIN " WHERE id = ?1 AND deleted_at IS NULL",
                                err);
    stmt_str(q, 1, id);
    stmt_int(q, 2, now_ms);
    bool ok = stmt_run(q, err);
    if (ok && db_changes(s->db) != 1) {
        ok = err_set(err, ERR_NOT_FOUND, "there is no mock interview %s to discard", id);
    }
    ok = ok && run_with_id(s, "DELETE FROM drafts WHERE session = ?1", id, err);
    return work_end(s, ok, err);
}

bool vote_put(struct store *s, const char *run, const struct vote_row *vote, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(
        s, "INSERT OR REPLACE INTO loop_votes (run, stage, final, vote, reason) VALUES (?1, ?2, ?3, ?4, ?5)", err);
    stmt_str(q, 1, run);
    stmt_int(q, 2, vote->stage);
    stmt_int(q, 3, vote->final);
    stmt_int(q, 4, vote->vote);
    stmt_str(q, 5, vote->reason);
    return work_end(s, stmt_run(q, err), err);
}

bool vote_all(struct store *s, const char *run, struct arena *a, struct vote_row **out, size_t *count, struct err *err)
{
    struct stmt *q =
        store_stmt(s, "SELECT stage, final, vote, reason FROM loop_votes WHERE run = ?1 ORDER BY stage, final", err);
    if (!q) {
        return false;
    }
    stmt_str(q, 1, run);
    struct rows rows = ROWS_OF(struct vote_row);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct vote_row *)rows_add(&rows) = (struct vote_row){
            .stage = (unsigned)stmt_col_int(q, 0),
            .final = stmt_col_int(q, 1) != 0,
            .vote = (int)stmt_col_int(q, 2),
            .reason = col_text(q, 3, a),
        };
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool attempts_of_session(struct store *s, const char *session, struct arena *a, struct attempt **out, size_t *count,
                         struct err *err)
{
    struct stmt *q =
        store_stmt(s, "SELECT number FROM attempts WHERE session = ?1 AND deleted_at IS NULL ORDER BY number", err);
    if (!q) {
        return false;
    }
    stmt_str(q, 1, session);
    struct rows rows = ROWS_OF(int64_t);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(int64_t *)rows_add(&rows) = stmt_col_int(q, 0);
    }
    int64_t *numbers;
    if (!rows_finish(&rows, &ended, a, &numbers, count, err)) {
        return false;
    }
    *out = arena_array(a, *count, sizeof(**out));
    for (size_t i = 0; i < *count; i++) {
        bool found;
        if (!attempt_load(s, numbers[i], a, &(*out)[i], &found, err)) {
            return false;
        }
    }
    return true;
}

bool stats_bias(struct store *s, double *levels, unsigned *answers, struct err *err)
{
    struct stmt *q =
        store_stmt(s,
                   "SELECT coalesce(avg(gap), 0), count(*) FROM"
                   " (SELECT avg(b.level - e.level) AS gap FROM scores AS e"
                   "  JOIN scores AS b ON b.attempt = e.attempt AND b.phase = 0 AND b.dimension = e.dimension"
                   "  JOIN attempts AS t ON t.number = e.attempt"
                   "  WHERE e.phase = 1 AND t.deleted_at IS NULL GROUP BY e.attempt ORDER BY e.attempt DESC LIMIT 100)",
                   err);
    bool found;
    *levels = 0;
    *answers = 0;
    if (!row_found(q, &found, err)) {
        return false;
    }
    if (found) {
        *levels = stmt_col_real(q, 0);
        *answers = (unsigned)stmt_col_int(q, 1);
        stmt_reset(q);
    }
    return true;
}
