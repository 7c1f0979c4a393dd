#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pmprep/base/buf.h"
#include "pmprep/base/fileio.h"
#include "pmprep/practice/fsrs.h"

#include <math.h>

#define FIELDS 11

/* One sequence of the fixture as it is walked. */
struct run {
    struct fsrs_params params;
    struct fsrs_card card;
    int learning[4];
    int relearning[4];
    size_t sequences, reviews, masked;
};

static double number(struct sv s)
{
    char text[32] = "";

    assert_true(s.len < sizeof(text));
    memcpy(text, s.data, s.len);
    return strtod(text, NULL);
}

static int whole(struct sv s)
{
    long v = 0;

    assert_true(sv_int(s, 0, 1000000000, &v));
    return (int)v;
}

static size_t steps(struct sv list, int *out)
{
    struct sv part;
    size_t n = 0;

    if (sv_eqs(list, "-") || sv_eqs(list, "0"))
        return 0;
    while (sv_split(&list, ',', &part))
        out[n++] = whole(part);
    return n;
}

static void start_sequence(struct run *run, const struct sv *f)
{
    fsrs_defaults(&run->params, whole(f[2]) == 1);
    run->params.retention = number(f[3]);
    run->params.maximum_interval = whole(f[4]);
    run->params.learning_min = run->learning;
    run->params.learning_count = steps(f[5], run->learning);
    run->params.relearning_min = run->relearning;
    run->params.relearning_count = steps(f[6], run->relearning);
    run->card = (struct fsrs_card){.state = CARD_NEW};
    run->sequences++;
}

static void assert_close(double got, double want, double relative)
{
    if (fabs(got - want) > relative * fabs(want))
        fail_msg("got %.10g, expected %.10g", got, want);
}

static void check_due(struct run *run, const struct fsrs_result *got, struct sv due)
{
    if (due.data[due.len - 1] == 's') {
        assert_int_equal(got->interval_days, 0);
        assert_int_equal(got->due_in_s, whole(sv_sub(due, 0, due.len - 1)));
        return;
    }

    int want = whole(due);

    if (want > run->params.maximum_interval) { /* the reference lets Good and Easy pass the maximum by a day or two */
        assert_true(want <= run->params.maximum_interval + 2);
        want = run->params.maximum_interval;
        run->masked++;
    }
    assert_int_equal(got->interval_days, want);
    assert_int_equal(got->due_in_s, (int64_t)want * 86400);
}

static void check_review(struct run *run, const struct sv *f)
{
    int elapsed = whole(f[1]);

    if (!sv_eqs(f[2], "-"))
        assert_close(fsrs_retrievability(&run->params, run->card.stability, elapsed), number(f[2]), 1e-6);

    struct fsrs_result got = fsrs_review(&run->params, run->card, (enum rating)whole(f[0]), elapsed);

    assert_close(got.card.stability, number(f[3]), 1e-6);
    assert_close(got.card.difficulty, number(f[4]), 1e-6);
    assert_int_equal(got.card.state, whole(f[5]));
    assert_int_equal(got.card.step, whole(f[6]));
    check_due(run, &got, f[7]);
    assert_int_equal(got.card.lapses, whole(f[8]));
    assert_int_equal(got.card.reps, whole(f[9]));
    if (got.interval_days > 0 && got.interval_days < run->params.maximum_interval)
        assert_close(fsrs_retrievability(&run->params, got.card.stability, got.interval_days), number(f[10]), 1e-6);
    run->card = got.card;
    run->reviews++;
}

static void test_every_vector_agrees(void **state)
{
    struct run run = {.sequences = 0};
    const char *fixtures = getenv("PMPREP_FIXTURES");
    struct buf path = BUF_INIT;
    struct buf file = BUF_INIT;
    struct err err = ERR_INIT;
    struct sv line;

    (void)state;
    buf_adds(&path, fixtures ? fixtures : "tests/fixtures");
    buf_adds(&path, "/fsrs/vectors.txt");
    assert_true(file_read(buf_str(&path), 1 << 20, &file, &err));
    buf_release(&path);
    for (struct sv rest = buf_sv(&file); sv_split(&rest, '\n', &line);) {
        struct sv f[FIELDS] = {{NULL, 0}};
        struct sv part, words = line;
        size_t n = 0;

        if (line.len == 0 || line.data[0] == '#')
            continue;
        while (n < FIELDS && sv_split(&words, ' ', &part))
            f[n++] = part;
        if (line.data[0] == '>')
            start_sequence(&run, f);
        else
            check_review(&run, f);
    }
    buf_release(&file);
    assert_int_equal(run.sequences, 565);
    assert_int_equal(run.reviews, 4453);
    assert_int_equal(run.masked, 110);
}

static void test_intervals_never_pass_the_maximum(void **state)
{
    struct fsrs_params p;
    struct fsrs_card c = {.state = CARD_NEW};

    (void)state;
    fsrs_defaults(&p, false);
    p.maximum_interval = 30;
    for (int i = 0; i < 12; i++) {
        struct fsrs_result r = fsrs_review(&p, c, RATING_EASY, i == 0 ? 0 : 30);
        assert_in_range(r.interval_days, 1, 30);
        c = r.card;
    }
}

static void test_better_ratings_wait_longer(void **state)
{
    struct fsrs_params p;

    (void)state;
    fsrs_defaults(&p, false);

    struct fsrs_card c = fsrs_review(&p, (struct fsrs_card){.state = CARD_NEW}, RATING_GOOD, 0).card;
    int last = 0;

    for (int r = RATING_AGAIN; r <= RATING_EASY; r++) {
        struct fsrs_result got = fsrs_review(&p, c, (enum rating)r, 2);
        assert_true(got.interval_days > last);
        last = got.interval_days;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_vector_agrees),
        cmocka_unit_test(test_intervals_never_pass_the_maximum),
        cmocka_unit_test(test_better_ratings_wait_longer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
