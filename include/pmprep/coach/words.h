#ifndef PMPREP_COACH_WORDS_H
#define PMPREP_COACH_WORDS_H

#include "pmprep/base/sv.h"

#include <stddef.h>
#include <stdint.h>

/* Words of a text: runs of letters, digits, apostrophes and inner hyphens, points or commas ("9.5%", "can't", "two-way"
 * are one each). */
size_t words_count(struct sv text);

/* Speech at 140 words a minute, the middle of what is comfortable (domain.md section 4, source 27). */
#define SPOKEN_WORDS_PER_MINUTE 140
int64_t words_spoken_ms(size_t words);

#endif
