#include "store/schema.h"

#include "pmprep/bank/loop.h"
#include "pmprep/store/record.h"

/* Enumerations are stored as numbers, so their order is part of the file format: append to them, never reorder. */
_Static_assert(KIND_BEHAVIOURAL == 0 && KIND_PAIR == 3 && KIND_SQL == 7 && KIND_ANSWER == 8,
               "enum item_kind is stored");
_Static_assert(FAMILY_GENERAL == 1 && FAMILY_PRODUCT_SENSE == 5 && FAMILY_WORKING_BACKWARDS == 11,
               "enum family is stored");
_Static_assert(MODE_TYPE == 0 && MODE_COUNT == 4 && ATTEMPT_PROBE == 2 && ATTEMPT_RETRY == 3,
               "enum answer_mode and attempt_role are stored");
_Static_assert(VOTE_STRONG_HIRE == 0 && VOTE_STRONG_NO == 4, "enum vote is stored");
_Static_assert(SCORE_BLIND == 0 && SCORE_LATER == 2 && CARD_RELEARNING == 3,
               "enum score_phase and card_state are stored");

/*
 * Version 1. Lists of names (principles, flaws) are JSON arrays. Columns revision, updated_at (UTC ms) and origin (the
 * file that wrote last) let a later import merge; deleted_at makes a tombstone. session, parent and story are ids
 * without a foreign key, so that records can arrive in any order and an answer is never refused because of its company.
 */
