#include "bank/item.h"

#include <stddef.h>

/* Written answers with their labels: the two sides of a pair, and the single answers. */

#define SIDE(member)  offsetof(struct side, member)
#define SCORE(member) offsetof(struct dim_score, member)

static void init_score(void *record)
{
    struct dim_score *score = record;
    score->why = "";
}

static const struct field score_fields[] = {
    {.name = "dimension", .type = FIELD_ID, .offset = SCORE(dimension)},
    {.name = "level", .type = FIELD_INT, .offset = SCORE(level), .min = 1, .max = LEVELS},
    {.name = NULL},
};
static const struct schema score_schema = {
    .what = "a level by dimension", .size = sizeof(struct dim_score), .fields = score_fields, .init = init_score};

/* A score that gives its reason; it lies beside the dimension it is filed under. */
static const struct field grade_fields[] = {
    {.name = "level", .type = FIELD_INT, .offset = SCORE(level), .min = 1, .max = LEVELS, .required = FIELD_ALWAYS},
    {.name = "why", .type = FIELD_TEXT, .offset = SCORE(why), .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema grade_schema = {.what = "a score", .size = sizeof(struct dim_score), .fields = grade_fields};

static const struct field graded_fields[] = {
    {.name = "dimension", .type = FIELD_ID, .offset = SCORE(dimension)},
    {.name = "score", .type = FIELD_MAP, .offset = 0, .nested = &grade_schema},
    {.name = NULL},
};
static const struct schema graded_schema = {
    .what = "a score by dimension", .size = sizeof(struct dim_score), .fields = graded_fields};

static const struct field flaw_span_fields[] = {
    {.name = "flaw",
     .type = FIELD_TERM,
     .offset = offsetof(struct flaw_span, flaw),
     .words = &flaw_words,
     .required = FIELD_ALWAYS},
    {.name = "span", .type = FIELD_TEXT, .offset = offsetof(struct flaw_span, span)},
    {.name = "why", .type = FIELD_TEXT, .offset = offsetof(struct flaw_span, why)},
    {.name = NULL},
};
static const struct schema flaw_span_schema = {
    .what = "a flaw", .size = sizeof(struct flaw_span), .fields = flaw_span_fields};

/* Rows that the tables share. */
#define TEXT_ROW .name = "text", .type = FIELD_TEXT, .offset = SIDE(text), .required = FIELD_ALWAYS
#define WHY_ROW  .name = "why", .type = FIELD_TEXT, .offset = SIDE(why)
#define FLAWS_ROW                                                                                                      \
    .name = "flaws", .type = FIELD_MAPS, .offset = SIDE(flaws), .count = SIDE(flaw_count), .nested = &flaw_span_schema
#define SCORES_ROW .name = "scores", .type = FIELD_DICT, .offset = SIDE(scores), .count = SIDE(score_count)

static const struct field bad_fields[] = {
    {TEXT_ROW}, {WHY_ROW}, {FLAWS_ROW, .required = FIELD_ALWAYS}, {SCORES_ROW, .nested = &score_schema}, {.name = NULL},
};
static const struct field good_fields[] = {
    {TEXT_ROW}, {WHY_ROW}, {FLAWS_ROW}, {SCORES_ROW, .nested = &score_schema}, {.name = NULL},
};
static const struct field answer_fields[] = {
    {.name = "level", .type = FIELD_INT, .offset = SIDE(level), .min = 1, .max = LEVELS, .required = FIELD_ALWAYS},
    {TEXT_ROW},
    {WHY_ROW, .required = FIELD_ALWAYS},
    {FLAWS_ROW},
    {SCORES_ROW, .nested = &graded_schema, .required = FIELD_ALWAYS},
    {.name = NULL},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Does text begin with span, any white space standing for any other? */
static bool starts_folded(const char *text, const char *span)
{
    while (*span) {
        if (is_blank(*span)) {
            if (!is_blank(*text)) {
                return false;
            }
            while (is_blank(*span)) {
                span++;
            }
            while (is_blank(*text)) {
                text++;
            }
        } else if (*span++ != *text++) {
            return false;
        }
    }
    return true;
}

static bool holds_folded(const char *text, const char *span)
{
    for (; *text; text++) {
        if (starts_folded(text, span)) {
            return true;
        }
    }
    return false;
}

static void check_side(struct reader *r, void *record)
{
    const struct side *side = record;
    for (size_t i = 0; i < side->flaw_count; i++) {
        const struct flaw_span *flaw = &side->flaws[i];
        if (*flaw->span && !holds_folded(side->text, flaw->span)) {
            reader_problem(r, reader_text(r, flaw->span), "these words are not in the text; copy the span exactly");
        }
    }
}

const struct schema bad_schema = {
    .what = "the bad side", .size = sizeof(struct side), .fields = bad_fields, .check = check_side};
const struct schema good_schema = {
    .what = "the good side", .size = sizeof(struct side), .fields = good_fields, .check = check_side};
const struct schema answer_schema = {
    .what = "the answer", .size = sizeof(struct side), .fields = answer_fields, .check = check_side};
