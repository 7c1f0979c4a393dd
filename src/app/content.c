#include "pmprep/app/content.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int is_yaml(const struct dirent *e)
{
    const char *dot = strrchr(e->d_name, '.');
    return e->d_name[0] != '.' && dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

/* checker_file() says false for problems too: what could not be opened has an error. */
static bool check_one(struct checker *c, const char *path, struct problems *p, size_t *files, struct err *err)
{
    struct err failure = ERR_INIT;
    ++*files;
    if (checker_file(c, path, NULL, p, &failure) || failure.code == ERR_NONE) {
        return true;
    }
    if (err) {
        *err = failure;
    }
    return false;
}

/* The YAML files of one folder, by name. A folder that is not there has none. */
static bool check_folder(struct checker *c, const char *folder, struct problems *p, size_t *files, struct err *err)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, is_yaml, alphasort);
    bool ok = true;
    for (int i = 0; i < count; i++) {
        struct buf path = BUF_INIT;
        path_join(&path, folder, names[i]->d_name);
        ok = ok && check_one(c, buf_str(&path), p, files, err);
        buf_release(&path);
        free(names[i]);
    }
    free(names);
    return ok;
}

bool content_check(struct checker *c, const char *path, struct problems *p, size_t *files, struct err *err)
{
    static const char *const parts[] = {"banks",     "rubrics", "principles", "loops",
                                        "templates", "plans",   "rules",      "words"};
    if (!is_folder(path)) {
        return check_one(c, path, p, files, err);
    }
    bool ok = check_folder(c, path, p, files, err);
    for (size_t i = 0; ok && i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct buf part = BUF_INIT;
        path_join(&part, path, parts[i]);
        ok = check_folder(c, buf_str(&part), p, files, err);
        buf_release(&part);
    }
    return ok;
}

static bool is_known(const struct problems *p, const struct problem *wanted)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct problem *known = &p->at[i];
        if (known->place.line == wanted->place.line && known->place.column == wanted->place.column &&
            strcmp(known->place.file, wanted->place.file) == 0 && strcmp(known->text, wanted->text) == 0) {
            return true;
        }
    }
    return false;
}

/* Each source by a checker of its own: a bank of the user's may have the ids of the shipped one that it replaces. */
static bool check_source(const char *data, const char *path, struct problems *p, size_t *files, struct err *err)
{
    struct checker *c = checker_new(data);
    checker_learn(c, path);
    bool ok = content_check(c, path, p, files, err);
    checker_free(c);
    return ok;
}

/* The user's rules and words; the rest of the configuration folder is no content. */
static bool check_coach(struct app *app, const char *data, struct problems *p, size_t *files, struct err *err)
{
    static const char *const parts[] = {"rules", "words"};
    const char *config = app_config_home(app, NULL);
    bool ok = true;
    for (size_t i = 0; ok && config && i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct buf path = BUF_INIT;
        path_join(&path, config, parts[i]);
        ok = !is_folder(buf_str(&path)) || check_source(data, buf_str(&path), p, files, err);
        buf_release(&path);
    }
    return ok;
}

/* Adds what only the library saw, which reads all sources together. */
static void add_unknown(struct problems *p, const struct problems *together)
{
    for (size_t i = 0; i < together->count; i++) {
        if (!is_known(p, &together->at[i])) {
            problems_add(p, together->at[i].place, "%s", together->at[i].text);
        }
    }
}

bool content_check_all(struct app *app, struct problems *p, size_t *files, struct err *err)
{
    struct library *library;
    const char *data = app_data_path(app, err), *user = app_user_banks(app, NULL);
    if (!data || !check_source(data, data, p, files, err)) {
        return false;
    }
    size_t count;
    const char *const *extra = app_extra_banks(app, &count);
    if (user && is_folder(user) && !check_source(data, user, p, files, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!check_source(data, extra[i], p, files, err)) {
            return false;
        }
    }
    if (!check_coach(app, data, p, files, err) || !app_library(app, &library, err)) {
        return false;
    }
    add_unknown(p, library_problems(library));
    add_unknown(p, library_rule_problems(library));
    return true;
}

static bool is_kebab(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len <= 64 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && name[0] != '-' &&
           name[len - 1] != '-';
}

static const char beginning[] =
    "title: My questions\n"
    "items:\n"
    "  # kind: behavioural case transition pair choice rewrite answer. `pmprep bank show` prints "
    "the shipped ones\n"
    "  # to learn from, `pmprep bank check` finds mistakes.\n"
    "  - id: first-question\n"
    "    kind: behavioural\n"
    "    principle: ownership\n"
    "    difficulty: 2\n"
    "    title: A promise you took over\n"
    "    prompt: |\n"
    "      Tell me about a promise somebody else had made to a customer and you had to keep.\n"
    "    probes:\n"
    "      - flaw: no-number\n"
    "        ask: What was the number before, and over which period?\n"
    "    look-for:\n"
    "      - says who the customer was before saying what was built\n"
    "    watch-out:\n"
    "      - the team is the subject of every sentence\n";

/* The first line tells an editor which schema to complete and check by; it is left out where that is not known for
 * every folder. */
static void begin_bank(struct buf *text, const char *data, const char *name)
{
    if (data && data[0] == '/') {
        buf_addf(text, "# yaml-language-server: $schema=%s/schema/bank.schema.json\n", data);
    }
    buf_addf(text, "bank: %s\n%s", name, beginning);
}

bool content_new(struct app *app, const char *name, struct buf *path, struct err *err)
{
    const char *folder = app_user_banks(app, err);
    struct buf text = BUF_INIT, file = BUF_INIT;
    if (!is_kebab(name)) {
        return err_set(err, ERR_USAGE,
                       "a bank's name is lower-case letters, digits and hyphens, as in my-questions, not '%s'", name);
    }
    if (!folder || !file_mkdirs(folder, err)) {
        return false;
    }
    buf_addf(&file, "%s.yaml", name);
    path_join(path, folder, buf_str(&file));
    bool there = access(buf_str(path), F_OK) == 0;
    bool ok = !there || err_set(err, ERR_IO, "%s is there already: edit it, or choose another name", buf_str(path));
    if (ok) {
        begin_bank(&text, app_data_path(app, NULL), name);
        ok = file_write_atomic(buf_str(path), buf_sv(&text), err);
    }
    buf_release(&text);
    buf_release(&file);
    return ok;
}
