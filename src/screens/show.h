#ifndef PMPREP_SCREENS_SHOW_H
#define PMPREP_SCREENS_SHOW_H

#include "pmprep/app/app.h"
#include "pmprep/store/record.h"
#include "pmprep/tui/canvas.h"
#include "pmprep/tui/list.h"

/* How times, levels and names read on every screen. */

enum {
    SHOW_MARGIN = 3, /* columns left free at both sides of a body */
    SHOW_WIDE = 100, /* from here on two things stand side by side */
    SHOW_SIZE = 40,  /* room for any of the texts below */
};

void show_length(char out[SHOW_SIZE], int64_t ms);                                        /* "1:28" */
void show_hours(char out[SHOW_SIZE], int64_t ms);                                         /* "12 min", "3 h 10 min" */
void show_day(char out[SHOW_SIZE], int32_t day);                                          /* "Sat 21 Nov" */
void show_moment(char out[SHOW_SIZE], int64_t utc_ms, int offset_min);                    /* "Sat 21 Nov 2026, 14:05" */
void show_short_day(char out[SHOW_SIZE], int64_t utc_ms, int offset_min, int64_t now_ms); /* "21 Nov", "2025" if old */
void show_ago(char out[SHOW_SIZE], int64_t ms); /* "just now", "20 min ago", "3 days ago" */

const char *show_level(int level);            /* 1-5: "meets the bar"; "" for others */
const char *show_mode(enum answer_mode mode); /* "typed" */

/* What an answer was about: its main principle, or else the title of its family. Borrowed from the library. */
const char *show_subject(struct app *app, const char *principle, enum family family);

/* A name in at most cols columns, cut between words where it must be cut. */
int show_name(struct canvas *c, int row, int col, int cols, enum role role, const char *name);

/* A list and what its selected row holds: side by side on a wide screen, else the detail below. */
typedef void show_detail_fn(const void *ctx, struct canvas *c, int row, int col, int cols, int rows);
void show_list_and_detail(struct list *l, struct canvas *c, int top, int bottom, list_row_fn *row,
                          show_detail_fn *detail, const void *ctx);

int show_width(const struct canvas *c); /* of prose within the margins */

#endif
