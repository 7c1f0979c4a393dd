#ifndef PMPREP_BANK_BANK_H
#define PMPREP_BANK_BANK_H

#include "pmprep/bank/checklist.h"
#include "pmprep/bank/deck.h"
#include "pmprep/bank/model.h"
#include "pmprep/bank/rule.h"
#include "pmprep/bank/template.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"

/* Reading YAML files of every kind with file:line:col for every problem. */

/* One thing wrong with a file, and where. */
struct problem {
    struct place place;
    const char *text; /* one sentence, sanitised */
};

/* All that is wrong, in the order it was found. */
struct problems {
    struct arena *arena; /* strings live here */
    struct problem *at;
    size_t count;
    size_t cap;
};

/* The arena is borrowed and outlives the list; add formats and sanitises. */
void problems_init(struct problems *p, struct arena *arena);
void problems_add(struct problems *p, struct place where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void problems_release(struct problems *p); /* the array, not the arena */

/* What a file describes; its first key tells. */
enum file_kind {
    FILE_UNKNOWN,
    FILE_BANK,
    FILE_RUBRIC,
    FILE_PRINCIPLES,
    FILE_LOOP,
    FILE_TEMPLATE,
    FILE_PLAN,
    FILE_RULE,
    FILE_LEXICON,
    FILE_DECK
};

/* One parsed bank file. Several files may carry the same bank name in one source: they are one bank. */
struct bank {
    const char *name;
    const char *title;
    const char *path;
    struct item *items;
    size_t item_count;
};

/* Parse a whole file into the arena. False when the file has any problem (they are in p): the result is then not used.
 * A file that cannot be opened is err with ERR_NOT_FOUND or ERR_IO; anything in its content is a problem. References to
 * principles and dimensions are the checker's and the library's business. */
bool bank_read(const char *path, struct arena *a, struct bank *out, struct problems *p, struct err *err);
bool bank_parse(struct sv text, const char *name, struct arena *a, struct bank *out, struct problems *p);
bool rubric_parse(struct sv text, const char *name, struct arena *a, struct rubric *out, struct problems *p);
bool principles_parse(struct sv text, const char *name, struct arena *a, struct principle **out, size_t *count,
                      struct problems *p);
bool loop_parse(struct sv text, const char *name, struct arena *a, struct mock_loop *out, struct problems *p);
bool template_parse(struct sv text, const char *name, struct arena *a, struct template *out, struct problems *p);
bool checklist_parse(struct sv text, const char *name, struct arena *a, struct checklist *out, struct problems *p);
bool rule_parse(struct sv text, const char *name, struct arena *a, struct rule *out, struct problems *p);
bool deck_parse(struct sv text, const char *name, struct arena *a, struct deck *out, struct problems *p);
bool lexicon_parse(struct sv text, const char *name, struct arena *a, struct lexicon *out, struct problems *p);

/* A flat file, one mapping of plain scalars ("name: value"), as the preferences are. An empty one has no entries. */
struct flat_entry {
    const char *name;
    const char *value;
    struct place place; /* of the value */
};
/* Entries in the order of the file, in the arena; false when it has any problem. */
bool flat_parse(struct sv text, const char *name, struct arena *a, struct flat_entry **out, size_t *count,
                struct problems *p);

/* What kind of file the text is, by its first key (bank: rubric: principles: loop: template: plan: rule:
 * lexicon: deck:). */
enum file_kind file_kind_of(struct sv text);

/*
 * Everything check finds, over any number of files of any kind: schema problems first, then what needs a second look
 * (spans that are not in their text, scores outside the rubric, unknown flaws, principles, templates and loops, ids
 * used twice, also across the files of a bank, minutes that do not add up).
 */
struct checker;

/* shipped_data is the data folder whose principles, rubrics, loops and templates are referred to; NULL: those
 * references are not checked. Never fails: what is wrong with the shipped files shows when they are checked themselves.
 */
struct checker *checker_new(const char *shipped_data);
void checker_free(struct checker *c); /* NULL is fine */

/* What a file, or the YAML files of a folder, can be referred to by: to be called before the first check, so that files
 * which are checked together may refer to one another. It goes before the shipped ones. */
void checker_learn(struct checker *c, const char *path);

/* Adds the problems of one file; problems' arena must outlive the checker. False when there is any; err is filled only
 * for a file that cannot be read (ERR_NOT_FOUND, ERR_IO), else untouched. kind may be NULL. */
bool checker_file(struct checker *c, const char *path, enum file_kind *kind, struct problems *p, struct err *err);

/* The same for a single file. */
bool check_file(const char *path, const char *shipped_data, struct problems *p, struct err *err);

#endif
