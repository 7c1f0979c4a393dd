#include "cli/command.h"
#include "pmprep/app/progress.h"
#include "pmprep/base/json.h"

static void due_json(struct cli *c, const struct progress_due *due)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 0);
    json_object(&j);
    json_key(&j, "due");
    json_int(&j, due->due);
    json_key(&j, "milestone");
    json_str(&j, due->has_milestone ? due->milestone : NULL);
    json_key(&j, "days_left");
    if (due->has_milestone) {
        json_int(&j, due->days_left);
    } else {
        json_null(&j);
    }
    json_end_object(&j);
    cli_json(c, &text);
}

static int run(struct cli *c)
{
    struct err err = ERR_INIT;
    struct progress_due due;
    int code;
    if (!cli_need(c, APP_STORE, &code)) {
        return code;
    }
    if (!progress_due(c->app, &c->arena, &due, &err)) {
        return cli_fail(c, &err);
    }
    if (c->json) {
        due_json(c, &due);
    } else if (args_has(&c->args, "count")) {
        out_printf(&c->out, "%u\n", due.due);
    } else if (due.has_milestone) {
        out_printf(&c->out, "%u due, %d %s left\n", due.due, due.days_left, due.days_left == 1 ? "day" : "days");
    } else {
        out_printf(&c->out, "%u due\n", due.due);
    }
    return EXIT_DONE;
}

static const struct opt opts[] = {
    {.name = "count", .help = "print the number alone"},
};

static const struct example examples[] = {
    {"pmprep due", "7 due, 12 days left"},
    {"PS1='[$(pmprep due --count)] '$PS1", "the number in the prompt of a shell"},
    {"set -g status-right '#(pmprep due)'", "the line in the status bar of tmux"},
};

const struct command command_due = {
    .name = "due",
    .args = "",
    .summary = "one line for a prompt or status bar: 7 due, 12 days left",
    .about =
        "Prints how much practice is due now and the days to the next milestone. Reads your answers only, no bank, "
        "so it is quick enough for a prompt.",
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .json = true,
    .run = run,
};
