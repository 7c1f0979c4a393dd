#include "support/unit.h"

#include "support/coachfix.h"

/* Who does what: subjects, passives, negation, tense. */

static void test_subjects(void **state)
{
    static const struct {
        const char *text, *word;
        enum subject subject;
    } cases[] = {
        {"I decided to stop.", "decided", SUBJECT_I},
        {"We raised the limit.", "raised", SUBJECT_WE},
        {"The limit was raised.", "raised", SUBJECT_NOBODY},
        {"The limit has been quietly raised.", "raised", SUBJECT_NOBODY},
        {"The limit was raised by the manager.", "raised", SUBJECT_THING},
        {"The customers stopped calling.", "stopped", SUBJECT_CUSTOMERS},
        {"The manager decided it.", "decided", SUBJECT_OTHERS},
        {"The team decided it.", "decided", SUBJECT_OTHERS},
        {"The price fell.", "fell", SUBJECT_THING},
        {"You decided it.", "decided", SUBJECT_YOU},
        {"The price of the customers fell.", "fell", SUBJECT_THING},
        {"I asked the customers and they stopped.", "stopped", SUBJECT_CUSTOMERS},
        {"I asked the designers and they stopped.", "stopped", SUBJECT_OTHERS},
        {"The price fell because I stopped the sale.", "stopped", SUBJECT_I},
        {"The price fell because I stopped the sale.", "fell", SUBJECT_THING},
        {"I asked, looked and decided.", "decided", SUBJECT_I},
        {"Decided to go home.", "decided", SUBJECT_I},
        {"A blue house.", "blue", SUBJECT_NONE},
        {"It raised the limit.", "raised", SUBJECT_THING},
        {"The galley wanted it raised.", "wanted", SUBJECT_OTHERS},
        {"In the winter the manager decided it.", "decided", SUBJECT_OTHERS},
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct token *token = coachfix_word(coachfix_text(f, cases[i].text), cases[i].word);
        if (token->subject != cases[i].subject) {
            fail_msg("\"%s\", %s: subject %d, not %d", cases[i].text, cases[i].word, token->subject, cases[i].subject);
        }
    }
}

static void test_passives(void **state)
{
    struct coachfix *f = *state;
    struct text *t = coachfix_text(f, "The limit was raised and I was interested.");
    assert_true(coachfix_has(f, coachfix_word(t, "raised"), "passive"));
    assert_false(coachfix_has(f, coachfix_word(t, "interested"), "passive"));
    t = coachfix_text(f, "I raised the limit.");
    assert_false(coachfix_has(f, coachfix_word(t, "raised"), "passive"));
}

static void test_negation(void **state)
{
    struct coachfix *f = *state;
    struct text *t = coachfix_text(f, "I did not decide that, but I raised it. I never stopped.");
    assert_true(coachfix_word(t, "decide")->negated);
    assert_false(coachfix_word(t, "raised")->negated);
    assert_true(coachfix_word(t, "stopped")->negated);
}

static void test_tense(void **state)
{
    struct coachfix *f = *state;
    struct text *t = coachfix_text(f, "I chose it, I would stop it, and I raise it.");
    assert_true(coachfix_has(f, coachfix_word(t, "chose"), "past"));
    assert_true(coachfix_has(f, coachfix_word(t, "would"), "conditional"));
    assert_false(coachfix_has(f, coachfix_word(t, "raise"), "past"));
}

static void test_names(void **state)
{
    struct coachfix *f = *state;
    struct text *t = coachfix_text(f, "The QZX went to Lisbon with RFV (a form) today.");
    assert_true(coachfix_has(f, coachfix_word(t, "qzx"), "acronym"));
    assert_true(coachfix_has(f, coachfix_word(t, "lisbon"), "proper"));
    assert_false(coachfix_has(f, coachfix_word(t, "rfv"), "acronym")); /* explained */
    assert_false(coachfix_has(f, coachfix_word(t, "the"), "proper"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_subjects, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_passives, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_negation, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_tense, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_names, coachfix_setup, coachfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
