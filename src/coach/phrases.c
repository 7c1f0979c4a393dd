#include "coach/phrases.h"

#include "pmprep/base/mem.h"

#include <string.h>

/* Words and phrases as a lexicon keeps them: every word an entry, a phrase hung on the entries of its first two words.
 */

bool phrase_error(struct err *err, struct place where, const char *phrase, const char *why)
{
    return err_set(err, ERR_FORMAT, "%s:%u:%u: \"%s\" %s", where.file ? where.file : "-", where.line, where.column,
                   phrase, why);
}

/* ---- words */

static bool is_small(struct sv word)
{
    size_t n = 0;
    while (n < word.len && word.data[n] >= 'a' && word.data[n] <= 'z') {
        n++;
    }
    return n == word.len && n > 0 && n <= WORD_MAX;
}

/* The only token of the text; NULL when it has others, or none. */
static const char *only_token(struct lexicon_index *l, struct sv source)
{
    struct text t;
    text_parse(&t, source, &l->forms);
    bool one = t.token_count == 1 && t.tokens[0].kind != TOKEN_MARK && t.tokens[0].start == 0 &&
               t.tokens[0].end == source.len && t.tokens[0].length < WORD_MAX;
    return one ? t.tokens[0].lower : NULL;
}

const char *lexicon_cut(struct lexicon_index *l, struct sv word)
{
    bool stem = word.len > 0 && word.data[word.len - 1] == '*';
    if (is_small(word)) { /* the commonest */
        return arena_sv(&l->forms, word);
    }
    if (!stem) {
        return only_token(l, word);
    }
    /* What may follow the beginning is part of the word: "pre-*". */
    const char *longer = only_token(l, sv_from(arena_printf(&l->forms, SV_FMT "x", (int)word.len - 1, word.data)));
    size_t n = longer ? strlen(longer) - 1 : 0;
    return n >= STEM_MIN && n <= STEM_MAX ? arena_printf(&l->forms, "%.*s*", (int)n, longer) : NULL;
}

static uint32_t new_set(struct lexicon_index *l, struct class_set set)
{
    void *list = l->sets;
    mem_grow(&list, &l->set_room, l->set_count + 1, sizeof(*l->sets));
    l->sets = list;
    l->sets[l->set_count] = set;
    return (uint32_t)l->set_count++;
}

uint32_t lexicon_entry(struct lexicon_index *l, const char *word)
{
    uint32_t number;
    if (lookup_find(&l->words, word, &number)) {
        return number;
    }
    if (l->set_count == 0) {
        new_set(l, (struct class_set){{0}}); /* number 0, that of new entries */
    }
    void *list = l->entries;
    mem_grow(&list, &l->entry_room, l->entry_count + 1, sizeof(*l->entries));
    l->entries = list;
    l->entries[l->entry_count] = (struct entry){.begins = false};
    size_t n = strlen(word);
    if (word[n - 1] == '*') {
        l->stem_lengths[stem_pair(word)] |= UINT32_C(1) << (n - 1);
    }
    return lookup_add(&l->words, arena_strdup(&l->arena, word), (uint32_t)l->entry_count++);
}

void lexicon_entry_add(struct lexicon_index *l, uint32_t entry, unsigned class)
{
    struct entry *e = &l->entries[entry];
    struct class_set set = l->sets[e->set];
    if (class_has(&set, class)) {
        return;
    }
    int32_t *grown = pairs_at(&l->grown, e->set, class);
    if (*grown < 0) {
        class_add(&set, class);
        *grown = (int32_t)new_set(l, set);
    }
    e->set = (uint32_t)*grown;
}

/* ---- elements */

static bool holds_form(const struct verb_element *v, uint32_t entry)
{
    for (size_t i = 0; i < v->count; i++) {
        if (v->forms[i] == entry) {
            return true;
        }
    }
    return false;
}

