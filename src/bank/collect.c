#include "bank/reader.h"
#include "pmprep/base/mem.h"

/* Mappings and lists below a key: texts, records, free keys, and the entries that are handed out one by one. */

static void push(struct reader *r, const void *element)
{
    if (r->stack_count == r->stack_cap) {
        mem_grow((void **)&r->stack, &r->stack_cap, r->stack_count + 1, sizeof(*r->stack));
    }
    r->stack[r->stack_count++] = element;
}

static void check_count(struct reader *r, const struct field *f, struct place where, size_t count)
{
    long min = field_min(f);
    long max = field_max(f);
    if ((long)count >= min && (long)count <= max) {
        return;
    }
    if (min == max) {
        reader_problem(r, where, "\"%s\" must have exactly %ld entries, not %zu", f->name, min, count);
    } else if ((long)count < min) {
        reader_problem(r, where, "\"%s\" must have at least %ld %s", f->name, min, min == 1 ? "entry" : "entries");
    } else {
        reader_problem(r, where, "\"%s\" must have at most %ld entries, not %zu", f->name, max, count);
    }
}

static void check_different(struct reader *r, const struct field *f, size_t base)
{
    const char *last = r->stack[r->stack_count - 1];
    for (size_t i = base; i + 1 < r->stack_count; i++) {
        if (strcmp(r->stack[i], last) == 0) {
            reader_problem(r, reader_here(r), "\"%s\" names %s twice", f->name, last);
            return;
        }
    }
}

/* A list of texts, ids or words; the strings end up on the stack. */
static bool read_texts(struct reader *r, const struct field *f, size_t base)
{
    struct field one = {.name = f->name, .words = f->words};
    one.type = f->type == FIELD_IDS ? FIELD_ID : f->type == FIELD_TERMS ? FIELD_TERM : FIELD_TEXT;
    while (reader_next(r) && r->ev.type != EVENT_CLOSE) {
        const char *text = NULL;
        if (r->ev.type != EVENT_SCALAR) {
            reader_problem(r, reader_here(r), "an entry of \"%s\" must be one text", f->name);
            if (!reader_skip(r)) {
                return false;
            }
            continue;
        }
        scalar_read(r, &one, &text);
        if (text) {
            push(r, text);
            if (f->type == FIELD_IDS || f->type == FIELD_TERMS) {
                check_different(r, f, base);
            }
        }
    }
    return r->ev.type == EVENT_CLOSE;
}

static bool read_text_list(struct reader *r, const struct field *f, void *record)
{
    struct place start = reader_here(r);
    size_t problems = r->in->problems->count;
    size_t base = r->stack_count;
    bool open = read_texts(r, f, base);
    size_t count = r->stack_count - base;
    if (open && r->in->problems->count == problems) {
        check_count(r, f, start, count);
    }
    if (f->type == FIELD_FIXED) {
        const char **at = field_at(record, f);
        for (size_t i = 0; i < count && i < (size_t)f->max; i++) {
            at[i] = r->stack[base + i];
        }
    } else {
        struct strings *list = field_at(record, f);
        if (list->count > 0) {
            reader_problem(r, start, "\"%s\" is given by another key already", f->name);
        } else if (count > 0) {
            list->at = arena_array(r->arena, count, sizeof(*list->at));
            memcpy(list->at, r->stack + base, count * sizeof(*list->at));
            list->count = count;
        }
    }
    r->stack_count = base;
    return open;
}

/* Moves the records on the stack into one array of the arena. */
static void gather(struct reader *r, const struct field *f, void *record, size_t base)
{
    size_t count = r->stack_count - base;
    size_t size = f->nested->size;
    char *array = count > 0 ? arena_array(r->arena, count, size) : NULL;
    for (size_t i = 0; i < count; i++) {
        memcpy(array + i * size, r->stack[base + i], size);
    }
    *(void **)field_at(record, f) = array;
    *field_count(record, f) = count;
    r->stack_count = base;
}

static bool read_record_list(struct reader *r, const struct field *f, void *record)
{
    struct place start = reader_here(r);
    size_t problems = r->in->problems->count;
    size_t base = r->stack_count;
    while (reader_next(r) && r->ev.type != EVENT_CLOSE) {
        if (r->ev.type != EVENT_MAP) {
            reader_expected(r, f);
            if (!reader_skip(r)) {
                return false;
            }
            continue;
        }
        void *element = arena_alloc(r->arena, f->nested->size);
        push(r, element);
        if (!map_read(r, f->nested, element)) {
            return false;
        }
    }
    if (r->ev.type != EVENT_CLOSE) {
        return false;
    }
    if (r->in->problems->count == problems) {
        check_count(r, f, start, r->stack_count - base);
    }
    gather(r, f, record, base);
    return true;
}

static bool has_key(struct reader *r, const struct field *key, size_t base)
{
    for (size_t i = base; i < r->stack_count; i++) {
        if (sv_eqs(r->ev.text, *(const char *const *)field_in(r->stack[i], key))) {
            return true;
        }
    }
    return false;
}

