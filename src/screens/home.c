#include "screens.h"
#include "show.h"

#include "pmprep/app/progress.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "pmprep/coach/words.h"
#include "pmprep/tui/chart.h"
#include "pmprep/tui/text.h"

/* Where one begins: what is next and why, what was left unfinished, how the principles stand. */

enum home_action {
    DO_DRILL = 1,
    DO_RESUME,
    DO_DISCARD,
    DO_SEALED,
    DO_REVIEW,
    DO_STORIES,
    DO_MOCK,
    DO_RESUME_MOCK,
    DO_QUIT
};

enum { TEXT_COLUMN = 15, LOOK_AGAIN_MS = 60 * 1000, WEEK = 7 };

static const struct binding home_keys[] = {
    {"d Enter", DO_DRILL, "drill", "start the next best thing: a drill of your session length", BIND_BAR},
    {"m", DO_MOCK, "mock", "mock interviews: choose a loop, or go on with an unfinished one", BIND_BAR},
    {"v R r", DO_REVIEW, "review", "past answers: read, search, score again", BIND_BAR},
    {"s", DO_STORIES, "stories", "the stories you can tell", BIND_BAR},
    {"q ^C", DO_QUIT, "quit", "leave pmprep", BIND_BAR},
};
KEYS(home_map, "Home", home_keys, &keymap_global);

static const struct binding draft_keys[] = {
    {"r", DO_RESUME, "resume", "go on with the unfinished answer", BIND_BAR},
    {"x", DO_DISCARD, "discard", "throw the unfinished answer away; asks once", BIND_BAR},
};
KEYS(draft_map, "Unfinished answer", draft_keys, &home_map);

static const struct binding mock_keys[] = {
    {"r", DO_RESUME_MOCK, "resume", "go on with the unfinished loop", BIND_BAR},
};
KEYS(mock_map, "Unfinished loop", mock_keys, &home_map);

static const struct binding sealed_keys[] = {
    {"o", DO_SEALED, "first answer", "open the answer you sealed on your first day", BIND_BAR},
};
static const struct keymap sealed_map = {"First answer", sealed_keys, 1, &home_map};
static const struct keymap mock_sealed_map = {"First answer", sealed_keys, 1, &mock_map};
static const struct keymap draft_sealed_map = {"First answer", sealed_keys, 1, &draft_map};

struct home_screen {
    struct screen base;
    struct app *app;
    struct arena arena;
    struct progress_home home;
    int32_t today;
    int64_t wall_ms;   /* when home was read */
    int64_t looked_ms; /* monotonic; the day may change while it stands open */
    bool first_run_shown;
    bool fresh; /* read while it was made: its first showing need not read again */
    bool discard_asked;
};

static bool read_home(struct home_screen *s, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct progress_home home;
    if (!progress_home(s->app, &arena, &home, err)) {
        arena_release(&arena);
        return false;
    }
    arena_release(&s->arena);
    s->arena = arena;
    s->home = home;
    s->today = app_today(s->app);
    s->wall_ms = app_wall(s->app);
    s->discard_asked = false;
    return true;
}

/* ---- what keys do ---- */

static unsigned open_drill(struct home_screen *s, struct loop *l, bool resume)
{
    struct err err = ERR_INIT;
    struct drill *d;
    struct drill_options o;
    drill_options_init(&o);
    if (resume ? drill_resume(s->app, &d, &err) : drill_open(s->app, &o, &d, &err))
        loop_push(l, drill_screen(s->app, d));
    else
        loop_error(l, &err);
    return SCREEN_DRAW;
}

static unsigned push(struct loop *l, struct screen *next, const struct err *err)
{
    if (next)
        loop_push(l, next);
    else
        loop_error(l, err);
    return SCREEN_DRAW;
}

static unsigned open_review(struct home_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct filter all;
    filter_init(&all);
    return push(l, review_screen(s->app, &all, &err), &err);
}

