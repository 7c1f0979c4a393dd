#include "coach/quantity.h"

#include "coach/number_words.h"
#include "coach/traits.h"

#include <math.h>

/* How far a spelled number or its base may run: what keeps the reading linear. */
enum { WORDS_MAX = 12, SUFFIX_MAX = 24 };

const char *quantity_word(const struct text *t, size_t at)
{
    return at < t->token_count && t->tokens[at].kind != TOKEN_MARK ? t->tokens[at].lower : "";
}

bool quantity_mark(const struct text *t, size_t at, const char *mark)
{
    if (at >= t->token_count || t->tokens[at].kind != TOKEN_MARK) {
        return false;
    }
    const struct token *token = &t->tokens[at];
    return sv_eqs(sv_sub(t->source, token->start, token->end - token->start), mark);
}

bool quantity_among(const char *word, const char *const *list)
{
    if (word[0] == '\0') {
        return false;
    }
    for (; *list; list++) {
        if (word[0] == **list && strcmp(word, *list) == 0) {
            return true;
        }
    }
    return false;
}

bool quantity_time_unit(const char *word)
{
    return number_unit(word) == UNIT_TIME;
}

static bool is_word(const struct text *t, size_t at, const char *word)
{
    return strcmp(quantity_word(t, at), word) == 0;
}

/* The number word at a token, NULL when it is none. */
static const struct part_word *part_at(const struct text *t, size_t at)
{
    return at < t->token_count && token_is(&t->tokens[at], TRAIT_NUMERAL) ? number_part(t->tokens[at].lower) : NULL;
}

/* "forty", "a", "forty-one": most words can be passed over. */
static bool may_begin(const struct token *t)
{
    return token_is(t, TRAIT_NUMERAL) || memchr(t->lower, '-', t->length) != NULL;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static double scale_of(const char *suffix)
{
    static const struct {
        const char *suffix;
        double scale;
    } scales[] = {{"k", 1e3}, {"m", 1e6}, {"mn", 1e6}, {"mio", 1e6}, {"bn", 1e9}, {"b", 1e9}};
    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
        if (strcmp(suffix, scales[i].suffix) == 0) {
            return scales[i].scale;
        }
    }
    return 0;
}

/* The figures of "1,900.5", read by hand: strtod follows the locale. A comma before one or two last digits is a decimal
 * one. *end is the first character after them; *dated tells a clock time, a date or a version. */
static double read_figures(const char *s, const char **end, bool *dated)
{
    double value = 0;
    double part = 0; /* weight of the next decimal */
    unsigned points = 0;
    *dated = false;
    for (; digit(*s) || ((*s == '.' || *s == ',' || *s == ':') && digit(s[1])); s++) {
        if (*s == ':') {
            *dated = true;
        } else if (*s == '.' || (*s == ',' && !(digit(s[1]) && digit(s[2]) && digit(s[3])))) {
            points++;
            part = 0.1;
        } else if (*s == ',') {
            part = 0;
        } else if (part > 0) {
            value += (*s - '0') * part;
            part /= 10;
        } else {
            value = value * 10 + (*s - '0');
        }
    }
    *dated |= points > 1;
    *end = s;
    return isfinite(value) ? value : 0;
}

/* What touches the figures: "%", "k", "ms", "th", "-minute", "-year-old". */
static void read_suffix(const char *s, struct quantity *q)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th", "am", "pm", NULL};
    char word[SUFFIX_MAX + 1];
    size_t n = 0;
    s += *s == '-';
    while (n < SUFFIX_MAX && s[n] != '\0' && s[n] != '-') {
        word[n] = s[n];
        n++;
    }
    word[n] = '\0';
    double scale = scale_of(word);
    if (strcmp(word, "%") == 0) {
        q->unit = UNIT_PERCENT;
    } else if (scale > 0) {
        q->value *= scale;
    } else if (quantity_among(word, ordinals) || strcmp(s + n, "-old") == 0) {
        q->unit = UNIT_DATE;
    } else if (q->unit == UNIT_NONE) {
        q->unit = number_unit(word);
    }
}

static bool read_digits(const struct text *t, size_t at, struct quantity *q)
{
    const char *s = t->tokens[at].lower;
    while (*s != '\0' && !digit(*s)) { /* a currency sign */
        s++;
    }
    if (*s == '\0') {
        return false;
    }
    q->unit = s > t->tokens[at].lower ? UNIT_MONEY : UNIT_NONE;
    bool dated;
    q->value = read_figures(s, &s, &dated);
    q->end = at + 1;
    if (dated) {
        q->unit = UNIT_DATE;
    } else if (*s != '\0') {
        read_suffix(s, q);
    }
    return true;
}

