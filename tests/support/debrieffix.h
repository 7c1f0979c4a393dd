#ifndef PMPREP_TESTS_DEBRIEFFIX_H
#define PMPREP_TESTS_DEBRIEFFIX_H

#include "pmprep/app/mock.h"

/* A loop of three interviews, answered, voted and debriefed: what tests of debriefs and of reports begin with and
 * change. The whole is plain data; debrieffix_make() fills in the debrief. */

enum { DEBRIEFFIX_STAGES = 3, DEBRIEFFIX_ANSWERS = 5 };

struct debrieffix {
    struct arena arena;
    struct debrief_stage stages[DEBRIEFFIX_STAGES];
    struct debrief_answer answers[DEBRIEFFIX_ANSWERS];
    struct mock_report report; /* input points at the arrays above */
};

/* Manager (Ownership, Deliver Results), peer (Dive Deep), bar raiser (Think Big, Dive Deep). Everything meets the bar
 * of L5, eight minutes are the least, the manager decides, the bar raiser consents, three raises offset. */
void debrieffix_init(struct debrieffix *f);
void debrieffix_release(struct debrieffix *f);

/* The scores of an answer, all dimensions alike. */
void debrieffix_score(struct debrieffix *f, size_t answer, int level);
/* Adds a finding of a known rule at the words of the answer; "" has no place. */
void debrieffix_find(struct debrieffix *f, size_t answer, const char *rule, const char *severity, const char *words);

void debrieffix_make(struct debrieffix *f);

/* The first line with these words in it; "" when there is none. */
const char *debrieffix_line(const struct strings *lines, const char *words);

#endif