static unsigned resume_mock(struct home_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct mock *m;
    bool ok = mock_resume(s->app, s->home.mock.id, &m, &err);
    return push(l, ok ? mock_screen(s->app, m) : NULL, &err);
}

static unsigned open_sealed(struct home_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    const char *bank = "sealed";
    struct filter f;
    filter_init(&f);
    f.banks = (struct strings){&bank, 1};
    struct screen *reader = reader_screen(s->app, &f, NULL, &err);
    if (reader && !progress_sealed_seen(s->app, &err))
        loop_error(l, &err);
    return push(l, reader, &err);
}

static unsigned discard(struct home_screen *s, struct loop *l, bool sure)
{
    struct err err = ERR_INIT;
    if (!sure) {
        s->discard_asked = true;
        loop_status(l, ROLE_WARNING, "x again throws the %u words away for good; any other key keeps them.",
                    (unsigned)words_count(sv_from(s->home.draft.text)));
    } else if (drill_draft_discard(s->app, &s->home.draft, &err) && read_home(s, &err)) {
        loop_status(l, ROLE_STATUS, "The unfinished answer is gone.");
    } else {
        loop_error(l, &err);
    }
    return SCREEN_DRAW;
}

static unsigned home_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct home_screen *s = (struct home_screen *)base;
    struct err err = ERR_INIT;
    bool sure = s->discard_asked;
    (void)k;
    s->discard_asked = false;
    switch (action) {
    case DO_DRILL:
        return open_drill(s, l, false);
    case DO_RESUME:
        return open_drill(s, l, true);
    case DO_DISCARD:
        return discard(s, l, sure);
    case DO_SEALED:
        return open_sealed(s, l);
    case DO_REVIEW:
        return open_review(s, l);
    case DO_STORIES:
        return push(l, stories_screen(s->app, &err), &err);
    case DO_MOCK:
        return push(l, mock_loops_screen(s->app, &err), &err);
    case DO_RESUME_MOCK:
        return resume_mock(s, l);
    case DO_QUIT:
        return SCREEN_QUIT;
    case ACTION_HELP:
        loop_push(l, help_screen(base->ops->keymap(base)));
        break;
    }
    return SCREEN_DRAW;
}

static unsigned home_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct home_screen *s = (struct home_screen *)base;
    (void)l;
    (void)k;
    s->discard_asked = false;
    return SCREEN_DRAW;
}

static unsigned home_shown(struct screen *base, struct loop *l)
{
    struct home_screen *s = (struct home_screen *)base;
    struct err err = ERR_INIT;
    s->looked_ms = loop_now(l);
    if (!s->fresh && !read_home(s, &err))
        loop_error(l, &err);
    s->fresh = false;
    if (s->home.first_run && !s->first_run_shown) {
        s->first_run_shown = true;
        return push(l, first_run_screen(s->app, &err), &err);
    }
    return SCREEN_DRAW;
}

static unsigned home_tick(struct screen *base, struct loop *l, int64_t mono_ms)
{
    struct home_screen *s = (struct home_screen *)base;
    struct err err = ERR_INIT;
    s->looked_ms = mono_ms;
    if (app_today(s->app) == s->today)
        return SCREEN_IDLE;
    if (!read_home(s, &err))
        loop_error(l, &err);
    return SCREEN_DRAW;
}

static int64_t home_wake(const struct screen *base, int64_t mono_ms)
{
    (void)mono_ms;
    return ((const struct home_screen *)base)->looked_ms + LOOK_AGAIN_MS;
}

static const struct keymap *home_keymap(const struct screen *base)
{
    const struct home_screen *s = (const struct home_screen *)base;
    bool sealed = s->home.sealed_back;
    if (s->home.has_draft)
        return sealed ? &draft_sealed_map : &draft_map;
    if (s->home.has_mock)
        return sealed ? &mock_sealed_map : &mock_map;
    return sealed ? &sealed_map : &home_map;
}

