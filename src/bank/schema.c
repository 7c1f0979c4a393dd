#include "bank/reader.h"
#include "bank/scan.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

#include <stdarg.h>

enum { PROBLEMS_MAX = 1000, SHOWN_MAX = 40 };

/* Wrong indentation closes mappings before it shows as an error: what was then missing in them is no news. */
static void drop_consequences(struct reader *r)
{
    struct problems *p = r->in->problems;
    if (r->closing && p->count > r->before_close + 1) {
        p->at[r->before_close] = p->at[p->count - 1];
        p->count = r->before_close + 1;
    }
}

bool reader_next(struct reader *r)
{
    bool was_failed = events_failed(r->events);
    if (!events_next(r->events, &r->ev)) {
        if (!was_failed && events_failed(r->events)) {
            drop_consequences(r);
        }
        return false;
    }
    bool closes = r->ev.type == EVENT_CLOSE;
    if (closes && !r->closing) {
        r->before_close = r->in->problems->count;
    }
    r->closing = closes;
    return true;
}

struct place reader_here(const struct reader *r)
{
    return (struct place){r->in->name, r->ev.line, r->ev.column};
}

const char *reader_shown(struct reader *r, struct sv s)
{
    struct sv clipped = utf8_clip(s, SHOWN_MAX);
    return arena_printf(r->in->problems->arena, SV_FMT "%s", SV_ARG(clipped), clipped.len < s.len ? "..." : "");
}

void reader_problem(struct reader *r, struct place where, const char *fmt, ...)
{
    if (r->in->problems->count - r->first_problem >= PROBLEMS_MAX) {
        events_fail(r->events, where.line, where.column, "too many problems; the rest of the file is not checked");
        return;
    }
    va_list args;
    va_start(args, fmt);
    struct buf text = BUF_INIT;
    buf_vaddf(&text, fmt, args);
    va_end(args);
    problems_add(r->in->problems, where, "%s", buf_str(&text));
    buf_release(&text);
}

bool reader_skip(struct reader *r)
{
    size_t depth = 0;
    for (;;) {
        if (r->ev.type == EVENT_MAP || r->ev.type == EVENT_LIST) {
            depth++;
        } else if (r->ev.type == EVENT_CLOSE) {
            depth--;
        }
        if (depth == 0) {
            return true;
        }
        if (!reader_next(r)) {
            return false;
        }
    }
}

void *reader_context(const struct reader *r)
{
    return r->in->context;
}

struct arena *reader_arena(const struct reader *r)
{
    return r->arena;
}

struct place reader_start(const struct reader *r)
{
    return r->frame->start;
}

/* The field of the name, looked for from `from` on and then from the start: keys mostly come in the order of the table.
 * The index of the table's end when there is none. */
static size_t field_index(const struct schema *s, struct sv name, size_t from)
{
    size_t i = from;
    for (; s->fields[i].name; i++) {
        if (sv_eqs(name, s->fields[i].name)) {
            return i;
        }
    }
    size_t end = i;
    for (i = 0; i < from; i++) {
        if (sv_eqs(name, s->fields[i].name)) {
            return i;
        }
    }
    return end;
}

bool reader_has(const struct reader *r, const char *key)
{
    return (r->frame->seen >> field_index(r->frame->schema, sv_from(key), 0)) & 1;
}

struct place reader_key(const struct reader *r, const char *key)
{
    const struct frame *frame = r->frame;
    size_t at = field_index(frame->schema, sv_from(key), 0);
    if (!((frame->seen >> at) & 1)) {
        return frame->start;
    }
    return (struct place){r->in->name, frame->at[at].line, frame->at[at].column};
}

struct place reader_text(const struct reader *r, const char *text)
{
    for (size_t i = 0; i < r->spot_count; i++) {
        if (r->spots[i].text == text) {
            return (struct place){r->in->name, r->spots[i].line, r->spots[i].column};
        }
    }
    return r->frame->start;
}

/* The variants the record may be, all of them while nothing is known. */
static unsigned variants_of(const struct schema *s, const void *record)
{
    unsigned bits = s->variants ? s->variants(record) : 0;
    return bits ? bits : FIELD_ALWAYS;
}

static bool is_known(const struct field *f, unsigned variants)
{
    return f->known == 0 || (f->known & variants) != 0;
}

