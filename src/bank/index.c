#include "bank/index.h"

#include "bank/keyset.h"
#include "bank/scan.h"
#include "bank/shelf.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

#include <fcntl.h>
#include <unistd.h>

static const char schema[] =
    "CREATE TABLE stamp(version INTEGER, text BLOB);"
    "CREATE TABLE file(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,"
    " source INTEGER);"
    "CREATE TABLE bank(name TEXT PRIMARY KEY, title TEXT, path TEXT, rank INTEGER) WITHOUT ROWID;"
    "CREATE TABLE tally(bank TEXT, kind INTEGER, items INTEGER);"
    "CREATE TABLE listing(chunk INTEGER PRIMARY KEY, packed BLOB);"
    "CREATE TABLE item(key TEXT, chunk INTEGER, at INTEGER, file INTEGER, line INTEGER, start INTEGER,"
    " length INTEGER);"
    "CREATE TABLE former(key TEXT PRIMARY KEY, now TEXT) WITHOUT ROWID;"
    "CREATE TABLE principle(seq INTEGER PRIMARY KEY, id TEXT, name TEXT, ord INTEGER, tier INTEGER, gloss TEXT,"
    " as_pm TEXT, as_sde TEXT, strong TEXT, weak TEXT, probes TEXT, source INTEGER);"
    "CREATE TABLE rubric(id TEXT PRIMARY KEY, title TEXT, source INTEGER) WITHOUT ROWID;"
    "CREATE TABLE dimension(seq INTEGER PRIMARY KEY, rubric TEXT, id TEXT, name TEXT, anchors TEXT, l5 INTEGER,"
    " l6 INTEGER);"
    "CREATE TABLE problem(path TEXT, line INTEGER, col INTEGER, text TEXT);";

/* A key that an item has again is no former one. */
static const char after[] = "CREATE UNIQUE INDEX item_key ON item(key);"
                            "DELETE FROM former WHERE key IN (SELECT key FROM item);";

enum { CHUNK_ITEMS = 128 };

/* Of one building. */
struct building {
    struct db *db;
    struct err *err;
    struct arena arena; /* references and heads */
    struct references refs;
    struct keyset keys; /* of the items that are in */
    struct problems problems;
    const struct source_file *file; /* being read */
    int64_t file_id;
    struct buf packed; /* metadata of the items of the chunk that is being filled */
    int64_t chunk;
    size_t chunk_items;
    struct item_context context;
    bool bank_known;  /* an item of the file was seen, so its head is complete */
    bool passed_over; /* the file's bank is there from a higher rank */
    bool failed;      /* the database */
    size_t tally[KIND_COUNT];
};

static bool run(struct building *b, struct stmt *s)
{
    b->failed = b->failed || !stmt_run(s, b->err);
    return !b->failed;
}

static void add_former(struct building *b, const struct item *item)
{
    static const char sql[] = "INSERT OR IGNORE INTO former VALUES(?1, ?2)";
    for (size_t i = 0; i < item->was.count; i++) {
        const char *was = item->was.at[i];
        struct buf key = BUF_INIT;
        buf_addf(&key, "%s%s%s", strchr(was, '/') ? "" : item->bank, strchr(was, '/') ? "" : "/", was);
        struct stmt *s = db_stmt(b->db, sql, b->err);
        stmt_sv(s, 1, buf_sv(&key));
        stmt_str(s, 2, item->key);
        run(b, s);
        buf_release(&key);
    }
}

/* Writes the metadata gathered so far as one row. */
static void flush_chunk(struct building *b)
{
    if (b->chunk_items > 0) {
        struct stmt *s = db_stmt(b->db, "INSERT INTO listing VALUES(?1, ?2)", b->err);
        stmt_int(s, 1, b->chunk++);
        stmt_blob(s, 2, b->packed.data, b->packed.len);
        run(b, s);
    }
    buf_clear(&b->packed);
    b->chunk_items = 0;
}

static void insert_item(struct building *b, const struct item *item, const struct extent *where)
{
    if (b->chunk_items == CHUNK_ITEMS) {
        flush_chunk(b);
    }
    if (b->chunk_items++ == 0) {
        pack_begin(&b->packed, item->bank);
    }
    struct stmt *s = db_stmt(b->db, "INSERT INTO item VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", b->err);
    stmt_str(s, 1, item->key);
    stmt_int(s, 2, b->chunk);
    stmt_int(s, 3, (int64_t)b->packed.len);
    stmt_int(s, 4, b->file_id);
    stmt_int(s, 5, where->line);
    stmt_int(s, 6, (int64_t)where->offset);
    stmt_int(s, 7, (int64_t)where->length);
    run(b, s);
    pack_item(&b->packed, item);
    add_former(b, item);
    b->tally[item->kind]++;
}

