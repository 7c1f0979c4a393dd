#ifndef COACH_FORMS_H
#define COACH_FORMS_H

#include "pmprep/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* English inflection: the forms of a verb or a noun from its dictionary form, and what a form is. */

enum { FORMS_MAX = 8, FORM_PAST = 3, FORM_PARTICIPLE = 4 };

/* base, -s, -ing, past, participle and further ones, without doubles after the fifth; in the arena. The count. */
size_t verb_forms(const char *base, struct arena *a, const char *out[FORMS_MAX]);
/* singular, plural. */
size_t noun_forms(const char *singular, struct arena *a, const char *out[FORMS_MAX]);

/* The i-th irregular verb, from 0; false after the last. */
bool irregular_verb(size_t i, const char **past, const char **participle);

#endif
