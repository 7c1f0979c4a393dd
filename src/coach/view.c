#include "coach/view.h"

#include "pmprep/base/lookup.h"

#include <math.h>
#include <string.h>

static const double TOLD_LEAST = 0.35; /* of the clauses */

/* An answer made ready for signs, and the shapes: measures of the whole that need no class of words. */

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
static double past_share(const struct answer_view *v)
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
    v->told = past_share(v) >= TOLD_LEAST;
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

/* ---- shapes */

static double words(const struct answer_view *v)
{
    return (double)v->text.word_count / 100;
}

static double is_short(const struct answer_view *v)
{
    return v->text.word_count < 40;
}

static double length_above(const struct answer_view *v)
{
    return v->text.word_count > 300 ? ((double)v->text.word_count - 300) / 100 : 0;
}

static double mean_sentence(const struct answer_view *v)
{
    return v->text.sentence_count ? (double)v->text.word_count / (double)v->text.sentence_count / 10 : 0;
}

static double longest_sentence(const struct answer_view *v)
{
    uint32_t most = 0;
    for (size_t i = 0; i < v->text.sentence_count; i++) {
        most = v->text.sentences[i].words > most ? v->text.sentences[i].words : most;
    }
    return most / 10.0;
}

static double i_share(const struct answer_view *v)
{
    double i = (double)v->by_class[CLASS_I].count;
    double we = (double)v->by_class[CLASS_WE].count;
    return i + we > 0 ? i / (i + we) : 0.5;
}

static double agentless(const struct answer_view *v)
{
    const struct text *t = &v->text;
    double hidden = 0;
    double acting = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        if ((i > 0 && t->tokens[i - 1].clause == token->clause) || token->subject == SUBJECT_NONE) {
            continue;
        }
        acting++;
        hidden += token->subject == SUBJECT_NOBODY || token->subject == SUBJECT_WE ||
                  (token->subject == SUBJECT_OTHERS && class_has(&v->clause_classes[token->clause], CLASS_GROUP));
    }
    return acting > 0 ? hidden / acting : 0;
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

/* The word before which the story is scene: the first deed of one's own. */
double view_scene(const struct answer_view *v)
{
    static const char *const deeds[] = {"decision", "inquiry", "persuasion", "own-deed", "build", NULL};
    struct class_set set = view_classes(v, deeds);
    for (size_t i = 0; i < v->text.token_count; i++) {
        const struct token *token = &v->text.tokens[i];
        if (token->subject == SUBJECT_I && !token->quoted && classes_overlap(&token->classes, &set)) {
            return token->word / (double)v->text.word_count;
        }
    }
    return 1;
}

/* What happened because of it is told after the middle, or is no result of the story. */
double view_result(const struct answer_view *v)
{
    static const char *const outcomes[] = {"change", "result-mark", "outcome-number", "change-number", NULL};
    struct class_set set = view_classes(v, outcomes);
    double all = (double)v->text.word_count;
    for (size_t i = 0; i < v->text.token_count; i++) {
        const struct token *token = &v->text.tokens[i];
        if (token->word > all * 0.4 && !token->quoted && classes_overlap(&token->classes, &set)) {
            return 1 - token->word / all;
        }
    }
    return 0;
}

/* The share of words after the last deed of the speaker's side. */
static double epilogue(const struct answer_view *v)
{
    const struct text *t = &v->text;
    double after = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        after += t->tokens[i].kind != TOKEN_MARK && t->tokens[i].clause >= v->after;
    }
    return t->word_count > 0 ? after / (double)t->word_count : 0;
}

/* Questions that lay two ways side by side: "Wait, or send the empty buses?"; log2(1 + how many). */
static double forks(const struct answer_view *v)
{
    const struct text *t = &v->text;
    double found = 0;
    for (size_t i = 0; i < t->sentence_count; i++) {
        const struct sentence *s = &t->sentences[i];
        bool either = false;
        for (size_t k = s->first; s->question && k < s->end; k++) {
            either |= !t->tokens[k].quoted && strcmp(t->tokens[k].lower, "or") == 0;
        }
        found += either;
    }
    return log2(1 + found);
}

/* Sentences from `from` on (a share of the words) that tell an effect without a figure, when none there gives one;
 * log2(1 + how many). */
static double bare_effects(const struct answer_view *v, double from)
{
    static const char *const effect_names[] = {"change", "told-effect", "praise", "durable", NULL};
    static const char *const figure_names[] = {"percent", "ratio", "change-number", "outcome-number", NULL};
    struct class_set effects = view_classes(v, effect_names);
    struct class_set figures = view_classes(v, figure_names);
    const struct text *t = &v->text;
    double bare = 0;
    for (size_t i = 0; i < t->sentence_count; i++) {
        const struct class_set *here = &v->sentence_classes[i];
        bool late = t->tokens[t->sentences[i].first].word >= from * (double)t->word_count;
        bool effect = classes_overlap(here, &effects);
        if (late && (classes_overlap(here, &figures) || (class_has(here, CLASS_NUMBER) && effect))) {
            return 0;
        }
        bare += late && effect;
    }
    return log2(1 + bare);
}

static double unmeasured(const struct answer_view *v)
{
    return bare_effects(v, 0.35);
}

static double unmeasured_end(const struct answer_view *v)
{
    return bare_effects(v, 0.65);
}

static double number_count(const struct answer_view *v)
{
    double real = 0;
    for (size_t i = 0; i < v->numbers.count; i++) {
        real += v->numbers.at[i].unit != UNIT_DATE;
    }
    return log2(1 + real);
}

