#ifndef PMPREP_STORE_RECORD_H
#define PMPREP_STORE_RECORD_H

#include "pmprep/bank/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Plain records of the user's history, without functions: any higher room may include this. Strings are borrowed from
 * the arena a query filled, never NULL ("" when absent). Times are UTC milliseconds with the local offset in minutes
 * beside them. */

#define UUID_SIZE 37

enum answer_mode { MODE_TYPE, MODE_SPEAK, MODE_OUTLINE, MODE_PICK, MODE_COUNT }; /* PICK: pairs and choices */

/* What a spoken answer really contained: the ten-second tick list. */
enum tick {
    TICK_CUSTOMER = 1 << 0,
    TICK_NUMBER = 1 << 1,
    TICK_BASELINE = 1 << 2,
    TICK_DECIDED = 1 << 3,
    TICK_ALTERNATIVE = 1 << 4,
    TICK_RESULT = 1 << 5,
    TICK_LESSON = 1 << 6,
};
#define TICK_KINDS 7

/* Why there is an attempt. */
enum attempt_role {
    ATTEMPT_FIRST,
    ATTEMPT_AGAIN,
    ATTEMPT_PROBE,
    ATTEMPT_RETRY
}; /* AGAIN: the second, shorter try on the same question */

/* When an answer was scored. */
enum score_phase {
    SCORE_BLIND,
    SCORE_EVIDENCE,
    SCORE_LATER,
    SCORE_PHASES
}; /* before, after evidence, re-scored in review */

struct score { /* dimension "" is the overall level */
    const char *dimension;
    int level; /* 1-5 */
};

/* The scores given at one time; an attempt has several sets, none replaces another. */
struct score_set {
    enum score_phase phase;
    int64_t at_ms;
    struct score *scores;
    size_t count;
};

/* What a rule found in an answer, and where. */
struct finding {
    const char *rule;
    const char *severity; /* "error" "warning" "note" */
    const char *message;
    size_t start, end; /* bytes of the answer */
    int rule_version;
    bool self_reported;
    bool dismissed;
};

/* What the user's reviewer, a program, said of an answer. Sanitised when it came in: lines of plain text. */
struct opinion {
    const char *command; /* as configured when it was asked */
    const char *text;
    int64_t at_ms;
    bool cut; /* it went on: this is its beginning */
};

/* How often the coach found a rule in the newest answers. */
struct habit {
    const char *rule;
    unsigned answers;   /* in which it was found and not dismissed */
    unsigned dismissed; /* in which the user dismissed it */
};
struct habits {
    struct habit *at; /* in most answers first; only rules that were found */
    size_t count;
    unsigned answers; /* looked at, at most as many as were asked for */
};
/* A flaw comes back when it was found in at least so many of so many newest answers. */
enum { HABIT_LEAST = 2, HABIT_ANSWERS = 20 };

/* How an answer of a mock loop came about. Strings are "" when absent; NULL is fine when it is stored. */
struct asked {
    unsigned stage;        /* from 1; 0: not in a mock, the rest is empty */
    const char *part;      /* name */
    const char *principle; /* that was assigned; of an opening question */
    const char *why;       /* of a follow-up: "lacks" "digs" "deeper" "deck" "cuts-in" "twist" */
    const char *flaw;      /* it answered this */
    const char *quote;     /* it quoted this */
};

/* One thing produced by the user, of any kind. */
struct attempt {
    const char *id;      /* UUIDv7 */
    const char *session; /* id; "" when none */
    const char *parent;  /* the attempt this one answers again or probes; "" */
    enum attempt_role role;
    const char *item; /* key */
    uint64_t item_revision;
    enum item_kind kind;
    enum family family;
    struct strings principles; /* of the item */
    enum answer_mode mode;
    const char *story;  /* id; "" none */
    const char *prompt; /* snapshot */
    const char *text;
    const char *note; /* the user's annotation */
    int64_t started_at, ended_at;
    int offset_min;
    int64_t active_ms;   /* time on the clock, pauses left out */
    int64_t spoken_ms;   /* of active_ms, how much was spoken (speak mode) */
    int64_t overtime_ms; /* beyond what was allotted */
    unsigned words;
    unsigned ticks;         /* enum tick bits; speak mode */
    unsigned heard_words;   /* of the transcript before it was corrected; 0: there is none */
    struct strings fillers; /* in it, as often as they came */
    int picked;             /* pair: 0 first shown, 1 second; choice: option index; -1 none */
    bool picked_right;
    const char *guess; /* principle the user thought was tested; "" */
    struct asked asked;
    bool flagged;
    bool deleted; /* tombstone: only the id and times are meaningful after purge */
    struct score_set *score_sets;
    size_t score_set_count;
    struct finding *findings;
    size_t finding_count;
    struct opinion *opinions; /* oldest first, one a command; attempts_put() leaves those that are stored */
    size_t opinion_count;
};

