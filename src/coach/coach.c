#include "pmprep/coach/coach.h"

#include "coach/view.h"
#include "pmprep/base/mem.h"
#include "pmprep/coach/words.h"

#include <stdlib.h>
#include <string.h>

/* Rules made ready, and their findings in an answer. */

enum { FIND_MAX = 20 }; /* places that one rule of phrases points at */

struct ready_rule {
    const struct rule *rule;
    struct sign **weights;
    struct sign **show;
    int find, unless; /* classes of its phrases, -1: none */
};

struct coach {
    struct arena arena;
    struct lexicon_index *lexicon;
    struct ready_rule *ready;
    struct rule *rules; /* as set, in the same order */
    size_t count;
};

static const struct rule_setting *setting_of(const struct rule_setting *settings, size_t count, const char *rule)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(settings[i].rule, rule) == 0) {
            return &settings[i];
        }
    }
    return NULL;
}

static bool place_error(struct err *err, const struct rule *r)
{
    if (!err) {
        return false;
    }
    char text[sizeof(err->text)];
    memcpy(text, err->text, sizeof(text));
    return err_set(err, ERR_FORMAT, "%s:%u:%u: rule \"%s\": %s", r->place.file ? r->place.file : "-", r->place.line,
                   r->place.column, r->id, text);
}

static bool ready_signs(struct coach *c, struct ready_rule *out, struct err *err)
{
    const struct rule *r = out->rule;
    out->weights = arena_array(&c->arena, r->weight_count + 1, sizeof(struct sign *));
    out->show = arena_array(&c->arena, r->show.count + 1, sizeof(struct sign *));
    for (size_t i = 0; i < r->weight_count; i++) {
        if (!sign_parse(&out->weights[i], r->weights[i].sign, c->lexicon, &c->arena, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < r->show.count; i++) {
        if (!sign_parse(&out->show[i], r->show.at[i], c->lexicon, &c->arena, err)) {
            return false;
        }
    }
    return true;
}

static bool ready_phrases(struct coach *c, const struct strings *phrases, struct place place, int *class,
                          struct err *err)
{
    *class = phrases->count > 0 ? lexicon_add(c->lexicon, phrases, place, err) : -1;
    return phrases->count == 0 || *class >= 0;
}

static bool ready_rule(struct coach *c, const struct rule *r, const struct rule_setting *setting, struct err *err)
{
    struct ready_rule *out = &c->ready[c->count];
    *out = (struct ready_rule){.rule = r};
    if (!ready_phrases(c, &r->find, r->place, &out->find, err) ||
        !ready_phrases(c, &r->unless, r->place, &out->unless, err)) {
        return false;
    }
    if (!ready_signs(c, out, err)) {
        return place_error(err, r);
    }
    c->rules[c->count] = *r;
    if (setting && setting->severity != SEVERITY_COUNT) {
        c->rules[c->count].severity = setting->severity;
    }
    c->count++;
    return true;
}

/* A later rule of the same id replaces this one. */
static bool is_replaced(const struct rule *rules, size_t count, size_t i)
{
    for (size_t k = i + 1; k < count; k++) {
        if (strcmp(rules[k].id, rules[i].id) == 0) {
            return true;
        }
    }
    return false;
}

static bool ready_all(struct coach *c, const struct rule *rules, size_t count, const struct rule_setting *settings,
                      size_t setting_count, struct err *err)
{
    c->ready = arena_array(&c->arena, count + 1, sizeof(*c->ready));
    c->rules = arena_array(&c->arena, count + 1, sizeof(*c->rules));
    for (size_t i = 0; i < count; i++) {
        const struct rule_setting *setting = setting_of(settings, setting_count, rules[i].id);
        if ((setting && setting->off) || is_replaced(rules, count, i)) {
            continue;
        }
        if (!ready_rule(c, &rules[i], setting, err)) {
            return false;
        }
    }
    return true;
}

bool coach_open(struct coach **out, const struct rule *rules, size_t rule_count, const struct lexicon *words,
                size_t word_count, const struct rule_setting *settings, size_t setting_count, struct err *err)
{
    struct coach *c = mem_calloc(1, sizeof(*c));
    bool ok = lexicon_build(&c->lexicon, words, word_count, err) &&
              ready_all(c, rules, rule_count, settings, setting_count, err);
    if (!ok) {
        coach_close(c);
        c = NULL;
    }
    *out = c;
    return ok;
}

void coach_close(struct coach *c)
{
    if (!c) {
        return;
    }
    lexicon_free(c->lexicon);
    arena_release(&c->arena);
    free(c);
}

const struct rule *coach_rules(const struct coach *c, size_t *count)
{
    *count = c->count;
    return c->rules;
}

static const struct ready_rule *find_ready(const struct coach *c, const char *id)
{
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->rules[i].id, id) == 0) {
            return &c->ready[i];
        }
    }
    return NULL;
}

