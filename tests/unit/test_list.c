#include "pmprep/tui/keymap.h"
#include "pmprep/tui/list.h"
#include "support/unit.h"

static void check(const struct list *l, size_t selected, size_t top)
{
    assert_int_equal(l->selected, selected);
    assert_int_equal(l->top, top);
}

static void the_selection_stays_in_sight(void **state)
{
    (void)state;
    struct list l;
    list_init(&l, 10);
    list_layout(&l, 4);
    assert_true(list_action(&l, ACTION_UP));
    check(&l, 0, 0);
    for (int i = 0; i < 4; i++) {
        list_action(&l, ACTION_DOWN);
    }
    check(&l, 4, 1);
    list_action(&l, ACTION_BOTTOM);
    check(&l, 9, 6);
    list_action(&l, ACTION_DOWN);
    check(&l, 9, 6);
    list_action(&l, ACTION_PAGE_UP);
    check(&l, 6, 6);
    list_action(&l, ACTION_PAGE_UP);
    check(&l, 3, 3);
    list_action(&l, ACTION_PAGE_DOWN);
    check(&l, 6, 3);
    list_action(&l, ACTION_TOP);
    check(&l, 0, 0);
    assert_false(list_action(&l, ACTION_OPEN));
}

static void sizes_change(void **state)
{
    (void)state;
    struct list l;
    list_init(&l, 10);
    list_layout(&l, 4);
    list_action(&l, ACTION_BOTTOM);
    list_layout(&l, 20);
    check(&l, 9, 0);
    list_layout(&l, 2);
    check(&l, 9, 8);
    list_set_count(&l, 5);
    check(&l, 4, 3);
    list_set_count(&l, 0);
    check(&l, 0, 0);
    list_action(&l, ACTION_DOWN);
    list_action(&l, ACTION_BOTTOM);
    check(&l, 0, 0);
    list_set_count(&l, 3);
    check(&l, 0, 0);
}

static void clicks_select(void **state)
{
    (void)state;
    struct list l;
    list_init(&l, 3);
    list_layout(&l, 5);
    assert_true(list_click(&l, 2));
    check(&l, 2, 0);
    assert_false(list_click(&l, 3));
    assert_false(list_click(&l, -1));
    assert_false(list_click(&l, 5));
    check(&l, 2, 0);
}

static void draw_number(const void *ctx, size_t index, bool selected, struct canvas *c, int row, int col, int cols)
{
    (void)cols;
    canvas_putf(c, row, col, selected ? ROLE_SELECTED : ROLE_TEXT, "%s %zu", (const char *)ctx, index);
}

static void only_visible_rows_are_drawn(void **state)
{
    (void)state;
    struct list l;
    struct canvas c;
    struct buf shown = BUF_INIT;
    list_init(&l, 1000000);
    list_layout(&l, 2);
    list_action(&l, ACTION_BOTTOM);
    canvas_init(&c, 4, 12);
    list_draw(&l, &c, 1, 1, 10, draw_number, "n");
    canvas_dump(&c, true, &shown);
    assert_string_equal(buf_str(&shown), "\n n 999998\n n 999999\n.SSSSSSSS\n\n");
    buf_release(&shown);
    canvas_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_selection_stays_in_sight),
        cmocka_unit_test(sizes_change),
        cmocka_unit_test(clicks_select),
        cmocka_unit_test(only_visible_rows_are_drawn),
    };
    return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
