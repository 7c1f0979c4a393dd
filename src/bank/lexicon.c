#include "bank/item.h"
#include "pmprep/bank/rule.h"

#include <stddef.h>

/* Word classes of the coach: lists of words as they are written. */

enum { LIST_MAX = 5000, CLASSES_MAX = 200 };

#define CLASS(member)  offsetof(struct word_class, member)
#define LIST_ROW(list) .name = #list, .type = FIELD_TEXTS, .offset = CLASS(list), .max = LIST_MAX

static const struct field class_fields[] = {
    {.name = "id", .type = FIELD_ID, .offset = CLASS(id), .required = FIELD_ALWAYS},
    {.name = "about", .type = FIELD_TEXT, .offset = CLASS(about), .max = 500},
    {LIST_ROW(nouns)},
    {LIST_ROW(words)},
    {LIST_ROW(verbs)},
    {LIST_ROW(phrases)},
    {.name = NULL},
};

static void check_class(struct reader *r, void *record)
{
    struct word_class *class = record;
    class->place = reader_start(r);
    if (class->nouns.count + class->words.count + class->verbs.count + class->phrases.count == 0) {
        reader_problem(r, class->place, "the class \"%s\" has no word: give it nouns, words, verbs or phrases",
                       class->id);
    }
}

static const struct schema class_schema = {
    .what = "a class of words", .size = sizeof(struct word_class), .fields = class_fields, .check = check_class};

static const struct field lexicon_fields[] = {
    {.name = "lexicon", .type = FIELD_ID, .offset = offsetof(struct lexicon, id), .required = FIELD_ALWAYS},
    {.name = "classes",
     .type = FIELD_MAPS,
     .offset = offsetof(struct lexicon, classes),
     .count = offsetof(struct lexicon, class_count),
     .nested = &class_schema,
     .max = CLASSES_MAX,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static void check_lexicon(struct reader *r, void *record)
{
    const struct lexicon *lexicon = record;
    for (size_t i = 0; i < lexicon->class_count; i++) {
        const char *id = lexicon->classes[i].id;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(id, lexicon->classes[k].id) == 0) {
                reader_problem(r, reader_text(r, id), "the class \"%s\" is given twice in the file", id);
            }
        }
    }
}

const struct schema lexicon_schema = {
    .what = "a lexicon", .size = sizeof(struct lexicon), .fields = lexicon_fields, .check = check_lexicon};

bool lexicon_parse(struct sv text, const char *name, struct arena *a, struct lexicon *out, struct problems *p)
{
    struct schema_input in = {.text = text, .name = arena_strdup(a, name), .arena = a, .problems = p};
    *out = (struct lexicon){.id = ""};
    return schema_read(&lexicon_schema, &in, out);
}
