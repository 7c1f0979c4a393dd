#include "support/unit.h"

#include "pmprep/bank/library.h"
#include "pmprep/base/buf.h"
#include "pmprep/coach/number.h"

#include <math.h>

/* Numbers of an answer: what each is and does, and what a claim lacks. With the shipped words. */

static struct arena arena;
static struct library *library;
static struct lexicon_index *words;
static struct text text;
static struct numbers numbers;

static int set_up(void **state)
{
    struct err err = ERR_INIT;
    struct library_sources sources = {.shipped = getenv("PMPREP_DATA")};
    size_t count;
    (void)state;
    assert_true(library_open(&library, &sources, &err));
    const struct lexicon *files = library_lexicons(library, &count);
    if (!lexicon_build(&words, files, count, &err)) {
        fail_msg("%s", err.text);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lexicon_free(words);
    library_close(library);
    arena_release(&arena);
    return 0;
}

static void read_sv(struct sv s)
{
    arena_reset(&arena);
    text_parse(&text, s, &arena);
    lexicon_mark(words, &text);
    clauses_mark(&text);
    numbers_mark(words, &text, &arena, &numbers);
    numbers_audit(&text, &arena, &numbers);
}

static void read_text(const char *s)
{
    read_sv(sv_from(s));
}

static bool close_by(double a, double b)
{
    return fabs(a - b) <= 1e-9 + 1e-6 * fabs(b);
}

/* The number with that value; fails when there is none. */
static const struct number *number_of(double value, const char *where)
{
    for (size_t i = 0; i < numbers.count; i++) {
        if (close_by(numbers.at[i].value, value)) {
            return &numbers.at[i];
        }
    }
    fail_msg("no %g in: %s", value, where);
    return NULL;
}

static bool marked(const struct number *n, unsigned class)
{
    return class_has(&text.tokens[n->first].classes, class);
}

struct phrase {
    const char *text;
    double value;
    enum unit unit;
    enum number_role role;
};

static void check_phrases(const struct phrase *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct phrase *p = &phrases[i];
        read_text(p->text);
        const struct number *n = number_of(p->value, p->text);
        if (n->unit != p->unit || n->role != p->role) {
            fail_msg("unit %d role %d, want %d %d: %s", (int)n->unit, (int)n->role, (int)p->unit, (int)p->role,
                     p->text);
        }
    }
}

static void test_figures_have_a_value_a_unit_and_a_role(void **state)
{
    static const struct phrase phrases[] = {
        {"Complaints fell by 9%.", 9, UNIT_PERCENT, NUMBER_CHANGE},
        {"Orders rose 17% over the summer.", 17, UNIT_PERCENT, NUMBER_CHANGE},
        {"We saw a lift of 3% on 50,000 users.", 3, UNIT_PERCENT, NUMBER_CHANGE},
        {"We saw a lift of 3% on 50,000 users.", 50000, UNIT_NONE, NUMBER_SAMPLE},
        {"It gave 34% more bookings.", 34, UNIT_PERCENT, NUMBER_CHANGE},
        {"Attendance went up 4 percentage points.", 4, UNIT_POINTS, NUMBER_CHANGE},
        {"Five per cent of the members left.", 5, UNIT_PERCENT, NUMBER_AFTER},
        {"Waiting went from 41 to 33 minutes.", 41, UNIT_TIME, NUMBER_BEFORE},
        {"Waiting went from 41 to 33 minutes.", 33, UNIT_TIME, NUMBER_AFTER},
        {"Calls fell from 1,900 to 640 a month.", 1900, UNIT_NONE, NUMBER_BEFORE},
        {"Calls fell from 1,900 to 640 a month.", 640, UNIT_NONE, NUMBER_AFTER},
        {"The median was 19 days to 6 in the end.", 19, UNIT_TIME, NUMBER_BEFORE},
        {"It settled at 6.8% against 11.1% in the holdout.", 11.1, UNIT_PERCENT, NUMBER_COMPARED},
        {"Returns stayed at 30% elsewhere.", 30, UNIT_PERCENT, NUMBER_COMPARED},
        {"Within six weeks the queue was gone.", 6, UNIT_TIME, NUMBER_PERIOD},
        {"Ten years later it still holds.", 10, UNIT_TIME, NUMBER_PERIOD},
        {"That brought $1.2M in margin.", 1.2e6, UNIT_MONEY, NUMBER_OTHER},
        {"It was a 40-minute wait.", 40, UNIT_TIME, NUMBER_OTHER},
        {"A 10-year-old found it.", 10, UNIT_DATE, NUMBER_OTHER},
        {"A bag costs 0.38 euro.", 0.38, UNIT_MONEY, NUMBER_OTHER},
        {"There were 4k open tickets.", 4000, UNIT_NONE, NUMBER_OTHER},
        {"It needed a p95 of 400 ms.", 400, UNIT_MACHINE, NUMBER_OTHER},
        {"Twice as many parents came.", 2, UNIT_TIMES, NUMBER_CHANGE},
        {"Tips doubled.", 2, UNIT_TIMES, NUMBER_CHANGE},
        {"Loads are three times what they were.", 3, UNIT_TIMES, NUMBER_OTHER},
    };
    (void)state;
    check_phrases(phrases, sizeof(phrases) / sizeof(phrases[0]));
}

