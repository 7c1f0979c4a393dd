#include "bank/reader.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

/* Single values: text, ids, words, numbers, flags. */

bool scalar_type(enum field_type type)
{
    return type <= FIELD_BOOL || type == FIELD_ONE_ID;
}

static bool is_number(const struct field *f)
{
    return f->type == FIELD_INT || f->type == FIELD_NUMBER;
}

long field_min(const struct field *f)
{
    return f->min || is_number(f) ? f->min : 1;
}

long field_max(const struct field *f)
{
    if (f->max || is_number(f)) {
        return f->max;
    }
    return f->type == FIELD_TEXT ? FIELD_MAX_TEXT : FIELD_MAX_COUNT;
}

static void list_words(const struct words *w, struct buf *out)
{
    for (int i = 0; i < w->count; i++) {
        buf_addf(out, "%s%s", i > 0 ? ", " : "", w->names[i]);
    }
}

static void field_expectation(const struct field *f, struct buf *out)
{
    switch (f->type) {
    case FIELD_TEXT:
        buf_adds(out, "text");
        return;
    case FIELD_ID:
    case FIELD_ONE_ID:
        buf_adds(out, "an id such as owned-a-miss");
        return;
    case FIELD_TERM:
    case FIELD_WORD:
        buf_adds(out, "one of: ");
        list_words(f->words, out);
        return;
    case FIELD_INT:
    case FIELD_NUMBER:
        buf_addf(out, "a number from %ld to %ld, without quotes", f->min, f->max);
        return;
    case FIELD_BOOL:
        buf_adds(out, "true or false");
        return;
    case FIELD_TEXTS:
        buf_adds(out, "a list of texts");
        return;
    case FIELD_IDS:
        buf_adds(out, "a list of ids");
        return;
    case FIELD_TERMS:
        buf_adds(out, "a list of: ");
        list_words(f->words, out);
        return;
    case FIELD_FIXED:
        buf_addf(out, "a list of %ld texts", f->max);
        return;
    case FIELD_MAP:
    case FIELD_DICT:
        buf_adds(out, "a mapping of keys and values");
        return;
    case FIELD_MAPS:
    case FIELD_EACH:
        buf_addf(out, "a list in which each entry is %s", f->nested->what);
        return;
    }
}

void reader_expected(struct reader *r, const struct field *f)
{
    struct buf expected = BUF_INIT;
    field_expectation(f, &expected);
    reader_problem(r, reader_here(r), "\"%s\" must be %s", f->name, buf_str(&expected));
    buf_release(&expected);
}

/* A double-quoted text can spell characters that the file itself must not hold. */
static bool check_escapes(struct reader *r, const struct field *f)
{
    struct sv s = r->ev.text;
    uint32_t cp;
    size_t used;
    for (size_t at = 0; at < s.len; at += used) {
        used = utf8_decode(s.data + at, s.len - at, &cp);
        if (cp != '\n' && cp != '\t' && utf8_is_unsafe(cp)) {
            reader_problem(r, reader_here(r), "\"%s\" holds the invisible character U+%04X as an escape; delete it",
                           f->name, (unsigned)cp);
            return false;
        }
    }
    return true;
}

/* Copies the text of the current event and remembers where it stood. */
static const char *keep(struct reader *r, struct sv s)
{
    const char *copy = arena_sv(r->arena, s);
    if (r->spot_count == r->spot_cap) {
        mem_grow((void **)&r->spots, &r->spot_cap, r->spot_count + 1, sizeof(*r->spots));
    }
    r->spots[r->spot_count++] = (struct spot){copy, r->ev.line, r->ev.column};
    return copy;
}

static void read_text(struct reader *r, const struct field *f, void *record)
{
    struct sv s = sv_trim(r->ev.text);
    if (s.len < (size_t)field_min(f)) {
        reader_problem(r, reader_here(r), "\"%s\" is empty", f->name);
        return;
    }
    size_t max = (size_t)field_max(f);
    if (s.len > max && utf8_count(s) > max) {
        reader_problem(r, reader_here(r), "\"%s\" is longer than %zu characters", f->name, max);
        return;
    }
    *(const char **)field_at(record, f) = keep(r, s);
}