static uint32_t new_verb(struct lexicon_index *l, const char *base)
{
    const char *forms[FORMS_MAX];
    size_t count = verb_forms(base, &l->forms, forms);
    struct verb_element verb = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = lexicon_entry(l, forms[i]);
        if (!holds_form(&verb, entry)) {
            verb.forms[verb.count++] = entry;
        }
    }
    void *list = l->verbs;
    mem_grow(&list, &l->verb_room, l->verb_count + 1, sizeof(*l->verbs));
    l->verbs = list;
    l->verbs[l->verb_count] = verb;
    return (uint32_t)l->verb_count++;
}

static uint32_t verb_of(struct lexicon_index *l, const char *base)
{
    uint32_t verb;
    if (!lookup_find(&l->verb_names, base, &verb)) {
        verb = new_verb(l, base);
        lookup_add(&l->verb_names, arena_strdup(&l->arena, base), verb);
    }
    return verb;
}

static uint32_t new_stem(struct lexicon_index *l, struct sv beginning)
{
    void *list = l->stems;
    mem_grow(&list, &l->stem_room, l->stem_count + 1, sizeof(*l->stems));
    l->stems = list;
    l->stems[l->stem_count] = (struct stem_element){arena_sv(&l->arena, beginning), beginning.len};
    return (uint32_t)l->stem_count++;
}

static struct element element(enum element_kind kind, uint32_t number)
{
    struct element e = {.kind = kind & 7, .number = number & 0x1FFFFFFF};
    return e;
}

/* "word", "~verb" or "word*". */
static bool parse_word(struct lexicon_index *l, struct sv part, struct element *out)
{
    bool verb = part.data[0] == '~';
    const char *word = lexicon_cut(l, verb ? sv_sub(part, 1, part.len) : part);
    if (!word) {
        return false;
    }
    size_t n = strlen(word);
    if (word[n - 1] == '*') {
        *out = element(ELEMENT_STEM, new_stem(l, (struct sv){word, n - 1}));
        return !verb;
    }
    *out = verb ? element(ELEMENT_VERB, verb_of(l, word)) : element(ELEMENT_WORD, lexicon_entry(l, word));
    return true;
}

/* NULL, or what is wrong with the part. */
static const char *parse_element(struct lexicon_index *l, struct sv part, struct element *out)
{
    if (sv_eqs(part, "...")) {
        *out = element(ELEMENT_GAP, 0);
        return NULL;
    }
    if (part.data[0] == '<' && part.data[part.len - 1] == '>') {
        int class = lexicon_class(l, sv_sub(part, 1, part.len - 2));
        *out = element(ELEMENT_CLASS, (uint32_t) class);
        return class >= 0 ? NULL : "names a class of words that there is not";
    }
    return parse_word(l, part, out) ? NULL : NOT_CUT;
}

static bool parse_phrase(struct lexicon_index *l, const char *text, struct element *out, size_t *count,
                         struct place where, struct err *err)
{
    struct sv rest = sv_trim(sv_from(text));
    struct sv part;
    size_t n = 0;
    while (sv_split(&rest, ' ', &part)) {
        if (part.len == 0) {
            continue;
        }
        if (n == ELEMENTS_MAX) {
            return phrase_error(err, where, text, "has more than eight parts; say it shorter");
        }
        const char *wrong = parse_element(l, part, &out[n++]);
        if (wrong) {
            return phrase_error(err, where, text, wrong);
        }
    }
    if (n == 0 || out[0].kind == ELEMENT_GAP || out[n - 1].kind == ELEMENT_GAP) {
        return phrase_error(err, where, text, "must begin and end with a word");
    }
    *count = n;
    return true;
}

/* ---- hooks */

static void hang(struct lexicon_index *l, uint32_t phrase, uint32_t first, uint32_t second)
{
    void *list = l->hooks;
    mem_grow(&list, &l->hook_room, l->hook_count + 1, sizeof(*l->hooks));
    l->hooks = list;
    int32_t *newest = pairs_at(&l->beginnings, first, second);
    l->hooks[l->hook_count] = (struct hook){phrase, *newest};
    *newest = (int32_t)l->hook_count++;
}

