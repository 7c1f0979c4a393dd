#include "first_run_screen.h"

#include "pair.h"
#include "show.h"

#include "pmprep/app/progress.h"
#include "pmprep/tui/chart.h"

static const struct binding leave_keys[] = {
    {"F4 s", DO_SKIP, "skip", "go on to the next step", BIND_BAR},
    {"Esc ^C q", DO_LEAVE, "leave", "leave all of this; it is not asked again", BIND_BAR},
};
KEYS(leave_map, "First run", leave_keys, &keymap_global);
KEYS(page_leave_map, "First run", leave_keys, &page_keymap);

static const struct binding typing_leave_keys[] = {
    {"F4", DO_SKIP, "skip", "go on to the next step", BIND_BAR},
    {"Esc ^C", DO_LEAVE, "leave", "leave all of this; it is not asked again", BIND_BAR},
};
KEYS(typing_leave_map, "First run", typing_leave_keys, &edit_keymap);

static const struct binding kind_keys[] = {
    {"1-4", DO_KIND, "choose", "what you are preparing for", BIND_BAR},
    {"Enter", DO_SKIP, "not yet", "nothing is fixed yet: go on", BIND_BAR},
};
KEYS(kind_map, "What are you preparing for?", kind_keys, &leave_map);

static const struct binding date_keys[] = {
    {"Enter ^S", DO_GO_ON, "next", "keep the date; empty: it is unknown", BIND_BAR},
};
KEYS(date_map, "When?", date_keys, &typing_leave_map);

static const struct binding target_keys[] = {
    {"5-6", DO_L5, "level", "level 5 or level 6", BIND_BAR},
    {"p", DO_PM, "PM", "product manager", BIND_BAR},
    {"t", DO_PM_T, "PM-T", "product manager, technical", BIND_BAR},
    {"Enter ^S", DO_GO_ON, "next", "keep both", BIND_BAR},
};
KEYS(target_map, "Target", target_keys, &leave_map);

static const struct binding story_keys[] = {
    {"^S", DO_GO_ON, "next", "keep the headlines", BIND_BAR},
};
KEYS(story_map, "Stories", story_keys, &typing_leave_map);

static const struct binding pair_keys[] = {
    {"Enter", DO_GO_ON, "go on", "show what is wrong with it; then the next step", BIND_BAR},
};
KEYS(pair_map, "A pair of answers", pair_keys, &page_leave_map);

static const struct binding type_keys[] = {
    {"^S", DO_GO_ON, "seal", "seal the answer", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "write it in your editor; saving seals it", BIND_BAR},
    {"F5", DO_MODE, "speak", "speak it instead", BIND_BAR},
};
KEYS(type_map, "The sealed answer", type_keys, &typing_leave_map);

static const struct binding speak_keys[] = {
    {"Enter ^S", DO_GO_ON, "done speaking", "seal that you have answered it", BIND_BAR},
    {"F5 m", DO_MODE, "type", "type it instead", BIND_BAR},
};
KEYS(speak_map, "The sealed answer", speak_keys, &leave_map);

const struct keymap *first_run_keymap(const struct first_run *s)
{
    static const struct keymap *const maps[FIRST_RUN_STEPS] = {
        [ASK_KIND] = &kind_map,     [ASK_DATE] = &date_map,  [ASK_TARGET] = &target_map,
        [ASK_STORIES] = &story_map, [SHOW_PAIR] = &pair_map, [ASK_SEALED] = &type_map,
    };
    return s->step == ASK_SEALED && s->speak ? &speak_map : maps[s->step];
}

bool first_run_typing(const struct first_run *s)
{
    return s->step == ASK_DATE || s->step == ASK_STORIES || (s->step == ASK_SEALED && !s->speak);
}

/* ---- one function a step; each begins at row top ---- */

static int heading(struct canvas *c, int top, const char *title, const char *text)
{
    canvas_puts(c, top, SHOW_MARGIN, ROLE_STRONG, title);
    return top + 2 + text_put(c, top + 2, SHOW_MARGIN, show_width(c), 8, ROLE_TEXT, sv_from(text)) + 1;
}

enum { GLOSS_FROM = 70 }; /* columns in which a kind and what it is stand in one row */

static void draw_kind(const struct first_run *s, struct canvas *c, int top, int bottom)
{
    (void)s;
    (void)bottom;
    int row = heading(c, top, "What are you preparing for?",
                      "Ten minutes at most, and each step can be skipped. The date decides how often a question comes "
                      "back: nothing is put off beyond your interview.");
    for (int i = 0; i < FIRST_RUN_KINDS; i++) {
        canvas_putf(c, row, SHOW_MARGIN, ROLE_KEY, "%d", i + 1);
        canvas_puts(c, row, SHOW_MARGIN + 3, ROLE_TEXT, first_run_kinds[i].title);
        if (c->cols >= GLOSS_FROM)
            canvas_puts(c, row, SHOW_MARGIN + 33, ROLE_DIM, first_run_kinds[i].gloss);
        row++;
    }
    canvas_puts(c, row + 1, SHOW_MARGIN, ROLE_DIM, "Enter when nothing is fixed yet.");
}

