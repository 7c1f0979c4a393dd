#include "drill_parts.h"

#include "pmprep/app/coach.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"
#include "pmprep/coach/retell.h"

/* What can be said of how an answer was told, besides its findings: the shape of the story, who is "I" in it, what its
 * numbers are worth, and how it was told before. */

enum { LINES_MAX = 16, LOSSES_LEAST = 2 };

struct telling {
    struct turn *turn;
    const struct lexicon_index *lexicon;
    struct coach_report report;
};

static void say(struct turn *t, const char *line)
{
    if (t->telling.count < LINES_MAX)
        t->telling.at[t->telling.count++] = line;
}

static void say_shape(const struct telling *l)
{
    const struct star *s = &l->report.star;

    if (s->situation + s->action + s->result > 0)
        say(l->turn, arena_printf(&l->turn->arena, "Situation and task %.0f%%, action %.0f%%, result %.0f%% of it.",
                                  s->situation * 100, s->action * 100, s->result * 100));
}

/* "I" won and others lost: the listener hears it at once. */
static void say_asymmetry(const struct telling *l)
{
    const struct asymmetry *n = &l->report.asymmetry;
    unsigned shared = n->loss_we + n->loss_others;

    if (n->win_i > 0 && n->loss_i == 0 && shared >= LOSSES_LEAST)
        say(l->turn, arena_printf(&l->turn->arena, "What went well has \"I\" (%u), what went wrong only others (%u).",
                                  n->win_i, shared));
}

static void say_tests(const struct telling *l)
{
    for (size_t i = 0; i < l->report.numbers->claim_count; i++) {
        const struct number_claim *c = &l->report.numbers->claims[i];
        if (c->tested)
            say(l->turn, c->working);
    }
}

static bool told_before(const struct turn *t, const struct attempt *at)
{
    bool same = strcmp(at->id, t->attempt.id) == 0 || strcmp(at->parent, t->attempt.id) == 0;
    return !same && at->role != ATTEMPT_AGAIN && at->started_at < t->attempt.started_at;
}

static const char *day_of(const struct attempt *at, struct arena *a)
{
    char text[11];

    date_format(clock_practice_day(at->started_at, at->offset_min), text);
    return arena_strdup(a, text);
}

static void say_changes(const struct telling *l, const struct attempt *before)
{
    struct arena *a = &l->turn->arena;
    struct answer_view *was = answer_view(l->lexicon, sv_from(before->text), a);
    struct answer_view *is = answer_view(l->lexicon, sv_from(l->turn->attempt.text), a);
    struct retold *list;
    size_t count = retell_compare(was, is, a, &list);

    for (size_t i = 0; i < count; i++) {
        say(l->turn, arena_printf(a, "\"%s\" was %s on %s and is %s now.", list[i].noun, list[i].was, day_of(before, a),
                                  list[i].is));
    }
    if (count > 0)
        say(l->turn, "Interviewers compare notes: settle on one number.");
}

static void say_retold(const struct telling *l, struct store *store)
{
    struct turn *t = l->turn;
    struct attempt *list;
    size_t count = 0, times = 0;
    const struct attempt *latest = NULL;

    if (!t->attempt.story[0] || !attempts_of_story(store, t->attempt.story, &t->arena, &list, &count, NULL))
        return;
    for (size_t i = 0; i < count; i++) {
        if (told_before(t, &list[i])) {
            latest = &list[i];
            times++;
        }
    }
    if (!latest)
        return;
    const char *day = day_of(latest, &t->arena);
    say(t, times == 1 ? arena_printf(&t->arena, "You told this story once before, on %s.", day)
                      : arena_printf(&t->arena, "You told this story %zu times before, last on %s.", times, day));
    if (strlen(latest->text) <= TEXT_LIMIT)
        say_changes(l, latest);
}

void telling_fill(struct drill *d, struct turn *t)
{
    const struct coach *coach;

    if (t->told || t->round.step != DRILL_EVIDENCE || t->coached != COACH_READ)
        return;
    t->told = true;
    t->telling = (struct strings){arena_array(&t->arena, LINES_MAX, sizeof(char *)), 0};
    if (!app_coach(d->app, &coach, NULL))
        return;

    struct telling l = {.turn = t, .lexicon = coach_lexicon(coach)};
    struct coach_input in = {sv_from(t->attempt.text), family_coach_kind(t->attempt.family), ""};

    coach_read(coach, &in, &t->arena, &l.report);
    say_shape(&l);
    say_asymmetry(&l);
    say_tests(&l);
    say_retold(&l, d->store);
}
