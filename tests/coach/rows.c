#include "fit.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Answers whose flaws are known: labelled files, the shipped pairs and answers, the fixtures of the rules. */

static void add_row(struct set *s, const char *topic, const char *text, const char *kind, const char *principle,
                    struct strings marked, const char *only)
{
    void *list = s->rows;
    mem_grow(&list, &s->room, s->count + 1, sizeof(*s->rows));
    s->rows = list;
    topic = arena_strdup(&s->arena, topic);
    unsigned number = lookup_add(&s->topics, topic, s->next_topic);
    s->next_topic += number == s->next_topic;
    s->rows[s->count++] = (struct row){.text = text,
                                       .kind = kind,
                                       .principle = principle,
                                       .flaws = marked,
                                       .only = only,
                                       .topic = topic,
                                       .number = number,
                                       .fold = (s->by_source ? s->source : number) % FOLDS};
}

bool set_add_labels(struct set *s, const char *path, struct err *err)
{
    struct buf text = BUF_INIT;
    struct labelled_answer *list;
    size_t count = 0;
    s->source++;
    bool ok = file_read(path, FILE_MAX, &text, err) && labels_parse(buf_sv(&text), path, &s->arena, &list, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        const struct labelled_answer *l = &list[i];
        const char *topic = arena_printf(&s->arena, "%s/%s", path, *l->pair ? l->pair : l->id);
        add_row(s, topic, l->text, l->kind, l->principle, l->flaws, NULL);
    }
    buf_release(&text);
    return ok;
}

static void add_side(struct set *s, const struct item *item, const struct side *side)
{
    struct strings marked = {arena_array(&s->arena, side->flaw_count + 1, sizeof(char *)), side->flaw_count};
    for (size_t i = 0; i < side->flaw_count; i++) {
        marked.at[i] = side->flaws[i].flaw;
    }
    add_row(s, item->key, side->text, family_coach_kind(item->family),
            item->principles.count > 0 ? item->principles.at[0] : "", marked, NULL);
}

bool set_add_bank(struct set *s, struct library *lib, struct err *err)
{
    struct item_meta *list;
    size_t count;
    struct filter all;
    filter_init(&all);
    if (!library_list(lib, &all, &s->arena, &list, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct item item;
        if (list[i].kind != KIND_PAIR && list[i].kind != KIND_ANSWER) {
            continue;
        }
        if (!library_item(lib, list[i].key, &s->arena, &item, err)) {
            return false;
        }
        if (item.kind == KIND_PAIR) {
            add_side(s, &item, &item.bad);
            s->rows[s->count - 1].main_flaw = item.bad.flaw_count > 0 ? item.bad.flaws[0].flaw : NULL;
            add_side(s, &item, &item.good);
        } else {
            add_side(s, &item, &item.answer);
        }
    }
    return true;
}

static void add_fixtures(struct set *s, const struct rule *r, const struct rule_fixture *list, size_t count, bool fires)
{
    for (size_t i = 0; i < count; i++) {
        struct strings marked = {arena_array(&s->arena, 1, sizeof(char *)), fires ? 1 : 0};
        marked.at[0] = r->id;
        const char *topic = arena_printf(&s->arena, "%s/%d/%zu", r->id, fires, i);
        add_row(s, topic, list[i].text, list[i].kind, list[i].principle, marked, r->id);
    }
}

void set_add_fixtures(struct set *s, const struct rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_fixtures(s, &rules[i], rules[i].fires, rules[i].fires_count, true);
        add_fixtures(s, &rules[i], rules[i].silent, rules[i].silent_count, false);
    }
}

bool row_has(const struct row *row, const char *rule)
{
    for (size_t i = 0; i < row->flaws.count; i++) {
        if (strcmp(row->flaws.at[i], rule) == 0) {
            return true;
        }
    }
    return false;
}

bool row_counts(const struct row *row, const struct rule *r)
{
    return (!row->only || strcmp(row->only, r->id) == 0) && rule_applies(r, row->kind, row->principle);
}

void set_view(struct set *s, struct lexicon_index *lexicon)
{
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < s->count; i++) {
        arena_reset(&scratch);
        lexicon_watch(lexicon, s->rows[i].number);
        answer_view(lexicon, sv_from(s->rows[i].text), &scratch);
    }
    lexicon_forget(lexicon);
    for (size_t i = 0; i < s->count; i++) {
        s->rows[i].view = answer_view(lexicon, sv_from(s->rows[i].text), &s->arena);
    }
    arena_release(&scratch);
}

void set_release(struct set *s)
{
    lookup_release(&s->topics);
    arena_release(&s->arena);
    free(s->rows);
}
