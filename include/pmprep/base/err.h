#ifndef PMPREP_BASE_ERR_H
#define PMPREP_BASE_ERR_H

#include <stdbool.h>

/* What went wrong, coarse enough to choose an exit code or an offer by. */
enum err_code {
    ERR_NONE,
    ERR_USAGE,     /* the caller's words: an option, a filter key, a bad value */
    ERR_NOT_FOUND, /* a file, an item, a story that is not there */
    ERR_IO,        /* the system refused a read or a write; detail is errno */
    ERR_FORMAT,    /* malformed content: YAML, configuration */
    ERR_DB,        /* SQLite failed; detail is the extended result code */
    ERR_BUSY,      /* another process holds the file */
    ERR_FULL,      /* no room on the disk */
    ERR_CORRUPT,   /* the file is not a sound pmprep database */
    ERR_NEWER,     /* the file was written by a newer pmprep */
    ERR_CANCELLED, /* the user said no, or left */
};

/*
 * The caller owns the object and passes it down; it is untouched on success.
 * text is one sentence for the user (what, where, what to do), always valid UTF-8, never with control characters.
 */
struct err {
    enum err_code code;
    int detail;
    char text[512];
};

#define ERR_INIT                                                                                                       \
    {                                                                                                                  \
        ERR_NONE, 0, ""                                                                                                \
    }

/* Fills e (which may be NULL) and answers false, so that `return err_set(...)` reads well. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: appends strerror(errno) and keeps errno in detail (ENOSPC and EDQUOT give
 * ERR_FULL). */
bool err_errno(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Puts context before the text already there: "saving the draft: disk is full". Answers false. */
bool err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
