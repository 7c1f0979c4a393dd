#include "pmprep/app/mock.h"
#include "cli/command.h"
#include "cli/mock_report.h"
#include "cli/plain_mock.h"
#include "pmprep/app/names.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/json.h"
#include "pmprep/practice/loop.h"

#include <limits.h>

enum { ID_COLS = 13, LOOP_COLS = 20, TITLE_COLS = 34 };

/* ---- --list */

static void str(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_str(j, value);
}

static void num(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void loops_json(struct json *j, const struct mock_run *loops, size_t count)
{
    json_key(j, "loops");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        str(j, "loop", loops[i].loop);
        str(j, "title", loops[i].title);
        str(j, "about", loops[i].about);
        num(j, "minutes", loops[i].minutes);
        num(j, "interviews", loops[i].stages);
        json_end_object(j);
    }
    json_end_array(j);
}

static const char *state_of(const struct mock_run *run)
{
    return run->done ? "finished" : run->in_debrief ? "debrief" : "interviews";
}

static void runs_json(struct cli *c, struct json *j, const struct mock_run *runs, size_t count)
{
    char when[32];
    json_key(j, "runs");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        const struct mock_run *run = &runs[i];
        json_object(j);
        str(j, "id", run->id);
        str(j, "loop", run->loop);
        str(j, "title", run->title);
        clock_format(run->started_at, app_offset(c->app), when);
        str(j, "started_at", when);
        str(j, "state", state_of(run));
        num(j, "interview", run->stage);
        num(j, "interviews", run->stages);
        num(j, "left_seconds", run->left_ms / 1000);
        str(j, "verdict", run->verdict != VERDICT_NONE ? verdict_names[run->verdict] : NULL);
        json_end_object(j);
    }
    json_end_array(j);
}

/* "interview 2 of 5, 48 min left" */
static void add_state(const struct mock_run *run, struct buf *out)
{
    if (run->done || run->in_debrief) {
        buf_adds(out, run->in_debrief                ? "in the debrief"
                      : run->verdict == VERDICT_NONE ? "finished"
                                                     : verdict_names[run->verdict]);
        return;
    }
    if (run->stage == 0) {
        buf_addf(out, "%u %s", run->stages, run->stages == 1 ? "interview" : "interviews");
    } else {
        buf_addf(out, "interview %u of %u", run->stage, run->stages);
    }
    buf_addf(out, ", %d min left", (int)((run->left_ms + 59999) / 60000));
}

static void show_loops(struct cli *c, const struct mock_run *loops, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out_raw(&c->out, SV("  "));
        out_cell(&c->out, sv_from(loops[i].loop), LOOP_COLS);
        out_raw(&c->out, SV(" "));
        out_cell(&c->out, sv_from(loops[i].title), TITLE_COLS);
        out_printf(&c->out, "%4u min, %u %s\n", loops[i].minutes, loops[i].stages,
                   loops[i].stages == 1 ? "interview" : "interviews");
    }
}

static void show_runs(struct cli *c, const struct mock_run *runs, size_t count)
{
    char when[32];
    struct buf state = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        if (i == 0) {
            out_printf(&c->out, "\nRuns, newest first\n");
        }
        clock_format(runs[i].started_at, app_offset(c->app), when);
        buf_clear(&state);
        add_state(&runs[i], &state);
        out_raw(&c->out, SV("  "));
        out_cell(&c->out, sv_sub(sv_from(runs[i].id), 0, ID_COLS), ID_COLS);
        out_printf(&c->out, "  %.10s  ", when);
        out_cell(&c->out, sv_from(runs[i].loop), LOOP_COLS);
        out_printf(&c->out, " %s\n", buf_str(&state));
    }
    buf_release(&state);
}

static int run_list(struct cli *c)
{
    struct err err = ERR_INIT;
    struct mock_run *loops, *runs;
    size_t loop_count, run_count;
    if (!mock_loops(c->app, &c->arena, &loops, &loop_count, &err) ||
        !mock_runs(c->app, false, &c->arena, &runs, &run_count, &err)) {
        return cli_fail(c, &err);
    }
    if (!c->json) {
        out_raw(&c->out, SV("Loops\n"));
        show_loops(c, loops, loop_count);
        show_runs(c, runs, run_count);
        return EXIT_DONE;
    }
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_object(&j);
    loops_json(&j, loops, loop_count);
    runs_json(c, &j, runs, run_count);
    json_end_object(&j);
    cli_json(c, &text);
    return EXIT_DONE;
}

/* ---- --report */

