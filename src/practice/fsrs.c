#include "pmprep/practice/fsrs.h"

#include <math.h>

/*
 * Sources: the algorithm page of https://github.com/open-spaced-repetition and the behaviour of ts-fsrs 5.4.2, whose
 * rounding to eight decimals is kept because intervals have to agree to the day.
 */

#define STABILITY_MIN  0.001
#define STABILITY_MAX  36500.0
#define DAY_SECONDS    86400
#define DAY_MINUTES    1440
#define EASY_LEVEL     4
#define DIFFICULTY_MIN 1.0
#define DIFFICULTY_MAX 10.0

static const double default_weights[FSRS_WEIGHTS] = {
    0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,  1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
};

static const int default_learning[] = {1, 10};
static const int default_relearning[] = {10};

void fsrs_defaults(struct fsrs_params *p, bool short_term)
{
    *p = (struct fsrs_params){
        .retention = 0.9,
        .maximum_interval = 36500,
        .short_term = short_term,
        .learning_min = default_learning,
        .learning_count = short_term ? 2 : 0,
        .relearning_min = default_relearning,
        .relearning_count = short_term ? 1 : 0,
    };
    for (size_t i = 0; i < FSRS_WEIGHTS; i++)
        p->w[i] = default_weights[i];
}

static double round8(double x)
{
    return floor(x * 1e8 + 0.5) / 1e8;
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static double decay(const struct fsrs_params *p)
{
    return -p->w[20];
}

/* So chosen that recall is 0.9 after one stability. */
static double curve_factor(const struct fsrs_params *p)
{
    return round8(exp(log(0.9) / decay(p)) - 1.0);
}

double fsrs_retrievability(const struct fsrs_params *p, double stability, double elapsed_days)
{
    return round8(pow(1.0 + curve_factor(p) * elapsed_days / stability, decay(p)));
}

static int interval_for(const struct fsrs_params *p, double stability)
{
    double modifier = round8((pow(p->retention, 1.0 / decay(p)) - 1.0) / curve_factor(p));
    double days = floor(stability * modifier + 0.5);

    return (int)clamp(days, 1.0, (double)p->maximum_interval);
}

static double first_stability(const struct fsrs_params *p, enum rating r)
{
    return fmax(p->w[r - 1], 0.1);
}

/* Not clamped: mean reversion aims at the raw value for Easy. */
static double first_difficulty(const struct fsrs_params *p, int level)
{
    return round8(p->w[4] - exp((level - 1) * p->w[5]) + 1.0);
}

static double next_difficulty(const struct fsrs_params *p, double d, enum rating r)
{
    double delta = -p->w[6] * ((int)r - 3);
    double moved = d + round8(delta * (DIFFICULTY_MAX - d) / 9.0);
    double reverted = round8(p->w[7] * first_difficulty(p, EASY_LEVEL) + (1.0 - p->w[7]) * moved);

    return clamp(reverted, DIFFICULTY_MIN, DIFFICULTY_MAX);
}

static double stability_recalled(const struct fsrs_params *p, double d, double s, double recall, enum rating r)
{
    double penalty = r == RATING_HARD ? p->w[15] : 1.0;
    double bonus = r == RATING_EASY ? p->w[16] : 1.0;
    double growth = exp(p->w[8]) * (11.0 - d) * pow(s, -p->w[9]) * (exp((1.0 - recall) * p->w[10]) - 1.0);

    return round8(clamp(s * (1.0 + growth * penalty * bonus), STABILITY_MIN, STABILITY_MAX));
}

static double stability_forgotten(const struct fsrs_params *p, double d, double s, double recall)
{
    double after = p->w[11] * pow(d, -p->w[12]) * (pow(s + 1.0, p->w[13]) - 1.0) * exp((1.0 - recall) * p->w[14]);
    double ceiling = p->short_term ? s / exp(p->w[17] * p->w[18]) : s;

    return clamp(round8(ceiling), STABILITY_MIN, round8(clamp(after, STABILITY_MIN, STABILITY_MAX)));
}

static double stability_same_day(const struct fsrs_params *p, double s, enum rating r)
{
    double increase = pow(s, -p->w[19]) * exp(p->w[17] * ((int)r - 3 + p->w[18]));

    if (r != RATING_AGAIN)
        increase = fmax(increase, 1.0);
    return round8(clamp(s * increase, STABILITY_MIN, STABILITY_MAX));
}

static double next_stability(const struct fsrs_params *p, const struct fsrs_card *c, enum rating r, int elapsed)
{
    if (c->state == CARD_NEW)
        return first_stability(p, r);
    if (elapsed == 0 && p->short_term)
        return stability_same_day(p, c->stability, r);

    double recall = fsrs_retrievability(p, c->stability, elapsed);

    if (r == RATING_AGAIN)
        return stability_forgotten(p, c->difficulty, c->stability, recall);
    return stability_recalled(p, c->difficulty, c->stability, recall, r);
}

/* Long intervals keep the order of the ratings: Again < Hard < Good < Easy where a day makes the difference. */
static int ordered_interval(const struct fsrs_params *p, const struct fsrs_card *c, enum rating r, int elapsed)
{
    int days[RATING_EASY + 1];

    for (int i = RATING_AGAIN; i <= RATING_EASY; i++)
        days[i] = interval_for(p, next_stability(p, c, (enum rating)i, elapsed));
    if (!p->short_term) {
        days[RATING_AGAIN] = min_int(days[RATING_AGAIN], days[RATING_HARD]);
        days[RATING_HARD] = max_int(days[RATING_HARD], days[RATING_AGAIN] + 1);
    } else {
        days[RATING_HARD] = min_int(days[RATING_HARD], days[RATING_GOOD]);
    }
    days[RATING_GOOD] = max_int(days[RATING_GOOD], days[RATING_HARD] + 1);
    days[RATING_EASY] = max_int(days[RATING_EASY], days[RATING_GOOD] + 1);
    return min_int(days[r], p->maximum_interval);
}

struct wait {
    bool any; /* false: no step applies, the card goes to review */
    int minutes;
    int step;
};

static struct wait step_wait(const struct fsrs_params *p, const struct fsrs_card *c, enum rating r)
{
    bool again = c->state == CARD_REVIEW || c->state == CARD_RELEARNING;
    const int *min = again ? p->relearning_min : p->learning_min;
    int count = (int)(again ? p->relearning_count : p->learning_count);

    if (c->step >= count || r == RATING_EASY)
        return (struct wait){.any = false};
    if (r == RATING_AGAIN)
        return (struct wait){true, min[0], 0};
    if (c->state == CARD_REVIEW)
        return (struct wait){.any = false};
    if (r == RATING_HARD) {
        double mean = count == 1 ? min[0] * 1.5 : (min[0] + min[1]) / 2.0;
        return (struct wait){true, (int)floor(mean + 0.5), c->step};
    }
    if (c->step + 1 >= count)
        return (struct wait){.any = false};
    return (struct wait){true, min[c->step + 1], c->step + 1};
}

static void place_in_steps(const struct fsrs_params *p, const struct fsrs_card *before, struct wait wait,
                           struct fsrs_result *out)
{
    struct fsrs_card *c = &out->card;

    if (!wait.any) {
        c->state = CARD_REVIEW;
        c->step = 0;
        out->interval_days = interval_for(p, c->stability);
        out->due_in_s = (int64_t)out->interval_days * DAY_SECONDS;
        return;
    }
    c->step = wait.step;
    out->due_in_s = (int64_t)wait.minutes * 60;
    if (wait.minutes >= DAY_MINUTES) { /* a step of days is an ordinary review */
        c->state = CARD_REVIEW;
        out->interval_days = wait.minutes / DAY_MINUTES;
        return;
    }
    c->state = before->state == CARD_NEW || before->state == CARD_LEARNING ? CARD_LEARNING : CARD_RELEARNING;
    out->interval_days = 0;
}

struct fsrs_result fsrs_review(const struct fsrs_params *p, struct fsrs_card card, enum rating r, int elapsed_days)
{
    struct fsrs_result out = {.card = card};

    out.card.stability = next_stability(p, &card, r, elapsed_days);
    out.card.difficulty = card.state == CARD_NEW ? clamp(first_difficulty(p, (int)r), DIFFICULTY_MIN, DIFFICULTY_MAX)
                                                 : next_difficulty(p, card.difficulty, r);
    out.card.reps++;
    if (card.state == CARD_REVIEW && r == RATING_AGAIN)
        out.card.lapses++;
    if (p->short_term && (card.state != CARD_REVIEW || r == RATING_AGAIN)) {
        place_in_steps(p, &card, step_wait(p, &card, r), &out);
        return out;
    }
    out.card.state = CARD_REVIEW;
    out.card.step = 0;
    out.interval_days = ordered_interval(p, &card, r, elapsed_days);
    out.due_in_s = (int64_t)out.interval_days * DAY_SECONDS;
    return out;
}

const char *rating_name(enum rating r)
{
    static const char *const names[] = {"", "Again", "Hard", "Good", "Easy"};

    return names[r];
}
