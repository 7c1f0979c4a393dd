#include "support/unit.h"

#include "pmprep/base/fileio.h"
#include "support/drillfix.h"
#include "support/faultvfs.h"

#include <sqlite3.h>

static void save(struct drillfix *f, const char *text)
{
    drillfix_ok(f, drill_save_draft(f->drill, sv_from(text), strlen(text), &f->err));
}

/* The program dies: the drill is not closed, the file is opened again. */
static void killed(struct drillfix *f)
{
    struct drill *left = f->drill;

    drill_close(left); /* nothing was scored, so closing stores nothing but the end of the session */
    drillfix_reopen(f);
}

static struct draft waiting(struct drillfix *f, bool expected)
{
    struct draft draft = {.text = ""};
    bool found = false;

    drillfix_ok(f, drill_draft_waiting(f->app, &f->arena, &draft, &found, &f->err));
    assert_int_equal(found, expected);
    return draft;
}

static void test_a_draft_is_offered_and_resumed(void **state)
{
    struct drillfix *f = *state;
    size_t cursor = 0;

    drillfix_item(f, "own-one");
    drillfix_advance(100000);
    save(f, "I was ");
    drillfix_advance(20000);
    drillfix_ok(f, drill_save_draft(f->drill, SV("I was wrong about"), 5, &f->err));
    killed(f);

    struct draft draft = waiting(f, true);

    assert_string_equal(draft.text, "I was wrong about");
    assert_string_equal(draft.item, "drilling/own-one");
    drillfix_advance(3600000);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));

    const struct drill_view *v = drillfix_at(f, DRILL_ANSWER);

    assert_string_equal(v->item->key, "drilling/own-one");
    assert_int_equal(v->active_ms, 120000); /* the time spent, not the time away */
    assert_string_equal(drill_draft_text(f->drill, &cursor), "I was wrong about");
    assert_int_equal(cursor, 5);
    drillfix_answer(f, "I was wrong about the metric.", 3);
    waiting(f, false); /* gone with the answer */
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_at(f, DRILL_DONE);

    struct attempt at = drillfix_attempt(f, 0);

    assert_string_equal(at.text, "I was wrong about the metric.");
    assert_int_equal(at.started_at, DRILLFIX_NOON);
    assert_int_equal(at.active_ms, 120000);
}

static void test_nothing_to_resume(void **state)
{
    struct drillfix *f = *state;

    assert_false(drill_resume(f->app, &f->drill, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    f->drill = NULL;
    drillfix_item(f, "own-one");
    save(f, "");
    waiting(f, false); /* an empty draft is none */
    save(f, "some");
    save(f, "");
    waiting(f, false);
}

static void test_a_draft_can_be_discarded(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "own-one");
    save(f, "away with it");
    killed(f);

    struct draft draft = waiting(f, true);

    drillfix_ok(f, drill_draft_discard(f->app, &draft, &f->err));
    waiting(f, false);
}

static void test_skipping_keeps_what_was_typed(void **state)
{
    struct drillfix *f = *state;

    drillfix_open(f);
    save(f, "half");
    drillfix_ok(f, drill_skip(f->drill, &f->err));
    drillfix_answer(f, "The next one.", 3);
    assert_string_equal(waiting(f, true).text, "half");
}

/* The bank of the test is copied so that it can be changed under the draft. */
static void own_bank(struct drillfix *f, const char *text)
{
    drillfix_ok(f, file_write_atomic(buf_str(&f->bank), sv_from(text), &f->err));
}

static const char old_bank[] = "bank: drilling\n"
                               "title: Own\n"
                               "items:\n"
                               "  - id: asked\n"
                               "    kind: behavioural\n"
                               "    principle: ownership\n"
                               "    difficulty: 1\n"
                               "    prompt: The old question?\n";
static const char changed_bank[] = "bank: drilling\n"
                                   "title: Own\n"
                                   "items:\n"
                                   "  - id: asked\n"
                                   "    kind: behavioural\n"
                                   "    principle: ownership\n"
                                   "    difficulty: 1\n"
                                   "    prompt: Another question?\n";
static const char other_bank[] = "bank: drilling\n"
                                 "title: Own\n"
                                 "items:\n"
                                 "  - id: different\n"
                                 "    kind: behavioural\n"
                                 "    principle: ownership\n"
                                 "    difficulty: 1\n"
                                 "    prompt: Quite another?\n";

static void draft_on_own_bank(struct drillfix *f)
{
    buf_clear(&f->bank);
    buf_addf(&f->bank, "%s/own.yaml", buf_str(&f->folder));
    own_bank(f, old_bank);
    drillfix_reopen(f);
    drillfix_item(f, "asked");
    save(f, "My answer to the old one");
    drillfix_close(f);
}

static void test_a_question_that_changed_is_asked_as_it_was(void **state)
{
    struct drillfix *f = *state;

    draft_on_own_bank(f);
    own_bank(f, changed_bank);
    drillfix_reopen(f);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));
    assert_string_equal(drill_view(f->drill)->item->prompt, "The old question?");
    drillfix_answer(f, "My answer to the old one.", 3);
    assert_string_equal(drillfix_attempt(f, 0).prompt, "The old question?");
    waiting(f, false);
}

