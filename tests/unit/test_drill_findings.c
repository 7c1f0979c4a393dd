#include "support/unit.h"

#include "support/drillfix.h"

#include "pmprep/app/coach.h"
#include "pmprep/app/findings.h"
#include "pmprep/app/progress.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/fileio.h"

#include <unistd.h>

/* Findings in the drill, by rules of the user's own that find one phrase each: the shipped ones are switched off. */

static const char lot_of_text[] = "I changed the form in March and a lot of people came back to the shop. The team was "
                                  "happy with it, and maybe they were right, for the carers who had left us before "
                                  "that were the ones who asked for a shorter form in the first place.";

static void put_rule(struct drillfix *f, const char *id, const char *severity, const char *phrase, const char *extra)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    buf_addf(&path, "%s/.config/pmprep/rules", buf_str(&f->folder));
    drillfix_ok(f, file_mkdirs(buf_str(&path), &f->err));
    buf_addf(&path, "/%s.yaml", id);
    buf_addf(&text,
             "rule: %s\ntitle: T\nversion: 4\nseverity: %s\nmessage: Not %s.\nadvice: Mend it.\nfind: [\"%s\"]\n%s", id,
             severity, phrase, phrase, extra);
    drillfix_ok(f, file_write_atomic(buf_str(&path), buf_sv(&text), &f->err));
    buf_release(&path);
    buf_release(&text);
}

static void configure(struct drillfix *f, const char *more)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, "coach-off: \"");
    for (size_t i = 0; i < FLAW_COUNT; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", flaws[i].id);
    buf_addf(&text, "\"\n%s", more);
    drillfix_ok(f, file_write_atomic(buf_str(&f->config), buf_sv(&text), &f->err));
    buf_release(&text);
}

static int own_rules(void **state)
{
    drillfix_setup(state);
    struct drillfix *f = *state;
    configure(f, "");
    put_rule(f, "own-lot", "warning", "a lot", "");
    put_rule(f, "own-maybe", "warning", "maybe", "");
    put_rule(f, "own-team", "error", "the team", "");
    put_rule(f, "own-case", "error", "form", "kinds: [metrics]\n");
    drillfix_reopen(f);
    return 0;
}

/* To the evidence of an open question. */
static const struct drill_view *answer(struct drillfix *f, const char *id, const char *text, int level)
{
    drillfix_item(f, id);
    drillfix_ok(f, drill_submit(f->drill, sv_from(text), &f->err));
    if (drill_view(f->drill)->step == DRILL_PRINCIPLE)
        drillfix_ok(f, drill_principle(f->drill, NULL, &f->err));
    while (drill_view(f->drill)->step == DRILL_SCORE) {
        assert_int_equal(drill_view(f->drill)->finding_count, 0); /* never before the self-score */
        assert_int_equal(drill_view(f->drill)->coached, COACH_SILENT);
        drillfix_ok(f, drill_score(f->drill, level, &f->err));
    }
    if (drill_view(f->drill)->step == DRILL_STORY)
        drillfix_ok(f, drill_story(f->drill, NULL, &f->err));
    return drill_view(f->drill);
}

static void finish(struct drillfix *f)
{
    drillfix_close(f);
    drillfix_advance(60000);
}

static void found_after_the_score_and_stored(void **state)
{
    struct drillfix *f = *state;
    const struct drill_view *v = answer(f, "own-one", lot_of_text, 3);
    assert_int_equal(v->step, DRILL_EVIDENCE);
    assert_int_equal(v->coached, COACH_READ);
    assert_int_equal(v->finding_count, 3); /* own-case is not for this kind */
    assert_string_equal(v->findings[0].rule, "own-team");
    assert_string_equal(v->findings[1].rule, "own-lot");
    assert_string_equal(v->coach_problem, "");
    struct attempt at = drillfix_attempt(f, 0);
    assert_int_equal(at.finding_count, 3);
    assert_int_equal(at.score_set_count, 1);
    assert_string_equal(at.findings[1].rule, "own-lot");
    assert_string_equal(at.findings[1].severity, "warning");
    assert_int_equal(at.findings[1].rule_version, 4);
    assert_memory_equal(at.text + at.findings[1].start, "a lot", 5);
    assert_int_equal(at.findings[1].end - at.findings[1].start, 5);
    assert_false(at.findings[1].self_reported);
    /* later scores leave them alone */
    drillfix_ok(f, drill_next(f->drill, &f->err));
    drillfix_ok(f, drill_score(f->drill, 4, &f->err));
    assert_int_equal(drillfix_attempt(f, 0).finding_count, 3);
}

