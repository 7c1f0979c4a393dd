#include "cli/command.h"
#include "cli/item.h"
#include "pmprep/app/content.h"
#include "pmprep/bank/library.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/json.h"
#include "pmprep/base/utf8.h"

static void counts_json(struct json *j, const struct bank_info *b)
{
    json_key(j, "items");
    json_object(j);
    for (int k = 0; k < KIND_COUNT; k++) {
        if (b->items[k]) {
            json_key(j, kind_name((enum item_kind)k));
            json_int(j, b->items[k]);
        }
    }
    json_end_object(j);
}

static void list_json(struct cli *c, const struct bank_info *banks, size_t count)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        json_object(&j);
        json_key(&j, "name");
        json_str(&j, banks[i].name);
        json_key(&j, "title");
        json_str(&j, banks[i].title);
        json_key(&j, "path");
        json_str(&j, banks[i].path);
        json_key(&j, "user");
        json_bool(&j, banks[i].user);
        counts_json(&j, &banks[i]);
        json_end_object(&j);
    }
    json_end_array(&j);
    cli_json(c, &text);
}

/* "32 behavioural, 7 case" */
static void describe_counts(const struct bank_info *b, struct buf *out)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        if (b->items[k]) {
            buf_addf(out, "%s%u %s", out->len ? ", " : "", b->items[k], kind_name((enum item_kind)k));
        }
    }
}

static size_t widest_name(const struct bank_info *banks, size_t count)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t cols = utf8_columns(sv_from(banks[i].name));
        widest = cols > widest ? cols : widest;
    }
    return widest;
}

static int run_list(struct cli *c)
{
    struct library *library;
    size_t count;
    int code;
    if (!cli_need(c, APP_LIBRARY, &code) || !app_library(c->app, &library, NULL)) {
        return code;
    }
    const struct bank_info *banks = library_banks(library, &count);
    if (c->json) {
        list_json(c, banks, count);
        return EXIT_DONE;
    }
    size_t name_cols = widest_name(banks, count);
    for (size_t i = 0; i < count; i++) {
        struct buf line = BUF_INIT;
        out_cell(&c->out, sv_from(banks[i].name), name_cols);
        describe_counts(&banks[i], &line);
        out_printf(&c->out, "  %s%s\n", banks[i].user ? "(yours) " : "", buf_str(&line));
        buf_release(&line);
    }
    if (count == 0) {
        out_raw(&c->out, SV("There are no banks: `pmprep bank path` shows where they are looked for.\n"));
    }
    return EXIT_DONE;
}

/* The first word is a bank's name unless it is of the FILTER language already. */
static bool filter_of_bank(struct cli *c, struct library *library, struct filter *out, struct err *err)
{
    const char *name = c->args.words[0];
    bool named = !strchr(name, ':');
    if (named && !library_check_bank(library, name, err)) {
        return false;
    }
    if (!cli_filter(c, named ? 1 : 0, out, err) || !library_check_filter(library, out, err)) {
        return false;
    }
    if (named) {
        const char **one = arena_array(&c->arena, 1, sizeof(*one));
        one[0] = name;
        out->banks = (struct strings){one, 1};
    }
    return true;
}

static bool show_items(struct cli *c, struct library *library, struct err *err)
{
    struct filter filter;
    struct item_meta *metas;
    size_t count;
    if (!filter_of_bank(c, library, &filter, err) || !library_list(library, &filter, &c->arena, &metas, &count, err)) {
        return false;
    }
    item_list(c, metas, count);
    return true;
}

static int run_show(struct cli *c)
{
    struct err err = ERR_INIT;
    struct library *library;
    struct item item;
    int code;
    const char *name = c->args.words[0];
    if (!cli_need(c, APP_LIBRARY, &code) || !app_library(c->app, &library, NULL)) {
        return code;
    }
    if (strchr(name, ':') || !strchr(name, '/')) {
        return show_items(c, library, &err) ? EXIT_DONE : cli_fail(c, &err);
    }
    if (!library_item(library, name, &c->arena, &item, &err)) {
        return cli_fail(c, &err);
    }
    item_show(c, &item);
    return EXIT_DONE;
}

static void problems_json(struct cli *c, const struct problems *p)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_array(&j);
    for (size_t i = 0; i < p->count; i++) {
        json_object(&j);
        json_key(&j, "file");
        json_str(&j, p->at[i].place.file);
        json_key(&j, "line");
        json_int(&j, p->at[i].place.line);
        json_key(&j, "column");
        json_int(&j, p->at[i].place.column);
        json_key(&j, "message");
        json_str(&j, p->at[i].text);
        json_end_object(&j);
    }
    json_end_array(&j);
    cli_json(c, &text);
}

static void print_problems(struct cli *c, const struct problems *p, size_t files)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct place *at = &p->at[i].place;
        out_line(&c->out, sv_from(at->file));
        out_printf(&c->out, ":%u:%u: %s\n", at->line, at->column, p->at[i].text);
    }
    if (p->count == 0) {
        out_printf(&c->out, "%zu %s checked, no problems\n", files, files == 1 ? "file" : "files");
    }
}

