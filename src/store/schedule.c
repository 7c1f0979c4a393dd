#include "pmprep/store/schedule.h"

#include "store/internal.h"

/* The review log, which only grows, and the schedule that its replay rebuilds. */

#define LIVE(r) " " r ".rating > 0 AND NOT EXISTS (SELECT 1 FROM reviews AS void WHERE void.voids = " r ".id)"

static bool write_row(struct store *s, const struct schedule_row *row, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "INSERT OR REPLACE INTO schedule (unit, state, step, stability, difficulty,"
                                " last_day, due_day, due_at, reps, lapses, suspended)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                                err);
    stmt_str(q, 1, row->unit);
    stmt_int(q, 2, row->state);
    stmt_int(q, 3, row->step);
    stmt_real(q, 4, row->stability);
    stmt_real(q, 5, row->difficulty);
    stmt_int(q, 6, row->last_day);
    stmt_int(q, 7, row->due_day);
    stmt_int(q, 8, row->due_ms);
    stmt_int(q, 9, row->reps);
    stmt_int(q, 10, row->lapses);
    stmt_int(q, 11, row->suspended);
    return stmt_run(q, err);
}

/* The same review again is the same review: a caller may repeat what it is not sure was stored. */
static bool write_review(struct store *s, const struct review *r, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "INSERT INTO reviews (id, unit, attempt, rating, voids, at, day, elapsed_days,"
                                " learning_steps, fsrs_version, rated_by, due_day, due_at)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
                                " ON CONFLICT (id) DO NOTHING",
                                err);
    stmt_str(q, 1, r->id);
    stmt_str(q, 2, r->unit);
    stmt_id(q, 3, r->attempt);
    stmt_int(q, 4, r->rating);
    stmt_id(q, 5, r->voids);
    stmt_int(q, 6, r->at_ms);
    stmt_int(q, 7, r->day);
    stmt_int(q, 8, r->elapsed_days);
    stmt_int(q, 9, r->learning_steps);
    stmt_int(q, 10, r->fsrs_version);
    stmt_int(q, 11, r->rated_by);
    stmt_int(q, 12, r->due_day);
    stmt_int(q, 13, r->due_ms);
    return stmt_run(q, err);
}

bool review_add(struct store *s, const struct review *r, const struct schedule_row *after, struct err *err)
{
    return work_begin(s, err) && work_end(s, write_review(s, r, err) && write_row(s, after, err), err);
}

static bool write_void(struct store *s, const char *review_id, const char *new_id, int64_t now_ms, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "INSERT INTO reviews (id, unit, attempt, rating, voids, at, day, elapsed_days,"
                                " learning_steps, fsrs_version, rated_by, due_day, due_at)"
                                " SELECT ?2, unit, attempt, 0, id, ?3, day, 0, learning_steps, fsrs_version, 0, 0, 0"
                                " FROM reviews AS r WHERE id = ?1 AND" LIVE("r"),
                                err);
    stmt_str(q, 1, review_id);
    stmt_str(q, 2, new_id);
    stmt_int(q, 3, now_ms);
    if (!stmt_run(q, err)) {
        return false;
    }
    return db_changes(s->db) == 1 || err_set(err, ERR_NOT_FOUND, "this grading was taken back already");
}

static bool take_back(struct store *s, const char *review_id, const char *new_id, int64_t now_ms,
                      const struct schedule_row *before, struct err *err)
{
    if (!write_void(s, review_id, new_id, now_ms, err)) {
        return false;
    }
    return before ? write_row(s, before, err)
                  : run_with_id(s, "DELETE FROM schedule WHERE unit = (SELECT unit FROM reviews WHERE id = ?1)",
                                review_id, err);
}

bool review_void(struct store *s, const char *review_id, const char *new_id, int64_t now_ms,
                 const struct schedule_row *before, struct err *err)
{
    return work_begin(s, err) && work_end(s, take_back(s, review_id, new_id, now_ms, before, err), err);
}

#define REVIEWS                                                                                                        \
    "SELECT id, unit, attempt, rating, at, day, elapsed_days, learning_steps, fsrs_version, rated_by, due_day, due_at" \
    " FROM reviews AS r WHERE"

