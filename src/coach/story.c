#include "coach/view.h"

#include <math.h>

/*
 * Shapes of who does what, where in the answer: whose failing is told and whose is owned, when somebody who suffers is
 * first seen, how long things act among themselves, whether a choice has a loser and a reason, and whether what came of
 * it is told and measured. All walk the clauses once.
 */

struct stretch_of_clause {
    size_t first, end; /* tokens */
    const struct token *head;
    const struct class_set *classes;
    double at; /* where it stands, 0 to 1 */
};

/* The clause from token `first` on; false at the end. */
static bool clause_from(const struct answer_view *v, size_t first, struct stretch_of_clause *c)
{
    const struct text *t = &v->text;
    if (first >= t->token_count) {
        return false;
    }
    c->first = first;
    c->end = first;
    c->head = &t->tokens[first];
    while (c->end < t->token_count && t->tokens[c->end].clause == c->head->clause) {
        c->end++;
    }
    c->classes = &v->clause_classes[c->head->clause];
    c->at = c->head->word / (double)(t->word_count > 0 ? t->word_count : 1);
    return true;
}

static bool acts(const struct stretch_of_clause *c, unsigned subjects)
{
    return (subjects >> c->head->subject & 1) != 0;
}

enum {
    BY_I = 1u << SUBJECT_I,
    BY_US = BY_I | 1u << SUBJECT_WE,
    BY_PEOPLE = 1u << SUBJECT_OTHERS | 1u << SUBJECT_CUSTOMERS,
    BY_THINGS = 1u << SUBJECT_THING | 1u << SUBJECT_NOBODY,
    BY_WORLD = BY_PEOPLE | 1u << SUBJECT_THING
};

/* ---- whose failing */

struct fault_words {
    struct class_set theirs, own, hard;
};

static struct fault_words fault_words_of(const struct answer_view *v)
{
    static const char *const theirs[] = {"failing",   "blame",    "negation", "problem", "irony",
                                         "dismissal", "portrait", "excuse",   NULL};
    static const char *const own[] = {"own-fault", "wrong-belief", "supposing", "self-search",
                                      "fairness",  "fair-reason",  NULL};
    static const char *const hard[] = {"negation", "conditional", "failing", NULL};
    return (struct fault_words){view_classes(v, theirs), view_classes(v, own), view_classes(v, hard)};
}

/* Others did not, failed, came late. */
static bool tells_theirs(const struct fault_words *w, const struct stretch_of_clause *c)
{
    return acts(c, BY_PEOPLE) && !c->head->quoted && classes_overlap(c->classes, &w->theirs);
}

/* "I had never asked", "I should have", "I took it for". */
static bool tells_own(const struct fault_words *w, const struct stretch_of_clause *c)
{
    bool past = class_has(c->classes, CLASS_PAST) || class_has(c->classes, CLASS_AUXILIARY);
    return acts(c, BY_US) && (classes_overlap(c->classes, &w->own) || (past && classes_overlap(c->classes, &w->hard)));
}

/* Clauses of others' failing less those of one's own, of all clauses from a place on. */
static double fault_balance(const struct answer_view *v, double from)
{
    struct fault_words w = fault_words_of(v);
    struct stretch_of_clause c;
    double theirs = 0;
    double own = 0;
    double all = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        bool counts = c.at >= from && c.head->subject != SUBJECT_NONE;
        all += counts;
        theirs += counts && tells_theirs(&w, &c);
        own += counts && tells_own(&w, &c);
    }
    return all > 0 ? (theirs - own) / all : 0;
}

double view_fault_balance(const struct answer_view *v)
{
    return fault_balance(v, 0);
}

double view_fault_late(const struct answer_view *v)
{
    return fault_balance(v, 0.66);
}

/* log2(1 + clauses of others' failing), 0 as soon as one is owned. */
double view_unowned(const struct answer_view *v)
{
    static const char *const names[] = {"own-fault", "wrong-belief", "supposing", "self-search", NULL};
    struct fault_words w = fault_words_of(v);
    struct class_set own = view_classes(v, names);
    struct stretch_of_clause c;
    double theirs = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        if (acts(&c, BY_US) && classes_overlap(c.classes, &own)) {
            return 0;
        }
        theirs += tells_theirs(&w, &c);
    }
    return log2(1 + theirs);
}

/* ---- who suffers, and when */

