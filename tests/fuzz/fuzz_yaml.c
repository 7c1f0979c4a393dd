#include "bank/item.h"
#include "pmprep/base/utf8.h"

/*
 * Any bytes through the readers. Beyond not crashing: every problem has a place and a clean text, and every item that
 * is handed out reads again from its own lines to the same content, as the library does it.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

struct rereading {
    struct sv text;
    struct item_context again;
};

static bool read_again(void *context, struct item *item, const struct extent *where)
{
    struct rereading *r = context;
    struct arena arena = ARENA_INIT;
    struct item copy;
    struct problems none;
    problems_init(&none, &arena);
    must(where->offset + where->length <= r->text.len);
    r->again = (struct item_context){.head = {item->bank, "", item->source}, .revisions = true};
    must(item_reread(sv_sub(r->text, where->offset, where->length), "x", where->line, &r->again, &arena, &copy, &none));
    must(strcmp(copy.key, item->key) == 0 && copy.revision == item->revision);
    must(copy.place.line == item->place.line && copy.place.column == item->place.column);
    problems_release(&none);
    arena_release(&arena);
    return true;
}

static void read_bank(struct sv text, struct arena *a, struct problems *p)
{
    struct rereading r = {.text = text};
    struct item_context context = {.revisions = true, .each = read_again, .each_context = &r};
    size_t before = p->count;
    must(bank_stream(text, "x", a, &context, p) == (p->count == before));
}

static void read_any(struct sv text, struct arena *a, struct problems *p)
{
    struct rubric rubric;
    struct principle *principles;
    size_t count;
    switch (file_kind_of(text)) {
    case FILE_BANK:
        read_bank(text, a, p);
        break;
    case FILE_RUBRIC:
        rubric_parse(text, "x", a, &rubric, p);
        break;
    case FILE_PRINCIPLES:
        principles_parse(text, "x", a, &principles, &count, p);
        break;
    case FILE_LOOP:
    case FILE_TEMPLATE:
    case FILE_PLAN:
    case FILE_DECK:
    case FILE_RULE:
    case FILE_LEXICON:
        check_sheet(text, "x", file_kind_of(text), NULL, p);
        break;
    case FILE_UNKNOWN:
        check_unknown(text, "x", p);
        must(p->count > 0);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct problems p;
    problems_init(&p, &arena);
    read_any((struct sv){(const char *)data, size}, &arena, &p);
    for (size_t i = 0; i < p.count; i++) {
        must(p.at[i].place.line > 0 && p.at[i].place.column > 0);
        must(visible_is_clean(sv_from(p.at[i].text), VISIBLE_LINE));
    }
    problems_release(&p);
    arena_release(&arena);
    return 0;
}
