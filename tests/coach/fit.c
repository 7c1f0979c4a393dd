#include "pmprep/bank/library.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/lookup.h"
#include "pmprep/base/mem.h"
#include "pmprep/coach/score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
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

enum { FOLDS = 10, SWEEPS = 200, SIGNS_MAX = 64, FILE_MAX = 16 * 1024 * 1024, FIXTURE_WEIGHT = 12, PAIR_WEIGHT = 6 };
static const double strengths[] = {1, 3, 10, 30, 100};
static const double wanted_precision = 0.90;

enum detail { DETAIL_NONE, DETAIL_WRONG, DETAIL_SUGGEST };

struct row {
    const char *text;
    struct answer_view *view;
    const char *kind, *principle;
    struct strings flaws;
    const char *main_flaw; /* of the weak side of a shipped pair, which must show it; NULL: of any other answer */
    const char *only;      /* a fixture says something about this rule alone; NULL: about all */
    const char *topic;
    unsigned number; /* of the topic */
    unsigned fold;
};

struct set {
    struct row *rows;
    size_t count, room;
    struct arena arena;
    const struct coach *coach;
    struct lookup topics;
    unsigned next_topic;
    unsigned source; /* the file that is being added, from 0 */
    bool by_source;
};

/* What one rule is fitted to. */
struct problem_of {
    const struct rule *rule;
    size_t n, d;
    double *x; /* n rows of d signs, each divided by its spread */
    double *y;
    double *weight; /* of the answer */
    unsigned *fold;
    double spread[SIGNS_MAX];
    double direction[SIGNS_MAX];
};

struct model {
    double bias, w[SIGNS_MAX];
};

static void add_row(struct set *s, const char *topic, const char *text, const char *kind, const char *principle,
                    struct strings marked, const char *only)
{
    void *list = s->rows;
    mem_grow(&list, &s->room, s->count + 1, sizeof(*s->rows));
    s->rows = list;
    topic = arena_strdup(&s->arena, topic);
    unsigned number = lookup_add(&s->topics, topic, s->next_topic);
    s->next_topic += number == s->next_topic;
    s->rows[s->count++] = (struct row){.text = text,
                                       .kind = kind,
                                       .principle = principle,
                                       .flaws = marked,
                                       .only = only,
                                       .topic = topic,
                                       .number = number,
                                       .fold = (s->by_source ? s->source : number) % FOLDS};
}

static bool add_labels(struct set *s, const char *path, struct err *err)
{
    struct buf text = BUF_INIT;
    struct labelled_answer *list;
    size_t count = 0;
    s->source++;
    bool ok = file_read(path, FILE_MAX, &text, err) && labels_parse(buf_sv(&text), path, &s->arena, &list, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        const struct labelled_answer *l = &list[i];
        const char *topic = arena_printf(&s->arena, "%s/%s", path, *l->pair ? l->pair : l->id);
        add_row(s, topic, l->text, l->kind, l->principle, l->flaws, NULL);
    }
    buf_release(&text);
    return ok;
}

static void add_side(struct set *s, const struct item *item, const struct side *side)
{
    struct strings marked = {arena_array(&s->arena, side->flaw_count + 1, sizeof(char *)), side->flaw_count};
    for (size_t i = 0; i < side->flaw_count; i++) {
        marked.at[i] = side->flaws[i].flaw;
    }
    add_row(s, item->key, side->text, family_coach_kind(item->family),
            item->principles.count > 0 ? item->principles.at[0] : "", marked, NULL);
}

