#include "bank/shelf.h"

#include "bank/scan.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

static const struct sheet {
    enum file_kind kind;
    const char *folder;
    const struct schema *schema;
} sheets[] = {
    {FILE_LOOP, "loops", &loop_schema},       {FILE_TEMPLATE, "templates", &template_schema},
    {FILE_PLAN, "plans", &plan_schema},       {FILE_RULE, "rules", &rule_schema},
    {FILE_LEXICON, "words", &lexicon_schema}, {FILE_DECK, "decks", &deck_schema},
};

static const struct sheet *sheet_of(enum file_kind kind)
{
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++) {
        if (sheets[i].kind == kind) {
            return &sheets[i];
        }
    }
    return NULL;
}

const struct schema *shelf_schema(enum file_kind kind)
{
    const struct sheet *sheet = sheet_of(kind);
    return sheet ? sheet->schema : NULL;
}

static bool parse(enum file_kind kind, struct sv text, const char *name, struct arena *a, void *out, struct problems *p)
{
    struct schema_input in = {.text = text, .name = name, .arena = a, .problems = p};
    const struct schema *schema = sheet_of(kind)->schema;
    memset(out, 0, schema->size);
    return schema_read(schema, &in, out);
}

bool loop_parse(struct sv text, const char *name, struct arena *a, struct mock_loop *out, struct problems *p)
{
    return parse(FILE_LOOP, text, name, a, out, p);
}

bool template_parse(struct sv text, const char *name, struct arena *a, struct template *out, struct problems *p)
{
    return parse(FILE_TEMPLATE, text, name, a, out, p);
}

bool deck_parse(struct sv text, const char *name, struct arena *a, struct deck *out, struct problems *p)
{
    return parse(FILE_DECK, text, name, a, out, p);
}

bool checklist_parse(struct sv text, const char *name, struct arena *a, struct checklist *out, struct problems *p)
{
    return parse(FILE_PLAN, text, name, a, out, p);
}

static const char *id_of(const void *record)
{
    return *(const char *const *)record; /* every schema's first member */
}

static int by_id(const void *a, const void *b)
{
    return strcmp(id_of(a), id_of(b));
}

const void *shelf_find(const struct shelf *shelf, enum file_kind kind, const char *id)
{
    size_t size = sheet_of(kind)->schema->size;
    for (size_t i = 0; i < shelf->count; i++) {
        const char *record = (const char *)shelf->records + i * size;
        if (strcmp(id_of(record), id) == 0) {
            return record;
        }
    }
    return NULL;
}

/* One file into the next place of the shelf, which has room for it. */
static void add_file(struct shelf *shelf, enum file_kind kind, const char *path, struct arena *a)
{
    struct buf text = BUF_INIT;
    struct problems ignored; /* `bank check` tells them, and of a user's file library_problems() too */
    void *record = (char *)shelf->records + shelf->count * sheet_of(kind)->schema->size;
    problems_init(&ignored, a);
    if (file_read(path, SCAN_FILE_MAX, &text, NULL) && file_kind_of(buf_sv(&text)) == kind &&
        parse(kind, buf_sv(&text), path, a, record, &ignored) && !shelf_find(shelf, kind, id_of(record))) {
        shelf->count++;
    }
    problems_release(&ignored);
    buf_release(&text);
}

static bool may_hold(const struct source_file *file, enum file_kind kind)
{
    struct source_file looked = *file;
    if (file->rank == RANK_SHIPPED) {
        return false; /* the shipped folder is listed by itself */
    }
    if (looked.kind == FILE_UNKNOWN) { /* a fresh cache did not ask */
        source_find_kind(&looked);
    }
    return looked.kind == kind;
}

void shelf_load(struct shelf *shelf, enum file_kind kind, const struct source_list *files, const char *shipped,
                struct arena *a)
{
    const struct sheet *sheet = sheet_of(kind);
    struct source_list folder = {.at = NULL};
    if (shipped) {
        sources_add(&folder, arena_printf(a, "%s/%s", shipped, sheet->folder), RANK_SHIPPED);
    }
    shelf->records = arena_array(a, files->count + folder.count, sheet->schema->size);
    shelf->count = 0;
    for (size_t i = 0; i < files->count; i++) {
        if (may_hold(&files->at[i], kind)) {
            add_file(shelf, kind, files->at[i].path, a);
        }
    }
    for (size_t i = 0; i < folder.count; i++) {
        add_file(shelf, kind, folder.at[i].path, a);
    }
    if (shelf->count > 1) {
        qsort(shelf->records, shelf->count, sheet->schema->size, by_id);
    }
    shelf->loaded = true;
    sources_release(&folder);
}