static void without_a_score_nothing_is_read(void **state)
{
    struct drillfix *f = *state;
    assert_int_equal(answer(f, "own-one", lot_of_text, 0)->step, DRILL_DONE);
    assert_int_equal(drillfix_attempt(f, 0).finding_count, 0);
}

static void the_last_level_skipped_it_is_read_all_the_same(void **state)
{
    struct drillfix *f = *state;
    drillfix_item(f, "own-two");
    drillfix_ok(f, drill_submit(f->drill, sv_from(lot_of_text), &f->err));
    drillfix_ok(f, drill_score(f->drill, 3, &f->err));
    while (drill_view(f->drill)->step == DRILL_SCORE)
        drillfix_ok(f, drill_score(f->drill, 0, &f->err));
    assert_int_equal(drill_view(f->drill)->finding_count, 3);
    assert_int_equal(drillfix_attempt(f, 0).finding_count, 3);
}

static void kinds_have_their_own_rules(void **state)
{
    struct drillfix *f = *state;
    f->options.mode = MODE_TYPE;
    f->options.mode_set = true;
    const struct drill_view *v = answer(f, "case-one", lot_of_text, 3);
    assert_int_equal(v->finding_count, 5); /* "form" stands there twice */
    assert_string_equal(v->findings[0].rule, "own-case");
}

static void dismissed_and_taken_back(void **state)
{
    struct drillfix *f = *state;
    answer(f, "own-one", lot_of_text, 3);
    drill_choose(f->drill, true);
    assert_int_equal(drill_view(f->drill)->chosen, 1);
    assert_string_equal(drill_view(f->drill)->mend->rule, "own-lot");
    drillfix_ok(f, drill_dismiss(f->drill, &f->err));
    assert_true(drill_view(f->drill)->findings[1].dismissed);
    assert_string_equal(drill_view(f->drill)->mend->rule, "own-team"); /* nobody mends what is dismissed */
    assert_true(drillfix_attempt(f, 0).findings[1].dismissed);
    drillfix_ok(f, drill_dismiss(f->drill, &f->err));
    assert_false(drillfix_attempt(f, 0).findings[1].dismissed);
    drill_choose(f->drill, true);
    drill_choose(f->drill, true);
    assert_int_equal(drill_view(f->drill)->chosen, 0);
    drill_choose(f->drill, false);
    assert_int_equal(drill_view(f->drill)->chosen, 2);
}

static void nothing_to_dismiss(void **state)
{
    struct drillfix *f = *state;
    const struct drill_view *v = answer(f, "own-one", "Nine of forty sellers left.", 3);
    assert_int_equal(v->coached, COACH_READ);
    assert_int_equal(v->finding_count, 0);
    assert_null(v->mend);
    drill_choose(f->drill, true);
    assert_false(drill_dismiss(f->drill, &f->err));
}

static void the_second_try_is_read_too(void **state)
{
    struct drillfix *f = *state;
    answer(f, "own-one", lot_of_text, 3);
    drillfix_ok(f, drill_again(f->drill, &f->err));
    drillfix_ok(f, drill_submit(f->drill, SV("A lot of carers came back, the team counted 40."), &f->err));
    const struct drill_view *v = drillfix_at(f, DRILL_COMPARE);
    assert_int_equal(v->again_coached, COACH_READ);
    assert_int_equal(v->again_finding_count, 2);
    assert_true(findings_have(v->again_findings, v->again_finding_count, "own-lot"));
    assert_false(findings_have(v->again_findings, v->again_finding_count, "own-maybe"));
    struct attempt at = drillfix_attempt(f, 0);
    assert_int_equal(at.role, ATTEMPT_AGAIN);
    assert_int_equal(at.finding_count, 2);
    assert_int_equal(drillfix_attempt(f, 1).finding_count, 3);
}

