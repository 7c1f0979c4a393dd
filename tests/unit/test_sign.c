#include "support/unit.h"

#include "support/coachfix.h"

#include <ctype.h>
#include <math.h>

/* Every measure, region and condition of a sign, and what it points at. */

static struct sign *parsed(struct coachfix *f, const char *expression)
{
    struct sign *s;
    struct err err = ERR_INIT;
    if (!sign_parse(&s, expression, f->index, &f->arena, &err)) {
        fail_msg("%s", err.text);
    }
    return s;
}

static double value(struct coachfix *f, const char *expression, const char *text)
{
    return sign_value(parsed(f, expression), answer_view(f->index, sv_from(text), &f->arena));
}

static const char story[] = "Customers waited for the cache. We raised the limit. I did not stop the launch. The team "
                            "decided alone, and the price fell.";

static void test_measures(void **state)
{
    static const struct {
        const char *expression;
        double wanted;
    } cases[] = {
        {"has customers", 1},
        {"has rejected", 0},
        {"has rejected|customers", 1},
        {"count decision", 2}, /* raise, stop, decide: log2(1 + 3) */
        {"count rejected", 0},
        {"rate decision", 10}, /* 3 in 23 words, cut at 10 in 100 */
        {"share decision", 0.75},
        {"share technical", 0.25},
        {"place customers", 0},
        {"place rejected", 1},
        {"place technical", 4 / 23.0},
        {"rate customers", 100 / 23.0},
        {"words", 0.23},
        {"short", 1},
        {"long", 0},
        {"sentence", 23 / 4.0 / 10},
        {"longest", 0.8},
        {"numbers", 0},
        {"claims", 0},
        {"i-share", 0.5},
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        double got = value(f, cases[i].expression, story);
        if (fabs(got - cases[i].wanted) > 1e-9) {
            fail_msg("%s: %g, not %g", cases[i].expression, got, cases[i].wanted);
        }
    }
}

static void test_conditions(void **state)
{
    static const struct {
        const char *expression;
        double wanted;
    } cases[] = {
        {"has decision by i", 1},
        {"count decision by we", 1},
        {"count decision by we|others", 1.5849625007211562}, /* log2(3) */
        {"has change by thing", 1},
        {"has change by customers", 0},
        {"has decision by i negated", 1},
        {"has decision by i affirmed", 0},
        {"has change beside decision", 0}, /* another clause */
        {"has change with decision", 1},   /* the same sentence */
        {"has change without decision", 0},
        {"has change not beside decision", 1},
        {"has technical with customers without decision", 1},
        {"has customers in first", 1},
        {"has customers in opening", 1},
        {"has customers in last", 0},
        {"has customers in ending", 0},
        {"has change in last", 1},
        {"has change in ending", 1},
        {"has change in start", 0},
        {"has customers in start", 1},
        {"has ship in middle", 1},
        {"has customers in middle", 0},
        {"has technical near decision", 1}, /* the next sentence */
        {"has technical near change", 0},
        {"has technical not near change", 1},
        {"has change in half", 1},
        {"has customers in half", 0},
        {"has change in tail", 1},
        {"has customers in tail", 0},
        {"has customers told", 1},
        {"has customers planned", 0},
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        double got = value(f, cases[i].expression, story);
        if (fabs(got - cases[i].wanted) > 1e-9) {
            fail_msg("%s: %g, not %g", cases[i].expression, got, cases[i].wanted);
        }
    }
}

static void test_shapes_of_choice_and_effect(void **state)
{
    struct coachfix *f = *state;
    assert_float_equal(value(f, "thing-doing", "It raised the limit. I stopped it."), 0.5, 1e-9);
    assert_float_equal(value(f, "sufferer", "It raised the limit."), 1, 1e-9);
    assert_float_equal(value(f, "last-move", "I stopped it. I raised it."), 0, 1e-9);
    assert_true(value(f, "deed-chain", "I stopped it. I raised it.") > value(f, "deed-chain", "I stopped it."));
    assert_float_equal(value(f, "forks", "Wait, or go? Who knows? I went."), 1, 1e-9);
    assert_float_equal(value(f, "forks", "Who knows? I could wait or go."), 0, 1e-9);
    assert_float_equal(value(f, "unmeasured", "It was a long and dark winter by the sea. The price fell."), 1, 1e-9);
    assert_float_equal(value(f, "unmeasured", "It was a long and dark winter by the sea. The price fell by 9%."), 0,
                       1e-9);
    assert_float_equal(value(f, "past-share", "We raised it. It fell."), 1, 1e-9);
}

