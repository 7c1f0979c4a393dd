#include "support/unit.h"

#include "support/stage.h"
#include "support/storefix.h"

#include "pmprep/app/review.h"
#include "pmprep/app/reviewer.h"
#include "screens/screens.h"

static const char answer[] = "Forty sellers had planned on a date that I knew was wrong. I called each of them.";

/* ---- in the store */

static struct attempt stored(struct storefix *f)
{
    struct attempt at = storefix_attempt(&f->arena, 1, "item", answer, STOREFIX_DAY);
    storefix_put(f, &at);
    return at;
}

static struct attempt read_back(struct storefix *f, const char *id)
{
    struct attempt at;
    assert_true(attempts_get(f->store, id, &f->arena, &at, &f->err));
    return at;
}

static void opinions_stay_with_the_answer(void **state)
{
    struct storefix *f = *state;
    struct attempt at = stored(f);
    const struct opinion said[] = {
        {.command = "first", .text = "Vague.", .at_ms = STOREFIX_NOON, .cut = true},
        {.command = "second", .text = "Level 3.\nNo number.", .at_ms = STOREFIX_NOON + 1000},
        {.command = "first", .text = "Clear.", .at_ms = STOREFIX_NOON + 2000},
    };
    assert_int_equal(read_back(f, at.id).opinion_count, 0);
    assert_true(attempts_set_opinion(f->store, at.id, &said[0], &f->err));
    assert_true(read_back(f, at.id).opinions[0].cut);
    assert_true(attempts_set_opinion(f->store, at.id, &said[1], &f->err));
    assert_true(attempts_set_opinion(f->store, at.id, &said[2], &f->err));
    at.words = 99;
    storefix_put(f, &at); /* as when it is scored */
    storefix_reopen(f);
    at = read_back(f, at.id);
    assert_int_equal(at.words, 99);
    assert_int_equal(at.opinion_count, 2);
    assert_string_equal(at.opinions[0].command, "second");
    assert_string_equal(at.opinions[0].text, "Level 3.\nNo number.");
    assert_int_equal(at.opinions[0].at_ms, STOREFIX_NOON + 1000);
    assert_string_equal(at.opinions[1].text, "Clear.");
    assert_false(at.opinions[1].cut);
    assert_int_equal(at.finding_count, 0);
    assert_true(store_check(f->store, &f->err));
}

