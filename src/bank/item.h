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
    struct strings loops;     /* ids */
    struct strings templates; /* ids */
};

/* Receives an item that has no problem; it is valid during the call only. False stops the reading. */
typedef bool item_fn(void *context, struct item *item, const struct extent *where);

struct item_context { /* of every reading with item_schema or bank_schema; of the others refs alone matters */
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
extern const struct schema loop_schema;
extern const struct schema template_schema;
extern const struct schema plan_schema;
extern const struct schema deck_schema;
extern const struct schema rule_schema;
extern const struct schema lexicon_schema;
extern const struct schema claim_schema; /* of loops and templates */
extern const struct schema phase_schema; /* of items and templates */

/* Reads a bank file and hands its items out. True when there was no problem; head is filled as far as it was read, its
 * strings in the arena. */
bool bank_stream(struct sv text, const char *name, struct arena *a, struct item_context *context, struct problems *p);

/* Reads one item again from its lines. */
bool item_reread(struct sv lines, const char *name, unsigned first_line, struct item_context *context, struct arena *a,
                 struct item *out, struct problems *p);

const struct rubric *references_rubric(const struct references *refs, const char *id); /* NULL when unknown */

/* What is there already stays: the highest rank comes first. Copies of the records are in the arena, their strings not.
 */
void references_add_rubric(struct references *refs, struct arena *a, const struct rubric *rubric);
void references_add_principles(struct references *refs, struct arena *a, const struct principle *found, size_t count);

/* Adds the problems of a file that is of no known kind: it may at least be sound YAML. */
void check_unknown(struct sv text, const char *path, struct problems *p);

/* Adds the problems of a loop, a template, a plan, a rule or a lexicon. */
void check_sheet(struct sv text, const char *path, enum file_kind kind, const struct references *refs,
                 struct problems *p);

/* Rules that look at other files: what a record names must exist. refs may be NULL, an id "". */
void check_principle_ids(struct reader *r, const struct strings *ids, const struct references *refs);
void check_template_id(struct reader *r, const char *id, const struct references *refs);
void check_loop_id(struct reader *r, const char *id, const struct references *refs);

/* All of them for an item: principles, rubric dimensions, template. */
void item_check_references(struct reader *r, const struct item *item, const struct references *refs);

#endif