/* ---- how it looks: sections, with a blank row between them while there is room ---- */

struct layout {
    struct canvas *c;
    int row, bottom;
    int gap;
};

static void begin(struct layout *y)
{
    y->row += y->gap;
}

static int draw_next(const struct home_screen *s, struct layout *y)
{
    const struct progress_home *h = &s->home;
    struct canvas *c = y->c;
    int width = c->cols - TEXT_COLUMN - SHOW_MARGIN;
    canvas_puts(c, y->row, SHOW_MARGIN, ROLE_STRONG, "Next");
    if (!h->has_next) {
        canvas_puts(c, y->row++, TEXT_COLUMN, ROLE_TEXT, "Nothing is due. d drills all the same.");
        return y->row;
    }
    int title = (int)utf8_columns(sv_from(h->next_title)), reason = (int)utf8_columns(sv_from(h->next_reason));
    show_name(c, y->row, TEXT_COLUMN, width, ROLE_STRONG, h->next_title);
    if (title + 3 + reason <= width)
        canvas_put_right(c, y->row, c->cols - SHOW_MARGIN, ROLE_DIM, h->next_reason);
    else
        show_name(c, ++y->row, TEXT_COLUMN, width, ROLE_DIM, h->next_reason);
    int col = TEXT_COLUMN + canvas_puts(c, ++y->row, TEXT_COLUMN, ROLE_KEY, "Enter");
    col += canvas_puts(c, y->row, col, ROLE_TEXT, " starts ");
    show_name(c, y->row, col, c->cols - SHOW_MARGIN - col, ROLE_TEXT, h->next_plan);
    return ++y->row;
}

static int key_hint(struct canvas *c, int row, int col, const char *key, const char *label)
{
    col += canvas_puts(c, row, col, ROLE_KEY, key) + 1;
    return col + canvas_puts(c, row, col, ROLE_DIM, label);
}

static void draw_draft(const struct home_screen *s, struct layout *y)
{
    static const int hints = 24; /* columns of the two keys */
    const struct draft *d = &s->home.draft;
    struct canvas *c = y->c;
    char ago[SHOW_SIZE];
    struct buf line = BUF_INIT;
    unsigned words = (unsigned)words_count(sv_from(d->text));
    show_ago(ago, s->wall_ms - d->updated_at);
    buf_addf(&line, "%u %s, %s: %s", words, words == 1 ? "word" : "words", ago, d->prompt);
    struct sv text = buf_sv(&line), first = {NULL, 0};
    sv_split(&text, '\n', &first);
    buf_truncate(&line, first.len);
    canvas_puts(c, y->row, SHOW_MARGIN, ROLE_STRONG, "Unfinished");
    show_name(c, y->row, TEXT_COLUMN, c->cols - TEXT_COLUMN - hints, ROLE_TEXT, buf_str(&line));
    int col = key_hint(c, y->row, c->cols - hints + 2, "r", "resume");
    key_hint(c, y->row++, col + 2, "x", "discard");
    buf_release(&line);
}

/* "Amazon PM, interview 3 of 5, 41 min left"; an unfinished answer, too, takes the key r for itself. */
static void draw_mock(const struct home_screen *s, struct layout *y)
{
    static const int hint = 11;
    const struct mock_run *r = &s->home.mock;
    struct canvas *c = y->c;
    char left[SHOW_SIZE];
    struct buf line = BUF_INIT;
    show_hours(left, r->left_ms);
    buf_addf(&line, "%s, ", r->title);
    if (r->in_debrief)
        buf_adds(&line, "the debrief waits for your votes");
    else if (r->stages > 1)
        buf_addf(&line, "interview %u of %u, %s left", r->stage > 0 ? r->stage : 1, r->stages, left);
    else
        buf_addf(&line, "%s left", left);
    canvas_puts(c, y->row, SHOW_MARGIN, ROLE_STRONG, s->home.has_draft ? "Mock loop" : "Unfinished");
    show_name(c, y->row, TEXT_COLUMN, c->cols - TEXT_COLUMN - hint, ROLE_TEXT, buf_str(&line));
    key_hint(c, y->row++, c->cols - hint + 2, s->home.has_draft ? "m" : "r", "resume");
    buf_release(&line);
}

