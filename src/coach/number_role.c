#include "coach/number_marker.h"

#include "coach/traits.h"

/* What a number does in its sentence: told by the words before and after it. */

/* The word before token `at` in its sentence, passing over "about", "only", "the"; "" when there is none. */
static const char *word_before(const struct text *t, size_t at, size_t *where)
{
    for (size_t i = 0; i < LOOK_BACK && at > i; i++) {
        size_t b = at - 1 - i;
        if (!same_sentence(t, at, b)) {
            break;
        }
        if (!token_is(&t->tokens[b], TRAIT_APPROXIMATE)) {
            *where = b;
            return quantity_word(t, b);
        }
    }
    *where = at;
    return "";
}

bool number_change_near(const struct number_marker *m, size_t at, size_t back)
{
    const struct text *t = m->t;
    for (size_t i = 1; i <= back && i <= at && same_sentence(t, at, at - i); i++) {
        if (token_is(&t->tokens[at - i], TRAIT_CHANGE) || token_has(t, at - i, m->change)) {
            return true;
        }
    }
    return false;
}

static const char *const still_words[] = {"stayed", "remained", "stood", "held", "steady", NULL};

/* "a 9% lift", "40% fewer", "three times as many", "12% up". */
static bool says_change_after(const struct text *t, const struct number *n)
{
    static const char *const more[] = {"more",    "less",   "fewer",  "higher",  "lower",     "faster",   "shorter",
                                       "longer",  "better", "worse",  "cheaper", "smaller",   "larger",   "up",
                                       "down",    "above",  "below",  "lift",    "uplift",    "increase", "drop",
                                       "growth",  "fall",   "rise",   "gain",    "reduction", "decrease", "improvement",
                                       "decline", "jump",   "saving", "savings", "quicker",   "greater",  NULL};
    bool scaled = n->unit == UNIT_TIMES && word_is(quantity_word(t, n->end), "as");
    return scaled || quantity_among(quantity_word(t, n->end), more);
}

static bool is_change(const struct number_marker *m, const struct number *n, const char *before, size_t where)
{
    const struct text *t = m->t;
    static const char *const signs[] = {"up", "down", "plus", "minus", NULL};
    bool mark = n->first > 0 && (quantity_mark(t, n->first - 1, "+") || quantity_mark(t, n->first - 1, "-") ||
                                 quantity_mark(t, n->first - 1, "−"));
    bool range = mark && n->first > 1 && t->tokens[n->first - 2].kind == TOKEN_NUMBER;
    if ((mark && !range) || quantity_among(before, signs)) {
        return true;
    }
    if (word_is(before, "by") && (unit_is_relative(n->unit) || number_change_near(m, where, LOOK_BACK))) {
        return true;
    }
    static const char *const nouns[] = {"lift",        "uplift", "drop",     "increase", "reduction", "growth", "gain",
                                        "improvement", "rise",   "decrease", "decline",  "jump",      "saving", NULL};
    bool noun = word_is(before, "of") && where > 0 && quantity_among(quantity_word(t, where - 1), nouns);
    if (unit_is_relative(n->unit) && (noun || says_change_after(t, n))) {
        return true;
    }
    bool verb = token_is(&t->tokens[where], TRAIT_CHANGE) || token_has(t, where, m->change);
    bool level = quantity_among(before, still_words) || word_is(before, "reached") || word_is(before, "came") ||
                 word_is(before, "became") || word_is(before, "settled");
    bool part = n->unit == UNIT_SHARE && n->of > 0;
    return verb && !level && where < n->first && unit_is_relative(n->unit) && !part;
}

static bool is_period(const struct number_marker *m, const struct number *n, const char *before)
{
    static const char *const lead[] = {"in",    "within", "after",      "over",  "for",       "during",
                                       "last",  "past",   "next",       "first", "those",     "these",
                                       "every", "per",    "throughout", "same",  "following", NULL};
    static const char *const tail[] = {"later", "in", "on", "after", "ago", "long", "earlier", "before", NULL};
    if (n->unit != UNIT_TIME) {
        return false;
    }
    return quantity_among(before, lead) || quantity_among(quantity_word(m->t, n->end), tail);
}

static bool is_compared(const struct number *n, const char *before)
{
    static const char *const lead[] = {"against", "versus", "vs", "than", "target", "unlike", "control", NULL};
    if (quantity_among(before, lead)) {
        return true;
    }
    return quantity_among(before, still_words) && (!word_is(before, "held") || n->unit != UNIT_NONE);
}

static bool is_before(const struct text *t, const struct number *n, const char *before, size_t where)
{
    const char *earlier = where > 0 && same_sentence(t, n->first, where - 1) ? quantity_word(t, where - 1) : "";
    return word_is(before, "from") || (word_is(before, "of") && word_is(earlier, "instead")) ||
           (word_is(before, "than") && word_is(earlier, "rather")) ||
           (word_is(before, "been") && word_is(earlier, "had")) || (word_is(before, "be") && word_is(earlier, "to")) ||
           word_is(before, "previously") || word_is(before, "formerly") ||
           ((word_is(before, "was") || word_is(before, "were") || word_is(before, "had")) &&
            (quantity_among(quantity_word(t, n->end), (const char *const[]){"before", "previously", "earlier", NULL})));
}

