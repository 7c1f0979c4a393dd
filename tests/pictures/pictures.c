/* Draws the pictures of the README from the real program: `make pictures`. One row of the table below a picture. */
#include "support/history.h"
#include "support/svg.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"

#include <unistd.h>

struct scene {
    const char *name;
    const char *title;
    int rows, cols;
    const char *args[8];
    const char *steps[24]; /* "=text" waits for it, "+text" types it, anything else names keys */
};

#define ANSWER                                                                                                         \
    "+Support said returns were rising; our dashboard said they were flat. I pulled the raw orders for eight weeks "   \
    "and "                                                                                                             \
    "saw "                                                                                                             \
    "that the dashboard counted a return on the day of the refund, not of the sale. By sale week, returns of shoes "   \
    "had "                                                                                                             \
    "gone "                                                                                                            \
    "from 11% to 17%. I proposed a size note from real buyers instead of the free-returns banner marketing had "       \
    "booked."

#define WITHOUT_A_NUMBER                                                                                               \
    "+Support said returns were rising; our dashboard said they were flat. I pulled the raw orders for eight weeks "   \
    "and saw that the dashboard counted a return on the day of the refund, not of the sale. I proposed a size note "   \
    "from real buyers instead of the free-returns banner marketing had booked. Returns improved enormously after "     \
    "that, and the sellers were absolutely delighted with the great result."

/* Each on a fresh home; a fixed seed makes the same question come first. "DB" stands for a file with history in it. */
static const struct scene scenes[] = {
    {"drill",
     "A question being answered in the drill",
     24,
     80,
     {"drill", "principle:dive-deep", "--mode", "type", "--seed", "4", "--count", "1"},
     {"=submit", ANSWER, "=draft saved"}},
    {"score",
     "Scoring an answer against written anchors",
     24,
     80,
     {"drill", "principle:dive-deep", "--mode", "type", "--seed", "4", "--count", "1"},
     {"=submit", ANSWER, "^S", "=Which principle", "l", "=Score it", "3", "=(2 of"}},
    {"evidence",
     "Findings in the own answer, after scoring it",
     24,
     80,
     {"drill", "principle:dive-deep", "--mode", "type", "--seed", "4", "--count", "1"},
     {"=submit", WITHOUT_A_NUMBER, "^S", "=Which principle", "l", "=Score it", "3", "=(2 of", "3", "=Which story",
      "+shoe returns", "Enter", "=a answer again", "i"}},
    {"mock",
     "An interviewer follows up in a mock interview",
     24,
     80,
     {"mock", "five-interviews", "--mode", "type", "--seed", "4"},
     {"=begin", "Enter", "=Background", "^S", "=Principles", ANSWER, "^S", "=It began with",
      "+Eleven of a hundred "
      "orders before, seventeen after; I counted them by sale week over"}},
    {"review", "Past answers", 24, 80, {"review", "--db", "DB"}, {"=answers"}},
    {"home", "Home", 24, 80, {"--db", "DB"}, {"=quit"}},
};

static void play(struct vt *vt, const char *const *step)
{
    for (; *step; step++) {
        bool ok = true;
        if (**step == '=')
            ok = vt_wait_text(vt, *step + 1);
        else if (**step == '+')
            vt_type(vt, *step + 1);
        else
            vt_key(vt, *step);
        if (!ok || !vt_wait_settled(vt))
            fatal("pictures: stuck at \"%s\"", *step);
    }
}

static void draw(const struct scene *s, char *program, const char *folder)
{
    struct err err = ERR_INIT;
    struct buf home = BUF_INIT, db = BUF_INIT, path = BUF_INIT, home_env = BUF_INIT;
    char *args[12] = {program};
    if (!file_temp_dir(&home, &err))
        fatal("pictures: %s", err.text);
    buf_addf(&db, "%s/history.db", buf_str(&home));
    buf_addf(&home_env, "HOME=%s", buf_str(&home));
    history_make(buf_str(&db));
    for (int a = 0; a < 8 && s->args[a]; a++)
        args[a + 1] = mem_strdup(strcmp(s->args[a], "DB") == 0 ? buf_str(&db) : s->args[a]);
    const char *const env[] = {buf_str(&home_env), "XDG_DATA_HOME", "XDG_CONFIG_HOME",
                               "XDG_CACHE_HOME",   "NO_COLOR",      NULL};
    struct vt *vt = vt_start(args, env, s->rows, s->cols);
    play(vt, s->steps);
    buf_addf(&path, "%s/%s.svg", folder, s->name);
    if (!svg_write(vt, s->rows, s->cols, s->title, buf_str(&path), &err))
        fatal("pictures: %s", err.text);
    printf("%s\n", buf_str(&path));
    vt_free(vt);
    for (int a = 1; a < 12; a++)
        free(args[a]);
    buf_release(&home);
    buf_release(&db);
    buf_release(&path);
    buf_release(&home_env);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        fatal("usage: pictures PROGRAM FOLDER");
    for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
        draw(&scenes[i], argv[1], argv[2]);
    return 0;
}
