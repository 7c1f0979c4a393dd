#include "coach/phrases.h"

#include "pmprep/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Marks the words of a text with the classes of a lexicon: single words first, then phrases, which may ask for them. */

static const uint32_t no_word = UINT32_MAX - 1;

struct word_key {            /* what a token is in the lexicon */
    uint32_t word;           /* its own entry, or no_word */
    uint32_t hits[HITS_MAX]; /* the entries of its word and of the stems it begins with */
    uint32_t count;
};

struct marker {
    const struct lexicon_index *l;
    struct text *t;
    struct word_key *keys; /* of every token */
};

/* The stems of the word; room for one more byte than it has. */
static void find_stems(const struct lexicon_index *l, char *word, size_t n, struct word_key *out)
{
    uint32_t lengths = n >= 2 ? l->stem_lengths[stem_pair(word)] : 0;
    for (unsigned i = STEM_MAX; lengths != 0 && out->count < HITS_MAX; i--) {
        uint32_t bit = UINT32_C(1) << i;
        if ((lengths & bit) != 0 && i <= n) {
            char saved[2] = {word[i], word[i + 1]};
            word[i] = '*';
            word[i + 1] = '\0';
            out->count += lookup_find(&l->words, word, &out->hits[out->count]);
            memcpy(word + i, saved, 2);
        }
        lengths &= ~bit;
    }
}

/* A word counts without its "'s" when it is unknown with it. */
static void find_keys(const struct lexicon_index *l, struct token *token, struct word_key *out)
{
    char word[72];
    size_t n = token->length;
    *out = (struct word_key){.word = no_word};
    if (n == 0) {
        return;
    }
    memcpy(word, token->lower, n + 1);
    bool found = lookup_find(&l->words, word, &out->word);
    token->traits = found ? l->entries[out->word].traits : 0;
    if (!found && n > 2 && word[n - 1] == 's' && word[n - 2] == '\'') {
        n -= 2;
        word[n] = '\0';
        found = lookup_find(&l->words, word, &out->word);
    }
    if (found) {
        out->hits[out->count++] = out->word;
    }
    find_stems(l, word, n, out);
}

static void add_set(struct class_set *to, const struct class_set *from)
{
    for (size_t i = 0; i < CLASS_LIMIT / 64; i++) {
        to->bits[i] |= from->bits[i];
    }
}

static void note_use(const struct lexicon_use *use, uint32_t *seen)
{
    *seen = *seen == SEEN_NEVER || *seen == use->topic ? use->topic : SEEN_OFTEN;
}

static void mark_word(const struct marker *m, size_t at)
{
    struct token *token = &m->t->tokens[at];
    const struct word_key *key = &m->keys[at];
    for (size_t i = 0; i < key->count; i++) {
        add_set(&token->classes, &m->l->sets[m->l->entries[key->hits[i]].set]);
    }
    if (token->kind == TOKEN_NUMBER) {
        class_add(&token->classes, CLASS_NUMBER);
        unsigned char first = (unsigned char)token->lower[0];
        if (first == '$' || first >= 0x80) {
            class_add(&token->classes, CLASS_MONEY);
        }
        if (token->lower[token->length - 1] == '%') {
            class_add(&token->classes, CLASS_PERCENT);
        }
    }
    if (token->quoted) {
        class_add(&token->classes, CLASS_QUOTED);
    }
}

static bool is_form(const struct verb_element *v, uint32_t word)
{
    for (size_t i = 0; i < v->count; i++) {
        if (v->forms[i] == word) {
            return true;
        }
    }
    return false;
}

static bool begins_with(const struct token *token, const struct stem_element *stem)
{
    return token->length >= stem->length && memcmp(stem->text, token->lower, stem->length) == 0;
}

static bool element_matches(const struct marker *m, const struct element *e, size_t at)
{
    const struct token *token = &m->t->tokens[at];
    if (token->kind == TOKEN_MARK) {
        return false;
    }
    switch ((enum element_kind)e->kind) {
    case ELEMENT_WORD:
        return m->keys[at].word == e->number;
    case ELEMENT_VERB:
        return is_form(&m->l->verbs[e->number], m->keys[at].word);
    case ELEMENT_STEM:
        return begins_with(token, &m->l->stems[e->number]);
    case ELEMENT_CLASS:
        return class_has(&token->classes, e->number);
    case ELEMENT_GAP:
        break;
    }
    return false;
}