static bool add_bank(struct set *s, struct library *lib, struct err *err)
{
    struct item_meta *list;
    size_t count;
    struct filter all;
    filter_init(&all);
    if (!library_list(lib, &all, &s->arena, &list, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct item item;
        if (list[i].kind != KIND_PAIR && list[i].kind != KIND_ANSWER) {
            continue;
        }
        if (!library_item(lib, list[i].key, &s->arena, &item, err)) {
            return false;
        }
        if (item.kind == KIND_PAIR) {
            add_side(s, &item, &item.bad);
            s->rows[s->count - 1].main_flaw = item.bad.flaw_count > 0 ? item.bad.flaws[0].flaw : NULL;
            add_side(s, &item, &item.good);
        } else {
            add_side(s, &item, &item.answer);
        }
    }
    return true;
}

static void add_fixtures(struct set *s, const struct rule *r, const struct rule_fixture *list, size_t count, bool fires)
{
    for (size_t i = 0; i < count; i++) {
        struct strings marked = {arena_array(&s->arena, 1, sizeof(char *)), fires ? 1 : 0};
        marked.at[0] = r->id;
        const char *topic = arena_printf(&s->arena, "%s/%d/%zu", r->id, fires, i);
        add_row(s, topic, list[i].text, list[i].kind, list[i].principle, marked, r->id);
    }
}

static bool has_flaw(const struct row *row, const char *rule)
{
    for (size_t i = 0; i < row->flaws.count; i++) {
        if (strcmp(row->flaws.at[i], rule) == 0) {
            return true;
        }
    }
    return false;
}

static void scale(struct problem_of *p)
{
    for (size_t j = 0; j < p->d; j++) {
        double sum = 0;
        double squares = 0;
        for (size_t i = 0; i < p->n; i++) {
            sum += p->x[i * p->d + j];
            squares += p->x[i * p->d + j] * p->x[i * p->d + j];
        }
        double mean = sum / (double)p->n;
        double spread = sqrt(fmax(squares / (double)p->n - mean * mean, 0));
        p->spread[j] = spread > 1e-9 ? spread : 1;
        for (size_t i = 0; i < p->n; i++) {
            p->x[i * p->d + j] /= p->spread[j];
        }
    }
}

/* A rule must get its own fixtures right, and the pairs that are shipped to show its flaw. */
static double weight_of(const struct row *row, const struct rule *r)
{
    bool shown = row->main_flaw && strcmp(row->main_flaw, r->id) == 0;
    return row->only ? FIXTURE_WEIGHT : shown ? PAIR_WEIGHT : 1;
}

static void gather(const struct set *s, const struct rule *r, struct problem_of *p, struct arena *a)
{
    *p = (struct problem_of){.rule = r, .d = r->weight_count};
    p->x = arena_array(a, s->count * p->d + 1, sizeof(double));
    p->y = arena_array(a, s->count + 1, sizeof(double));
    p->weight = arena_array(a, s->count + 1, sizeof(double));
    p->fold = arena_array(a, s->count + 1, sizeof(unsigned));
    for (size_t i = 0; i < s->count; i++) {
        const struct row *row = &s->rows[i];
        if ((row->only && strcmp(row->only, r->id) != 0) || !rule_applies(r, row->kind, row->principle)) {
            continue;
        }
        coach_signs(s->coach, r, row->view, p->x + p->n * p->d);
        p->y[p->n] = has_flaw(row, r->id);
        p->weight[p->n] = weight_of(row, r);
        p->fold[p->n] = row->fold;
        p->n++;
    }
    for (size_t j = 0; j < p->d; j++) {
        p->direction[j] = r->weights[j].weight < 0 ? -1 : 1;
    }
    scale(p);
}

static double score(const struct problem_of *p, const struct model *m, size_t i)
{
    double s = m->bias;
    for (size_t j = 0; j < p->d; j++) {
        s += m->w[j] * p->x[i * p->d + j];
    }
    return s;
}

/* Coordinate descent with Newton steps on the answers outside of a fold (FOLDS: on all); rare flaws count as much as
 * their absence would at one in four. */
static void fit(const struct problem_of *p, unsigned without, double strength, struct model *m, double *scores)
{
    *m = (struct model){.bias = -1};
    double positives = 1;
    double all = 2;
    for (size_t i = 0; i < p->n; i++) {
        scores[i] = m->bias;
        all += p->fold[i] != without;
        positives += p->fold[i] != without && p->y[i] > 0;
    }
    double heavy = fmax(1, 0.25 * (all - positives) / (0.75 * positives));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        double moved = 0;
        for (size_t j = 0; j <= p->d; j++) {
            double slope = j < p->d ? strength * m->w[j] : 0;
            double curve = j < p->d ? strength : 1e-6;
            for (size_t i = 0; i < p->n; i++) {
                double x = j < p->d ? p->x[i * p->d + j] : 1;
                if (p->fold[i] == without || x == 0) {
                    continue;
                }
                double q = 1 / (1 + exp(-scores[i]));
                double weight = p->weight[i] * (p->y[i] > 0 ? heavy : 1);
                slope += weight * (q - p->y[i]) * x;
                curve += weight * fmax(q * (1 - q), 1e-4) * x * x;
            }
            double *w = j < p->d ? &m->w[j] : &m->bias;
            double next = *w - fmin(fmax(slope / curve, -1), 1);
            next = j < p->d && next * p->direction[j] < 0 ? 0 : next;
            double step = next - *w;
            *w = next;
            moved = fmax(moved, fabs(step));
            for (size_t i = 0; step != 0 && i < p->n; i++) {
                scores[i] += step * (j < p->d ? p->x[i * p->d + j] : 1);
            }
        }
        if (moved < 1e-4) {
            break;
        }
    }
}

