#include "store/query.h"

#include <stdlib.h>

/* Lists of answers. The conditions of a FILTER are decided within one index, words in the full-text index; the answers
 * themselves are read for the page that is shown. */

/* Runs sql with the match, the conditions and a window; a limit of 0 is none. */
static bool select_numbers(struct store *s, const struct query *q, const char *sql, size_t offset, size_t limit,
                           struct rows *out, struct err *err)
{
    struct stmt *stmt = store_stmt_once(s, sql, err);
    if (!stmt) {
        return false;
    }
    int at = query_bind(q, stmt);
    stmt_int(stmt, at, limit == 0 ? -1 : (int64_t)limit);
    stmt_int(stmt, at + 1, (int64_t)offset);
    struct err ended = ERR_INIT;
    while (stmt_row(stmt, &ended)) {
        *(int64_t *)rows_add(out) = stmt_col_int(stmt, 0);
    }
    stmt_free(stmt);
    return rows_ended(&ended, err);
}

/* Beyond this many hits their attempts are not looked up one by one. */
#define HITS_FEW 4000

/* Whether the words alone have more hits than that; asked only when there are conditions besides. */
static bool weigh_hits(struct store *s, struct query *q, struct err *err)
{
    if (!q->match || q->where.len == 0) {
        return true;
    }
    struct stmt *stmt =
        store_stmt(s, "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)", err);
    stmt_str(stmt, 1, q->match);
    stmt_int(stmt, 2, HITS_FEW + 1);
    int64_t hits;
    if (!row_int(stmt, 0, &hits, err)) {
        return false;
    }
    q->many_hits = hits > HITS_FEW;
    return true;
}

/*
 * The hits of the words that meet the conditions. The search index holds nothing that is deleted, so without conditions
 * attempts are not looked at; few hits look up theirs, many are compared with all that meet the conditions (the + keeps
 * SQLite from searching anew for each of those).
 */
static void add_hits(struct buf *sql, const struct query *q, const char *columns)
{
    const char *where = buf_str(&q->where);
    buf_addf(sql, "SELECT %s FROM search", columns);
    if (q->where.len == 0) {
        buf_adds(sql, " WHERE search MATCH ?");
    } else if (q->many_hits) {
        buf_addf(
            sql,
            " WHERE search MATCH ? AND +search.rowid IN (SELECT number FROM attempts AS a INDEXED BY attempts_listed"
            " WHERE deleted_at IS NULL%s)",
            where);
    } else {
        buf_addf(sql, " CROSS JOIN attempts AS a ON a.number = search.rowid WHERE search MATCH ?%s", where);
    }
}

/* bm25 is worked out for the newest SEARCH_RANKED hits only: a word that is everywhere must not cost more than the page
 * it fills. */
static bool ranked_hits(struct store *s, const struct query *q, size_t offset, size_t limit, struct rows *out,
                        struct err *err)
{
    struct buf sql = BUF_INIT;
    buf_adds(&sql, "SELECT number FROM (");
    add_hits(&sql, q, "search.rowid AS number, search.rank AS rank");
    buf_addf(&sql, " ORDER BY search.rowid DESC LIMIT %d) ORDER BY rank, number DESC LIMIT ? OFFSET ?", SEARCH_RANKED);
    bool ok = select_numbers(s, q, buf_str(&sql), offset, limit, out, err);
    buf_release(&sql);
    return ok;
}

static bool older_hits(struct store *s, const struct query *q, size_t offset, size_t limit, struct rows *out,
                       struct err *err)
{
    struct buf sql = BUF_INIT;
    add_hits(&sql, q, "search.rowid");
    buf_adds(&sql, " ORDER BY search.rowid DESC LIMIT ? OFFSET ?");
    bool ok = select_numbers(s, q, buf_str(&sql), offset, limit, out, err);
    buf_release(&sql);
    return ok;
}