/* Is the bank there already, from files of a higher rank? */
static bool is_replaced(struct building *b)
{
    struct stmt *s = db_stmt(b->db, "SELECT 1 FROM bank WHERE name = ?1 AND rank > ?2", b->err);
    stmt_str(s, 1, b->context.head.name);
    stmt_int(s, 2, b->file->rank);
    bool found = stmt_row(s, b->err);
    stmt_reset(s);
    return found;
}

static bool take_item(void *context, struct item *item, const struct extent *where)
{
    struct building *b = context;
    if (!b->bank_known) {
        b->bank_known = true;
        b->passed_over = is_replaced(b);
    }
    if (b->passed_over) {
        return false;
    }
    if (!keyset_add(&b->keys, item->key)) {
        problems_add(&b->problems, item->place, "the id \"%s\" is used twice in the bank \"%s\"", item->id, item->bank);
        return true;
    }
    insert_item(b, item, where);
    return !b->failed;
}

/* A file with a problem is left out whole: its rows go, and the set of keys is made again from those that stay. */
static void take_back(struct building *b, int64_t first_chunk)
{
    struct stmt *s = db_stmt(b->db, "DELETE FROM item WHERE chunk >= ?1", b->err);
    stmt_int(s, 1, first_chunk);
    run(b, s);
    s = db_stmt(b->db, "DELETE FROM listing WHERE chunk >= ?1", b->err);
    stmt_int(s, 1, first_chunk);
    run(b, s);
    run(b, db_stmt(b->db, "DELETE FROM former WHERE now NOT IN (SELECT key FROM item)", b->err));
    b->chunk = first_chunk;
    b->chunk_items = 0;
    buf_clear(&b->packed);
    keyset_release(&b->keys);
    struct stmt *keys = db_stmt(b->db, "SELECT key FROM item", b->err);
    while (stmt_row(keys, b->err)) {
        keyset_add(&b->keys, stmt_col_str(keys, 0));
    }
}

static void insert_file(struct building *b, const struct source_file *file)
{
    struct stmt *s = db_stmt(b->db, "INSERT INTO file VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", b->err);
    stmt_int(s, 1, b->file_id);
    stmt_str(s, 2, file->path);
    stmt_int(s, 3, file->size);
    stmt_int(s, 4, file->mtime_ns);
    stmt_int(s, 5, file->ctime_ns);
    stmt_int(s, 6, (int64_t)file->inode);
    stmt_int(s, 7, b->context.head.source);
    run(b, s);
}

static void insert_bank(struct building *b, const struct source_file *file)
{
    struct stmt *s = db_stmt(b->db, "INSERT OR IGNORE INTO bank VALUES(?1, ?2, ?3, ?4)", b->err);
    stmt_str(s, 1, b->context.head.name);
    stmt_str(s, 2, b->context.head.title);
    stmt_str(s, 3, file->path);
    stmt_int(s, 4, file->rank);
    run(b, s);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (b->tally[kind] == 0) {
            continue;
        }
        s = db_stmt(b->db, "INSERT INTO tally VALUES(?1, ?2, ?3)", b->err);
        stmt_str(s, 1, b->context.head.name);
        stmt_int(s, 2, kind);
        stmt_int(s, 3, (int64_t)b->tally[kind]);
        run(b, s);
    }
}

static void add_bank(struct building *b, const struct source_file *file, struct sv text)
{
    int64_t first_chunk = b->chunk; /* chunks do not span files */
    b->file = file;
    b->file_id++;
    b->bank_known = b->passed_over = false;
    memset(b->tally, 0, sizeof(b->tally));
    if (!bank_stream(text, file->path, &b->arena, &b->context, &b->problems)) {
        take_back(b, first_chunk);
    } else if (!b->passed_over) {
        flush_chunk(b);
        insert_file(b, file);
        insert_bank(b, file);
    }
}

static void add_rubric(struct building *b, const struct source_file *file, struct sv text)
{
    struct rubric rubric;
    if (rubric_parse(text, file->path, &b->arena, &rubric, &b->problems)) {
        references_add_rubric(&b->refs, &b->arena, &rubric);
    }
}

