/* What the toolkit does to a real terminal, seen through term_demo. */

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "support/unit.h"
#include "support/vt.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct buf demo_path = BUF_INIT;    /* term_demo, beside this test */
static struct buf folder = BUF_INIT;       /* temporary */
static struct buf save_path = BUF_INIT;    /* what term_demo saves to */
static struct buf save_setting = BUF_INIT; /* DEMO_SAVE=... */

static struct vt *start_with(const char *setting, int rows, int cols)
{
    char *argv[] = {demo_path.data, NULL};
    const char *env[] = {buf_str(&save_setting), setting, NULL};
    struct vt *vt = vt_start(argv, env, rows, cols);
    return vt;
}

static struct vt *start(void)
{
    struct vt *vt = start_with(NULL, 24, 80);
    assert_true(vt_wait_text(vt, "F1 help"));
    assert_true(vt_wait_settled(vt));
    return vt;
}

static void quit(struct vt *vt)
{
    int status;
    vt_key(vt, "^Q");
    assert_true(vt_wait_exit(vt, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(vt_restored(vt));
    vt_free(vt);
}

static void check_saved(const char *text)
{
    struct buf saved = BUF_INIT;
    struct err err = ERR_INIT;
    assert_true(file_read(buf_str(&save_path), 1 << 20, &saved, &err));
    assert_string_equal(buf_str(&saved), text);
    buf_release(&saved);
}

static void takes_the_terminal_and_gives_it_back(void **state)
{
    (void)state;
    struct vt *vt = start();
    assert_true(vt_altscreen(vt));
    assert_true(vt_mouse(vt));
    assert_true(vt_bracketed_paste(vt));
    assert_false(vt_cooked(vt));
    assert_string_equal(vt_row(vt, 23), " ^Q quit   F2 outside   F3 list   F1 help");
    quit(vt);
}

static void check_end(struct vt *vt, int signal_number)
{
    int status;
    assert_true(vt_wait_exit(vt, &status));
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), signal_number);
    assert_true(vt_restored(vt));
    vt_free(vt);
}

static void dies_by_the_signal_with_everything_saved(void **state)
{
    (void)state;
    const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct vt *vt = start();
        unlink(buf_str(&save_path));
        vt_type(vt, "not lost");
        assert_true(vt_wait_text(vt, "not lost"));
        vt_kill(vt, numbers[i]);
        check_end(vt, numbers[i]);
        check_saved("not lost");
    }
}

static void a_closed_terminal_is_a_hangup(void **state)
{
    (void)state;
    struct vt *vt = start();
    int status;
    unlink(buf_str(&save_path));
    vt_type(vt, "window closed");
    assert_true(vt_wait_text(vt, "window closed"));
    vt_hangup(vt);
    assert_true(vt_wait_exit(vt, &status));
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGHUP);
    check_saved("window closed");
    vt_free(vt);
}

static void bugs_restore_the_terminal_too(void **state)
{
    (void)state;
    const struct {
        const char *key, *message;
    } ways[] = {{"F5", NULL}, {"F6", "pmprep: told to"}, {"F7", NULL}, {"F8", NULL}};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct vt *vt = start();
        int status;
        vt_key(vt, ways[i].key);
        assert_true(vt_wait_exit(vt, &status));
        assert_int_not_equal(status, 0);
        assert_true(vt_restored(vt));
        assert_true(!ways[i].message || vt_has(vt, ways[i].message));
        vt_free(vt);
    }
}

/* A shell with job control around it, as in life. */
static struct vt *start_in_shell(void)
{
    struct buf script = BUF_INIT;
    buf_addf(&script, "set -m; '%s'; echo 'the shell again'; read line; fg; echo \"over $?\"", buf_str(&demo_path));
    char *argv[] = {"/bin/sh", "-c", script.data, NULL};
    const char *env[] = {buf_str(&save_setting), NULL};
    struct vt *vt = vt_start(argv, env, 24, 80);
    assert_true(vt_wait_text(vt, "F1 help"));
    buf_release(&script);
    return vt;
}

