#include "cli/plain.h"

#include "pmprep/base/ears.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { LOOK_MS = 500 };

static void without_it(struct dialogue *d, const struct err *err)
{
    cli_warn(d->cli, "%s; ticks and bullets will do", err->text);
    plain_stop_recording(d);
}

void plain_record(struct dialogue *d)
{
    struct err err = ERR_INIT;
    if (speech_is_set(d->cli->app) && !speech_start(d->cli->app, &d->speech, &err)) {
        without_it(d, &err);
    }
}

void plain_stop_recording(struct dialogue *d)
{
    speech_free(d->speech);
    d->speech = NULL;
}

/* A signal that ends us first ends the recorder and takes the audio away. */
void plain_listen(struct dialogue *d)
{
    struct ears ears;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    if (!d->speech) {
        return;
    }
    plain_say(d, "\nSpeak now, it is recorded. Enter when you have finished:");
    out_flush(&d->cli->out);
    ears_open(&ears);
    int ready = input_ready(&d->in);
    while (!ears_heard() && (ready == 0 || (ready < 0 && errno == EINTR))) {
        speech_step(d->speech);
        ready = poll(&input, 1, LOOK_MS);
        if (d->in.idle) {
            d->in.idle(d->in.idle_ctx);
        }
    }
    ears_close(&ears);
    if (ears_heard()) {
        plain_stop_recording(d);
        raise(ears_heard());
    }
}

void plain_write_down(struct dialogue *d)
{
    struct err err = ERR_INIT;
    const char *text;
    if (!d->speech) {
        return;
    }
    plain_say(d, "Writing down what you said; ^C goes on without it.");
    out_flush(&d->cli->out);
    speech_end(d->speech);
    speech_wait(d->speech);
    if (!speech_transcript(d->speech, &text, &err) || !d->kind->heard(d, sv_from(text), &err)) {
        without_it(d, &err);
    }
}

/* The first line came as a reply; at the end of input what was heard is kept. */
bool plain_correct(struct dialogue *d, struct err *err)
{
    struct buf text = BUF_INIT;
    const char *heard = drill_draft_text(d->drill, NULL);
    plain_say(d, "\nWhat you said, as it was written down");
    out_prose(&d->cli->out, sv_from(heard), 2, 76);
    enum reply reply = plain_ask(d, "\nEnter keeps it; or write it anew, then a line with a single dot:");
    if (reply == REPLY_MOVED && !d->leaving) {
        return true;
    }
    if (reply == REPLY_LINE && strcmp(buf_str(&d->line), ".") != 0) {
        buf_addsv(&text, buf_sv(&d->line));
        plain_text(d, "", &text);
    } else {
        buf_adds(&text, drill_draft_text(d->drill, NULL));
    }
    bool ok = drill_ticks(d->drill, 0, buf_sv(&text), err);
    if (!ok) {
        plain_rescue(d, &text);
    }
    buf_release(&text);
    return ok;
}
