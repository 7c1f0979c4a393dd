#include "support/unit.h"

#include "support/drillfix.h"
#include "support/stage.h"

#include "pmprep/app/review.h"
#include "pmprep/app/speech.h"
#include "pmprep/base/fileio.h"

/* ---- what a transcript tells */

static void expect_fillers(struct drillfix *f, const char *said, unsigned words, const char *joined)
{
    struct strings fillers;
    struct buf got = BUF_INIT;
    unsigned counted;
    speech_measure(f->app, sv_from(said), &f->arena, &counted, &fillers);
    for (size_t i = 0; i < fillers.count; i++)
        buf_addf(&got, "<%s>", fillers.at[i]);
    assert_string_equal(buf_str(&got), joined);
    assert_int_equal(counted, words);
    buf_release(&got);
}

static void fillers_are_counted(void **state)
{
    struct drillfix *f = *state;
    expect_fillers(f, "", 0, "");
    expect_fillers(f, "I called forty sellers.", 4, "");
    expect_fillers(f, "Um, I called, you know, forty sellers. Um um.", 9, "<um><you know><um><um>");
    expect_fillers(f, "BASICALLY I called.", 3, "<basically>");
    expect_fillers(f, "\xff\xfe um \xff", 1, "<um>");
}

static struct attempt spoken(unsigned words, int64_t ms, const char *const *fillers, size_t count)
{
    static const char *names[16];
    for (size_t i = 0; i < count; i++)
        names[i] = fillers[i];
    return (struct attempt){.heard_words = words, .spoken_ms = ms, .fillers = {names, count}};
}

static void expect_told(const struct attempt *at, const char *sentence)
{
    struct buf told = BUF_INIT;
    speech_describe(at, &told);
    assert_string_equal(buf_str(&told), sentence);
    buf_release(&told);
}

static void pace_and_fillers_are_told(void **state)
{
    static const char *const many[] = {"so", "um", "you know", "um", "uh", "uh", "um", "ok"};
    (void)state;
    struct attempt at = spoken(0, 60000, NULL, 0);
    expect_told(&at, "");
    assert_int_equal(speech_pace(&at), 0);
    at = spoken(280, 120000, NULL, 0);
    assert_int_equal(speech_pace(&at), 140);
    expect_told(&at, "Spoken at 140 words a minute (120 to 160 are comfortable), without fillers.");
    at = spoken(5, 3000, many, 1);
    assert_int_equal(speech_pace(&at), 0);
    expect_told(&at, "Spoken with 1 filler: so 1.");
    at = spoken(70, 30000, many, 8);
    expect_told(&at, "Spoken at 140 words a minute (120 to 160 are comfortable), with 8 fillers: um 3, uh 2, so 1,"
                     " you know 1.");
}

/* ---- on the screen */

static void use(struct stage *s, const char *option, const char *command)
{
    if (!config_set(app_config(s->app), option, command, &s->err))
        fail_msg("%s", s->err.text);
}

/* A microphone that counts the pieces it began in FOLDER/pieces. */
static void use_microphone(struct stage *s)
{
    struct buf command = BUF_INIT;
    buf_addf(&command,
             "sh -c 'trap \"exit 0\" INT; head -c 99 /dev/zero >$0; echo x >>%s/pieces; while :; do sleep 9; done' {}",
             buf_str(&s->folder));
    use(s, "recorder", buf_str(&command));
    use(s, "transcriber", "sh -c 'test -s $0 && echo Um, I called forty sellers for piece $(basename $0 .wav)'");
    buf_release(&command);
}

/* How often it has to look depends on the machine: answers the milliseconds that passed on the screen's clock. */
static int64_t wait_for_pieces(struct stage *s, size_t wanted)
{
    struct buf path = BUF_INIT, lines = BUF_INIT;
    int64_t waited = 0;
    buf_addf(&path, "%s/pieces", buf_str(&s->folder));
    do {
        buf_clear(&lines);
        file_read(buf_str(&path), 4096, &lines, NULL);
        stage_pass(s, 1); /* the recorder of the piece before has to be seen to end */
        waited++;
    } while (lines.len < 2 * wanted);
    buf_release(&path);
    buf_release(&lines);
    return waited;
}

static void wait_for_text(struct stage *s)
{
    while (stage_sees(s, "Writing down what you said"))
        stage_pass(s, 100);
}

