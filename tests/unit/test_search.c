#include "support/unit.h"

#include "support/storefix.h"

#include "pmprep/bank/filter.h"

/* One answer of every sort; which ones a FILTER finds is said by their numbers. */
static const struct sample {
    const char *item;
    enum item_kind kind;
    enum family family;
    const char *principle;
    int difficulty;
    bool core;
    int level; /* 0 unscored */
    const char *flaw;
    bool dismissed;
    int day;
    const char *text;
} samples[] = {
    {"work/a", KIND_BEHAVIOURAL, FAMILY_GENERAL, "ownership", 1, true, 2, "we-fog", false, 0,
     "We fixed the refund queue."},
    {"work/b", KIND_BEHAVIOURAL, FAMILY_FAILURE, "dive-deep", 2, false, 4, "we-fog", true, -1, "Refunds fell by half."},
    {"work-2/c", KIND_CASE, FAMILY_METRICS, "own", 3, true, 5, "", false, -2,
     "Customers waited for refunds, refunds, refunds."},
    {"cases/d", KIND_CASE, FAMILY_STRATEGY, "frugality", 2, false, 0, "no-number", false, -30,
     "The café closed its \"AND\" gate."},
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static int set_up(void **state)
{
    storefix_setup(state);
    struct storefix *f = *state;
    for (unsigned i = 0; i < SAMPLES; i++) {
        const struct sample *s = &samples[i];
        struct attempt at = storefix_attempt(&f->arena, i, s->item, s->text, STOREFIX_DAY + s->day);
        const char *names[] = {s->principle};
        struct score_set set = storefix_scores(&f->arena, SCORE_BLIND, s->level);
        struct finding finding = {.rule = s->flaw, .severity = "note", .message = "", .dismissed = s->dismissed};
        at.kind = s->kind;
        at.family = s->family;
        at.principles = (struct strings){names, 1};
        at.score_sets = &set;
        at.score_set_count = s->level > 0;
        at.findings = &finding;
        at.finding_count = s->flaw[0] != '\0';
        struct item_snapshot snap = storefix_snapshot(&at);
        snap.difficulty = s->difficulty;
        snap.core = s->core;
        assert_true(attempts_put(f->store, &at, &snap, &f->err));
    }
    return 0;
}

/* The numbers of what a FILTER finds, in order, such as "02"; the count must agree. */
static const char *found(struct storefix *f, const struct filter *filter)
{
    struct attempt_row *rows;
    size_t count, counted;
    bool more;
    bool ok = attempts_list(f->store, filter, 0, 0, &f->arena, &rows, &count, &more, &f->err) &&
              attempts_count(f->store, filter, &counted, &f->err);
    assert_string_equal(f->err.text, "");
    assert_true(ok);
    assert_int_equal(count, counted);
    assert_false(more);
    char *out = arena_alloc(&f->arena, count + 1);
    for (size_t i = 0; i < count; i++) {
        out[i] = rows[i].id[35];
    }
    return out;
}

static void by_filter(void **state)
{
    static const struct {
        const char *line;
        const char *finds;
    } cases[] = {
        {"", "0123"},
        {"kind:case", "23"},
        {"-kind:case", "01"},
        {"kind:case,behavioural", "0123"},
        {"family:metrics,failure", "12"},
        {"-family:metrics", "013"},
        {"principle:ownership", "0"}, /* and not "own" */
        {"principle:own", "2"},
        {"principle:ownership,frugality", "03"},
        {"-principle:ownership", "123"},
        {"bank:work", "01"}, /* and not work-2 */
        {"bank:work-2,cases", "23"},
        {"-bank:work", "23"},
        {"difficulty:2", "13"},
        {"difficulty:2..", "123"},
        {"difficulty:..1", "0"},
        {"core:yes", "02"},
        {"core:no", "13"},
        {"score:..2", "0"}, /* the unscored has no mean */
        {"score:4..5", "12"},
        {"flaw:we-fog", "0"}, /* a dismissed finding does not count */
        {"flaw:we-fog,no-number", "03"},
        {"-flaw:we-fog", "123"},
        {"since:2d", "012"},
        {"kind:behavioural score:3..", "1"},
    };
    struct storefix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct filter filter;
        assert_true(filter_parse_line(sv_from(cases[i].line), STOREFIX_NOON + 1000, 0, &f->arena, &filter, &f->err));
        const char *got = found(f, &filter);
        if (strcmp(got, cases[i].finds) != 0) {
            fail_msg("%s finds %s, not %s", cases[i].line, got, cases[i].finds);
        }
    }
    assert_string_equal(found(f, NULL), "0123");
}

static struct filter words(const char *const *at, size_t count)
{
    struct filter f;
    filter_init(&f);
    f.words = (struct strings){(const char **)at, count};
    return f;
}

static const char *found_word(struct storefix *f, const char *word)
{
    struct filter filter = words(&word, 1);
    return found(f, &filter);
}

static void by_words(void **state)
{
    struct storefix *f = *state;
    assert_string_equal(found_word(f, "customer"), "2"); /* stemmed */
    assert_string_equal(found_word(f, "CAFE"), "3");     /* folded */
    assert_string_equal(found_word(f, "refund queue"), "0");
    assert_string_equal(found_word(f, "queue refund"), "");
    assert_string_equal(found_word(f, "custo*"), "2");
    assert_string_equal(found_word(f, "custo"), "");
    assert_int_equal(strlen(found_word(f, "outcome")), SAMPLES); /* prompts are searched too */
    assert_int_equal(strlen(found_word(f, "refund")), 3);
    assert_int_equal(found_word(f, "refund")[0], '2'); /* said three times */
    const char *both[] = {"refund", "half"};
    struct filter filter = words(both, 2);
    assert_string_equal(found(f, &filter), "1");
    filter = words(both, 1);
    filter.kinds = 1u << KIND_BEHAVIOURAL;
    assert_int_equal(strlen(found(f, &filter)), 2);
}

