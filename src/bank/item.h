#ifndef BANK_ITEM_H
#define BANK_ITEM_H

#include "pmprep/bank/schema.h"

/* Items and bank files, one item at a time: what the library, the checker and bank_parse() share. */

struct bank_head { /* of a bank file, before its items */
    const char *name;
    const char *title;
    enum source_mark source; /* of items that have none */
};

/* What items refer to. An empty list leaves that check out. */
struct references {
    const struct principle *principles;
    size_t principle_count;
    const struct rubric *rubrics;
    size_t rubric_count;
};

/* Receives an item that has no problem; it is valid during the call only. False stops the reading. */
typedef bool item_fn(void *context, struct item *item, const struct extent *where);

struct item_context { /* of every reading with item_schema or bank_schema */
    struct bank_head head;
    const struct references *refs; /* NULL: none */
    bool revisions;                /* compute them; a check has no use for them */
    item_fn *each;
    void *each_context;
};

extern const struct schema item_schema;
extern const struct schema bad_schema, good_schema, answer_schema; /* struct side */
extern const struct schema bank_schema; /* the record is the struct bank_head of the context */
extern const struct schema rubric_schema;
extern const struct schema principles_schema;

/* Reads a bank file and hands its items out. True when there was no problem; head is filled as far as it was read, its
 * strings in the arena. */
bool bank_stream(struct sv text, const char *name, struct arena *a, struct item_context *context, struct problems *p);

/* Reads one item again from its lines. */
bool item_reread(struct sv lines, const char *name, unsigned first_line, struct item_context *context, struct arena *a,
                 struct item *out, struct problems *p);

const struct rubric *references_rubric(const struct references *refs, const char *id); /* NULL when unknown */

/* Adds the problems of a file that is of no known kind: it may at least be sound YAML. */
void check_unknown(struct sv text, const char *path, struct problems *p);

/* Rules that look at other files: principles and rubric dimensions that exist. */
void item_check_references(struct reader *r, const struct item *item, const struct references *refs);

#endif
