#ifndef PMPREP_TUI_SCREEN_H
#define PMPREP_TUI_SCREEN_H

#include "pmprep/base/err.h"
#include "pmprep/tui/canvas.h"
#include "pmprep/tui/keymap.h"

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct screen;

/* What a handler answers; bits may be joined. */
enum screen_result {
    SCREEN_IDLE = 0,
    SCREEN_DRAW = 1 << 0, /* something visible changed */
    SCREEN_POP = 1 << 1,  /* this screen is done */
    SCREEN_QUIT = 1 << 2, /* leave the program */
};

/*
 * A screen embeds struct screen as its first member; one file ends with one const ops struct. Drawing never changes
 * state. Optional members may be NULL. All run inside one turn of the loop and never block.
 */
struct screen_ops {
    const char *name;
    const struct keymap *(*keymap)(const struct screen *s); /* of the current state */
    bool (*typing)(const struct screen *s);                 /* an editor has the focus: printable keys go to it */
    unsigned (*action)(struct screen *s, struct loop *l, int action, const struct key *k);
    unsigned (*key)(struct screen *s, struct loop *l,
                    const struct key *k);                                /* what no keymap binds: text, paste, mouse */
    unsigned (*tick)(struct screen *s, struct loop *l, int64_t mono_ms); /* at or after the moment asked for */
    int64_t (*wake)(const struct screen *s, int64_t mono_ms); /* first ms after the turn at mono_ms to tick at;
                                                                 INT64_MAX: no need */
    unsigned (*shown)(struct screen *s, struct loop *l);      /* it became the top one, again or first */
    void (*pause)(struct screen *s, bool paused);             /* suspend and resume: clocks stop */
    bool (*save)(struct screen *s, struct err *err);          /* unsaved work to disk: signal, suspend, exit */
    void (*draw)(const struct screen *s, struct canvas *c);   /* body only: rows 0 .. rows-1 of the whole screen */
    void (*free)(struct screen *s);
};

/* The beginning of every screen's own struct. */
struct screen {
    const struct screen_ops *ops;
    struct screen *below;
};

#endif
