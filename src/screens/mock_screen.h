#ifndef PMPREP_SCREENS_MOCK_SCREEN_H
#define PMPREP_SCREENS_MOCK_SCREEN_H

#include "mock_verdict.h"
#include "page.h"
#include "screens.h"

#include "pmprep/app/mock.h"
#include "pmprep/app/speech.h"
#include "pmprep/app/story.h"
#include "pmprep/tui/edit.h"

/* Shared by mock.c (what keys do), mock_keys.c (which keys there are), mock_draw.c (the interviews) and mock_votes.c
 * (the debrief). Drawing takes a view, so that it needs no store. */

enum mock_action {
    DO_SUBMIT = 1, /* ^S, or Enter where nothing is typed */
    DO_BEGIN,
    DO_EDITOR,
    DO_PAUSE,
    DO_SKIP,
    DO_MODE,
    DO_NOTES,
    DO_ASK,
    DO_ASSUME,
    DO_EXCHANGE,
    DO_CLOSE, /* the panel */
    DO_MORE,
    DO_KEEP,
    DO_FOCUS,
    DO_LEAVE,
    DO_NONE_FIT, /* no score for this dimension */
    DO_NEXT,
    DO_BACK,
    DO_FINISH,
    DO_NEW_STORY,
    DO_PICK_1, /* .. DO_PICK_1 + 8: a tick, a fact, a vote, a level, a fix */
};

/* What stands over the interview; its clock goes on. */
enum mock_panel { PANEL_NONE, PANEL_NOTES, PANEL_ASK, PANEL_NEAR, PANEL_EXCHANGE, PANEL_REASON, PANEL_STORY };

enum { MOCK_SAVE_MS = 1000, MOCK_STUNNED_MS = 1000, MOCK_STORIES = 9 };

struct mock_screen {
    struct screen base;
    struct app *app;
    struct mock *mock;
    struct edit *edit;   /* the answer, the bullets, the case against */
    struct edit *notes;  /* the page of notes */
    struct edit *line;   /* what is asked, or why a vote changed */
    struct page *page;   /* layout of what stands */
    struct page *beside; /* the exchange so far, or the own answer, where the screen is wide */
    struct arena arena;  /* the stories to choose from, while an answer asks for one */
    struct story *stories;
    size_t story_count;
    enum mock_panel panel;
    enum vote picked; /* its reason is asked */
    bool bullets_focus;
    unsigned ticks;
    struct speech *speech; /* the recording of the answer that stands, until it is written down; NULL */
    bool speech_tried;     /* it was started once: a failure is not repeated */
    bool heard;            /* the bullets are a transcript */
    bool just_told;        /* the newest fact: nothing was handed in since */
    bool was_stopped;      /* time was up for what stood before */
    int64_t stopped_ms;    /* when: keys of the moment after belong to what is gone */
    bool stopped;          /* paused by a suspend, not by the user */
    bool leave_asked;
    unsigned long saved_revision, saved_notes; /* of the editors */
    int64_t changed_ms;                        /* first change that is not stored yet; 0 none */
    bool save_failed;
    bool lose_asked;             /* told that leaving loses the text: the next wish is granted */
    unsigned long kept_revision; /* of the text that was written to a file of its own */
};

void mock_screen_init(struct mock_screen *s);
void mock_screen_release(struct mock_screen *s);

const struct keymap *mock_keymap(const struct mock_screen *s, const struct mock_view *v);
bool mock_typing(const struct mock_screen *s, const struct mock_view *v);
bool mock_has_draft(enum mock_phase phase); /* what is typed in it is kept */
bool mock_timed(enum mock_phase phase);

void mock_draw(const struct mock_screen *s, const struct mock_view *v, struct canvas *c);

/* ---- mock_speech.c. After every step: starts the recorder, or has it written down, or drops it. */
void mock_speech_follow(struct mock_screen *s, struct loop *l);
void mock_speech_drop(struct mock_screen *s);
void mock_speech_tick(struct mock_screen *s, struct loop *l);
int64_t mock_speech_wake(const struct mock_screen *s, const struct mock_view *v, int64_t mono_ms);
void mock_hold(struct mock_screen *s, bool paused); /* the clock and the recorder */

/* ---- mock_time.c: the clock, and what is typed kept */
bool mock_save_notes(struct mock_screen *s, struct err *err);
bool mock_save_all(struct mock_screen *s, struct err *err);
unsigned mock_tick(struct screen *base, struct loop *l, int64_t mono_ms);
int64_t mock_wake(const struct screen *base, int64_t mono_ms);
void mock_pause_screen(struct screen *base, bool paused);
bool mock_save(struct screen *base, struct err *err);
void mock_enter(struct mock_screen *s); /* of mock.c: the editors follow what stands now */

/* ---- pieces of mock_draw.c that the debrief uses too */

struct mock_columns {
    int width;  /* of the left one */
    int second; /* column where the right one begins; 0: there is none */
    int second_width;
};
struct mock_columns mock_columns(const struct canvas *c);
void mock_draw_rule_between(const struct mock_columns *y, struct canvas *c, int top, int bottom);
void mock_draw_editor(const struct edit *e, struct canvas *c, int row, int bottom, int width, bool focus);

/* ---- mock_votes.c: the body of the debrief's phases */
typedef void mock_draw_fn(const struct mock_screen *, const struct mock_view *, struct canvas *, int, int);
mock_draw_fn mock_draw_vote, mock_draw_evidence, mock_draw_against, mock_draw_revote, mock_draw_verdict,
    mock_draw_story;

#endif
