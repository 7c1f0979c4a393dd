#include "practice/debrief_parts.h"

#include "pmprep/base/buf.h"

#include <string.h>

/* The order of the parts, and the words they share. */

const char *const bar_names[] = {"not enough data", "lowers", "meets", "raises"};
const char *const verdict_names[] = {"no verdict", "not inclined", "inclined, one level lower", "inclined"};
const char doctrine_mark[] = " [reported doctrine]";

/* Grows by doubling: a list that is full holds a power of two. */
static void append(struct arena *a, struct strings *list, const char *line)
{
    if ((list->count & (list->count - 1)) == 0) {
        const char **room = arena_array(a, list->count == 0 ? 1 : list->count * 2, sizeof(*room));
        if (list->count > 0) {
            memcpy(room, list->at, list->count * sizeof(*room));
        }
        list->at = room;
    }
    list->at[list->count++] = line;
}

void debrief_say(struct debriefing *d, struct strings *list, const char *fmt, ...)
{
    struct buf line = BUF_INIT;
    va_list args;
    va_start(args, fmt);
    buf_vaddf(&line, fmt, args);
    va_end(args);
    append(d->arena, list, arena_sv(d->arena, buf_sv(&line)));
    buf_release(&line);
}

const char *principle_name(const struct debriefing *d, const char *id)
{
    for (size_t i = 0; i < d->in->known_count; i++) {
        if (strcmp(d->in->known[i].id, id) == 0) {
            return d->in->known[i].name;
        }
    }
    return id;
}

const char *clock_text(struct debriefing *d, int64_t ms)
{
    int64_t seconds = ms / 1000;
    return arena_printf(d->arena, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

const char *interviews_text(struct debriefing *d, unsigned stages)
{
    struct buf text = BUF_INIT;
    unsigned left = (unsigned)__builtin_popcount(stages);
    buf_adds(&text, left == 1 ? "interview " : "interviews ");
    for (unsigned i = 0; left > 0; i++) {
        if (stages >> i & 1) {
            left--;
            buf_addf(&text, "%u%s", i + 1, left == 0 ? "" : left == 1 ? " and " : ", ");
        }
    }
    const char *made = arena_sv(d->arena, buf_sv(&text));
    buf_release(&text);
    return made;
}

const char *stage_text(struct debriefing *d, size_t stage)
{
    const struct debrief_stage *s = &d->in->stages[stage];
    struct buf text = BUF_INIT;
    buf_addf(&text, "Interview %zu (%s", stage + 1, s->title);
    for (size_t i = 0; i < s->principles.count; i++) {
        buf_addf(&text, "%s%s", i == 0 ? ": " : ", ", principle_name(d, s->principles.at[i]));
    }
    buf_addc(&text, ')');
    const char *made = arena_sv(d->arena, buf_sv(&text));
    buf_release(&text);
    return made;
}

const char *times_text(struct debriefing *d, unsigned n)
{
    return n == 1 ? "once" : n == 2 ? "twice" : arena_printf(d->arena, "%u times", n);
}

enum vote final_vote(const struct debrief_stage *s)
{
    return s->after != VOTE_COUNT ? s->after : s->before;
}

unsigned severity_weight(const struct finding *f)
{
    if (f->dismissed) {
        return 0;
    }
    return strcmp(f->severity, "error") == 0 ? 3 : strcmp(f->severity, "warning") == 0 ? 2 : 1;
}

bool answer_has(const struct debrief_answer *a, const char *rule)
{
    for (size_t i = 0; i < a->finding_count; i++) {
        if (!a->findings[i].dismissed && strcmp(a->findings[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

static void read_texts(struct debriefing *d)
{
    d->views = arena_array(d->arena, d->in->answer_count + 1, sizeof(struct answer_view *));
    for (size_t i = 0; d->in->lexicon && i < d->in->answer_count; i++) {
        struct sv text = sv_from(d->in->answers[i].text);
        if (text.len > 0 && text.len <= TEXT_LIMIT) {
            d->views[i] = answer_view(d->in->lexicon, text, d->arena);
        }
    }
}

void debrief_make(const struct debrief_input *in, struct arena *a, struct debrief *out)
{
    struct debriefing d = {.in = in, .arena = a, .out = out};
    *out = (struct debrief){0};
    read_texts(&d);
    debrief_principles(&d);
    debrief_verdict(&d);
    debrief_conflicts(&d);
    debrief_time(&d);
    debrief_reasons(&d);
    debrief_fixes(&d);
}
