#include "pmprep/coach/number.h"

#include "coach/number_words.h"
#include "coach/quantity.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"

#include <math.h>

/* Claims made with numbers: what each says, what it lacks, and its arithmetic where the figures allow one. */

enum { CONTEXT = 8, LOOK_WORDS = 40 };

static const double z_power = 1.96 + 0.84; /* two-sided 5%, 80% power */

bool z_test(double k_a, double n_a, double k_b, double n_b, double *z, double *p)
{
    if (!(n_a > 0) || !(n_b > 0) || !(k_a >= 0) || !(k_b >= 0) || k_a > n_a || k_b > n_b) {
        return false;
    }
    double pooled = (k_a + k_b) / (n_a + n_b);
    double error = sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b));
    if (!(error > 0) || !isfinite(error)) {
        return false;
    }
    *z = (k_a / n_a - k_b / n_b) / error;
    *p = erfc(fabs(*z) / sqrt(2.0));
    return true;
}

double sample_needed(double p, double d)
{
    double mean = p + d / 2;
    if (!(mean > 0) || !(mean < 1) || !(fabs(d) > 0)) {
        return 0;
    }
    return ceil(2 * z_power * z_power * mean * (1 - mean) / (d * d));
}

struct auditor {
    const struct text *t;
    struct arena *a;
    struct numbers *n;
    size_t room;
};

/* How far the sentences of two numbers lie apart. */
static uint32_t apart(const struct text *t, const struct number *a, const struct number *b)
{
    uint32_t x = t->tokens[a->first].sentence;
    uint32_t y = t->tokens[b->first].sentence;
    return x > y ? x - y : y - x;
}

/* The nearest number with that role: in the sentence first, then in the next ones. Levels must be of the unit. */
static const struct number *with_role(const struct auditor *u, size_t index, enum number_role role, bool far)
{
    const struct numbers *n = u->n;
    const struct number *best = NULL;
    uint32_t best_gap = 0;
    for (size_t i = index > CONTEXT ? index - CONTEXT : 0; i < n->count && i <= index + CONTEXT; i++) {
        const struct number *o = &n->at[i];
        uint32_t sentences = apart(u->t, &n->at[index], o);
        uint32_t tokens = o->first > n->at[index].first ? o->first - n->at[index].first : n->at[index].first - o->first;
        uint32_t gap = sentences * 1000 + (tokens < 999 ? tokens : 999);
        if (i != index && o->role == role && sentences <= (far ? 1u : 0u) && (!best || gap < best_gap)) {
            best = o;
            best_gap = gap;
        }
    }
    return best;
}

/* A period or a comparison told without a number, as "a month" or "against the same weeks": a date-like entry that
 * stands for its words. NULL when the sentence has none. */
static const struct number *told_in_words(const struct auditor *u, const struct number *n, enum number_role role)
{
    static const char *const each[] = {"a", "an", "per", "each", "every", "last", "that", "the", "this", NULL};
    static const char *const against[] = {"against", "versus",    "vs",        "compared", "control", "holdout",
                                          "unlike",  "untouched", "elsewhere", "whereas",  NULL};
    const struct text *t = u->t;
    uint32_t sentence = t->tokens[n->first].sentence;
    size_t first = t->sentences[sentence].first;
    size_t end = t->sentences[sentence].end;
    first = n->first - first > LOOK_WORDS ? n->first - LOOK_WORDS : first;
    end = end - n->end > LOOK_WORDS ? n->end + LOOK_WORDS : end;
    for (size_t i = first; i < end; i++) {
        const char *word = quantity_word(t, i);
        bool period = role == NUMBER_PERIOD && quantity_time_unit(word) && i > first &&
                      quantity_among(quantity_word(t, i - 1), each) && i != n->first;
        period |= role == NUMBER_PERIOD && i > first && number_month(t, i);
        if (period || (role == NUMBER_COMPARED && quantity_among(word, against))) {
            struct number *told = arena_alloc(u->a, sizeof(*told));
            *told = (struct number){
                .first = (uint32_t)(period ? i - 1 : i), .end = (uint32_t)i + 1, .unit = UNIT_DATE, .role = role};
            return told;
        }
    }
    return NULL;
}

/* A number of UNIT_DATE may tell the period: "in March 2023". */
static const struct number *dated(const struct auditor *u, size_t index)
{
    for (size_t i = index > 2 ? index - 2 : 0; i < u->n->count && i <= index + 2; i++) {
        const struct number *o = &u->n->at[i];
        if (o->unit == UNIT_DATE && apart(u->t, o, &u->n->at[index]) == 0) {
            return o;
        }
    }
    return NULL;
}

