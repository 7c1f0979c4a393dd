#ifndef PMPREP_APP_SPEECH_H
#define PMPREP_APP_SPEECH_H

#include "pmprep/app/app.h"
#include "pmprep/base/buf.h"
#include "pmprep/store/record.h"

/*
 * A spoken answer recorded and written down by programs of the user's (options `recorder` and `transcriber`): both get
 * the path of a WAV file in place of {} or as their last argument. The recorder is asked to end with SIGINT, then with
 * SIGTERM. The transcriber prints the text. The audio lies in a private folder and is deleted at the end, unless the
 * option `keep-audio` names a folder it is moved to. Nothing blocks but speech_wait(); with either program unset or
 * failing the caller goes on with ticks and bullets.
 */
struct speech;

enum speech_state {
    SPEECH_RECORDS, /* or stands still while paused */
    SPEECH_ENDS,    /* the recorder was asked to end */
    SPEECH_WRITES,  /* the transcriber is at work */
    SPEECH_READY,   /* speech_transcript() has the text */
    SPEECH_FAILED,  /* speech_transcript() says why; there will be no text */
};

bool speech_is_set(struct app *app); /* both programs are */

/* Starts the recorder. */
bool speech_start(struct app *app, struct speech **out, struct err *err);
/* A pause is not recorded: the recorder ends, and is started anew for the next piece. */
void speech_pause(struct speech *s, bool paused);
/* The answer is over: what was recorded is written down. */
void speech_end(struct speech *s);
/* Moves on without waiting; to be called every 100 ms or so while it ends or writes, every second while it records. */
enum speech_state speech_step(struct speech *s);
/* After speech_end(): waits for READY or FAILED; ^C stops it, which is a failure. */
enum speech_state speech_wait(struct speech *s);
/* The text, sanitised, borrowed; or false with one sentence after FAILED. */
bool speech_transcript(const struct speech *s, const char **text, struct err *err);
/* Stops what runs, deletes the audio that is not to be kept; NULL is fine. */
void speech_free(struct speech *s);

/* What a transcript tells before anybody corrects it: its words, and the fillers (class `filler` of data/words) as
 * often as they came, in the arena. */
void speech_measure(struct app *app, struct sv transcript, struct arena *a, unsigned *words, struct strings *fillers);

/* Words a minute over the spoken time of an answer with a transcript; 0 without one, or below 10 seconds. 120 to 160
 * are comfortable, as for SPOKEN_WORDS_PER_MINUTE. */
unsigned speech_pace(const struct attempt *at);
/* "Spoken at 132 words a minute, with 7 fillers: um 4, you know 2, like 1."; adds nothing without a transcript. */
void speech_describe(const struct attempt *at, struct buf *out);

#endif
