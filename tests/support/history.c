#include "history.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"
#include "pmprep/coach/words.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/schedule.h"

#define DAY_MS INT64_C(86400000)

/* Three weeks of somebody's practice. */
static const struct {
    int days_ago;
    const char *principle;
    const char *item;
    const char *prompt;
    const char *text;
    int level;
} practice[] = {
    {0, "dive-deep", "behavioural/metric-versus-complaint",
     "Tell me about a time a metric and what customers told you did not agree.",
     "Support said returns were rising; our dashboard said they were flat. I pulled the raw orders for eight weeks.",
     3},
    {0, "earn-trust", "behavioural/bad-news-early", "When did you bring bad news before anybody asked for it?",
     "The clinic pilot would miss its date by five weeks, and I knew it three weeks before the review.", 4},
    {1, "ownership", "behavioural/outcome-that-failed", "Tell me about an outcome that failed under you.",
     "I had asked for the wrong thing. My requirement said faster; the carers needed fewer visits booked twice.", 3},
    {2, "customer-obsession", "behavioural/killed-feature", "Describe a feature you loved and stopped.",
     "Out of 1,150 libraries only 34 used holds by post after ten weeks, so I proposed to end it.", 4},
    {2, "bias-for-action", "behavioural/acted-first", "When did you act before you had permission?",
     "It was reversible within an hour and cost at most forty refunds, so I switched the fee off on Friday.", 4},
    {4, "frugality", "behavioural/half-budget", "What did you achieve with half of what you asked for?",
     "We tested the reminder by hand with a spreadsheet and one volunteer before anybody built it.", 2},
    {5, "invent-and-simplify", "behavioural/steps-removed", "Which steps did you take out of a customer's way?",
     "The form asked for the meter number that we already had. I took four of nine fields out.", 3},
    {5, "deliver-results", "behavioural/target-missed", "Tell me about a target that you missed and then met.",
     "Target 70 percent of bookings confirmed in a day, actual 58, because I had counted weekends as working days.", 3},
    {6, "have-backbone-disagree-and-commit", "behavioural/no-to-sales", "When did you say no to sales?",
     "The largest client wanted a private report. I showed what eleven smaller ones were leaving over.", 4},
    {8, "are-right-a-lot", "behavioural/belief-you-disproved",
     "What did you believe about customers until you disproved it?",
     "I was sure that price stopped them. Two towns without the fee moved by one point.", 4},
    {9, "think-big", "behavioural/three-year-bet", "What was the largest bet you argued for?",
     "In three years the rental business would earn from repairs; the first step was one workshop.", 2},
    {12, "ownership", "behavioural/outside-charter", "Which problem outside your job did you take on?",
     "Nobody owned the failed uploads, 1,900 calls a month. I listened to eleven of them.", 4},
    {13, "dive-deep", "behavioural/number-recomputed", "Which number did you compute again yourself?",
     "The churn figure counted pauses as losses. Recomputed it was 3.1 percent and not 5.4.", 3},
};

static void put(struct store *s, size_t i, int64_t now)
{
    struct err err = ERR_INIT;
    char id[UUID_SIZE];
    int64_t at = now - practice[i].days_ago * DAY_MS - (int64_t)i * 500000;
    const char *principle = practice[i].principle;
    struct score level[] = {{"", practice[i].level}, {"result", practice[i].level}};
    struct score_set set = {.phase = SCORE_BLIND, .at_ms = at, .scores = level, .count = 2};
    uuid7(at, id);
    struct finding found[] = {
        {.rule = "no-number", .severity = "error", .message = "", .rule_version = 1, .dismissed = i % 3 != 0},
        {.rule = "we-fog", .severity = "error", .message = "", .rule_version = 1, .dismissed = i % 4 != 0},
    };
    struct attempt a = {.id = id,
                        .session = "",
                        .parent = "",
                        .item = practice[i].item,
                        .item_revision = 1,
                        .kind = KIND_BEHAVIOURAL,
                        .family = FAMILY_GENERAL,
                        .principles = {&principle, 1},
                        .story = "",
                        .prompt = practice[i].prompt,
                        .text = practice[i].text,
                        .note = "",
                        .started_at = at,
                        .ended_at = at + 560000,
                        .active_ms = 540000,
                        .words = (unsigned)words_count(sv_from(practice[i].text)),
                        .picked = -1,
                        .guess = "",
                        .score_sets = &set,
                        .score_set_count = 1,
                        .findings = found,
                        .finding_count = 2};
    struct item_snapshot snap = {.item = practice[i].item,
                                 .revision = 1,
                                 .kind = KIND_BEHAVIOURAL,
                                 .family = FAMILY_GENERAL,
                                 .principles = {&principle, 1},
                                 .prompt = practice[i].prompt};
    if (!attempts_put(s, &a, &snap, &err))
        fatal("pictures: %s", err.text);
}

void history_make(const char *path)
{
    struct err err = ERR_INIT;
    struct store *s = NULL;
    int64_t now = clock_wall_ms();
    int32_t today = clock_practice_day(now, clock_offset_min(now));
    if (!store_open(&s, path, 0, NULL, &err))
        fatal("pictures: %s", err.text);
    for (size_t i = 0; i < sizeof(practice) / sizeof(practice[0]); i++)
        put(s, i, now);
    struct schedule_row row = {.unit = "principle/ownership",
                               .state = CARD_REVIEW,
                               .stability = 3,
                               .difficulty = 6,
                               .last_day = today - 3,
                               .due_day = today,
                               .reps = 5,
                               .lapses = 3};
    struct milestone interview = {
        .id = "interview", .kind = "loop", .title = "interview", .first_day = today + 12, .last_day = today + 12};
    if (!schedule_put(s, &row, &err) || !milestone_put(s, &interview, &err))
        fatal("pictures: %s", err.text);
    store_close(s);
}
