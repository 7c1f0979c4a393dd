#ifndef PMPREP_APP_CONFIG_H
#define PMPREP_APP_CONFIG_H

#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"
#include "pmprep/coach/coach.h"

#include <stdbool.h>

/*
 * Preferences: one table gives each option its type, limits, default and help. Kept in CONFIG_HOME/config.yaml (flat
 * "name: value"), rewritten whole and atomically by set; comments and the order of lines survive.
 *
 *   target L5 L6 · role pm pm-t · mode type speak outline · minutes 5-240 a session · new-limit 0-50 units a day ·
 *   retention 70-97 percent · theme dark light contrast mono · mouse yes no · coach-off RULE, ... · coach-severity
 *   RULE=note, RULE=warning, RULE=error ... · coach-live yes no · reviewer COMMAND · reviewer-seconds 5-600 · recorder
 *   COMMAND · transcriber COMMAND · transcriber-seconds 5-3600 · keep-audio FOLDER
 */
enum option_type {
    OPTION_CHOICE,
    OPTION_NUMBER,
    OPTION_BOOL,
    OPTION_RULES,      /* ids of rules with commas between; "": none */
    OPTION_SEVERITIES, /* rule=severity with commas between, a rule once; "": none */
    OPTION_COMMAND,    /* one line for proc_split(); "": none */
    OPTION_FOLDER,     /* an absolute path; "": none */
};

/* One preference: type, limits, default and help feed the reader, the messages and `config list` alike. */
struct option_row {
    const char *name;
    enum option_type type;
    const char *const *choices; /* NULL-terminated; OPTION_CHOICE and OPTION_BOOL */
    long min, max;              /* OPTION_NUMBER */
    const char *fallback;       /* default, as text */
    const char *unit;           /* "minutes"; "" */
    const char *help;
};
extern const struct option_row option_rows[]; /* ends with a NULL name */

/* The row of that name; ERR_USAGE with the nearest name when there is none. */
const struct option_row *config_row(const char *name, struct err *err);

struct config;

/* A missing file is all defaults. False when the file cannot be read or has a problem ("FILE:line:col: ..."); *out is
 * usable all the same: options that could not be read have their defaults. path "" is no file: set fails then. */
bool config_load(struct config **out, const char *path, struct err *err);
void config_free(struct config *c); /* NULL is fine */

/* Asking for a name that has no row is a bug. */
const char *config_text(const struct config *c, const char *name); /* borrowed until set; the default when unset */
long config_number(const struct config *c, const char *name);
bool config_bool(const struct config *c, const char *name);
bool config_is_set(const struct config *c, const char *name);

/* What coach-off and coach-severity say, a rule once; in the arena. Whether there is such a rule is not known here. */
void config_rules(const struct config *c, struct arena *a, struct rule_setting **out, size_t *count);

/* Check the name and the value, then write the file; on false nothing changed. A file with a problem is not rewritten.
 */
bool config_set(struct config *c, const char *name, const char *value, struct err *err);
bool config_unset(struct config *c, const char *name, struct err *err);
const char *config_path(const struct config *c);

#endif
