#include "coach/sign_parts.h"

#include <math.h>

/* Signs measured on an answer, and the words that they count. */

enum { OPENING_WORDS = 40, OPENING_LEAST = 12, RATE_MAX = 10, GROUP_GAP = 5 };

/* The first token of the word, or of what comes after. */
static size_t word_at(const struct text *t, size_t word)
{
    size_t from = 0;
    for (size_t end = t->token_count; from < end;) {
        size_t middle = from + (end - from) / 2;
        if (t->tokens[middle].word < word) {
            from = middle + 1;
        } else {
            end = middle;
        }
    }
    return from;
}

static size_t clause_at(const struct text *t, uint32_t clause)
{
    size_t from = 0;
    for (size_t end = t->token_count; from < end;) {
        size_t middle = from + (end - from) / 2;
        if (t->tokens[middle].clause < clause) {
            from = middle + 1;
        } else {
            end = middle;
        }
    }
    return from;
}

/* The first token of the sentence that so many stand behind. */
static size_t from_end(const struct text *t, size_t behind)
{
    return t->sentence_count > behind ? t->sentences[t->sentence_count - 1 - behind].first : 0;
}

/* Every region is a stretch: tokens [from, end). */
struct stretch {
    size_t from, end;
};

static struct stretch region_of(const struct answer_view *v, enum region region)
{
    const struct text *t = &v->text;
    size_t words = t->word_count;
    size_t all = t->token_count;
    size_t opening = words / 3 < OPENING_LEAST ? OPENING_LEAST : words / 3 > OPENING_WORDS ? OPENING_WORDS : words / 3;
    switch (region) {
    case REGION_ALL:
    case REGIONS:
        break;
    case REGION_OPENING:
        return (struct stretch){0, word_at(t, opening)};
    case REGION_FIRST:
        return (struct stretch){0, all > 0 ? t->sentences[0].end : 0};
    case REGION_START:
        return (struct stretch){0, word_at(t, (words + 3) / 4)};
    case REGION_MIDDLE:
        return (struct stretch){word_at(t, (words + 3) / 4), word_at(t, (words * 3 + 3) / 4)};
    case REGION_ENDING:
        return (struct stretch){word_at(t, (words * 3 + 3) / 4), all};
    case REGION_LAST:
        return (struct stretch){from_end(t, 0), all};
    case REGION_HALF:
        return (struct stretch){word_at(t, (words + 1) / 2), all};
    case REGION_TAIL:
        return (struct stretch){from_end(t, 1), all};
    case REGION_AFTER:
        return (struct stretch){clause_at(t, v->after), all};
    }
    return (struct stretch){0, all};
}

static bool is_near(const struct answer_view *v, const struct token *token, const struct condition_of *c)
{
    const struct class_set *sentences = &v->sentence_classes[token->sentence];
    switch (c->scope) {
    case SCOPE_CLAUSE:
        return classes_overlap(&v->clause_classes[token->clause], &c->classes);
    case SCOPE_SENTENCE:
        return classes_overlap(sentences, &c->classes);
    case SCOPE_NEAR:
        return classes_overlap(sentences, &c->classes) ||
               (token->sentence > 0 && classes_overlap(sentences - 1, &c->classes)) ||
               (token->sentence + 1 < v->text.sentence_count && classes_overlap(sentences + 1, &c->classes));
    }
    return false;
}

static bool holds(const struct sign *s, const struct answer_view *v, const struct token *token)
{
    if ((token->quoted && !s->quoted) || (s->subjects && !(s->subjects >> token->subject & 1)) ||
        (s->negation && (s->negation > 0) != token->negated)) {
        return false;
    }
    for (size_t i = 0; i < s->condition_count; i++) {
        const struct condition_of *c = &s->conditions[i];
        if (is_near(v, token, c) != c->wanted) {
            return false;
        }
    }
    return true;
}

/* Walks the words of a sign's classes in the order of the text. */
struct walk {
    const struct sign *sign;
    const struct answer_view *view;
    const uint32_t *next[UNION_MAX]; /* in each class's hits */
    const uint32_t *end[UNION_MAX];
    size_t lists;
    size_t token, stop; /* "any" */
};

/* The first hit at token `at` or later. */
static const uint32_t *hit_from(const struct hits *h, size_t at)
{
    size_t from = 0;
    for (size_t end = at > 0 ? h->count : 0; from < end;) {
        size_t middle = from + (end - from) / 2;
        if (h->at[middle] < at) {
            from = middle + 1;
        } else {
            end = middle;
        }
    }
    return h->at + from;
}