/* Under every form of the second word, or any word where that is no plain one. */
static void hang_second(struct lexicon_index *l, uint32_t phrase, uint32_t first)
{
    const struct phrase *p = &l->phrases[phrase];
    const uint32_t *forms;
    uint32_t own;
    size_t count = p->count > 1 ? element_forms(l, &l->elements[p->elements + 1], &forms, &own) : 0;
    if (count == 0) {
        hang(l, phrase, first, BEGIN_ANY);
    }
    for (size_t i = 0; i < count; i++) {
        hang(l, phrase, first, forms[i]);
    }
}

/* As the first word of the phrase. */
static void hang_entry(struct lexicon_index *l, uint32_t phrase, uint32_t entry)
{
    l->entries[entry].begins = true;
    hang_second(l, phrase, entry);
}

static void hang_first(struct lexicon_index *l, uint32_t phrase)
{
    const struct element *first = &l->elements[l->phrases[phrase].elements];
    const uint32_t *forms;
    uint32_t own;
    size_t count = element_forms(l, first, &forms, &own);
    if (first->kind == ELEMENT_CLASS) {
        class_add(&l->openers, first->number);
        hang_second(l, phrase, BEGIN_CLASS | first->number);
    } else if (first->kind == ELEMENT_STEM) {
        hang_entry(l, phrase, lexicon_entry(l, arena_printf(&l->forms, "%s*", l->stems[first->number].text)));
    }
    for (size_t i = 0; i < count; i++) {
        hang_entry(l, phrase, forms[i]);
    }
}

/* The plain word after the first that has the fewest forms and stands within reach. */
static uint64_t needs_of(const struct lexicon_index *l, const struct element *elements, size_t count)
{
    uint64_t bits = 0;
    size_t reach = 0, fewest = SIZE_MAX;
    for (size_t i = 1; i < count; i++) {
        const uint32_t *forms;
        uint32_t own;
        size_t n = element_forms(l, &elements[i], &forms, &own);
        reach += elements[i].kind == ELEMENT_GAP ? GAP_MAX : 1;
        if (n == 0 || n >= fewest || reach > REACH) {
            continue;
        }
        fewest = n;
        bits = 0;
        for (size_t k = 0; k < n; k++) {
            bits |= word_bit(forms[k]);
        }
    }
    return bits;
}

static uint32_t store(struct lexicon_index *l, const struct element *elements, size_t count, unsigned class)
{
    void *list = l->elements;
    mem_grow(&list, &l->element_room, l->element_count + count, sizeof(*elements));
    l->elements = list;
    memcpy(l->elements + l->element_count, elements, count * sizeof(*elements));
    list = l->phrases;
    mem_grow(&list, &l->phrase_room, l->phrase_count + 1, sizeof(*l->phrases));
    l->phrases = list;
    l->phrases[l->phrase_count] = (struct phrase){.needs = needs_of(l, elements, count),
                                                  .elements = (uint32_t)l->element_count,
                                                  .count = (uint8_t)count,
                                                  .class = (uint8_t) class};
    l->element_count += count;
    return (uint32_t)l->phrase_count++;
}

bool lexicon_phrase(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err)
{
    struct element elements[ELEMENTS_MAX];
    size_t count = 0;
    if (!parse_phrase(l, text, elements, &count, where, err)) {
        return false;
    }
    const uint32_t *forms;
    uint32_t own;
    size_t words = count == 1 ? element_forms(l, &elements[0], &forms, &own) : 0;
    if (words == 0) {
        hang_first(l, store(l, elements, count, class));
    }
    for (size_t i = 0; i < words; i++) {
        lexicon_entry_add(l, forms[i], class);
    }
    return true;
}
