#include "practice/debrief_parts.h"

#include "pmprep/coach/retell.h"

#include <string.h>

/* Interviewers compare notes: a story that was told again, and a number that was another one the second time. Few
 * and certain: a number is compared only when both tellings have a single one of that unit, role and noun. */

/* ---- stories */

static const char *story_name(struct debriefing *d, const struct debrief_answer *a)
{
    return a->headline && *a->headline ? arena_printf(d->arena, "The story \"%s\"", a->headline) : "A story";
}

static bool told_before(const struct debriefing *d, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(d->in->answers[i].story, d->in->answers[at].story) == 0) {
            return true;
        }
    }
    return false;
}

static unsigned stages_that_heard(const struct debriefing *d, const char *story, unsigned *times)
{
    unsigned stages = 0;
    *times = 0;
    for (size_t i = 0; i < d->in->answer_count; i++) {
        if (strcmp(d->in->answers[i].story, story) == 0) {
            stages |= stage_bit(d->in->answers[i].stage);
            (*times)++;
        }
    }
    return stages;
}

static void find_stories_told_twice(struct debriefing *d)
{
    for (size_t i = 0; i < d->in->answer_count; i++) {
        const struct debrief_answer *a = &d->in->answers[i];
        unsigned times = 0;
        unsigned heard = *a->story && !told_before(d, i) ? stages_that_heard(d, a->story, &times) : 0;
        if (__builtin_popcount(heard) > 1) {
            debrief_say(d, &d->out->conflicts, "%s was told %s, in %s: interviewers compare notes.", story_name(d, a),
                        times_text(d, times), interviews_text(d, heard));
        } else if (times > 1) {
            debrief_say(d, &d->out->conflicts,
                        "%s was told %s in interview %u: have another one for the next question.", story_name(d, a),
                        times_text(d, times), a->stage + 1);
        }
    }
}

/* ---- numbers that changed */

static const char *where_text(struct debriefing *d, const struct debrief_answer *a, const struct debrief_answer *b)
{
    return a->stage == b->stage ? "later in the same one" : arena_printf(d->arena, "in interview %u", b->stage + 1);
}

static void compare_tellings(struct debriefing *d, size_t first, size_t second)
{
    const struct debrief_answer *a = &d->in->answers[first];
    const struct debrief_answer *b = &d->in->answers[second];
    struct retold *changed;
    size_t count = retell_compare(d->views[first], d->views[second], d->arena, &changed);
    for (size_t i = 0; i < count; i++) {
        debrief_say(d, &d->out->conflicts, "%s changed its number for \"%s\": %s in interview %u, %s %s.",
                    story_name(d, a), changed[i].noun, changed[i].was, a->stage + 1, changed[i].is,
                    where_text(d, a, b));
    }
}

/* Every telling against the first of its story. */
static void find_changed_numbers(struct debriefing *d)
{
    for (size_t i = 0; i < d->in->answer_count; i++) {
        bool first = *d->in->answers[i].story && d->views[i] && !told_before(d, i);
        for (size_t k = i + 1; first && k < d->in->answer_count; k++) {
            if (d->views[k] && strcmp(d->in->answers[k].story, d->in->answers[i].story) == 0) {
                compare_tellings(d, i, k);
            }
        }
    }
}

void debrief_conflicts(struct debriefing *d)
{
    find_stories_told_twice(d);
    find_changed_numbers(d);
}
