#ifndef PMPREP_APP_MOCK_PARTS_H
#define PMPREP_APP_MOCK_PARTS_H

#include "pmprep/app/mock.h"
#include "pmprep/base/buf.h"
#include "pmprep/practice/loop.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/loops.h"
#include "pmprep/store/schedule.h"

/* What the files of the mock share. */

/* All that a step changes: a plain value, so that a step that cannot be stored is taken back by assigning it. Strings
 * live as long as the mock; what grows does so behind the counts. */
struct mock_state {
    struct loop_run run;
    bool moved;              /* the run did: the interviewer has yet to speak */
    enum mock_phase debrief; /* once the run is over */
    /* what stands */
    const char *says, *about, *cuts_in;
    const char *why, *flaw, *quote; /* of the follow-up that stands */
    int64_t began_at;               /* UTC */
    int64_t spoken_ms;              /* of run.answer_ms */
    /* of the question */
    const char *attempt; /* the opening answer; "" before it */
    unsigned ticks;
    bool was_cut;        /* an interruption came into the opening answer */
    struct strings told; /* facts and twists of the case */
    const char *heard;   /* the opening answer and those to its follow-ups; not stored apart */
    /* of the loop */
    unsigned dug, asked; /* follow-ups into what was there, and all */
    size_t used_count;   /* of mock.used */
    size_t said_count;   /* of mock.said */
    size_t stage_said;   /* where those of this interview begin */
    bool quoted_writing;
    /* debrief */
    unsigned vote_stage, page, dimension;
    bool storied; /* the page's story was asked for */
    enum verdict verdict;
    bool graded; /* scores have gone to the schedule */
    double bias; /* of the user's self-scores when the debrief was made */
    unsigned bias_n;
    unsigned target; /* level it was made for, 5 or 6; 0: not yet */
};

/* The debrief as it is looked at: made of what is stored. */
struct mock_pages;

struct mock {
    struct app *app;
    struct store *store;
    struct library *library;
    struct arena arena; /* life of the mock */
    const struct mock_loop *loop;
    struct loop_plan plan;
    struct loop_row row; /* what does not change, and the notes */
    char id[UUID_SIZE];
    enum answer_mode mode;
    struct mock_state s;
    struct mock_line *said;
    size_t said_room;
    uint64_t *used;
    size_t used_room;
    /* the item that stands */
    struct arena item_arena;
    struct item item;
    const char *item_key; /* key of what stands; also of its draft */
    struct strings near;  /* facts nearest to what was asked */
    struct buf draft;
    size_t draft_cursor;
    /* the clock */
    int64_t since;  /* monotonic: accounted up to here */
    int64_t stored; /* monotonic: when the time was stored last */
    bool paused;
    enum mock_warning warned;
    struct mock_pages *pages; /* NULL outside of the debrief */
    struct arena view_arena;
    struct mock_view view;
};

/* ---- mock_plan.c */
bool mock_make_plan(struct mock *m, const struct mock_options *o, struct err *err);

/* ---- mock_json.c, mock_json_state.c: what is stored as JSON, and back */
void mock_write_loop(const struct mock_loop *loop, struct buf *out);
void mock_write_plan(const struct loop_plan *plan, struct buf *out);
void mock_write_state(const struct mock *m, struct buf *out);
void mock_write_said(const struct mock *m, struct buf *out);
/* ERR_CORRUPT when it is not what was written. */
bool mock_read_loop(const char *json, struct arena *a, const struct mock_loop **out, struct err *err);
bool mock_read_plan(const char *json, const struct mock_loop *loop, struct arena *a, struct loop_plan *out,
                    struct err *err);
bool mock_read_state(struct mock *m, const char *json, struct err *err);
bool mock_read_said(struct mock *m, const char *json, struct err *err);

/* ---- mock_save.c: each is one transaction */
bool mock_save_time(struct mock *m, struct sv draft, size_t cursor, struct err *err);
/* A step: the state, what was said, the answer if there is one, and the draft that is done with. */
struct mock_step {
    const struct attempt *answer;         /* NULL: none */
    const struct item_snapshot *snapshot; /* of it */
    const struct vote_row *vote;          /* NULL: none */
    const char *scored;                   /* id of the answer that scores belong to; NULL: none */
    const struct score_set *scores;
    const char *told;                              /* id of the answer that told a story; NULL: none */
    const char *story;                             /* id of that; "" none of mine */
    const struct story *fresh;                     /* it is new; NULL */
    bool (*more)(struct mock *m, struct err *err); /* written besides; NULL */
    bool keep_draft;
};
bool mock_save_step(struct mock *m, const struct mock_state *before, const struct mock_step *step, struct err *err);
bool mock_save_row(struct mock *m, struct err *err);
bool mock_write_row(struct mock *m, struct err *err); /* within a transaction */
bool mock_load_draft(struct mock *m, struct err *err);

/* ---- mock_stand.c */
enum mock_phase mock_phase_of(const struct mock_state *s);
void mock_say(struct mock *m, bool mine, const char *text);
void mock_they_say(struct mock *m, const char *text); /* it stands then, too */
/* The item of what stands, and what the interviewer says now where the run has moved on since before. */
bool mock_stand(struct mock *m, struct err *err);
bool mock_load_item(struct mock *m, struct err *err); /* of the question that stands */
bool mock_wrong_phase(struct err *err);

/* ---- mock_steps.c */
bool mock_stop_part(struct mock *m, struct sv text, struct err *err); /* hard stop: the text is submitted as it is */

/* ---- mock_replies.c: to a question of the candidate's; static */
const char *mock_reply(const struct mock *m, struct sv question);

/* ---- mock_coach.c */
/* Findings of an opening answer, into it; none without a coach. */
bool mock_read_answer(struct mock *m, struct attempt *at, struct err *err);
/* The next follow-up; *found false when there is none. Fills the state. */
bool mock_next_probe(struct mock *m, bool *found, struct err *err);
bool mock_is_hiring_manager(const struct mock *m, const struct loop_stage *stage);
void mock_count_probe(struct mock *m, const struct probe_pick *pick);

/* ---- mock_case.c */
void mock_tell(struct mock *m, const char *text); /* a fact or a twist */

/* ---- mock_turn.c */
void mock_account(struct mock *m); /* the time since the last call goes where it belongs */
enum mock_warning mock_warning_now(const struct mock *m);

/* ---- schedule.c: is the bank of this item there at all? */
bool library_has_bank_of(struct library *lib, const char *key);

/* ---- mock_debrief.c */
bool debrief_submit(struct mock *m, struct sv text, struct err *err);
void debrief_view(struct mock *m);
void debrief_free(struct mock_pages *p);

#endif
