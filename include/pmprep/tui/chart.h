#ifndef PMPREP_TUI_CHART_H
#define PMPREP_TUI_CHART_H

#include "pmprep/tui/canvas.h"

/* A bar of eighths of a cell, value in [0, max]. */
void chart_bar(struct canvas *c, int row, int col, int cols, double value, double max, enum role role);
/* One column a value, eight heights; values < 0 are gaps. */
void chart_spark(struct canvas *c, int row, int col, const double *values, size_t count, double max, enum role role);

/* "09:12 left", or "01:05 over"; ROLE_TIMER_LAST in the last minute. Ends at column end (exclusive). */
void timer_draw(struct canvas *c, int row, int end, int64_t left_ms, bool paused);

#endif
