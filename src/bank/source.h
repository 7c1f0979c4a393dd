#ifndef BANK_SOURCE_H
#define BANK_SOURCE_H

#include "bank/item.h"
#include "pmprep/bank/library.h"

/* The files that content comes from, and whether they are the ones that were read before. */

/* Whose a file is; a bank of a higher rank replaces one of the same name whole. */
enum source_rank { RANK_SHIPPED, RANK_USER, RANK_EXTRA };

struct source_file {
    const char *path;
    enum source_rank rank;
    enum file_kind kind;
    int64_t size;
    int64_t mtime_ns;
    int64_t ctime_ns;
    uint64_t inode;
};

struct source_list {
    struct arena arena; /* of the paths */
    struct source_file *at;
    size_t count;
    size_t cap;
};

/* The YAML files of a folder, by name, without its subfolders; or one file. What does not exist adds nothing. */
void sources_add(struct source_list *list, const char *path, enum source_rank rank);

/* All files, highest rank first. */
void sources_gather(struct source_list *list, const struct library_sources *from);
void sources_release(struct source_list *list);

/* Fills size, times and inode of an open file. */
bool source_stat(int fd, struct source_file *file);
bool source_same(const struct source_file *a, const struct source_file *b); /* size, times, inode */

/* Fills kind by the file's beginning. FILE_UNKNOWN when it cannot be read. */
void source_find_kind(struct source_file *file);

#endif
