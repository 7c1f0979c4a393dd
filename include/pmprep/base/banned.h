#ifndef PMPREP_BASE_BANNED_H
#define PMPREP_BASE_BANNED_H

/* Forced into every file by the Makefile: functions that write without a bound, or keep hidden state, do not compile.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PMPREP_BANNED(name) pmprep_banned_##name##_use_buf_or_sv_instead
#undef strcpy
#define strcpy(a, b) PMPREP_BANNED(strcpy)
#undef strcat
#define strcat(a, b) PMPREP_BANNED(strcat)
#undef strncpy
#define strncpy(a, b, n) PMPREP_BANNED(strncpy)
#undef strncat
#define strncat(a, b, n) PMPREP_BANNED(strncat)
#undef strtok
#define strtok(a, b) PMPREP_BANNED(strtok)
#undef sprintf
#define sprintf(...) PMPREP_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) PMPREP_BANNED(vsprintf)
#undef gets
#define gets(a) PMPREP_BANNED(gets)
#undef atoi
#define atoi(a) PMPREP_BANNED(atoi)
#undef system
#define system(a) PMPREP_BANNED(system)
#undef popen
#define popen(a, b) PMPREP_BANNED(popen)
#undef gmtime
#define gmtime(a) PMPREP_BANNED(gmtime)
#undef localtime
#define localtime(a) PMPREP_BANNED(localtime)
#undef rand
#define rand() PMPREP_BANNED(rand)

#endif
