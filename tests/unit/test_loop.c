#include "pmprep/base/mem.h"
#include "pmprep/tui/edit.h"
#include "pmprep/tui/loop.h"
#include "support/unit.h"

/* A screen that writes what happens to it into a shared journal and does what it is told. */
struct probe {
    struct screen screen;
    const char *name;
    struct buf *journal;
    bool typing;
    bool save_fails;
    unsigned answer;        /* to the next action or key */
    struct screen *push;    /* pushed by the next action */
    struct screen *replace; /* put in its place by the next action */
    int64_t wake_at;
};

static void note(const struct screen *s, const char *what, const char *detail)
{
    const struct probe *p = (const struct probe *)s;
    buf_addf(p->journal, "%s.%s%s%s ", p->name, what, detail ? ":" : "", detail ? detail : "");
}

static const struct binding keys[] = {{"x ^X", 1, "act", "act", BIND_BAR}, {"q", 2, "quit", "quit", BIND_BAR}};
static const struct keymap map = {"Probe", keys, 2, &edit_keymap};

static const struct keymap *probe_keymap(const struct screen *s)
{
    (void)s;
    return &map;
}

static bool probe_typing(const struct screen *s)
{
    return ((const struct probe *)s)->typing;
}

static unsigned probe_action(struct screen *s, struct loop *l, int action, const struct key *k)
{
    (void)k;
    struct probe *p = (struct probe *)s;
    note(s, "action", action == 1 ? "act" : action == 2 ? "quit" : "other");
    if (p->push) {
        loop_push(l, p->push);
    }
    if (p->replace) {
        loop_replace(l, p->replace);
    }
    p->push = p->replace = NULL;
    return action == 2 ? SCREEN_QUIT : p->answer;
}

static unsigned probe_key(struct screen *s, struct loop *l, const struct key *k)
{
    (void)l;
    struct buf label = BUF_INIT;
    key_label(k, &label);
    note(s, "key", buf_str(&label));
    buf_release(&label);
    return ((struct probe *)s)->answer;
}

static unsigned probe_tick(struct screen *s, struct loop *l, int64_t mono_ms)
{
    (void)l;
    struct probe *p = (struct probe *)s;
    note(s, "tick", NULL);
    p->wake_at = mono_ms + 1000;
    return SCREEN_DRAW;
}

static int64_t probe_wake(const struct screen *s, int64_t mono_ms)
{
    (void)mono_ms;
    return ((const struct probe *)s)->wake_at;
}

static unsigned probe_shown(struct screen *s, struct loop *l)
{
    (void)l;
    note(s, "shown", NULL);
    return SCREEN_IDLE;
}

static bool probe_save(struct screen *s, struct err *err)
{
    const struct probe *p = (const struct probe *)s;
    note(s, "save", NULL);
    return !p->save_fails || err_set(err, ERR_FULL, "the disk is full");
}

static void probe_draw(const struct screen *s, struct canvas *c)
{
    int top, bottom;
    frame_draw(c, ((const struct probe *)s)->name, "right", &map, &top, &bottom);
    canvas_puts(c, top, 0, ROLE_TEXT, "top");
    canvas_puts(c, bottom - 1, 0, ROLE_TEXT, "bottom");
    canvas_puts(c, bottom, 0, ROLE_TEXT, "status row");
}

static void probe_free(struct screen *s)
{
    note(s, "free", NULL);
    free(s);
}

static const struct screen_ops probe_ops = {
    .name = "probe",
    .keymap = probe_keymap,
    .typing = probe_typing,
    .action = probe_action,
    .key = probe_key,
    .tick = probe_tick,
    .wake = probe_wake,
    .shown = probe_shown,
    .save = probe_save,
    .draw = probe_draw,
    .free = probe_free,
};

static struct probe *probe_new(const char *name, struct buf *journal)
{
    struct probe *p = mem_calloc(1, sizeof(*p));
    p->screen.ops = &probe_ops;
    p->name = name;
    p->journal = journal;
    p->wake_at = INT64_MAX;
    return p;
}

static const struct loop_options options = {.theme = THEME_MONO};

struct fixture {
    struct buf journal;
    struct probe *a;
    struct loop *loop;
};

static int set_up(void **state)
{
    struct fixture *f = mem_calloc(1, sizeof(*f));
    f->a = probe_new("a", &f->journal);
    f->loop = loop_new(&options, &f->a->screen, 1000);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    loop_free(f->loop);
    buf_release(&f->journal);
    free(f);
    return 0;
}

static void press(struct fixture *f, const char *names)
{
    struct sv rest = sv_from(names), name;
    while (sv_split(&rest, ' ', &name)) {
        char text[32];
        struct key k;
        snprintf(text, sizeof(text), SV_FMT, SV_ARG(name));
        assert_true(key_parse(text, &k));
        loop_feed(f->loop, &k);
    }
}

static void check(struct fixture *f, const char *want)
{
    assert_string_equal(buf_str(&f->journal), want);
    buf_clear(&f->journal);
}

static void keys_find_their_place(void **state)
{
    struct fixture *f = *state;
    check(f, "a.shown ");
    press(f, "x y ^X F1 Left ^Z ^L");
    check(f, "a.action:act a.key:y a.action:act a.action:other a.key:Left ");
    f->a->typing = true;
    press(f, "x ? ^X");
    check(f, "a.key:x a.key:? a.action:act ");
    struct key paste = {.code = KEY_PASTE, .text = "x", .text_len = 1};
    loop_feed(f->loop, &paste);
    check(f, "a.key:Paste ");
    press(f, "^C");
    check(f, "a.key:^C ");
}

