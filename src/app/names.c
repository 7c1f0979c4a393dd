#include "pmprep/app/names.h"

static const char *const modes[MODE_COUNT] = {"type", "speak", "outline", "pick"};
static const char *const roles[] = {"first", "again", "probe", "retry"};
static const char *const phases[SCORE_PHASES] = {"blind", "evidence", "later"};

const char *const rewrite_task = "Say it as a product manager would: what changes, for whom, and why it matters.";

const char *const level_words[LEVELS] = {"missing", "weak", "meets the bar", "strong", "raises the bar"};

const struct tick_info tick_infos[TICK_KINDS] = {
    {TICK_CUSTOMER, "customer", "who the customer was"},
    {TICK_NUMBER, "number", "a number"},
    {TICK_BASELINE, "baseline", "what it was before"},
    {TICK_DECIDED, "decided", "\"I decided\""},
    {TICK_ALTERNATIVE, "alternative", "an option turned down"},
    {TICK_RESULT, "result", "the result"},
    {TICK_LESSON, "lesson", "the lesson"},
};

const char *mode_name(enum answer_mode m)
{
    return modes[m];
}

bool mode_parse(struct sv s, enum answer_mode *m)
{
    for (int i = 0; i < MODE_PICK; i++) {
        if (sv_eqs(s, modes[i])) {
            *m = (enum answer_mode)i;
            return true;
        }
    }
    return false;
}

const char *role_name(enum attempt_role r)
{
    return roles[r];
}

const char *phase_name(enum score_phase p)
{
    return phases[p];
}

double attempt_mean(const struct attempt *at)
{
    const struct score_set *newest = NULL;
    for (size_t i = 0; i < at->score_set_count; i++) {
        const struct score_set *set = &at->score_sets[i];
        newest = !newest || set->phase > newest->phase ? set : newest;
    }
    if (!newest || newest->count == 0) {
        return 0;
    }
    double sum = 0;
    for (size_t i = 0; i < newest->count; i++) {
        sum += newest->scores[i].level;
    }
    return sum / (double)newest->count;
}
