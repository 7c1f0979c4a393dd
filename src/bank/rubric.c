#include "bank/item.h"

#include <stddef.h>

/* Rubrics: dimensions with five written anchors and the bar of each target level. */

#define DIM(member) offsetof(struct dimension, member)

static const struct field bar_fields[] = {
    {.name = "L5", .type = FIELD_INT, .offset = DIM(bar_l5), .min = 1, .max = LEVELS, .required = FIELD_ALWAYS},
    {.name = "L6", .type = FIELD_INT, .offset = DIM(bar_l6), .min = 1, .max = LEVELS, .required = FIELD_ALWAYS},
    {.name = NULL},
};
/* The levels lie in the dimension itself. */
static const struct schema bar_schema = {.what = "a bar", .size = sizeof(struct dimension), .fields = bar_fields};

static const struct field dimension_fields[] = {
    {.name = "id", .type = FIELD_ID, .offset = DIM(id), .required = FIELD_ALWAYS},
    {.name = "name", .type = FIELD_TEXT, .offset = DIM(name), .max = 60, .required = FIELD_ALWAYS},
    {.name = "anchors",
     .type = FIELD_FIXED,
     .offset = DIM(anchor),
     .min = LEVELS,
     .max = LEVELS,
     .required = FIELD_ALWAYS},
    {.name = "bar", .type = FIELD_MAP, .offset = 0, .nested = &bar_schema, .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema dimension_schema = {
    .what = "a dimension", .size = sizeof(struct dimension), .fields = dimension_fields};

static const struct field rubric_fields[] = {
    {.name = "rubric", .type = FIELD_ID, .offset = offsetof(struct rubric, id), .required = FIELD_ALWAYS},
    {.name = "title",
     .type = FIELD_TEXT,
     .offset = offsetof(struct rubric, title),
     .max = 80,
     .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = offsetof(struct rubric, source), .words = &source_words},
    {.name = "dimensions",
     .type = FIELD_MAPS,
     .offset = offsetof(struct rubric, dimensions),
     .count = offsetof(struct rubric, dimension_count),
     .nested = &dimension_schema,
     .max = 12,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static void check_rubric(struct reader *r, void *record)
{
    const struct rubric *rubric = record;
    for (size_t i = 0; i < rubric->dimension_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(rubric->dimensions[i].id, rubric->dimensions[k].id) == 0) {
                reader_problem(r, reader_text(r, rubric->dimensions[i].id), "the id \"%s\" is used twice in the rubric",
                               rubric->dimensions[i].id);
            }
        }
    }
}

const struct schema rubric_schema = {
    .what = "a rubric", .size = sizeof(struct rubric), .fields = rubric_fields, .check = check_rubric};

bool rubric_parse(struct sv text, const char *name, struct arena *a, struct rubric *out, struct problems *p)
{
    struct schema_input in = {.text = text, .name = name, .arena = a, .problems = p};
    *out = (struct rubric){.id = ""};
    return schema_read(&rubric_schema, &in, out);
}