bool review_log(struct store *s, const char *unit, struct arena *a, struct review **out, size_t *count, struct err *err)
{
    struct stmt *q = unit ? store_stmt(s, REVIEWS " unit = ?1 AND" LIVE("r") " ORDER BY at, number", err)
                          : store_stmt(s, REVIEWS LIVE("r") " ORDER BY at, number", err);
    if (!q) {
        return false;
    }
    if (unit) {
        stmt_str(q, 1, unit);
    }
    struct rows rows = ROWS_OF(struct review);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct review *)rows_add(&rows) = (struct review){
            .id = col_text(q, 0, a),
            .unit = col_text(q, 1, a),
            .attempt = col_text(q, 2, a),
            .rating = (int)stmt_col_int(q, 3),
            .voids = "",
            .at_ms = stmt_col_int(q, 4),
            .day = (int32_t)stmt_col_int(q, 5),
            .elapsed_days = (int)stmt_col_int(q, 6),
            .learning_steps = stmt_col_int(q, 7) != 0,
            .fsrs_version = (int)stmt_col_int(q, 8),
            .rated_by = (int)stmt_col_int(q, 9),
            .due_day = (int32_t)stmt_col_int(q, 10),
            .due_ms = stmt_col_int(q, 11),
        };
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

#define ROW_COLUMNS "unit, state, step, stability, difficulty, last_day, due_day, due_at, reps, lapses, suspended"

static struct schedule_row read_row(struct stmt *q, struct arena *a)
{
    return (struct schedule_row){
        .unit = col_text(q, 0, a),
        .state = (enum card_state)stmt_col_int(q, 1),
        .step = (int)stmt_col_int(q, 2),
        .stability = stmt_col_real(q, 3),
        .difficulty = stmt_col_real(q, 4),
        .last_day = (int32_t)stmt_col_int(q, 5),
        .due_day = (int32_t)stmt_col_int(q, 6),
        .due_ms = stmt_col_int(q, 7),
        .reps = (int)stmt_col_int(q, 8),
        .lapses = (int)stmt_col_int(q, 9),
        .suspended = stmt_col_int(q, 10) != 0,
    };
}

bool schedule_get(struct store *s, const char *unit, struct arena *a, struct schedule_row *out, bool *found,
                  struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT " ROW_COLUMNS " FROM schedule WHERE unit = ?1", err);
    stmt_str(q, 1, unit);
    if (!row_found(q, found, err)) {
        return false;
    }
    if (*found) {
        *out = read_row(q, a);
        stmt_reset(q);
    }
    return true;
}

bool schedule_all(struct store *s, struct arena *a, struct schedule_row **out, size_t *count, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT " ROW_COLUMNS " FROM schedule ORDER BY unit", err);
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct schedule_row);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct schedule_row *)rows_add(&rows) = read_row(q, a);
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool schedule_put(struct store *s, const struct schedule_row *row, struct err *err)
{
    return work_begin(s, err) && work_end(s, write_row(s, row, err), err);
}

bool schedule_clear(struct store *s, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    return work_end(s, stmt_run(store_stmt(s, "DELETE FROM schedule", err), err), err);
}

bool schedule_due_count(struct store *s, int32_t day, int64_t now_ms, unsigned *count, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT count(*) FROM schedule INDEXED BY schedule_due"
                                " WHERE suspended = 0 AND due_day <= ?1 AND due_at <= ?2",
                                err);
    stmt_int(q, 1, day);
    stmt_int(q, 2, now_ms);
    int64_t due;
    if (!row_int(q, 0, &due, err)) {
        return false;
    }
    *count = (unsigned)due;
    return true;
}

bool schedule_new_today(struct store *s, int32_t day, unsigned *count, struct err *err)
{
    struct stmt *q = store_stmt(
        s,
        "SELECT count(DISTINCT unit) FROM reviews AS r WHERE day = ?1 AND" LIVE(
            "r") " AND NOT EXISTS (SELECT 1 FROM reviews AS e WHERE e.unit = r.unit AND e.day < ?1 AND" LIVE("e") ")",
        err);
    stmt_int(q, 1, day);
    int64_t fresh;
    if (!row_int(q, 0, &fresh, err)) {
        return false;
    }
    *count = (unsigned)fresh;
    return true;
}
