#include "cli/mock_report.h"
#include "cli/plain_mock.h"
#include "pmprep/app/findings.h"
#include "pmprep/app/names.h"

/* The debrief of the plain dialogue. */

enum { PROSE_COLS = 76, INDENT = 2 };

static struct out *out_of(struct mock_talk *t)
{
    return &t->d.cli->out;
}

static void item(struct mock_talk *t, const char *lead, const char *text)
{
    out_item(out_of(t), lead, sv_from(text), INDENT, PROSE_COLS);
}

static void list(struct mock_talk *t, const char *heading, const struct strings *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (i == 0) {
            out_printf(out_of(t), "\n%s\n", heading);
        }
        item(t, "- ", lines->at[i]);
    }
}

/* ---- votes */

/* "Inclined, one level lower" and "inclined-one-level-lower" are the same. */
static bool same_letter(char a, char b)
{
    a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a == '-' ? ' ' : a;
    b = b == '-' ? ' ' : b;
    return a == b;
}

/* How much of the name the line gives; commas do not count. 0: it is another. */
static size_t given_of(struct sv given, const char *name, bool *whole)
{
    size_t at = 0;
    for (; at < given.len; name++) {
        if (*name == ',') {
            continue;
        }
        if (given.data[at] == ',') {
            at++;
            name--;
            continue;
        }
        if (!*name || !same_letter(given.data[at], *name)) {
            return 0;
        }
        at++;
    }
    *whole = *name == '\0';
    return at;
}

/* By number, by name, or by a beginning of one name only. */
static bool parse_vote(const struct mock_view *v, struct sv given, enum vote *out)
{
    long number;
    unsigned found = 0;
    if (sv_int(given, 1, (long)v->vote_count, &number)) {
        *out = v->votes_allowed[number - 1];
        return true;
    }
    for (size_t i = 0; i < v->vote_count; i++) {
        bool whole = false;
        if (given_of(given, vote_titles[v->votes_allowed[i]], &whole) == 0) {
            continue;
        }
        *out = v->votes_allowed[i];
        if (whole) {
            return true;
        }
        found++;
    }
    return found == 1;
}

static void show_scale(struct mock_talk *t, const struct mock_view *v)
{
    for (size_t i = 0; i < v->vote_count; i++) {
        out_printf(out_of(t), "  %zu  %s\n", i + 1, vote_titles[v->votes_allowed[i]]);
    }
}

/* REPLY_LINE: it is in *out. An empty line is only a reply where there is a vote to keep. */
static enum reply ask_vote(struct mock_talk *t, const struct mock_view *v, const char *prompt, bool may_keep,
                           enum vote *out)
{
    for (;;) {
        enum reply reply = plain_ask(&t->d, prompt);
        if (reply == REPLY_MOVED || (reply == REPLY_EMPTY && may_keep) ||
            (reply == REPLY_LINE && parse_vote(v, buf_sv(&t->d.line), out))) {
            return reply;
        }
        cli_warn(t->d.cli, "'%s' is no vote: give a number from 1 to %zu or the name of one",
                 reply == REPLY_EMPTY ? "" : buf_str(&t->d.line), v->vote_count);
    }
}

static bool blind_vote(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    const struct debrief_stage *stage = &v->stage_votes[v->vote_stage];
    enum vote vote;
    if (v->vote_stage == 0) {
        plain_say(&t->d, "\nThe interviews are over. Vote as each interviewer would, before you see any evidence.");
    }
    out_printf(out_of(t), "\nVote %u of %zu: %s\n", v->vote_stage + 1, v->stage_vote_count, stage->title);
    show_scale(t, v);
    enum reply reply = ask_vote(t, v, "A number or a name:", false, &vote);
    return reply == REPLY_MOVED || mock_vote(t->mock, vote, NULL, err);
}

static void sum_up(struct mock_talk *t, const struct debrief *made)
{
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < made->principle_count; i++) {
        const struct debrief_principle *p = &made->principles[i];
        if (i == 0) {
            out_printf(out_of(t), "\nAgainst the bar\n");
        }
        buf_clear(&line);
        buf_addf(&line, "%s: %s", p->name, bar_names[p->against]);
        item(t, "- ", buf_str(&line));
    }
    buf_release(&line);
    list(t, "What does not fit together", &made->conflicts);
    list(t, "Time", &made->time_use);
    t->summed_up = true;
}