/* What a list shows of one attempt; text is clipped. */
struct attempt_row {
    const char *id;
    const char *item;
    enum item_kind kind;
    enum family family;
    enum answer_mode mode;
    enum attempt_role role;
    const char *principle; /* the main one; "" */
    const char *prompt;    /* the first line */
    const char *snippet;   /* the hit with \x02 and \x03 around matched words, or the beginning of the text */
    int64_t started_at;
    int offset_min;
    unsigned words;
    double mean; /* of the newest score set, the overall level counted like a dimension; 0 when unscored */
    bool flagged;
};

/* What is being typed, not submitted yet. One per (item, session). */
struct draft {
    const char *item;
    uint64_t item_revision;
    const char *prompt; /* snapshot: the bank may change or vanish before it is resumed */
    enum answer_mode mode;
    enum attempt_role role;
    const char *parent;
    const char *session;
    const char *text;
    int64_t started_at;
    int64_t updated_at;
    int64_t active_ms;
    size_t cursor; /* byte offset */
};

/* One story of the user's; all texts may be "". */
struct story {
    const char *id;
    const char *headline;
    const char *customer;
    const char *decision;
    const char *rejected;
    const char *before;
    const char *after;
    const char *period;
    const char *source;
    const char *lesson;
    struct strings principles;
    int64_t created_at, updated_at;
    unsigned used; /* attempts that told it */
};

/* One sitting. Times are UTC milliseconds. */
struct session {
    const char *id;
    const char *kind; /* "drill" */
    int64_t started_at, ended_at;
    int offset_min;
    uint64_t seed;
    unsigned planned, done;
};

/* A mock loop as it is stored. JSON texts are those of app/mock. */
struct loop_row {
    const char *id; /* UUIDv7; the session of its answers */
    const char *loop;
    const char *title;
    const char *snapshot; /* the loop as it was, as the file says it, in JSON */
    const char *plan;     /* JSON: what is asked, by whom */
    const char *state;    /* JSON: where it stands */
    const char *said;     /* JSON: what was said */
    const char *notes;
    const char *against;
    uint64_t seed;
    enum answer_mode mode;
    double pace;
    int phase;   /* as the use case numbers it; the state has it too */
    int verdict; /* enum verdict */
    bool open;   /* can be resumed */
    int64_t started_at, ended_at, updated_at;
    int offset_min;
};

/* One interviewer's vote at one time. */
struct vote_row {
    unsigned stage; /* of the plan, from 0 */
    bool final;     /* else blind */
    int vote;       /* enum vote */
    const char *reason;
};

/* Of one principle, over the time asked for. */
struct coverage {
    const char *principle;
    double mean; /* of scored answers; 0 when none */
    unsigned answers;
};

/* Of one practice day. */
struct day_total {
    int64_t active_ms;
    unsigned answers;
};

/* The schedule's key: "principle/ownership" "family/metrics" "flaw/we-fog" "item/BANK/ID". */
enum card_state { CARD_NEW, CARD_LEARNING, CARD_REVIEW, CARD_RELEARNING };

/* A unit as it stands in the schedule, the cache of the review log. */
struct schedule_row {
    const char *unit;
    enum card_state state;
    int step;
    double stability;  /* days */
    double difficulty; /* 1-10 */
    int32_t last_day;  /* practice day of the last review */
    int32_t due_day;
    int64_t due_ms; /* for learning steps within a day; 0 otherwise */
    int reps;
    int lapses;
    bool suspended;
};

/* A date that practice leads up to. */
struct milestone {
    const char *id;
    const char *kind; /* "one-on-one" "writing" "loop" "interview" */
    const char *title;
    int32_t first_day; /* practice days; 0 when unknown */
    int32_t last_day;  /* equal to first_day for one date */
    bool done;
};

#endif
