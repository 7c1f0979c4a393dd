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

static bool not_ours(const char *path, struct err *err)
{
    return err_set(err, ERR_CORRUPT, "%s is not a pmprep database: name another file with --db", path);
}

bool guard_identity(const char *path, int64_t application_id, int64_t version, int newest, struct err *err)
{
    if (application_id != STORE_APPLICATION_ID || version < 1) {
        return not_ours(path, err);
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

/* The first bytes of path; *len is how many there were, at most room. */
static bool read_start(const char *path, unsigned char *out, size_t room, size_t *len, struct err *err)
{
    *len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return err_errno(err, "cannot open the database %s", path);
    }
    ssize_t got = read(fd, out, room);
    bool ok = got >= 0 || err_errno(err, "cannot read the database %s", path);
    close(fd);
    *len = ok ? (size_t)got : 0;
    return ok;
}

/* Only a journal that SQLite would roll back counts: another file of that name is somebody's. */
static bool has_journal(const char *path)
{
    static const unsigned char magic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    unsigned char start[sizeof(magic)];
    size_t len;
    struct buf journal = BUF_INIT;
    buf_addf(&journal, "%s-journal", path);
    bool found = read_start(buf_str(&journal), start, sizeof(start), &len, NULL) && len == sizeof(magic) &&
                 memcmp(start, magic, sizeof(magic)) == 0;
    buf_release(&journal);
    return found;
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

static bool has_magic(const unsigned char *header, size_t len)
{
    static const char magic[16] = "SQLite format 3";
    return len == HEADER && memcmp(header, magic, sizeof(magic)) == 0;
}

bool guard_is_foreign(const char *path)
{
    unsigned char header[HEADER];
    size_t len;
    return read_start(path, header, HEADER, &len, NULL) && has_magic(header, len) &&
           big_endian(header + APPLICATION_AT) != STORE_APPLICATION_ID;
}

/* In the middle of a transaction to be rolled back the version may be anything, but whose file it is does not change.
 */
static bool look_inside(const char *path, int newest, enum file_state *state, struct err *err)
{
    unsigned char header[HEADER];
    size_t len;
    if (!read_start(path, header, HEADER, &len, err)) {
        return false;
    }
    bool readable = has_magic(header, len);
    if (has_journal(path)) {
        *state = FILE_UNFINISHED;
        return !readable || big_endian(header + APPLICATION_AT) == STORE_APPLICATION_ID || not_ours(path, err);
    }
    *state = len == 0 ? FILE_NEW : FILE_OURS;
    if (len == 0) {
        return true;
    }
    if (!readable) {
        return err_set(
            err, ERR_CORRUPT,
            "%s is not a pmprep database, or damaged from its first bytes on: name another file with --db, or"
            " set it aside with `pmprep doctor --set-aside`",
            path);
    }
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
    return (readonly || writable(path, err)) && look_inside(path, newest, state, err);
}
