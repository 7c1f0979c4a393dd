#include "pmprep/base/jsonread.h"
#include "store/internal.h"

/* Reading whole attempts. */

#define ATTEMPT_COLUMNS                                                                                                \
    "a.number, a.id, a.session, a.parent, a.role, a.item, a.item_revision, a.kind, a.family, a.principles, a.mode,"    \
    " a.story, coalesce(a.prompt, r.prompt), a.note, a.started_at, a.ended_at, a.offset_min, a.active_ms,"             \
    " a.overtime_ms, a.words, a.flagged, a.deleted_at, a.text, json_extract(a.detail, '$.spoken_ms'),"                 \
    " json_extract(a.detail, '$.ticks'), coalesce(json_extract(a.detail, '$.picked'), -1),"                            \
    " json_extract(a.detail, '$.right'), json_extract(a.detail, '$.guess'), json_extract(a.detail, '$.heard_words'),"  \
    " coalesce(json_extract(a.detail, '$.fillers'), '[]'), json_extract(a.detail, '$.asked')"
#define ATTEMPT_SOURCE                                                                                                 \
    " FROM attempts AS a LEFT JOIN item_revisions AS r ON r.item = a.item AND r.revision = a.item_revision"

/* Few answers have it. */
static struct asked read_asked(struct stmt *q, int col, struct arena *a)
{
    const struct json_value *v;
    struct sv json = stmt_col_sv(q, col);
    if (json.len == 0 || !json_parse(json, a, &v)) {
        return (struct asked){0, "", "", "", "", ""};
    }
    return (struct asked){.stage = (unsigned)json_get_int(v, "stage", 0),
                          .part = json_get_str(v, "part"),
                          .principle = json_get_str(v, "principle"),
                          .why = json_get_str(v, "why"),
                          .flaw = json_get_str(v, "flaw"),
                          .quote = json_get_str(v, "quote")};
}

/* The row under q, in the order of ATTEMPT_COLUMNS; its number apart. */
static int64_t read_row(struct stmt *q, struct arena *a, struct attempt *out)
{
    *out = (struct attempt){
        .id = col_text(q, 1, a),
        .session = col_text(q, 2, a),
        .parent = col_text(q, 3, a),
        .role = (enum attempt_role)stmt_col_int(q, 4),
        .item = col_text(q, 5, a),
        .item_revision = (uint64_t)stmt_col_int(q, 6),
        .kind = (enum item_kind)stmt_col_int(q, 7),
        .family = (enum family)stmt_col_int(q, 8),
        .mode = (enum answer_mode)stmt_col_int(q, 10),
        .story = col_text(q, 11, a),
        .prompt = col_text(q, 12, a),
        .note = col_text(q, 13, a),
        .started_at = stmt_col_int(q, 14),
        .ended_at = stmt_col_int(q, 15),
        .offset_min = (int)stmt_col_int(q, 16),
        .active_ms = stmt_col_int(q, 17),
        .overtime_ms = stmt_col_int(q, 18),
        .words = (unsigned)stmt_col_int(q, 19),
        .flagged = stmt_col_int(q, 20) != 0,
        .deleted = !stmt_col_is_null(q, 21),
        .text = col_text(q, 22, a),
        .spoken_ms = stmt_col_int(q, 23),
        .ticks = (unsigned)stmt_col_int(q, 24),
        .picked = (int)stmt_col_int(q, 25),
        .picked_right = stmt_col_int(q, 26) != 0,
        .guess = col_text(q, 27, a),
        .heard_words = (unsigned)stmt_col_int(q, 28),
        .asked = read_asked(q, 30, a),
    };
    col_names(q, 29, a, &out->fillers);
    col_names(q, 9, a, &out->principles);
    return stmt_col_int(q, 0);
}

/* All scores of the attempt stand in one array, the sets point into it. */
static void cut_sets(struct attempt *out, struct score *scores, size_t count, const enum score_phase *phase_of)
{
    size_t at = 0;
    for (size_t i = 0; i < out->score_set_count; i++) {
        struct score_set *set = &out->score_sets[i];
        set->scores = scores + at;
        while (at < count && phase_of[at] == set->phase) {
            at++;
            set->count++;
        }
    }
}