static struct attempt newest(struct stage *s, struct arena *a)
{
    struct filter all;
    struct attempt_row *rows;
    struct attempt at;
    size_t count;
    bool more;
    filter_init(&all);
    assert_true(review_list(s->app, &all, 0, 1, a, &rows, &count, &more, &s->err));
    assert_true(review_get(s->app, rows[0].id, a, &at, &s->err));
    return at;
}

static void speech_is_written_down_and_corrected(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    use_microphone(s);
    stage_drill(s, "owned-a-miss", MODE_SPEAK);
    assert_true(stage_sees(s, "it is recorded"));
    int64_t spoken = wait_for_pieces(s, 1) + 30000;
    stage_pass(s, 30000);
    stage_keys(s, "F3"); /* a pause is not recorded */
    stage_pass(s, 60000);
    stage_keys(s, "F3");
    spoken += wait_for_pieces(s, 2);
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Writing down what you said"));
    wait_for_text(s);
    assert_true(stage_sees(s, "correct it"));
    assert_true(stage_sees(s, "Um, I called forty sellers for piece 0"));
    assert_true(stage_sees(s, "Um, I called forty sellers for piece 1"));
    assert_true(stage_lacks(s, "[ ]"));
    stage_type(s, "Right: ");
    stage_keys(s, "^S");
    struct attempt at = newest(s, &a);
    assert_string_equal(at.text,
                        "Right: Um, I called forty sellers for piece 0\nUm, I called forty sellers for piece 1");
    assert_int_equal(at.heard_words, 16);
    assert_int_equal(at.mode, MODE_SPEAK);
    assert_int_equal(at.spoken_ms, spoken); /* neither the pause nor the writing down */
    arena_release(&a);
}

static void waiting_can_be_cut_short(void **state)
{
    struct stage *s = *state;
    struct arena a = ARENA_INIT;
    use_microphone(s);
    use(s, "transcriber", "sleep 100");
    stage_drill(s, "owned-a-miss", MODE_SPEAK);
    wait_for_pieces(s, 1);
    stage_keys(s, "Enter");
    stage_pass(s, 100);
    assert_true(stage_sees(s, "Writing down what you said"));
    stage_keys(s, "Esc");
    assert_true(stage_sees(s, "Tick what you really said"));
    stage_keys(s, "1 2 Enter");
    struct attempt at = newest(s, &a);
    assert_int_equal(at.ticks, TICK_CUSTOMER | TICK_NUMBER);
    assert_int_equal(at.heard_words, 0);
    arena_release(&a);
}

static void a_failure_falls_back_to_ticks(void **state)
{
    struct stage *s = *state;
    use_microphone(s);
    use(s, "transcriber", "sh -c 'echo no model >&2; exit 3'");
    stage_drill(s, "owned-a-miss", MODE_SPEAK);
    wait_for_pieces(s, 1);
    stage_keys(s, "Enter");
    wait_for_text(s);
    assert_true(stage_sees(s, "no model"));
    assert_true(stage_sees(s, "Tick what you really said"));
    use(s, "recorder", "pmprep-no-such-program");
    stage_drill(s, "owned-a-miss", MODE_SPEAK);
    assert_true(stage_sees(s, "cannot start pmprep-no-such-program"));
    assert_true(stage_lacks(s, "it is recorded"));
    stage_keys(s, "Enter");
    assert_true(stage_sees(s, "Tick what you really said"));
}

static void leaving_ends_the_recording(void **state)
{
    struct stage *s = *state;
    use_microphone(s);
    stage_drill(s, "owned-a-miss", MODE_SPEAK);
    wait_for_pieces(s, 1);
    stage_keys(s, "m");
    assert_true(stage_lacks(s, "it is recorded"));
    stage_keys(s, "q");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fillers_are_counted, drillfix_setup, drillfix_teardown),
        cmocka_unit_test(pace_and_fillers_are_told),
        cmocka_unit_test_setup_teardown(speech_is_written_down_and_corrected, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(waiting_can_be_cut_short, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(a_failure_falls_back_to_ticks, stage_setup, stage_teardown),
        cmocka_unit_test_setup_teardown(leaving_ends_the_recording, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests_name("speech", tests, NULL, NULL);
}
