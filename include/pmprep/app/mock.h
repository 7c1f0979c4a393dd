#ifndef PMPREP_APP_MOCK_H
#define PMPREP_APP_MOCK_H

#include "pmprep/app/app.h"
#include "pmprep/practice/debrief.h"
#include "pmprep/practice/probe.h"

/*
 * A mock loop: interviews against the clock, then the debrief. The same functions serve the screen and the plain
 * dialogue. Whatever changes is stored before a function answers true, and the clock at least once a second
 * (mock_turn), so that a loop can be left or killed at any point and goes on at the same question with the same time.
 */
struct mock;

struct mock_options {
    const char *loop; /* id; NULL: the next half round of 30 minutes, behavioural and case in turn */
    unsigned round;   /* only this stage, from 1; 0: all */
    unsigned minutes; /* drops questions until the interviews fit; 0: all. Time stays real */
    enum answer_mode mode;
    bool mode_set;
    uint64_t seed;
    bool seed_set;
    double pace; /* every allotted time times this, 0.1 to 10; 0: 1 */
};
void mock_options_init(struct mock_options *o);

/* One row of `mock --list`, and of what Home and `mock` offer to resume. */
struct mock_run {
    const char *id; /* "" in a list of loops */
    const char *loop, *title, *about;
    unsigned minutes, stages;
    unsigned stage;                 /* where it stands, from 1; 0: before the first */
    int64_t left_ms;                /* of the interviews that are open */
    int64_t started_at, updated_at; /* UTC; 0 in a list of loops */
    bool in_debrief, done;
    enum verdict verdict;
};
bool mock_loops(struct app *app, struct arena *a, struct mock_run **out, size_t *count, struct err *err);
/* Newest first; open: only those that can be resumed. */
bool mock_runs(struct app *app, bool open, struct arena *a, struct mock_run **out, size_t *count, struct err *err);

/* ERR_NOT_FOUND: unknown loop, with the nearest; no questions for it. ERR_USAGE: no such round. */
bool mock_open(struct app *app, const struct mock_options *o, struct mock **out, struct err *err);
bool mock_resume(struct app *app, const char *run, struct mock **out, struct err *err);
bool mock_discard(struct app *app, const char *run, struct err *err); /* its answers stay in the history */
void mock_close(struct mock *m);                                      /* stops the clock and keeps all; NULL is fine */

enum mock_phase {
    MOCK_BREAK,      /* before an interview; the clock stands: mock_begin, or leave and come back on another day */
    MOCK_BACKGROUND, /* the interviewer has said who they are and asks who you are: mock_submit */
    MOCK_ANSWER,     /* an opening question, an agenda item or a case stands: mock_submit, for cases also mock_ask */
    MOCK_TICKS,      /* a spoken answer is over: mock_ticks */
    MOCK_PROBE,      /* a follow-up stands: mock_submit */
    MOCK_WRITING,    /* the stage's document is written: mock_submit */
    MOCK_QUESTIONS,  /* the candidate asks: mock_submit, as often as wanted; an empty one ends the interview */
    MOCK_VOTE,       /* debrief: blind, one interview after another: mock_vote */
    MOCK_EVIDENCE,   /* one page a principle or case: what was said, found, scored: mock_score, mock_next */
    MOCK_AGAINST,    /* the bar raiser's three lines against you: mock_submit */
    MOCK_REVOTE,     /* mock_vote with a reason */
    MOCK_VERDICT,    /* mock_debrief has it all; mock_next ends */
    MOCK_OVER
};

/* What was said, in order. */
struct mock_line {
    bool mine;
    const char *text;
};

/* Calm steps of the clock; OVER only where nothing is cut off (plain mode). */
enum mock_warning { MOCK_CALM, MOCK_FIVE_MINUTES, MOCK_LAST_MINUTE, MOCK_TIME };

