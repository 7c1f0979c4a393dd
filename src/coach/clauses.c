#include "coach/traits.h"
#include "pmprep/coach/lexicon.h"

#include <string.h>

/*
 * Clauses and who acts in them, without a grammar of English: a clause begins at a mark or at a joining word that a
 * subject or a verb follows, its subject is what stands before its first finite verb, a clause without one goes on with
 * the subject before it, and a form of "be" with a participle and no "by" hides the actor.
 */

enum { NEGATION_REACH = 6, BY_REACH = 8 };

struct parser {
    struct text *t;
    uint32_t clause;
    enum subject last_people; /* whom "they" means: customers or others, as mentioned last */
};

static bool has(const struct token *t, enum built_in_class class)
{
    return class_has(&t->classes, class);
}

/* A string literal, whose length is known. */
#define ENDS_IN(token, end)                                                                                            \
    ((token)->length > sizeof(end) + 1 &&                                                                              \
     memcmp((token)->lower + (token)->length - (sizeof(end) - 1), end, sizeof(end) - 1) == 0)

static bool is_participle(const struct token *t)
{
    return t->kind == TOKEN_WORD && (has(t, CLASS_PARTICIPLE_FORM) || ENDS_IN(t, "ed")) && !token_is(t, TRAIT_STATE);
}

static bool is_past(const struct token *t)
{
    return t->kind == TOKEN_WORD && (has(t, CLASS_PAST_FORM) || ENDS_IN(t, "ed")) && !token_is(t, TRAIT_STATE);
}

/* Could the word be the verb of a clause? Forms in -ing and bare infinitives after "to" are none. */
static bool is_finite(const struct text *t, size_t at)
{
    const struct token *token = &t->tokens[at];
    if (token->kind != TOKEN_WORD || ENDS_IN(token, "ing")) {
        return false;
    }
    if (has(token, CLASS_AUXILIARY)) {
        return true;
    }
    if (at > 0 && token_is(&t->tokens[at - 1], TRAIT_LEAD)) {
        return false;
    }
    return is_past(token) || has(token, CLASS_VERB);
}

static bool is_pronoun(const struct token *t)
{
    return has(t, CLASS_I) || has(t, CLASS_WE) || has(t, CLASS_YOU) || has(t, CLASS_THEY);
}

/* Does somebody act within the next few words? */
static bool verb_follows(const struct text *t, size_t at, size_t end)
{
    for (size_t i = at; i < end && i < at + 7 && t->tokens[i].kind != TOKEN_MARK; i++) {
        if (is_pronoun(&t->tokens[i]) || is_finite(t, i)) {
            return true;
        }
    }
    return false;
}

static bool is_mark(const struct text *t, size_t at, const char *mark)
{
    const struct token *token = &t->tokens[at];
    size_t n = token->end - token->start;
    return token->kind == TOKEN_MARK && strlen(mark) == n && memcmp(t->source.data + token->start, mark, n) == 0;
}

static bool begins_clause(const struct text *t, size_t at, size_t end)
{
    const struct token *token = &t->tokens[at];
    if (token->kind == TOKEN_MARK) {
        bool strong = is_mark(t, at, ";") || is_mark(t, at, ":") || is_mark(t, at, "(") || is_mark(t, at, ")") ||
                      is_mark(t, at, "\xe2\x80\x93") || is_mark(t, at, "\xe2\x80\x94");
        return strong || (is_mark(t, at, ",") && verb_follows(t, at + 1, end));
    }
    return token_is(token, TRAIT_JOINING) && verb_follows(t, at + 1, end);
}

static enum subject pronoun_subject(const struct parser *p, const struct token *t)
{
    return has(t, CLASS_I)     ? SUBJECT_I
           : has(t, CLASS_WE)  ? SUBJECT_WE
           : has(t, CLASS_YOU) ? SUBJECT_YOU
                               : p->last_people;
}

static enum subject noun_subject(const struct token *t)
{
    bool people = has(t, CLASS_COLLEAGUES) || has(t, CLASS_OUTSIDERS) || has(t, CLASS_GROUP) || has(t, CLASS_PROPER);
    return has(t, CLASS_CUSTOMERS) ? SUBJECT_CUSTOMERS : people ? SUBJECT_OTHERS : SUBJECT_THING;
}

