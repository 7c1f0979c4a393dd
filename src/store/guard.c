#include "pmprep/base/buf.h"
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A look at the file before SQLite touches it, so that what is not ours stays as it is to the byte. */

enum { HEADER = 100, VERSION_AT = 60, APPLICATION_AT = 68 }; /* https://sqlite.org/fileformat2.html section 1.3 */

static int64_t big_endian(const unsigned char *bytes)
{
    return (int64_t)((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]);
}

bool guard_identity(const char *path, int64_t application_id, int64_t version, int newest, struct err *err)
{
    if (application_id != STORE_APPLICATION_ID || version < 1) {
        return err_set(err, ERR_CORRUPT, "%s is not a pmprep database: name another file with --db", path);
    }
    if (version > newest) {
        return err_set(
            err, ERR_NEWER,
            "%s was written by a newer pmprep (its schema is %d, this one knows up to %d): upgrade pmprep, or name"
            " another file with --db",
            path, (int)version, newest);
    }
    return true;
}

static bool has_journal(const char *path)
{
    struct buf journal = BUF_INIT;
    struct stat st;
    buf_addf(&journal, "%s-journal", path);
    bool found = stat(buf_str(&journal), &st) == 0 && st.st_size > 0;
    buf_release(&journal);
    return found;
}

static bool read_header(const char *path, unsigned char out[HEADER], ssize_t *len, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return err_errno(err, "cannot open the database %s", path);
    }
    *len = read(fd, out, HEADER);
    if (*len < 0) {
        err_errno(err, "cannot read the database %s", path);
    }
    close(fd);
    return *len >= 0;
}

/* SQLite needs to write the file and to make a journal beside it. */
static bool writable(const char *path, struct err *err)
{
    struct buf folder = BUF_INIT;
    const char *slash = strrchr(path, '/');
    if (slash) {
        buf_add(&folder, path, (size_t)(slash - path) + 1);
    }
    bool file = access(path, W_OK) == 0;
    bool beside = access(slash ? buf_str(&folder) : ".", W_OK | X_OK) == 0;
    buf_release(&folder);
    if (!file) {
        return err_set(err, ERR_IO, "%s cannot be written: make it writable, or name another file with --db", path);
    }
    return beside ||
           err_set(err, ERR_IO,
                   "the folder of %s cannot be written, which saving needs: make it writable, or name another file"
                   " with --db",
                   path);
}

static bool look_inside(const char *path, int newest, enum file_state *state, struct err *err)
{
    static const char magic[16] = "SQLite format 3";
    unsigned char header[HEADER];
    ssize_t len = 0;
    if (!read_header(path, header, &len, err)) {
        return false;
    }
    if (len < HEADER || memcmp(header, magic, sizeof(magic)) != 0) {
        return err_set(err, ERR_CORRUPT, "%s is not a pmprep database: name another file with --db", path);
    }
    *state = FILE_OURS;
    return guard_identity(path, big_endian(header + APPLICATION_AT), big_endian(header + VERSION_AT), newest, err);
}

bool guard_look(const char *path, bool readonly, int newest, enum file_state *state, struct err *err)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        *state = FILE_MISSING;
        return errno == ENOENT || err_errno(err, "cannot reach the database %s", path);
    }
    if (!S_ISREG(st.st_mode)) {
        return err_set(err, ERR_IO, "%s is not a regular file: name another with --db", path);
    }
    if (!readonly && !writable(path, err)) {
        return false;
    }
    if (has_journal(path)) { /* the header may be that of a transaction to be rolled back */
        *state = FILE_UNFINISHED;
        return true;
    }
    if (st.st_size == 0) {
        *state = FILE_NEW;
        return true;
    }
    return look_inside(path, newest, state, err);
}
