#include "review_screen.h"

#include "answer.h"
#include "show.h"

#include "pmprep/base/utf8.h"

enum { BODY_TOP = 2, DAY_COLUMNS = 8, LEVEL_COLUMNS = 5, SUBJECT_NARROW = 18, SUBJECT_WIDE = 24 };

int review_list_top(const struct review_screen *s)
{
    return BODY_TOP + (s->searching || s->line.len > 0 ? 2 : 0);
}

/* One line of prompt or snippet; what stands between \x02 and \x03 is a hit. */
static void put_marked(struct canvas *c, int row, int col, int cols, enum role role, const char *text)
{
    struct sv rest = sv_from(text), line = {NULL, 0};
    bool hit = false;
    sv_split(&rest, '\n', &line);
    for (size_t at = 0; at < line.len && cols > 0;) {
        size_t end = at;
        while (end < line.len && line.data[end] != '\x02' && line.data[end] != '\x03')
            end++;
        int used = canvas_put_clipped(c, row, col, cols, hit ? ROLE_MATCH : role, sv_sub(line, at, end - at));
        col += used;
        cols -= used;
        hit = end < line.len && line.data[end] == '\x02';
        at = end + 1;
    }
}

/* The snippet on one line, begun late enough that its first hit is seen in that many columns. */
static const char *place_hit(struct arena *a, const char *snippet, int cols)
{
    char *text = arena_strdup(a, snippet);
    for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    const char *hit = strchr(text, '\x02');
    size_t before = hit ? utf8_columns((struct sv){text, (size_t)(hit - text)}) : 0;
    if (before < (size_t)cols / 2)
        return text;
    const char *from = text;
    while (from < hit && (*from != ' ' || before > (size_t)cols / 3))
        before -= ((unsigned char)*from++ & 0xC0) != 0x80 && before > 0;
    return arena_printf(a, "…%s", from + (*from == ' '));
}

/* A title says more in few columns than the beginning of a question does. */
static const char *title_of(const struct review_screen *s, const struct attempt_row *r, struct arena *a)
{
    struct library *lib;
    struct item_meta meta;
    bool known = app_library(s->app, &lib, NULL) && library_meta(lib, r->item, a, &meta, NULL);
    return known ? meta.title : r->prompt;
}

static void draw_row(const void *ctx, size_t i, bool selected, struct canvas *c, int row, int col, int cols)
{
    const struct review_screen *s = ctx;
    const struct attempt_row *r = review_row(s, i);
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    int end = col + cols, subject = cols >= 90 ? SUBJECT_WIDE : SUBJECT_NARROW;
    char day[SHOW_SIZE];
    canvas_fill(c, row, col, cols, role, ' ');
    if (!r)
        return;
    show_short_day(day, r->started_at, r->offset_min, s->wall_ms);
    canvas_puts(c, row, col, selected ? role : ROLE_DIM, day);
    col += DAY_COLUMNS;
    if (r->mean > 0)
        canvas_putf(c, row, col, role, "%.1f", r->mean);
    else
        canvas_puts(c, row, col, selected ? role : ROLE_DIM, " –");
    if (r->flagged)
        canvas_puts(c, row, col + LEVEL_COLUMNS - 2, selected ? role : ROLE_WARNING, "*");
    col += LEVEL_COLUMNS;
    show_name(c, row, col, subject, role, show_subject(s->app, r->principle, r->family));
    col += subject + 2;
    struct arena scratch = ARENA_INIT;
    const char *text =
        s->filter.words.count > 0 ? place_hit(&scratch, r->snippet, end - col) : title_of(s, r, &scratch);
    put_marked(c, row, col, end - col, role, text);
    arena_release(&scratch);
}

static void draw_detail(const void *ctx, struct canvas *c, int row, int col, int cols, int rows)
{
    const struct review_screen *s = ctx;
    struct page *p = s->page;
    if (!s->has_detail || rows < 1)
        return;
    page_begin(p, cols < 72 ? cols : 72);
    page_add_prose(p, ROLE_STRONG, 0, s->detail.prompt);
    answer_add_facts(p, &s->detail);
    page_blank(p);
    answer_add_text(p, &s->detail, &s->filter, MARK_ALIKE);
    if (s->detail.note[0]) {
        page_blank(p);
        page_addf(p, ROLE_DIM, 0, 0, "Your note: %s", s->detail.note);
    }
    page_draw(p, c, row, col, rows);
}

static void draw_empty(const struct review_screen *s, struct canvas *c, int top)
{
    int width = show_width(c);
    if (!filter_is_empty(&s->filter)) {
        canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "No answer matches.");
        canvas_puts(c, top + 1, SHOW_MARGIN, ROLE_DIM, "/ changes the filter, Esc shows everything.");
        return;
    }
    canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "No answers yet.");
    int used = text_put(
        c, top + 2, SHOW_MARGIN, width, 8, ROLE_TEXT,
        SV("Every answer you give is kept here: what was asked, what you said, how you scored it before and after "
           "the evidence. You can search the full text, read tries on the same question side by side, and score "
           "an old answer again without seeing the old scores."));
    canvas_puts(c, top + 3 + used, SHOW_MARGIN, ROLE_DIM, "q goes back; d on the first screen starts a drill.");
}

/* The filter that is in force, or being typed. */
static void draw_filter(const struct review_screen *s, struct canvas *c, int row)
{
    int col = SHOW_MARGIN;
    if (s->searching) {
        col += canvas_puts(c, row, col, ROLE_KEY, "/ ");
        if (edit_text(s->search).len == 0)
            canvas_put_clipped(c, row, col + 1, c->cols - col - SHOW_MARGIN, ROLE_DIM,
                               SV("words, \"a phrase\", principle:ownership kind:case score:..2 since:2w"));
        edit_layout(s->search, c->cols - col - SHOW_MARGIN, 1);
        edit_draw(s->search, c, row, col, true);
        return;
    }
    if (s->line.len == 0)
        return;
    col += canvas_puts(c, row, col, ROLE_DIM, "/ ");
    canvas_put_clipped(c, row, col, c->cols - col - SHOW_MARGIN, ROLE_TEXT, buf_sv(&s->line));
}

static void draw_title(const struct review_screen *s, struct canvas *c, int *top, int *bottom)
{
    char right[64];
    bool all = filter_is_empty(&s->filter);
    snprintf(right, sizeof(right), "%zu %s%s", s->total, s->total == 1 ? "answer" : "answers",
             all             ? ""
             : s->total == 1 ? " matches"
                             : " match");
    frame_draw(c, "Review", right, s->base.ops->keymap(&s->base), top, bottom);
}

void review_draw(const struct screen *base, struct canvas *c)
{
    const struct review_screen *s = (const struct review_screen *)base;
    int top, bottom;
    draw_title(s, c, &top, &bottom);
    draw_filter(s, c, top);
    top = review_list_top(s);
    if (s->total == 0) {
        draw_empty(s, c, top);
        return;
    }
    show_list_and_detail(s->list, c, top, bottom, draw_row, draw_detail, s);
}
