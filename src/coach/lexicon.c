#include "pmprep/coach/lexicon.h"

#include "coach/forms.h"
#include "pmprep/base/lookup.h"
#include "pmprep/base/mem.h"

#include <stdlib.h>

/* Word lists made ready: every form of every word in one table, phrases hung on the entry of their first word. */

enum { ELEMENTS_MAX = 8, GAP_MAX = 3, STEM_MAX = 24, HITS_MAX = 4 };

enum element_kind { ELEMENT_WORDS, ELEMENT_CLASS, ELEMENT_GAP };

struct element {
    enum element_kind kind;
    unsigned class;               /* ELEMENT_CLASS */
    const char *forms[FORMS_MAX]; /* ELEMENT_WORDS: any of them; one that ends in "*" is a beginning */
    size_t form_count;
};

struct phrase {
    struct element *elements;
    size_t count;
    unsigned class;
    int next; /* of the same first word, -1: none */
};

struct entry { /* what one word or stem tells */
    struct class_set classes;
    int phrases; /* that begin with it; -1: none */
};

struct lexicon_index {
    struct arena arena;
    struct lookup words; /* word or "stem*" to entry */
    struct entry *entries;
    size_t entry_count, entry_room;
    struct phrase *phrases;
    size_t phrase_count, phrase_room;
    int by_class[CLASS_LIMIT]; /* phrases that begin with a class; -1 */
    struct class_set openers;  /* classes that begin any */
    const char *names[CLASS_LIMIT];
    unsigned class_count;
    bool stems[STEM_MAX + 1]; /* lengths that stems have */
};

static const char *const built_in_names[CLASS_BUILT_IN] = {
    [CLASS_NUMBER] = "number",
    [CLASS_PERCENT] = "percent",
    [CLASS_MONEY] = "money",
    [CLASS_DURATION] = "duration",
    [CLASS_DATE] = "date",
    [CLASS_RATIO] = "ratio",
    [CLASS_CHANGE_NUMBER] = "change-number",
    [CLASS_TECHNICAL_NUMBER] = "technical-number",
    [CLASS_OUTCOME_NUMBER] = "outcome-number",
    [CLASS_BARE_PERCENT] = "bare-percent",
    [CLASS_I] = "i",
    [CLASS_WE] = "we",
    [CLASS_YOU] = "you",
    [CLASS_THEY] = "they",
    [CLASS_NEGATION] = "negation",
    [CLASS_CONDITIONAL] = "conditional",
    [CLASS_PAST] = "past",
    [CLASS_PASSIVE] = "passive",
    [CLASS_QUOTED] = "quoted",
    [CLASS_ACRONYM] = "acronym",
    [CLASS_PROPER] = "proper",
    [CLASS_CUSTOMERS] = "customers",
    [CLASS_COLLEAGUES] = "colleagues",
    [CLASS_TECHNICAL] = "technical",
    [CLASS_TECHNICAL_METRIC] = "technical-metric",
    [CLASS_BUSINESS_METRIC] = "business-metric",
    [CLASS_KNOWN_ACRONYM] = "known-acronym",
    [CLASS_GROUP] = "group",
    [CLASS_VERB] = "verb",
    [CLASS_PAST_FORM] = "past-form",
    [CLASS_PARTICIPLE_FORM] = "participle-form",
    [CLASS_AUXILIARY] = "auxiliary",
    [CLASS_BE] = "be",
};

/* The words of grammar, which are few and closed. */
static const struct {
    enum built_in_class class;
    const char *words;
} grammar[] = {
    {CLASS_I, "i i'd i'm i've i'll myself"},
    {CLASS_WE, "we we'd we're we've we'll us ourselves"},
    {CLASS_YOU, "you you'd you're you've you'll yourself"},
    {CLASS_THEY, "they they'd they're they've they'll he he'd he's she she'd she's who"},
    {CLASS_NEGATION,
     "not never no nobody none neither nor without hardly nothing cannot can't couldn't won't wouldn't don't "
     "doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't mustn't needn't ain't"},
    {CLASS_BE,
     "am is are was were be been being isn't aren't wasn't weren't i'm we're they're you're got getting gets"},
    {CLASS_AUXILIARY,
     "am is are was were be been being isn't aren't wasn't weren't i'm we're they're you're have has had "
     "haven't hasn't hadn't do does did don't doesn't didn't will won't would wouldn't can can't cannot "
     "could couldn't may might must shall should shouldn't i'd i've i'll we'd we've we'll they'd they've "
     "they'll"},
    {CLASS_CONDITIONAL, "would wouldn't could might should shall"},
};