static void test_quoted_words_do_not_count(void **state)
{
    struct coachfix *f = *state;
    const char *text = "He said \"the customers waited\" and left.";
    assert_true(value(f, "has customers", text) == 0);
    assert_true(value(f, "has customers with quoted", text) == 1);
}

static const char *marked(struct coachfix *f, const char *expression, const char *text)
{
    size_t start, end;
    if (!sign_span(parsed(f, expression), answer_view(f->index, sv_from(text), &f->arena), &start, &end)) {
        return "";
    }
    return arena_strndup(&f->arena, text + start, end - start);
}

static void test_spans(void **state)
{
    struct coachfix *f = *state;
    struct answer_view *v = answer_view(f->index, sv_from(story), &f->arena);
    size_t start, end;
    assert_string_equal(marked(f, "has decision by we as words", story), "raised");
    assert_string_equal(marked(f, "has decision by we", story), "We raised the limit");
    /* of several that stand together, from the first to the last */
    assert_string_equal(marked(f, "has customers|technical as words", story), "Customers waited for the cache");
    /* the first place, or the one that has most; without the joining word */
    assert_string_equal(marked(f, "has change|decision in half as clause", story), "I did not stop the launch");
    assert_string_equal(marked(f, "count change|decision in half as sentence", story),
                        "The team decided alone, and the price fell");
    assert_string_equal(marked(f, "has change", story), "the price fell");
    assert_false(sign_span(parsed(f, "has rejected"), v, &start, &end));
    assert_false(sign_span(parsed(f, "words"), v, &start, &end));
}

/* Never more than can be taken in, and then up to where the sentence pauses. */
static void test_long_spans(void **state)
{
    struct coachfix *f = *state;
    static const char text[] =
        "Customers stood in the long grey row at the second door of the old hall on the far side of the market square "
        "until noon, in the rain and in the wind and in the snow of that very long winter in the town by the lake.";
    const char *shown = marked(f, "has customers as sentence", text);
    assert_true(strlen(shown) <= 160);
    assert_true(strlen(shown) >= 80);
    assert_memory_equal(shown, text, strlen(shown));
    assert_false(isalnum((unsigned char)text[strlen(shown)]));
    assert_string_equal(marked(f, "has any", "- and -"), "and");
}

static void test_wrong_expressions(void **state)
{
    static const char *const wrong[] = {
        "",
        "maybe customers",
        "has nosuch",
        "has customers|nosuch",
        "has customers by them",
        "has customers in front",
        "has customers as cache",
        "has customers beside nosuch",
        "has customers not with decision",
        "has customers between decision",
        "has",
        "has customers by",
        "words in first",
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct sign *s;
        struct err err = ERR_INIT;
        if (sign_parse(&s, wrong[i], f->index, &f->arena, &err)) {
            fail_msg("\"%s\" was read", wrong[i]);
        }
        assert_int_equal(err.code, ERR_FORMAT);
        assert_non_null(strstr(err.text, wrong[i]));
    }
}

static void test_an_empty_text_has_values(void **state)
{
    static const char *const all[] = {
        "has any",        "count any",    "rate any",   "share any",   "place any",   "words",        "short",
        "long",           "sentence",     "longest",    "i-share",     "agentless",   "others-alone", "accused-alone",
        "scene",          "result-share", "numbers",    "claims",      "bare-claims", "repeats",      "fault-balance",
        "fault-late",     "unowned",      "sufferer",   "show-run",    "made-early",  "thing-doing",  "thing-run",
        "peopleless-run", "weighed",      "deed-chain", "world-moves", "last-move",   "uncounted",
    };
    struct coachfix *f = *state;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        assert_true(isfinite(value(f, all[i], "")));
        assert_true(isfinite(value(f, all[i], "word")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_measures, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_conditions, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_shapes_of_choice_and_effect, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_quoted_words_do_not_count, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_spans, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_long_spans, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_wrong_expressions, coachfix_setup, coachfix_teardown),
        cmocka_unit_test_setup_teardown(test_an_empty_text_has_values, coachfix_setup, coachfix_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