/* Where somebody first wants, lacks or suffers something: the share of words before it, 1 when nobody does. */
double view_sufferer(const struct answer_view *v)
{
    static const char *const whom[] = {"customers", "human", "colleagues", NULL};
    static const char *const what[] = {"problem", "need", "negation", "failing", "wanting", "behaviour", NULL};
    struct class_set people = view_classes(v, whom);
    struct class_set trouble = view_classes(v, what);
    struct stretch_of_clause c;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        bool somebody = acts(&c, BY_PEOPLE) || classes_overlap(c.classes, &people);
        if (somebody && classes_overlap(c.classes, &trouble)) {
            return c.at;
        }
    }
    return 1;
}

/* How long the answer shows a thing before anything else: words, in 30, at most 4. */
double view_show_run(const struct answer_view *v)
{
    static const char *const breaks[] = {"problem",   "need",         "colleagues", "inquiry",
                                         "own-fault", "wrong-belief", "wanting",    NULL};
    static const char *const makes[] = {"build", "ship", "product-thing", "show-piece", "feature-talk", NULL};
    struct class_set trouble = view_classes(v, breaks);
    struct class_set making = view_classes(v, makes);
    struct stretch_of_clause c;
    double words = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        bool shown = acts(&c, BY_THINGS | 1u << SUBJECT_YOU | 1u << SUBJECT_NONE) && !class_has(c.classes, CLASS_PAST);
        bool made = acts(&c, BY_US) && classes_overlap(c.classes, &making);
        if ((!shown && !made) || classes_overlap(c.classes, &trouble) || v->text.sentences[c.head->sentence].question) {
            break;
        }
        words = c.end < v->text.token_count ? v->text.tokens[c.end].word : (double)v->text.word_count;
    }
    return fmin(words / 30, 4);
}

/* The share of clauses of the first third in which a thing acts, or one makes it, in which nobody suffers. */
double view_made_early(const struct answer_view *v)
{
    static const char *const makes[] = {"build",        "ship",      "product-thing", "show-piece",
                                        "feature-talk", "technical", "mechanism",     NULL};
    static const char *const breaks[] = {"problem", "need", "customers", "human", "wanting", NULL};
    struct class_set making = view_classes(v, makes);
    struct class_set people = view_classes(v, breaks);
    struct stretch_of_clause c;
    double made = 0;
    double all = 0;
    for (size_t i = 0; clause_from(v, i, &c) && c.at < 0.34; i = c.end) {
        all++;
        made += !acts(&c, BY_PEOPLE) && classes_overlap(c.classes, &making) && !classes_overlap(c.classes, &people);
    }
    return all > 0 ? made / all : 0;
}

/* ---- things among themselves */

/* The share of clauses in which a thing does something: its verb is none of be and have alone. */
double view_thing_doing(const struct answer_view *v)
{
    struct stretch_of_clause c;
    double doing = 0;
    double all = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        bool verb = class_has(c.classes, CLASS_VERB) || class_has(c.classes, CLASS_PAST);
        all += c.head->subject != SUBJECT_NONE;
        doing += acts(&c, 1u << SUBJECT_THING) && (verb || !class_has(c.classes, CLASS_BE));
    }
    return all > 0 ? doing / all : 0;
}

/* The longest stretch of sentences without persons, money or a choice: its share of the words. */
double view_peopleless_run(const struct answer_view *v)
{
    static const char *const names[] = {"customers", "human",    "colleagues", "outsiders", "money", "they", "quoted",
                                        "decision",  "rejected", "need",       "we",        "group", NULL};
    struct class_set people = view_classes(v, names);
    double best = 0;
    double here = 0;
    for (size_t i = 0; i < v->text.sentence_count; i++) {
        here = classes_overlap(&v->sentence_classes[i], &people) ? 0 : here + v->text.sentences[i].words;
        best = fmax(best, here);
    }
    return v->text.word_count > 0 ? best / (double)v->text.word_count : 0;
}

/* The same by clauses: words of clauses in which things act, less those in which persons do, in their best stretch. */
double view_thing_run(const struct answer_view *v)
{
    static const char *const names[] = {"customers", "human", "colleagues", "money", "they", "quoted", "need", NULL};
    struct class_set people = view_classes(v, names);
    struct stretch_of_clause c;
    double best = 0;
    double here = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        double size = (double)(c.end - c.first);
        bool person = acts(&c, BY_PEOPLE) || classes_overlap(c.classes, &people);
        bool thing = acts(&c, BY_THINGS | 1u << SUBJECT_NONE);
        here += person ? -2 * size : thing ? size : -size / 2;
        here = fmax(here, 0);
        best = fmax(best, here);
    }
    return v->text.word_count > 0 ? best / (double)v->text.word_count : 0;
}

