#include "pmprep/practice/fsrs.h"

enum rating rating_from_scores(const struct score *scores, size_t count)
{
    int sum = 0;
    int counted = 0;
    bool missing = false; /* a dimension at level 1 */

    for (size_t i = 0; i < count; i++) {
        if (scores[i].level < 1)
            continue;
        sum += scores[i].level;
        counted++;
        missing = missing || (scores[i].level == 1 && scores[i].dimension[0] != '\0');
    }
    if (counted == 0)
        return RATING_NONE;

    /* Tenths keep the borders exact: 4.3 is not a binary fraction. */
    int tenths_sum = sum * 10;

    if (tenths_sum < 20 * counted)
        return RATING_AGAIN;
    if (tenths_sum < 30 * counted || missing)
        return RATING_HARD;
    return tenths_sum < 43 * counted ? RATING_GOOD : RATING_EASY;
}
