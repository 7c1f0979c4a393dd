#include "coach/number_words.h"
#include "coach/quantity.h"

/* Quantities that are names, dates or ages: never a result. */

static bool has(const struct text *t, size_t at, enum built_in_class class)
{
    return at < t->token_count && class_has(&t->tokens[at].classes, class);
}

static bool is_year(const struct text *t, size_t at, const struct quantity *q)
{
    if (q->unit != UNIT_NONE || q->end != at + 1 || t->tokens[at].kind != TOKEN_NUMBER || t->tokens[at].length != 4 ||
        q->value < 1900 || q->value >= 2100) {
        return false;
    }
    return !has(t, q->end, CLASS_CUSTOMERS) && !has(t, q->end, CLASS_BUSINESS_METRIC);
}

/* "over 50" of people, "aged 67", "Ines, 29,", "67 years old". */
static bool is_age(const struct text *t, size_t at, const struct quantity *q)
{
    static const char *const aged[] = {"aged", "age", "ages", "turned", "turning", NULL};
    static const char *const people[] = {"people", "those", "anyone", "everybody", "everyone", "adults", NULL};
    const char *before = at > 0 ? quantity_word(t, at - 1) : "";
    if (q->unit == UNIT_TIME) {
        const char *next = quantity_word(t, q->end);
        return word_is(next, "old") || (word_is(next, "of") && word_is(quantity_word(t, q->end + 1), "age"));
    }
    if (q->unit != UNIT_NONE || q->value > 120) {
        return false;
    }
    bool bound = at > 1 && (word_is(before, "over") || word_is(before, "under")) && quantity_word(t, q->end)[0] == '\0';
    bool named = at > 1 && quantity_mark(t, at - 1, ",") && has(t, at - 2, CLASS_PROPER) &&
                 (quantity_mark(t, q->end, ",") || quantity_mark(t, q->end, "."));
    return quantity_among(before, aged) || named ||
           (bound && (has(t, at - 2, CLASS_CUSTOMERS) || quantity_among(quantity_word(t, at - 2), people)));
}

/* "step 3", "week six", "line 2", "version 4", "section 14", "room 12": names, not quantities. */
static bool is_label(const struct text *t, size_t at, const struct quantity *q)
{
    static const char *const labels[] = {
        "step",     "phase",    "version", "release", "chapter",  "page",      "line",     "room",  "gate",
        "section",  "stage",    "option",  "level",   "platform", "article",   "window",   "floor", "stand",
        "flight",   "route",    "year",    "table",   "figure",   "part",      "item",     "no",    "nr",
        "number",   "q",        "quarter", "week",    "day",      "month",     "v",        "ios",   "android",
        "terminal", "bus",      "seat",    "tier",    "unit",     "module",    "ticket",   "form",  "type",
        "track",    "district", "highway", "hall",    "l",        "paragraph", "appendix", "rule",  "goal",
        "sprint",   "round",    NULL};
    if (at == 0 || q->unit != UNIT_NONE || t->tokens[at].sentence != t->tokens[at - 1].sentence ||
        !quantity_among(quantity_word(t, at - 1), labels)) {
        return false;
    }
    static const char *const spelled[] = {"step", "phase", "stage", "week", "day", "month", "option", "round", NULL};
    if (t->tokens[at].kind == TOKEN_WORD && !quantity_among(quantity_word(t, at - 1), spelled)) {
        return false;
    }
    bool determined = at > 1 && quantity_among(quantity_word(t, at - 2),
                                               (const char *const[]){"a", "per", "each", "every", "the", "that", "one",
                                                                     "first", "last", "next", NULL});
    return !determined && !has(t, q->end, CLASS_CUSTOMERS) && !has(t, q->end, CLASS_BUSINESS_METRIC);
}

/* The 9 of "p99.9", the 2 of "v3.2". */
static bool ends_name(const struct text *t, size_t at)
{
    return at > 1 && quantity_mark(t, at - 1, ".") && t->tokens[at - 1].end == t->tokens[at].start &&
           t->tokens[at - 2].end == t->tokens[at - 1].start;
}

bool number_is_date(const struct text *t, size_t at, const struct quantity *q)
{
    static const char *const clock[] = {"am", "pm", "o'clock", NULL};
    if (q->unit == UNIT_DATE || is_age(t, at, q) || ends_name(t, at)) {
        return true;
    }
    if (q->unit != UNIT_NONE) {
        return false;
    }
    bool month = number_month(t, q->end) || (word_is(quantity_word(t, q->end), "of") && number_month(t, q->end + 1)) ||
                 (at > 0 && number_month(t, at - 1) && q->value <= 31 && t->tokens[at].kind == TOKEN_NUMBER);
    return (month && q->value <= 31) || is_year(t, at, q) || is_label(t, at, q) ||
           quantity_among(quantity_word(t, q->end), clock) ||
           (word_is(quantity_word(t, q->end), "p") && quantity_mark(t, q->end + 1, ".")) ||
           (word_is(quantity_word(t, q->end), "a") && quantity_mark(t, q->end + 1, "."));
}
