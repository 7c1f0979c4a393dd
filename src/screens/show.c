#include "show.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/utf8.h"
#include "pmprep/tui/text.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS, OLD_DAYS = 330 };
static const int64_t day_ms = 24LL * HOUR_MS;

static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void show_length(char out[SHOW_SIZE], int64_t ms)
{
    int64_t seconds = (ms + 500) / 1000;
    snprintf(out, SHOW_SIZE, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

void show_hours(char out[SHOW_SIZE], int64_t ms)
{
    int minutes = (int)((ms + MINUTE_MS / 2) / MINUTE_MS);
    if (minutes < 60)
        snprintf(out, SHOW_SIZE, "%d min", minutes);
    else if (minutes % 60 == 0)
        snprintf(out, SHOW_SIZE, "%d h", minutes / 60);
    else
        snprintf(out, SHOW_SIZE, "%d h %d min", minutes / 60, minutes % 60);
}

void show_day(char out[SHOW_SIZE], int32_t day)
{
    struct date d = date_from_day(day);
    snprintf(out, SHOW_SIZE, "%s %d %s", weekdays[date_weekday(day)], d.day, months[d.month - 1]);
}

/* The calendar day, which unlike the practice day begins at midnight. */
static int32_t local_day(int64_t utc_ms, int offset_min, int64_t *of_day_ms)
{
    int64_t local = utc_ms + (int64_t)offset_min * MINUTE_MS;
    int64_t day = local / day_ms - (local % day_ms < 0);
    *of_day_ms = local - day * day_ms;
    return (int32_t)day;
}

void show_moment(char out[SHOW_SIZE], int64_t utc_ms, int offset_min)
{
    int64_t rest;
    int32_t day = local_day(utc_ms, offset_min, &rest);
    struct date d = date_from_day(day);
    snprintf(out, SHOW_SIZE, "%s %d %s %d, %02d:%02d", weekdays[date_weekday(day)], d.day, months[d.month - 1], d.year,
             (int)(rest / HOUR_MS), (int)(rest / MINUTE_MS % 60));
}

void show_short_day(char out[SHOW_SIZE], int64_t utc_ms, int offset_min, int64_t now_ms)
{
    int64_t rest;
    struct date d = date_from_day(local_day(utc_ms, offset_min, &rest));
    if (now_ms - utc_ms > OLD_DAYS * day_ms)
        snprintf(out, SHOW_SIZE, "%d", d.year);
    else
        snprintf(out, SHOW_SIZE, "%2d %s", d.day, months[d.month - 1]);
}

void show_ago(char out[SHOW_SIZE], int64_t ms)
{
    if (ms < MINUTE_MS)
        snprintf(out, SHOW_SIZE, "just now");
    else if (ms < HOUR_MS)
        snprintf(out, SHOW_SIZE, "%d min ago", (int)(ms / MINUTE_MS));
    else if (ms < day_ms)
        snprintf(out, SHOW_SIZE, "%d h ago", (int)(ms / HOUR_MS));
    else
        snprintf(out, SHOW_SIZE, "%d %s ago", (int)(ms / day_ms), ms < 2 * day_ms ? "day" : "days");
}

const char *show_level(int level)
{
    static const char *const words[LEVELS] = {"missing", "weak", "meets the bar", "strong", "raises the bar"};
    return level >= 1 && level <= LEVELS ? words[level - 1] : "";
}

const char *show_mode(enum answer_mode mode)
{
    static const char *const names[MODE_COUNT] = {
        [MODE_TYPE] = "typed", [MODE_SPEAK] = "spoken", [MODE_OUTLINE] = "outline", [MODE_PICK] = "pick"};
    return names[mode];
}

const char *show_subject(struct app *app, const char *principle, enum family family)
{
    struct library *lib;
    const struct principle *p = NULL;
    if (principle[0] && app_library(app, &lib, NULL))
        p = library_principle(lib, principle);
    return p ? p->name : principle[0] ? principle : family_title(family);
}

int show_name(struct canvas *c, int row, int col, int cols, enum role role, const char *name)
{
    struct sv text = sv_from(name);
    if (utf8_columns(text) <= (size_t)(cols > 0 ? cols : 0))
        return canvas_put(c, row, col, role, text);
    struct sv fits = utf8_clip(text, (size_t)(cols > 1 ? cols - 1 : 0));
    size_t end = fits.len;
    while (end > 0 && text.data[end] != ' ')
        end--;
    if (end == 0)
        return canvas_put_clipped(c, row, col, cols, role, text);
    while (end > 0 && strchr(" ,;:-", text.data[end - 1]))
        end--;
    int used = canvas_put(c, row, col, role, sv_sub(text, 0, end));
    return used + canvas_puts(c, row, col + used, role, "…");
}

int show_width(const struct canvas *c)
{
    return text_measure(c->cols - 2 * SHOW_MARGIN);
}

enum { LIST_LEAST = 4, DETAIL_GAP = 5 };

void show_list_and_detail(struct list *l, struct canvas *c, int top, int bottom, list_row_fn *row,
                          show_detail_fn *detail, const void *ctx)
{
    int rows = bottom - top;
    int cols = c->cols - 2 * SHOW_MARGIN;
    if (c->cols >= SHOW_WIDE) {
        cols = (cols - DETAIL_GAP) / 2;
        list_layout(l, rows);
        list_draw(l, c, top, SHOW_MARGIN, cols, row, ctx);
        for (int r = top; r < bottom; r++)
            canvas_puts(c, r, SHOW_MARGIN + cols + 2, ROLE_RULE, "│");
        detail(ctx, c, top, SHOW_MARGIN + cols + DETAIL_GAP, cols, rows);
        return;
    }
    int shown = rows * 2 / 5;
    shown = (size_t)shown > l->count ? (int)l->count : shown;
    shown = shown < LIST_LEAST ? LIST_LEAST : shown;
    list_layout(l, shown);
    list_draw(l, c, top, SHOW_MARGIN, cols, row, ctx);
    canvas_fill(c, top + shown, 1, c->cols - 2, ROLE_RULE, 0x2500);
    detail(ctx, c, top + shown + 1, SHOW_MARGIN, cols, rows - shown - 1);
}
