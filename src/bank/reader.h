#ifndef BANK_READER_H
#define BANK_READER_H

#include "bank/yaml.h"
#include "pmprep/bank/schema.h"

/* The state of one reading, shared by schema.c (mappings and lists) and scalar.c (single values). */

/* The record that is being read, and where its keys stand. */
struct frame {
    const struct schema *schema;
    void *record;
    struct place start;
    uint64_t seen;    /* bit per field */
    const char *last; /* the key after which no other may come, once it was read */
    struct {
        unsigned line;
        unsigned column;
    } at[SCHEMA_MAX_FIELDS]; /* of the value when it is a scalar, else of the key */
};

struct spot { /* where a string was read */
    const char *text;
    unsigned line;
    unsigned column;
};

struct reader {
    const struct schema_input *in;
    struct events *events;
    struct event ev; /* the current one */
    struct arena *arena;
    struct frame *frame;
    size_t first_problem;
    struct spot *spots; /* of the current entry */
    size_t spot_count;
    size_t spot_cap;
    const void **stack; /* elements of the lists being read */
    size_t stack_count;
    size_t stack_cap;
    bool closing;         /* the last event closed something */
    size_t before_close;  /* problems there were then */
    unsigned cursor_line; /* for extents: a line and the offset of its first byte */
    size_t cursor_offset;
};

/* Moves to the next event. False: the reading is over. */
bool reader_next(struct reader *r);

/* Passes over the value that starts with the current event. False at a syntax error. */
bool reader_skip(struct reader *r);

struct place reader_here(const struct reader *r); /* of the current event */

/* A key or other short text of the file, as it may stand in a message. In the scratch of problems. */
const char *reader_shown(struct reader *r, struct sv s);

/* Reads the current event, which is a scalar, into the field. Problems are collected. */
void scalar_read(struct reader *r, const struct field *f, void *record);

/* Is the type read from a single scalar? */
bool scalar_type(enum field_type type);

/* Adds the problem that the current event is not what the field takes. */
void reader_expected(struct reader *r, const struct field *f);

/* Is the current event, the start of a mapping or a list, what the field takes? */
bool collection_fits(const struct reader *r, const struct field *f);

/* Reads that mapping or list into the field. False when the reading is over: a syntax error, or `each` said so. */
bool collection_read(struct reader *r, const struct field *f, void *record);

/* Reads the value of a key, the current event and what belongs to it. False as above. */
bool value_read(struct reader *r, const struct field *f, void *record);

/* Reads the mapping that the current event starts. False as above. */
bool map_read(struct reader *r, const struct schema *s, void *record);

/* Empty strings where a record has text fields. */
void schema_init(const struct schema *s, void *record);

/* The limits of a field with the defaults filled in. */
long field_min(const struct field *f);
long field_max(const struct field *f);

/* Typed access to the member of a record. */
static inline void *field_at(void *record, const struct field *f)
{
    return (char *)record + f->offset;
}

static inline const void *field_in(const void *record, const struct field *f)
{
    return (const char *)record + f->offset;
}

static inline size_t *field_count(void *record, const struct field *f)
{
    return (size_t *)(void *)((char *)record + f->count);
}

#endif