static void test_shares_and_spelled_numbers(void **state)
{
    static const struct phrase phrases[] = {
        {"One in nine donors left.", 1.0 / 9, UNIT_SHARE, NUMBER_AFTER},
        {"7 of 12 came back.", 7.0 / 12, UNIT_SHARE, NUMBER_AFTER},
        {"Fourteen of the 20 largest stayed.", 0.7, UNIT_SHARE, NUMBER_AFTER},
        {"98 in 100 parcels arrive.", 0.98, UNIT_SHARE, NUMBER_AFTER},
        {"Waste fell by two thirds.", 2.0 / 3, UNIT_SHARE, NUMBER_CHANGE},
        {"A third of the guests cook.", 1.0 / 3, UNIT_SHARE, NUMBER_AFTER},
        {"Half of them paid.", 0.5, UNIT_SHARE, NUMBER_AFTER},
        {"Half an hour was lost.", 0.5, UNIT_TIME, NUMBER_OTHER},
        {"Unfinished forms went from 37 to 21 in 100.", 0.37, UNIT_SHARE, NUMBER_BEFORE},
        {"A dozen nurses stayed.", 12, UNIT_NONE, NUMBER_OTHER},
        {"Half a dozen nurses stayed.", 6, UNIT_NONE, NUMBER_OTHER},
        {"A couple of hundred anglers signed.", 200, UNIT_NONE, NUMBER_OTHER},
        {"Forty-one tenants answered.", 41, UNIT_NONE, NUMBER_OTHER},
        {"Two hundred and forty tenants answered.", 240, UNIT_NONE, NUMBER_OTHER},
        {"Three million visits.", 3e6, UNIT_NONE, NUMBER_OTHER},
        {"After two and a half weeks we stopped.", 2.5, UNIT_TIME, NUMBER_PERIOD},
    };
    (void)state;
    check_phrases(phrases, sizeof(phrases) / sizeof(phrases[0]));
}

