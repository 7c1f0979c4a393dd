#include "store/internal.h"

/* Sums per practice day and kind, per principle and day, and per item: kept in the transaction that changes an attempt.
 */

static bool count_with(struct store *s, const char *sql, int64_t number, int sign, struct err *err)
{
    struct stmt *q = store_stmt(s, sql, err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, sign);
    return stmt_run(q, err);
}

bool totals_count(struct store *s, int64_t number, int sign, struct err *err)
{
    return count_with(s,
                      "INSERT INTO days (day, kind, answers, active_ms)"
                      " SELECT day, kind, ?2, ?2 * active_ms FROM attempts WHERE number = ?1 AND deleted_at IS NULL"
                      " ON CONFLICT (day, kind) DO UPDATE SET"
                      " answers = answers + excluded.answers, active_ms = active_ms + excluded.active_ms",
                      number, sign, err) &&
           count_with(s,
                      "INSERT INTO principle_days (day, principle, answers, scored, level_sum)"
                      " SELECT a.day, p.value, ?2, ?2 * (a.mean IS NOT NULL), ?2 * coalesce(a.mean, 0.0)"
                      " FROM attempts AS a, json_each(a.principles) AS p WHERE a.number = ?1 AND a.deleted_at IS NULL"
                      " ON CONFLICT (day, principle) DO UPDATE SET answers = answers + excluded.answers,"
                      " scored = scored + excluded.scored, level_sum = level_sum + excluded.level_sum",
                      number, sign, err);
}

bool totals_item(struct store *s, const char *item, struct err *err)
{
    return run_with_id(s, "DELETE FROM item_totals WHERE item = ?1", item, err) &&
           /* mean is that of the row with the latest start: SQLite's rule for a bare column beside max() */
           run_with_id(s,
                       "INSERT INTO item_totals (item, answers, last_at, last_mean)"
                       " SELECT item, count(*), max(started_at), mean FROM attempts INDEXED BY attempts_by_item"
                       " WHERE item = ?1 AND deleted_at IS NULL GROUP BY item",
                       item, err);
}

bool attempts_seen(struct store *s, struct arena *a, struct seen **out, size_t *count, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT item, last_at, answers, last_mean FROM item_totals", err);
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct seen);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        struct seen *seen = rows_add(&rows);
        seen->item = col_text(q, 0, a);
        seen->last_ms = stmt_col_int(q, 1);
        seen->times = (unsigned)stmt_col_int(q, 2);
        seen->last_mean = stmt_col_real(q, 3);
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool stats_coverage(struct store *s, int32_t since_day, struct arena *a, struct coverage **out, size_t *count,
                    struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT principle, sum(answers), coalesce(sum(level_sum) / nullif(sum(scored), 0), 0.0)"
                                " FROM principle_days WHERE day >= ?1 GROUP BY principle HAVING sum(answers) > 0",
                                err);
    if (!q) {
        return false;
    }
    stmt_int(q, 1, since_day);
    struct rows rows = ROWS_OF(struct coverage);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        struct coverage *c = rows_add(&rows);
        c->principle = col_text(q, 0, a);
        c->answers = (unsigned)stmt_col_int(q, 1);
        c->mean = stmt_col_real(q, 2);
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool stats_days(struct store *s, int32_t first, int days, struct day_total *out, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT day, sum(active_ms), sum(answers) FROM days"
                                " WHERE day >= ?1 AND day < ?1 + ?2 GROUP BY day",
                                err);
    if (!q) {
        return false;
    }
    memset(out, 0, (size_t)days * sizeof(*out));
    stmt_int(q, 1, first);
    stmt_int(q, 2, days);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        struct day_total *total = &out[stmt_col_int(q, 0) - first];
        total->active_ms = stmt_col_int(q, 1);
        total->answers = (unsigned)stmt_col_int(q, 2);
    }
    return rows_ended(&ended, err);
}

bool stats_streak(struct store *s, int32_t today, unsigned *days, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT day FROM days WHERE day <= ?1 AND answers > 0 ORDER BY day DESC", err);
    if (!q) {
        return false;
    }
    *days = 0;
    stmt_int(q, 1, today);
    struct err ended = ERR_INIT;
    int64_t expected = today;
    while (stmt_row(q, &ended)) {
        int64_t day = stmt_col_int(q, 0);
        if (day == expected + 1) { /* another kind on the same day */
            continue;
        }
        bool today_is_open = *days == 0 && day == (int64_t)today - 1;
        if (day != expected && !today_is_open) {
            stmt_reset(q);
            return true;
        }
        ++*days;
        expected = day - 1;
    }
    return rows_ended(&ended, err);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

bool stats_median_ms(struct store *s, enum item_kind kind, enum answer_mode mode, int64_t *ms, struct err *err)
{
    enum { LATEST = 50, ENOUGH = 5 };
    int64_t took[LATEST];
    size_t n = 0;
    struct stmt *q = store_stmt(s,
                                "SELECT active_ms FROM attempts INDEXED BY attempts_by_pace"
                                " WHERE kind = ?1 AND mode = ?2 AND deleted_at IS NULL AND role <> 2"
                                " ORDER BY started_at DESC LIMIT ?3",
                                err);
    if (!q) {
        return false;
    }
    stmt_int(q, 1, kind);
    stmt_int(q, 2, mode);
    stmt_int(q, 3, LATEST);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        took[n++] = stmt_col_int(q, 0);
    }
    *ms = 0;
    if (n >= ENOUGH) { /* the middle one, or the mean of the two in the middle */
        qsort(took, n, sizeof(*took), by_value);
        *ms = (took[(n - 1) / 2] + took[n / 2]) / 2;
    }
    return rows_ended(&ended, err);
}
