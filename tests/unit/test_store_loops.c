#include "support/unit.h"

#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/store/loops.h"
#include "pmprep/store/schedule.h"
#include "store/internal.h"

/* Runs of mock loops, their votes and answers. */

static struct loop_row run(const char *id, int64_t started_at)
{
    return (struct loop_row){.id = id,
                             .loop = "phone-screen",
                             .title = "Phone screen",
                             .snapshot = "{\"loop\":1}",
                             .plan = "{\"plan\":1}",
                             .state = "{\"state\":1}",
                             .said = "[]",
                             .notes = "",
                             .against = "",
                             .seed = UINT64_MAX - 1,
                             .mode = MODE_SPEAK,
                             .pace = 0.5,
                             .open = true,
                             .started_at = started_at,
                             .updated_at = started_at,
                             .offset_min = -90};
}

static void ok(struct storefix *f, bool done)
{
    if (!done) {
        fail_msg("%s", f->err.text);
    }
}

static void a_run_is_read_as_it_was_put(void **state)
{
    struct storefix *f = *state;
    struct loop_row a = run("01930000-0000-7000-8000-00000000000a", 1000);
    struct loop_row b = run("01930000-0000-7000-8000-00000000000b", 2000), back;
    ok(f, loop_put(f->store, &a, &f->err));
    ok(f, loop_put(f->store, &b, &f->err));
    b.notes = "n";
    b.against = "x";
    b.said = "[1]";
    b.open = false;
    b.verdict = 3;
    b.ended_at = 2500;
    ok(f, loop_put(f->store, &b, &f->err));
    b.state = "{\"state\":2}";
    b.phase = 4;
    b.updated_at = 2600;
    ok(f, loop_put_state(f->store, &b, &f->err));
    storefix_reopen(f);
    ok(f, loop_get(f->store, "last", &f->arena, &back, &f->err));
    assert_string_equal(back.id, b.id);
    assert_string_equal(back.snapshot, b.snapshot);
    assert_string_equal(back.plan, b.plan);
    assert_string_equal(back.state, b.state);
    assert_string_equal(back.said, b.said);
    assert_string_equal(back.notes, "n");
    assert_string_equal(back.against, "x");
    assert_true(back.seed == b.seed && back.pace == 0.5);
    assert_int_equal(back.mode, MODE_SPEAK);
    assert_int_equal(back.phase, 4);
    assert_int_equal(back.verdict, 3);
    assert_int_equal(back.ended_at, 2500);
    assert_int_equal(back.updated_at, 2600);
    assert_int_equal(back.offset_min, -90);
    struct loop_row *all;
    size_t count;
    ok(f, loop_all(f->store, false, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 2);
    assert_string_equal(all[0].id, b.id);
    ok(f, loop_all(f->store, true, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(all[0].id, a.id);
    assert_false(loop_get(f->store, "0193", &f->arena, &back, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    assert_false(loop_get(f->store, "77", &f->arena, &back, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    ok(f, store_check(f->store, &f->err));
}

static void votes_are_kept_blind_and_final(void **state)
{
    struct storefix *f = *state;
    struct loop_row a = run("01930000-0000-7000-8000-00000000000a", 1000);
    struct vote_row *votes;
    size_t count;
    ok(f, loop_put(f->store, &a, &f->err));
    ok(f, vote_put(f->store, a.id, &(struct vote_row){1, false, 2, ""}, &f->err));
    ok(f, vote_put(f->store, a.id, &(struct vote_row){0, true, 3, "no baseline"}, &f->err));
    ok(f, vote_put(f->store, a.id, &(struct vote_row){0, false, 4, ""}, &f->err));
    ok(f, vote_put(f->store, a.id, &(struct vote_row){0, false, 1, ""}, &f->err));
    ok(f, vote_all(f->store, a.id, &f->arena, &votes, &count, &f->err));
    assert_int_equal(count, 3);
    assert_false(votes[0].final);
    assert_int_equal(votes[0].vote, 1);
    assert_true(votes[1].final);
    assert_string_equal(votes[1].reason, "no baseline");
    assert_int_equal(votes[2].stage, 1);
    assert_false(vote_put(f->store, "nobody", &(struct vote_row){0, false, 1, ""}, &f->err));
}

/* A drill must never take up what was typed in a mock. */
static void drafts_of_a_loop_stay_with_it(void **state)
{
    struct storefix *f = *state;
    struct loop_row a = run("01930000-0000-7000-8000-00000000000a", 1000);
    struct draft mine = {.item = "b/one", .prompt = "p", .parent = "", .session = a.id, .text = "in the mock"};
    struct draft drill = {.item = "b/two", .prompt = "p", .parent = "", .session = "s", .text = "in the drill"};
    struct draft back;
    bool found;
    mine.updated_at = 9;
    ok(f, loop_put(f->store, &a, &f->err));
    ok(f, draft_put(f->store, &drill, &f->err));
    ok(f, draft_put(f->store, &mine, &f->err));
    ok(f, draft_latest(f->store, &f->arena, &back, &found, &f->err));
    assert_string_equal(back.text, "in the drill");
    ok(f, draft_of_session(f->store, a.id, &f->arena, &back, &found, &f->err));
    assert_true(found);
    assert_string_equal(back.text, "in the mock");
    ok(f, loop_delete(f->store, a.id, 5000, &f->err));
    ok(f, draft_of_session(f->store, a.id, &f->arena, &back, &found, &f->err));
    assert_false(found);
    assert_false(loop_put_state(f->store, &a, &f->err)); /* another program discarded it meanwhile */
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_false(loop_delete(f->store, a.id, 5000, &f->err));
    ok(f, store_purge(f->store, &f->err));
    assert_int_equal(storefix_int(buf_str(&f->file), "SELECT count(*) FROM loop_runs WHERE plan = '{}'"), 1);
}

static void an_answer_remembers_how_it_was_asked(void **state)
{
    struct storefix *f = *state;
    struct attempt first = storefix_attempt(&f->arena, 1, "b/one", "I cut refunds.", STOREFIX_DAY);
    struct attempt probe = storefix_attempt(&f->arena, 2, "b/one", "From 9 to 6.", STOREFIX_DAY);
    struct attempt other = storefix_attempt(&f->arena, 3, "b/one", "Elsewhere.", STOREFIX_DAY);
    struct attempt *all;
    size_t count;
    first.session = probe.session = "s1";
    other.session = "s2";
    first.asked = (struct asked){.stage = 2, .part = "Principles", .principle = "dive-deep"};
    probe.parent = first.id;
    probe.role = ATTEMPT_PROBE;
    probe.asked =
        (struct asked){.stage = 2, .part = "Principles", .why = "lacks", .flaw = "no-number", .quote = "cut \"re\""};
    storefix_put(f, &first);
    storefix_put(f, &probe);
    storefix_put(f, &other);
    ok(f, attempts_of_session(f->store, "s1", &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 2);
    assert_string_equal(all[0].asked.principle, "dive-deep");
    assert_string_equal(all[0].asked.why, "");
    assert_int_equal(all[1].asked.stage, 2);
    assert_string_equal(all[1].asked.part, "Principles");
    assert_string_equal(all[1].asked.why, "lacks");
    assert_string_equal(all[1].asked.flaw, "no-number");
    assert_string_equal(all[1].asked.quote, "cut \"re\"");
    ok(f, attempts_get(f->store, other.id, &f->arena, &other, &f->err));
    assert_int_equal(other.asked.stage, 0);
    assert_string_equal(other.asked.part, "");
}

static void follow_ups_do_not_change_how_long_an_answer_takes(void **state)
{
    struct storefix *f = *state;
    int64_t ms;
    for (unsigned n = 1; n <= 12; n++) {
        struct attempt at = storefix_attempt(&f->arena, n, "b/one", "x", STOREFIX_DAY);
        at.mode = MODE_TYPE;
        at.role = n > 5 ? ATTEMPT_PROBE : ATTEMPT_FIRST;
        at.active_ms = n > 5 ? 20000 : 600000;
        storefix_put(f, &at);
    }
    ok(f, stats_median_ms(f->store, KIND_BEHAVIOURAL, MODE_TYPE, &ms, &f->err));
    assert_int_equal(ms, 600000);
}

static void the_bias_is_what_was_given_before_less_what_after(void **state)
{
    struct storefix *f = *state;
    double levels;
    unsigned answers;
    ok(f, stats_bias(f->store, &levels, &answers, &f->err));
    assert_int_equal(answers, 0);
    for (unsigned n = 1; n <= 2; n++) {
        struct attempt at = storefix_attempt(&f->arena, n, "b/one", "x", STOREFIX_DAY);
        struct score blind[] = {{"", 4}, {"result", 5}}, after[] = {{"", n == 1 ? 3 : 4}, {"result", n == 1 ? 4 : 5}};
        struct score_set sets[] = {{SCORE_BLIND, 1, blind, 2}, {SCORE_EVIDENCE, 2, after, 2}};
        at.score_sets = sets;
        at.score_set_count = 2;
        storefix_put(f, &at);
    }
    ok(f, stats_bias(f->store, &levels, &answers, &f->err));
    assert_int_equal(answers, 2);
    assert_true(levels > 0.49 && levels < 0.51);
}

/* A file of the first release takes a loop once it is brought up, and what it held is still there. */
static void the_first_release_is_brought_up(void **state)
{
    struct storefix *f = *state;
    struct buf old = BUF_INIT, script = BUF_INIT, path = BUF_INIT;
    const char *fixtures = getenv("PMPREP_FIXTURES");
    struct loop_row a = run("01930000-0000-7000-8000-00000000000a", 1000), back;
    struct strings copies;
    struct store *s;
    struct draft draft;
    bool found;
    buf_addf(&path, "%s/db/v1.sql", fixtures ? fixtures : "tests/fixtures");
    buf_addf(&old, "%s.v1", buf_str(&f->file));
    ok(f, file_read(buf_str(&path), 1 << 20, &script, &f->err));
    storefix_sql(buf_str(&old), buf_str(&script));
    ok(f, store_open(&s, buf_str(&old), 0, NULL, &f->err));
    assert_int_equal(store_schema_version(s), store_migrations.version);
    ok(f, loop_put(s, &a, &f->err));
    ok(f, loop_get(s, "last", &f->arena, &back, &f->err));
    ok(f, draft_latest(s, &f->arena, &draft, &found, &f->err));
    assert_string_equal(draft.text, "Half a");
    ok(f, store_check(s, &f->err));
    ok(f, store_copies(buf_str(&old), &f->arena, &copies, &f->err));
    assert_int_equal(copies.count, 1); /* as it was, beside it */
    store_close(s);
    buf_release(&old);
    buf_release(&script);
    buf_release(&path);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, storefix_setup, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_run_is_read_as_it_was_put),
        WITH(votes_are_kept_blind_and_final),
        WITH(drafts_of_a_loop_stay_with_it),
        WITH(an_answer_remembers_how_it_was_asked),
        WITH(follow_ups_do_not_change_how_long_an_answer_takes),
        WITH(the_bias_is_what_was_given_before_less_what_after),
        WITH(the_first_release_is_brought_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
