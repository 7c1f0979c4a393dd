#include "support/unit.h"

#include "pmprep/coach/score.h"
#include "support/coachfix.h"

/* The coach against labelled answers. */

static const char labels[] =
    "\xef\xbb\xbf{\"id\":\"a\",\"pair\":\"p\",\"side\":\"bad\",\"kind\":\"behavioural\",\"principle\":null,\"text\":"
    "\"A gull and a "
    "cat.\",\"flaws\":[\"gulls\"]}\n"
    "\n"
    "{\"id\":\"b\",\"pair\":\"p\",\"side\":\"good\",\"kind\":\"behavioural\",\"principle\":\"ownership\",\"text\":\"A "
    "dog.\",\"flaws\":[]}\r\n"
    "{\"id\":\"c\",\"pair\":\"q\",\"side\":\"bad\",\"kind\":\"failure\",\"text\":\"A dog "
    "\\u00e9.\",\"flaws\":[\"gulls\","
    "\"cats\"]}\n"
    "{\"id\":\"d\",\"pair\":\"q\",\"side\":\"good\",\"kind\":\"failure\",\"text\":\"A cat.\",\"flaws\":[]}\n"
    "{\"id\":\"e\",\"pair\":null,\"side\":null,\"kind\":\"metrics\",\"text\":\"A "
    "cat.\",\"flaws\":[],\"note\":{\"x\":1}}";

static void score(struct coachfix *f, const char *kind, struct label_score *out)
{
    static struct rule rules[2];
    struct labelled_answer *answers;
    struct err err = ERR_INIT;
    size_t count;
    rules[0] = coachfix_rule(f, "rule: gulls\ntitle: T\nseverity: error\nmessage: M.\nadvice: A.\nfind: [gull]\n");
    rules[1] = coachfix_rule(f, "rule: cats\ntitle: T\nseverity: note\nkinds: [failure, metrics]\nmessage: M.\n"
                                "advice: A.\nfind: [cat]\n");
    coachfix_open(f, rules, 2, NULL, 0);
    assert_true(labels_parse(sv_from(labels), "labels.jsonl", &f->arena, &answers, &count, &err));
    assert_int_equal(count, 5);
    assert_string_equal(answers[1].principle, "ownership");
    assert_string_equal(answers[2].text, "A dog \xc3\xa9.");
    assert_string_equal(answers[4].pair, "");
    assert_true(answers[2].bad && !answers[3].bad);
    labels_score(f->coach, answers, count, kind, &f->arena, out);
}

static void test_counts(void **state)
{
    struct label_score s;
    score(*state, NULL, &s);
    assert_int_equal(s.rule_count, 2);
    assert_string_equal(s.rules[0].rule, "gulls");
    assert_int_equal(s.rules[0].tp, 1);
    assert_int_equal(s.rules[0].fp, 0);
    assert_int_equal(s.rules[0].fn, 1);
    assert_int_equal(s.rules[1].tp, 0);
    assert_int_equal(s.rules[1].fp, 2);
    assert_int_equal(s.rules[1].fn, 1);
    assert_true(score_precision(&s.rules[0]) == 1 && score_recall(&s.rules[0]) == 0.5);
    assert_true(score_precision(&s.rules[1]) == 0 && score_recall(&s.rules[1]) == 0);
    assert_true(score_precision(&(struct rule_score){.rule = ""}) == 1);
    assert_int_equal(s.answers, 5);
    assert_int_equal(s.pairs, 2);
    assert_int_equal(s.pairs_told, 1);
    assert_int_equal(s.strong, 3);
    assert_int_equal(s.strong_findings, 2);
}

static void test_a_kind_of_ones_own(void **state)
{
    struct label_score s;
    score(*state, "behavioural", &s);
    assert_int_equal(s.rules[1].fp, 0);
    score(*state, "metrics", &s);
    assert_int_equal(s.rules[1].fp, 3);
}

static void test_malformed_lines(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"text\":\"a\",\"flaws\":[]}\n{\"text\"", "x:2:1: the line is no JSON object"},
        {"[1]", "x:1:1: the line is no JSON object"},
        {"\n\nhello", "x:3:1: the line is no JSON object"},
        {"{\"text\":\"a\"}", "x:1:1: a labelled answer needs"},
        {"{\"flaws\":[]}", "x:1:1: a labelled answer needs"},
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct labelled_answer *answers;
        struct err err = ERR_INIT;
        size_t count;
        assert_false(labels_parse(sv_from(cases[i].text), "x", &f->arena, &answers, &count, &err));
        if (strncmp(err.text, cases[i].message, strlen(cases[i].message)) != 0) {
            fail_msg("%s: %s", cases[i].text, err.text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_counts, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_a_kind_of_ones_own, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_malformed_lines, coachfix_setup, coachfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
