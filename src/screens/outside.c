#include "outside.h"

#include "pmprep/app/compose.h"

struct job {
    const char *intro;
    struct buf text;
    bool saved;
};

static bool run_editor(void *arg, struct err *err)
{
    struct job *job = arg;
    return compose(job->intro, &job->text, &job->saved, err);
}

bool outside_edit(struct loop *l, const char *intro, struct edit *e, bool *saved, struct err *err)
{
    struct job job = {.intro = intro, .text = BUF_INIT};
    buf_addsv(&job.text, edit_text(e));
    bool ok = loop_outside(l, run_editor, &job, err);
    *saved = ok && job.saved;
    if (*saved)
        edit_set_text(e, buf_sv(&job.text), job.text.len);
    buf_release(&job.text);
    return ok;
}