static void test_a_question_that_is_gone_can_still_be_answered(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row *rows = NULL;
    size_t count = 1;

    draft_on_own_bank(f);
    own_bank(f, other_bank);
    drillfix_reopen(f);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));
    assert_string_equal(drillfix_at(f, DRILL_ANSWER)->item->prompt, "The old question?");
    drillfix_ok(f, drill_submit(f->drill, SV("Done."), &f->err));
    while (drill_view(f->drill)->step == DRILL_SCORE)
        drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    drillfix_ok(f, drill_story(f->drill, NULL, &f->err));
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_ok(f, drill_score(f->drill, 0, &f->err));
    drillfix_at(f, DRILL_DONE); /* nothing to schedule */
    assert_string_equal(drillfix_attempt(f, 0).text, "Done.");
    drillfix_ok(f, schedule_all(f->store, &f->arena, &rows, &count, &f->err));
    assert_int_equal(count, 0);
}

static void test_drafts_of_later_steps(void **state)
{
    struct drillfix *f = *state;

    drillfix_item(f, "fog");
    drillfix_ok(f, drill_pick(f->drill, drill_view(f->drill)->right, &f->err));
    save(f, "because nobody");
    killed(f);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));

    const struct drill_view *v = drillfix_at(f, DRILL_WHY);

    assert_int_equal(v->picked, v->right); /* the pick stands */
    assert_string_equal(drill_draft_text(f->drill, NULL), "because nobody");
    drillfix_ok(f, drill_submit(f->drill, SV("because nobody decides"), &f->err));
    assert_int_equal(drillfix_attempts(f), 1);
    assert_true(drillfix_attempt(f, 0).picked_right);
    assert_string_equal(drillfix_attempt(f, 0).text, "because nobody decides");
    drillfix_close(f);

    f->options.mode = MODE_SPEAK;
    f->options.mode_set = true;
    drillfix_item(f, "why-now");
    drillfix_ok(f, drill_submit(f->drill, SV(""), &f->err));
    save(f, "- a bullet");
    killed(f);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));
    drillfix_at(f, DRILL_TICKS);
    assert_string_equal(drill_draft_text(f->drill, NULL), "- a bullet");
}

static void test_a_second_try_left_half_is_not_graded_twice(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;

    drillfix_item(f, "case-one");
    drillfix_answer(f, "First.", 3);
    drillfix_ok(f, drill_again(f->drill, &f->err));
    save(f, "Second, half");
    drillfix_close(f); /* scored, so graded as proposed */
    assert_true(drillfix_row(f, "family/metrics", &row));
    assert_int_equal(row.reps, 1);
    drillfix_reopen(f);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));
    drillfix_at(f, DRILL_AGAIN);
    assert_string_equal(drill_view(f->drill)->text, "First.");
    drillfix_ok(f, drill_submit(f->drill, SV("Second, whole."), &f->err));
    drillfix_at(f, DRILL_COMPARE);
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_at(f, DRILL_DONE);
    assert_true(drillfix_row(f, "family/metrics", &row));
    assert_int_equal(row.reps, 1);
    assert_int_equal(drillfix_attempts(f), 2);
}