static void draw_sealed(struct layout *y)
{
    canvas_puts(y->c, y->row, SHOW_MARGIN, ROLE_STRONG, "Sealed");
    int col = TEXT_COLUMN + canvas_puts(y->c, y->row, TEXT_COLUMN, ROLE_TEXT, "Your first answer is back.");
    key_hint(y->c, y->row++, col + 2, "o", "reads it");
}

enum { BAR_LEAST = 3, BAR_MOST = 24, NAME_LEAST = 15, NAME_MOST = 44, FIGURES = 8, HALF_GAP = 3, HALF_MOST = 72 };

static void draw_principle(const struct home_screen *s, size_t i, struct canvas *c, int row, int col, int cols)
{
    const struct coverage *v = &s->home.coverage[i];
    int name = cols * 3 / 5, room = cols - 1 - FIGURES - BAR_LEAST;
    name = name < NAME_LEAST ? NAME_LEAST : name > NAME_MOST ? NAME_MOST : name;
    name = name > room ? room : name;
    int bar = cols - name - 1 - FIGURES;
    bar = bar > BAR_MOST ? BAR_MOST : bar;
    show_name(c, row, col, name, v->answers > 0 ? ROLE_TEXT : ROLE_DIM, s->home.principle_names[i]);
    col += name + 1;
    if (v->answers == 0) {
        canvas_puts(c, row, col, ROLE_DIM, "·");
        return;
    }
    chart_bar(c, row, col, bar, v->mean, LEVELS, ROLE_BAR);
    if (v->mean > 0)
        canvas_putf(c, row, col + bar + 1, ROLE_STRONG, "%3.1f", v->mean);
    else
        canvas_puts(c, row, col + bar + 1, ROLE_DIM, "  –");
    canvas_putf(c, row, col + bar + 5, ROLE_DIM, "%2u", v->answers);
}

static void draw_coverage(const struct home_screen *s, struct layout *y)
{
    struct canvas *c = y->c;
    int count = (int)s->home.coverage_count, half = (count + 1) / 2;
    int cols = (c->cols - 2 * SHOW_MARGIN - HALF_GAP) / 2;
    cols = cols > HALF_MOST ? HALF_MOST : cols;
    int right = SHOW_MARGIN + 2 * cols + HALF_GAP;
    canvas_puts(c, y->row, SHOW_MARGIN, ROLE_STRONG, "Coverage, last 14 days");
    canvas_put_right(c, y->row++, right, ROLE_DIM, "level 1-5, n answers");
    for (int i = 0; i < count; i++)
        draw_principle(s, (size_t)i, c, y->row + i % half, SHOW_MARGIN + (i < half ? 0 : cols + HALF_GAP), cols);
    y->row += half;
}

