#include "cli/coach.h"
#include "pmprep/base/fileio.h"
#include "pmprep/coach/score.h"

#include <math.h>

/* The coach judged by answers whose flaws a person marked. */

enum { LABELS_LIMIT = 64 * 1024 * 1024 };

static double ratio(unsigned part, unsigned all)
{
    return all > 0 ? (double)part / all : NAN;
}

static void score_json(struct coach_job *job, const struct label_score *s)
{
    struct json j;
    json_init(&j, &job->text, 2);
    json_object(&j);
    json_key(&j, "rules");
    json_array(&j);
    for (size_t i = 0; i < s->rule_count; i++) {
        const struct rule_score *r = &s->rules[i];
        json_object(&j);
        json_key(&j, "rule");
        json_str(&j, r->rule);
        json_key(&j, "tp");
        json_int(&j, r->tp);
        json_key(&j, "fp");
        json_int(&j, r->fp);
        json_key(&j, "fn");
        json_int(&j, r->fn);
        json_key(&j, "precision");
        json_real(&j, score_precision(r));
        json_key(&j, "recall");
        json_real(&j, score_recall(r));
        json_end_object(&j);
    }
    json_end_array(&j);
    json_key(&j, "pairs_discriminated");
    json_real(&j, ratio(s->pairs_told, s->pairs));
    json_key(&j, "findings_per_strong");
    json_real(&j, ratio(s->strong_findings, s->strong));
    json_end_object(&j);
    cli_json(job->c, &job->text);
}

static void print_row(struct out *o, const struct rule_score *r, size_t cols)
{
    out_cell(o, sv_from(r->rule), cols);
    out_printf(o, " %5u %5u %5u %10.2f %7.2f\n", r->tp, r->fp, r->fn, score_precision(r), score_recall(r));
}

static void print_score(struct out *o, const struct label_score *s)
{
    struct rule_score sum = {.rule = "all"};
    size_t cols = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        size_t own = utf8_columns(sv_from(s->rules[i].rule));
        cols = own > cols ? own : cols;
        sum.tp += s->rules[i].tp;
        sum.fp += s->rules[i].fp;
        sum.fn += s->rules[i].fn;
    }
    out_cell(o, SV("rule"), cols);
    out_raw(o, SV("    tp    fp    fn  precision  recall\n"));
    for (size_t i = 0; i < s->rule_count; i++) {
        print_row(o, &s->rules[i], cols);
    }
    print_row(o, &sum, cols);
    out_printf(o, "\n%u answers\n", s->answers);
    if (s->pairs > 0) {
        out_printf(o, "%u of %u pairs told apart: %.2f\n", s->pairs_told, s->pairs, ratio(s->pairs_told, s->pairs));
    }
    if (s->strong > 0) {
        out_printf(o, "%u findings in %u strong answers: %.2f each\n", s->strong_findings, s->strong,
                   ratio(s->strong_findings, s->strong));
    }
}

int coach_score_labels(struct coach_job *job)
{
    struct err err = ERR_INIT;
    struct buf text = BUF_INIT;
    struct cli *c = job->c;
    const char *file = args_text(&c->args, "labels");
    struct labelled_answer *answers;
    struct label_score score;
    size_t count;
    bool ok = file_read(file, LABELS_LIMIT, &text, &err) &&
              labels_parse(buf_sv(&text), file, &c->arena, &answers, &count, &err);
    buf_release(&text);
    if (!ok) {
        cli_fail(c, &err);
        return EXIT_WRONG;
    }
    labels_score(job->coach, answers, count, job->kind, &c->arena, &score);
    if (c->json) {
        score_json(job, &score);
    } else {
        print_score(&c->out, &score);
    }
    return EXIT_DONE;
}
