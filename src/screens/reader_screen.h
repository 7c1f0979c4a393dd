#ifndef PMPREP_SCREENS_READER_SCREEN_H
#define PMPREP_SCREENS_READER_SCREEN_H

#include "page.h"
#include "screens.h"

#include "pmprep/bank/model.h"
#include "pmprep/store/record.h"
#include "pmprep/tui/edit.h"

/* Shared by reader.c (what keys do) and reader_draw.c (how it looks). */

enum reader_action {
    DO_NEXT = 1,
    DO_PREVIOUS,
    DO_RESCORE,
    DO_SKIP_LEVEL,
    DO_BACK_LEVEL,
    DO_CANCEL,
    DO_NOTE,
    DO_KEEP_NOTE,
    DO_EDITOR,
    DO_ANSWER,
    DO_TRIES,
    DO_FLAG,
    DO_NEXT_FINDING,
    DO_PREVIOUS_FINDING,
    DO_DISMISS,
    DO_ADVICE,
    DO_REVIEWER,
    DO_LEVEL, /* .. DO_LEVEL + 4 */
};

enum reader_mode { READER_READING, READER_COMPARING, READER_SCORING, READER_NOTING };

enum { MAX_SCORES = 16 };
#define NO_OTHER ((size_t)-1)

struct reader_screen {
    struct screen base;
    struct app *app;
    const struct filter *filter; /* of the screen below, as is *at; at NULL: nothing below to follow */
    size_t *at;
    struct arena arena;
    struct attempt attempt;
    struct rubric rubric;    /* the snapshot it was given under; no dimensions when there was none */
    struct item picked_from; /* the pair or the choice it was picked from; of kind KIND_COUNT: neither */
    const char *story;       /* headline; "" */
    struct attempt *tries;   /* on the same item, oldest first, this one among them */
    size_t try_count;
    size_t other; /* the try compared with */
    enum reader_mode mode;
    size_t finding; /* the one looked at */
    bool advice_open;
    bool fresh; /* read while it was made: its first showing need not read again */
    struct edit *note;
    int levels[MAX_SCORES]; /* overall first, then the dimensions; 0 skipped */
    size_t score_at, score_of;
    struct page *page, *second; /* laid out by drawing */
};

void reader_draw(const struct screen *base, struct canvas *c);

#endif
