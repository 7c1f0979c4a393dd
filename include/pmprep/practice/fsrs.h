#ifndef PMPREP_PRACTICE_FSRS_H
#define PMPREP_PRACTICE_FSRS_H

#include "pmprep/store/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* FSRS-6, https://github.com/open-spaced-repetition (algorithm page), 21 default weights. Pure arithmetic. */
#define FSRS_VERSION 6
#define FSRS_WEIGHTS 21

/* FSRS's grades; their values 1-4 are those of the review log. */
enum rating { RATING_NONE, RATING_AGAIN, RATING_HARD, RATING_GOOD, RATING_EASY };

/* What the algorithm is tuned by. */
struct fsrs_params {
    double w[FSRS_WEIGHTS];
    double retention;        /* desired recall when due, 0 < r < 1 */
    int maximum_interval;    /* days */
    bool short_term;         /* learning steps on */
    const int *learning_min; /* minutes of each step; borrowed */
    size_t learning_count;
    const int *relearning_min;
    size_t relearning_count;
};
void fsrs_defaults(struct fsrs_params *p, bool short_term); /* retention 0.9, 36500 days; steps 1 10 and 10 minutes */

/* The memory of one unit. */
struct fsrs_card {
    enum card_state state;
    int step;
    double stability;  /* days; 0 for a new card */
    double difficulty; /* 1-10 */
    int reps, lapses;
};

/* What a review makes of a card. */
struct fsrs_result {
    struct fsrs_card card;
    int interval_days; /* 0 while in a step */
    int64_t due_in_s;  /* from the review */
};

/* elapsed_days: whole days since the previous review, 0 for the first or the same day. */
struct fsrs_result fsrs_review(const struct fsrs_params *p, struct fsrs_card card, enum rating r, int elapsed_days);
double fsrs_retrievability(const struct fsrs_params *p, double stability, double elapsed_days); /* 0-1 */

const char *rating_name(enum rating r); /* "Again" "Hard" "Good" "Easy" */

/* From self-scores (quality.md, The scheduler): mean below 2 Again, below 3 Hard, below 4.3 Good, else Easy; any
 * dimension at 1 caps at Hard; no score is RATING_NONE. */
enum rating rating_from_scores(const struct score *scores, size_t count);

#endif
