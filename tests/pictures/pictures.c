/* Draws the pictures of the README from the real program: `make pictures`. One row of the table below a picture. */
#include "svg.h"

#include "pmprep/base/mem.h"

#include <unistd.h>

struct scene {
    const char *name;
    const char *title;
    int rows, cols;
    const char *args[8];
    const char *steps[24]; /* "=text" waits for it, "+text" types it, anything else names keys */
};

static const char answer[] =
    "+Support said returns were rising; our dashboard said they were flat. I pulled the raw orders for eight weeks and "
    "saw "
    "that the dashboard counted a return on the day of the refund, not of the sale. By sale week, returns of shoes had "
    "gone "
    "from 11% to 17%. I proposed a size note from real buyers instead of the free-returns banner marketing had booked.";

static const struct scene scenes[] = {
#include "scenes.inc"
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

int main(int argc, char **argv)
{
    if (argc != 3)
        fatal("usage: pictures PROGRAM FOLDER");
    for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
        const struct scene *s = &scenes[i];
        struct err err = ERR_INIT;
        char *args[10] = {argv[1]};
        for (int a = 0; a < 8 && s->args[a]; a++)
            args[a + 1] = mem_strdup(s->args[a]);
        struct buf path = BUF_INIT;
        struct vt *vt = vt_start(args, NULL, s->rows, s->cols);
        buf_addf(&path, "%s/%s.svg", argv[2], s->name);
        play(vt, s->steps);
        if (!svg_write(vt, s->rows, s->cols, s->title, buf_str(&path), &err))
            fatal("pictures: %s", err.text);
        printf("%s\n", buf_str(&path));
        vt_free(vt);
        buf_release(&path);
        for (int a = 1; a < 10; a++)
            free(args[a]);
    }
    return 0;
}
