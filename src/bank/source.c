#include "bank/source.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __APPLE__
#define MTIME(st) (st).st_mtimespec
#define CTIME(st) (st).st_ctimespec
#else
#define MTIME(st) (st).st_mtim
#define CTIME(st) (st).st_ctim
#endif

static int64_t to_ns(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void fill(struct source_file *file, const struct stat *st)
{
    file->size = (int64_t)st->st_size;
    file->mtime_ns = to_ns(MTIME(*st));
    file->ctime_ns = to_ns(CTIME(*st));
    file->inode = (uint64_t)st->st_ino;
}

bool source_stat(int fd, struct source_file *file)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        return false;
    }
    fill(file, &st);
    return true;
}

bool source_same(const struct source_file *a, const struct source_file *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns && a->inode == b->inode;
}

static bool is_yaml(const char *name)
{
    const char *dot = strrchr(name, '.');
    return name[0] != '.' && dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct source_file *)a)->path, ((const struct source_file *)b)->path);
}

static void add_file(struct source_list *list, const char *path, enum source_rank rank, const struct stat *st)
{
    mem_grow((void **)&list->at, &list->cap, list->count + 1, sizeof(*list->at));
    struct source_file *file = &list->at[list->count++];
    *file = (struct source_file){.path = arena_strdup(&list->arena, path), .rank = rank};
    fill(file, st);
}

static void add_folder(struct source_list *list, const char *path, enum source_rank rank)
{
    DIR *dir = opendir(path);
    if (!dir) {
        return;
    }
    size_t first = list->count;
    struct buf full = BUF_INIT;
    struct dirent *entry;
    while ((entry = readdir(dir))) {
        struct stat st;
        if (!is_yaml(entry->d_name)) {
            continue;
        }
        if (fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 && S_ISREG(st.st_mode)) {
            buf_clear(&full);
            path_join(&full, path, entry->d_name);
            add_file(list, buf_str(&full), rank, &st);
        }
    }
    closedir(dir);
    buf_release(&full);
    if (list->count > first) {
        qsort(list->at + first, list->count - first, sizeof(*list->at), by_path);
    }
}

void sources_add(struct source_list *list, const char *path, enum source_rank rank)
{
    struct stat st;
    if (!path || stat(path, &st) != 0) {
        return;
    }
    if (S_ISDIR(st.st_mode)) {
        add_folder(list, path, rank);
    } else {
        add_file(list, path, rank, &st);
    }
}

void sources_gather(struct source_list *list, const struct library_sources *from)
{
    static const char *const folders[] = {"rubrics", "principles", "banks"};
    for (size_t i = 0; i < from->extra_count; i++) {
        sources_add(list, from->extra[i], RANK_EXTRA);
    }
    sources_add(list, from->user, RANK_USER);
    for (size_t i = 0; from->shipped && i < sizeof(folders) / sizeof(folders[0]); i++) {
        struct buf path = BUF_INIT;
        path_join(&path, from->shipped, folders[i]);
        sources_add(list, buf_str(&path), RANK_SHIPPED);
        buf_release(&path);
    }
}

void source_find_kind(struct source_file *file)
{
    char beginning[16384];
    file->kind = FILE_UNKNOWN;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return;
    }
    ssize_t got = read(fd, beginning, sizeof(beginning));
    close(fd);
    if (got > 0) {
        file->kind = file_kind_of((struct sv){beginning, (size_t)got});
    }
}

void sources_release(struct source_list *list)
{
    arena_release(&list->arena);
    free(list->at);
    *list = (struct source_list){.at = NULL};
}