static void unknown_key(struct reader *r, const struct schema *s, const void *record)
{
    if (sv_eqs(r->ev.text, "<<")) {
        reader_problem(r, reader_here(r), "merge keys (<<) are not used here; write the keys out");
        return;
    }
    unsigned variants = variants_of(s, record);
    const char *names[SCHEMA_MAX_FIELDS];
    size_t count = 0;
    struct buf known = BUF_INIT;
    for (const struct field *f = s->fields; f->name; f++) {
        if (is_known(f, variants)) {
            buf_addf(&known, "%s%s", count > 0 ? ", " : "", f->name);
            names[count++] = f->name;
        }
    }
    const char *near = nearest_name(r->ev.text, names, count);
    reader_problem(r, reader_here(r), "unknown key \"%s\"; known here: %s%s%s%s", reader_shown(r, r->ev.text),
                   buf_str(&known), near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    buf_release(&known);
}

bool value_read(struct reader *r, const struct field *f, void *record)
{
    bool scalar = r->ev.type == EVENT_SCALAR;
    if (scalar_type(f->type) && scalar) {
        scalar_read(r, f, record);
        return true;
    }
    if (!scalar_type(f->type) && collection_fits(r, f)) {
        return collection_read(r, f, record);
    }
    reader_expected(r, f);
    return reader_skip(r);
}

static bool skip_value(struct reader *r)
{
    return reader_next(r) && reader_skip(r);
}

/* Is the key, the current event, one to read the value of? If not, the problem is noted. */
static bool accept_key(struct reader *r, size_t index)
{
    const struct frame *frame = r->frame;
    const struct field *f = &frame->schema->fields[index];
    if (!f->name) {
        unknown_key(r, frame->schema, frame->record);
        return false;
    }
    if ((frame->seen >> index) & 1) {
        reader_problem(r, reader_here(r), "duplicate key \"%s\"; it is given on line %u already", f->name,
                       frame->at[index].line);
        return false;
    }
    if (!is_known(f, variants_of(frame->schema, frame->record))) {
        reader_problem(r, reader_here(r), "\"%s\" is not a key of %s", f->name,
                       frame->schema->variant_name(frame->record));
        return false;
    }
    if (frame->last) {
        reader_problem(r, reader_here(r), "put \"%s\" before \"%s\"", f->name, frame->last);
    }
    return true;
}

/* One key and its value. *next is where the table is searched first. */
static bool read_pair(struct reader *r, size_t *next)
{
    struct frame *frame = r->frame;
    if (r->ev.type != EVENT_SCALAR) {
        return events_fail(r->events, r->ev.line, r->ev.column, "a key must be plain text");
    }
    size_t index = field_index(frame->schema, r->ev.text, *next);
    if (!accept_key(r, index)) {
        return skip_value(r);
    }
    *next = index + 1;
    frame->seen |= UINT64_C(1) << index;
    frame->at[index].line = r->ev.line;
    frame->at[index].column = r->ev.column;
    if (!reader_next(r)) {
        return false;
    }
    if (r->ev.type == EVENT_SCALAR) {
        frame->at[index].line = r->ev.line;
        frame->at[index].column = r->ev.column;
    }
    return value_read(r, &frame->schema->fields[index], frame->record);
}

/* What only shows when all keys are there: missing ones, and those that another variant has. */
static void check_keys(struct reader *r)
{
    const struct frame *frame = r->frame;
    const struct schema *s = frame->schema;
    unsigned variants = s->variants ? s->variants(frame->record) : FIELD_ALWAYS;
    for (size_t i = 0; s->fields[i].name; i++) {
        const struct field *f = &s->fields[i];
        bool seen = (frame->seen >> i) & 1;
        bool required = f->required == FIELD_ALWAYS || (f->required & variants) != 0;
        if (!seen && required) {
            reader_problem(r, frame->start, "missing key \"%s\" in %s", f->name, s->what);
        }
        if (seen && variants && !is_known(f, variants)) {
            reader_problem(r, reader_key(r, f->name), "\"%s\" is not a key of %s", f->name,
                           s->variant_name(frame->record));
        }
    }
}

bool map_read(struct reader *r, const struct schema *s, void *record)
{
    struct frame frame; /* its places are filled as keys are seen */
    frame.schema = s;
    frame.record = record;
    frame.start = reader_here(r);
    frame.seen = 0;
    frame.last = NULL;
    struct frame *outer = r->frame;
    size_t problems = r->in->problems->count;
    size_t next = 0;
    bool open = true;
    schema_init(s, record);
    r->frame = &frame;
    while (open && (open = reader_next(r)) && r->ev.type != EVENT_CLOSE) {
        open = read_pair(r, &next);
    }
    if (open) {
        check_keys(r);
        if (s->check && r->in->problems->count == problems) {
            s->check(r, record);
        }
    }
    r->frame = outer;
    return open;
}

static void reader_open(struct reader *r, const struct schema_input *in, unsigned first_line)
{
    *r = (struct reader){.in = in, .arena = in->arena, .first_problem = in->problems->count, .cursor_line = 1};
    r->events = events_open(in->text, in->name, first_line, in->problems);
}

static bool reader_close(struct reader *r)
{
    events_close(r->events);
    free(r->spots);
    free(r->stack);
    return r->in->problems->count == r->first_problem;
}

bool schema_read(const struct schema *s, const struct schema_input *in, void *record)
{
    if (!scan_text(in->text, in->name, in->problems)) {
        return false;
    }
    struct reader r;
    reader_open(&r, in, 1);
    if (reader_next(&r)) {
        if (r.ev.type == EVENT_FINISH) {
            reader_problem(&r, (struct place){in->name, 1, 1}, "the file is empty");
        } else if (r.ev.type != EVENT_MAP) {
            reader_problem(&r, reader_here(&r), "the file must be %s: lines of \"key: value\"", s->what);
        } else if (map_read(&r, s, record)) {
            reader_next(&r); /* a second document would show now */
        }
    }
    return reader_close(&r);
}

bool schema_read_entry(const struct schema *s, const struct schema_input *in, unsigned first_line, void *record)
{
    struct reader r;
    reader_open(&r, in, first_line);
    bool found = reader_next(&r) && (r.ev.type == EVENT_MAP || (r.ev.type == EVENT_LIST && reader_next(&r)));
    if (found && r.ev.type == EVENT_MAP) {
        map_read(&r, s, record);
    } else {
        found = false;
    }
    return reader_close(&r) && found;
}
