#include "answer.h"
#include "mock_screen.h"
#include "show.h"

#include "pmprep/base/utf8.h"
#include "pmprep/coach/words.h"

/* The interviews: what the interviewer says above, the own words below. Nothing here judges an answer. */

enum { COLUMN_GAP = 5, COLUMN_MOST = 72, ABOVE_LEAST = 5, ABOVE_MOST = 12, CLOCK_COLS = 14, CUT_IN_ROWS = 2 };

struct mock_columns mock_columns(const struct canvas *c)
{
    int half = (c->cols - 2 * SHOW_MARGIN - COLUMN_GAP) / 2;
    if (c->cols < SHOW_WIDE)
        return (struct mock_columns){show_width(c), 0, 0};
    int width = half < COLUMN_MOST ? half : COLUMN_MOST;
    return (struct mock_columns){width, SHOW_MARGIN + width + COLUMN_GAP, width};
}

void mock_draw_rule_between(const struct mock_columns *y, struct canvas *c, int top, int bottom)
{
    for (int row = top; y->second && row < bottom; row++)
        canvas_puts(c, row, y->second - COLUMN_GAP / 2 - 1, ROLE_RULE, "│");
}

void mock_draw_editor(const struct edit *e, struct canvas *c, int row, int bottom, int width, bool focus)
{
    int cols = c->cols >= SHOW_WIDE ? width + 2 : c->cols - 2;
    canvas_fill(c, row, 1, cols, ROLE_RULE, 0x2500);
    edit_layout((struct edit *)e, width, bottom - row - 2);
    edit_draw(e, c, row + 1, SHOW_MARGIN, focus);
    canvas_fill(c, bottom - 1, 1, cols, ROLE_RULE, 0x2500);
}

/* ---- title and clock */

static bool is_debrief(enum mock_phase phase)
{
    return phase >= MOCK_VOTE;
}

static void draw_clock(const struct mock_view *v, struct canvas *c)
{
    int64_t left = v->part_left_ms > 0 ? v->part_left_ms : 0;
    int64_t seconds = (left + 999) / 1000; /* rounded up, so that 00:00 appears exactly when the time is over */
    bool last = v->warning == MOCK_LAST_MINUTE || v->warning == MOCK_TIME;
    char text[SHOW_SIZE];
    snprintf(text, sizeof(text), "%02d:%02d %s", (int)(seconds / 60), (int)(seconds % 60),
             v->paused ? "paused" : "left");
    canvas_put_right(c, 0, c->cols - 1, last && !v->paused ? ROLE_TIMER_LAST : ROLE_TIMER, text);
}

/* "Five-interview loop · interview 2 of 5 · Case"; where that is too long, without the name of the loop. */
static void add_place(struct buf *out, const struct mock_view *v, int cols)
{
    struct buf rest = BUF_INIT;
    bool debrief = is_debrief(v->phase);
    if (!debrief && v->stages > 1)
        buf_addf(&rest, "interview %u of %u", v->stage, v->stages);
    if (!debrief && v->phase != MOCK_BREAK && v->part[0])
        buf_addf(&rest, "%s%s", rest.len ? " · " : "", v->part);
    int loop = (int)utf8_columns(sv_from(v->loop_title)) + 3;
    if (rest.len == 0 || (int)utf8_columns(buf_sv(&rest)) + loop <= cols)
        buf_addf(out, "%s%s%s", debrief ? "Debrief · " : "", v->loop_title, rest.len ? " · " : "");
    else
        buf_adds(out, "Mock, ");
    buf_addsv(out, buf_sv(&rest));
    buf_release(&rest);
}

static void draw_title(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int *top, int *bottom)
{
    struct buf left = BUF_INIT, right = BUF_INIT;
    if (v->phase == MOCK_EVIDENCE)
        buf_addf(&right, "page %u of %u", v->page, v->pages);
    else if (v->phase == MOCK_VERDICT || v->phase == MOCK_OVER)
        buf_adds(&right, v->debrief ? verdict_names[v->debrief->as_voted] : "");
    frame_draw(c, "", buf_str(&right), mock_keymap(s, v), top, bottom);
    int cols = c->cols - 2 - (mock_timed(v->phase) ? CLOCK_COLS : (int)utf8_columns(buf_sv(&right)) + 2);
    add_place(&left, v, cols);
    show_name(c, 0, 1, cols, ROLE_TITLE, buf_str(&left));
    if (mock_timed(v->phase))
        draw_clock(v, c);
    buf_release(&left);
    buf_release(&right);
}

