#include "support/unit.h"

#include "support/coachfix.h"

/* Words marked with their classes. */

static void test_forms(void **state)
{
    static const struct {
        const char *word, *class;
        bool there;
    } cases[] = {
        {"customers", "customers", true}, {"patient", "customers", true},       {"chose", "decision", true},
        {"choosing", "decision", true},   {"stopped", "decision", true},        {"fallen", "change", true},
        {"queries", "technical", true},   {"microservices", "technical", true}, {"micro", "technical", true},
        {"stoppage", "decision", false},  {"customer", "colleagues", false},    {"teams", "group", true},
        {"everyone", "group", true},      {"everyones", "group", false},
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text *t = coachfix_text(f, cases[i].word);
        if (coachfix_has(f, coachfix_word(t, cases[i].word), cases[i].class) != cases[i].there) {
            fail_msg("\"%s\" of %s: not %d", cases[i].word, cases[i].class, cases[i].there);
        }
    }
}

static void test_phrases(void **state)
{
    struct coachfix *f = *state;
    struct text *t = coachfix_text(f, "We turned the big offer down for people who bought tea instead of it.");
    assert_true(coachfix_has(f, coachfix_word(t, "turned"), "decision"));
    assert_true(coachfix_has(f, coachfix_word(t, "down"), "decision"));
    assert_true(coachfix_has(f, coachfix_word(t, "people"), "customers"));
    assert_true(coachfix_has(f, coachfix_word(t, "bought"), "customers"));
    assert_true(coachfix_has(f, coachfix_word(t, "instead"), "rejected"));
    assert_false(coachfix_has(f, coachfix_word(t, "tea"), "customers"));

    t = coachfix_text(f, "We left caches out. We left tables out.");
    assert_true(coachfix_has(f, coachfix_word(t, "left"), "rejected"));
    assert_false(coachfix_has(f, coachfix_word(t, "tables"), "rejected"));
    t = coachfix_text(f, "We turned one two three four five six seven down.");
    assert_false(coachfix_has(f, coachfix_word(t, "turned"), "decision")); /* the gap is three words at most */
}

static void test_classes_add_up(void **state)
{
    struct coachfix *f = *state;
    struct lexicon two[] = {f->words,
                            coachfix_lexicon(f, "lexicon: more\nclasses:\n  - id: customers\n    about: More.\n"
                                                "    nouns: [angler]\n  - id: fish\n    about: Fish.\n"
                                                "    words: [trout]\n")};
    struct err err = ERR_INIT;
    lexicon_free(f->index);
    assert_true(lexicon_build(&f->index, two, 2, &err));
    struct text *t = coachfix_text(f, "Anglers and customers want trout.");
    assert_true(coachfix_has(f, coachfix_word(t, "anglers"), "customers"));
    assert_true(coachfix_has(f, coachfix_word(t, "customers"), "customers"));
    assert_true(coachfix_has(f, coachfix_word(t, "trout"), "fish"));
}

static void test_unknown_class(void **state)
{
    struct coachfix *f = *state;
    struct lexicon bad = coachfix_lexicon(f, "lexicon: bad\nclasses:\n  - id: bad-ones\n    about: Bad.\n"
                                             "    phrases: [\"<nosuch> x\"]\n");
    struct lexicon_index *index;
    struct err err = ERR_INIT;
    assert_false(lexicon_build(&index, &bad, 1, &err));
    assert_non_null(strstr(err.text, "words.yaml:"));
    assert_non_null(strstr(err.text, "nosuch"));
    assert_int_equal(lexicon_class(f->index, SV("nosuch")), -1);
    assert_string_equal(lexicon_class_name(f->index, CLASS_CHANGE_NUMBER), "change-number");
}

/* A word that no text has would never be found, and nobody would know. */
static void test_words_as_texts_have_them(void **state)
{
    static const struct {
        const char *list;
        bool fine;
    } cases[] = {
        {"words: [Redis]", true},         {"phrases: [\"Don\xe2\x80\x99t ~Ship\"]", true},
        {"verbs: [Re-ship]", true},       {"words: [\"pre-*\"]", true},
        {"words: [\"24/7\"]", false},     {"phrases: [\"i.e. this\"]", false},
        {"words: [\"*\"]", false},        {"words: [\"a*\"]", false},
        {"phrases: [\"~\"]", false},      {"nouns: [\"users'\"]", false},
        {"phrases: [\"~walk*\"]", false},
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct lexicon_index *index;
        struct err err = ERR_INIT;
        const char *yaml = arena_printf(&f->arena, "lexicon: x\nclasses:\n  - id: fish\n    %s\n", cases[i].list);
        struct lexicon words = coachfix_lexicon(f, yaml);
        if (lexicon_build(&index, &words, 1, &err) != cases[i].fine) {
            fail_msg("%s: %s", cases[i].list, err.text);
        }
        assert_true(cases[i].fine || strstr(err.text, "words.yaml:3:5") != NULL);
        lexicon_free(index);
    }
}

static void test_case_and_apostrophes_are_folded(void **state)
{
    struct coachfix *f = *state;
    struct lexicon words = coachfix_lexicon(f, "lexicon: x\nclasses:\n  - id: fish\n    words: [Redis, \"Pre-*\"]\n"
                                               "    phrases: [\"Don\xe2\x80\x99t ~Ship\"]\n");
    struct err err = ERR_INIT;
    lexicon_free(f->index);
    assert_true(lexicon_build(&f->index, &words, 1, &err));
    struct text *t = coachfix_text(f, "I don't ship redis before a pre-launch.");
    assert_true(coachfix_has(f, coachfix_word(t, "don't"), "fish"));
    assert_true(coachfix_has(f, coachfix_word(t, "ship"), "fish"));
    assert_true(coachfix_has(f, coachfix_word(t, "redis"), "fish"));
    assert_true(coachfix_has(f, coachfix_word(t, "pre-launch"), "fish"));
    assert_false(coachfix_has(f, coachfix_word(t, "before"), "fish"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forms, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_phrases, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_classes_add_up, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_unknown_class, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_words_as_texts_have_them, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_case_and_apostrophes_are_folded, coachfix_setup, coachfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
