#include "bank/item.h"

/* What records name in other files: it must be there. */

const struct rubric *references_rubric(const struct references *refs, const char *id)
{
    for (size_t i = 0; i < refs->rubric_count; i++) {
        if (strcmp(refs->rubrics[i].id, id) == 0) {
            return &refs->rubrics[i];
        }
    }
    return NULL;
}

static bool has_principle(const struct references *refs, const char *id)
{
    for (size_t i = 0; i < refs->principle_count; i++) {
        if (strcmp(refs->principles[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

void references_add_rubric(struct references *refs, struct arena *a, const struct rubric *rubric)
{
    if (references_rubric(refs, rubric->id)) {
        return;
    }
    struct rubric *grown = arena_array(a, refs->rubric_count + 1, sizeof(*grown));
    if (refs->rubric_count > 0) {
        memcpy(grown, refs->rubrics, refs->rubric_count * sizeof(*grown));
    }
    grown[refs->rubric_count++] = *rubric;
    refs->rubrics = grown;
}

void references_add_principles(struct references *refs, struct arena *a, const struct principle *found, size_t count)
{
    struct principle *grown = arena_array(a, refs->principle_count + count, sizeof(*grown));
    if (refs->principle_count > 0) {
        memcpy(grown, refs->principles, refs->principle_count * sizeof(*grown));
    }
    size_t filled = refs->principle_count;
    for (size_t i = 0; i < count; i++) {
        if (!has_principle(refs, found[i].id)) {
            grown[filled++] = found[i];
        }
    }
    refs->principles = grown;
    refs->principle_count = filled;
}

static bool is_among(const char *id, const struct strings *known)
{
    for (size_t i = 0; i < known->count; i++) {
        if (strcmp(known->at[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static void check_id(struct reader *r, const char *what, const char *id, const struct strings *known)
{
    if (known->count == 0 || !*id || is_among(id, known)) {
        return;
    }
    const char *near = nearest_name(sv_from(id), known->at, known->count);
    reader_problem(r, reader_text(r, id), "there is no %s \"%s\"%s%s%s", what, id, near ? "; did you mean \"" : "",
                   near ? near : "", near ? "\"?" : "");
}

/* The list of names is made only for a message: every item of a cold start comes through here. */
static void unknown_principle(struct reader *r, const char *id, const struct references *refs)
{
    const char **names = arena_array(reader_arena(r), refs->principle_count, sizeof(*names));
    for (size_t i = 0; i < refs->principle_count; i++) {
        names[i] = refs->principles[i].id;
    }
    check_id(r, "principle", id, &(struct strings){names, refs->principle_count});
}

void check_principle_ids(struct reader *r, const struct strings *ids, const struct references *refs)
{
    for (size_t i = 0; refs && refs->principle_count > 0 && i < ids->count; i++) {
        if (!has_principle(refs, ids->at[i])) {
            unknown_principle(r, ids->at[i], refs);
        }
    }
}

void check_template_id(struct reader *r, const char *id, const struct references *refs)
{
    if (refs) {
        check_id(r, "template", id, &refs->templates);
    }
}

void check_loop_id(struct reader *r, const char *id, const struct references *refs)
{
    if (refs) {
        check_id(r, "loop", id, &refs->loops);
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
    check_principle_ids(r, &item->principles, refs);
    check_template_id(r, item->template_id, refs);
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
