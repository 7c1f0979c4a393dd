#include "pmprep/store/attempts.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/json.h"
#include "store/internal.h"

/* Writing attempts. Every change keeps the totals in step: out with the old contribution, change, in with the new one.
 */

bool attempt_number(struct store *s, const char *id, int64_t *number, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT number FROM attempts WHERE id = ?1", err);
    stmt_str(q, 1, id);
    return row_int(q, 0, number, err);
}

bool attempts_exists(struct store *s, const char *id, bool *yes, struct err *err)
{
    int64_t number;
    if (!attempt_number(s, id, &number, err)) {
        return false;
    }
    *yes = number != 0;
    return true;
}

static bool not_there(const char *id, struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, "there is no answer %s: `pmprep review --json` lists the ids", id);
}

static void add_text(struct json *j, const char *key, const char *text)
{
    if (text && text[0]) {
        json_key(j, key);
        json_str(j, text);
    }
}

static void add_asked(struct json *j, const struct asked *asked)
{
    json_key(j, "asked");
    json_object(j);
    json_key(j, "stage");
    json_int(j, asked->stage);
    add_text(j, "part", asked->part);
    add_text(j, "principle", asked->principle);
    add_text(j, "why", asked->why);
    add_text(j, "flaw", asked->flaw);
    add_text(j, "quote", asked->quote);
    json_end_object(j);
}

static void add_names(struct json *j, const struct strings *names)
{
    json_array(j);
    for (size_t i = 0; i < names->count; i++) {
        json_str(j, names->at[i]);
    }
    json_end_array(j);
}

/* What only some kinds or modes have; what is absent is left out. */
static void add_detail(struct buf *out, const struct attempt *at)
{
    struct json j;
    json_init(&j, out, 0);
    json_object(&j);
    if (at->spoken_ms != 0) {
        json_key(&j, "spoken_ms");
        json_int(&j, at->spoken_ms);
    }
    if (at->ticks != 0) {
        json_key(&j, "ticks");
        json_int(&j, at->ticks);
    }
    if (at->picked >= 0) {
        json_key(&j, "picked");
        json_int(&j, at->picked);
        json_key(&j, "right");
        json_int(&j, at->picked_right);
    }
    if (at->heard_words != 0) {
        json_key(&j, "heard_words");
        json_int(&j, at->heard_words);
        json_key(&j, "fillers");
        add_names(&j, &at->fillers);
    }
    if (at->guess[0]) {
        json_key(&j, "guess");
        json_str(&j, at->guess);
    }
    if (at->asked.stage != 0) {
        add_asked(&j, &at->asked);
    }
    json_end_object(&j);
}