static void screens_are_pushed_and_popped(void **state)
{
    struct fixture *f = *state;
    struct probe *b = probe_new("b", &f->journal), *c = probe_new("c", &f->journal);
    f->a->push = &b->screen;
    b->replace = &c->screen;
    c->answer = SCREEN_POP;
    press(f, "x");
    check(f, "a.shown a.action:act b.shown ");
    press(f, "x");
    check(f, "b.action:act b.free c.shown ");
    press(f, "y");
    check(f, "c.key:y c.free a.shown ");
    assert_false(loop_done(f->loop));
    f->a->answer = SCREEN_POP;
    press(f, "y");
    check(f, "a.key:y a.free ");
    assert_true(loop_done(f->loop));
    press(f, "y");
    check(f, "");
}

static void a_screen_may_leave_and_push_at_once(void **state)
{
    struct fixture *f = *state;
    struct probe *b = probe_new("b", &f->journal);
    f->a->push = &b->screen;
    f->a->answer = SCREEN_POP;
    press(f, "x");
    check(f, "a.shown a.action:act a.free b.shown ");
    assert_false(loop_done(f->loop));
}

static void everything_is_saved_top_first(void **state)
{
    struct fixture *f = *state;
    struct err err = ERR_INIT;
    struct probe *b = probe_new("b", &f->journal);
    f->a->push = &b->screen;
    b->save_fails = true;
    press(f, "x");
    buf_clear(&f->journal);
    assert_false(loop_save(f->loop, &err));
    assert_string_equal(err.text, "the disk is full");
    check(f, "b.save a.save ");
}

static void quitting_saves_or_asks_again(void **state)
{
    struct fixture *f = *state;
    enum role role;
    f->a->save_fails = true;
    press(f, "q");
    assert_false(loop_done(f->loop));
    assert_string_equal(loop_status_text(f->loop, &role),
                        "not saved, quit again to leave all the same: the disk is full");
    assert_int_equal(role, ROLE_ERROR);
    press(f, "y q");
    assert_false(loop_done(f->loop));
    press(f, "q");
    assert_true(loop_done(f->loop));
}

static void quitting_with_all_saved_leaves(void **state)
{
    struct fixture *f = *state;
    press(f, "q");
    check(f, "a.shown a.action:quit a.save ");
    assert_true(loop_done(f->loop));
}

static void ticks_come_when_they_are_due(void **state)
{
    struct fixture *f = *state;
    buf_clear(&f->journal);
    loop_advance(f->loop, 100000);
    check(f, "");
    f->a->wake_at = 100500;
    loop_advance(f->loop, 100499);
    check(f, "");
    loop_advance(f->loop, 100500);
    check(f, "a.tick ");
    loop_advance(f->loop, 101000);
    check(f, "");
    loop_advance(f->loop, 101500);
    check(f, "a.tick ");
    assert_int_equal(loop_now(f->loop), 101500);
}

static void shown_rows(struct fixture *f, int rows, int cols, struct buf *out)
{
    buf_clear(out);
    canvas_dump(loop_draw(f->loop, rows, cols), false, out);
}

static void the_frame(void **state)
{
    struct fixture *f = *state;
    struct buf shown = BUF_INIT;
    shown_rows(f, 18, 60, &shown);
    assert_string_equal(buf_str(&shown),
                        " a                                                    right\n\n"
                        "top\n\n\n\n\n\n\n\n\n\n\n\n\nbottom\nstatus row\n x act   q quit   F1 help\n");
    loop_status(f->loop, ROLE_STATUS, "said %d", 1);
    shown_rows(f, 18, 60, &shown);
    assert_non_null(strstr(buf_str(&shown), "bottom\n said 1\n x act"));
    press(f, "y");
    shown_rows(f, 18, 60, &shown);
    assert_non_null(strstr(buf_str(&shown), "bottom\nstatus row\n x act"));
    buf_release(&shown);
}

static void too_small_hides_and_keeps(void **state)
{
    struct fixture *f = *state;
    struct buf shown = BUF_INIT;
    f->a->wake_at = 2000;
    buf_clear(&f->journal);
    shown_rows(f, 17, 60, &shown);
    assert_non_null(strstr(buf_str(&shown), "60x17 is too small, 60x18 is needed."));
    check(f, "a.save ");
    loop_advance(f->loop, 5000);
    press(f, "x y Enter");
    check(f, "");
    shown_rows(f, 1, 1, &shown);
    assert_string_equal(buf_str(&shown), "1\n");
    shown_rows(f, 18, 60, &shown);
    loop_advance(f->loop, 5001);
    check(f, "a.tick ");
    shown_rows(f, 200, 59, &shown);
    f->a->typing = true;
    press(f, "q");
    assert_false(loop_done(f->loop));
    press(f, "^C");
    assert_true(loop_done(f->loop));
    buf_release(&shown);
}

static bool outside(void *arg, struct err *err)
{
    *(bool *)arg = true;
    return err_set(err, ERR_IO, "it failed");
}

static void outside_tells_how_it_went(void **state)
{
    struct fixture *f = *state;
    struct err err = ERR_INIT;
    bool called = false;
    assert_false(loop_outside(f->loop, outside, &called, &err));
    assert_true(called);
    assert_string_equal(err.text, "it failed");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_find_their_place),
        TEST(screens_are_pushed_and_popped),
        TEST(a_screen_may_leave_and_push_at_once),
        TEST(everything_is_saved_top_first),
        TEST(quitting_saves_or_asks_again),
        TEST(quitting_with_all_saved_leaves),
        TEST(ticks_come_when_they_are_due),
        TEST(the_frame),
        TEST(too_small_hides_and_keeps),
        TEST(outside_tells_how_it_went),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