/* Scores of every answer by weights that have not seen its topic. */
static void cross_validate(const struct problem_of *p, double strength, double *out, double *scratch)
{
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        struct model m;
        fit(p, fold, strength, &m, scratch);
        for (size_t i = 0; i < p->n; i++) {
            if (p->fold[i] == fold) {
                out[i] = score(p, &m, i);
            }
        }
    }
}

static double loss(const struct problem_of *p, const double *scores)
{
    double sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        double s = p->y[i] > 0 ? scores[i] : -scores[i];
        sum += log1p(exp(-fmax(s, -30))) * (p->y[i] > 0 ? 3 : 1);
    }
    return sum;
}

static struct rule_score tally(const struct problem_of *p, const double *scores, double threshold)
{
    struct rule_score s = {.rule = p->rule->id};
    for (size_t i = 0; i < p->n; i++) {
        bool found = scores[i] > threshold;
        s.tp += p->y[i] > 0 && found;
        s.fp += p->y[i] == 0 && found;
        s.fn += p->y[i] > 0 && !found;
    }
    return s;
}

/* Best recall at the wanted precision; where no threshold reaches it, the best F0.5. */
static double choose_threshold(const struct problem_of *p, const double *scores)
{
    double best = 0;
    double best_worth = -1;
    for (size_t i = 0; i < p->n; i++) {
        struct rule_score s = tally(p, scores, scores[i] - 1e-9);
        double precision = score_precision(&s);
        double recall = score_recall(&s);
        double half = precision + recall > 0 ? 1.25 * precision * recall / (0.25 * precision + recall) : 0;
        double worth = precision >= wanted_precision && recall >= 0.5 ? 2 + recall : half;
        if (worth > best_worth) {
            best_worth = worth;
            best = scores[i];
        }
    }
    double below = -INFINITY; /* in the middle of the gap under the last one that fires */
    for (size_t i = 0; i < p->n; i++) {
        below = scores[i] < best - 1e-9 && scores[i] > below ? scores[i] : below;
    }
    return isinf(below) ? best - 0.1 : (best + fmax(below, best - 0.5)) / 2;
}

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

static void show_wrong(const struct set *s, const struct problem_of *p, const double *scores, double threshold)
{
    size_t at = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct row *row = &s->rows[i];
        if ((row->only && strcmp(row->only, p->rule->id) != 0) || !rule_applies(p->rule, row->kind, row->principle)) {
            continue;
        }
        bool found = scores[at] > threshold;
        if (found != (p->y[at] > 0)) {
            struct sv text = answer_text(row->view)->source;
            printf("\n%s %.2f %s [%s, %s] ", found ? "FALSE ALARM" : "MISSED", scores[at] - threshold, row->topic,
                   row->kind, row->principle);
            printf(SV_FMT "\n", SV_ARG(text));
        }
        at++;
    }
}

