#include "pmprep/app/config.h"

#include "pmprep/bank/bank.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"
#include "pmprep/base/proc.h"
#include "pmprep/base/utf8.h"

enum { FILE_MAX = 64 * 1024, RULE_NAME_MAX = 60 };

static const char *const targets[] = {"L5", "L6", NULL};
static const char *const roles[] = {"pm", "pm-t", NULL};
static const char *const modes[] = {"type", "speak", "outline", NULL};
static const char *const themes[] = {"dark", "light", "contrast", "mono", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};

const struct option_row option_rows[] = {
    {"target", OPTION_CHOICE, targets, 0, 0, "L6", "", "the level whose bar answers are measured against"},
    {"role", OPTION_CHOICE, roles, 0, 0, "pm", "", "product manager, or product manager - technical"},
    {"mode", OPTION_CHOICE, modes, 0, 0, "type", "", "how open questions are answered"},
    {"minutes", OPTION_NUMBER, NULL, 5, 240, "20", "minutes", "length of a session"},
    {"new-limit", OPTION_NUMBER, NULL, 0, 50, "4", "a day", "new units that may begin"},
    {"retention", OPTION_NUMBER, NULL, 70, 97, "90", "percent", "chance of recall at which a unit comes back"},
    {"theme", OPTION_CHOICE, themes, 0, 0, "dark", "", "colours of the screen; NO_COLOR wins"},
    {"mouse", OPTION_BOOL, yes_no, 0, 0, "yes", "", "clicks and the wheel act on the screen"},
    {"coach-off", OPTION_RULES, NULL, 0, 0, "", "", "rules that the coach leaves out"},
    {"coach-severity", OPTION_SEVERITIES, NULL, 0, 0, "", "", "rules that weigh less or more than they say"},
    {"coach-live", OPTION_BOOL, yes_no, 0, 0, "no", "", "the coach's findings show while you type"},
    {"reviewer", OPTION_COMMAND, NULL, 0, 0, "", "", "a program of yours that reviews an answer; run without a shell"},
    {"reviewer-seconds", OPTION_NUMBER, NULL, 5, 600, "60", "seconds", "how long the reviewer may take"},
    {"recorder", OPTION_COMMAND, NULL, 0, 0, "", "",
     "records what you speak into the WAV file {}; run without a shell"},
    {"transcriber", OPTION_COMMAND, NULL, 0, 0, "", "", "prints what is said in the WAV file {}; run without a shell"},
    {"transcriber-seconds", OPTION_NUMBER, NULL, 5, 3600, "300", "seconds", "how long the transcriber may take"},
    {"keep-audio", OPTION_FOLDER, NULL, 0, 0, "", "", "a folder that recordings are kept in, else they are deleted"},
    {NULL, OPTION_CHOICE, NULL, 0, 0, NULL, NULL, NULL},
};
enum { OPTION_COUNT = sizeof(option_rows) / sizeof(option_rows[0]) - 1 };

struct config {
    struct arena arena;
    const char *path;
    const char *value[OPTION_COUNT]; /* NULL: unset */
    struct buf text;                 /* the file as it is */
    struct err problem;              /* why it must not be rewritten */
};

static const struct option_row *find_row(struct sv name)
{
    for (const struct option_row *row = option_rows; row->name; row++) {
        if (sv_eqs(name, row->name)) {
            return row;
        }
    }
    return NULL;
}

const struct option_row *config_row(const char *name, struct err *err)
{
    const struct option_row *row = find_row(sv_from(name));
    if (row) {
        return row;
    }
    const char *names[OPTION_COUNT];
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        names[i] = option_rows[i].name;
        buf_addf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = nearest_name(sv_from(name), names, OPTION_COUNT);
    err_set(err, ERR_USAGE, "there is no option '%s'%s%s%s; known are %s", name, near ? ", did you mean " : "",
            near ? near : "", near ? "?" : "", buf_str(&list));
    buf_release(&list);
    return NULL;
}

static bool check_choice(const struct option_row *row, const char *value, struct err *err)
{
    struct buf list = BUF_INIT;
    bool found = false;
    for (const char *const *c = row->choices; *c; c++) {
        found |= strcmp(*c, value) == 0;
        buf_addf(&list, "%s%s", list.len ? ", " : "", *c);
    }
    if (!found) {
        err_set(err, ERR_USAGE, "%s is one of %s, not '%s'", row->name, buf_str(&list), value);
    }
    buf_release(&list);
    return found;
}

static bool check_number(const struct option_row *row, const char *value, struct err *err)
{
    long number;
    if (sv_int(sv_from(value), row->min, row->max, &number)) {
        return true;
    }
    return err_set(err, ERR_USAGE, "%s is a whole number from %ld to %ld, not '%s'", row->name, row->min, row->max,
                   value);
}

static bool is_rule_name(struct sv s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.data[i])) {
            return false;
        }
    }
    return s.len > 0 && s.len <= RULE_NAME_MAX;
}

