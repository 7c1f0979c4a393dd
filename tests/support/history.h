#ifndef PMPREP_TESTS_HISTORY_H
#define PMPREP_TESTS_HISTORY_H

/* Makes a user's file with three weeks of practice in it, for pictures. */
void history_make(const char *path);

#endif