static void suspends_and_comes_back(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    int status;
    unlink(buf_str(&save_path));
    vt_type(vt, "before");
    assert_true(vt_wait_text(vt, "before"));
    vt_key(vt, "^Z");
    assert_true(vt_wait_text(vt, "the shell again"));
    assert_true(vt_restored(vt));
    check_saved("before");
    vt_resize(vt, 30, 100);
    vt_type(vt, "\n");
    assert_true(vt_wait_text(vt, "F1 help"));
    assert_true(vt_wait_text(vt, "1 pauses"));
    assert_true(vt_altscreen(vt));
    assert_true(vt_bracketed_paste(vt));
    assert_true(vt_mouse(vt));
    assert_string_equal(vt_row(vt, 29), " ^Q quit   F2 outside   F3 list   F1 help");
    vt_type(vt, " after");
    assert_true(vt_wait_text(vt, "before after"));
    vt_key(vt, "^Q");
    assert_true(vt_wait_exit(vt, &status));
    assert_true(vt_has(vt, "over 0"));
    assert_true(vt_restored(vt));
    vt_free(vt);
}

/* The system does not stop a group that no shell would wake: the program goes on at once. */
static void nobody_is_there_to_wake_it(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_key(vt, "^Z");
    assert_true(vt_wait_text(vt, "1 pauses"));
    vt_kill(vt, SIGTSTP);
    assert_true(vt_wait_text(vt, "2 pauses"));
    vt_kill(vt, SIGCONT);
    vt_type(vt, "goes on");
    assert_true(vt_wait_text(vt, "goes on"));
    assert_true(vt_altscreen(vt));
    quit(vt);
}

static void another_program_gets_a_sane_terminal(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_type(vt, "kept");
    vt_key(vt, "F2");
    assert_true(vt_wait_text(vt, "outside, press Enter"));
    assert_true(vt_restored(vt));
    vt_type(vt, "\n");
    assert_true(vt_wait_text(vt, "F1 help"));
    assert_true(vt_has(vt, "kept"));
    assert_true(vt_altscreen(vt));
    quit(vt);
}

static void a_storm_of_sizes(void **state)
{
    (void)state;
    const int sizes[][2] = {{1, 1}, {200, 500}, {2, 60}, {18, 60}, {17, 60}, {18, 59}, {5, 200}, {200, 1}, {43, 132}};
    const size_t count = sizeof(sizes) / sizeof(sizes[0]);
    struct vt *vt = start();
    vt_type(vt, "through the storm");
    assert_true(vt_wait_text(vt, "through the storm"));
    for (size_t i = 0; i < 10 * count; i++) {
        vt_resize(vt, sizes[i % count][0], sizes[i % count][1]);
        if (i % 3 == 0) {
            assert_true(vt_wait_settled(vt));
        }
    }
    vt_resize(vt, 24, 80);
    assert_true(vt_wait_text(vt, "through the storm"));
    assert_true(vt_wait_text(vt, "F1 help"));
    assert_string_equal(vt_row(vt, 23), " ^Q quit   F2 outside   F3 list   F1 help");
    quit(vt);
}

static void too_small_shows_a_notice_and_types_nothing(void **state)
{
    (void)state;
    struct vt *vt = start();
    int status;
    vt_type(vt, "kept");
    assert_true(vt_wait_text(vt, "kept"));
    unlink(buf_str(&save_path));
    vt_resize(vt, 17, 60);
    assert_true(vt_wait_text(vt, "60x17 is too small, 60x18 is needed."));
    check_saved("kept");
    vt_type(vt, "blind q");
    assert_true(vt_wait_settled(vt));
    vt_resize(vt, 18, 60);
    assert_true(vt_wait_text(vt, "F1 help"));
    assert_true(vt_has(vt, "1 words, 0 ticks, 0 pauses, 4 bytes"));
    vt_resize(vt, 3, 20);
    assert_true(vt_wait_text(vt, "20x3 is too small"));
    vt_key(vt, "^C");
    assert_true(vt_wait_exit(vt, &status));
    assert_int_equal(status, 0);
    assert_true(vt_restored(vt));
    vt_free(vt);
}

static void a_paste_is_one_key(void **state)
{
    (void)state;
    struct vt *vt = start();
    const char text[] = "one\r\ntwo\x1b[A\x13three\rfour";
    vt_paste(vt, text, strlen(text));
    vt_type(vt, "!");
    assert_true(vt_wait_text(vt, "four!"));
    assert_true(vt_has(vt, "two<U+001B>[A<U+0013>three"));
    vt_key(vt, "^_ ^_");
    assert_true(vt_wait_text(vt, "0 words"));
    quit(vt);
}

