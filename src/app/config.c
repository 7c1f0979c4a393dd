#include "pmprep/app/config.h"

#include "pmprep/bank/bank.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"

enum { FILE_MAX = 64 * 1024 };

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

static bool check_value(const struct option_row *row, const char *value, struct err *err)
{
    if (row->type != OPTION_NUMBER) {
        return check_choice(row, value, err);
    }
    long number;
    if (sv_int(sv_from(value), row->min, row->max, &number)) {
        return true;
    }
    return err_set(err, ERR_USAGE, "%s is a whole number from %ld to %ld, not '%s'", row->name, row->min, row->max,
                   value);
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

/* The file with the option's line replaced by one of value, dropped when value is NULL, or added at the end. */
static void rewrite(struct sv old, const char *name, const char *value, struct buf *out)
{
    struct sv line;
    bool placed = value == NULL;
    while (old.len > 0 && sv_split(&old, '\n', &line)) {
        if (!sets(line, name)) {
            buf_addsv(out, line);
            buf_addc(out, '\n');
        } else if (!placed) {
            buf_addf(out, "%s: %s\n", name, value);
            placed = true;
        }
    }
    if (!placed) {
        buf_addf(out, "%s: %s\n", name, value);
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
    rewrite(buf_sv(&c->text), row->name, value, &text);
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
