#include "pmprep/base/proc.h"

#include "pmprep/base/buf.h"
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

/* Reads one word at *at into word, unquoted. False on an open quote or a lone backslash at the end. */
static bool take_word(const char **at, struct buf *word)
{
    const char *p = *at;
    char quote = '\0';
    for (; *p && (quote || !strchr(" \t\n", *p)); p++) {
        if (quote ? *p == quote : (*p == '\'' || *p == '"')) {
            quote = quote ? '\0' : *p;
            continue;
        }
        if (*p == '\\' && quote != '\'') {
            p++;
            if (!*p) {
                return false;
            }
        }
        buf_addc(word, *p);
    }
    *at = p;
    return quote == '\0';
}

bool proc_split(const char *command, struct arena *a, char ***argv, struct err *err)
{
    size_t most = strlen(command) / 2 + 2; /* every word but the last takes a blank too */
    char **words = arena_array(a, most, sizeof(*words));
    struct buf word = BUF_INIT;
    size_t count = 0;
    for (const char *p = command + strspn(command, " \t\n"); *p; p += strspn(p, " \t\n")) {
        buf_clear(&word);
        if (!take_word(&p, &word)) {
            buf_release(&word);
            return err_set(err, ERR_USAGE, "the command %s ends inside a quote or after a backslash: close it",
                           command);
        }
        words[count++] = arena_sv(a, buf_sv(&word));
    }
    buf_release(&word);
    if (count == 0) {
        return err_set(err, ERR_USAGE, "the command is empty: name a program");
    }
    *argv = words;
    return true;
}

/* In the child: nothing of our signal set-up survives. Only calls that are safe after fork. */
_Noreturn static void run_child(char *const argv[], const int *fds, int report)
{
    if (fds) {
        setsid();
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
        for (int fd = 0; fd < 3; fd++) {
            dup2(fds[fd], fd);
        }
    }
    struct sigaction plain = {.sa_handler = SIG_DFL};
    for (int sig = 1; sig < 32; sig++) {
        sigaction(sig, &plain, NULL); /* refused for SIGKILL and SIGSTOP */
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvp(argv[0], argv);
    int failure = errno;
    ssize_t put = write(report, &failure, sizeof(failure));
    _exit(put == (ssize_t)sizeof(failure) ? 127 : 126);
}

/* The errno of a failed exec, or 0 once the child has become the program (its end of the pipe closes then). */
static int exec_failure(int report)
{
    int failure = 0;
    ssize_t got;
    do {
        got = read(report, &failure, sizeof(failure));
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof(failure) ? failure : 0;
}

static bool wait_for(pid_t child, int *status)
{
    while (waitpid(child, status, 0) < 0) {
        if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* The same descriptor above those of the standard streams; closes the old one. */
static int lift(int fd)
{
    int lifted = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    int why = errno;
    close(fd);
    errno = why;
    return lifted;
}

bool proc_pair(int ends[2])
{
    if (pipe(ends) != 0) {
        return false;
    }
    ends[0] = lift(ends[0]);
    ends[1] = lift(ends[1]);
    if (ends[0] >= 0 && ends[1] >= 0) {
        return true;
    }
    int why = errno;
    close(ends[0] >= 0 ? ends[0] : ends[1]);
    errno = why;
    return false;
}

bool proc_spawn(char *const argv[], const int *fds, pid_t *child, struct err *err)
{
    int ends[2];
    if (!proc_pair(ends)) {
        return err_errno(err, "cannot start %s", argv[0]);
    }
    *child = fork();
    if (*child == 0) {
        run_child(argv, fds, ends[1]);
    }
    int failure = *child < 0 ? errno : 0;
    close(ends[1]);
    if (*child > 0) {
        failure = exec_failure(ends[0]);
    }
    close(ends[0]);
    if (failure == 0) {
        return true;
    }
    if (*child > 0) {
        int status;
        wait_for(*child, &status);
    }
    errno = failure;
    return err_errno(err, "cannot start %s", argv[0]);
}

bool proc_run(char *const argv[], int *status, struct err *err)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
    fflush(NULL); /* what we printed comes before what the program prints */
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);
    pid_t child = -1;
    int raw = 0;
    bool ok = proc_spawn(argv, NULL, &child, err);
    if (ok && !wait_for(child, &raw)) {
        ok = err_errno(err, "lost sight of %s", argv[0]);
    }
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    if (ok) {
        *status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
    }
    return ok;
}
