#include "story_edit.h"

#include "pmprep/app/compose.h"
#include "pmprep/app/story.h"

bool story_store(struct app *app, const struct story *before, struct story *st, struct arena *a, struct err *err)
{
    return st->id[0] ? story_change(app, before, st, err) : story_add(app, st, a, err);
}

struct outside {
    struct buf text;
    bool saved;
};

static bool run_editor(void *arg, struct err *err)
{
    struct outside *o = arg;
    return compose("", &o->text, &o->saved, err);
}

static bool read_back(struct app *app, const struct story *before, const struct story *st, struct sv text,
                      struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct story parsed = *st;
    bool ok = story_parse(text, &scratch, &parsed, err) && story_store(app, before, &parsed, &scratch, err);
    arena_release(&scratch);
    return ok;
}

bool story_edit_outside(struct loop *l, struct app *app, const struct story *before, const struct story *st,
                        struct story_unread *unread, bool *stored, struct err *err)
{
    struct outside o = {.text = BUF_INIT};
    *stored = false;
    if (unread->text.len > 0 && strcmp(unread->of, st->id) == 0)
        buf_addsv(&o.text, buf_sv(&unread->text));
    else
        story_template(st, &o.text);
    bool ok = loop_outside(l, run_editor, &o, err);
    if (ok && o.saved) {
        ok = *stored = read_back(app, before, st, buf_sv(&o.text), err);
        buf_clear(&unread->text);
        if (!ok) {
            buf_addsv(&unread->text, buf_sv(&o.text));
            snprintf(unread->of, sizeof(unread->of), "%s", st->id);
            err_prefix(err, "not kept, F2 goes on with it");
        }
    }
    buf_release(&o.text);
    return ok;
}
