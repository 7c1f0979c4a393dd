#include "coach/view.h"

/* An answer made ready for signs. */

static const double TOLD_LEAST = 0.35; /* of the clauses */

static void gather_near(struct answer_view *v, struct arena *a)
{
    const struct text *t = &v->text;
    v->sentence_classes = arena_array(a, t->sentence_count + 1, sizeof(*v->sentence_classes));
    v->clause_classes = arena_array(a, (size_t)t->clause_count + 1, sizeof(*v->clause_classes));
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        for (size_t w = 0; w < CLASS_LIMIT / 64; w++) {
            v->sentence_classes[token->sentence].bits[w] |= token->classes.bits[w];
            v->clause_classes[token->clause].bits[w] |= token->classes.bits[w];
        }
    }
}

/* Calls for every class of every token. */
static void each_hit(const struct text *t, size_t *counts, uint32_t *const *lists)
{
    for (size_t i = 0; i < t->token_count; i++) {
        for (size_t w = 0; w < CLASS_LIMIT / 64; w++) {
            for (uint64_t bits = t->tokens[i].classes.bits[w]; bits != 0; bits &= bits - 1) {
                size_t class = w * 64 + (size_t)__builtin_ctzll(bits);
                if (lists) {
                    lists[class][counts[class]] = (uint32_t)i;
                }
                counts[class]++;
            }
        }
    }
}

static void gather_hits(struct answer_view *v, struct arena *a)
{
    size_t counts[CLASS_LIMIT] = {0};
    uint32_t *lists[CLASS_LIMIT];
    each_hit(&v->text, counts, NULL);
    v->by_class = arena_array(a, CLASS_LIMIT, sizeof(*v->by_class));
    for (size_t i = 0; i < CLASS_LIMIT; i++) {
        lists[i] = arena_array(a, counts[i] + 1, sizeof(*lists[i]));
        v->by_class[i] = (struct hits){lists[i], counts[i]};
        counts[i] = 0;
    }
    each_hit(&v->text, counts, lists);
}

struct class_set view_classes(const struct answer_view *v, const char *const *names)
{
    struct class_set set = {{0}};
    for (; *names; names++) {
        int class = lexicon_class(v->lexicon, sv_from(*names));
        if (class >= 0) {
            class_add(&set, (unsigned)class);
        }
    }
    return set;
}

/* A deed of the speaker's side that is told as done: what comes after the last of them is how it turned out. */
static bool is_deed(const struct answer_view *v, const struct token *token, const struct class_set *deeds,
                    const struct class_set *effects)
{
    bool acting = token->subject == SUBJECT_I || token->subject == SUBJECT_WE || token->subject == SUBJECT_NOBODY;
    bool done = class_has(&token->classes, CLASS_PAST) || class_has(&token->classes, CLASS_PASSIVE);
    return acting && done && !token->negated && !token->quoted && classes_overlap(&token->classes, deeds) &&
           !classes_overlap(&v->clause_classes[token->clause], effects);
}

static void find_after(struct answer_view *v)
{
    static const char *const deed_names[] = {"decision", "inquiry", "persuasion", "own-deed",
                                             "build",    "ship",    "plan",       NULL};
    static const char *const effect_names[] = {"change",       "outcome-number", "change-number", "own-fault",
                                               "wrong-belief", "changed-rule",   "durable",       NULL};
    struct class_set deeds = view_classes(v, deed_names);
    struct class_set effects = view_classes(v, effect_names);
    v->after = v->text.clause_count;
    for (size_t i = v->text.token_count; i > 0; i--) {
        if (is_deed(v, &v->text.tokens[i - 1], &deeds, &effects)) {
            v->after = v->text.tokens[i - 1].clause + 1;
            return;
        }
    }
}

/* The share of clauses with an actor that are told in the past. */
double view_past_share(const struct answer_view *v)
{
    const struct text *t = &v->text;
    double past = 0;
    double all = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        if (token->subject != SUBJECT_NONE && (i == 0 || t->tokens[i - 1].clause != token->clause)) {
            all++;
            past += class_has(&v->clause_classes[token->clause], CLASS_PAST) ||
                    class_has(&v->clause_classes[token->clause], CLASS_PASSIVE);
        }
    }
    return all > 0 ? past / all : 0;
}

struct answer_view *answer_view(const struct lexicon_index *l, struct sv text, struct arena *a)
{
    struct answer_view *v = arena_alloc(a, sizeof(*v));
    v->lexicon = l;
    text_parse(&v->text, text, a);
    lexicon_mark(l, &v->text);
    clauses_mark(&v->text);
    numbers_mark(l, &v->text, a, &v->numbers);
    numbers_audit(&v->text, a, &v->numbers);
    gather_near(v, a);
    gather_hits(v, a);
    find_after(v);
    view_lean(v, a);
    v->told = view_past_share(v) >= TOLD_LEAST;
    return v;
}

const struct text *answer_text(const struct answer_view *v)
{
    return &v->text;
}

const struct numbers *answer_numbers(const struct answer_view *v)
{
    return &v->numbers;
}