static const char *const version_1[] = {
    "CREATE TABLE settings ("
    " name TEXT PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID",

    /* What items and rubrics were when an answer was given; immutable. */
    "CREATE TABLE item_revisions ("
    " item TEXT NOT NULL,"
    " revision INTEGER NOT NULL," /* the 64-bit hash as a signed number */
    " kind INTEGER NOT NULL,"
    " family INTEGER NOT NULL,"
    " principles TEXT NOT NULL CHECK (json_valid(principles)),"
    " flaws TEXT NOT NULL CHECK (json_valid(flaws)),"
    " difficulty INTEGER NOT NULL,"
    " core INTEGER NOT NULL,"
    " prompt TEXT NOT NULL,"
    " PRIMARY KEY (item, revision)"
    ") STRICT",

    "CREATE TABLE rubric_revisions ("
    " rubric TEXT NOT NULL,"
    " revision INTEGER NOT NULL," /* a hash of content */
    " content TEXT NOT NULL CHECK (json_valid(content)),"
    " PRIMARY KEY (rubric, revision)"
    ") STRICT",

    /* The long texts stand last: what lists and statistics need is read without them. */
    "CREATE TABLE attempts ("
    " number INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " revision INTEGER NOT NULL DEFAULT 1,"
    " updated_at INTEGER NOT NULL,"
    " origin TEXT NOT NULL,"
    " deleted_at INTEGER,"
    " session TEXT,"
    " parent TEXT,"
    " role INTEGER NOT NULL,"
    " item TEXT NOT NULL,"
    " item_revision INTEGER,"
    " rubric TEXT,"
    " rubric_revision INTEGER,"
    " kind INTEGER NOT NULL,"
    " family INTEGER NOT NULL,"
    " principles TEXT NOT NULL CHECK (json_valid(principles)),"
    " flaws TEXT NOT NULL CHECK (json_valid(flaws))," /* the item's and the findings' that were not dismissed */
    " difficulty INTEGER NOT NULL,"
    " core INTEGER NOT NULL,"
    " mode INTEGER NOT NULL,"
    " story TEXT,"
    " started_at INTEGER NOT NULL,"
    " ended_at INTEGER NOT NULL,"
    " offset_min INTEGER NOT NULL,"
    " day INTEGER NOT NULL,"
    " active_ms INTEGER NOT NULL,"
    " overtime_ms INTEGER NOT NULL,"
    " words INTEGER NOT NULL,"
    " mean REAL," /* of the newest score set; NULL when unscored */
    " flagged INTEGER NOT NULL,"
    " detail TEXT NOT NULL CHECK (json_valid(detail))," /* what only one kind or mode has */
    " prompt TEXT,"                                     /* NULL when it is the item's */
    " note TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " FOREIGN KEY (item, item_revision) REFERENCES item_revisions (item, revision),"
    " FOREIGN KEY (rubric, rubric_revision) REFERENCES rubric_revisions (rubric, revision)"
    ") STRICT",

    /* Every filter of a list is decided within this index, without reading the answers. */
    "CREATE INDEX attempts_listed ON attempts"
    " (started_at, mean, kind, family, difficulty, core, item, principles, flaws) WHERE deleted_at IS NULL",
    "CREATE INDEX attempts_by_time ON attempts (started_at) WHERE deleted_at IS NULL",
    "CREATE INDEX attempts_by_item ON attempts (item, started_at, deleted_at, mean, item_revision)",
    "CREATE INDEX attempts_by_pace ON attempts (kind, mode, started_at, active_ms) WHERE deleted_at IS NULL",
    "CREATE INDEX attempts_by_story ON attempts (story) WHERE story IS NOT NULL AND deleted_at IS NULL",
    "CREATE INDEX attempts_deleted ON attempts (deleted_at) WHERE deleted_at IS NOT NULL",

    "CREATE TABLE score_sets ("
    " attempt INTEGER NOT NULL REFERENCES attempts (number) ON DELETE CASCADE,"
    " phase INTEGER NOT NULL,"
    " at INTEGER NOT NULL,"
    " PRIMARY KEY (attempt, phase)"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE scores ("
    " attempt INTEGER NOT NULL,"
    " phase INTEGER NOT NULL,"
    " place INTEGER NOT NULL,"
    " dimension TEXT NOT NULL," /* '' is the overall level */
    " level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),"
    " PRIMARY KEY (attempt, phase, place),"
    " FOREIGN KEY (attempt, phase) REFERENCES score_sets (attempt, phase) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE findings ("
    " attempt INTEGER NOT NULL REFERENCES attempts (number) ON DELETE CASCADE,"
    " place INTEGER NOT NULL,"
    " rule TEXT NOT NULL,"
    " rule_version INTEGER NOT NULL,"
    " severity TEXT NOT NULL,"
    " message TEXT NOT NULL,"
    " span_start INTEGER NOT NULL,"
    " span_end INTEGER NOT NULL,"
    " self_reported INTEGER NOT NULL,"
    " dismissed INTEGER NOT NULL,"
    " PRIMARY KEY (attempt, place)"
    ") STRICT, WITHOUT ROWID",

    /* Full text over what is not deleted. The triggers keep it in step: only its own integrity check would notice if
       they did not. */
    "CREATE VIEW attempt_words AS"
    " SELECT a.number AS number, a.text AS text, coalesce(a.prompt, r.prompt, '') AS prompt, a.note AS note"
    " FROM attempts a LEFT JOIN item_revisions r ON r.item = a.item AND r.revision = a.item_revision"
    " WHERE a.deleted_at IS NULL",
    "CREATE VIRTUAL TABLE search USING fts5(text, prompt, note, content='attempt_words', content_rowid='number',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER search_insert AFTER INSERT ON attempts WHEN new.deleted_at IS NULL BEGIN"
    " INSERT INTO search (rowid, text, prompt, note)"
    " SELECT number, text, prompt, note FROM attempt_words WHERE number = new.number;"
    " END",
    "CREATE TRIGGER search_delete AFTER DELETE ON attempts WHEN old.deleted_at IS NULL BEGIN"
    " INSERT INTO search (search, rowid, text, prompt, note) VALUES ('delete', old.number, old.text,"
    " coalesce(old.prompt, (SELECT prompt FROM item_revisions WHERE item = old.item AND revision = old.item_revision), "
    "''),"
    " old.note);"
    " END",
    "CREATE TRIGGER search_update AFTER UPDATE OF text, prompt, note, item, item_revision, deleted_at ON attempts BEGIN"
    " INSERT INTO search (search, rowid, text, prompt, note) SELECT 'delete', old.number, old.text,"
    " coalesce(old.prompt, (SELECT prompt FROM item_revisions WHERE item = old.item AND revision = old.item_revision), "
    "''),"
    " old.note WHERE old.deleted_at IS NULL;"
    " INSERT INTO search (rowid, text, prompt, note)"
    " SELECT number, text, prompt, note FROM attempt_words WHERE number = new.number;"
    " END",

    /* Totals kept by the transaction that changes an attempt, so that Home costs the same after ten years. */
    "CREATE TABLE days ("
    " day INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " answers INTEGER NOT NULL,"
    " active_ms INTEGER NOT NULL,"
    " PRIMARY KEY (day, kind)"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE principle_days ("
    " day INTEGER NOT NULL,"
    " principle TEXT NOT NULL,"
    " answers INTEGER NOT NULL,"
    " scored INTEGER NOT NULL,"
    " level_sum REAL NOT NULL,"
    " PRIMARY KEY (day, principle)"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE item_totals ("
    " item TEXT PRIMARY KEY,"
    " answers INTEGER NOT NULL,"
    " last_at INTEGER NOT NULL,"
    " last_mean REAL"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE drafts ("
    " item TEXT NOT NULL,"
    " session TEXT NOT NULL,"
    " item_revision INTEGER NOT NULL,"
    " mode INTEGER NOT NULL,"
    " role INTEGER NOT NULL,"
    " parent TEXT NOT NULL,"
    " started_at INTEGER NOT NULL,"
    " updated_at INTEGER NOT NULL,"
    " active_ms INTEGER NOT NULL,"
    " cursor INTEGER NOT NULL,"
    " prompt TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " PRIMARY KEY (item, session)"
    ") STRICT",

    /* The log is the truth, the schedule a cache of its replay. Rating 0 is a void. */
    "CREATE TABLE reviews ("
    " number INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " unit TEXT NOT NULL,"
    " attempt TEXT,"
    " rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 4),"
    " voids TEXT UNIQUE REFERENCES reviews (id),"
    " at INTEGER NOT NULL,"
    " day INTEGER NOT NULL,"
    " elapsed_days INTEGER NOT NULL,"
    " learning_steps INTEGER NOT NULL,"
    " fsrs_version INTEGER NOT NULL,"
    " rated_by INTEGER NOT NULL,"
    " due_day INTEGER NOT NULL,"
    " due_at INTEGER NOT NULL,"
    " CHECK ((rating = 0) = (voids IS NOT NULL))"
    ") STRICT",
    "CREATE INDEX reviews_by_unit ON reviews (unit, at)",
    "CREATE INDEX reviews_by_day ON reviews (day, unit)",
    "CREATE TRIGGER reviews_stay_as_written BEFORE UPDATE ON reviews BEGIN"
    " SELECT raise(ABORT, 'the review log is append-only');"
    " END",
    "CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews BEGIN"
    " SELECT raise(ABORT, 'the review log is append-only');"
    " END",
    "CREATE TABLE schedule ("
    " unit TEXT PRIMARY KEY,"
    " state INTEGER NOT NULL,"
    " step INTEGER NOT NULL,"
    " stability REAL NOT NULL,"
    " difficulty REAL NOT NULL,"
    " last_day INTEGER NOT NULL,"
    " due_day INTEGER NOT NULL,"
    " due_at INTEGER NOT NULL," /* 0: any time of due_day */
    " reps INTEGER NOT NULL,"
    " lapses INTEGER NOT NULL,"
    " suspended INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX schedule_due ON schedule (due_day, due_at) WHERE suspended = 0",

    "CREATE TABLE item_marks ("
    " item TEXT PRIMARY KEY,"
    " revision INTEGER NOT NULL DEFAULT 1,"
    " updated_at INTEGER NOT NULL,"
    " origin TEXT NOT NULL,"
    " suspended INTEGER NOT NULL,"
    " flagged INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE sessions ("
    " number INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " revision INTEGER NOT NULL DEFAULT 1,"
    " updated_at INTEGER NOT NULL,"
    " origin TEXT NOT NULL,"
    " kind TEXT NOT NULL,"
    " started_at INTEGER NOT NULL,"
    " ended_at INTEGER NOT NULL,"
    " offset_min INTEGER NOT NULL,"
    " seed INTEGER NOT NULL,"
    " planned INTEGER NOT NULL,"
    " done INTEGER NOT NULL,"
    " detail TEXT NOT NULL CHECK (json_valid(detail))"
    ") STRICT",
    "CREATE INDEX sessions_by_kind ON sessions (kind, started_at)",

    "CREATE TABLE stories ("
    " number INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " revision INTEGER NOT NULL DEFAULT 1,"
    " updated_at INTEGER NOT NULL,"
    " origin TEXT NOT NULL,"
    " deleted_at INTEGER,"
    " created_at INTEGER NOT NULL,"
    " principles TEXT NOT NULL CHECK (json_valid(principles)),"
    " headline TEXT NOT NULL,"
    " customer TEXT NOT NULL,"
    " decision TEXT NOT NULL,"
    " rejected TEXT NOT NULL,"
    " before TEXT NOT NULL,"
    " after TEXT NOT NULL,"
    " period TEXT NOT NULL,"
    " source TEXT NOT NULL,"
    " lesson TEXT NOT NULL"
    ") STRICT",

    "CREATE TABLE milestones ("
    " number INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " revision INTEGER NOT NULL DEFAULT 1,"
    " updated_at INTEGER NOT NULL,"
    " origin TEXT NOT NULL,"
    " deleted_at INTEGER,"
    " kind TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " first_day INTEGER NOT NULL,"
    " last_day INTEGER NOT NULL,"
    " done INTEGER NOT NULL"
    ") STRICT",

    "INSERT INTO settings (name, value) VALUES ('origin', lower(hex(randomblob(8))))",
    NULL,
};

/* Version 2. What a program of the user's said of an answer: the newest of each command, apart from our findings. */
static const char *const version_2[] = {
    "CREATE TABLE opinions ("
    " attempt INTEGER NOT NULL REFERENCES attempts (number) ON DELETE CASCADE,"
    " command TEXT NOT NULL,"
    " at INTEGER NOT NULL,"
    " cut INTEGER NOT NULL,"
    " text TEXT NOT NULL,"
    " PRIMARY KEY (attempt, command)"
    ") STRICT, WITHOUT ROWID",
    NULL,
};

/* Version 3. Mock loops. The answers are attempts whose session is the run. */
static const char *const version_3[] = {
    "CREATE TABLE loop_runs ("
    " number INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " revision INTEGER NOT NULL DEFAULT 1,"
    " updated_at INTEGER NOT NULL,"
    " origin TEXT NOT NULL,"
    " deleted_at INTEGER,"
    " loop TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " seed INTEGER NOT NULL,"
    " mode INTEGER NOT NULL,"
    " pace REAL NOT NULL,"
    " phase INTEGER NOT NULL,"
    " verdict INTEGER NOT NULL,"
    " open INTEGER NOT NULL,"
    " started_at INTEGER NOT NULL,"
    " ended_at INTEGER NOT NULL,"
    " offset_min INTEGER NOT NULL,"
    " snapshot TEXT NOT NULL CHECK (json_valid(snapshot))," /* the loop as it was */
    " plan TEXT NOT NULL CHECK (json_valid(plan)),"
    " state TEXT NOT NULL CHECK (json_valid(state)),"
    " said TEXT NOT NULL CHECK (json_valid(said)),"
    " notes TEXT NOT NULL,"
    " against TEXT NOT NULL"
    ") STRICT",
    "CREATE INDEX loop_runs_by_time ON loop_runs (started_at) WHERE deleted_at IS NULL",
    "CREATE TABLE loop_votes ("
    " run TEXT NOT NULL REFERENCES loop_runs (id) ON DELETE CASCADE,"
    " stage INTEGER NOT NULL,"
    " final INTEGER NOT NULL,"
    " vote INTEGER NOT NULL,"
    " reason TEXT NOT NULL,"
    " PRIMARY KEY (run, stage, final)"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX attempts_by_session ON attempts (session, number) WHERE session IS NOT NULL",
    /* Follow-ups (role 2) are short and tell nothing of how long an answer takes. */
    "DROP INDEX attempts_by_pace",
    "CREATE INDEX attempts_by_pace ON attempts (kind, mode, started_at, active_ms)"
    " WHERE deleted_at IS NULL AND role <> 2",
    NULL,
};

static const struct migration steps[] = {
    {version_1, 6},
    {version_2, 6},
    {version_3, 6},
};

const struct migrations store_migrations = {steps, sizeof(steps) / sizeof(steps[0])};
