#include "pmprep/base/mem.h"
#include "store/internal.h"

bool run_with_id(struct store *s, const char *sql, const char *id, struct err *err)
{
    struct stmt *q = store_stmt(s, sql, err);
    stmt_str(q, 1, id);
    return stmt_run(q, err);
}

bool run_with_number(struct store *s, const char *sql, int64_t number, struct err *err)
{
    struct stmt *q = store_stmt(s, sql, err);
    stmt_int(q, 1, number);
    return stmt_run(q, err);
}

bool rows_ended(const struct err *ended, struct err *err)
{
    if (ended->code == ERR_NONE) {
        return true;
    }
    if (err) {
        *err = *ended;
    }
    return false;
}

bool row_found(struct stmt *q, bool *found, struct err *err)
{
    struct err ended = ERR_INIT;
    *found = stmt_row(q, &ended);
    return q && rows_ended(&ended, err);
}

bool row_int(struct stmt *q, int64_t none, int64_t *out, struct err *err)
{
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    *out = found ? stmt_col_int(q, 0) : none;
    if (found) {
        stmt_reset(q);
    }
    return true;
}

void *rows_add(struct rows *r)
{
    mem_grow(&r->at, &r->cap, r->count + 1, r->size);
    char *slot = (char *)r->at + r->count++ * r->size;
    memset(slot, 0, r->size);
    return slot;
}

bool rows_finish(struct rows *r, const struct err *ended, struct arena *a, void *out, size_t *count, struct err *err)
{
    void *records = arena_array(a, r->count, r->size);
    if (r->count > 0) {
        memcpy(records, r->at, r->count * r->size);
    }
    memcpy(out, &records, sizeof(records)); /* out is the address of a pointer to any record */
    *count = r->count;
    free(r->at);
    *r = (struct rows){NULL, r->size, 0, 0};
    return rows_ended(ended, err);
}

void stmt_id(struct stmt *q, int at, const char *id)
{
    stmt_str(q, at, id && id[0] ? id : NULL);
}

void stmt_names(struct stmt *q, int at, const struct strings *names)
{
    struct buf json = BUF_INIT;
    names_add_json(&json, names);
    stmt_sv(q, at, buf_sv(&json));
    buf_release(&json);
}

const char *col_text(struct stmt *q, int col, struct arena *a)
{
    struct sv text = stmt_col_sv(q, col);
    return text.len ? arena_sv(a, text) : "";
}

void col_names(struct stmt *q, int col, struct arena *a, struct strings *out)
{
    names_parse(stmt_col_sv(q, col), a, out);
}