/* The number words before and after the hyphen of "forty-one", "two-thirds", "six-week". */
struct hyphened {
    const struct part_word *head;
    const struct part_word *tail;
    enum unit unit;
};

static bool split_hyphen(const char *word, struct hyphened *out)
{
    const char *hyphen = strchr(word, '-');
    if (!hyphen || (size_t)(hyphen - word) > SUFFIX_MAX) {
        return false;
    }
    char head[SUFFIX_MAX + 1];
    memcpy(head, word, (size_t)(hyphen - word));
    head[hyphen - word] = '\0';
    *out =
        (struct hyphened){.head = number_part(head), .tail = number_part(hyphen + 1), .unit = number_unit(hyphen + 1)};
    return out->head && out->head->part <= PART_TENS && (out->tail || out->unit != UNIT_NONE);
}

struct spelled {
    double total, current;
    bool any;    /* a word was read */
    bool scaled; /* the last one was hundred, thousand ... */
};

static bool spell_part(struct spelled *s, const struct part_word *p)
{
    switch (p->part) {
    case PART_ONES:
    case PART_TENS:
        if (s->any && !s->scaled && !(s->current >= 20 && p->part == PART_ONES)) {
            return false;
        }
        s->current += p->value;
        s->scaled = false;
        break;
    case PART_HUNDRED:
    case PART_DOZEN:
        s->current = (s->any ? s->current : 1) * p->value;
        s->scaled = true;
        break;
    case PART_SCALE:
        s->total += (s->any ? s->current : 1) * p->value;
        s->current = 0;
        s->scaled = true;
        break;
    case PART_FRACTION:
    case PART_MULTIPLE:
        return false;
    }
    s->any = true;
    return true;
}

static bool is_scale(const struct part_word *p)
{
    return p && (p->part == PART_HUNDRED || p->part == PART_SCALE || p->part == PART_DOZEN);
}

/* "a hundred", "a couple of hundred", "a few thousand": tokens to skip and the count they stand for. */
static size_t small_lead(const struct text *t, size_t at, double *count)
{
    if (!is_word(t, at, "a") && !is_word(t, at, "several")) {
        return 0;
    }
    *count = 1;
    if (is_scale(part_at(t, at + 1))) {
        return 1;
    }
    *count = is_word(t, at + 1, "couple") ? 2 : 3;
    size_t skip = *count < 3 && is_word(t, at + 2, "of") ? 3 : 2;
    bool lead = *count < 3 || is_word(t, at + 1, "few");
    return lead && is_scale(part_at(t, at + skip)) ? skip : 0;
}

static size_t read_spelled(const struct text *t, size_t at, struct spelled *s, struct quantity *q)
{
    size_t limit = at + WORDS_MAX;
    for (; at < limit; at++) {
        const char *word = quantity_word(t, at);
        struct hyphened h;
        const struct part_word *p = part_at(t, at);
        if (p && spell_part(s, p)) {
            continue;
        }
        if (strcmp(word, "and") == 0 && s->scaled && (p = part_at(t, at + 1)) != NULL && p->part <= PART_TENS) {
            continue;
        }
        if (!p && split_hyphen(word, &h) && spell_part(s, h.head)) {
            if (h.tail && h.tail->part == PART_FRACTION) {
                s->current /= h.tail->value;
                q->unit = UNIT_SHARE;
                return at + 1;
            }
            if (h.tail) {
                (void)spell_part(s, h.tail);
                continue;
            }
            q->unit = h.unit;
            return at + 1;
        }
        break;
    }
    return at;
}

/* The word after a fraction: "a third of", "by a third", "half the calls", but not "the third time", "a quarter later".
 */
static bool fraction_follows(const struct text *t, size_t after)
{
    static const char *const fine[] = {
        "of",  "less",   "fewer", "more",    "lower",  "higher", "shorter", "longer", "as",   "the",  "our",  "their",
        "in",  "within", "after", "at",      "and",    "to",     "over",    "a",      "an",   "that", "what", "all",
        "for", "were",   "are",   "on",      "had",    "have",   "did",     "said",   "left", "came", "gave", "its",
        "his", "her",    "my",    "cheaper", "faster", "when",   "by",      "from",   NULL};
    const char *next = quantity_word(t, after);
    return next[0] == '\0' || quantity_among(next, fine);
}

static bool half_is_part(const struct text *t, size_t at)
{
    static const char *const ordinal[] = {"first", "second", "other", "that",  "this",  "each", "last",
                                          "next",  "better", "which", "upper", "lower", NULL};
    return at > 0 && quantity_among(quantity_word(t, at - 1), ordinal);
}

