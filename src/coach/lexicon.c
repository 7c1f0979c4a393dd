#include "pmprep/coach/lexicon.h"

#include "coach/number_words.h"
#include "coach/phrases.h"
#include "coach/traits.h"
#include "pmprep/base/mem.h"

#include <stdlib.h>

/* Word lists made ready: every form of every word in one table, phrases hung on the entry of their first word. */

enum { CLASS_NAME_MAX = 63, WORDS_USUAL = 20000 };

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

static uint32_t entry_of(struct lexicon_index *l, const char *word)
{
    uint32_t number = lookup_add(&l->words, word, (uint32_t)l->entry_count);
    if (number == l->entry_count) {
        void *list = l->entries;
        mem_grow(&list, &l->entry_room, l->entry_count + 1, sizeof(*l->entries));
        l->entries = list;
        l->entries[l->entry_count++] = (struct entry){.begins = false};
        size_t n = strlen(word);
        if (word[n - 1] == '*' && n > 2 && n - 1 <= STEM_MAX) {
            l->stems[stem_pair(word)] |= UINT32_C(1) << (n - 1);
        }
    }
    return number;
}

static void add_word(struct lexicon_index *l, const char *word, unsigned class)
{
    uint32_t entry = entry_of(l, word); /* may move the entries */
    class_add(&l->entries[entry].classes, class);
}

static void add_trait(struct lexicon_index *l, const char *word, enum word_trait trait)
{
    uint32_t number = entry_of(l, word); /* may move the entries */
    struct entry *e = &l->entries[number];
    e->traits = (uint16_t)(e->traits | (unsigned)trait);
}

static bool phrase_error(struct err *err, struct place where, const char *phrase, const char *why)
{
    return err_set(err, ERR_FORMAT, "%s:%u:%u: \"%s\" %s", where.file ? where.file : "-", where.line, where.column,
                   phrase, why);
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

static bool holds_form(const struct element *e, uint32_t entry)
{
    for (size_t i = 0; i < e->form_count; i++) {
        if (e->forms[i] == entry) {
            return true;
        }
    }
    return false;
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
    if (part.data[part.len - 1] == '*') {
        e->kind = ELEMENT_STEM;
        e->stem = arena_sv(&l->arena, sv_sub(part, 0, part.len - 1));
        e->stem_length = part.len - 1;
        return part.len - 1 <= STEM_MAX;
    }
    const char *forms[FORMS_MAX] = {arena_sv(&l->arena, part)};
    size_t count =
        part.data[0] == '~' ? verb_forms(arena_sv(&l->arena, sv_sub(part, 1, part.len)), &l->arena, forms) : 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = entry_of(l, forms[i]);
        if (!holds_form(e, entry)) {
            e->forms[e->form_count++] = entry;
        }
    }
    return true;
}

static uint64_t beginning_key(uint32_t first, uint32_t second)
{
    return (uint64_t)first << 32 | second;
}

struct beginning *find_beginning(const struct lexicon_index *l, uint32_t first, uint32_t second)
{
    uint64_t key = beginning_key(first, second);
    uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15); /* Fibonacci hashing */
    size_t at = (size_t)(hash >> 32) & (l->beginning_room - 1);
    while (l->beginnings[at].phrases >= 0 && l->beginnings[at].key != key) {
        at = (at + 1) & (l->beginning_room - 1);
    }
    return &l->beginnings[at];
}

static void grow_beginnings(struct lexicon_index *l)
{
    enum { ROOM_MIN = 1024 };
    struct beginning *old = l->beginnings;
    size_t room = l->beginning_room;
    if ((l->beginning_count + 1) * 2 <= room) {
        return;
    }
    l->beginning_room = room > 0 ? room * 2 : ROOM_MIN;
    l->beginnings = mem_calloc(l->beginning_room, sizeof(*l->beginnings));
    for (size_t i = 0; i < l->beginning_room; i++) {
        l->beginnings[i].phrases = -1;
    }
    for (size_t i = 0; i < room; i++) {
        if (old[i].phrases >= 0) {
            *find_beginning(l, (uint32_t)(old[i].key >> 32), (uint32_t)old[i].key) = old[i];
        }
    }
    free(old);
}

static void hang(struct lexicon_index *l, const struct phrase *p, uint32_t first, uint32_t second)
{
    grow_beginnings(l);
    struct beginning *b = find_beginning(l, first, second);
    void *list = l->phrases;
    mem_grow(&list, &l->phrase_room, l->phrase_count + 1, sizeof(*l->phrases));
    l->phrases = list;
    l->phrases[l->phrase_count] = *p;
    l->phrases[l->phrase_count].next = b->phrases;
    l->beginning_count += b->phrases < 0;
    *b = (struct beginning){beginning_key(first, second), (int)l->phrase_count};
    l->phrase_count++;
}

