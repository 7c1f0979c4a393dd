#include "pmprep/app/reviewer.h"

#include "pmprep/app/review.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/proc.h"
#include "pmprep/base/utf8.h"
#include "pmprep/store/attempts.h"

struct reviewer {
    struct app *app;
    struct arena arena;
    const char *id;
    const char *command;
    struct proc *proc;
};

bool reviewer_is_set(struct app *app)
{
    const char *command = reviewer_command(app);
    return command[strspn(command, " ")] != '\0';
}

const char *reviewer_command(struct app *app)
{
    return config_text(app_config(app), "reviewer");
}

int64_t reviewer_limit_ms(struct app *app)
{
    return 1000 * (int64_t)config_number(app_config(app), "reviewer-seconds");
}

/* ---- what it is given */

static void add_principles(struct buf *out, struct app *app, const struct strings *ids)
{
    struct library *library;
    bool named = app_library(app, &library, NULL);
    if (ids->count == 0) {
        return;
    }
    buf_adds(out, "PRINCIPLE\n");
    for (size_t i = 0; i < ids->count; i++) {
        const struct principle *p = named ? library_principle(library, ids->at[i]) : NULL;
        buf_addf(out, "%s\n", p ? p->name : ids->at[i]);
    }
    buf_addc(out, '\n');
}

static void add_rubric(struct buf *out, const struct rubric *rubric)
{
    if (rubric->dimension_count == 0) {
        return;
    }
    buf_adds(out, "RUBRIC (level 1 is the lowest, 5 the highest)\n");
    for (size_t i = 0; i < rubric->dimension_count; i++) {
        const struct dimension *d = &rubric->dimensions[i];
        buf_addf(out, "%s\n", d->name);
        for (int level = 0; level < LEVELS; level++) {
            buf_addf(out, "  %d  %s\n", level + 1, d->anchor[level]);
        }
    }
    buf_addc(out, '\n');
}

static void add_prompt(struct buf *out, struct app *app, const struct attempt *at, const struct rubric *rubric)
{
    buf_adds(out, "Review one answer to an interview question for a product manager.\n\n");
    buf_addf(out, "QUESTION\n%s\n\n", at->prompt);
    add_principles(out, app, &at->principles);
    add_rubric(out, rubric);
    buf_addf(out, "ANSWER\n%s\n\n", at->text);
    buf_adds(out, "WHAT TO WRITE\n"
                  "Judge only what the answer says, and quote the words that each point rests on.\n");
    if (rubric->dimension_count > 0) {
        buf_adds(out, "- For each dimension of the rubric: the level, and the words that show it.\n");
    }
    buf_adds(out, "- The weakest point, and what would have to be said instead.\n"
                  "- What is missing. Where the answer leaves something open, say so and do not guess.\n"
                  "Plain text without markup, at most 300 words.\n");
}

/* ---- running it */

/* What it says will be stored: a file that was opened for reading only is opened anew. */
static bool open_to_write(struct app *app, struct err *err)
{
    struct store *store;
    if (!app_is_readonly(app)) {
        return app_store(app, &store, err);
    }
    app_forget_store(app);
    return app_store_to_check(app, &store, err);
}

static bool read_answer(struct reviewer *r, const char *id, struct buf *prompt, struct err *err)
{
    struct attempt at;
    struct rubric rubric;
    if (!open_to_write(r->app, err) || !review_get(r->app, id, &r->arena, &at, err) ||
        !review_rubric(r->app, &at, &r->arena, &rubric, err)) {
        return false;
    }
    if (at.deleted) {
        return err_set(err, ERR_NOT_FOUND, "the answer %s was deleted", id);
    }
    if (sv_trim(sv_from(at.text)).len == 0) {
        return err_set(err, ERR_USAGE, "the answer %s has no text that a reviewer could read", at.id);
    }
    r->id = at.id;
    add_prompt(prompt, r->app, &at, &rubric);
    return true;
}

static bool run(struct reviewer *r, const char *id, struct err *err)
{
    char **argv;
    struct buf prompt = BUF_INIT;
    const struct proc_limits limits = {REVIEWER_BYTES, reviewer_limit_ms(r->app)};
    bool ok = proc_split(r->command, &r->arena, &argv, err) && read_answer(r, id, &prompt, err) &&
              (proc_start(argv, buf_sv(&prompt), &limits, &r->proc, err) || err_prefix(err, "the reviewer"));
    buf_release(&prompt);
    return ok;
}

bool reviewer_start(struct app *app, const char *id, struct reviewer **out, struct err *err)
{
    if (!reviewer_is_set(app)) {
        return err_set(
            err, ERR_USAGE,
            "no reviewer is configured: `pmprep config set reviewer 'PROGRAM ARGUMENTS'` names one that reads"
            " a prompt and prints text");
    }
    struct reviewer *r = mem_calloc(1, sizeof(*r));
    r->app = app;
    r->command = arena_strdup(&r->arena, reviewer_command(app));
    if (!run(r, id, err)) {
        reviewer_free(r);
        return false;
    }
    *out = r;
    return true;
}

bool reviewer_step(struct reviewer *r, int wait_ms)
{
    return proc_step(r->proc, wait_ms);
}

void reviewer_wait(struct reviewer *r)
{
    proc_wait(r->proc);
}

/* ---- what it said */

/* Without the character that the limit cut in two. */
static struct sv whole_characters(struct sv s)
{
    size_t len = s.len, tail = 0;
    while (tail < 3 && len > 0 && ((unsigned char)s.data[len - 1] & 0xC0) == 0x80) {
        len--;
        tail++;
    }
    if (len > 0 && (unsigned char)s.data[len - 1] >= 0xC0) {
        return sv_sub(s, 0, len - 1);
    }
    return s;
}

/* Lines of plain text, whatever ended them. */
static void add_sanitised(struct buf *out, struct sv said)
{
    struct buf lines = BUF_INIT;
    for (size_t i = 0; i < said.len; i++) {
        bool before_newline = said.data[i] == '\r' && i + 1 < said.len && said.data[i + 1] == '\n';
        if (!before_newline) {
            buf_addc(&lines, said.data[i]);
        }
    }
    visible_add(out, sv_trim(buf_sv(&lines)), VISIBLE_TEXT);
    buf_release(&lines);
}

bool reviewer_finish(struct reviewer *r, struct err *err)
{
    int status;
    struct store *store;
    struct buf text = BUF_INIT;
    bool cut = proc_ended(r->proc, &status) == PROC_TOO_MUCH;
    if (!cut && !proc_result(r->proc, err)) {
        return err_prefix(err, "the reviewer");
    }
    struct sv said = proc_output(r->proc);
    add_sanitised(&text, cut ? whole_characters(said) : said);
    struct opinion o = {.command = r->command, .text = buf_str(&text), .at_ms = app_wall(r->app), .cut = cut};
    bool ok = text.len > 0 || err_set(err, ERR_IO, "the reviewer: %s printed nothing", r->command);
    ok = ok && app_store(r->app, &store, err) && attempts_set_opinion(store, r->id, &o, err);
    buf_release(&text);
    return ok;
}

void reviewer_free(struct reviewer *r)
{
    if (!r) {
        return;
    }
    proc_free(r->proc);
    arena_release(&r->arena);
    free(r);
}