/* A vote that changes wants a reason. */
static bool second_vote(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    const struct debrief_stage *stage = &v->stage_votes[v->vote_stage];
    enum vote before = stage->before, vote = before;
    if (!t->summed_up) {
        sum_up(t, v->debrief);
        plain_say(&t->d, "\nVote again, with the evidence in view.");
    }
    out_printf(out_of(t), "\nVote %u of %zu: %s%s. You voted \"%s\".\n", v->vote_stage + 1, v->stage_vote_count,
               stage->title, stage->bar_raiser ? ", the bar raiser" : "", vote_titles[before]);
    show_scale(t, v);
    enum reply reply = ask_vote(t, v, "A number or a name (empty keeps it):", true, &vote);
    if (reply == REPLY_MOVED) {
        return true;
    }
    if (reply == REPLY_EMPTY || vote == before) {
        return mock_vote(t->mock, before, "", err);
    }
    reply = plain_ask(&t->d, "What changed your mind?");
    while (reply == REPLY_EMPTY) {
        cli_warn(t->d.cli, "a vote that changes needs a reason: say in a line what changed your mind");
        reply = plain_ask(&t->d, "What changed your mind?");
    }
    return reply == REPLY_MOVED || mock_vote(t->mock, vote, buf_str(&t->d.line), err);
}

bool talk_vote(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    if (v->stage_vote_count == 0) {
        return err_set(err, ERR_CORRUPT, "the votes of this mock cannot be read");
    }
    return v->phase == MOCK_VOTE ? blind_vote(t, v, err) : second_vote(t, v, err);
}

/* ---- evidence */

static void show_findings(struct mock_talk *t, const struct debrief_answer *answer)
{
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < answer->finding_count; i++) {
        const struct finding *f = &answer->findings[i];
        const struct rule *rule = finding_rule(t->d.cli->app, f);
        size_t start, end;
        if (f->dismissed) {
            continue;
        }
        buf_clear(&line);
        if (finding_span(f, sv_from(answer->text), &start, &end)) {
            buf_addf(&line, "\"" SV_FMT "\": ", (int)(end - start), answer->text + start);
        }
        buf_addf(&line, "%s%s%s", f->message, rule ? " " : "", rule ? rule->advice : "");
        if (f->self_reported) {
            buf_adds(&line, " (from your ticks)");
        }
        item(t, "- ", buf_str(&line));
    }
    buf_release(&line);
}

static void show_page(struct mock_talk *t, const struct mock_view *v)
{
    const struct debrief_answer *answer = v->answer;
    const char *name = v->principle ? v->principle->name : answer->rubric ? answer->rubric->title : "Answer";
    if (t->page == v->page) {
        return;
    }
    t->page = v->page;
    out_printf(out_of(t), "\nEvidence %u of %u: %s, interview %u\n", v->page, v->pages, name, answer->stage + 1);
    out_prose(out_of(t), sv_from(answer->prompt), INDENT, PROSE_COLS);
    out_printf(out_of(t), "\nYou said\n");
    out_prose(out_of(t), sv_from(answer->text[0] ? answer->text : "(spoken, without notes)"), INDENT, PROSE_COLS);
    out_printf(out_of(t), "\nFindings%s\n", findings_standing(answer->findings, answer->finding_count) ? "" : ": none");
    show_findings(t, answer);
}

static void show_dimension(struct mock_talk *t, const struct mock_view *v)
{
    out_printf(out_of(t), "\n%s\n", v->dimension->name);
    for (int level = 1; level <= LEVELS; level++) {
        struct buf lead = BUF_INIT;
        buf_addf(&lead, "%d  ", level);
        item(t, buf_str(&lead), v->dimension->anchor[level - 1]);
        buf_release(&lead);
    }
    out_printf(out_of(t), "  The bar is %d.\n", v->level_bar);
}

bool talk_evidence(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    if (!v->answer) {
        return err_set(err, ERR_CORRUPT, "the answers of this mock cannot be read");
    }
    show_page(t, v);
    if (v->asks_story) {
        return plain_story(&t->d, err);
    }
    if (!v->dimension) {
        return mock_next(t->mock, err);
    }
    show_dimension(t, v);
    int level = plain_number(&t->d, "Your level, 1 to 5 (empty leaves it open):", LEVELS);
    return level < 0 || mock_score(t->mock, level, err);
}

/* ---- the rest */

bool talk_against(struct mock_talk *t, struct err *err)
{
    struct buf text = BUF_INIT;
    bool given;
    bool ok = mock_talk_text(t,
                             "\nNow the case against you, as the bar raiser would put it: three lines that quote your "
                             "own words,\nthen a line with a single dot:",
                             &text, &given, err);
    if (ok && given && !mock_submit(t->mock, buf_sv(&text), err)) {
        plain_rescue(&t->d, &text);
        ok = false;
    }
    buf_release(&text);
    return ok;
}

bool talk_verdict(struct mock_talk *t, const struct mock_view *v, struct err *err)
{
    struct mock_report report;
    struct arena scratch = ARENA_INIT;
    bool ok = mock_report(t->d.cli->app, v->run, &scratch, &report, err);
    if (ok) {
        out_raw(out_of(t), SV("\n"));
        mock_report_text(out_of(t), &report);
    }
    arena_release(&scratch);
    return ok && mock_next(t->mock, err);
}
