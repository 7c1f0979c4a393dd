#include "pmprep/tui/chart.h"

enum { FULL_BLOCK = 0x2588, EIGHTHS = 8, LAST_MINUTE_MS = 60000 };

/* Eighths of `cells` cells, rounded; anything above nothing shows at least one. */
static int eighths(double value, double max, int cells)
{
    if (!(value > 0) || !(max > 0) || cells <= 0) {
        return 0;
    }
    double share = value < max ? value / max : 1;
    int n = (int)(share * cells * EIGHTHS + 0.5);
    return n > 0 ? n : 1;
}

void chart_bar(struct canvas *c, int row, int col, int cols, double value, double max, enum role role)
{
    int n = eighths(value, max, cols);
    canvas_fill(c, row, col, n / EIGHTHS, role, FULL_BLOCK);
    if (n % EIGHTHS != 0) {
        /* U+258F is one eighth from the left, U+2589 seven */
        canvas_fill(c, row, col + n / EIGHTHS, 1, role, (uint32_t)(FULL_BLOCK + EIGHTHS - n % EIGHTHS));
    }
}

void chart_spark(struct canvas *c, int row, int col, const double *values, size_t count, double max, enum role role)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] >= 0) {
            int n = eighths(values[i], max, 1);
            /* U+2581 is the lowest of eight heights; zero is drawn as that too, so that it is not a gap */
            canvas_fill(c, row, col + (int)i, 1, role, (uint32_t)(FULL_BLOCK - EIGHTHS + (n > 0 ? n : 1)));
        }
    }
}

void timer_draw(struct canvas *c, int row, int end, int64_t left_ms, bool paused)
{
    bool over = left_ms < 0;
    /* what is left is rounded up, so that 00:00 appears exactly when the time is over */
    int64_t seconds = over ? -left_ms / 1000 : (left_ms + 999) / 1000;
    enum role role = left_ms <= LAST_MINUTE_MS ? ROLE_TIMER_LAST : ROLE_TIMER;
    char text[64];
    snprintf(text, sizeof(text), "%02lld:%02lld %s", (long long)(seconds / 60), (long long)(seconds % 60),
             paused ? "paused"
             : over ? "over"
                    : "left");
    canvas_put_right(c, row, end, role, text);
}