/* Nothing a user types is an operator or an error. */
static void any_words_are_safe(void **state)
{
    static const char *const odd[] = {"AND", "NOT",    "\"", "\"\"", "a\"b",     "*",    "**",
                                      "(",   "text:x", "-",  "^a",   "x NEAR y", "\x01", ""};
    struct storefix *f = *state;
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        found_word(f, odd[i]);
    }
    assert_string_equal(found_word(f, "AND"), "3");
}

static void the_index_follows_every_change(void **state)
{
    struct storefix *f = *state;
    const char *first = storefix_id(&f->arena, 0);
    assert_true(attempts_set_note(f->store, first, "mention the marmalade", &f->err));
    assert_string_equal(found_word(f, "marmalade"), "0");
    assert_true(attempts_set_note(f->store, first, "", &f->err));
    assert_string_equal(found_word(f, "marmalade"), "");
    assert_true(attempts_delete(f->store, first, STOREFIX_NOON, &f->err));
    assert_string_equal(found_word(f, "queue"), "");
    assert_true(store_check(f->store, &f->err));
    assert_true(attempts_undelete(f->store, first, &f->err));
    assert_string_equal(found_word(f, "queue"), "0");
    struct attempt at;
    assert_true(attempts_get(f->store, first, &f->arena, &at, &f->err));
    at.text = "A rewritten answer.";
    at.item = "work/other";
    struct item_snapshot snap = storefix_snapshot(&at);
    snap.prompt = at.prompt = "Another question about pelicans.";
    assert_true(attempts_put(f->store, &at, &snap, &f->err));
    assert_string_equal(found_word(f, "queue"), "");
    assert_string_equal(found_word(f, "rewritten"), "0");
    assert_string_equal(found_word(f, "pelican"), "0");
    assert_true(store_check(f->store, &f->err));
}

static void a_row_shows_what_a_list_needs(void **state)
{
    struct storefix *f = *state;
    struct attempt_row *rows;
    size_t count;
    bool more;
    const char *word = "waited";
    struct filter filter = words(&word, 1);
    assert_true(attempts_list(f->store, &filter, 0, 5, &f->arena, &rows, &count, &more, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].item, "work-2/c");
    assert_int_equal(rows[0].kind, KIND_CASE);
    assert_int_equal(rows[0].family, FAMILY_METRICS);
    assert_string_equal(rows[0].principle, "own");
    assert_string_equal(rows[0].prompt, "Tell me about an outcome."); /* its first line */
    assert_non_null(strstr(rows[0].snippet, "\x02waited\x03"));
    assert_int_equal(rows[0].words, 7);
    assert_true(rows[0].mean == 5);
    assert_true(attempts_list(f->store, NULL, 0, 1, &f->arena, &rows, &count, &more, &f->err));
    assert_true(more);
    assert_string_equal(rows[0].snippet, samples[0].text);
}

static void put_many(struct storefix *f, unsigned from, unsigned to, const char *text)
{
    assert_true(store_begin(f->store, &f->err));
    for (unsigned i = from; i < to; i++) {
        struct attempt at = storefix_attempt(&f->arena, i, "many/x", text, STOREFIX_DAY + 10);
        storefix_put(f, &at);
    }
    assert_true(store_commit(f->store, &f->err));
}

/* Page by page everything comes once, also past the hits that are ranked. */
static void pages_join_without_gap(void **state)
{
    enum { MANY = 4200, PAGE = 90 }; /* more than are ranked, and than are looked up one by one */
    struct storefix *f = *state;
    const char *word = "zebra";
    put_many(f, 1000, 1000 + MANY, "One zebra.");
    put_many(f, 1000 + MANY, 1001 + MANY, "Zebra zebra zebra, twice more zebra.");
    for (int with_words = 0; with_words < 2; with_words++) {
        struct filter filter = words(&word, (size_t)with_words);
        const char *bank = "many";
        filter.banks = (struct strings){&bank, 1};
        bool seen[MANY + 1] = {false};
        size_t offset = 0;
        bool more = true;
        while (more) {
            struct attempt_row *rows;
            size_t count;
            assert_true(attempts_list(f->store, &filter, offset, PAGE, &f->arena, &rows, &count, &more, &f->err));
            if (with_words && offset == 0) {
                assert_int_equal(atol(rows[0].id + 24), 1000 + MANY); /* the best hit first */
            }
            for (size_t i = 0; i < count; i++) {
                long n = atol(rows[i].id + 24) - 1000;
                assert_in_range(n, 0, MANY);
                assert_false(seen[n]);
                seen[n] = true;
            }
            offset += count;
        }
        assert_int_equal(offset, MANY + 1);
    }
}

#define WITH_SAMPLES(test) cmocka_unit_test_setup_teardown(test, set_up, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SAMPLES(by_filter),
        WITH_SAMPLES(by_words),
        WITH_SAMPLES(any_words_are_safe),
        WITH_SAMPLES(the_index_follows_every_change),
        WITH_SAMPLES(a_row_shows_what_a_list_needs),
        WITH_SAMPLES(pages_join_without_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
