#include "pmprep/bank/bank.h"

#include "bank/item.h"
#include "bank/keyset.h"
#include "bank/scan.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

#include <stddef.h>

static const struct field bank_fields[] = {
    {.name = "bank", .type = FIELD_ID, .offset = offsetof(struct bank_head, name), .required = FIELD_ALWAYS},
    {.name = "title",
     .type = FIELD_TEXT,
     .offset = offsetof(struct bank_head, title),
     .max = 80,
     .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = offsetof(struct bank_head, source), .words = &source_words},
    {.name = "items", .type = FIELD_EACH, .nested = &item_schema, .required = FIELD_ALWAYS},
    {.name = NULL},
};

const struct schema bank_schema = {.what = "a bank", .size = sizeof(struct bank_head), .fields = bank_fields};

static bool hand_out(void *context, void *record, const struct extent *where)
{
    struct item_context *c = context;
    return c->each(c->each_context, record, where);
}

static bool stream(struct sv text, const char *name, struct arena *a, struct arena *entries,
                   struct item_context *context, struct problems *p)
{
    struct schema_input in = {.text = text,
                              .name = name,
                              .arena = a,
                              .problems = p,
                              .context = context,
                              .each = hand_out,
                              .entry_arena = entries};
    context->head = (struct bank_head){.name = "", .title = ""};
    return schema_read(&bank_schema, &in, &context->head);
}

bool bank_stream(struct sv text, const char *name, struct arena *a, struct item_context *context, struct problems *p)
{
    struct arena entries = ARENA_INIT;
    bool clean = stream(text, name, a, &entries, context, p);
    arena_release(&entries);
    return clean;
}

bool item_reread(struct sv lines, const char *name, unsigned first_line, struct item_context *context, struct arena *a,
                 struct item *out, struct problems *p)
{
    struct schema_input in = {.text = lines, .name = name, .arena = a, .problems = p, .context = context};
    *out = (struct item){.id = ""};
    return schema_read_entry(&item_schema, &in, first_line, out);
}

struct collecting { /* of bank_parse(), which keeps every item */
    struct problems *problems;
    struct keyset ids;
    struct item *items;
    size_t count;
    size_t cap;
};

static bool collect(void *context, struct item *item, const struct extent *where)
{
    struct collecting *c = context;
    (void)where;
    if (!keyset_add(&c->ids, item->id)) {
        problems_add(c->problems, item->place, "the id \"%s\" is used twice in the bank", item->id);
        return true;
    }
    mem_grow((void **)&c->items, &c->cap, c->count + 1, sizeof(*c->items));
    c->items[c->count++] = *item;
    return true;
}

bool bank_parse(struct sv text, const char *name, struct arena *a, struct bank *out, struct problems *p)
{
    const char *file = arena_strdup(a, name);
    size_t before = p->count;
    struct collecting c = {.problems = p};
    struct item_context context = {.revisions = true, .each = collect, .each_context = &c};
    stream(text, file, a, a, &context, p);
    struct item *items = c.count > 0 ? arena_array(a, c.count, sizeof(*items)) : NULL;
    if (c.count > 0) {
        memcpy(items, c.items, c.count * sizeof(*items));
    }
    *out = (struct bank){context.head.name, context.head.title, file, items, c.count};
    keyset_release(&c.ids);
    free(c.items);
    return p->count == before;
}

bool bank_read(const char *path, struct arena *a, struct bank *out, struct problems *p, struct err *err)
{
    struct buf text = BUF_INIT;
    if (!file_read(path, SCAN_FILE_MAX, &text, err)) {
        buf_release(&text);
        return false;
    }
    bool clean = bank_parse(buf_sv(&text), path, a, out, p);
    buf_release(&text);
    return clean;
}

enum file_kind file_kind_of(struct sv text)
{
    static const struct {
        const char *key;
        enum file_kind kind;
    } kinds[] = {{"bank", FILE_BANK}, {"rubric", FILE_RUBRIC},     {"principles", FILE_PRINCIPLES},
                 {"loop", FILE_LOOP}, {"template", FILE_TEMPLATE}, {"plan", FILE_PLAN},
                 {"rule", FILE_RULE}, {"lexicon", FILE_LEXICON},   {"deck", FILE_DECK}};
    struct sv line;
    struct sv rest = sv_starts(text, "\xEF\xBB\xBF") ? sv_sub(text, 3, text.len) : text;
    while (sv_split(&rest, '\n', &line)) {
        struct sv key;
        line = sv_trim(line);
        if (line.len == 0 || line.data[0] == '#' || sv_eqs(line, "---") || !sv_split(&line, ':', &key)) {
            continue;
        }
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
            if (sv_eqs(sv_trim(key), kinds[i].key)) {
                return kinds[i].kind;
            }
        }
        return FILE_UNKNOWN;
    }
    return FILE_UNKNOWN;
}
