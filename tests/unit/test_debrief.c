#include "support/unit.h"

#include "support/debrieffix.h"
#include "support/libfix.h"

#include "pmprep/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Votes and evidence in, verdict and reasons out. */

enum { MINUTE = 60 * 1000 };

static struct library *library;
static struct lexicon_index *lexicon;

static int open_words(void **state)
{
    struct library_sources sources = {.shipped = getenv("PMPREP_DATA")};
    struct err err = ERR_INIT;
    size_t count;
    (void)state;
    library = libfix_open_with(&sources);
    const struct lexicon *words = library_lexicons(library, &count);
    if (!lexicon_build(&lexicon, words, count, &err)) {
        fail_msg("%s", err.text);
    }
    return 0;
}

static int close_words(void **state)
{
    (void)state;
    lexicon_free(lexicon);
    library_close(library);
    return 0;
}

static int set_up(void **state)
{
    struct debrieffix *f = mem_calloc(1, sizeof(*f));
    debrieffix_init(f);
    f->report.input.lexicon = lexicon;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    debrieffix_release(*state);
    free(*state);
    return 0;
}

static void assert_line(const struct strings *lines, const char *words)
{
    if (!*debrieffix_line(lines, words)) {
        for (size_t i = 0; i < lines->count; i++) {
            print_message("  %s\n", lines->at[i]);
        }
        fail_msg("no line with \"%s\"", words);
    }
}

/* ---- votes */

#define STRONG VOTE_STRONG_HIRE
#define YES    VOTE_INCLINED
#define LOWER  VOTE_INCLINED_LOWER
#define NOT    VOTE_NOT_INCLINED
#define NEVER  VOTE_STRONG_NO
#define NONE   VOTE_COUNT

static void test_votes_make_a_verdict(void **state)
{
    static const struct {
        enum decider decides;
        bool consents;
        enum vote before[3], after[3]; /* manager, peer, bar raiser */
        enum verdict verdict;
    } cases[] = {
        {DECIDER_HIRING_MANAGER, true, {YES, YES, YES}, {NONE, NONE, NONE}, VERDICT_YES},
        {DECIDER_HIRING_MANAGER,
         true,
         {STRONG, NOT, STRONG},
         {NONE, NONE, NONE},
         VERDICT_YES}, /* the peer only advises */
        {DECIDER_HIRING_MANAGER, true, {NOT, STRONG, STRONG}, {NONE, NONE, NONE}, VERDICT_NO},
        {DECIDER_HIRING_MANAGER, true, {NEVER, STRONG, STRONG}, {NONE, NONE, NONE}, VERDICT_NO},
        {DECIDER_HIRING_MANAGER, true, {STRONG, STRONG, NOT}, {NONE, NONE, NONE}, VERDICT_NO}, /* no consent */
        {DECIDER_HIRING_MANAGER, false, {STRONG, STRONG, NOT}, {NONE, NONE, NONE}, VERDICT_YES},
        {DECIDER_HIRING_MANAGER, true, {LOWER, YES, YES}, {NONE, NONE, NONE}, VERDICT_LOWER},
        {DECIDER_HIRING_MANAGER, true, {YES, YES, LOWER}, {NONE, NONE, NONE}, VERDICT_LOWER},
        {DECIDER_HIRING_MANAGER, true, {YES, YES, YES}, {NOT, NONE, NONE}, VERDICT_NO}, /* the second vote counts */
        {DECIDER_HIRING_MANAGER, true, {NOT, YES, NOT}, {YES, YES, YES}, VERDICT_YES},
        {DECIDER_HIRING_MANAGER, true, {NONE, YES, YES}, {NONE, NONE, NONE}, VERDICT_NONE},
        {DECIDER_HIRING_MANAGER, true, {YES, YES, NONE}, {NONE, NONE, NONE}, VERDICT_NONE}, /* silence is no consent */
        {DECIDER_HIRING_MANAGER, true, {NOT, YES, NONE}, {NONE, NONE, NONE}, VERDICT_NO},
        {DECIDER_INTERVIEWERS, false, {YES, YES, NOT}, {NONE, NONE, NONE}, VERDICT_YES},
        {DECIDER_INTERVIEWERS, false, {YES, NOT, NOT}, {NONE, NONE, NONE}, VERDICT_NO},
        {DECIDER_INTERVIEWERS, false, {YES, LOWER, NOT}, {NONE, NONE, NONE}, VERDICT_LOWER},
        {DECIDER_INTERVIEWERS, false, {YES, YES, NONE}, {NONE, NONE, NONE}, VERDICT_NONE},
        {DECIDER_INTERVIEWERS, true, {YES, YES, NOT}, {NONE, NONE, NONE}, VERDICT_NO},
        {DECIDER_NOBODY, false, {YES, YES, YES}, {NONE, NONE, NONE}, VERDICT_NONE},
    };
    struct debrieffix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct vote_rules rules = *f->report.input.rules;
        rules.decides = cases[i].decides;
        rules.bar_raiser_consents = cases[i].consents;
        for (size_t k = 0; k < 3; k++) {
            f->stages[k].before = cases[i].before[k];
            f->stages[k].after = cases[i].after[k];
        }
        const struct vote_rules *was = f->report.input.rules;
        f->report.input.rules = &rules;
        debrieffix_make(f);
        f->report.input.rules = was;
        if (f->report.debrief.as_voted != cases[i].verdict) {
            fail_msg("row %zu: %s", i, verdict_names[f->report.debrief.as_voted]);
        }
    }
}

