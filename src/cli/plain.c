#include "cli/plain.h"

#include "pmprep/app/names.h"
#include "pmprep/bank/taxonomy.h"

#include <unistd.h>

enum { MATCHES_MAX = 8 };

/* ---- one function a step; false when the store refused */

/* Something of the question that is shown was stored. */
static void count_answer(struct dialogue *d)
{
    if (d->counted != d->shown) {
        d->answered++;
        d->counted = d->shown;
    }
}

static bool submit(struct dialogue *d, const struct buf *text, struct err *err)
{
    if (drill_submit(d->drill, buf_sv(text), err)) {
        count_answer(d);
        return true;
    }
    plain_rescue(d, text);
    return false;
}

static bool step_speak(struct dialogue *d, struct err *err)
{
    plain_record(d);
    plain_listen(d);
    enum reply reply = plain_ask(d, d->speech ? "" : "\nSpeak now. Enter when you have finished:");
    if (reply == REPLY_MOVED) {
        plain_stop_recording(d);
        return true;
    }
    count_answer(d);
    bool ok = drill_submit(d->drill, SV(""), err);
    if (ok) {
        plain_write_down(d);
    }
    plain_stop_recording(d);
    return ok;
}

/* The draft that was resumed, shown before it is continued. */
static void take_draft(struct dialogue *d, struct buf *text)
{
    size_t cursor;
    const char *draft = drill_draft_text(d->drill, &cursor);
    if (draft[0]) {
        buf_adds(text, draft);
        plain_say(d, "\nSo far you wrote");
        out_prose(&d->cli->out, buf_sv(text), 2, 76);
    }
}