/* One entry of a list of rules: "rule", or "rule=severity". */
static bool read_entry(const struct option_row *row, struct sv entry, struct sv *rule, int *severity, struct err *err)
{
    struct sv rest = entry;
    *severity = SEVERITY_COUNT;
    *rule = entry;
    sv_split(&rest, '=', rule);
    *rule = sv_trim(*rule);
    bool whole = row->type == OPTION_SEVERITIES ? words_find(&severity_words, sv_trim(rest), severity) : !rest.data;
    if (whole && is_rule_name(*rule)) {
        return true;
    }
    return err_set(err, ERR_USAGE, "%s is a list such as %s, not '" SV_FMT "'", row->name,
                   row->type == OPTION_SEVERITIES ? "no-number=warning, hedging=note (or error)" : "no-number, hedging",
                   SV_ARG(entry));
}

static bool holds_rule(struct sv list, const struct option_row *row, struct sv wanted)
{
    struct sv entry, rule;
    int severity;
    while (sv_split(&list, ',', &entry)) {
        if (read_entry(row, sv_trim(entry), &rule, &severity, NULL) && sv_eq(rule, wanted)) {
            return true;
        }
    }
    return false;
}

static bool check_rules(const struct option_row *row, const char *value, struct err *err)
{
    struct sv entry, rule;
    struct sv rest = sv_trim(sv_from(value));
    int severity;
    while (rest.len > 0 && sv_split(&rest, ',', &entry)) {
        if (!read_entry(row, sv_trim(entry), &rule, &severity, err)) {
            return false;
        }
        if (holds_rule(rest, row, rule)) {
            return err_set(err, ERR_USAGE, "%s names the rule '" SV_FMT "' twice", row->name, SV_ARG(rule));
        }
    }
    return true;
}

static bool check_command(const struct option_row *row, const char *value, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    char **argv;
    bool ok = visible_is_clean(sv_from(value), VISIBLE_LINE)
                  ? !value[strspn(value, " ")] || proc_split(value, &scratch, &argv, err)
                  : err_set(err, ERR_USAGE, "%s is one line without control characters", row->name);
    arena_release(&scratch);
    return ok;
}

static bool check_folder(const struct option_row *row, const char *value, struct err *err)
{
    bool clean = visible_is_clean(sv_from(value), VISIBLE_LINE) && (!value[0] || value[0] == '/');
    return clean || err_set(err, ERR_USAGE, "%s is the whole path of a folder, from / on, not '%s'", row->name, value);
}

static bool check_value(const struct option_row *row, const char *value, struct err *err)
{
    static bool (*const checks[])(const struct option_row *, const char *, struct err *) = {
        [OPTION_CHOICE] = check_choice, [OPTION_NUMBER] = check_number,    [OPTION_BOOL] = check_choice,
        [OPTION_RULES] = check_rules,   [OPTION_SEVERITIES] = check_rules, [OPTION_COMMAND] = check_command,
        [OPTION_FOLDER] = check_folder,
    };
    return checks[row->type](row, value, err);
}

/* Takes what is right; the first thing wrong goes to p. */
static void take_entry(struct config *c, const struct flat_entry *e, struct problems *p)
{
    struct err why = ERR_INIT;
    const struct option_row *row = config_row(e->name, &why);
    if (row && check_value(row, e->value, &why)) {
        c->value[row - option_rows] = arena_strdup(&c->arena, e->value);
        return;
    }
    problems_add(p, e->place, "%s", why.text);
}

static bool read_values(struct config *c, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct problems problems;
    struct flat_entry *entries;
    size_t count = 0;
    problems_init(&problems, &scratch);
    if (flat_parse(buf_sv(&c->text), c->path, &scratch, &entries, &count, &problems)) {
        for (size_t i = 0; i < count; i++) {
            take_entry(c, &entries[i], &problems);
        }
    }
    bool ok = problems.count == 0;
    if (!ok) {
        const struct problem *first = &problems.at[0];
        err_set(err, ERR_FORMAT, "%s:%u:%u: %s", c->path, first->place.line, first->place.column, first->text);
    }
    problems_release(&problems);
    arena_release(&scratch);
    return ok;
}

bool config_load(struct config **out, const char *path, struct err *err)
{
    struct config *c = mem_calloc(1, sizeof(*c));
    *out = c;
    c->path = arena_strdup(&c->arena, path);
    if (!path[0]) {
        return true;
    }
    bool ok = file_read(path, FILE_MAX, &c->text, &c->problem);
    if (!ok && c->problem.code == ERR_NOT_FOUND) {
        c->problem = (struct err)ERR_INIT;
        return true;
    }
    ok = ok && read_values(c, &c->problem);
    if (!ok && err) {
        *err = c->problem;
    }
    return ok;
}

void config_free(struct config *c)
{
    if (!c) {
        return;
    }
    buf_release(&c->text);
    arena_release(&c->arena);
    free(c);
}

static const struct option_row *row_of(const char *name)
{
    const struct option_row *row = find_row(sv_from(name));
    if (!row) {
        fatal("no option is called %s", name);
    }
    return row;
}

const char *config_text(const struct config *c, const char *name)
{
    const struct option_row *row = row_of(name);
    const char *value = c->value[row - option_rows];
    return value ? value : row->fallback;
}

