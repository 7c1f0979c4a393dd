#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "pmprep/bank/filter.h"
#include "pmprep/base/clock.h"

/* 2026-11-21 22:00 UTC, one hour east: practice day 2026-11-21. */
static const int64_t now_ms = INT64_C(1795298400000);
enum { OFFSET = 60 };

static struct arena arena;

static int release_arena(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct filter parsed(const char *line)
{
    struct filter f;
    struct err err = ERR_INIT;
    if (!filter_parse_line(sv_from(line), now_ms, OFFSET, &arena, &f, &err)) {
        fail_msg("%s: %s", line, err.text);
    }
    return f;
}

static struct err refused(const char *line)
{
    struct filter f;
    struct err err = ERR_INIT;
    assert_false(filter_parse_line(sv_from(line), now_ms, OFFSET, &arena, &f, &err));
    assert_int_equal(err.code, ERR_USAGE);
    return err;
}

static struct item_meta sample(void)
{
    static const char *principles[] = {"ownership", "earn-trust"};
    static const char *flaw_list[] = {"no-number"};
    return (struct item_meta){.key = "behavioural/owned-a-miss",
                              .bank = "behavioural",
                              .title = "An Outcome that failed \xC3\x9C"
                                       "ber all",
                              .kind = KIND_BEHAVIOURAL,
                              .family = FAMILY_FAILURE,
                              .principles = {principles, 2},
                              .flaws = {flaw_list, 1},
                              .difficulty = 2,
                              .minutes = 4,
                              .core = true};
}

static bool matches(const char *line)
{
    struct filter f = parsed(line);
    struct item_meta m = sample();
    return filter_matches_meta(&f, &m);
}

static void nothing_given_matches_everything(void **state)
{
    (void)state;
    struct filter f = parsed("  ");
    assert_true(filter_is_empty(&f));
    assert_true(matches(""));
    f = parsed("due:no");
    assert_false(filter_is_empty(&f));
}

static void every_key_decides(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool match;
    } cases[] = {
        {"principle:ownership", true},
        {"principle:earn-trust", true},
        {"principle:Ownership", true},
        {"principle:frugality,ownership", true},
        {"principle:frugality", false},
        {"-principle:ownership", false},
        {"!principle:frugality", true},
        {"kind:behavioural", true},
        {"kind:case,pair", false},
        {"-kind:case -kind:pair", true},
        {"-kind:behavioural", false},
        {"kind:failure", true},
        {"family:failure", true},
        {"family:behavioural", true},
        {"family:metrics", false},
        {"-family:failure", false},
        {"difficulty:2", true},
        {"difficulty:2..3", true},
        {"difficulty:..1", false},
        {"difficulty:3..", false},
        {"bank:behavioural", true},
        {"bank:other", false},
        {"-bank:behavioural", false},
        {"flaw:no-number", true},
        {"flaw:we-fog", false},
        {"-flaw:no-number", false},
        {"core:yes", true},
        {"core:no", false},
        {"-core:yes", false},
        {"outcome", true},
        {"text:OUTCOME", true},
        {"\xC3\xBC"
         "ber",
         true},
        {"owned-a-miss", true},
        {"outcome nowhere", false},
        {"\"that failed\"", true},
        {"\"failed that\"", false},
        {"kind:behavioural principle:ownership difficulty:1..2 failed", true},
        {"kind:behavioural principle:frugality", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (matches(cases[i].line) != cases[i].match) {
            fail_msg("\"%s\" should %smatch", cases[i].line, cases[i].match ? "" : "not ");
        }
    }
}

static void history_keys_are_read(void **state)
{
    (void)state;
    struct filter f = parsed("due:yes new:no score:..2 flaw:we-fog");
    assert_int_equal(f.due, 1);
    assert_int_equal(f.fresh, 0);
    assert_int_equal(f.core, -1);
    assert_true(f.score_min <= 0);
    assert_float_equal(f.score_max, 2.0, 1e-9);
    f = parsed("-due:yes score:2.5..4");
    assert_int_equal(f.due, 0);
    assert_float_equal(f.score_min, 2.5, 1e-9);
    assert_float_equal(f.score_max, 4.0, 1e-9);
    f = parsed("score:3");
    assert_float_equal(f.score_min, 2.5, 1e-9);
    assert_float_equal(f.score_max, 3.49, 1e-9);
}

static void assert_since(const char *line, int32_t year, int month, int day)
{
    struct filter f = parsed(line);
    int64_t first = (int64_t)date_to_day((struct date){year, month, day}) * 86400000 + 4 * 3600000 - OFFSET * 60000;
    if (f.since_ms != first) {
        fail_msg("%s: %lld instead of %lld", line, (long long)f.since_ms, (long long)first);
    }
}

static void since_counts_practice_days(void **state)
{
    (void)state;
    assert_since("since:0d", 2026, 11, 21);
    assert_since("since:3d", 2026, 11, 18);
    assert_since("since:2w", 2026, 11, 7);
    assert_since("since:9m", 2026, 2, 21);
    assert_since("since:11m", 2025, 12, 21);
    assert_since("since:1y", 2025, 11, 21);
    assert_since("since:2026-03-31", 2026, 3, 31);
}

static void mistakes_are_explained(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *says[3];
    } cases[] = {
        {"nosuch:key",
         {"\"nosuch\"", "principle kind family difficulty bank flaw due new core since score text", NULL}},
        {"principal:ownership", {"\"principal\"", "did you mean principle?", NULL}},
        {"kind:cases", {"\"cases\"", "did you mean case?", "behavioural"}},
        {"kind:prioritization", {"did you mean prioritisation?", NULL, NULL}},
        {"flaw:wefog", {"did you mean we-fog?", "hypothetical", NULL}},
        {"kind:pair,metrics", {"not both", NULL, NULL}},
        {"kind:pair kind:case", {"comma", NULL, NULL}},
        {"bank:a bank:b", {"comma", NULL, NULL}},
        {"difficulty:0", {"1 to 3", NULL, NULL}},
        {"difficulty:3..2", {"1 to 3", NULL, NULL}},
        {"difficulty:..", {"1 to 3", NULL, NULL}},
        {"-difficulty:2", {"negated", NULL, NULL}},
        {"score:6", {"1 to 5", NULL, NULL}},
        {"score:2.", {"1 to 5", NULL, NULL}},
        {"score:5.5", {"1 to 5", NULL, NULL}},
        {"due:maybe", {"yes or no", NULL, NULL}},
        {"since:2x", {"2w", NULL, NULL}},
        {"since:2026-13-01", {"2026-11-21", NULL, NULL}},
        {"since:99999y", {"2w", NULL, NULL}},
        {"principle:", {"value after the colon", NULL, NULL}},
        {"principle:a,,b", {"single commas", NULL, NULL}},
        {"-word", {"plain words cannot be negated", NULL, NULL}},
        {"kind:\x1B[2J", {"<U+001B>[2J", NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = refused(cases[i].line);
        for (size_t s = 0; s < 3 && cases[i].says[s]; s++) {
            if (!strstr(err.text, cases[i].says[s])) {
                fail_msg("\"%s\" says \"%s\", without \"%s\"", cases[i].line, err.text, cases[i].says[s]);
            }
        }
    }
}

static void words_of_the_command_line_keep_their_blanks(void **state)
{
    (void)state;
    char first[] = "text:that failed";
    char second[] = "12:30";
    char *words[] = {first, second};
    struct filter f;
    struct err err = ERR_INIT;
    assert_true(filter_parse(words, 2, now_ms, OFFSET, &arena, &f, &err));
    assert_int_equal(f.words.count, 2);
    assert_string_equal(f.words.at[0], "that failed");
    assert_string_equal(f.words.at[1], "12:30");
}

static void the_key_table_is_complete(void **state)
{
    (void)state;
    for (const struct filter_key *k = filter_keys; k->name; k++) {
        assert_true(strlen(k->help) > 0);
    }
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_given_matches_everything),
        cmocka_unit_test(every_key_decides),
        cmocka_unit_test(history_keys_are_read),
        cmocka_unit_test(since_counts_practice_days),
        cmocka_unit_test(mistakes_are_explained),
        cmocka_unit_test(words_of_the_command_line_keep_their_blanks),
        cmocka_unit_test(the_key_table_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, release_arena);
}
