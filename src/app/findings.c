#include "pmprep/app/findings.h"

#include "pmprep/app/coach.h"

const struct rule *finding_rule(struct app *app, const struct finding *f)
{
    const struct coach *coach;
    return app_coach(app, &coach, NULL) ? coach_rule(coach, f->rule) : NULL;
}

size_t findings_standing(const struct finding *list, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        n += !list[i].dismissed;
    }
    return n;
}

bool findings_have(const struct finding *list, size_t count, const char *rule)
{
    for (size_t i = 0; i < count; i++) {
        if (!list[i].dismissed && strcmp(list[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_inside(struct sv text, size_t at)
{
    return at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

bool finding_span(const struct finding *f, struct sv text, size_t *start, size_t *end)
{
    if (f->start >= f->end || f->end > text.len) {
        return false;
    }
    *start = f->start;
    *end = f->end;
    while (*start > 0 && is_inside(text, *start)) {
        (*start)--;
    }
    while (is_inside(text, *end)) {
        (*end)++;
    }
    return true;
}

size_t finding_line(const struct finding *f, struct sv text)
{
    size_t start, end, line = 1;
    if (!finding_span(f, text, &start, &end)) {
        return 0;
    }
    for (size_t i = 0; i < start; i++) {
        line += text.data[i] == '\n';
    }
    return line;
}

const char *const finding_change_words[] = {
    [FINDING_MENDED] = "Mended", [FINDING_STAYS] = "Still there", [FINDING_NEW] = "New"};

static bool is_dismissed(const struct finding *list, size_t count, const char *rule)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].dismissed && strcmp(list[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

/* The standing rules of one try that the other has (shared) or has not. */
static void add_rules(const struct finding *list, size_t count, const struct finding *other, size_t other_count,
                      bool shared, struct buf *out)
{
    const char *between = "";
    for (size_t i = 0; i < count; i++) {
        const char *rule = list[i].rule;
        if (!is_dismissed(list, count, rule) && !is_dismissed(other, other_count, rule) &&
            !findings_have(list, i, rule) && findings_have(other, other_count, rule) == shared) {
            buf_addf(out, "%s%s", between, rule);
            between = ", ";
        }
    }
}

void findings_changed(const struct finding *before, size_t before_count, const struct finding *after,
                      size_t after_count, enum finding_change what, struct buf *out)
{
    if (what == FINDING_MENDED) {
        add_rules(before, before_count, after, after_count, false, out);
    } else {
        add_rules(after, after_count, before, before_count, what == FINDING_STAYS, out);
    }
}
