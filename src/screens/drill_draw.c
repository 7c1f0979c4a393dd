#include "answer.h"
#include "drill_screen.h"
#include "show.h"

#include "pmprep/app/names.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/utf8.h"
#include "pmprep/coach/words.h"
#include "pmprep/tui/chart.h"

static void interval_words(char out[32], const struct drill_view *v, enum rating r)
{
    int days = v->choice[r].days;
    if (days == 0)
        snprintf(out, 32, "%d min", (int)((v->choice[r].seconds + 59) / 60));
    else if (days == 1)
        snprintf(out, 32, "tomorrow");
    else
        snprintf(out, 32, "%d days", days);
}

/* The principle is named only once the user has been asked for it, unless the prompt says it. */
static bool principle_is_open(const struct drill_view *v)
{
    return v->principle && (v->item->names_principle || v->step > DRILL_PRINCIPLE);
}

/* Right of the title: the clock, or how it is answered. The difficulty stands there when it fits. */
enum { STATE_COLS = 14, DIFFICULTY_COLS = 15 };

static void draw_title(const struct drill_view *v, struct canvas *c, int *top, int *bottom, const struct keymap *m)
{
    struct buf left = BUF_INIT;
    int cols = c->cols - 2 - STATE_COLS;
    if (v->step == DRILL_DONE) {
        buf_adds(&left, "Drill, done");
    } else {
        buf_addf(&left, "Drill %u of %u · ", v->at, v->of);
        if (principle_is_open(v))
            buf_addf(&left, "%s · ", v->principle->name);
        if (v->item->kind == family_kind(v->item->family) && v->item->family != family_default(v->item->kind))
            buf_addf(&left, "%s ", family_name(v->item->family));
        buf_addf(&left, "%s%s", kind_name(v->item->kind), v->flagged ? " · flagged" : "");
        if ((int)utf8_columns(buf_sv(&left)) + DIFFICULTY_COLS <= cols)
            buf_addf(&left, " · difficulty %d", v->item->difficulty);
    }
    frame_draw(c, "", "", m, top, bottom);
    show_name(c, 0, 1, cols, ROLE_TITLE, buf_str(&left));
    buf_release(&left);
}

enum { WHY_ROWS = 8 };

/* In at most so many rows; dots beside the last one tell that there is more. */
static int put_prose(struct canvas *c, int row, int col, int width, int rows, enum role role, const char *text)
{
    struct arena scratch = ARENA_INIT;
    struct sv flow = sv_from(page_flow(&scratch, text));
    int used = text_put(c, row, col, width, rows, role, flow);
    if (text_put(c, row, col, width, 0, role, flow) > rows)
        canvas_puts(c, row + rows - 1, col + width, ROLE_DIM, "…");
    arena_release(&scratch);
    return used;
}

static int draw_question(const struct drill_view *v, struct canvas *c, int row, int rows)
{
    int used = put_prose(c, row, SHOW_MARGIN, show_width(c), rows, ROLE_STRONG, v->item->prompt);
    return row + used;
}

static void add_phases(struct page *p, const struct item *item)
{
    if (item->phase_count == 0)
        return;
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < item->phase_count; i++)
        buf_addf(&line, "%s%s %u", i ? " · " : "minutes: ", item->phases[i].name, item->phases[i].minutes);
    page_add(p, ROLE_DIM, 0, 0, buf_sv(&line));
    buf_release(&line);
}

