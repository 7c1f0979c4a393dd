#include "bank/index.h"

#include "bank/keyset.h"
#include "bank/scan.h"
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
    "CREATE TABLE item(seq INTEGER PRIMARY KEY, key TEXT, title TEXT, revision INTEGER, traits INTEGER, principles "
    "TEXT,"
    " flaws TEXT, file INTEGER, line INTEGER, start INTEGER, length INTEGER);"
    "CREATE TABLE former(key TEXT PRIMARY KEY, now TEXT) WITHOUT ROWID;"
    "CREATE TABLE principle(seq INTEGER PRIMARY KEY, id TEXT, name TEXT, ord INTEGER, tier INTEGER, gloss TEXT,"
    " as_pm TEXT, as_sde TEXT, strong TEXT, weak TEXT, probes TEXT, source INTEGER);"
    "CREATE TABLE rubric(id TEXT PRIMARY KEY, title TEXT, source INTEGER) WITHOUT ROWID;"
    "CREATE TABLE dimension(seq INTEGER PRIMARY KEY, rubric TEXT, id TEXT, name TEXT, anchors TEXT, l5 INTEGER,"
    " l6 INTEGER);"
    "CREATE TABLE problem(path TEXT, line INTEGER, col INTEGER, text TEXT);";

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
    int64_t next_item;
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

/* Unit separators cannot occur in texts: the reader refuses control characters. */
static const char separator = '\x1F';

void index_join(struct buf *out, const struct strings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) {
            buf_addc(out, separator);
        }
        buf_adds(out, list->at[i]);
    }
}

struct strings index_split(struct arena *a, struct sv joined)
{
    struct strings list = {NULL, 0};
    if (joined.len == 0) {
        return list;
    }
    char *copy = arena_sv(a, joined);
    size_t count = 1;
    for (size_t i = 0; i < joined.len; i++) {
        count += copy[i] == separator;
    }
    list.at = arena_array(a, count, sizeof(*list.at));
    list.at[list.count++] = copy;
    for (size_t i = 0; i < joined.len; i++) {
        if (copy[i] == separator) {
            copy[i] = '\0';
            list.at[list.count++] = copy + i + 1;
        }
    }
    return list;
}

int64_t index_traits(const struct item *item)
{
    return (int64_t)item->kind | (int64_t)item->family << 8 | (int64_t)item->difficulty << 16 |
           (int64_t)item->core << 24 | (int64_t)item->minutes << 32;
}

bool index_read_traits(int64_t traits, struct item_meta *m)
{
    int64_t kind = traits & 0xFF;
    int64_t family = traits >> 8 & 0xFF;
    m->difficulty = (int)(traits >> 16 & 0xFF);
    m->core = traits >> 24 & 1;
    m->minutes = (unsigned)(traits >> 32);
    if (kind >= KIND_COUNT || family >= FAMILY_COUNT) {
        return false;
    }
    m->kind = (enum item_kind)kind;
    m->family = (enum family)family;
    return true;
}