static void a_long_paste_arrives_whole(void **state)
{
    (void)state;
    struct vt *vt = start();
    struct buf text = BUF_INIT;
    for (int i = 0; i < 5000; i++) {
        buf_addf(&text, "word %d is there ", i);
    }
    vt_paste(vt, buf_str(&text), text.len);
    vt_paste(vt, "the end", 7);
    struct buf want = BUF_INIT;
    buf_addf(&want, "20002 words, 0 ticks, 0 pauses, %zu bytes", text.len + 7);
    assert_true(vt_wait_text(vt, buf_str(&want)));
    buf_release(&want);
    buf_release(&text);
    quit(vt);
}

static void a_paste_without_an_end_ends(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_type(vt, "\x1b[200~cut off");
    assert_true(vt_wait_text(vt, "cut off"));
    vt_type(vt, " and on");
    assert_true(vt_wait_text(vt, "cut off and on"));
    quit(vt);
}

static void text_of_every_width(void **state)
{
    (void)state;
    struct vt *vt = start();
    int row, col;
    vt_type(vt, "日本 e\xCC\x81 é 한");
    assert_true(vt_wait_text(vt, "日本 e\xCC\x81 é 한"));
    assert_true(vt_wait_settled(vt));
    vt_cursor(vt, &row, &col);
    assert_int_equal(col, 2 + 11);
    vt_key(vt, "Backspace Backspace Backspace Left Backspace");
    vt_type(vt, "x");
    assert_true(vt_wait_text(vt, "日本 x"));
    assert_true(vt_wait_text(vt, "9 bytes"));
    quit(vt);
}

static void a_character_in_two_pieces(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_type(vt, "a\xC3");
    assert_true(vt_wait_settled(vt));
    vt_type(vt, "\xB6z");
    assert_true(vt_wait_text(vt, "aöz"));
    vt_type(vt, "\xE6\x97q\xFF");
    assert_true(vt_wait_text(vt, "aöz\xEF\xBF\xBDq\xEF\xBF\xBD"));
    quit(vt);
}

static void every_key_by_its_name(void **state)
{
    (void)state;
    const char *const names[] = {"^C",  "^S",    "Esc",  "F9",     "F12",     "M-x",
                                 "Tab", "S-Tab", "C-Up", "S-Left", "M-Enter", "^T"};
    struct vt *vt = start();
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct buf want = BUF_INIT;
        buf_addf(&want, "key %s", names[i]);
        vt_key(vt, names[i]);
        assert_true(vt_wait_text(vt, buf_str(&want)));
        buf_release(&want);
    }
    vt_type(vt, "\x1b[99;5x\x1b[?1;2c\x1b[5;5~one two");
    assert_true(vt_wait_text(vt, "one two"));
    vt_key(vt, "C-Left M-b");
    vt_type(vt, "zero ");
    assert_true(vt_wait_text(vt, "zero one two"));
    quit(vt);
}

static void the_mouse_places_the_cursor(void **state)
{
    (void)state;
    struct vt *vt = start();
    int row, col;
    vt_type(vt, "one two\rthree");
    assert_true(vt_wait_text(vt, "three"));
    vt_click(vt, 3, 5);
    assert_true(vt_wait_settled(vt));
    vt_cursor(vt, &row, &col);
    assert_int_equal(row, 3);
    assert_int_equal(col, 5);
    vt_wheel(vt, false);
    assert_true(vt_wait_settled(vt));
    vt_cursor(vt, &row, &col);
    assert_int_equal(row, 4);
    quit(vt);
}

static void screens_stack_and_status_goes_with_the_next_key(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_key(vt, "F3");
    assert_true(vt_wait_text(vt, "selected row"));
    vt_key(vt, "j");
    assert_true(vt_wait_text(vt, "action 1101"));
    vt_key(vt, "q");
    assert_true(vt_wait_text(vt, "0 words"));
    vt_key(vt, "F4");
    assert_true(vt_wait_text(vt, "something to say"));
    vt_type(vt, "x");
    assert_true(vt_wait_gone(vt, "something to say"));
    quit(vt);
}

static void colours(void **state)
{
    (void)state;
    struct vt *vt = start();
    struct vt_attr attr = vt_attr(vt, 23, 1);
    assert_int_equal(attr.fg, 6);
    assert_true(attr.bold);
    assert_int_equal(vt_attr(vt, 3, 5).bg, -1);
    quit(vt);
}

