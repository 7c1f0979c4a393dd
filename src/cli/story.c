#include "pmprep/app/story.h"
#include "cli/command.h"
#include "pmprep/app/compose.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/json.h"

#include <unistd.h>

enum { TEMPLATE_MAX = 1024 * 1024, PROSE_COLS = 76, NAME_COLS = 12, ID_COLS = 13, DATE_COLS = 10 };

static void json_time(struct json *j, const char *key, int64_t utc_ms)
{
    char text[32];
    clock_format(utc_ms, clock_offset_min(utc_ms), text);
    json_key(j, key);
    json_str(j, text);
}

static void story_json(struct json *j, const struct story *st)
{
    json_object(j);
    json_key(j, "id");
    json_str(j, st->id);
    for (const struct story_field *f = story_fields; f->name; f++) {
        json_key(j, f->name);
        json_str(j, story_get_field(st, f));
    }
    json_key(j, "principles");
    json_array(j);
    for (size_t i = 0; i < st->principles.count; i++) {
        json_str(j, st->principles.at[i]);
    }
    json_end_array(j);
    json_key(j, "used");
    json_int(j, st->used);
    json_time(j, "created_at", st->created_at);
    json_time(j, "updated_at", st->updated_at);
    json_end_object(j);
}

static void list_json(struct cli *c, const struct story *all, size_t count)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        story_json(&j, &all[i]);
    }
    json_end_array(&j);
    cli_json(c, &text);
}

static void list_row(struct cli *c, const struct story *st)
{
    size_t all = cli_columns(c);
    struct buf line = BUF_INIT;
    out_cell(&c->out, sv_sub(sv_from(st->id), 0, ID_COLS), ID_COLS);
    out_printf(&c->out, "  %3u  ", st->used);
    buf_adds(&line, st->headline);
    for (size_t i = 0; i < st->principles.count; i++) {
        buf_addf(&line, "%s%s", i ? ", " : "  · ", st->principles.at[i]);
    }
    out_cell(&c->out, buf_sv(&line), all > ID_COLS + 8 ? all - ID_COLS - 8 : 0);
    out_raw(&c->out, SV("\n"));
    buf_release(&line);
}

static int run_list(struct cli *c)
{
    struct err err = ERR_INIT;
    struct story *all;
    size_t count;
    int code;
    if (!cli_need(c, APP_STORE, &code)) {
        return code;
    }
    if (!story_list(c->app, &c->arena, &all, &count, &err)) {
        return cli_fail(c, &err);
    }
    if (c->json) {
        list_json(c, all, count);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < count; i++) {
        list_row(c, &all[i]);
    }
    if (count == 0) {
        out_raw(&c->out, SV("No stories yet: `pmprep story add` begins one. Eight to twelve carry a loop.\n"));
    }
    return EXIT_DONE;
}

static int run_home(struct cli *c)
{
    struct err err = ERR_INIT;
    if (c->json || !c->tui || !c->tui->stories) {
        return run_list(c);
    }
    return c->tui->stories(c->app, c->signal_out, &err) ? EXIT_DONE : cli_fail(c, &err);
}

/* The words given, joined: a headline need not be quoted. */
static const char *wanted(struct cli *c)
{
    struct buf text = BUF_INIT;
    for (int i = 0; i < c->args.word_count; i++) {
        buf_addf(&text, "%s%s", i ? " " : "", c->args.words[i]);
    }
    const char *joined = arena_sv(&c->arena, buf_sv(&text));
    buf_release(&text);
    return joined;
}

static bool find(struct cli *c, struct story *out, int *code)
{
    struct err err = ERR_INIT;
    if (!cli_need(c, APP_STORE, code)) {
        return false;
    }
    if (!story_find(c->app, wanted(c), &c->arena, out, &err)) {
        *code = cli_fail(c, &err);
        return false;
    }
    return true;
}

static void show_field(struct cli *c, const char *name, const char *value)
{
    if (value[0]) {
        out_printf(&c->out, "\n%s\n", name);
        out_prose(&c->out, sv_from(value), 2, PROSE_COLS);
    }
}

static int run_show(struct cli *c)
{
    struct story st;
    int code;
    if (!find(c, &st, &code)) {
        return code;
    }
    if (c->json) {
        struct json j;
        struct buf text = BUF_INIT;
        json_init(&j, &text, 2);
        story_json(&j, &st);
        cli_json(c, &text);
        return EXIT_DONE;
    }
    out_line(&c->out, sv_from(st.headline));
    out_printf(&c->out, "\n%s  told %u %s\n", st.id, st.used, st.used == 1 ? "time" : "times");
    for (const struct story_field *f = story_fields + 1; f->name; f++) {
        show_field(c, f->name, story_get_field(&st, f));
    }
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < st.principles.count; i++) {
        buf_addf(&list, "%s%s", i ? ", " : "", st.principles.at[i]);
    }
    show_field(c, "principles", buf_str(&list));
    buf_release(&list);
    return EXIT_DONE;
}

static bool takes_options(struct cli *c, struct story *st, bool *any, struct err *err)
{
    *any = false;
    for (const struct story_field *f = story_fields; f->name; f++) {
        const char *value = args_text(&c->args, f->name);
        if (value) {
            story_set_field(st, f, value);
            *any = true;
        }
    }
    const char *list = args_text(&c->args, "principles");
    if (list) {
        *any = true;
        return story_principles(c->app, sv_from(list), &c->arena, &st->principles, err);
    }
    return true;
}

