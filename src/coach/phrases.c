#include "coach/phrases.h"

#include "pmprep/base/mem.h"

#include <stdlib.h>

/* Words and phrases as a lexicon keeps them: every word an entry, a phrase hung on the entries of its first two words.
 */

bool phrase_error(struct err *err, struct place where, const char *phrase, const char *why)
{
    return err_set(err, ERR_FORMAT, "%s:%u:%u: \"%s\" %s", where.file ? where.file : "-", where.line, where.column,
                   phrase, why);
}

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
    struct arena scratch = ARENA_INIT;
    struct text t;
    text_parse(&t, source, &scratch);
    bool one = t.token_count == 1 && t.tokens[0].kind != TOKEN_MARK && t.tokens[0].start == 0 &&
               t.tokens[0].end == source.len && t.tokens[0].length < WORD_MAX;
    const char *word = one ? arena_strdup(&l->arena, t.tokens[0].lower) : NULL;
    arena_release(&scratch);
    return word;
}

const char *lexicon_cut(struct lexicon_index *l, struct sv word)
{
    bool stem = word.len > 0 && word.data[word.len - 1] == '*';
    if (is_small(word)) { /* the commonest */
        return arena_sv(&l->arena, word);
    }
    if (!stem) {
        return only_token(l, word);
    }
    /* What may follow the beginning is part of the word: "pre-*". */
    const char *longer = only_token(l, sv_from(arena_printf(&l->arena, SV_FMT "x", (int)word.len - 1, word.data)));
    size_t n = longer ? strlen(longer) - 1 : 0;
    return n >= STEM_MIN && n <= STEM_MAX ? arena_printf(&l->arena, "%.*s*", (int)n, longer) : NULL;
}

uint32_t lexicon_entry(struct lexicon_index *l, const char *word)
{
    uint32_t number = lookup_add(&l->words, word, (uint32_t)l->entry_count);
    if (number == l->entry_count) {
        void *list = l->entries;
        mem_grow(&list, &l->entry_room, l->entry_count + 1, sizeof(*l->entries));
        l->entries = list;
        l->entries[l->entry_count++] = (struct entry){.begins = false};
        size_t n = strlen(word);
        if (word[n - 1] == '*') {
            l->stems[stem_pair(word)] |= UINT32_C(1) << (n - 1);
        }
    }
    return number;
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

static bool parse_class(const struct lexicon_index *l, struct sv name, struct element *e)
{
    int class = lexicon_class(l, name);
    e->kind = ELEMENT_CLASS;
    e->class = (unsigned)class;
    return class >= 0;
}

/* "word", "~verb" or "word*". */
static bool parse_word(struct lexicon_index *l, struct sv part, struct element *e)
{
    bool verb = part.data[0] == '~';
    const char *word = lexicon_cut(l, verb ? sv_sub(part, 1, part.len) : part);
    if (!word) {
        return false;
    }
    size_t n = strlen(word);
    if (word[n - 1] == '*') {
        e->kind = ELEMENT_STEM;
        e->stem = arena_sv(&l->arena, (struct sv){word, n - 1});
        e->stem_length = n - 1;
        return !verb;
    }
    const char *forms[FORMS_MAX] = {word};
    size_t count = verb ? verb_forms(word, &l->arena, forms) : 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = lexicon_entry(l, forms[i]);
        if (!holds_form(e, entry)) {
            e->forms[e->form_count++] = entry;
        }
    }
    return true;
}

/* NULL, or what is wrong with the part. */
static const char *parse_element(struct lexicon_index *l, struct sv part, struct element *e)
{
    *e = (struct element){.kind = ELEMENT_WORDS};
    if (sv_eqs(part, "...")) {
        e->kind = ELEMENT_GAP;
        return NULL;
    }
    if (part.data[0] == '<' && part.data[part.len - 1] == '>') {
        return parse_class(l, sv_sub(part, 1, part.len - 2), e) ? NULL : "names a class of words that there is not";
    }
    return parse_word(l, part, e) ? NULL : NOT_CUT;
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
        uint32_t entry = lexicon_entry(l, arena_printf(&l->arena, "%s*", first->stem));
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

bool lexicon_phrase(struct lexicon_index *l, const char *text, unsigned class, struct place where, struct err *err)
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
        const char *wrong = parse_element(l, part, &elements[count++]);
        if (wrong) {
            return phrase_error(err, where, text, wrong);
        }
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
