#ifndef PMPREP_CLI_INPUT_H
#define PMPREP_CLI_INPUT_H

#include "pmprep/base/buf.h"

#include <stdbool.h>

/* Lines of any length from a file descriptor, cleaned: valid UTF-8 without NUL, without the line end. */
struct input {
    int fd;
    bool ended; /* nothing more will come */
    struct buf pending;
    size_t at;
    void (*idle)(void *ctx); /* called about twice a second, and after a signal, while a line is waited for; NULL */
    void *idle_ctx;
};

void input_init(struct input *in, int fd);
void input_release(struct input *in);

/* The next line in place of what *line held; the last one may lack its newline. False at the end of input. */
bool input_line(struct input *in, struct buf *line);

/* False when reading would wait: the other side pauses. */
bool input_ready(const struct input *in);

#endif