/* Under every form of the second word, or any word where that is no plain one. */
static void hang_second(struct lexicon_index *l, const struct phrase *p, uint32_t first)
{
    const struct element *second = p->count > 1 ? &p->elements[1] : NULL;
    if (!second || second->kind != ELEMENT_WORDS) {
        hang(l, p, first, BEGIN_ANY);
        return;
    }
    for (size_t i = 0; i < second->form_count; i++) {
        hang(l, p, first, second->forms[i]);
    }
}

/* Every list of phrases has its own links, so a phrase is stored once for each pair of beginnings. */
static void store_phrase(struct lexicon_index *l, const struct phrase *p)
{
    const struct element *first = &p->elements[0];
    if (first->kind == ELEMENT_CLASS) {
        class_add(&l->openers, first->class);
        hang_second(l, p, BEGIN_CLASS | first->class);
    } else if (first->kind == ELEMENT_STEM) {
        uint32_t entry = entry_of(l, arena_printf(&l->arena, "%s*", first->stem));
        l->entries[entry].begins = true;
        hang_second(l, p, entry);
    }
    for (size_t i = 0; first->kind == ELEMENT_WORDS && i < first->form_count; i++) {
        l->entries[first->forms[i]].begins = true;
        hang_second(l, p, first->forms[i]);
    }
}

/* The plain word after the first that has the fewest forms and stands within reach. */
static uint64_t needs_of(const struct phrase *p)
{
    const struct element *best = NULL;
    size_t reach = 0;
    for (size_t i = 1; i < p->count; i++) {
        const struct element *e = &p->elements[i];
        reach += e->kind == ELEMENT_GAP ? GAP_MAX : 1;
        if (e->kind == ELEMENT_WORDS && reach <= REACH && (!best || e->form_count < best->form_count)) {
            best = e;
        }
    }
    uint64_t bits = 0;
    for (size_t i = 0; best && i < best->form_count; i++) {
        bits |= word_bit(best->forms[i]);
    }
    return bits;
}

static bool add_phrase(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err)
{
    struct element elements[ELEMENTS_MAX];
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
    p.needs = needs_of(&p);
    if (count == 1 && elements[0].kind == ELEMENT_WORDS) {
        for (size_t i = 0; i < elements[0].form_count; i++) {
            class_add(&l->entries[elements[0].forms[i]].classes, class);
        }
    } else {
        store_phrase(l, &p);
    }
    return true;
}

static void add_traits(struct lexicon_index *l)
{
    enum word_trait trait;
    const char *words;
    for (size_t i = 0; trait_words(i, &trait, &words); i++) {
        struct sv rest = sv_from(words);
        struct sv word;
        while (sv_split(&rest, ' ', &word)) {
            add_trait(l, arena_sv(&l->arena, word), trait);
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
    if (strlen(name) > CLASS_NAME_MAX) {
        phrase_error(err, where, name, "is too long for the name of a class; 63 letters are the most");
        return -1;
    }
    if (l->class_count == CLASS_LIMIT) {
        phrase_error(err, where, name, "is one class of words too many; there is room for 192");
        return -1;
    }
    if (*name) {
        lookup_add(&l->classes, name, l->class_count);
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

/* The copies of a phrase, which stand one after another, share their elements and were seen where any was. */
static bool is_single(const struct lexicon_index *l, size_t from, size_t end)
{
    uint32_t seen = SEEN_NEVER;
    for (size_t i = from; i < end; i++) {
        uint32_t topic = l->use->phrases[i];
        if (topic != SEEN_NEVER) {
            seen = seen == SEEN_NEVER || seen == topic ? topic : SEEN_OFTEN;
        }
    }
    return seen != SEEN_NEVER && seen != SEEN_OFTEN;
}

void lexicon_forget(struct lexicon_index *l)
{
    for (size_t from = 0, end; from < l->phrase_count && l->use; from = end) {
        for (end = from; end < l->phrase_count && l->phrases[end].elements == l->phrases[from].elements;) {
            end++;
        }
        for (size_t i = from; i < end && is_single(l, from, end); i++) {
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
    free(l->entries);
    free(l->phrases);
    free(l->beginnings);
    arena_release(&l->arena);
    free(l);
}

int lexicon_add(struct lexicon_index *l, const struct strings *phrases, struct place place, struct err *err)
{
    int class = new_class(l, "", place, err);
    return class >= 0 && add_all(l, phrases, (unsigned)class, place, add_phrase, err) ? class : -1;
}