static void draw_week(const struct home_screen *s, struct layout *y)
{
    const struct progress_home *h = &s->home;
    struct canvas *c = y->c;
    int days = c->cols >= SHOW_WIDE ? HOME_DAYS : WEEK;
    double minutes[HOME_DAYS], most = 1;
    char spent[SHOW_SIZE];
    for (int i = 0; i < days; i++) {
        const struct day_total *d = &h->days[HOME_DAYS - days + i];
        minutes[i] = d->answers > 0 ? (double)d->active_ms / 60000 : -1;
        most = minutes[i] > most ? minutes[i] : most;
    }
    canvas_puts(c, y->row, SHOW_MARGIN, ROLE_STRONG, days > WEEK ? "Two weeks" : "This week");
    for (int i = 0; i < days; i++)
        canvas_puts(c, y->row, TEXT_COLUMN + i, ROLE_DIM, "·");
    chart_spark(c, y->row, TEXT_COLUMN, minutes, (size_t)days, most, ROLE_BAR);
    show_hours(spent, h->week_ms);
    struct buf line = BUF_INIT;
    buf_addf(&line, "%u of %s7 days, %s", h->week_days, days > WEEK ? "the last " : "", spent);
    if (h->streak > 1)
        buf_addf(&line, ", %u in a row", h->streak);
    canvas_puts(c, y->row++, TEXT_COLUMN + days + 2, ROLE_TEXT, buf_str(&line));
    buf_release(&line);
}

enum { WEAKEST = 3, MAX_PRINCIPLES = 64 };

/* Practised and not yet named, with the lowest mean; coverage_count when there is none. */
static size_t find_weakest(const struct progress_home *h, const bool *named)
{
    size_t best = h->coverage_count;
    for (size_t i = 0; i < h->coverage_count && i < MAX_PRINCIPLES; i++)
        if (!named[i] && h->coverage[i].mean > 0 &&
            (best == h->coverage_count || h->coverage[i].mean < h->coverage[best].mean))
            best = i;
    return best;
}

/* Where there is room: what to practise if one may choose. */
static void draw_weakest(const struct home_screen *s, struct layout *y)
{
    const struct progress_home *h = &s->home;
    struct buf line = BUF_INIT;
    bool named[MAX_PRINCIPLES] = {false};
    unsigned untouched = 0;
    int most = y->c->cols >= SHOW_WIDE ? WEAKEST : WEAKEST - 1;
    for (size_t i = 0; i < h->coverage_count; i++)
        untouched += h->coverage[i].answers == 0;
    for (int n = 0; n < most; n++) {
        size_t at = find_weakest(h, named);
        if (at == h->coverage_count)
            break;
        named[at] = true;
        buf_addf(&line, "%s%s %.1f", n ? ", " : "", h->principle_names[at], h->coverage[at].mean);
    }
    if (untouched > 0)
        buf_addf(&line, "%s%u without an answer", line.len ? "; " : "", untouched);
    canvas_puts(y->c, y->row, SHOW_MARGIN, ROLE_STRONG, "Weakest");
    show_name(y->c, y->row++, TEXT_COLUMN, y->c->cols - TEXT_COLUMN - SHOW_MARGIN, ROLE_TEXT, buf_str(&line));
    buf_release(&line);
}

/* "no-number 6 of 14 answers, we-fog 4, jargon 3": worst first, as many as fit. */
static void draw_flaws(const struct home_screen *s, struct layout *y)
{
    const struct habits *f = &s->home.flaws;
    struct canvas *c = y->c;
    int col = SHOW_MARGIN + canvas_puts(c, y->row, SHOW_MARGIN, ROLE_STRONG, "Flaws that come back") + 2;
    for (size_t i = 0; i < f->count; i++) {
        struct buf entry = BUF_INIT;
        buf_addf(&entry, i == 0 ? "%s%s %u of %u answers" : "%s%s %u", i ? ", " : "", f->at[i].rule, f->at[i].answers,
                 f->answers);
        bool fits = i == 0 || col + (int)utf8_columns(buf_sv(&entry)) <= c->cols - SHOW_MARGIN;
        if (fits)
            col += canvas_put_clipped(c, y->row, col, c->cols - SHOW_MARGIN - col, ROLE_TEXT, buf_sv(&entry));
        buf_release(&entry);
        if (!fits)
            break;
    }
    y->row++;
}