static bool is_id(struct sv s)
{
    bool after_letter = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!letter && !(c == '-' && after_letter)) {
            return false;
        }
        after_letter = letter;
    }
    return after_letter && s.len <= FIELD_MAX_ID;
}

static bool check_id(struct reader *r, const struct field *f)
{
    if (is_id(r->ev.text)) {
        return true;
    }
    reader_problem(r, reader_here(r),
                   "\"%s\" must be an id: lower-case letters, digits and single hyphens, at most %d characters",
                   f->name, FIELD_MAX_ID);
    return false;
}

static void read_id(struct reader *r, const struct field *f, void *record)
{
    if (check_id(r, f)) {
        *(const char **)field_at(record, f) = keep(r, r->ev.text);
    }
}

static void read_one_id(struct reader *r, const struct field *f, void *record)
{
    struct strings *list = field_at(record, f);
    if (list->count > 0) {
        reader_problem(r, reader_here(r), "\"%s\" is given by another key already", f->name);
        return;
    }
    if (check_id(r, f)) {
        list->at = arena_array(r->arena, 1, sizeof(*list->at));
        list->at[0] = keep(r, r->ev.text);
        list->count = 1;
    }
}

static bool find_word(struct reader *r, const struct field *f, int *value)
{
    if (words_find(f->words, r->ev.text, value)) {
        return true;
    }
    struct buf known = BUF_INIT;
    list_words(f->words, &known);
    const char *near = nearest_name(r->ev.text, f->words->names, (size_t)f->words->count);
    reader_problem(r, reader_here(r), "there is no %s \"%s\"; known: %s%s%s%s", f->words->what,
                   reader_shown(r, r->ev.text), buf_str(&known), near ? "; did you mean \"" : "", near ? near : "",
                   near ? "\"?" : "");
    buf_release(&known);
    return false;
}

static void read_word(struct reader *r, const struct field *f, void *record)
{
    int value;
    if (find_word(r, f, &value)) {
        *(int *)field_at(record, f) = value;
    }
}

static void read_term(struct reader *r, const struct field *f, void *record)
{
    int value;
    if (find_word(r, f, &value)) {
        *(const char **)field_at(record, f) = keep(r, r->ev.text);
    }
}

static void read_int(struct reader *r, const struct field *f, void *record)
{
    long value;
    if (!r->ev.plain || !sv_int(r->ev.text, f->min, f->max, &value)) {
        reader_expected(r, f);
        return;
    }
    *(int *)field_at(record, f) = (int)value;
}

static void read_number(struct reader *r, const struct field *f, void *record)
{
    double value;
    if (!r->ev.plain || !sv_decimal(r->ev.text, (double)f->min, (double)f->max, &value)) {
        reader_expected(r, f);
        return;
    }
    *(double *)field_at(record, f) = value;
}

static void read_bool(struct reader *r, const struct field *f, void *record)
{
    bool yes = sv_eqs(r->ev.text, "true");
    if (!r->ev.plain || (!yes && !sv_eqs(r->ev.text, "false"))) {
        reader_expected(r, f);
        return;
    }
    *(bool *)field_at(record, f) = yes;
}

static bool is_null(const struct event *ev)
{
    return ev->plain && (ev->text.len == 0 || sv_eqs(ev->text, "~") || sv_eqs(ev->text, "null"));
}

void scalar_read(struct reader *r, const struct field *f, void *record)
{
    static void (*const readers[])(struct reader *, const struct field *, void *) = {
        [FIELD_TEXT] = read_text, [FIELD_ID] = read_id,         [FIELD_TERM] = read_term, [FIELD_WORD] = read_word,
        [FIELD_INT] = read_int,   [FIELD_NUMBER] = read_number, [FIELD_BOOL] = read_bool, [FIELD_ONE_ID] = read_one_id,
    };
    if (is_null(&r->ev)) {
        reader_problem(r, reader_here(r), "\"%s\" has no value; give it one or delete the key", f->name);
        return;
    }
    if (r->ev.escaped && !check_escapes(r, f)) {
        return;
    }
    readers[f->type](r, f, record);
}
