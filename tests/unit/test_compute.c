#include "support/unit.h"

#include "pmprep/bank/compute.h"

static void assert_holds(const char *statement)
{
    struct err err = ERR_INIT;
    if (!compute_check(sv_from(statement), &err)) {
        fail_msg("%s: %s", statement, err.text);
    }
}

static void assert_refused(const char *statement, const char *why)
{
    struct err err = ERR_INIT;
    assert_false(compute_check(sv_from(statement), &err));
    assert_int_equal(err.code, ERR_FORMAT);
    if (!strstr(err.text, why)) {
        fail_msg("%s: %s, not %s", statement, err.text, why);
    }
}

static void arithmetic_holds(void **state)
{
    (void)state;
    assert_holds("1 + 2 * 3 = 7");
    assert_holds("(1 + 2) * 3 = 9");
    assert_holds("10 - 4 - 3 = 3");
    assert_holds("100 / 5 / 2 = 10");
    assert_holds("-(2 - 5) = 3");
    assert_holds("2 - 5 = -3");
    assert_holds("2--1=3");
    assert_holds("sqrt(16) + pow(2, 3) = 12");
    assert_holds("54 / 9 = 6; 6 * 2 = 12");
    assert_holds("0.1 + 0.2 = 0.3");
}

static void a_figure_is_rounded_to_its_own_decimals(void **state)
{
    (void)state;
    assert_holds("2 / 12 * 100 = 16.7");
    assert_holds("2 / 12 * 100 = 17");
    assert_refused("2 / 12 * 100 = 16", "2 / 12 * 100 is 16.67, not 16");
    assert_refused("2 / 12 * 100 = 16.66", "is 16.6667, not 16.66");
    assert_refused("1 = 1; 2 = 3", "2 is 2.00, not 3");
}

/* The table of domain.md: a lift of 3% relative on 25,000 people in each arm, by the base. */
static void the_test_of_two_shares_agrees_with_the_table(void **state)
{
    (void)state;
    assert_holds("p(0.02, 0.0206, 25000) = 0.63");
    assert_holds("p(0.05, 0.0515, 25000) = 0.44");
    assert_holds("p(0.10, 0.103, 25000) = 0.27");
    assert_holds("p(0.20, 0.206, 25000) = 0.095");
    assert_holds("p(0.30, 0.309, 25000) = 0.03");
    assert_holds("p(0.40, 0.412, 25000) = 0.006");
    assert_holds("p(0.0515, 0.05, 25000) = 0.44");
    assert_holds("z(0.05, 0.08, 25000) = 13.6");
    assert_refused("p(0.05, 0.0515, 25000) = 0.05", "is 0.44");
}

/* Of the same page: 5% base, 3% relative, 80% power; half the effect takes four times the people. */
static void the_sample_size_agrees_with_the_formula(void **state)
{
    (void)state;
    assert_holds("n(0.05, 0.0015) = 331022");
    assert_holds("n(0.10, 0.007) / n(0.10, 0.014) = 4");
    assert_refused("n(0.05, 0.0015) = 30000", "n(0.05, 0.0015) is 331022.22, not 30000");
}

static void what_is_no_statement_is_refused(void **state)
{
    (void)state;
    assert_refused("", "expected");
    assert_refused("1 + 1", "\"=\" and the figure are expected");
    assert_refused("1 + = 2", "expected at \"= 2\"");
    assert_refused("(1 + 1 = 2", "\")\" is expected");
    assert_refused("1 = 1 1", "nothing more is expected");
    assert_refused("1 = 1;", "expected");
    assert_refused("1 = x", "a number is expected");
    assert_refused("cos(1) = 1", "one of sqrt pow z p n");
    assert_refused("pow(1) = 1", "another argument is expected");
    assert_refused("sqrt(1, 2) = 1", "\")\" is expected");
    assert_refused("1 / 0 = 1", "1 / 0 has no value");
    assert_refused("sqrt(-1) = 1", "has no value");
    assert_refused("1,5 = 1.5", "\"=\" and the figure are expected");
    assert_refused("1234567890123456 = 1", "too long a number");
    char deep[200];
    memset(deep, '(', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    assert_refused(deep, "the nesting is too deep");
    memset(deep, '-', sizeof(deep) - 1);
    assert_refused(deep, "the nesting is too deep");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic_holds),
        cmocka_unit_test(a_figure_is_rounded_to_its_own_decimals),
        cmocka_unit_test(the_test_of_two_shares_agrees_with_the_table),
        cmocka_unit_test(the_sample_size_agrees_with_the_formula),
        cmocka_unit_test(what_is_no_statement_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
