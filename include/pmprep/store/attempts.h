#ifndef PMPREP_STORE_ATTEMPTS_H
#define PMPREP_STORE_ATTEMPTS_H

#include "pmprep/bank/filter.h"
#include "pmprep/store/store.h"

/* The one history table, its scores and findings, full-text search and drafts. */

/* What the item and its rubric were when the attempt was made. Each revision is stored once, however many attempts
 * share it. */
struct item_snapshot {
    const char *item; /* key */
    uint64_t revision;
    enum item_kind kind;
    enum family family;
    struct strings principles;
    struct strings flaws; /* of a pair, the main one first; empty for the others */
    int difficulty;       /* 1-3 */
    bool core;
    const char *prompt;
    const struct rubric *rubric; /* NULL when it has none */
};

/* Inserts the attempt with its score sets and findings and the snapshots. Upserts: the same id again replaces it (first
 * saved unscored at submit, then again as scores come). Kind, family and principles of the list and the statistics are
 * the attempt's. */
bool attempts_put(struct store *s, const struct attempt *at, const struct item_snapshot *snap, struct err *err);
/* Adds or replaces one score set of a stored attempt; an empty set removes it. */
bool attempts_score(struct store *s, const char *id, const struct score_set *set, struct err *err);
/* Replaces the findings of a stored attempt, the dismissed ones too. ERR_NOT_FOUND. */
bool attempts_set_findings(struct store *s, const char *id, const struct finding *findings, size_t count,
                           struct err *err);
/* Dismisses a finding, or takes that back: its place in the attempt's list, and its rule, so that a list that was
 * replaced meanwhile is not changed by mistake: ERR_NOT_FOUND then. */
bool attempts_dismiss(struct store *s, const char *id, size_t place, const char *rule, bool dismissed, struct err *err);
/* Adds what a reviewer said, or replaces what the same command said before. ERR_NOT_FOUND. */
bool attempts_set_opinion(struct store *s, const char *id, const struct opinion *o, struct err *err);
/* story "" unlinks. ERR_NOT_FOUND for these three also when the attempt is deleted. */
bool attempts_set_story(struct store *s, const char *id, const char *story, struct err *err);
bool attempts_set_note(struct store *s, const char *id, const char *note, struct err *err);
bool attempts_set_flag(struct store *s, const char *id, bool flagged, struct err *err);
/* Whether the id is in the file, as a tombstone too: what to ask after a failed commit. */
bool attempts_exists(struct store *s, const char *id, bool *yes, struct err *err);

/* Deletion leaves a tombstone that undo revives; purge removes text, scores, findings, search terms for good. */
bool attempts_delete(struct store *s, const char *id, int64_t now_ms, struct err *err);
bool attempts_undelete(struct store *s, const char *id, struct err *err);

/* The rubric the attempt was given under, whatever the files say now. *found is false when it had none. */
bool attempts_rubric(struct store *s, const char *id, struct arena *a, struct rubric *out, bool *found,
                     struct err *err);

/* One with everything: score sets, findings; a tombstone too. ERR_NOT_FOUND. */
bool attempts_get(struct store *s, const char *id, struct arena *a, struct attempt *out, struct err *err);
/* The id that begins so, in the arena. ERR_NOT_FOUND; ERR_USAGE when more than one does. */
bool attempts_find(struct store *s, const char *beginning, struct arena *a, const char **id, struct err *err);
/* Tries on the same item with everything, oldest first; no tombstones. */
bool attempts_of_item(struct store *s, const char *item, struct arena *a, struct attempt **out, size_t *count,
                      struct err *err);
/* The same of those that told a story of the user's. */
bool attempts_of_story(struct store *s, const char *story, struct arena *a, struct attempt **out, size_t *count,
                       struct err *err);

/*
 * Newest first; by rank (bm25) when the filter has words, where of very many hits only the newest SEARCH_RANKED are
 * ranked. limit 0: all. *more tells that there are further ones. Uses kinds families principles banks flaws difficulty
 * core since score words of the filter; due and new mean nothing for answers, so a caller refuses them. flaw: matches a
 * finding that was not dismissed and, for pairs, the flaws the pair shows. Words: all must occur (stemmed, in any of
 * text, prompt and note); "two words" is a phrase, ow* a beginning.
 */
#define SEARCH_RANKED 2000
bool attempts_list(struct store *s, const struct filter *f, size_t offset, size_t limit, struct arena *a,
                   struct attempt_row **out, size_t *count, bool *more, struct err *err);
/* How many attempts_list() would give. */
bool attempts_count(struct store *s, const struct filter *f, size_t *count, struct err *err);
/* Visits whole attempts oldest first for exports without holding them all; the arena is reset between calls. */
typedef bool attempt_fn(void *ctx, const struct attempt *at, struct err *err);
bool attempts_each(struct store *s, const struct filter *f, attempt_fn *fn, void *ctx, struct err *err);

/* Prompts seen lately: the newest started_at per item, for selection. */
struct seen {
    const char *item;
    int64_t last_ms;
    unsigned times;
    double last_mean; /* 0 unscored */
};
bool attempts_seen(struct store *s, struct arena *a, struct seen **out, size_t *count, struct err *err);

/* What was answered last, of any kind: key and kind of the item. *found is false without a single answer. */
struct latest {
    const char *item;
    enum item_kind kind;
};
bool attempts_latest(struct store *s, struct arena *a, struct latest *out, bool *found, struct err *err);

/* What was found in the newest answers that were scored: only then is an answer read. What was picked does not count,
 * nor do second tries, which are about one finding. */
bool attempts_habits(struct store *s, unsigned newest, struct arena *a, struct habits *out, struct err *err);

/* Drafts: upserted while typing, removed in the same transaction that stores the attempt. */
bool draft_put(struct store *s, const struct draft *d, struct err *err);
bool draft_latest(struct store *s, struct arena *a, struct draft *out, bool *found, struct err *err);
bool draft_all(struct store *s, struct arena *a, struct draft **out, size_t *count, struct err *err); /* newest first */
bool draft_remove(struct store *s, const char *item, const char *session, struct err *err);
/* The newest of one session. Drafts of mock loops are had only so: the two above leave them out. */
bool draft_of_session(struct store *s, const char *session, struct arena *a, struct draft *out, bool *found,
                      struct err *err);

/* Aggregates of Home and review, kept per practice day in the transaction that stores an answer: their cost does not
 * grow with history. */
/* Practice days from since_day on; principles without an answer are left out. */
bool stats_coverage(struct store *s, int32_t since_day, struct arena *a, struct coverage **out, size_t *count,
                    struct err *err);
/* Active milliseconds and answers on each practice day of [first, first+days). */
bool stats_days(struct store *s, int32_t first, int days, struct day_total *out, struct err *err);
/* Practice days in a row with an answer, up to today, or up to yesterday while today has none. */
bool stats_streak(struct store *s, int32_t today, unsigned *days, struct err *err);
/* The user's own median active time per (kind, mode) in ms over the latest 50 answers, follow-ups left out; 0 when
 * fewer than 5. */
bool stats_median_ms(struct store *s, enum item_kind kind, enum answer_mode mode, int64_t *ms, struct err *err);

#endif
