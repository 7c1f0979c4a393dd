#include "pmprep/tui/theme.h"
#include "support/unit.h"

static void names_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < THEME_COUNT; i++) {
        enum theme t;
        assert_true(theme_parse(sv_from(theme_name((enum theme)i)), &t));
        assert_int_equal(t, i);
    }
    enum theme t;
    assert_false(theme_parse(SV("purple"), &t));
    assert_false(theme_parse(SV(""), &t));
}

static void mono_has_no_colour(void **state)
{
    (void)state;
    for (int r = 0; r < ROLE_COUNT; r++) {
        assert_int_equal(theme_look(THEME_MONO, (enum role)r)->fg, -1);
        assert_int_equal(theme_look(THEME_MONO, (enum role)r)->bg, -1);
    }
}

static bool stands_out(const struct look *l)
{
    return l->bold || l->reverse || l->underline;
}

/* Meaning is never by colour alone: what asks for attention differs from plain text in every scheme, also without
 * colours. */
static void attention_does_not_need_colour(void **state)
{
    (void)state;
    const enum role roles[] = {ROLE_STRONG,  ROLE_TITLE,    ROLE_KEY,   ROLE_ERROR,
                               ROLE_WARNING, ROLE_SELECTED, ROLE_MATCH, ROLE_TIMER_LAST};
    for (int t = 0; t < THEME_COUNT; t++) {
        for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
            assert_true(stands_out(theme_look((enum theme)t, roles[i])));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_read_back),
        cmocka_unit_test(mono_has_no_colour),
        cmocka_unit_test(attention_does_not_need_colour),
    };
    return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