static const struct {
    const char *option; /* NULL: without any */
    void (*write)(struct out *o, const struct mock_report *r);
} formats[] = {
    {"json", mock_report_json},
    {"markdown", mock_report_markdown},
    {"html", mock_report_html},
    {NULL, mock_report_text},
};

static int run_report(struct cli *c)
{
    struct err err = ERR_INIT;
    struct mock_report report;
    size_t i = 0;
    if (!mock_report(c->app, args_text(&c->args, "report"), &c->arena, &report, &err)) {
        return cli_fail(c, &err);
    }
    while (formats[i].option && !args_has(&c->args, formats[i].option)) {
        i++;
    }
    formats[i].write(&c->out, &report);
    return EXIT_DONE;
}

/* ---- unfinished loops */

/* The newest unfinished one, of that loop when one is named; NULL when there is none. */
static bool find_open(struct cli *c, const char *loop, const struct mock_run **out, struct err *err)
{
    struct mock_run *runs;
    size_t count;
    *out = NULL;
    if (!mock_runs(c->app, true, &c->arena, &runs, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count && !*out; i++) {
        *out = !loop || strcmp(runs[i].loop, loop) == 0 ? &runs[i] : NULL;
    }
    return true;
}

static bool need_open(struct cli *c, const char *loop, const struct mock_run **out, struct err *err)
{
    if (!find_open(c, loop, out, err)) {
        return false;
    }
    if (!*out) {
        err_set(err, ERR_NOT_FOUND, "there is no unfinished mock%s%s: `pmprep mock --list` shows all",
                loop ? " of " : "", loop ? loop : "");
    }
    return *out != NULL;
}

static int run_discard(struct cli *c, const char *loop)
{
    struct err err = ERR_INIT;
    const struct mock_run *run;
    if (!need_open(c, loop, &run, &err) || !mock_discard(c->app, run->id, &err)) {
        return cli_fail(c, &err);
    }
    out_printf(&c->out, "Dropped: %s. Its answers stay in the history.\n", run->title);
    return EXIT_DONE;
}

/* In plain mode it is announced, never asked about. */
static bool announce(struct cli *c, struct err *err)
{
    const struct mock_run *run;
    struct buf state = BUF_INIT;
    if (!find_open(c, NULL, &run, err)) {
        return false;
    }
    if (run) {
        add_state(run, &state);
        out_printf(&c->out,
                   "An unfinished mock is kept: %s, %s.\n`pmprep mock --resume` takes it up, `pmprep mock --discard` "
                   "drops it.\n\n",
                   run->title, buf_str(&state));
    }
    buf_release(&state);
    return true;
}

/* ---- running one */

static bool fill_options(struct cli *c, struct mock_options *o, struct err *err)
{
    const struct args *args = &c->args;
    const char *mode = args_text(args, "mode"), *pace = args_text(args, "pace");
    mock_options_init(o);
    o->loop = args->words[0];
    o->round = (unsigned)args_number(args, "round", 0);
    o->minutes = (unsigned)args_number(args, "minutes", 0);
    o->mode_set = mode && mode_parse(sv_from(mode), &o->mode);
    o->seed = (uint64_t)args_number(args, "seed", 0);
    o->seed_set = args_has(args, "seed");
    if (pace && !sv_decimal(sv_from(pace), LOOP_PACE_MIN, LOOP_PACE_MAX, &o->pace)) {
        return err_set(err, ERR_USAGE, "--pace takes a number from 0.1 to 10, not '%s'", pace);
    }
    return true;
}

/* A name that is no loop is wrong usage. */
static int refuse(struct cli *c, const struct mock_options *o, const struct err *err)
{
    struct library *library;
    bool known = !o->loop || !app_library(c->app, &library, NULL) || library_loop(library, o->loop);
    int code = cli_fail(c, err);
    return known ? code : EXIT_WRONG;
}

static int run_plain(struct cli *c, const struct mock_options *o)
{
    struct err err = ERR_INIT;
    struct mock *mock;
    const struct mock_run *run;
    bool ok = args_has(&c->args, "resume")
                  ? need_open(c, o->loop, &run, &err) && mock_resume(c->app, run->id, &mock, &err)
                  : announce(c, &err) && mock_open(c->app, o, &mock, &err);
    if (!ok) {
        return refuse(c, o, &err);
    }
    int code = plain_mock(c, mock);
    mock_close(mock);
    return code;
}

/* What stands beside each other without sense. */
static bool check(const struct args *args, struct err *err)
{
    static const char *const doing[] = {"list", "report", "resume", "discard"};
    const char *first = NULL;
    unsigned shapes = (unsigned)args_has(args, "json") + args_has(args, "markdown") + args_has(args, "html");
    for (size_t i = 0; i < sizeof(doing) / sizeof(doing[0]); i++) {
        if (args_has(args, doing[i]) && first) {
            return err_set(err, ERR_USAGE, "--%s and --%s do not go together", first, doing[i]);
        }
        first = args_has(args, doing[i]) ? doing[i] : first;
    }
    bool report = first && strcmp(first, "report") == 0, listed = first && strcmp(first, "list") == 0;
    if ((args_has(args, "markdown") || args_has(args, "html")) && !report) {
        return err_set(err, ERR_USAGE, "--markdown and --html belong to --report ID");
    }
    if (args_has(args, "json") && !report && !listed) {
        return err_set(err, ERR_USAGE, "--json belongs to --list and --report ID");
    }
    if (shapes > 1) {
        return err_set(err, ERR_USAGE, "a report has one shape: --markdown, --html or --json");
    }
    if ((report || listed) && args->word_count > 0) {
        return err_set(err, ERR_USAGE, "'%s' is one word too many beside --%s", args->words[0], first);
    }
    return true;
}

static int run(struct cli *c)
{
    struct err err = ERR_INIT;
    struct mock_options options;
    int code;
    if (!check(&c->args, &err) || !fill_options(c, &options, &err)) {
        return cli_fail(c, &err);
    }
    if (!cli_need(c, APP_LIBRARY | APP_STORE, &code)) {
        return code;
    }
    if (args_has(&c->args, "list")) {
        return run_list(c);
    }
    if (args_has(&c->args, "report")) {
        return run_report(c);
    }
    if (args_has(&c->args, "discard")) {
        return run_discard(c, options.loop);
    }
    if (!c->tui || !c->tui->mock) {
        return run_plain(c, &options);
    }
    bool ok = c->tui->mock(c->app, &options, args_has(&c->args, "resume"), c->signal_out, &err);
    return ok ? EXIT_DONE : refuse(c, &options, &err);
}

static const char *const modes[] = {"type", "speak", "outline", NULL};

static const struct opt opts[] = {
    {.name = "list", .help = "the loops, and your runs, unfinished and finished"},
    {.name = "round", .kind = OPT_NUMBER, .arg = "K", .min = 1, .max = LOOP_STAGES, .help = "only interview K"},
    {.name = "minutes",
     .kind = OPT_NUMBER,
     .arg = "N",
     .min = 1,
     .max = 480,
     .help = "drop questions and interviews until the rest takes N minutes; time stays real"},
    {.name = "mode", .kind = OPT_CHOICE, .arg = "MODE", .choices = modes, .help = "how questions are answered"},
    {.name = "seed", .kind = OPT_NUMBER, .arg = "N", .max = LONG_MAX, .help = "the same questions every time"},
    {.name = "pace",
     .kind = OPT_TEXT,
     .arg = "F",
     .min = 1,
     .help = "every allotted time times F, 0.1 to 10: to rehearse the program, not the interview"},
    {.name = "resume", .help = "take up the newest unfinished run, of LOOP when it is named"},
    {.name = "discard", .help = "drop that run; its answers stay in the history"},
    {.name = "report", .kind = OPT_TEXT, .arg = "ID", .min = 1, .help = "the debrief of a run: its id, or last"},
    {.name = "markdown", .help = "the report as Markdown"},
    {.name = "html", .help = "the report as one HTML file that prints well"},
};

static const struct example examples[] = {
    {"pmprep mock", "the next half round: 30 minutes, principles and cases in turn"},
    {"pmprep mock five-interviews", "the whole loop; leave between interviews and come back on another day"},
    {"pmprep mock phone-screen --mode speak", "spoken, against the real clock"},
    {"pmprep mock five-interviews --round 2 --minutes 30", "one interview, cut to half an hour"},
    {"pmprep mock --report last --html > debrief.html", "to read, to print, to keep"},
};

const struct command command_mock = {
    .name = "mock",
    .args = "[LOOP]",
    .summary = "a timed interview that probes what your answer lacks, then a debrief",
    .about = "An interviewer asks, listens, may interrupt and follows up on what the answer lacks; the clock stops "
             "each half hard. Afterwards you vote as each interviewer, look at the evidence, write the case against "
             "yourself and vote again. Without LOOP it is the next half round of 30 minutes. Leaving at any point "
             "keeps everything: an unfinished loop is offered again. In the plain dialogue nothing is cut off, and "
             "!help lists what can be said besides an answer.",
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .json = true,
    .creates = true,
    .reads = "list report",
    .max_words = 1,
    .run = run,
};