static void draw_status(const struct drill_screen *s, const struct drill_view *v, struct canvas *c)
{
    char spoken[SHOW_SIZE];
    unsigned words = edit_words(s->edit);
    show_length(spoken, words_spoken_ms(words));
    struct buf line = BUF_INIT;
    buf_addf(&line, "%u %s", words, words == 1 ? "word" : "words");
    if (v->word_budget > 0)
        buf_addf(&line, " of %u", v->word_budget);
    buf_addf(&line, " · as speech %s", spoken);
    if (words > 0 && !s->save_failed)
        buf_adds(&line, s->draft_saved && s->changed_ms == 0 ? " · draft saved" : " · writing");
    bool over = v->word_budget > 0 && words > v->word_budget;
    int end = 1 + (int)utf8_columns(buf_sv(&line));
    canvas_puts(c, c->rows - 2, 1, over ? ROLE_WARNING : ROLE_STATUS, buf_str(&line));
    if (s->save_failed)
        canvas_puts(c, c->rows - 2, end, ROLE_ERROR, " · NOT SAVED, F12: to a file");
    else if (over)
        canvas_puts(c, c->rows - 2, end, ROLE_WARNING, " · over the budget");
    buf_release(&line);
}

static void draw_editor(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int row, int bottom)
{
    int width = show_width(c);
    if (s->live && v->step != DRILL_WHY) {
        bottom--;
        canvas_put_clipped(c, bottom, SHOW_MARGIN, c->cols - 2 * SHOW_MARGIN, ROLE_DIM, buf_sv(&s->live_line));
    }
    canvas_fill(c, row, 1, c->cols - 2, ROLE_RULE, 0x2500);
    edit_layout(s->edit, width, bottom - row - 2);
    edit_draw(s->edit, c, row + 1, SHOW_MARGIN, true);
    canvas_fill(c, bottom - 1, 1, c->cols - 2, ROLE_RULE, 0x2500);
}

/* ---- one function a step ---- */

static void draw_answer(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    page_begin(p, show_width(c));
    if (v->mode != MODE_SPEAK)
        p->key = "F9";
    page_add_prose(p, ROLE_STRONG, 0, v->item->prompt);
    add_phases(p, v->item);
    if (v->item->kind == KIND_REWRITE) {
        page_blank(p);
        page_add(p, ROLE_TEXT, 0, 0, sv_from(rewrite_task));
    }
    page_blank(p);
    page_addf(p, ROLE_DIM, 0, 0, "why this one: %s", v->reason);
    if (v->mode == MODE_OUTLINE)
        page_add(p, ROLE_DIM, 0, 0, SV("five lines: customer, stakes, what I decided, what changed, what I learned"));
    int room = bottom - top;
    int least = v->mode == MODE_SPEAK ? 6 : 8;
    int rows = (int)p->count < room - least ? (int)p->count : room - least;
    page_draw(p, c, top, SHOW_MARGIN, rows);
    int row = top + rows + 1;
    if (v->mode == MODE_SPEAK) {
        canvas_puts(c, row + 1, SHOW_MARGIN, ROLE_STRONG,
                    s->speech ? "Answer aloud now; it is recorded." : "Answer aloud now.");
        canvas_puts(c, row + 2, SHOW_MARGIN, v->left_ms > 0 ? ROLE_DIM : ROLE_TIMER_LAST,
                    v->left_ms > 0 ? "Enter when you have said it." : "Time is up; bring it to an end.");
        return;
    }
    draw_editor(s, v, c, row - 1 + (room > 16 ? 1 : 0), bottom);
    draw_status(s, v, c);
}

static int draw_tick_list(const struct drill_screen *s, struct canvas *c, int row)
{
    canvas_puts(c, row++, SHOW_MARGIN, ROLE_STRONG, "Tick what you really said, not what you meant to say.");
    for (int i = 0; i < TICK_KINDS; i++) {
        bool on = (s->ticks & (1u << i)) != 0;
        canvas_putf(c, row++, SHOW_MARGIN, on ? ROLE_GOOD : ROLE_TEXT, "%d  %s %s", i + 1, on ? "[x]" : "[ ]",
                    answer_tick_words[i]);
    }
    return row + 1;
}

enum { TICKS_ROOM = 19 }; /* rows in which the question, the ticks and the bullets stand together */