static struct entry *entry_of(struct lexicon_index *l, const char *word)
{
    uint32_t number = lookup_add(&l->words, word, (uint32_t)l->entry_count);
    if (number == l->entry_count) {
        void *list = l->entries;
        mem_grow(&list, &l->entry_room, l->entry_count + 1, sizeof(*l->entries));
        l->entries = list;
        l->entries[l->entry_count++] = (struct entry){.phrases = -1};
        size_t n = strlen(word);
        if (word[n - 1] == '*') {
            l->stems[n - 1] = true;
        }
    }
    return &l->entries[number];
}

static void add_word(struct lexicon_index *l, const char *word, unsigned class)
{
    class_add(&entry_of(l, word)->classes, class);
}

static bool phrase_error(struct err *err, struct place where, const char *phrase, const char *why)
{
    return err_set(err, ERR_FORMAT, "%s:%u:%u: \"%s\" %s", where.file ? where.file : "-", where.line, where.column,
                   phrase, why);
}

int lexicon_class(const struct lexicon_index *l, struct sv name)
{
    for (unsigned i = 0; i < l->class_count; i++) {
        if (*l->names[i] && sv_eqs(name, l->names[i])) {
            return (int)i;
        }
    }
    return -1;
}

const char *lexicon_class_name(const struct lexicon_index *l, unsigned class)
{
    return class < l->class_count ? l->names[class] : "";
}

unsigned lexicon_class_count(const struct lexicon_index *l)
{
    return l->class_count;
}

static bool parse_element(struct lexicon_index *l, struct sv part, struct element *e)
{
    if (sv_eqs(part, "...")) {
        e->kind = ELEMENT_GAP;
        return true;
    }
    if (part.data[0] == '<' && part.data[part.len - 1] == '>') {
        int class = lexicon_class(l, sv_sub(part, 1, part.len - 2));
        e->kind = ELEMENT_CLASS;
        e->class = (unsigned)class;
        return class >= 0;
    }
    e->kind = ELEMENT_WORDS;
    if (part.data[0] == '~') {
        e->form_count = verb_forms(arena_sv(&l->arena, sv_sub(part, 1, part.len)), &l->arena, e->forms);
    } else {
        e->forms[e->form_count++] = arena_sv(&l->arena, part);
    }
    return part.len > 0 && (part.data[part.len - 1] != '*' || part.len <= STEM_MAX);
}

static void hang(struct lexicon_index *l, int *list, int phrase)
{
    if (*list != phrase) { /* two forms may be spelled alike */
        l->phrases[phrase].next = *list;
        *list = phrase;
    }
}

/* A phrase with several first forms is stored once for each: every list has its own links. */
static void store_phrase(struct lexicon_index *l, const struct phrase *p)
{
    const struct element *first = &p->elements[0];
    size_t copies = first->kind == ELEMENT_WORDS ? first->form_count : 1;
    for (size_t i = 0; i < copies; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++) {
            seen = strcmp(first->forms[i], first->forms[k]) == 0;
        }
        if (seen) {
            continue;
        }
        void *list = l->phrases;
        mem_grow(&list, &l->phrase_room, l->phrase_count + 1, sizeof(*l->phrases));
        l->phrases = list;
        l->phrases[l->phrase_count] = *p;
        int number = (int)l->phrase_count++;
        if (first->kind == ELEMENT_WORDS) {
            hang(l, &entry_of(l, first->forms[i])->phrases, number);
        } else {
            hang(l, &l->by_class[first->class], number);
            class_add(&l->openers, first->class);
        }
    }
}

static bool add_phrase(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err)
{
    struct element elements[ELEMENTS_MAX] = {{.kind = ELEMENT_WORDS}};
    size_t count = 0;
    struct sv rest = sv_trim(sv_from(text));
    struct sv part;
    while (sv_split(&rest, ' ', &part)) {
        if (part.len == 0) {
            continue;
        }
        if (count == ELEMENTS_MAX) {
            return phrase_error(err, where, text, "has more than eight parts; say it shorter");
        }
        elements[count] = (struct element){.kind = ELEMENT_WORDS};
        if (!parse_element(l, part, &elements[count])) {
            return phrase_error(err, where, text, "names a class of words that there is not");
        }
        count++;
    }
    if (count == 0 || elements[0].kind == ELEMENT_GAP || elements[count - 1].kind == ELEMENT_GAP) {
        return phrase_error(err, where, text, "must begin and end with a word");
    }
    struct phrase p = {.elements = arena_array(&l->arena, count, sizeof(*elements)), .count = count, .class = class};
    memcpy(p.elements, elements, count * sizeof(*elements));
    if (count == 1 && elements[0].kind == ELEMENT_WORDS) {
        for (size_t i = 0; i < elements[0].form_count; i++) {
            add_word(l, elements[0].forms[i], class);
        }
    } else {
        store_phrase(l, &p);
    }
    return true;
}