static void remember_people(struct parser *p, const struct token *t)
{
    if (has(t, CLASS_CUSTOMERS)) {
        p->last_people = SUBJECT_CUSTOMERS;
    } else if (has(t, CLASS_COLLEAGUES) || has(t, CLASS_OUTSIDERS)) {
        p->last_people = SUBJECT_OTHERS;
    }
}

/* The first finite verb of tokens [from, end), or end. */
static size_t find_verb(const struct text *t, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        if (is_finite(t, i)) {
            return i;
        }
    }
    return end;
}

/* "In March the printer ordered": a word with an article ends what a preposition began, unless it follows at once. */
static bool begins_name(const struct text *t, size_t from, size_t at)
{
    return at > from && token_is(&t->tokens[at], TRAIT_DETERMINER) && t->tokens[at - 1].kind != TOKEN_MARK &&
           !token_is(&t->tokens[at - 1], TRAIT_PREPOSITION) && !token_is(&t->tokens[at - 1], TRAIT_DETERMINER);
}

/* What stands before the verb: a pronoun wins; a noun after a preposition does not act. */
static enum subject find_subject(const struct parser *p, size_t from, size_t verb)
{
    const struct text *t = p->t;
    enum subject found = SUBJECT_NONE;
    bool aside = false; /* within "for the customers" */
    for (size_t i = from; i < verb; i++) {
        const struct token *token = &t->tokens[i];
        aside = aside && token->kind != TOKEN_MARK && !begins_name(t, from, i);
        if (token->kind == TOKEN_MARK) {
            continue;
        }
        if (token_is(token, TRAIT_IMPERSONAL) && found == SUBJECT_NONE && !aside) {
            found = SUBJECT_THING;
        } else if (token_is(token, TRAIT_PREPOSITION)) {
            aside = true;
        } else if (is_pronoun(token)) {
            found = pronoun_subject(p, token);
            aside = false;
        } else if (token->length > 2 && !aside && !has(token, CLASS_NEGATION) && !token_is(token, TRAIT_JOINING) &&
                   !ENDS_IN(token, "ly") && (found == SUBJECT_NONE || found == SUBJECT_THING)) {
            found = noun_subject(token);
        }
    }
    return found;
}

/* A "be" and a participle within three words after it, and nobody named by "by". */
static bool is_passive(const struct text *t, size_t verb, size_t end, size_t *participle)
{
    if (verb >= end || !has(&t->tokens[verb], CLASS_AUXILIARY)) {
        return false;
    }
    bool be = false;
    for (size_t i = verb; i < end && i < verb + 5 && t->tokens[i].kind == TOKEN_WORD; i++) {
        if (has(&t->tokens[i], CLASS_BE)) {
            be = true;
        } else if (be && is_participle(&t->tokens[i])) {
            *participle = i;
            return true;
        }
    }
    return false;
}

static bool names_agent(const struct text *t, size_t participle, size_t end)
{
    for (size_t i = participle + 1; i < end && i <= participle + BY_REACH; i++) {
        if (strcmp(t->tokens[i].lower, "by") == 0 && i + 1 < end && t->tokens[i + 1].kind == TOKEN_WORD &&
            !token_is(&t->tokens[i + 1], TRAIT_MANNER)) {
            return true;
        }
    }
    return false;
}

static void mark_tense(struct text *t, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        struct token *token = &t->tokens[i];
        if (is_past(token) && !(i > from && has(&t->tokens[i - 1], CLASS_BE))) {
            class_add(&token->classes, CLASS_PAST);
        }
        size_t n = token->length;
        bool short_would = n > 2 && strcmp(token->lower + n - 2, "'d") == 0;
        if (short_would && i + 1 < end && !is_participle(&t->tokens[i + 1])) {
            class_add(&token->classes, CLASS_CONDITIONAL);
        }
    }
}