static void draw_teaching(const struct home_screen *s, struct layout *y)
{
    static const char *const lines[] = {
        "Nothing practised yet. A drill asks one question; you type or speak your answer against the clock, score it "
        "yourself, and only then see what a strong answer has that yours has not.",
        "From the first answer on, this page shows how each of the sixteen principles stands, and what is due.",
    };
    canvas_puts(y->c, y->row, SHOW_MARGIN, ROLE_STRONG, "Start here");
    int width = text_measure(y->c->cols - TEXT_COLUMN);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        int rows = text_put(y->c, y->row, TEXT_COLUMN, width, 0, ROLE_TEXT, sv_from(lines[i]));
        if (y->row + rows > y->bottom)
            return;
        y->row += text_put(y->c, y->row, TEXT_COLUMN, width, rows, ROLE_TEXT, sv_from(lines[i])) + 1;
    }
    if (s->home.due.has_milestone || y->row >= y->bottom)
        return;
    int col = TEXT_COLUMN + canvas_puts(y->c, y->row, TEXT_COLUMN, ROLE_DIM, "Good to have first: ");
    key_hint(y->c, y->row++, col, "s", "the headlines of five stories of yours.");
}

static void draw_title(const struct home_screen *s, struct canvas *c, int *top, int *bottom)
{
    const struct progress_due *due = &s->home.due;
    struct buf right = BUF_INIT;
    char day[SHOW_SIZE];
    show_day(day, s->today);
    if (due->has_milestone && due->days_left == 0)
        buf_addf(&right, "today: %s · ", due->milestone);
    else if (due->has_milestone)
        buf_addf(&right, "%d %s to the %s · ", due->days_left, due->days_left == 1 ? "day" : "days", due->milestone);
    if (due->due > 0)
        buf_addf(&right, "%u due · ", due->due);
    buf_adds(&right, day);
    frame_draw(c, "pmprep", buf_str(&right), home_keymap(&s->base), top, bottom);
    buf_release(&right);
}

static void home_draw(const struct screen *base, struct canvas *c)
{
    const struct home_screen *s = (const struct home_screen *)base;
    const struct progress_home *h = &s->home;
    int top;
    struct layout y = {.c = c};
    draw_title(s, c, &top, &y.bottom);
    bool fresh = h->answers == (h->sealed_days >= 0 ? 1 : 0);
    int extras = (h->has_draft ? 1 : 0) + (h->has_mock ? 1 : 0) + (h->sealed_back ? 1 : 0);
    int need = 3 + extras + 1 + (int)(h->coverage_count + 1) / 2 + 1;
    y.gap = fresh || y.bottom - top - need >= 2 + extras ? 1 : 0;
    y.row = top;
    draw_next(s, &y);
    if (h->has_draft) {
        begin(&y);
        draw_draft(s, &y);
    }
    if (h->has_mock) {
        begin(&y);
        draw_mock(s, &y);
    }
    if (h->sealed_back) {
        begin(&y);
        draw_sealed(&y);
    }
    begin(&y);
    if (fresh) {
        draw_teaching(s, &y);
        return;
    }
    draw_coverage(s, &y);
    begin(&y);
    if (y.row < y.bottom)
        draw_week(s, &y);
    begin(&y);
    if (h->flaws.count > 0 && y.row < y.bottom) {
        draw_flaws(s, &y);
        begin(&y);
    }
    if (y.gap && y.row < y.bottom)
        draw_weakest(s, &y);
}

static void home_free(struct screen *base)
{
    struct home_screen *s = (struct home_screen *)base;
    arena_release(&s->arena);
    free(s);
}

static const struct screen_ops home_ops = {
    .name = "home",
    .keymap = home_keymap,
    .action = home_action,
    .key = home_key,
    .tick = home_tick,
    .wake = home_wake,
    .shown = home_shown,
    .draw = home_draw,
    .free = home_free,
};

struct screen *home_screen(struct app *app, struct err *err)
{
    struct home_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &home_ops;
    s->app = app;
    s->fresh = read_home(s, err);
    if (s->fresh)
        return &s->base;
    free(s);
    return NULL;
}