/* Of these a percent may mean points or a part of itself. */
static bool names_a_rate(const struct auditor *u, const struct number *n)
{
    static const char *const rates[] = {
        "conversion", "retention",  "churn",      "rate",        "share",        "adoption",   "occupancy", "margin",
        "attendance", "activation", "engagement", "stickiness",  "satisfaction", "uptake",     "lift",      "uplift",
        "coverage",   "proportion", "percentage", "utilisation", "utilization",  "completion", "renewal",   NULL};
    const struct text *t = u->t;
    for (size_t i = n->first; i-- > 0 && n->first - i < 12 && t->tokens[i].sentence == t->tokens[n->first].sentence;) {
        if (quantity_among(quantity_word(t, i), rates)) {
            return true;
        }
    }
    for (size_t i = n->end; i < n->end + 4 && i < t->token_count; i++) {
        if (quantity_among(quantity_word(t, i), rates)) {
            return true;
        }
    }
    return n->end - n->first > 8;
}

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 0.06 * fabs(b) + 0.05;
}

static void settle_relative(const struct auditor *u, struct number_claim *c)
{
    const struct number *n = c->change;
    if (!n || n->unit != UNIT_PERCENT) {
        c->relative_known = true;
        c->relative = n && (n->unit == UNIT_TIMES || n->unit == UNIT_SHARE);
        return;
    }
    if (c->before && c->after) {
        double gap = fabs(c->after->value - c->before->value);
        bool part = c->before->value != 0 && close_to(100 * gap / fabs(c->before->value), fabs(n->value));
        bool points = c->before->unit == UNIT_PERCENT && close_to(gap, fabs(n->value));
        c->relative_known = part != points;
        c->relative = part;
        return;
    }
    bool said = strcmp(quantity_word(u->t, n->end), "relative") == 0;
    c->relative = said || !names_a_rate(u, n);
    c->relative_known = c->relative;
}

static double rate_of(const struct number *n)
{
    return n->unit == UNIT_PERCENT ? n->value / 100 : n->value;
}

static bool is_rate(const struct number *n)
{
    bool unit = n && (n->unit == UNIT_PERCENT || n->unit == UNIT_SHARE);
    return unit && rate_of(n) >= 0 && rate_of(n) <= 1;
}

static bool per_arm(const struct text *t, const struct number *n)
{
    static const char *const arms[] = {"arm", "group", "side", "variant", "each", NULL};
    for (size_t i = n->end; i < n->end + 4 && i < t->token_count; i++) {
        if (quantity_among(quantity_word(t, i), arms)) {
            return true;
        }
    }
    return false;
}

/* The participants behind each of two rates: their own counts, or the sample near, per arm or halved. */
static bool find_arms(const struct auditor *u, struct number_claim *c, const struct number *a, const struct number *b,
                      bool *halved)
{
    *halved = false;
    c->n_a = a->of;
    c->n_b = b->of;
    if (c->n_a > 0 && c->n_b > 0) {
        return true;
    }
    double said = c->n_a > 0 ? c->n_a : c->n_b;
    if (said > 0 || !c->sample) {
        return false; /* one arm only */
    }
    *halved = !per_arm(u->t, c->sample);
    c->n_a = *halved ? c->sample->value / 2 : c->sample->value;
    c->n_b = c->n_a;
    return c->n_a >= 1;
}

/* "22000" as "22,000". */
static void add_grouped(struct buf *b, double count)
{
    char digits[32];
    if (!(count < 1e15)) {
        buf_addf(b, "%.2e", count);
        return;
    }
    int len = snprintf(digits, sizeof(digits), "%.0f", count);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            buf_addc(b, ',');
        }
        buf_addc(b, digits[i]);
    }
}

/* Three figures are enough for a sample size. */
static double rounded(double count)
{
    double step = count >= 1000 ? pow(10, floor(log10(count)) - 2) : 1;
    return step > 0 && isfinite(step) ? round(count / step) * step : count;
}

static void add_rate(struct buf *b, double rate)
{
    buf_addf(b, "%.3g%%", 100 * rate);
}

static void add_p(struct buf *b, double p)
{
    if (p < 0.0005) {
        buf_adds(b, "p < 0.001");
    } else {
        buf_addf(b, p < 0.0995 ? "p = %.3f" : "p = %.2f", p);
    }
}

