#include "pmprep/base/fileio.h"

#include "pmprep/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_CHUNK = 64 * 1024, LINK_HOPS = 40 };

/* One read, whatever signals arrive. */
static ssize_t read_some(int fd, void *out, size_t len)
{
    ssize_t got;
    do {
        got = read(fd, out, len);
    } while (got < 0 && errno == EINTR);
    return got;
}

static bool read_all(int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
    size_t start = out->len;
    struct stat st;
    bool sized = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && (uintmax_t)st.st_size <= limit;
    size_t chunk = sized ? (size_t)st.st_size + 1 : READ_CHUNK; /* one more, to see the end in the first read */
    for (;;) {
        buf_reserve(out, chunk);
        ssize_t got = read_some(fd, out->data + out->len, chunk);
        if (got < 0) {
            return err_errno(err, "cannot read %s", path);
        }
        if (got == 0) {
            return true;
        }
        out->len += (size_t)got;
        out->data[out->len] = '\0';
        if (out->len - start > limit) {
            return err_set(err, ERR_FORMAT, "%s is larger than the %zu bytes that are allowed: give a smaller file",
                           path, limit);
        }
        if (sized && (size_t)got < chunk) {
            chunk = READ_CHUNK < chunk ? READ_CHUNK : chunk;
        }
    }
}

bool file_read(const char *path, size_t limit, struct buf *out, struct err *err)
{
    bool from_stdin = strcmp(path, "-") == 0;
    int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        err_errno(err, "cannot open %s", path);
        if (missing && err) {
            err->code = ERR_NOT_FOUND;
        }
        return false;
    }
    size_t start = out->len;
    bool ok = read_all(fd, from_stdin ? "the standard input" : path, limit, out, err);
    if (!ok) {
        buf_truncate(out, start);
    }
    if (!from_stdin) {
        close(fd);
    }
    return ok;
}

/* Appends the part of path before its last slash: "." when there is none. */
static void add_folder(struct buf *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        buf_adds(out, ".");
        return;
    }
    size_t len = (size_t)(slash - path);
    buf_add(out, path, len > 0 ? len : 1);
}

/* Replaces path by what it links to, as long as it is a link, so that the link survives and its target is written. */
static bool follow_links(struct buf *path, struct err *err)
{
    for (int hop = 0; hop < LINK_HOPS; hop++) {
        char target[4096];
        ssize_t len = readlink(buf_str(path), target, sizeof(target));
        if (len < 0 || (size_t)len == sizeof(target)) {
            return true; /* not a link; what is wrong otherwise shows when the file is made */
        }
        if (target[0] == '/') {
            buf_clear(path);
        } else {
            buf_truncate(path, (size_t)(path_basename(buf_str(path)) - buf_str(path)));
        }
        buf_add(path, target, (size_t)len);
    }
    errno = ELOOP;
    return err_errno(err, "cannot write %s", buf_str(path));
}

static bool write_all(int fd, struct sv content)
{
    while (content.len > 0) {
        ssize_t put = write(fd, content.data, content.len);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            content = sv_sub(content, (size_t)put, content.len);
        }
    }
    return true;
}

static bool sync_file(int fd)
{
#ifdef F_FULLFSYNC
    if (fcntl(fd, F_FULLFSYNC) == 0) { /* fsync on macOS stops at the drive's cache */
        return true;
    }
#endif
    return fsync(fd) == 0;
}

/* Makes the rename last. Some file systems cannot sync a folder; there is nothing better to do on them. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        sync_file(fd);
        close(fd);
    }
}

/* Writes content to a new file named after the template; errno tells what failed. The file is gone on failure. */
static bool write_temp(char *template, struct sv content)
{
    int fd = mkstemp(template);
    if (fd < 0) {
        return false;
    }
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    bool ok = write_all(fd, content) && sync_file(fd);
    int failure = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        failure = errno;
    }
    if (!ok) {
        unlink(template);
        errno = failure;
    }
    return ok;
}

static bool replace(const char *target, struct sv content, struct err *err)
{
    struct buf folder = BUF_INIT, temp = BUF_INIT;
    add_folder(&folder, target);
    path_join(&temp, buf_str(&folder), ".pmprep-XXXXXX");
    bool ok = write_temp(temp.data, content);
    if (ok && rename(temp.data, target) != 0) {
        int failure = errno;
        unlink(temp.data);
        errno = failure;
        ok = false;
    }
    if (ok) {
        sync_folder(buf_str(&folder));
    } else {
        err_errno(err, "cannot write %s", target);
    }
    buf_release(&folder);
    buf_release(&temp);
    return ok;
}

bool file_write_atomic(const char *path, struct sv content, struct err *err)
{
    struct buf target = BUF_INIT;
    buf_adds(&target, path);
    bool ok = follow_links(&target, err) && replace(buf_str(&target), content, err);
    buf_release(&target);
    return ok;
}

static bool make_folder(const char *path, struct err *err)
{
    struct stat st;
    if (mkdir(path, 0700) == 0 || (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))) {
        return true;
    }
    return err_errno(err, "cannot create the folder %s", path);
}

bool file_mkdirs(const char *path, struct err *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return true;
    }
    struct buf prefix = BUF_INIT;
    bool ok = true;
    for (const char *at = path; ok && *at;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        buf_clear(&prefix);
        buf_add(&prefix, path, (size_t)(at - path));
        ok = make_folder(buf_str(&prefix), err);
    }
    buf_release(&prefix);
    return ok;
}

bool file_temp_dir(struct buf *out, struct err *err)
{
    const char *base = getenv("TMPDIR");
    struct buf path = BUF_INIT;
    path_join(&path, base && base[0] == '/' ? base : "/tmp", "pmprep-XXXXXX");
    bool ok = mkdtemp(path.data) != NULL; /* mode 0700 */
    if (ok) {
        buf_addsv(out, buf_sv(&path));
    } else {
        err_errno(err, "cannot create a temporary folder (%s): set TMPDIR", buf_str(&path));
    }
    buf_release(&path);
    return ok;
}

void file_remove_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    struct buf path = BUF_INIT;
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
        buf_clear(&path);
        buf_addf(&path, "%s/%s", folder, e->d_name);
        unlink(buf_str(&path)); /* refused for "." and ".." */
    }
    if (dir) {
        closedir(dir);
    }
    buf_release(&path);
    rmdir(folder);
}
