#ifndef PMPREP_COACH_COACH_H
#define PMPREP_COACH_COACH_H

#include "pmprep/coach/sign.h"
#include "pmprep/store/record.h"

/*
 * Answer text in, findings out. A coach is the rules and words in use, made ready once; it is read-only afterwards and
 * knows nothing of files, screens or the user's history.
 */
struct coach;

/* What the configuration says of a rule. */
struct rule_setting {
    const char *rule;
    bool off;
    enum severity severity; /* SEVERITY_COUNT: its own */
};

/* Rules later in the list replace earlier ones of the same id; they are borrowed as long as the coach is, the words for
 * the call. False: file:line:col and what is wrong. */
bool coach_open(struct coach **out, const struct rule *rules, size_t rule_count, const struct lexicon *words,
                size_t word_count, const struct rule_setting *settings, size_t setting_count, struct err *err);
void coach_close(struct coach *c); /* NULL is fine */

/* The rules in use, severities as set; sorted as loaded. */
const struct rule *coach_rules(const struct coach *c, size_t *count);
const struct rule *coach_rule(const struct coach *c, const char *id); /* NULL when unknown or off */

struct coach_input {
    struct sv text;
    const char *kind;      /* of coach_kind_words; "" or NULL: only rules for any kind run */
    const char *principle; /* id; "" or NULL: unknown */
};

/* Shares of the words: situation and task, action, result with learning; they add up to 1, all 0 when it has no such
 * shape (a case, too short). */
struct star {
    double situation, action, result;
};

/* "I" and "we" near what went well and what went wrong: the asymmetry of taking wins alone and sharing losses, or the
 * other way about. */
struct asymmetry {
    unsigned win_i, win_we, loss_i, loss_we, loss_others;
};

struct coach_report {
    struct finding *findings; /* worst first, then by place */
    size_t count;
    size_t words;
    int64_t spoken_ms;
    bool english; /* else only length and structure were looked at */
    struct star star;
    struct asymmetry asymmetry;
    const struct text *text;
    const struct numbers *numbers; /* with claims */
};

/* In the arena. The text must be within TEXT_LIMIT. */
void coach_read(const struct coach *c, const struct coach_input *in, struct arena *a, struct coach_report *out);

/* Findings of a tick list, worst first: what the speaker says was not in the answer; marked self-reported, without a
 * span. */
void coach_ticks(const struct coach *c, unsigned ticks, const char *kind, const char *principle, struct arena *a,
                 struct finding **out, size_t *count);

/* error 3, warning 2, note 1: what a pair of answers is told apart by. */
unsigned coach_weight(const struct finding *findings, size_t count);

/* Does the rule hold for answers of that kind at that principle? NULL or "": unknown. */
bool rule_applies(const struct rule *r, const char *kind, const char *principle);

/* For fitting and explaining. One rule's score of one text, bias and weights added up; > threshold fires. The values of
 * its signs, weight_count of them in their order. The words in use. */
double coach_score(const struct coach *c, const struct rule *r, const struct answer_view *v);
void coach_signs(const struct coach *c, const struct rule *r, const struct answer_view *v, double *values);
const struct lexicon_index *coach_lexicon(const struct coach *c);
struct lexicon_index *coach_lexicon_to_fit(struct coach *c); /* for lexicon_watch() */

#endif
