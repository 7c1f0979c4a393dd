#include "fit.h"

#include "pmprep/base/fileio.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * Fits the weights of the coach's rules to labelled answers: `make coach-fit`.
 *
 * Every rule is a logistic regression over the signs its file names. A weight keeps the direction its file gives it
 * (a person chose it), so fitting only says how much. L2 keeps weights small; its strength and the threshold are
 * chosen on answers of topics that the weights have not seen: answers are dealt to FOLDS by topic (the pair, the item),
 * each fold is judged by weights fitted to the others, and phrases that occur in one topic alone do not count. The
 * threshold is the one with the best recall among those that reach the wanted precision there. What is printed are
 * these cross-validated figures; what is written is fitted to everything.
 *
 * fit DATA [--write [--prune]] [--rule ID] [--suggest] [--authors] LABELS.jsonl...
 * Besides the files it takes the shipped pairs, single answers and the rules' own fixtures, which a rule must get right
 * and which therefore count several times. --rule shows one rule's weights and the answers it gets wrong; --prune
 * leaves out the signs that turned out to weigh nothing; --authors deals the folds by file instead of topic, so that
 * each author is judged by weights fitted to the others; --suggest the signs that would explain most of what it gets
 * wrong.
 */

struct options {
    bool write, prune, suggest, authors;
    const char *only; /* rule; NULL: all */
};

static bool write_rule(const struct problem_of *p, const struct model *m, double threshold, bool prune, struct err *err)
{
    struct buf text = BUF_INIT;
    if (!file_read(p->rule->place.file, FILE_MAX, &text, err)) {
        return false;
    }
    const char *tail = strstr(buf_str(&text), "\nbias:");
    buf_truncate(&text, tail ? (size_t)(tail - buf_str(&text)) + 1 : text.len);
    buf_addf(&text, "bias: %.3f\nthreshold: %.3f\nweights:\n", m->bias, threshold);
    for (size_t j = 0; j < p->d; j++) {
        double w = m->w[j] / p->spread[j];
        if (prune && fabs(m->w[j]) < 0.01) {
            continue;
        }
        w = fabs(w) < 0.001 ? 0.001 * p->direction[j] : w;
        buf_addf(&text, "  \"%s\": %.3f\n", p->rule->weights[j].sign, w);
    }
    FILE *f = fopen(p->rule->place.file, "w");
    bool ok = f && fwrite(text.data, 1, text.len, f) == text.len;
    ok = f && fclose(f) == 0 && ok;
    buf_release(&text);
    return ok || err_set(err, ERR_IO, "%s cannot be written", p->rule->place.file);
}

static bool fit_rule(const struct set *s, const struct rule *r, const struct options *o, struct err *err)
{
    struct arena a = ARENA_INIT;
    struct problem_of p;
    struct model m;
    problem_gather(s, r, &p, &a);
    double *unseen = arena_array(&a, p.n + 1, sizeof(double));
    double *seen = arena_array(&a, p.n + 1, sizeof(double));
    double strength = strength_choose(&p, unseen, &a);
    double threshold = threshold_choose(&p, unseen);
    struct rule_score t = scores_tally(&p, unseen, threshold);
    model_fit(&p, FOLDS, strength, &m, seen);
    printf("%-22s %4u %4u %4u   %.2f %.2f   %4zu answers, strength %g\n", r->id, t.tp, t.fp, t.fn, score_precision(&t),
           score_recall(&t), p.n, strength);
    if (o->suggest) {
        show_suggestions(s, &p, unseen, &a);
    } else if (o->only) {
        for (size_t j = 0; j < p.d; j++) {
            printf("  %8.3f  %s\n", m.w[j], r->weights[j].sign);
        }
        show_wrong(s, &p, unseen, threshold);
    }
    bool ok = !o->write || write_rule(&p, &m, threshold, o->prune, err);
    arena_release(&a);
    return ok;
}

static bool fit_all(const struct set *s, const struct options *o, struct err *err)
{
    size_t count;
    const struct rule *rules = coach_rules(s->coach, &count);
    printf("%-22s %4s %4s %4s   %s\n", "rule", "tp", "fp", "fn", "prec rec");
    for (size_t i = 0; i < count; i++) {
        bool fits = rules[i].weight_count > 0 && rules[i].weight_count <= SIGNS_MAX;
        if (fits && (!o->only || strcmp(o->only, rules[i].id) == 0) && !fit_rule(s, &rules[i], o, err)) {
            return false;
        }
    }
    return true;
}

/* What is no option is a file of labels, and moves to the front. */
static int read_options(int argc, char **argv, struct options *o)
{
    int files = 0;
    for (int i = 0; i < argc; i++) {
        o->write |= strcmp(argv[i], "--write") == 0;
        o->prune |= strcmp(argv[i], "--prune") == 0;
        o->authors |= strcmp(argv[i], "--authors") == 0;
        o->suggest |= strcmp(argv[i], "--suggest") == 0;
        if (strcmp(argv[i], "--rule") == 0 && i + 1 < argc) {
            o->only = argv[++i];
        } else if (strncmp(argv[i], "--", 2) != 0) {
            argv[files++] = argv[i];
        }
    }
    return files;
}

static bool fill(struct set *s, struct library *lib, char **files, int count, struct err *err)
{
    size_t rule_count;
    const struct rule *rules = coach_rules(s->coach, &rule_count);
    for (int i = 0; i < count; i++) {
        if (!set_add_labels(s, files[i], err)) {
            return false;
        }
    }
    s->source++;
    if (!set_add_bank(s, lib, err)) {
        return false;
    }
    s->source++;
    set_add_fixtures(s, rules, rule_count);
    return true;
}

static bool open_coach(struct library *lib, struct coach **out, struct err *err)
{
    size_t rule_count;
    size_t word_count;
    const struct rule *rules = library_rules(lib, &rule_count);
    const struct lexicon *words = library_lexicons(lib, &word_count);
    return coach_open(out, rules, rule_count, words, word_count, NULL, 0, err);
}

int main(int argc, char **argv)
{
    struct err err = ERR_INIT;
    struct library *lib = NULL;
    struct coach *coach = NULL;
    struct options o = {0};
    if (argc < 2) {
        fprintf(stderr, "fit DATA [--write [--prune]] [--rule ID] [--suggest] [--authors] LABELS.jsonl...\n");
        return 2;
    }
    struct library_sources sources = {.shipped = argv[1]};
    int files = read_options(argc - 2, argv + 2, &o);
    struct set s = {.by_source = o.authors};
    bool ok = library_open(&lib, &sources, &err) && open_coach(lib, &coach, &err);
    s.coach = coach;
    ok = ok && fill(&s, lib, argv + 2, files, &err);
    if (ok) {
        set_view(&s, coach_lexicon_to_fit(coach));
        ok = fit_all(&s, &o, &err);
    }
    if (!ok) {
        fprintf(stderr, "fit: %s\n", err.text);
    }
    set_release(&s);
    coach_close(coach);
    library_close(lib);
    return ok ? 0 : 1;
}