static void check_monochrome(const char *setting)
{
    struct vt *vt = start_with(setting, 24, 80);
    assert_true(vt_wait_text(vt, "F1 help"));
    for (int row = 0; row < 24; row++) {
        for (int col = 0; col < 80; col++) {
            struct vt_attr attr = vt_attr(vt, row, col);
            assert_int_equal(attr.fg, -1);
            assert_int_equal(attr.bg, -1);
        }
    }
    assert_true(vt_attr(vt, 23, 1).bold);
    vt_key(vt, "F3");
    assert_true(vt_wait_text(vt, "selected row"));
    assert_true(vt_attr(vt, 2, 1).reverse);
    vt_key(vt, "q");
    assert_true(vt_wait_text(vt, "0 words"));
    quit(vt);
}

static void no_colours_when_not_wanted_or_not_there(void **state)
{
    (void)state;
    check_monochrome("NO_COLOR=1");
    check_monochrome("TERM=vt100");
}

static void an_unknown_terminal_is_refused_in_words(void **state)
{
    (void)state;
    const char *const settings[] = {"TERM=no-such-terminal", "TERM=dumb", "TERM"};
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        struct vt *vt = start_with(settings[i], 24, 80);
        int status;
        assert_true(vt_wait_exit(vt, &status));
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 1);
        assert_true(vt_has(vt, "cannot show screens"));
        assert_true(vt_restored(vt));
        vt_free(vt);
    }
}

static void an_echo_sends_little(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_type(vt, "some words");
    assert_true(vt_wait_text(vt, "some words"));
    assert_true(vt_wait_settled(vt));
    size_t before = vt_output(vt)->len;
    vt_type(vt, "x");
    assert_true(vt_wait_settled(vt));
    assert_in_range(vt_output(vt)->len - before, 1, 100);
    quit(vt);
}

static void redraw_repairs_a_spoilt_screen(void **state)
{
    (void)state;
    struct vt *vt = start();
    struct buf spoil = BUF_INIT;
    vt_type(vt, "mine");
    assert_true(vt_wait_text(vt, "mine"));
    assert_true(vt_wait_settled(vt));
    size_t before = vt_output(vt)->len;
    vt_key(vt, "^L");
    assert_true(vt_wait_settled(vt));
    buf_add(&spoil, vt_output(vt)->data + before, vt_output(vt)->len - before);
    assert_non_null(strstr(buf_str(&spoil), "mine"));
    buf_release(&spoil);
    quit(vt);
}

static int set_up(void **state)
{
    (void)state;
    struct err err = ERR_INIT;
    if (!file_temp_dir(&folder, &err)) {
        return -1;
    }
    buf_addf(&save_path, "%s/saved", buf_str(&folder));
    buf_addf(&save_setting, "DEMO_SAVE=%s", buf_str(&save_path));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(buf_str(&save_path));
    rmdir(buf_str(&folder));
    buf_release(&folder);
    buf_release(&save_path);
    buf_release(&save_setting);
    buf_release(&demo_path);
    return 0;
}

int main(int argc, char **argv)
{
    (void)argc;
    const char *slash = strrchr(argv[0], '/');
    buf_addf(&demo_path, "%.*s/term_demo", slash ? (int)(slash - argv[0]) : 1, slash ? argv[0] : ".");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_terminal_and_gives_it_back),
        cmocka_unit_test(dies_by_the_signal_with_everything_saved),
        cmocka_unit_test(a_closed_terminal_is_a_hangup),
        cmocka_unit_test(bugs_restore_the_terminal_too),
        cmocka_unit_test(suspends_and_comes_back),
        cmocka_unit_test(nobody_is_there_to_wake_it),
        cmocka_unit_test(another_program_gets_a_sane_terminal),
        cmocka_unit_test(a_storm_of_sizes),
        cmocka_unit_test(too_small_shows_a_notice_and_types_nothing),
        cmocka_unit_test(a_paste_is_one_key),
        cmocka_unit_test(a_long_paste_arrives_whole),
        cmocka_unit_test(a_paste_without_an_end_ends),
        cmocka_unit_test(text_of_every_width),
        cmocka_unit_test(a_character_in_two_pieces),
        cmocka_unit_test(every_key_by_its_name),
        cmocka_unit_test(the_mouse_places_the_cursor),
        cmocka_unit_test(screens_stack_and_status_goes_with_the_next_key),
        cmocka_unit_test(colours),
        cmocka_unit_test(no_colours_when_not_wanted_or_not_there),
        cmocka_unit_test(an_unknown_terminal_is_refused_in_words),
        cmocka_unit_test(an_echo_sends_little),
        cmocka_unit_test(redraw_repairs_a_spoilt_screen),
    };
    return cmocka_run_group_tests_name("term", tests, set_up, tear_down);
}
