#include "cli/plain_mock.h"

#include "pmprep/app/names.h"
#include "pmprep/coach/words.h"

#include <unistd.h>

enum { PROSE_COLS = 76, INDENT = 2 };

static struct out *out_of(struct mock_talk *t)
{
    return &t->d.cli->out;
}

/* "18:05" */
void talk_span(struct buf *out, int64_t ms)
{
    int64_t s = ms > 0 ? (ms + 500) / 1000 : 0;
    buf_addf(out, "%d:%02d", (int)(s / 60), (int)(s % 60));
}

/* ---- what is printed */

static void they_say(struct mock_talk *t, const char *text)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "Interviewer: %s", text);
    out_raw(out_of(t), SV("\n"));
    out_prose(out_of(t), buf_sv(&line), 0, PROSE_COLS);
    buf_release(&line);
}

/* What was said since the last time. */
void talk_hear(struct mock_talk *t)
{
    const struct mock_view *v = mock_view(t->mock);
    if (v->said_count < t->heard) {
        t->heard = 0;
    }
    for (; t->heard < v->said_count; t->heard++) {
        if (!v->said[t->heard].mine) {
            they_say(t, v->said[t->heard].text);
        }
    }
}

/* A resumed mock: only what stands is said again. */
static void recall(struct mock_talk *t)
{
    const struct mock_view *v = mock_view(t->mock);
    struct buf line = BUF_INIT;
    t->heard = v->said_count;
    if (v->phase == MOCK_BREAK || v->phase >= MOCK_VOTE) {
        return;
    }
    buf_addf(&line, "\nInterview %u of %u: %s. %s, ", v->stage, v->stages, v->stage_title, v->part);
    talk_span(&line, v->part_left_ms);
    out_printf(out_of(t), "%s left\n", buf_str(&line));
    if (v->about[0]) {
        out_printf(out_of(t), "\nThe question was\n");
        out_prose(out_of(t), sv_from(v->about), INDENT, PROSE_COLS);
    }
    for (size_t i = 0; i < v->fact_count; i++) {
        if (i == 0) {
            out_printf(out_of(t), "\nYou were told\n");
        }
        out_item(out_of(t), "- ", sv_from(v->facts[i]), INDENT, PROSE_COLS);
    }
    if (v->phase != MOCK_TICKS) {
        they_say(t, v->says);
    }
    t->stage = v->stage;
    t->part = v->part;
    buf_release(&line);
}

static void show_part(struct mock_talk *t, const struct mock_view *v)
{
    struct buf line = BUF_INIT;
    if (v->phase == MOCK_BREAK || v->phase >= MOCK_VOTE || (t->stage == v->stage && t->part == v->part)) {
        return;
    }
    buf_addf(&line, "\n%s: ", v->part);
    talk_span(&line, v->part_left_ms);
    out_printf(out_of(t), "%s on the clock\n", buf_str(&line));
    t->stage = v->stage;
    t->part = v->part;
    buf_release(&line);
}

static void show_kept(struct mock_talk *t, int64_t on_the_clock, struct sv text)
{
    const struct mock_view *v = mock_view(t->mock);
    struct buf line = BUF_INIT;
    size_t words = words_count(text);
    buf_addf(&line, "Kept: %zu %s, ", words, words == 1 ? "word" : "words");
    talk_span(&line, on_the_clock);
    buf_adds(&line, " on the clock");
    if (v->phase < MOCK_VOTE && v->phase != MOCK_BREAK) {
        buf_adds(&line, "; ");
        talk_span(&line, v->stage_left_ms);
        buf_adds(&line, " left of the interview");
    }
    out_printf(out_of(t), "%s.\n", buf_str(&line));
    buf_release(&line);
}

/* ---- texts */

/* The draft of before, which is gone on with. */
static void take_draft(struct mock_talk *t, struct buf *text)
{
    const char *draft = mock_view(t->mock)->draft;
    if (draft[0]) {
        buf_adds(text, draft);
        out_printf(out_of(t), "\nSo far you wrote\n");
        out_prose(out_of(t), buf_sv(text), INDENT, PROSE_COLS);
    }
}

/* What was given is kept, and no follow-up to it is waited for. */
static bool skip_with(struct mock_talk *t, const struct buf *text, struct err *err)
{
    bool given = plain_has_words(text);
    if (given && !mock_submit(t->mock, buf_sv(text), err)) {
        plain_rescue(&t->d, text);
        return false;
    }
    enum mock_phase phase = mock_view(t->mock)->phase;
    bool stays = phase == MOCK_PROBE || phase == MOCK_TICKS || phase == MOCK_QUESTIONS;
    if (given && phase == MOCK_PROBE) {
        t->heard = mock_view(t->mock)->said_count;
    }
    return (given && !stays) || mock_skip(t->mock, err);
}

