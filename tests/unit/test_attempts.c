#include "support/unit.h"

#include "support/storefix.h"

#include "pmprep/bank/filter.h"

static void equal_scores(const struct attempt *a, const struct attempt *b)
{
    assert_int_equal(a->score_set_count, b->score_set_count);
    for (size_t i = 0; i < a->score_set_count; i++) {
        const struct score_set *x = &a->score_sets[i], *y = &b->score_sets[i];
        assert_int_equal(x->phase, y->phase);
        assert_int_equal(x->at_ms, y->at_ms);
        assert_int_equal(x->count, y->count);
        for (size_t k = 0; k < x->count; k++) {
            assert_string_equal(x->scores[k].dimension, y->scores[k].dimension);
            assert_int_equal(x->scores[k].level, y->scores[k].level);
        }
    }
}

static void equal_findings(const struct attempt *a, const struct attempt *b)
{
    assert_int_equal(a->finding_count, b->finding_count);
    for (size_t i = 0; i < a->finding_count; i++) {
        const struct finding *x = &a->findings[i], *y = &b->findings[i];
        assert_string_equal(x->rule, y->rule);
        assert_string_equal(x->severity, y->severity);
        assert_string_equal(x->message, y->message);
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->rule_version, y->rule_version);
        assert_int_equal(x->self_reported, y->self_reported);
        assert_int_equal(x->dismissed, y->dismissed);
    }
}

static void equal_names(const struct strings *a, const struct strings *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_string_equal(a->at[i], b->at[i]);
    }
}

static void equal_attempts(const struct attempt *a, const struct attempt *b)
{
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->session, b->session);
    assert_string_equal(a->parent, b->parent);
    assert_int_equal(a->role, b->role);
    assert_string_equal(a->item, b->item);
    assert_true(a->item_revision == b->item_revision);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->family, b->family);
    equal_names(&a->principles, &b->principles);
    assert_int_equal(a->mode, b->mode);
    assert_string_equal(a->story, b->story);
    assert_string_equal(a->prompt, b->prompt);
    assert_string_equal(a->text, b->text);
    assert_string_equal(a->note, b->note);
    assert_int_equal(a->started_at, b->started_at);
    assert_int_equal(a->ended_at, b->ended_at);
    assert_int_equal(a->offset_min, b->offset_min);
    assert_int_equal(a->active_ms, b->active_ms);
    assert_int_equal(a->spoken_ms, b->spoken_ms);
    assert_int_equal(a->overtime_ms, b->overtime_ms);
    assert_int_equal(a->words, b->words);
    assert_int_equal(a->ticks, b->ticks);
    assert_int_equal(a->picked, b->picked);
    assert_int_equal(a->picked_right, b->picked_right);
    assert_string_equal(a->guess, b->guess);
    assert_int_equal(a->flagged, b->flagged);
    assert_int_equal(a->deleted, b->deleted);
    equal_scores(a, b);
    equal_findings(a, b);
}

static struct attempt full_attempt(struct arena *a)
{
    static struct score blind[] = {{"", 2}, {"result", 3}};
    static struct score evidence[] = {{"result", 4}};
    static struct score_set sets[] = {{SCORE_BLIND, 1000, blind, 2}, {SCORE_EVIDENCE, 2000, evidence, 1}};
    static struct finding findings[] = {
        {"vague-claim", "warning", "\"a lot\" hides the size.", 3, 8, 2, false, false},
        {"no-number", "error", "No figure at all.", 0, 0, 1, true, true},
    };
    struct attempt at =
        storefix_attempt(a, 1, "behavioural/owned-a-miss", "Refunds fell a lot — très vite.", STOREFIX_DAY);
    at.session = storefix_id(a, 900);
    at.parent = storefix_id(a, 901);
    at.role = ATTEMPT_AGAIN;
    at.mode = MODE_SPEAK;
    at.story = storefix_id(a, 902);
    at.note = "shorter next time";
    at.offset_min = -330;
    at.spoken_ms = 71000;
    at.overtime_ms = 1500;
    at.ticks = TICK_CUSTOMER | TICK_LESSON;
    at.picked = 1;
    at.picked_right = true;
    at.guess = "dive-deep";
    at.flagged = true;
    at.score_sets = sets;
    at.score_set_count = 2;
    at.findings = findings;
    at.finding_count = 2;
    return at;
}

