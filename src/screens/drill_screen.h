#ifndef PMPREP_SCREENS_DRILL_SCREEN_H
#define PMPREP_SCREENS_DRILL_SCREEN_H

#include "page.h"
#include "screens.h"

#include "pmprep/app/speech.h"
#include "pmprep/tui/edit.h"
#include "pmprep/tui/list.h"

/* Shared by drill.c (steps, drafts, clock), drill_actions.c (what keys do), drill_keys.c (which keys there are),
 * drill_speech.c, drill_draw.c and drill_evidence.c (how it looks). */

enum drill_action {
    DO_SUBMIT = 1, /* ^S, or Enter where nothing is typed */
    DO_EDITOR,
    DO_PAUSE,
    DO_SKIP,
    DO_MODE,
    DO_FLAG,
    DO_SUSPEND,
    DO_UNDO,
    DO_LEAVE,
    DO_AGAIN,
    DO_EXEMPLAR,
    DO_NEXT_FINDING,
    DO_PREVIOUS_FINDING,
    DO_DISMISS,
    DO_ADVICE,
    DO_MORE,     /* where one types: the next part of the text above */
    DO_KEEP,     /* the text to a file of its own */
    DO_FOCUS,    /* ticks: between the list and the bullets */
    DO_REVIEWER, /* what the user's own reviewer says of the answer */
    DO_WITHOUT,  /* goes on without the transcript */
    DO_NONE_FIT, /* principle, score: skip this one */
    DO_PICK_1,   /* .. DO_PICK_1 + 15: a level, an option, a tick, a principle, a rating */
};

enum { SAVE_PAUSE_MS = 400, SAVE_LATEST_MS = 1000, MAX_STORIES = 200, DRILL_COLUMN_GAP = 5 };

struct drill_screen {
    struct screen base;
    struct app *app;
    struct drill *drill;
    struct edit *edit;      /* the answer, the reason, the second try or the bullets */
    struct edit *typeahead; /* the story asked for */
    struct page *page;      /* layout of the current step */
    struct page *beside;    /* the own answer, where the screen is wide */
    enum drill_step step;   /* the editor and the page belong to this step of item `at` */
    unsigned at;
    unsigned score_at;
    bool bullets_focus;
    unsigned ticks;
    bool exemplar_open;
    bool advice_open; /* of the finding looked at */
    bool coach_told;  /* why there is no coach */
    bool coach_ready; /* opened, or tried, while nobody waited */
    bool live;        /* a line below the editor tells the worst finding so far */
    struct buf live_line;
    bool stopped;          /* paused by a suspend, not by the user */
    struct speech *speech; /* the recording of the question speech_at, until it is written down; NULL */
    unsigned speech_at;
    bool speech_tried; /* it was started once: a failure is not repeated */
    /* draft */
    unsigned long saved_revision;
    int64_t changed_ms; /* first change that is not stored yet; 0 none */
    int64_t last_key_ms;
    bool draft_saved;
    bool save_failed;            /* the last try to store it */
    bool suspend_asked;          /* told what it means: the next wish is granted */
    bool leave_asked;            /* told that leaving loses it: the next wish is granted */
    unsigned long kept_revision; /* of the text that was written to a file of its own */
    /* stories */
    struct arena arena;
    struct story *stories;
    size_t story_count;
    struct list
        *story_list; /* laid out by drawing; row 0: none; then matches; the last: a new one with the typed headline */
};

const struct keymap *drill_keymap(const struct drill_screen *s, const struct drill_view *v);
/* The step has an editor with the focus. */
bool drill_typing(const struct drill_screen *s, const struct drill_view *v);
size_t drill_story_matches(const struct drill_screen *s, size_t *index, size_t max);

/* drill.c */
bool drill_has_draft(enum drill_step step);
/* After every call that may have moved the drill: what belongs to the step shown starts anew. What to redraw. */
unsigned drill_follow(struct drill_screen *s, struct loop *l);
/* The same after a call that was fine; else shows why it failed: the screen, with the text in it, stays as it is. */
unsigned drill_moved(struct drill_screen *s, struct loop *l, bool ok, const struct err *err);
bool drill_store_draft(struct drill_screen *s, struct err *err);
/* The words of the finding looked at come into view, wherever the text stands. */
void drill_show_finding(struct drill_screen *s);

/* drill_actions.c */
unsigned drill_action(struct screen *base, struct loop *l, int action, const struct key *k);

/* drill_speech.c. After every step: starts the recorder, or has it written down, or drops it. */
void drill_speech_follow(struct drill_screen *s, struct loop *l, const struct drill_view *v);
/* Stops the clock and the recorder, or lets them go on. */
void drill_hold(struct drill_screen *s, bool paused);
void drill_speech_drop(struct drill_screen *s);
void drill_speech_tick(struct drill_screen *s, struct loop *l);
int64_t drill_speech_wake(const struct drill_screen *s, const struct drill_view *v, int64_t mono_ms);

void drill_draw(const struct screen *base, struct canvas *c);
/* Of drill_evidence.c: the body of these steps, rows top .. bottom (exclusive). */
void drill_draw_score(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top, int bottom);
void drill_draw_evidence(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top,
                         int bottom);
void drill_draw_compare(const struct drill_screen *s, const struct drill_view *v, struct canvas *c, int top,
                        int bottom);

#endif
