#include "cli/plain_mock.h"

#include "pmprep/app/names.h"

#include <signal.h>

/* What goes on while a line is waited for, and what can be said besides an answer. */

enum { PROSE_COLS = 76, INDENT = 2 };

static struct mock_talk *talk_of(struct dialogue *d)
{
    return (struct mock_talk *)d;
}

static struct out *out_of(struct mock_talk *t)
{
    return &t->d.cli->out;
}

/* ---- the clock */

static void warn(struct mock_talk *t, const struct mock_view *v)
{
    struct buf line = BUF_INIT;
    switch (v->warning) {
    case MOCK_FIVE_MINUTES:
    case MOCK_LAST_MINUTE:
        buf_adds(&line, "(");
        talk_span(&line, v->part_left_ms);
        buf_addf(&line, " left of %s)", v->part);
        break;
    case MOCK_TIME:
        buf_addf(&line, "(The time of %s is over: what comes next begins after this answer.)", v->part);
        break;
    case MOCK_CALM:
        break;
    }
    if (line.len > 0) {
        out_printf(out_of(t), "%s\n", buf_str(&line));
    }
    buf_release(&line);
}

static volatile sig_atomic_t stop_wanted;

static void note_stop(int sig)
{
    (void)sig;
    stop_wanted = 1;
}

void talk_watch_stop(void)
{
    struct sigaction act = {.sa_handler = note_stop};
    sigaction(SIGTSTP, &act, NULL);
}

/* Ctrl-Z stops the clock as it stops us; stopped in any other way, it runs on. */
static void stop_here(struct mock_talk *t)
{
    struct sigaction plain = {.sa_handler = SIG_DFL};
    stop_wanted = 0;
    mock_pause(t->mock, true);
    out_flush(out_of(t));
    sigaction(SIGTSTP, &plain, NULL);
    raise(SIGTSTP);
    talk_watch_stop();
    mock_pause(t->mock, false);
}

static void turn(struct mock_talk *t)
{
    unsigned events;
    struct err err = ERR_INIT;
    const struct mock_view *v = mock_view(t->mock);
    struct sv text = t->text ? buf_sv(t->text) : sv_from(v->draft);
    if (!mock_turn(t->mock, text, text.len, false, &events, &err) && !t->complained) {
        plain_complain(&t->d, &err);
        t->complained = true;
    }
    if (events & (MOCK_CUT_IN | MOCK_TWIST)) {
        talk_hear(t);
    }
    if (events & MOCK_WARNED) {
        warn(t, mock_view(t->mock));
    }
    out_flush(out_of(t));
}

void talk_idle(void *ctx)
{
    struct mock_talk *t = ctx;
    turn(t);
    if (stop_wanted && !mock_view(t->mock)->paused) {
        stop_here(t);
    }
}

/* ---- words at any choice, and in a text */

static bool act_note(struct dialogue *d, struct sv rest, struct err *err)
{
    struct mock *m = talk_of(d)->mock;
    const char *notes = mock_view(m)->notes;
    if (rest.len == 0) {
        out_prose(&d->cli->out, sv_from(notes[0] ? notes : "There are no notes yet: !note TEXT adds one."), INDENT,
                  PROSE_COLS);
        return true;
    }
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s%s" SV_FMT, notes, notes[0] ? "\n" : "", SV_ARG(rest));
    bool ok = mock_notes(m, buf_sv(&text), err);
    buf_release(&text);
    return ok;
}

static bool act_pause(struct dialogue *d, struct sv rest, struct err *err)
{
    struct mock_talk *t = talk_of(d);
    (void)rest;
    if (t->text && !mock_save_draft(t->mock, buf_sv(t->text), t->text->len, err)) {
        return false;
    }
    mock_pause(t->mock, true);
    d->leaving = !plain_line(d, "Paused: the clock stands. Enter goes on:");
    mock_pause(t->mock, false);
    return true;
}

