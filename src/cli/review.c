#include "pmprep/app/review.h"
#include "cli/attempt.h"
#include "cli/command.h"
#include "pmprep/app/names.h"
#include "pmprep/bank/library.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"

enum { ROWS = 50, ID_COLS = 13, KIND_COLS = 11, PRINCIPLE_COLS = 22 };

/* Everything an export needs while answers stream past. */
struct export
{
    struct cli *c;
    const struct attempt_format *format;
    size_t count;
};

static bool export_one(void *ctx, const struct attempt *at, struct err *err)
{
    struct export *e = ctx;
    if (out_failed(&e->c->out)) { /* nobody reads any more */
        return err_set(err, ERR_CANCELLED, "the output was closed");
    }
    e->format->one(&e->c->out, at, e->count++);
    return true;
}

/* The newest, or the best matches, as many as were asked for. */
static bool export_some(struct export *e, const struct filter *f, size_t limit, struct err *err)
{
    struct attempt_row *rows;
    size_t count;
    bool more, ok = true;
    if (!review_list(e->c->app, f, 0, limit, &e->c->arena, &rows, &count, &more, err)) {
        return false;
    }
    for (size_t i = 0; ok && i < count; i++) {
        struct arena scratch = ARENA_INIT;
        struct attempt at;
        ok = review_get(e->c->app, rows[i].id, &scratch, &at, err) && export_one(e, &at, err);
        arena_release(&scratch);
    }
    return ok;
}

static int run_export(struct cli *c, const struct filter *f, const struct attempt_format *format)
{
    struct err err = ERR_INIT;
    struct export e = {.c = c, .format = format};
    long limit = args_number(&c->args, "limit", 0);
    out_raw(&c->out, sv_from(format->before));
    bool ok = limit ? export_some(&e, f, (size_t)limit, &err) : review_each(c->app, f, export_one, &e, &err);
    if (!ok && err.code != ERR_CANCELLED) {
        return cli_fail(c, &err);
    }
    out_raw(&c->out, sv_from(format->after));
    return EXIT_DONE;
}

static void table_row(struct cli *c, const struct attempt_row *row)
{
    char when[32];
    size_t all = cli_columns(c), used = ID_COLS + KIND_COLS + PRINCIPLE_COLS + 10 + 5 + 5 + 12;
    struct buf text = BUF_INIT;
    clock_format(row->started_at, row->offset_min, when);
    out_cell(&c->out, sv_sub(sv_from(row->id), 0, ID_COLS), ID_COLS);
    out_printf(&c->out, "  %.10s  ", when);
    out_cell(&c->out, sv_from(kind_name(row->kind)), KIND_COLS);
    out_raw(&c->out, SV("  "));
    out_cell(&c->out, sv_from(row->principle[0] ? row->principle : family_name(row->family)), PRINCIPLE_COLS);
    if (row->mean > 0) {
        out_printf(&c->out, "  %3.1f", row->mean);
    } else {
        out_raw(&c->out, SV("    -"));
    }
    out_printf(&c->out, "  %4u  ", row->words);
    attempt_snippet(row, &text);
    out_cell(&c->out, buf_sv(&text), all > used + 10 ? all - used : 0);
    out_raw(&c->out, SV("\n"));
    buf_release(&text);
}

/* Old answers may be of banks that are gone, so that an unknown name is no error; it may be why nothing fits. */
static void hint_at_names(struct cli *c, const struct filter *f)
{
    struct err err = ERR_INIT;
    struct library *library;
    if (app_library(c->app, &library, &err) && !library_check_filter(library, f, &err)) {
        cli_warn(c, "%s", err.text);
    }
}

