#include "pmprep/bank/taxonomy.h"

/* Families as bits, for the kinds that take some of them. */
#define BIT(family)          (1u << (family))
#define BEHAVIOURAL_FAMILIES (BIT(FAMILY_GENERAL) | BIT(FAMILY_FAILURE))
#define TRANSITION_FAMILIES  (BIT(FAMILY_WHY_PM) | BIT(FAMILY_ROLE))
#define ANY_FAMILY           ((BIT(FAMILY_COUNT) - 1) & ~BIT(FAMILY_NONE))
#define CASE_FAMILIES        (ANY_FAMILY & ~BEHAVIOURAL_FAMILIES & ~TRANSITION_FAMILIES)

static const char *const kind_names[KIND_COUNT] = {
    [KIND_BEHAVIOURAL] = "behavioural", [KIND_CASE] = "case",
    [KIND_TRANSITION] = "transition",   [KIND_PAIR] = "pair",
    [KIND_CHOICE] = "choice",           [KIND_REWRITE] = "rewrite",
    [KIND_WRITING] = "writing",         [KIND_SQL] = "sql",
    [KIND_ANSWER] = "answer",
};

struct kind_info {
    const char *plural;
    unsigned families;
    enum family fallback; /* FAMILY_NONE: the item must say */
    bool open;
    bool drilled;
};

static const struct kind_info kinds[KIND_COUNT] = {
    [KIND_BEHAVIOURAL] = {"behavioural questions", BEHAVIOURAL_FAMILIES, FAMILY_GENERAL, true, true},
    [KIND_CASE] = {"product cases", CASE_FAMILIES, FAMILY_NONE, true, true},
    [KIND_TRANSITION] = {"transition questions", TRANSITION_FAMILIES, FAMILY_WHY_PM, true, true},
    [KIND_PAIR] = {"bad and good pairs", ANY_FAMILY, FAMILY_NONE, false, true},
    [KIND_CHOICE] = {"quick choices", ANY_FAMILY, FAMILY_NONE, false, true},
    [KIND_REWRITE] = {"rewrites", ANY_FAMILY, FAMILY_NONE, false, true},
    [KIND_WRITING] = {"writing tasks", ANY_FAMILY, FAMILY_NONE, false, false},
    [KIND_SQL] = {"SQL tasks", ANY_FAMILY, FAMILY_NONE, false, false},
    [KIND_ANSWER] = {"labelled answers", ANY_FAMILY, FAMILY_NONE, false, false},
};

static const char *const family_names[FAMILY_COUNT] = {
    [FAMILY_NONE] = "",
    [FAMILY_GENERAL] = "general",
    [FAMILY_FAILURE] = "failure",
    [FAMILY_WHY_PM] = "why-pm",
    [FAMILY_ROLE] = "role",
    [FAMILY_PRODUCT_SENSE] = "product-sense",
    [FAMILY_STRATEGY] = "strategy",
    [FAMILY_METRICS] = "metrics",
    [FAMILY_PRIORITISATION] = "prioritisation",
    [FAMILY_ESTIMATION] = "estimation",
    [FAMILY_TECHNICAL] = "technical",
    [FAMILY_WORKING_BACKWARDS] = "working-backwards",
};

/* The kinds of answer that the coach tells apart: families, but one for all general behavioural questions and one for
 * all about the move. */
enum coach_kind {
    COACH_BEHAVIOURAL,
    COACH_FAILURE,
    COACH_WHY_PM,
    COACH_PRODUCT_SENSE,
    COACH_STRATEGY,
    COACH_METRICS,
    COACH_PRIORITISATION,
    COACH_ESTIMATION,
    COACH_TECHNICAL,
    COACH_WORKING_BACKWARDS,
    COACH_KIND_COUNT
};

static const char *const coach_kind_names[COACH_KIND_COUNT] = {
    [COACH_BEHAVIOURAL] = "behavioural",
    [COACH_FAILURE] = "failure",
    [COACH_WHY_PM] = "why-pm",
    [COACH_PRODUCT_SENSE] = "product-sense",
    [COACH_STRATEGY] = "strategy",
    [COACH_METRICS] = "metrics",
    [COACH_PRIORITISATION] = "prioritisation",
    [COACH_ESTIMATION] = "estimation",
    [COACH_TECHNICAL] = "technical",
    [COACH_WORKING_BACKWARDS] = "working-backwards",
};

