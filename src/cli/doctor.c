#include "pmprep/app/doctor.h"
#include "cli/command.h"
#include "pmprep/base/json.h"

#include <langinfo.h>
#include <unistd.h>

enum { NAME_COLS = 12 };

static const char *const state_names[] = {"ok", "note", "bad"};

/* What only the command line sees. */
static size_t add_terminal(struct cli *c, struct doctor_row *rows)
{
    const char *term = getenv("TERM");
    size_t count = 0;
    rows[count++] = (struct doctor_row){
        "terminal",
        arena_printf(&c->arena, "%s, %s", term && term[0] ? term : "TERM is not set",
                     isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? "screens" : "plain mode here"),
        DOCTOR_FINE,
    };
    const char *coding = nl_langinfo(CODESET);
    bool unicode = strcmp(coding, "UTF-8") == 0;
    rows[count++] = (struct doctor_row){
        "characters",
        unicode ? coding : arena_printf(&c->arena, "%s: choose a UTF-8 locale, as with LC_ALL=C.UTF-8", coding),
        unicode ? DOCTOR_FINE : DOCTOR_NOTE,
    };
    return count;
}

static void print(struct cli *c, const struct doctor_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out_printf(&c->out, "%-4s ", state_names[rows[i].state]);
        out_cell(&c->out, sv_from(rows[i].name), NAME_COLS);
        out_raw(&c->out, SV(" "));
        out_line(&c->out, sv_from(rows[i].value));
        out_raw(&c->out, SV("\n"));
    }
}

static void print_json(struct cli *c, const struct doctor_row *rows, size_t count, bool sound)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_object(&j);
    json_key(&j, "ok");
    json_bool(&j, sound);
    json_key(&j, "checks");
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        json_object(&j);
        json_key(&j, "name");
        json_str(&j, rows[i].name);
        json_key(&j, "state");
        json_str(&j, state_names[rows[i].state]);
        json_key(&j, "value");
        json_str(&j, rows[i].value);
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    cli_json(c, &text);
}

static bool is_sound(const struct doctor_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].state == DOCTOR_BAD) {
            return false;
        }
    }
    return true;
}

static int set_aside(struct cli *c)
{
    struct err err = ERR_INIT;
    struct buf moved = BUF_INIT;
    bool ok = doctor_set_aside(c->app, &moved, &err);
    if (ok && c->json) {
        struct json j;
        struct buf text = BUF_INIT;
        json_init(&j, &text, 2);
        json_object(&j);
        json_key(&j, "set_aside");
        json_str(&j, buf_str(&moved));
        json_end_object(&j);
        cli_json(c, &text);
    } else if (ok) {
        out_raw(&c->out, SV("The damaged file is now "));
        out_line(&c->out, buf_sv(&moved));
        out_raw(&c->out, SV("\nPut a backup in its place, or begin anew: the next answer makes a new file.\n"));
    }
    buf_release(&moved);
    return ok ? EXIT_DONE : cli_fail(c, &err);
}

static int run(struct cli *c)
{
    if (args_has(&c->args, "set-aside")) {
        return set_aside(c);
    }
    struct doctor_row *found;
    size_t count;
    doctor_examine(c->app, &c->arena, &found, &count);
    struct doctor_row *rows = arena_array(&c->arena, count + 2, sizeof(*rows));
    memcpy(rows, found, count * sizeof(*rows));
    bool sound = is_sound(rows, count);
    count += add_terminal(c, rows + count);
    if (c->json) {
        print_json(c, rows, count, sound);
    } else {
        print(c, rows, count);
    }
    return sound ? EXIT_DONE : EXIT_FOUND;
}

static const struct opt opts[] = {
    {.name = "set-aside", .help = "rename a damaged database, so that a new one can begin; nothing is deleted"},
};

static const struct example examples[] = {
    {"pmprep doctor", "a line for each thing looked at: ok, note or bad"},
    {"pmprep doctor --json | jq .ok", "true when nothing is bad"},
};

const struct command command_doctor = {
    .name = "doctor",
    .args = "",
    .summary = "what is installed and where, and whether it is sound",
    .about =
        "Checks preferences, banks, the database with its search index, and whether the schedule is what its reviews "
        "add up to. Exit code 1 when something is bad. Nothing is changed without --set-aside.",
    .opts = {opts, sizeof(opts) / sizeof(opts[0])},
    .examples = examples,
    .example_count = sizeof(examples) / sizeof(examples[0]),
    .json = true,
    .run = run,
};
