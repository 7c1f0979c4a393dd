#ifndef PMPREP_BASE_PATH_H
#define PMPREP_BASE_PATH_H

#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>

/* Appends the folder (XDG base directory specification; relative values of the variables are ignored as it asks). */
bool path_data_home(struct buf *out, struct err *err);   /* $XDG_DATA_HOME/pmprep, else ~/.local/share/pmprep */
bool path_config_home(struct buf *out, struct err *err); /* $XDG_CONFIG_HOME/pmprep, else ~/.config/pmprep */
bool path_cache_home(struct buf *out, struct err *err);  /* $XDG_CACHE_HOME/pmprep, else ~/.cache/pmprep */

/* Appends $HOME, else the home folder of the password file. ERR_NOT_FOUND when there is neither. */
bool path_home(struct buf *out, struct err *err);

/* The user's database: override if given, else $PMPREP_DB, else pmprep.db in the data home. Nothing is created. */
bool path_database(const char *override, struct buf *out, struct err *err);

/*
 * The shipped data: override, else $PMPREP_DATA, else data/ beside the folder of the program (../data), else
 * ../share/pmprep. Never the current directory. ERR_NOT_FOUND names what was tried.
 */
bool path_shipped_data(const char *override, struct buf *out, struct err *err);

void path_join(struct buf *out, const char *folder, const char *name); /* appends folder "/" name */
const char *path_basename(const char *path);                           /* borrowed */

#endif
