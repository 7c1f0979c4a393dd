#include "loop_impl.h"

#include "glyph.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/mem.h"
#include "pmprep/tui/edit.h"
#include "pmprep/tui/text.h"

struct loop *loop_new(const struct loop_options *o, struct screen *first, int64_t mono_ms)
{
    struct loop *l = mem_calloc(1, sizeof(*l));
    l->theme = o->theme;
    l->now = mono_ms;
    l->dirty = true;
    canvas_init(&l->canvas, 24, 80);
    loop_push(l, first);
    loop_apply(l, SCREEN_IDLE);
    return l;
}

static void pop(struct loop *l)
{
    struct screen *s = l->top;
    l->top = s->below;
    if (s->ops->free) {
        s->ops->free(s);
    }
}

static struct screen *take_pushed(struct loop *l)
{
    struct screen *s = l->pushed;
    l->pushed = s ? s->below : NULL;
    return s;
}

void loop_free(struct loop *l)
{
    if (!l) {
        return;
    }
    while (l->top) {
        pop(l);
    }
    for (struct screen *s = take_pushed(l); s; s = take_pushed(l)) {
        if (s->ops->free) {
            s->ops->free(s);
        }
    }
    buf_release(&l->status);
    canvas_release(&l->canvas);
    free(l);
}

void loop_push(struct loop *l, struct screen *s)
{
    struct screen **end = &l->pushed;
    while (*end) {
        end = &(*end)->below;
    }
    s->below = NULL;
    *end = s;
}

void loop_replace(struct loop *l, struct screen *s)
{
    l->replace = true;
    loop_push(l, s);
}

void loop_status(struct loop *l, enum role role, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    buf_clear(&l->status);
    buf_vaddf(&l->status, fmt, args);
    va_end(args);
    l->status_role = role;
    l->dirty = true;
}

void loop_error(struct loop *l, const struct err *err)
{
    loop_status(l, ROLE_ERROR, "%s", err->text);
}

const char *loop_status_text(const struct loop *l, enum role *role)
{
    if (role) {
        *role = l->status_role;
    }
    return buf_str(&l->status);
}

void loop_set_theme(struct loop *l, enum theme t)
{
    l->theme = t;
    l->dirty = true;
    if (l->term) {
        term_set_theme(l->term, t);
    }
}

int64_t loop_now(const struct loop *l)
{
    return l->now;
}

bool loop_done(const struct loop *l)
{
    return l->done;
}

bool loop_save(struct loop *l, struct err *err)
{
    bool ok = true;
    for (struct screen *s = l->top; s; s = s->below) {
        /* one that fails must not keep the others from being saved; the first problem is told */
        struct err problem = ERR_INIT;
        if (s->ops->save && !s->ops->save(s, &problem) && ok) {
            ok = false;
            *err = problem;
        }
    }
    return ok;
}

void loop_pause(struct loop *l, bool paused)
{
    for (struct screen *s = l->top; s; s = s->below) {
        if (s->ops->pause) {
            s->ops->pause(s, paused);
        }
    }
}

/* Nothing is thrown away because the disk is full: the first wish to quit then only tells. */
static void quit(struct loop *l)
{
    struct err err = ERR_INIT;
    if (l->insist || loop_save(l, &err)) {
        l->done = true;
        return;
    }
    l->insist = true;
    err_prefix(&err, "not saved, quit again to leave all the same");
    loop_error(l, &err);
}

/* Does what a handler asked for; a screen that comes to the top is told, and may ask for more. */
void loop_apply(struct loop *l, unsigned bits)
{
    for (;;) {
        struct screen *before = l->top;
        l->dirty |= (bits & SCREEN_DRAW) != 0;
        if ((bits & SCREEN_QUIT) && !l->done) {
            quit(l);
        }
        bool changed = (bits & SCREEN_POP) || l->replace || l->pushed;
        if (((bits & SCREEN_POP) || l->replace) && before) {
            pop(l);
        }
        l->replace = false;
        for (struct screen *s = take_pushed(l); s; s = take_pushed(l)) {
            s->below = l->top;
            l->top = s;
        }
        l->done |= !l->top;
        if (!changed || l->done) {
            return;
        }
        l->dirty = true;
        bits = l->top->ops->shown ? l->top->ops->shown(l->top, l) : SCREEN_IDLE;
    }
}

bool loop_too_small(const struct loop *l)
{
    return l->canvas.rows < SCREEN_MIN_ROWS || l->canvas.cols < SCREEN_MIN_COLS;
}

static bool is_typing(const struct screen *s)
{
    return s->ops->typing && s->ops->typing(s);
}

static bool is_text(const struct key *k)
{
    return k->code == KEY_PASTE || (k->code == KEY_CHAR && !(k->mods & (KEY_CTRL | KEY_ALT)));
}

static int find_action(const struct screen *s, const struct key *k)
{
    int action = s->ops->keymap ? keymap_find(s->ops->keymap(s), k) : ACTION_NONE;
    return action != ACTION_NONE ? action : keymap_find(&keymap_global, k);
}

static unsigned give_key(struct loop *l, const struct key *k)
{
    return l->top->ops->key ? l->top->ops->key(l->top, l, k) : SCREEN_IDLE;
}