static bool read_dict(struct reader *r, const struct field *f, void *record)
{
    const struct field *key = &f->nested->fields[0];
    const struct field *value = &f->nested->fields[1];
    size_t base = r->stack_count;
    while (reader_next(r) && r->ev.type != EVENT_CLOSE) {
        if (r->ev.type != EVENT_SCALAR) {
            return events_fail(r->events, r->ev.line, r->ev.column, "a key must be plain text");
        }
        if ((long)(r->stack_count - base) == field_max(f)) {
            const char *why =
                arena_printf(r->in->problems->arena, "\"%s\" must have at most %ld keys", f->name, field_max(f));
            return events_fail(r->events, r->ev.line, r->ev.column, why);
        }
        if (has_key(r, key, base)) {
            reader_problem(r, reader_here(r), "duplicate key \"%s\"", reader_shown(r, r->ev.text));
        }
        void *element = arena_alloc(r->arena, f->nested->size);
        schema_init(f->nested, element);
        push(r, element);
        scalar_read(r, key, element);
        if (!reader_next(r)) {
            return false;
        }
        if (!value_read(r, value, element)) {
            return false;
        }
    }
    gather(r, f, record, base);
    return r->ev.type == EVENT_CLOSE;
}

/* The offset of the first byte of a line; lines are asked for in ascending order. */
static size_t line_offset(struct reader *r, unsigned line)
{
    const struct sv text = r->in->text;
    while (r->cursor_line < line && r->cursor_offset < text.len) {
        const char *newline = memchr(text.data + r->cursor_offset, '\n', text.len - r->cursor_offset);
        r->cursor_offset = newline ? (size_t)(newline - text.data) + 1 : text.len;
        r->cursor_line++;
    }
    return r->cursor_offset;
}

/* Whole lines from where the entry starts to where its closing event ends. */
static struct extent extent_of(struct reader *r, unsigned first_line)
{
    struct extent where = {.line = first_line, .offset = line_offset(r, first_line)};
    size_t last = line_offset(r, r->ev.end_line);
    struct sv before =
        sv_sub(r->in->text, last, r->ev.end_column - 1); /* bytes stand in for columns: blanks are ASCII */
    size_t end = sv_trim(before).len == 0 ? last : line_offset(r, r->ev.end_line + 1);
    where.length = end - where.offset;
    return where;
}

/* One entry of a FIELD_EACH list, handed out when it has no problem. */
static bool read_entry(struct reader *r, const struct field *f, void *element, bool hand_out)
{
    unsigned first_line = r->ev.line;
    size_t problems = r->in->problems->count;
    struct arena *outer = r->arena;
    r->arena = r->in->entry_arena;
    r->spot_count = 0;
    memset(element, 0, f->nested->size);
    bool open = map_read(r, f->nested, element);
    if (open && hand_out && r->in->problems->count == problems) {
        struct extent where = extent_of(r, first_line);
        if (!r->in->each(r->in->context, element, &where)) {
            open = false;
        }
    }
    r->arena = outer;
    if (r->in->entry_arena != outer) {
        arena_reset(r->in->entry_arena);
    }
    return open;
}

/* Are the required keys before the list there? */
static bool head_is_complete(const struct reader *r)
{
    const struct frame *frame = r->frame;
    for (size_t i = 0; frame->schema->fields[i].name; i++) {
        const struct field *f = &frame->schema->fields[i];
        if (f->required && f->type != FIELD_EACH && !((frame->seen >> i) & 1)) {
            return false;
        }
    }
    return true;
}

static bool read_each(struct reader *r, const struct field *f, void *record)
{
    (void)record;
    if (r->ev.flow) {
        reader_problem(r, reader_here(r), "write \"%s\" as a block: each entry on its own lines, after \"- \"",
                       f->name);
        return reader_skip(r);
    }
    bool hand_out = head_is_complete(r) && r->in->problems->count == r->first_problem;
    void *element = mem_alloc(f->nested->size);
    bool open = true;
    r->frame->last = f->name;
    while (open && (open = reader_next(r)) && r->ev.type != EVENT_CLOSE) {
        if (r->ev.type == EVENT_MAP) {
            open = read_entry(r, f, element, hand_out);
        } else {
            reader_expected(r, f);
            open = reader_skip(r);
        }
    }
    free(element);
    return open;
}

static bool read_nested(struct reader *r, const struct field *f, void *record)
{
    return map_read(r, f->nested, field_at(record, f));
}

static const struct {
    enum event_type opens;
    bool (*read)(struct reader *r, const struct field *f, void *record);
} collections[] = {
    [FIELD_TEXTS] = {EVENT_LIST, read_text_list},  [FIELD_IDS] = {EVENT_LIST, read_text_list},
    [FIELD_FIXED] = {EVENT_LIST, read_text_list},  [FIELD_MAP] = {EVENT_MAP, read_nested},
    [FIELD_MAPS] = {EVENT_LIST, read_record_list}, [FIELD_DICT] = {EVENT_MAP, read_dict},
    [FIELD_EACH] = {EVENT_LIST, read_each},        [FIELD_TERMS] = {EVENT_LIST, read_text_list},
};

bool collection_fits(const struct reader *r, const struct field *f)
{
    return r->ev.type == collections[f->type].opens;
}

bool collection_read(struct reader *r, const struct field *f, void *record)
{
    return collections[f->type].read(r, f, record);
}
