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

const struct rubric *references_rubric(const struct references *refs, const char *id)
{
    for (size_t i = 0; i < refs->rubric_count; i++) {
        if (strcmp(refs->rubrics[i].id, id) == 0) {
            return &refs->rubrics[i];
        }
    }
    return NULL;
}

static void check_principles(struct reader *r, const struct item *item, const struct references *refs)
{
    const char **names = arena_array(reader_arena(r), refs->principle_count, sizeof(*names));
    for (size_t i = 0; i < refs->principle_count; i++) {
        names[i] = refs->principles[i].id;
    }
    for (size_t i = 0; i < item->principles.count; i++) {
        const char *id = item->principles.at[i];
        size_t k = 0;
        while (k < refs->principle_count && strcmp(names[k], id) != 0) {
            k++;
        }
        if (k == refs->principle_count) {
            const char *near = nearest_name(sv_from(id), names, refs->principle_count);
            reader_problem(r, reader_text(r, id), "there is no principle \"%s\"%s%s%s", id,
                           near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
        }
    }
}

static bool has_dimension(const struct rubric *rubric, const char *id)
{
    for (size_t i = 0; i < rubric->dimension_count; i++) {
        if (strcmp(rubric->dimensions[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void check_scores(struct reader *r, const struct side *side, const struct rubric *rubric)
{
    for (size_t i = 0; i < side->score_count; i++) {
        const char *id = side->scores[i].dimension;
        if (has_dimension(rubric, id)) {
            continue;
        }
        struct buf known = BUF_INIT;
        for (size_t k = 0; k < rubric->dimension_count; k++) {
            buf_addf(&known, "%s%s", k > 0 ? ", " : "", rubric->dimensions[k].id);
        }
        reader_problem(r, reader_text(r, id), "the rubric \"%s\" has no dimension \"%s\"; it has: %s", rubric->id, id,
                       buf_str(&known));
        buf_release(&known);
    }
}

/* A single answer calibrates every dimension, so it must have a score for each. */
static void check_all_scored(struct reader *r, const struct side *answer, const struct rubric *rubric)
{
    for (size_t i = 0; i < rubric->dimension_count; i++) {
        const char *id = rubric->dimensions[i].id;
        size_t k = 0;
        while (k < answer->score_count && strcmp(answer->scores[k].dimension, id) != 0) {
            k++;
        }
        if (k == answer->score_count) {
            reader_problem(r, reader_key(r, "answer"), "the answer has no score for the dimension \"%s\"", id);
        }
    }
}

void item_check_references(struct reader *r, const struct item *item, const struct references *refs)
{
    if (refs->principle_count > 0) {
        check_principles(r, item, refs);
    }
    const struct rubric *rubric = references_rubric(refs, family_rubric(item->family));
    if (rubric) {
        check_scores(r, &item->bad, rubric);
        check_scores(r, &item->good, rubric);
        check_scores(r, &item->answer, rubric);
        if (item->kind == KIND_ANSWER) {
            check_all_scored(r, &item->answer, rubric);
        }
    }
}
