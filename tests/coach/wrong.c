#include "fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What a rule gets wrong, and what would help. */

void show_wrong(const struct set *s, const struct problem_of *p, const double *scores, double threshold)
{
    size_t at = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct row *row = &s->rows[i];
        if (!row_counts(row, p->rule)) {
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

static const char *const forms[][2] = {
    {"count ", ""},
    {"rate ", ""},
    {"share ", ""},
    {"has ", " in opening"},
    {"count ", " in ending"},
    {"has ", " in last"},
    {"rate ", " by i"},
    {"rate ", " by we|nobody|others"},
    {"count ", " beside number"},
    {"count ", " not beside number"},
    {"count ", " negated"},
    {"place ", ""},
    {"share ", " with number"},
    {"share ", " without number"},
    {"rate ", " in middle"},
    {"rate ", " by customers|thing"},
};
enum { FORMS = sizeof(forms) / sizeof(forms[0]), SHOWN = 40 };

/* What is left to explain: the answers that the rule is judged by, and how far it is off at each. */
struct rest {
    const struct row **rows;
    double *residual;
    size_t n;
};

static struct rest rest_of(const struct set *s, const struct problem_of *p, const double *scores, struct arena *a)
{
    struct rest r = {arena_array(a, p->n + 1, sizeof(struct row *)), arena_array(a, p->n + 1, sizeof(double)), 0};
    for (size_t i = 0; i < s->count; i++) {
        if (row_counts(&s->rows[i], p->rule)) {
            r.residual[r.n] = p->y[r.n] - 1 / (1 + exp(-scores[r.n]));
            r.rows[r.n++] = &s->rows[i];
        }
    }
    return r;
}

void show_suggestions(const struct set *s, const struct problem_of *p, const double *scores, struct arena *a)
{
    const struct lexicon_index *lexicon = coach_lexicon(s->coach);
    unsigned classes = lexicon_class_count(lexicon);
    struct rest rest = rest_of(s, p, scores, a);
    struct suggestion *list = arena_array(a, (size_t)classes * FORMS + 1, sizeof(*list));
    size_t count = 0;
    for (size_t i = 0; i < (size_t)classes * FORMS; i++) {
        struct sign *sign;
        const char *name = lexicon_class_name(lexicon, (unsigned)(i / FORMS));
        const char *text = arena_printf(a, "%s%s%s", forms[i % FORMS][0], name, forms[i % FORMS][1]);
        if (*name && sign_parse(&sign, text, lexicon, a, NULL)) {
            list[count++] = (struct suggestion){text, worth(sign, rest.rows, rest.residual, rest.n)};
        }
    }
    qsort(list, count, sizeof(*list), by_worth);
    for (size_t i = 0; i < SHOWN && i < count; i++) {
        printf("  %+6.1f  %s\n", list[i].worth, list[i].sign);
    }
}