static bool load_scores(struct store *s, int64_t number, struct arena *a, struct attempt *out, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT p.phase, p.at, s.dimension, s.level FROM score_sets AS p"
                                " JOIN scores AS s ON s.attempt = p.attempt AND s.phase = p.phase"
                                " WHERE p.attempt = ?1 ORDER BY p.phase, s.place",
                                err);
    if (!q) {
        return false;
    }
    stmt_int(q, 1, number);
    struct rows sets = ROWS_OF(struct score_set), scores = ROWS_OF(struct score), phases = ROWS_OF(enum score_phase);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        enum score_phase phase = (enum score_phase)stmt_col_int(q, 0);
        const enum score_phase *last = phases.at;
        if (phases.count == 0 || last[phases.count - 1] != phase) {
            *(struct score_set *)rows_add(&sets) = (struct score_set){.phase = phase, .at_ms = stmt_col_int(q, 1)};
        }
        *(enum score_phase *)rows_add(&phases) = phase;
        *(struct score *)rows_add(&scores) = (struct score){col_text(q, 2, a), (int)stmt_col_int(q, 3)};
    }
    struct score *all;
    enum score_phase *phase_of;
    size_t count;
    bool ok = rows_finish(&sets, &ended, a, &out->score_sets, &out->score_set_count, err);
    ok = rows_finish(&scores, &ended, a, &all, &count, NULL) && ok;
    ok = rows_finish(&phases, &ended, a, &phase_of, &count, NULL) && ok;
    cut_sets(out, all, count, phase_of);
    return ok;
}

static bool load_findings(struct store *s, int64_t number, struct arena *a, struct attempt *out, struct err *err)
{
    struct stmt *q =
        store_stmt(s,
                   "SELECT rule, severity, message, span_start, span_end, rule_version, self_reported, dismissed"
                   " FROM findings WHERE attempt = ?1 ORDER BY place",
                   err);
    if (!q) {
        return false;
    }
    stmt_int(q, 1, number);
    struct rows rows = ROWS_OF(struct finding);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct finding *)rows_add(&rows) = (struct finding){
            .rule = col_text(q, 0, a),
            .severity = col_text(q, 1, a),
            .message = col_text(q, 2, a),
            .start = (size_t)stmt_col_int(q, 3),
            .end = (size_t)stmt_col_int(q, 4),
            .rule_version = (int)stmt_col_int(q, 5),
            .self_reported = stmt_col_int(q, 6) != 0,
            .dismissed = stmt_col_int(q, 7) != 0,
        };
    }
    return rows_finish(&rows, &ended, a, &out->findings, &out->finding_count, err);
}

static bool load_opinions(struct store *s, int64_t number, struct arena *a, struct attempt *out, struct err *err)
{
    struct stmt *q =
        store_stmt(s, "SELECT command, text, at, cut FROM opinions WHERE attempt = ?1 ORDER BY at, command", err);
    if (!q) {
        return false;
    }
    stmt_int(q, 1, number);
    struct rows rows = ROWS_OF(struct opinion);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct opinion *)rows_add(&rows) = (struct opinion){
            .command = col_text(q, 0, a),
            .text = col_text(q, 1, a),
            .at_ms = stmt_col_int(q, 2),
            .cut = stmt_col_int(q, 3) != 0,
        };
    }
    return rows_finish(&rows, &ended, a, &out->opinions, &out->opinion_count, err);
}

static bool load_children(struct store *s, int64_t number, struct arena *a, struct attempt *out, struct err *err)
{
    return load_scores(s, number, a, out, err) && load_findings(s, number, a, out, err) &&
           load_opinions(s, number, a, out, err);
}

bool attempt_load(struct store *s, int64_t number, struct arena *a, struct attempt *out, bool *found, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT " ATTEMPT_COLUMNS ATTEMPT_SOURCE " WHERE a.number = ?1", err);
    stmt_int(q, 1, number);
    if (!row_found(q, found, err)) {
        return false;
    }
    if (!*found) {
        return true;
    }
    read_row(q, a, out);
    stmt_reset(q);
    return load_children(s, number, a, out, err);
}

bool attempts_get(struct store *s, const char *id, struct arena *a, struct attempt *out, struct err *err)
{
    int64_t number;
    bool found;
    if (!attempt_number(s, id, &number, err) || !attempt_load(s, number, a, out, &found, err)) {
        return false;
    }
    return found || err_set(err, ERR_NOT_FOUND, "there is no answer %s: `pmprep review --json` lists the ids", id);
}