static void everything_comes_back(void **state)
{
    struct storefix *f = *state;
    struct attempt at = full_attempt(&f->arena), back;
    storefix_put(f, &at);
    storefix_reopen(f);
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    equal_attempts(&at, &back);
    struct attempt *tries;
    size_t count;
    assert_true(attempts_of_item(f->store, at.item, &f->arena, &tries, &count, &f->err));
    assert_int_equal(count, 1);
    equal_attempts(&at, &tries[0]);
}

static void the_same_id_replaces(void **state)
{
    struct storefix *f = *state;
    struct attempt at = full_attempt(&f->arena), back;
    storefix_put(f, &at);
    at.text = "Refunds fell from 9% to 6%.";
    at.item = "behavioural/other";
    at.score_set_count = 1;
    at.finding_count = 0;
    storefix_put(f, &at);
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    equal_attempts(&at, &back);
    size_t count;
    assert_true(attempts_count(f->store, NULL, &count, &f->err));
    assert_int_equal(count, 1);
    struct seen *seen;
    assert_true(attempts_seen(f->store, &f->arena, &seen, &count, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(seen[0].item, "behavioural/other");
    assert_true(store_check(f->store, &f->err));
}

/* A probe's prompt is not its item's; an edited bank changes neither. */
static void prompts_are_kept_as_they_were(void **state)
{
    struct storefix *f = *state;
    struct attempt first = storefix_attempt(&f->arena, 1, "b/one", "first", STOREFIX_DAY);
    struct attempt probe = storefix_attempt(&f->arena, 2, "b/one", "second", STOREFIX_DAY);
    probe.role = ATTEMPT_PROBE;
    probe.prompt = "What was it before?";
    storefix_put(f, &first);
    storefix_put(f, &probe);
    struct attempt edited = storefix_attempt(&f->arena, 3, "b/one", "third", STOREFIX_DAY);
    struct item_snapshot snap = storefix_snapshot(&edited);
    edited.item_revision = snap.revision = 7;
    edited.prompt = snap.prompt = "A new wording.";
    assert_true(attempts_put(f->store, &edited, &snap, &f->err));
    struct attempt *tries;
    size_t count;
    assert_true(attempts_of_item(f->store, "b/one", &f->arena, &tries, &count, &f->err));
    assert_int_equal(count, 3);
    assert_string_equal(tries[0].prompt, first.prompt);
    assert_string_equal(tries[1].prompt, probe.prompt);
    assert_string_equal(tries[2].prompt, edited.prompt);
}

static struct rubric rubric_with(const char *anchor)
{
    static struct dimension d[2];
    d[0] = (struct dimension){"result", "Result", {anchor, "b", "c", "d \"quoted\"", "e"}, 3, 4};
    d[1] = (struct dimension){"action", "Action", {"1", "2", "3", "4", "5"}, 2, 3};
    return (struct rubric){"behavioural", "Behavioural answer", d, 2, SOURCE_PUBLIC};
}

static void rubrics_are_kept_as_they_were(void **state)
{
    struct storefix *f = *state;
    struct attempt at[3];
    static const char *const anchors[] = {"none", "nothing at all"};
    for (unsigned i = 0; i < 3; i++) {
        at[i] = storefix_attempt(&f->arena, i, "b/one", "text", STOREFIX_DAY);
        struct item_snapshot snap = storefix_snapshot(&at[i]);
        struct rubric rubric = i < 2 ? rubric_with(anchors[i]) : (struct rubric){0};
        snap.rubric = i < 2 ? &rubric : NULL;
        assert_true(attempts_put(f->store, &at[i], &snap, &f->err));
    }
    for (unsigned i = 0; i < 2; i++) {
        struct rubric back, want = rubric_with(anchors[i]);
        bool found;
        assert_true(attempts_rubric(f->store, at[i].id, &f->arena, &back, &found, &f->err));
        assert_true(found);
        assert_string_equal(back.id, want.id);
        assert_string_equal(back.title, want.title);
        assert_int_equal(back.source, want.source);
        assert_int_equal(back.dimension_count, 2);
        for (size_t d = 0; d < 2; d++) {
            assert_string_equal(back.dimensions[d].id, want.dimensions[d].id);
            assert_string_equal(back.dimensions[d].name, want.dimensions[d].name);
            assert_int_equal(back.dimensions[d].bar_l5, want.dimensions[d].bar_l5);
            assert_int_equal(back.dimensions[d].bar_l6, want.dimensions[d].bar_l6);
            for (int level = 0; level < LEVELS; level++) {
                assert_string_equal(back.dimensions[d].anchor[level], want.dimensions[d].anchor[level]);
            }
        }
    }
    struct rubric none;
    bool found = true;
    assert_true(attempts_rubric(f->store, at[2].id, &f->arena, &none, &found, &f->err));
    assert_false(found);
}

static double listed_mean(struct storefix *f)
{
    struct attempt_row *rows;
    size_t count;
    bool more;
    assert_true(attempts_list(f->store, NULL, 0, 10, &f->arena, &rows, &count, &more, &f->err));
    assert_int_equal(count, 1);
    return rows[0].mean;
}

static struct coverage covered(struct storefix *f, const char *principle)
{
    struct coverage *all;
    size_t count;
    assert_true(stats_coverage(f->store, STOREFIX_DAY - 13, &f->arena, &all, &count, &f->err));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].principle, principle) == 0) {
            return all[i];
        }
    }
    return (struct coverage){"", 0, 0};
}

