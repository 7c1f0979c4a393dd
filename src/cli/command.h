#ifndef PMPREP_CLI_COMMAND_H
#define PMPREP_CLI_COMMAND_H

#include "cli/out.h"
#include "pmprep/app/app.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/err.h"
#include "pmprep/cli/cli.h"

#include <stdbool.h>

/* What the command line is made of: tables, from which come the parser, --help and the completions' test. */

enum opt_kind { OPT_FLAG, OPT_TEXT, OPT_NUMBER, OPT_CHOICE };

struct opt {
    const char *name; /* without the dashes */
    enum opt_kind kind;
    const char *arg;            /* what the help calls its value; NULL for a flag */
    long min, max;              /* OPT_NUMBER; OPT_TEXT: min 1 refuses an empty one */
    const char *const *choices; /* OPT_CHOICE, NULL-terminated */
    const char *verbs;          /* "add edit": only these take it; NULL: all */
    const char *help;
};

struct opt_list {
    const struct opt *at;
    size_t count;
};

struct cli;

/* "list" in `pmprep bank list`. */
struct verb {
    const char *name;
    const char *args; /* "[NAME]" */
    const char *help;
    int min_words, max_words; /* after the verb; max -1: any number */
    bool json;                /* takes --json */
    bool creates;             /* opens the database for writing and creates it; the others only read */
    bool screen;              /* on a terminal it opens a screen, which writes too */
    int (*run)(struct cli *c);
};

struct example {
    const char *line;
    const char *what;
};

struct command {
    const char *name;
    const char *args;
    const char *summary;      /* one line of `pmprep help` */
    const char *about;        /* a paragraph of its own help */
    const struct verb *verbs; /* the first is what the bare command does; NULL: none */
    size_t verb_count;
    struct opt_list opts;
    const struct example *examples;
    size_t example_count;
    bool filter;                /* words are FILTER: its keys are in the help, and "-key:value" is a word */
    const char *filter_without; /* "due new": keys that say nothing here; NULL: none */
    bool json;                  /* without verbs: takes --json */
    bool creates;               /* as of a verb */
    bool screen;
    const char *reads;         /* "list report": with these options it only reads; NULL: none */
    int max_words;             /* without verbs; -1: any number */
    int (*run)(struct cli *c); /* without verbs */
};

extern const struct command command_drill, command_mock, command_review, command_story, command_due, command_coach,
    command_bank, command_config, command_doctor, command_help;
extern const struct command *const commands[]; /* in the order of the help; NULL-terminated */
extern const struct opt_list global_opts;

/* NULL with ERR_USAGE and the nearest name when there is none. */
const struct command *args_command(const char *name, struct err *err);

/* The parsed command line. */
struct opt_value {
    const struct opt *opt;
    const char *text;
    long number;
};

struct args {
    const struct command *command; /* NULL: bare pmprep */
    const struct verb *verb;       /* NULL when the command has none */
    char **words;                  /* what is left, in the arena, NULL-terminated */
    int word_count;
    struct opt_value *values; /* in the order given */
    size_t value_count;
    bool help, version;
};

/* ERR_USAGE names the nearest option, command or verb. */
bool args_parse(int argc, char **argv, struct arena *a, struct args *out, struct err *err);
bool args_listed(const char *list, const char *name); /* is the name among the blank-separated ones; NULL has none */
bool args_has(const struct args *args, const char *name);
const char *args_text(const struct args *args, const char *name); /* NULL when not given; the last one counts */
long args_number(const struct args *args, const char *name, long fallback);

/* What a running command holds. */
struct cli {
    struct args args;
    struct app *app;
    struct out out;
    struct arena arena;
    const struct cli_tui *tui; /* NULL: plain mode */
    bool json;
    bool terminal; /* stdout is one: tables are cut to its width */
    int *signal_out;
};

/* Print "pmprep: ..." on stderr and answer the exit code of that error: 2 for wrong usage, else 1. */
int cli_fail(struct cli *c, const struct err *err);
/* The same for files: what cannot be opened is 2. Opens what the command needs, so that the two can be told apart. */
bool cli_need(struct cli *c, unsigned needs, int *code);
void cli_warn(struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prints the finished JSON and a newline, and releases it. */
void cli_json(struct cli *c, struct buf *text);

/* Columns to lay tables out for: the terminal's, 80 when unknown; 0 when stdout is no terminal and nothing needs
 * cutting. */
size_t cli_columns(const struct cli *c);

/* The words from `from` on as a FILTER. */
bool cli_filter(struct cli *c, int from, struct filter *out, struct err *err);

/* help.c */
void help_all(struct out *o);
void help_command(struct out *o, const struct command *command);
void help_version(struct out *o);

/* home.c: bare pmprep without a terminal */
int home_run(struct cli *c);

#endif
