#include "bank/item.h"

#include <stddef.h>

/* The principles of a company: names are theirs, glosses are ours. */

#define P(member) offsetof(struct principle, member)

static const struct field principle_fields[] = {
    {.name = "id", .type = FIELD_ID, .offset = P(id), .required = FIELD_ALWAYS},
    {.name = "name", .type = FIELD_TEXT, .offset = P(name), .max = 60, .required = FIELD_ALWAYS},
    {.name = "order", .type = FIELD_INT, .offset = P(order), .min = 1, .max = 99, .required = FIELD_ALWAYS},
    {.name = "tier", .type = FIELD_INT, .offset = P(tier), .min = 1, .max = 3, .required = FIELD_ALWAYS},
    {.name = "gloss", .type = FIELD_TEXT, .offset = P(gloss), .required = FIELD_ALWAYS},
    {.name = "as-pm", .type = FIELD_TEXT, .offset = P(as_pm)},
    {.name = "as-sde", .type = FIELD_TEXT, .offset = P(as_sde)},
    {.name = "strong", .type = FIELD_TEXTS, .offset = P(strong)},
    {.name = "weak", .type = FIELD_TEXTS, .offset = P(weak)},
    {.name = "probes", .type = FIELD_TEXTS, .offset = P(probes)},
    {.name = "source", .type = FIELD_WORD, .offset = P(source), .words = &source_words},
    {.name = NULL},
};
static const struct schema principle_schema = {
    .what = "a principle", .size = sizeof(struct principle), .fields = principle_fields};

struct pack {
    const char *id;
    const char *title;
    struct principle *items;
    size_t count;
};

static const struct field pack_fields[] = {
    {.name = "principles", .type = FIELD_ID, .offset = offsetof(struct pack, id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = offsetof(struct pack, title), .max = 80, .required = FIELD_ALWAYS},
    {.name = "items",
     .type = FIELD_MAPS,
     .offset = offsetof(struct pack, items),
     .count = offsetof(struct pack, count),
     .nested = &principle_schema,
     .max = 99,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static void check_pack(struct reader *r, void *record)
{
    const struct pack *pack = record;
    for (size_t i = 0; i < pack->count; i++) {
        const struct principle *p = &pack->items[i];
        for (size_t k = 0; k < i; k++) {
            if (strcmp(p->id, pack->items[k].id) == 0) {
                reader_problem(r, reader_text(r, p->id), "the id \"%s\" is used twice", p->id);
            }
            if (p->order == pack->items[k].order) {
                reader_problem(r, reader_text(r, p->id), "\"%s\" has the same order as \"%s\"", p->id,
                               pack->items[k].id);
            }
        }
    }
}

const struct schema principles_schema = {
    .what = "a list of principles", .size = sizeof(struct pack), .fields = pack_fields, .check = check_pack};

bool principles_parse(struct sv text, const char *name, struct arena *a, struct principle **out, size_t *count,
                      struct problems *p)
{
    struct schema_input in = {.text = text, .name = name, .arena = a, .problems = p};
    struct pack pack = {.id = ""};
    bool clean = schema_read(&principles_schema, &in, &pack);
    *out = pack.items;
    *count = pack.count;
    return clean;
}