/* What a sign would add: its covariance with the error that is left, in standard errors. */
static double worth(const struct sign *sign, const struct row *const *rows, const double *residual, size_t n)
{
    double sx = 0, sxx = 0, sxr = 0, srr = 0, sr = 0;
    for (size_t i = 0; i < n; i++) {
        double x = sign_value(sign, rows[i]->view);
        sx += x;
        sxx += x * x;
        sxr += x * residual[i];
        sr += residual[i];
        srr += residual[i] * residual[i];
    }
    double vx = sxx - sx * sx / (double)n;
    double vr = srr - sr * sr / (double)n;
    return vx > 1e-9 && vr > 1e-9 ? (sxr - sx * sr / (double)n) / sqrt(vx * vr / (double)n) : 0;
}

struct suggestion {
    const char *sign;
    double worth;
};

static int by_worth(const void *a, const void *b)
{
    double x = fabs(((const struct suggestion *)a)->worth);
    double y = fabs(((const struct suggestion *)b)->worth);
    return x < y ? 1 : x > y ? -1 : 0;
}

static void suggest(const struct set *s, const struct problem_of *p, const double *scores, struct arena *a)
{
    static const char *const forms[] = {"count %s",
                                        "rate %s",
                                        "share %s",
                                        "has %s in opening",
                                        "count %s in ending",
                                        "has %s in last",
                                        "rate %s by i",
                                        "rate %s by we|nobody|others",
                                        "count %s beside number",
                                        "count %s not beside number",
                                        "count %s negated",
                                        "place %s",
                                        "share %s with number",
                                        "share %s without number",
                                        "rate %s in middle",
                                        "rate %s by customers|thing"};
    const struct row **rows = arena_array(a, p->n + 1, sizeof(*rows));
    double *residual = arena_array(a, p->n + 1, sizeof(double));
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct row *row = &s->rows[i];
        if ((!row->only || strcmp(row->only, p->rule->id) == 0) && rule_applies(p->rule, row->kind, row->principle)) {
            residual[n] = p->y[n] - 1 / (1 + exp(-scores[n]));
            rows[n++] = row;
        }
    }
    unsigned classes = lexicon_class_count(coach_lexicon(s->coach));
    size_t form_count = sizeof(forms) / sizeof(forms[0]);
    struct suggestion *list = arena_array(a, classes * form_count, sizeof(*list));
    size_t count = 0;
    for (unsigned c = 0; c < classes; c++) {
        const char *name = lexicon_class_name(coach_lexicon(s->coach), c);
        for (size_t f = 0; *name && f < form_count; f++) {
            struct sign *sign;
            struct buf text = BUF_INIT;
            struct sv form = sv_from(forms[f]);
            struct sv before;
            sv_split(&form, '%', &before);
            buf_addf(&text, SV_FMT "%s" SV_FMT, SV_ARG(before), name, SV_ARG(sv_sub(form, 1, form.len)));
            const char *expression = arena_strdup(a, buf_str(&text));
            buf_release(&text);
            if (sign_parse(&sign, expression, coach_lexicon(s->coach), a, NULL)) {
                list[count++] = (struct suggestion){expression, worth(sign, rows, residual, n)};
            }
        }
    }
    qsort(list, count, sizeof(*list), by_worth);
    for (size_t i = 0; i < 40 && i < count; i++) {
        printf("  %+6.1f  %s\n", list[i].worth, list[i].sign);
    }
}

static bool fit_rule(const struct set *s, const struct rule *r, bool write, bool prune, enum detail detail,
                     struct err *err)
{
    struct arena a = ARENA_INIT;
    struct problem_of p;
    gather(s, r, &p, &a);
    double *scores = arena_array(&a, p.n + 1, sizeof(double));
    double *best_scores = arena_array(&a, p.n + 1, sizeof(double));
    double *scratch = arena_array(&a, p.n + 1, sizeof(double));
    double best = INFINITY;
    double strength = strengths[0];
    for (size_t i = 0; i < sizeof(strengths) / sizeof(strengths[0]); i++) {
        cross_validate(&p, strengths[i], scores, scratch);
        double l = loss(&p, scores);
        if (l < best) {
            best = l;
            strength = strengths[i];
            memcpy(best_scores, scores, p.n * sizeof(double));
        }
    }
    double threshold = choose_threshold(&p, best_scores);
    struct rule_score t = tally(&p, best_scores, threshold);
    struct model m;
    fit(&p, FOLDS, strength, &m, scratch);
    printf("%-22s %4u %4u %4u   %.2f %.2f   %4zu answers, strength %g\n", r->id, t.tp, t.fp, t.fn, score_precision(&t),
           score_recall(&t), p.n, strength);
    if (detail == DETAIL_SUGGEST) {
        suggest(s, &p, best_scores, &a);
    }
    if (detail == DETAIL_WRONG) {
        for (size_t j = 0; j < p.d; j++) {
            printf("  %8.3f  %s\n", m.w[j], r->weights[j].sign);
        }
        show_wrong(s, &p, best_scores, threshold);
    }
    bool ok = !write || write_rule(&p, &m, threshold, prune, err);
    arena_release(&a);
    return ok;
}

