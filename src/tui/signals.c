#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A handler has no other place to look than here: all of it is written before the handlers are installed. */
static volatile sig_atomic_t waiting[NSIG];
static int wake_pipe[2] = {-1, -1};
static void (*on_crash)(void);

enum kind { TOLD, CRASH };

static const struct {
    int number;
    enum kind kind;
} handled[] = {
    {SIGHUP, TOLD},   {SIGTERM, TOLD},  {SIGINT, TOLD},  {SIGQUIT, TOLD}, {SIGTSTP, TOLD}, {SIGCONT, TOLD},
    {SIGWINCH, TOLD}, {SIGSEGV, CRASH}, {SIGBUS, CRASH}, {SIGFPE, CRASH}, {SIGILL, CRASH}, {SIGABRT, CRASH},
};

enum { HANDLED = sizeof(handled) / sizeof(handled[0]) };

static struct sigaction before[HANDLED];

/* A handler of its own stack tells of a stack that overflowed, too. */
static char crash_stack[1 << 15];

static void tell(int number)
{
    int saved = errno;
    waiting[number] = 1;
    ssize_t ignored = write(wake_pipe[1], "", 1); /* a full pipe wakes the poll just as well */
    (void)ignored;
    errno = saved;
}

/* Whoever handled this signal before (the system, a sanitiser) gets it as soon as this returns. */
static void crash(int number)
{
    on_crash();
    for (size_t i = 0; i < HANDLED; i++) {
        if (handled[i].number == number) {
            sigaction(number, &before[i], NULL);
        }
    }
    raise(number);
}

static bool make_pipe(struct err *err)
{
    if (pipe(wake_pipe) != 0) {
        return err_errno(err, "cannot make a pipe for signals");
    }
    for (int i = 0; i < 2; i++) {
        fcntl(wake_pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake_pipe[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

/* One that is ignored already (nohup) stays so. */
static bool is_ignored(const struct sigaction *a)
{
    return a->sa_handler == SIG_IGN;
}

bool signals_open(void (*crash_hook)(void), struct err *err)
{
    if (!make_pipe(err)) {
        return false;
    }
    on_crash = crash_hook;
    sigaltstack(&(stack_t){.ss_sp = crash_stack, .ss_size = sizeof(crash_stack)}, NULL);
    for (size_t i = 0; i < HANDLED; i++) {
        int number = handled[i].number;
        struct sigaction action = {0};
        waiting[number] = 0;
        action.sa_handler = handled[i].kind == CRASH ? crash : tell;
        action.sa_flags = handled[i].kind == CRASH ? SA_ONSTACK : 0;
        sigemptyset(&action.sa_mask);
        sigaction(number, NULL, &before[i]);
        if (!is_ignored(&before[i])) {
            sigaction(number, &action, NULL);
        }
    }
    return true;
}

void signals_close(void)
{
    for (size_t i = 0; i < HANDLED; i++) {
        sigaction(handled[i].number, &before[i], NULL);
    }
    for (int i = 0; i < 2; i++) {
        close(wake_pipe[i]);
        wake_pipe[i] = -1;
    }
}

int signals_fd(void)
{
    return wake_pipe[0];
}

int signals_next(void)
{
    char drain[64];
    while (read(wake_pipe[0], drain, sizeof(drain)) > 0) {
    }
    for (size_t i = 0; i < HANDLED; i++) {
        if (waiting[handled[i].number]) {
            waiting[handled[i].number] = 0;
            return handled[i].number;
        }
    }
    return 0;
}

static void set_stop_handler(void (*handler)(int))
{
    struct sigaction now;
    sigaction(SIGTSTP, NULL, &now);
    if (!is_ignored(&now)) {
        struct sigaction action = {0};
        action.sa_handler = handler;
        sigemptyset(&action.sa_mask);
        sigaction(SIGTSTP, &action, NULL);
    }
}

void signals_stop(void)
{
    set_stop_handler(SIG_DFL);
    kill(0, SIGTSTP); /* the group: a make or a pipe around us stops with us */
    set_stop_handler(tell);
    waiting[SIGCONT] = 0;
}

void signals_outside(bool outside)
{
    set_stop_handler(outside ? SIG_DFL : tell);
    waiting[SIGCONT] = 0; /* stopped and continued together with the other program */
}