static void test_rates(const struct auditor *u, struct number_claim *c, const struct number *a, const struct number *b)
{
    bool halved;
    if (!is_rate(a) || !is_rate(b) || !find_arms(u, c, a, b, &halved)) {
        return;
    }
    c->rate_a = rate_of(a);
    c->rate_b = rate_of(b);
    c->tested = z_test(c->rate_a * c->n_a, c->n_a, c->rate_b * c->n_b, c->n_b, &c->z, &c->p);
    if (!c->tested) {
        return;
    }
    c->n_needed = sample_needed(c->rate_b, c->rate_a - c->rate_b);
    struct buf w = BUF_INIT;
    add_rate(&w, c->rate_a);
    buf_adds(&w, " of ");
    add_grouped(&w, c->n_a);
    buf_adds(&w, " against ");
    add_rate(&w, c->rate_b);
    buf_adds(&w, " of ");
    add_grouped(&w, c->n_b);
    buf_addf(&w, ": z = %.2f, ", fabs(c->z));
    add_p(&w, c->p);
    if (c->n_needed > 0) {
        buf_adds(&w, "; 80% power needs ");
        add_grouped(&w, rounded(c->n_needed));
        buf_adds(&w, " an arm");
    }
    if (halved) {
        buf_adds(&w, "\nTaken as two equal arms, which the answer does not say.");
    }
    c->working = arena_sv(u->a, buf_sv(&w));
    buf_release(&w);
}

static void add_missing(struct buf *w, const struct number_claim *c)
{
    const struct {
        const void *part;
        const char *name;
    } parts[] = {{c->before, "the level before"},
                 {c->period, "the period"},
                 {c->sample, "the sample"},
                 {c->compared, "a comparison"}};
    bool any = false;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (!parts[i].part) {
            buf_addf(w, "%s%s", any ? ", " : "Not said: ", parts[i].name);
            any = true;
        }
    }
    if (any) {
        buf_addc(w, '.');
    }
}

/* For which starting levels a lift would be noise, as the level is not said. */
static void add_baselines(struct buf *w, const struct number_claim *c, double arm)
{
    static const double levels[] = {0.02, 0.05, 0.10, 0.20, 0.30, 0.40};
    double lift = c->change->value / 100;
    buf_addf(w, "\nIf %.3g%% is relative, with ", c->change->value);
    add_grouped(w, arm);
    buf_adds(w, " in each of two arms:");
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        double z;
        double p;
        double after = levels[i] * (1 + lift);
        if (after < 1 && z_test(after * arm, arm, levels[i] * arm, arm, &z, &p)) {
            buf_addf(w, "\n  from %2.0f%%: ", 100 * levels[i]);
            add_p(w, p);
            buf_addf(w, "%s; 80%% power needs ", p >= 0.05 ? ", noise" : "");
            add_grouped(w, rounded(sample_needed(levels[i], levels[i] * lift)));
            buf_adds(w, " an arm");
        }
    }
    double z;
    double p;
    if (0.05 + lift < 1 && z_test((0.05 + lift) * arm, arm, 0.05 * arm, arm, &z, &p)) {
        buf_addf(w, "\nIf it is points, from 5%%: z = %.1f, ", z);
        add_p(w, p);
    }
}

static void add_level(struct buf *w, const struct number *n)
{
    if (n->unit == UNIT_SHARE) {
        add_rate(w, n->value);
    } else if (n->value >= 1000 && floor(n->value) >= n->value) {
        add_grouped(w, n->value);
    } else {
        buf_addf(w, "%.6g%s", n->value, n->unit == UNIT_PERCENT ? "%" : "");
    }
}

static void explain_gap(const struct auditor *u, struct number_claim *c)
{
    struct buf w = BUF_INIT;
    add_missing(&w, c);
    bool lift = c->change && c->change->unit == UNIT_PERCENT && c->change->value > 0 && c->change->value <= 100;
    if (lift && c->sample && !c->before && apart(u->t, c->change, c->sample) == 0) {
        bool each = per_arm(u->t, c->sample) || (c->compared && c->compared->unit == UNIT_NONE);
        double arm = each ? c->sample->value : floor(c->sample->value / 2);
        if (arm >= 2) {
            add_baselines(&w, c, arm);
        }
    } else if (c->before && c->after && c->before->unit == c->after->unit && c->before->value != 0) {
        double part = 100 * (c->after->value - c->before->value) / fabs(c->before->value);
        buf_adds(&w, w.len > 0 ? "\nFrom " : "From ");
        add_level(&w, c->before);
        buf_adds(&w, " to ");
        add_level(&w, c->after);
        buf_addf(&w, " is %+.3g%% of the level before.", part);
    }
    c->working = w.len > 0 ? arena_sv(u->a, buf_sv(&w)) : "";
    buf_release(&w);
}

static const struct number *sample_for(const struct auditor *u, size_t index)
{
    const struct number *sample = with_role(u, index, NUMBER_SAMPLE, true);
    return sample ? sample : u->n->at[index].of > 0 ? &u->n->at[index] : NULL;
}

