#include "cli/plain.h"

#include "pmprep/app/keep.h"

#include <unistd.h>

enum { SAVE_LATEST_MS = 1000 };

void plain_say(struct dialogue *d, const char *text)
{
    out_printf(&d->cli->out, "%s\n", text);
}

/* ---- commands at any choice */

static bool leave(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    (void)err;
    d->leaving = true;
    return true;
}

static bool skip(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    return drill_skip(d->drill, err);
}

static bool flag(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    if (!drill_flag(d->drill, err)) {
        return false;
    }
    plain_say(d,
              drill_view(d->drill)->flagged ? "Flagged: it comes back before other questions." : "The flag is gone.");
    return true;
}

static bool suspend(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    return drill_suspend(d->drill, err);
}

static bool undo(struct dialogue *d, struct sv rest, struct err *err)
{
    (void)rest;
    return drill_undo(d->drill, err);
}

static bool save(struct dialogue *d, struct sv text, struct err *err)
{
    return drill_save_draft(d->drill, text, text.len, err);
}

static const struct command_word drill_words[] = {
    {":quit", "leave; everything given so far is kept", leave, true, false},
    {":skip", "leave this question without harm", skip, true, false},
    {":flag", "mark it to come back early, or take the mark away", flag, false, false},
    {":suspend", "never ask it again", suspend, true, false},
    {":undo", "take back the last grading", undo, true, false},
};

static bool heard(struct dialogue *d, struct sv text, struct err *err)
{
    return drill_transcript(d->drill, text, err);
}

static bool tell(struct dialogue *d, const char *story, struct err *err)
{
    return drill_story(d->drill, story, err);
}

static bool begin_story(struct dialogue *d, const char *headline, struct err *err)
{
    return drill_new_story(d->drill, headline, err);
}

const struct dialogue_kind plain_drill_kind = {
    drill_words, sizeof(drill_words) / sizeof(drill_words[0]), ':', false, save, heard, tell, begin_story, NULL};

void plain_complain(struct dialogue *d, const struct err *err)
{
    cli_warn(d->cli, "%s", err->text);
}

static const struct command_word *find_word(const struct dialogue *d, struct sv *rest)
{
    struct sv word;
    *rest = buf_sv(&d->line);
    sv_split(rest, ' ', &word);
    *rest = sv_trim(*rest);
    for (size_t i = 0; i < d->kind->word_count; i++) {
        const struct command_word *w = &d->kind->words[i];
        if (sv_eqs(word, w->name) && (w->words || rest->len == 0)) {
            return w;
        }
    }
    return NULL;
}

static bool run_word(struct dialogue *d, const struct command_word *w, struct sv rest)
{
    struct err err = ERR_INIT;
    bool ok = w->act(d, rest, &err);
    if (!ok) {
        plain_complain(d, &err);
    }
    return ok && w->moves;
}

/* Does what the line says, or lists what can be said. Answers whether the dialogue moved. */
static bool obey(struct dialogue *d)
{
    struct sv rest;
    const struct command_word *w = find_word(d, &rest);
    if (w) {
        return run_word(d, w, rest);
    }
    for (size_t i = 0; i < d->kind->word_count; i++) {
        out_printf(&d->cli->out, "  %-9s %s\n", d->kind->words[i].name, d->kind->words[i].help);
    }
    return false;
}

/* ---- asking */

/* One line, trimmed, into d->line; false at the end of input. */
bool plain_line(struct dialogue *d, const char *prompt)
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
        if (!plain_line(d, prompt)) {
            d->leaving = true;
            return REPLY_MOVED;
        }
        if (d->line.len == 0) {
            return REPLY_EMPTY;
        }
        if (d->line.data[0] != d->kind->mark) {
            return REPLY_LINE;
        }
    } while (!obey(d));
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
    s->dirty = !d->kind->save(d, buf_sv(text), &err);
    if (s->dirty && !s->complained) {
        plain_complain(d, &err);
        s->complained = true;
    }
}

/* "!puase": meant for us, not for the text. */
static bool looks_like_word(struct sv line, char mark)
{
    bool is = line.len > 1 && line.data[0] == mark;
    for (size_t i = 1; is && i < line.len; i++) {
        is = line.data[i] >= 'a' && line.data[i] <= 'z';
    }
    return is;
}

/* A line that is no part of the text; *over when the text ends with it. */
static bool take_line(struct dialogue *d, bool *over)
{
    struct sv rest;
    const struct command_word *w = d->kind->in_text ? find_word(d, &rest) : NULL;
    *over = false;
    if (w) {
        *over = run_word(d, w, rest) || d->leaving;
        return true;
    }
    if (d->kind->in_text && looks_like_word(buf_sv(&d->line), d->kind->mark)) {
        cli_warn(d->cli, "'%s' is no command and was not taken as text:", buf_str(&d->line));
        obey(d);
        return true;
    }
    return d->kind->take && d->kind->take(d, over);
}

bool plain_text(struct dialogue *d, const char *prompt, struct buf *text)
{
    struct saver saver = {.saved_at = app_mono(d->cli->app)};
    bool any = false, over = false;
    plain_say(d, prompt);
    while (!over) {
        out_flush(&d->cli->out);
        save_draft(d, &saver, text);
        if (!input_line(&d->in, &d->line)) {
            d->leaving = true;
            return any;
        }
        if (strcmp(buf_str(&d->line), ".") == 0) {
            return any;
        }
        if (take_line(d, &over)) {
            continue;
        }
        buf_adds(text, text->len == 0 && !any ? "" : "\n");
        buf_addsv(text, buf_sv(&d->line));
        any = saver.dirty = true;
    }
    return any;
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