/* Spoken: the tick list tells what notes of a few words cannot; a transcript speaks for itself. */
static void ticks_stand_in_for_the_text(void **state)
{
    static const char *const texts[] = {"form, carers", lot_of_text};
    struct drillfix *f = *state;
    configure(f, "");
    drillfix_ok(f, file_write_atomic(buf_str(&f->config), SV("coach-off: rambling\n"), &f->err));
    drillfix_reopen(f);
    f->options.mode = MODE_SPEAK;
    f->options.mode_set = true;
    for (size_t i = 0; i < 2; i++) {
        drillfix_item(f, "own-two");
        drillfix_ok(f, drill_submit(f->drill, SV(""), &f->err));
        drillfix_ok(f, drill_ticks(f->drill, TICK_NUMBER | TICK_DECIDED, sv_from(texts[i]), &f->err));
        while (drill_view(f->drill)->step == DRILL_SCORE)
            drillfix_ok(f, drill_score(f->drill, 2, &f->err));
        const struct drill_view *v = drill_view(f->drill);
        assert_int_equal(v->coached, i == 0 ? COACH_TICKED : COACH_READ);
        assert_int_equal(findings_have(v->findings, v->finding_count, "own-team"), i == 1);
        if (i == 0)
            assert_true(findings_have(v->findings, v->finding_count, "no-result"));
        struct attempt at = drillfix_attempt(f, 0);
        assert_true(at.finding_count > 0);
        for (size_t k = 0; k < at.finding_count; k++)
            assert_int_equal(at.findings[k].self_reported, i == 0);
        finish(f);
    }
}

static void an_outline_of_a_few_words_is_left_alone(void **state)
{
    struct drillfix *f = *state;
    f->options.mode = MODE_OUTLINE;
    f->options.mode_set = true;
    const struct drill_view *v = answer(f, "own-two", "the team, a lot, maybe", 2);
    assert_int_equal(v->coached, COACH_TOO_SHORT);
    assert_int_equal(v->finding_count, 0);
    finish(f);
    assert_int_equal(answer(f, "own-two", lot_of_text, 2)->coached, COACH_READ);
}

static void what_is_dismissed_often_sinks(void **state)
{
    struct drillfix *f = *state;
    for (int i = 0; i < 3; i++) {
        const struct drill_view *v = answer(f, "own-one", lot_of_text, 3);
        assert_string_equal(v->findings[0].rule, "own-team"); /* an error stays above warnings */
        assert_string_equal(v->findings[1].rule, i < 2 ? "own-lot" : "own-maybe");
        drill_choose(f->drill, true);
        if (i < 2)
            drillfix_ok(f, drill_dismiss(f->drill, &f->err));
        finish(f);
    }
}

/* What came back stands on Home, and not what was dismissed. */
static void habits_come_from_findings(void **state)
{
    struct drillfix *f = *state;
    struct progress_home h;
    for (int i = 0; i < 2; i++) {
        answer(f, "own-one", lot_of_text, 3);
        drill_choose(f->drill, true);
        drillfix_ok(f, drill_dismiss(f->drill, &f->err));
        finish(f);
    }
    drillfix_ok(f, progress_home(f->app, &f->arena, &h, &f->err));
    assert_int_equal(h.flaws.answers, 2);
    assert_int_equal(h.flaws.count, 2);
    assert_string_equal(h.flaws.at[0].rule, "own-maybe");
    assert_string_equal(h.flaws.at[1].rule, "own-team");
}

/* Data without rules. */
static void without_a_coach_the_drill_goes_on(void **state)
{
    static const char *const parts[] = {"principles", "rubrics"};
    struct drillfix *f = *state;
    const char *data = getenv("PMPREP_DATA");
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/.config", buf_str(&f->folder));
    storefix_remove_tree(buf_str(&path));
    for (size_t i = 0; i < 2; i++) {
        char *from = arena_printf(&f->arena, "%s/%s", data, parts[i]);
        char *to = arena_printf(&f->arena, "%s/data/%s", buf_str(&f->folder), parts[i]);
        drillfix_ok(f, file_mkdirs(arena_printf(&f->arena, "%s/data", buf_str(&f->folder)), &f->err));
        assert_int_equal(symlink(from, to), 0);
    }
    buf_clear(&path);
    buf_addf(&path, "%s/data", buf_str(&f->folder));
    setenv("PMPREP_DATA", buf_str(&path), 1);
    drillfix_reopen(f);
    setenv("PMPREP_DATA", data, 1);
    const struct drill_view *v = answer(f, "own-one", lot_of_text, 3);
    assert_int_equal(v->step, DRILL_EVIDENCE);
    assert_int_equal(v->coached, COACH_SILENT);
    assert_non_null(strstr(v->coach_problem, "no rules"));
    assert_int_equal(drillfix_attempt(f, 0).score_set_count, 1);
    drillfix_to_schedule(f, 3);
    buf_release(&path);
}

static void a_broken_rule_is_told_and_the_others_work(void **state)
{
    struct drillfix *f = *state;
    put_rule(f, "own-broken", "grave", "carers", "");
    drillfix_reopen(f);
    const struct drill_view *v = answer(f, "own-one", lot_of_text, 3);
    assert_int_equal(v->finding_count, 3);
    assert_non_null(strstr(v->coach_problem, "own-broken.yaml:4:"));
}