static bool step_answer(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    struct buf text = BUF_INIT;
    bool ok = true;
    if (v->mode == MODE_SPEAK) {
        return step_speak(d, err);
    }
    take_draft(d, &text);
    bool any = plain_text(d,
                          v->mode == MODE_OUTLINE
                              ? "\nYour answer in five lines, then a line with a single dot (a dot alone skips):"
                              : "\nYour answer, then a line with a single dot (a dot alone skips):",
                          &text);
    bool given = plain_has_words(&text) && (any || !d->leaving);
    if (given) {
        ok = submit(d, &text, err);
        if (ok) {
            show_spent(d, drill_view(d->drill), buf_sv(&text));
        }
    } else if (!d->leaving) {
        ok = drill_skip(d->drill, err);
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

static bool step_ticks(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    if (v->heard) {
        return plain_correct(d, err);
    }
    struct buf text = BUF_INIT;
    unsigned ticks = 0;
    plain_say(d, "\nWhat did you really say?");
    for (int i = 0; i < TICK_KINDS; i++) {
        out_printf(&d->cli->out, "  %d  %s\n", i + 1, tick_infos[i].label);
    }
    enum reply reply = plain_ask(d, "Numbers, as in 1 2 5 (empty: none of them):");
    while (reply == REPLY_LINE && !parse_ticks(buf_sv(&d->line), &ticks)) {
        cli_warn(d->cli, "'%s' is not a list of numbers from 1 to %d: give them as in 1 2 5", buf_str(&d->line),
                 TICK_KINDS);
        reply = plain_ask(d, "Numbers, as in 1 2 5 (empty: none of them):");
    }
    if (reply == REPLY_MOVED) {
        return true;
    }
    take_draft(d, &text);
    plain_text(d, "What you said in short, then a line with a single dot:", &text);
    bool ok = drill_ticks(d->drill, ticks, buf_sv(&text), err);
    if (!ok) {
        plain_rescue(d, &text);
    }
    buf_release(&text);
    return ok;
}

static bool step_pick(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    bool pair = v->item->kind == KIND_PAIR;
    int picked = plain_number(d, pair ? "\nWhich is the stronger answer, 1 or 2?" : "\nWhich one?", v->shown_count);
    if (picked < 0) {
        return true;
    }
    if (picked == 0) {
        return drill_skip(d->drill, err);
    }
    count_answer(d);
    return drill_pick(d->drill, picked - 1, err);
}

static bool step_why(struct dialogue *d, struct err *err)
{
    struct buf text = BUF_INIT;
    take_draft(d, &text);
    bool any = plain_text(d, "\nWhat is wrong with the weaker one? Then a line with a single dot:", &text);
    bool ok = (d->leaving && !any) || submit(d, &text, err);
    buf_release(&text);
    return ok;
}

/* By number in the official order, by id, by name, or by a beginning of either that is unique. */
static const struct principle *match_principle(const struct principle *all, size_t count, struct sv given)
{
    const struct principle *found = NULL;
    long number;
    if (sv_int(given, 1, (long)count, &number)) {
        return &all[number - 1];
    }
    for (size_t i = 0; i < count; i++) {
        struct sv id = sv_from(all[i].id);
        bool same = given.len <= id.len;
        for (size_t k = 0; same && k < given.len; k++) {
            char c = given.data[k];
            c = c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
            same = c == id.data[k];
        }
        if (same && found) {
            return NULL;
        }
        found = same ? &all[i] : found;
    }
    return found;
}

static bool step_principle(struct dialogue *d, struct err *err)
{
    struct library *library;
    size_t count;
    if (!app_library(d->cli->app, &library, err)) {
        return false;
    }
    const struct principle *all = library_principles(library, &count), *guess = NULL;
    plain_say(d, "\nWhich principle was that?");
    for (size_t i = 0; i < count; i++) {
        out_printf(&d->cli->out, "  %zu  %s\n", i + 1, all[i].name);
    }
    enum reply reply = plain_ask(d, "A number or the beginning of a name:");
    while (reply == REPLY_LINE && !(guess = match_principle(all, count, buf_sv(&d->line)))) {
        cli_warn(d->cli, "'%s' is not the number or the beginning of one principle", buf_str(&d->line));
        reply = plain_ask(d, "A number or the beginning of a name:");
    }
    if (reply == REPLY_MOVED) {
        return true;
    }
    if (!drill_principle(d->drill, guess ? guess->id : NULL, err)) {
        return false;
    }
    show_principle(d, drill_view(d->drill));
    return true;
}

static bool step_score(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    bool again = v->step == DRILL_RESCORE;
    if (d->last != v->step) {
        plain_say(d, again ? "\nWith that in view, score it again. An empty line keeps what you gave."
                           : "\nScore it yourself first.");
    }
    show_levels(d, v);
    int level = plain_number(
        d, again ? "Your level now, 1 to 5 (empty keeps it):" : "Your level, 1 to 5 (empty skips):", LEVELS);
    return level < 0 || drill_score(d->drill, level, err);
}

/* The story the line means; NULL with a word on stderr when it is none or more than one. */
static const struct story *match_story(struct dialogue *d, const struct story *all, size_t count)
{
    long number;
    size_t at[MATCHES_MAX];
    struct sv given = buf_sv(&d->line);
    if (sv_int(given, 1, (long)count, &number)) {
        return &all[number - 1];
    }
    size_t found = all ? story_match(all, count, given, at, MATCHES_MAX) : 0;
    if (found == 1) {
        return &all[at[0]];
    }
    if (found == 0) {
        cli_warn(d->cli, "no story has '%s': give its number, or + and a headline for a new one", buf_str(&d->line));
    } else {
        cli_warn(d->cli, "more than one story has '%s': \"%s\", \"%s\"%s", buf_str(&d->line), all[at[0]].headline,
                 all[at[1]].headline, found > 2 ? ", ..." : "");
    }
    return NULL;
}

bool plain_story(struct dialogue *d, struct err *err)
{
    struct story *all;
    size_t count;
    const struct story *told = NULL;
    if (!story_list(d->cli->app, &d->cli->arena, &all, &count, err)) {
        return false;
    }
    plain_say(d, "\nWhich story was it?");
    show_stories(d, all, count);
    for (;;) {
        enum reply reply = plain_ask(d, "Its number or a word of it, + and a headline for a new one (empty: none):");
        if (reply == REPLY_MOVED) {
            return true;
        }
        if (reply == REPLY_EMPTY) {
            return d->kind->tell(d, NULL, err);
        }
        struct sv fresh = sv_trim(sv_sub(buf_sv(&d->line), 1, d->line.len));
        if (d->line.data[0] == '+' && fresh.len > 0) {
            return d->kind->begin_story(d, fresh.data, err);
        }
        told = match_story(d, all, count);
        if (told) {
            return d->kind->tell(d, told->id, err);
        }
    }
}

static bool step_again(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    static const char *const how[MODE_COUNT] = {
        [MODE_TYPE] = "Again, shorter",
        [MODE_SPEAK] = "Say it again in 90 seconds, then give its bullets",
        [MODE_OUTLINE] = "Again, in five lines",
        [MODE_PICK] = "",
    };
    struct buf text = BUF_INIT, prompt = BUF_INIT;
    if (v->mend) {
        out_printf(&d->cli->out, "\nOne thing to mend: [%s] %s\n", v->mend->rule, v->mend->message);
    }
    take_draft(d, &text);
    buf_addf(&prompt, "\n%s", how[v->mode]);
    if (v->word_budget) {
        buf_addf(&prompt, ", at most %u words", v->word_budget);
    }
    buf_adds(&prompt, "; then a line with a single dot (a dot alone goes back):");
    bool any = plain_text(d, buf_str(&prompt), &text);
    buf_release(&prompt);
    bool ok = (d->leaving && !any) || submit(d, &text, err);
    buf_release(&text);
    return ok;
}

static bool step_compare(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    show_compare(d, v);
    return drill_next(d->drill, err);
}

/* "3", "good" */
static enum rating parse_rating(struct sv given)
{
    long number;
    if (sv_int(given, RATING_AGAIN, RATING_EASY, &number)) {
        return (enum rating)number;
    }
    for (int r = RATING_AGAIN; r <= RATING_EASY; r++) {
        struct sv name = sv_from(rating_name((enum rating)r));
        if (given.len == name.len && sv_eq(sv_sub(given, 1, given.len), sv_sub(name, 1, name.len)) &&
            (given.data[0] | 0x20) == (name.data[0] | 0x20)) {
            return (enum rating)r;
        }
    }
    return RATING_NONE;
}

static bool step_schedule(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    bool again = plain_may_answer_again(v);
    show_ratings(d, v);
    for (;;) {
        enum reply reply = plain_ask(d, again ? "Enter accepts, 1 to 4 changes it, a answers again:"
                                              : "Enter accepts, 1 to 4 changes it:");
        if (reply == REPLY_MOVED) {
            return true;
        }
        if (reply == REPLY_EMPTY) {
            return drill_next(d->drill, err);
        }
        if (again && strcmp(buf_str(&d->line), "a") == 0) {
            return drill_again(d->drill, err);
        }
        enum rating rating = parse_rating(buf_sv(&d->line));
        if (rating != RATING_NONE) {
            return drill_rate(d->drill, rating, err);
        }
        cli_warn(d->cli, "'%s' is no rating: give 1 to 4, or an empty line to accept", buf_str(&d->line));
    }
}

static bool step(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    switch (v->step) {
    case DRILL_ANSWER:
        return step_answer(d, v, err);
    case DRILL_TICKS:
        return step_ticks(d, v, err);
    case DRILL_PICK:
        return step_pick(d, v, err);
    case DRILL_WHY:
        return step_why(d, err);
    case DRILL_PRINCIPLE:
        return step_principle(d, err);
    case DRILL_SCORE:
    case DRILL_RESCORE:
        return step_score(d, v, err);
    case DRILL_STORY:
        return plain_story(d, err);
    case DRILL_EVIDENCE:
        return plain_evidence(d, v, err);
    case DRILL_AGAIN:
        return step_again(d, v, err);
    case DRILL_COMPARE:
        return step_compare(d, v, err);
    case DRILL_SCHEDULE:
        return step_schedule(d, v, err);
    case DRILL_DONE:
        break;
    }
    d->leaving = true;
    return true;
}

static void tell_coach_problem(struct dialogue *d)
{
    const struct drill_view *v = drill_view(d->drill);
    if (!d->coach_told && v->coach_problem[0]) {
        d->coach_told = true;
        cli_warn(d->cli, "%s", v->coach_problem);
    }
}

static bool run(struct dialogue *d, struct err *err)
{
    while (!d->leaving && !out_failed(&d->cli->out)) {
        const struct drill_view *v = drill_view(d->drill);
        enum drill_step now = v->step;
        if (v->step != DRILL_DONE && v->at != d->shown) {
            show_question(d, v);
            d->shown = v->at;
        }
        if (!step(d, v, err)) {
            return false;
        }
        tell_coach_problem(d);
        d->last = now;
    }
    return true;
}

int plain_drill(struct cli *c, struct drill *drill)
{
    struct err err = ERR_INIT;
    struct dialogue d = {
        .cli = c, .kind = &plain_drill_kind, .drill = drill, .last = DRILL_DONE, .echoed = isatty(STDIN_FILENO)};
    input_init(&d.in, STDIN_FILENO);
    bool ok = run(&d, &err);
    if (ok) {
        ok = drill_leave(drill, &err);
        show_summary(&d, drill_view(drill));
    }
    input_release(&d.in);
    buf_release(&d.line);
    return ok ? EXIT_DONE : cli_fail(c, &err);
}
