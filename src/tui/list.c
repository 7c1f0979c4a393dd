#include "pmprep/tui/list.h"

#include "pmprep/tui/keymap.h"

void list_init(struct list *l, size_t count)
{
    *l = (struct list){.count = count, .rows = 1};
}

static void select_row(struct list *l, size_t at)
{
    l->selected = l->count == 0 ? 0 : at < l->count ? at : l->count - 1;
}

/* The selection stays visible and no row is left empty that could show something. */
static void scroll(struct list *l)
{
    size_t rows = (size_t)l->rows;
    if (l->selected < l->top) {
        l->top = l->selected;
    } else if (l->selected >= l->top + rows) {
        l->top = l->selected - rows + 1;
    }
    size_t last = l->count > rows ? l->count - rows : 0;
    if (l->top > last) {
        l->top = last;
    }
}

void list_set_count(struct list *l, size_t count)
{
    l->count = count;
    select_row(l, l->selected);
    scroll(l);
}

bool list_action(struct list *l, int action)
{
    size_t page = l->rows > 1 ? (size_t)l->rows - 1 : 1;
    size_t at = l->selected;
    switch (action) {
    case ACTION_UP:
        select_row(l, at > 0 ? at - 1 : 0);
        break;
    case ACTION_DOWN:
        select_row(l, at + 1);
        break;
    case ACTION_PAGE_UP:
        select_row(l, at > page ? at - page : 0);
        break;
    case ACTION_PAGE_DOWN:
        select_row(l, at + page);
        break;
    case ACTION_TOP:
        select_row(l, 0);
        break;
    case ACTION_BOTTOM:
        select_row(l, l->count);
        break;
    default:
        return false;
    }
    scroll(l);
    return true;
}

void list_layout(struct list *l, int rows)
{
    l->rows = rows > 1 ? rows : 1;
    scroll(l);
}

bool list_click(struct list *l, int row_in_list)
{
    if (row_in_list < 0 || row_in_list >= l->rows || l->top + (size_t)row_in_list >= l->count) {
        return false;
    }
    select_row(l, l->top + (size_t)row_in_list);
    return true;
}

void list_draw(const struct list *l, struct canvas *c, int row, int col, int cols, list_row_fn *fn, const void *ctx)
{
    for (int i = 0; i < l->rows && l->top + (size_t)i < l->count; i++) {
        size_t index = l->top + (size_t)i;
        fn(ctx, index, index == l->selected, c, row + i, col, cols);
    }
}