/* ---- what was said */

static void add_exchange(struct page *p, const struct mock_view *v)
{
    if (v->said_count == 0)
        page_add(p, ROLE_DIM, 0, 0, SV("Nothing was said yet."));
    for (size_t i = 0; i < v->said_count; i++) {
        const struct mock_line *line = &v->said[i];
        page_blank(p);
        if (line->mine)
            page_add(p, ROLE_TEXT, 4, 0, sv_from(line->text));
        else
            page_addf(p, ROLE_DIM, 0, 1, "“%s”", page_flow(&p->arena, line->text));
    }
}

/* Right of the answer on a wide screen: what was said, the newest at the bottom, and the notes below. */
static void draw_beside(const struct mock_screen *s, const struct mock_view *v, struct canvas *c,
                        const struct mock_columns *y, int top, int bottom)
{
    struct page *p = s->beside;
    if (!y->second)
        return;
    mock_draw_rule_between(y, c, top, bottom);
    int end = v->notes[0] ? bottom - (bottom - top) / 3 : bottom;
    page_begin(p, y->second_width);
    p->key = "";
    add_exchange(p, v);
    page_action(p, ACTION_BOTTOM);
    canvas_puts(c, top, y->second, ROLE_STRONG, "So far");
    page_draw(p, c, top + 1, y->second, end - top - 2);
    if (!v->notes[0])
        return;
    canvas_puts(c, end, y->second, ROLE_STRONG, "Your notes");
    text_put(c, end + 1, y->second, y->second_width, bottom - end - 1, ROLE_TEXT, sv_from(v->notes));
}

/* ---- what stands */

static void add_facts(struct page *p, const struct mock_view *v, size_t count)
{
    if (count == 0)
        return;
    page_blank(p);
    page_add(p, ROLE_DIM, 0, 0, SV("What you were told, the newest first"));
    for (size_t i = count; i-- > 0;)
        page_addf(p, ROLE_TEXT, 0, 2, "· %s", page_flow(&p->arena, v->facts[i]));
}

/* The newest of what was said comes first: a fact that was just told, else the question. */
static void add_stands(struct page *p, const struct mock_screen *s, const struct mock_view *v)
{
    bool told = s->just_told && v->fact_count > 0;
    if (s->was_stopped)
        page_add(p, ROLE_DIM, 0, 0, SV("Time was up: what you had said so far is handed in."));
    if (told) {
        page_addf(p, ROLE_STRONG, 0, 1, "“%s”", page_flow(&p->arena, v->facts[v->fact_count - 1]));
        page_blank(p);
    }
    page_addf(p, told ? ROLE_DIM : ROLE_STRONG, 0, 1, "“%s”", page_flow(&p->arena, v->says));
    if (v->phase == MOCK_ANSWER && v->mode == MODE_OUTLINE && !v->is_case)
        page_add(p, ROLE_DIM, 0, 0, SV("five lines: customer, stakes, what I decided, what changed, what I learned"));
    if (v->phase == MOCK_QUESTIONS)
        page_add(p, ROLE_DIM, 0, 0, SV("One question at a time; an empty one ends the interview."));
    add_facts(p, v, told ? v->fact_count - 1 : v->fact_count);
    if (v->about[0]) {
        page_blank(p);
        page_addf(p, ROLE_DIM, 0, 0, "It began with: %s", page_flow(&p->arena, v->about));
    }
}

/* Stands over the answer, never in its way: the rows are taken from the question, so that the own words do not move. */
static void draw_cut_in(const struct mock_view *v, struct canvas *c, int row, int width)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "“%s”", v->cuts_in);
    int col = SHOW_MARGIN + canvas_puts(c, row, SHOW_MARGIN, ROLE_KEY, "▸") + 1;
    text_put(c, row, col, width - 2, CUT_IN_ROWS, ROLE_STRONG, buf_sv(&line));
    buf_release(&line);
}

