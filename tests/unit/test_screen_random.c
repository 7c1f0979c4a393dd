/* Random keys, pastes, sizes and pauses over all screens: whatever is pressed, they draw and keep their files.
 * PMPREP_EVENTS= sets how many (4000), PMPREP_SEED= which (1). */

#include "support/unit.h"

#include "support/stage.h"

#include "pmprep/base/rng.h"
#include "screens/screens.h"

#include <stdlib.h>

static unsigned long number(const char *name, unsigned long fallback)
{
    const char *text = getenv(name);
    return text && text[0] ? strtoul(text, NULL, 10) : fallback;
}

static const char *const keys[] = {
    "Enter",   "Tab",       "S-Tab", "Esc", "Backspace", "Delete", "Up", "Down", "Left", "Right", "Home", "End",
    "PgUp",    "PgDn",      "F1",    "F2",  "F3",        "F4",     "F5", "F6",   "F7",   "F8",    "F9",   "F10",
    "^A",      "^C",        "^G",    "^K",  "^R",        "^S",     "^U", "^X",   "^Y",   "^Z",    "^_",   "M-v",
    "WheelUp", "WheelDown", "Space", "d",   "v",         "s",      "r",  "x",    "o",    "q",     "?",    "/",
    "j",       "k",         "l",     "h",   "g",         "G",      "a",  "e",    "f",    "n",     "p",    "t",
    "u",       "m",         "0",     "1",   "2",         "3",      "4",  "5",    "6",    "b",     "c",
};

static const char *const pastes[] = {
    "refund",      "",         "principle:ownership",   "a\nb\tc",
    "\x1b[2J\x07", "\xff\xc3", "e\xcc\x81\xe6\xbc\xa2", "one two three four five six seven eight nine ten "};

static void press(struct stage *s, struct rng *r)
{
    size_t n = sizeof(keys) / sizeof(keys[0]);
    if (rng_below(r, 20) == 0) {
        struct key click = {.code = KEY_CLICK, .row = (int)rng_below(r, 30), .col = (int)rng_below(r, 90)};
        loop_feed(s->loop, &click);
    } else if (rng_below(r, 15) == 0) {
        stage_paste(s, pastes[rng_below(r, sizeof(pastes) / sizeof(pastes[0]))]);
    } else {
        stage_keys(s, keys[rng_below(r, n)]);
    }
}

/* Mostly a size that screens are drawn in, now and then one that only gets a notice. */
static void draw(struct stage *s, struct rng *r)
{
    bool tiny = rng_below(r, 20) == 0;
    int rows = 1 + (int)rng_below(r, 60), cols = 1 + (int)rng_below(r, 200);
    if (!loop_done(s->loop))
        loop_draw(s->loop, tiny ? rows : rows + SCREEN_MIN_ROWS, tiny ? cols : cols + SCREEN_MIN_COLS);
}

/* Home, or the mock that is under way; a new one when there is none. */
static struct screen *some_screen(struct stage *s, struct rng *r)
{
    struct arena a = ARENA_INIT;
    struct mock_run *runs;
    struct mock *m = NULL;
    size_t count;
    struct mock_options o;
    mock_options_init(&o);
    o.loop = rng_below(r, 3) ? "two-interviews" : "single-behavioural";
    o.seed = rng_below(r, 100);
    o.seed_set = true;
    if (rng_below(r, 2) == 0)
        return home_screen(s->app, &s->err);
    bool ok = mock_runs(s->app, true, &a, &runs, &count, &s->err);
    ok = ok && (count > 0 ? mock_resume(s->app, runs[0].id, &m, &s->err) : mock_open(s->app, &o, &m, &s->err));
    arena_release(&a);
    s->err.text[0] = '\0'; /* all its questions may be suspended by now */
    return ok ? mock_screen(s->app, m) : home_screen(s->app, &s->err);
}

static void test_random_events(void **state)
{
    struct stage *s = *state;
    struct rng r;
    unsigned long events = number("PMPREP_EVENTS", 4000);
    rng_seed(&r, number("PMPREP_SEED", 1));
    setenv("EDITOR", "true", 1);
    unsetenv("VISUAL");
    stage_history(s);
    for (unsigned long i = 0; i < events; i++) {
        if (i % 100 == 0 || loop_done(s->loop)) /* some screens hold who only presses keys at random */
            stage_show(s, some_screen(s, &r));
        press(s, &r);
        if (rng_below(&r, 10) == 0)
            stage_pass(s, (int64_t)rng_below(&r, 3000));
        if (rng_below(&r, 500) == 0)
            stage_pass(s, (int64_t)rng_below(&r, 3) * 86400000);
        draw(s, &r);
    }
    assert_true(loop_save(s->loop, &s->err) || s->err.text[0] != '\0');
}

static void test_random_events_on_the_first_day(void **state)
{
    struct stage *s = *state;
    struct rng r;
    unsigned long events = number("PMPREP_EVENTS", 4000) / 4;
    rng_seed(&r, number("PMPREP_SEED", 1) + 1);
    setenv("EDITOR", "true", 1);
    for (unsigned long i = 0; i < events; i++) {
        if (i % 50 == 0)
            stage_show(s, first_run_screen(s->app, &s->err));
        if (!loop_done(s->loop))
            press(s, &r);
        stage_pass(s, (int64_t)rng_below(&r, 500));
        draw(s, &r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random_events, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(test_random_events_on_the_first_day, stage_setup_fresh, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