long config_number(const struct config *c, const char *name)
{
    long number = 0;
    const struct option_row *row = row_of(name);
    sv_int(sv_from(config_text(c, name)), row->min, row->max, &number);
    return number;
}

bool config_bool(const struct config *c, const char *name)
{
    return strcmp(config_text(c, name), "yes") == 0;
}

bool config_is_set(const struct config *c, const char *name)
{
    return c->value[row_of(name) - option_rows] != NULL;
}

/* Adds what the option says of rules, to the entry that a rule has already. */
static size_t add_rules(const struct config *c, const char *name, struct arena *a, struct rule_setting *list,
                        size_t count)
{
    const struct option_row *row = row_of(name);
    struct sv entry, rule, rest = sv_trim(sv_from(config_text(c, name)));
    int severity;
    while (rest.len > 0 && sv_split(&rest, ',', &entry)) {
        size_t at = 0;
        read_entry(row, sv_trim(entry), &rule, &severity, NULL);
        while (at < count && !sv_eqs(rule, list[at].rule)) {
            at++;
        }
        if (at == count) {
            list[count++] = (struct rule_setting){.rule = arena_sv(a, rule), .severity = SEVERITY_COUNT};
        }
        list[at].off |= row->type == OPTION_RULES;
        list[at].severity = row->type == OPTION_SEVERITIES ? (enum severity)severity : list[at].severity;
    }
    return count;
}

void config_rules(const struct config *c, struct arena *a, struct rule_setting **out, size_t *count)
{
    size_t most = (strlen(config_text(c, "coach-off")) + strlen(config_text(c, "coach-severity"))) / 2 + 2;
    *out = arena_array(a, most, sizeof(**out));
    *count = add_rules(c, "coach-off", a, *out, 0);
    *count = add_rules(c, "coach-severity", a, *out, *count);
}

const char *config_path(const struct config *c)
{
    return c->path;
}

/* True when the line sets that option: "name:" at its beginning, maybe quoted. */
static bool sets(struct sv line, const char *name)
{
    struct sv key;
    if (!sv_split(&line, ':', &key) || !line.data) {
        return false;
    }
    key = sv_trim(key);
    if (key.len >= 2 && (key.data[0] == '"' || key.data[0] == '\'')) {
        key = sv_sub(key, 1, key.len - 2);
    }
    return sv_eqs(key, name);
}

/* "name: value"; in quotes what YAML would otherwise take for something else. */
static void add_line(struct buf *out, const struct option_row *row, const char *value)
{
    bool quoted = row->type == OPTION_COMMAND || !value[0];
    buf_addf(out, "%s: %s", row->name, quoted ? "'" : "");
    for (const char *p = value; *p; p++) {
        buf_adds(out, quoted && *p == '\'' ? "'" : "");
        buf_addc(out, *p);
    }
    buf_adds(out, quoted ? "'\n" : "\n");
}

/* The file with the option's line replaced by one of value, dropped when value is NULL, or added at the end. */
static void rewrite(struct sv old, const struct option_row *row, const char *value, struct buf *out)
{
    struct sv line;
    bool placed = value == NULL;
    bool gone = false; /* the lines that go on with the old value go with it */
    while (old.len > 0 && sv_split(&old, '\n', &line)) {
        gone = sets(line, row->name) || (gone && line.len > 0 && (line.data[0] == ' ' || line.data[0] == '\t'));
        if (!gone) {
            buf_addsv(out, line);
            buf_addc(out, '\n');
        } else if (!placed) {
            add_line(out, row, value);
            placed = true;
        }
    }
    if (!placed) {
        add_line(out, row, value);
    }
}

static bool make_folder(const char *path, struct err *err)
{
    const char *name = path_basename(path);
    if (name == path) {
        return true;
    }
    char *folder = mem_strndup(path, (size_t)(name - path));
    bool ok = file_mkdirs(folder, err);
    free(folder);
    return ok;
}

static bool change(struct config *c, const struct option_row *row, const char *value, struct err *err)
{
    if (!c->path[0]) {
        return err_set(err, ERR_NOT_FOUND, "there is no place for preferences: set HOME or XDG_CONFIG_HOME");
    }
    if (c->problem.code != ERR_NONE) {
        if (err) {
            *err = c->problem;
        }
        return err_prefix(err, "the preferences were left as they are; correct the file first");
    }
    struct buf text = BUF_INIT;
    rewrite(buf_sv(&c->text), row, value, &text);
    bool ok = make_folder(c->path, err) && file_write_atomic(c->path, buf_sv(&text), err);
    if (ok) {
        c->value[row - option_rows] = value ? arena_strdup(&c->arena, value) : NULL;
        buf_release(&c->text);
        c->text = text;
        return true;
    }
    buf_release(&text);
    return false;
}

bool config_set(struct config *c, const char *name, const char *value, struct err *err)
{
    const struct option_row *row = config_row(name, err);
    return row && check_value(row, value, err) && change(c, row, value, err);
}

bool config_unset(struct config *c, const char *name, struct err *err)
{
    const struct option_row *row = config_row(name, err);
    return row && change(c, row, NULL, err);
}
