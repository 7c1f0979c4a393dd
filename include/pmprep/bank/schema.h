#ifndef PMPREP_BANK_SCHEMA_H
#define PMPREP_BANK_SCHEMA_H

#include "pmprep/bank/bank.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/buf.h"

/*
 * Reading YAML into records by tables: a mapping is an array of struct field that says which keys there are, of which
 * type, and where in the record they go. Every kind of file (banks, rubrics, principles, the configuration) is such a
 * table. Reading is strict: an unknown, repeated, missing, empty or ill-typed key is a problem with its place, and all
 * of them are collected.
 */

/* What a key holds, and the C type it is read into. */
enum field_type {
    FIELD_TEXT,   /* const char *; limits are of code points; blanks off both ends */
    FIELD_ID,     /* const char *, kebab-case */
    FIELD_TERM,   /* const char *, one of words */
    FIELD_WORD,   /* an enum of the size of int, by words */
    FIELD_INT,    /* int or unsigned; limits are of the value */
    FIELD_NUMBER, /* double, digits with a point or without; limits are of the value */
    FIELD_BOOL,   /* bool: true or false */
    FIELD_TEXTS,  /* struct strings; limits are of the count */
    FIELD_IDS,    /* struct strings, kebab-case and different; limits are of the count */
    FIELD_TERMS,  /* struct strings, each one of words and different; limits are of the count */
    FIELD_ONE_ID, /* a single id, read into a struct strings */
    FIELD_FIXED,  /* const char *[max], a list of exactly max texts */
    FIELD_MAP,    /* a record in place, described by nested */
    FIELD_MAPS,   /* a list of records: pointer at offset, size_t at count; limits are of the count */
    FIELD_DICT,   /* a mapping with free keys, an array like FIELD_MAPS; the key goes to nested->fields[0], the value to
                     [1], which may be a FIELD_MAP; max is of the count */
    FIELD_EACH,   /* the last key: a block list of records that are handed out one by one and not kept */
};

struct schema;

/* One key of a mapping: a row of its table. */
struct field {
    const char *name; /* NULL ends the table */
    enum field_type type;
    size_t offset;
    size_t count;                /* offset of the count, FIELD_MAPS and FIELD_DICT */
    const struct words *words;   /* FIELD_TERM, FIELD_TERMS, FIELD_WORD */
    const struct schema *nested; /* FIELD_MAP, FIELD_MAPS, FIELD_DICT, FIELD_EACH */
    long min;
    long max;          /* 0: FIELD_MAX_TEXT code points, FIELD_MAX_COUNT entries */
    unsigned known;    /* bits of the variants that have the key; 0: all */
    unsigned required; /* bits of the variants that must have it; ~0u: all */
};

enum { FIELD_MAX_TEXT = 20000, FIELD_MAX_COUNT = 1000, FIELD_MAX_ID = 60, SCHEMA_MAX_FIELDS = 64 };

#define FIELD_ALWAYS (~0u)

struct reader;

/* A mapping: its keys and the rules that need more than one of them. */
struct schema {
    const char *what; /* "a probe", for messages */
    size_t size;      /* of the record */
    const struct field *fields;
    void (*init)(void *record); /* sets what is not zero in an empty record. NULL: nothing */
    /* Which variants the record may be, as bits, by what is read so far; 0: not known yet. NULL: there is one variant.
     */
    unsigned (*variants)(const void *record);
    const char *(*variant_name)(const void *record); /* "a pair"; with variants */
    const struct words *variant_words;               /* their names, bit 0 first; with variants */
    /* Rules across fields, run when the mapping is complete and had no problem of its own. NULL: none. */
    void (*check)(struct reader *r, void *record);
};

/* Where in the text one record of a FIELD_EACH list stands: whole lines that schema_read_entry() can read again.
 */
struct extent {
    unsigned line; /* 1-based, of its first line */
    size_t offset; /* bytes */
    size_t length;
};

/* What is read, and where to: all borrowed for the call. */
struct schema_input {
    struct sv text;
    const char *name; /* the file, for places */
    struct arena *arena;
    struct problems *problems;
    void *context; /* of reader_context() */
    /* FIELD_EACH: receives each record that has no problem. Its strings live in entry_arena, which is reset after the
     * call when it is not arena. False stops the reading. */
    bool (*each)(void *context, void *record, const struct extent *where);
    struct arena *entry_arena;
};

/* Reads a whole file into a zeroed record. True when there was no problem. Strings of absent keys become "". */
bool schema_read(const struct schema *s, const struct schema_input *in, void *record);

/* Reads one record of a FIELD_EACH list again: in->text are the lines of its extent, first_line what they are numbered
 * from. */
bool schema_read_entry(const struct schema *s, const struct schema_input *in, unsigned first_line, void *record);

/* For check functions. */
void *reader_context(const struct reader *r);
struct arena *reader_arena(const struct reader *r);
struct place reader_start(const struct reader *r);                  /* of the record being checked */
struct place reader_key(const struct reader *r, const char *key);   /* of a key of it; its start when absent */
struct place reader_text(const struct reader *r, const char *text); /* of any string read into the current entry */
bool reader_has(const struct reader *r, const char *key);           /* was the key given? */
void reader_problem(struct reader *r, struct place where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* A 64-bit hash over everything the record holds, by the names and values of its fields; absent fields and the order of
 * the table do not count, so a new optional key changes no old hash. Fields whose bit (their index) is in skip are left
 * out. */
uint64_t schema_hash(const struct schema *s, const void *record, uint64_t skip);

/* One line per key, "bank.items.facts records 1..1000 of case": type, limits, whether it is required, and the variants
 * that have it. The JSON Schema files are compared with this. */
void schema_describe(const struct schema *s, const char *prefix, struct buf *out);

#endif
