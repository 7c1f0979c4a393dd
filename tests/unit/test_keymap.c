#include "pmprep/tui/edit.h"
#include "pmprep/tui/keymap.h"
#include "support/unit.h"

static void names_read_back(void **state)
{
    (void)state;
    const char *const names[] = {"^S",  "^_",         "^Space", "M-b",  "M-^H",    "Enter",   "S-Tab", "Esc",   "F1",
                                 "F12", "PgUp",       "C-Left", "S-Up", "M-Enter", "x",       "?",     "Space", "é",
                                 "M-<", "M-C-Delete", "-",      "^",    "M--",     "WheelUp", "Paste"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct key k;
        struct buf label = BUF_INIT;
        assert_true(key_parse(names[i], &k));
        key_label(&k, &label);
        assert_string_equal(buf_str(&label), names[i]);
        buf_release(&label);
    }
}

static void other_spellings(void **state)
{
    (void)state;
    struct key a, b;
    assert_true(key_parse("^s", &a) && key_parse("^S", &b) && key_same(&a, &b));
    assert_int_equal(a.cp, 's');
    assert_int_equal(a.mods, KEY_CTRL);
    assert_true(key_parse("Backtab", &a) && key_parse("S-Tab", &b) && key_same(&a, &b));
    assert_true(key_parse("C-s", &a) && key_parse("^S", &b) && key_same(&a, &b));
}

static void bad_names(void **state)
{
    (void)state;
    const char *const names[] = {"", "F0", "F13", "Foo", "M-", "xy", "\x01", " "};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct key k;
        assert_false(key_parse(names[i], &k));
        assert_int_equal(k.code, KEY_NONE_);
    }
}

static void keys_differ_by_modifier_and_case(void **state)
{
    (void)state;
    struct key a, b;
    assert_true(key_parse("g", &a) && key_parse("G", &b) && !key_same(&a, &b));
    assert_true(key_parse("M-g", &b) && !key_same(&a, &b));
    assert_true(key_parse("Left", &a) && key_parse("C-Left", &b) && !key_same(&a, &b));
}

static int find(const struct keymap *m, const char *name)
{
    struct key k;
    assert_true(key_parse(name, &k));
    return keymap_find(m, &k);
}

static const struct binding own[] = {
    {"^S", 1, "submit", "hand it in", BIND_BAR},
    {"F3 p", 2, "pause", "stop the clock", BIND_BAR},
    {"q", 3, "quit", "leave", BIND_BAR},
    {"z", 4, "hidden", "not in the bar", 0},
};
static const struct keymap map = {"Test", own, sizeof(own) / sizeof(own[0]), &keymap_list};

static void the_nearest_map_wins(void **state)
{
    (void)state;
    assert_int_equal(find(&map, "^S"), 1);
    assert_int_equal(find(&map, "p"), 2);
    assert_int_equal(find(&map, "q"), 3);
    assert_int_equal(find(&keymap_list, "q"), ACTION_BACK);
    assert_int_equal(find(&map, "j"), ACTION_DOWN);
    assert_int_equal(find(&map, "Up"), ACTION_UP);
    assert_int_equal(find(&map, "^Z"), ACTION_SUSPEND);
    assert_int_equal(find(&map, "^L"), ACTION_REDRAW);
    assert_int_equal(find(&map, "F1"), ACTION_HELP);
    assert_int_equal(find(&map, "^T"), ACTION_NONE);
}

static void ctrl_c_is_bound_by_nobody(void **state)
{
    (void)state;
    assert_int_equal(find(&keymap_global, "^C"), ACTION_NONE);
    assert_int_equal(find(&keymap_list, "^C"), ACTION_NONE);
    assert_int_equal(find(&edit_keymap, "^C"), ACTION_NONE);
}

/* Every name in the shipped tables is one that key_parse knows: a typing mistake would bind nothing. */
static void shipped_tables_hold_real_names(void **state)
{
    (void)state;
    const struct keymap *const maps[] = {&keymap_global, &keymap_list, &edit_keymap};
    for (size_t m = 0; m < sizeof(maps) / sizeof(maps[0]); m++) {
        for (size_t i = 0; i < maps[m]->count; i++) {
            struct sv rest = sv_from(maps[m]->at[i].keys), name;
            while (sv_split(&rest, ' ', &name)) {
                char text[32];
                snprintf(text, sizeof(text), SV_FMT, SV_ARG(name));
                assert_int_equal(find(maps[m], text), maps[m]->at[i].action);
            }
            assert_true(strlen(maps[m]->at[i].help) > 0);
        }
    }
}

static void check_bar(int cols, const char *want)
{
    struct canvas c;
    struct buf shown = BUF_INIT;
    canvas_init(&c, 1, cols);
    keymap_draw_bar(&map, &c, 0);
    canvas_dump(&c, true, &shown);
    assert_string_equal(buf_str(&shown), want);
    buf_release(&shown);
    canvas_release(&c);
}

static void the_bar_keeps_the_help(void **state)
{
    (void)state;
    check_bar(60, " ^S submit   F3 pause   q quit   ? help\n"
                  ".KK.llllll...KK.lllll...K.llll...K.llll\n");
    check_bar(32, " ^S submit   F3 pause   ? help\n"
                  ".KK.llllll...KK.lllll...K.llll\n");
    check_bar(12, " ? help\n.K.llll\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_read_back),
        cmocka_unit_test(other_spellings),
        cmocka_unit_test(bad_names),
        cmocka_unit_test(keys_differ_by_modifier_and_case),
        cmocka_unit_test(the_nearest_map_wins),
        cmocka_unit_test(ctrl_c_is_bound_by_nobody),
        cmocka_unit_test(shipped_tables_hold_real_names),
        cmocka_unit_test(the_bar_keeps_the_help),
    };
    return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
