#include "cli/command.h"
#include "pmprep/bank/taxonomy.h"

enum { MAX_NAMES = 64 };

static const struct opt globals[] = {
    {.name = "db", .kind = OPT_TEXT, .arg = "FILE", .min = 1, .help = "your answers are in FILE"},
    {.name = "data", .kind = OPT_TEXT, .arg = "DIR", .min = 1, .help = "the shipped content is in DIR"},
    {.name = "bank",
     .kind = OPT_TEXT,
     .arg = "PATH",
     .min = 1,
     .help = "load this bank file or folder too; may be repeated"},
    {.name = "plain", .help = "a line dialogue in place of the screen"},
    {.name = "json", .help = "print JSON, where the command shows data"},
    {.name = "help", .help = "show this help"},
    {.name = "version", .help = "show the version"},
};
const struct opt_list global_opts = {globals, sizeof(globals) / sizeof(globals[0])};

static const struct opt *opt_find(const struct opt_list *list, struct sv name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (sv_eqs(name, list->at[i].name)) {
            return &list->at[i];
        }
    }
    return NULL;
}

/* "unknown option --cuont: did you mean --count?", or the whole list when none is near. */
static bool unknown(const char *what, const char *dashes, struct sv given, const char *const *names, size_t count,
                    struct err *err)
{
    const char *near = nearest_name(given, names, count);
    if (near) {
        return err_set(err, ERR_USAGE, "unknown %s %s" SV_FMT ": did you mean %s%s?", what, dashes, SV_ARG(given),
                       dashes, near);
    }
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_addf(&list, "%s%s%s", i ? " " : "", dashes, names[i]);
    }
    err_set(err, ERR_USAGE, "unknown %s %s" SV_FMT ": known are %s", what, dashes, SV_ARG(given), buf_str(&list));
    buf_release(&list);
    return false;
}

static size_t add_names(const struct opt_list *list, const char **names, size_t count)
{
    for (size_t i = 0; list->at && i < list->count && count < MAX_NAMES; i++) {
        names[count++] = list->at[i].name;
    }
    return count;
}

static bool unknown_option(const struct args *args, struct sv name, struct err *err)
{
    const char *names[MAX_NAMES];
    size_t count = args->command ? add_names(&args->command->opts, names, 0) : 0;
    return unknown("option", "--", name, names, add_names(&global_opts, names, count), err);
}

static bool unknown_command(const char *name, struct err *err)
{
    const char *names[MAX_NAMES];
    size_t count = 0;
    for (const struct command *const *c = commands; *c && count < MAX_NAMES; c++) {
        names[count++] = (*c)->name;
    }
    return unknown("command", "", sv_from(name), names, count, err);
}

const struct command *args_command(const char *name, struct err *err)
{
    for (const struct command *const *c = commands; *c; c++) {
        if (strcmp((*c)->name, name) == 0) {
            return *c;
        }
    }
    unknown_command(name, err);
    return NULL;
}

static bool unknown_verb(const struct command *command, const char *name, struct err *err)
{
    const char *names[MAX_NAMES];
    for (size_t i = 0; i < command->verb_count; i++) {
        names[i] = command->verbs[i].name;
    }
    struct buf what = BUF_INIT;
    buf_addf(&what, "word after %s:", command->name);
    unknown(buf_str(&what), "", sv_from(name), names, command->verb_count, err);
    buf_release(&what);
    return false;
}

static bool check_choice(const struct opt *opt, const char *text, struct err *err)
{
    struct buf list = BUF_INIT;
    for (const char *const *c = opt->choices; *c; c++) {
        if (strcmp(*c, text) == 0) {
            buf_release(&list);
            return true;
        }
        buf_addf(&list, "%s%s", list.len ? ", " : "", *c);
    }
    err_set(err, ERR_USAGE, "--%s takes one of %s, not '%s'", opt->name, buf_str(&list), text);
    buf_release(&list);
    return false;
}

static bool check_value(const struct opt *opt, const char *text, long *number, struct err *err)
{
    switch (opt->kind) {
    case OPT_NUMBER:
        if (!sv_int(sv_from(text), opt->min, opt->max, number)) {
            return err_set(err, ERR_USAGE, "--%s takes a whole number from %ld to %ld, not '%s'", opt->name, opt->min,
                           opt->max, text);
        }
        return true;
    case OPT_CHOICE:
        return check_choice(opt, text, err);
    case OPT_TEXT:
        if (opt->min > 0 && !text[0]) {
            return err_set(err, ERR_USAGE, "--%s needs a %s that is not empty", opt->name, opt->arg);
        }
        return true;
    case OPT_FLAG:
        break;
    }
    return true;
}

/* Takes "--name", "--name value" or "--name=value" at argv[*at]. */
static bool take_option(struct args *args, int argc, char **argv, int *at, struct err *err)
{
    struct sv rest = sv_from(argv[*at] + 2), name;
    sv_split(&rest, '=', &name);
    const char *inline_value = rest.data; /* NULL without "=" */
    const struct opt *opt = opt_find(&global_opts, name);
    if (!opt && args->command) {
        opt = opt_find(&args->command->opts, name);
    }
    if (!opt) {
        return unknown_option(args, name, err);
    }
    struct opt_value *value = &args->values[args->value_count];
    *value = (struct opt_value){.opt = opt};
    if (opt->kind == OPT_FLAG) {
        if (inline_value) {
            return err_set(err, ERR_USAGE, "--%s takes no value", opt->name);
        }
    } else {
        value->text = inline_value ? inline_value : *at + 1 < argc ? argv[++*at] : NULL;
        if (!value->text) {
            return err_set(err, ERR_USAGE, "--%s needs a value: --%s %s", opt->name, opt->name, opt->arg);
        }
        if (!check_value(opt, value->text, &value->number, err)) {
            return false;
        }
    }
    args->value_count++;
    args->help |= opt->kind == OPT_FLAG && strcmp(opt->name, "help") == 0;
    args->version |= opt->kind == OPT_FLAG && strcmp(opt->name, "version") == 0;
    return true;
}