const struct rule *coach_rule(const struct coach *c, const char *id)
{
    const struct ready_rule *r = find_ready(c, id);
    return r ? &c->rules[r - c->ready] : NULL;
}

struct lexicon_index *coach_lexicon_to_fit(struct coach *c)
{
    return c->lexicon;
}

const struct lexicon_index *coach_lexicon(const struct coach *c)
{
    return c->lexicon;
}

/* ---- reading an answer */

static bool holds_word(const struct strings *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i], word) == 0) {
            return true;
        }
    }
    return false;
}

bool rule_applies(const struct rule *r, const char *kind, const char *principle)
{
    kind = kind ? kind : "";
    principle = principle ? principle : "";
    return (r->kinds.count == 0 || holds_word(&r->kinds, kind)) &&
           (r->principles.count == 0 || holds_word(&r->principles, principle)) && !holds_word(&r->except, principle) &&
           !holds_word(&r->except, kind);
}

static double score_of(const struct ready_rule *r, const struct answer_view *v)
{
    double score = r->rule->bias;
    for (size_t i = 0; i < r->rule->weight_count; i++) {
        score += r->rule->weights[i].weight * sign_value(r->weights[i], v);
    }
    return score;
}

double coach_score(const struct coach *c, const struct rule *rule, const struct answer_view *v)
{
    const struct ready_rule *r = find_ready(c, rule->id);
    return r ? score_of(r, v) : 0;
}

void coach_signs(const struct coach *c, const struct rule *rule, const struct answer_view *v, double *values)
{
    const struct ready_rule *r = find_ready(c, rule->id);
    for (size_t i = 0; r && i < r->rule->weight_count; i++) {
        values[i] = sign_value(r->weights[i], v);
    }
}

struct collector {
    const struct answer_view *view;
    struct arena *arena;
    struct finding *at;
    size_t count, room;
};

static void add_finding(struct collector *f, const struct rule *r, size_t start, size_t end)
{
    void *list = f->at;
    mem_grow(&list, &f->room, f->count + 1, sizeof(*f->at));
    f->at = list;
    f->at[f->count++] = (struct finding){.rule = r->id,
                                         .severity = severity_words.names[r->severity],
                                         .message = r->message,
                                         .start = start,
                                         .end = end,
                                         .rule_version = r->version};
}

/* Each place where a rule's phrases stand. */
static void find_phrases(struct collector *f, const struct ready_rule *r, const struct rule *as_set)
{
    const struct answer_view *v = f->view;
    const struct hits *hits = &v->by_class[r->find];
    size_t found = 0;
    for (size_t i = 0; i < hits->count && found < FIND_MAX; i++) {
        const struct token *first = &v->text.tokens[hits->at[i]];
        bool silenced = r->unless >= 0 && class_has(&v->sentence_classes[first->sentence], (unsigned)r->unless);
        while (i + 1 < hits->count && hits->at[i + 1] == hits->at[i] + 1) {
            i++;
        }
        if (!first->quoted && !silenced) {
            add_finding(f, as_set, first->start, v->text.tokens[hits->at[i]].end);
            found++;
        }
    }
}

/* The words that a weighed rule points at; the first sentence when nothing can be pointed at. */
static void find_weighed(struct collector *f, const struct ready_rule *r, const struct rule *as_set)
{
    const struct text *t = &f->view->text;
    size_t start;
    size_t end;
    span_around(t, 0, t->sentences[0].end, EXTENT_SENTENCE, &start, &end);
    for (size_t i = 0; i < r->rule->show.count; i++) {
        if (sign_span(r->show[i], f->view, &start, &end)) {
            break;
        }
    }
    add_finding(f, as_set, start, end);
}

