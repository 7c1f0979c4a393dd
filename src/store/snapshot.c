#include "pmprep/base/hash.h"
#include "pmprep/base/json.h"
#include "store/internal.h"

/* Items and rubrics as they were when an answer was given. A revision is written once and never changed. */

static void add_dimension(struct json *j, const struct dimension *d)
{
    json_object(j);
    json_key(j, "id");
    json_str(j, d->id);
    json_key(j, "name");
    json_str(j, d->name);
    json_key(j, "anchors");
    json_array(j);
    for (int level = 0; level < LEVELS; level++) {
        json_str(j, d->anchor[level]);
    }
    json_end_array(j);
    json_key(j, "L5");
    json_int(j, d->bar_l5);
    json_key(j, "L6");
    json_int(j, d->bar_l6);
    json_end_object(j);
}

static void add_rubric(struct buf *out, const struct rubric *r)
{
    struct json j;
    json_init(&j, out, 0);
    json_object(&j);
    json_key(&j, "title");
    json_str(&j, r->title);
    json_key(&j, "source");
    json_int(&j, r->source);
    json_key(&j, "dimensions");
    json_array(&j);
    for (size_t i = 0; i < r->dimension_count; i++) {
        add_dimension(&j, &r->dimensions[i]);
    }
    json_end_array(&j);
    json_end_object(&j);
}

static bool rubric_put(struct store *s, const struct rubric *r, int64_t *revision, struct err *err)
{
    struct buf content = BUF_INIT;
    add_rubric(&content, r);
    *revision = (int64_t)hash_bytes(HASH_INIT, content.data, content.len);
    struct stmt *q = store_stmt(s,
                                "INSERT INTO rubric_revisions (rubric, revision, content) VALUES (?1, ?2, ?3)"
                                " ON CONFLICT DO NOTHING",
                                err);
    stmt_str(q, 1, r->id);
    stmt_int(q, 2, *revision);
    stmt_sv(q, 3, buf_sv(&content));
    bool ok = stmt_run(q, err);
    buf_release(&content);
    return ok;
}

bool snapshot_put(struct store *s, const struct item_snapshot *snap, int64_t *rubric_revision, struct err *err)
{
    *rubric_revision = 0;
    if (snap->rubric && !rubric_put(s, snap->rubric, rubric_revision, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s,
                                "INSERT INTO item_revisions"
                                " (item, revision, kind, family, principles, flaws, difficulty, core, prompt)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
                                err);
    stmt_str(q, 1, snap->item);
    stmt_int(q, 2, (int64_t)snap->revision);
    stmt_int(q, 3, snap->kind);
    stmt_int(q, 4, snap->family);
    stmt_names(q, 5, &snap->principles);
    stmt_names(q, 6, &snap->flaws);
    stmt_int(q, 7, snap->difficulty);
    stmt_int(q, 8, snap->core);
    stmt_str(q, 9, snap->prompt);
    return stmt_run(q, err);
}

static bool load_dimensions(struct store *s, const char *id, struct arena *a, struct rubric *out, struct err *err)
{
    static const char sql[] =
        "SELECT json_extract(d.value, '$.id'), json_extract(d.value, '$.name'),"
        " json_extract(d.value, '$.L5'), json_extract(d.value, '$.L6'),"
        " json_extract(d.value, '$.anchors[0]'), json_extract(d.value, '$.anchors[1]'),"
        " json_extract(d.value, '$.anchors[2]'), json_extract(d.value, '$.anchors[3]'),"
        " json_extract(d.value, '$.anchors[4]')"
        " FROM attempts AS a JOIN rubric_revisions AS r ON r.rubric = a.rubric AND r.revision = a.rubric_revision,"
        " json_each(r.content, '$.dimensions') AS d WHERE a.id = ?1 ORDER BY d.key";
    struct stmt *q = store_stmt(s, sql, err);
    if (!q) {
        return false;
    }
    stmt_str(q, 1, id);
    struct rows rows = ROWS_OF(struct dimension);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        struct dimension *d = rows_add(&rows);
        d->id = col_text(q, 0, a);
        d->name = col_text(q, 1, a);
        d->bar_l5 = (int)stmt_col_int(q, 2);
        d->bar_l6 = (int)stmt_col_int(q, 3);
        for (int level = 0; level < LEVELS; level++) {
            d->anchor[level] = col_text(q, 4 + level, a);
        }
    }
    return rows_finish(&rows, &ended, a, &out->dimensions, &out->dimension_count, err);
}

bool attempts_rubric(struct store *s, const char *id, struct arena *a, struct rubric *out, bool *found, struct err *err)
{
    struct stmt *q =
        store_stmt(s,
                   "SELECT r.rubric, json_extract(r.content, '$.title'), json_extract(r.content, '$.source')"
                   " FROM attempts AS a JOIN rubric_revisions AS r"
                   " ON r.rubric = a.rubric AND r.revision = a.rubric_revision WHERE a.id = ?1",
                   err);
    stmt_str(q, 1, id);
    *out = (struct rubric){.id = "", .title = ""};
    if (!row_found(q, found, err)) {
        return false;
    }
    if (!*found) {
        return true;
    }
    out->id = col_text(q, 0, a);
    out->title = col_text(q, 1, a);
    out->source = (enum source_mark)stmt_col_int(q, 2);
    stmt_reset(q);
    return load_dimensions(s, id, a, out, err);
}
