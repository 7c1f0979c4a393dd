#include "pmprep/practice/budget.h"

#define SECONDS INT64_C(1000)
#define MINUTES (60 * SECONDS)

static const struct budget by_mode[MODE_COUNT] = {
    [MODE_TYPE] = {12 * MINUTES, 15 * MINUTES, 200},
    [MODE_SPEAK] = {150 * SECONDS, 6 * MINUTES, 0},
    [MODE_OUTLINE] = {3 * MINUTES, 5 * MINUTES, 0},
};

static const struct budget by_kind[KIND_COUNT] = {
    [KIND_PAIR] = {3 * MINUTES, 4 * MINUTES, 0},
    [KIND_CHOICE] = {45 * SECONDS, 1 * MINUTES, 0},
    [KIND_REWRITE] = {3 * MINUTES, 4 * MINUTES, 50},
    [KIND_ANSWER] = {3 * MINUTES, 4 * MINUTES, 0},
};

enum answer_mode mode_for(enum item_kind kind, enum answer_mode wanted)
{
    if (kind == KIND_PAIR || kind == KIND_CHOICE)
        return MODE_PICK;
    return kind == KIND_REWRITE ? MODE_TYPE : wanted;
}

enum answer_mode mode_within(enum answer_mode wanted, int64_t limit_ms)
{
    enum answer_mode mode = wanted;
    while (limit_ms > 0 && mode < MODE_OUTLINE && by_mode[mode].cost_ms > limit_ms)
        mode++;
    return mode;
}

/* The same overhead of scoring and evidence around another time on the clock. */
static void set_answer(struct budget *b, int64_t answer_ms, bool clock_too)
{
    b->cost_ms += answer_ms - b->answer_ms;
    if (clock_too)
        b->answer_ms = answer_ms;
}

struct budget budget_for(enum item_kind kind, enum answer_mode mode, unsigned minutes, unsigned max_words,
                         int64_t median_ms)
{
    struct budget b = by_kind[kind].cost_ms ? by_kind[kind] : by_mode[mode];
    int64_t own_ms = minutes * MINUTES;

    if (kind == KIND_REWRITE && max_words)
        b.words = max_words;
    if (kind == KIND_CASE && mode == MODE_SPEAK && own_ms > b.answer_ms)
        set_answer(&b, own_ms, true);
    if (mode == MODE_PICK && own_ms > b.cost_ms) {
        b.answer_ms += own_ms - b.cost_ms;
        b.cost_ms = own_ms;
    }
    if (median_ms > 0 && (kind != KIND_CASE || mode != MODE_SPEAK)) /* a case's own length varies too much */
        set_answer(&b, median_ms, false);
    return b;
}

struct budget budget_again(enum answer_mode mode, const struct budget *first)
{
    static const struct budget typed = {6 * MINUTES, 6 * MINUTES, 120};
    if (mode == MODE_SPEAK)
        return (struct budget){90 * SECONDS, 90 * SECONDS, 0};
    if (mode == MODE_OUTLINE)
        return by_mode[MODE_OUTLINE];
    return first->words > 0 && first->words < typed.words ? *first : typed;
}
