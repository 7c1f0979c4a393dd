#include "drill_parts.h"

#include "pmprep/app/coach.h"
#include "pmprep/app/findings.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/coach/words.h"

/* What the coach finds in an answer of a drill: never before the user has scored it, but for `coach-live`. */

enum {
    LEAST_WORDS = 40,     /* below that, notes do not tell what was said, nor a beginning what will be */
    DISMISSALS_OF = 200,  /* newest answers in which dismissals count */
    DISMISSALS_LEAST = 2, /* dismissed that often, and more often than not: unwanted */
};

/* False when it cannot be opened: told once, and the drill goes on without it. Without rules that are left out it goes
 * on too. */
static bool open_coach(struct drill *d, const struct coach **out)
{
    size_t problems = 0;

    if (d->coach_failed || !app_coach(d->app, out, &d->coach_problem)) {
        d->coach_failed = true;
        return false;
    }
    const char *const *problem = app_coach_problems(d->app, &problems);
    if (problems > 0 && d->coach_problem.code == ERR_NONE)
        err_set(&d->coach_problem, ERR_FORMAT, "the coach leaves out %s", problem[0]);
    return true;
}

void drill_ready_coach(struct drill *d)
{
    const struct coach *coach;

    open_coach(d, &coach);
}

static bool is_read(enum item_kind kind)
{
    return kind_is_open(kind) || kind == KIND_REWRITE;
}

/* A rewrite is a sentence turned round and no whole answer: only what holds for any text is looked for. */
static struct coach_input input_of(const struct attempt *at, struct sv text)
{
    bool whole = at->kind != KIND_REWRITE;

    return (struct coach_input){.text = text,
                                .kind = whole ? family_coach_kind(at->family) : "",
                                .principle = whole && at->principles.count > 0 ? at->principles.at[0] : ""};
}

/* What is typed is the answer; of what was spoken or outlined a few words are only notes. */
enum drill_coached findings_how(const struct attempt *at)
{
    size_t length = strlen(at->text);

    if (!is_read(at->kind) || length > TEXT_LIMIT)
        return COACH_SILENT;
    if (at->words >= LEAST_WORDS || (at->mode == MODE_TYPE && at->words > 0))
        return COACH_READ;
    bool ticked = at->heard_words == 0 || at->ticks != 0; /* with a transcript nobody needs to tick */
    return at->mode == MODE_SPEAK && at->role != ATTEMPT_AGAIN && ticked ? COACH_TICKED : COACH_TOO_SHORT;
}

/* ---- rules that the user does not want to hear of */

static bool is_unwanted(const struct habits *habits, const char *rule)
{
    for (size_t i = 0; i < habits->count; i++) {
        const struct habit *h = &habits->at[i];
        if (strcmp(h->rule, rule) == 0)
            return h->dismissed >= DISMISSALS_LEAST && h->dismissed > h->answers;
    }
    return false;
}

/* Among findings of one severity those of unwanted rules come last, else the order stays. */
static void sink(struct finding *list, size_t count, const struct habits *habits, struct arena *a)
{
    struct finding *sunk = arena_array(a, count, sizeof(*sunk));

    for (size_t from = 0, end; from < count; from = end) {
        size_t kept = from, low = 0;

        for (end = from; end < count && strcmp(list[end].severity, list[from].severity) == 0; end++) {
            if (is_unwanted(habits, list[end].rule))
                sunk[low++] = list[end];
            else
                list[kept++] = list[end];
        }
        for (size_t i = 0; i < low; i++)
            list[kept + i] = sunk[i];
    }
}

/* ---- reading */

