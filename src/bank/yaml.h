#ifndef BANK_YAML_H
#define BANK_YAML_H

#include "pmprep/bank/bank.h"

/*
 * The one door to libyaml: a text as a stream of events, restricted to what our files need (one document, no anchors,
 * aliases, tags or directives, nesting up to EVENTS_DEPTH). The first thing outside of that, or outside of YAML, ends
 * the stream with one problem.
 */

enum { EVENTS_DEPTH = 32 };

enum event_type {
    EVENT_MAP,    /* a mapping starts; its keys and values follow in turn */
    EVENT_LIST,   /* a sequence starts */
    EVENT_SCALAR, /* a key or a value */
    EVENT_CLOSE,  /* the mapping or sequence ends */
    EVENT_FINISH, /* the document is over and nothing follows */
};

struct event {
    enum event_type type;
    struct sv text; /* of a scalar; borrowed until the next event */
    bool plain;     /* a scalar without quotes */
    bool escaped;   /* a scalar in double quotes: it may hold what the file does not */
    bool flow;      /* [...] or {...} */
    unsigned line;  /* 1-based */
    unsigned column;
    unsigned end_line;
    unsigned end_column;
};

struct events;

/* text is borrowed until close and has passed scan_text(). first_line is what its first line is called in problems. */
struct events *events_open(struct sv text, const char *name, unsigned first_line, struct problems *p);
void events_close(struct events *e);

/* False at a syntax error, which is then in the problems; every further call answers false too. */
bool events_next(struct events *e, struct event *out);

bool events_failed(const struct events *e);

/* A problem that ends the stream. Answers false. */
bool events_fail(struct events *e, unsigned line, unsigned column, const char *message);

#endif