static void draw_ticks(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    bool both = bottom - top >= TICKS_ROOM;
    int row = draw_question(v, c, top, 3) + 1;
    if (s->speech) {
        canvas_puts(c, row, SHOW_MARGIN, ROLE_STRONG, "Writing down what you said.");
        canvas_puts(c, row + 1, SHOW_MARGIN, ROLE_DIM, "It is yours to correct then; Esc goes on without it.");
        return;
    }
    both = both && !v->heard;
    if (both || !s->bullets_focus)
        row = draw_tick_list(s, c, row);
    if (both || s->bullets_focus || row < bottom)
        canvas_puts(c, row, SHOW_MARGIN, ROLE_DIM,
                    v->heard ? "What you said, as it was written down: correct it."
                             : "Bullets of what you said, if you like (Tab):");
    if (!both && !s->bullets_focus)
        return;
    row++;
    canvas_fill(c, row, 1, c->cols - 2, ROLE_RULE, 0x2500);
    edit_layout(s->edit, show_width(c), bottom - row - 2);
    edit_draw(s->edit, c, row + 1, SHOW_MARGIN, s->bullets_focus);
    canvas_fill(c, bottom - 1, 1, c->cols - 2, ROLE_RULE, 0x2500);
}

/* Both answers of a pair side by side. */
static void draw_sides(const struct drill_view *v, struct canvas *c, int row, int bottom)
{
    int width = (c->cols - 2 * SHOW_MARGIN - DRILL_COLUMN_GAP) / 2;
    for (int i = 0; i < 2; i++) {
        int col = SHOW_MARGIN + i * (width + DRILL_COLUMN_GAP);
        canvas_putf(c, row, col, ROLE_STRONG, "%d", i + 1);
        put_prose(c, row + 1, col, width, bottom - row - 1, ROLE_TEXT, v->shown[i]);
    }
    for (int r = row; r < bottom; r++)
        canvas_puts(c, r, SHOW_MARGIN + width + 2, ROLE_RULE, "│");
}

