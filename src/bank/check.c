#include "bank/item.h"
#include "bank/keyset.h"
#include "bank/scan.h"
#include "bank/shelf.h"
#include "bank/yaml.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

struct checker {
    struct arena arena; /* of the references and the heads of the files */
    struct references refs;
    const char *shipped;       /* the data folder, until it was learned; NULL: none */
    struct keyset keys;        /* of all items of all files */
    struct keyset rules;       /* ids */
    struct problems *problems; /* of the file being checked */
};

static void add_rubric(struct checker *c, struct sv text, const char *path, struct problems *p)
{
    struct rubric rubric;
    if (rubric_parse(text, path, &c->arena, &rubric, p)) {
        references_add_rubric(&c->refs, &c->arena, &rubric);
    }
}

static void add_principles(struct checker *c, struct sv text, const char *path, struct problems *p)
{
    struct principle *found;
    size_t count;
    if (principles_parse(text, path, &c->arena, &found, &count, p)) {
        references_add_principles(&c->refs, &c->arena, found, count);
    }
}

/* Of a loop or a template the id is all that others refer to. */
static void add_id(struct checker *c, struct strings *ids, enum file_kind kind, struct sv text, const char *path,
                   struct problems *p)
{
    const struct schema *schema = shelf_schema(kind);
    struct schema_input in = {.text = text, .name = path, .arena = &c->arena, .problems = p};
    const char **record = arena_alloc(&c->arena, schema->size); /* the id is the first member */
    if (!schema_read(schema, &in, record)) {
        return;
    }
    const char **grown = arena_array(&c->arena, ids->count + 1, sizeof(*grown));
    if (ids->count > 0) {
        memcpy(grown, ids->at, ids->count * sizeof(*grown));
    }
    grown[ids->count++] = record[0];
    ids->at = grown;
}

static void learn_text(struct checker *c, struct sv text, const char *path, enum file_kind kind, struct problems *p)
{
    switch (kind) {
    case FILE_RUBRIC:
        add_rubric(c, text, path, p);
        break;
    case FILE_PRINCIPLES:
        add_principles(c, text, path, p);
        break;
    case FILE_LOOP:
        add_id(c, &c->refs.loops, kind, text, path, p);
        break;
    case FILE_TEMPLATE:
        add_id(c, &c->refs.templates, kind, text, path, p);
        break;
    case FILE_BANK:
    case FILE_PLAN:
    case FILE_RULE:
    case FILE_LEXICON:
    case FILE_DECK:
    case FILE_UNKNOWN:
        break;
    }
}

static void learn_file(struct checker *c, struct source_file *file, struct problems *p)
{
    struct buf text = BUF_INIT;
    source_find_kind(file); /* banks are large and nothing refers to them */
    if (file->kind != FILE_BANK && file_read(file->path, SCAN_FILE_MAX, &text, NULL)) {
        learn_text(c, buf_sv(&text), arena_strdup(&c->arena, file->path), file->kind, p);
    }
    buf_release(&text);
}

void checker_learn(struct checker *c, const char *path)
{
    struct problems ignored;
    struct source_list files = {.at = NULL};
    problems_init(&ignored, &c->arena);
    sources_add(&files, path, RANK_EXTRA);
    for (size_t i = 0; i < files.count; i++) {
        learn_file(c, &files.at[i], &ignored);
    }
    sources_release(&files);
    problems_release(&ignored);
}

/* The shipped ones last: what is learned first stays. */
static void learn_shipped(struct checker *c)
{
    static const char *const folders[] = {"rubrics", "principles", "loops", "templates"};
    for (size_t i = 0; c->shipped && i < sizeof(folders) / sizeof(folders[0]); i++) {
        checker_learn(c, arena_printf(&c->arena, "%s/%s", c->shipped, folders[i]));
    }
    c->shipped = NULL;
}

struct checker *checker_new(const char *shipped_data)
{
    struct checker *c = mem_calloc(1, sizeof(*c));
    c->shipped = shipped_data ? arena_strdup(&c->arena, shipped_data) : NULL;
    return c;
}

void checker_free(struct checker *c)
{
    if (!c) {
        return;
    }
    arena_release(&c->arena);
    keyset_release(&c->keys);
    keyset_release(&c->rules);
    free(c);
}

