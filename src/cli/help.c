#include "cli/command.h"
#include "pmprep/bank/filter.h"

enum { LABEL_COLS = 24, HELP_COLS = 80 };

/* "  label                 help", wrapped; the help begins on the next line when the label is long. */
static void entry(struct out *o, const char *label, const char *help)
{
    struct buf lead = BUF_INIT;
    buf_addf(&lead, "  %-*s", LABEL_COLS - 2, label);
    if (lead.len > LABEL_COLS) {
        out_printf(o, "%s\n", buf_str(&lead));
        buf_clear(&lead);
        buf_addf(&lead, "%*s", LABEL_COLS, "");
    }
    out_item(o, buf_str(&lead), sv_from(help), 0, HELP_COLS);
    buf_release(&lead);
}

static void option(struct out *o, const struct opt *opt)
{
    struct buf label = BUF_INIT, help = BUF_INIT;
    buf_addf(&label, "--%s%s%s", opt->name, opt->arg ? " " : "", opt->arg ? opt->arg : "");
    buf_adds(&help, opt->help);
    if (opt->kind == OPT_CHOICE) {
        buf_adds(&help, ":");
        for (const char *const *c = opt->choices; *c; c++) {
            buf_addf(&help, " %s", *c);
        }
    }
    if (opt->verbs) {
        buf_addf(&help, " (%s)", opt->verbs);
    }
    entry(o, buf_str(&label), buf_str(&help));
    buf_release(&label);
    buf_release(&help);
}

static bool takes_json(const struct command *command)
{
    bool json = command->json;
    for (size_t i = 0; i < command->verb_count; i++) {
        json = json || command->verbs[i].json;
    }
    return json;
}

/* command NULL: of all of them. */
static void options(struct out *o, const char *heading, const struct opt_list *list, const struct command *command)
{
    out_printf(o, "\n%s\n", heading);
    for (size_t i = 0; i < list->count; i++) {
        if (!command || takes_json(command) || strcmp(list->at[i].name, "json") != 0) {
            option(o, &list->at[i]);
        }
    }
}

void help_version(struct out *o)
{
    out_printf(o, "pmprep " PMPREP_VERSION "\n"
                  "Not affiliated with, endorsed by or sponsored by Amazon. The names of the Leadership\n"
                  "Principles are Amazon's; their explanations and all questions here are our own words.\n");
}

void help_all(struct out *o)
{
    out_printf(o, "pmprep: practise product manager interviews, aloud and in writing, against the clock.\n\n"
                  "Usage: pmprep [COMMAND] [ARGS] [OPTIONS]\n\n"
                  "Commands\n");
    entry(o, "(none)", "Home: what is due and the next best thing to do");
    for (const struct command *const *c = commands; *c; c++) {
        entry(o, (*c)->name, (*c)->summary);
    }
    options(o, "Options, before or after the command", &global_opts, NULL);
    out_printf(o, "\nFiles and variables\n");
    entry(o, "PMPREP_DB", "your answers; else $XDG_DATA_HOME/pmprep/pmprep.db");
    entry(o, "PMPREP_DATA", "the shipped content; else what came with the program");
    entry(o, "NO_COLOR", "a monochrome screen");
    out_printf(o, "\nExit codes: 0 done; 1 a check found something, content is malformed, or the operation\n"
                  "failed; 2 wrong usage or a file that cannot be opened.\n"
                  "`pmprep help COMMAND` tells more. Nothing leaves this machine.\n");
}

static void usage(struct out *o, const struct command *command)
{
    if (!command->verb_count) {
        out_printf(o, "Usage: pmprep %s%s%s [OPTIONS]\n", command->name, command->args[0] ? " " : "", command->args);
        return;
    }
    out_printf(o, "Usage: pmprep %s COMMAND [ARGS] [OPTIONS]\n", command->name);
}

static void verbs(struct out *o, const struct command *command)
{
    if (!command->verb_count) {
        return;
    }
    out_printf(o, "\nCommands (without one: %s)\n", command->verbs[0].name);
    for (size_t i = 0; i < command->verb_count; i++) {
        const struct verb *v = &command->verbs[i];
        struct buf label = BUF_INIT;
        buf_addf(&label, "%s%s%s", v->name, v->args[0] ? " " : "", v->args);
        entry(o, buf_str(&label), v->help);
        buf_release(&label);
    }
}

static void filter_help(struct out *o, const struct command *command)
{
    out_printf(o, "\nFILTER: key:value words joined by 'and', values by commas; '-' before one negates it\n");
    for (const struct filter_key *k = filter_keys; k->name; k++) {
        struct buf label = BUF_INIT;
        buf_addf(&label, "%s:", k->name);
        if (!args_listed(command->filter_without, k->name)) {
            entry(o, buf_str(&label), k->help);
        }
        buf_release(&label);
    }
}

void help_command(struct out *o, const struct command *command)
{
    usage(o, command);
    out_raw(o, SV("\n"));
    out_prose(o, sv_from(command->about), 0, HELP_COLS);
    verbs(o, command);
    if (command->opts.count) {
        options(o, "Options", &command->opts, command);
    }
    if (command->filter) {
        filter_help(o, command);
    }
    options(o, "Options of every command", &global_opts, command);
    out_printf(o, "\nExamples\n");
    for (size_t i = 0; i < command->example_count; i++) {
        out_printf(o, "  %s\n", command->examples[i].line);
        out_printf(o, "      %s\n", command->examples[i].what);
    }
}

static int run(struct cli *c)
{
    if (c->args.word_count == 0) {
        help_all(&c->out);
        return EXIT_DONE;
    }
    struct err err = ERR_INIT;
    const struct command *command = args_command(c->args.words[0], &err);
    if (!command) {
        return cli_fail(c, &err);
    }
    help_command(&c->out, command);
    return EXIT_DONE;
}

static const struct example examples[] = {
    {"pmprep help drill", "the options of drill, the FILTER language, examples"},
};

const struct command command_help = {
    .name = "help",
    .args = "[COMMAND]",
    .summary = "this list, or the help of one command",
    .about = "The same as --help before or after a command.",
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .max_words = 1,
    .run = run,
};
