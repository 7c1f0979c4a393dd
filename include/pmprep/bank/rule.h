#ifndef PMPREP_BANK_RULE_H
#define PMPREP_BANK_RULE_H

#include "pmprep/bank/taxonomy.h"

/*
 * The coach's rules and the words they look for, as data/rules/NAME.yaml and data/words/NAME.yaml tell them. Plain
 * records, borrowed from the library; strings are never NULL. The user's own of the same form stand in the
 * configuration folder (rules/, words/).
 */

/* How much a finding weighs: an error alone makes `coach` exit 1. */
enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_COUNT };

extern const struct words severity_words; /* "note" "warning" "error" */

/* What one sign adds to a rule's score; the sign is an expression of coach/sign.h. A sign's weight never changes its
 * direction by fitting: > 0 speaks for the flaw, < 0 against it. */
struct weight {
    const char *sign;
    double weight;
};

/* A text on which the rule must fire, or must not. Of a rule for some kinds it has one of them. */
struct rule_fixture {
    const char *text;
    const char *kind;      /* of coach_kind_words; "": unknown */
    const char *principle; /* id; "" */
};

/* One rule. It fires where one of `find` stands (each place is a finding), or when bias and weights add up to more than
 * the threshold (one finding, at the words of the first of `show` that has any): it has `find`, or weights and `show`.
 * Phrases and signs are kept as written; the coach reads them. */
struct rule {
    const char *id; /* kebab case */
    const char *title;
    int version; /* from 1; stored with its findings */
    enum severity severity;
    struct strings kinds;      /* of coach_kind_words; empty: any kind, and answers of no kind */
    struct strings principles; /* only there; empty: all */
    struct strings except;     /* not at these principles, nor for these kinds */
    const char *message;       /* what is wrong, one sentence */
    const char *advice;        /* what to do, one or two sentences */
    enum source_mark source;
    const char *from;      /* page or publication; "" for our own judgement */
    struct strings find;   /* phrases, in the language of word_class.phrases */
    struct strings unless; /* phrases that silence a find in the same sentence */
    struct strings show;   /* sign expressions, best first */
    double bias;           /* -100 to 100, as the threshold and each weight */
    double threshold;
    struct weight *weights;
    size_t weight_count;
    struct rule_fixture *fires;
    size_t fires_count;
    struct rule_fixture *silent;
    size_t silent_count;
    struct place place; /* where its file begins */
    bool user;          /* from the configuration folder */
};

/*
 * Words that mean alike for the coach. verbs are given in the base form and stand for all their forms; nouns in the
 * singular for both numbers; words as they are, where a last "*" is any ending. phrases are words in a row, each:
 *   word      itself          word*   that beginning          ~verb   any form of the verb
 *   <class>   any word of that class                          ...     up to three words between
 * A word is what texts are cut into (coach/text.h): letters and digits, with an apostrophe, "-", "_" or "&" inside;
 * case does not matter.
 */
struct word_class {
    const char *id; /* kebab case, unique over all files: several entries of one id add up */
    const char *about;
    struct strings verbs;
    struct strings nouns;
    struct strings words;
    struct strings phrases;
    struct place place;
};

/* One file of words; the id is for messages, several files may have the same. */
struct lexicon {
    const char *id;
    struct word_class *classes;
    size_t class_count;
};

#endif