static void add_principles(struct building *b, const struct source_file *file, struct sv text)
{
    struct principle *found;
    size_t count;
    if (principles_parse(text, file->path, &b->arena, &found, &count, &b->problems)) {
        references_add_principles(&b->refs, &b->arena, found, count);
    }
}

/* The file as it is now, and what it was when it was read. */
static bool read_source(struct building *b, struct source_file *file, struct buf *text)
{
    struct err why = ERR_INIT;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool ok = fd >= 0 && source_stat(fd, file);
    if (fd >= 0) {
        close(fd);
    }
    ok = ok ? file_read(file->path, SCAN_FILE_MAX, text, &why) : err_errno(&why, "cannot open %s", file->path);
    if (!ok) {
        problems_add(&b->problems, (struct place){file->path, 1, 1}, "%s", why.text);
    }
    return ok;
}

static void add_source(struct building *b, const struct source_file *listed)
{
    struct source_file file = *listed;
    struct buf text = BUF_INIT;
    if (read_source(b, &file, &text)) {
        switch (file.kind) {
        case FILE_BANK:
            add_bank(b, &file, buf_sv(&text));
            break;
        case FILE_RUBRIC:
            add_rubric(b, &file, buf_sv(&text));
            break;
        case FILE_PRINCIPLES:
            add_principles(b, &file, buf_sv(&text));
            break;
        case FILE_LOOP:
        case FILE_TEMPLATE:
        case FILE_PLAN:
        case FILE_DECK:
            check_sheet(buf_sv(&text), file.path, file.kind, &b->refs, &b->problems);
            break;
        case FILE_RULE:
        case FILE_LEXICON:
            problems_add(&b->problems, (struct place){file.path, 1, 1},
                         "rules and words are read from rules/ and words/ in the configuration folder; move it there");
            break;
        case FILE_UNKNOWN:
            check_unknown(buf_sv(&text), file.path, &b->problems);
            break;
        }
    }
    buf_release(&text);
}

static void insert_problems(struct building *b)
{
    for (size_t i = 0; i < b->problems.count; i++) {
        const struct problem *problem = &b->problems.at[i];
        struct stmt *s = db_stmt(b->db, "INSERT INTO problem VALUES(?1, ?2, ?3, ?4)", b->err);
        stmt_str(s, 1, problem->place.file);
        stmt_int(s, 2, problem->place.line);
        stmt_int(s, 3, problem->place.column);
        stmt_str(s, 4, problem->text);
        run(b, s);
    }
}

static void insert_stamp(struct building *b, struct sv stamp)
{
    struct stmt *s = db_stmt(b->db, "INSERT INTO stamp VALUES(?1, ?2)", b->err);
    stmt_int(s, 1, INDEX_VERSION);
    stmt_blob(s, 2, stamp.data, stamp.len);
    run(b, s);
}

/* Does a file of the kind name principles or rubrics of others? */
static bool refers(enum file_kind kind)
{
    return kind == FILE_BANK || shelf_schema(kind);
}

static bool fill(struct building *b, const struct source_list *files, struct sv stamp)
{
    for (size_t pass = 0; pass < 2; pass++) { /* first what the others refer to */
        for (size_t i = 0; i < files->count && !b->failed; i++) {
            if (refers(files->at[i].kind) == (pass == 1)) {
                add_source(b, &files->at[i]);
            }
        }
    }
    if (!b->failed && !index_save_references(b->db, &b->refs, b->err)) {
        b->failed = true;
    }
    insert_problems(b);
    insert_stamp(b, stamp);
    return !b->failed;
}

bool index_build(struct db *db, const struct source_list *files, struct sv stamp, struct err *err)
{
    struct building b = {.db = db, .err = err};
    b.context = (struct item_context){.revisions = true, .refs = &b.refs, .each = take_item, .each_context = &b};
    problems_init(&b.problems, &b.arena);
    bool built = db_begin(db, err) && db_exec(db, schema, err) && fill(&b, files, stamp) && db_exec(db, after, err);
    if (built) {
        built = db_commit(db, err);
    } else {
        db_rollback(db);
    }
    keyset_release(&b.keys);
    buf_release(&b.packed);
    problems_release(&b.problems);
    arena_release(&b.arena);
    return built;
}

bool index_stamp(struct db *db, struct buf *out, struct err *err)
{
    struct stmt *s = db_stmt(db, "SELECT text FROM stamp WHERE version = ?1", err);
    stmt_int(s, 1, INDEX_VERSION);
    bool found = stmt_row(s, err);
    if (found) {
        buf_addsv(out, stmt_col_sv(s, 0));
    }
    stmt_reset(s);
    return found;
}