bool findings_read(struct drill *d, struct turn *t, struct attempt *at, enum drill_coached *how, struct err *err)
{
    struct coach_input in = input_of(at, sv_from(at->text));
    struct coach_report report = {.english = true};
    const struct coach *coach = NULL;
    struct habits habits;

    *how = findings_how(at);
    at->findings = NULL;
    at->finding_count = 0;
    if (*how == COACH_SILENT || *how == COACH_TOO_SHORT)
        return true;
    if (!open_coach(d, &coach)) {
        *how = COACH_SILENT;
        return true;
    }
    if (!attempts_habits(d->store, DISMISSALS_OF, &t->arena, &habits, err))
        return false;
    if (*how == COACH_READ)
        coach_read(coach, &in, &t->arena, &report);
    else
        coach_ticks(coach, at->ticks, in.kind, in.principle, &t->arena, &report.findings, &report.count);
    sink(report.findings, report.count, &habits, &t->arena);
    at->findings = report.findings;
    at->finding_count = report.count;
    if (!report.english)
        *how = COACH_FOREIGN;
    return true;
}

bool drill_live(struct drill *d, struct sv text, struct finding *worst)
{
    const struct turn *t = d->now;
    const struct coach *coach = NULL;
    struct arena scratch = ARENA_INIT;
    struct coach_report report;
    bool answering = t && (t->round.step == DRILL_ANSWER || t->round.step == DRILL_AGAIN);

    if (!answering || !config_bool(app_config(d->app), "coach-live") || !is_read(t->item.kind) ||
        text.len > TEXT_LIMIT || words_count(text) < LEAST_WORDS || !open_coach(d, &coach))
        return false;

    struct coach_input in = input_of(&t->attempt, text);

    coach_read(coach, &in, &scratch, &report);
    if (report.count > 0)
        *worst = report.findings[0]; /* its words are the rule's */
    arena_release(&scratch);
    return report.count > 0;
}

/* ---- looking at them */

static struct turn *turn_with_findings(struct drill *d)
{
    return d->now && d->now->coached != COACH_SILENT && d->now->attempt.finding_count > 0 ? d->now : NULL;
}

void drill_choose(struct drill *d, bool forward)
{
    struct turn *t = turn_with_findings(d);

    if (t)
        t->chosen = (t->chosen + (forward ? 1 : t->attempt.finding_count - 1)) % t->attempt.finding_count;
}

bool drill_choose_rule(struct drill *d, struct sv rule)
{
    struct turn *t = turn_with_findings(d);

    for (size_t i = 0; t && i < t->attempt.finding_count; i++) {
        if (sv_eqs(rule, t->attempt.findings[i].rule)) {
            t->chosen = i;
            return true;
        }
    }
    return false;
}

bool drill_dismiss(struct drill *d, struct err *err)
{
    struct turn *t = turn_with_findings(d);

    if (!t)
        return err_set(err, ERR_USAGE, "there is no finding to dismiss");

    struct finding *f = &t->attempt.findings[t->chosen];

    if (!attempts_dismiss(d->store, t->attempt.id, t->chosen, f->rule, !f->dismissed, err))
        return false;
    f->dismissed = !f->dismissed;
    return true;
}

const struct finding *findings_to_mend(const struct turn *t)
{
    const struct attempt *at = &t->attempt;

    if (t->coached == COACH_SILENT || at->finding_count == 0)
        return NULL;
    if (!at->findings[t->chosen].dismissed)
        return &at->findings[t->chosen];
    for (size_t i = 0; i < at->finding_count; i++)
        if (!at->findings[i].dismissed)
            return &at->findings[i];
    return NULL;
}

/* ---- telling of them */

const char *drill_calm(enum drill_coached how)
{
    switch (how) {
    case COACH_READ:
    case COACH_TICKED:
        return "The coach found nothing to mend.";
    case COACH_TOO_SHORT:
        return "Fewer than forty words of notes: too little for the coach to judge.";
    case COACH_FOREIGN:
        return "Not in English: the coach cannot judge it.";
    case COACH_SILENT:
        break;
    }
    return "";
}

bool drill_can_compare(const struct drill_view *v)
{
    return (v->coached == COACH_READ || v->coached == COACH_TICKED) && v->again_coached == COACH_READ;
}
