#include "coach/view.h"

#include "pmprep/base/lookup.h"

#include <math.h>
#include <string.h>

/* The shapes: measures of a whole answer that name no class of words. Those of machinery are in inside.c, those of who
 * does what in story.c. */

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
 * divided by one plus the sentences in which the speaker looks for the cause at home or grants a reason. */
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
    const char *plain; /* what it measures, for a reader of --explain */
} shapes[] = {
    {"words", words, "the length, in hundreds of words"},
    {"short", is_short, "whether it is shorter than 40 words"},
    {"long", length_above, "hundreds of words above 300"},
    {"sentence", mean_sentence, "the mean length of a sentence, in tens of words"},
    {"longest", longest_sentence, "the longest sentence, in tens of words"},
    {"i-share", i_share, "how often \"I\", of all \"I\" and \"we\""},
    {"agentless", agentless, "the share of clauses where nobody, we or a group acts"},
    {"others-alone", others_alone, "the share of sentences in which others act, less where the speaker has a share"},
    {"accused-alone", accused_alone, "the share of sentences in which others fail, less where the speaker has a share"},
    {"scene", view_scene, "the share of words before the first deed of one's own"},
    {"result-share", view_result, "the share of words from the first outcome on"},
    {"numbers", number_count, "how many numbers, dates left out"},
    {"claims", claim_count, "how many claims with a number"},
    {"bare-claims", bare_claims, "how many claims without level before, period, sample and comparison"},
    {"bare-share", bare_share, "the share of claims without level before, period, sample and comparison"},
    {"full-claims", full_claims, "how many claims with two of level before, period, sample and comparison"},
    {"repeats", repeats, "how much of the second half was in the first"},
    {"past-share", view_past_share, "the share of clauses told in the past"},
    {"epilogue", epilogue, "the share of words after the last deed"},
    {"forks", forks, "how many questions lay two ways side by side"},
    {"unmeasured", unmeasured, "how many sentences tell an effect where no figure measures one"},
    {"unmeasured-end", unmeasured_end, "the same in the last third"},
    {"inside", view_inside, "the share of words in sentences that speak more of machinery than of people"},
    {"inside-run", view_inside_run, "the longest stretch of sentences that speak more of machinery than of people"},
    {"thing-present", view_thing_present, "the share of clauses where a thing or nobody acts, and not in the past"},
    {"machine-figures", view_machine_figures, "the share of figures beside words of the machine"},
    {"machine-results", view_machine_results, "the share of figures of the second half beside words of the machine"},
    {"thing-opening", view_thing_opening, "the share of words of the first third in which a thing is shown"},
    {"name-first", view_name_first, "how many coined names at the head of the first three sentences"},
    {"listing", view_listing, "commas of the first half that only list, in ten words"},
    {"fault-balance", view_fault_balance,
     "the share of clauses in which others fail, less those in which the speaker does"},
    {"fault-late", view_fault_late, "the same of the last third"},
    {"unowned", view_unowned, "how many clauses tell of others' failing when the speaker owns none"},
    {"sufferer", view_sufferer, "the share of words before somebody wants or lacks something"},
    {"show-run", view_show_run, "how long a thing is shown before anything else"},
    {"made-early", view_made_early, "the share of clauses of the first third that make or show a thing"},
    {"thing-doing", view_thing_doing, "the share of clauses in which a thing does something"},
    {"peopleless-run", view_peopleless_run, "the longest stretch of sentences without persons, money or a choice"},
    {"thing-run", view_thing_run, "the longest stretch in which things act and persons do not"},
    {"weighed", view_weighed, "how many sentences turn something down beside a reason or a price"},
    {"deed-chain", view_deed_chain, "the longest row of clauses with nothing set against them"},
    {"world-moves", view_world_moves, "the share of clauses of the last third in which others or things change"},
    {"last-move", view_last_move, "where the last change of others or things stands"},
    {"uncounted", view_uncounted, "the share of told effects with no figure beside them"},
};

static int find_shape(struct sv name)
{
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        if (sv_eqs(name, shapes[i].name)) {
            return (int)i;
        }
    }
    return -1;
}

shape_fn *shape_find(struct sv name)
{
    int i = find_shape(name);
    return i < 0 ? NULL : shapes[i].fn;
}

const char *shape_plain(struct sv name)
{
    int i = find_shape(name);
    return i < 0 ? NULL : shapes[i].plain;
}
