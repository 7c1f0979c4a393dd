#ifndef COACH_QUOTES_H
#define COACH_QUOTES_H

#include "pmprep/coach/text.h"

/* Marks what is quoted: between quotation marks that both stand in one paragraph, besides the quoted lines that are
 * marked already. Where nearly everything is quoted nothing is: the marks stand around the answer itself. */
void quotes_mark(struct text *t);

#endif