/* Everything a screen shows; borrowed until the next call that changes the mock. */
struct mock_view {
    enum mock_phase phase;
    const char *run; /* id */
    const char *loop, *loop_title;
    unsigned stage, stages; /* "2 of 5", from 1 */
    const char *stage_title, *interviewer;
    const char *part;             /* "Principles" */
    const char *says;             /* what the interviewer says now */
    const char *about;            /* the opening question a probe follows; "" */
    const char *cuts_in;          /* an interruption that stands over the answer being given; "" */
    const struct mock_line *said; /* of this interview */
    size_t said_count;
    bool is_case;
    const char *const *facts; /* told so far, twists too */
    size_t fact_count;
    const char *const *near; /* what the facts nearest to the question are about, to choose from */
    size_t near_count;
    enum answer_mode mode;
    unsigned word_budget;
    int64_t part_left_ms, stage_left_ms, loop_left_ms; /* of allotted time, pace applied */
    int64_t answer_ms;                                 /* on the clock for what stands now */
    enum mock_warning warning;
    bool paused;
    double pace;
    const char *draft; /* text of the answer so far */
    size_t draft_cursor;
    const char *notes;
    /* debrief */
    unsigned vote_stage; /* the interview voted on, from 0 */
    const enum vote *votes_allowed;
    size_t vote_count;
    const struct debrief_stage *stage_votes; /* all interviews with what is voted so far */
    size_t stage_vote_count;
    unsigned page, pages;                /* of the evidence, from 1 */
    const struct debrief_answer *answer; /* on the page */
    const struct principle *principle;   /* NULL for a case */
    const struct dimension *dimension;   /* scored now; NULL: all are */
    int level_bar;                       /* what the target asks for in it */
    bool asks_story;                     /* in MOCK_EVIDENCE: which story was it? mock_story, or mock_next skips */
    const struct debrief *debrief;       /* from MOCK_REVOTE on */
    const char *against;
    const struct debrief_answer *answers; /* in MOCK_AGAINST: all that was said, to be quoted */
    size_t answer_count;
};
const struct mock_view *mock_view(struct mock *m);

/* Each moves on from the phase it belongs to and stores what it was given. */
bool mock_begin(struct mock *m, struct err *err);
bool mock_submit(struct mock *m, struct sv text, struct err *err);
bool mock_ticks(struct mock *m, unsigned ticks, struct sv bullets, struct err *err);
/* In MOCK_TICKS: what was recorded, written down (app/speech.h). Its pace and fillers are stored, its text becomes the
 * draft, to be corrected and handed to mock_ticks; ticks 0 then means that nobody needed to tick. */
bool mock_transcript(struct mock *m, struct sv text, struct err *err);
bool mock_ask(struct mock *m, struct sv question, struct err *err); /* fills view.near */
bool mock_reveal(struct mock *m, size_t near, struct err *err);
bool mock_assume(struct mock *m, struct err *err); /* none of them: the candidate assumes */
/* ERR_USAGE: a vote that differs from the blind one without a reason. */
bool mock_vote(struct mock *m, enum vote v, const char *reason, struct err *err);
bool mock_score(struct mock *m, int level, struct err *err); /* 1-5; 0 skips this dimension */
/* Where view.asks_story: the story that the answer told; a story told twice, or with another number, shows in the
 * debrief. Stories are those of app/story.h. */
bool mock_story(struct mock *m, const char *story_id, struct err *err); /* NULL none */
bool mock_new_story(struct mock *m, const char *headline, struct err *err);
bool mock_next(struct mock *m, struct err *err);
bool mock_back(struct mock *m, struct err *err); /* the evidence page before, the vote before */
bool mock_skip(struct mock *m, struct err *err); /* the question is left, the next is asked */

bool mock_notes(struct mock *m, struct sv text, struct err *err);
bool mock_save_draft(struct mock *m, struct sv text, size_t cursor, struct err *err);
void mock_pause(struct mock *m, bool paused);
bool mock_set_mode(struct mock *m, enum answer_mode mode, struct err *err);

/*
 * To be called at least once a second while the clock runs, with the text being typed: stores the time and the draft,
 * and does what is due: an interruption, a twist, the hard stop of the half or of the interview (the text is then
 * submitted as it is). Tells what happened. cut false (plain mode) never ends an answer.
 */
enum mock_event { MOCK_CUT_IN = 1 << 0, MOCK_TWIST = 1 << 1, MOCK_STOPPED = 1 << 2, MOCK_WARNED = 1 << 3 };
bool mock_turn(struct mock *m, struct sv text, size_t cursor, bool cut, unsigned *events, struct err *err);

/* A finished or half-finished debrief as it was saved. id NULL or "last": the newest. */
struct mock_report {
    struct mock_run run;
    const struct mock_loop *loop; /* as it was; its claims */
    struct debrief_input input;
    struct debrief debrief;
    const char *against;
    const char *notes;
    enum answer_mode mode;
};
bool mock_report(struct app *app, const char *id, struct arena *a, struct mock_report *out, struct err *err);

#endif
