#ifndef PMPREP_TUI_LIST_H
#define PMPREP_TUI_LIST_H

#include "pmprep/tui/canvas.h"
#include "pmprep/tui/key.h"

/* A scrolling list of count rows with one selected; the caller draws a row. Only visible rows are asked for. */
struct list {
    size_t count;
    size_t selected;
    size_t top;
    int rows; /* of the last layout */
};

/* Pure state: moves, scrolling and clicks; the rows themselves are drawn by the caller's function. */
void list_init(struct list *l, size_t count);
void list_set_count(struct list *l, size_t count); /* keeps the selection where it can */
bool list_action(struct list *l, int action);      /* ACTION_UP ...; false when it was none of them */
void list_layout(struct list *l, int rows);
bool list_click(struct list *l, int row_in_list); /* selects; false outside */
typedef void list_row_fn(const void *ctx, size_t index, bool selected, struct canvas *c, int row, int col, int cols);
void list_draw(const struct list *l, struct canvas *c, int row, int col, int cols, list_row_fn *fn, const void *ctx);

#endif