static void test_an_even_split_of_interviewers_is_no_hire(void **state)
{
    struct debrieffix *f = *state;
    struct vote_rules rules = *f->report.input.rules;
    rules.decides = DECIDER_INTERVIEWERS;
    rules.bar_raiser_consents = false;
    f->report.input.rules = &rules;
    f->report.input.stage_count = 2;
    f->stages[1].after = NOT;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.as_voted, VERDICT_NO);
}

static void test_any_interview_can_be_the_managers(void **state)
{
    struct debrieffix *f = *state;
    f->stages[0].hiring_manager = false;
    f->stages[1].hiring_manager = true;
    f->stages[1].after = NOT;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.as_voted, VERDICT_NO);
    f->stages[1].hiring_manager = false; /* nobody has it: the first stands for the manager */
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.as_voted, VERDICT_YES);
}

static void test_no_interviews_no_verdict(void **state)
{
    struct debrieffix *f = *state;
    f->report.input.stage_count = 0;
    f->report.input.answer_count = 0;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.as_voted, VERDICT_NONE);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_NONE);
    assert_int_equal(f->report.debrief.fix_count, 0);
}

/* ---- bias */

static void test_bias_moves_the_votes(void **state)
{
    static const struct {
        double bias;
        unsigned n;
        enum vote vote;
        enum verdict after;
    } cases[] = {
        {0.4, 9, YES, VERDICT_YES},    {0.6, 9, YES, VERDICT_LOWER},
        {1.6, 9, YES, VERDICT_NO},     {0.6, 9, STRONG, VERDICT_YES},
        {4.0, 9, STRONG, VERDICT_NO},  {9.0, 9, STRONG, VERDICT_NO}, /* ends at the worst */
        {-0.6, 9, LOWER, VERDICT_YES}, {-9.0, 9, NEVER, VERDICT_YES},
        {2.0, 0, YES, VERDICT_NONE}, /* unknown */
    };
    struct debrieffix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        f->report.input.bias = cases[i].bias;
        f->report.input.bias_n = cases[i].n;
        for (size_t k = 0; k < 3; k++) {
            f->stages[k].before = f->stages[k].after = cases[i].vote;
        }
        debrieffix_make(f);
        if (f->report.debrief.after_bias != cases[i].after) {
            fail_msg("row %zu: %s", i, verdict_names[f->report.debrief.after_bias]);
        }
    }
}

static void test_bias_is_told_with_its_n(void **state)
{
    struct debrieffix *f = *state;
    debrieffix_make(f);
    assert_line(&f->report.debrief.arithmetic, "unknown");
    assert_line(&f->report.debrief.arithmetic, "(n = 0)");
    f->report.input.bias = 0.6;
    f->report.input.bias_n = 9;
    debrieffix_make(f);
    assert_line(&f->report.debrief.arithmetic,
                "+0.6 levels against the evidence (n = 9), so each vote moves 1 step down");
}

/* A scale without "one level lower" has one step less. */
static void test_bias_steps_along_the_scale_of_the_loop(void **state)
{
    static const char *four[] = {"strong-hire", "inclined", "not-inclined", "strong-no"};
    struct debrieffix *f = *state;
    struct vote_rules rules = *f->report.input.rules;
    rules.scale = (struct strings){four, 4};
    f->report.input.rules = &rules;
    f->report.input.bias = 1;
    f->report.input.bias_n = 5;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.after_bias, VERDICT_NO);
}

