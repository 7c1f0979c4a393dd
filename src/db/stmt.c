#include "internal.h"

#include "pmprep/base/mem.h"

enum { CACHE_MIN = 64 };

static bool only_blanks(const char *sql)
{
    return sql[strspn(sql, " \t\r\n;")] == '\0';
}

static struct stmt *prepare(struct db *db, const char *sql, unsigned flags, struct err *err)
{
    sqlite3_stmt *raw = NULL;
    const char *rest = NULL;
    int result = sqlite3_prepare_v3(db->handle, sql, -1, flags, &raw, &rest);
    if (result != SQLITE_OK) {
        db_fail(db, result, err);
        return NULL;
    }
    if (!raw || !only_blanks(rest)) {
        sqlite3_finalize(raw);
        err_set(err, ERR_DB, "the database %s was given %s statement: please report this", db->path,
                raw ? "a second" : "no");
        return NULL;
    }
    struct stmt *s = mem_alloc(sizeof(*s));
    *s = (struct stmt){.raw = raw, .db = db, .bind_result = SQLITE_OK};
    return s;
}

/* The slot that holds sql, or the free one where it would go. */
static struct slot *find_slot(struct slot *slots, size_t room, const char *sql)
{
    size_t at = (size_t)(((uint64_t)(uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (room - 1);
    while (slots[at].sql && slots[at].sql != sql) {
        at = (at + 1) & (room - 1);
    }
    return &slots[at];
}

static void cache_grow(struct db *db)
{
    size_t room = db->room ? db->room * 2 : CACHE_MIN;
    struct slot *slots = mem_calloc(room, sizeof(*slots));
    for (size_t i = 0; i < db->room; i++) {
        if (db->slots[i].sql) {
            *find_slot(slots, room, db->slots[i].sql) = db->slots[i];
        }
    }
    free(db->slots);
    db->slots = slots;
    db->room = room;
}

void cache_release(struct db *db)
{
    for (size_t i = 0; i < db->room; i++) {
        stmt_free(db->slots[i].stmt);
    }
    free(db->slots);
    db->slots = NULL;
    db->room = db->taken = 0;
}

struct stmt *db_stmt(struct db *db, const char *sql, struct err *err)
{
    if (db->taken >= db->room / 2) {
        cache_grow(db);
    }
    struct slot *slot = find_slot(db->slots, db->room, sql);
    if (slot->sql) {
        stmt_reset(slot->stmt);
        sqlite3_clear_bindings(slot->stmt->raw);
        return slot->stmt;
    }
    struct stmt *s = prepare(db, sql, SQLITE_PREPARE_PERSISTENT, err);
    if (s) {
        *slot = (struct slot){sql, s};
        db->taken++;
    }
    return s;
}

struct stmt *db_stmt_once(struct db *db, const char *sql, struct err *err)
{
    return prepare(db, sql, 0, err);
}

void stmt_free(struct stmt *s)
{
    if (s) {
        sqlite3_finalize(s->raw);
        free(s);
    }
}

static void bound(struct stmt *s, int result)
{
    if (s->bind_result == SQLITE_OK) {
        s->bind_result = result;
    }
}

void stmt_int(struct stmt *s, int at, int64_t v)
{
    if (s) {
        bound(s, sqlite3_bind_int64(s->raw, at, v));
    }
}

void stmt_real(struct stmt *s, int at, double v)
{
    if (s) {
        bound(s, sqlite3_bind_double(s->raw, at, v));
    }
}

void stmt_str(struct stmt *s, int at, const char *v)
{
    if (v) {
        stmt_sv(s, at, sv_from(v));
    } else {
        stmt_null(s, at);
    }
}

void stmt_sv(struct stmt *s, int at, struct sv v)
{
    if (s) {
        const char *text = v.data ? v.data : ""; /* a NULL pointer would bind NULL */
        bound(s, sqlite3_bind_text64(s->raw, at, text, v.len, SQLITE_TRANSIENT, SQLITE_UTF8));
    }
}

void stmt_blob(struct stmt *s, int at, const void *bytes, size_t len)
{
    if (s) {
        bound(s, sqlite3_bind_blob64(s->raw, at, bytes ? bytes : "", len, SQLITE_TRANSIENT));
    }
}

void stmt_null(struct stmt *s, int at)
{
    if (s) {
        bound(s, sqlite3_bind_null(s->raw, at));
    }
}

bool stmt_row(struct stmt *s, struct err *err)
{
    if (!s) {
        return false;
    }
    int result = s->bind_result == SQLITE_OK ? sqlite3_step(s->raw) : s->bind_result;
    if (result == SQLITE_ROW) {
        return true;
    }
    if (result != SQLITE_DONE) {
        db_fail(s->db, result, err);
    }
    stmt_reset(s);
    return false;
}

void stmt_reset(struct stmt *s)
{
    if (s) {
        sqlite3_reset(s->raw);
        s->bind_result = SQLITE_OK;
    }
}

bool stmt_run(struct stmt *s, struct err *err)
{
    if (!s) {
        return false;
    }
    int result = s->bind_result;
    do {
        result = result == SQLITE_OK || result == SQLITE_ROW ? sqlite3_step(s->raw) : result;
    } while (result == SQLITE_ROW);
    if (result != SQLITE_DONE) {
        db_fail(s->db, result, err);
    }
    stmt_reset(s);
    return result == SQLITE_DONE;
}

int64_t stmt_col_int(struct stmt *s, int col)
{
    return sqlite3_column_int64(s->raw, col);
}

double stmt_col_real(struct stmt *s, int col)
{
    return sqlite3_column_double(s->raw, col);
}

const char *stmt_col_str(struct stmt *s, int col)
{
    return (const char *)sqlite3_column_text(s->raw, col);
}

struct sv stmt_col_sv(struct stmt *s, int col)
{
    const char *bytes = sqlite3_column_blob(s->raw, col); /* as text it would be copied to stand before a NUL */
    return (struct sv){bytes, bytes ? (size_t)sqlite3_column_bytes(s->raw, col) : 0};
}

bool stmt_col_is_null(struct stmt *s, int col)
{
    return sqlite3_column_type(s->raw, col) == SQLITE_NULL;
}