static void draw_pick(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    bool pair = v->item->kind == KIND_PAIR;
    const char *ask = pair ? "Which answer is stronger? 1 or 2." : "Pick one.";
    if (pair && c->cols >= SHOW_WIDE) {
        int row = draw_question(v, c, top, (bottom - top) / 3) + 1;
        canvas_puts(c, row, SHOW_MARGIN, ROLE_DIM, ask);
        draw_sides(v, c, row + 2, bottom);
        return;
    }
    struct page *p = s->page;
    page_begin(p, show_width(c));
    page_add_prose(p, ROLE_STRONG, 0, v->item->prompt);
    page_blank(p);
    page_add(p, ROLE_DIM, 0, 0, sv_from(ask));
    for (int i = 0; i < v->shown_count; i++) {
        page_blank(p);
        if (pair)
            page_addf(p, ROLE_STRONG, 0, 0, "%d", i + 1);
        if (pair)
            page_add_prose(p, ROLE_TEXT, 0, v->shown[i]);
        else
            page_addf(p, ROLE_TEXT, 0, 3, "%d  %s", i + 1, v->shown[i]);
    }
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void draw_why(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    int weaker = v->shown_index[0] == 0 ? 0 : 1;
    page_begin(p, show_width(c));
    p->key = "F9";
    page_addf(p, ROLE_STRONG, 0, 0, "%s What is wrong with answer %d? Name the flaw and the words that show it.",
              v->picked == v->right ? "Right." : "No, the other one is stronger.", weaker + 1);
    page_blank(p);
    page_add_prose(p, ROLE_TEXT, 0, v->shown[weaker]);
    int rows = bottom - top - WHY_ROWS;
    if ((int)p->count < rows)
        rows = (int)p->count;
    page_draw(p, c, top, SHOW_MARGIN, rows);
    draw_editor(s, v, c, top + rows, bottom);
}

static void draw_principle(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top,
                           int bottom)
{
    struct err err = ERR_INIT;
    struct library *lib;
    size_t count = 0;
    const struct principle *all = app_library(s->app, &lib, &err) ? library_principles(lib, &count) : NULL;
    int row = draw_question(v, c, top, 4) + 1;
    canvas_puts(c, row++, SHOW_MARGIN, ROLE_STRONG, "Which principle was that?");
    int half = (int)(count + 1) / 2;
    int second = c->cols / 2 + 1;
    for (int i = 0; i < (int)count && row + 1 + i % half < bottom; i++) {
        int col = i < half ? SHOW_MARGIN : second;
        canvas_putf(c, row + 1 + i % half, col, ROLE_KEY, "%c", 'a' + i);
        show_name(c, row + 1 + i % half, col + 3, second - SHOW_MARGIN - 5, ROLE_TEXT, all[i].name);
    }
}

static void story_row(const void *ctx, size_t i, bool selected, struct canvas *c, int row, int col, int cols)
{
    const struct drill_screen *s = ctx;
    size_t index[MAX_STORIES];
    size_t matches = drill_story_matches(s, index, MAX_STORIES);
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    struct buf line = BUF_INIT;
    if (i == 0) {
        buf_adds(&line, "no story of mine");
    } else if (i <= matches) {
        const struct story *st = &s->stories[index[i - 1]];
        buf_addf(&line, "%s", st->headline);
        if (st->used == 1)
            buf_adds(&line, "  (told once)");
        else if (st->used > 1)
            buf_addf(&line, "  (told %u times)", st->used);
    } else {
        buf_adds(&line, "new story: ");
        buf_addsv(&line, sv_trim(edit_text(s->typeahead)));
    }
    canvas_fill(c, row, col, cols, role, ' ');
    canvas_put_clipped(c, row, col, cols, role, buf_sv(&line));
    buf_release(&line);
}

static void draw_story(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    (void)v;
    int width = show_width(c);
    canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "Which story was it?");
    int row = top + 2;
    row += text_put(c, row, SHOW_MARGIN, width, 2, ROLE_DIM,
                    SV("Type part of its headline; what is not there becomes a new story."));
    row++;
    canvas_puts(c, row, SHOW_MARGIN, ROLE_KEY, "> ");
    edit_layout(s->typeahead, width - 2, 1);
    edit_draw(s->typeahead, c, row, SHOW_MARGIN + 2, true);
    list_layout(s->story_list, bottom - row - 2);
    list_draw(s->story_list, c, row + 2, SHOW_MARGIN, width, story_row, s);
}

static void draw_again(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    int row = draw_question(v, c, top, 4) + 1;
    static const char *const how[MODE_COUNT] = {
        [MODE_TYPE] = "Shorter this time",
        [MODE_SPEAK] = "Say it again in ninety seconds and give its bullets",
        [MODE_OUTLINE] = "Again in five lines",
        [MODE_PICK] = "",
    };
    struct buf line = BUF_INIT;
    const char *against = v->mend ? ", with one thing to mend:" : v->next_anchor[0] ? ", against one point:" : ".";
    buf_addf(&line, "%s%s", how[v->mode], against);
    row += text_put(c, row, SHOW_MARGIN, show_width(c), 2, ROLE_DIM, buf_sv(&line));
    buf_clear(&line);
    if (v->mend)
        buf_addf(&line, "%s · %s", v->mend->rule, v->mend->message);
    else
        buf_adds(&line, v->next_anchor);
    if (line.len > 0)
        row += text_put(c, row, SHOW_MARGIN + 2, show_width(c) - 2, 3, ROLE_TEXT, buf_sv(&line));
    buf_release(&line);
    draw_editor(s, v, c, row + 1, bottom);
    draw_status(s, v, c);
}

static void add_rating(struct page *p, const struct drill_view *v, enum rating r)
{
    char when[32];
    interval_words(when, v, r);
    page_addf(p, r == v->rating ? ROLE_SELECTED : ROLE_TEXT, 2, 0, "%d  %-6s %s", (int)r, rating_name(r), when);
}