struct family_info {
    const char *title;
    enum item_kind kind;
    enum coach_kind coach_kind;
    const char *rubric;
};

static const struct family_info families[FAMILY_COUNT] = {
    [FAMILY_NONE] = {"", KIND_BEHAVIOURAL, COACH_BEHAVIOURAL, "behavioural"},
    [FAMILY_GENERAL] = {"Behavioural", KIND_BEHAVIOURAL, COACH_BEHAVIOURAL, "behavioural"},
    [FAMILY_FAILURE] = {"Failure", KIND_BEHAVIOURAL, COACH_FAILURE, "behavioural"},
    [FAMILY_WHY_PM] = {"Why PM", KIND_TRANSITION, COACH_WHY_PM, "why-pm"},
    [FAMILY_ROLE] = {"The role", KIND_TRANSITION, COACH_WHY_PM, "why-pm"},
    [FAMILY_PRODUCT_SENSE] = {"Product sense", KIND_CASE, COACH_PRODUCT_SENSE, "product-sense"},
    [FAMILY_STRATEGY] = {"Strategy", KIND_CASE, COACH_STRATEGY, "strategy"},
    [FAMILY_METRICS] = {"Metrics", KIND_CASE, COACH_METRICS, "metrics"},
    [FAMILY_PRIORITISATION] = {"Prioritisation", KIND_CASE, COACH_PRIORITISATION, "prioritisation"},
    [FAMILY_ESTIMATION] = {"Estimation", KIND_CASE, COACH_ESTIMATION, "estimation"},
    [FAMILY_TECHNICAL] = {"Technical", KIND_CASE, COACH_TECHNICAL, "technical"},
    [FAMILY_WORKING_BACKWARDS] = {"Working backwards", KIND_CASE, COACH_WORKING_BACKWARDS, "working-backwards"},
};

static const char *const source_names[SOURCE_COUNT] = {
    [SOURCE_JUDGEMENT] = "judgement",
    [SOURCE_ARTICLES] = "articles",
    [SOURCE_PUBLIC] = "public",
};

const struct words kind_words = {"kind", kind_names, KIND_COUNT, 0};
const struct words family_words = {"family", family_names + 1, FAMILY_COUNT - 1, 1};
const struct words source_words = {"source", source_names, SOURCE_COUNT, 0};
const struct words coach_kind_words = {"kind of answer", coach_kind_names, COACH_KIND_COUNT, 0};

bool words_find(const struct words *w, struct sv s, int *value)
{
    for (int i = 0; i < w->count; i++) {
        if (sv_eqs(s, w->names[i])) {
            *value = w->first + i;
            return true;
        }
    }
    return false;
}

const char *kind_name(enum item_kind k)
{
    return kind_names[k];
}

const char *kind_plural(enum item_kind k)
{
    return kinds[k].plural;
}

bool kind_parse(struct sv s, enum item_kind *k)
{
    int value;
    if (!words_find(&kind_words, s, &value)) {
        return false;
    }
    *k = (enum item_kind)value;
    return true;
}

bool kind_is_open(enum item_kind k)
{
    return kinds[k].open;
}

bool kind_is_drilled(enum item_kind k)
{
    return kinds[k].drilled;
}

const char *family_name(enum family f)
{
    return family_names[f];
}

const char *family_title(enum family f)
{
    return families[f].title;
}

bool family_parse(struct sv s, enum family *f)
{
    int value;
    if (!words_find(&family_words, s, &value)) {
        return false;
    }
    *f = (enum family)value;
    return true;
}

bool family_fits(enum item_kind k, enum family f)
{
    return (kinds[k].families & BIT(f)) != 0;
}

enum family family_default(enum item_kind k)
{
    return kinds[k].fallback;
}

enum item_kind family_kind(enum family f)
{
    return families[f].kind;
}

const char *family_coach_kind(enum family f)
{
    return coach_kind_names[families[f].coach_kind];
}

const char *family_rubric(enum family f)
{
    return families[f].rubric;
}

const char *source_name(enum source_mark m)
{
    return source_names[m];
}

bool source_parse(struct sv s, enum source_mark *m)
{
    int value;
    if (!words_find(&source_words, s, &value)) {
        return false;
    }
    *m = (enum source_mark)value;
    return true;
}
