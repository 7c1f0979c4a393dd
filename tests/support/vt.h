#ifndef PMPREP_TESTS_VT_H
#define PMPREP_TESTS_VT_H

#include "pmprep/base/buf.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * A program on a pseudo terminal that libvterm plays: the tests of the real program see what a person sees. Nothing
 * sleeps; every wait has a deadline and, when it passes, prints the screen to stderr and answers false.
 */
struct vt;

enum { VT_DEADLINE_MS = 20000 };

/* Starts argv[0] (a path) with TERM=xterm-256color, LC_ALL=C.UTF-8 and a settle pipe on top of this process's
 * environment. env, which may be NULL, ends with NULL: "NAME=value" sets, "NAME" removes. */
struct vt *vt_start(char *const argv[], const char *const env[], int rows, int cols);
/* Kills what still runs. */
void vt_free(struct vt *vt);

void vt_type(struct vt *vt, const char *text); /* the bytes as they are */
void vt_key(struct vt *vt, const char *names); /* "^S F3 Enter M-b C-Left": names of key_parse, sent as xterm does */
void vt_paste(struct vt *vt, const char *text, size_t len); /* bracketed when the program asked for it */
void vt_click(struct vt *vt, int row, int col);
void vt_wheel(struct vt *vt, bool up);
void vt_resize(struct vt *vt, int rows, int cols);
/* While deaf, output is kept but not played: libvterm falls over output that was meant for a size of a moment ago. */
void vt_deaf(struct vt *vt, bool deaf);
void vt_kill(struct vt *vt, int signal_number); /* to the process that was started */
void vt_hangup(struct vt *vt);                  /* closes the terminal under it */

bool vt_wait_text(struct vt *vt, const char *text); /* some row holds it */
bool vt_wait_gone(struct vt *vt, const char *text); /* no row holds it */
/* Until all that was sent is read and its frame is out; needs a program built with HOOKS=1. */
bool vt_wait_settled(struct vt *vt);
/* The same, or until the program has ended: then *over is true. */
bool vt_wait_settled_or_over(struct vt *vt, bool *over);
/* True when the program has read all it was sent. */
bool vt_taken(struct vt *vt);
/* Reads what comes for that long: for kill tests, whose moment is the point; nothing is expected. */
void vt_run_for(struct vt *vt, int ms);
/* *status as of waitpid; the last output is on the screen then. */
bool vt_wait_exit(struct vt *vt, int *status);

/* What is on the screen, as of the last wait. */
const char *vt_row(struct vt *vt, int row); /* without trailing blanks; borrowed until the next call */
bool vt_has(struct vt *vt, const char *text);
bool vt_find(struct vt *vt, const char *text, int *row, int *col);
void vt_cursor(struct vt *vt, int *row, int *col);

struct vt_attr {
    bool bold, underline, reverse, italic;
    int fg, bg; /* index of the palette, -1 the default */
};
struct vt_attr vt_attr(struct vt *vt, int row, int col);

/* The modes a program must give back. */
bool vt_cursor_visible(const struct vt *vt);
bool vt_altscreen(const struct vt *vt);
bool vt_mouse(const struct vt *vt);
bool vt_bracketed_paste(struct vt *vt);
bool vt_cooked(struct vt *vt);   /* the line discipline echoes, edits lines and makes signals */
bool vt_restored(struct vt *vt); /* all of these as before the program; says on stderr which is not */

const struct buf *vt_output(const struct vt *vt); /* every byte the program wrote */
pid_t vt_pid(const struct vt *vt);
void vt_dump(struct vt *vt);

#endif
