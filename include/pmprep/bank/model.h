#ifndef PMPREP_BANK_MODEL_H
#define PMPREP_BANK_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Plain records of content, without functions: any higher room may include this. Every pointer is borrowed from the
 * arena the record was loaded into; strings are never NULL ("" when absent) unless said; arrays have a count beside
 * them. */

/* What is practised; each kind has its own fields in struct item and its own steps in a round. */
enum item_kind {
    KIND_BEHAVIOURAL,
    KIND_CASE,
    KIND_TRANSITION,
    KIND_PAIR,
    KIND_CHOICE,
    KIND_REWRITE,
    KIND_WRITING,
    KIND_SQL,
    KIND_ANSWER,
    KIND_COUNT
};

/* One family of one kind; the table in taxonomy.h maps it to the coach's kind and to the rubric. */
enum family {
    FAMILY_NONE, /* not set: the kind's first family */
    FAMILY_GENERAL,
    FAMILY_FAILURE,
    FAMILY_WHY_PM,
    FAMILY_ROLE,
    FAMILY_PRODUCT_SENSE,
    FAMILY_STRATEGY,
    FAMILY_METRICS,
    FAMILY_PRIORITISATION,
    FAMILY_ESTIMATION,
    FAMILY_TECHNICAL,
    FAMILY_WORKING_BACKWARDS,
    FAMILY_COUNT
};

/* Where a statement comes from (domain.md): the two founding articles, public sources, or our judgement. */
enum source_mark { SOURCE_JUDGEMENT, SOURCE_ARTICLES, SOURCE_PUBLIC, SOURCE_COUNT };

/* A position in a file, for messages. */
struct place {
    const char *file; /* as the user named it or the path it was found under */
    unsigned line;    /* 1-based */
    unsigned column;  /* 1-based code points */
};

/* What an interviewer asks next. flaw is the flaw it answers, "" for one that digs into something present. */
struct probe {
    const char *ask;
    const char *flaw;
};

/* Borrowed strings in the order of the file. */
struct strings {
    const char **at;
    size_t count;
};

struct phase { /* of a case or a writing task */
    const char *name;
    unsigned minutes;
};

struct fact { /* of a case, revealed when the candidate asks with one of the words */
    struct strings ask;
    const char *tell;
};

/* New facts in the middle of a case. */
struct twist {
    unsigned minute; /* of the round at which it is told */
    const char *tell;
};

/* What a text is worth on one dimension, as its author judges. */
struct dim_score {
    const char *dimension; /* id in the item's rubric */
    int level;             /* 1-5 */
    const char *why;       /* what in the text makes it that level; only single answers have it */
};

/* A flaw of a text and the words that show it. */
struct flaw_span {
    const char *flaw; /* taxonomy id */
    const char *span; /* the exact words in the text that show it; "" when it is an absence */
    const char *why;  /* what it costs the candidate */
};

struct side {  /* one answer of a pair, or a single answer */
    int level; /* 1-5 overall; 0: a side of a pair */
    const char *text;
    const char *why; /* what makes it strong, or weak as a whole */
    struct flaw_span *flaws;
    size_t flaw_count;
    struct dim_score *scores;
    size_t score_count;
};

/* One answer to a choice; exactly one of them is right. */
struct option {
    const char *text;
    const char *why;
    bool right;
};

struct rung { /* of a so-what ladder */
    const char *from;
    const char *so_what;
};

/* One practice item. Fields that its kind does not have are empty. */
struct item {
    const char *bank;   /* bank-name */
    const char *id;     /* unique in the bank */
    const char *key;    /* "bank-name/id": the identity that history hangs on */
    struct strings was; /* former keys or ids */
    uint64_t revision;  /* hash over the parsed fields: same content, same revision, wherever it stands */
    enum item_kind kind;
    enum family family;        /* never FAMILY_NONE after loading */
    struct strings principles; /* kebab-case ids, the first is the main one; may be empty */
    int difficulty;            /* 1 easy - 3 hard */
    unsigned minutes;          /* for the whole answer, planning and probes included; 0: the mode's own */
    bool core;
    bool names_principle; /* the prompt says which principle it tests, so the user is not asked */
    enum source_mark source;
    struct place place;
    const char *title; /* short form for lists; the prompt's beginning when the file has none */
    const char *prompt;
    const char *why_pm; /* what makes it a PM question */
    struct probe *probes;
    size_t probe_count;
    struct strings look_for;
    struct strings watch_out;
    const char *exemplar; /* an excellent answer or outline */
    /* case, writing */
    struct phase *phases;
    size_t phase_count;
    struct fact *facts;
    size_t fact_count;
    struct twist *twists;
    size_t twist_count;
    /* pair */
    struct side bad;
    struct side good;
    /* answer: no flaws when it is flawless, a score for every dimension of the family's rubric */
    struct side answer;
    /* choice */
    struct option *options;
    size_t option_count;
    const char *explanation;
    const char *compute; /* the arithmetic behind its figures, as compute.h says; "" for none */
    /* rewrite */
    unsigned max_words;
    struct rung *ladder;
    size_t ladder_count;
    /* writing */
    const char *template_id;
    unsigned max_characters;
    /* sql */
    const char *query; /* the reference query */
    bool ordered;      /* the result's order counts */
};

/* What a list, the filter and the selection need of an item, without its long texts. */
struct item_meta {
    const char *key;
    const char *bank;
    const char *title;
    uint64_t revision;
    enum item_kind kind;
    enum family family;
    struct strings principles;
    struct strings flaws; /* of a pair and an answer: the main flaw first; of others: flaws its probes answer */
    int difficulty;
    unsigned minutes;
    bool core;
};

/* A leadership principle: the name is the company's, the glosses are ours. */
struct principle {
    const char *id;   /* "are-right-a-lot" */
    const char *name; /* official spelling */
    int order;        /* 1-16 */
    int tier;         /* 1 core for a PM, 2 common, 3 rare */
    const char *gloss;
    const char *as_pm;  /* what it asks of a PM */
    const char *as_sde; /* what an engineer takes it for */
    struct strings strong;
    struct strings weak;
    struct strings probes;
    enum source_mark source;
};

#define LEVELS 5

/* One scale of a rubric, levels 1 to LEVELS, each with its written anchor. */
struct dimension {
    const char *id;
    const char *name;
    const char *anchor[LEVELS]; /* level 1 first */
    int bar_l5;                 /* level that meets the bar at each target */
    int bar_l6;
};

/* What answers of a kind or family are scored by. */
struct rubric {
    const char *id; /* "behavioural", "product-sense", "why-pm", ... */
    const char *title;
    struct dimension *dimensions;
    size_t dimension_count;
    enum source_mark source;
};

#endif
