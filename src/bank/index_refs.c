#include "bank/index.h"
#include "pmprep/base/mem.h"

/* Principles, rubrics and problems as rows and back. */

static void bind_list(struct stmt *s, int at, const struct strings *list)
{
    struct buf joined = BUF_INIT;
    pack_strings(&joined, list);
    stmt_sv(s, at, buf_sv(&joined));
    buf_release(&joined);
}

static bool save_principle(struct db *db, const struct principle *p, struct err *err)
{
    static const char sql[] = "INSERT INTO principle VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    struct stmt *s = db_stmt(db, sql, err);
    stmt_str(s, 1, p->id);
    stmt_str(s, 2, p->name);
    stmt_int(s, 3, p->order);
    stmt_int(s, 4, p->tier);
    stmt_str(s, 5, p->gloss);
    stmt_str(s, 6, p->as_pm);
    stmt_str(s, 7, p->as_sde);
    bind_list(s, 8, &p->strong);
    bind_list(s, 9, &p->weak);
    bind_list(s, 10, &p->probes);
    stmt_int(s, 11, p->source);
    return stmt_run(s, err);
}

static bool save_dimension(struct db *db, const char *rubric, const struct dimension *d, struct err *err)
{
    struct stmt *s = db_stmt(db, "INSERT INTO dimension VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6)", err);
    const char *anchors[LEVELS];
    for (size_t i = 0; i < LEVELS; i++) {
        anchors[i] = d->anchor[i];
    }
    stmt_str(s, 1, rubric);
    stmt_str(s, 2, d->id);
    stmt_str(s, 3, d->name);
    bind_list(s, 4, &(struct strings){anchors, LEVELS});
    stmt_int(s, 5, d->bar_l5);
    stmt_int(s, 6, d->bar_l6);
    return stmt_run(s, err);
}

static bool save_rubric(struct db *db, const struct rubric *rubric, struct err *err)
{
    struct stmt *s = db_stmt(db, "INSERT INTO rubric VALUES(?1, ?2, ?3)", err);
    stmt_str(s, 1, rubric->id);
    stmt_str(s, 2, rubric->title);
    stmt_int(s, 3, rubric->source);
    bool saved = stmt_run(s, err);
    for (size_t i = 0; i < rubric->dimension_count && saved; i++) {
        saved = save_dimension(db, rubric->id, &rubric->dimensions[i], err);
    }
    return saved;
}

