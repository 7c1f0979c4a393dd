#include "pmprep/base/proc.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/ears.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TO_IT, FROM_IT, ERRORS, PIPES };
enum {
    CHUNK = 16 * 1024,
    TURN_MOST = 16 * CHUNK, /* of one pipe at a time: one that never stops printing must not keep us from our clock */
    ERRORS_MOST = 4096,
    COMPLAINT_MOST = 160,
    LOOK_MS = 20, /* an end is noticed that late when somebody else holds its pipes */
};

struct proc {
    pid_t child;
    int fd[PIPES]; /* our ends; -1 closed */
    char *name;
    struct buf input;
    size_t sent;
    struct buf output, errors;
    struct proc_limits limits;
    int64_t until_ms;
    int raw; /* as waitpid gave it, once it has ended */
    enum proc_end end;
};

static void shut(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
    }
    *fd = -1;
}

/* Pipes for the three streams: theirs go to the child. */
static bool open_pipes(int ours[PIPES], int theirs[PIPES])
{
    for (int i = 0; i < PIPES; i++) {
        int ends[2];
        if (!proc_pair(ends)) {
            return false;
        }
        ours[i] = ends[i == TO_IT];
        theirs[i] = ends[i != TO_IT];
        fcntl(ours[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

bool proc_start(char *const argv[], struct sv input, const struct proc_limits *limits, struct proc **out,
                struct err *err)
{
    int ours[PIPES] = {-1, -1, -1}, theirs[PIPES] = {-1, -1, -1};
    pid_t child = -1;
    bool ok = open_pipes(ours, theirs) || err_errno(err, "cannot start %s", argv[0]);
    ok = ok && proc_spawn(argv, theirs, &child, err);
    for (int i = 0; i < PIPES; i++) {
        shut(&theirs[i]);
        if (!ok) {
            shut(&ours[i]);
        }
    }
    if (!ok) {
        return false;
    }
    struct proc *p = mem_calloc(1, sizeof(*p));
    p->child = child;
    memcpy(p->fd, ours, sizeof(ours));
    p->name = mem_strdup(argv[0]);
    buf_addsv(&p->input, input);
    p->limits = *limits;
    p->until_ms = clock_mono_ms() + limits->ms;
    *out = p;
    return true;
}

/* ---- moving */

/* A program that reads no further has heard enough: that is no error, and no SIGPIPE for us. */
static void feed(struct proc *p)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
    ssize_t put = 0;
    sigaction(SIGPIPE, &ignore, &old);
    while (p->sent < p->input.len) {
        put = write(p->fd[TO_IT], p->input.data + p->sent, p->input.len - p->sent);
        if (put < 0) {
            break;
        }
        p->sent += (size_t)put;
    }
    bool later = put < 0 && (errno == EAGAIN || errno == EINTR);
    sigaction(SIGPIPE, &old, NULL);
    if (!later) {
        shut(&p->fd[TO_IT]);
    }
}

/* What comes beyond most bytes is thrown away; false when there was such. */
static bool take(int *fd, struct buf *into, size_t most)
{
    bool fits = true;
    char chunk[CHUNK];
    for (size_t turn = 0; turn < TURN_MOST;) {
        ssize_t got = read(*fd, chunk, sizeof(chunk));
        if (got <= 0) {
            if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
                shut(fd);
            }
            break;
        }
        size_t room = most - into->len, len = (size_t)got;
        buf_add(into, chunk, len < room ? len : room);
        fits = fits && len <= room;
        turn += len;
    }
    return fits;
}

static void move(struct proc *p)
{
    if (p->fd[TO_IT] >= 0) {
        feed(p);
    }
    if (p->fd[ERRORS] >= 0) {
        take(&p->fd[ERRORS], &p->errors, ERRORS_MOST);
    }
    if (p->fd[FROM_IT] >= 0 && !take(&p->fd[FROM_IT], &p->output, p->limits.bytes) && p->limits.bytes > 0) {
        p->end = PROC_TOO_MUCH;
    }
}

/* Waits until something can be moved. */
static void wait_to_move(const struct proc *p, int ms)
{
    struct pollfd fds[PIPES];
    nfds_t count = 0;
    for (int i = 0; i < PIPES; i++) {
        if (p->fd[i] >= 0) {
            fds[count++] = (struct pollfd){.fd = p->fd[i], .events = i == TO_IT ? POLLOUT : POLLIN};
        }
    }
    poll(fds, count, ms < LOOK_MS ? ms : LOOK_MS);
}

/* ---- its end */

/* It stays uncollected, so that its number, which is that of its group, is nobody else's yet. */
static bool has_exited(const struct proc *p)
{
    siginfo_t info = {.si_pid = 0};
    int got = waitid(P_PID, (id_t)p->child, &info, WEXITED | WNOHANG | WNOWAIT);
    return got == 0 ? info.si_pid != 0 : errno != EINTR;
}

/* Whatever it was that ended it: nothing it started goes on. */
static void finish(struct proc *p)
{
    kill(-p->child, SIGKILL);
    while (waitpid(p->child, &p->raw, 0) < 0 && errno == EINTR) {
        /* again */
    }
    for (int i = 0; i < PIPES; i++) {
        shut(&p->fd[i]);
    }
}

/* After its exit only what is in the pipes already counts: what it left behind may hold them open for ever. */
static void look(struct proc *p)
{
    bool exited = has_exited(p);
    move(p);
    if (p->end == PROC_RUNS && !exited && clock_mono_ms() >= p->until_ms) {
        p->end = PROC_TOO_LONG;
    }
    if (p->end != PROC_RUNS || exited) {
        finish(p);
    }
    if (p->end == PROC_RUNS && exited) {
        p->end = WIFSIGNALED(p->raw) ? PROC_KILLED : PROC_EXITED;
    }
}

bool proc_step(struct proc *p, int wait_ms)
{
    if (p->end == PROC_RUNS) {
        look(p);
    }
    if (p->end == PROC_RUNS && wait_ms > 0) {
        wait_to_move(p, wait_ms);
        look(p);
    }
    return p->end != PROC_RUNS;
}

void proc_signal(struct proc *p, int sig)
{
    if (p->end == PROC_RUNS) {
        kill(-p->child, sig);
    }
}

void proc_stop(struct proc *p)
{
    if (p->end == PROC_RUNS) {
        p->end = PROC_STOPPED;
        finish(p);
    }
}

void proc_free(struct proc *p)
{
    if (!p) {
        return;
    }
    proc_stop(p);
    buf_release(&p->input);
    buf_release(&p->output);
    buf_release(&p->errors);
    free(p->name);
    free(p);
}

enum proc_end proc_ended(const struct proc *p, int *status)
{
    *status = p->end == PROC_EXITED ? WEXITSTATUS(p->raw) : p->end == PROC_KILLED ? WTERMSIG(p->raw) : 0;
    return p->end;
}

struct sv proc_output(const struct proc *p)
{
    return buf_sv(&p->output);
}

/* ": the last line it complained with", or nothing. */
static void add_complaint(const struct proc *p, struct buf *out)
{
    struct sv rest = buf_sv(&p->errors), line, last = SV("");
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        line = sv_trim(line);
        last = line.len > 0 ? line : last;
    }
    if (last.len > 0) {
        buf_adds(out, ": ");
        visible_add(out, utf8_clip(last, COMPLAINT_MOST), VISIBLE_LINE);
    }
}

bool proc_result(const struct proc *p, struct err *err)
{
    int status;
    struct buf complaint = BUF_INIT;
    add_complaint(p, &complaint);
    const char *said = buf_str(&complaint);
    bool ok = false;
    switch (proc_ended(p, &status)) {
    case PROC_RUNS:
        err_set(err, ERR_BUSY, "%s has not ended yet", p->name);
        break;
    case PROC_EXITED:
        ok = status == 0 || err_set(err, ERR_IO, "%s failed with exit status %d%s", p->name, status, said);
        break;
    case PROC_KILLED:
        err_set(err, ERR_IO, "%s was ended by signal %d%s", p->name, status, said);
        break;
    case PROC_TOO_LONG:
        err_set(err, ERR_IO, "%s was stopped: it took longer than %d seconds%s", p->name, (int)(p->limits.ms / 1000),
                said);
        break;
    case PROC_TOO_MUCH:
        err_set(err, ERR_FULL, "%s was stopped: it printed more than %zu KB", p->name, p->limits.bytes / 1024);
        break;
    case PROC_STOPPED:
        err_set(err, ERR_CANCELLED, "%s was stopped", p->name);
        break;
    }
    buf_release(&complaint);
    return ok;
}

/* ---- waiting, with an ear for signals */

/* With the ears open. */
static void wait_or_stop(struct proc *p)
{
    while (!ears_heard() && !proc_step(p, LOOK_MS)) {
        /* each step waits */
    }
    proc_stop(p);
}

/* ^C was for the program; anything else was meant for us, too. */
static void pass_on(int heard)
{
    if (heard && heard != SIGINT) {
        raise(heard);
    }
}

void proc_wait(struct proc *p)
{
    struct ears ears;
    ears_open(&ears);
    wait_or_stop(p);
    ears_close(&ears);
    pass_on(ears_heard());
}

bool proc_pipe(char *const argv[], struct sv input, const struct proc_limits *limits, struct buf *output,
               struct err *err)
{
    struct proc *p;
    struct ears ears;
    ears_open(&ears); /* before there is a program that a signal could leave behind */
    bool started = proc_start(argv, input, limits, &p, err);
    if (started) {
        wait_or_stop(p);
    }
    ears_close(&ears);
    pass_on(ears_heard());
    if (!started) {
        return false;
    }
    bool ok = proc_result(p, err);
    buf_addsv(output, proc_output(p));
    proc_free(p);
    return ok;
}
