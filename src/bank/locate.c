#include "bank/locate.h"

#include "bank/scan.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

#include <fcntl.h>
#include <unistd.h>

/* "bank/id" cut at the slash. */
static struct sv bank_of(struct sv key)
{
    struct sv rest = key;
    struct sv bank;
    return sv_split(&rest, '/', &bank) ? bank : key;
}

static bool read_location(struct stmt *s, struct arena *a, struct location *l)
{
    l->file = (struct source_file){.path = arena_sv(a, stmt_col_sv(s, 0)),
                                   .size = stmt_col_int(s, 1),
                                   .mtime_ns = stmt_col_int(s, 2),
                                   .ctime_ns = stmt_col_int(s, 3),
                                   .inode = (uint64_t)stmt_col_int(s, 4)};
    int64_t source = stmt_col_int(s, 5);
    int64_t length = stmt_col_int(s, 8);
    l->source = source > 0 && source < SOURCE_COUNT ? (enum source_mark)source : SOURCE_JUDGEMENT;
    l->extent = (struct extent){(unsigned)stmt_col_int(s, 6), (size_t)stmt_col_int(s, 7), (size_t)length};
    return length >= 0 && length <= SCAN_FILE_MAX;
}

bool location_find(struct db *db, const char *key, struct arena *a, struct location *l, struct err *err)
{
    static const char sql[] = "SELECT path, size, mtime, ctime, inode, source, line, start, length"
                              " FROM item JOIN file ON file.id = item.file WHERE key = ?1";
    struct stmt *s = db_stmt(db, sql, err);
    stmt_str(s, 1, key);
    bool found = stmt_row(s, err) && read_location(s, a, l);
    stmt_reset(s);
    return found;
}

/* The lines of the item, when the file is still the one that was indexed. */
static bool read_lines(const struct location *l, struct buf *lines)
{
    struct source_file now;
    char *bytes = mem_alloc(l->extent.length + 1);
    int fd = open(l->file.path, O_RDONLY | O_CLOEXEC);
    bool same = fd >= 0 && source_stat(fd, &now) && source_same(&now, &l->file) &&
                pread(fd, bytes, l->extent.length, (off_t)l->extent.offset) == (ssize_t)l->extent.length;
    if (same) {
        buf_add(lines, bytes, l->extent.length);
    }
    if (fd >= 0) {
        close(fd);
    }
    free(bytes);
    return same;
}

/* Looking for one item in a file that changed since it was indexed. */
struct search {
    struct sv text;
    const char *key;
    const char *file;
    struct arena *arena;
    struct item *out;
    struct item_context context;
    struct problems problems;
    bool found;
};

static bool take_wanted(void *context, struct item *item, const struct extent *where)
{
    struct search *s = context;
    if (strcmp(item->key, s->key) != 0) {
        return true;
    }
    struct sv lines = sv_sub(s->text, where->offset, where->length);
    s->found = item_reread(lines, s->file, where->line, &s->context, s->arena, s->out, &s->problems);
    return false;
}

static bool search_file(const struct location *l, const char *key, struct arena *a, struct item *out)
{
    struct buf text = BUF_INIT;
    struct search s = {.key = key, .file = l->file.path, .arena = a, .out = out};
    s.context = (struct item_context){.revisions = true, .each = take_wanted, .each_context = &s};
    problems_init(&s.problems, a);
    if (file_read(l->file.path, SCAN_FILE_MAX, &text, NULL)) {
        s.text = buf_sv(&text);
        bank_stream(s.text, l->file.path, a, &s.context, &s.problems);
    }
    problems_release(&s.problems);
    buf_release(&text);
    return s.found;
}

bool location_read(const struct location *l, const char *key, struct arena *a, struct item *out, struct err *err)
{
    struct buf lines = BUF_INIT;
    struct problems problems;
    struct item_context context = {.head = {arena_sv(a, bank_of(sv_from(key))), "", l->source}, .revisions = true};
    problems_init(&problems, a);
    bool done = read_lines(l, &lines) &&
                item_reread(buf_sv(&lines), l->file.path, l->extent.line, &context, a, out, &problems) &&
                strcmp(out->key, key) == 0;
    problems_release(&problems);
    buf_release(&lines);
    return done || search_file(l, key, a, out) ||
           err_set(err, ERR_NOT_FOUND, "%s is no longer in %s, which changed; start again to read it", key,
                   l->file.path);
}
