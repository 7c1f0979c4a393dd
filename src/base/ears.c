#include "pmprep/base/ears.h"

static const int signals[EARS] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static volatile sig_atomic_t heard;

static void hear(int sig)
{
    heard = sig;
}

void ears_open(struct ears *e)
{
    struct sigaction listen = {.sa_handler = hear};
    heard = 0;
    for (int i = 0; i < EARS; i++) {
        sigaction(signals[i], &listen, &e->old[i]);
        if (e->old[i].sa_handler == SIG_IGN) {
            sigaction(signals[i], &e->old[i], NULL);
        }
    }
}

int ears_heard(void)
{
    return heard;
}

void ears_close(struct ears *e)
{
    for (int i = 0; i < EARS; i++) {
        sigaction(signals[i], &e->old[i], NULL);
    }
}
