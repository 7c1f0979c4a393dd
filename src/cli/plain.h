#ifndef PMPREP_CLI_PLAIN_H
#define PMPREP_CLI_PLAIN_H

#include "cli/command.h"
#include "cli/input.h"
#include "pmprep/app/drill.h"
#include "pmprep/app/speech.h"
#include "pmprep/app/story.h"

struct dialogue;

/* A word that is no reply but something to do, at any choice. */
struct command_word {
    const char *name;
    const char *help;
    bool (*act)(struct dialogue *d, struct sv rest, struct err *err);
    bool moves; /* what was asked is asked no more */
    bool words; /* takes what follows on the line */
};

/* What differs between the dialogues. */
struct dialogue_kind {
    const struct command_word *words;
    size_t word_count;
    char mark;    /* the words begin with it */
    bool in_text; /* they may stand in a text, on a line of their own */
    bool (*save)(struct dialogue *d, struct sv text, struct err *err);    /* the draft */
    bool (*heard)(struct dialogue *d, struct sv text, struct err *err);   /* a transcript */
    bool (*tell)(struct dialogue *d, const char *story, struct err *err); /* which it was; NULL: none */
    bool (*begin_story)(struct dialogue *d, const char *headline, struct err *err);
    /* A line of a text that is something else: true when it was, and then the text is over when *over. NULL: none. */
    bool (*take)(struct dialogue *d, bool *over);
};

/*
 * The drill as a line dialogue, for screen readers, dumb terminals, pipes and scripts. Prompts on stdout; a text takes
 * lines up to a single "." or the end of input; a choice takes one line, an invalid one is explained on stderr and
 * asked again, an empty one skips.
 */
struct dialogue {
    struct cli *cli;
    const struct dialogue_kind *kind;
    struct drill *drill; /* NULL in a mock */
    struct input in;
    struct buf line;
    unsigned shown;        /* view->at of the question that was printed last */
    unsigned answered;     /* questions with something kept */
    unsigned counted;      /* view->at of the last of them */
    struct speech *speech; /* while the answer is spoken; NULL */
    bool echoed;           /* the terminal ends the line of a reply */
    bool coach_told;       /* why there is no coach */
    bool leaving;          /* the user left, or the input ended */
    enum drill_step last;  /* the step before this one */
};

extern const struct dialogue_kind plain_drill_kind;

/* Takes the drill to its end or to the end of input and answers the exit code. */
int plain_drill(struct cli *c, struct drill *drill);

/* Which story was it: one of mine, a new one, none. */
bool plain_story(struct dialogue *d, struct err *err);

/* What a line at a choice turned out to be. */
enum reply {
    REPLY_LINE,  /* something to look at, in d->line */
    REPLY_EMPTY, /* skip */
    REPLY_MOVED, /* a command moved the drill; or the input ended */
};

/* plain_ask.c. A reply is in d->line, trimmed. */
void plain_say(struct dialogue *d, const char *text);
void plain_complain(struct dialogue *d, const struct err *err);
/* One line whatever it is; false at the end of input. */
bool plain_line(struct dialogue *d, const char *prompt);
enum reply plain_ask(struct dialogue *d, const char *prompt);
/* 1 to max; 0 for an empty line, -1 when a command moved the drill or the input ended. */
int plain_number(struct dialogue *d, const char *prompt, int max);
/* Adds lines to text up to "." or a word that moves, or to the end of input, which makes d->leaving true; drafts are
 * saved meanwhile. Answers whether any line came. */
bool plain_text(struct dialogue *d, const char *prompt, struct buf *text);
bool plain_has_words(const struct buf *text);
/* The store refused the text: it goes to a file of its own, and if that fails too, to stderr. */
void plain_rescue(struct dialogue *d, const struct buf *text);

/* plain_speech.c: a spoken answer recorded and written down, where the programs for it are configured; what fails is
 * told, and ticks and bullets are asked for. */
void plain_record(struct dialogue *d);
void plain_listen(struct dialogue *d); /* until there is input */
void plain_write_down(struct dialogue *d);
void plain_stop_recording(struct dialogue *d);
/* The transcript, kept or written anew, becomes the answer. */
bool plain_correct(struct dialogue *d, struct err *err);

/* plain_evidence.c */
bool plain_evidence(struct dialogue *d, const struct drill_view *v, struct err *err);
bool plain_may_answer_again(const struct drill_view *v); /* there is an answer that could be given better */

/* plain_show.c: what is printed; nothing is asked. */
void show_question(struct dialogue *d, const struct drill_view *v);
void show_spent(struct dialogue *d, const struct drill_view *v, struct sv text);
void show_principle(struct dialogue *d, const struct drill_view *v);
void show_levels(struct dialogue *d, const struct drill_view *v);
void show_evidence(struct dialogue *d, const struct drill_view *v);
void show_compare(struct dialogue *d, const struct drill_view *v);
void show_ratings(struct dialogue *d, const struct drill_view *v);
void show_summary(struct dialogue *d, const struct drill_view *v);
void show_stories(struct dialogue *d, const struct story *all, size_t count);

#endif