static unsigned dispatch(struct loop *l, const struct key *k)
{
    struct screen *s = l->top;
    if (is_typing(s) && is_text(k)) {
        return give_key(l, k);
    }
    int action = find_action(s, k);
    if (action == ACTION_SUSPEND) {
        l->want_suspend = true;
        return SCREEN_IDLE;
    }
    if (action == ACTION_REDRAW) {
        l->want_redraw = true;
        return SCREEN_DRAW;
    }
    if (action == ACTION_NONE || edit_owns_action(action) || !s->ops->action) {
        return give_key(l, k);
    }
    return s->ops->action(s, l, action, k);
}

/* Nobody types blind: under the notice only leaving and suspending work. A q may be meant for an editor and is not
 * taken there. */
static unsigned dispatch_hidden(struct loop *l, const struct key *k)
{
    bool ctrl_c = k->code == KEY_CHAR && k->cp == 'c' && k->mods == KEY_CTRL;
    bool q = k->code == KEY_CHAR && k->cp == 'q' && k->mods == 0;
    if (ctrl_c || (q && !is_typing(l->top))) {
        return SCREEN_QUIT;
    }
    l->want_suspend |= keymap_find(&keymap_global, k) == ACTION_SUSPEND;
    return SCREEN_IDLE;
}

void loop_feed(struct loop *l, const struct key *k)
{
    if (l->done) {
        return;
    }
    if (l->status.len > 0) {
        buf_clear(&l->status);
        l->dirty = true;
    }
    bool insisted = l->insist;
    loop_apply(l, loop_too_small(l) ? dispatch_hidden(l, k) : dispatch(l, k));
    l->insist = l->insist && !insisted;
}

int64_t loop_wake(const struct loop *l)
{
    const struct screen *s = l->top;
    bool waits = s && !l->done && !loop_too_small(l) && s->ops->wake && s->ops->tick;
    return waits ? s->ops->wake(s, l->now) : INT64_MAX;
}

void loop_advance(struct loop *l, int64_t mono_ms)
{
    bool due = loop_wake(l) <= mono_ms; /* as of the turn before: from now on the next moment is always to come */
    l->now = mono_ms;
    if (due) {
        loop_apply(l, l->top->ops->tick(l->top, l, mono_ms));
    }
}

void loop_resize(struct loop *l, int rows, int cols)
{
    if (rows == l->canvas.rows && cols == l->canvas.cols) {
        return;
    }
    bool was_small = loop_too_small(l);
    canvas_resize(&l->canvas, rows, cols);
    l->dirty = true;
    if (!was_small && loop_too_small(l)) {
        struct err err = ERR_INIT; /* ticks, and with them autosave, stop under the notice */
        if (!loop_save(l, &err)) {
            loop_error(l, &err);
        }
    }
}

static void draw_notice(const struct loop *l, struct canvas *c)
{
    char size[80];
    snprintf(size, sizeof(size), "%dx%d is too small, %dx%d is needed.", c->cols, c->rows, SCREEN_MIN_COLS,
             SCREEN_MIN_ROWS);
    const char *lines[] = {size, "Nothing is lost: enlarge the window", "to go on, or leave with ^C."};
    int count = (int)(sizeof(lines) / sizeof(lines[0]));
    int row = c->rows > count ? (c->rows - count) / 2 : 0;
    for (int i = 0; i < count; i++) {
        int col = (c->cols - glyph_columns(sv_from(lines[i]))) / 2;
        canvas_puts(c, row + i, col > 0 ? col : 0, i == 0 ? ROLE_STRONG : ROLE_TEXT, lines[i]);
    }
    const char *status = buf_str(&l->status);
    canvas_puts(c, c->rows - 1, 0, l->status_role, status);
}

/* What does not fit a row, an error that names a path and says what to do, covers the end of the body. */
static void draw_status(const struct loop *l, struct canvas *c)
{
    enum { MARGIN = 1, MOST_ROWS = 5 };
    int width = c->cols - 2 * MARGIN;
    int rows = text_put(c, 0, 0, width, 0, l->status_role, buf_sv(&l->status));
    rows = rows < MOST_ROWS ? rows : MOST_ROWS;
    int top = c->rows - 1 - rows;
    for (int i = 0; i < rows; i++) {
        canvas_fill(c, top + i, 0, c->cols, ROLE_TEXT, ' ');
    }
    text_put(c, top, MARGIN, width, rows, l->status_role, buf_sv(&l->status));
}

const struct canvas *loop_draw(struct loop *l, int rows, int cols)
{
    loop_resize(l, rows, cols);
    struct canvas *c = &l->canvas;
    canvas_clear(c);
    l->dirty = false;
    if (loop_too_small(l)) {
        draw_notice(l, c);
        return c;
    }
    if (l->top && l->top->ops->draw) {
        l->top->ops->draw(l->top, c);
    }
    if (l->status.len > 0) {
        draw_status(l, c);
    }
    return c;
}

bool loop_outside(struct loop *l, bool (*fn)(void *arg, struct err *err), void *arg, struct err *err)
{
    if (l->term) {
        term_leave(l->term);
        signals_outside(true);
    }
    bool ok = fn(arg, err);
    if (l->term) {
        signals_outside(false);
        term_return(l->term);
        l->now = clock_mono_ms();
    }
    l->dirty = true;
    return ok;
}