static void test_dates_are_no_results(void **state)
{
    static const struct {
        const char *text;
        double value;
    } dates[] = {
        {"In 2022 I moved the fair.", 2022},
        {"It opened on 1 May.", 1},
        {"It opened on March 14.", 14},
        {"The gate shuts at 7:31.", 731},
        {"The gate shuts at 5 p.m. on Sundays.", 5},
        {"My neighbour is 67 years old.", 67},
        {"That was step 3 of the plan.", 3},
        {"We shipped version 3.2.1 then.", 3.3},
        {"It was the 2nd floor.", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        read_text(dates[i].text);
        assert_true(numbers.count > 0);
        const struct number *n = &numbers.at[0];
        if (n->unit != UNIT_DATE || n->outcome || n->technical || marked(n, CLASS_NUMBER) || !marked(n, CLASS_DATE)) {
            fail_msg("no date: %s", dates[i].text);
        }
        assert_int_equal(numbers.claim_count, 0);
    }
}

static void test_words_that_only_look_like_numbers(void **state)
{
    static const char *const none[] = {
        "One could say that no one of us knew.",
        "In the second half of the season it rained.",
        "A third person joined.",
        "Hundreds of people came.",
        "It was a two-way door.",
        "We met in the other half of the hall.",
        "There is always someone at the front desk.",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        read_text(none[i]);
        if (numbers.count > 0) {
            fail_msg("found %g in: %s", numbers.at[0].value, none[i]);
        }
    }
}

static void test_machine_and_customer_are_told_apart(void **state)
{
    (void)state;
    read_text("Latency fell from 840 to 310 milliseconds and the cluster shrank by 40%.");
    for (size_t i = 0; i < numbers.count; i++) {
        assert_true(numbers.at[i].technical && !numbers.at[i].outcome);
        assert_true(marked(&numbers.at[i], CLASS_TECHNICAL_NUMBER));
    }
    read_text("Refunds to patients fell from 840 to 310 a month.");
    for (size_t i = 0; i < numbers.count; i++) {
        assert_true(numbers.at[i].outcome && !numbers.at[i].technical);
        assert_true(marked(&numbers.at[i], CLASS_OUTCOME_NUMBER) && marked(&numbers.at[i], CLASS_CHANGE_NUMBER));
    }
    read_text("I asked 5 fitters in 3 towns.");
    assert_false(number_of(5, "fitters")->outcome);
}

static void test_a_bare_percent_is_one_without_company(void **state)
{
    static const struct {
        const char *text;
        bool bare;
    } cases[] = {
        {"Repeat bookings went up 23%.", true},
        {"The bill was cut by a third.", true},
        {"Repeat bookings went up 23% in eight weeks.", false},
        {"Repeat bookings went up 23%, from 400 to 492.", false},
        {"Repeat bookings went up 23% against the same weeks of the year before.", false},
        {"Repeat bookings went up 23%. In the six huts without it they stayed at 200.", false},
        {"Repeat bookings went up 23% among 2,300 guests.", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        read_text(cases[i].text);
        if (marked(&numbers.at[0], CLASS_BARE_PERCENT) != cases[i].bare) {
            fail_msg("%s", cases[i].text);
        }
    }
}

static const struct number_claim *only_claim(const char *s)
{
    read_text(s);
    if (numbers.claim_count != 1) {
        fail_msg("%zu claims: %s", numbers.claim_count, s);
    }
    return &numbers.claims[0];
}

static void test_a_claim_names_its_parts(void **state)
{
    (void)state;
    const struct number_claim *c =
        only_claim("In eight weeks calls of 400 tenants fell from 90 to 60 against 88 in the other block.");
    assert_true(c->before && close_by(c->before->value, 90));
    assert_true(c->after && close_by(c->after->value, 60));
    assert_true(c->period && close_by(c->period->value, 8));
    assert_true(c->sample && close_by(c->sample->value, 400));
    assert_true(c->compared && close_by(c->compared->value, 88));
    assert_non_null(strstr(c->working, "-33.3%"));
}

static void test_each_missing_part_is_missing(void **state)
{
    (void)state;
    const struct number_claim *c = only_claim("Bookings rose by 12%.");
    assert_true(c->change && !c->before && !c->after && !c->period && !c->sample && !c->compared);
    assert_non_null(strstr(c->working, "the level before, the period, the sample, a comparison"));
    c = only_claim("Bookings rose by 12% in six weeks.");
    assert_true(c->period && !c->before && !c->sample && !c->compared);
    c = only_claim("Bookings of 900 guests rose by 12%.");
    assert_true(c->sample && !c->before && !c->period && !c->compared);
    c = only_claim("Bookings rose by 12% a month against the untouched huts.");
    assert_true(c->compared && c->period && !c->before && !c->sample);
    assert_int_equal(c->compared->unit, UNIT_DATE);
}

static void test_relative_or_points(void **state)
{
    (void)state;
    const struct number_claim *c = only_claim("Retention rose by 5%.");
    assert_false(c->relative_known);
    c = only_claim("Orders rose by 5%.");
    assert_true(c->relative_known && c->relative);
    c = only_claim("Retention rose by 5 points.");
    assert_true(c->relative_known && !c->relative);
    c = only_claim("Printing fell by 40%, from 8,200 euro to 4,900.");
    assert_true(c->relative_known && c->relative);
    c = only_claim("Retention rose by 5%, from 40% to 45%.");
    assert_true(c->relative_known && !c->relative);
}

static void test_groups_with_counts_are_tested(void **state)
{
    (void)state;
    const struct number_claim *c = only_claim("Conversion was 9.1% of 22,000 against 8.4% of 22,000.");
    assert_true(c->tested);
    assert_true(fabs(c->z - 2.60) < 0.01);
    assert_true(fabs(c->p - 0.0094) < 0.0005);
    assert_true(close_by(c->rate_a, 0.091) && close_by(c->n_b, 22000));
    assert_string_equal(c->working, "9.1% of 22,000 against 8.4% of 22,000: z = 2.60, p = 0.009; 80% power needs "
                                    "25,600 an arm");
    c = only_claim("With the tablet 19 of 64 cats returned, against 4 of 58 with the paste.");
    assert_true(c->tested && c->n_a > 63 && c->n_b < 59);
}

static void test_three_percent_on_fifty_thousand(void **state)
{
    (void)state;
    const struct number_claim *c = only_claim("Our test had a conversion lift of 3% on 50,000 users.");
    assert_true(c->sample && !c->before && !c->tested && !c->relative_known);
    assert_non_null(strstr(c->working, "the level before"));
    assert_non_null(strstr(c->working, "from  2%: p = 0.63, noise"));
    assert_non_null(strstr(c->working, "from 20%: p = 0.095, noise"));
    assert_non_null(strstr(c->working, "from 40%: p = 0.006;"));
    assert_non_null(strstr(c->working, "80% power needs 336,000 an arm"));
    assert_non_null(strstr(c->working, "If it is points"));
}

/* A lift of 3% relative on 25,000 people in each arm, by the base: erfc(|z| / sqrt 2) worked out apart. */
static void test_z_test_figures(void **state)
{
    static const double rows[][2] = {{0.02, 0.63},  {0.05, 0.45}, {0.10, 0.27},
                                     {0.20, 0.095}, {0.30, 0.03}, {0.40, 0.006}};
    double z;
    double p;
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(z_test(rows[i][0] * 1.03 * 25000, 25000, rows[i][0] * 25000, 25000, &z, &p));
        assert_true(fabs(p - rows[i][1]) < 0.006);
        assert_true(z > 0);
    }
    assert_true(z_test(0.05 * 25000, 25000, 0.08 * 25000, 25000, &z, &p));
    assert_true(z < -6 && p < 1e-9);
    assert_true(fabs(sample_needed(0.05, 0.0015) - 336000) < 1000);
    assert_true(fabs(sample_needed(0.05, 0.0015) / sample_needed(0.05, 0.003) - 4) < 0.1);
}

static void test_what_cannot_be_tested(void **state)
{
    double z;
    double p;
    (void)state;
    assert_false(z_test(1, 0, 1, 10, &z, &p));
    assert_false(z_test(0, 10, 0, 10, &z, &p));
    assert_false(z_test(10, 10, 10, 10, &z, &p));
    assert_false(z_test(11, 10, 1, 10, &z, &p));
    assert_false(z_test(-1, 10, 1, 10, &z, &p));
    assert_false(z_test(NAN, 10, 1, 10, &z, &p));
    assert_false(z_test(1, INFINITY, 1, 10, &z, &p));
    assert_true(sample_needed(0.5, 0) <= 0);
    assert_true(sample_needed(NAN, 0.1) <= 0);
    assert_true(sample_needed(2, 0.1) <= 0);
}

static void check_sound(void)
{
    for (size_t i = 0; i < numbers.count; i++) {
        const struct number *n = &numbers.at[i];
        assert_true(n->first < n->end && n->end <= text.token_count);
        assert_true(i == 0 || numbers.at[i - 1].end <= n->first);
        assert_true(isfinite(n->value) && isfinite(n->of));
    }
    for (size_t i = 0; i < numbers.claim_count; i++) {
        assert_non_null(numbers.claims[i].working);
        assert_true(!numbers.claims[i].tested || (numbers.claims[i].p >= 0 && numbers.claims[i].p <= 1));
    }
}

static void test_hostile_input(void **state)
{
    static const char *const odd[] = {"",
                                      "1,,,,",
                                      "%%%",
                                      "1%%%",
                                      "NaN% inf% 1e999%",
                                      "$",
                                      "$$$1",
                                      "1.2.3.4.5",
                                      "0 of 0",
                                      "from to 5 to from",
                                      "5 of",
                                      "one in",
                                      "one in one",
                                      "a",
                                      "half half half",
                                      "two and",
                                      "a a couple",
                                      "0% of 0",
                                      "1 of 1 of 1",
                                      "fell by -0%",
                                      "3% of 3% of 3%",
                                      "from 0 to 0%",
                                      "twice",
                                      "\xff\xfe"
                                      "5\xff%",
                                      "--5--",
                                      "5'5'5",
                                      "million million million million million million million million million"};
    (void)state;
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        read_text(odd[i]);
        check_sound();
    }
}