static void the_newest_score_set_counts(void **state)
{
    struct storefix *f = *state;
    struct attempt at = storefix_attempt(&f->arena, 1, "b/one", "text", STOREFIX_DAY), back;
    storefix_put(f, &at);
    assert_true(listed_mean(f) == 0);
    struct score two[] = {{"", 2}, {"result", 3}};
    struct score_set blind = {SCORE_BLIND, 1, two, 2};
    assert_true(attempts_score(f->store, at.id, &blind, &f->err));
    assert_true(listed_mean(f) == 2.5);
    struct score_set evidence = storefix_scores(&f->arena, SCORE_EVIDENCE, 4);
    assert_true(attempts_score(f->store, at.id, &evidence, &f->err));
    assert_true(listed_mean(f) == 4);
    assert_true(covered(f, "ownership").mean == 4);
    struct score_set again = storefix_scores(&f->arena, SCORE_EVIDENCE, 3); /* replaces its phase */
    assert_true(attempts_score(f->store, at.id, &again, &f->err));
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    assert_int_equal(back.score_set_count, 2);
    assert_int_equal(back.score_sets[1].scores[0].level, 3);
    again.count = 0; /* an empty one removes it */
    assert_true(attempts_score(f->store, at.id, &again, &f->err));
    assert_true(listed_mean(f) == 2.5);
    assert_int_equal(covered(f, "ownership").answers, 1);
    assert_true(store_check(f->store, &f->err));
    assert_false(attempts_score(f->store, "nowhere", &blind, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void small_changes_are_kept(void **state)
{
    struct storefix *f = *state;
    struct attempt at = storefix_attempt(&f->arena, 1, "b/one", "text", STOREFIX_DAY), back;
    storefix_put(f, &at);
    assert_true(attempts_set_story(f->store, at.id, "s1", &f->err));
    assert_true(attempts_set_note(f->store, at.id, "a note", &f->err));
    assert_true(attempts_set_flag(f->store, at.id, true, &f->err));
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    assert_string_equal(back.story, "s1");
    assert_string_equal(back.note, "a note");
    assert_true(back.flagged);
    assert_true(attempts_set_story(f->store, at.id, "", &f->err));
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    assert_string_equal(back.story, "");
    assert_false(attempts_set_note(f->store, "nowhere", "x", &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void deletion_is_undone(void **state)
{
    struct storefix *f = *state;
    struct attempt at = full_attempt(&f->arena), back;
    bool exists;
    size_t count;
    storefix_put(f, &at);
    assert_true(attempts_delete(f->store, at.id, STOREFIX_NOON, &f->err));
    assert_true(attempts_count(f->store, NULL, &count, &f->err));
    assert_int_equal(count, 0);
    assert_int_equal(covered(f, "ownership").answers, 0);
    assert_true(attempts_exists(f->store, at.id, &exists, &f->err));
    assert_true(exists);
    assert_false(attempts_delete(f->store, at.id, STOREFIX_NOON, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    f->err = (struct err)ERR_INIT;
    assert_true(store_check(f->store, &f->err));
    assert_true(attempts_undelete(f->store, at.id, &f->err));
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    equal_attempts(&at, &back);
    assert_int_equal(covered(f, "ownership").answers, 1);
    assert_true(store_check(f->store, &f->err));
}

static void purged_ones_stay_tombstones(void **state)
{
    struct storefix *f = *state;
    struct attempt at = full_attempt(&f->arena),
                   kept = storefix_attempt(&f->arena, 2, "b/kept", "kept text", STOREFIX_DAY), back;
    storefix_put(f, &at);
    storefix_put(f, &kept);
    assert_true(attempts_delete(f->store, at.id, STOREFIX_NOON, &f->err));
    assert_true(store_purge(f->store, &f->err));
    assert_true(attempts_get(f->store, at.id, &f->arena, &back, &f->err));
    assert_true(back.deleted);
    assert_string_equal(back.text, "");
    assert_string_equal(back.prompt, "");
    assert_string_equal(back.note, "");
    assert_int_equal(back.score_set_count, 0);
    assert_int_equal(back.finding_count, 0);
    assert_int_equal(back.started_at, at.started_at);
    assert_false(attempts_undelete(f->store, at.id, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    f->err = (struct err)ERR_INIT;
    assert_true(attempts_get(f->store, kept.id, &f->arena, &back, &f->err));
    equal_attempts(&kept, &back);
    assert_true(store_check(f->store, &f->err));
}

static void what_was_seen(void **state)
{
    struct storefix *f = *state;
    struct attempt one = storefix_attempt(&f->arena, 1, "b/one", "x", STOREFIX_DAY - 3);
    struct attempt two = storefix_attempt(&f->arena, 2, "b/one", "y", STOREFIX_DAY);
    struct score_set set = storefix_scores(&f->arena, SCORE_BLIND, 4);
    one.score_sets = two.score_sets = &set;
    two.score_set_count = 1;
    storefix_put(f, &two);
    storefix_put(f, &one); /* older, though stored later: an import */
    struct seen *seen;
    size_t count;
    assert_true(attempts_seen(f->store, &f->arena, &seen, &count, &f->err));
    assert_int_equal(count, 1);
    assert_string_equal(seen[0].item, "b/one");
    assert_int_equal(seen[0].times, 2);
    assert_int_equal(seen[0].last_ms, two.started_at);
    assert_true(seen[0].last_mean == 4);
    assert_true(attempts_delete(f->store, two.id, STOREFIX_NOON, &f->err));
    assert_true(attempts_seen(f->store, &f->arena, &seen, &count, &f->err));
    assert_int_equal(seen[0].times, 1);
    assert_int_equal(seen[0].last_ms, one.started_at);
    assert_true(seen[0].last_mean == 0);
    assert_true(attempts_delete(f->store, one.id, STOREFIX_NOON, &f->err));
    assert_true(attempts_seen(f->store, &f->arena, &seen, &count, &f->err));
    assert_int_equal(count, 0);
}

static unsigned streak(struct storefix *f, int32_t today)
{
    unsigned days;
    assert_true(stats_streak(f->store, today, &days, &f->err));
    return days;
}

static void days_and_streak(void **state)
{
    struct storefix *f = *state;
    struct attempt before_four = storefix_attempt(&f->arena, 1, "b/one", "x", STOREFIX_DAY);
    before_four.started_at = (int64_t)STOREFIX_DAY * 86400000 + 3 * 3600000; /* 03:00: still the day before */
    storefix_put(f, &before_four);
    assert_int_equal(streak(f, STOREFIX_DAY - 1), 1);
    assert_int_equal(streak(f, STOREFIX_DAY), 1); /* today is not over */
    assert_int_equal(streak(f, STOREFIX_DAY + 1), 0);
    struct attempt today = storefix_attempt(&f->arena, 2, "b/one", "x", STOREFIX_DAY);
    struct attempt same_day = storefix_attempt(&f->arena, 3, "b/two", "x", STOREFIX_DAY);
    struct attempt long_ago = storefix_attempt(&f->arena, 4, "b/two", "x", STOREFIX_DAY - 5);
    storefix_put(f, &today);
    storefix_put(f, &same_day);
    storefix_put(f, &long_ago);
    assert_int_equal(streak(f, STOREFIX_DAY), 2);
    struct day_total days[7];
    assert_true(stats_days(f->store, STOREFIX_DAY - 6, 7, days, &f->err));
    assert_int_equal(days[6].answers, 2);
    assert_int_equal(days[6].active_ms, 160000);
    assert_int_equal(days[5].answers, 1);
    assert_int_equal(days[4].answers, 0);
    assert_int_equal(days[1].answers, 1);
    assert_true(attempts_delete(f->store, before_four.id, STOREFIX_NOON, &f->err));
    assert_int_equal(streak(f, STOREFIX_DAY), 1);
}

static void coverage_of_the_last_days(void **state)
{
    struct storefix *f = *state;
    static const int levels[] = {2, 5, 0}; /* the last one is unscored */
    for (unsigned i = 0; i < 3; i++) {
        struct attempt at = storefix_attempt(&f->arena, i, "b/one", "x", STOREFIX_DAY - (int)i);
        struct score_set set = storefix_scores(&f->arena, SCORE_BLIND, levels[i]);
        at.score_sets = &set;
        at.score_set_count = levels[i] != 0;
        storefix_put(f, &at);
    }
    struct attempt old = storefix_attempt(&f->arena, 9, "b/one", "x", STOREFIX_DAY - 14);
    storefix_put(f, &old);
    assert_int_equal(covered(f, "dive-deep").answers, 3);
    assert_true(covered(f, "dive-deep").mean == 3.5);
    assert_int_equal(covered(f, "frugality").answers, 0);
}

static void median_of_the_own_pace(void **state)
{
    struct storefix *f = *state;
    static const int seconds[] = {50, 10, 40, 20, 30, 60};
    int64_t ms;
    for (unsigned i = 0; i < 6; i++) {
        assert_true(stats_median_ms(f->store, KIND_BEHAVIOURAL, MODE_TYPE, &ms, &f->err));
        assert_int_equal(ms, i < 5 ? 0 : 30000);
        struct attempt at = storefix_attempt(&f->arena, i, "b/one", "x", STOREFIX_DAY);
        at.active_ms = seconds[i] * 1000;
        storefix_put(f, &at);
    }
    assert_true(stats_median_ms(f->store, KIND_BEHAVIOURAL, MODE_TYPE, &ms, &f->err));
    assert_int_equal(ms, 35000);
    assert_true(stats_median_ms(f->store, KIND_BEHAVIOURAL, MODE_SPEAK, &ms, &f->err));
    assert_int_equal(ms, 0);
}

static struct draft draft_of(const char *item, const char *session, const char *text, int64_t at)
{
    return (struct draft){
        .item = item,
        .item_revision = UINT64_MAX,
        .prompt = "Tell me.",
        .mode = MODE_OUTLINE,
        .role = ATTEMPT_AGAIN,
        .parent = "p",
        .session = session,
        .text = text,
        .started_at = STOREFIX_NOON,
        .updated_at = at,
        .active_ms = 1234,
        .cursor = 3,
    };
}

static void drafts_come_and_go(void **state)
{
    struct storefix *f = *state;
    struct draft one = draft_of("b/one", "s", "I de", 1), two = draft_of("b/two", "s", "We", 3), back;
    bool found;
    assert_true(draft_latest(f->store, &f->arena, &back, &found, &f->err));
    assert_false(found);
    assert_true(draft_put(f->store, &one, &f->err));
    assert_true(draft_put(f->store, &two, &f->err));
    one.text = "I decided";
    one.updated_at = 4;
    assert_true(draft_put(f->store, &one, &f->err));
    storefix_reopen(f);
    assert_true(draft_latest(f->store, &f->arena, &back, &found, &f->err));
    assert_true(found);
    assert_string_equal(back.item, one.item);
    assert_string_equal(back.text, one.text);
    assert_string_equal(back.prompt, one.prompt);
    assert_string_equal(back.parent, one.parent);
    assert_string_equal(back.session, one.session);
    assert_int_equal(back.mode, one.mode);
    assert_int_equal(back.role, one.role);
    assert_int_equal(back.started_at, one.started_at);
    assert_int_equal(back.active_ms, one.active_ms);
    assert_int_equal(back.cursor, one.cursor);
    assert_true(back.item_revision == one.item_revision);
    struct draft *all;
    size_t count;
    struct draft elsewhere = draft_of("b/one", "other session", "not overwritten", 5);
    assert_true(draft_put(f->store, &elsewhere, &f->err));
    assert_true(draft_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 3);
    assert_true(draft_remove(f->store, "b/one", "s", &f->err));
    assert_true(draft_remove(f->store, "b/one", "s", &f->err)); /* gone is gone */
    assert_true(draft_all(f->store, &f->arena, &all, &count, &f->err));
    assert_int_equal(count, 2);
    assert_string_equal(all[0].text, "not overwritten");
}

static void found_by_the_beginning_of_its_id(void **state)
{
    struct storefix *f = *state;
    const char *id;
    for (unsigned i = 10; i < 12; i++) {
        struct attempt at = storefix_attempt(&f->arena, i, "b/one", "x", STOREFIX_DAY);
        storefix_put(f, &at);
    }
    assert_true(attempts_find(f->store, storefix_id(&f->arena, 11), &f->arena, &id, &f->err));
    assert_string_equal(id, storefix_id(&f->arena, 11));
    assert_false(attempts_find(f->store, "0190", &f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_USAGE);
    assert_false(attempts_find(f->store, "ffff", &f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
    assert_false(attempts_find(f->store, "", &f->arena, &id, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

struct visits {
    unsigned count;
    int64_t last;
    unsigned stop_at;
};

static bool visit(void *ctx, const struct attempt *at, struct err *err)
{
    struct visits *v = ctx;
    assert_true(at->started_at > v->last);
    assert_int_equal(at->score_set_count, 1);
    v->last = at->started_at;
    return ++v->count != v->stop_at || err_set(err, ERR_CANCELLED, "enough");
}

static void each_oldest_first(void **state)
{
    struct storefix *f = *state;
    for (unsigned i = 0; i < 20; i++) {
        struct attempt at =
            storefix_attempt(&f->arena, 20 - i, "b/one", i % 2 ? "about refunds" : "other", STOREFIX_DAY);
        struct score_set set = storefix_scores(&f->arena, SCORE_BLIND, 3);
        at.score_sets = &set;
        at.score_set_count = 1;
        storefix_put(f, &at);
    }
    struct visits all = {0}, some = {0}, stopped = {.stop_at = 4};
    assert_true(attempts_each(f->store, NULL, visit, &all, &f->err));
    assert_int_equal(all.count, 20);
    struct filter filter;
    filter_init(&filter);
    const char *word = "refund";
    filter.words = (struct strings){&word, 1};
    assert_true(attempts_each(f->store, &filter, visit, &some, &f->err));
    assert_int_equal(some.count, 10);
    assert_false(attempts_each(f->store, NULL, visit, &stopped, &f->err));
    assert_int_equal(stopped.count, 4);
    assert_int_equal(f->err.code, ERR_CANCELLED);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, storefix_setup, storefix_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(everything_comes_back),
        WITH_STORE(the_same_id_replaces),
        WITH_STORE(prompts_are_kept_as_they_were),
        WITH_STORE(rubrics_are_kept_as_they_were),
        WITH_STORE(the_newest_score_set_counts),
        WITH_STORE(small_changes_are_kept),
        WITH_STORE(deletion_is_undone),
        WITH_STORE(purged_ones_stay_tombstones),
        WITH_STORE(what_was_seen),
        WITH_STORE(days_and_streak),
        WITH_STORE(coverage_of_the_last_days),
        WITH_STORE(median_of_the_own_pace),
        WITH_STORE(drafts_come_and_go),
        WITH_STORE(each_oldest_first),
        WITH_STORE(found_by_the_beginning_of_its_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
