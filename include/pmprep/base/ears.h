#ifndef PMPREP_BASE_EARS_H
#define PMPREP_BASE_EARS_H

#include <signal.h>

/*
 * Hearing of SIGINT, SIGTERM, SIGHUP and SIGQUIT instead of dying by them, while something has to be put away first.
 * Not to be nested. A signal that is ignored, as under nohup, stays ignored.
 */
enum { EARS = 4 };
struct ears {
    struct sigaction old[EARS];
};

void ears_open(struct ears *e);
int ears_heard(void);            /* the last signal since ears_open(); 0: none. It interrupts poll() and read() */
void ears_close(struct ears *e); /* as before; what was heard is for the caller to act on */

#endif
