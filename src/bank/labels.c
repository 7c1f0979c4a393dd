#include "pmprep/bank/labels.h"

#include "pmprep/base/mem.h"
#include "pmprep/db/db.h"

#include <stdlib.h>
#include <string.h>

/* Labelled answers are read by SQLite's JSON functions. */

enum label_column { COL_ID, COL_PAIR, COL_SIDE, COL_KIND, COL_PRINCIPLE, COL_TEXT, COL_FLAWS };

static const char valid_sql[] = "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' ELSE 0 END";
static const char fields_sql[] =
    "SELECT json_extract(?1, '$.id'), json_extract(?1, '$.pair'), json_extract(?1, '$.side'),"
    " json_extract(?1, '$.kind'), json_extract(?1, '$.principle'), json_extract(?1, '$.text'),"
    " json_type(?1, '$.flaws') = 'array'";
static const char flaws_sql[] = "SELECT value FROM json_each(?1, '$.flaws')";

static const char *column(struct stmt *s, int col, struct arena *a)
{
    struct sv text = stmt_col_sv(s, col);
    return text.len > 0 ? arena_sv(a, text) : "";
}

static bool read_flaws(struct db *db, struct sv line, struct arena *a, struct strings *out, struct err *err)
{
    enum { FLAWS_MAX = 64 };
    struct stmt *s = db_stmt(db, flaws_sql, err);
    stmt_sv(s, 1, line);
    out->at = arena_array(a, FLAWS_MAX, sizeof(*out->at));
    while (out->count < FLAWS_MAX && stmt_row(s, err)) {
        out->at[out->count++] = column(s, 0, a);
    }
    stmt_reset(s);
    return err->code == ERR_NONE;
}

static bool read_fields(struct db *db, struct sv line, struct arena *a, struct labelled_answer *out, bool *complete,
                        struct err *err)
{
    struct stmt *s = db_stmt(db, fields_sql, err);
    stmt_sv(s, 1, line);
    if (!stmt_row(s, err)) {
        return false;
    }
    *out = (struct labelled_answer){.id = column(s, COL_ID, a),
                                    .pair = column(s, COL_PAIR, a),
                                    .bad = sv_eqs(stmt_col_sv(s, COL_SIDE), "bad"),
                                    .kind = column(s, COL_KIND, a),
                                    .principle = column(s, COL_PRINCIPLE, a),
                                    .text = column(s, COL_TEXT, a)};
    *complete = !stmt_col_is_null(s, COL_TEXT) && stmt_col_int(s, COL_FLAWS) == 1;
    stmt_reset(s);
    return true;
}

static bool is_object(struct db *db, struct sv line, struct err *err)
{
    struct stmt *s = db_stmt(db, valid_sql, err);
    stmt_sv(s, 1, line);
    bool valid = stmt_row(s, err) && stmt_col_int(s, 0) == 1;
    stmt_reset(s);
    return valid;
}

static bool read_line(struct db *db, struct sv line, const char *name, unsigned number, struct arena *a,
                      struct labelled_answer *out, struct err *err)
{
    bool complete = false;
    if (!is_object(db, line, err)) {
        return err->code == ERR_NONE && err_set(err, ERR_FORMAT, "%s:%u:1: the line is no JSON object", name, number);
    }
    if (!read_fields(db, line, a, out, &complete, err)) {
        return false;
    }
    if (!complete) {
        return err_set(err, ERR_FORMAT, "%s:%u:1: a labelled answer needs a \"text\" and a list of \"flaws\"", name,
                       number);
    }
    return read_flaws(db, line, a, &out->flaws, err);
}

static bool read_lines(struct db *db, struct sv text, const char *name, struct arena *a, struct labelled_answer **list,
                       size_t *count, struct err *err)
{
    size_t room = 0;
    struct sv line;
    for (unsigned number = 1; sv_split(&text, '\n', &line); number++) {
        struct labelled_answer answer;
        line = sv_trim(line);
        if (line.len == 0) {
            continue;
        }
        if (!read_line(db, line, name, number, a, &answer, err)) {
            return false;
        }
        void *grown = *list;
        mem_grow(&grown, &room, *count + 1, sizeof(**list));
        *list = grown;
        (*list)[(*count)++] = answer;
    }
    return true;
}

bool labels_parse(struct sv text, const char *name, struct arena *a, struct labelled_answer **out, size_t *count,
                  struct err *err)
{
    struct db *db;
    struct err why = ERR_INIT;
    struct labelled_answer *list = NULL;
    *count = 0;
    if (sv_starts(text, "\xef\xbb\xbf")) { /* the mark that some editors begin UTF-8 with */
        text = sv_sub(text, 3, text.len);
    }
    if (!db_open(&db, "", DB_MEMORY, NULL, err)) {
        return false;
    }
    bool ok = read_lines(db, text, name, a, &list, count, &why);
    db_close(db);
    *out = arena_array(a, *count + 1, sizeof(**out));
    if (ok && *count > 0) {
        memcpy(*out, list, *count * sizeof(**out));
    }
    free(list);
    return ok || err_set(err, why.code, "%s", why.text);
}
