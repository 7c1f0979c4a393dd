#ifndef PMPREP_SCREENS_REVIEW_SCREEN_H
#define PMPREP_SCREENS_REVIEW_SCREEN_H

#include "page.h"
#include "screens.h"

#include "pmprep/store/record.h"
#include "pmprep/tui/edit.h"
#include "pmprep/tui/list.h"

/* Shared by review.c (what keys do) and review_draw.c (how it looks). */

struct review_screen {
    struct screen base;
    struct app *app;
    /* what is asked for */
    struct arena filter_arena;
    struct filter filter;
    struct buf line; /* as it was typed */
    struct edit *search;
    bool searching;
    bool fresh; /* read while it was made: its first showing need not read again */
    /* what is there: a window of the rows around the selection */
    size_t total;
    struct arena rows_arena;
    struct attempt_row *rows;
    size_t first, count;
    int64_t wall_ms;
    struct list *list; /* these two are laid out by drawing */
    struct page *page;
    /* the selected one, whole */
    struct arena detail_arena;
    struct attempt detail;
    bool has_detail;
    /* what undo brings back, the last one last */
    char (*deleted)[UUID_SIZE];
    size_t deleted_count, deleted_cap;
};

/* NULL when it was not read yet. */
const struct attempt_row *review_row(const struct review_screen *s, size_t i);

int review_list_top(const struct review_screen *s); /* the row of the screen where the list begins */
void review_draw(const struct screen *base, struct canvas *c);

#endif
