#include "pmprep/coach/number.h"

#include "coach/quantity.h"
#include "coach/traits.h"
#include "pmprep/base/mem.h"

/*
 * Finds the numbers of a text and says what each does: which words stand before and after it, whose nouns are near.
 * Every look around a number is bounded, so the whole stays linear.
 */

enum { LOOK_BACK = 6, LOOK_AHEAD = 4, NEAR = 14, FAR = 32 };

struct marker {
    const struct lexicon_index *l;
    struct text *t;
    struct numbers *out;
    size_t room;
    int change, problem, period, compared, sample; /* classes of the files; -1 when there is none */
    bool last_technical;                           /* what the numbers so far measured, for those that do not say */
    bool last_known;
    uint32_t last_sentence;
};

static int file_class(const struct marker *m, const char *name)
{
    return lexicon_class(m->l, sv_from(name));
}

static bool has(const struct text *t, size_t at, int class)
{
    return class >= 0 && at < t->token_count && class_has(&t->tokens[at].classes, (unsigned)class);
}

static bool same_sentence(const struct text *t, size_t a, size_t b)
{
    return b < t->token_count && t->tokens[a].sentence == t->tokens[b].sentence;
}

/* The word `n` before token `at` in its sentence, passing over "about", "only", "the"; "" when there is none. */
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

static bool is(const char *word, const char *other)
{
    return strcmp(word, other) == 0;
}

static bool change_near(const struct marker *m, size_t at, size_t back)
{
    const struct text *t = m->t;
    for (size_t i = 1; i <= back && i <= at && same_sentence(t, at, at - i); i++) {
        if (token_is(&t->tokens[at - i], TRAIT_CHANGE) || has(t, at - i, m->change)) {
            return true;
        }
    }
    return false;
}

static bool change_after(const struct marker *m, size_t end)
{
    for (size_t i = end; i < end + LOOK_BACK && end > 0 && same_sentence(m->t, end - 1, i); i++) {
        if (token_is(&m->t->tokens[i], TRAIT_CHANGE) || has(m->t, i, m->change)) {
            return !is(quantity_word(m->t, end), "or");
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
    bool scaled = n->unit == UNIT_TIMES && is(quantity_word(t, n->end), "as");
    return scaled || quantity_among(quantity_word(t, n->end), more);
}

static bool relative_unit(enum unit unit)
{
    return unit == UNIT_PERCENT || unit == UNIT_POINTS || unit == UNIT_SHARE || unit == UNIT_TIMES;
}

static bool is_change(const struct marker *m, const struct number *n, const char *before, size_t where)
{
    const struct text *t = m->t;
    static const char *const signs[] = {"up", "down", "plus", "minus", NULL};
    bool mark = n->first > 0 && (quantity_mark(t, n->first - 1, "+") || quantity_mark(t, n->first - 1, "-") ||
                                 quantity_mark(t, n->first - 1, "−"));
    bool range = mark && n->first > 1 && t->tokens[n->first - 2].kind == TOKEN_NUMBER;
    if ((mark && !range) || quantity_among(before, signs)) {
        return true;
    }
    if (is(before, "by") && (relative_unit(n->unit) || change_near(m, where, LOOK_BACK))) {
        return true;
    }
    static const char *const nouns[] = {"lift",        "uplift", "drop",     "increase", "reduction", "growth", "gain",
                                        "improvement", "rise",   "decrease", "decline",  "jump",      "saving", NULL};
    bool noun = is(before, "of") && where > 0 && quantity_among(quantity_word(t, where - 1), nouns);
    if (relative_unit(n->unit) && (noun || says_change_after(t, n))) {
        return true;
    }
    bool verb = token_is(&t->tokens[where], TRAIT_CHANGE) || has(t, where, m->change);
    bool level = quantity_among(before, still_words) || is(before, "reached") || is(before, "came") ||
                 is(before, "became") || is(before, "settled");
    bool part = n->unit == UNIT_SHARE && n->of > 0;
    return verb && !level && where < n->first && relative_unit(n->unit) && !part;
}

static bool is_period(const struct marker *m, const struct number *n, const char *before)
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
    return quantity_among(before, still_words) && (!is(before, "held") || n->unit != UNIT_NONE);
}

static bool is_before(const struct text *t, const struct number *n, const char *before, size_t where)
{
    const char *earlier = where > 0 && same_sentence(t, n->first, where - 1) ? quantity_word(t, where - 1) : "";
    return is(before, "from") || (is(before, "of") && is(earlier, "instead")) ||
           (is(before, "than") && is(earlier, "rather")) || (is(before, "been") && is(earlier, "had")) ||
           (is(before, "be") && is(earlier, "to")) || is(before, "previously") || is(before, "formerly") ||
           ((is(before, "was") || is(before, "were") || is(before, "had")) &&
            (quantity_among(quantity_word(t, n->end), (const char *const[]){"before", "previously", "earlier", NULL})));
}

static bool is_sample(const struct marker *m, const struct number *n, const char *before)
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
        (is(next, "in") && is(quantity_word(t, n->end + 1), "each"))) {
        return true;
    }
    bool equals = n->first > 1 && quantity_mark(t, n->first - 1, "=") && is(quantity_word(t, n->first - 2), "n");
    bool people = false;
    for (size_t i = n->end; i < n->end + 3 && same_sentence(t, n->first, i); i++) {
        people |= has(t, i, CLASS_CUSTOMERS) || has(t, i, m->sample) || has(t, i, CLASS_BUSINESS_METRIC);
    }
    return equals || (quantity_among(before, lead) && (people || n->value >= 100 || is(before, "asked")));
}

