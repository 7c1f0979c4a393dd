#ifndef PMPREP_BANK_TAXONOMY_H
#define PMPREP_BANK_TAXONOMY_H

#include "pmprep/bank/model.h"
#include "pmprep/base/sv.h"

/* The fixed vocabulary: kinds, families, flaws, source marks. One table each; names are what the YAML and FILTER use.
 */

const char *kind_name(enum item_kind k);   /* "behavioural" */
const char *kind_plural(enum item_kind k); /* "behavioural questions", for people */
bool kind_parse(struct sv s, enum item_kind *k);
bool kind_is_open(enum item_kind k);    /* behavioural, case, transition: what a bare drill draws */
bool kind_is_drilled(enum item_kind k); /* what a drill can ask at all; the others have commands of their own */

const char *family_name(enum family f);  /* "product-sense" */
const char *family_title(enum family f); /* "Product sense" */
bool family_parse(struct sv s, enum family *f);
/* Families that items of the kind may have (pairs, choices, rewrites name the one they serve: any). */
bool family_fits(enum item_kind k, enum family f);
/* FAMILY_NONE when an item of the kind must name its family. */
enum family family_default(enum item_kind k);
/* The kind whose questions have this family: FAILURE -> KIND_BEHAVIOURAL, METRICS -> KIND_CASE, ROLE ->
 * KIND_TRANSITION. */
enum item_kind family_kind(enum family f);
const char *
family_coach_kind(enum family f);         /* the coach's --kind: "behavioural", "failure", "why-pm", "metrics", ... */
const char *family_rubric(enum family f); /* rubric id */

/* "judgement" "articles" "public"; parse is false for any other word. */
const char *source_name(enum source_mark m);
bool source_parse(struct sv s, enum source_mark *m);

/* One of the 17 flaws of an answer (domain.md section 5). */
struct flaw_info {
    const char *id;    /* "we-fog" */
    const char *title; /* "We-fog" */
    const char *gloss; /* one sentence for a person who has never heard of it */
    const char *advice;
};
enum { FLAW_COUNT = 17 };
extern const struct flaw_info flaws[FLAW_COUNT]; /* in domain.md section 5's order */
const struct flaw_info *flaw_find(struct sv id); /* NULL when unknown */

/* A closed list of words that a file or a filter may use; the value of names[i] is first + i. */
struct words {
    const char *what; /* "kind", for messages */
    const char *const *names;
    int count;
    int first;
};
/* The lists that files and filters share. */
extern const struct words kind_words;
extern const struct words family_words; /* without FAMILY_NONE */
extern const struct words source_words;
extern const struct words coach_kind_words; /* what family_coach_kind() answers: the coach's --kind */
extern const struct words flaw_words;       /* values index flaws[] */

/* False when s is none of the words; *value is then untouched. */
bool words_find(const struct words *w, struct sv s, int *value);

/* The nearest of the names by edit distance (a swap of neighbours counts once), NULL when none is near: for "did you
 * mean". Case of ASCII letters is ignored. */
const char *nearest_name(struct sv given, const char *const *names, size_t count);

#endif