/* Rows above the own words: always the same on one screen, whatever is said in them. */
static int rows_above(int room)
{
    int rows = room * 2 / 5;
    return rows < ABOVE_LEAST ? ABOVE_LEAST : rows > ABOVE_MOST ? ABOVE_MOST : rows;
}

static void draw_above(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int rows,
                       int width)
{
    struct page *p = s->page;
    page_begin(p, width);
    p->key = mock_typing(s, v) ? "F9" : "j";
    add_stands(p, s, v);
    rows -= v->cuts_in[0] ? CUT_IN_ROWS : 1;
    page_draw(p, c, top, SHOW_MARGIN, rows);
    if (v->cuts_in[0])
        draw_cut_in(v, c, top + rows, width);
}

static void draw_status(const struct mock_screen *s, const struct mock_view *v, struct canvas *c)
{
    char spoken[SHOW_SIZE], left[SHOW_SIZE];
    struct buf line = BUF_INIT, right = BUF_INIT;
    unsigned words = edit_words(s->edit);
    bool over = v->word_budget > 0 && words > v->word_budget;
    show_length(spoken, words_spoken_ms(words));
    show_length(left, v->stage_left_ms);
    buf_addf(&line, "%u %s", words, words == 1 ? "word" : "words");
    if (v->word_budget > 0)
        buf_addf(&line, " of %u", v->word_budget);
    buf_addf(&line, " · as speech %s", spoken);
    int end = 1 + canvas_puts(c, c->rows - 2, 1, over ? ROLE_WARNING : ROLE_STATUS, buf_str(&line));
    if (s->save_failed)
        end += canvas_puts(c, c->rows - 2, end, ROLE_ERROR, " · NOT SAVED, F12: to a file");
    buf_addf(&right, "interview %s left", left);
    if (end + 2 + (int)right.len < c->cols && v->part_left_ms != v->stage_left_ms)
        canvas_put_right(c, c->rows - 2, c->cols - 1, ROLE_DIM, buf_str(&right));
    buf_release(&line);
    buf_release(&right);
}

static void draw_speaking(const struct mock_screen *s, const struct mock_view *v, struct canvas *c,
                          const struct mock_columns *y, int top, int bottom)
{
    int rows = bottom - top - 5;
    draw_above(s, v, c, top, rows, y->width);
    bool over = v->warning == MOCK_TIME;
    canvas_puts(c, bottom - 4, SHOW_MARGIN, ROLE_STRONG,
                v->phase == MOCK_QUESTIONS ? "Ask aloud."
                : s->speech                ? "Answer aloud now; it is recorded."
                                           : "Answer aloud now.");
    canvas_puts(c, bottom - 3, SHOW_MARGIN, over ? ROLE_TIMER_LAST : ROLE_DIM,
                over                         ? "Time is up; bring it to an end."
                : v->phase == MOCK_QUESTIONS ? "Enter when you have asked all you want: the interview ends."
                                             : "Enter when you have said it.");
}

static void draw_interview(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top,
                           int bottom)
{
    struct mock_columns y = mock_columns(c);
    int above = rows_above(bottom - top);
    draw_beside(s, v, c, &y, top, bottom);
    if (v->mode == MODE_SPEAK) {
        draw_speaking(s, v, c, &y, top, bottom);
        return;
    }
    draw_above(s, v, c, top, above, y.width);
    mock_draw_editor(s->edit, c, top + above, bottom, y.width, s->panel == PANEL_NONE);
    draw_status(s, v, c);
}

/* ---- the facts of a case: over the lower half, where the answer stands */

static void clear_rows(struct canvas *c, int row, int bottom, int cols)
{
    for (; row < bottom; row++)
        canvas_fill(c, row, 1, cols, ROLE_TEXT, ' ');
}

