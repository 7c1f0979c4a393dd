#include "pmprep/base/clock.h"
#include "store/internal.h"

/* The story bank: what the user has to tell. */

bool story_put(struct store *s, const struct story *st, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(
        s,
        "INSERT INTO stories (id, updated_at, origin, created_at, principles, headline, customer, decision,"
        " rejected, before, after, period, source, lesson)"
        " VALUES (?1, ?2, " ORIGIN ", ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        " ON CONFLICT (id) DO UPDATE SET revision = revision + 1, updated_at = excluded.updated_at,"
        " origin = excluded.origin, deleted_at = NULL, created_at = excluded.created_at,"
        " principles = excluded.principles, headline = excluded.headline, customer = excluded.customer,"
        " decision = excluded.decision, rejected = excluded.rejected, before = excluded.before, after = excluded.after,"
        " period = excluded.period, source = excluded.source, lesson = excluded.lesson",
        err);
    stmt_str(q, 1, st->id);
    stmt_int(q, 2, st->updated_at);
    stmt_int(q, 3, st->created_at);
    stmt_names(q, 4, &st->principles);
    stmt_str(q, 5, st->headline);
    stmt_str(q, 6, st->customer);
    stmt_str(q, 7, st->decision);
    stmt_str(q, 8, st->rejected);
    stmt_str(q, 9, st->before);
    stmt_str(q, 10, st->after);
    stmt_str(q, 11, st->period);
    stmt_str(q, 12, st->source);
    stmt_str(q, 13, st->lesson);
    return work_end(s, stmt_run(q, err), err);
}

#define STORY_COLUMNS                                                                                                  \
    "SELECT id, headline, customer, decision, rejected, before, after, period, source, lesson, principles,"            \
    " created_at, updated_at, (SELECT count(*) FROM attempts AS a WHERE a.story = s.id AND a.parent IS NULL AND"       \
    " a.deleted_at IS NULL)"                                                                                           \
    " FROM stories AS s WHERE deleted_at IS NULL"

static void read_story(struct stmt *q, struct arena *a, struct story *out)
{
    *out = (struct story){
        .id = col_text(q, 0, a),
        .headline = col_text(q, 1, a),
        .customer = col_text(q, 2, a),
        .decision = col_text(q, 3, a),
        .rejected = col_text(q, 4, a),
        .before = col_text(q, 5, a),
        .after = col_text(q, 6, a),
        .period = col_text(q, 7, a),
        .source = col_text(q, 8, a),
        .lesson = col_text(q, 9, a),
        .created_at = stmt_col_int(q, 11),
        .updated_at = stmt_col_int(q, 12),
        .used = (unsigned)stmt_col_int(q, 13),
    };
    col_names(q, 10, a, &out->principles);
}

/* Rows of q, which selects STORY_COLUMNS. */
static bool read_stories(struct stmt *q, struct arena *a, struct story **out, size_t *count, struct err *err)
{
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct story);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        read_story(q, a, rows_add(&rows));
    }
    return rows_finish(&rows, &ended, a, out, count, err);
}

bool story_all(struct store *s, struct arena *a, struct story **out, size_t *count, struct err *err)
{
    return read_stories(store_stmt(s, STORY_COLUMNS " ORDER BY number", err), a, out, count, err);
}

bool story_get(struct store *s, const char *id_or_prefix, struct arena *a, struct story *out, struct err *err)
{
    struct stmt *q = store_stmt(s, STORY_COLUMNS " AND substr(id, 1, length(?1)) = ?1 AND ?1 <> '' LIMIT 2", err);
    stmt_str(q, 1, id_or_prefix);
    struct story *found;
    size_t count;
    if (!read_stories(q, a, &found, &count, err)) {
        return false;
    }
    if (count == 0) {
        return err_set(err, ERR_NOT_FOUND, "there is no story %s: `pmprep story list` shows them all", id_or_prefix);
    }
    if (count > 1) {
        return err_set(err, ERR_USAGE, "several stories begin with %s: give more characters of the id", id_or_prefix);
    }
    *out = found[0];
    return true;
}

static bool set_deleted(struct store *s, const char *id, bool deleted, int64_t now_ms, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "UPDATE stories SET deleted_at = iif(?3, ?2, NULL), revision = revision + 1,"
                                " updated_at = ?2, origin = " ORIGIN
                                " WHERE id = ?1 AND (deleted_at IS NULL) = ?3 AND (?3 OR headline <> '')",
                                err);
    stmt_str(q, 1, id);
    stmt_int(q, 2, now_ms);
    stmt_int(q, 3, deleted);
    if (!stmt_run(q, err)) {
        return false;
    }
    return db_changes(s->db) == 1 ||
           err_set(err, ERR_NOT_FOUND, "the story %s is not there to be %s", id, deleted ? "deleted" : "brought back");
}

bool story_delete(struct store *s, const char *id, int64_t now_ms, struct err *err)
{
    return work_begin(s, err) && work_end(s, set_deleted(s, id, true, now_ms, err), err);
}

bool story_undelete(struct store *s, const char *id, struct err *err)
{
    return work_begin(s, err) && work_end(s, set_deleted(s, id, false, clock_wall_ms(), err), err);
}
