#include "internal.h"

#include <errno.h>

struct kind {
    int result; /* primary result code, or an extended one before its primary */
    enum err_code code;
    bool says_why; /* the words of SQLite follow in brackets */
    const char *text;
    const char *advice;
};

static const struct kind kinds[] = {
    {SQLITE_BUSY, ERR_BUSY, false, "is in use by another program", "wait for it or close it, then try again"},
    {SQLITE_LOCKED, ERR_BUSY, false, "is in use by another part of the program", "try again"},
    {SQLITE_FULL, ERR_FULL, false, "cannot grow, the disk is full", "free some space and try again"},
    {SQLITE_CORRUPT, ERR_CORRUPT, false, "is damaged",
     "set it aside with `pmprep doctor --set-aside` and put a backup in its place"},
    {SQLITE_NOTADB, ERR_CORRUPT, false, "is not a database", "check the path, or put a backup in its place"},
    {SQLITE_READONLY, ERR_DB, false, "cannot be written", "check the permissions of the file and its folder"},
    {SQLITE_CANTOPEN, ERR_DB, false, "cannot be opened", "check the path and its permissions"},
    {SQLITE_PERM, ERR_DB, false, "cannot be opened", "check the path and its permissions"},
    {SQLITE_IOERR_WRITE, ERR_DB, false, "could not be written, as when the disk is full or fails",
     "free some space, check the disk and try again"}, /* a quota or a limit ends here when rolling back hid its errno
                                                        */
    {SQLITE_IOERR, ERR_DB, true, "could not be read or written", "check the disk and try again"},
    {SQLITE_NOMEM, ERR_DB, false, "needs more memory than there is", "close other programs and try again"},
    {SQLITE_TOOBIG, ERR_DB, false, "cannot hold a text of this size", "shorten it"},
};

static const struct kind unknown = {SQLITE_ERROR, ERR_DB, true, "refused a request", "please report this"};

static const struct kind full = {SQLITE_FULL, ERR_FULL, false, "cannot grow, no room is left",
                                 "free some space and try again"};

static const struct kind *kind_of(struct db *db, int result)
{
    int primary = result & 0xFF;
    if (primary == SQLITE_IOERR) { /* SQLite tells only ENOSPC apart */
        int number = sqlite3_system_errno(db->handle);
        if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
            return &full;
        }
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].result == result || kinds[i].result == primary) {
            return &kinds[i];
        }
    }
    return &unknown;
}

/* A binding that failed is reported after others went well: then only the code tells what happened. */
static const char *reason(struct db *db, int result)
{
    return sqlite3_extended_errcode(db->handle) == result ? sqlite3_errmsg(db->handle) : sqlite3_errstr(result);
}

bool db_fail(struct db *db, int result, struct err *err)
{
    const struct kind *kind = kind_of(db, result);
    if (kind->says_why) {
        err_set(err, kind->code, "the database %s %s (%s): %s", db->path, kind->text, reason(db, result), kind->advice);
    } else {
        err_set(err, kind->code, "the database %s %s: %s", db->path, kind->text, kind->advice);
    }
    if (err) {
        err->detail = result;
    }
    return false;
}