static bool is_sample(const struct number_marker *m, const struct number *n, const char *before)
{
    static const char *const per[] = {"per", "an", "a", "each", "in", NULL};
    static const char *const arms[] = {"arm", "group", "side", "each", "variant", "cell", NULL};
    static const char *const lead[] = {"of",      "among", "across", "on",       "with",        "sample",
                                       "n",       "asked", "called", "surveyed", "interviewed", "tested",
                                       "counted", "read",  "in",     "at",       "=",           NULL};
    const struct text *t = m->t;
    if (n->unit != UNIT_NONE) {
        return false;
    }
    const char *next = quantity_word(t, n->end);
    if ((quantity_among(next, per) && quantity_among(quantity_word(t, n->end + 1), arms)) ||
        (word_is(next, "in") && word_is(quantity_word(t, n->end + 1), "each"))) {
        return true;
    }
    bool equals = n->first > 1 && quantity_mark(t, n->first - 1, "=") && word_is(quantity_word(t, n->first - 2), "n");
    bool people = false;
    for (size_t i = n->end; i < n->end + 3 && same_sentence(t, n->first, i); i++) {
        people |=
            token_has(t, i, CLASS_CUSTOMERS) || token_has(t, i, m->sample) || token_has(t, i, CLASS_BUSINESS_METRIC);
    }
    return equals || (quantity_among(before, lead) && (people || n->value >= 100 || word_is(before, "asked")));
}

/* "two a week", "45 calls a day", "640 per month". */
bool number_is_frequency(const struct text *t, const struct number *n)
{
    static const char *const per[] = {"a", "an", "per", "each", "every", NULL};
    for (size_t i = n->end; i < n->end + 3 && same_sentence(t, n->first, i); i++) {
        if (quantity_among(quantity_word(t, i), per) && quantity_time_unit(quantity_word(t, i + 1))) {
            return n->unit == UNIT_NONE;
        }
    }
    return false;
}

/* "is at two a week", "are four a day now". */
static bool is_level(const struct text *t, const struct number *n, const char *before)
{
    static const char *const be[] = {"is", "are", "was", "were", "be", "been", NULL};
    return quantity_among(before, be) && number_is_frequency(t, n);
}

enum number_role number_role_of(const struct number_marker *m, const struct number *n, bool change_verb)
{
    const struct text *t = m->t;
    size_t where;
    const char *before = word_before(t, n->first, &where);
    if (n->unit == UNIT_DATE) {
        return NUMBER_OTHER;
    }
    if (change_verb || is_change(m, n, before, where)) {
        return NUMBER_CHANGE;
    }
    if (is_before(t, n, before, where)) {
        return NUMBER_BEFORE;
    }
    bool some_of_them = n->unit == UNIT_NONE && where + 1 < n->first && word_is(quantity_word(t, where + 1), "the");
    if (word_is(before, "to") && !some_of_them && number_change_near(m, where, NEAR)) {
        return NUMBER_AFTER;
    }
    if (is_compared(n, before)) {
        return NUMBER_COMPARED;
    }
    if (is_period(m, n, before)) {
        return NUMBER_PERIOD;
    }
    if (is_sample(m, n, before)) {
        return NUMBER_SAMPLE;
    }
    bool level = n->unit == UNIT_PERCENT || n->unit == UNIT_SHARE || is_level(t, n, before);
    return level ? NUMBER_AFTER : NUMBER_OTHER;
}

/* "from 41 to 33 minutes", "19 days to 6", "41 → 33": the first number is a level before if the next is reached by
 * "to"; a missing unit is that of the other, a missing base too. */
void number_pair_levels(struct number_marker *m, size_t index, double base)
{
    struct numbers *out = m->out;
    const struct text *t = m->t;
    struct number *b = &out->at[index];
    if (index == 0 || b->unit == UNIT_DATE || b->role == NUMBER_PERIOD) {
        return;
    }
    struct number *a = &out->at[index - 1];
    size_t where;
    const char *link = word_before(t, b->first, &where);
    bool arrow = b->first > 0 && (quantity_mark(t, b->first - 1, "→") ||
                                  (quantity_mark(t, b->first - 1, ">") && quantity_mark(t, b->first - 2, "-")));
    bool to = (word_is(link, "to") && where >= a->end) || arrow;
    bool back = word_is(link, "from") && a->role == NUMBER_AFTER && where <= a->end + 2u;
    bool near = b->first < a->end + NEAR && same_sentence(t, a->first, b->first);
    if (!near || a->unit == UNIT_DATE || (!to && !back)) {
        return;
    }
    if (back) {
        b->role = NUMBER_BEFORE;
    } else if (a->role == NUMBER_BEFORE || arrow || number_change_near(m, a->first, NEAR) ||
               (a->value > b->value && where <= a->end + 1u && base <= 0)) {
        a->role = NUMBER_BEFORE;
        b->role = NUMBER_AFTER;
    } else {
        return;
    }
    if (a->unit == UNIT_NONE && b->unit == UNIT_SHARE && base > 0 && a->value <= base) {
        a->unit = UNIT_SHARE;
        a->value /= base;
    } else if (a->unit == UNIT_NONE && b->unit != UNIT_SHARE) {
        a->unit = b->unit;
    } else if (b->unit == UNIT_NONE && a->unit != UNIT_SHARE) {
        b->unit = a->unit;
    }
}
