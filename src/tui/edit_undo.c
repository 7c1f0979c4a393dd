#include "edit_impl.h"

#include "pmprep/base/mem.h"

enum { LOG_BYTES = 8 << 20, LOG_BYTES_EACH = 64 };

static void change_release(struct edit_log *log, struct change *c)
{
    log->bytes -= c->removed.len + c->inserted.len + LOG_BYTES_EACH;
    buf_release(&c->removed);
    buf_release(&c->inserted);
}

void log_clear(struct edit_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        change_release(log, &log->at[i]);
    }
    log->count = log->done = 0;
    log->open = false;
}

static void drop_redo(struct edit_log *log)
{
    while (log->count > log->done) {
        change_release(log, &log->at[--log->count]);
    }
}

/* The oldest steps go when the log would grow without end; the newest stays whatever its size. */
static void drop_oldest(struct edit_log *log)
{
    size_t drop = 0;
    while (log->bytes > LOG_BYTES && drop + 1 < log->count) {
        change_release(log, &log->at[drop++]);
    }
    if (drop > 0) {
        log->count -= drop;
        log->done -= drop;
        memmove(log->at, log->at + drop, log->count * sizeof(*log->at));
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Typing goes on in the same step up to the blanks after a word. */
static bool goes_on(const struct change *last, size_t at, struct sv removed, struct sv inserted)
{
    switch (last->kind) {
    case CHANGE_TYPED:
        return last->at + last->inserted.len == at &&
               (!is_blank(last->inserted.data[last->inserted.len - 1]) || is_blank(inserted.data[0]));
    case CHANGE_BACKSPACE:
        return at + removed.len == last->at;
    case CHANGE_DELETE:
        return at == last->at;
    case CHANGE_ALONE:
        break;
    }
    return false;
}

static void extend(struct change *last, size_t at, struct sv removed, struct sv inserted)
{
    buf_addsv(&last->inserted, inserted);
    buf_insert(&last->removed, last->kind == CHANGE_BACKSPACE ? 0 : last->removed.len, removed.data, removed.len);
    last->at = last->kind == CHANGE_BACKSPACE ? at : last->at;
}

void log_add(struct edit_log *log, size_t at, struct sv removed, struct sv inserted, size_t cursor,
             enum change_kind kind)
{
    drop_redo(log);
    struct change *last = log->count > 0 ? &log->at[log->count - 1] : NULL;
    log->bytes += removed.len + inserted.len;
    if (log->open && last && last->kind == kind && goes_on(last, at, removed, inserted)) {
        extend(last, at, removed, inserted);
        return;
    }
    void *array = log->at;
    mem_grow(&array, &log->cap, log->count + 1, sizeof(*log->at));
    log->at = array;
    struct change *c = &log->at[log->count++];
    *c = (struct change){.at = at, .cursor = cursor, .kind = kind};
    buf_addsv(&c->removed, removed);
    buf_addsv(&c->inserted, inserted);
    log->bytes += LOG_BYTES_EACH;
    log->done = log->count;
    log->open = true;
    drop_oldest(log);
}

bool edit_undo(struct edit *e)
{
    if (e->log.done == 0) {
        return false;
    }
    struct change *c = &e->log.at[--e->log.done];
    e->log.open = false;
    edit_splice(e, c->at, c->inserted.len, buf_sv(&c->removed));
    edit_set_cursor(e, c->cursor);
    return true;
}

bool edit_redo(struct edit *e)
{
    if (e->log.done == e->log.count) {
        return false;
    }
    struct change *c = &e->log.at[e->log.done++];
    e->log.open = false;
    edit_splice(e, c->at, c->removed.len, buf_sv(&c->inserted));
    edit_set_cursor(e, e->cursor);
    return true;
}
