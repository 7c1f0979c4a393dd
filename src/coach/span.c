#include "coach/view.h"

#include <string.h>

/* What a finding marks: the words that caused it, widened to something that can be read by itself. */

enum { CLAUSE_LEAST = 4 }; /* words; a shorter one takes in its neighbour */

struct stretch {
    size_t from, end; /* tokens */
};

static bool fits(const struct text *t, struct stretch s)
{
    return t->tokens[s.end - 1].end - t->tokens[s.from].start <= SPAN_MAX;
}

/* The end of the clause that the token before `end` is in, and the begin of the one that `from` is in. */
static size_t clause_end(const struct text *t, size_t end, size_t limit)
{
    while (end < limit && t->tokens[end].clause == t->tokens[end - 1].clause) {
        end++;
    }
    return end;
}

static size_t clause_begin(const struct text *t, size_t from, size_t limit)
{
    while (from > limit && t->tokens[from - 1].clause == t->tokens[from].clause) {
        from--;
    }
    return from;
}

static bool take_next(const struct text *t, const struct sentence *s, struct stretch *span)
{
    struct stretch wider = {span->from, span->end};
    if (span->end < s->end) {
        wider.end = clause_end(t, span->end + 1, s->end);
    }
    bool taken = wider.end > span->end && fits(t, wider);
    *span = taken ? wider : *span;
    return taken;
}

static bool take_previous(const struct text *t, const struct sentence *s, struct stretch *span)
{
    struct stretch wider = {span->from, span->end};
    if (span->from > s->first) {
        wider.from = clause_begin(t, span->from - 1, s->first);
    }
    bool taken = wider.from < span->from && fits(t, wider);
    *span = taken ? wider : *span;
    return taken;
}

/* As many of the words as fit, ending where the sentence pauses if it does so in their second half. */
static struct stretch shorten(const struct text *t, struct stretch s)
{
    if (fits(t, s)) {
        return s;
    }
    while (s.end > s.from + 1 && !fits(t, s)) {
        s.end--;
    }
    for (size_t pause = s.end; pause > s.from + (s.end - s.from + 1) / 2; pause--) {
        if (t->tokens[pause - 1].kind == TOKEN_MARK) {
            return (struct stretch){s.from, pause};
        }
    }
    return s;
}

static void complete_clause(const struct text *t, const struct sentence *s, struct stretch *span)
{
    struct stretch begun = {clause_begin(t, span->from, s->first), span->end};
    *span = fits(t, begun) ? begun : *span;
    struct stretch whole = shorten(t, (struct stretch){span->from, clause_end(t, span->end, s->end)});
    *span = whole.end > span->end ? whole : *span;
}

static size_t count_words(const struct text *t, struct stretch s)
{
    size_t count = 0;
    for (size_t i = s.from; i < s.end; i++) {
        count += t->tokens[i].kind != TOKEN_MARK;
    }
    return count;
}

static struct stretch widen(const struct text *t, struct stretch span, enum extent extent)
{
    const struct sentence *s = &t->sentences[t->tokens[span.from].sentence];
    if (extent == EXTENT_WORDS) {
        return span;
    }
    complete_clause(t, s, &span);
    while (extent == EXTENT_SENTENCE && take_next(t, s, &span)) {
    }
    while (extent == EXTENT_SENTENCE && take_previous(t, s, &span)) {
    }
    if (count_words(t, span) < CLAUSE_LEAST && !take_next(t, s, &span)) {
        take_previous(t, s, &span);
    }
    return span;
}

static bool is_loose(const struct token *t)
{
    static const char *const joining[] = {"and", "because", "but", "or", "so", "then", "though", "yet"};
    if (t->kind == TOKEN_MARK) {
        return true;
    }
    for (size_t i = 0; i < sizeof(joining) / sizeof(joining[0]); i++) {
        if (strcmp(t->lower, joining[i]) == 0) {
            return true;
        }
    }
    return false;
}

static struct stretch trim(const struct text *t, struct stretch s)
{
    while (s.end > s.from + 1 && is_loose(&t->tokens[s.end - 1])) {
        s.end--;
    }
    while (s.end > s.from + 1 && is_loose(&t->tokens[s.from])) {
        s.from++;
    }
    return s;
}

void span_around(const struct text *t, size_t first, size_t end, enum extent extent, size_t *from, size_t *to)
{
    struct stretch span = trim(t, widen(t, shorten(t, (struct stretch){first, end}), extent));
    *from = t->tokens[span.from].start;
    *to = t->tokens[span.end - 1].end;
}
