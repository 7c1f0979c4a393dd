#include "cli/command.h"
#include "pmprep/base/json.h"

/* "L5 or L6", "5 to 240 minutes" */
static void describe_values(const struct option_row *row, struct buf *out)
{
    switch (row->type) {
    case OPTION_NUMBER:
        buf_addf(out, "%ld to %ld %s", row->min, row->max, row->unit);
        return;
    case OPTION_RULES:
        buf_adds(out, "RULE, RULE ...");
        return;
    case OPTION_SEVERITIES:
        buf_adds(out, "RULE=note, RULE=warning, RULE=error ...");
        return;
    case OPTION_COMMAND:
        buf_adds(out, "a program and its arguments");
        return;
    case OPTION_FOLDER:
        buf_adds(out, "a folder, its whole path");
        return;
    case OPTION_CHOICE:
    case OPTION_BOOL:
        for (const char *const *v = row->choices; *v; v++) {
            buf_addf(out, "%s%s", v == row->choices ? "" : v[1] ? ", " : " or ", *v);
        }
        return;
    }
}

static void value_json(struct json *j, const struct option_row *row, const char *text)
{
    switch (row->type) {
    case OPTION_NUMBER: {
        long number = 0;
        sv_int(sv_from(text), row->min, row->max, &number);
        json_int(j, number);
        break;
    }
    case OPTION_BOOL:
        json_bool(j, strcmp(text, "yes") == 0);
        break;
    case OPTION_CHOICE:
    case OPTION_RULES:
    case OPTION_SEVERITIES:
    case OPTION_COMMAND:
    case OPTION_FOLDER:
        json_str(j, text);
        break;
    }
}

/* The configuration, with the warning that its file has a problem: what could be read is used. */
static struct config *open_config(struct cli *c)
{
    const struct err *problem = app_config_problem(c->app);
    if (problem) {
        cli_warn(c, "%s", problem->text);
    }
    return app_config(c->app);
}

static int result(struct cli *c)
{
    return app_config_problem(c->app) ? EXIT_FOUND : EXIT_DONE;
}

static int run_show(struct cli *c)
{
    struct config *config = open_config(c);
    struct json j;
    struct buf text = BUF_INIT;
    if (c->json) {
        json_init(&j, &text, 2);
        json_object(&j);
        for (const struct option_row *row = option_rows; row->name; row++) {
            json_key(&j, row->name);
            value_json(&j, row, config_text(config, row->name));
        }
        json_end_object(&j);
        cli_json(c, &text);
        return result(c);
    }
    for (const struct option_row *row = option_rows; row->name; row++) {
        const char *value = config_text(config, row->name);
        out_printf(&c->out, "%-16s %-8s %s\n", row->name, *value ? value : "none",
                   config_is_set(config, row->name) ? "" : "(default)");
    }
    out_raw(&c->out, SV("\n"));
    out_line(&c->out, sv_from(config_path(config)));
    out_raw(&c->out, SV("\n"));
    return result(c);
}

static void list_json(struct cli *c)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_array(&j);
    for (const struct option_row *row = option_rows; row->name; row++) {
        struct buf values = BUF_INIT;
        describe_values(row, &values);
        json_object(&j);
        json_key(&j, "name");
        json_str(&j, row->name);
        json_key(&j, "values");
        json_str(&j, buf_str(&values));
        json_key(&j, "default");
        value_json(&j, row, row->fallback);
        json_key(&j, "help");
        json_str(&j, row->help);
        json_end_object(&j);
        buf_release(&values);
    }
    json_end_array(&j);
    cli_json(c, &text);
}

static int run_list(struct cli *c)
{
    if (c->json) {
        list_json(c);
        return EXIT_DONE;
    }
    for (const struct option_row *row = option_rows; row->name; row++) {
        struct buf values = BUF_INIT;
        describe_values(row, &values);
        out_printf(&c->out, "%-16s %s\n", row->name, row->help);
        out_printf(&c->out, "%-16s %s; default %s\n", "", buf_str(&values), *row->fallback ? row->fallback : "none");
        buf_release(&values);
    }
    return EXIT_DONE;
}

static int run_get(struct cli *c)
{
    struct err err = ERR_INIT;
    const struct option_row *row = config_row(c->args.words[0], &err);
    if (!row) {
        return cli_fail(c, &err);
    }
    const char *value = config_text(open_config(c), row->name);
    if (c->json) {
        struct json j;
        struct buf text = BUF_INIT;
        json_init(&j, &text, 0);
        value_json(&j, row, value);
        cli_json(c, &text);
        return result(c);
    }
    out_printf(&c->out, "%s\n", value);
    return result(c);
}

static int run_set(struct cli *c)
{
    struct err err = ERR_INIT;
    bool ok = config_set(app_config(c->app), c->args.words[0], c->args.words[1], &err);
    return ok ? EXIT_DONE : cli_fail(c, &err);
}

static int run_unset(struct cli *c)
{
    struct err err = ERR_INIT;
    return config_unset(app_config(c->app), c->args.words[0], &err) ? EXIT_DONE : cli_fail(c, &err);
}

static const struct verb verbs[] = {
    {.name = "show", .args = "", .help = "all preferences as they are, and their file", .json = true, .run = run_show},
    {.name = "list", .args = "", .help = "what each one means, its values and default", .json = true, .run = run_list},
    {.name = "get", .args = "NAME", .help = "one value", .min_words = 1, .max_words = 1, .json = true, .run = run_get},
    {.name = "set", .args = "NAME VALUE", .help = "change one", .min_words = 2, .max_words = 2, .run = run_set},
    {.name = "unset", .args = "NAME", .help = "back to the default", .min_words = 1, .max_words = 1, .run = run_unset},
};

static const struct example examples[] = {
    {"pmprep config set target L6", "measure answers against the bar of L6"},
    {"pmprep config set mode speak", "answer open questions aloud"},
    {"pmprep config list", "every preference with its meaning"},
};

const struct command command_config = {
    .name = "config",
    .args = "COMMAND",
    .summary = "preferences: target level, mode, minutes, theme, ...",
    .about =
        "Preferences are kept in config.yaml in the configuration folder ($XDG_CONFIG_HOME/pmprep). Comments in it "
        "survive; what is wrong in it is told with its line and its default is used.",
    .verbs = verbs,
    .verb_count = sizeof(verbs) / sizeof(verbs[0]),
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
};
