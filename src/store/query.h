#ifndef PMPREP_STORE_QUERY_H
#define PMPREP_STORE_QUERY_H

#include "store/internal.h"

/* A FILTER as SQL: only our own literals are in where, everything of the user's is bound, in the order of the question
 * marks. */
struct query {
    struct buf where;   /* "" or " AND ...", over attempts AS a */
    struct rows values; /* struct value */
    struct arena arena;
    bool only_kinds;   /* nothing but the kind matters */
    bool many_hits;    /* of the words: search.c decides */
    const char *match; /* the words in FTS5's language; NULL without words */
};

void query_init(struct query *q, const struct filter *f); /* f NULL: everything */
void query_release(struct query *q);

/* Binds the match, if there is one, and the values from parameter 1 on; answers the next free place. */
int query_bind(const struct query *q, struct stmt *stmt);

#endif
