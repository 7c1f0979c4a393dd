#include "support/unit.h"

#include "support/coachfix.h"

/* Rules and answers in, findings out. */

#define HEAD(id, severity, more)                                                                                       \
    "rule: " id "\ntitle: T\nversion: 2\nseverity: " severity "\n" more "message: M.\nadvice: A.\n"

static const char no_customer[] = HEAD("no-customer", "error", "") "show: [has technical as words, has any in first]\n"
                                                                   "bias: 1\nthreshold: 0\n"
                                                                   "weights:\n  has customers: -2\n";
static const char fog[] =
    HEAD("fog", "warning",
         "kinds: [behavioural, failure]\nexcept: [earn-trust]\n") "show: [\"count passive by nobody\"]\nbias: "
                                                                  "-1\nthreshold: 0\nweights:\n  \"count passive by "
                                                                  "nobody\": 1.5\n";
static const char gulls[] = HEAD("gulls", "note", "") "find: [gull, \"~feed the birds\"]\nunless: [museum]\n";

static void open_three(struct coachfix *f, const struct rule_setting *settings, size_t count)
{
    struct rule rules[] = {coachfix_rule(f, no_customer), coachfix_rule(f, fog), coachfix_rule(f, gulls)};
    struct rule *kept = arena_array(&f->arena, 3, sizeof(*kept));
    memcpy(kept, rules, sizeof(rules));
    coachfix_open(f, kept, 3, settings, count);
}

static void test_weighed_rules(void **state)
{
    struct coachfix *f = *state;
    open_three(f, NULL, 0);
    assert_string_equal(coachfix_findings(f, "I built a cache.", NULL), "no-customer");
    assert_string_equal(coachfix_findings(f, "The patient got a cache.", NULL), "");
    assert_string_equal(coachfix_findings(f, "The patient got a cache. The limit was raised.", "failure"), "fog");
    assert_string_equal(coachfix_findings(f, "", "failure"), "");
}

static void test_scope(void **state)
{
    struct coachfix *f = *state;
    const char *text = "The patient got a cache. The limit was raised.";
    struct coach_report report;
    open_three(f, NULL, 0);
    assert_string_equal(coachfix_findings(f, text, NULL), "");
    assert_string_equal(coachfix_findings(f, text, "metrics"), "");
    assert_string_equal(coachfix_findings(f, text, "behavioural"), "fog");
    coach_read(f->coach, &(struct coach_input){sv_from(text), "behavioural", "earn-trust"}, &f->arena, &report);
    assert_int_equal(report.count, 0);
    const struct rule *r = coach_rule(f->coach, "fog");
    assert_true(rule_applies(r, "failure", "ownership"));
    assert_false(rule_applies(r, "failure", "earn-trust"));
    assert_false(rule_applies(r, "", ""));
}

static void test_findings_point_at_words(void **state)
{
    struct coachfix *f = *state;
    struct coach_report report;
    const char *text = "I built one. A gull ate it all, while we fed the birds from a cache.";
    open_three(f, NULL, 0);
    coach_read(f->coach, &(struct coach_input){sv_from(text), NULL, NULL}, &f->arena, &report);
    assert_int_equal(report.count, 3);
    assert_string_equal(report.findings[0].rule, "no-customer"); /* worst first */
    assert_memory_equal(text + report.findings[0].start, "cache", 5);
    assert_int_equal(report.findings[0].end - report.findings[0].start, 5);
    assert_string_equal(report.findings[0].severity, "error");
    assert_int_equal(report.findings[0].rule_version, 2);
    assert_memory_equal(text + report.findings[1].start, "gull ", 5);
    assert_memory_equal(text + report.findings[2].start, "fed the birds", 13);
    assert_int_equal(report.findings[2].end - report.findings[2].start, 13);
    assert_int_equal(coach_weight(report.findings, report.count), 5);
}

static void test_phrases_are_silenced(void **state)
{
    struct coachfix *f = *state;
    open_three(f, NULL, 0);
    assert_string_equal(coachfix_findings(f, "The patient saw a gull in the museum.", NULL), "");
    assert_string_equal(coachfix_findings(f, "The patient saw a museum. Then a gull came.", NULL), "gulls");
    assert_string_equal(coachfix_findings(f, "The patient said \"a gull\" to me.", NULL), "");
}

static void test_settings(void **state)
{
    static const struct rule_setting settings[] = {
        {.rule = "gulls", .off = true, .severity = SEVERITY_COUNT},
        {.rule = "no-customer", .severity = SEVERITY_NOTE},
    };
    struct coachfix *f = *state;
    struct coach_report report;
    size_t count;
    open_three(f, settings, 2);
    coach_rules(f->coach, &count);
    assert_int_equal(count, 2);
    assert_null(coach_rule(f->coach, "gulls"));
    assert_int_equal(coach_rule(f->coach, "no-customer")->severity, SEVERITY_NOTE);
    coach_read(f->coach, &(struct coach_input){SV("A gull."), NULL, NULL}, &f->arena, &report);
    assert_int_equal(report.count, 1);
    assert_string_equal(report.findings[0].severity, "note");
}

