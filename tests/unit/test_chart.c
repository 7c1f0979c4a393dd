#include "pmprep/tui/chart.h"
#include "support/unit.h"

static void check(const struct canvas *c, bool with_roles, const char *want)
{
    struct buf shown = BUF_INIT;
    canvas_dump(c, with_roles, &shown);
    assert_string_equal(buf_str(&shown), want);
    buf_release(&shown);
}

static void check_bar(double value, const char *want)
{
    struct canvas c;
    canvas_init(&c, 1, 8);
    chart_bar(&c, 0, 0, 4, value, 4, ROLE_BAR);
    check(&c, false, want);
    canvas_release(&c);
}

static void bars(void **state)
{
    (void)state;
    check_bar(0, "\n");
    check_bar(-1, "\n");
    check_bar(0.001, "▏\n");
    check_bar(1, "█\n");
    check_bar(1.125, "█▏\n");
    check_bar(2.5, "██▌\n");
    check_bar(3.875, "███▉\n");
    check_bar(4, "████\n");
    check_bar(100, "████\n");
    check_bar(0.0 / 0.0, "\n");
}

static void sparks(void **state)
{
    (void)state;
    struct canvas c;
    const double values[] = {0, 1, 4, -1, 8, 20};
    canvas_init(&c, 1, 8);
    chart_spark(&c, 0, 1, values, 6, 8, ROLE_BAR);
    check(&c, true, " ▁▁▄ ██\n.bbb.bb\n");
    canvas_release(&c);
}

static void check_timer(int64_t left_ms, bool paused, const char *want)
{
    struct canvas c;
    canvas_init(&c, 1, 16);
    timer_draw(&c, 0, 16, left_ms, paused);
    check(&c, true, want);
    canvas_release(&c);
}

static void timers(void **state)
{
    (void)state;
    check_timer(552000, false, "      09:12 left\n......tttttttttt\n");
    check_timer(551001, false, "      09:12 left\n......tttttttttt\n");
    check_timer(60000, false, "      01:00 left\n......LLLLLLLLLL\n");
    check_timer(1, false, "      00:01 left\n......LLLLLLLLLL\n");
    check_timer(0, false, "      00:00 left\n......LLLLLLLLLL\n");
    check_timer(-65500, false, "      01:05 over\n......LLLLLLLLLL\n");
    check_timer(552000, true, "    09:12 paused\n....tttttttttttt\n");
    check_timer(6000000, false, "     100:00 left\n.....ttttttttttt\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars),
        cmocka_unit_test(sparks),
        cmocka_unit_test(timers),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
