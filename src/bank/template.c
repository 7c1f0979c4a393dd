#include "pmprep/bank/template.h"

#include "bank/item.h"

#include <stddef.h>

/* Templates of written pieces, and what such a piece can be checked for. */

enum { MINUTES_MAX = 240, WORDS_MAX = 10000, CHARACTERS_MAX = 100000 };

/* id, gloss, flaw */
#define EACH_CHECK(X)                                                                                                  \
    X("one-sentence", "It is a single sentence.", "")                                                                  \
    X("short-sentences", "Every sentence has fewer than 30 words.", "rambling")                                        \
    X("prose", "It is prose: no bullets, headings, tables or graphics.", "")                                           \
    X("names-customer", "Its first sentence says who the customer is.", "")                                            \
    X("customer-first", "The customer and the pain come before anything that is built.", "solution-first")             \
    X("has-number", "At least one outcome has a number.", "no-number")                                                 \
    X("has-baseline", "Every number that claims a change has a baseline, a period and a source.", "naked-number")      \
    X("has-date", "It names a date or a period.", "")                                                                  \
    X("future-date", "The date it names has not come yet.", "")                                                        \
    X("has-quote", "It holds a quotation.", "")                                                                        \
    X("quote-labelled", "An invented quotation is marked as invented.", "")                                            \
    X("says-rejected", "It says which option was rejected and what that costs.", "no-decision")                        \
    X("has-result", "It ends with what changed for the customer or the business.", "no-result")                        \
    X("has-lesson", "It names what is done differently since.", "no-learning")                                         \
    X("one-actor", "The one who decides is named: I, or a role.", "we-fog")                                            \
    X("so-what", "Every technical figure goes on to what customers did or what the business earned.",                  \
      "tech-metric-only")                                                                                              \
    X("no-systems", "No system, service or architecture is named.", "implementation-heavy")                            \
    X("no-adjectives", "Figures stand where adjectives would.", "vague-claim")                                         \
    X("no-hedging", "It asserts, or gives its confidence as a number.", "hedging")                                     \
    X("no-jargon", "Abbreviations are spelled out once, plain nouns replace catchwords.", "jargon")                    \
    X("no-blame", "No person or team is blamed.", "blame")                                                             \
    X("no-schedule", "It says what and why, not when and by whom.", "project-plan")                                    \
    X("direct-answers", "Every answer begins with yes, no, a number, or that it is not known yet.", "")                \
    X("no-escape", "It says what draws you there, not what you want to leave.", "escape-narrative")

#define WHOLE(id, gloss, flaw) {id, gloss, flaw},
#define NAME(id, gloss, flaw)  id,

const struct text_check text_checks[TEXT_CHECKS] = {EACH_CHECK(WHOLE)};
static const char *const check_names[TEXT_CHECKS] = {EACH_CHECK(NAME)};
const struct words text_check_words = {"check", check_names, TEXT_CHECKS, 0};

#define SECTION(member)  offsetof(struct section, member)
#define TEMPLATE(member) offsetof(struct template, member)

static void init_section(void *record)
{
    struct section *section = record;
    section->required = true;
}

static const struct field section_fields[] = {
    {.name = "id", .type = FIELD_ID, .offset = SECTION(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = SECTION(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "about", .type = FIELD_TEXT, .offset = SECTION(about), .max = 1000, .required = FIELD_ALWAYS},
    {.name = "minutes", .type = FIELD_INT, .offset = SECTION(minutes), .min = 1, .max = MINUTES_MAX},
    {.name = "max-words", .type = FIELD_INT, .offset = SECTION(max_words), .min = 5, .max = WORDS_MAX},
    {.name = "required", .type = FIELD_BOOL, .offset = SECTION(required)},
    {.name = "checks", .type = FIELD_TERMS, .offset = SECTION(checks), .words = &text_check_words, .max = TEXT_CHECKS},
    {.name = NULL},
};
static const struct schema section_schema = {
    .what = "a section", .size = sizeof(struct section), .fields = section_fields, .init = init_section};

static const struct field template_fields[] = {
    {.name = "template", .type = FIELD_ID, .offset = TEMPLATE(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = TEMPLATE(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = TEMPLATE(source), .words = &source_words},
    {.name = "about", .type = FIELD_TEXT, .offset = TEMPLATE(about), .max = 1000, .required = FIELD_ALWAYS},
    {.name = "claims",
     .type = FIELD_MAPS,
     .offset = TEMPLATE(claims),
     .count = TEMPLATE(claim_count),
     .nested = &claim_schema,
     .max = 30},
    {.name = "minutes",
     .type = FIELD_INT,
     .offset = TEMPLATE(minutes),
     .min = 1,
     .max = MINUTES_MAX,
     .required = FIELD_ALWAYS},
    {.name = "max-words", .type = FIELD_INT, .offset = TEMPLATE(max_words), .min = 5, .max = WORDS_MAX},
    {.name = "max-characters",
     .type = FIELD_INT,
     .offset = TEMPLATE(max_characters),
     .min = 100,
     .max = CHARACTERS_MAX},
    {.name = "prose-only", .type = FIELD_BOOL, .offset = TEMPLATE(prose_only)},
    {.name = "phases",
     .type = FIELD_MAPS,
     .offset = TEMPLATE(phases),
     .count = TEMPLATE(phase_count),
     .nested = &phase_schema,
     .max = 20},
    {.name = "sections",
     .type = FIELD_MAPS,
     .offset = TEMPLATE(sections),
     .count = TEMPLATE(section_count),
     .nested = &section_schema,
     .max = 30,
     .required = FIELD_ALWAYS},
    {.name = "checks", .type = FIELD_TERMS, .offset = TEMPLATE(checks), .words = &text_check_words, .max = TEXT_CHECKS},
    {.name = NULL},
};

static void check_section_ids(struct reader *r, const struct template *t)
{
    for (size_t i = 0; i < t->section_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(t->sections[i].id, t->sections[k].id) == 0) {
                reader_problem(r, reader_text(r, t->sections[i].id), "the id \"%s\" is used twice in the template",
                               t->sections[i].id);
            }
        }
    }
}

/* The limits of the sections must leave room for all of them within the whole. */
static void check_template(struct reader *r, void *record)
{
    const struct template *t = record;
    unsigned minutes = 0;
    unsigned words = 0;
    unsigned phases = 0;
    for (size_t i = 0; i < t->section_count; i++) {
        minutes += t->sections[i].minutes;
        words += t->sections[i].max_words;
    }
    for (size_t i = 0; i < t->phase_count; i++) {
        phases += t->phases[i].minutes;
    }
    if (minutes > t->minutes) {
        reader_problem(r, reader_key(r, "minutes"), "the sections take %u minutes, the template has %u", minutes,
                       t->minutes);
    }
    if (t->phase_count > 0 && phases != t->minutes) {
        reader_problem(r, reader_key(r, "phases"), "the phases take %u minutes, the template has %u", phases,
                       t->minutes);
    }
    if (t->max_words > 0 && words > t->max_words) {
        reader_problem(r, reader_key(r, "max-words"), "the sections may have %u words, the template only %u", words,
                       t->max_words);
    }
    check_section_ids(r, t);
}

const struct schema template_schema = {
    .what = "a template", .size = sizeof(struct template), .fields = template_fields, .check = check_template};
