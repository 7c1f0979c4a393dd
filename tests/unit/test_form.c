#include "pmprep/tui/form.h"
#include "support/unit.h"

static const struct form_field fields[] = {
    {"Headline", "one line", false, NULL},
    {"Result", "before, after, period", true, NULL},
    {"Lesson", NULL, false, NULL},
};

static bool press(struct form *f, const char *names)
{
    struct sv rest = sv_from(names), name;
    bool taken = true;
    while (sv_split(&rest, ' ', &name)) {
        char text[32];
        struct key k;
        snprintf(text, sizeof(text), SV_FMT, SV_ARG(name));
        assert_true(key_parse(text, &k));
        taken = form_key(f, &k);
    }
    return taken;
}

static void check_value(const struct form *f, size_t at, const char *want)
{
    struct buf scratch = BUF_INIT;
    assert_string_equal(form_value(f, at, &scratch), want);
    buf_release(&scratch);
}

static void fields_are_filled_in(void **state)
{
    (void)state;
    struct form f;
    const char *const values[] = {"Late", NULL, "Ask"};
    form_init(&f, fields, 3, values);
    press(&f, "r Tab a Enter b Tab ! S-Tab c");
    check_value(&f, 0, "Later");
    check_value(&f, 1, "a\nbc");
    check_value(&f, 2, "Ask!");
    form_release(&f);
}

static void moving_goes_round(void **state)
{
    (void)state;
    struct form f;
    form_init(&f, fields, 3, NULL);
    press(&f, "S-Tab");
    assert_int_equal(f.focus, 2);
    press(&f, "Tab");
    assert_int_equal(f.focus, 0);
    press(&f, "Down x Enter y Up");
    assert_int_equal(f.focus, 1);
    press(&f, "Up");
    assert_int_equal(f.focus, 0);
    press(&f, "Down Down Down");
    assert_int_equal(f.focus, 2);
    form_release(&f);
}

static void what_it_does_not_know_is_the_screens(void **state)
{
    (void)state;
    struct form f, none = {0};
    form_init(&f, fields, 3, NULL);
    assert_false(press(&f, "Enter"));
    assert_false(press(&f, "F5"));
    assert_false(press(&f, "Esc"));
    check_value(&f, 0, "");
    assert_false(press(&none, "x"));
    form_release(&f);
}

static void check_drawn(struct form *f, int rows, const char *want)
{
    struct canvas c;
    struct buf shown = BUF_INIT;
    canvas_init(&c, 7, 31);
    form_draw(f, &c, 0, 0, 31, rows);
    canvas_dump(&c, false, &shown);
    assert_string_equal(buf_str(&shown), want);
    assert_int_equal(c.cursor_col >= 10, true);
    buf_release(&shown);
    canvas_release(&c);
}

static void drawing(void **state)
{
    (void)state;
    struct form f;
    form_init(&f, fields, 3, NULL);
    check_drawn(&f, 7, "Headline  one line\nResult    before, after, period\nLesson\n\n\n\n\n");
    press(&f, "x S-Tab");
    check_drawn(&f, 3, "Headline  x\nResult    before, after, period\nLesson\n\n\n\n\n");
    check_drawn(&f, 2, "Result    before, after, period\nLesson\n\n\n\n\n\n");
    press(&f, "S-Tab a Enter"); /* a long field is as high as its text, the row of the cursor included */
    check_drawn(&f, 7, "Headline  x\nResult    a\n\nLesson\n\n\n\n");
    form_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_filled_in),
        cmocka_unit_test(moving_goes_round),
        cmocka_unit_test(what_it_does_not_know_is_the_screens),
        cmocka_unit_test(drawing),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
