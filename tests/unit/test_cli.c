#include "support/unit.h"

#include "cli/command.h"
#include "cli/input.h"
#include "pmprep/base/fileio.h"

#include <fcntl.h>
#include <unistd.h>

enum { MOST_ARGS = 16 };

/* Parses a command line of words separated by blanks. */
static bool parse(const char *line, struct arena *a, struct args *out, struct err *err)
{
    char *argv[MOST_ARGS] = {arena_strdup(a, "pmprep")};
    int argc = 1;
    struct sv rest = sv_from(line), word;
    while (rest.len > 0 && sv_split(&rest, ' ', &word)) {
        argv[argc++] = arena_sv(a, word);
    }
    *err = (struct err)ERR_INIT;
    return args_parse(argc, argv, a, out, err);
}

static void test_options_stand_before_and_after_the_command(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "--db F --bank A due --count --bank B", "due --bank A --count --db F --bank B",
        "--bank A --bank=B due --db=F --count", "--db E due --db F --bank A --bank B --count", /* the last one counts */
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct arena a = ARENA_INIT;
        struct args args;
        struct err err;
        assert_true(parse(lines[i], &a, &args, &err));
        assert_ptr_equal(args.command, &command_due);
        assert_string_equal(args_text(&args, "db"), "F");
        assert_true(args_has(&args, "count"));
        assert_string_equal(args_text(&args, "bank"), "B");
        assert_false(args_has(&args, "plain"));
        assert_int_equal(args.word_count, 0);
        arena_release(&a);
    }
}

static void test_a_bare_call_has_no_command(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct args args;
    struct err err;
    assert_true(parse("", &a, &args, &err));
    assert_null(args.command);
    assert_true(parse("--db F --json", &a, &args, &err));
    assert_null(args.command);
    assert_string_equal(args_text(&args, "db"), "F");
    arena_release(&a);
}

static void test_words_of_the_filter_language(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct args args;
    struct err err;
    assert_true(parse("drill -kind:pair principle:ownership !bank:x --count 3", &a, &args, &err));
    assert_int_equal(args.word_count, 3);
    assert_string_equal(args.words[0], "-kind:pair");
    assert_int_equal(args_number(&args, "count", 0), 3);
    assert_true(parse("review -- --count -x", &a, &args, &err));
    assert_int_equal(args.word_count, 2);
    assert_string_equal(args.words[0], "--count");
    assert_false(parse("due -kind:pair", &a, &args, &err)); /* takes no filter */
    arena_release(&a);
}

static void test_the_verb_and_its_words(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct args args;
    struct err err;
    assert_true(parse("bank", &a, &args, &err));
    assert_string_equal(args.verb->name, "list");
    assert_true(parse("bank check - FILE", &a, &args, &err));
    assert_string_equal(args.verb->name, "check");
    assert_int_equal(args.word_count, 2);
    assert_string_equal(args.words[0], "-");
    arena_release(&a);
}

static void test_wrong_usage(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"dril", "did you mean drill"},
        {"drill --cont 3", "did you mean --count"},
        {"--count 3 drill", "unknown option --count"},
        {"drill --count", "needs a value"},
        {"drill --count three", "whole number from 1"},
        {"drill --count -1", "whole number"},
        {"drill --mode typ", "one of type, speak, outline"},
        {"drill --due=yes", "takes no value"},
        {"drill --json", "takes no --json"},
        {"due now", "one word too many"},
        {"bank bew", "did you mean new"},
        {"bank new", "something is missing"},
        {"bank new a b", "one word too many"},
        {"story show x --headline y", "takes no --headline"},
        {"--db", "needs a value"},
        {"--db= due", "needs a FILE"},
        {"due -c", "unknown option"},
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct arena a = ARENA_INIT;
        struct args args;
        struct err err;
        assert_false(parse(lines[i][0], &a, &args, &err));
        assert_int_equal(err.code, ERR_USAGE);
        if (!strstr(err.text, lines[i][1])) {
            fail_msg("'%s': '%s' does not say '%s'", lines[i][0], err.text, lines[i][1]);
        }
        arena_release(&a);
    }
}

static void test_help_wins_over_what_is_missing(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct args args;
    struct err err;
    assert_true(parse("bank new --help", &a, &args, &err));
    assert_true(args.help);
    assert_true(parse("-h", &a, &args, &err));
    assert_true(args.help);
    assert_true(parse("drill --version --count 3", &a, &args, &err));
    assert_true(args.version);
    arena_release(&a);
}

