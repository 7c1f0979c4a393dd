#include "pmprep/coach/number.h"

#include "coach/number_marker.h"
#include "coach/traits.h"
#include "pmprep/base/mem.h"

/* Finds the numbers of a text and says what each measures: whose nouns are near. */

static bool change_after(const struct number_marker *m, size_t end)
{
    for (size_t i = end; i < end + LOOK_BACK && end > 0 && same_sentence(m->t, end - 1, i); i++) {
        if (token_is(&m->t->tokens[i], TRAIT_CHANGE) || token_has(m->t, i, m->change)) {
            return !word_is(quantity_word(m->t, end), "or");
        }
    }
    return false;
}

struct evidence {
    unsigned technical, outcome; /* the nearer, the more */
};

static void weigh_token(const struct number_marker *m, size_t at, unsigned weight, struct evidence *e)
{
    const struct text *t = m->t;
    if (t->tokens[at].kind == TOKEN_MARK) {
        return;
    }
    bool metric = token_has(t, at, CLASS_TECHNICAL_METRIC);
    bool business = token_has(t, at, CLASS_BUSINESS_METRIC);
    bool people = token_has(t, at, CLASS_CUSTOMERS);
    if ((metric && !business) || (token_has(t, at, CLASS_TECHNICAL) && !business && !people)) {
        e->technical += metric ? weight * 2 : weight;
    } else if ((business && !metric) || people || token_has(t, at, m->problem)) {
        e->outcome += business && people ? weight * 2 : weight;
    }
}

/* Nouns near the number: in its clause first, up to a comma; then in its sentence. */
static struct evidence weigh(const struct number_marker *m, const struct number *n)
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
static bool counts_cases(const struct number_marker *m, const struct number *n)
{
    const struct text *t = m->t;
    for (size_t i = n->end; i < n->end + LOOK_AHEAD && same_sentence(t, n->first, i); i++) {
        if (token_has(t, i, CLASS_CUSTOMERS) || token_has(t, i, CLASS_BUSINESS_METRIC) || token_has(t, i, m->problem) ||
            token_has(t, i, m->change)) {
            return true;
        }
    }
    return number_is_frequency(t, n);
}

static void measure(struct number_marker *m, struct number *n)
{
    struct evidence e = weigh(m, n);
    bool said = e.technical != e.outcome;
    bool inherits = !said && m->last_known && moves(n) && m->t->tokens[n->first].sentence <= m->last_sentence + 2;
    bool machine = n->unit == UNIT_MACHINE || (said ? e.technical > e.outcome : inherits && m->last_technical);
    bool paid = n->unit == UNIT_MONEY;
    n->technical = machine && !paid && n->unit != UNIT_DATE && n->role != NUMBER_PERIOD;
    bool changed = number_change_near(m, n->first, NEAR) || change_after(m, n->end) ||
                   (number_is_frequency(m->t, n) && e.outcome > 2);
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
static bool has_company(const struct number_marker *m, size_t index)
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

static bool has_words_near(const struct number_marker *m, const struct number *n)
{
    const struct text *t = m->t;
    for (size_t i = n->end; i < n->end + FAR && same_sentence(t, n->first, i); i++) {
        if (token_has(t, i, m->period) || token_has(t, i, m->compared)) {
            return true;
        }
    }
    for (size_t i = 1; i <= FAR && i <= n->first && same_sentence(t, n->first, n->first - i); i++) {
        if (token_has(t, n->first - i, m->period) || token_has(t, n->first - i, m->compared)) {
            return true;
        }
    }
    return false;
}

static void mark_bare(struct number_marker *m)
{
    for (size_t i = 0; i < m->out->count; i++) {
        const struct number *n = &m->out->at[i];
        bool lift = n->role == NUMBER_CHANGE && unit_is_relative(n->unit) && !n->technical;
        if (lift && !has_company(m, i) && !has_words_near(m, n)) {
            mark(m->t, n, CLASS_BARE_PERCENT);
        }
    }
}

static size_t take(struct number_marker *m, size_t at, const struct quantity *q)
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
    n->role = number_role_of(m, n, q->change);
    number_pair_levels(m, out->count - 1, q->of);
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

static int file_class(const struct number_marker *m, const char *name)
{
    return lexicon_class(m->l, sv_from(name));
}

void numbers_mark(const struct lexicon_index *l, struct text *t, struct arena *a, struct numbers *out)
{
    *out = (struct numbers){0};
    struct number_marker m = {.l = l, .t = t, .out = out};
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