static int run_table(struct cli *c, const struct filter *f)
{
    struct err err = ERR_INIT;
    struct attempt_row *rows;
    size_t count;
    bool more;
    size_t limit = (size_t)args_number(&c->args, "limit", ROWS);
    if (!review_list(c->app, f, 0, limit, &c->arena, &rows, &count, &more, &err)) {
        return cli_fail(c, &err);
    }
    for (size_t i = 0; i < count; i++) {
        table_row(c, &rows[i]);
    }
    if (more) {
        out_printf(&c->out, "... the first %zu; --limit 0 shows all\n", count);
    }
    if (count == 0) {
        out_raw(&c->out, filter_is_empty(f) ? SV("No answers yet: `pmprep drill` asks the first question.\n")
                                            : SV("No answer fits.\n"));
        hint_at_names(c, f);
    }
    return EXIT_DONE;
}

static int run_show(struct cli *c)
{
    struct err err = ERR_INIT;
    struct attempt at;
    const char *id = c->args.words[1];
    if (args_has(&c->args, "reviewer") && !attempt_ask_reviewer(c, id, &err)) {
        return cli_fail(c, &err);
    }
    if (!review_get(c->app, id, &c->arena, &at, &err)) {
        return cli_fail(c, &err);
    }
    if (at.deleted) {
        err_set(&err, ERR_NOT_FOUND, "the answer %s was deleted", id);
        return cli_fail(c, &err);
    }
    if (c->json) {
        attempt_json(&c->out, &at);
        out_raw(&c->out, SV("\n"));
    } else {
        attempt_show(c, &at);
    }
    return EXIT_DONE;
}

static const struct attempt_format *wanted_format(const struct cli *c)
{
    return c->json                          ? &format_json
           : args_has(&c->args, "csv")      ? &format_csv
           : args_has(&c->args, "markdown") ? &format_markdown
                                            : NULL;
}

static int run(struct cli *c)
{
    struct err err = ERR_INIT;
    struct filter filter;
    int code;
    bool show = c->args.word_count == 2 && strcmp(c->args.words[0], "show") == 0;
    if (!show && !cli_filter(c, 0, &filter, &err)) {
        return cli_fail(c, &err);
    }
    if (args_has(&c->args, "reviewer") && !show) {
        err_set(&err, ERR_USAGE, "--reviewer goes with `pmprep review show ID`: name one answer");
        return cli_fail(c, &err);
    }
    if (!cli_need(c, APP_STORE, &code)) {
        return code;
    }
    if (show) {
        return run_show(c);
    }
    const struct attempt_format *format = wanted_format(c);
    if (format) {
        return run_export(c, &filter, format);
    }
    if (!c->tui || !c->tui->review || args_has(&c->args, "limit")) {
        return run_table(c, &filter);
    }
    return c->tui->review(c->app, &filter, c->signal_out, &err) ? EXIT_DONE : cli_fail(c, &err);
}

static const struct opt opts[] = {
    {.name = "csv", .help = "all that fit as CSV, oldest first"},
    {.name = "markdown", .help = "the same as Markdown, to read or to keep"},
    {.name = "limit",
     .kind = OPT_NUMBER,
     .arg = "N",
     .max = 1000000000,
     .help = "at most N, newest or best first; 0: all"},
    {.name = "reviewer", .help = "with show: your reviewer (`pmprep config`) reads the answer first"},
};

static const struct example examples[] = {
    {"pmprep review", "your answers, newest first"},
    {"pmprep review refund principle:ownership score:..2", "with that word, on Ownership, scored 2 or less"},
    {"pmprep review show 0193a1b2-c3d4", "one answer in full, by the beginning of its id"},
    {"pmprep review show 0193a1b2-c3d4 --reviewer", "what the program you configured says of it"},
    {"pmprep review since:1w --markdown > week.md", "the answers of a week"},
    {"pmprep review --json | jq '.[].words'", "for scripts; --json prints everything that is stored"},
};

const struct command command_review = {
    .name = "review",
    .args = "[QUERY] [FILTER...] | show ID",
    .summary = "past answers: search, filter, read, export",
    .about =
        "Lists what you answered. QUERY is words of the answer or the question: all must occur, \"two words\" is a "
        "phrase, refund* a beginning. On a terminal it opens the list on the screen.",
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .filter = true,
    .filter_without = "due new",
    .json = true,
    .screen = true,
    .max_words = -1,
    .run = run,
};
