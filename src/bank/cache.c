#include "bank/cache.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/hash.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VARIANTS_MAX = 8 }; /* caches kept for different --bank lists */

static const int64_t ns_per_second = INT64_C(1000000000);

/* Everything that decides whether the files are still the ones that were read: the listing and each file's marks. */
static void make_stamp(const struct source_list *files, struct buf *out)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct source_file *f = &files->at[i];
        const int64_t marks[] = {f->size, f->mtime_ns, f->ctime_ns, (int64_t)f->inode, (int64_t)f->rank};
        buf_add(out, marks, sizeof(marks)); /* as they lie: the cache stays on its machine */
        buf_add(out, f->path, strlen(f->path) + 1);
    }
}

/* Each list of --bank files has a cache of its own beside the usual one. */
static void cache_path(const struct library_sources *sources, struct buf *out)
{
    buf_adds(out, sources->cache);
    if (sources->extra_count == 0) {
        return;
    }
    uint64_t hash = HASH_INIT;
    for (size_t i = 0; i < sources->extra_count; i++) {
        hash = hash_field(hash, sv_from(sources->extra[i]));
    }
    buf_addf(out, "-%016" PRIx64, hash);
}

/* The cache when it was built from just these files. Whatever is wrong with it, the answer is only "no". */
static bool open_fresh(struct db **out, const char *path, struct sv stamp)
{
    struct buf stored = BUF_INIT;
    struct err ignored = ERR_INIT;
    *out = NULL;
    bool fresh = db_open(out, path, DB_READONLY | DB_CACHE, NULL, &ignored) && index_stamp(*out, &stored, &ignored) &&
                 sv_eq(buf_sv(&stored), stamp);
    if (!fresh) {
        db_close(*out);
        *out = NULL;
    }
    buf_release(&stored);
    return fresh;
}

/* Could the file be edited after now without a change of its time? Times are as coarse as the file system's clock: the
 * kernel's tick, or two seconds where there are no fractions. */
static bool is_racy(const struct source_file *file, int64_t now_ns)
{
    int64_t newest = file->mtime_ns > file->ctime_ns ? file->mtime_ns : file->ctime_ns;
    int64_t grain = newest % ns_per_second == 0 ? 2 * ns_per_second : ns_per_second / 50;
    return newest + grain >= now_ns;
}

static bool any_racy(const struct source_list *files, int64_t now_ns)
{
    for (size_t i = 0; i < files->count; i++) {
        if (is_racy(&files->at[i], now_ns)) {
            return true;
        }
    }
    return false;
}

/* The time by the clock that stamps files: that of a file just made. */
static bool created_at(const char *path, int64_t *ns)
{
    struct source_file file;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && source_stat(fd, &file);
    if (fd >= 0) {
        close(fd);
    }
    *ns = ok ? file.mtime_ns : 0;
    return ok;
}

static void make_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash && slash != path) {
        char *folder = mem_strndup(path, (size_t)(slash - path));
        struct err ignored = ERR_INIT;
        file_mkdirs(folder, &ignored);
        free(folder);
    }
}

/* Builds beside the cache and puts it in place. The handle stays good: it follows the file, not its name. */
static bool build_file(struct db **out, const char *path, const struct source_list *files, struct sv stamp)
{
    struct err ignored = ERR_INIT;
    struct buf temporary = BUF_INIT;
    int64_t now_ns;
    *out = NULL;
    make_folder_of(path);
    buf_addf(&temporary, "%s.new-%ld", path, (long)getpid());
    const char *file = buf_str(&temporary);
    unlink(file);
    bool built = db_open(out, file, DB_CREATE | DB_CACHE, NULL, &ignored) && created_at(file, &now_ns) &&
                 !any_racy(files, now_ns) && index_build(*out, files, stamp, &ignored) && rename(file, path) == 0;
    if (!built) {
        db_close(*out);
        *out = NULL;
        unlink(file);
    }
    buf_release(&temporary);
    return built;
}

struct variant {
    char *path;
    int64_t mtime_ns;
};

static int by_age(const void *a, const void *b)
{
    int64_t x = ((const struct variant *)a)->mtime_ns;
    int64_t y = ((const struct variant *)b)->mtime_ns;
    return (x < y) - (x > y);
}

/* Removes the oldest caches of --bank lists and what an interrupted build left behind. */
static void prune(const char *cache)
{
    struct variant *found = NULL;
    size_t count = 0;
    size_t cap = 0;
    const char *name = path_basename(cache);
    char *folder = mem_strndup(cache, (size_t)(name - cache));
    DIR *dir = opendir(*folder ? folder : ".");
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        struct stat st;
        const char *rest = entry->d_name + strlen(name);
        if (strncmp(entry->d_name, name, strlen(name)) != 0 || (*rest != '-' && *rest != '.')) {
            continue;
        }
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s%s", folder, entry->d_name);
        if (stat(buf_str(&path), &st) == 0) {
            mem_grow((void **)&found, &cap, count + 1, sizeof(*found));
            found[count++] = (struct variant){buf_detach(&path), (int64_t)st.st_mtime};
        }
        buf_release(&path);
    }
    if (dir) {
        closedir(dir);
    }
    if (count > 1) {
        qsort(found, count, sizeof(*found), by_age);
    }
    for (size_t i = 0; i < count; i++) {
        if (i >= VARIANTS_MAX) {
            unlink(found[i].path);
        }
        free(found[i].path);
    }
    free(found);
    free(folder);
}

static bool build_in_memory(struct db **out, const struct source_list *files, struct sv stamp, struct err *err)
{
    if (!db_open(out, NULL, DB_MEMORY, NULL, err)) {
        return false;
    }
    if (index_build(*out, files, stamp, err)) {
        return true;
    }
    db_close(*out);
    *out = NULL;
    return false;
}

static void find_kinds(struct source_list *files)
{
    for (size_t i = 0; i < files->count; i++) {
        source_find_kind(&files->at[i]);
    }
}

bool cache_open(struct db **out, const struct library_sources *sources, struct source_list *files, struct err *err)
{
    struct buf stamp = BUF_INIT;
    struct buf path = BUF_INIT;
    bool open = false;
    make_stamp(files, &stamp);
    if (sources->cache) {
        cache_path(sources, &path);
        open = open_fresh(out, buf_str(&path), buf_sv(&stamp));
    }
    if (!open) {
        find_kinds(files);
    }
    if (!open && sources->cache) {
        open = build_file(out, buf_str(&path), files, buf_sv(&stamp));
        prune(sources->cache);
    }
    open = open || build_in_memory(out, files, buf_sv(&stamp), err);
    buf_release(&stamp);
    buf_release(&path);
    return open;
}

bool cache_rebuild(struct db **out, struct source_list *files, struct err *err)
{
    find_kinds(files);
    return build_in_memory(out, files, (struct sv){NULL, 0}, err);
}
