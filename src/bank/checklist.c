#include "pmprep/bank/checklist.h"

#include "bank/item.h"

#include <stddef.h>

/* Checklists: the closed vocabulary of conditions, each kind of count with the keys that it can be narrowed by. */

static const char *const count_names[CONDITION_COUNTS] = {
    [COUNT_ANSWERS] = "answers", [COUNT_STORIES] = "stories", [COUNT_WRITINGS] = "writings",
    [COUNT_LOOPS] = "loops",     [COUNT_DAYS] = "days",       [COUNT_NOTES] = "notes",
};
static const char *const different_names[] = {"item", "story", "principle", "day"};
static const char *const each_names[] = {"principle"};
static const char *const story_fields[] = {
    "headline", "customer", "decision", "rejected", "before", "after", "period", "source", "lesson",
};

#define COUNT(names) (int)(sizeof(names) / sizeof((names)[0]))

const struct words condition_words = {"count", count_names, CONDITION_COUNTS, 0};
const struct words different_words = {"difference", different_names, COUNT(different_names), DIFFERENT_ITEM};
const struct words each_words = {"division", each_names, COUNT(each_names), 0};
const struct words story_field_words = {"field of a story", story_fields, COUNT(story_fields), 0};

#define WHEN(member) offsetof(struct condition, member)
#define ITEM(member) offsetof(struct checklist_item, member)
#define LIST(member) offsetof(struct checklist, member)
#define OF(count)    (1u << COUNT_##count)

static const struct field condition_fields[] = {
    {.name = "count", .type = FIELD_WORD, .offset = WHEN(count), .words = &condition_words, .required = FIELD_ALWAYS},
    {.name = "at-least",
     .type = FIELD_INT,
     .offset = WHEN(at_least),
     .min = 1,
     .max = 1000,
     .known = OF(ANSWERS) | OF(STORIES) | OF(WRITINGS) | OF(LOOPS) | OF(DAYS),
     .required = OF(ANSWERS) | OF(STORIES) | OF(WRITINGS) | OF(LOOPS) | OF(DAYS)},
    {.name = "kinds", .type = FIELD_TERMS, .offset = WHEN(kinds), .words = &kind_words, .known = OF(ANSWERS)},
    {.name = "families", .type = FIELD_TERMS, .offset = WHEN(families), .words = &family_words, .known = OF(ANSWERS)},
    {.name = "principles",
     .type = FIELD_IDS,
     .offset = WHEN(principles),
     .max = 16,
     .known = OF(ANSWERS) | OF(STORIES)},
    {.name = "items", .type = FIELD_TEXTS, .offset = WHEN(items), .known = OF(ANSWERS)},
    {.name = "min-level", .type = FIELD_INT, .offset = WHEN(min_level), .min = 1, .max = LEVELS, .known = OF(ANSWERS)},
    {.name = "dimension", .type = FIELD_ID, .offset = WHEN(dimension), .known = OF(ANSWERS)},
    {.name = "different",
     .type = FIELD_WORD,
     .offset = WHEN(different),
     .words = &different_words,
     .known = OF(ANSWERS)},
    {.name = "each",
     .type = FIELD_TERM,
     .offset = WHEN(each),
     .words = &each_words,
     .known = OF(ANSWERS) | OF(STORIES)},
    {.name = "with", .type = FIELD_TERMS, .offset = WHEN(with), .words = &story_field_words, .known = OF(STORIES)},
    {.name = "template",
     .type = FIELD_ID,
     .offset = WHEN(template_id),
     .known = OF(WRITINGS),
     .required = OF(WRITINGS)},
    {.name = "within", .type = FIELD_INT, .offset = WHEN(within), .min = 1, .max = 1000, .known = OF(WRITINGS)},
    {.name = "loop", .type = FIELD_ID, .offset = WHEN(loop_id), .known = OF(LOOPS)},
    {.name = "ask", .type = FIELD_TEXT, .offset = WHEN(ask), .max = 200, .known = OF(NOTES), .required = OF(NOTES)},
    {.name = NULL},
};

