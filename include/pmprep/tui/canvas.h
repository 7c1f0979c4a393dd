#ifndef PMPREP_TUI_CANVAS_H
#define PMPREP_TUI_CANVAS_H

#include "pmprep/base/buf.h"
#include "pmprep/base/sv.h"
#include "pmprep/tui/theme.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A grid of cells that screens draw into; term shows it, tests compare it. Rows and columns are 0-based. Everything is
 * clipped to the canvas; text is sanitised here (visible_add), so nothing unsafe reaches a terminal whatever a screen
 * passes.
 */
struct cell {
    uint32_t
        cp[4]; /* base character, then what combines; 0 ends. A cell covered by the wide one to its left has cp[0] 0. */
    uint8_t width;   /* 1 or 2; 0 for the covered cell */
    uint8_t role;    /* enum role */
    uint16_t unused; /* 0: rows are compared as bytes */
};

/* Cells in rows, top left first; a screen draws into it and never sees the terminal. */
struct canvas {
    int rows, cols;
    struct cell *cells;
    int cursor_row, cursor_col; /* -1: hidden */
};

/* Writing outside the canvas is clipped, never an error. Rows and columns are 0-based. */
void canvas_init(struct canvas *c, int rows, int cols);
void canvas_resize(struct canvas *c, int rows, int cols); /* contents are lost */
void canvas_release(struct canvas *c);
void canvas_clear(struct canvas *c); /* blanks in ROLE_TEXT, cursor hidden */

/* Writes one line (newlines end it) and answers the columns used. */
int canvas_put(struct canvas *c, int row, int col, enum role role, struct sv text);
int canvas_puts(struct canvas *c, int row, int col, enum role role, const char *text);
int canvas_putf(struct canvas *c, int row, int col, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The same, ending at column end (exclusive); answers the first column used. Clipped at the left. */
int canvas_put_right(struct canvas *c, int row, int end, enum role role, const char *text);
/* Puts at most cols columns, ending in an ellipsis when it had to cut. */
int canvas_put_clipped(struct canvas *c, int row, int col, int cols, enum role role, struct sv text);
void canvas_fill(struct canvas *c, int row, int col, int cols, enum role role, uint32_t cp);
void canvas_role(struct canvas *c, int row, int col, int cols, enum role role); /* recolours what is there */
void canvas_cursor(struct canvas *c, int row, int col);

/* For golden tests: rows as text, trailing blanks removed, "\n" after each. with_roles adds a line of role letters
 * below every row that is not plain. */
void canvas_dump(const struct canvas *c, bool with_roles, struct buf *out);

#endif
