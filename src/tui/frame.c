#include "glyph.h"
#include "pmprep/tui/loop.h"

enum { MARGIN = 1, GAP = 2 };

void frame_draw(struct canvas *c, const char *left, const char *right, const struct keymap *m, int *top, int *bottom)
{
    int end = c->cols - MARGIN;
    if (right && right[0] != '\0') {
        end = canvas_put_right(c, 0, end, ROLE_DIM, right) - GAP;
    }
    canvas_put_clipped(c, 0, MARGIN, end - MARGIN, ROLE_TITLE, sv_from(left));
    keymap_draw_bar(m, c, c->rows - 1);
    *top = 2;
    *bottom = c->rows - 2;
}
