#include "support/unit.h"

#include "support/coachfix.h"

#include "pmprep/bank/bank.h"
#include "pmprep/base/mem.h"

const char coachfix_words[] = "lexicon: test\n"
                              "classes:\n"
                              "  - id: customers\n"
                              "    about: Whom it serves.\n"
                              "    nouns: [customer, patient]\n"
                              "    phrases: [people who ~buy]\n"
                              "  - id: colleagues\n"
                              "    about: Inside.\n"
                              "    nouns: [designer, manager]\n"
                              "  - id: group\n"
                              "    about: Hides the actor.\n"
                              "    nouns: [team]\n"
                              "    words: [everyone]\n"
                              "  - id: technical\n"
                              "    about: Parts of machines.\n"
                              "    nouns: [cache, query]\n"
                              "    words: [micro*]\n"
                              "  - id: decision\n"
                              "    about: Choosing.\n"
                              "    verbs: [decide, choose, stop, raise]\n"
                              "    phrases: [\"~turn ... down\"]\n"
                              "  - id: rejected\n"
                              "    about: The loser.\n"
                              "    phrases: [instead of, \"~leave <technical> out\"]\n"
                              "  - id: change\n"
                              "    about: What moved.\n"
                              "    verbs: [fall, rise]\n"
                              "  - id: problem\n"
                              "    about: Pain.\n"
                              "    verbs: [wait, complain]\n"
                              "  - id: ship\n"
                              "    about: Done.\n"
                              "    verbs: [launch]\n";

struct lexicon coachfix_lexicon(struct coachfix *f, const char *yaml)
{
    struct problems p;
    struct lexicon words;
    problems_init(&p, &f->arena);
    if (!lexicon_parse(sv_from(yaml), "words.yaml", &f->arena, &words, &p)) {
        fail_msg("%u:%u: %s", p.at[0].place.line, p.at[0].place.column, p.at[0].text);
    }
    problems_release(&p);
    return words;
}

struct rule coachfix_rule(struct coachfix *f, const char *yaml)
{
    struct problems p;
    struct rule rule;
    problems_init(&p, &f->arena);
    if (!rule_parse(sv_from(yaml), "rule.yaml", &f->arena, &rule, &p)) {
        fail_msg("%u:%u: %s", p.at[0].place.line, p.at[0].place.column, p.at[0].text);
    }
    problems_release(&p);
    return rule;
}

int coachfix_setup(void **state)
{
    struct coachfix *f = mem_calloc(1, sizeof(*f));
    struct err err = ERR_INIT;
    f->words = coachfix_lexicon(f, coachfix_words);
    if (!lexicon_build(&f->index, &f->words, 1, &err)) {
        fail_msg("%s", err.text);
    }
    *state = f;
    return 0;
}

int coachfix_teardown(void **state)
{
    struct coachfix *f = *state;
    coach_close(f->coach);
    lexicon_free(f->index);
    arena_release(&f->arena);
    free(f);
    return 0;
}

void coachfix_open(struct coachfix *f, const struct rule *rules, size_t count, const struct rule_setting *settings,
                   size_t setting_count)
{
    struct err err = ERR_INIT;
    coach_close(f->coach);
    if (!coach_open(&f->coach, rules, count, &f->words, 1, settings, setting_count, &err)) {
        fail_msg("%s", err.text);
    }
}

const char *coachfix_findings(struct coachfix *f, const char *text, const char *kind)
{
    struct coach_report report;
    const char *all = "";
    coach_read(f->coach, &(struct coach_input){sv_from(text), kind, NULL}, &f->arena, &report);
    for (size_t i = 0; i < report.count; i++) {
        all = arena_printf(&f->arena, "%s%s%s", all, i ? " " : "", report.findings[i].rule);
    }
    return all;
}

struct text *coachfix_text(struct coachfix *f, const char *text)
{
    struct text *t = arena_alloc(&f->arena, sizeof(*t));
    text_parse(t, sv_from(text), &f->arena);
    lexicon_mark(f->index, t);
    clauses_mark(t);
    return t;
}

const struct token *coachfix_word(const struct text *t, const char *lower)
{
    for (size_t i = 0; i < t->token_count; i++) {
        if (strcmp(t->tokens[i].lower, lower) == 0) {
            return &t->tokens[i];
        }
    }
    fail_msg("there is no word \"%s\"", lower);
    return NULL;
}

bool coachfix_has(const struct coachfix *f, const struct token *token, const char *class)
{
    int number = lexicon_class(f->index, sv_from(class));
    assert_true(number >= 0);
    return class_has(&token->classes, (unsigned)number);
}