static double claim_count(const struct answer_view *v)
{
    return log2(1 + (double)v->numbers.claim_count);
}

static int supports(const struct number_claim *c)
{
    return (c->before != NULL) + (c->period != NULL) + (c->sample != NULL) + (c->compared != NULL);
}

static double bare_claims(const struct answer_view *v)
{
    double bare = 0;
    for (size_t i = 0; i < v->numbers.claim_count; i++) {
        bare += supports(&v->numbers.claims[i]) == 0;
    }
    return log2(1 + bare);
}

static double bare_share(const struct answer_view *v)
{
    double bare = 0;
    for (size_t i = 0; i < v->numbers.claim_count; i++) {
        bare += supports(&v->numbers.claims[i]) == 0;
    }
    return v->numbers.claim_count > 0 ? bare / (double)v->numbers.claim_count : 0;
}

static double full_claims(const struct answer_view *v)
{
    double full = 0;
    for (size_t i = 0; i < v->numbers.claim_count; i++) {
        full += supports(&v->numbers.claims[i]) >= 2;
    }
    return log2(1 + full);
}

/* A word with a meaning of its own is long, as a rule of thumb. */
static bool is_content(const struct token *t)
{
    return t->kind == TOKEN_WORD && t->length >= 5;
}

static double repeats(const struct answer_view *v)
{
    const struct text *t = &v->text;
    struct lookup seen = {0};
    double again = 0;
    double second = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        uint32_t ignored;
        if (!is_content(token)) {
            continue;
        }
        if ((size_t)token->word * 2 < t->word_count) {
            lookup_add(&seen, token->lower, 0);
        } else {
            second++;
            again += lookup_find(&seen, token->lower, &ignored);
        }
    }
    lookup_release(&seen);
    return second > 0 ? again / second : 0;
}

/* The share of sentences in which others, customers or nobody act, beside one of the named classes if there are names;
 * divided by one plus the sentences in which the speaker looks for the cause in himself or grants a reason. */
static double unshared(const struct answer_view *v, const char *const *accusing)
{
    static const char *const admitting[] = {"own-fault",   "wrong-belief", "fairness",
                                            "fair-reason", "self-search",  NULL};
    const struct text *t = &v->text;
    struct class_set against = view_classes(v, accusing);
    struct class_set own = view_classes(v, admitting);
    uint32_t told = UINT32_MAX; /* the sentence counted last */
    double count = 0;
    double admitted = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        bool theirs =
            token->subject == SUBJECT_OTHERS || token->subject == SUBJECT_CUSTOMERS || token->subject == SUBJECT_NOBODY;
        if (theirs && token->sentence != told && !token->quoted &&
            (!*accusing || classes_overlap(&v->clause_classes[token->clause], &against))) {
            count++;
            told = token->sentence;
        }
    }
    for (size_t i = 0; i < t->sentence_count; i++) {
        const struct class_set *s = &v->sentence_classes[i];
        admitted += classes_overlap(s, &own) && (class_has(s, CLASS_I) || !class_has(s, CLASS_THEY));
    }
    return t->sentence_count > 0 ? count / (double)t->sentence_count / (1 + admitted) : 0;
}

static double others_alone(const struct answer_view *v)
{
    static const char *const any[] = {NULL};
    return unshared(v, any);
}

static double accused_alone(const struct answer_view *v)
{
    static const char *const accusing[] = {"failing",  "blame",     "negation", "irony",
                                           "portrait", "dismissal", "problem",  NULL};
    return unshared(v, accusing);
}

static const struct {
    const char *name;
    shape_fn *fn;
} shapes[] = {
    {"words", words},
    {"short", is_short},
    {"long", length_above},
    {"sentence", mean_sentence},
    {"longest", longest_sentence},
    {"i-share", i_share},
    {"agentless", agentless},
    {"others-alone", others_alone},
    {"accused-alone", accused_alone},
    {"scene", view_scene},
    {"result-share", view_result},
    {"numbers", number_count},
    {"claims", claim_count},
    {"bare-claims", bare_claims},
    {"bare-share", bare_share},
    {"full-claims", full_claims},
    {"repeats", repeats},
    {"past-share", past_share},
    {"epilogue", epilogue},
    {"forks", forks},
    {"unmeasured", unmeasured},
    {"unmeasured-end", unmeasured_end},
    {"inside", view_inside},
    {"inside-run", view_inside_run},
    {"thing-present", view_thing_present},
    {"machine-figures", view_machine_figures},
    {"machine-results", view_machine_results},
    {"thing-opening", view_thing_opening},
    {"name-first", view_name_first},
    {"listing", view_listing},
    {"fault-balance", view_fault_balance},
    {"fault-late", view_fault_late},
    {"unowned", view_unowned},
    {"sufferer", view_sufferer},
    {"show-run", view_show_run},
    {"made-early", view_made_early},
    {"thing-doing", view_thing_doing},
    {"peopleless-run", view_peopleless_run},
    {"thing-run", view_thing_run},
    {"weighed", view_weighed},
    {"deed-chain", view_deed_chain},
    {"world-moves", view_world_moves},
    {"last-move", view_last_move},
    {"uncounted", view_uncounted},
};

shape_fn *shape_find(struct sv name)
{
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        if (sv_eqs(name, shapes[i].name)) {
            return shapes[i].fn;
        }
    }
    return NULL;
}
