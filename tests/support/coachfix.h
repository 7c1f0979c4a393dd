#ifndef PMPREP_TESTS_COACHFIX_H
#define PMPREP_TESTS_COACHFIX_H

#include "pmprep/coach/coach.h"

/* A small lexicon and rules out of YAML texts, and a text read with them. Everything lives until the tear-down. */
struct coachfix {
    struct arena arena;
    struct lexicon words;
    struct lexicon_index *index;
    struct coach *coach;
};

/* cmocka's set-up and tear-down; *state is the coachfix, with the lexicon below. */
int coachfix_setup(void **state);
int coachfix_teardown(void **state);

/* Classes: customers, colleagues, group, technical, decision, rejected, change, problem, ship. */
extern const char coachfix_words[];

struct lexicon coachfix_lexicon(struct coachfix *f, const char *yaml);
struct rule coachfix_rule(struct coachfix *f, const char *yaml);
/* The coach of these rules; it replaces the one before. */
void coachfix_open(struct coachfix *f, const struct rule *rules, size_t count, const struct rule_setting *settings,
                   size_t setting_count);
/* The rules that fire, with blanks between, in the order of the report: "we-fog no-number". */
const char *coachfix_findings(struct coachfix *f, const char *text, const char *kind);

/* Cut and marked. */
struct text *coachfix_text(struct coachfix *f, const char *text);
/* The first word of that spelling in lower case; it must be there. */
const struct token *coachfix_word(const struct text *t, const char *lower);
bool coachfix_has(const struct coachfix *f, const struct token *token, const char *class);

#endif