static void live_says_the_worst_once_there_is_enough(void **state)
{
    struct drillfix *f = *state;
    struct finding worst;
    drillfix_item(f, "own-one");
    assert_false(drill_live(f->drill, sv_from(lot_of_text), &worst)); /* off by default */
    drillfix_close(f);
    configure(f, "coach-live: yes\n");
    drillfix_reopen(f);
    drillfix_item(f, "own-one");
    assert_true(drill_live(f->drill, sv_from(lot_of_text), &worst));
    assert_string_equal(worst.rule, "own-team");
    assert_string_equal(worst.message, "Not the team.");
    assert_false(drill_live(f->drill, SV("The team, a lot, maybe."), &worst));
    drillfix_ok(f, drill_submit(f->drill, sv_from(lot_of_text), &f->err));
    assert_false(drill_live(f->drill, sv_from(lot_of_text), &worst)); /* nothing is typed here */
}

static void a_second_try_resumed_still_knows_what_to_mend(void **state)
{
    struct drillfix *f = *state;
    answer(f, "own-one", lot_of_text, 3);
    drillfix_ok(f, drill_again(f->drill, &f->err));
    drillfix_ok(f, drill_save_draft(f->drill, SV("Forty came"), 4, &f->err));
    drillfix_close(f);
    drillfix_reopen(f);
    drillfix_ok(f, drill_resume(f->app, &f->drill, &f->err));
    const struct drill_view *v = drillfix_at(f, DRILL_AGAIN);
    assert_string_equal(v->mend->rule, "own-team");
    drillfix_ok(f, drill_submit(f->drill, SV("Forty came back."), &f->err));
    assert_int_equal(drill_view(f->drill)->again_finding_count, 0);
    assert_int_equal(drillfix_attempt(f, 1).finding_count, 3);
}

/* ---- findings as they are shown */

static void spans_are_whole_characters_within_the_text(void **state)
{
    static const struct {
        const char *text;
        size_t start, end;
        bool any;
        size_t from, to, line;
    } cases[] = {
        {"one two", 4, 7, true, 4, 7, 1},
        {"a\r\nb\r\nlot", 6, 9, true, 6, 9, 3},
        {"d\xC3\xA9j\xC3\xA0 vu", 2, 5, true, 1, 6, 1}, /* cut into two characters */
        {"one", 2, 2, false, 0, 0, 0},
        {"one", 2, 9, false, 0, 0, 0}, /* of a longer text */
        {"one", 3, 2, false, 0, 0, 0},
        {"", 0, 0, false, 0, 0, 0},
        {"\xE6\xBC\xA2", 1, 3, true, 0, 3, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct finding f = {.start = cases[i].start, .end = cases[i].end};
        struct sv text = sv_from(cases[i].text);
        size_t start = 0, end = 0;
        assert_int_equal(finding_span(&f, text, &start, &end), cases[i].any);
        assert_int_equal(start, cases[i].from);
        assert_int_equal(end, cases[i].to);
        assert_int_equal(finding_line(&f, text), cases[i].line);
    }
}

static void the_rule_of_a_finding_tells_what_to_do(void **state)
{
    struct drillfix *f = *state;
    struct finding found = {.rule = "own-lot"}, gone = {.rule = "own-gone"};
    assert_string_equal(finding_rule(f->app, &found)->advice, "Mend it.");
    assert_null(finding_rule(f->app, &gone));
}

#define OWN(test) cmocka_unit_test_setup_teardown(test, own_rules, drillfix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OWN(found_after_the_score_and_stored),
        OWN(without_a_score_nothing_is_read),
        OWN(the_last_level_skipped_it_is_read_all_the_same),
        OWN(kinds_have_their_own_rules),
        OWN(dismissed_and_taken_back),
        OWN(nothing_to_dismiss),
        OWN(the_second_try_is_read_too),
        OWN(ticks_stand_in_for_the_text),
        OWN(an_outline_of_a_few_words_is_left_alone),
        OWN(what_is_dismissed_often_sinks),
        OWN(habits_come_from_findings),
        OWN(without_a_coach_the_drill_goes_on),
        OWN(a_broken_rule_is_told_and_the_others_work),
        OWN(live_says_the_worst_once_there_is_enough),
        OWN(a_second_try_resumed_still_knows_what_to_mend),
        cmocka_unit_test(spans_are_whole_characters_within_the_text),
        OWN(the_rule_of_a_finding_tells_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