/* ---- the disk fails */

static sqlite3_vfs *sound; /* the default */

static void on_failing_disk(struct drillfix *f)
{
    sound = sqlite3_vfs_find(NULL);
    fault_register();
    sqlite3_vfs_register(sqlite3_vfs_find(FAULT_VFS), 1);
    drillfix_reopen(f);
}

static void disk_is_well(void)
{
    fault_clear();
    sqlite3_vfs_register(sound, 1);
}

/* Whatever write fails, either the answer is stored and the drill has moved on, or neither, and trying again works. */
static void test_a_failing_write_loses_nothing(void **state)
{
    struct drillfix *f = *state;
    const enum fault_call calls[] = {FAULT_WRITE, FAULT_SYNC, FAULT_DELETE, FAULT_TRUNCATE};
    unsigned failed = 0;

    on_failing_disk(f);
    for (size_t c = 0; c < sizeof(calls) / sizeof(calls[0]); c++)
        for (int nth = 1; nth < 30; nth++) {
            size_t before = drillfix_attempts(f);
            struct err err = ERR_INIT;

            drillfix_item(f, "why-now");
            save(f, "typed so far");
            fault_set((struct fault){.call = calls[c], .nth = nth});
            bool stored = drill_submit(f->drill, SV("typed so far, and to the end"), &err);
            bool hit = fault_hit();
            fault_clear();
            assert_int_equal(drillfix_attempts(f), before + stored);
            if (!stored) {
                failed++;
                assert_true(err.text[0] != '\0');
                drillfix_at(f, DRILL_ANSWER);
                drillfix_ok(f, drill_submit(f->drill, SV("typed so far, and to the end"), &f->err));
                assert_int_equal(drillfix_attempts(f), before + 1);
            }
            drillfix_at(f, DRILL_SCORE);
            assert_string_equal(drillfix_attempt(f, 0).text, "typed so far, and to the end");
            waiting(f, false);
            drillfix_close(f);
            if (!hit)
                break;
        }
    assert_true(failed > 0);
    disk_is_well();
}

static void test_a_failing_grade_stays_at_its_step(void **state)
{
    struct drillfix *f = *state;
    struct schedule_row row;

    on_failing_disk(f);
    drillfix_item(f, "why-now");
    drillfix_answer(f, "typed", 3);
    fault_set((struct fault){.call = FAULT_WRITE, .nth = 1});
    assert_false(drill_next(f->drill, &f->err));
    fault_clear();
    drillfix_at(f, DRILL_SCHEDULE);
    assert_false(drillfix_row(f, "family/why-pm", &row));
    drillfix_ok(f, drill_next(f->drill, &f->err));
    assert_true(drillfix_row(f, "family/why-pm", &row));
    assert_int_equal(row.reps, 1);
    disk_is_well();
}

#define WITH_DRILL(test) cmocka_unit_test_setup_teardown(test, drillfix_setup, drillfix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DRILL(test_a_draft_is_offered_and_resumed),
        WITH_DRILL(test_nothing_to_resume),
        WITH_DRILL(test_a_draft_can_be_discarded),
        WITH_DRILL(test_skipping_keeps_what_was_typed),
        WITH_DRILL(test_a_question_that_changed_is_asked_as_it_was),
        WITH_DRILL(test_a_question_that_is_gone_can_still_be_answered),
        WITH_DRILL(test_drafts_of_later_steps),
        WITH_DRILL(test_a_second_try_left_half_is_not_graded_twice),
        WITH_DRILL(test_a_failing_write_loses_nothing),
        WITH_DRILL(test_a_failing_grade_stays_at_its_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
