#include "fit.h"

#include <math.h>
#include <string.h>

/* One rule as a logistic regression over its signs. */

enum { SWEEPS = 200, FIXTURE_WEIGHT = 12, PAIR_WEIGHT = 6 };
static const double strengths[] = {1, 3, 10, 30, 100};
static const double wanted_precision = 0.90;

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

void problem_gather(const struct set *s, const struct rule *r, struct problem_of *p, struct arena *a)
{
    *p = (struct problem_of){.rule = r, .d = r->weight_count};
    p->x = arena_array(a, s->count * p->d + 1, sizeof(double));
    p->y = arena_array(a, s->count + 1, sizeof(double));
    p->weight = arena_array(a, s->count + 1, sizeof(double));
    p->fold = arena_array(a, s->count + 1, sizeof(unsigned));
    for (size_t i = 0; i < s->count; i++) {
        const struct row *row = &s->rows[i];
        if (!row_counts(row, r)) {
            continue;
        }
        coach_signs(s->coach, r, row->view, p->x + p->n * p->d);
        p->y[p->n] = row_has(row, r->id);
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

/* Rare flaws count as much as their absence would at one in four. */
static double weight_of_flaws(const struct problem_of *p, unsigned without)
{
    double positives = 1;
    double all = 2;
    for (size_t i = 0; i < p->n; i++) {
        all += p->fold[i] != without;
        positives += p->fold[i] != without && p->y[i] > 0;
    }
    return fmax(1, 0.25 * (all - positives) / (0.75 * positives));
}

/* The value of sign j of answer i; after the last sign comes the bias, which every answer has. */
static double value_of(const struct problem_of *p, size_t i, size_t j)
{
    return j < p->d ? p->x[i * p->d + j] : 1;
}

/* One Newton step along a weight, which keeps its direction; how far it went. */
static double step(const struct problem_of *p, unsigned without, double strength, double heavy, size_t j,
                   const double *scores, double *w)
{
    double slope = j < p->d ? strength * *w : 0;
    double curve = j < p->d ? strength : 1e-6;
    for (size_t i = 0; i < p->n; i++) {
        double x = value_of(p, i, j);
        if (p->fold[i] == without || x == 0) {
            continue;
        }
        double q = 1 / (1 + exp(-scores[i]));
        double weight = p->weight[i] * (p->y[i] > 0 ? heavy : 1);
        slope += weight * (q - p->y[i]) * x;
        curve += weight * fmax(q * (1 - q), 1e-4) * x * x;
    }
    double before = *w;
    double next = before - fmin(fmax(slope / curve, -1), 1);
    *w = j < p->d && next * p->direction[j] < 0 ? 0 : next;
    return *w - before;
}

/* Coordinate descent, until nothing moves. */
void model_fit(const struct problem_of *p, unsigned without, double strength, struct model *m, double *scores)
{
    *m = (struct model){.bias = -1};
    double heavy = weight_of_flaws(p, without);
    double moved = INFINITY;
    for (size_t i = 0; i < p->n; i++) {
        scores[i] = m->bias;
    }
    for (int sweep = 0; sweep < SWEEPS && moved >= 1e-4; sweep++) {
        moved = 0;
        for (size_t j = 0; j <= p->d; j++) {
            double by = step(p, without, strength, heavy, j, scores, j < p->d ? &m->w[j] : &m->bias);
            moved = fmax(moved, fabs(by));
            for (size_t i = 0; by != 0 && i < p->n; i++) {
                scores[i] += by * value_of(p, i, j);
            }
        }
    }
}

/* Scores of every answer by weights that have not seen its topic. */
static void cross_validate(const struct problem_of *p, double strength, double *out, double *scratch)
{
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        struct model m;
        model_fit(p, fold, strength, &m, scratch);
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

double strength_choose(const struct problem_of *p, double *best_scores, struct arena *a)
{
    double *scores = arena_array(a, p->n + 1, sizeof(double));
    double *scratch = arena_array(a, p->n + 1, sizeof(double));
    double least = INFINITY;
    double strength = strengths[0];
    for (size_t i = 0; i < sizeof(strengths) / sizeof(strengths[0]); i++) {
        cross_validate(p, strengths[i], scores, scratch);
        double l = loss(p, scores);
        if (l < least) {
            least = l;
            strength = strengths[i];
            memcpy(best_scores, scores, p->n * sizeof(double));
        }
    }
    return strength;
}

struct rule_score scores_tally(const struct problem_of *p, const double *scores, double threshold)
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

double threshold_choose(const struct problem_of *p, const double *scores)
{
    double best = 0;
    double best_worth = -1;
    for (size_t i = 0; i < p->n; i++) {
        struct rule_score s = scores_tally(p, scores, scores[i] - 1e-9);
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
