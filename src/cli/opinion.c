#include "cli/attempt.h"

#include "pmprep/app/review.h"
#include "pmprep/app/reviewer.h"

enum { PROSE_COLS = 76, INDENT = 2 };

/* The user's own reviewer on the command line and in the plain dialogue. */

void attempt_show_opinion(struct out *o, const struct opinion *opinion)
{
    out_printf(o, "\nReviewer: %s\n", opinion->command);
    out_prose(o, sv_from(opinion->text), INDENT, PROSE_COLS);
    if (opinion->cut) {
        out_raw(o, SV("  It said more; the rest was cut off.\n"));
    }
}

bool attempt_ask_reviewer(struct cli *c, const char *id, struct err *err)
{
    struct reviewer *r;
    if (!reviewer_start(c->app, id, &r, err)) {
        return false;
    }
    out_flush(&c->out);
    cli_warn(c, "the reviewer reads the answer, for at most %d seconds; ^C stops it",
             (int)(reviewer_limit_ms(c->app) / 1000));
    reviewer_wait(r);
    bool ok = reviewer_finish(r, err);
    reviewer_free(r);
    return ok;
}

bool attempt_review(struct cli *c, const char *id, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct attempt at;
    bool ok = attempt_ask_reviewer(c, id, err) && review_get(c->app, id, &scratch, &at, err);
    for (size_t i = 0; ok && i < at.opinion_count; i++) {
        if (strcmp(at.opinions[i].command, reviewer_command(c->app)) == 0) {
            attempt_show_opinion(&c->out, &at.opinions[i]);
        }
    }
    arena_release(&scratch);
    return ok;
}