/* ---- a choice and its loser */

/* Sentences that turn something down next to a reason or a price; log2(1 + how many). */
double view_weighed(const struct answer_view *v)
{
    static const char *const losers[] = {"rejected", "loser", "turned-down",    "option",
                                         "wanting",  "fork",  "counterfactual", NULL};
    static const char *const reasons[] = {"criterion", "price", "money", NULL};
    struct class_set lost = view_classes(v, losers);
    struct class_set why = view_classes(v, reasons);
    double found = 0;
    for (size_t i = 0; i < v->text.sentence_count; i++) {
        const struct class_set *here = &v->sentence_classes[i];
        bool near = classes_overlap(here, &why) || (i + 1 < v->text.sentence_count && classes_overlap(here + 1, &why));
        found += classes_overlap(here, &lost) && near;
    }
    return log2(1 + found);
}

/* The longest row of deeds with nothing set against them: clauses by the speaker's side, things or nobody. */
double view_deed_chain(const struct answer_view *v)
{
    static const char *const names[] = {"opposing",       "rejected",    "loser",     "turned-down", "wanting",
                                        "option",         "negation",    "criterion", "price",       "fork",
                                        "counterfactual", "conditional", NULL};
    struct class_set breaks = view_classes(v, names);
    struct stretch_of_clause c;
    double best = 0;
    double here = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        here = classes_overlap(c.classes, &breaks) ? 0 : here + (c.head->subject != SUBJECT_NONE);
        best = fmax(best, here);
    }
    return log2(1 + best);
}

/* ---- what came of it */

static bool tells_effect(const struct stretch_of_clause *c, const struct class_set *effects)
{
    bool told = class_has(c->classes, CLASS_PAST) || class_has(c->classes, CLASS_PASSIVE) ||
                class_has(c->classes, CLASS_AUXILIARY);
    return acts(c, BY_WORLD) && !c->head->quoted && told && classes_overlap(c->classes, effects);
}

/* Of the last third, the share of clauses in which the world does something that can be seen: it changed, somebody
 * did or no longer did it, it is counted. */
double view_world_moves(const struct answer_view *v)
{
    static const char *const names[] = {"change",    "told-effect",    "came-of-it",    "aftermath", "comparative",
                                        "behaviour", "outcome-number", "change-number", "ratio",     "percent",
                                        "number",    "durable",        "unsized",       "negation",  NULL};
    struct class_set effects = view_classes(v, names);
    struct stretch_of_clause c;
    double moved = 0;
    double all = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        bool counts = c.at >= 0.66 && c.head->subject != SUBJECT_NONE;
        all += counts;
        moved += counts && tells_effect(&c, &effects);
    }
    return all > 0 ? moved / all : 0;
}

/* Where the last such clause stands, 0 when there is none. */
double view_last_move(const struct answer_view *v)
{
    static const char *const names[] = {"change",         "told-effect",   "came-of-it", "behaviour",
                                        "outcome-number", "change-number", "durable",    NULL};
    struct class_set effects = view_classes(v, names);
    struct stretch_of_clause c;
    double last = 0;
    for (size_t i = 0; clause_from(v, i, &c); i = c.end) {
        last = tells_effect(&c, &effects) ? c.at : last;
    }
    return last;
}

/* Of the effects told after the first third, the share with no figure in the same or a neighbouring sentence; 0 when
 * none is told. */
double view_uncounted(const struct answer_view *v)
{
    static const char *const names[] = {"change",  "told-effect", "praise",    "unsized",
                                        "durable", "came-of-it",  "behaviour", NULL};
    static const char *const figures[] = {"number", "ratio", "percent", "money", NULL};
    struct class_set effects = view_classes(v, names);
    struct class_set counted = view_classes(v, figures);
    double bare = 0;
    double all = 0;
    size_t n = v->text.sentence_count;
    for (size_t i = 0; i < n; i++) {
        const struct class_set *s = &v->sentence_classes[i];
        bool late = v->text.tokens[v->text.sentences[i].first].word >= 0.35 * (double)v->text.word_count;
        bool near = classes_overlap(s, &counted) || (i > 0 && classes_overlap(s - 1, &counted)) ||
                    (i + 1 < n && classes_overlap(s + 1, &counted));
        bool effect = late && classes_overlap(s, &effects);
        all += effect;
        bare += effect && !near;
    }
    return all > 0 ? bare / all : 0;
}