/* The flaws by which an item is found: those of the bad side, main flaw first; else those its probes answer. */
static void join_flaws(struct buf *out, const struct item *item)
{
    const char *names[FLAW_COUNT];
    struct strings list = {names, 0};
    size_t candidates = item->bad.flaw_count + item->probe_count;
    for (size_t i = 0; i < candidates && list.count < FLAW_COUNT; i++) {
        bool of_pair = i < item->bad.flaw_count;
        const char *flaw = of_pair ? item->bad.flaws[i].flaw : item->probes[i - item->bad.flaw_count].flaw;
        bool known = !*flaw;
        for (size_t k = 0; k < list.count && !known; k++) {
            known = strcmp(names[k], flaw) == 0;
        }
        if (!known) {
            names[list.count++] = flaw;
        }
    }
    index_join(out, &list);
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

static void insert_item(struct building *b, const struct item *item, const struct extent *where)
{
    static const char sql[] = "INSERT INTO item VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    struct buf lists[2] = {BUF_INIT, BUF_INIT};
    index_join(&lists[0], &item->principles);
    join_flaws(&lists[1], item);
    struct stmt *s = db_stmt(b->db, sql, b->err);
    stmt_int(s, 1, b->next_item++);
    stmt_str(s, 2, item->key);
    stmt_str(s, 3, item->title);
    stmt_int(s, 4, (int64_t)item->revision);
    stmt_int(s, 5, index_traits(item));
    stmt_sv(s, 6, buf_sv(&lists[0]));
    stmt_sv(s, 7, buf_sv(&lists[1]));
    stmt_int(s, 8, b->file_id);
    stmt_int(s, 9, where->line);
    stmt_int(s, 10, (int64_t)where->offset);
    stmt_int(s, 11, (int64_t)where->length);
    run(b, s);
    add_former(b, item);
    b->tally[item->kind]++;
    buf_release(&lists[0]);
    buf_release(&lists[1]);
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
static void take_back(struct building *b, int64_t first_item)
{
    struct stmt *s = db_stmt(b->db, "DELETE FROM item WHERE seq >= ?1", b->err);
    stmt_int(s, 1, first_item);
    run(b, s);
    run(b, db_stmt(b->db, "DELETE FROM former WHERE now NOT IN (SELECT key FROM item)", b->err));
    b->next_item = first_item;
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
    int64_t first_item = b->next_item;
    b->file = file;
    b->file_id++;
    b->bank_known = b->passed_over = false;
    memset(b->tally, 0, sizeof(b->tally));
    if (!bank_stream(text, file->path, &b->arena, &b->context, &b->problems)) {
        take_back(b, first_item);
    } else if (!b->passed_over) {
        insert_file(b, file);
        insert_bank(b, file);
    }
}

static void add_rubric(struct building *b, const struct source_file *file, struct sv text)
{
    struct rubric rubric;
    if (!rubric_parse(text, file->path, &b->arena, &rubric, &b->problems) || references_rubric(&b->refs, rubric.id)) {
        return; /* one of a higher rank is there */
    }
    struct rubric *grown = arena_array(&b->arena, b->refs.rubric_count + 1, sizeof(*grown));
    if (b->refs.rubric_count > 0) {
        memcpy(grown, b->refs.rubrics, b->refs.rubric_count * sizeof(*grown));
    }
    grown[b->refs.rubric_count++] = rubric;
    b->refs.rubrics = grown;
}

static bool has_principle(const struct references *refs, const char *id)
{
    for (size_t i = 0; i < refs->principle_count; i++) {
        if (strcmp(refs->principles[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void add_principles(struct building *b, const struct source_file *file, struct sv text)
{
    struct principle *found;
    size_t count;
    if (!principles_parse(text, file->path, &b->arena, &found, &count, &b->problems)) {
        return;
    }
    struct principle *grown = arena_array(&b->arena, b->refs.principle_count + count, sizeof(*grown));
    if (b->refs.principle_count > 0) {
        memcpy(grown, b->refs.principles, b->refs.principle_count * sizeof(*grown));
    }
    size_t filled = b->refs.principle_count;
    for (size_t i = 0; i < count; i++) {
        if (!has_principle(&b->refs, found[i].id)) {
            grown[filled++] = found[i];
        }
    }
    b->refs.principles = grown;
    b->refs.principle_count = filled;
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

static bool fill(struct building *b, const struct source_list *files, struct sv stamp)
{
    for (size_t pass = 0; pass < 2; pass++) { /* banks refer to the rest */
        for (size_t i = 0; i < files->count && !b->failed; i++) {
            if ((files->at[i].kind == FILE_BANK) == (pass == 1)) {
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
    struct building b = {.db = db, .err = err, .next_item = 1};
    b.context = (struct item_context){.refs = &b.refs, .each = take_item, .each_context = &b};
    problems_init(&b.problems, &b.arena);
    bool built = db_begin(db, err) && db_exec(db, schema, err) && fill(&b, files, stamp) &&
                 db_exec(db, "CREATE UNIQUE INDEX item_key ON item(key)", err);
    if (built) {
        built = db_commit(db, err);
    } else {
        db_rollback(db);
    }
    keyset_release(&b.keys);
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
