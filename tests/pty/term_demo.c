/* A small program with one editor screen: test_term.c drives it to see what the toolkit does to a terminal. */

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/tui/chart.h"
#include "pmprep/tui/edit.h"
#include "pmprep/tui/loop.h"

#include <locale.h>
#include <signal.h>
#include <unistd.h>

struct demo {
    struct screen screen;
    struct edit *edit;
    unsigned ticks;
    unsigned pauses;
    bool clock; /* $DEMO_CLOCK: a running round */
    int64_t next;
};

enum { DEMO_QUIT = 1, DEMO_ABORT, DEMO_FATAL, DEMO_CRASH, DEMO_OUTSIDE, DEMO_EXIT, DEMO_LIST, DEMO_STATUS };

static const struct binding keys[] = {
    {"^Q", DEMO_QUIT, "quit", "leave", BIND_BAR},
    {"F2", DEMO_OUTSIDE, "outside", "give the terminal to another program", BIND_BAR},
    {"F3", DEMO_LIST, "list", "another screen", BIND_BAR},
    {"F4", DEMO_STATUS, "status", "say something", 0},
    {"F5", DEMO_ABORT, "abort", "abort()", 0},
    {"F6", DEMO_FATAL, "fatal", "fatal()", 0},
    {"F7", DEMO_CRASH, "crash", "a bad address", 0},
    {"F8", DEMO_EXIT, "exit", "exit(3)", 0},
    {"F1", ACTION_HELP, "help", "all keys", BIND_BAR},
};

static const struct keymap demo_keymap = {"Demo", keys, sizeof(keys) / sizeof(keys[0]), &edit_keymap};

static const struct keymap *keymap(const struct screen *s)
{
    (void)s;
    return &demo_keymap;
}

static bool typing(const struct screen *s)
{
    (void)s;
    return true;
}

static bool say_hello(void *arg, struct err *err)
{
    (void)arg;
    (void)err;
    char c;
    printf("outside, press Enter\n");
    fflush(stdout);
    return read(STDIN_FILENO, &c, 1) == 1;
}

/* ---- a second screen, without an editor */

static unsigned list_action(struct screen *s, struct loop *l, int action, const struct key *k)
{
    (void)s;
    (void)k;
    if (action == ACTION_BACK) {
        return SCREEN_POP;
    }
    loop_status(l, ROLE_STATUS, "action %d", action);
    return SCREEN_DRAW;
}

static const struct keymap *list_map(const struct screen *s)
{
    (void)s;
    return &keymap_list;
}

static void list_paint(const struct screen *s, struct canvas *c)
{
    (void)s;
    int top, bottom;
    frame_draw(c, "A list", "", &keymap_list, &top, &bottom);
    canvas_puts(c, top, 1, ROLE_SELECTED, "selected row");
}

static void list_free(struct screen *s)
{
    free(s);
}

static const struct screen_ops list_ops = {
    .name = "list",
    .keymap = list_map,
    .action = list_action,
    .draw = list_paint,
    .free = list_free,
};

static unsigned act(struct screen *s, struct loop *l, int action, const struct key *k)
{
    (void)s;
    (void)k;
    struct err err = ERR_INIT;
    switch (action) {
    case DEMO_QUIT:
        return SCREEN_QUIT;
    case DEMO_OUTSIDE:
        loop_outside(l, say_hello, NULL, &err);
        break;
    case DEMO_LIST: {
        struct screen *list = mem_calloc(1, sizeof(*list));
        list->ops = &list_ops;
        loop_push(l, list);
        break;
    }
    case DEMO_STATUS:
        loop_status(l, ROLE_ERROR, "something to say");
        break;
    case DEMO_ABORT:
        abort();
    case DEMO_FATAL:
        fatal("told to");
    case DEMO_CRASH:
        raise(SIGSEGV);
        break;
    case DEMO_EXIT:
        exit(3);
    }
    return SCREEN_DRAW;
}

static unsigned take_key(struct screen *s, struct loop *l, const struct key *k)
{
    struct demo *d = (struct demo *)s;
    enum { EDIT_ROW = 3, EDIT_COL = 2 };
    if (k->code == KEY_CLICK) {
        edit_click(d->edit, k->row - EDIT_ROW, k->col - EDIT_COL);
        return SCREEN_DRAW;
    }
    if (!edit_key(d->edit, k)) {
        struct buf name = BUF_INIT;
        key_label(k, &name);
        loop_status(l, ROLE_STATUS, "key %s", buf_str(&name));
        buf_release(&name);
    }
    return SCREEN_DRAW;
}

static unsigned tick(struct screen *s, struct loop *l, int64_t mono_ms)
{
    (void)l;
    struct demo *d = (struct demo *)s;
    d->ticks++;
    d->next = mono_ms + 1000;
    return SCREEN_DRAW;
}

static int64_t wake(const struct screen *s, int64_t mono_ms)
{
    (void)mono_ms;
    const struct demo *d = (const struct demo *)s;
    return d->clock ? d->next : INT64_MAX;
}

static void pause_clock(struct screen *s, bool paused)
{
    struct demo *d = (struct demo *)s;
    d->pauses += paused;
}

static bool save(struct screen *s, struct err *err)
{
    struct demo *d = (struct demo *)s;
    const char *path = getenv("DEMO_SAVE");
    return !path || file_write_atomic(path, edit_text(d->edit), err);
}

static void draw(const struct screen *s, struct canvas *c)
{
    const struct demo *d = (const struct demo *)s;
    int top, bottom;
    frame_draw(c, "Demo", "", &demo_keymap, &top, &bottom);
    timer_draw(c, 0, c->cols - 1, 90000, d->pauses > 0);
    canvas_putf(c, bottom - 1, 1, ROLE_DIM, "%u words, %u ticks, %u pauses, %zu bytes", edit_words(d->edit), d->ticks,
                d->pauses, edit_text(d->edit).len);
    edit_layout(d->edit, text_measure(c->cols), bottom - top - 3);
    edit_draw(d->edit, c, top + 1, 2, true);
}

static void demo_free(struct screen *s)
{
    struct demo *d = (struct demo *)s;
    edit_free(d->edit);
    free(d);
}

static const struct screen_ops demo_ops = {
    .name = "demo",
    .keymap = keymap,
    .typing = typing,
    .action = act,
    .key = take_key,
    .tick = tick,
    .wake = wake,
    .pause = pause_clock,
    .save = save,
    .draw = draw,
    .free = demo_free,
};

int main(void)
{
    setlocale(LC_CTYPE, "");
    struct demo *d = mem_calloc(1, sizeof(*d));
    struct loop_options options = {.theme = THEME_DARK, .mouse = true};
    struct err err = ERR_INIT;
    int signal_number;
    d->screen.ops = &demo_ops;
    d->edit = edit_new(getenv("DEMO_TEXT"));
    d->clock = getenv("DEMO_CLOCK") != NULL;
    bool ok = loop_run(&options, &d->screen, &signal_number, &err);
    if (!ok) {
        fprintf(stderr, "demo: %s\n", err.text);
    }
    if (signal_number != 0) {
        signal(signal_number, SIG_DFL);
        raise(signal_number);
    }
    return ok ? 0 : 1;
}
