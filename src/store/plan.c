#include "pmprep/base/clock.h"
#include "store/internal.h"

/* Small records around the practice: sessions, milestones, marks on items. */

#define TOUCHED " revision = revision + 1, updated_at = excluded.updated_at, origin = excluded.origin"

bool session_put(struct store *s, const struct session *row, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q =
        store_stmt(s,
                   "INSERT INTO sessions (id, updated_at, origin, kind, started_at, ended_at, offset_min, seed,"
                   " planned, done, detail) VALUES (?1, ?2, " ORIGIN ", ?3, ?4, ?5, ?6, ?7, ?8, ?9, '{}')"
                   " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, started_at = excluded.started_at,"
                   " ended_at = excluded.ended_at, offset_min = excluded.offset_min, seed = excluded.seed,"
                   " planned = excluded.planned, done = excluded.done," TOUCHED,
                   err);
    stmt_str(q, 1, row->id);
    stmt_int(q, 2, clock_wall_ms());
    stmt_str(q, 3, row->kind);
    stmt_int(q, 4, row->started_at);
    stmt_int(q, 5, row->ended_at);
    stmt_int(q, 6, row->offset_min);
    stmt_int(q, 7, (int64_t)row->seed);
    stmt_int(q, 8, row->planned);
    stmt_int(q, 9, row->done);
    return work_end(s, stmt_run(q, err), err);
}

bool session_latest(struct store *s, const char *kind, struct arena *a, struct session *out, bool *found,
                    struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT id, kind, started_at, ended_at, offset_min, seed, planned, done FROM sessions"
                                " WHERE kind = ?1 ORDER BY started_at DESC, number DESC LIMIT 1",
                                err);
    stmt_str(q, 1, kind);
    if (!row_found(q, found, err)) {
        return false;
    }
    if (*found) {
        *out = (struct session){
            .id = col_text(q, 0, a),
            .kind = col_text(q, 1, a),
            .started_at = stmt_col_int(q, 2),
            .ended_at = stmt_col_int(q, 3),
            .offset_min = (int)stmt_col_int(q, 4),
            .seed = (uint64_t)stmt_col_int(q, 5),
            .planned = (unsigned)stmt_col_int(q, 6),
            .done = (unsigned)stmt_col_int(q, 7),
        };
        stmt_reset(q);
    }
    return true;
}

bool milestone_put(struct store *s, const struct milestone *m, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q =
        store_stmt(s,
                   "INSERT INTO milestones (id, updated_at, origin, kind, title, first_day, last_day, done)"
                   " VALUES (?1, ?2, " ORIGIN ", ?3, ?4, ?5, ?6, ?7)"
                   " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title,"
                   " first_day = excluded.first_day, last_day = excluded.last_day, done = excluded.done,"
                   " deleted_at = NULL," TOUCHED,
                   err);
    stmt_str(q, 1, m->id);
    stmt_int(q, 2, clock_wall_ms());
    stmt_str(q, 3, m->kind);
    stmt_str(q, 4, m->title);
    stmt_int(q, 5, m->first_day);
    stmt_int(q, 6, m->last_day);
    stmt_int(q, 7, m->done);
    return work_end(s, stmt_run(q, err), err);
}

bool milestone_remove(struct store *s, const char *id, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "UPDATE milestones SET deleted_at = ?2, revision = revision + 1, updated_at = ?2,"
                                " origin = " ORIGIN " WHERE id = ?1 AND deleted_at IS NULL",
                                err);
    stmt_str(q, 1, id);
    stmt_int(q, 2, clock_wall_ms());
    return work_end(s, stmt_run(q, err), err);
}

bool milestone_all(struct store *s, struct arena *a, struct milestone **out, size_t *count, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT id, kind, title, first_day, last_day, done FROM milestones"
                                " WHERE deleted_at IS NULL ORDER BY first_day = 0, first_day, number",
                                err);
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct milestone);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct milestone *)rows_add(&rows) = (struct milestone){
            .id = col_text(q, 0, a),
            .kind = col_text(q, 1, a),
            .title = col_text(q, 2, a),
            .first_day = (int32_t)stmt_col_int(q, 3),
            .last_day = (int32_t)stmt_col_int(q, 4),
            .done = stmt_col_int(q, 5) != 0,
        };
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool item_mark(struct store *s, const char *item, bool suspended, bool flagged, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "INSERT INTO item_marks (item, updated_at, origin, suspended, flagged)"
                                " VALUES (?1, ?2, " ORIGIN ", ?3, ?4)"
                                " ON CONFLICT (item) DO UPDATE SET suspended = excluded.suspended,"
                                " flagged = excluded.flagged," TOUCHED,
                                err);
    stmt_str(q, 1, item);
    stmt_int(q, 2, clock_wall_ms());
    stmt_int(q, 3, suspended);
    stmt_int(q, 4, flagged);
    return work_end(s, stmt_run(q, err), err);
}

bool item_marks(struct store *s, struct arena *a, struct strings *suspended, struct strings *flagged, struct err *err)
{
    struct stmt *q =
        store_stmt(s, "SELECT item, suspended, flagged FROM item_marks WHERE suspended OR flagged ORDER BY item", err);
    if (!q) {
        return false;
    }
    struct rows out = ROWS_OF(const char *), marked = ROWS_OF(const char *);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        const char *item = col_text(q, 0, a);
        if (stmt_col_int(q, 1)) {
            *(const char **)rows_add(&out) = item;
        }
        if (stmt_col_int(q, 2)) {
            *(const char **)rows_add(&marked) = item;
        }
    }
    bool ok = rows_finish(&out, &ended, a, &suspended->at, &suspended->count, err);
    return rows_finish(&marked, &ended, a, &flagged->at, &flagged->count, NULL) && ok;
}
