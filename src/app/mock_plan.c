#include "mock_parts.h"

#include "pmprep/base/lookup.h"

#include <ctype.h>
#include <string.h>

/* The plan of a run from the library and the user's history. */

static void set_history(const struct seen *seen, size_t seen_count, struct library *library, struct loop_item *items,
                        size_t count)
{
    struct lookup by_key = {0};
    lookup_reserve(&by_key, count);
    for (size_t i = 0; i < count; i++) {
        lookup_add(&by_key, items[i].meta->key, (uint32_t)i);
    }
    for (size_t i = 0; i < seen_count; i++) {
        const char *now = library_present(library, seen[i].item);
        uint32_t at;
        if (!lookup_find(&by_key, now ? now : seen[i].item, &at)) {
            continue;
        }
        items[at].times += seen[i].times;
        if (seen[i].last_ms > items[at].last_ms) {
            items[at].last_ms = seen[i].last_ms;
        }
    }
    lookup_release(&by_key);
}

static bool is_listed(const struct strings *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* Open questions that are not suspended, with when they were answered. */
static bool load_items(struct mock *m, struct arena *a, struct loop_item **out, size_t *count, struct err *err)
{
    struct filter f;
    struct item_meta *metas;
    size_t meta_count, seen_count;
    struct seen *seen;
    struct strings suspended, flagged;
    filter_init(&f);
    f.kinds = 1u << KIND_BEHAVIOURAL | 1u << KIND_CASE | 1u << KIND_TRANSITION;
    if (!library_list(m->library, &f, a, &metas, &meta_count, err) ||
        !attempts_seen(m->store, a, &seen, &seen_count, err) || !item_marks(m->store, a, &suspended, &flagged, err)) {
        return false;
    }
    *out = arena_array(a, meta_count, sizeof(**out));
    *count = 0;
    for (size_t i = 0; i < meta_count; i++) {
        if (!is_listed(&suspended, metas[i].key)) {
            (*out)[(*count)++] = (struct loop_item){.meta = &metas[i]};
        }
    }
    set_history(seen, seen_count, m->library, *out, *count);
    return true;
}

/* The section of the template that the part stands for: its title begins with the part's name. */
static const char *section_of(struct mock *m, const struct mock_stage *stage, const struct mock_part *part)
{
    const struct template *t = library_template(m->library, stage->template_id);
    size_t len = strlen(part->name);
    for (size_t i = 0; t && i < t->section_count; i++) {
        if (strncmp(t->sections[i].title, part->name, len) == 0) {
            return t->sections[i].id;
        }
    }
    struct buf slug = BUF_INIT;
    for (const char *c = part->name; *c; c++) {
        buf_addc(&slug, isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '-');
    }
    const char *id = arena_sv(&m->arena, buf_sv(&slug));
    buf_release(&slug);
    return id;
}

/* What no bank asks gets a key all the same, so that it can be found and drafted. */
static void name_the_rest(struct mock *m)
{
    for (size_t i = 0; i < m->plan.stage_count; i++) {
        struct loop_stage *s = &m->plan.stages[i];
        const char *bank = s->stage->template_id[0] ? s->stage->template_id : "mock";
        for (size_t k = 0; k < s->part_count; k++) {
            struct loop_part *part = &s->parts[k];
            if (part->part->asks == PART_AGENDA) {
                part->questions[0].item = arena_printf(&m->arena, "%s/%s", bank, section_of(m, s->stage, part->part));
            } else if (part->part->asks == PART_WRITING) {
                part->questions[0].item = arena_printf(&m->arena, "%s/text", bank);
            }
        }
    }
}

bool mock_make_plan(struct mock *m, const struct mock_options *o, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct loop_ask ask = {
        .loop = m->loop, .seed = m->row.seed, .round = o->round, .minutes = o->minutes, .pace = m->row.pace};
    struct loop_plan made;
    bool ok = load_items(m, &scratch, &ask.items, &ask.item_count, err) && loop_plan(&ask, &scratch, &made, err);
    struct buf json = BUF_INIT;
    if (ok) { /* read back at once: what runs is what is stored */
        mock_write_plan(&made, &json);
        ok = mock_read_plan(buf_str(&json), m->loop, &m->arena, &m->plan, err);
    }
    buf_release(&json);
    arena_release(&scratch);
    if (ok) {
        name_the_rest(m);
    }
    return ok;
}
