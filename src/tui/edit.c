#include "edit_impl.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

enum { DEFAULT_WIDTH = 72, DEFAULT_ROWS = 20 };

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Letters and digits of any script make a word; a lone dash does not. */
static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static unsigned count_words(struct sv s)
{
    unsigned count = 0;
    bool counted = false;
    for (size_t i = 0; i < s.len; i++) {
        if (is_space(s.data[i])) {
            counted = false;
        } else if (!counted && is_word_byte(s.data[i])) {
            counted = true;
            count++;
        }
    }
    return count;
}

struct edit *edit_new(const char *text)
{
    struct edit *e = mem_calloc(1, sizeof(*e));
    e->goal = -1;
    e->view.width = DEFAULT_WIDTH;
    e->view.rows = DEFAULT_ROWS;
    edit_set_text(e, sv_from(text), SIZE_MAX);
    return e;
}

void edit_free(struct edit *e)
{
    if (!e) {
        return;
    }
    log_clear(&e->log);
    free(e->log.at);
    free(e->view.row);
    buf_release(&e->text);
    buf_release(&e->killed);
    buf_release(&e->find.needle);
    free(e);
}

struct sv edit_text(const struct edit *e)
{
    return (struct sv){buf_str(&e->text), e->text.len};
}

void edit_set_text(struct edit *e, struct sv text, size_t cursor)
{
    struct buf fresh = BUF_INIT; /* text may be a piece of what is replaced */
    buf_addsv(&fresh, text);
    buf_release(&e->text);
    e->text = fresh;
    e->words = count_words(edit_text(e));
    e->revision++;
    e->view.top = e->view.left = 0;
    view_rebuild(e);
    log_clear(&e->log);
    edit_set_cursor(e, cursor);
}

size_t edit_cursor(const struct edit *e)
{
    return e->cursor;
}

/* The cluster border at or after `at`. */
static size_t snap(const struct edit *e, size_t at)
{
    struct sv text = edit_text(e);
    if (at >= text.len) {
        return text.len;
    }
    size_t before = utf8_prev(text, at);
    size_t border = at == 0 ? 0 : utf8_next(text, before);
    return border < at ? at : border;
}

void edit_set_cursor(struct edit *e, size_t at)
{
    e->cursor = snap(e, at);
    e->goal = -1;
    e->log.open = e->killing = e->selecting = false;
    e->find.hit_start = e->find.hit_end = 0;
}

unsigned edit_words(const struct edit *e)
{
    return e->words;
}

unsigned long edit_revision(const struct edit *e)
{
    return e->revision;
}

void edit_single_line(struct edit *e, bool on)
{
    e->single_line = on;
    view_rebuild(e);
}

bool edit_busy(const struct edit *e)
{
    return e->selecting || e->find.active;
}

void edit_splice(struct edit *e, size_t at, size_t removed, struct sv inserted)
{
    struct sv old = edit_text(e);
    size_t low = at, high = at + removed;
    while (low > 0 && !is_space(old.data[low - 1])) {
        low--;
    }
    while (high < old.len && !is_space(old.data[high])) {
        high++;
    }
    e->words -= count_words(sv_sub(old, low, high - low));
    buf_remove(&e->text, at, removed);
    buf_insert(&e->text, at, inserted.data, inserted.len);
    e->words += count_words(sv_sub(edit_text(e), low, high - removed + inserted.len - low));
    e->revision++;
    e->cursor = snap(e, at + inserted.len);
    view_spliced(e, at, removed, inserted.len);
}

void edit_change(struct edit *e, size_t at, size_t removed, struct sv inserted, enum change_kind kind)
{
    log_add(&e->log, at, sv_sub(edit_text(e), at, removed), inserted, e->cursor, kind);
    edit_splice(e, at, removed, inserted);
    e->goal = -1;
    e->selecting = false;
    e->find.hit_start = e->find.hit_end = 0;
}

size_t edit_line_start(const struct edit *e, size_t at)
{
    while (at > 0 && e->text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

size_t edit_line_end(const struct edit *e, size_t at)
{
    while (at < e->text.len && e->text.data[at] != '\n') {
        at++;
    }
    return at;
}

bool edit_selection(const struct edit *e, size_t *start, size_t *end)
{
    if (!e->selecting) {
        return false;
    }
    bool down = e->cursor >= e->anchor;
    *start = edit_line_start(e, down ? e->anchor : e->cursor);
    *end = edit_line_end(e, down ? e->cursor : e->anchor);
    *end += *end < e->text.len;
    return true;
}

/* Line ends become \n (blanks in a single line), malformed bytes and NUL become U+FFFD: text is text, whatever was
 * pasted. */
static void add_clean(const struct edit *e, struct sv s, struct buf *out)
{
    while (e->single_line && s.len > 0 && (s.data[s.len - 1] == '\n' || s.data[s.len - 1] == '\r')) {
        s.len--;
    }
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        char text[4];
        at += utf8_decode(s.data + at, s.len - at, &cp);
        if (cp == '\r' && at < s.len && s.data[at] == '\n') {
            continue;
        }
        bool line_end = cp == '\r' || cp == '\n';
        cp = line_end ? (e->single_line ? ' ' : '\n') : cp == 0 ? UTF8_REPLACEMENT : cp;
        buf_add(out, text, utf8_encode(cp, text));
    }
}

bool edit_insert(struct edit *e, struct sv text)
{
    struct buf clean = BUF_INIT;
    add_clean(e, text, &clean);
    bool any = clean.len > 0;
    if (any) {
        bool typed = utf8_count(buf_sv(&clean)) == 1 && clean.data[0] != '\n';
        edit_change(e, e->cursor, 0, buf_sv(&clean), typed ? CHANGE_TYPED : CHANGE_ALONE);
        e->killing = false;
    }
    buf_release(&clean);
    return any;
}