static void mark_negation(struct text *t, size_t from, size_t end)
{
    size_t reach = 0;
    for (size_t i = from; i < end; i++) {
        if (t->tokens[i].kind == TOKEN_MARK) {
            continue;
        }
        t->tokens[i].negated = reach > 0;
        reach = has(&t->tokens[i], CLASS_NEGATION) ? NEGATION_REACH : reach > 0 ? reach - 1 : 0;
    }
}

/* Who acts in tokens [from, end); before is the subject of the clause before it in the sentence. */
static enum subject clause_subject(struct parser *p, size_t from, size_t end, enum subject before, bool first)
{
    struct text *t = p->t;
    size_t verb = find_verb(t, from, end);
    if (verb == end) {
        return SUBJECT_NONE;
    }
    enum subject subject = find_subject(p, from, verb);
    size_t participle = 0;
    bool passive = is_passive(t, verb, end, &participle);
    if (passive) {
        class_add(&t->tokens[participle].classes, CLASS_PASSIVE);
        if (subject != SUBJECT_I && subject != SUBJECT_WE && subject != SUBJECT_CUSTOMERS &&
            !names_agent(t, participle, end)) {
            return SUBJECT_NOBODY;
        }
    }
    if (subject == SUBJECT_THING && token_is(&t->tokens[verb], TRAIT_PERSONAL) &&
        !token_is(&t->tokens[verb - 1], TRAIT_IMPERSONAL)) {
        return SUBJECT_OTHERS; /* "the galley forgot" */
    }
    if (subject != SUBJECT_NONE) {
        return subject;
    }
    bool notes = first && is_past(&t->tokens[verb]); /* "Counted 40 calls." in the style of notes */
    return before != SUBJECT_NONE ? before : notes ? SUBJECT_I : SUBJECT_NONE;
}

static void mark_clause(struct parser *p, size_t from, size_t end, enum subject *before, bool first)
{
    enum subject subject = clause_subject(p, from, end, *before, first);
    for (size_t i = from; i < end; i++) {
        struct token *token = &p->t->tokens[i];
        token->clause = p->clause;
        token->subject = (uint8_t)subject;
        remember_people(p, token);
    }
    mark_negation(p->t, from, end);
    mark_tense(p->t, from, end);
    p->clause++;
    *before = subject != SUBJECT_NONE ? subject : *before;
}

static void mark_sentence(struct parser *p, const struct sentence *s)
{
    enum subject before = SUBJECT_NONE;
    size_t from = s->first;
    for (size_t i = s->first; i <= s->end; i++) {
        bool border = i == s->end || (i > from && begins_clause(p->t, i, s->end));
        if (border && i > from) {
            mark_clause(p, from, i, &before, from == s->first);
            from = i;
        }
    }
}

/* Short forms in capitals are strange when nothing beside them explains them; headlines in capitals are no short forms.
 */
static void mark_names(struct text *t)
{
    for (size_t i = 0; i < t->token_count; i++) {
        struct token *token = &t->tokens[i];
        const struct sentence *s = &t->sentences[token->sentence];
        bool opened = i > s->first && is_mark(t, i - 1, "(");
        bool explained = opened || (i + 1 < t->token_count && is_mark(t, i + 1, "("));
        bool shouted = i > s->first && i + 1 < s->end && t->tokens[i - 1].capitals && t->tokens[i + 1].capitals;
        if (token->kind != TOKEN_WORD || has(token, CLASS_I)) {
            continue;
        }
        if (token->capitals && !has(token, CLASS_KNOWN_ACRONYM) && !explained && !shouted) {
            class_add(&token->classes, CLASS_ACRONYM);
        } else if (token->capital && !token->capitals && i > s->first && !opened &&
                   t->tokens[i - 1].kind != TOKEN_MARK) {
            class_add(&token->classes, CLASS_PROPER);
        }
    }
}

void clauses_mark(struct text *t)
{
    struct parser p = {.t = t, .last_people = SUBJECT_OTHERS};
    mark_names(t);
    for (size_t i = 0; i < t->sentence_count; i++) {
        mark_sentence(&p, &t->sentences[i]);
    }
    t->clause_count = p.clause;
}
