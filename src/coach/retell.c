#include "pmprep/coach/retell.h"

#include <math.h>
#include <string.h>

/* Numbers that changed between two tellings. Few and certain: a number is compared only when both tellings have a
 * single one of that unit, role and noun. */

static const double ROUNDING = 0.02; /* values nearer than this share are told with another rounding */

static bool is_stop_word(const char *word)
{
    static const char *const words[] = {
        "a",      "about", "after",    "again",  "ago",     "all",   "almost", "already", "also", "an",        "and",
        "around", "as",    "at",       "back",   "before",  "but",   "by",     "down",    "each", "elsewhere", "even",
        "every",  "fewer", "for",      "from",   "had",     "has",   "have",   "here",    "in",   "instead",   "into",
        "is",     "it",    "its",      "just",   "later",   "less",  "more",   "most",    "my",   "nearly",    "new",
        "of",     "on",    "once",     "only",   "or",      "our",   "over",   "per",     "so",   "some",      "still",
        "than",   "that",  "the",      "their",  "them",    "then",  "there",  "these",   "they", "this",      "those",
        "to",     "today", "together", "too",    "twice",   "under", "up",     "was",     "we",   "were",      "which",
        "while",  "who",   "with",     "within", "without",
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* A word that can be what a number counts: there are no word kinds in the text, so it is what nothing speaks against.
 */
static bool is_noun(const struct token *t)
{
    size_t len = t->length;
    bool adverb = len > 3 && strcmp(t->lower + len - 2, "ly") == 0;
    return t->kind == TOKEN_WORD && len > 2 && !adverb && !class_has(&t->classes, CLASS_VERB) &&
           !class_has(&t->classes, CLASS_NUMBER) && !is_stop_word(t->lower);
}

/* The last of the nouns that follow the number at once, as "small sellers" in "400 of our small sellers". */
static const struct token *noun_after(const struct text *t, const struct number *n)
{
    const struct token *noun = NULL;
    for (size_t i = n->end; i < t->token_count && t->tokens[i].kind == TOKEN_WORD; i++) {
        const struct token *token = &t->tokens[i];
        bool joins = strcmp(token->lower, "of") == 0 || strcmp(token->lower, "the") == 0 ||
                     strcmp(token->lower, "our") == 0 || strcmp(token->lower, "all") == 0;
        if (is_noun(token)) {
            noun = token;
        } else if (noun || !joins) {
            break;
        }
    }
    return noun;
}

/* The nearest word before the number that names a measure or customers, or else any noun, within its sentence. */
static const struct token *noun_before(const struct text *t, const struct number *n)
{
    const struct token *nearest = NULL;
    for (size_t i = n->first; i > 0 && t->tokens[i - 1].sentence == t->tokens[n->first].sentence; i--) {
        const struct token *token = &t->tokens[i - 1];
        if (class_has(&token->classes, CLASS_BUSINESS_METRIC) || class_has(&token->classes, CLASS_TECHNICAL_METRIC)) {
            return token;
        }
        if (!nearest && is_noun(token)) {
            nearest = token;
        }
    }
    return nearest;
}

/* Counts stand before what they count; shares, sums and times tell of what was named before, unless "of" follows. */
static const struct token *noun_of(const struct text *t, const struct number *n)
{
    bool counts = n->unit == UNIT_NONE;
    bool of_follows = n->end < t->token_count && strcmp(t->tokens[n->end].lower, "of") == 0;
    const struct token *noun = counts || of_follows ? noun_after(t, n) : noun_before(t, n);
    return noun || counts ? noun : noun_after(t, n);
}

struct figure {
    const struct number *number;
    const struct token *noun, *unit_word; /* unit_word: of times and machine figures, "weeks"; NULL */
};

static size_t stem_length(const struct token *t)
{
    bool plural = t->length > 3 && t->lower[t->length - 1] == 's' && t->lower[t->length - 2] != 's';
    return plural ? t->length - 1u : t->length;
}

static bool same_word(const struct token *a, const struct token *b)
{
    if (!a || !b) {
        return a == b;
    }
    size_t len = stem_length(a);
    return len == stem_length(b) && memcmp(a->lower, b->lower, len) == 0;
}

/* A count may be the sample of a claim in one telling and stand by itself in the other. */
static bool same_role(const struct number *a, const struct number *b)
{
    bool counted =
        (a->role == NUMBER_SAMPLE || a->role == NUMBER_OTHER) && (b->role == NUMBER_SAMPLE || b->role == NUMBER_OTHER);
    return a->role == b->role || counted;
}

static bool comparable(const struct figure *a, const struct figure *b)
{
    return a->number->unit == b->number->unit && same_role(a->number, b->number) && same_word(a->noun, b->noun) &&
           same_word(a->unit_word, b->unit_word);
}

static bool read_figure(const struct text *t, const struct number *n, struct figure *out)
{
    bool unit_counts = n->unit == UNIT_TIME || n->unit == UNIT_MACHINE;
    *out = (struct figure){n, noun_of(t, n), unit_counts ? &t->tokens[n->end - 1] : NULL};
    return n->unit != UNIT_DATE && out->noun;
}

/* The only figure of a telling that can be compared with this one; NULL when there is none, or several. */
static bool find_single(const struct answer_view *v, const struct figure *like, struct figure *out)
{
    const struct numbers *all = answer_numbers(v);
    size_t found = 0;
    for (size_t i = 0; i < all->count; i++) {
        struct figure f;
        if (read_figure(answer_text(v), &all->at[i], &f) && comparable(&f, like)) {
            *out = f;
            found++;
        }
    }
    return found == 1;
}

static bool differs(const struct number *a, const struct number *b)
{
    return fabs(a->value - b->value) > ROUNDING * fmax(fabs(a->value), fabs(b->value));
}

/* The value is in that telling too, in whatever role: then it was not changed, only told from another end. */
static bool is_told(const struct answer_view *v, const struct number *n)
{
    const struct numbers *all = answer_numbers(v);
    for (size_t i = 0; i < all->count; i++) {
        if (all->at[i].unit == n->unit && !differs(&all->at[i], n)) {
            return true;
        }
    }
    return false;
}

static const char *as_written(const struct answer_view *v, const struct number *n, struct arena *a)
{
    const struct text *t = answer_text(v);
    size_t start = t->tokens[n->first].start;
    return arena_strndup(a, t->source.data + start, t->tokens[n->end - 1].end - start);
}

size_t retell_compare(const struct answer_view *was, const struct answer_view *is, struct arena *a, struct retold **out)
{
    const struct numbers *all = answer_numbers(was);
    size_t count = 0;
    *out = arena_array(a, all->count + 1, sizeof(**out));
    for (size_t i = 0; i < all->count; i++) {
        struct figure told;
        struct figure retold;
        if (read_figure(answer_text(was), &all->at[i], &told) && find_single(was, &told, &told) &&
            find_single(is, &told, &retold) && differs(told.number, retold.number) && !is_told(was, retold.number) &&
            !is_told(is, told.number)) {
            (*out)[count++] = (struct retold){arena_strdup(a, told.noun->lower), as_written(was, told.number, a),
                                              as_written(is, retold.number, a)};
        }
    }
    return count;
}