static void add_grammar(struct lexicon_index *l)
{
    for (size_t i = 0; i < sizeof(grammar) / sizeof(grammar[0]); i++) {
        struct sv rest = sv_from(grammar[i].words);
        struct sv word;
        while (sv_split(&rest, ' ', &word)) {
            add_word(l, arena_sv(&l->arena, word), grammar[i].class);
        }
    }
    const char *past;
    const char *participle;
    for (size_t i = 0; irregular_verb(i, &past, &participle); i++) {
        add_word(l, past, CLASS_PAST_FORM);
        add_word(l, past, CLASS_VERB);
        add_word(l, participle, CLASS_PARTICIPLE_FORM);
        add_word(l, participle, CLASS_VERB);
    }
}

/* A verb of one word; "set up" is a verb and its particle. */
static bool add_verb(struct lexicon_index *l, const char *base, unsigned class, struct place where, struct err *err)
{
    if (strchr(base, ' ')) {
        return add_phrase(l, arena_printf(&l->arena, "~%s", base), class, where, err);
    }
    const char *forms[FORMS_MAX];
    size_t count = verb_forms(base, &l->arena, forms);
    for (size_t i = 0; i < count; i++) {
        add_word(l, forms[i], class);
        add_word(l, forms[i], CLASS_VERB);
    }
    add_word(l, forms[FORM_PAST], CLASS_PAST_FORM);
    add_word(l, forms[FORM_PARTICIPLE], CLASS_PARTICIPLE_FORM);
    return true;
}

static bool add_plain(struct lexicon_index *l, const char *word, unsigned class, struct place where, struct err *err)
{
    size_t n = strlen(word);
    if (strchr(word, ' ')) {
        return add_phrase(l, word, class, where, err);
    }
    if (n == 0 || (word[n - 1] == '*' && n - 1 > STEM_MAX)) {
        return phrase_error(err, where, word, "is too long for the beginning of a word");
    }
    add_word(l, arena_strdup(&l->arena, word), class);
    return true;
}

static bool add_noun(struct lexicon_index *l, const char *singular, unsigned class, struct place where, struct err *err)
{
    const char *forms[FORMS_MAX];
    size_t count = noun_forms(singular, &l->arena, forms);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = add_plain(l, forms[i], class, where, err);
    }
    return ok;
}

typedef bool add_fn(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err);

static bool add_all(struct lexicon_index *l, const struct strings *list, unsigned class, struct place where,
                    add_fn *add, struct err *err)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!add(l, list->at[i], class, where, err)) {
            return false;
        }
    }
    return true;
}

static int new_class(struct lexicon_index *l, const char *name, struct place where, struct err *err)
{
    if (l->class_count == CLASS_LIMIT) {
        phrase_error(err, where, name, "is one class of words too many; there is room for 256");
        return -1;
    }
    l->names[l->class_count] = name;
    return (int)l->class_count++;
}

typedef bool class_fn(struct lexicon_index *l, const struct word_class *c, struct err *err);

static bool name_class(struct lexicon_index *l, const struct word_class *c, struct err *err)
{
    return lexicon_class(l, sv_from(c->id)) >= 0 || new_class(l, c->id, c->place, err) >= 0;
}

static bool fill_class(struct lexicon_index *l, const struct word_class *c, struct err *err)
{
    unsigned class = (unsigned)lexicon_class(l, sv_from(c->id));
    return add_all(l, &c->verbs, class, c->place, add_verb, err) &&
           add_all(l, &c->nouns, class, c->place, add_noun, err) &&
           add_all(l, &c->words, class, c->place, add_plain, err) &&
           add_all(l, &c->phrases, class, c->place, add_phrase, err);
}

static bool each_class(struct lexicon_index *l, const struct lexicon *files, size_t count, class_fn *fn,
                       struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < files[i].class_count; k++) {
            if (!fn(l, &files[i].classes[k], err)) {
                return false;
            }
        }
    }
    return true;
}

bool lexicon_build(struct lexicon_index **out, const struct lexicon *files, size_t count, struct err *err)
{
    struct lexicon_index *l = mem_calloc(1, sizeof(*l));
    for (size_t i = 0; i < CLASS_LIMIT; i++) {
        l->by_class[i] = -1;
    }
    for (unsigned i = 0; i < CLASS_BUILT_IN; i++) {
        l->names[l->class_count++] = built_in_names[i];
    }
    add_grammar(l);
    bool ok = each_class(l, files, count, name_class, err) && each_class(l, files, count, fill_class, err);
    if (!ok) {
        lexicon_free(l);
        l = NULL;
    }
    *out = l;
    return ok;
}

void lexicon_free(struct lexicon_index *l)
{
    if (!l) {
        return;
    }
    lookup_release(&l->words);
    free(l->entries);
    free(l->phrases);
    arena_release(&l->arena);
    free(l);
}

int lexicon_add(struct lexicon_index *l, const struct strings *phrases, struct place place, struct err *err)
{
    int class = new_class(l, "", place, err);
    return class >= 0 && add_all(l, phrases, (unsigned)class, place, add_phrase, err) ? class : -1;
}