static int begin_below(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom,
                       struct mock_columns *y)
{
    *y = mock_columns(c);
    int row = top + rows_above(bottom - top);
    draw_beside(s, v, c, y, top, bottom);
    draw_above(s, v, c, top, row - top, y->width);
    canvas_fill(c, row, 1, y->second ? y->width + 2 : c->cols - 2, ROLE_RULE, 0x2500);
    clear_rows(c, row + 1, bottom, y->second ? y->width + 2 : c->cols - 2);
    return row + 2;
}

static void draw_ask(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct mock_columns y;
    int row = begin_below(s, v, c, top, bottom, &y);
    canvas_puts(c, row, SHOW_MARGIN, ROLE_STRONG, "What do you want to know?");
    canvas_puts(c, row + 2, SHOW_MARGIN, ROLE_KEY, "> ");
    edit_layout(s->line, y.width - 2, 1);
    edit_draw(s->line, c, row + 2, SHOW_MARGIN + 2, true);
    canvas_puts(c, row + 4, SHOW_MARGIN, ROLE_DIM, "One thing at a time. The clock goes on.");
}

static void draw_near(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct mock_columns y;
    int row = begin_below(s, v, c, top, bottom, &y);
    struct page *p = s->page;
    page_begin(p, y.width);
    if (v->near_count == 0)
        page_add(p, ROLE_STRONG, 0, 0, SV("The interviewer has nothing on that."));
    else
        page_add(p, ROLE_STRONG, 0, 0, SV("Which of these did you mean?"));
    page_blank(p);
    for (size_t i = 0; i < v->near_count; i++)
        page_addf(p, ROLE_TEXT, 0, 3, "%zu  %s", i + 1, v->near[i]);
    page_add(p, ROLE_TEXT, 0, 3, SV("a  make an assumption, and say which"));
    page_add(p, ROLE_TEXT, 0, 3, SV("o  ask otherwise"));
    p->top = 0;
    page_draw(p, c, row, SHOW_MARGIN, bottom - row);
}

/* ---- other panels */

static void draw_notes(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    (void)v;
    int width = show_width(c);
    canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, "Your notes");
    canvas_puts(c, top, SHOW_MARGIN + 12, ROLE_DIM, "kept for the whole loop; the clock goes on");
    mock_draw_editor(s->notes, c, top + 1, bottom, width, true);
}

