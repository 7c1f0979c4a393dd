#include "bank/rulebook.h"

#include "bank/scan.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

struct loading {
    struct rulebook *book;
    struct item_context context;
    struct arena *arena;   /* of names, which problems borrow */
    struct arena *records; /* of what is read */
    size_t rule_cap, lexicon_cap;
    size_t first; /* of the rules of the folder being read */
};

/* The YAML files of FOLDER/PART, by name. */
static void list_files(struct loading *l, const char *folder, const char *part, struct source_list *out)
{
    *out = (struct source_list){.at = NULL};
    if (folder) {
        sources_add(out, arena_printf(l->arena, "%s/%s", folder, part), RANK_SHIPPED);
    }
}

/* The record of the file, which is of the schema's kind. False: its problems are noted. */
static bool read_file(struct loading *l, const char *path, enum file_kind kind, const struct schema *schema, void *out)
{
    struct err why = ERR_INIT;
    struct buf text = BUF_INIT;
    struct problems *p = &l->book->problems;
    const char *name = arena_strdup(l->arena, path);
    bool clean = file_read(path, SCAN_FILE_MAX, &text, &why);
    if (!clean) {
        problems_add(p, (struct place){name, 1, 1}, "%s", why.text);
    } else if (file_kind_of(buf_sv(&text)) != kind) {
        clean = false;
        problems_add(p, (struct place){name, 1, 1}, "the file must be %s: its first key is \"%s\"", schema->what,
                     schema->fields[0].name);
    } else {
        struct schema_input in = {
            .text = buf_sv(&text), .name = name, .arena = l->records, .problems = p, .context = &l->context};
        clean = schema_read(schema, &in, out);
    }
    buf_release(&text);
    return clean;
}

static struct rule *find_rule(const struct rulebook *book, const char *id)
{
    for (size_t i = 0; i < book->rule_count; i++) {
        if (strcmp(book->rules[i].id, id) == 0) {
            return &book->rules[i];
        }
    }
    return NULL;
}

/* One of the user's takes the place of the shipped one with its id, which goes. */
static void add_rule(struct loading *l, const struct rule *rule)
{
    struct rulebook *book = l->book;
    struct rule *same = find_rule(book, rule->id);
    if (same && same->user == rule->user) {
        problems_add(&book->problems, rule->place, "there is a rule \"%s\" already, in %s", rule->id, same->place.file);
        return;
    }
    if (same) {
        size_t after = book->rule_count - (size_t)(same - book->rules) - 1;
        memmove(same, same + 1, after * sizeof(*same));
        book->rule_count--;
        l->first--;
    }
    mem_grow((void **)&book->rules, &l->rule_cap, book->rule_count + 1, sizeof(*book->rules));
    book->rules[book->rule_count++] = *rule;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct rule *)a)->id, ((const struct rule *)b)->id);
}

static void load_rules(struct loading *l, const char *folder, bool user)
{
    struct source_list files;
    list_files(l, folder, "rules", &files);
    l->first = l->book->rule_count;
    for (size_t i = 0; i < files.count; i++) {
        struct rule rule = {.id = ""};
        if (read_file(l, files.at[i].path, FILE_RULE, &rule_schema, &rule)) {
            rule.user = user;
            add_rule(l, &rule);
        }
    }
    if (l->book->rule_count > l->first) {
        qsort(l->book->rules + l->first, l->book->rule_count - l->first, sizeof(struct rule), by_id);
    }
    sources_release(&files);
}

static void load_lexicons(struct loading *l, const char *folder)
{
    struct rulebook *book = l->book;
    struct source_list files;
    list_files(l, folder, "words", &files);
    for (size_t i = 0; i < files.count; i++) {
        struct lexicon lexicon = {.id = ""};
        if (read_file(l, files.at[i].path, FILE_LEXICON, &lexicon_schema, &lexicon)) {
            mem_grow((void **)&book->lexicons, &l->lexicon_cap, book->lexicon_count + 1, sizeof(*book->lexicons));
            book->lexicons[book->lexicon_count++] = lexicon;
        }
    }
    sources_release(&files);
}

static void load_words(struct rulebook *book, const char *shipped, const char *user, struct arena *a)
{
    struct loading l = {.book = book, .arena = a, .records = &book->words};
    load_lexicons(&l, shipped);
    load_lexicons(&l, user);
    book->words_gone = false;
}

void rulebook_load(struct rulebook *book, const char *shipped, const char *user, const struct references *refs,
                   struct arena *a)
{
    struct loading l = {.book = book, .context = {.refs = refs}, .arena = a, .records = a};
    *book = (struct rulebook){.loaded = true};
    problems_init(&book->problems, a);
    load_rules(&l, shipped, false);
    load_rules(&l, user, true);
    load_words(book, shipped, user, a);
}

void rulebook_forget_words(struct rulebook *book)
{
    free(book->lexicons);
    arena_release(&book->words);
    book->lexicons = NULL;
    book->lexicon_count = 0;
    book->words_gone = true;
}

void rulebook_recall_words(struct rulebook *book, const char *shipped, const char *user, struct arena *a)
{
    size_t problems = book->problems.count;
    load_words(book, shipped, user, a);
    book->problems.count = problems;
}

void rulebook_release(struct rulebook *book)
{
    free(book->rules);
    rulebook_forget_words(book);
    problems_release(&book->problems);
}