static void draw_schedule(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top,
                          int bottom)
{
    struct page *p = s->page;
    char when[32];
    page_begin(p, show_width(c));
    if (v->rating == RATING_NONE) {
        page_add(p, ROLE_TEXT, 0, 0, SV("No score, so the schedule stays as it was. 1 to 4 rates it by hand."));
    } else {
        interval_words(when, v, v->rating);
        const char *source = v->mode == MODE_PICK ? "follows from your pick" : "follows from your last score";
        page_addf(p, ROLE_STRONG, 0, 0, "%s: back %s%s", rating_name(v->rating),
                  v->choice[v->rating].days == 1 ? "" : "in ", when);
        page_add(p, ROLE_DIM, 0, 0, sv_from(v->rating_changed ? "changed by you" : source));
    }
    page_blank(p);
    for (int r = RATING_AGAIN; r <= RATING_EASY; r++)
        add_rating(p, v, (enum rating)r);
    page_blank(p);
    if (v->capped)
        page_add(p, ROLE_DIM, 0, 0, SV("Shortened, so that it comes back before your interview."));
    if (v->story[0])
        page_addf(p, ROLE_DIM, 0, 0, "story: %s", v->story);
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void draw_done(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    char spent[SHOW_SIZE];
    show_length(spent, v->session_ms);
    page_begin(p, show_width(c));
    page_addf(p, ROLE_STRONG, 0, 0, "%u %s answered%s in %s.", v->done, v->done == 1 ? "question" : "questions",
              v->skipped > 0 ? " (some skipped)" : "", spent);
    if (v->stopped_because[0])
        page_addf(p, ROLE_DIM, 0, 0, "It ends here because %s.", v->stopped_because);
    page_blank(p);
    page_add(p, ROLE_TEXT, 0, 0, SV("Every answer is in Review, with what you scored before and after the evidence."));
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

typedef void draw_step_fn(const struct drill_screen *, const struct drill_view *, struct canvas *, int, int);

static draw_step_fn *const draw_step[] = {
    [DRILL_ANSWER] = draw_answer,
    [DRILL_TICKS] = draw_ticks,
    [DRILL_PICK] = draw_pick,
    [DRILL_WHY] = draw_why,
    [DRILL_PRINCIPLE] = draw_principle,
    [DRILL_SCORE] = drill_draw_score,
    [DRILL_STORY] = draw_story,
    [DRILL_EVIDENCE] = drill_draw_evidence,
    [DRILL_RESCORE] = drill_draw_score,
    [DRILL_AGAIN] = draw_again,
    [DRILL_COMPARE] = drill_draw_compare,
    [DRILL_SCHEDULE] = draw_schedule,
    [DRILL_DONE] = draw_done,
};

static bool timed(enum drill_step step)
{
    return step == DRILL_ANSWER || step == DRILL_PICK || step == DRILL_WHY || step == DRILL_AGAIN;
}

void drill_draw(const struct screen *base, struct canvas *c)
{
    const struct drill_screen *s = (const struct drill_screen *)base;
    const struct drill_view *v = drill_view(s->drill);
    int top, bottom;
    draw_title(v, c, &top, &bottom, drill_keymap(s, v));
    if (v->allotted_ms > 0 && timed(v->step))
        timer_draw(c, 0, c->cols - 1, v->left_ms, v->paused);
    else if (v->step != DRILL_DONE)
        canvas_put_right(c, 0, c->cols - 1, ROLE_DIM, show_mode(v->mode));
    if (v->paused) {
        int row = top + 2 +
                  text_put(c, top + 2, SHOW_MARGIN, show_width(c), 2, ROLE_STRONG,
                           SV("Paused. The clock stands still and the question is hidden."));
        canvas_puts(c, row, SHOW_MARGIN, ROLE_DIM, "F3 goes on.");
        return;
    }
    draw_step[v->step](s, v, c, top, bottom);
}