/* ---- principles */

static const struct debrief_principle *principle(const struct debrieffix *f, const char *id)
{
    for (size_t i = 0; i < f->report.debrief.principle_count; i++) {
        if (strcmp(f->report.debrief.principles[i].id, id) == 0) {
            return &f->report.debrief.principles[i];
        }
    }
    fail_msg("there is no %s", id);
    return NULL;
}

static void test_means_against_the_bar(void **state)
{
    static const struct {
        int target, first, second; /* levels of the two answers on Dive Deep; 0: not scored */
        enum bar against;
    } cases[] = {
        {5, 3, 3, BAR_MEETS},  {5, 3, 2, BAR_LOWERS},  {5, 4, 3, BAR_MEETS},  {5, 4, 4, BAR_RAISES},
        {5, 5, 2, BAR_MEETS},  {5, 0, 0, BAR_NO_DATA}, {5, 4, 0, BAR_RAISES}, {6, 4, 4, BAR_MEETS},
        {6, 4, 3, BAR_LOWERS}, {6, 5, 5, BAR_RAISES},
    };
    struct debrieffix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        f->report.input.target = cases[i].target;
        debrieffix_score(f, 2, cases[i].first);
        debrieffix_score(f, 4, cases[i].second);
        debrieffix_make(f);
        if (principle(f, "dive-deep")->against != cases[i].against) {
            fail_msg("row %zu: %s", i, bar_names[principle(f, "dive-deep")->against]);
        }
    }
}

static void test_only_assigned_principles_count(void **state)
{
    struct debrieffix *f = *state;
    f->answers[3].principle = "frugality"; /* nobody had it */
    f->answers[4].principle = "ownership"; /* only interview 1 had it */
    debrieffix_score(f, 4, 1);
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.principle_count, 4);
    assert_int_equal(principle(f, "ownership")->answers, 1);
    assert_int_equal(principle(f, "ownership")->against, BAR_MEETS);
    assert_int_equal(principle(f, "think-big")->answers, 0);
    assert_int_equal(principle(f, "think-big")->against, BAR_NO_DATA);
}

static void test_the_least_minutes_follow_the_pace(void **state)
{
    struct debrieffix *f = *state;
    f->answers[0].active_ms = 7 * MINUTE;
    debrieffix_make(f);
    assert_int_equal(principle(f, "ownership")->against, BAR_NO_DATA);
    assert_line(&f->report.debrief.reasons, "Ownership has not enough data: 7:00 of the 8:00 it takes (interview 1)");
    f->report.input.pace = 0.5;
    debrieffix_make(f);
    assert_int_equal(principle(f, "ownership")->against, BAR_MEETS);
}

static void test_the_overall_level_stands_in(void **state)
{
    static const struct score overall[] = {{"", 2}};
    static const struct score both[] = {{"", 1}, {"result", 4}};
    struct debrieffix *f = *state;
    f->answers[0].scores = overall;
    f->answers[0].score_count = 1;
    f->answers[1].scores = both;
    f->answers[1].score_count = 2;
    debrieffix_make(f);
    assert_int_equal(principle(f, "ownership")->against, BAR_LOWERS);
    assert_int_equal(principle(f, "deliver-results")->against, BAR_RAISES);
}

/* ---- the biggest risk */

static void test_a_lowered_principle_blocks_unless_offset(void **state)
{
    static const struct {
        int levels[5];
        unsigned offset;
        enum verdict risk;
    } cases[] = {
        {{3, 3, 3, 3, 3}, 3, VERDICT_YES},                                    /* nothing lowered */
        {{3, 3, 2, 3, 3}, 3, VERDICT_NO},  {{4, 4, 2, 3, 3}, 3, VERDICT_NO},  /* two raise */
        {{4, 4, 2, 4, 3}, 3, VERDICT_YES},                                    /* three raise */
        {{4, 3, 2, 3, 3}, 1, VERDICT_YES}, {{3, 3, 2, 3, 3}, 0, VERDICT_YES}, /* the loop has no such rule */
    };
    struct debrieffix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct vote_rules rules = *f->report.input.rules;
        const struct vote_rules *was = f->report.input.rules;
        rules.raises_to_offset = cases[i].offset;
        for (size_t k = 0; k < 5; k++) {
            debrieffix_score(f, k, cases[i].levels[k]);
        }
        f->report.input.rules = &rules;
        debrieffix_make(f);
        f->report.input.rules = was;
        assert_int_equal(f->report.debrief.as_voted, VERDICT_YES);
        if (f->report.debrief.at_risk != cases[i].risk) {
            fail_msg("row %zu: %s", i, verdict_names[f->report.debrief.at_risk]);
        }
    }
}

