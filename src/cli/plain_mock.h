#ifndef PMPREP_CLI_PLAIN_MOCK_H
#define PMPREP_CLI_PLAIN_MOCK_H

#include "cli/plain.h"
#include "pmprep/app/mock.h"

/*
 * A mock loop as a line dialogue. The clock runs as on the screen, but it never cuts a line off: what is due comes
 * after the answer.
 */
struct mock_talk {
    struct dialogue d; /* first: the dialogue's functions lead back here */
    struct mock *mock;
    const struct buf *text; /* being given; NULL at a choice */
    bool skipping;          /* the text in hand is the last of its question */
    size_t heard;           /* lines of this interview that were printed */
    unsigned stage;         /* whose head was printed */
    const char *part;       /* the same */
    unsigned page;          /* of the evidence */
    bool summed_up;         /* what the pages say, before the second votes */
    bool written;           /* the spoken answer was recorded and written down */
    bool complained;        /* the time could not be stored; said once */
};

/* Takes the mock to its end, to !later or to the end of input, and answers the exit code. */
int plain_mock(struct cli *c, struct mock *mock);

/* Text in the place of *text, of what was saved before: mock_view's draft and what is read. True when it is to be
 * handed on; false when the user left it (it is saved then) or skips, or an error in err. */
bool mock_talk_text(struct mock_talk *t, const char *prompt, struct buf *text, bool *given, struct err *err);

void talk_span(struct buf *out, int64_t ms); /* "18:05" */
void talk_hear(struct mock_talk *t);         /* prints what was said since the last time */

/* plain_mock_words.c */
extern const struct dialogue_kind talk_kind;
void talk_idle(void *ctx);  /* while a line is waited for: the clock, what comes in, a stop */
void talk_watch_stop(void); /* Ctrl-Z stops the clock too */
bool talk_asks(const struct mock_talk *t, struct sv line); /* is it for a fact of the case? */
/* The nearest facts, one of which is chosen, or an assumption. Answers whether the dialogue moved on meanwhile. */
bool talk_fact(struct mock_talk *t, struct sv question);

/* plain_mock_debrief.c; false when the store refused. */
bool talk_vote(struct mock_talk *t, const struct mock_view *v, struct err *err);
bool talk_evidence(struct mock_talk *t, const struct mock_view *v, struct err *err);
bool talk_against(struct mock_talk *t, struct err *err);
bool talk_verdict(struct mock_talk *t, const struct mock_view *v, struct err *err);

#endif
