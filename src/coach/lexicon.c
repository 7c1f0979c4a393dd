#include "pmprep/coach/lexicon.h"

#include "coach/number_words.h"
#include "coach/phrases.h"
#include "coach/traits.h"
#include "pmprep/base/mem.h"

#include <stdlib.h>

/* Word lists made ready: every form of every word in one table. */

enum { CLASS_NAME_MAX = 63, WORDS_USUAL = 16384 /* what fits into a table of 32768 slots */ };

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
    [CLASS_OUTSIDERS] = "outsiders",
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

static void add_word(struct lexicon_index *l, const char *word, unsigned class)
{
    lexicon_entry_add(l, lexicon_entry(l, word), class);
}

static void add_trait(struct lexicon_index *l, const char *word, enum word_trait trait)
{
    uint32_t number = lexicon_entry(l, word); /* may move the entries */
    struct entry *e = &l->entries[number];
    e->traits = (uint16_t)(e->traits | (unsigned)trait);
}

int lexicon_class(const struct lexicon_index *l, struct sv name)
{
    char text[CLASS_NAME_MAX + 1];
    uint32_t class;
    if (name.len == 0 || name.len > CLASS_NAME_MAX) {
        return -1;
    }
    memcpy(text, name.data, name.len);
    text[name.len] = '\0';
    return lookup_find(&l->classes, text, &class) ? (int)class : -1;
}

const char *lexicon_class_name(const struct lexicon_index *l, unsigned class)
{
    return class < l->class_count ? l->names[class] : "";
}

unsigned lexicon_class_count(const struct lexicon_index *l)
{
    return l->class_count;
}

static void add_traits(struct lexicon_index *l)
{
    enum word_trait trait;
    const char *words;
    for (size_t i = 0; trait_words(i, &trait, &words); i++) {
        struct sv rest = sv_from(words);
        struct sv word;
        while (sv_split(&rest, ' ', &word)) {
            add_trait(l, arena_sv(&l->forms, word), trait);
        }
    }
    for (size_t i = 0; number_part_at(i); i++) {
        add_trait(l, number_part_at(i)->word, TRAIT_NUMERAL);
    }
}

static void add_grammar(struct lexicon_index *l)
{
    for (size_t i = 0; i < sizeof(grammar) / sizeof(grammar[0]); i++) {
        struct sv rest = sv_from(grammar[i].words);
        struct sv word;
        while (sv_split(&rest, ' ', &word)) {
            add_word(l, arena_sv(&l->forms, word), grammar[i].class);
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
        return lexicon_phrase(l, arena_printf(&l->forms, "~%s", base), class, where, err);
    }
    const char *forms[FORMS_MAX];
    const char *word = lexicon_cut(l, sv_from(base));
    if (!word) {
        return phrase_error(err, where, base, NOT_CUT);
    }
    size_t count = verb_forms(word, &l->forms, forms);
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
    if (strchr(word, ' ')) {
        return lexicon_phrase(l, word, class, where, err);
    }
    const char *known = lexicon_cut(l, sv_from(word));
    if (!known) {
        return phrase_error(err, where, word, NOT_CUT);
    }
    add_word(l, known, class);
    return true;
}

static bool add_noun(struct lexicon_index *l, const char *singular, unsigned class, struct place where, struct err *err)
{
    const char *forms[FORMS_MAX];
    size_t count = noun_forms(singular, &l->forms, forms);
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
        arena_reset(&l->forms);
        if (!add(l, list->at[i], class, where, err)) {
            return false;
        }
    }
    return true;
}

static int new_class(struct lexicon_index *l, const char *name, struct place where, struct err *err)
{
    if (strlen(name) > CLASS_NAME_MAX) {
        phrase_error(err, where, name, "is too long for the name of a class; 63 letters are the most");
        return -1;
    }
    if (l->class_count == CLASS_LIMIT) {
        phrase_error(err, where, name, "is one class of words too many; there is room for 192");
        return -1;
    }
    l->names[l->class_count] = arena_strdup(&l->arena, name);
    if (*name) {
        lookup_add(&l->classes, l->names[l->class_count], l->class_count);
    }
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
           add_all(l, &c->phrases, class, c->place, lexicon_phrase, err);
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
    for (unsigned i = 0; i < CLASS_BUILT_IN; i++) {
        new_class(l, built_in_names[i], (struct place){0}, NULL);
    }
    lookup_reserve(&l->words, WORDS_USUAL);
    add_grammar(l);
    add_traits(l);
    bool ok = each_class(l, files, count, name_class, err) && each_class(l, files, count, fill_class, err);
    if (!ok) {
        lexicon_free(l);
        l = NULL;
    }
    *out = l;
    return ok;
}

void lexicon_watch(struct lexicon_index *l, uint32_t topic)
{
    if (!l->use) {
        l->use = arena_alloc(&l->arena, sizeof(*l->use));
        l->use->phrases = arena_array(&l->arena, l->phrase_count + 1, sizeof(*l->use->phrases));
        for (size_t i = 0; i < l->phrase_count; i++) {
            l->use->phrases[i] = SEEN_NEVER;
        }
    }
    l->use->topic = topic;
}

void lexicon_forget(struct lexicon_index *l)
{
    for (size_t i = 0; i < l->phrase_count && l->use; i++) {
        uint32_t topic = l->use->phrases[i];
        if (topic != SEEN_NEVER && topic != SEEN_OFTEN) {
            l->phrases[i].count = 0; /* matches nothing */
        }
    }
    l->use = NULL;
}

void lexicon_free(struct lexicon_index *l)
{
    if (!l) {
        return;
    }
    lookup_release(&l->words);
    lookup_release(&l->classes);
    lookup_release(&l->verb_names);
    pairs_release(&l->grown);
    pairs_release(&l->beginnings);
    free(l->entries);
    free(l->sets);
    free(l->elements);
    free(l->verbs);
    free(l->stems);
    free(l->phrases);
    free(l->hooks);
    arena_release(&l->forms);
    arena_release(&l->arena);
    free(l);
}

int lexicon_add(struct lexicon_index *l, const struct strings *phrases, struct place place, struct err *err)
{
    int class = new_class(l, "", place, err);
    return class >= 0 && add_all(l, phrases, (unsigned)class, place, lexicon_phrase, err) ? class : -1;
}