static void walk_begin(struct walk *w, const struct sign *s, const struct answer_view *v)
{
    struct stretch part = region_of(v, s->region);
    w->sign = s;
    w->view = v;
    w->token = part.from;
    w->stop = part.end;
    w->lists = 0;
    for (size_t i = 0; i < s->list_count; i++) {
        const struct hits *h = &v->by_class[s->list[i]];
        const uint32_t *from = hit_from(h, part.from);
        const uint32_t *end = h->at + h->count;
        if (from < end && *from < part.end) {
            w->next[w->lists] = from;
            w->end[w->lists++] = end;
        }
    }
}

static bool walk_any(struct walk *w, uint32_t *at)
{
    const struct text *t = &w->view->text;
    while (w->token < w->stop && t->tokens[w->token].kind == TOKEN_MARK) {
        w->token++;
    }
    *at = (uint32_t)w->token;
    return w->token++ < w->stop;
}

static bool walk_next(struct walk *w, uint32_t *at)
{
    if (w->sign->any) {
        return walk_any(w, at);
    }
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < w->lists; i++) {
        least = w->next[i] < w->end[i] && *w->next[i] < least ? *w->next[i] : least;
    }
    for (size_t i = 0; i < w->lists; i++) {
        w->next[i] += w->next[i] < w->end[i] && *w->next[i] == least;
    }
    *at = least;
    return least < w->stop;
}

static bool walk_hit(struct walk *w, uint32_t *at)
{
    while (walk_next(w, at)) {
        if (holds(w->sign, w->view, &w->view->text.tokens[*at])) {
            return true;
        }
    }
    return false;
}

struct tally {
    size_t runs;      /* words in a row count once, unless it is "any" */
    size_t sentences; /* that have one */
    uint32_t first;   /* word index */
};

static struct tally count_hits(const struct sign *s, const struct answer_view *v)
{
    struct walk w;
    struct tally found = {0};
    walk_begin(&w, s, v);
    uint32_t at;
    uint32_t last = UINT32_MAX - 1;
    uint32_t last_sentence = UINT32_MAX;
    bool once = s->measure == MEASURE_HAS || s->measure == MEASURE_PLACE;
    while (!(once && found.runs > 0) && walk_hit(&w, &at)) {
        const struct token *token = &v->text.tokens[at];
        found.first = found.runs == 0 ? token->word : found.first;
        found.runs += s->any || at != last + 1;
        found.sentences += token->sentence != last_sentence;
        last = at;
        last_sentence = token->sentence;
    }
    return found;
}

double sign_value(const struct sign *s, const struct answer_view *v)
{
    const struct text *t = &v->text;
    if (s->shape) {
        return s->shape(v);
    }
    if (s->telling && (s->telling > 0) != v->told) {
        return 0;
    }
    struct tally found = count_hits(s, v);
    double words = t->word_count > 0 ? (double)t->word_count : 1;
    switch (s->measure) {
    case MEASURE_HAS:
        return found.runs > 0;
    case MEASURE_COUNT:
        return log2(1 + (double)found.runs);
    case MEASURE_RATE:
        return fmin((double)found.runs * 100 / words, RATE_MAX);
    case MEASURE_SHARE:
        return t->sentence_count > 0 ? (double)found.sentences / (double)t->sentence_count : 0;
    case MEASURE_PLACE:
        return found.runs > 0 ? found.first / words : 1;
    case MEASURES:
        break;
    }
    return 0;
}

/* Hits that are shown together: of one sentence, and near each other unless the sentence is shown. */
struct group {
    uint32_t first, last;
    size_t hits;
};

static bool joins(const struct sign *s, const struct token *tokens, const struct group *g, uint32_t at)
{
    const struct token *last = &tokens[g->last];
    return g->hits > 0 && tokens[at].sentence == last->sentence &&
           (s->extent == EXTENT_SENTENCE || tokens[at].word <= last->word + GROUP_GAP);
}

bool sign_span(const struct sign *s, const struct answer_view *v, size_t *start, size_t *end)
{
    struct walk w;
    struct group group = {0};
    struct group most = {0};
    uint32_t at;
    if (s->shape) {
        return false;
    }
    bool first = s->measure == MEASURE_HAS || s->measure == MEASURE_PLACE;
    walk_begin(&w, s, v);
    while (walk_hit(&w, &at)) {
        bool more = joins(s, v->text.tokens, &group, at);
        if (!more && first && group.hits > 0) {
            break;
        }
        group = more ? (struct group){group.first, at, group.hits + 1} : (struct group){at, at, 1};
        most = group.hits > most.hits ? group : most;
    }
    if (most.hits > 0) {
        span_around(&v->text, most.first, most.last + 1, s->extent, start, end);
    }
    return most.hits > 0;
}