/* One pass through the editor; what cannot be read comes back in *text with the problem for the next pass. */
static bool edit_once(const char *problem, struct buf *text, bool *saved, struct err *err)
{
    struct buf intro = BUF_INIT;
    if (problem[0]) {
        buf_addf(&intro, "%s\nLeave with an error (:cq in vim) to give up.", problem);
    }
    bool ok = compose(buf_str(&intro), text, saved, err);
    buf_release(&intro);
    return ok;
}

/* before is the story as it was read, NULL for a new one. */
static bool keep(struct cli *c, const struct story *before, struct story *st, struct err *err)
{
    return before ? story_change(c->app, before, st, err) : story_add(c->app, st, &c->arena, err);
}

/* Until it can be read and stored, or the user gives up: what was typed is never thrown away for a mistake in it. */
static bool take_editor(struct cli *c, const struct story *before, struct story *st, struct err *err)
{
    struct buf text = BUF_INIT;
    struct err problem = ERR_INIT;
    bool done = false, ok = true;
    story_template(st, &text);
    while (ok && !done) {
        bool saved;
        ok = edit_once(problem.text, &text, &saved, err);
        if (ok && !saved) {
            ok = err_set(err, ERR_CANCELLED, "the story was left as it was");
        }
        if (ok) {
            struct story edited = *st;
            done = story_parse(buf_sv(&text), &c->arena, &edited, &problem) && keep(c, before, &edited, &problem);
            *st = done ? edited : *st;
        }
    }
    buf_release(&text);
    return ok;
}

static bool take_stdin(struct cli *c, struct story *st, struct err *err)
{
    struct buf text = BUF_INIT;
    bool ok = file_read("-", TEMPLATE_MAX, &text, err) && story_parse(buf_sv(&text), &c->arena, st, err);
    buf_release(&text);
    return ok;
}

/* From the options; else from the editor on a terminal; else from the standard input. */
static int take(struct cli *c, const struct story *before, struct story *st)
{
    struct err err = ERR_INIT;
    bool any, ok = takes_options(c, st, &any, &err);
    if (ok && !any && isatty(STDIN_FILENO)) {
        ok = take_editor(c, before, st, &err);
    } else if (ok) {
        ok = (any || take_stdin(c, st, &err)) && keep(c, before, st, &err);
    }
    if (!ok) {
        return cli_fail(c, &err);
    }
    out_line(&c->out, sv_from(st->id));
    out_raw(&c->out, SV("\n"));
    return EXIT_DONE;
}

static int run_add(struct cli *c)
{
    struct story st;
    int code;
    if (!cli_need(c, APP_STORE, &code)) {
        return code;
    }
    story_init(&st);
    return take(c, NULL, &st);
}

static int run_edit(struct cli *c)
{
    struct story before, st;
    int code;
    if (!find(c, &before, &code)) {
        return code;
    }
    st = before;
    return take(c, &before, &st);
}

static int run_remove(struct cli *c)
{
    struct err err = ERR_INIT;
    struct story st;
    int code;
    if (!find(c, &st, &code)) {
        return code;
    }
    if (!story_remove(c->app, st.id, &err)) {
        return cli_fail(c, &err);
    }
    out_raw(&c->out, SV("Removed: "));
    out_line(&c->out, sv_from(st.headline));
    out_raw(&c->out, SV("\n"));
    return EXIT_DONE;
}

static const struct verb verbs[] = {
    {.name = "list",
     .args = "",
     .help = "your stories, how often each was told",
     .json = true,
     .screen = true,
     .run = run_home},
    {.name = "add",
     .args = "",
     .help = "a new one, from the options, $EDITOR or the standard input",
     .creates = true,
     .run = run_add},
    {.name = "show",
     .args = "ID|HEADLINE",
     .help = "one story",
     .min_words = 1,
     .max_words = -1,
     .json = true,
     .run = run_show},
    {.name = "edit",
     .args = "ID|HEADLINE",
     .help = "change it, the same three ways",
     .min_words = 1,
     .max_words = -1,
     .creates = true,
     .run = run_edit},
    {.name = "remove",
     .args = "ID|HEADLINE",
     .help = "take it out of the bank; answers that told it stay",
     .min_words = 1,
     .max_words = -1,
     .creates = true,
     .run = run_remove},
};

/* Named as the fields of story_fields. */
static const struct opt opts[] = {
    {.name = "headline", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "the story in one line"},
    {.name = "customer", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "who it was for"},
    {.name = "decision", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "what you decided"},
    {.name = "rejected", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "what you turned down"},
    {.name = "before", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "the number before"},
    {.name = "after", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "the number after"},
    {.name = "period", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "when"},
    {.name = "source", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "where it can be checked"},
    {.name = "lesson", .kind = OPT_TEXT, .arg = "TEXT", .verbs = "add edit", .help = "what you would do differently"},
    {.name = "principles", .kind = OPT_TEXT, .arg = "LIST", .verbs = "add edit", .help = "as in ownership,dive-deep"},
};

static const struct example examples[] = {
    {"pmprep story add", "opens $EDITOR on a template"},
    {"pmprep story add --headline 'Cut refunds from 9% to 6%' --principles dive-deep", "one line from a script"},
    {"pmprep story edit refunds", "the story whose headline has that word"},
};

const struct command command_story = {
    .name = "story",
    .args = "COMMAND",
    .summary = "your stories: add, list, show, edit, remove",
    .about =
        "A story is one thing you did, told as a product manager would: the customer, your decision, what you turned "
        "down, the number before and after. Answers are linked to the story they told.",
    .verbs = verbs,
    .verb_count = sizeof(verbs) / sizeof(verbs[0]),
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
};