/* "two a week", "45 calls a day", "640 per month". */
static bool is_frequency(const struct text *t, const struct number *n)
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
    return quantity_among(before, be) && is_frequency(t, n);
}

static enum number_role role_of(const struct marker *m, const struct number *n, bool change_verb)
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
    bool some_of_them = n->unit == UNIT_NONE && where + 1 < n->first && is(quantity_word(t, where + 1), "the");
    if (is(before, "to") && !some_of_them && change_near(m, where, NEAR)) {
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
static void pair_levels(struct marker *m, size_t index, double base)
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
    bool to = (is(link, "to") && where >= a->end) || arrow;
    bool back = is(link, "from") && a->role == NUMBER_AFTER && where <= a->end + 2u;
    bool near = b->first < a->end + NEAR && same_sentence(t, a->first, b->first);
    if (!near || a->unit == UNIT_DATE || (!to && !back)) {
        return;
    }
    if (back) {
        b->role = NUMBER_BEFORE;
    } else if (a->role == NUMBER_BEFORE || arrow || change_near(m, a->first, NEAR) ||
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

struct evidence {
    unsigned technical, outcome; /* the nearer, the more */
};

static void weigh_token(const struct marker *m, size_t at, unsigned weight, struct evidence *e)
{
    const struct text *t = m->t;
    if (t->tokens[at].kind == TOKEN_MARK) {
        return;
    }
    bool metric = has(t, at, CLASS_TECHNICAL_METRIC);
    bool business = has(t, at, CLASS_BUSINESS_METRIC);
    bool people = has(t, at, CLASS_CUSTOMERS);
    if ((metric && !business) || (has(t, at, CLASS_TECHNICAL) && !business && !people)) {
        e->technical += metric ? weight * 2 : weight;
    } else if ((business && !metric) || people || has(t, at, m->problem)) {
        e->outcome += business && people ? weight * 2 : weight;
    }
}

/* Nouns near the number: in its clause first, up to a comma; then in its sentence. */
static struct evidence weigh(const struct marker *m, const struct number *n)
{
    const struct text *t = m->t;
    struct evidence clause = {0};
    struct evidence sentence = {0};
    bool comma = false;
    for (size_t i = n->end; i < n->end + FAR && same_sentence(t, n->first, i); i++) {
        bool near = i < n->end + LOOK_AHEAD;
        comma |= quantity_mark(t, i, ",") || quantity_mark(t, i, ";");
        bool inside = !comma && t->tokens[i].clause == t->tokens[n->first].clause;
        weigh_token(m, i, near ? 3 : 1, inside || (near && !comma) ? &clause : &sentence);
    }
    comma = false;
    for (size_t i = 1; i <= FAR && i <= n->first && same_sentence(t, n->first, n->first - i); i++) {
        comma |= quantity_mark(t, n->first - i, ",") || quantity_mark(t, n->first - i, ";");
        bool own = t->tokens[n->first - i].clause == t->tokens[n->first].clause && i <= NEAR;
        bool inside = !comma && (own || i <= LOOK_BACK);
        weigh_token(m, n->first - i, i <= LOOK_BACK ? 2 : 1, inside ? &clause : &sentence);
    }
    return clause.technical + clause.outcome > 0 ? clause : sentence;
}

static bool moves(const struct number *n)
{
    return n->role == NUMBER_CHANGE || n->role == NUMBER_BEFORE || n->role == NUMBER_AFTER ||
           n->role == NUMBER_COMPARED;
}

/* A count, a price or a duration is a result only where something changed or a measure is named. */
static bool may_be_outcome(const struct number *n, const struct evidence *e, bool changed)
{
    switch (n->unit) {
    case UNIT_DATE:
    case UNIT_MACHINE:
        return false;
    case UNIT_PERCENT:
    case UNIT_POINTS:
    case UNIT_SHARE:
        return n->role != NUMBER_PERIOD && n->role != NUMBER_SAMPLE;
    case UNIT_TIMES:
        return moves(n) || e->outcome > 0;
    case UNIT_MONEY:
    case UNIT_TIME:
        return moves(n) || (n->role == NUMBER_OTHER && e->outcome > 0 && changed);
    case UNIT_NONE:
        return moves(n) || (n->role == NUMBER_OTHER && e->outcome > 2 && changed);
    case UNIT_COUNT:
        break;
    }
    return false;
}

static bool told_by_speaker(const struct text *t, const struct number *n)
{
    uint8_t subject = t->tokens[n->first].subject;
    return n->role == NUMBER_OTHER && n->unit == UNIT_NONE && (subject == SUBJECT_I || subject == SUBJECT_WE);
}

/* "twelve complaints", "seven came back", as against "three causes". */
static bool counts_cases(const struct marker *m, const struct number *n)
{
    const struct text *t = m->t;
    for (size_t i = n->end; i < n->end + LOOK_AHEAD && same_sentence(t, n->first, i); i++) {
        if (has(t, i, CLASS_CUSTOMERS) || has(t, i, CLASS_BUSINESS_METRIC) || has(t, i, m->problem) ||
            has(t, i, m->change)) {
            return true;
        }
    }
    return is_frequency(t, n);
}

static void measure(struct marker *m, struct number *n)
{
    struct evidence e = weigh(m, n);
    bool said = e.technical != e.outcome;
    bool inherits = !said && m->last_known && moves(n) && m->t->tokens[n->first].sentence <= m->last_sentence + 2;
    bool machine = n->unit == UNIT_MACHINE || (said ? e.technical > e.outcome : inherits && m->last_technical);
    bool paid = n->unit == UNIT_MONEY;
    n->technical = machine && !paid && n->unit != UNIT_DATE && n->role != NUMBER_PERIOD;
    bool changed =
        change_near(m, n->first, NEAR) || change_after(m, n->end) || (is_frequency(m->t, n) && e.outcome > 2);
    changed = changed && (n->unit != UNIT_NONE || counts_cases(m, n));
    n->outcome = !n->technical && may_be_outcome(n, &e, changed) && !told_by_speaker(m->t, n);
    if (n->technical || n->outcome) {
        m->last_technical = n->technical;
        m->last_known = true;
        m->last_sentence = m->t->tokens[n->first].sentence;
    }
}

static void mark(struct text *t, const struct number *n, unsigned class)
{
    for (size_t i = n->first; i < n->end; i++) {
        class_add(&t->tokens[i].classes, class);
    }
}

/* lexicon_mark() took every figure for a number, for the phrases. */
static void unmark_number(struct text *t, const struct number *n)
{
    for (size_t i = n->first; i < n->end; i++) {
        t->tokens[i].classes.bits[CLASS_NUMBER / 64] &= ~(UINT64_C(1) << (CLASS_NUMBER % 64));
    }
}

static void mark_unit(struct text *t, const struct number *n)
{
    static const int classes[UNIT_COUNT] = {
        [UNIT_NONE] = -1,           [UNIT_PERCENT] = CLASS_PERCENT, [UNIT_POINTS] = CLASS_PERCENT,
        [UNIT_MONEY] = CLASS_MONEY, [UNIT_TIME] = CLASS_DURATION,   [UNIT_TIMES] = CLASS_RATIO,
        [UNIT_SHARE] = CLASS_RATIO, [UNIT_DATE] = CLASS_DATE,       [UNIT_MACHINE] = -1,
    };
    if (classes[n->unit] >= 0) {
        mark(t, n, (unsigned)classes[n->unit]);
    }
    if (n->unit == UNIT_DATE) {
        unmark_number(t, n);
    } else {
        mark(t, n, CLASS_NUMBER);
    }
    if (n->role == NUMBER_CHANGE || n->role == NUMBER_BEFORE || (n->role == NUMBER_AFTER && n->unit != UNIT_PERCENT)) {
        mark(t, n, CLASS_CHANGE_NUMBER);
    }
    if (n->technical) {
        mark(t, n, CLASS_TECHNICAL_NUMBER);
    }
    if (n->outcome) {
        mark(t, n, CLASS_OUTCOME_NUMBER);
    }
}

/* Another number near that gives the level, the period, the sample or the comparison. */
static bool has_company(const struct marker *m, size_t index)
{
    const struct numbers *out = m->out;
    const struct number *n = &out->at[index];
    size_t from = index > LOOK_BACK ? index - LOOK_BACK : 0;
    for (size_t i = from; i < out->count && i <= index + LOOK_BACK; i++) {
        const struct number *o = &out->at[i];
        uint32_t here = m->t->tokens[n->first].sentence;
        uint32_t there = m->t->tokens[o->first].sentence;
        bool near = here == there || here == there + 1 || here + 1 == there;
        bool level = o->role == NUMBER_COMPARED || o->role == NUMBER_SAMPLE || o->of > 0 ||
                     (o->role == NUMBER_BEFORE && (here == there || o->unit == n->unit)) ||
                     (o->role == NUMBER_AFTER && i == index + 1 && o->first < n->end + LOOK_AHEAD);
        bool timed = o->role == NUMBER_PERIOD && here == there;
        if (i != index && near && (level || timed)) {
            return true;
        }
    }
    return n->of > 0;
}

static bool has_words_near(const struct marker *m, const struct number *n)
{
    const struct text *t = m->t;
    for (size_t i = n->end; i < n->end + FAR && same_sentence(t, n->first, i); i++) {
        if (has(t, i, m->period) || has(t, i, m->compared)) {
            return true;
        }
    }
    for (size_t i = 1; i <= FAR && i <= n->first && same_sentence(t, n->first, n->first - i); i++) {
        if (has(t, n->first - i, m->period) || has(t, n->first - i, m->compared)) {
            return true;
        }
    }
    return false;
}

static void mark_bare(struct marker *m)
{
    for (size_t i = 0; i < m->out->count; i++) {
        const struct number *n = &m->out->at[i];
        bool lift = n->role == NUMBER_CHANGE && relative_unit(n->unit) && !n->technical;
        if (lift && !has_company(m, i) && !has_words_near(m, n)) {
            mark(m->t, n, CLASS_BARE_PERCENT);
        }
    }
}

static size_t take(struct marker *m, size_t at, const struct quantity *q)
{
    struct numbers *out = m->out;
    void *list = out->at;
    mem_grow(&list, &m->room, out->count + 1, sizeof(*out->at));
    out->at = list;
    struct number *n = &out->at[out->count++];
    *n = (struct number){.first = (uint32_t)at,
                         .end = (uint32_t)q->end,
                         .value = q->value,
                         .of = q->counted ? q->of : 0,
                         .unit = number_is_date(m->t, at, q) ? UNIT_DATE : q->unit};
    n->role = role_of(m, n, q->change);
    pair_levels(m, out->count - 1, q->of);
    return q->end;
}

static void keep_in_arena(struct arena *a, struct numbers *out)
{
    struct number *kept = arena_array(a, out->count, sizeof(*kept));
    if (out->count > 0) {
        memcpy(kept, out->at, out->count * sizeof(*kept));
    }
    free(out->at);
    out->at = kept;
}

void numbers_mark(const struct lexicon_index *l, struct text *t, struct arena *a, struct numbers *out)
{
    *out = (struct numbers){0};
    struct marker m = {.l = l, .t = t, .out = out};
    m.change = file_class(&m, "change");
    m.problem = file_class(&m, "problem");
    m.period = file_class(&m, "period");
    m.compared = file_class(&m, "compared");
    m.sample = file_class(&m, "sample");
    for (size_t at = 0; at < t->token_count;) {
        struct quantity q;
        at = quantity_read(t, at, &q) ? take(&m, at, &q) : at + 1;
    }
    keep_in_arena(a, out);
    for (size_t i = 0; i < out->count; i++) {
        measure(&m, &out->at[i]);
        mark_unit(t, &out->at[i]);
    }
    mark_bare(&m);
}