static void opinions_go_with_the_answer(void **state)
{
    struct storefix *f = *state;
    struct attempt at = stored(f);
    const struct opinion o = {.command = "c", .text = "unmistakable words of a reviewer", .at_ms = STOREFIX_NOON};
    assert_true(attempts_set_opinion(f->store, at.id, &o, &f->err));
    assert_true(attempts_delete(f->store, at.id, STOREFIX_NOON, &f->err));
    assert_true(store_purge(f->store, &f->err));
    assert_int_equal(storefix_int(buf_str(&f->file), "SELECT count(*) FROM opinions"), 0);
    assert_false(attempts_set_opinion(f->store, storefix_id(&f->arena, 7), &o, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

/* ---- on the screen */

/* The newest answer of the stage's history. */
static void open_reader(struct stage *s)
{
    static struct filter all;
    stage_history(s);
    filter_init(&all);
    stage_show(s, reader_screen(s->app, &all, NULL, &s->err));
}

static void use(struct stage *s, const char *command)
{
    if (!config_set(app_config(s->app), "reviewer", command, &s->err))
        fail_msg("%s", s->err.text);
}

static void wait_for_it(struct stage *s)
{
    while (stage_sees(s, "It reads your answer"))
        stage_pass(s, 100);
}

static void the_reader_asks_and_keeps(void **state)
{
    struct stage *s = *state;
    open_reader(s);
    use(s, "sh -c 'cat >/dev/null; printf \"Weak \\033[1m opening.\"'");
    stage_keys(s, "v");
    assert_true(stage_sees(s, "It reads your answer: 0:00 of at most 1:00."));
    wait_for_it(s);
    assert_true(stage_sees(s, "Reviewer: sh -c"));
    assert_true(stage_sees(s, "Weak <U+001B>[1m opening."));
    stage_keys(s, "q G");
    assert_true(stage_sees(s, "Reviewer: sh -c"));
    assert_true(stage_sees(s, "Weak <U+001B>[1m opening."));
    use(s, "sh -c 'echo Another.'");
    stage_keys(s, "v");
    wait_for_it(s);
    assert_true(stage_sees(s, "Another."));
    assert_true(stage_lacks(s, "opening."));
}

static void what_was_said_is_shown_before_it_is_asked_again(void **state)
{
    struct stage *s = *state;
    struct buf command = BUF_INIT;
    buf_addf(&command, "sh -c 'echo >>%s/asked; echo asked $(wc -l <%s/asked) times'", buf_str(&s->folder),
             buf_str(&s->folder));
    open_reader(s);
    use(s, buf_str(&command));
    stage_keys(s, "v");
    wait_for_it(s);
    assert_true(stage_sees(s, "asked 1 times"));
    stage_keys(s, "q v");
    assert_true(stage_sees(s, "asked 1 times"));
    stage_keys(s, "r");
    wait_for_it(s);
    assert_true(stage_sees(s, "asked 2 times"));
    assert_true(stage_lacks(s, "asked 1 times"));
    buf_release(&command);
}

static void it_can_be_stopped(void **state)
{
    struct stage *s = *state;
    open_reader(s);
    use(s, "sleep 100");
    stage_keys(s, "v");
    stage_pass(s, 3000);
    assert_true(stage_sees(s, "0:03 of at most 1:00"));
    stage_keys(s, "Esc");
    assert_non_null(strstr(stage_status(s), "Stopped"));
    assert_true(stage_lacks(s, "It reads your answer"));
    assert_true(stage_lacks(s, "Reviewer:"));
    stage_keys(s, "v"); /* left running: the end of the program ends it too */
}

static void failures_are_told(void **state)
{
    struct stage *s = *state;
    open_reader(s);
    stage_keys(s, "v");
    assert_non_null(strstr(stage_status(s), "no reviewer is configured"));
    use(s, "pmprep-no-such-program");
    stage_keys(s, "v");
    assert_non_null(strstr(stage_status(s), "cannot start pmprep-no-such-program"));
    use(s, "sh -c 'echo no model >&2; exit 4'");
    stage_keys(s, "v");
    wait_for_it(s);
    assert_true(stage_sees(s, "exit status 4"));
    assert_true(stage_sees(s, "no model"));
    stage_keys(s, "q G");
    assert_true(stage_lacks(s, "Reviewer:"));
}

static void the_drill_asks_at_the_evidence(void **state)
{
    struct stage *s = *state;
    use(s, "sed -n /^ANSWER/,/^$/p");
    stage_drill(s, "owned-a-miss", MODE_TYPE);
    stage_type(s, answer);
    stage_keys(s, "^S b");
    stage_while(s, "Score it yourself", "2");
    stage_keys(s, "Esc");
    assert_true(stage_lacks(s, "Reviewer:"));
    stage_keys(s, "v");
    wait_for_it(s);
    assert_true(stage_sees(s, "Reviewer: sed"));
    assert_true(stage_sees(s, "Forty sellers had planned"));
    stage_keys(s, "q Enter");
    stage_while(s, "Score it again", "4");
    stage_keys(s, "Enter");
    struct filter all;
    struct attempt_row *rows;
    struct attempt at;
    struct arena a = ARENA_INIT;
    size_t count;
    bool more;
    filter_init(&all);
    assert_true(review_list(s->app, &all, 0, 1, &a, &rows, &count, &more, &s->err));
    assert_true(review_get(s->app, rows[0].id, &a, &at, &s->err));
    assert_int_equal(at.opinion_count, 1); /* still there after the later scores */
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opinions_stay_with_the_answer, storefix_setup, storefix_teardown),
        cmocka_unit_test_setup_teardown(opinions_go_with_the_answer, storefix_setup, storefix_teardown),
        cmocka_unit_test_setup_teardown(the_reader_asks_and_keeps, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(what_was_said_is_shown_before_it_is_asked_again, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(it_can_be_stopped, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(failures_are_told, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(the_drill_asks_at_the_evidence, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests_name("reviewer", tests, NULL, NULL);
}
