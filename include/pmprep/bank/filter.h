#ifndef PMPREP_BANK_FILTER_H
#define PMPREP_BANK_FILTER_H

#include "pmprep/bank/model.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"

#include <stdint.h>

/*
 * The FILTER language of every command. Words are joined by "and"; commas within a value by "or"; a leading "-" or "!"
 * on a key:value word negates it; other words are full text. Keys: principle kind family difficulty bank flaw due new
 * core since score text (text:WORD is the plain word). Ranges A..B, ..B, A..; since takes Nd Nw Nm Ny or a date (from
 * its practice day on). kind: and family: each take the names of both, as spelled in the taxonomy, but not mixed in one
 * value. A key is given once; only negated words, and text, may repeat. A word before whose colon there is no
 * lower-case name is text ("12:30").
 */
struct filter {
    unsigned kinds;            /* bit 1 << enum item_kind; 0: any */
    unsigned families;         /* bit 1 << enum family; 0: any */
    struct strings principles; /* any of; empty: any */
    struct strings banks;
    struct strings flaws;
    unsigned not_kinds;
    unsigned not_families;
    struct strings not_principles;
    struct strings not_banks;
    struct strings not_flaws;
    int difficulty_min, difficulty_max; /* 0: open */
    double score_min, score_max; /* mean level, inclusive; 0: open; a bare N is what rounds to it: N-0.5 to N+0.49 */
    int due, fresh, core;        /* -1 unset, 0 no, 1 yes */
    int64_t since_ms;            /* UTC; 0: open */
    struct strings words;        /* full text, as given */
};

/* now_ms and offset_min date the relative values. On failure ERR_USAGE names the known keys and the closest match. */
bool filter_parse(char *const *words, int count, int64_t now_ms, int offset_min, struct arena *a, struct filter *out,
                  struct err *err);
/* The same on one string, words split at blanks, "quoted phrases" kept together: what a search box holds. */
bool filter_parse_line(struct sv line, int64_t now_ms, int offset_min, struct arena *a, struct filter *out,
                       struct err *err);

void filter_init(struct filter *f); /* matches everything */
bool filter_is_empty(const struct filter *f);

/* The parts that content alone decides: kind family principle bank flaw difficulty core and words (each in the title or
 * the key, whatever the case of its letters). */
bool filter_matches_meta(const struct filter *f, const struct item_meta *m);

/* The keys with one line of help each, NULL-terminated: for --help, errors and completion. */
struct filter_key {
    const char *name;
    const char *help;
};
/* Ends with a NULL name. */
extern const struct filter_key filter_keys[];

#endif