/* Every file is checked even when one cannot be opened; that one decides the exit code. */
static bool check_words(struct cli *c, struct problems *problems, size_t *files)
{
    struct checker *checker = checker_new(app_data_path(c->app, NULL));
    bool opened = true;
    for (int i = 0; i < c->args.word_count; i++) {
        checker_learn(checker, c->args.words[i]);
    }
    for (int i = 0; i < c->args.word_count; i++) {
        struct err err = ERR_INIT;
        size_t before = *files;
        bool ok = content_check(checker, c->args.words[i], problems, files, &err);
        if (ok && *files == before) {
            ok = err_set(&err, ERR_NOT_FOUND, "there is no YAML file in %s: name a folder of banks", c->args.words[i]);
        }
        if (!ok) {
            opened = false;
            cli_fail(c, &err);
        }
    }
    checker_free(checker);
    return opened;
}

static int run_check(struct cli *c)
{
    struct err err = ERR_INIT;
    struct problems problems;
    size_t files = 0;
    problems_init(&problems, &c->arena);
    bool opened =
        c->args.word_count > 0 ? check_words(c, &problems, &files) : content_check_all(c->app, &problems, &files, &err);
    if (c->json) {
        problems_json(c, &problems);
    } else if (problems.count > 0 || opened) {
        print_problems(c, &problems, files);
    }
    if (err.code != ERR_NONE) {
        cli_fail(c, &err);
    }
    int code = !opened ? EXIT_WRONG : problems.count ? EXIT_FOUND : EXIT_DONE;
    problems_release(&problems);
    return code;
}

static int run_new(struct cli *c)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    bool ok = content_new(c->app, c->args.words[0], &path, &err);
    if (ok) {
        out_line(&c->out, buf_sv(&path));
        out_raw(&c->out, SV("\n"));
    }
    buf_release(&path);
    return ok ? EXIT_DONE : cli_fail(c, &err);
}

static void print_path(struct cli *c, const char *label, const char *path, const struct err *err)
{
    out_printf(&c->out, "%-8s ", label);
    out_line(&c->out, sv_from(path ? path : err->text));
    out_raw(&c->out, SV("\n"));
}

static void paths_json(struct cli *c, const char *data)
{
    struct json j;
    struct buf text = BUF_INIT;
    const char *user = app_user_banks(c->app, NULL);
    size_t count;
    const char *const *extra = app_extra_banks(c->app, &count);
    json_init(&j, &text, 2);
    json_object(&j);
    json_key(&j, "shipped");
    json_str(&j, data);
    json_key(&j, "yours");
    if (user) {
        json_str(&j, user);
    } else {
        json_null(&j);
    }
    json_key(&j, "extra");
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        json_str(&j, extra[i]);
    }
    json_end_array(&j);
    json_end_object(&j);
    cli_json(c, &text);
}

static int run_path(struct cli *c)
{
    struct err err = ERR_INIT;
    const char *data = app_data_path(c->app, &err);
    if (!data) {
        cli_fail(c, &err);
        return EXIT_WRONG;
    }
    if (c->json) {
        paths_json(c, data);
        return EXIT_DONE;
    }
    print_path(c, "shipped", data, &err);
    print_path(c, "yours", app_user_banks(c->app, &err), &err);
    size_t count;
    const char *const *extra = app_extra_banks(c->app, &count);
    for (size_t i = 0; i < count; i++) {
        print_path(c, "--bank", extra[i], &err);
    }
    return EXIT_DONE;
}

static const struct verb verbs[] = {
    {.name = "list", .args = "", .help = "the banks that are loaded", .json = true, .run = run_list},
    {.name = "show",
     .args = "NAME [FILTER...] | NAME/ID",
     .help = "the items of a bank, or one item with everything in it",
     .min_words = 1,
     .max_words = -1,
     .json = true,
     .run = run_show},
    {.name = "check",
     .args = "[FILE...]",
     .help = "every problem as FILE:LINE:COLUMN: message; without files, everything that is loaded",
     .max_words = -1,
     .json = true,
     .run = run_check},
    {.name = "new",
     .args = "NAME",
     .help = "a commented bank to begin from, among yours; prints its path",
     .min_words = 1,
     .max_words = 1,
     .run = run_new},
    {.name = "path", .args = "", .help = "the folders that banks are loaded from", .json = true, .run = run_path},
};

static const struct example examples[] = {
    {"pmprep bank list --json", "name, path and number of items of each bank"},
    {"pmprep bank show behavioural principle:ownership", "its questions on Ownership"},
    {"pmprep bank check data/banks/*.yaml", "exit code 0 without problems, 1 with some, 2 when one cannot be opened"},
    {"$EDITOR \"$(pmprep bank new my-questions)\"", "begin a bank of your own"},
};

const struct command command_bank = {
    .name = "bank",
    .args = "COMMAND",
    .summary = "question banks: list, show, check, begin one",
    .about = "Questions, cases, pairs and quizzes are YAML files. Yours stand beside the shipped ones; a bank of yours "
             "with the name of a shipped one replaces it.",
    .verbs = verbs,
    .verb_count = sizeof(verbs) / sizeof(verbs[0]),
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .filter = true,
    .filter_without = "due new since score",
};