static void init_condition(void *record)
{
    struct condition *c = record;
    c->count = CONDITION_COUNTS;
}

static unsigned condition_variants(const void *record)
{
    const struct condition *c = record;
    return c->count == CONDITION_COUNTS ? 0 : 1u << c->count;
}

static const char *condition_name(const void *record)
{
    static const char *const names[CONDITION_COUNTS] = {
        [COUNT_ANSWERS] = "a count of answers",   [COUNT_STORIES] = "a count of stories",
        [COUNT_WRITINGS] = "a count of writings", [COUNT_LOOPS] = "a count of loops",
        [COUNT_DAYS] = "a count of days",         [COUNT_NOTES] = "a note",
    };
    const struct condition *c = record;
    return names[c->count];
}

/* "bank/id", as history names an item. */
static bool is_key(struct sv key)
{
    struct sv bank;
    return sv_split(&key, '/', &bank) && bank.len > 0 && key.len > 0 && !memchr(key.data, '/', key.len);
}

static void check_condition(struct reader *r, void *record)
{
    const struct condition *c = record;
    const struct item_context *context = reader_context(r);
    if (c->count == COUNT_NOTES) {
        ((struct condition *)record)->at_least = 1;
    }
    if (*c->dimension && c->min_level == 0) {
        reader_problem(r, reader_key(r, "dimension"), "a dimension needs a \"min-level\" to be measured by");
    }
    for (size_t i = 0; i < c->items.count; i++) {
        if (!is_key(sv_from(c->items.at[i]))) {
            reader_problem(r, reader_text(r, c->items.at[i]), "an item is named by its bank and id, as bank/id");
        }
    }
    if (context) {
        check_principle_ids(r, &c->principles, context->refs);
        check_template_id(r, c->template_id, context->refs);
        check_loop_id(r, c->loop_id, context->refs);
    }
}

static const struct schema condition_schema = {
    .what = "a condition",
    .size = sizeof(struct condition),
    .fields = condition_fields,
    .init = init_condition,
    .variants = condition_variants,
    .variant_name = condition_name,
    .variant_words = &condition_words,
    .check = check_condition,
};

static const struct field checklist_item_fields[] = {
    {.name = "id", .type = FIELD_ID, .offset = ITEM(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = ITEM(title), .max = 72, .required = FIELD_ALWAYS},
    {.name = "about", .type = FIELD_TEXT, .offset = ITEM(about), .max = 1000, .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = ITEM(source), .words = &source_words},
    {.name = "when",
     .type = FIELD_MAPS,
     .offset = ITEM(when),
     .count = ITEM(when_count),
     .nested = &condition_schema,
     .max = 10,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static void init_checklist_item(void *record)
{
    struct checklist_item *item = record;
    item->source = SOURCE_COUNT;
}

static const struct schema checklist_item_schema = {.what = "an item",
                                                    .size = sizeof(struct checklist_item),
                                                    .fields = checklist_item_fields,
                                                    .init = init_checklist_item};

static const struct field checklist_fields[] = {
    {.name = "plan", .type = FIELD_ID, .offset = LIST(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = LIST(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = LIST(source), .words = &source_words},
    {.name = "items",
     .type = FIELD_MAPS,
     .offset = LIST(items),
     .count = LIST(item_count),
     .nested = &checklist_item_schema,
     .max = 100,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static void check_checklist(struct reader *r, void *record)
{
    const struct checklist *list = record;
    for (size_t i = 0; i < list->item_count; i++) {
        struct checklist_item *item = &list->items[i];
        item->source = item->source == SOURCE_COUNT ? list->source : item->source;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(item->id, list->items[k].id) == 0) {
                reader_problem(r, reader_text(r, item->id), "the id \"%s\" is used twice in the checklist", item->id);
            }
        }
    }
}

const struct schema plan_schema = {
    .what = "a checklist", .size = sizeof(struct checklist), .fields = checklist_fields, .check = check_checklist};
