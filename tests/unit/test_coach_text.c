#include "support/unit.h"

#include "support/coachfix.h"

/* A text cut into words, sentences and quotations. */

static struct arena arena;

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct text cut(const char *source)
{
    struct text t;
    text_parse(&t, sv_from(source), &arena);
    return t;
}

static void test_sentences(void **state)
{
    static const struct {
        const char *text;
        size_t sentences, words;
    } cases[] = {
        {"", 0, 0},
        {"  ... ---\n\n", 0, 0},
        {"One two.", 1, 2},
        {"One two. Three!  Four? Five", 4, 5},
        {"It fell from 9.5% to 6.1% by 3 p.m. on Monday.", 1, 12},
        {"Mr. Smith met Dr. Jones at 10:30.", 1, 7},
        {"She said \"stop.\" We stopped.", 2, 5},
        {"no stop here\n\nnew paragraph", 2, 5},
        {"# Heading\nA line that goes on after the heading and is\nwrapped here.", 2, 13},
        {"- first item\n- second item\n1. third item\n", 3, 6},
        {"Words.\n```\ncode is no word\n```\nMore.", 2, 2},
        {"See [the page](https://example.org/a-b?c=d) now", 1, 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text t = cut(cases[i].text);
        if (t.sentence_count != cases[i].sentences || t.word_count != cases[i].words) {
            fail_msg("\"%s\": %zu sentences, %zu words", cases[i].text, t.sentence_count, t.word_count);
        }
    }
}

static void test_tokens_stand_where_they_say(void **state)
{
    (void)state;
    struct text t = cut("Caf\xc3\xa9s can\xe2\x80\x99t pay $1,200, so two-way *bold* APIs went.");
    const struct token *can = coachfix_word(&t, "can't");
    assert_int_equal(can->start, 7);
    assert_int_equal(can->end, 14);
    assert_int_equal(can->word, 1);
    assert_int_equal(coachfix_word(&t, "$1,200")->kind, TOKEN_NUMBER);
    assert_int_equal(coachfix_word(&t, "two-way")->kind, TOKEN_WORD);
    assert_int_equal(coachfix_word(&t, "bold")->kind, TOKEN_WORD);
    assert_true(coachfix_word(&t, "apis")->capitals);
    assert_false(coachfix_word(&t, "went")->capital);
    assert_int_equal(coachfix_word(&t, "went")->word, t.word_count - 1);
}

static void test_compounds_of_numbers_are_one_word(void **state)
{
    struct text t = cut("A 10-minute wait for 30-60 people");
    (void)state;
    assert_int_equal(coachfix_word(&t, "10-minute")->kind, TOKEN_NUMBER);
    assert_int_equal(t.word_count, 7); /* a range is two */
}

static void test_quotations(void **state)
{
    (void)state;
    struct text t =
        cut("I heard \"it is amazing\" and \xe2\x80\x9cgreat stuff\xe2\x80\x9d there.\n\n> a quoted line\n\nNot \"so");
    assert_true(coachfix_word(&t, "amazing")->quoted);
    assert_true(coachfix_word(&t, "stuff")->quoted);
    assert_true(coachfix_word(&t, "line")->quoted);
    assert_false(coachfix_word(&t, "there")->quoted);
    assert_false(coachfix_word(&t, "so")->quoted); /* never closed */

    t = cut(
        "\xe2\x80\x9cI stopped the launch. It was late.\xe2\x80\x9d"); /* pasted with its marks: nobody else speaks */
    assert_false(coachfix_word(&t, "launch")->quoted);
    t = cut("> I stopped the launch.\n> It was late.\n");
    assert_false(coachfix_word(&t, "late")->quoted);
}

static void test_questions_items_and_paragraphs(void **state)
{
    (void)state;
    struct text t = cut("Why did they leave us then? I asked.\n\n- an item");
    assert_int_equal(t.sentence_count, 3);
    assert_true(t.sentences[0].question);
    assert_false(t.sentences[1].question);
    assert_int_equal(t.sentences[1].paragraph, 0);
    assert_int_equal(t.sentences[2].paragraph, 1);
    assert_true(t.sentences[2].item);
    assert_false(t.sentences[1].item);
}

static void test_languages(void **state)
{
    (void)state;
    assert_true(cut("I saw that the calls went up and asked the people who made them why they had to.").english);
    assert_false(
        cut("Ich habe gesehen, dass die Anrufe mehr wurden, und fragte dann alle, warum sie anrufen.").english);
    assert_true(cut("Kurz gesagt.").english); /* too short to tell */
}

static void test_any_bytes(void **state)
{
    (void)state;
    struct text t;
    struct sv bytes = SV("a\0b \xff\xfe\xc3 word \xf0\x9f\x9a\x80 end");
    text_parse(&t, bytes, &arena);
    assert_int_equal(coachfix_word(&t, "word")->start, 8);
    assert_int_equal(t.word_count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_sentences, tear_down),
        cmocka_unit_test_teardown(test_tokens_stand_where_they_say, tear_down),
        cmocka_unit_test_teardown(test_compounds_of_numbers_are_one_word, tear_down),
        cmocka_unit_test_teardown(test_quotations, tear_down),
        cmocka_unit_test_teardown(test_questions_items_and_paragraphs, tear_down),
        cmocka_unit_test_teardown(test_languages, tear_down),
        cmocka_unit_test_teardown(test_any_bytes, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