static void draw_exchange(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    page_begin(p, show_width(c));
    add_exchange(p, v);
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void draw_paused(const struct mock_view *v, struct canvas *c, int top)
{
    (void)v;
    int row = top + 2 +
              text_put(c, top + 2, SHOW_MARGIN, show_width(c), 2, ROLE_STRONG,
                       SV("Paused. The clock stands still and everything is hidden."));
    canvas_puts(c, row, SHOW_MARGIN, ROLE_DIM, "F3 goes on.");
}

/* ---- ticks and breaks */

enum { TICKS_ROOM = 19 }; /* rows in which the ticks and the bullets stand together */

static void draw_ticks(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    struct mock_columns y = mock_columns(c);
    bool both = bottom - top >= TICKS_ROOM && !s->heard;
    int row = top;
    draw_beside(s, v, c, &y, top, bottom);
    if (s->was_stopped)
        canvas_puts(c, row++, SHOW_MARGIN, ROLE_DIM, "Time was up.");
    if (s->speech) {
        canvas_puts(c, row, SHOW_MARGIN, ROLE_STRONG, "Writing down what you said.");
        canvas_puts(c, row + 1, SHOW_MARGIN, ROLE_DIM, "It is yours to correct then; Esc goes on without it.");
        return;
    }
    if (both || !s->bullets_focus) {
        row += text_put(c, row, SHOW_MARGIN, y.width, 2, ROLE_STRONG,
                        SV("Tick what you really said, not what you meant to say."));
        for (int i = 0; i < TICK_KINDS; i++) {
            bool on = (s->ticks & (1u << i)) != 0;
            canvas_putf(c, row++, SHOW_MARGIN, on ? ROLE_GOOD : ROLE_TEXT, "%d  %s %s", i + 1, on ? "[x]" : "[ ]",
                        answer_tick_words[i]);
        }
        row++;
    }
    canvas_puts(c, row++, SHOW_MARGIN, ROLE_DIM,
                s->heard ? "What you said, as it was written down: correct it."
                         : "Bullets of what you said, if you like (Tab):");
    if (both || s->bullets_focus)
        mock_draw_editor(s->edit, c, row, bottom, y.width, s->bullets_focus);
}

static const char *const mode_words[MODE_COUNT] = {[MODE_TYPE] = "You type your answers",
                                                   [MODE_SPEAK] = "You speak your answers",
                                                   [MODE_OUTLINE] = "You outline your answers in lines",
                                                   [MODE_PICK] = ""};

static void draw_break(const struct mock_screen *s, const struct mock_view *v, struct canvas *c, int top, int bottom)
{
    char stage[SHOW_SIZE], loop[SHOW_SIZE];
    struct page *p = s->page;
    show_hours(stage, v->stage_left_ms);
    show_hours(loop, v->loop_left_ms);
    page_begin(p, show_width(c));
    if (s->was_stopped)
        page_add(p, ROLE_DIM, 0, 0,
                 SV("Time was up: what you had said so far is handed in, and the interview is over."));
    else if (v->stage > 1)
        page_addf(p, ROLE_DIM, 0, 0, "Interview %u is over.", v->stage - 1);
    page_blank(p);
    page_addf(p, ROLE_STRONG, 0, 0, "%s%s", v->stages > 1 ? "Next: " : "", v->stage_title);
    page_addf(p, ROLE_TEXT, 0, 0, "%s, %s.", v->interviewer, stage);
    page_blank(p);
    page_add(p, ROLE_TEXT, 0, 0,
             v->stages > 1
                 ? SV("The clock stands. Enter goes on now; q leaves, and the loop waits for you on Home, today or "
                      "on another day.")
                 : SV("The clock stands until Enter. q leaves, and it waits for you on Home."));
    page_blank(p);
    page_addf(p, ROLE_DIM, 0, 0, "%s; m changes that.", mode_words[v->mode]);
    if (v->stages > 1)
        page_addf(p, ROLE_DIM, 0, 0, "%s of interviews are left.", loop);
    if (v->pace < 0.999 || v->pace > 1.001)
        page_addf(p, ROLE_DIM, 0, 0, "Pace %.3g: every time is multiplied by it.", v->pace);
    if (v->notes[0]) {
        page_blank(p);
        page_add(p, ROLE_STRONG, 0, 0, SV("Your notes"));
        page_add(p, ROLE_TEXT, 0, 0, sv_from(v->notes));
    }
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static mock_draw_fn *const draw_phase[] = {
    [MOCK_BREAK] = draw_break,          [MOCK_BACKGROUND] = draw_interview, [MOCK_ANSWER] = draw_interview,
    [MOCK_TICKS] = draw_ticks,          [MOCK_PROBE] = draw_interview,      [MOCK_WRITING] = draw_interview,
    [MOCK_QUESTIONS] = draw_interview,  [MOCK_VOTE] = mock_draw_vote,       [MOCK_EVIDENCE] = mock_draw_evidence,
    [MOCK_AGAINST] = mock_draw_against, [MOCK_REVOTE] = mock_draw_revote,   [MOCK_VERDICT] = mock_draw_verdict,
    [MOCK_OVER] = mock_draw_verdict,
};

static mock_draw_fn *const draw_panel[] = {
    [PANEL_NOTES] = draw_notes,        [PANEL_ASK] = draw_ask,
    [PANEL_NEAR] = draw_near,          [PANEL_EXCHANGE] = draw_exchange,
    [PANEL_REASON] = mock_draw_revote, [PANEL_STORY] = mock_draw_story,
};

void mock_draw(const struct mock_screen *s, const struct mock_view *v, struct canvas *c)
{
    int top, bottom;
    draw_title(s, v, c, &top, &bottom);
    if (v->paused)
        draw_paused(v, c, top);
    else if (s->panel != PANEL_NONE)
        draw_panel[s->panel](s, v, c, top, bottom);
    else
        draw_phase[v->phase](s, v, c, top, bottom);
}
