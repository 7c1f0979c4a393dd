#include "pmprep/bank/bank.h"

#include "bank/scan.h"
#include "bank/yaml.h"
#include "pmprep/base/mem.h"

/* Flat files: one mapping of plain scalars. */

struct flat {
    struct arena *arena;
    struct flat_entry *at;
    size_t count;
    size_t cap;
};

static bool is_known(const struct flat *f, struct sv name)
{
    for (size_t i = 0; i < f->count; i++) {
        if (sv_eqs(name, f->at[i].name)) {
            return true;
        }
    }
    return false;
}

static bool take_entry(struct events *e, const struct event *key, const char *file, struct flat *f)
{
    struct event value;
    if (key->type != EVENT_SCALAR) {
        return events_fail(e, key->line, key->column, "expected 'name: value'");
    }
    if (is_known(f, key->text)) {
        return events_fail(e, key->line, key->column, "this name stands twice in the file");
    }
    const char *name = arena_sv(f->arena, key->text);
    if (!events_next(e, &value)) {
        return false;
    }
    if (value.type != EVENT_SCALAR) {
        return events_fail(e, value.line, value.column, "expected one value, not a list or a mapping");
    }
    mem_grow((void **)&f->at, &f->cap, f->count + 1, sizeof(*f->at));
    f->at[f->count++] = (struct flat_entry){name, arena_sv(f->arena, value.text), {file, value.line, value.column}};
    return true;
}

static bool read_map(struct events *e, const char *file, struct flat *f)
{
    struct event event;
    if (!events_next(e, &event)) {
        return false;
    }
    if (event.type == EVENT_FINISH) {
        return true;
    }
    if (event.type != EVENT_MAP) {
        return events_fail(e, event.line, event.column, "expected lines of 'name: value'");
    }
    while (events_next(e, &event) && event.type != EVENT_CLOSE) {
        if (!take_entry(e, &event, file, f)) {
            return false;
        }
    }
    return event.type == EVENT_CLOSE && events_next(e, &event);
}

bool flat_parse(struct sv text, const char *name, struct arena *a, struct flat_entry **out, size_t *count,
                struct problems *p)
{
    struct flat flat = {.arena = a};
    *out = NULL;
    *count = 0;
    if (!scan_text(text, name, p)) {
        return false;
    }
    const char *file = arena_strdup(a, name);
    struct events *e = events_open(text, file, 1, p);
    bool ok = read_map(e, file, &flat);
    events_close(e);
    if (ok) {
        *out = arena_array(a, flat.count, sizeof(**out));
        for (size_t i = 0; i < flat.count; i++) {
            (*out)[i] = flat.at[i];
        }
        *count = flat.count;
    }
    free(flat.at);
    return ok;
}
