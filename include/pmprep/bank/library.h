#ifndef PMPREP_BANK_LIBRARY_H
#define PMPREP_BANK_LIBRARY_H

#include "pmprep/bank/bank.h"
#include "pmprep/bank/filter.h"
#include "pmprep/bank/model.h"

/*
 * All content together: shipped banks, the user's (CONFIG/pmprep/banks and DATA_HOME banks), and --bank files, indexed
 * by key. A user's bank replaces the shipped one of the same name whole (so does a rubric of the same id), a --bank
 * file both. Warm starts read a discardable cache and not the YAML; the cache is never trusted over a file that changed
 * (path, size, mtime_ns, ctime_ns, inode, format version, folder listing), and a cache that cannot be written only
 * costs time. A file with problems is left out, the others load.
 */
struct library;

/* Where content is looked for; paths are borrowed while the library is open. A later source replaces a bank of the same
 * name in an earlier one. */
struct library_sources {
    const char *shipped;      /* the data folder; has banks/ rubrics/ principles/ loops/ templates/ plans/ rules/
 words/ */
    const char *user;         /* folder of the user's banks; may be missing */
    const char *const *extra; /* --bank PATH, files or folders */
    size_t extra_count;
    const char *config; /* the configuration folder, with the user's rules/ and words/; may be missing; NULL: none */
    const char *cache;  /* file of the cache; NULL: none */
};

/* Opens cheaply: nothing is parsed when the cache is fresh. Problems of skipped files are kept for library_problems().
 */
bool library_open(struct library **out, const struct library_sources *sources, struct err *err);
void library_close(struct library *lib);
const struct problems *library_problems(const struct library *lib);

/* A bank as `bank list` shows it; one bank may be several files. */
struct bank_info {
    const char *name;
    const char *title;
    const char *path; /* its first file */
    bool user;        /* from the user's folder or --bank */
    unsigned items[KIND_COUNT];
};
/* Borrowed until close; sorted by name. */
const struct bank_info *library_banks(struct library *lib, size_t *count);

/* Metadata of every item that the filter's content part matches, in file order; in the arena. Fast enough to call per
 * screen. */
bool library_list(struct library *lib, const struct filter *f, struct arena *a, struct item_meta **out, size_t *count,
                  struct err *err);
/* One whole item by key, or by a former key of its `was:`. ERR_NOT_FOUND suggests the nearest key. */
bool library_item(struct library *lib, const char *key, struct arena *a, struct item *out, struct err *err);
/* The key that an item has now, when this is one of its former keys; else NULL, also when an item has it again.
 * Borrowed until close; quick. */
const char *library_present(struct library *lib, const char *key);
bool library_meta(struct library *lib, const char *key, struct arena *a, struct item_meta *out, struct err *err);

/* The names in the filter that only the content knows, principles and banks, exist. ERR_USAGE suggests the nearest. */
bool library_check_filter(struct library *lib, const struct filter *f, struct err *err);
/* ERR_NOT_FOUND with the nearest bank, or all of them. */
bool library_check_bank(struct library *lib, const char *name, struct err *err);

/* Borrowed until close. Principles in official order. NULL when unknown. */
const struct principle *library_principles(struct library *lib, size_t *count);
const struct principle *library_principle(struct library *lib, const char *id);
const struct rubric *library_rubric(struct library *lib, const char *id);
/* The rubric an item of this family is scored by; never NULL with the shipped data in place. */
const struct rubric *library_rubric_for(struct library *lib, enum family f);

/* Loops, templates and plans are read when they are first asked for. Borrowed until close, sorted by id; one of the
 * user's or of --bank replaces the shipped one of the same id. NULL when unknown. */
const struct mock_loop *library_loops(struct library *lib, size_t *count);
const struct mock_loop *library_loop(struct library *lib, const char *id);
const struct template *library_templates(struct library *lib, size_t *count);
const struct template *library_template(struct library *lib, const char *id);
const struct deck *library_deck(struct library *lib, const char *id);           /* "universal" */
const struct checklist *library_checklist(struct library *lib, const char *id); /* "checklist" */

/* The coach's rules and words, read when one of these is first called. Borrowed until close. Rules: the shipped ones,
 * then the user's, each part sorted by id; one of the user's replaces the shipped one of the same id. Lexicons: in the
 * order of their files, shipped ones first; their classes add up, whatever the ids of the files. */
const struct rule *library_rules(struct library *lib, size_t *count);
const struct lexicon *library_lexicons(struct library *lib, size_t *count);
/* Their memory, once a coach is made of them; they are read again when they are asked for. */
void library_forget_lexicons(struct library *lib);
/* Of files of rules and words that were left out. */
const struct problems *library_rule_problems(struct library *lib);

#endif