/* ---- marking */

struct marker {
    const struct lexicon_index *l;
    struct text *t;
};

/* The entries of a word: itself, without its "'s", and every stem it begins with. The count. */
static size_t entries_of(const struct lexicon_index *l, const struct token *token, uint32_t out[HITS_MAX])
{
    size_t count = 0;
    char word[72];
    size_t n = token->length;
    if (n == 0) {
        return 0;
    }
    memcpy(word, token->lower, n + 1);
    bool found = lookup_find(&l->words, word, &out[count]);
    count += found;
    if (!found && n > 2 && word[n - 1] == 's' && word[n - 2] == '\'') {
        n -= 2;
        word[n] = '\0';
        count += lookup_find(&l->words, word, &out[count]);
    }
    for (size_t i = n < STEM_MAX ? n : STEM_MAX; i >= 2 && count < HITS_MAX; i--) {
        if (l->stems[i]) {
            char saved[2] = {word[i], word[i + 1]};
            word[i] = '*';
            word[i + 1] = '\0';
            count += lookup_find(&l->words, word, &out[count]);
            memcpy(word + i, saved, 2);
        }
    }
    return count;
}

static void add_set(struct class_set *to, const struct class_set *from)
{
    for (size_t i = 0; i < CLASS_LIMIT / 64; i++) {
        to->bits[i] |= from->bits[i];
    }
}

static void mark_word(const struct marker *m, struct token *token)
{
    uint32_t hits[HITS_MAX];
    size_t count = entries_of(m->l, token, hits);
    for (size_t i = 0; i < count; i++) {
        add_set(&token->classes, &m->l->entries[hits[i]].classes);
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

static bool form_matches(const char *form, const struct token *token)
{
    size_t n = strlen(form);
    if (form[n - 1] == '*') {
        return token->length >= n - 1 && memcmp(form, token->lower, n - 1) == 0;
    }
    return strcmp(form, token->lower) == 0;
}

static bool element_matches(const struct element *e, const struct token *token)
{
    if (token->kind == TOKEN_MARK) {
        return false;
    }
    if (e->kind == ELEMENT_CLASS) {
        return class_has(&token->classes, e->class);
    }
    for (size_t i = 0; i < e->form_count; i++) {
        if (form_matches(e->forms[i], token)) {
            return true;
        }
    }
    return false;
}

/* The token after the phrase when elements[from..] match at token `at`, else 0. A gap takes as little as it can. */
static size_t match_rest(const struct marker *m, const struct phrase *p, size_t from, size_t at, size_t end)
{
    for (size_t e = from; e < p->count; e++) {
        if (p->elements[e].kind == ELEMENT_GAP) {
            for (size_t skip = 0; skip <= GAP_MAX && at + skip < end; skip++) {
                size_t found = match_rest(m, p, e + 1, at + skip, end);
                if (found > 0 || m->t->tokens[at + skip].kind == TOKEN_MARK) {
                    return found;
                }
            }
            return 0;
        }
        if (at >= end || !element_matches(&p->elements[e], &m->t->tokens[at])) {
            return 0;
        }
        at++;
    }
    return at;
}

static void mark_phrases(const struct marker *m, int list, size_t at, size_t end)
{
    for (int i = list; i >= 0; i = m->l->phrases[i].next) {
        const struct phrase *p = &m->l->phrases[i];
        size_t stop = match_rest(m, p, 1, at + 1, end);
        for (size_t k = at; k < stop; k++) {
            class_add(&m->t->tokens[k].classes, p->class);
        }
    }
}

static void mark_phrases_at(const struct marker *m, size_t at)
{
    const struct token *token = &m->t->tokens[at];
    size_t end = m->t->sentences[token->sentence].end;
    uint32_t hits[HITS_MAX];
    size_t count = entries_of(m->l, token, hits);
    for (size_t i = 0; i < count; i++) {
        mark_phrases(m, m->l->entries[hits[i]].phrases, at, end);
    }
    for (size_t w = 0; w < CLASS_LIMIT / 64; w++) {
        uint64_t open = token->classes.bits[w] & m->l->openers.bits[w];
        for (; open != 0; open &= open - 1) {
            mark_phrases(m, m->l->by_class[w * 64 + (size_t)__builtin_ctzll(open)], at, end);
        }
    }
}

void lexicon_mark(const struct lexicon_index *l, struct text *t)
{
    struct marker m = {l, t};
    for (size_t i = 0; i < t->token_count; i++) {
        mark_word(&m, &t->tokens[i]);
    }
    for (size_t i = 0; i < t->token_count; i++) {
        if (t->tokens[i].kind != TOKEN_MARK) {
            mark_phrases_at(&m, i);
        }
    }
}