static void test_risk_counts_the_worst_vote_and_the_bias(void **state)
{
    struct debrieffix *f = *state;
    f->stages[0].before = NOT; /* then inclined */
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.as_voted, VERDICT_YES);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_NO);
    f->stages[0].before = YES;
    f->report.input.bias = 0.3; /* no step of a vote, but every mean is below the bar then */
    f->report.input.bias_n = 6;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.after_bias, VERDICT_YES);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_NO);
    f->report.input.bias = -0.3; /* modesty takes no risk away */
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_YES);
}

static void test_risk_counts_the_strongest_findings(void **state)
{
    struct debrieffix *f = *state;
    debrieffix_find(f, 0, "no-number", "warning", "");
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_YES);
    debrieffix_find(f, 0, "no-result", "error", "");
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_NO);
    assert_line(&f->report.debrief.arithmetic, "Biggest risk: Ownership counts as \"lowers\"");
}

static void test_doctrine_is_marked(void **state)
{
    struct debrieffix *f = *state;
    debrieffix_score(f, 2, 1);
    debrieffix_make(f);
    const struct debrief *d = &f->report.debrief;
    assert_line(&d->arithmetic, "Dive Deep: mean 2.00 of 4 scores against 3.00 for L5, -1.00: lowers the bar.");
    assert_line(&d->arithmetic,
                "the hiring manager decides, interview 1 (Hiring manager): inclined. [reported doctrine]");
    assert_line(&d->arithmetic, "the bar raiser must consent, interview 3 (Bar raiser): inclined. [reported doctrine]");
    assert_line(&d->arithmetic,
                "1 lowered, 0 raised; one lowered blocks unless 3 are raised: blocked. [reported doctrine]");
    assert_line(&d->reasons, "One lowered principle blocks unless 3 are raised; 0 were. [reported doctrine]");
}

/* ---- reasons */

static void test_reasons_name_what_lowered_and_where(void **state)
{
    struct debrieffix *f = *state;
    debrieffix_score(f, 0, 2); /* Ownership, less far below */
    debrieffix_score(f, 2, 1);
    debrieffix_score(f, 4, 1);
    debrieffix_find(f, 2, "hedging", "note", "");
    debrieffix_find(f, 2, "naked-number", "warning", "");
    debrieffix_find(f, 4, "naked-number", "warning", "");
    debrieffix_find(f, 4, "we-fog", "error", "");
    debrieffix_make(f);
    const struct strings *reasons = &f->report.debrief.reasons;
    assert_string_equal(reasons->at[0], "Dive Deep lowered the bar twice: both answers had no baseline "
                                        "(interviews 2 and 3).");
    assert_string_equal(reasons->at[1], "Ownership lowered the bar once: mean 2.0 where 3.0 is asked (interview 1).");
}

static void test_reasons_tell_votes_and_their_changes(void **state)
{
    struct debrieffix *f = *state;
    f->stages[2].after = NOT;
    f->stages[2].reason = "No second option was ever weighed.";
    debrieffix_make(f);
    assert_line(&f->report.debrief.reasons,
                "Interview 3 (Bar raiser: Think Big, Dive Deep) went from inclined to not inclined, as the bar raiser: "
                "No second option was ever weighed.");
    f->stages[2].before = NOT;
    debrieffix_make(f);
    assert_line(&f->report.debrief.reasons, "voted not inclined, as the bar raiser.");
}

/* ---- conflicts */

static void tell(struct debrieffix *f, size_t at, const char *story, const char *text)
{
    f->answers[at].story = story;
    f->answers[at].headline = *story ? "Returns desk" : "";
    f->answers[at].text = text;
}

static void test_a_story_told_to_two_interviewers(void **state)
{
    struct debrieffix *f = *state;
    tell(f, 0, "s1", "");
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.conflicts.count, 0);
    tell(f, 4, "s1", "");
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.conflicts.count, 1);
    assert_line(&f->report.debrief.conflicts, "The story \"Returns desk\" was told twice, in interviews 1 and 3");
    tell(f, 1, "s1", "");
    debrieffix_make(f);
    assert_line(&f->report.debrief.conflicts, "was told 3 times, in interviews 1 and 3");
}

