#ifndef PMPREP_TESTS_PROGRAM_H
#define PMPREP_TESTS_PROGRAM_H

#include "support/vt.h"

/*
 * The program on a terminal, with a home of its own and the small bank of the fixtures. Needs support/unit.h first.
 */
struct program {
    struct buf folder;
    struct buf db;
    struct vt *vt;  /* NULL while none runs */
    bool release;   /* start the release program: nothing settles there, tests wait for what is shown */
    int64_t *clock; /* as of program_clock(), or NULL */
};

/* cmocka's set-up and tear-down; *state is the program, not started, its file with the first run behind it. */
int program_setup(void **state);
int program_setup_fresh(void **state); /* no file yet */
int program_teardown(void **state);

/* Starts `pmprep ARGS` (words split at blanks) and waits for the text; with shell, under one with
 * job control: suspended, it says "the shell again", a line typed there is fg, and "over STATUS" ends it. env as of
 * vt_start, may be NULL. */
void program_start(struct program *p, const char *args, const char *wait);
void program_start_with(struct program *p, const char *args, const char *const env[], bool shell, const char *wait);
/* Starts it and waits for nothing. */
void program_launch(struct program *p, const char *args, const char *const env[]);
/* The program must refuse to start, with that status. */
void program_refused(struct program *p, const char *args, int exit_status);

/* Waits until the frame is out. After Esc wait for what it does: keys that follow at once are Alt keys to a terminal.
 */
void program_keys(struct program *p, const char *names);
void program_type(struct program *p, const char *text);
void program_sees(struct program *p, const char *text); /* waits for it; the test fails when it does not come */

/* Runs a script of /bin/sh in the home, with nothing on standard input, where `pmprep` is the program (release or not)
 * and its file ($DB); all that was written to standard output and error goes to *out. Answers the exit status, 128 + N
 * after signal N. */
int program_shell(struct program *p, const char *script, struct buf *out);

/* The keys end the program, with that status, and leave the terminal as it was. */
void program_leave(struct program *p, const char *names, int exit_status);

/* $EDITOR of programs started from now on is a script with that body. */
void program_editor(struct program *p, const char *body);

/* Programs started from now on have clocks that only the test moves, by storing to [0], the monotonic one, and [1], the
 * wall clock, both in ms; they begin at the true time. Not for the release program. */
int64_t *program_clock(struct program *p);
void program_pass(struct program *p, int64_t ms); /* both go on */

/* The first column of the first row of one statement on the file, which no program has open. */
long program_int(struct program *p, const char *sql);

/* Two answers to one question (the texts are "First try, in April." and "Second try, with refunds.") and one to another
 * ("A third thing."). */
void program_answers(struct program *p);

#endif