/* "a third", "one quarter", "half", "a quarter of an hour". */
static bool read_fraction(const struct text *t, size_t at, struct quantity *q)
{
    size_t i = at;
    bool half = is_word(t, i, "half");
    if (!half) {
        if (!is_word(t, i, "a") && !is_word(t, i, "one")) {
            return false;
        }
        i++;
        half = is_word(t, i, "half");
    }
    const struct part_word *p = part_at(t, i);
    if (!p || p->part != PART_FRACTION || (half && half_is_part(t, at))) {
        return false;
    }
    size_t dozen = i + 1 + is_word(t, i + 1, "a");
    if (half && is_word(t, dozen, "dozen")) {
        *q = (struct quantity){.end = dozen + 1, .value = 6};
        return true;
    }
    size_t over = i + 1 + is_word(t, i + 1, "of");
    over += is_word(t, over, "a") || is_word(t, over, "an");
    bool duration = quantity_time_unit(quantity_word(t, over)) && over > i + 1;
    bool period = p->value == 4 && at > 0 && !duration && !is_word(t, i + 1, "of") && !is_word(t, at - 1, "by") &&
                  strcmp(quantity_word(t, i), "quarter") == 0;
    if (period || (!duration && !fraction_follows(t, i + 1))) {
        return false;
    }
    *q = (struct quantity){
        .end = duration ? over + 1 : i + 1, .value = 1 / p->value, .unit = duration ? UNIT_TIME : UNIT_SHARE};
    return true;
}

static bool read_multiple(const struct text *t, size_t at, struct quantity *q)
{
    static const char *const compared[] = {"as", "the", "what", "that", "their", "more", "a", "in", NULL};
    const char *word = quantity_word(t, at);
    const struct part_word *p = part_at(t, at);
    if (p && p->part == PART_MULTIPLE) {
        *q = (struct quantity){.end = at + 1, .value = p->value, .unit = UNIT_TIMES, .change = true};
        return true;
    }
    bool twice = strcmp(word, "twice") == 0 || strcmp(word, "thrice") == 0;
    bool doubles = strcmp(word, "double") == 0 && quantity_among(quantity_word(t, at + 1), compared);
    if (!twice && !doubles) {
        return false;
    }
    bool often = quantity_among(quantity_word(t, at + 1), (const char *const[]){"a", "in", "per", NULL});
    bool ratio = quantity_among(quantity_word(t, at + 1), compared) && !often;
    *q = (struct quantity){.end = at + 1, .value = word[1] == 'h' ? 3 : 2, .unit = ratio ? UNIT_TIMES : UNIT_NONE};
    return ratio || often;
}

static bool read_words(const struct text *t, size_t at, struct quantity *q)
{
    if (read_multiple(t, at, q) || read_fraction(t, at, q)) {
        return true;
    }
    struct spelled s = {0};
    double lead = 0;
    size_t skip = small_lead(t, at, &lead);
    s.any = skip > 0;
    s.current = lead;
    *q = (struct quantity){.unit = UNIT_NONE};
    q->end = read_spelled(t, at + skip, &s, q);
    if (!s.any || q->end == at) {
        return false;
    }
    q->value = s.total + s.current;
    const struct part_word *p = part_at(t, q->end);
    bool plural = p && p->part == PART_FRACTION && p->word[strlen(p->word) - 1] == 's';
    if (plural && !(p->value == 4 && !is_word(t, q->end + 1, "of") && !fraction_follows(t, q->end + 1))) {
        q->value /= p->value;
        q->unit = UNIT_SHARE;
        q->end++;
    }
    return true;
}

/* "million", "dozen" after figures; "and a half" after either. */
static void read_tail(const struct text *t, struct quantity *q)
{
    const struct part_word *p = part_at(t, q->end);
    if (is_scale(p) && q->unit != UNIT_DATE && q->unit != UNIT_PERCENT) {
        q->value *= p->value;
        q->end++;
    }
    if (is_word(t, q->end, "and") && is_word(t, q->end + 1, "a") && is_word(t, q->end + 2, "half")) {
        q->value += 0.5;
        q->end += 3;
    }
}

static bool points_are_percent(const struct text *t, size_t at)
{
    static const char *const other[] = {"loyalty", "story", "bullet", "bonus", "per", NULL};
    bool sort = is_word(t, at, "of") &&
                quantity_among(quantity_word(t, at + 1),
                               (const char *const[]){"view", "contact", "sale", "order", "entry", NULL});
    return !sort && !quantity_among(quantity_word(t, at), other);
}