bool mock_talk_text(struct mock_talk *t, const char *prompt, struct buf *text, bool *given, struct err *err)
{
    bool ok = true;
    *given = false;
    take_draft(t, text);
    t->text = text;
    t->skipping = false;
    plain_text(&t->d, prompt, text);
    t->text = NULL;
    if (t->d.leaving) {
        ok = mock_save_draft(t->mock, buf_sv(text), text->len, err);
        if (!ok) {
            plain_rescue(&t->d, text);
        }
    } else if (t->skipping) {
        ok = skip_with(t, text, err);
    } else {
        *given = true;
    }
    return ok;
}

static bool step_text(struct mock_talk *t, const char *prompt, struct err *err)
{
    struct buf text = BUF_INIT;
    bool given;
    bool ok = mock_talk_text(t, prompt, &text, &given, err);
    if (ok && given) {
        const struct mock_view *v = mock_view(t->mock);
        int64_t spent = v->answer_ms;
        bool none = !plain_has_words(&text);
        ok = none && v->phase == MOCK_ANSWER ? mock_skip(t->mock, err) : mock_submit(t->mock, buf_sv(&text), err);
        if (!ok) {
            plain_rescue(&t->d, &text);
        } else if (!none) {
            show_kept(t, spent, buf_sv(&text));
        }
    }
    buf_release(&text);
    return ok;
}

/* ---- one function a phase; false when the store refused */

static bool step_break(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "\nInterview %u of %u: %s, ", v->stage, v->stages, v->stage_title);
    talk_span(&line, v->stage_left_ms);
    out_printf(out_of(t), "%s\nWith: %s\n", buf_str(&line), v->interviewer);
    buf_release(&line);
    enum reply reply = plain_ask(&t->d, "Enter begins and starts the clock, !later comes back on another day:");
    while (reply == REPLY_LINE) {
        cli_warn(t->d.cli, "'%s' is no choice here: give an empty line to begin, or !later", buf_str(&t->d.line));
        reply = plain_ask(&t->d, "Enter begins:");
    }
    return reply == REPLY_MOVED || mock_begin(t->mock, err);
}

/* What is recorded is written down after the answer, while the clock stands. */
static bool submit_spoken(struct mock_talk *t, struct sv line, struct err *err)
{
    if (!mock_submit(t->mock, line, err)) {
        return false;
    }
    t->written = false;
    plain_write_down(&t->d);
    return true;
}

static bool listen(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    const char *prompt = v->phase == MOCK_QUESTIONS ? "\nYour question in a line (empty ends the interview):"
                                                    : "\nSpeak now. Enter when you have finished:";
    for (;;) {
        plain_listen(&t->d);
        enum reply reply = plain_ask(&t->d, t->d.speech ? "" : prompt);
        if (reply == REPLY_MOVED) {
            return true;
        }
        bool none = reply == REPLY_EMPTY || strcmp(buf_str(&t->d.line), ".") == 0;
        struct sv line = none ? SV("") : buf_sv(&t->d.line);
        if (!talk_asks(t, line)) {
            return submit_spoken(t, line, err);
        }
        if (talk_fact(t, sv_sub(line, 1, line.len))) {
            return true;
        }
    }
}

static bool step_speak(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    if (v->phase == MOCK_ANSWER) {
        plain_record(&t->d);
    }
    bool ok = listen(t, v, err);
    plain_stop_recording(&t->d);
    return ok;
}

/* The transcript, kept or written anew. */
static bool step_correct(struct mock_talk *t, struct err *err)
{
    struct buf text = BUF_INIT;
    plain_say(&t->d, "\nThe clock stands. What you said, as it was written down");
    out_prose(out_of(t), sv_from(mock_view(t->mock)->draft), INDENT, PROSE_COLS);
    enum reply reply = plain_ask(&t->d, "\nEnter keeps it; or write it anew, then a line with a single dot:");
    if (reply == REPLY_MOVED) {
        return true; /* the draft holds it */
    }
    if (reply == REPLY_LINE && strcmp(buf_str(&t->d.line), ".") != 0) {
        buf_addsv(&text, buf_sv(&t->d.line));
        plain_text(&t->d, "", &text);
    } else {
        buf_adds(&text, mock_view(t->mock)->draft);
    }
    bool ok = mock_ticks(t->mock, 0, buf_sv(&text), err);
    if (!ok) {
        plain_rescue(&t->d, &text);
    }
    buf_release(&text);
    return ok;
}

/* "1 3 5" or "1,3,5" */
static bool parse_ticks(struct sv line, unsigned *ticks)
{
    *ticks = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.data[i];
        if (c >= '1' && c < '1' + TICK_KINDS) {
            *ticks |= tick_infos[c - '1'].tick;
        } else if (c != ' ' && c != ',') {
            return false;
        }
    }
    return true;
}