/* Words that were written down because of one answer must not explain it: see lexicon_watch(). */
static void view_rows(struct set *s, struct lexicon_index *lexicon)
{
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < s->count; i++) {
        arena_reset(&scratch);
        lexicon_watch(lexicon, s->rows[i].number);
        answer_view(lexicon, sv_from(s->rows[i].text), &scratch);
    }
    lexicon_forget(lexicon);
    for (size_t i = 0; i < s->count; i++) {
        s->rows[i].view = answer_view(lexicon, sv_from(s->rows[i].text), &s->arena);
    }
    arena_release(&scratch);
}

static int fail(const struct err *err)
{
    fprintf(stderr, "fit: %s\n", err->text);
    return 1;
}

int main(int argc, char **argv)
{
    struct err err = ERR_INIT;
    struct library *lib;
    struct coach *coach;
    bool write = false;
    bool prune = false;
    enum detail detail = DETAIL_NONE;
    const char *only = NULL;
    if (argc < 2) {
        fprintf(stderr, "fit DATA [--write [--prune]] [--rule ID] LABELS.jsonl...\n");
        return 2;
    }
    struct library_sources sources = {.shipped = argv[1]};
    if (!library_open(&lib, &sources, &err)) {
        return fail(&err);
    }
    size_t rule_count;
    size_t word_count;
    const struct rule *rules = library_rules(lib, &rule_count);
    const struct lexicon *words = library_lexicons(lib, &word_count);
    if (!coach_open(&coach, rules, rule_count, words, word_count, NULL, 0, &err)) {
        return fail(&err);
    }
    struct set s = {.coach = coach};
    bool ok = true;
    for (int i = 2; i < argc && ok; i++) {
        if (strcmp(argv[i], "--write") == 0) {
            write = true;
        } else if (strcmp(argv[i], "--rule") == 0 && i + 1 < argc) {
            only = argv[++i];
            detail = detail == DETAIL_NONE ? DETAIL_WRONG : detail;
        } else if (strcmp(argv[i], "--prune") == 0) {
            prune = true;
        } else if (strcmp(argv[i], "--authors") == 0) {
            s.by_source = true;
        } else if (strcmp(argv[i], "--suggest") == 0) {
            detail = DETAIL_SUGGEST;
        } else {
            ok = add_labels(&s, argv[i], &err);
        }
    }
    s.source++;
    ok = ok && add_bank(&s, lib, &err);
    s.source++;
    for (size_t i = 0; i < rule_count && ok; i++) {
        add_fixtures(&s, &rules[i], rules[i].fires, rules[i].fires_count, true);
        add_fixtures(&s, &rules[i], rules[i].silent, rules[i].silent_count, false);
    }
    view_rows(&s, coach_lexicon_to_fit(coach));
    printf("%-22s %4s %4s %4s   %s\n", "rule", "tp", "fp", "fn", "prec rec");
    for (size_t i = 0; i < rule_count && ok; i++) {
        if (rules[i].weight_count > 0 && rules[i].weight_count <= SIGNS_MAX &&
            (!only || strcmp(only, rules[i].id) == 0)) {
            ok = fit_rule(&s, &rules[i], write, prune, detail, &err);
        }
    }
    lookup_release(&s.topics);
    arena_release(&s.arena);
    free(s.rows);
    coach_close(coach);
    library_close(lib);
    return ok ? 0 : fail(&err);
}
