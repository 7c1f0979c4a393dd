#include "cli/command.h"
#include "pmprep/app/progress.h"
#include "pmprep/base/json.h"

enum { NAME_COLS = 46, FLAW_COLS = 22, FLAWS_MAX = 5, PROSE_COLS = 76 };

static void str(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_str(j, value);
}

static void num(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void coverage_json(struct json *j, const struct progress_home *h)
{
    json_key(j, "coverage");
    json_array(j);
    for (size_t i = 0; i < h->coverage_count; i++) {
        json_object(j);
        str(j, "principle", h->coverage[i].principle);
        num(j, "answers", h->coverage[i].answers);
        json_key(j, "mean");
        if (h->coverage[i].mean > 0) {
            json_real(j, h->coverage[i].mean);
        } else {
            json_null(j);
        }
        json_end_object(j);
    }
    json_end_array(j);
}

static void flaws_json(struct json *j, const struct progress_home *h)
{
    json_key(j, "flaws_that_come_back");
    json_array(j);
    for (size_t i = 0; i < h->flaws.count; i++) {
        json_object(j);
        str(j, "rule", h->flaws.at[i].rule);
        num(j, "answers", h->flaws.at[i].answers);
        num(j, "of", h->flaws.answers);
        json_end_object(j);
    }
    json_end_array(j);
}

static void home_json(struct cli *c, const struct progress_home *h)
{
    struct json j;
    struct buf text = BUF_INIT;
    json_init(&j, &text, 2);
    json_object(&j);
    num(&j, "due", h->due.due);
    str(&j, "milestone", h->due.has_milestone ? h->due.milestone : NULL);
    json_key(&j, "days_left");
    if (h->due.has_milestone) {
        json_int(&j, h->due.days_left);
    } else {
        json_null(&j);
    }
    str(&j, "next", h->has_next ? h->next_title : NULL);
    str(&j, "reason", h->has_next ? h->next_reason : NULL);
    str(&j, "plan", h->has_next ? h->next_plan : NULL);
    str(&j, "unfinished", h->has_draft ? h->draft.item : NULL);
    str(&j, "unfinished_mock", h->has_mock ? h->mock.id : NULL);
    num(&j, "answers", h->answers);
    num(&j, "streak", h->streak);
    num(&j, "days_of_the_last_7", h->week_days);
    num(&j, "minutes_of_the_last_7_days", h->week_ms / 60000);
    flaws_json(&j, h);
    coverage_json(&j, h);
    json_end_object(&j);
    cli_json(c, &text);
}

static void field(struct cli *c, const char *label, const char *text)
{
    out_printf(&c->out, "%-11s ", label);
    out_line(&c->out, sv_from(text));
    out_raw(&c->out, SV("\n"));
}

/* What was practised, in the official order; the rest by name alone. */
static void show_coverage(struct cli *c, const struct progress_home *h)
{
    struct buf rest = BUF_INIT;
    out_printf(&c->out, "\nCoverage, last %d days: mean level of 1 to 5, answers\n", HOME_DAYS);
    for (size_t i = 0; i < h->coverage_count; i++) {
        const struct coverage *row = &h->coverage[i];
        if (row->answers == 0) {
            buf_addf(&rest, "%s%s", rest.len ? "; " : "Not yet: ", h->principle_names[i]);
            continue;
        }
        out_raw(&c->out, SV("  "));
        out_cell(&c->out, sv_from(h->principle_names[i]), NAME_COLS);
        if (row->mean > 0) {
            out_printf(&c->out, " %3.1f %4u\n", row->mean, row->answers);
        } else {
            out_printf(&c->out, "   - %4u\n", row->answers);
        }
    }
    out_prose(&c->out, buf_sv(&rest), 2, PROSE_COLS);
    buf_release(&rest);
}

static void show_flaws(struct cli *c, const struct progress_home *h)
{
    if (h->flaws.count > 0) {
        out_raw(&c->out, SV("\nFlaws that come back\n"));
    }
    for (size_t i = 0; i < h->flaws.count && i < FLAWS_MAX; i++) {
        out_raw(&c->out, SV("  "));
        out_cell(&c->out, sv_from(h->flaws.at[i].rule), FLAW_COLS);
        out_printf(&c->out, " %u of %u answers\n", h->flaws.at[i].answers, h->flaws.answers);
    }
}

/* "Five-interview loop, interview 2 of 5, 214 minutes left: `pmprep mock` takes it up" */
static void mock_text(const struct mock_run *run, struct buf *out)
{
    buf_addf(out, "%s, ", run->title);
    if (run->in_debrief) {
        buf_adds(out, "in the debrief");
    } else {
        int minutes = (int)((run->left_ms + 59999) / 60000);
        buf_addf(out, "interview %u of %u, %d %s left", run->stage > 0 ? run->stage : 1, run->stages, minutes,
                 minutes == 1 ? "minute" : "minutes");
    }
    buf_adds(out, ": `pmprep mock` takes it up");
}

static void show_home(struct cli *c, const struct progress_home *h)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%u", h->due.due);
    if (h->due.has_milestone) {
        buf_addf(&line, ", %d %s to \"%s\"", h->due.days_left, h->due.days_left == 1 ? "day" : "days",
                 h->due.milestone);
    }
    field(c, "Due", buf_str(&line));
    if (h->has_next) {
        field(c, "Next", h->next_title);
        field(c, "", h->next_reason);
        field(c, "", h->next_plan);
    }
    if (h->has_draft) {
        buf_clear(&line);
        buf_addf(&line, "%s: `pmprep drill --resume` takes it up", h->draft.item);
        field(c, "Unfinished", buf_str(&line));
    }
    if (h->has_mock) {
        buf_clear(&line);
        mock_text(&h->mock, &line);
        field(c, "Unfinished", buf_str(&line));
    }
    if (h->sealed_back) {
        buf_clear(&line);
        buf_addf(&line, "your first answer, %d days ago, is open again: `pmprep review bank:sealed`",
                 (int)h->sealed_days);
        field(c, "Compare", buf_str(&line));
    }
    buf_clear(&line);
    buf_addf(&line, "%u of 7 days, %d min; %u %s in a row; %u %s in all", h->week_days, (int)(h->week_ms / 60000),
             h->streak, h->streak == 1 ? "day" : "days", h->answers, h->answers == 1 ? "answer" : "answers");
    field(c, "This week", buf_str(&line));
    buf_release(&line);
    if (h->answers > 0) {
        show_coverage(c, h);
        show_flaws(c, h);
    }
    out_raw(&c->out, SV("\n`pmprep drill` starts, `pmprep help` lists the commands.\n"));
}

int home_run(struct cli *c)
{
    struct err err = ERR_INIT;
    struct progress_home home;
    int code;
    if (!cli_need(c, APP_LIBRARY | APP_STORE, &code)) {
        return code;
    }
    if (c->tui && c->tui->home && !c->json) {
        return c->tui->home(c->app, c->signal_out, &err) ? EXIT_DONE : cli_fail(c, &err);
    }
    if (!progress_home(c->app, &c->arena, &home, &err)) {
        return cli_fail(c, &err);
    }
    if (c->json) {
        home_json(c, &home);
    } else {
        show_home(c, &home);
    }
    return EXIT_DONE;
}