static bool names_hold(const struct strings *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->at[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The flaws an answer is found by: those the item shows, and the findings that stand. */
static struct strings flaws_of(const struct attempt *at, const struct item_snapshot *snap, struct arena *a)
{
    size_t room = snap->flaws.count + at->finding_count;
    struct strings all = {arena_array(a, room, sizeof(char *)), 0};
    for (size_t i = 0; i < snap->flaws.count; i++) {
        all.at[all.count++] = snap->flaws.at[i];
    }
    for (size_t i = 0; i < at->finding_count; i++) {
        if (!at->findings[i].dismissed && !names_hold(&all, at->findings[i].rule)) {
            all.at[all.count++] = at->findings[i].rule;
        }
    }
    return all;
}

static const char upsert_sql[] =
    "INSERT INTO attempts (id, updated_at, origin, deleted_at, session, parent, role, item, item_revision,"
    " rubric, rubric_revision, kind, family, principles, flaws, difficulty, core, mode, story,"
    " started_at, ended_at, offset_min, day, active_ms, overtime_ms, words, flagged, detail, prompt, note, text)"
    " VALUES (?1, ?2, " ORIGIN ", ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27,"
    " nullif(nullif(?28, ''), (SELECT prompt FROM item_revisions WHERE item = ?7 AND revision = ?8)), ?29, ?30)"
    " ON CONFLICT (id) DO UPDATE SET revision = revision + 1, updated_at = excluded.updated_at, origin = "
    "excluded.origin,"
    " deleted_at = excluded.deleted_at, session = excluded.session, parent = excluded.parent, role = excluded.role,"
    " item = excluded.item, item_revision = excluded.item_revision, rubric = excluded.rubric,"
    " rubric_revision = excluded.rubric_revision, kind = excluded.kind, family = excluded.family,"
    " principles = excluded.principles, flaws = excluded.flaws, difficulty = excluded.difficulty, core = excluded.core,"
    " mode = excluded.mode, story = excluded.story, started_at = excluded.started_at, ended_at = excluded.ended_at,"
    " offset_min = excluded.offset_min, day = excluded.day, active_ms = excluded.active_ms,"
    " overtime_ms = excluded.overtime_ms, words = excluded.words, flagged = excluded.flagged, detail = excluded.detail,"
    " prompt = excluded.prompt, note = excluded.note, text = excluded.text";

static void bind_snapshot(struct stmt *q, const struct attempt *at, const struct item_snapshot *snap,
                          int64_t rubric_revision)
{
    stmt_str(q, 7, snap->item);
    stmt_int(q, 8, (int64_t)snap->revision);
    if (snap->rubric) {
        stmt_str(q, 9, snap->rubric->id);
        stmt_int(q, 10, rubric_revision);
    }
    stmt_int(q, 11, at->kind);
    stmt_int(q, 12, at->family);
    stmt_names(q, 13, &at->principles);
    struct arena scratch = ARENA_INIT;
    struct strings flaws = flaws_of(at, snap, &scratch);
    stmt_names(q, 14, &flaws);
    arena_release(&scratch);
    stmt_int(q, 15, snap->difficulty);
    stmt_int(q, 16, snap->core);
}

static bool upsert_row(struct store *s, const struct attempt *at, const struct item_snapshot *snap,
                       int64_t rubric_revision, struct err *err)
{
    struct stmt *q = store_stmt(s, upsert_sql, err);
    struct buf detail = BUF_INIT;
    add_detail(&detail, at);
    stmt_str(q, 1, at->id);
    stmt_int(q, 2, clock_wall_ms());
    if (at->deleted) {
        stmt_int(q, 3, clock_wall_ms());
    }
    stmt_id(q, 4, at->session);
    stmt_id(q, 5, at->parent);
    stmt_int(q, 6, at->role);
    bind_snapshot(q, at, snap, rubric_revision);
    stmt_int(q, 17, at->mode);
    stmt_id(q, 18, at->story);
    stmt_int(q, 19, at->started_at);
    stmt_int(q, 20, at->ended_at);
    stmt_int(q, 21, at->offset_min);
    stmt_int(q, 22, clock_practice_day(at->started_at, at->offset_min));
    stmt_int(q, 23, at->active_ms);
    stmt_int(q, 24, at->overtime_ms);
    stmt_int(q, 25, at->words);
    stmt_int(q, 26, at->flagged);
    stmt_sv(q, 27, buf_sv(&detail));
    stmt_str(q, 28, at->prompt);
    stmt_str(q, 29, at->note);
    stmt_str(q, 30, at->text);
    buf_release(&detail);
    return stmt_run(q, err);
}

static bool insert_finding(struct store *s, int64_t number, size_t place, const struct finding *f, struct err *err)
{
    struct stmt *q = store_stmt(s,
                                "INSERT INTO findings (attempt, place, rule, rule_version, severity, message,"
                                " span_start, span_end, self_reported, dismissed)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                                err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, (int64_t)place);
    stmt_str(q, 3, f->rule);
    stmt_int(q, 4, f->rule_version);
    stmt_str(q, 5, f->severity);
    stmt_str(q, 6, f->message);
    stmt_int(q, 7, (int64_t)f->start);
    stmt_int(q, 8, (int64_t)f->end);
    stmt_int(q, 9, f->self_reported);
    stmt_int(q, 10, f->dismissed);
    return stmt_run(q, err);
}

static bool insert_score(struct store *s, int64_t number, enum score_phase phase, size_t place,
                         const struct score *score, struct err *err)
{
    struct stmt *q =
        store_stmt(s, "INSERT INTO scores (attempt, phase, place, dimension, level) VALUES (?1, ?2, ?3, ?4, ?5)", err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, phase);
    stmt_int(q, 3, (int64_t)place);
    stmt_str(q, 4, score->dimension);
    stmt_int(q, 5, score->level);
    return stmt_run(q, err);
}

/* Replaces the set of that phase; an empty one only removes. */
static bool write_score_set(struct store *s, int64_t number, const struct score_set *set, struct err *err)
{
    struct stmt *gone = store_stmt(s, "DELETE FROM score_sets WHERE attempt = ?1 AND phase = ?2", err);
    stmt_int(gone, 1, number);
    stmt_int(gone, 2, set->phase);
    if (!stmt_run(gone, err)) {
        return false;
    }
    if (set->count == 0) {
        return true;
    }
    struct stmt *q = store_stmt(s, "INSERT INTO score_sets (attempt, phase, at) VALUES (?1, ?2, ?3)", err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, set->phase);
    stmt_int(q, 3, set->at_ms);
    bool ok = stmt_run(q, err);
    for (size_t i = 0; ok && i < set->count; i++) {
        ok = insert_score(s, number, set->phase, i, &set->scores[i], err);
    }
    return ok;
}

/* The newest set decides: phases are numbered in the order they are given. */
static bool refresh_mean(struct store *s, int64_t number, struct err *err)
{
    return run_with_number(s,
                           "UPDATE attempts SET mean = (SELECT avg(level) FROM scores WHERE attempt = ?1 AND phase ="
                           " (SELECT max(phase) FROM score_sets WHERE attempt = ?1)) WHERE number = ?1",
                           number, err);
}

static bool write_children(struct store *s, int64_t number, const struct attempt *at, struct err *err)
{
    bool ok = run_with_number(s, "DELETE FROM findings WHERE attempt = ?1", number, err) &&
              run_with_number(s, "DELETE FROM score_sets WHERE attempt = ?1", number, err);
    for (size_t i = 0; ok && i < at->finding_count; i++) {
        ok = insert_finding(s, number, i, &at->findings[i], err);
    }
    for (size_t i = 0; ok && i < at->score_set_count; i++) {
        ok = write_score_set(s, number, &at->score_sets[i], err);
    }
    return ok && refresh_mean(s, number, err);
}

/* The item an attempt hung on before it is replaced: its totals change too. */
static bool forget_old(struct store *s, int64_t number, const char *new_item, struct buf *old_item, struct err *err)
{
    if (!totals_count(s, number, -1, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s, "SELECT item FROM attempts WHERE number = ?1 AND item <> ?2", err);
    stmt_int(q, 1, number);
    stmt_str(q, 2, new_item);
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    if (found) {
        buf_addsv(old_item, stmt_col_sv(q, 0));
        stmt_reset(q);
    }
    return true;
}

static bool put(struct store *s, const struct attempt *at, const struct item_snapshot *snap, struct err *err)
{
    int64_t number, rubric_revision;
    struct buf old_item = BUF_INIT;
    bool ok = snapshot_put(s, snap, &rubric_revision, err) && attempt_number(s, at->id, &number, err) &&
              (number == 0 || forget_old(s, number, snap->item, &old_item, err)) &&
              upsert_row(s, at, snap, rubric_revision, err) && attempt_number(s, at->id, &number, err) &&
              write_children(s, number, at, err) && totals_count(s, number, 1, err) &&
              totals_item(s, snap->item, err) && (old_item.len == 0 || totals_item(s, buf_str(&old_item), err));
    buf_release(&old_item);
    return ok;
}

bool attempts_put(struct store *s, const struct attempt *at, const struct item_snapshot *snap, struct err *err)
{
    return work_begin(s, err) && work_end(s, put(s, at, snap, err), err);
}

/* Counts the tries on the attempt's item anew. */
static bool refresh_item(struct store *s, int64_t number, struct err *err)
{
    struct stmt *q = store_stmt(s, "SELECT item FROM attempts WHERE number = ?1", err);
    stmt_int(q, 1, number);
    bool found;
    if (!row_found(q, &found, err)) {
        return false;
    }
    if (!found) {
        return true;
    }
    struct buf item = BUF_INIT;
    buf_addsv(&item, stmt_col_sv(q, 0));
    stmt_reset(q);
    bool ok = totals_item(s, buf_str(&item), err);
    buf_release(&item);
    return ok;
}

static bool score(struct store *s, const char *id, const struct score_set *set, struct err *err)
{
    int64_t number;
    if (!attempt_number(s, id, &number, err)) {
        return false;
    }
    if (number == 0) {
        return not_there(id, err);
    }
    struct stmt *q =
        store_stmt(s, "UPDATE attempts SET revision = revision + 1, updated_at = ?2 WHERE number = ?1", err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, clock_wall_ms());
    return stmt_run(q, err) && totals_count(s, number, -1, err) && write_score_set(s, number, set, err) &&
           refresh_mean(s, number, err) && totals_count(s, number, 1, err) && refresh_item(s, number, err);
}

bool attempts_score(struct store *s, const char *id, const struct score_set *set, struct err *err)
{
    return work_begin(s, err) && work_end(s, score(s, id, set, err), err);
}

/* ---- findings */

static bool refresh_flaws(struct store *s, int64_t number, struct err *err)
{
    return run_with_number(s,
                           "UPDATE attempts SET flaws = (SELECT json_group_array(name) FROM"
                           " (SELECT f.value AS name FROM item_revisions AS r, json_each(r.flaws) AS f"
                           "  WHERE r.item = attempts.item AND r.revision = attempts.item_revision"
                           "  UNION SELECT rule FROM findings WHERE attempt = ?1 AND dismissed = 0))"
                           " WHERE number = ?1",
                           number, err);
}

static bool touch(struct store *s, int64_t number, struct err *err)
{
    struct stmt *q = store_stmt(
        s, "UPDATE attempts SET revision = revision + 1, updated_at = ?2, origin = " ORIGIN " WHERE number = ?1", err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, clock_wall_ms());
    return stmt_run(q, err);
}

static bool set_findings(struct store *s, const char *id, const struct finding *findings, size_t count, struct err *err)
{
    int64_t number;
    if (!attempt_number(s, id, &number, err)) {
        return false;
    }
    bool ok =
        number != 0 ? run_with_number(s, "DELETE FROM findings WHERE attempt = ?1", number, err) : not_there(id, err);
    for (size_t i = 0; ok && i < count; i++) {
        ok = insert_finding(s, number, i, &findings[i], err);
    }
    return ok && touch(s, number, err) && refresh_flaws(s, number, err);
}

bool attempts_set_findings(struct store *s, const char *id, const struct finding *findings, size_t count,
                           struct err *err)
{
    return work_begin(s, err) && work_end(s, set_findings(s, id, findings, count, err), err);
}

static bool dismiss(struct store *s, const char *id, size_t place, const char *rule, bool dismissed, struct err *err)
{
    int64_t number;
    if (!attempt_number(s, id, &number, err)) {
        return false;
    }
    struct stmt *q =
        store_stmt(s, "UPDATE findings SET dismissed = ?4 WHERE attempt = ?1 AND place = ?2 AND rule = ?3", err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, (int64_t)place);
    stmt_str(q, 3, rule);
    stmt_int(q, 4, dismissed);
    if (!stmt_run(q, err)) {
        return false;
    }
    if (db_changes(s->db) != 1) {
        return err_set(err, ERR_NOT_FOUND, "the finding %s of the answer %s is not there any more: open it anew", rule,
                       id);
    }
    return touch(s, number, err) && refresh_flaws(s, number, err);
}

bool attempts_dismiss(struct store *s, const char *id, size_t place, const char *rule, bool dismissed, struct err *err)
{
    return work_begin(s, err) && work_end(s, dismiss(s, id, place, rule, dismissed, err), err);
}

static bool set_opinion(struct store *s, const char *id, const struct opinion *o, struct err *err)
{
    int64_t number;
    if (!attempt_number(s, id, &number, err)) {
        return false;
    }
    if (number == 0) {
        return not_there(id, err);
    }
    struct stmt *q = store_stmt(
        s, "INSERT OR REPLACE INTO opinions (attempt, command, at, cut, text) VALUES (?1, ?2, ?3, ?4, ?5)", err);
    stmt_int(q, 1, number);
    stmt_str(q, 2, o->command);
    stmt_int(q, 3, o->at_ms);
    stmt_int(q, 4, o->cut);
    stmt_str(q, 5, o->text);
    return stmt_run(q, err) && touch(s, number, err);
}

bool attempts_set_opinion(struct store *s, const char *id, const struct opinion *o, struct err *err)
{
    return work_begin(s, err) && work_end(s, set_opinion(s, id, o, err), err);
}

/* Runs an update with ?1 the id and ?2 the time; q has its other parameters. */
static bool change(struct store *s, struct stmt *q, const char *id, struct err *err)
{
    stmt_str(q, 1, id);
    stmt_int(q, 2, clock_wall_ms());
    bool ok = stmt_run(q, err) && (db_changes(s->db) == 1 || not_there(id, err));
    return work_end(s, ok, err);
}

#define CHANGED " revision = revision + 1, updated_at = ?2, origin = " ORIGIN " WHERE id = ?1 AND deleted_at IS NULL"

bool attempts_set_story(struct store *s, const char *id, const char *story, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s, "UPDATE attempts SET story = ?3," CHANGED, err);
    stmt_id(q, 3, story);
    return change(s, q, id, err);
}

bool attempts_set_note(struct store *s, const char *id, const char *note, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s, "UPDATE attempts SET note = ?3," CHANGED, err);
    stmt_str(q, 3, note);
    return change(s, q, id, err);
}

bool attempts_set_flag(struct store *s, const char *id, bool flagged, struct err *err)
{
    if (!work_begin(s, err)) {
        return false;
    }
    struct stmt *q = store_stmt(s, "UPDATE attempts SET flagged = ?3," CHANGED, err);
    stmt_int(q, 3, flagged);
    return change(s, q, id, err);
}

/* Purged ones have no item any more and stay deleted. */
static bool set_deleted(struct store *s, const char *id, bool deleted, int64_t now_ms, struct err *err)
{
    int64_t number;
    if (!attempt_number(s, id, &number, err)) {
        return false;
    }
    struct stmt *q =
        store_stmt(s,
                   "UPDATE attempts SET deleted_at = iif(?3, ?2, NULL), revision = revision + 1, updated_at = ?2,"
                   " origin = " ORIGIN " WHERE number = ?1 AND (deleted_at IS NULL) = ?3 AND item <> ''",
                   err);
    stmt_int(q, 1, number);
    stmt_int(q, 2, now_ms);
    stmt_int(q, 3, deleted);
    if (!totals_count(s, number, -1, err) || !stmt_run(q, err)) {
        return false;
    }
    if (db_changes(s->db) == 0) {
        return err_set(err, ERR_NOT_FOUND, "the answer %s is not there to be %s", id,
                       deleted ? "deleted" : "brought back");
    }
    return totals_count(s, number, 1, err) && refresh_item(s, number, err);
}

bool attempts_delete(struct store *s, const char *id, int64_t now_ms, struct err *err)
{
    return work_begin(s, err) && work_end(s, set_deleted(s, id, true, now_ms, err), err);
}

bool attempts_undelete(struct store *s, const char *id, struct err *err)
{
    return work_begin(s, err) && work_end(s, set_deleted(s, id, false, clock_wall_ms(), err), err);
}