static void test_a_story_told_twice_to_one_interviewer(void **state)
{
    struct debrieffix *f = *state;
    tell(f, 0, "s1", "I asked 40 sellers.");
    tell(f, 1, "s1", "I asked 14 sellers about it.");
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.conflicts.count, 2);
    assert_line(&f->report.debrief.conflicts, "was told twice in interview 1: have another one");
    assert_line(&f->report.debrief.conflicts, "\"sellers\": 40 in interview 1, 14 later in the same one");
}

static void test_numbers_that_changed(void **state)
{
    static const struct {
        const char *first, *second;
        const char *line; /* NULL: nothing to say */
    } cases[] = {
        {"Refunds fell from 9% to 6%.", "I cut refunds from 12% to 6%.",
         "\"refunds\": 9% in interview 1, 12% in interview 3"},
        {"Refunds fell from 9% to 6%.", "I cut refunds from 9% to 6%.", NULL},
        {"I asked 40 sellers.", "I asked 14 sellers about it.", "\"sellers\": 40 in interview 1, 14 in interview 3"},
        {"I asked 40 sellers.", "I asked 40 buyers.", NULL},
        {"I asked 40 sellers.", "I asked 40 sellers and 12 buyers.", NULL},
        {"I asked 40 sellers.", "I asked 14 sellers. I asked 9 sellers again.", NULL}, /* which one is meant? */
        {"Revenue was $2M.", "Revenue was $3M.", "\"revenue\": $2M in interview 1, $3M in interview 3"},
        {"Churn was 4.2% then.", "Churn fell from 4.2% to 2.8%.", NULL},   /* the same figure in another role */
        {"Revenue was $2M.", "Revenue was 2%.", NULL},                     /* another unit */
        {"Refunds fell by 9.1%.", "Refunds fell by 9%.", NULL},            /* another rounding */
        {"The pilot began on 3 May.", "The pilot began on 14 May.", NULL}, /* dates are no results */
        {"Refunds fell by 9%.", "Revenue rose by 12%.", NULL},
    };
    struct debrieffix *f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        tell(f, 0, "s1", cases[i].first);
        tell(f, 4, "s1", cases[i].second);
        debrieffix_make(f);
        const struct strings *lines = &f->report.debrief.conflicts;
        const char *found = debrieffix_line(lines, "changed its number");
        if (cases[i].line ? !strstr(found, cases[i].line) : *found) {
            fail_msg("row %zu: \"%s\"", i, found);
        }
    }
}

static void test_other_stories_may_have_other_numbers(void **state)
{
    struct debrieffix *f = *state;
    tell(f, 0, "s1", "I asked 40 sellers.");
    tell(f, 4, "s2", "I asked 14 sellers.");
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.conflicts.count, 0);
}

/* ---- time */

static void test_a_long_first_story_starves_the_second_principle(void **state)
{
    struct debrieffix *f = *state;
    f->answers[0].active_ms = 17 * MINUTE;
    f->answers[1].active_ms = 3 * MINUTE + 10000;
    debrieffix_make(f);
    assert_line(&f->report.debrief.time_use,
                "Interview 1: Ownership took 17:00 and starved Deliver Results, which got 3:10.");
    assert_string_equal(debrieffix_line(&f->report.debrief.time_use, "Interview 2:"), "");
}

static void test_overruns_and_kinds_of_time(void **state)
{
    struct debrieffix *f = *state;
    f->stages[1].active_ms = 61 * MINUTE;
    f->stages[2].stopped = true;
    debrieffix_make(f);
    const struct strings *lines = &f->report.debrief.time_use;
    assert_line(lines, "Interview 2 (Peer: Dive Deep) ran over: 61:00 of 55:00.");
    assert_line(lines, "Interview 3 (Bar raiser: Think Big, Dive Deep) ended at its hard stop");
    assert_line(lines, "Spoken 60:00, typed 90:00");
}

