#include "edit_impl.h"

#include "pmprep/base/utf8.h"

#include <wctype.h>

static size_t folded(struct sv s, size_t at, uint32_t *cp)
{
    size_t used = utf8_decode(s.data + at, s.len - at, cp);
    *cp = *cp < 0x80 ? (*cp >= 'A' && *cp <= 'Z' ? *cp + 'a' - 'A' : *cp) : (uint32_t)towlower((wint_t)*cp);
    return used;
}

/* The end of the needle at `at`, or `at` when it is not there. */
static size_t match_at(struct sv text, size_t at, struct sv needle)
{
    size_t start = at;
    for (size_t i = 0; i < needle.len;) {
        uint32_t a, b;
        if (at >= text.len) {
            return start;
        }
        at += folded(text, at, &a);
        i += folded(needle, i, &b);
        if (a != b) {
            return start;
        }
    }
    return at;
}

static bool take(struct edit *e, size_t at, struct sv needle)
{
    size_t end = match_at(edit_text(e), at, needle);
    if (end == at) {
        return false;
    }
    e->cursor = at;
    e->goal = -1;
    e->log.open = e->killing = false;
    e->find.hit_start = at;
    e->find.hit_end = end;
    return true;
}

/* The first hit from `from` (a cluster border) on, round the end and back to it; backward the other way. */
static bool search_from(struct edit *e, size_t from, struct sv needle, bool forward)
{
    struct sv text = edit_text(e);
    size_t at = from;
    if (needle.len == 0) {
        return false;
    }
    do {
        if (take(e, at, needle)) {
            return true;
        }
        if (forward) {
            at = at < text.len ? utf8_next(text, at) : 0;
        } else {
            at = at > 0 ? utf8_prev(text, at) : text.len;
        }
    } while (at != from);
    return false;
}

bool edit_search(struct edit *e, struct sv needle, bool forward)
{
    struct sv text = edit_text(e);
    size_t from = e->cursor;
    if (forward) {
        from = from < text.len ? utf8_next(text, from) : 0;
    } else {
        from = from > 0 ? utf8_prev(text, from) : text.len;
    }
    return search_from(e, from, needle, forward);
}

void find_start(struct edit *e, bool forward)
{
    buf_clear(&e->find.needle);
    e->find.active = true;
    e->find.forward = forward;
    e->find.missing = false;
    e->find.origin = e->cursor;
}

static void find_again(struct edit *e, size_t from)
{
    bool empty = e->find.needle.len == 0;
    bool found = search_from(e, from, buf_sv(&e->find.needle), e->find.forward);
    e->find.missing = !empty && !found;
    if (!found) {
        e->find.hit_start = e->find.hit_end = 0;
    }
}

static void find_next(struct edit *e, bool forward)
{
    e->find.forward = forward;
    e->find.missing = e->find.needle.len > 0 && !edit_search(e, buf_sv(&e->find.needle), forward);
}

static bool find_type(struct edit *e, const struct key *k)
{
    char text[4];
    struct sv typed = {text, 0};
    if (k->code == KEY_PASTE) {
        typed = (struct sv){k->text, k->text_len};
    } else if (k->code == KEY_CHAR && !(k->mods & (KEY_CTRL | KEY_ALT))) {
        typed.len = utf8_encode(k->cp, text);
    } else {
        return false;
    }
    buf_addsv(&e->find.needle, typed);
    find_again(e, e->cursor);
    return true;
}

static void find_close(struct edit *e, bool keep)
{
    e->find.active = false;
    if (!keep) {
        e->cursor = e->find.origin;
        e->find.hit_start = e->find.hit_end = 0;
    }
}

/* Every key is the prompt's while it is open; one that means nothing to it closes it and goes on to the text. */
bool find_key(struct edit *e, const struct key *k)
{
    int action = keymap_find(&edit_keymap, k);
    if (action == EDIT_ACTION_FIND || k->code == KEY_DOWN_) {
        find_next(e, true);
    } else if (action == EDIT_ACTION_FIND_BACK || k->code == KEY_UP_) {
        find_next(e, false);
    } else if (action == EDIT_ACTION + EDIT_BACKSPACE) {
        buf_truncate(&e->find.needle, utf8_prev(buf_sv(&e->find.needle), e->find.needle.len));
        find_again(e, e->find.origin);
    } else if (k->code == KEY_ESC || k->code == KEY_ENTER_) {
        find_close(e, k->code == KEY_ENTER_);
    } else if (!find_type(e, k)) {
        find_close(e, true);
        return false;
    }
    return true;
}
