#include "coach/view.h"

#include <math.h>

/*
 * Is an answer about machinery or about people? Every sentence leans to one side by the words it has: parts and what
 * they do against persons, trouble, choices and money. And are its figures those of a machine?
 */

struct leaning {
    struct class_set inside, outside, works;
};

static struct leaning leaning_of(const struct answer_view *v)
{
    static const char *const inside[] = {"technical", "mechanism", "inner-part", "technical-number", NULL};
    static const char *const outside[] = {"customers",    "human",        "colleagues", "decision",  "rejected",
                                          "option",       "price",        "criterion",  "stop-rule", "persuasion",
                                          "need",         "problem",      "money",      "quoted",    "own-fault",
                                          "changed-rule", "wrong-belief", "change",     NULL};
    static const char *const works[] = {"inner-work", NULL};
    return (struct leaning){view_classes(v, inside), view_classes(v, outside), view_classes(v, works)};
}

/* 1: the machine's, -1: the people's, 0: neither. */
static int token_side(const struct leaning *l, const struct token *t)
{
    bool thing = t->subject == SUBJECT_THING || t->subject == SUBJECT_NOBODY || t->subject == SUBJECT_NONE;
    bool inside = classes_overlap(&t->classes, &l->inside) || (thing && classes_overlap(&t->classes, &l->works));
    bool outside = t->quoted || classes_overlap(&t->classes, &l->outside);
    return (int)inside - (int)outside;
}

static int sentence_side(const struct answer_view *v, const struct leaning *l, const struct sentence *s)
{
    int sum = 0;
    for (size_t i = s->first; i < s->end; i++) {
        sum += token_side(l, &v->text.tokens[i]);
    }
    return sum;
}

static double part_of(const struct answer_view *v, double words)
{
    return v->text.word_count > 0 ? words / (double)v->text.word_count : 0;
}

void view_lean(struct answer_view *v, struct arena *a)
{
    struct leaning l = leaning_of(v);
    v->sides = arena_array(a, v->text.sentence_count, sizeof(*v->sides));
    for (size_t i = 0; i < v->text.sentence_count; i++) {
        v->sides[i] = sentence_side(v, &l, &v->text.sentences[i]);
    }
}

double view_inside(const struct answer_view *v)
{
    double words = 0;
    for (size_t i = 0; i < v->text.sentence_count; i++) {
        const struct sentence *s = &v->text.sentences[i];
        words += v->sides[i] > 0 ? s->words : 0;
    }
    return part_of(v, words);
}

/* The stretch in which inside outweighs the rest by most words. */
double view_inside_run(const struct answer_view *v)
{
    double best = 0;
    double here = 0;
    for (size_t i = 0; i < v->text.sentence_count; i++) {
        const struct sentence *s = &v->text.sentences[i];
        int side = v->sides[i];
        here += side > 0 ? s->words : side < 0 ? -(double)s->words : 0;
        here = here > 0 ? here : 0;
        best = here > best ? here : best;
    }
    return part_of(v, best);
}

double view_thing_present(const struct answer_view *v)
{
    const struct text *t = &v->text;
    double things = 0;
    double acting = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        if ((i > 0 && t->tokens[i - 1].clause == token->clause) || token->subject == SUBJECT_NONE) {
            continue;
        }
        const struct class_set *clause = &v->clause_classes[token->clause];
        acting++;
        things +=
            (token->subject == SUBJECT_THING || token->subject == SUBJECT_NOBODY) && !class_has(clause, CLASS_PAST);
    }
    return acting > 0 ? things / acting : 0;
}

/* Of the figures from a word on, the share that stand among words of the machine and not of persons or money. */
static double machine_share(const struct answer_view *v, double from)
{
    static const char *const machine[] = {
        "technical", "technical-metric", "technical-number", "inner-part", "mechanism", "machine-count", NULL};
    static const char *const people[] = {"customers",       "human",  "colleagues", "money",
                                         "business-metric", "quoted", NULL};
    struct class_set of_machine = view_classes(v, machine);
    struct class_set of_people = view_classes(v, people);
    double machines = 0;
    double persons = 0;
    for (size_t i = 0; i < v->numbers.count; i++) {
        const struct number *n = &v->numbers.at[i];
        const struct token *token = &v->text.tokens[n->first];
        const struct class_set *near = &v->clause_classes[token->clause];
        bool person = n->unit == UNIT_MONEY || (!n->technical && (n->outcome || classes_overlap(near, &of_people)));
        bool counts = n->unit != UNIT_DATE && token->word >= from;
        machines += counts && !person && (n->technical || classes_overlap(near, &of_machine));
        persons += counts && person;
    }
    return machines + persons > 0 ? machines / (machines + persons) : 0;
}