static bool act_skip(struct dialogue *d, struct sv rest, struct err *err)
{
    struct mock_talk *t = talk_of(d);
    (void)rest;
    if (t->text) {
        t->skipping = true;
        return true;
    }
    return mock_skip(t->mock, err);
}

static bool act_back(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    return mock_back(talk_of(d)->mock, err);
}

static bool act_mode(struct dialogue *d, struct sv rest, struct err *err)
{
    enum answer_mode mode;
    if (!mode_parse(rest, &mode)) {
        return err_set(err, ERR_USAGE, "!mode takes one of type, speak and outline");
    }
    return mock_set_mode(talk_of(d)->mock, mode, err);
}

static bool act_later(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    (void)err;
    d->leaving = true;
    return true;
}

static bool save(struct dialogue *d, struct sv text, struct err *err)
{
    return mock_save_draft(talk_of(d)->mock, text, text.len, err);
}

static bool heard(struct dialogue *d, struct sv text, struct err *err)
{
    struct mock_talk *t = talk_of(d);
    t->written = mock_transcript(t->mock, text, err);
    return t->written;
}

static const struct command_word words[] = {
    {"!note", "TEXT: add a line to your notes; without TEXT they are shown", act_note, false, true},
    {"!pause", "stop the clock until Enter", act_pause, false, false},
    {"!skip", "leave the question; what you gave so far is kept", act_skip, true, false},
    {"!back", "debrief: the vote or the page before", act_back, true, false},
    {"!mode", "type, speak or outline, from the next question on", act_mode, false, true},
    {"!later", "leave; `pmprep mock --resume` goes on here", act_later, true, false},
};

static bool take(struct dialogue *d, bool *over);

static bool tell(struct dialogue *d, const char *story, struct err *err)
{
    return mock_story(talk_of(d)->mock, story, err);
}

static bool begin_story(struct dialogue *d, const char *headline, struct err *err)
{
    return mock_new_story(talk_of(d)->mock, headline, err);
}

const struct dialogue_kind talk_kind = {
    words, sizeof(words) / sizeof(words[0]), '!', true, save, heard, tell, begin_story, take};

/* ---- facts of a case */

bool talk_asks(const struct mock_talk *t, struct sv line)
{
    const struct mock_view *v = mock_view(t->mock);
    return line.len > 0 && line.data[0] == '?' && v->is_case && (v->phase == MOCK_ANSWER || v->phase == MOCK_PROBE);
}

bool talk_fact(struct mock_talk *t, struct sv question)
{
    struct err err = ERR_INIT;
    int number = 0;
    if (!mock_ask(t->mock, sv_trim(question), &err)) {
        plain_complain(&t->d, &err);
        return false;
    }
    const struct mock_view *v = mock_view(t->mock);
    t->heard = v->said_count;
    for (size_t i = 0; i < v->near_count; i++) {
        struct buf lead = BUF_INIT;
        buf_addf(&lead, "%zu  ", i + 1);
        out_item(out_of(t), buf_str(&lead), sv_from(v->near[i]), INDENT, PROSE_COLS);
        buf_release(&lead);
    }
    if (v->near_count > 0) {
        number = plain_number(&t->d, "Which of them did you ask for (empty: none, I make an assumption)?",
                              (int)v->near_count);
    }
    bool ok = number < 0 || (number > 0 ? mock_reveal(t->mock, (size_t)number - 1, &err) : mock_assume(t->mock, &err));
    if (!ok) {
        plain_complain(&t->d, &err);
    }
    talk_hear(t);
    return number < 0;
}

static bool take(struct dialogue *d, bool *over)
{
    struct mock_talk *t = talk_of(d);
    turn(t);
    if (!talk_asks(t, buf_sv(&d->line))) {
        return false;
    }
    *over = talk_fact(t, sv_sub(buf_sv(&d->line), 1, d->line.len));
    if (!*over) {
        plain_say(d, "\nYour answer goes on:");
    }
    return true;
}
