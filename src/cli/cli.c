#include "cli/command.h"
#include "pmprep/base/mem.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_COLUMNS = 80, MIN_COLUMNS = 40 };

static void say(const char *kind, const char *text)
{
    struct out o;
    out_init(&o, STDERR_FILENO);
    out_printf(&o, "pmprep: %s%s\n", kind, text);
    out_release(&o);
}

int cli_fail(struct cli *c, const struct err *err)
{
    out_flush(&c->out); /* what was said before the failure comes before it */
    say("", err->text);
    return err->code == ERR_USAGE ? EXIT_WRONG : EXIT_FOUND;
}

void cli_warn(struct cli *c, const char *fmt, ...)
{
    struct buf text = BUF_INIT;
    va_list args;
    out_flush(&c->out);
    va_start(args, fmt);
    buf_vaddf(&text, fmt, args);
    va_end(args);
    say("", buf_str(&text));
    buf_release(&text);
}

/* Someone else holds the file, or the disk is full: that passes; the rest cannot be opened. */
static int open_code(const struct err *err)
{
    return err->code == ERR_BUSY || err->code == ERR_FULL ? EXIT_FOUND : EXIT_WRONG;
}

static void warn_of_skipped(struct cli *c)
{
    struct library *library;
    if (!app_library(c->app, &library, NULL)) {
        return;
    }
    const struct problems *problems = library_problems(library);
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *p = &problems->at[i];
        cli_warn(c, "%s:%u:%u: %s (left out; `pmprep bank check` tells all)", p->place.file, p->place.line,
                 p->place.column, p->text);
    }
}

static void warn_of_config(struct cli *c)
{
    const struct err *problem = app_config_problem(c->app);
    if (problem) {
        cli_warn(c, "%s (the default is used)", problem->text);
    }
}

bool cli_need(struct cli *c, unsigned needs, int *code)
{
    struct err err = ERR_INIT;
    if (!app_need(c->app, needs, &err)) {
        cli_fail(c, &err);
        *code = open_code(&err);
        return false;
    }
    if (needs & APP_LIBRARY) {
        warn_of_skipped(c);
        warn_of_config(c);
    }
    return true;
}

void cli_json(struct cli *c, struct buf *text)
{
    buf_addc(text, '\n');
    out_raw(&c->out, buf_sv(text));
    buf_release(text);
}

size_t cli_columns(const struct cli *c)
{
    struct winsize size;
    if (!c->terminal) {
        return 0;
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < MIN_COLUMNS) {
        return DEFAULT_COLUMNS;
    }
    return size.ws_col;
}

/* Refuses the keys that say nothing of what this command shows. */
static bool check_keys(const struct cli *c, int from, struct err *err)
{
    const struct command *command = c->args.command;
    for (int i = from; i < c->args.word_count; i++) {
        struct sv rest = sv_from(c->args.words[i]), key;
        if (rest.len > 0 && (rest.data[0] == '-' || rest.data[0] == '!')) {
            rest = sv_sub(rest, 1, rest.len);
        }
        sv_split(&rest, ':', &key);
        for (const struct filter_key *k = filter_keys; rest.data && k->name; k++) {
            if (sv_eqs(key, k->name) && args_listed(command->filter_without, k->name)) {
                return err_set(err, ERR_USAGE, "%s: says nothing here: `pmprep help %s` lists the keys it takes",
                               k->name, command->name);
            }
        }
    }
    return true;
}

bool cli_filter(struct cli *c, int from, struct filter *out, struct err *err)
{
    return check_keys(c, from, err) && filter_parse(c->args.words + from, c->args.word_count - from, app_wall(c->app),
                                                    app_offset(c->app), &c->arena, out, err);
}

/* A screen needs a terminal on both sides that can move its cursor. */
static bool has_screen(const struct args *args)
{
    const char *term = getenv("TERM");
    return !args_has(args, "plain") && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && term[0] &&
           strcmp(term, "dumb") != 0;
}

static const char **collect_banks(const struct args *args, struct arena *a, size_t *count)
{
    const char **banks = arena_array(a, args->value_count + 1, sizeof(*banks));
    *count = 0;
    for (size_t i = 0; i < args->value_count; i++) {
        if (strcmp(args->values[i].opt->name, "bank") == 0) {
            banks[(*count)++] = args->values[i].text;
        }
    }
    return banks;
}

static bool only_reads(const struct cli *c)
{
    for (size_t i = 0; i < c->args.value_count; i++) {
        if (args_listed(c->args.command->reads, c->args.values[i].opt->name)) {
            return true;
        }
    }
    return false;
}

/* What only reads never creates the file; a screen can always write. */
static bool writes(const struct cli *c)
{
    const struct command *command = c->args.command;
    const struct verb *verb = c->args.verb;
    bool screen = c->tui && !c->json;
    if (!command) {
        return screen;
    }
    if (only_reads(c)) {
        return false;
    }
    return verb ? verb->creates || (verb->screen && screen) : command->creates || (command->screen && screen);
}

static int run_command(struct cli *c)
{
    const struct args *args = &c->args;
    if (!args->command) {
        return home_run(c);
    }
    return args->verb ? args->verb->run(c) : args->command->run(c);
}

static int run_app(struct cli *c)
{
    struct err err = ERR_INIT;
    struct app_options options = {
        .db = args_text(&c->args, "db"),
        .data = args_text(&c->args, "data"),
        .readonly = !writes(c),
    };
    options.banks = collect_banks(&c->args, &c->arena, &options.bank_count);
    if (!app_open(&c->app, &options, &err)) {
        cli_fail(c, &err);
        return open_code(&err);
    }
    int code = run_command(c);
    app_close(c->app);
    return code;
}

static int run(struct cli *c)
{
    if (c->args.version) {
        help_version(&c->out);
        return EXIT_DONE;
    }
    if (c->args.help) {
        if (c->args.command) {
            help_command(&c->out, c->args.command);
        } else {
            help_all(&c->out);
        }
        return EXIT_DONE;
    }
    return run_app(c);
}

/* A reader that went away is quiet, as if SIGPIPE had ended us; anything else is told. */
static int finish_output(struct cli *c, int code)
{
    if (!out_flush(&c->out)) {
        if (c->out.failure == EPIPE) {
            *c->signal_out = SIGPIPE;
        } else {
            struct err err = ERR_INIT;
            errno = c->out.failure;
            err_errno(&err, "cannot write the output");
            code = cli_fail(c, &err);
        }
    }
    return code;
}

int cli_main(int argc, char **argv, const struct cli_tui *tui, int *signal_out)
{
    struct cli c = {.signal_out = signal_out};
    struct err err = ERR_INIT;
    int code;
    out_init(&c.out, STDOUT_FILENO);
    c.terminal = isatty(STDOUT_FILENO);
    if (args_parse(argc, argv, &c.arena, &c.args, &err)) {
        c.json = args_has(&c.args, "json");
        c.tui = has_screen(&c.args) ? tui : NULL;
        code = run(&c);
    } else {
        cli_fail(&c, &err);
        say("", "`pmprep help` lists the commands, `pmprep help COMMAND` its options");
        code = EXIT_WRONG;
    }
    code = finish_output(&c, code);
    out_release(&c.out);
    arena_release(&c.arena);
    return code;
}
