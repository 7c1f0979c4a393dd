#include "pmprep/bank/filter.h"
#include "pmprep/base/utf8.h"

#include <wctype.h>

/* Has it any principle, bank, flaw or word? */
static bool names_any(const struct filter *f)
{
    return (f->principles.count | f->banks.count | f->flaws.count | f->not_principles.count | f->not_banks.count |
            f->not_flaws.count | f->words.count) != 0;
}

bool filter_is_empty(const struct filter *f)
{
    bool classes = f->kinds || f->families || f->not_kinds || f->not_families;
    bool ranges = f->difficulty_min || f->difficulty_max || f->score_min > 0 || f->score_max > 0 || f->since_ms;
    return !classes && !names_any(f) && !ranges && f->due < 0 && f->fresh < 0 && f->core < 0;
}

static bool has_name(const struct strings *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_any(const struct strings *list, const struct strings *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) {
        if (has_name(list, wanted->at[i])) {
            return true;
        }
    }
    return false;
}

static bool passes(const struct strings *list, const struct strings *wanted, const struct strings *unwanted)
{
    return (wanted->count == 0 || has_any(list, wanted)) && (unwanted->count == 0 || !has_any(list, unwanted));
}

static uint32_t fold(uint32_t cp)
{
    if (cp < 0x80) {
        return cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp;
    }
    return (uint32_t)towlower((wint_t)cp);
}

/* Does text, from its start, begin with word, whatever the case? */
static bool starts_folded(struct sv text, struct sv word)
{
    while (word.len > 0) {
        uint32_t a;
        uint32_t b;
        if (text.len == 0) {
            return false;
        }
        size_t used_a = utf8_decode(text.data, text.len, &a);
        size_t used_b = utf8_decode(word.data, word.len, &b);
        if (fold(a) != fold(b)) {
            return false;
        }
        text = sv_sub(text, used_a, text.len);
        word = sv_sub(word, used_b, word.len);
    }
    return true;
}

static bool contains_folded(const char *text, const char *word)
{
    struct sv t = sv_from(text);
    struct sv w = sv_from(word);
    for (size_t i = 0; i <= t.len; i++) {
        if (starts_folded(sv_sub(t, i, t.len), w)) {
            return true;
        }
    }
    return false;
}

static bool words_match(const struct strings *words, const struct item_meta *m)
{
    for (size_t i = 0; i < words->count; i++) {
        if (!contains_folded(m->title, words->at[i]) && !contains_folded(m->key, words->at[i])) {
            return false;
        }
    }
    return true;
}

bool filter_matches_meta(const struct filter *f, const struct item_meta *m)
{
    unsigned kind = 1u << m->kind;
    unsigned family = 1u << m->family;
    if ((f->kinds && !(f->kinds & kind)) || (f->not_kinds & kind)) {
        return false;
    }
    if ((f->families && !(f->families & family)) || (f->not_families & family)) {
        return false;
    }
    if (f->core >= 0 && m->core != (f->core == 1)) {
        return false;
    }
    if ((f->difficulty_min && m->difficulty < f->difficulty_min) ||
        (f->difficulty_max && m->difficulty > f->difficulty_max)) {
        return false;
    }
    if (!names_any(f)) { /* mostly; and then thousands of items pass quickly */
        return true;
    }
    if ((f->banks.count && !has_name(&f->banks, m->bank)) || has_name(&f->not_banks, m->bank)) {
        return false;
    }
    return passes(&m->principles, &f->principles, &f->not_principles) && passes(&m->flaws, &f->flaws, &f->not_flaws) &&
           words_match(&f->words, m);
}