bool index_save_references(struct db *db, const struct references *refs, struct err *err)
{
    for (size_t i = 0; i < refs->principle_count; i++) {
        if (!save_principle(db, &refs->principles[i], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < refs->rubric_count; i++) {
        if (!save_rubric(db, &refs->rubrics[i], err)) {
            return false;
        }
    }
    return true;
}

/* The rows a query of one number answers. */
static bool count_rows(struct db *db, const char *sql, const char *bound, size_t *count, struct err *err)
{
    struct stmt *s = db_stmt(db, sql, err);
    if (bound) {
        stmt_str(s, 1, bound);
    }
    bool found = stmt_row(s, err);
    *count = found ? (size_t)stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return found;
}

static const char *column(struct stmt *s, int at, struct arena *a)
{
    return arena_sv(a, stmt_col_sv(s, at));
}

static enum source_mark mark_of(int64_t value)
{
    return value > 0 && value < SOURCE_COUNT ? (enum source_mark)value : SOURCE_JUDGEMENT;
}

static struct principle read_principle(struct stmt *s, struct arena *a)
{
    return (struct principle){.id = column(s, 0, a),
                              .name = column(s, 1, a),
                              .order = (int)stmt_col_int(s, 2),
                              .tier = (int)stmt_col_int(s, 3),
                              .gloss = column(s, 4, a),
                              .as_pm = column(s, 5, a),
                              .as_sde = column(s, 6, a),
                              .strong = unpack_strings(a, stmt_col_sv(s, 7)),
                              .weak = unpack_strings(a, stmt_col_sv(s, 8)),
                              .probes = unpack_strings(a, stmt_col_sv(s, 9)),
                              .source = mark_of(stmt_col_int(s, 10))};
}

bool index_load_principles(struct db *db, struct arena *a, struct principle **out, size_t *count, struct err *err)
{
    static const char sql[] = "SELECT id, name, ord, tier, gloss, as_pm, as_sde, strong, weak, probes, source"
                              " FROM principle ORDER BY ord, seq";
    size_t rows;
    if (!count_rows(db, "SELECT count(*) FROM principle", NULL, &rows, err)) {
        return false;
    }
    *out = arena_array(a, rows, sizeof(**out));
    *count = 0;
    struct stmt *s = db_stmt(db, sql, err);
    struct err why = ERR_INIT;
    while (*count < rows && stmt_row(s, &why)) {
        (*out)[(*count)++] = read_principle(s, a);
    }
    stmt_reset(s);
    return *count == rows;
}

static bool read_dimension(struct stmt *s, struct arena *a, struct dimension *d)
{
    struct strings anchors = unpack_strings(a, stmt_col_sv(s, 2));
    if (anchors.count != LEVELS) {
        return false;
    }
    *d = (struct dimension){.id = column(s, 0, a),
                            .name = column(s, 1, a),
                            .bar_l5 = (int)stmt_col_int(s, 3),
                            .bar_l6 = (int)stmt_col_int(s, 4)};
    for (size_t i = 0; i < LEVELS; i++) {
        d->anchor[i] = anchors.at[i];
    }
    return true;
}

static bool load_dimensions(struct db *db, struct rubric *rubric, struct arena *a, struct err *err)
{
    static const char sql[] = "SELECT id, name, anchors, l5, l6 FROM dimension WHERE rubric = ?1 ORDER BY seq";
    size_t rows;
    if (!count_rows(db, "SELECT count(*) FROM dimension WHERE rubric = ?1", rubric->id, &rows, err)) {
        return false;
    }
    rubric->dimensions = arena_array(a, rows, sizeof(*rubric->dimensions));
    struct stmt *s = db_stmt(db, sql, err);
    stmt_str(s, 1, rubric->id);
    while (rubric->dimension_count < rows && stmt_row(s, err)) {
        if (!read_dimension(s, a, &rubric->dimensions[rubric->dimension_count])) {
            break;
        }
        rubric->dimension_count++;
    }
    stmt_reset(s);
    return rubric->dimension_count == rows;
}

bool index_load_rubrics(struct db *db, struct arena *a, struct rubric **out, size_t *count, struct err *err)
{
    size_t rows;
    if (!count_rows(db, "SELECT count(*) FROM rubric", NULL, &rows, err)) {
        return false;
    }
    *out = arena_array(a, rows, sizeof(**out));
    *count = 0;
    struct stmt *s = db_stmt(db, "SELECT id, title, source FROM rubric ORDER BY id", err);
    while (*count < rows && stmt_row(s, err)) {
        (*out)[(*count)++] =
            (struct rubric){.id = column(s, 0, a), .title = column(s, 1, a), .source = mark_of(stmt_col_int(s, 2))};
    }
    stmt_reset(s);
    bool loaded = *count == rows;
    for (size_t i = 0; i < *count && loaded; i++) {
        loaded = load_dimensions(db, &(*out)[i], a, err);
    }
    return loaded;
}

bool index_load_problems(struct db *db, struct problems *out, struct err *err)
{
    struct err why = ERR_INIT;
    struct stmt *s = db_stmt(db, "SELECT path, line, col, text FROM problem", &why);
    while (stmt_row(s, &why)) {
        struct place where = {column(s, 0, out->arena), (unsigned)stmt_col_int(s, 1), (unsigned)stmt_col_int(s, 2)};
        problems_add(out, where, "%s", stmt_col_str(s, 3));
    }
    if (why.code != ERR_NONE && err) {
        *err = why;
    }
    return why.code == ERR_NONE;
}
