#ifndef PMPREP_BANK_TEMPLATE_H
#define PMPREP_BANK_TEMPLATE_H

#include "pmprep/bank/loop.h"

/* What a written piece consists of, as data/templates/NAME.yaml tells it. Plain records, borrowed from the library. */

/* What a section or a whole piece can be checked for. The list is closed, so that every check can be carried out. */
struct text_check {
    const char *id;    /* "one-sentence" */
    const char *gloss; /* what must hold, as one sentence */
    const char *flaw;  /* the flaw whose absence it is; "" for a matter of form */
};
enum { TEXT_CHECKS = 24 };
extern const struct text_check text_checks[TEXT_CHECKS];
extern const struct words text_check_words; /* values index text_checks[] */

/* One part of a piece of writing, in its order. */
struct section {
    const char *id; /* unique in the template */
    const char *title;
    const char *about;     /* what goes in */
    unsigned minutes;      /* 0: not timed on its own */
    unsigned max_words;    /* 0: only the whole is limited */
    bool required;         /* true unless the file says otherwise */
    struct strings checks; /* ids of text_checks[] */
};

struct template
{
    const char *id;
    const char *title;
    enum source_mark source;
    const char *about;
    unsigned minutes;
    unsigned max_words;      /* 0: none */
    unsigned max_characters; /* 0: none */
    bool prose_only;         /* no bullets, tables or graphics */
    struct claim *claims;
    size_t claim_count;
    struct phase *phases; /* how the minutes are spent, all of them; may be empty */
    size_t phase_count;
    struct section *sections;
    size_t section_count;
    struct strings checks; /* of the whole piece */
};

#endif
