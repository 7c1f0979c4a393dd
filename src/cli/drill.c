#include "cli/command.h"
#include "cli/plain.h"
#include "pmprep/app/names.h"
#include "pmprep/bank/library.h"

#include <limits.h>

static void fill_options(struct cli *c, struct drill_options *o)
{
    const struct args *args = &c->args;
    const char *mode = args_text(args, "mode");
    o->count = (int)args_number(args, "count", 0);
    o->minutes = (int)args_number(args, "minutes", 0);
    o->mode_set = mode && mode_parse(sv_from(mode), &o->mode);
    o->seed = (uint64_t)args_number(args, "seed", 0);
    o->seed_set = args_has(args, "seed");
    o->due_only = args_has(args, "due");
    o->new_only = args_has(args, "new");
    o->item = args_text(args, "item");
}

/* In plain mode a leftover draft is announced, never asked about. */
static bool announce_draft(struct cli *c, struct err *err)
{
    struct draft draft;
    bool found;
    if (!drill_draft_waiting(c->app, &c->arena, &draft, &found, err)) {
        return false;
    }
    if (found) {
        out_raw(&c->out, SV("An unfinished answer is kept: \""));
        out_cell(&c->out, sv_trim(sv_from(draft.prompt)), 0);
        out_raw(&c->out, SV("\"\n`pmprep drill --resume` takes it up.\n"));
    }
    return true;
}

static int run_plain(struct cli *c, const struct drill_options *options)
{
    struct err err = ERR_INIT;
    struct drill *drill;
    bool resume = args_has(&c->args, "resume");
    bool ok = resume ? drill_resume(c->app, &drill, &err)
                     : announce_draft(c, &err) && drill_open(c->app, options, &drill, &err);
    if (!ok) {
        return cli_fail(c, &err);
    }
    int code = plain_drill(c, drill);
    drill_close(drill);
    return code;
}

static int run(struct cli *c)
{
    struct err err = ERR_INIT;
    struct drill_options options;
    struct library *library;
    int code;
    drill_options_init(&options);
    fill_options(c, &options);
    if (!cli_filter(c, 0, &options.filter, &err)) {
        return cli_fail(c, &err);
    }
    if (!cli_need(c, APP_LIBRARY | APP_STORE, &code)) {
        return code;
    }
    if (!app_library(c->app, &library, &err) || !library_check_filter(library, &options.filter, &err)) {
        return cli_fail(c, &err);
    }
    if (!c->tui || !c->tui->drill) {
        return run_plain(c, &options);
    }
    bool ok = c->tui->drill(c->app, &options, args_has(&c->args, "resume"), c->signal_out, &err);
    return ok ? EXIT_DONE : cli_fail(c, &err);
}

static const char *const modes[] = {"type", "speak", "outline", NULL};

static const struct opt opts[] = {
    {.name = "count", .kind = OPT_NUMBER, .arg = "N", .min = 1, .max = 1000, .help = "N items"},
    {.name = "minutes",
     .kind = OPT_NUMBER,
     .arg = "N",
     .min = 1,
     .max = 480,
     .help = "as many items as N minutes hold"},
    {.name = "mode", .kind = OPT_CHOICE, .arg = "MODE", .choices = modes, .help = "how open questions are answered"},
    {.name = "due", .help = "only what is due"},
    {.name = "new", .help = "only questions never answered"},
    {.name = "seed", .kind = OPT_NUMBER, .arg = "N", .max = LONG_MAX, .help = "the same choice of items every time"},
    {.name = "resume", .help = "take up the unfinished answer"},
    {.name = "item",
     .kind = OPT_TEXT,
     .arg = "BANK/ID",
     .help = "exactly this question; a suspended one is asked again from now on"},
};

static const struct example examples[] = {
    {"pmprep drill", "a session of the configured minutes, what is due first"},
    {"pmprep drill --minutes 3", "for a tmux popup: bind-key P display-popup -E 'pmprep drill --minutes 3'"},
    {"pmprep drill principle:ownership difficulty:2..3", "harder questions on Ownership"},
    {"pmprep drill kind:pair flaw:we-fog", "pairs of answers that show one flaw"},
    {"printf 'My answer.\\n.\\n' | pmprep drill --plain --count 1", "from a script"},
};

const struct command command_drill = {
    .name = "drill",
    .args = "[FILTER...]",
    .summary = "timed practice, one question after another",
    .about =
        "A question, your answer against the clock, your own score, then the evidence: the next level, strong "
        "signals, an excellent answer; then once more, shorter. What is due comes first. Without kind: it asks open "
        "questions (behavioural, case, transition). Leaving at any point keeps everything. When the minutes are few "
        "and no mode is named, "
        "answers are spoken or outlined. In the plain dialogue :help lists what else can be given.",
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .filter = true,
    .creates = true,
    .max_words = -1,
    .run = run,
};