static struct number_claim *add_claim(struct auditor *u, size_t index)
{
    struct numbers *n = u->n;
    void *list = n->claims;
    mem_grow(&list, &u->room, n->claim_count + 1, sizeof(*n->claims));
    n->claims = list;
    struct number_claim *c = &n->claims[n->claim_count++];
    const struct number *at = &n->at[index];
    *c = (struct number_claim){.first = at->first, .end = at->end, .working = ""};
    c->period = with_role(u, index, NUMBER_PERIOD, true);
    c->period = c->period ? c->period : dated(u, index);
    c->period = c->period ? c->period : told_in_words(u, at, NUMBER_PERIOD);
    c->sample = sample_for(u, index);
    c->compared = with_role(u, index, NUMBER_COMPARED, true);
    c->compared = c->compared ? c->compared : told_in_words(u, at, NUMBER_COMPARED);
    return c;
}

static void finish_claim(struct auditor *u, struct number_claim *c)
{
    settle_relative(u, c);
    const struct number *shown = c->after ? c->after : c->change;
    if (is_rate(shown) && c->compared && is_rate(c->compared)) {
        test_rates(u, c, shown, c->compared);
    }
    if (!c->tested && c->after && c->before) {
        test_rates(u, c, c->after, c->before);
    }
    if (!c->tested) {
        explain_gap(u, c);
    }
}

/* Whether the levels agree with the change that is told beside them. */
static bool belongs(const struct number_claim *c)
{
    if (!c->before || !c->after || c->change->unit != UNIT_PERCENT) {
        return true;
    }
    double gap = fabs(c->after->value - c->before->value);
    bool part = c->before->value != 0 && close_to(100 * gap / fabs(c->before->value), fabs(c->change->value));
    return part || close_to(gap, fabs(c->change->value));
}

/* A change said in one number: "fell by 9%". */
static void claim_change(struct auditor *u, size_t index)
{
    const struct number *n = &u->n->at[index];
    struct number_claim *c = add_claim(u, index);
    c->change = n;
    c->before = with_role(u, index, NUMBER_BEFORE, false);
    c->after = c->before ? with_role(u, index, NUMBER_AFTER, false) : NULL;
    if (!belongs(c)) { /* levels of something else */
        c->before = NULL;
        c->after = NULL;
    }
    finish_claim(u, c);
}

/* Two levels: "from 41 to 33 minutes". */
static void claim_levels(struct auditor *u, size_t index)
{
    struct number_claim *c = add_claim(u, index);
    c->before = &u->n->at[index];
    c->after = &u->n->at[index + 1];
    c->end = c->after->end;
    finish_claim(u, c);
}

/* Two groups side by side: "9.1% of 22,000 against 8.4% of 22,000". */
static void claim_groups(struct auditor *u, size_t index)
{
    struct number_claim *c = add_claim(u, index);
    c->after = &u->n->at[index];
    if (c->compared && c->compared->unit != UNIT_DATE) {
        c->end = c->compared->end > c->end ? c->compared->end : c->end;
    }
    finish_claim(u, c);
}

/* Some other number of the same sentence tells the change of these levels. */
static bool told_as_change(const struct auditor *u, size_t index)
{
    const struct number *c = with_role(u, index, NUMBER_CHANGE, false);
    return c && unit_is_relative(c->unit);
}

static bool has_rival(const struct auditor *u, size_t index)
{
    const struct number *rival = with_role(u, index, NUMBER_COMPARED, true);
    return rival && rival->unit == u->n->at[index].unit;
}

static void audit_number(struct auditor *u, size_t i)
{
    const struct numbers *n = u->n;
    const struct number *at = &n->at[i];
    bool pair = at->role == NUMBER_BEFORE && i + 1 < n->count && n->at[i + 1].role == NUMBER_AFTER &&
                apart(u->t, at, &n->at[i + 1]) == 0;
    bool reached = i > 0 && n->at[i - 1].role == NUMBER_BEFORE;
    if (at->role == NUMBER_CHANGE && (unit_is_relative(at->unit) || at->outcome || at->technical)) {
        claim_change(u, i);
    } else if (pair && !told_as_change(u, i)) {
        claim_levels(u, i);
    } else if (at->role == NUMBER_AFTER && !reached && unit_is_relative(at->unit) && has_rival(u, i) &&
               !told_as_change(u, i)) {
        claim_groups(u, i);
    }
}

void numbers_audit(const struct text *t, struct arena *a, struct numbers *n)
{
    struct auditor u = {.t = t, .a = a, .n = n};
    n->claims = NULL;
    n->claim_count = 0;
    for (size_t i = 0; i < n->count; i++) {
        audit_number(&u, i);
    }
    struct number_claim *kept = arena_array(a, n->claim_count, sizeof(*kept));
    if (n->claim_count > 0) {
        memcpy(kept, n->claims, n->claim_count * sizeof(*kept));
    }
    free(n->claims);
    n->claims = kept;
}
