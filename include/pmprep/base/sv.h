#ifndef PMPREP_BASE_SV_H
#define PMPREP_BASE_SV_H

#include <stdbool.h>
#include <stddef.h>

/* A borrowed piece of text: not owned, not NUL-terminated. data may be NULL only when len is 0. */
struct sv {
    const char *data;
    size_t len;
};

/* SV("...") of a literal; printf(SV_FMT, SV_ARG(s)). */
#define SV(literal) ((struct sv){(literal), sizeof(literal) - 1})
#define SV_FMT      "%.*s"
#define SV_ARG(s)   (int)(s).len, (s).data

struct sv sv_from(const char *s); /* NULL is empty */
bool sv_eq(struct sv a, struct sv b);
bool sv_eqs(struct sv a, const char *b);
bool sv_starts(struct sv s, const char *prefix);
struct sv sv_trim(struct sv s);                         /* ASCII white space off both ends */
struct sv sv_sub(struct sv s, size_t from, size_t len); /* clamped to s */

/* Cuts the text before the first sep off *rest and answers it; false when *rest is exhausted (its data is NULL then).
 * As in strsep, n separators make n + 1 parts, which may be empty: "a," gives "a" and "". */
bool sv_split(struct sv *rest, char sep, struct sv *part);

/* A whole decimal number within [min, max] and nothing else; false otherwise. */
bool sv_int(struct sv s, long min, long max, long *out);

/* A decimal number within [min, max] and nothing else: an optional sign, digits, and maybe a point with digits after
 * it, 15 digits in all. Rounded to the nearest double, whatever the locale. */
bool sv_decimal(struct sv s, double min, double max, double *out);

#endif