static bool find_hits(struct store *s, const struct query *q, size_t offset, size_t limit, struct rows *out,
                      struct err *err)
{
    if (offset < SEARCH_RANKED && !ranked_hits(s, q, offset, limit, out, err)) {
        return false;
    }
    bool full = limit > 0 && out->count == limit;
    size_t reached = offset + out->count;
    if (full || reached < SEARCH_RANKED) {
        return true;
    }
    return older_hits(s, q, reached, limit == 0 ? 0 : limit - out->count, out, err);
}

static bool find_newest(struct store *s, const struct query *q, size_t offset, size_t limit, struct rows *out,
                        struct err *err)
{
    struct buf sql = BUF_INIT;
    buf_addf(&sql,
             "SELECT number FROM attempts AS a INDEXED BY %s WHERE deleted_at IS NULL%s"
             " ORDER BY started_at DESC, number DESC LIMIT ? OFFSET ?",
             q->where.len > 0 ? "attempts_listed" : "attempts_by_time", buf_str(&q->where));
    bool ok = select_numbers(s, q, buf_str(&sql), offset, limit, out, err);
    buf_release(&sql);
    return ok;
}

static const char row_sql[] =
    "SELECT a.id, a.item, a.kind, a.family, a.mode, a.role, json_extract(a.principles, '$[0]'),"
    " coalesce(a.prompt, r.prompt, ''), substr(a.text, 1, 200), a.started_at, a.offset_min, a.words, a.mean, a.flagged"
    " FROM attempts AS a LEFT JOIN item_revisions AS r ON r.item = a.item AND r.revision = a.item_revision"
    " WHERE a.number = ?1";

static const char *first_line(struct sv text, struct arena *a)
{
    struct sv line;
    return sv_split(&text, '\n', &line) ? arena_sv(a, line) : "";
}

static bool load_row(struct store *s, int64_t number, struct arena *a, struct attempt_row *out, struct err *err)
{
    struct stmt *q = store_stmt(s, row_sql, err);
    stmt_int(q, 1, number);
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    if (!found) {
        return err_set(err, ERR_CORRUPT, "the search index of %s finds what is not there: run `pmprep doctor`",
                       s->path);
    }
    *out = (struct attempt_row){
        .id = col_text(q, 0, a),
        .item = col_text(q, 1, a),
        .kind = (enum item_kind)stmt_col_int(q, 2),
        .family = (enum family)stmt_col_int(q, 3),
        .mode = (enum answer_mode)stmt_col_int(q, 4),
        .role = (enum attempt_role)stmt_col_int(q, 5),
        .principle = col_text(q, 6, a),
        .prompt = first_line(stmt_col_sv(q, 7), a),
        .snippet = col_text(q, 8, a),
        .started_at = stmt_col_int(q, 9),
        .offset_min = (int)stmt_col_int(q, 10),
        .words = (unsigned)stmt_col_int(q, 11),
        .mean = stmt_col_real(q, 12),
        .flagged = stmt_col_int(q, 13) != 0,
    };
    stmt_reset(q);
    return true;
}

static bool load_snippet(struct store *s, int64_t number, const char *match, struct arena *a, const char **out,
                         struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT snippet(search, -1, char(2), char(3), '\u2026', 16) FROM search"
                                " WHERE search MATCH ?1 AND rowid = ?2",
                                err);
    stmt_str(q, 1, match);
    stmt_int(q, 2, number);
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    if (found) {
        *out = col_text(q, 0, a);
        stmt_reset(q);
    }
    return true;
}

static bool load_page(struct store *s, const struct query *q, const struct rows *numbers, size_t count, struct arena *a,
                      struct attempt_row *out, struct err *err)
{
    const int64_t *number = numbers->at;
    for (size_t i = 0; i < count; i++) {
        if (!load_row(s, number[i], a, &out[i], err) ||
            (q->match && !load_snippet(s, number[i], q->match, a, &out[i].snippet, err))) {
            return false;
        }
    }
    return true;
}

