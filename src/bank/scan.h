#ifndef BANK_SCAN_H
#define BANK_SCAN_H

#include "pmprep/bank/bank.h"

/* What is checked of the raw bytes before libyaml sees them: quick, linear, at most one problem. */

enum { SCAN_LINE_MAX = 64 * 1024, SCAN_FILE_MAX = 256 * 1024 * 1024 };

/* False, with the problem added, for anything but UTF-8 text without control characters, invisible direction controls,
 * lone carriage returns, and lines over SCAN_LINE_MAX bytes. */
bool scan_text(struct sv text, const char *name, struct problems *p);

/* Line and column of a byte of the text. */
struct place scan_place(struct sv text, const char *name, size_t offset);

#endif
