#include "bank/reader.h"
#include "pmprep/base/hash.h"

/* What can be done with any record once there is a table: empty it, hash it, describe it. */

void schema_init(const struct schema *s, void *record)
{
    for (const struct field *f = s->fields; f->name; f++) {
        if (f->type == FIELD_TEXT || f->type == FIELD_ID || f->type == FIELD_TERM) {
            *(const char **)field_at(record, f) = "";
        } else if (f->type == FIELD_MAP) {
            schema_init(f->nested, field_at(record, f));
        } else if (f->type == FIELD_FIXED) {
            for (long i = 0; i < f->max; i++) {
                ((const char **)field_at(record, f))[i] = "";
            }
        }
    }
    if (s->init) {
        s->init(record);
    }
}

/* FNV-1a's prime over words of eight bytes instead of bytes, with a shift so that the upper half reaches the lower:
 * every item of a cold start is hashed. The result is stored with answers, so it must not change. */
static uint64_t fold(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

/* Little-endian on every machine; compilers make one load of it. */
static uint64_t word_at(const unsigned char *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
           (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

static uint64_t hash_text(uint64_t h, struct sv s)
{
    const unsigned char *bytes = (const unsigned char *)s.data;
    size_t at = 0;
    h = fold(h, s.len);
    for (; s.len - at >= 8; at += 8) {
        h = fold(h, word_at(bytes + at));
    }
    unsigned char rest[8] = {0};
    for (size_t i = 0; at + i < s.len; i++) {
        rest[i] = bytes[at + i];
    }
    return s.len > at ? fold(h, word_at(rest)) : h;
}

static uint64_t hash_texts(uint64_t h, const char *const *at, size_t count)
{
    h = fold(h, count);
    for (size_t i = 0; i < count; i++) {
        h = hash_text(h, sv_from(at[i]));
    }
    return h;
}

/* The name before the value, so that equal values of different keys differ. */
static uint64_t hash_name(uint64_t h, const struct field *f)
{
    return hash_text(h, sv_from(f->name));
}

static uint64_t hash_records(uint64_t h, const struct field *f, const void *record)
{
    size_t count = *(const size_t *)(const void *)((const char *)record + f->count);
    if (count == 0) {
        return h;
    }
    h = fold(hash_name(h, f), count);
    const char *array = *(const char *const *)field_in(record, f);
    for (size_t i = 0; i < count; i++) {
        h = fold(h, schema_hash(f->nested, array + i * f->nested->size, 0));
    }
    return h;
}

static uint64_t hash_one(uint64_t h, const struct field *f, const void *record)
{
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_ID:
    case FIELD_TERM: {
        const char *text = *(const char *const *)field_in(record, f);
        return *text ? hash_text(hash_name(h, f), sv_from(text)) : h;
    }
    case FIELD_WORD: {
        int value = *(const int *)field_in(record, f) - f->words->first;
        const char *word = value >= 0 ? f->words->names[value] : "";
        return hash_text(hash_name(h, f), sv_from(word));
    }
    case FIELD_INT: {
        int value = *(const int *)field_in(record, f);
        return value ? fold(hash_name(h, f), (uint64_t)value) : h;
    }
    case FIELD_NUMBER: {
        double value = *(const double *)field_in(record, f);
        uint64_t bits;
        memcpy(&bits, &value, sizeof(bits));
        return value != 0 ? fold(hash_name(h, f), bits) : h;
    }
    case FIELD_BOOL:
        return *(const bool *)field_in(record, f) ? hash_name(h, f) : h;
    case FIELD_TEXTS:
    case FIELD_TERMS:
    case FIELD_IDS: {
        const struct strings *list = field_in(record, f);
        return list->count > 0 ? hash_texts(hash_name(h, f), list->at, list->count) : h;
    }
    case FIELD_FIXED:
        return hash_texts(hash_name(h, f), field_in(record, f), (size_t)f->max);
    case FIELD_MAP: {
        uint64_t inner = schema_hash(f->nested, field_in(record, f), 0);
        return inner == HASH_INIT ? h : fold(hash_name(h, f), inner);
    }
    case FIELD_MAPS:
    case FIELD_DICT:
        return hash_records(h, f, record);
    case FIELD_ONE_ID: /* its FIELD_IDS has it */
    case FIELD_EACH:
        return h;
    }
    return h;
}

uint64_t schema_hash(const struct schema *s, const void *record, uint64_t skip)
{
    uint64_t sum = HASH_INIT; /* a sum, so that the order of the table does not matter */
    for (size_t i = 0; s->fields[i].name; i++) {
        uint64_t h = hash_one(HASH_INIT, &s->fields[i], record);
        if (!((skip >> i) & 1) && h != HASH_INIT) {
            sum += h;
        }
    }
    return sum;
}

static const char *const type_names[] = {
    [FIELD_TEXT] = "text",       [FIELD_ID] = "id",        [FIELD_TERM] = "word",   [FIELD_WORD] = "word",
    [FIELD_INT] = "integer",     [FIELD_BOOL] = "flag",    [FIELD_TEXTS] = "texts", [FIELD_IDS] = "ids",
    [FIELD_ONE_ID] = "id",       [FIELD_FIXED] = "texts",  [FIELD_MAP] = "mapping", [FIELD_MAPS] = "records",
    [FIELD_DICT] = "dictionary", [FIELD_EACH] = "records", [FIELD_TERMS] = "words", [FIELD_NUMBER] = "number",
};

static bool is_limited(const struct field *f)
{
    return f->type != FIELD_BOOL && f->type != FIELD_WORD && f->type != FIELD_TERM && f->type != FIELD_MAP &&
           f->type != FIELD_ID && f->type != FIELD_ONE_ID && f->type != FIELD_DICT && f->type != FIELD_EACH;
}

static void describe_variants(const struct words *w, const char *before, unsigned bits, struct buf *out)
{
    if (bits == 0 || bits == FIELD_ALWAYS || !w) {
        return;
    }
    buf_adds(out, before);
    for (int i = 0; i < w->count; i++) {
        if (bits & 1u << i) {
            buf_addf(out, " %s", w->names[i]);
        }
    }
}

void schema_describe(const struct schema *s, const char *prefix, struct buf *out)
{
    for (const struct field *f = s->fields; f->name; f++) {
        buf_addf(out, "%s.%s %s", prefix, f->name, type_names[f->type]);
        for (int i = 0; f->words && i < f->words->count; i++) {
            buf_addf(out, "%c%s", i == 0 ? '=' : ',', f->words->names[i]);
        }
        if (is_limited(f)) {
            buf_addf(out, " %ld..%ld", field_min(f), field_max(f));
        }
        buf_adds(out, f->required == FIELD_ALWAYS ? " required" : "");
        describe_variants(s->variant_words, " required-in", f->required, out);
        describe_variants(s->variant_words, " of", f->known, out);
        buf_addc(out, '\n');
        const struct schema *nested = f->type == FIELD_DICT ? f->nested->fields[1].nested : f->nested;
        if (nested) {
            struct buf path = BUF_INIT;
            buf_addf(&path, "%s.%s%s", prefix, f->name, f->type == FIELD_DICT ? ".*" : "");
            schema_describe(nested, buf_str(&path), out);
            buf_release(&path);
        }
    }
}