static bool step_ticks(struct mock_talk *t, struct err *err)
{
    static const char prompt[] = "Numbers, as in 1 2 5 (empty: none of them):";
    struct buf text = BUF_INIT;
    unsigned ticks = 0;
    bool given;
    plain_say(&t->d, "\nThe clock stands. What did you really say?");
    for (int i = 0; i < TICK_KINDS; i++) {
        out_printf(out_of(t), "  %d  %s\n", i + 1, tick_infos[i].label);
    }
    enum reply reply = plain_ask(&t->d, prompt);
    while (reply == REPLY_LINE && !parse_ticks(buf_sv(&t->d.line), &ticks)) {
        cli_warn(t->d.cli, "'%s' is not a list of numbers from 1 to %d: give them as in 1 2 5", buf_str(&t->d.line),
                 TICK_KINDS);
        reply = plain_ask(&t->d, prompt);
    }
    if (reply == REPLY_MOVED) {
        return true;
    }
    bool ok = mock_talk_text(t, "What you said in short, then a line with a single dot:", &text, &given, err);
    if (ok && given && !mock_ticks(t->mock, ticks, buf_sv(&text), err)) {
        plain_rescue(&t->d, &text);
        ok = false;
    }
    buf_release(&text);
    return ok;
}

static void answer_prompt(const struct mock_view *v, struct buf *out)
{
    buf_adds(out, v->mode == MODE_OUTLINE ? "\nYour answer in five lines" : "\nYour answer");
    if (v->word_budget > 0) {
        buf_addf(out, ", about %u words", v->word_budget);
    }
    buf_adds(out, ", then a line with a single dot (a dot alone skips)");
    if (v->is_case) {
        buf_adds(out, ";\na line that begins with ? asks for a fact");
    }
    buf_adds(out, ":");
}

static bool step_answer(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    struct buf prompt = BUF_INIT;
    answer_prompt(v, &prompt);
    bool ok = step_text(t, buf_str(&prompt), err);
    buf_release(&prompt);
    return ok;
}

static bool step(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    bool speaks = v->mode == MODE_SPEAK;
    switch (v->phase) {
    case MOCK_BREAK:
        return step_break(t, v, err);
    case MOCK_BACKGROUND:
        return speaks ? step_speak(t, v, err) : step_text(t, "\nWho you are, then a line with a single dot:", err);
    case MOCK_ANSWER:
        return speaks ? step_speak(t, v, err) : step_answer(t, v, err);
    case MOCK_PROBE:
        return speaks ? step_speak(t, v, err)
                      : step_text(t, "\nYour answer, then a line with a single dot (a dot alone passes):", err);
    case MOCK_QUESTIONS:
        return speaks ? step_speak(t, v, err)
                      : step_text(
                            t, "\nYour question, then a line with a single dot (a dot alone ends the interview):", err);
    case MOCK_WRITING:
        return step_text(t, "\nYour text, then a line with a single dot:", err);
    case MOCK_TICKS:
        return t->written ? step_correct(t, err) : step_ticks(t, err);
    case MOCK_VOTE:
    case MOCK_REVOTE:
        return talk_vote(t, v, err);
    case MOCK_EVIDENCE:
        return talk_evidence(t, v, err);
    case MOCK_AGAINST:
        return talk_against(t, err);
    case MOCK_VERDICT:
        return talk_verdict(t, v, err);
    case MOCK_OVER:
        break;
    }
    t->d.leaving = true;
    return true;
}

static bool run(struct mock_talk *t, struct err *err)
{
    while (!t->d.leaving && !out_failed(out_of(t))) {
        show_part(t, mock_view(t->mock));
        talk_hear(t);
        if (!step(t, mock_view(t->mock), err)) {
            return false;
        }
    }
    return true;
}

static void say_goodbye(struct mock_talk *t)
{
    const struct mock_view *v = mock_view(t->mock);
    if (v->phase == MOCK_OVER) {
        plain_say(&t->d, "\nSaved: `pmprep mock --report last` shows it again, --markdown and --html write it down.");
        return;
    }
    struct buf line = BUF_INIT;
    buf_addf(&line, "\nKept: %s, ", v->loop_title);
    if (v->phase >= MOCK_VOTE) {
        buf_adds(&line, "in the debrief");
    } else {
        buf_addf(&line, "interview %u of %u, ", v->stage, v->stages);
        talk_span(&line, v->stage_left_ms);
        buf_adds(&line, " left of it");
    }
    out_printf(out_of(t), "%s. `pmprep mock --resume` goes on.\n", buf_str(&line));
    buf_release(&line);
}

int plain_mock(struct cli *c, struct mock *mock)
{
    struct err err = ERR_INIT;
    struct mock_talk t = {.d = {.cli = c, .kind = &talk_kind, .echoed = isatty(STDIN_FILENO)}, .mock = mock};
    const struct mock_view *v = mock_view(mock);
    input_init(&t.d.in, STDIN_FILENO);
    t.d.in.idle = talk_idle;
    t.d.in.idle_ctx = &t;
    talk_watch_stop();
    out_printf(&c->out, "%s\n!help lists what can be said besides an answer.\n", v->loop_title);
    recall(&t);
    bool ok = run(&t, &err);
    if (ok) {
        say_goodbye(&t);
    }
    input_release(&t.d.in);
    buf_release(&t.d.line);
    return ok ? EXIT_DONE : cli_fail(c, &err);
}