double view_machine_figures(const struct answer_view *v)
{
    return machine_share(v, 0);
}

double view_machine_results(const struct answer_view *v)
{
    return machine_share(v, (double)v->text.word_count * 0.5);
}

/* ---- how it begins */

/* Does the clause that begins at a token show a thing: no past, no trouble, nobody but the thing, you or no one acting?
 */
static bool shows(const struct answer_view *v, const struct token *t, const struct class_set *trouble)
{
    const struct class_set *clause = &v->clause_classes[t->clause];
    bool actor = t->subject == SUBJECT_THING || t->subject == SUBJECT_NOBODY || t->subject == SUBJECT_YOU ||
                 t->subject == SUBJECT_NONE;
    return actor && !t->quoted && !class_has(clause, CLASS_PAST) && !classes_overlap(clause, trouble) &&
           !v->text.sentences[t->sentence].question;
}

double view_thing_opening(const struct answer_view *v)
{
    static const char *const not_it[] = {"problem",   "need",         "human",  "colleagues", "date",
                                         "dated",     "inquiry",      "scene",  "price",      "criterion",
                                         "own-fault", "wrong-belief", "number", "change",     NULL};
    struct class_set trouble = view_classes(v, not_it);
    double third = (double)v->text.word_count / 3;
    double shown = 0;
    double all = 0;
    for (size_t i = 0; i < v->text.token_count; i++) {
        const struct token *t = &v->text.tokens[i];
        bool counts = t->kind != TOKEN_MARK && t->word < third;
        all += counts;
        shown += counts && shows(v, t, &trouble);
    }
    return all > 0 ? shown / all : 0;
}

/* "MeterMate", "RoomRelay": a capital after a small letter. */
static bool is_coined(const struct answer_view *v, const struct token *t)
{
    const char *word = v->text.source.data + t->start;
    bool coined = false;
    for (uint32_t i = 1; t->kind == TOKEN_WORD && t->capital && i < t->end - t->start; i++) {
        coined |= word[i] >= 'A' && word[i] <= 'Z' && word[i - 1] >= 'a' && word[i - 1] <= 'z';
    }
    return coined && !class_has(&t->classes, CLASS_TECHNICAL) && !class_has(&t->classes, CLASS_KNOWN_ACRONYM);
}

/* The name of a thing, coined or said again and again, stands at the head of one of the first sentences. */
double view_name_first(const struct answer_view *v)
{
    enum { SENTENCES = 3, HEAD = 3 };
    const struct text *t = &v->text;
    double found = 0;
    for (size_t s = 0; s < t->sentence_count && s < SENTENCES; s++) {
        uint32_t seen = 0;
        for (uint32_t i = t->sentences[s].first; i < t->sentences[s].end && seen < HEAD; i++) {
            seen += t->tokens[i].kind != TOKEN_MARK;
            found += is_coined(v, &t->tokens[i]);
        }
    }
    return log2(1 + found);
}

/* Things laid side by side: commas of the first half that begin no clause, in 10 words. */
double view_listing(const struct answer_view *v)
{
    const struct text *t = &v->text;
    double commas = 0;
    double words = 0;
    for (size_t i = 1; i < t->token_count && (size_t)t->tokens[i].word * 2 < t->word_count; i++) {
        const struct token *token = &t->tokens[i];
        bool comma = token->kind == TOKEN_MARK && t->source.data[token->start] == ',';
        commas += comma && t->tokens[i - 1].clause == token->clause;
        words += token->kind != TOKEN_MARK;
    }
    return words > 0 ? commas * 10 / words : 0;
}
