#include "cli/plain.h"

#include "pmprep/app/keep.h"

#include <unistd.h>

enum { SAVE_LATEST_MS = 1000 };

void plain_say(struct dialogue *d, const char *text)
{
    out_printf(&d->cli->out, "%s\n", text);
}

/* ---- commands at any choice */

static bool leave(struct dialogue *d, struct err *err)
{
    (void)err;
    d->leaving = true;
    return true;
}

static bool skip(struct dialogue *d, struct err *err)
{
    return drill_skip(d->drill, err);
}

static bool flag(struct dialogue *d, struct err *err)
{
    if (!drill_flag(d->drill, err)) {
        return false;
    }
    plain_say(d,
              drill_view(d->drill)->flagged ? "Flagged: it comes back before other questions." : "The flag is gone.");
    return true;
}

static bool suspend(struct dialogue *d, struct err *err)
{
    return drill_suspend(d->drill, err);
}

static bool undo(struct dialogue *d, struct err *err)
{
    return drill_undo(d->drill, err);
}

static const struct command_word {
    const char *name;
    const char *help;
    bool (*act)(struct dialogue *d, struct err *err);
    bool moves; /* what was asked is asked no more */
} command_words[] = {
    {":quit", "leave; everything given so far is kept", leave, true},
    {":skip", "leave this question without harm", skip, true},
    {":flag", "mark it to come back early, or take the mark away", flag, false},
    {":suspend", "never ask it again", suspend, true},
    {":undo", "take back the last grading", undo, true},
};
enum { COMMAND_WORDS = sizeof(command_words) / sizeof(command_words[0]) };

void plain_complain(struct dialogue *d, const struct err *err)
{
    cli_warn(d->cli, "%s", err->text);
}

/* Does what the line says, or lists what can be said. Answers whether the drill moved. */
static bool run_word(struct dialogue *d)
{
    struct err err = ERR_INIT;
    for (size_t i = 0; i < COMMAND_WORDS; i++) {
        if (strcmp(buf_str(&d->line), command_words[i].name) == 0) {
            bool ok = command_words[i].act(d, &err);
            if (!ok) {
                plain_complain(d, &err);
            }
            return ok && command_words[i].moves;
        }
    }
    for (size_t i = 0; i < COMMAND_WORDS; i++) {
        out_printf(&d->cli->out, "  %-9s %s\n", command_words[i].name, command_words[i].help);
    }
    return false;
}

/* ---- asking */

/* One line, trimmed, into d->line; false at the end of input. */
static bool read_reply(struct dialogue *d, const char *prompt)
{
    out_printf(&d->cli->out, "%s ", prompt);
    out_flush(&d->cli->out);
    bool got = input_line(&d->in, &d->line);
    if (!got || !d->echoed) {
        plain_say(d, "");
    }
    struct sv trimmed = sv_trim(buf_sv(&d->line));
    size_t before = trimmed.len ? (size_t)(trimmed.data - d->line.data) : 0;
    buf_truncate(&d->line, before + trimmed.len);
    buf_remove(&d->line, 0, before);
    return got;
}

enum reply plain_ask(struct dialogue *d, const char *prompt)
{
    do {
        if (!read_reply(d, prompt)) {
            d->leaving = true;
            return REPLY_MOVED;
        }
        if (d->line.len == 0) {
            return REPLY_EMPTY;
        }
        if (d->line.data[0] != ':') {
            return REPLY_LINE;
        }
    } while (!run_word(d));
    return REPLY_MOVED;
}

int plain_number(struct dialogue *d, const char *prompt, int max)
{
    for (;;) {
        long number;
        enum reply reply = plain_ask(d, prompt);
        if (reply != REPLY_LINE) {
            return reply == REPLY_EMPTY ? 0 : -1;
        }
        if (sv_int(buf_sv(&d->line), 1, max, &number)) {
            return (int)number;
        }
        cli_warn(d->cli, "'%s' is no number from 1 to %d: give one, or an empty line to skip", buf_str(&d->line), max);
    }
}

/* Saves what there is before waiting for more, and at least once a second. */
struct saver {
    bool dirty;
    bool complained;
    int64_t saved_at;
};

static void save_draft(struct dialogue *d, struct saver *s, const struct buf *text)
{
    struct err err = ERR_INIT;
    int64_t now = app_mono(d->cli->app);
    if (!s->dirty || (input_ready(&d->in) && now - s->saved_at < SAVE_LATEST_MS)) {
        return;
    }
    s->saved_at = now;
    s->dirty = !drill_save_draft(d->drill, buf_sv(text), text->len, &err);
    if (s->dirty && !s->complained) {
        plain_complain(d, &err);
        s->complained = true;
    }
}

bool plain_text(struct dialogue *d, const char *prompt, struct buf *text)
{
    struct saver saver = {.saved_at = app_mono(d->cli->app)};
    bool any = false, first = text->len == 0;
    plain_say(d, prompt);
    for (;;) {
        out_flush(&d->cli->out);
        save_draft(d, &saver, text);
        if (!input_line(&d->in, &d->line)) {
            d->leaving = true;
            return any;
        }
        if (strcmp(buf_str(&d->line), ".") == 0) {
            return any;
        }
        buf_adds(text, first ? "" : "\n");
        buf_addsv(text, buf_sv(&d->line));
        first = false;
        any = saver.dirty = true;
    }
}

bool plain_has_words(const struct buf *text)
{
    return sv_trim(buf_sv(text)).len > 0;
}

void plain_rescue(struct dialogue *d, const struct buf *text)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    if (!plain_has_words(text)) {
        return;
    }
    if (keep_text(buf_sv(text), &path, &err)) {
        cli_warn(d->cli, "your text is in %s", buf_str(&path));
    } else {
        plain_complain(d, &err);
        struct out o;
        out_init(&o, STDERR_FILENO);
        out_text(&o, buf_sv(text));
        out_raw(&o, SV("\n"));
        out_release(&o);
    }
    buf_release(&path);
}
