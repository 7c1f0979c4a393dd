#include "bank/item.h"

#include "pmprep/bank/compute.h"
#include "pmprep/base/utf8.h"

#include <stddef.h>

/* The keys of an item, and what must hold between them. */

#define OF(kind)    (1u << KIND_##kind)
#define AT(member)  offsetof(struct item, member)
#define LIST(array) .offset = AT(array##s), .count = AT(array##_count)

enum { TITLE_MAX = 60, MINUTES_MAX = 90, REWRITE_WORDS = 50 };

static const struct field probe_fields[] = {
    {.name = "flaw", .type = FIELD_TERM, .offset = offsetof(struct probe, flaw), .words = &flaw_words},
    {.name = "ask", .type = FIELD_TEXT, .offset = offsetof(struct probe, ask), .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema probe_schema = {.what = "a probe", .size = sizeof(struct probe), .fields = probe_fields};

static const struct field phase_fields[] = {
    {.name = "name", .type = FIELD_TEXT, .offset = offsetof(struct phase, name), .required = FIELD_ALWAYS},
    {.name = "minutes",
     .type = FIELD_INT,
     .offset = offsetof(struct phase, minutes),
     .min = 1,
     .max = MINUTES_MAX,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};
const struct schema phase_schema = {.what = "a phase", .size = sizeof(struct phase), .fields = phase_fields};

static const struct field fact_fields[] = {
    {.name = "ask", .type = FIELD_TEXTS, .offset = offsetof(struct fact, ask), .required = FIELD_ALWAYS},
    {.name = "tell", .type = FIELD_TEXT, .offset = offsetof(struct fact, tell), .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema fact_schema = {.what = "a fact", .size = sizeof(struct fact), .fields = fact_fields};

static const struct field twist_fields[] = {
    {.name = "minute",
     .type = FIELD_INT,
     .offset = offsetof(struct twist, minute),
     .min = 1,
     .max = MINUTES_MAX,
     .required = FIELD_ALWAYS},
    {.name = "tell", .type = FIELD_TEXT, .offset = offsetof(struct twist, tell), .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema twist_schema = {.what = "a twist", .size = sizeof(struct twist), .fields = twist_fields};

static const struct field option_fields[] = {
    {.name = "text", .type = FIELD_TEXT, .offset = offsetof(struct option, text), .required = FIELD_ALWAYS},
    {.name = "right", .type = FIELD_BOOL, .offset = offsetof(struct option, right)},
    {.name = "why", .type = FIELD_TEXT, .offset = offsetof(struct option, why)},
    {.name = NULL},
};
static const struct schema option_schema = {
    .what = "an option", .size = sizeof(struct option), .fields = option_fields};

static const struct field rung_fields[] = {
    {.name = "from", .type = FIELD_TEXT, .offset = offsetof(struct rung, from), .required = FIELD_ALWAYS},
    {.name = "so-what", .type = FIELD_TEXT, .offset = offsetof(struct rung, so_what), .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema rung_schema = {.what = "a rung", .size = sizeof(struct rung), .fields = rung_fields};

enum item_field { ITEM_ID, ITEM_WAS, ITEM_CORE }; /* the first rows: what the revision does not depend on */
static const uint64_t not_content = 1u << ITEM_ID | 1u << ITEM_WAS | 1u << ITEM_CORE;

static const struct field item_fields[] = {
    [ITEM_ID] = {.name = "id", .type = FIELD_ID, .offset = AT(id), .required = FIELD_ALWAYS},
    [ITEM_WAS] = {.name = "was", .type = FIELD_TEXTS, .offset = AT(was)},
    [ITEM_CORE] = {.name = "core", .type = FIELD_BOOL, .offset = AT(core)},
    {.name = "kind", .type = FIELD_WORD, .offset = AT(kind), .words = &kind_words, .required = FIELD_ALWAYS},
    {.name = "family", .type = FIELD_WORD, .offset = AT(family), .words = &family_words},
    {.name = "principle", .type = FIELD_ONE_ID, .offset = AT(principles)},
    {.name = "principles", .type = FIELD_IDS, .offset = AT(principles), .max = 16},
    {.name = "difficulty", .type = FIELD_INT, .offset = AT(difficulty), .min = 1, .max = 3, .required = FIELD_ALWAYS},
    {.name = "minutes", .type = FIELD_INT, .offset = AT(minutes), .min = 1, .max = MINUTES_MAX},
    {.name = "names-principle", .type = FIELD_BOOL, .offset = AT(names_principle)},
    {.name = "source", .type = FIELD_WORD, .offset = AT(source), .words = &source_words},
    {.name = "title", .type = FIELD_TEXT, .offset = AT(title), .max = TITLE_MAX},
    {.name = "prompt", .type = FIELD_TEXT, .offset = AT(prompt), .required = FIELD_ALWAYS},
    {.name = "why-pm", .type = FIELD_TEXT, .offset = AT(why_pm)},
    {.name = "phases",
     .type = FIELD_MAPS,
     LIST(phase),
     .nested = &phase_schema,
     .max = 20,
     .known = OF(CASE) | OF(WRITING)},
    {.name = "facts", .type = FIELD_MAPS, LIST(fact), .nested = &fact_schema, .known = OF(CASE)},
    {.name = "twists", .type = FIELD_MAPS, LIST(twist), .nested = &twist_schema, .known = OF(CASE)},
    {.name = "bad",
     .type = FIELD_MAP,
     .offset = AT(bad),
     .nested = &bad_schema,
     .known = OF(PAIR),
     .required = OF(PAIR)},
    {.name = "good",
     .type = FIELD_MAP,
     .offset = AT(good),
     .nested = &good_schema,
     .known = OF(PAIR),
     .required = OF(PAIR)},
    {.name = "lesson", .type = FIELD_TEXT, .offset = AT(explanation), .known = OF(PAIR)},
    {.name = "answer",
     .type = FIELD_MAP,
     .offset = AT(answer),
     .nested = &answer_schema,
     .known = OF(ANSWER),
     .required = OF(ANSWER)},
    {.name = "options",
     .type = FIELD_MAPS,
     LIST(option),
     .nested = &option_schema,
     .min = 2,
     .max = 6,
     .known = OF(CHOICE),
     .required = OF(CHOICE)},
    {.name = "explanation", .type = FIELD_TEXT, .offset = AT(explanation), .known = OF(CHOICE), .required = OF(CHOICE)},
    {.name = "compute", .type = FIELD_TEXT, .offset = AT(compute), .known = OF(CHOICE)},
    {.name = "max-words", .type = FIELD_INT, .offset = AT(max_words), .min = 5, .max = 1000, .known = OF(REWRITE)},
    {.name = "ladder",
     .type = FIELD_MAPS,
     .offset = AT(ladder),
     .count = AT(ladder_count),
     .nested = &rung_schema,
     .known = OF(REWRITE)},
    {.name = "template", .type = FIELD_ID, .offset = AT(template_id), .known = OF(WRITING)},
    {.name = "max-characters",
     .type = FIELD_INT,
     .offset = AT(max_characters),
     .min = 100,
     .max = 100000,
     .known = OF(WRITING)},
    {.name = "query", .type = FIELD_TEXT, .offset = AT(query), .known = OF(SQL), .required = OF(SQL)},
    {.name = "ordered", .type = FIELD_BOOL, .offset = AT(ordered), .known = OF(SQL)},
    {.name = "probes", .type = FIELD_MAPS, LIST(probe), .nested = &probe_schema},
    {.name = "look-for", .type = FIELD_TEXTS, .offset = AT(look_for)},
    {.name = "watch-out", .type = FIELD_TEXTS, .offset = AT(watch_out)},
    {.name = "exemplar", .type = FIELD_TEXT, .offset = AT(exemplar), .required = OF(REWRITE)},
    {.name = NULL},
};

static void init_item(void *record)
{
    struct item *item = record;
    item->kind = KIND_COUNT;
    item->source = SOURCE_COUNT;
}

static unsigned item_variants(const void *record)
{
    const struct item *item = record;
    return item->kind == KIND_COUNT ? 0 : 1u << item->kind;
}

static const char *item_variant_name(const void *record)
{
    static const char *const names[KIND_COUNT] = {
        [KIND_BEHAVIOURAL] = "a behavioural question",
        [KIND_CASE] = "a case",
        [KIND_TRANSITION] = "a transition question",
        [KIND_PAIR] = "a pair",
        [KIND_CHOICE] = "a choice",
        [KIND_REWRITE] = "a rewrite",
        [KIND_WRITING] = "a writing task",
        [KIND_SQL] = "an SQL task",
        [KIND_ANSWER] = "an answer",
    };
    const struct item *item = record;
    return names[item->kind];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static void check_family(struct reader *r, struct item *item)
{
    if (item->family == FAMILY_NONE) {
        item->family = family_default(item->kind);
        if (item->family == FAMILY_NONE) {
            reader_problem(r, reader_start(r), "missing key \"family\": %s must name the family it serves",
                           item_variant_name(item));
        }
        return;
    }
    if (family_fits(item->kind, item->family)) {
        return;
    }
    struct buf fitting = BUF_INIT;
    for (int f = FAMILY_GENERAL; f < FAMILY_COUNT; f++) {
        if (family_fits(item->kind, (enum family)f)) {
            buf_addf(&fitting, "%s%s", fitting.len > 0 ? ", " : "", family_name((enum family)f));
        }
    }
    reader_problem(r, reader_key(r, "family"), "%s cannot have the family \"%s\"; it takes: %s",
                   item_variant_name(item), family_name(item->family), buf_str(&fitting));
    buf_release(&fitting);
}

static void check_minutes(struct reader *r, const struct item *item)
{
    unsigned sum = 0;
    for (size_t i = 0; i < item->phase_count; i++) {
        sum += item->phases[i].minutes;
    }
    if (item->minutes > 0 && sum > item->minutes) {
        reader_problem(r, reader_key(r, "phases"), "the phases take %u minutes, the item has %u", sum, item->minutes);
    }
    for (size_t i = 0; i < item->twist_count; i++) {
        if (item->minutes > 0 && item->twists[i].minute >= item->minutes) {
            reader_problem(r, reader_text(r, item->twists[i].tell),
                           "the twist comes in minute %u, the item has %u minutes", item->twists[i].minute,
                           item->minutes);
        }
    }
}

static void check_options(struct reader *r, const struct item *item)
{
    size_t right = 0;
    for (size_t i = 0; i < item->option_count; i++) {
        right += item->options[i].right;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(item->options[i].text, item->options[k].text) == 0) {
                reader_problem(r, reader_text(r, item->options[i].text), "this option is given twice");
            }
        }
    }
    if (item->kind == KIND_CHOICE && right != 1) {
        reader_problem(r, reader_key(r, "options"), "exactly one option must have \"right: true\", not %zu", right);
    }
}

/* A figure that is wrong is worse than none. */
static void check_compute(struct reader *r, const struct item *item)
{
    struct err err = ERR_INIT;
    if (*item->compute && !compute_check(sv_from(item->compute), &err)) {
        reader_problem(r, reader_key(r, "compute"), "%s", err.text);
    }
}

/* A former id, or a former key BANK/ID. */
static bool is_former(struct sv s)
{
    size_t slashes = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        slashes += c == '/';
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '/') {
            return false;
        }
    }
    return s.len > 0 && slashes <= 1 && s.data[0] != '/' && s.data[s.len - 1] != '/';
}

static void check_former(struct reader *r, const struct item *item)
{
    for (size_t i = 0; i < item->was.count; i++) {
        if (!is_former(sv_from(item->was.at[i]))) {
            reader_problem(r, reader_text(r, item->was.at[i]), "a former id looks like old-id or bank/old-id");
        } else if (strcmp(item->was.at[i], item->id) == 0 || strcmp(item->was.at[i], item->key) == 0) {
            reader_problem(r, reader_text(r, item->was.at[i]), "this is the id that the item has now");
        }
    }
}

/* The beginning of the prompt on one line, cut between words. */
static const char *title_from(struct arena *a, const char *prompt)
{
    struct buf line = BUF_INIT;
    for (const char *c = prompt; *c && line.len < 4 * TITLE_MAX; c++) {
        bool blank = is_blank(*c);
        if (!blank || (line.len > 0 && line.data[line.len - 1] != ' ')) {
            buf_addc(&line, blank ? ' ' : *c);
        }
    }
    struct sv whole = sv_trim(buf_sv(&line));
    whole.len = utf8_valid(whole.data, whole.len); /* the loop may have stopped within a character */
    struct sv cut = utf8_clip(whole, TITLE_MAX);
    const char *title;
    if (cut.len == whole.len && whole.len < 4 * TITLE_MAX) {
        title = arena_sv(a, whole);
    } else {
        cut = utf8_clip(whole, TITLE_MAX - 3);
        size_t end = cut.len;
        while (end > cut.len / 2 && cut.data[end - 1] != ' ') {
            end--;
        }
        cut = sv_trim(sv_sub(cut, 0, end > cut.len / 2 ? end : cut.len));
        title = arena_printf(a, SV_FMT "...", SV_ARG(cut));
    }
    buf_release(&line);
    return title;
}

static void check_item(struct reader *r, void *record)
{
    struct item *item = record;
    const struct item_context *context = reader_context(r);
    item->bank = context->head.name;
    item->key = arena_printf(reader_arena(r), "%s/%s", item->bank, item->id);
    item->place = reader_start(r);
    item->source = item->source == SOURCE_COUNT ? context->head.source : item->source;
    if (item->kind == KIND_REWRITE && item->max_words == 0) {
        item->max_words = REWRITE_WORDS;
    }
    check_family(r, item);
    check_minutes(r, item);
    check_options(r, item);
    check_compute(r, item);
    check_former(r, item);
    if (context->revisions) {
        item->revision = schema_hash(&item_schema, item, not_content);
    }
    if (!*item->title) {
        item->title = title_from(reader_arena(r), item->prompt);
    }
    if (context->refs) {
        item_check_references(r, item, context->refs);
    }
}

const struct schema item_schema = {
    .what = "an item",
    .size = sizeof(struct item),
    .fields = item_fields,
    .init = init_item,
    .variants = item_variants,
    .variant_name = item_variant_name,
    .variant_words = &kind_words,
    .check = check_item,
};
