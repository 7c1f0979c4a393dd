#ifndef PMPREP_BANK_COMPUTE_H
#define PMPREP_BANK_COMPUTE_H

#include "pmprep/base/err.h"
#include "pmprep/base/sv.h"

/*
 * The `compute` of a choice: the arithmetic behind a figure, so that nobody has to trust it.
 *
 *   statement   claim { ";" claim }
 *   claim       expression "=" number
 *   expression  term { ("+" | "-") term }
 *   term        factor { ("*" | "/") factor }
 *   factor      number | "-" factor | "(" expression ")" | function "(" expression { "," expression } ")"
 *   number      digits, with a point and digits after it when there are decimals; on the right "-" may stand before it
 *
 * A claim holds when the expression, rounded to the decimals that the number has, is the number: 9.87 = 9.9 holds.
 *
 *   sqrt(x), pow(x, y)   as in C
 *   z(p1, p2, n)         the statistic of a two-sided z-test of two shares with n people in each arm:
 *                        |p1 - p2| / sqrt(2 p (1 - p) / n), with p the mean of both
 *   p(p1, p2, n)         the probability of such a difference, or a larger one, if there is none: erfc(z / sqrt(2))
 *   n(p, d)              people in each arm to find a difference of d (as a share) at a base of p, with 80% power at
 *                        the 5% level: 2 (1.96 + 0.84)^2 p (1 - p) / d^2 (source: statstest.com, minimum detectable
 *                        effect)
 */

/* False with ERR_FORMAT: one sentence that says which claim does not hold, and what it comes to, or what is wrong with
 * the statement. Every claim is a finite number. */
bool compute_check(struct sv statement, struct err *err);

#endif
