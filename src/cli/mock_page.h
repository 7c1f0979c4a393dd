#ifndef PMPREP_CLI_MOCK_PAGE_H
#define PMPREP_CLI_MOCK_PAGE_H

#include "cli/mock_report.h"
#include "pmprep/base/arena.h"

/* The pieces a debrief is set from. One walker puts them in order, each format says how a piece looks; no string given
 * to a format is safe or escaped yet. */

struct column {
    const char *title;
    unsigned cols; /* on a terminal */
    bool figures;  /* set flush right where the format can */
};

struct entry {
    const char *lead; /* stands out; "" none */
    const char *text;
    const char *code; /* a command to type; "" none */
};

struct table {
    const struct column *columns;
    size_t column_count;
    const char *const *cells; /* row after row */
    size_t row_count;
};

struct page_format;
struct page {
    struct out *out;
    struct arena *arena;
    const struct page_format *format;
};

struct page_format {
    void (*begin)(struct page *p, const char *title, const char *about);
    void (*end)(struct page *p);
    void (*heading)(struct page *p, unsigned level, const char *text, bool new_page); /* level 2 or 3 */
    void (*prose)(struct page *p, const char *text);
    void (*readings)(struct page *p, const struct entry *entries, size_t count); /* the verdicts, side by side */
    void (*table)(struct page *p, const struct table *t);
    void (*list)(struct page *p, const struct entry *entries, size_t count, bool numbered);
    /* The user's words, with the places of findings that were not dismissed. */
    void (*quote)(struct page *p, const char *text, const struct finding *findings, size_t count);
};

void mock_page_walk(struct out *o, const struct mock_report *r, const struct page_format *format);

/* What several formats say in the same words. */
const char *mock_vote_text(enum vote v);                                        /* "-": not voted */
const char *mock_dimension_text(const struct rubric *r, const char *id);        /* its name; "Overall" of "" */
const struct dimension *mock_dimension(const struct rubric *r, const char *id); /* NULL when unknown */

#endif