static void test_a_later_rule_replaces(void **state)
{
    struct coachfix *f = *state;
    struct rule rules[] = {coachfix_rule(f, gulls), coachfix_rule(f, HEAD("gulls", "error", "") "find: [puffin]\n")};
    size_t count;
    coachfix_open(f, rules, 2, NULL, 0);
    coach_rules(f->coach, &count);
    assert_int_equal(count, 1);
    assert_string_equal(coachfix_findings(f, "A gull and a cat.", NULL), "");
    assert_string_equal(coachfix_findings(f, "A puffin and a cat.", NULL), "gulls");
}

static void test_a_broken_rule_is_told(void **state)
{
    struct coachfix *f = *state;
    struct rule rules[] = {coachfix_rule(f, HEAD("bad", "error", "") "show: [has nosuch]\nbias: 1\nthreshold: 0\n"
                                                                     "weights:\n  has customers: -2\n"),
                           coachfix_rule(f, HEAD("worse", "error", "") "find: [\"<nosuch>\"]\n")};
    for (int i = 0; i < 2; i++) {
        struct coach *c;
        struct err err = ERR_INIT;
        assert_false(coach_open(&c, &rules[i], 1, &f->words, 1, NULL, 0, &err));
        assert_null(c);
        assert_non_null(strstr(err.text, "rule.yaml:"));
        assert_non_null(strstr(err.text, "nosuch"));
    }
}

static void test_other_languages(void **state)
{
    struct coachfix *f = *state;
    struct coach_report report;
    struct sv text = SV("Wir haben einen gull gesehen und alle Menschen waren sehr froh, weil der cache schnell ging.");
    open_three(f, NULL, 0);
    coach_read(f->coach, &(struct coach_input){text, NULL, NULL}, &f->arena, &report);
    assert_false(report.english);
    assert_int_equal(report.count, 0);
    assert_int_equal(report.words, 16);
    assert_true(report.spoken_ms > 6000 && report.spoken_ms < 7000);
}

static void test_ticks(void **state)
{
    struct coachfix *f = *state;
    struct rule rules[] = {coachfix_rule(f, HEAD("no-number", "error", "") "find: [xyz]\n"),
                           coachfix_rule(f, HEAD("no-result", "warning", "kinds: [behavioural]\n") "find: [xyz]\n"),
                           coachfix_rule(f, HEAD("naked-number", "warning", "") "find: [xyz]\n")};
    struct finding *list;
    size_t count;
    coachfix_open(f, rules, 3, NULL, 0);
    coach_ticks(f->coach, TICK_CUSTOMER | TICK_RESULT, "behavioural", NULL, &f->arena, &list, &count);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].rule, "no-number");
    assert_string_equal(list[0].severity, "error");
    assert_true(list[0].self_reported);
    assert_int_equal(list[0].start, list[0].end);
    /* a number without a baseline, and no result where one is due */
    coach_ticks(f->coach, TICK_NUMBER, "behavioural", NULL, &f->arena, &list, &count);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].rule, "naked-number");
    coach_ticks(f->coach, 0, "behavioural", NULL, &f->arena, &list, &count);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].severity, "error"); /* worst first */
    assert_string_equal(list[1].severity, "warning");
    coach_ticks(f->coach, TICK_NUMBER | TICK_BASELINE, "metrics", NULL, &f->arena, &list, &count);
    assert_int_equal(count, 0);
}

static void test_shape(void **state)
{
    struct coachfix *f = *state;
    struct coach_report report;
    const char *text = "In the spring our shop had one door and one bell and a very long row of people outside it. I "
                       "decided to stop the sale and to open the other door for those who came without a bag. We "
                       "raised the price, and I stopped the bell. Then the number of people in the row fell.";
    open_three(f, NULL, 0);
    coach_read(f->coach, &(struct coach_input){sv_from(text), "behavioural", NULL}, &f->arena, &report);
    double sum = report.star.situation + report.star.action + report.star.result;
    assert_true(sum > 0.999 && sum < 1.001);
    assert_true(report.star.situation > 0.3 && report.star.situation < 0.4);
    assert_true(report.star.result > 0 && report.star.result < 0.1);
    coach_read(f->coach, &(struct coach_input){sv_from(text), "metrics", NULL}, &f->arena, &report);
    assert_true(report.star.situation == 0 && report.star.action == 0 && report.star.result == 0);
}

static void test_wins_and_losses(void **state)
{
    struct coachfix *f = *state;
    struct coach_report report;
    open_three(f, NULL, 0);
    coach_read(f->coach,
               &(struct coach_input){SV("I launched it. We launched it. I launched more. We complained. The manager "
                                        "complained."),
                                     NULL, NULL},
               &f->arena, &report);
    assert_int_equal(report.asymmetry.win_i, 2);
    assert_int_equal(report.asymmetry.win_we, 1);
    assert_int_equal(report.asymmetry.loss_we, 1);
    assert_int_equal(report.asymmetry.loss_i, 0);
    assert_int_equal(report.asymmetry.loss_others, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_weighed_rules, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_scope, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_findings_point_at_words, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_phrases_are_silenced, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_settings, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_a_later_rule_replaces, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_a_broken_rule_is_told, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_other_languages, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_ticks, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_shape, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_wins_and_losses, coachfix_setup, coachfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