static void check_repeated(const char *part)
{
    struct buf all = BUF_INIT;
    while (all.len < 300000) {
        buf_adds(&all, part);
    }
    read_sv(buf_sv(&all));
    check_sound();
    buf_release(&all);
}

static void test_long_input(void **state)
{
    static const char *const parts[] = {
        "9",       "9 ", "from 9 to 8 ", "one in nine ", "fell by 3% of 900 against 4% ", "hundred million ", "half a ",
        "twenty-", "1,"};
    (void)state;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        check_repeated(parts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_have_a_value_a_unit_and_a_role),
        cmocka_unit_test(test_shares_and_spelled_numbers),
        cmocka_unit_test(test_dates_are_no_results),
        cmocka_unit_test(test_words_that_only_look_like_numbers),
        cmocka_unit_test(test_machine_and_customer_are_told_apart),
        cmocka_unit_test(test_a_bare_percent_is_one_without_company),
        cmocka_unit_test(test_a_claim_names_its_parts),
        cmocka_unit_test(test_each_missing_part_is_missing),
        cmocka_unit_test(test_relative_or_points),
        cmocka_unit_test(test_groups_with_counts_are_tested),
        cmocka_unit_test(test_three_percent_on_fifty_thousand),
        cmocka_unit_test(test_z_test_figures),
        cmocka_unit_test(test_what_cannot_be_tested),
        cmocka_unit_test(test_hostile_input),
        cmocka_unit_test(test_long_input),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
