#ifndef PMPREP_BASE_FILEIO_H
#define PMPREP_BASE_FILEIO_H

#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the whole file (a regular file, a pipe, or "-" for stdin); more than limit bytes is an error. */
bool file_read(const char *path, size_t limit, struct buf *out, struct err *err);

/* Writes beside the target with mode 0600, syncs, renames over it: readers see the old or the new, never a part. */
bool file_write_atomic(const char *path, struct sv content, struct err *err);

/* Creates every missing folder of path, mode 0700; a folder that exists is left as it is. */
bool file_mkdirs(const char *path, struct err *err);

/* A new private folder (0700) under $TMPDIR or /tmp; its path is appended to out. */
bool file_temp_dir(struct buf *out, struct err *err);
/* Removes such a folder with the files in it, as far as that can be done. */
void file_remove_folder(const char *path);

#endif