bool attempts_list(struct store *s, const struct filter *f, size_t offset, size_t limit, struct arena *a,
                   struct attempt_row **out, size_t *count, bool *more, struct err *err)
{
    struct query q;
    query_init(&q, f);
    struct rows numbers = ROWS_OF(int64_t);
    size_t wanted = limit == 0 ? 0 : limit + 1; /* one further tells that there are more */
    bool ok =
        q.match ? find_hits(s, &q, offset, wanted, &numbers, err) : find_newest(s, &q, offset, wanted, &numbers, err);
    if (ok) {
        *more = limit > 0 && numbers.count > limit;
        *count = *more ? limit : numbers.count;
        *out = arena_array(a, *count, sizeof(**out));
        ok = load_page(s, &q, &numbers, *count, a, *out, err);
    }
    free(numbers.at);
    query_release(&q);
    return ok;
}

static void add_count_sql(struct buf *sql, const struct query *q)
{
    if (q->match) {
        add_hits(sql, q, "count(*)");
    } else if (q->only_kinds) {
        buf_addf(sql, "SELECT coalesce(sum(answers), 0) FROM days AS a WHERE answers > 0%s", buf_str(&q->where));
    } else {
        buf_addf(sql, "SELECT count(*) FROM attempts AS a INDEXED BY attempts_listed WHERE deleted_at IS NULL%s",
                 buf_str(&q->where));
    }
}

static bool count_all(struct store *s, size_t *count, struct err *err)
{
    int64_t answers = 0;
    bool ok = row_int(store_stmt(s, "SELECT coalesce(sum(answers), 0) FROM days", err), 0, &answers, err);
    *count = (size_t)answers;
    return ok;
}

bool attempts_count(struct store *s, const struct filter *f, size_t *count, struct err *err)
{
    if (!f || filter_is_empty(f)) { /* asked for every Home: its statement is kept */
        return count_all(s, count, err);
    }
    struct query q;
    query_init(&q, f);
    struct buf sql = BUF_INIT;
    int64_t answers = 0;
    bool ok = weigh_hits(s, &q, err);
    if (ok) {
        add_count_sql(&sql, &q);
        struct stmt *stmt = store_stmt_once(s, buf_str(&sql), err);
        query_bind(&q, stmt);
        ok = row_int(stmt, 0, &answers, err);
        stmt_free(stmt);
    }
    *count = (size_t)answers;
    buf_release(&sql);
    query_release(&q);
    return ok;
}

static bool find_oldest(struct store *s, const struct query *q, struct rows *out, struct err *err)
{
    struct buf sql = BUF_INIT;
    buf_addf(&sql,
             "SELECT a.number FROM attempts AS a WHERE a.deleted_at IS NULL%s%s ORDER BY a.started_at, a.number"
             " LIMIT ? OFFSET ?",
             q->match ? " AND a.number IN (SELECT rowid FROM search WHERE search MATCH ?)" : "", buf_str(&q->where));
    bool ok = select_numbers(s, q, buf_str(&sql), 0, 0, out, err);
    buf_release(&sql);
    return ok;
}

/* The numbers are taken first: no statement is open while the caller works. */
bool attempts_each(struct store *s, const struct filter *f, attempt_fn *fn, void *ctx, struct err *err)
{
    struct query q;
    query_init(&q, f);
    struct rows numbers = ROWS_OF(int64_t);
    struct arena a = ARENA_INIT;
    bool ok = find_oldest(s, &q, &numbers, err);
    const int64_t *number = numbers.at;
    for (size_t i = 0; ok && i < numbers.count; i++) {
        struct attempt at;
        bool found;
        arena_reset(&a);
        ok = attempt_load(s, number[i], &a, &at, &found, err) && (!found || fn(ctx, &at, err));
    }
    free(numbers.at);
    arena_release(&a);
    query_release(&q);
    return ok;
}
