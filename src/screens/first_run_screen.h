#ifndef PMPREP_SCREENS_FIRST_RUN_SCREEN_H
#define PMPREP_SCREENS_FIRST_RUN_SCREEN_H

#include "page.h"
#include "screens.h"

#include "pmprep/store/record.h"
#include "pmprep/tui/form.h"

/* Shared by first_run.c (what keys do) and first_run_draw.c (how it looks). */

enum first_run_step { ASK_KIND, ASK_DATE, ASK_TARGET, ASK_STORIES, SHOW_PAIR, ASK_SEALED, FIRST_RUN_STEPS };

enum first_run_action {
    DO_SKIP = 1,
    DO_LEAVE,
    DO_GO_ON,
    DO_MODE,
    DO_EDITOR,
    DO_PM,
    DO_PM_T,
    DO_L5,
    DO_L6,
    DO_KIND, /* .. DO_KIND + FIRST_RUN_KINDS - 1 */
};

enum { FIRST_RUN_KINDS = 4, FIRST_STORIES = 5 };

/* What a user may be preparing for; kind is the store's word. */
struct first_run_kind {
    const char *kind;
    const char *title; /* as Home says it: "12 days to the interview loop" */
    const char *gloss;
};
extern const struct first_run_kind first_run_kinds[FIRST_RUN_KINDS];

struct first_run {
    struct screen base;
    struct app *app;
    struct arena arena;
    enum first_run_step step;
    int kind;         /* index in first_run_kinds; -1 none */
    struct form date; /* one field */
    bool l5, technical;
    struct form stories;
    const char *story_id[FIRST_STORIES]; /* "" until it is stored */
    const char *story_text[FIRST_STORIES];
    struct item pair;
    bool has_pair, pair_open;
    /* the sealed answer */
    struct edit *answer;
    bool speak;
    int64_t now_ms, entered_ms, paused_ms; /* monotonic; paused_ms 0: the clock runs */
    unsigned long saved_revision;
    int64_t changed_ms; /* first change that is not stored; 0 none */
    bool leave_asked;
    struct page *page; /* laid out by drawing */
};

int64_t first_run_left_ms(const struct first_run *s); /* of the sealed answer; negative: over */
const struct keymap *first_run_keymap(const struct first_run *s);
bool first_run_typing(const struct first_run *s);
void first_run_draw(const struct screen *base, struct canvas *c);

#endif