bool attempts_find(struct store *s, const char *beginning, struct arena *a, const char **id, struct err *err)
{
    bool found;
    struct stmt *q = store_stmt(
        s, "SELECT min(id), count(*) FROM (SELECT id FROM attempts WHERE id >= ?1 AND id < ?1 || '~' LIMIT 2)", err);
    stmt_str(q, 1, beginning);
    if (!row_found(q, &found, err)) {
        return false;
    }
    int64_t count = found && beginning[0] ? stmt_col_int(q, 1) : 0;
    *id = count ? col_text(q, 0, a) : "";
    stmt_reset(q);
    if (count == 0) {
        return err_set(err, ERR_NOT_FOUND, "there is no answer %s: `pmprep review --json` lists the ids", beginning);
    }
    return count == 1 ||
           err_set(err, ERR_USAGE, "several answers begin with %s: give more characters of the id", beginning);
}

/* Tries that a query finds, with everything. */
static bool read_tries(struct store *s, struct stmt *q, const char *key, struct arena *a, struct attempt **out,
                       size_t *count, struct err *err)
{
    if (!q) {
        return false;
    }
    stmt_str(q, 1, key);
    struct rows rows = ROWS_OF(struct attempt), numbers = ROWS_OF(int64_t);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(int64_t *)rows_add(&numbers) = read_row(q, a, rows_add(&rows));
    }
    int64_t *number;
    bool ok = rows_finish(&rows, &ended, a, out, count, err);
    ok = rows_finish(&numbers, &ended, a, &number, count, NULL) && ok;
    for (size_t i = 0; ok && i < *count; i++) {
        ok = load_children(s, number[i], a, &(*out)[i], err);
    }
    return ok;
}

bool attempts_of_item(struct store *s, const char *item, struct arena *a, struct attempt **out, size_t *count,
                      struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT " ATTEMPT_COLUMNS ATTEMPT_SOURCE
                                " WHERE a.item = ?1 AND a.deleted_at IS NULL ORDER BY a.started_at, a.number",
                                err);
    return read_tries(s, q, item, a, out, count, err);
}

bool attempts_of_story(struct store *s, const char *story, struct arena *a, struct attempt **out, size_t *count,
                       struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT " ATTEMPT_COLUMNS ATTEMPT_SOURCE
                                " WHERE a.story = ?1 AND a.deleted_at IS NULL ORDER BY a.started_at, a.number",
                                err);
    return read_tries(s, q, story, a, out, count, err);
}

bool attempts_latest(struct store *s, struct arena *a, struct latest *out, bool *found, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "SELECT item, kind FROM attempts INDEXED BY attempts_by_time"
                                " WHERE deleted_at IS NULL ORDER BY started_at DESC, number DESC LIMIT 1",
                                err);
    if (!row_found(q, found, err)) {
        return false;
    }
    if (*found) {
        *out = (struct latest){col_text(q, 0, a), (enum item_kind)stmt_col_int(q, 1)};
        stmt_reset(q);
    }
    return true;
}

#define NEWEST_SCORED                                                                                                  \
    " FROM attempts INDEXED BY attempts_by_time WHERE deleted_at IS NULL AND mean IS NOT NULL AND mode <> ?2"          \
    " AND role <> ?3 ORDER BY started_at DESC, number DESC LIMIT ?1"

static struct stmt *newest_scored(struct store *s, const char *sql, unsigned newest, struct err *err)
{
    struct stmt *q = store_stmt(s, sql, err);
    stmt_int(q, 1, newest);
    stmt_int(q, 2, MODE_PICK);
    stmt_int(q, 3, ATTEMPT_AGAIN);
    return q;
}

bool attempts_habits(struct store *s, unsigned newest, struct arena *a, struct habits *out, struct err *err)
{
    int64_t answers;
    struct stmt *q = newest_scored(s, "SELECT count(*) FROM (SELECT number" NEWEST_SCORED ")", newest, err);
    if (!row_int(q, 0, &answers, err)) {
        return false;
    }
    out->answers = (unsigned)answers;
    q = newest_scored(s,
                      "SELECT rule, count(DISTINCT iif(dismissed, NULL, attempt)),"
                      " count(DISTINCT iif(dismissed, attempt, NULL)) FROM findings"
                      " WHERE attempt IN (SELECT number" NEWEST_SCORED ") GROUP BY rule ORDER BY 2 DESC, rule",
                      newest, err);
    if (!q) {
        return false;
    }
    struct rows rows = ROWS_OF(struct habit);
    struct err ended = ERR_INIT;
    while (stmt_row(q, &ended)) {
        *(struct habit *)rows_add(&rows) =
            (struct habit){col_text(q, 0, a), (unsigned)stmt_col_int(q, 1), (unsigned)stmt_col_int(q, 2)};
    }
    return rows_finish(&rows, &ended, a, &out->at, &out->count, err);
}
