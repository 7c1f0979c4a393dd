#include "pmprep/coach/score.h"

#include "pmprep/base/lookup.h"

#include <string.h>

struct pair_weight {
    unsigned bad, good;
    bool has_bad, has_good;
};

static double share(unsigned part, unsigned rest)
{
    return part + rest > 0 ? (double)part / (double)(part + rest) : 1;
}

double score_precision(const struct rule_score *s)
{
    return share(s->tp, s->fp);
}

double score_recall(const struct rule_score *s)
{
    return share(s->tp, s->fn);
}

static bool has_flaw(const struct labelled_answer *l, const char *rule)
{
    for (size_t i = 0; i < l->flaws.count; i++) {
        if (strcmp(l->flaws.at[i], rule) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_finding(const struct coach_report *r, const char *rule)
{
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->findings[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

static void tally_rules(struct label_score *out, const struct labelled_answer *l, const struct coach_report *r)
{
    for (size_t i = 0; i < out->rule_count; i++) {
        struct rule_score *s = &out->rules[i];
        bool there = has_flaw(l, s->rule);
        bool found = has_finding(r, s->rule);
        s->tp += there && found;
        s->fp += !there && found;
        s->fn += there && !found;
    }
}

static void tally_pair(struct pair_weight *p, const struct labelled_answer *l, unsigned weight)
{
    *(l->bad ? &p->bad : &p->good) = weight;
    *(l->bad ? &p->has_bad : &p->has_good) = true;
}

void labels_score(const struct coach *c, const struct labelled_answer *answers, size_t count, const char *kind,
                  struct arena *a, struct label_score *out)
{
    struct arena scratch = ARENA_INIT;
    struct lookup names = {0};
    struct pair_weight *pairs = arena_array(a, count + 1, sizeof(*pairs));
    uint32_t pair_count = 0;
    *out = (struct label_score){.answers = (unsigned)count};
    const struct rule *rules = coach_rules(c, &out->rule_count);
    out->rules = arena_array(a, out->rule_count + 1, sizeof(*out->rules));
    for (size_t i = 0; i < out->rule_count; i++) {
        out->rules[i].rule = rules[i].id;
    }
    for (size_t i = 0; i < count; i++) {
        const struct labelled_answer *l = &answers[i];
        struct coach_report report;
        struct coach_input in = {sv_from(l->text), kind && *kind ? kind : l->kind, l->principle};
        arena_reset(&scratch);
        coach_read(c, &in, &scratch, &report);
        tally_rules(out, l, &report);
        out->strong += l->flaws.count == 0;
        out->strong_findings += l->flaws.count == 0 ? (unsigned)report.count : 0;
        if (*l->pair) {
            uint32_t number = lookup_add(&names, l->pair, pair_count);
            pair_count += number == pair_count;
            tally_pair(&pairs[number], l, coach_weight(report.findings, report.count));
        }
    }
    for (uint32_t i = 0; i < pair_count; i++) {
        out->pairs += pairs[i].has_bad && pairs[i].has_good;
        out->pairs_told += pairs[i].has_bad && pairs[i].has_good && pairs[i].bad > pairs[i].good;
    }
    lookup_release(&names);
    arena_release(&scratch);
}