static void read_unit(const struct text *t, struct quantity *q)
{
    static const char *const full[] = {"working", "full", "whole",    "calendar", "consecutive", "more",
                                       "short",   "long", "business", "other",    NULL};
    size_t i = q->end;
    const char *word = quantity_word(t, i);
    if (quantity_mark(t, i, "%") || (strcmp(word, "per") == 0 && is_word(t, i + 1, "cent"))) {
        q->unit = UNIT_PERCENT;
        i += quantity_mark(t, i, "%") ? 1 : 2;
        word = quantity_word(t, i);
    } else if (quantity_mark(t, i, "€") || quantity_mark(t, i, "$") || quantity_mark(t, i, "£")) {
        q->unit = UNIT_MONEY;
        i++;
    }
    if ((q->unit == UNIT_PERCENT || strcmp(word, "percentage") == 0 || strcmp(word, "basis") == 0) &&
        (number_unit(word) == UNIT_POINTS || number_unit(quantity_word(t, i + 1)) == UNIT_POINTS)) {
        i += number_unit(word) == UNIT_POINTS ? 1 : 2;
        q->unit = UNIT_POINTS;
    } else if (q->unit == UNIT_NONE) {
        size_t unit = i + quantity_among(word, full);
        enum unit found = number_unit(quantity_word(t, unit));
        bool times = is_word(t, i, "times") &&
                     !quantity_among(quantity_word(t, i + 1), (const char *const[]){"a", "per", "in", "each", NULL});
        if (times || (found != UNIT_NONE && (found != UNIT_POINTS || points_are_percent(t, unit + 1)))) {
            q->unit = times ? UNIT_TIMES : found;
            i = times ? i + 1 : unit + 1;
        }
    }
    q->end = i;
}

/* The count after "of", "in" or "out of", as in "7 of 12", "98 in 100", "14 of the 20". 0 when there is none. */
static size_t base_of(const struct text *t, size_t at, double least, double *base)
{
    static const char *const filler[] = {"the", "every", "our", "those", "these", "all", "about", "some", "them", NULL};
    at += is_word(t, at, "out");
    bool in = is_word(t, at, "in");
    if (!in && !is_word(t, at, "of")) {
        return 0;
    }
    at++;
    for (int i = 0; i < 2 && quantity_among(quantity_word(t, at), filler); i++) {
        at++;
    }
    struct quantity b = {0};
    bool digits = at < t->token_count && t->tokens[at].kind == TOKEN_NUMBER;
    if (at >= t->token_count || !(digits ? read_digits(t, at, &b) : read_words(t, at, &b))) {
        return 0;
    }
    read_tail(t, &b);
    bool year = in && digits && b.value >= 1900 && b.value < 2100 && t->tokens[at].length == 4;
    bool timed = number_unit(quantity_word(t, b.end)) != UNIT_NONE && b.value != 100;
    *base = b.value;
    return b.unit == UNIT_NONE && b.value >= least && b.value > 1 && !year && !timed ? b.end : 0;
}

static void read_base(const struct text *t, struct quantity *q)
{
    double base;
    if (q->unit == UNIT_NONE && !is_word(t, q->end - 1, "twice")) {
        size_t end = base_of(t, q->end, q->value, &base);
        if (end > 0) {
            bool in = is_word(t, q->end, "in");
            q->counted = !in && base != 100 && base != 1000 && base != 10;
            q->of = base;
            q->value /= base;
            q->unit = UNIT_SHARE;
            q->end = end;
        }
    } else if (q->unit == UNIT_PERCENT && is_word(t, q->end, "of") && base_of(t, q->end, 2, &base) > 0) {
        q->of = base; /* the base is a number of its own too */
        q->counted = true;
    }
}

/* "one" is a pronoun more often than a number. */
static bool lonely_one(const struct text *t, size_t at, const struct quantity *q)
{
    return q->end == at + 1 && q->unit == UNIT_NONE && strcmp(quantity_word(t, at), "one") == 0;
}

bool quantity_read(const struct text *t, size_t at, struct quantity *q)
{
    *q = (struct quantity){.unit = UNIT_NONE};
    if (at >= t->token_count || t->tokens[at].kind == TOKEN_MARK) {
        return false;
    }
    bool figures = t->tokens[at].kind == TOKEN_NUMBER;
    bool read = figures ? read_digits(t, at, q) : may_begin(&t->tokens[at]) && read_words(t, at, q);
    if (!read) {
        return false;
    }
    read_tail(t, q);
    if (!q->change && q->unit != UNIT_DATE) {
        read_unit(t, q);
        read_base(t, q);
    }
    return !lonely_one(t, at, q);
}