static void draw_date(const struct first_run *s, struct canvas *c, int top, int bottom)
{
    struct buf title = BUF_INIT;
    buf_addf(&title, "When is the %s?", first_run_kinds[s->kind].title);
    int row = heading(c, top, buf_str(&title),
                      "A date, a range of dates, or how far away it is. Leave it empty when you do not know yet.");
    buf_release(&title);
    form_draw(&s->date, c, row, SHOW_MARGIN, show_width(c), bottom - row);
}

static void put_choice(struct canvas *c, int row, bool on, const char *key, const char *label)
{
    canvas_puts(c, row, SHOW_MARGIN, ROLE_KEY, key);
    canvas_puts(c, row, SHOW_MARGIN + 3, on ? ROLE_SELECTED : ROLE_TEXT, on ? "(x)" : "( )");
    canvas_puts(c, row, SHOW_MARGIN + 7, on ? ROLE_STRONG : ROLE_TEXT, label);
}

static void draw_target(const struct first_run *s, struct canvas *c, int top, int bottom)
{
    (void)bottom;
    int row = heading(c, top, "Which level, which role?",
                      "Answers are held against the bar of that level: level 6 decides for a product, level 5 for a "
                      "feature of it. `pmprep config` changes both.");
    put_choice(c, row++, s->l5, "5", "L5");
    put_choice(c, row++, !s->l5, "6", "L6");
    put_choice(c, ++row, !s->technical, "p", "product manager");
    put_choice(c, ++row, s->technical, "t", "product manager, technical");
}

static void draw_stories(const struct first_run *s, struct canvas *c, int top, int bottom)
{
    int row = heading(c, top, "Five stories, a headline each",
                      "What you would tell in an interview, in a line. You will be asked after each answer which one "
                      "it was; the rest of a story can be filled in later.");
    form_draw(&s->stories, c, row, SHOW_MARGIN, show_width(c), bottom - row);
}

static void draw_pair(const struct first_run *s, struct canvas *c, int top, int bottom)
{
    struct page *p = s->page;
    page_begin(p, show_width(c));
    if (s->pair_open) {
        pair_add_side(p, "The weaker answer, and what it cost", &s->pair.bad);
        pair_add_side(p, "The stronger answer", &s->pair.good);
    } else {
        page_add(p, ROLE_STRONG, 0, 0, SV("This answer fails. Say aloud what is wrong with it, then press Enter."));
        page_blank(p);
        page_add_prose(p, ROLE_DIM, 0, s->pair.prompt);
        page_blank(p);
        page_add_prose(p, ROLE_TEXT, 0, s->pair.bad.text);
    }
    page_draw(p, c, top, SHOW_MARGIN, bottom - top);
}

static void draw_sealed(const struct first_run *s, struct canvas *c, int top, int bottom)
{
    int width = show_width(c);
    int row = top + text_put(c, top, SHOW_MARGIN, width, 4, ROLE_STRONG, sv_from(progress_sealed_question()));
    row += text_put(c, row + 1, SHOW_MARGIN, width, 4, ROLE_DIM,
                    SV("No feedback now. It is sealed and comes back after 21 and 42 days, so that you can see how far "
                       "you have come.")) +
           2;
    if (s->speak) {
        canvas_puts(c, row, SHOW_MARGIN, ROLE_STRONG, "Answer aloud now, then press Enter.");
        text_put(c, row + 1, SHOW_MARGIN, width, 3, ROLE_DIM,
                 SV("Record it if you can: only that you answered, and for how long, is kept."));
        return;
    }
    canvas_fill(c, row, 1, c->cols - 2, ROLE_RULE, 0x2500);
    edit_layout(s->answer, width, bottom - row - 2);
    edit_draw(s->answer, c, row + 1, SHOW_MARGIN, true);
    canvas_fill(c, bottom - 1, 1, c->cols - 2, ROLE_RULE, 0x2500);
    unsigned words = edit_words(s->answer);
    canvas_putf(c, bottom, 1, ROLE_STATUS, "%u %s%s", words, words == 1 ? "word" : "words",
                words && !s->changed_ms ? " · saved" : "");
}

typedef void draw_step_fn(const struct first_run *, struct canvas *, int, int);
static draw_step_fn *const draw_step[FIRST_RUN_STEPS] = {
    [ASK_KIND] = draw_kind,       [ASK_DATE] = draw_date,  [ASK_TARGET] = draw_target,
    [ASK_STORIES] = draw_stories, [SHOW_PAIR] = draw_pair, [ASK_SEALED] = draw_sealed,
};

void first_run_draw(const struct screen *base, struct canvas *c)
{
    const struct first_run *s = (const struct first_run *)base;
    char right[32];
    int top, bottom;
    snprintf(right, sizeof(right), "%d of %d", (int)s->step + 1, (int)FIRST_RUN_STEPS);
    frame_draw(c, "Welcome to pmprep", s->step == ASK_SEALED ? "" : right, first_run_keymap(s), &top, &bottom);
    if (s->step == ASK_SEALED)
        timer_draw(c, 0, c->cols - 1, first_run_left_ms(s), s->paused_ms != 0);
    draw_step[s->step](s, c, top, bottom);
}