static int worst_first(const void *a, const void *b)
{
    const struct finding *x = a;
    const struct finding *y = b;
    int severity = (int)coach_weight(y, 1) - (int)coach_weight(x, 1);
    int place = x->start < y->start ? -1 : x->start > y->start;
    return severity ? severity : place ? place : strcmp(x->rule, y->rule);
}

static void keep_findings(struct collector *f, struct coach_report *out)
{
    out->count = f->count;
    out->findings = arena_array(f->arena, f->count + 1, sizeof(*f->at));
    if (f->count > 0) {
        qsort(f->at, f->count, sizeof(*f->at), worst_first);
        memcpy(out->findings, f->at, f->count * sizeof(*f->at));
    }
    free(f->at);
}

void coach_read(const struct coach *c, const struct coach_input *in, struct arena *a, struct coach_report *out)
{
    const struct answer_view *v = answer_view(c->lexicon, in->text, a);
    struct collector f = {.view = v, .arena = a};
    *out = (struct coach_report){.words = v->text.word_count,
                                 .spoken_ms = words_spoken_ms(v->text.word_count),
                                 .english = v->text.english,
                                 .text = &v->text,
                                 .numbers = &v->numbers};
    for (size_t i = 0; i < c->count && v->text.word_count > 0 && v->text.english; i++) {
        const struct rule *r = &c->rules[i];
        if (!rule_applies(r, in->kind, in->principle)) {
            continue;
        }
        if (c->ready[i].find >= 0) {
            find_phrases(&f, &c->ready[i], r);
        } else if (score_of(&c->ready[i], v) > r->threshold) {
            find_weighed(&f, &c->ready[i], r);
        }
    }
    keep_findings(&f, out);
    out->star = view_star(v, in->kind);
    out->asymmetry = view_asymmetry(v);
}

unsigned coach_weight(const struct finding *findings, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        int severity;
        if (words_find(&severity_words, sv_from(findings[i].severity), &severity)) {
            sum += (unsigned)severity + 1;
        }
    }
    return sum;
}

/* ---- the tick list of a spoken answer */

static const struct {
    enum tick tick;   /* missing ... */
    unsigned with;    /* ... where these were ticked */
    const char *rule; /* is this rule's finding */
    const char *message;
} missing[] = {
    {TICK_CUSTOMER, 0, "solution-first", "By your own list, no customer was named."},
    {TICK_NUMBER, 0, "no-number", "By your own list, no number was said."},
    {TICK_BASELINE, TICK_NUMBER, "naked-number", "By your own list, the number had no baseline."},
    {TICK_DECIDED, 0, "we-fog", "By your own list, you did not say what you decided."},
    {TICK_ALTERNATIVE, 0, "no-decision", "By your own list, no alternative was named."},
    {TICK_RESULT, 0, "no-result", "By your own list, no result was told."},
    {TICK_LESSON, 0, "no-learning", "By your own list, no lesson was drawn."},
};

static bool is_missing(size_t i, unsigned ticks, const struct rule *r, const char *kind, const char *principle)
{
    bool lacks = !(ticks & missing[i].tick) && (ticks & missing[i].with) == missing[i].with;
    return lacks && rule_applies(r, kind, principle);
}

void coach_ticks(const struct coach *c, unsigned ticks, const char *kind, const char *principle, struct arena *a,
                 struct finding **out, size_t *count)
{
    enum { MISSING = sizeof(missing) / sizeof(missing[0]) };
    struct finding *list = arena_array(a, MISSING, sizeof(*list));
    size_t n = 0;
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--) {
        for (size_t i = 0; i < MISSING; i++) {
            const struct rule *r = coach_rule(c, missing[i].rule);
            if (r && (int)r->severity == severity && is_missing(i, ticks, r, kind, principle)) {
                list[n++] = (struct finding){.rule = r->id,
                                             .severity = severity_words.names[severity],
                                             .message = missing[i].message,
                                             .rule_version = r->version,
                                             .self_reported = true};
            }
        }
    }
    *out = list;
    *count = n;
}
