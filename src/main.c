#include "pmprep/cli/cli.h"
#include "screens/screens.h"

#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* A terminal that goes away or a file that may not grow is no reason to die with text unsaved: the write itself fails
 * instead. */
static void ignore_failing_writes(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

/* Whoever waits for us shall see what ended us. */
static void die_by(int sig)
{
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t only;
    sigaction(sig, &plain, NULL);
    sigemptyset(&only);
    sigaddset(&only, sig);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    raise(sig);
}

static const struct cli_tui tui = {
    .home = tui_home, .drill = tui_drill, .mock = tui_mock, .review = tui_review, .stories = tui_stories};

int main(int argc, char **argv)
{
    int sig = 0;
    setlocale(LC_CTYPE, "");
    umask(077);
    ignore_failing_writes();
    int code = cli_main(argc, argv, &tui, &sig);
    if (sig) {
        die_by(sig);
    }
    return code;
}