static void test_a_customer_who_comes_late(void **state)
{
    static const char late[] = "I looked at the whole pipeline and found that the job which wrote the file ran twice. "
                               "I removed one of the two runs, added a check, and wrote down how it works for the "
                               "people on call. After that the customers got their parcels on the promised day again.";
    static const char never[] = "I looked at the whole pipeline and found that the job which wrote the file ran twice. "
                                "I removed one of the two runs, added a check, and wrote down how it works. After that "
                                "the file was right every night and the job took half of the time it had taken.";
    struct debrieffix *f = *state;
    f->answers[0].text = late;
    f->answers[2].text = never;
    debrieffix_make(f);
    assert_line(&f->report.debrief.time_use, "of 10:00, before the first customer was named");
    assert_line(&f->report.debrief.time_use, "Interview 2, Dive Deep: no customer was named in 10:00.");
    assert_string_equal(debrieffix_line(&f->report.debrief.time_use, "Deliver Results"), ""); /* too short to tell */
}

/* ---- what to fix */

static void test_fixes_in_order(void **state)
{
    struct debrieffix *f = *state;
    debrieffix_find(f, 0, "no-number", "error", "");
    debrieffix_find(f, 0, "no-number", "error", ""); /* once an answer */
    debrieffix_find(f, 1, "vague-claim", "warning", "");
    debrieffix_find(f, 2, "vague-claim", "warning", "");
    debrieffix_find(f, 3, "no-number", "error", "");
    debrieffix_find(f, 4, "we-fog", "error", ""); /* one answer only */
    debrieffix_score(f, 3, 2);
    debrieffix_make(f);
    const struct debrief *d = &f->report.debrief;
    assert_int_equal(d->fix_count, 3);
    assert_string_equal(d->fixes[0].filter, "flaw:no-number");
    assert_string_equal(d->fixes[0].text, "numbers with baseline and period");
    assert_string_equal(d->fixes[0].why, "no-number in 2 of 5 answers");
    assert_string_equal(d->fixes[1].filter, "flaw:vague-claim");
    assert_string_equal(d->fixes[2].filter, "principle:think-big");
    debrieffix_score(f, 3, 3); /* nothing lowered any more: there is room */
    debrieffix_make(f);
    assert_string_equal(d->fixes[2].filter, "flaw:we-fog");
}

static void test_fixes_end_with_what_was_starved(void **state)
{
    struct debrieffix *f = *state;
    f->answers[1].active_ms = 2 * MINUTE;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.fix_count, 1);
    assert_string_equal(f->report.debrief.fixes[0].filter, "principle:deliver-results");
    assert_string_equal(f->report.debrief.fixes[0].why, "2:00 of the 8:00 it takes");
}

static void test_dismissed_findings_do_not_count(void **state)
{
    struct debrieffix *f = *state;
    struct finding dismissed = {.rule = "no-number", .severity = "error", .message = "", .dismissed = true};
    f->answers[0].findings = &dismissed;
    f->answers[0].finding_count = 1;
    debrieffix_make(f);
    assert_int_equal(f->report.debrief.fix_count, 0);
    assert_int_equal(principle(f, "ownership")->findings, 0);
    assert_int_equal(f->report.debrief.at_risk, VERDICT_YES);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_votes_make_a_verdict),
        TEST(test_an_even_split_of_interviewers_is_no_hire),
        TEST(test_any_interview_can_be_the_managers),
        TEST(test_no_interviews_no_verdict),
        TEST(test_bias_moves_the_votes),
        TEST(test_bias_is_told_with_its_n),
        TEST(test_bias_steps_along_the_scale_of_the_loop),
        TEST(test_means_against_the_bar),
        TEST(test_only_assigned_principles_count),
        TEST(test_the_least_minutes_follow_the_pace),
        TEST(test_the_overall_level_stands_in),
        TEST(test_a_lowered_principle_blocks_unless_offset),
        TEST(test_risk_counts_the_worst_vote_and_the_bias),
        TEST(test_risk_counts_the_strongest_findings),
        TEST(test_doctrine_is_marked),
        TEST(test_reasons_name_what_lowered_and_where),
        TEST(test_reasons_tell_votes_and_their_changes),
        TEST(test_a_story_told_to_two_interviewers),
        TEST(test_a_story_told_twice_to_one_interviewer),
        TEST(test_numbers_that_changed),
        TEST(test_other_stories_may_have_other_numbers),
        TEST(test_a_long_first_story_starves_the_second_principle),
        TEST(test_overruns_and_kinds_of_time),
        TEST(test_a_customer_who_comes_late),
        TEST(test_fixes_in_order),
        TEST(test_fixes_end_with_what_was_starved),
        TEST(test_dismissed_findings_do_not_count),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