static bool check_key(void *context, struct item *item, const struct extent *where)
{
    struct checker *c = context;
    (void)where;
    if (!keyset_add(&c->keys, item->key)) {
        problems_add(c->problems, item->place, "the id \"%s\" is used twice in the bank \"%s\"", item->id, item->bank);
    }
    return true;
}

void check_unknown(struct sv text, const char *path, struct problems *p)
{
    if (!scan_text(text, path, p)) {
        return;
    }
    struct events *events = events_open(text, path, 1, p);
    struct event first;
    struct event ev;
    bool open = events_next(events, &first);
    while (open && (open = events_next(events, &ev)) && ev.type != EVENT_FINISH) {
    }
    if (events_failed(events)) {
        events_close(events);
        return;
    }
    struct place where = {path, first.line, first.column};
    problems_add(p, where,
                 "the first key of the file must be bank, rubric, principles, loop, template, plan, rule or lexicon");
    events_close(events);
}

void check_sheet(struct sv text, const char *path, enum file_kind kind, const struct references *refs,
                 struct problems *p)
{
    struct arena arena = ARENA_INIT;
    struct item_context context = {.refs = refs};
    const struct schema *schema = shelf_schema(kind);
    struct schema_input in = {.text = text, .name = path, .arena = &arena, .problems = p, .context = &context};
    schema_read(schema, &in, arena_alloc(&arena, schema->size));
    arena_release(&arena);
}

static void check_rule(struct checker *c, struct sv text, const char *path, struct problems *p)
{
    struct arena arena = ARENA_INIT;
    struct item_context context = {.refs = &c->refs};
    struct schema_input in = {.text = text, .name = path, .arena = &arena, .problems = p, .context = &context};
    struct rule rule = {.id = ""};
    if (schema_read(&rule_schema, &in, &rule) && !keyset_add(&c->rules, rule.id)) {
        problems_add(p, rule.place, "the id \"%s\" is used by two rules", rule.id);
    }
    arena_release(&arena);
}

static void check_text(struct checker *c, struct sv text, const char *path, enum file_kind kind, struct problems *p)
{
    struct item_context context = {.refs = &c->refs, .each = check_key, .each_context = c};
    struct rubric rubric;
    struct principle *principles;
    size_t count;
    c->problems = p;
    switch (kind) {
    case FILE_BANK:
        bank_stream(text, path, &c->arena, &context, p);
        break;
    case FILE_RUBRIC:
        rubric_parse(text, path, &c->arena, &rubric, p);
        break;
    case FILE_PRINCIPLES:
        principles_parse(text, path, &c->arena, &principles, &count, p);
        break;
    case FILE_LOOP:
    case FILE_TEMPLATE:
    case FILE_PLAN:
    case FILE_LEXICON:
    case FILE_DECK:
        check_sheet(text, path, kind, &c->refs, p);
        break;
    case FILE_RULE:
        check_rule(c, text, path, p);
        break;
    case FILE_UNKNOWN:
        check_unknown(text, path, p);
        break;
    }
}

/* What is too large is a problem of its content, not a file that cannot be read. */
static bool read_file(const char *path, const char *name, struct buf *text, struct problems *p, struct err *err)
{
    struct err why = ERR_INIT;
    if (file_read(path, SCAN_FILE_MAX, text, &why)) {
        return true;
    }
    if (why.code == ERR_FORMAT) {
        problems_add(p, (struct place){name, 1, 1}, "the file is larger than 256 MB; divide it");
    } else if (err) {
        *err = why;
    }
    return false;
}

bool checker_file(struct checker *c, const char *path, enum file_kind *kind, struct problems *p, struct err *err)
{
    struct buf text = BUF_INIT;
    const char *name = arena_strdup(p->arena, path);
    size_t before = p->count;
    bool readable = read_file(path, name, &text, p, err);
    learn_shipped(c);
    enum file_kind found = file_kind_of(buf_sv(&text));
    if (readable) {
        check_text(c, buf_sv(&text), name, found, p);
    }
    if (kind) {
        *kind = found;
    }
    buf_release(&text);
    return readable && p->count == before;
}

bool check_file(const char *path, const char *shipped_data, struct problems *p, struct err *err)
{
    struct checker *c = checker_new(shipped_data);
    bool clean = checker_file(c, path, NULL, p, err);
    checker_free(c);
    return clean;
}
