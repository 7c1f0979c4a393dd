#ifndef PMPREP_APP_CONFIG_H
#define PMPREP_APP_CONFIG_H

#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/err.h"

#include <stdbool.h>

/*
 * Preferences: one table gives each option its type, limits, default and help. Kept in CONFIG_HOME/config.yaml (flat "name: value"),
 * rewritten whole and atomically by set; comments above known keys survive.
 */
enum option_type { OPTION_CHOICE, OPTION_NUMBER, OPTION_BOOL, OPTION_TEXT };

struct option_row {
    const char *name;
    enum option_type type;
    const char *const *choices; /* NULL-terminated; OPTION_CHOICE */
    long min, max;              /* OPTION_NUMBER */
    const char *fallback;       /* default, as text */
    const char *unit;           /* "minutes a day"; "" */
    const char *help;
};
extern const struct option_row option_rows[]; /* ends with a NULL name */

struct config;

bool config_load(struct config **out, const char *path, struct err *err); /* a missing file is all defaults */
void config_free(struct config *c);
const char *config_text(const struct config *c, const char *name); /* borrowed; the default when unset */
long config_number(const struct config *c, const char *name);
bool config_bool(const struct config *c, const char *name);
bool config_is_set(const struct config *c, const char *name);
bool config_set(struct config *c, const char *name, const char *value, struct err *err); /* checks, writes the file */
bool config_unset(struct config *c, const char *name, struct err *err);
const char *config_path(const struct config *c);

#endif