/* "-kind:case" is a word of the FILTER language; "-" stands for the standard input. */
static bool is_word(const struct args *args, const char *arg)
{
    bool negated = args->command && args->command->filter && strchr(arg, ':') && arg[1] != '-';
    return arg[0] != '-' || !arg[1] || negated;
}

static bool take_word(struct args *args, char *word, struct err *err)
{
    if (args->command) {
        args->words[args->word_count++] = word;
        return true;
    }
    args->command = args_command(word, err);
    return args->command != NULL;
}

static bool take_arg(struct args *args, int argc, char **argv, int *at, bool *ended, struct err *err)
{
    char *arg = argv[*at];
    if (*ended || is_word(args, arg)) {
        return take_word(args, arg, err);
    }
    if (strcmp(arg, "--") == 0) {
        *ended = true;
        return true;
    }
    if (strcmp(arg, "-h") == 0) {
        args->help = true;
        return true;
    }
    if (strncmp(arg, "--", 2) == 0) {
        return take_option(args, argc, argv, at, err);
    }
    return unknown_option(args, sv_from(arg + 1), err);
}

static bool find_verb(struct args *args, struct err *err)
{
    const struct command *command = args->command;
    if (!command->verb_count) {
        return true;
    }
    args->verb = &command->verbs[0];
    if (args->word_count == 0) {
        return true;
    }
    for (size_t i = 0; i < command->verb_count; i++) {
        if (strcmp(command->verbs[i].name, args->words[0]) == 0) {
            args->verb = &command->verbs[i];
            args->words++;
            args->word_count--;
            return true;
        }
    }
    return unknown_verb(command, args->words[0], err);
}

static bool check_words(const struct args *args, struct err *err)
{
    const struct command *command = args->command;
    const struct verb *verb = args->verb;
    int least = verb ? verb->min_words : 0, most = verb ? verb->max_words : command->max_words;
    const char *call = verb ? verb->name : "", *words = verb ? verb->args : command->args;
    if (args->word_count < least) {
        return err_set(err, ERR_USAGE, "something is missing: pmprep %s %s %s", command->name, call, words);
    }
    if (most >= 0 && args->word_count > most) {
        return err_set(err, ERR_USAGE, "'%s' is one word too many: pmprep %s%s%s%s%s", args->words[most], command->name,
                       verb ? " " : "", call, words[0] ? " " : "", words);
    }
    return true;
}

bool args_listed(const char *list, const char *name)
{
    struct sv rest = sv_from(list), part;
    while (sv_split(&rest, ' ', &part)) {
        if (sv_eqs(part, name)) {
            return true;
        }
    }
    return false;
}

static bool check_options(const struct args *args, struct err *err)
{
    const struct verb *verb = args->verb;
    for (size_t i = 0; i < args->value_count; i++) {
        const struct opt *opt = args->values[i].opt;
        if (verb && opt->verbs && !args_listed(opt->verbs, verb->name)) {
            return err_set(err, ERR_USAGE, "pmprep %s %s takes no --%s: it belongs to %s", args->command->name,
                           verb->name, opt->name, opt->verbs);
        }
    }
    bool takes_json = verb ? verb->json : !args->command || args->command->json;
    if (args_has(args, "json") && !takes_json) {
        return err_set(err, ERR_USAGE, "pmprep %s%s%s shows no data, so it takes no --json", args->command->name,
                       verb ? " " : "", verb ? verb->name : "");
    }
    return true;
}

bool args_parse(int argc, char **argv, struct arena *a, struct args *out, struct err *err)
{
    size_t room = argc > 0 ? (size_t)argc : 1;
    bool ended = false;
    *out = (struct args){
        .words = arena_array(a, room + 1, sizeof(*out->words)),
        .values = arena_array(a, room, sizeof(*out->values)),
    };
    for (int i = 1; i < argc; i++) {
        if (!take_arg(out, argc, argv, &i, &ended, err)) {
            return false;
        }
    }
    if (out->help || out->version) {
        return true;
    }
    if (!out->command) {
        return check_options(out, err);
    }
    return find_verb(out, err) && check_words(out, err) && check_options(out, err);
}

static const struct opt_value *value_of(const struct args *args, const char *name)
{
    for (size_t i = args->value_count; i > 0; i--) {
        if (strcmp(args->values[i - 1].opt->name, name) == 0) {
            return &args->values[i - 1];
        }
    }
    return NULL;
}

bool args_has(const struct args *args, const char *name)
{
    return value_of(args, name) != NULL;
}

const char *args_text(const struct args *args, const char *name)
{
    const struct opt_value *value = value_of(args, name);
    return value ? value->text : NULL;
}

long args_number(const struct args *args, const char *name, long fallback)
{
    const struct opt_value *value = value_of(args, name);
    return value ? value->number : fallback;
}
