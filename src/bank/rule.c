#include "pmprep/bank/rule.h"

#include "bank/item.h"

#include <stddef.h>

/* Rules of the coach: their keys, and which of them go together. Signs and phrases are the coach's to read. */

enum { SCORE_MAX = 100, WEIGHTS_MAX = 200 };

static const char *const severity_names[SEVERITY_COUNT] = {
    [SEVERITY_NOTE] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

const struct words severity_words = {"severity", severity_names, SEVERITY_COUNT, 0};

#define WEIGHT(member)  offsetof(struct weight, member)
#define FIXTURE(member) offsetof(struct rule_fixture, member)
#define RULE(member)    offsetof(struct rule, member)

static const struct field weight_fields[] = {
    {.name = "sign", .type = FIELD_TEXT, .offset = WEIGHT(sign), .max = 300},
    {.name = "weight", .type = FIELD_NUMBER, .offset = WEIGHT(weight), .min = -SCORE_MAX, .max = SCORE_MAX},
    {.name = NULL},
};
static const struct schema weight_schema = {
    .what = "a weight by sign", .size = sizeof(struct weight), .fields = weight_fields};

static const struct field fixture_fields[] = {
    {.name = "kind", .type = FIELD_TERM, .offset = FIXTURE(kind), .words = &coach_kind_words},
    {.name = "principle", .type = FIELD_ID, .offset = FIXTURE(principle)},
    {.name = "text", .type = FIELD_TEXT, .offset = FIXTURE(text), .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema fixture_schema = {
    .what = "a text", .size = sizeof(struct rule_fixture), .fields = fixture_fields};

#define FIXTURES_ROW(list)                                                                                             \
    .name = #list, .type = FIELD_MAPS, .offset = RULE(list), .count = RULE(list##_count), .nested = &fixture_schema,   \
    .max = 100
#define SCORE_ROW(member)                                                                                              \
    .name = #member, .type = FIELD_NUMBER, .offset = RULE(member), .min = -SCORE_MAX, .max = SCORE_MAX

static const struct field rule_fields[] = {
    {.name = "rule", .type = FIELD_ID, .offset = RULE(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = RULE(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "version", .type = FIELD_INT, .offset = RULE(version), .min = 1, .max = 9999},
    {.name = "severity",
     .type = FIELD_WORD,
     .offset = RULE(severity),
     .words = &severity_words,
     .required = FIELD_ALWAYS},
    {.name = "kinds", .type = FIELD_TERMS, .offset = RULE(kinds), .words = &coach_kind_words},
    {.name = "principles", .type = FIELD_IDS, .offset = RULE(principles), .max = 30},
    {.name = "except", .type = FIELD_IDS, .offset = RULE(except), .max = 30},
    {.name = "message", .type = FIELD_TEXT, .offset = RULE(message), .max = 400, .required = FIELD_ALWAYS},
    {.name = "advice", .type = FIELD_TEXT, .offset = RULE(advice), .max = 600, .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = RULE(source), .words = &source_words},
    {.name = "from", .type = FIELD_TEXT, .offset = RULE(from), .max = 300},
    {.name = "find", .type = FIELD_TEXTS, .offset = RULE(find)},
    {.name = "unless", .type = FIELD_TEXTS, .offset = RULE(unless)},
    {.name = "show", .type = FIELD_TEXTS, .offset = RULE(show), .max = 30},
    {FIXTURES_ROW(fires)},
    {FIXTURES_ROW(silent)},
    {SCORE_ROW(bias)},
    {SCORE_ROW(threshold)},
    {.name = "weights",
     .type = FIELD_DICT,
     .offset = RULE(weights),
     .count = RULE(weight_count),
     .nested = &weight_schema,
     .max = WEIGHTS_MAX},
    {.name = NULL},
};

static void init_rule(void *record)
{
    struct rule *rule = record;
    rule->version = 1;
}

/* A rule finds phrases or weighs signs; the other way's keys would do nothing. */
static void check_way(struct reader *r, const struct rule *rule)
{
    static const char *const of_weights[] = {"show", "bias", "threshold"};
    bool finds = reader_has(r, "find"), weighs = reader_has(r, "weights");
    if (finds == weighs) {
        reader_problem(r, finds ? reader_key(r, "weights") : reader_start(r),
                       finds ? "a rule has \"find\" or \"weights\", not both"
                             : "a rule needs \"find\" with phrases, or \"weights\" with signs");
        return;
    }
    if (weighs && rule->weight_count == 0) {
        reader_problem(r, reader_key(r, "weights"), "\"weights\" must have at least 1 sign");
    }
    if (weighs && !reader_has(r, "show")) {
        reader_problem(r, reader_key(r, "weights"), "a rule with \"weights\" needs \"show\": which words are marked");
    }
    if (weighs && reader_has(r, "unless")) {
        reader_problem(r, reader_key(r, "unless"), "\"unless\" goes with \"find\"");
    }
    for (size_t i = 0; finds && i < sizeof(of_weights) / sizeof(of_weights[0]); i++) {
        if (reader_has(r, of_weights[i])) {
            reader_problem(r, reader_key(r, of_weights[i]), "\"%s\" goes with \"weights\"", of_weights[i]);
        }
    }
}

static bool is_among(const char *word, const struct strings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void check_fixtures(struct reader *r, const struct rule *rule, const struct rule_fixture *at, size_t count,
                           const struct references *refs)
{
    for (size_t i = 0; i < count; i++) {
        const struct rule_fixture *f = &at[i];
        if (rule->kinds.count > 0 && !is_among(f->kind, &rule->kinds)) {
            reader_problem(r, reader_text(r, *f->kind ? f->kind : f->text),
                           "the rule is for some kinds: this text must have one of them as its \"kind\"");
        }
        if (*f->principle) {
            const char *one = f->principle;
            check_principle_ids(r, &(struct strings){&one, 1}, refs);
        }
    }
}

static void check_except(struct reader *r, const struct strings *except, const struct references *refs)
{
    for (size_t i = 0; i < except->count; i++) {
        int kind;
        if (!words_find(&coach_kind_words, sv_from(except->at[i]), &kind)) {
            check_principle_ids(r, &(struct strings){&except->at[i], 1}, refs);
        }
    }
}

static void check_rule(struct reader *r, void *record)
{
    struct rule *rule = record;
    const struct item_context *context = reader_context(r);
    const struct references *refs = context ? context->refs : NULL;
    rule->place = reader_start(r);
    check_way(r, rule);
    if (rule->source != SOURCE_JUDGEMENT && !*rule->from) {
        reader_problem(r, reader_key(r, "source"),
                       "a rule that is not our own judgement must say where it is \"from\"");
    }
    check_principle_ids(r, &rule->principles, refs);
    check_except(r, &rule->except, refs);
    check_fixtures(r, rule, rule->fires, rule->fires_count, refs);
    check_fixtures(r, rule, rule->silent, rule->silent_count, refs);
}

const struct schema rule_schema = {
    .what = "a rule", .size = sizeof(struct rule), .fields = rule_fields, .init = init_rule, .check = check_rule};

bool rule_parse(struct sv text, const char *name, struct arena *a, struct rule *out, struct problems *p)
{
    struct schema_input in = {.text = text, .name = arena_strdup(a, name), .arena = a, .problems = p};
    *out = (struct rule){.id = ""};
    return schema_read(&rule_schema, &in, out);
}
