#include "cli/coach.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/utf8.h"

/* `pmprep coach`: findings in files, one line each as compilers write them. */

/* A place in a text, walked forwards only. */
struct cursor {
    struct sv text;
    size_t at;
    size_t line, column; /* from 1; columns are code points */
};

static struct cursor cursor_at(struct sv text)
{
    return (struct cursor){.text = text, .line = 1, .column = 1};
}

static void walk_to(struct cursor *p, size_t offset)
{
    while (p->at < offset && p->at < p->text.len) {
        uint32_t cp;
        bool newline = p->text.data[p->at] == '\n';
        p->at += utf8_decode(p->text.data + p->at, p->text.len - p->at, &cp);
        p->line += newline;
        p->column = newline ? 1 : p->column + 1;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    int weight = (int)coach_weight(y, 1) - (int)coach_weight(x, 1);
    return weight ? weight : strcmp(x->rule, y->rule);
}

static void finding_json(struct coach_job *job, const char *file, const struct finding *f, struct sv text,
                         const struct cursor *start)
{
    const struct rule *r = coach_rule(job->coach, f->rule);
    struct cursor end = *start;
    struct json *j = &job->json;
    walk_to(&end, f->end);
    json_object(j);
    json_key(j, "file");
    json_str(j, file);
    json_key(j, "line");
    json_int(j, (int64_t)start->line);
    json_key(j, "column");
    json_int(j, (int64_t)start->column);
    json_key(j, "end_line");
    json_int(j, (int64_t)end.line);
    json_key(j, "end_column");
    json_int(j, (int64_t)end.column);
    json_key(j, "start");
    json_int(j, (int64_t)f->start);
    json_key(j, "end");
    json_int(j, (int64_t)f->end);
    json_key(j, "severity");
    json_str(j, f->severity);
    json_key(j, "rule");
    json_str(j, f->rule);
    json_key(j, "version");
    json_int(j, f->rule_version);
    json_key(j, "message");
    json_str(j, f->message);
    json_key(j, "advice");
    json_str(j, r->advice);
    json_key(j, "quote");
    json_sv(j, sv_sub(text, f->start, f->end - f->start));
    json_key(j, "source");
    json_str(j, source_name(r->source));
    json_key(j, "from");
    json_str(j, r->from);
    json_end_object(j);
}

static void print_finding(struct coach_job *job, const char *file, const struct finding *f, const struct cursor *start)
{
    struct out *o = &job->c->out;
    out_line(o, sv_from(file));
    out_printf(o, ":%zu:%zu: %s: [%s] ", start->line, start->column, f->severity, f->rule);
    out_line(o, sv_from(f->message));
    out_raw(o, SV("\n"));
    if (job->hints) {
        out_raw(o, SV("    "));
        out_line(o, sv_from(coach_rule(job->coach, f->rule)->advice));
        out_raw(o, SV("\n"));
    }
}

static void show_findings(struct coach_job *job, const char *file, struct sv text, const struct coach_report *r)
{
    struct cursor start = cursor_at(text);
    qsort(r->findings, r->count, sizeof(*r->findings), by_place);
    for (size_t i = 0; i < r->count; i++) {
        const struct finding *f = &r->findings[i];
        walk_to(&start, f->start);
        if (job->c->json) {
            finding_json(job, file, f, text, &start);
        } else {
            print_finding(job, file, f, &start);
        }
        job->found = job->found || strcmp(f->severity, severity_words.names[SEVERITY_ERROR]) == 0;
    }
}

static void show_answer(struct coach_job *job, const char *file, struct sv text, const struct coach_report *r)
{
    struct cli *c = job->c;
    bool foreign = r->words > 0 && !r->english;
    if (r->words == 0) {
        cli_warn(c, "%s: there are no words in it, so there is nothing to say", file);
    } else if (foreign) {
        cli_warn(c, "%s: this does not look like English, so only length and structure were looked at", file);
    }
    if (c->json && job->report) {
        coach_report_json(&job->json, file, r);
        return;
    }
    show_findings(job, file, text, r);
    if (job->report) {
        coach_print_report(c, file, r);
    } else if (foreign && !c->json) {
        coach_print_length(c, file, r);
    }
}

/* A file that cannot be read does not keep the others from being looked at. */
static void read_answer(struct coach_job *job, const char *file)
{
    struct err err = ERR_INIT;
    struct buf text = BUF_INIT;
    struct arena arena = ARENA_INIT;
    struct coach_report report;
    if (file_read(file, TEXT_LIMIT, &text, &err)) {
        struct coach_input in = {buf_sv(&text), job->kind, job->principle};
        coach_read(job->coach, &in, &arena, &report);
        show_answer(job, file, in.text, &report);
    } else {
        cli_fail(job->c, &err);
        job->failed = true;
    }
    arena_release(&arena);
    buf_release(&text);
}

static int read_answers(struct coach_job *job)
{
    const struct args *args = &job->c->args;
    json_init(&job->json, &job->text, 2);
    json_array(&job->json);
    for (int i = 0; i < args->word_count; i++) {
        read_answer(job, args->words[i]);
    }
    if (args->word_count == 0) {
        read_answer(job, "-");
    }
    json_end_array(&job->json);
    if (job->c->json) {
        cli_json(job->c, &job->text);
    }
    buf_release(&job->text);
    return job->failed ? EXIT_WRONG : job->found ? EXIT_FOUND : EXIT_DONE;
}

/* What it does instead of reading files. */
static const struct {
    const char *option;
    int (*run)(struct coach_job *job);
} modes[] = {
    {"rules", coach_list_rules},
    {"explain", coach_explain},
    {"self-test", coach_run_self_test},
    {"labels", coach_score_labels},
};
enum { MODES = sizeof(modes) / sizeof(modes[0]) };

static bool choose_mode(struct cli *c, int *mode, struct err *err)
{
    *mode = MODES;
    for (int i = 0; i < MODES; i++) {
        if (!args_has(&c->args, modes[i].option)) {
            continue;
        }
        if (*mode < MODES) {
            return err_set(err, ERR_USAGE, "--%s and --%s are two things to do: give one of them", modes[*mode].option,
                           modes[i].option);
        }
        if (c->args.word_count > 0) {
            return err_set(err, ERR_USAGE, "--%s looks at no answer, so '%s' is too much", modes[i].option,
                           c->args.words[0]);
        }
        *mode = i;
    }
    return true;
}

static bool check_names(struct coach_job *job, struct err *err)
{
    const struct args *args = &job->c->args;
    job->kind = args_text(args, "kind");
    job->principle = args_text(args, "principle");
    return (!job->kind || coach_check_kind(job->kind, err)) &&
           (!job->principle || coach_check_principle(job->c->app, job->principle, err));
}

static void warn_of_problems(struct cli *c)
{
    size_t count;
    const struct err *config = app_config_problem(c->app);
    const char *const *problems = app_coach_problems(c->app, &count);
    for (size_t i = 0; i < count; i++) {
        cli_warn(c, "%s (left out)", problems[i]);
    }
    if (config) {
        cli_warn(c, "%s (the default is used)", config->text);
    }
}

static int run(struct cli *c)
{
    struct err err = ERR_INIT;
    struct coach_job job = {.c = c, .hints = args_has(&c->args, "fix-hints"), .report = args_has(&c->args, "report")};
    int mode;
    bool ok = choose_mode(c, &mode, &err) && check_names(&job, &err) && app_coach(c->app, &job.coach, &err);
    warn_of_problems(c);
    if (!ok) {
        cli_fail(c, &err);
        return EXIT_WRONG;
    }
    return mode < MODES ? modes[mode].run(&job) : read_answers(&job);
}

static const struct opt opts[] = {
    {.name = "kind",
     .kind = OPT_TEXT,
     .arg = "KIND",
     .help = "what was asked: behavioural failure why-pm product-sense strategy metrics prioritisation estimation "
             "technical working-backwards; without it only rules for any kind run"},
    {.name = "principle", .kind = OPT_TEXT, .arg = "NAME", .help = "the principle that was asked for"},
    {.name = "fix-hints", .help = "what to do, under each finding"},
    {.name = "report", .help = "length, shape of the story, who took wins and losses, and every number with its audit"},
    {.name = "rules", .help = "list the rules in use"},
    {.name = "explain", .kind = OPT_TEXT, .arg = "RULE", .help = "what a rule looks at, its advice and its source"},
    {.name = "self-test", .help = "run the examples of every rule; exit code 1 when one fails"},
    {.name = "labels",
     .kind = OPT_TEXT,
     .arg = "FILE",
     .min = 1,
     .help = "score the coach on labelled answers, one JSON object a line"},
};

static const struct example examples[] = {
    {"pmprep coach answer.md --kind behavioural", "FILE:LINE:COLUMN: severity: [rule] message"},
    {"vim --cmd 'set efm=%f:%l:%v:\\ %m' -q <(pmprep coach answer.md)", "step through the findings with :cnext"},
    {"pbpaste | pmprep coach - --kind failure --fix-hints", "text from elsewhere, with advice"},
    {"pmprep coach --explain no-decision", "what the rule looks at and why"},
    {"pmprep coach answer.md --json | jq -r '.[].rule'", "the names of the rules alone"},
};

const struct command command_coach = {
    .name = "coach",
    .args = "[FILE...|-]",
    .summary = "findings on any text: FILE:LINE:COLUMN: severity: [rule] message",
    .about = "Reads answers, plain or Markdown, and points at the words that weaken them. Without FILE, or for -, it "
             "reads the standard input. It understands English; of other languages it tells length and structure. Exit "
             "code 0: no finding is an error, 1: one is, 2: a file could not be read. `pmprep config` switches rules "
             "off (coach-off) and changes how much they weigh (coach-severity); rules and words of your own stand in "
             "the folders rules and words beside the preferences.",
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .json = true,
    .max_words = -1,
    .run = run,
};
