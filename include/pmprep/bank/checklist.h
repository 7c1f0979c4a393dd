#ifndef PMPREP_BANK_CHECKLIST_H
#define PMPREP_BANK_CHECKLIST_H

#include "pmprep/bank/loop.h"

/*
 * A checklist that ticks itself, as data/plans/NAME.yaml tells it. Plain records, borrowed from the library.
 *
 * An item is ticked when all its conditions hold. A condition counts one sort of record in the user's history; only
 * what matches every key that is given counts, and deleted records never do:
 *
 *   answers   attempts of any kind. kinds, families, principles, items: any of the list. min-level: the mean of the
 *             newest score set (with `dimension`, that dimension's level in it) is at least this; unscored never is.
 *             different: of several with the same item, story, principle or practice day one counts, and one without
 *             a story or principle does not. each: at-least holds for every principle of the loaded list on its own.
 *   stories   of the story bank. with: these fields hold text. principles, each: as above.
 *   writings  finished pieces of a template. within: minutes on the clock at most; 0: any.
 *   loops     mock loops that reached their debrief; loop: of this id, else any.
 *   days      practice days with at least one answer.
 *   notes     a line that the user writes beside the item, in reply to `ask`: what no history can know.
 */

/* What a condition counts; the words above. */
enum condition_counts {
    COUNT_ANSWERS,
    COUNT_STORIES,
    COUNT_WRITINGS,
    COUNT_LOOPS,
    COUNT_DAYS,
    COUNT_NOTES,
    CONDITION_COUNTS
};

/* What must differ between the things counted. */
enum condition_different { DIFFERENT_ANY, DIFFERENT_ITEM, DIFFERENT_STORY, DIFFERENT_PRINCIPLE, DIFFERENT_DAY };

extern const struct words condition_words;   /* of enum condition_counts */
extern const struct words different_words;   /* without DIFFERENT_ANY */
extern const struct words each_words;        /* "principle" */
extern const struct words story_field_words; /* fields of a story, in the order of struct story */

/* One condition; fields that its count does not use are empty. */
struct condition {
    enum condition_counts count;
    unsigned at_least;
    struct strings kinds;      /* names */
    struct strings families;   /* names */
    struct strings principles; /* ids */
    struct strings items;      /* keys */
    int min_level;             /* 1-5; 0: any, scored or not */
    const char *dimension;     /* id in the rubric of the answer's family; "" */
    enum condition_different different;
    const char *each;    /* "principle"; "" */
    struct strings with; /* names of story fields */
    const char *template_id;
    unsigned within; /* minutes */
    const char *loop_id;
    const char *ask;
};

/* Done when all its conditions hold. */
struct checklist_item {
    const char *id; /* unique in the checklist */
    const char *title;
    const char *about;
    enum source_mark source;
    struct condition *when;
    size_t when_count;
};

/* A list that ticks itself from the history. */
struct checklist {
    const char *id;
    const char *title;
    enum source_mark source;
    struct checklist_item *items;
    size_t item_count;
};

#endif
