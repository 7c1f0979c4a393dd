#include "store/internal.h"

/* Texts on their way: written about once a second, so one small row and nothing else. */

bool draft_put(struct store *s, const struct draft *d, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "INSERT OR REPLACE INTO drafts (item, session, item_revision, mode, role, parent,"
                                " started_at, updated_at, active_ms, cursor, prompt, text)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                                err);
    stmt_str(q, 1, d->item);
    stmt_str(q, 2, d->session);
    stmt_int(q, 3, (int64_t)d->item_revision);
    stmt_int(q, 4, d->mode);
    stmt_int(q, 5, d->role);
    stmt_str(q, 6, d->parent);
    stmt_int(q, 7, d->started_at);
    stmt_int(q, 8, d->updated_at);
    stmt_int(q, 9, d->active_ms);
    stmt_int(q, 10, (int64_t)d->cursor);
    stmt_str(q, 11, d->prompt);
    stmt_str(q, 12, d->text);
    return work_end(s, stmt_run(q, err), err);
}

#define DRAFT_COLUMNS                                                                                                  \
    "SELECT item, session, item_revision, mode, role, parent, started_at, updated_at, active_ms, cursor, prompt, text" \
    " FROM drafts"

static bool read_drafts(struct stmt *q, struct arena *a, struct draft **out, size_t *count, struct err *err)
{
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct draft);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct draft *)rows_add(&rows) = (struct draft){
            .item = col_text(q, 0, a),
            .session = col_text(q, 1, a),
            .item_revision = (uint64_t)stmt_col_int(q, 2),
            .mode = (enum answer_mode)stmt_col_int(q, 3),
            .role = (enum attempt_role)stmt_col_int(q, 4),
            .parent = col_text(q, 5, a),
            .started_at = stmt_col_int(q, 6),
            .updated_at = stmt_col_int(q, 7),
            .active_ms = stmt_col_int(q, 8),
            .cursor = (size_t)stmt_col_int(q, 9),
            .prompt = col_text(q, 10, a),
            .text = col_text(q, 11, a),
        };
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool draft_all(struct store *s, struct arena *a, struct draft **out, size_t *count, struct err *err)
{
    return read_drafts(store_stmt(s,
                                  DRAFT_COLUMNS " WHERE session NOT IN (SELECT id FROM loop_runs)"
                                                " ORDER BY updated_at DESC, rowid DESC",
                                  err),
                       a, out, count, err);
}

bool draft_of_session(struct store *s, const char *session, struct arena *a, struct draft *out, bool *found,
                      struct err *err)
{
    struct draft *all;
    size_t count;
    struct stmt *q = store_stmt(s, DRAFT_COLUMNS " WHERE session = ?1 ORDER BY updated_at DESC, rowid DESC", err);
    stmt_str(q, 1, session);
    if (!read_drafts(q, a, &all, &count, err)) {
        return false;
    }
    *found = count > 0;
    if (*found) {
        *out = all[0];
    }
    return true;
}

/* Drafts are few: those of one interrupted session. */
bool draft_latest(struct store *s, struct arena *a, struct draft *out, bool *found, struct err *err)
{
    struct draft *all;
    size_t count;
    if (!draft_all(s, a, &all, &count, err)) {
        return false;
    }
    *found = count > 0;
    if (*found) {
        *out = all[0];
    }
    return true;
}

bool draft_remove(struct store *s, const char *item, const char *session, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s, "DELETE FROM drafts WHERE item = ?1 AND session = ?2", err);
    stmt_str(q, 1, item);
    stmt_str(q, 2, session);
    return work_end(s, stmt_run(q, err), err);
}