/* What a table must hold so that parser and help can trust it. */
static void test_the_tables_are_sound(void **state)
{
    (void)state;
    for (const struct command *const *at = commands; *at; at++) {
        const struct command *c = *at;
        assert_true(c->name[0] && c->summary[0] && c->about[0] && c->example_count > 0);
        assert_true((c->run != NULL) != (c->verb_count > 0));
        for (size_t i = 0; i < c->verb_count; i++) {
            assert_true(c->verbs[i].run && c->verbs[i].help[0] && c->verbs[i].args);
        }
        for (size_t i = 0; i < c->opts.count; i++) {
            const struct opt *o = &c->opts.at[i];
            assert_true((o->arg != NULL) == (o->kind != OPT_FLAG));
            assert_true((o->choices != NULL) == (o->kind == OPT_CHOICE));
            assert_true(o->kind != OPT_NUMBER || o->max > o->min);
            for (size_t k = 0; k < global_opts.count; k++) {
                assert_string_not_equal(o->name, global_opts.at[k].name);
            }
        }
    }
}

/* What out wrote into a pipe. */
static void written(void (*write)(struct out *o), struct buf *got)
{
    int ends[2];
    struct out o;
    struct input in;
    struct buf line = BUF_INIT;
    assert_int_equal(pipe(ends), 0);
    out_init(&o, ends[1]);
    write(&o);
    out_release(&o);
    close(ends[1]);
    input_init(&in, ends[0]);
    while (input_line(&in, &line)) {
        buf_addsv(got, buf_sv(&line));
        buf_addc(got, '|');
    }
    input_release(&in);
    close(ends[0]);
    buf_release(&line);
}

static void expect_written(void (*write)(struct out *o), const char *expected)
{
    struct buf got = BUF_INIT;
    written(write, &got);
    assert_string_equal(buf_str(&got), expected);
    buf_release(&got);
}

static void write_prose(struct out *o)
{
    out_prose(o, SV("one two three\n\nfour \033[2J unbreakableword"), 2, 12);
    out_item(o, "- ", SV("alpha beta gamma"), 2, 12);
    out_prose(o, SV("  "), 2, 12);
}

static void write_cells(struct out *o)
{
    out_cell(o, SV("ab"), 4);
    out_cell(o, SV("abcdef"), 4);
    out_cell(o, SV("\xE4\xB8\xAD\xE6\x96\x87x"), 4); /* two wide characters */
    out_cell(o, SV("a\nb"), 0);
    out_printf(o, "%s\n", "\x07.");
}

static void write_csv(struct out *o)
{
    out_csv(o, "plain", ',');
    out_csv(o, "with \"quotes\", and", ',');
    out_csv(o, "two\nlines", ',');
    out_csv(o, "", ',');
    out_csv(o, "\x1b", '\n');
}

static void test_prose_cells_and_csv(void **state)
{
    (void)state;
    expect_written(write_prose,
                   "  one two|  three||  four|  <U+001B>[2|  J|  unbreakabl|  eword|  - alpha|    beta|    gamma|");
    expect_written(write_cells, "ab  abc\xE2\x80\xA6\xE4\xB8\xAD\xE2\x80\xA6 a<U+000A>b<U+0007>.|");
    expect_written(write_csv, "plain,\"with \"\"quotes\"\", and\",\"two|lines\",,<U+001B>|");
}

static void test_a_failed_write_is_remembered(void **state)
{
    (void)state;
    struct out o;
    out_init(&o, -1);
    out_printf(&o, "text");
    assert_false(out_flush(&o));
    assert_true(out_failed(&o));
    out_printf(&o, "more");
    assert_false(out_flush(&o));
    out_release(&o);
}

static void test_lines_come_clean(void **state)
{
    (void)state;
    static const char given[] = "one\r\n\ntwo \xFF\xC3\x28\x00!\nlast";
    static const char *const expected[] = {"one", "", "two \xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD!", "last"};
    int ends[2];
    struct input in;
    struct buf line = BUF_INIT;
    assert_int_equal(pipe(ends), 0);
    input_init(&in, ends[0]);
    assert_false(input_ready(&in));
    assert_int_equal(write(ends[1], given, sizeof(given) - 1), (int)sizeof(given) - 1);
    assert_true(input_ready(&in));
    close(ends[1]);
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        assert_true(input_line(&in, &line));
        assert_string_equal(buf_str(&line), expected[i]);
    }
    assert_false(input_line(&in, &line));
    assert_true(input_ready(&in)); /* the end does not wait */
    input_release(&in);
    close(ends[0]);
    buf_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_stand_before_and_after_the_command),
        cmocka_unit_test(test_a_bare_call_has_no_command),
        cmocka_unit_test(test_words_of_the_filter_language),
        cmocka_unit_test(test_the_verb_and_its_words),
        cmocka_unit_test(test_wrong_usage),
        cmocka_unit_test(test_help_wins_over_what_is_missing),
        cmocka_unit_test(test_the_tables_are_sound),
        cmocka_unit_test(test_prose_cells_and_csv),
        cmocka_unit_test(test_a_failed_write_is_remembered),
        cmocka_unit_test(test_lines_come_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
