#include "loop_impl.h"
#include "rescue.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/mem.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#ifdef PMPREP_TEST_HOOKS
/* PMPREP_SETTLE_FD gets one byte whenever the input is drained and the frame is out. */
static void tell_settled(void)
{
    const char *fd = getenv("PMPREP_SETTLE_FD");
    if (fd) {
        ssize_t ignored = write((int)strtol(fd, NULL, 10), "", 1);
        (void)ignored;
    }
}

/* A test moves the clock behind our back, so it is looked at often. */
static int limit_wait(int ms)
{
    enum { LOOK_MS = 10 };
    return getenv("PMPREP_TEST_CLOCK") && (ms < 0 || ms > LOOK_MS) ? LOOK_MS : ms;
}
#else
static void tell_settled(void)
{
}

static int limit_wait(int ms)
{
    return ms;
}
#endif

static void show(struct loop *l)
{
    int rows, cols;
    if (l->want_redraw) {
        term_repaint(l->term);
        l->want_redraw = false;
    }
    term_size(l->term, &rows, &cols);
    loop_resize(l, rows, cols);
    if (l->dirty) {
        term_show(l->term, loop_draw(l, rows, cols));
    }
}

static void suspend(struct loop *l)
{
    struct err err = ERR_INIT;
    bool saved = loop_save(l, &err);
    loop_pause(l, true);
    term_leave(l->term);
    signals_stop();
    term_return(l->term);
    l->now = clock_mono_ms();
    loop_pause(l, false);
    l->dirty = true;
    l->want_suspend = false;
    if (!saved) {
        loop_error(l, &err);
    }
}

/* Answers the signal to die by, or 0. */
static int handle_signals(struct loop *l)
{
    for (int number = signals_next(); number != 0; number = signals_next()) {
        switch (number) {
        case SIGWINCH:
            term_resized(l->term);
            l->dirty = true;
            break;
        case SIGCONT: /* stopped without having been asked: the terminal may be in any state */
            term_leave(l->term);
            term_return(l->term);
            l->dirty = true;
            break;
        case SIGTSTP:
            l->want_suspend = true;
            break;
        default:
            return number;
        }
    }
    return 0;
}

/* Milliseconds for poll: until the screen wants to tick, -1 for as long as it takes. */
static int time_to_wait(const struct loop *l)
{
    int64_t wake = loop_wake(l);
    if (wake == INT64_MAX) {
        return limit_wait(-1);
    }
    int64_t ms = wake - clock_mono_ms();
    return limit_wait(ms < 1 ? 1 : ms > INT_MAX ? INT_MAX : (int)ms);
}

/* False when the terminal is gone. */
static bool wait_for_input(const struct loop *l)
{
    struct pollfd fds[] = {{.fd = term_fd(l->term), .events = POLLIN}, {.fd = signals_fd(), .events = POLLIN}};
    int ready = poll(fds, 2, time_to_wait(l));
    return ready <= 0 || !(fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) || (fds[0].revents & POLLIN);
}

static void drain_input(struct loop *l)
{
    struct key k;
    while (!l->done && !l->want_suspend && term_read(l->term, &k)) {
        loop_feed(l, &k);
    }
}

/* Answers the signal to die by, or 0. */
static int run(struct loop *l)
{
    for (;;) {
        if (l->want_suspend) {
            suspend(l);
        }
        if (l->done) {
            return 0;
        }
        if (l->dirty || l->want_redraw) {
            show(l);
        }
        tell_settled();
        bool alive = wait_for_input(l);
        int number = handle_signals(l);
        loop_advance(l, clock_mono_ms());
        drain_input(l); /* before a signal ends it: what was typed until then is saved too */
        if (number != 0) {
            return number;
        }
        if (!alive || term_lost(l->term)) {
            return SIGHUP;
        }
    }
}

bool loop_run(const struct loop_options *o, struct screen *first, int *signal_out, struct err *err)
{
    *signal_out = 0;
    struct term *term;
    if (!signals_open(rescue_now, err)) {
        first->ops->free(first);
        return false;
    }
    fatal_set_hook(rescue_now);
    if (!term_open(o->theme, o->mouse, &term, err)) {
        fatal_set_hook(NULL);
        signals_close();
        first->ops->free(first);
        return false;
    }
    struct loop *l = loop_new(o, first, clock_mono_ms());
    l->term = term;
    *signal_out = run(l);
    /* a screen that left by SCREEN_QUIT has been saved, or the user insisted */
    bool saved = *signal_out == 0 || loop_save(l, err);
    term_close(term);
    l->term = NULL;
    fatal_set_hook(NULL);
    signals_close();
    loop_free(l);
    return saved;
}