/* The token after the phrase when elements[from..] match at token `at`, else 0. A gap takes as little as it can. */
static size_t match_rest(const struct marker *m, const struct phrase *p, size_t from, size_t at, size_t end)
{
    const struct element *elements = m->l->elements + p->elements;
    for (size_t e = from; e < p->count; e++) {
        if (elements[e].kind == ELEMENT_GAP) {
            for (size_t skip = 0; skip <= GAP_MAX && at + skip < end; skip++) {
                size_t found = match_rest(m, p, e + 1, at + skip, end);
                if (found > 0 || m->t->tokens[at + skip].kind == TOKEN_MARK) {
                    return found;
                }
            }
            return 0;
        }
        if (at >= end || !element_matches(m, &elements[e], at)) {
            return 0;
        }
        at++;
    }
    return at;
}

static void mark_beginning(const struct marker *m, uint32_t first, uint32_t second, size_t at, size_t end,
                           uint64_t ahead)
{
    const struct lexicon_index *l = m->l;
    for (int32_t i = pairs_find(&l->beginnings, first, second); i >= 0; i = l->hooks[i].next) {
        const struct phrase *p = &l->phrases[l->hooks[i].phrase];
        if (p->needs != 0 && (p->needs & ahead) == 0) {
            continue;
        }
        size_t stop = p->count == 0 ? 0 : match_rest(m, p, 1, at + 1, end);
        for (size_t k = at; k < stop; k++) {
            class_add(&m->t->tokens[k].classes, p->class);
        }
        if (stop > 0 && l->use) {
            note_use(l->use, &l->use->phrases[l->hooks[i].phrase]);
        }
    }
}

static void mark_first(const struct marker *m, uint32_t first, size_t at, size_t end, uint64_t ahead)
{
    uint32_t second = at + 1 < end ? m->keys[at + 1].word : no_word;
    if (second != no_word) {
        mark_beginning(m, first, second, at, end, ahead);
    }
    mark_beginning(m, first, BEGIN_ANY, at, end, ahead);
}

/* What stands in reach of a phrase that begins here. */
static uint64_t bits_ahead(const struct marker *m, size_t at, size_t end)
{
    uint64_t bits = 0;
    for (size_t i = at + 1; i <= at + REACH && i < end && m->t->tokens[i].kind != TOKEN_MARK; i++) {
        bits |= word_bit(m->keys[i].word);
    }
    return bits;
}

static void mark_phrases_at(const struct marker *m, size_t at)
{
    const struct token *token = &m->t->tokens[at];
    const struct word_key *key = &m->keys[at];
    size_t end = m->t->sentences[token->sentence].end;
    uint64_t ahead = bits_ahead(m, at, end);
    for (size_t i = 0; i < key->count; i++) {
        if (m->l->entries[key->hits[i]].begins) {
            mark_first(m, key->hits[i], at, end, ahead);
        }
    }
    for (size_t w = 0; w < CLASS_LIMIT / 64; w++) {
        uint64_t open = token->classes.bits[w] & m->l->openers.bits[w];
        for (; open != 0; open &= open - 1) {
            mark_first(m, BEGIN_CLASS | (uint32_t)(w * 64 + (size_t)__builtin_ctzll(open)), at, end, ahead);
        }
    }
}

void lexicon_mark(const struct lexicon_index *l, struct text *t)
{
    struct marker m = {l, t, mem_calloc(t->token_count + 1, sizeof(*m.keys))};
    for (size_t i = 0; i < t->token_count; i++) {
        find_keys(l, &t->tokens[i], &m.keys[i]);
        mark_word(&m, i);
    }
    for (size_t i = 0; i < t->token_count && l->hook_count > 0; i++) {
        if (t->tokens[i].kind != TOKEN_MARK) {
            mark_phrases_at(&m, i);
        }
    }
    free(m.keys);
}
