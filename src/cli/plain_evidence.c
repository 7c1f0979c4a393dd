#include "cli/plain.h"

#include "cli/attempt.h"
#include "pmprep/app/reviewer.h"

/* The evidence in the dialogue: findings dismissed or answered again, the reviewer asked. */

bool plain_may_answer_again(const struct drill_view *v)
{
    return v->item->kind != KIND_PAIR && v->item->kind != KIND_CHOICE;
}

/* The finding of that rule becomes the chosen one, without a name the worst; false when there is none. */
static bool choose(struct dialogue *d, struct sv rule)
{
    if (rule.len == 0 || drill_choose_rule(d->drill, rule)) {
        return true;
    }
    cli_warn(d->cli, "no finding here is called '" SV_FMT "': the name stands in brackets", SV_ARG(rule));
    return false;
}

/* "x we-fog"; once more takes it back. */
static bool dismiss(struct dialogue *d, struct sv rule, struct err *err)
{
    if (!choose(d, rule)) {
        return true;
    }
    if (!drill_dismiss(d->drill, err)) {
        return false;
    }
    const struct drill_view *v = drill_view(d->drill);
    const struct finding *f = &v->findings[v->chosen];
    out_printf(&d->cli->out, "%s: %s\n", f->rule, f->dismissed ? "dismissed; once more takes it back" : "stands again");
    return true;
}

static const char *evidence_prompt(const struct drill_view *v)
{
    if (!plain_may_answer_again(v)) {
        return "\nEnter goes on:";
    }
    return v->finding_count > 0 ? "\nEnter goes on, a answers again, a RULE against that finding, x RULE dismisses it:"
                                : "\nEnter goes on, a answers again:";
}

static void refuse_choice(struct dialogue *d, const struct drill_view *v)
{
    const char *choices = !plain_may_answer_again(v) ? "an empty line to go on" : "a, or an empty line to go on";
    cli_warn(d->cli, "'%s' is no choice here: give %s", buf_str(&d->line), choices);
}

/* Said in the dialogue, not by leaving it: the drill goes on without a reviewer. */
static void ask_reviewer(struct dialogue *d, const struct drill_view *v)
{
    struct err err = ERR_INIT;
    if (!attempt_review(d->cli, v->attempt, &err)) {
        plain_complain(d, &err);
    }
}

bool plain_evidence(struct dialogue *d, const struct drill_view *v, struct err *err)
{
    bool reviewed = plain_may_answer_again(v) && v->text[0] && reviewer_is_set(d->cli->app);
    show_evidence(d, v);
    if (reviewed) {
        plain_say(d, "\nv asks your reviewer.");
    }
    for (;;) {
        enum reply reply = plain_ask(d, evidence_prompt(v));
        if (reply == REPLY_MOVED) {
            return true;
        }
        if (reply == REPLY_EMPTY) {
            return drill_next(d->drill, err);
        }
        struct sv rule = buf_sv(&d->line), word;
        sv_split(&rule, ' ', &word);
        rule = sv_trim(rule);
        if (plain_may_answer_again(v) && sv_eqs(word, "a")) {
            if (choose(d, rule)) {
                return drill_again(d->drill, err);
            }
        } else if (v->finding_count > 0 && sv_eqs(word, "x")) {
            if (!dismiss(d, rule, err)) {
                return false;
            }
        } else if (reviewed && sv_eqs(word, "v")) {
            ask_reviewer(d, v);
        } else {
            refuse_choice(d, v);
        }
    }
}
