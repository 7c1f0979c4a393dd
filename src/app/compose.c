#include "pmprep/app/compose.h"

#include "pmprep/base/arena.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/base/proc.h"
#include "pmprep/base/utf8.h"

#include <unistd.h>

enum { TEXT_MAX = 16 * 1024 * 1024 };

static const char *editor_command(void)
{
    static const char *const variables[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
        const char *value = getenv(variables[i]);
        if (value && value[strspn(value, " \t\n")]) {
            return value;
        }
    }
    return "vi";
}

/* The intro as "# " lines, sanitised: an editor may show it raw. */
static void add_intro(struct buf *out, const char *intro)
{
    struct buf safe = BUF_INIT;
    visible_add(&safe, sv_trim(sv_from(intro)), VISIBLE_TEXT);
    struct sv rest = buf_sv(&safe), line;
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        buf_addf(out, line.len ? "# " SV_FMT "\n" : "#\n", SV_ARG(line));
    }
    buf_release(&safe);
}

static bool is_comment(struct sv line)
{
    return line.len > 0 && line.data[0] == '#';
}

/* True when the line is one of those we wrote above the text. */
static bool is_ours(struct sv line, struct sv intro)
{
    struct sv ours;
    while (intro.len > 0 && sv_split(&intro, '\n', &ours)) {
        if (sv_eq(line, ours)) {
            return true;
        }
    }
    return false;
}

/* What was written: the # block at the top goes, and our lines wherever they went; other lines with a # are the user's
 * words. */
static void strip(struct sv edited, struct sv intro, struct buf *out)
{
    struct buf kept = BUF_INIT;
    struct sv line;
    bool top = true;
    while (edited.len > 0 && sv_split(&edited, '\n', &line)) {
        top = top && is_comment(line);
        if (!top && !is_ours(line, intro)) {
            buf_addsv(&kept, line);
            buf_addc(&kept, '\n');
        }
    }
    buf_clear(out);
    buf_addsv(out, sv_trim(buf_sv(&kept)));
    buf_release(&kept);
}

static bool run_editor(const char *path, int *status, struct err *err)
{
    struct arena a = ARENA_INIT;
    char **words, **argv;
    bool ok = proc_split(editor_command(), &a, &words, err);
    if (ok) {
        size_t count = 0;
        while (words[count]) {
            count++;
        }
        argv = arena_array(&a, count + 2, sizeof(*argv));
        memcpy(argv, words, count * sizeof(*argv));
        argv[count] = arena_strdup(&a, path);
        ok = proc_run(argv, status, err);
    }
    arena_release(&a);
    return ok || err_prefix(err, "the editor (VISUAL or EDITOR)");
}

/* How the editor left the file. */
enum outcome { LEFT, SAVED, SAVED_SAME };

/* The file is written, edited and read back. An editor that fails says "leave it"; one that was killed may have saved
 * before. */
static bool edit_file(const char *path, struct sv before, struct buf *after, enum outcome *outcome, struct err *err)
{
    int status = 0;
    *outcome = LEFT;
    if (!file_write_atomic(path, before, err) || !run_editor(path, &status, err)) {
        return false;
    }
    bool killed = status > 128;
    if (status != 0 && !killed) {
        return true;
    }
    if (!file_read(path, TEXT_MAX, after, err)) {
        return false;
    }
    bool same = sv_eq(before, buf_sv(after));
    *outcome = !same ? SAVED : killed ? LEFT : SAVED_SAME;
    return true;
}

static bool compose_in(const char *folder, const char *intro, struct buf *text, bool *saved, struct err *err)
{
    struct buf path = BUF_INIT, head = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
    enum outcome outcome;
    path_join(&path, folder, "answer.txt");
    add_intro(&head, intro);
    buf_addf(&before, "%s\n%s%s", buf_str(&head), buf_str(text), text->len ? "\n" : "");
    bool ok = edit_file(buf_str(&path), buf_sv(&before), &after, &outcome, err);
    if (ok && outcome == SAVED) {
        strip(buf_sv(&after), buf_sv(&head), text);
    }
    *saved = ok && (outcome == SAVED || (outcome == SAVED_SAME && text->len > 0));
    buf_release(&path);
    buf_release(&head);
    buf_release(&before);
    buf_release(&after);
    return ok;
}

bool compose(const char *intro, struct buf *text, bool *saved, struct err *err)
{
    struct buf folder = BUF_INIT;
    *saved = false;
    bool ok = file_temp_dir(&folder, err);
    if (ok) {
        ok = compose_in(buf_str(&folder), intro, text, saved, err);
        file_remove_folder(buf_str(&folder));
    }
    buf_release(&folder);
    return ok;
}
