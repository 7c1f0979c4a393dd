#include "support/unit.h"

#include "support/debrieffix.h"

#include "cli/mock_report.h"
#include "pmprep/base/mem.h"
#include "pmprep/db/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The debrief as a document, in four formats. */

typedef void report_fn(struct out *o, const struct mock_report *r);
static report_fn *const formats[] = {mock_report_text, mock_report_markdown, mock_report_html, mock_report_json};
enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static int set_up(void **state)
{
    struct debrieffix *f = mem_calloc(1, sizeof(*f));
    debrieffix_init(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    debrieffix_release(*state);
    free(*state);
    return 0;
}

/* What the format writes; the debrief is made before. In the arena. */
static const char *written(struct debrieffix *f, report_fn *format)
{
    struct out out;
    debrieffix_make(f);
    out_init(&out, -1);
    format(&out, &f->report);
    const char *text = arena_sv(&f->arena, buf_sv(&out.pending));
    buf_release(&out.pending);
    return text;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("\"%s\" is not in:\n%s", part, text);
    }
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part)) {
        fail_msg("\"%s\" is in:\n%s", part, text);
    }
}

/* One value of a JSON text, as SQLite reads it. In the arena. */
static const char *json_at(struct debrieffix *f, const char *json, const char *path)
{
    struct db *db;
    struct err err = ERR_INIT;
    const char *value = "(none)";
    assert_true(db_open(&db, "", DB_MEMORY, NULL, &err));
    struct stmt *q = db_stmt(db, "SELECT json_extract(?1, ?2) WHERE json_valid(?1)", &err);
    stmt_str(q, 1, json);
    stmt_str(q, 2, path);
    if (stmt_row(q, &err)) {
        value = arena_sv(&f->arena, stmt_col_sv(q, 0));
    }
    db_close(db);
    return value;
}

/* As if lines were not broken, nor anything escaped. */
static const char *flat(struct debrieffix *f, const char *text)
{
    char *out = arena_strdup(&f->arena, text);
    size_t len = 0;
    for (const char *p = text; *p; p++) {
        bool blank = *p == '\n' || *p == ' ';
        if (*p != '\\' && !(blank && len > 0 && out[len - 1] == ' ')) {
            out[len++] = blank ? ' ' : *p;
        }
    }
    out[len] = '\0';
    return out;
}

static void test_every_format_tells_the_debrief(void **state)
{
    static const char *const said[] = {"Three interviews",
                                       "As voted",
                                       "After your usual bias",
                                       "Biggest risk",
                                       "Dive Deep lowered the bar once: the answer had no baseline",
                                       "flaw:naked-number",
                                       "from inclined to not inclined",
                                       "What did the average hide?",
                                       "I split it by region.",
                                       "Say from what to what.",
                                       "They never weighed an option.",
                                       "ask about the team",
                                       "Eight minutes as the least",
                                       "reported doctrine"};
    struct debrieffix *f = *state;
    debrieffix_score(f, 4, 1);
    debrieffix_find(f, 4, "naked-number", "warning", "nowhere");
    f->stages[2].after = VOTE_NOT_INCLINED;
    f->report.against = "They never weighed an option.";
    f->report.notes = "ask about the team";
    for (size_t i = 0; i < FORMATS; i++) {
        const char *text = flat(f, written(f, formats[i]));
        for (size_t k = 0; k < sizeof(said) / sizeof(said[0]); k++) {
            bool key = formats[i] == mock_report_json && k >= 1 && k <= 3;
            if (!key) {
                assert_has(text, said[k]);
            }
        }
    }
}

static void test_json_holds_the_keys(void **state)
{
    static const struct {
        const char *path, *value;
    } cases[] = {
        {"$.loop", "three"},
        {"$.stages[1].title", "Peer"},
        {"$.stages[2].bar_raiser", "1"},
        {"$.stages[0].principles[1]", "deliver-results"},
        {"$.stages[0].active_seconds", "3000"},
        {"$.votes[2].before", "inclined"},
        {"$.votes[2].after", "not-inclined"},
        {"$.verdict.as_voted", "not inclined"},
        {"$.verdict.after_bias", "unknown"},
        {"$.verdict.at_risk", "not inclined"},
        {"$.fixes[0].filter", "flaw:naked-number"},
        {"$.principles[2].against", "lowers"},
        {"$.principles[2].stages[1]", "3"},
        {"$.answers[4].findings[0].start", "13"}, /* code points, not bytes */
        {"$.answers[4].scores.result", "1"},
        {"$.time.spoken_seconds", "3600"},
        {"$.claims[1].source", "judgement"},
        {"$.against", "\"They\""},
    };
    struct debrieffix *f = *state;
    debrieffix_score(f, 4, 1);
    f->answers[4].text = "I \xC3\xA4\xC3\xA4 it over by region.";
    debrieffix_find(f, 4, "naked-number", "warning", "by region");
    debrieffix_find(f, 2, "naked-number", "warning", "");
    f->stages[2].after = VOTE_NOT_INCLINED;
    f->report.against = "\"They\"";
    const char *json = written(f, mock_report_json);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *value = json_at(f, json, cases[i].path);
        if (strncmp(value, cases[i].value, strlen(cases[i].value)) != 0) {
            fail_msg("%s is \"%s\"", cases[i].path, value);
        }
    }
}

/* Puts the text wherever the user's own words can be. */
static void say_everywhere(struct debrieffix *f, const char *text)
{
    f->answers[0].text = text;
    f->answers[0].prompt = text;
    f->answers[0].story = f->answers[3].story = "s1";
    f->answers[0].headline = f->answers[3].headline = text;
    f->stages[0].after = VOTE_NOT_INCLINED;
    f->stages[0].reason = text;
    f->stages[0].title = f->stages[0].interviewer = text;
    f->report.run.title = text;
    f->report.against = f->report.notes = text;
    debrieffix_find(f, 0, "no-number", "error", text);
}

static void test_markup_in_an_answer_stays_text(void **state)
{
    static const char evil[] = "<script>alert('x')</script> \" & <b> # h `c` | *s* [l](http://x) ![i](x)";
    struct debrieffix *f = *state;
    say_everywhere(f, evil);
    const char *html = written(f, mock_report_html);
    assert_lacks(html, "<script");
    assert_lacks(html, "<b>");
    assert_has(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot; &amp; &lt;b&gt;");
    const char *markdown = written(f, mock_report_markdown);
    assert_lacks(markdown, "<script>");
    assert_lacks(markdown, "[l](");
    assert_has(markdown, "\\<script\\>");
    assert_has(markdown, "\\*s\\* \\[l\\](http");
    assert_string_equal(json_at(f, written(f, mock_report_json), "$.notes"), evil);
}

static void test_no_line_of_an_answer_becomes_a_block(void **state)
{
    struct debrieffix *f = *state;
    f->answers[0].text = "# Title\n- item\n1. first\n===\n\n    code";
    const char *markdown = written(f, mock_report_markdown);
    assert_has(markdown, "> \\# Title\\\n> \\- item\\\n> 1\\. first\\\n> \\===\n>\n> code\n");
}

static void test_nothing_unsafe_gets_out(void **state)
{
    static const char evil[] = "a\x1b[2Jb \xE2\x80\xAE"
                               "c\xC2\x9B"
                               "d\xff\x07";
    struct debrieffix *f = *state;
    say_everywhere(f, evil);
    for (size_t i = 0; i < FORMATS; i++) {
        const char *text = written(f, formats[i]);
        assert_true(visible_is_clean(sv_from(text), VISIBLE_TEXT));
        assert_true(utf8_valid(text, strlen(text)) == strlen(text));
    }
    assert_has(written(f, mock_report_html), "a&lt;U+001B&gt;[2Jb &lt;U+202E&gt;c");
    assert_string_not_equal(json_at(f, written(f, mock_report_json), "$.notes"), "(none)");
}

static void test_html_is_one_file_that_loads_nothing(void **state)
{
    struct debrieffix *f = *state;
    debrieffix_find(f, 0, "no-number", "error", "lost orders");
    debrieffix_find(f, 0, "we-fog", "error", "orders. I"); /* overlaps: not marked twice */
    const char *html = written(f, mock_report_html);
    assert_true(sv_starts(sv_from(html), "<!DOCTYPE html>\n<html lang=\"en\">"));
    assert_has(html, "<title>Debrief: Three interviews</title>");
    assert_has(html, "prefers-color-scheme: dark");
    assert_has(html, "@page { size: A4");
    assert_has(html, "<h2 class=\"new-page\">Interview 2: Peer</h2>");
    assert_has(html, "Sellers <mark title=\"no-number\">lost orders</mark>. I stopped");
    static const char *const loads[] = {"<script", "<link", "<img", "<iframe", "@import", "url(", " src=", " href="};
    for (size_t i = 0; i < sizeof(loads) / sizeof(loads[0]); i++) {
        assert_lacks(html, loads[i]);
    }
}

/* Every element that is opened is closed, in order, and no heading skips a level. */
static void test_html_is_well_formed(void **state)
{
    struct debrieffix *f = *state;
    char open[16][16];
    size_t depth = 0;
    int level = 0;
    say_everywhere(f, "text");
    const char *html = strstr(written(f, mock_report_html), "<body>");
    for (const char *p = html; (p = strchr(p, '<')) != NULL; p++) {
        bool closes = p[1] == '/';
        char name[16];
        assert_int_equal(sscanf(p + 1 + closes, "%15[a-z0-9]", name), 1);
        if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !closes) {
            assert_true(name[1] - '0' <= level + 1);
            level = name[1] - '0';
        }
        if (closes && strcmp(name, "html") != 0) {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name);
        } else if (!closes) {
            assert_true(depth < 16);
            memcpy(open[depth++], name, sizeof(name));
        }
    }
    assert_int_equal(depth, 0);
    assert_int_equal(level, 2); /* ends with the claims */
}

static void test_a_report_without_anything(void **state)
{
    struct debrieffix *f = *state;
    f->report.input.stage_count = f->report.input.answer_count = 0;
    f->report.loop = NULL;
    f->report.run.done = false;
    for (size_t i = 0; i < FORMATS; i++) {
        assert_has(written(f, formats[i]), i == 3 ? "\"done\": false" : "debrief is not");
    }
    assert_string_equal(json_at(f, written(f, mock_report_json), "$.verdict.as_voted"), "no verdict");
}

static void test_the_text_fits_a_terminal(void **state)
{
    struct debrieffix *f = *state;
    f->answers[0].text = "A long answer that goes on and on, past the end of the line, so that it has to be broken at "
                         "a blank before it reaches the edge.";
    struct sv rest = sv_from(written(f, mock_report_text));
    struct sv line;
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        if (utf8_columns(line) > 78) {
            fail_msg("%zu columns: " SV_FMT, utf8_columns(line), SV_ARG(line));
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_format_tells_the_debrief),
        TEST(test_json_holds_the_keys),
        TEST(test_markup_in_an_answer_stays_text),
        TEST(test_no_line_of_an_answer_becomes_a_block),
        TEST(test_nothing_unsafe_gets_out),
        TEST(test_html_is_one_file_that_loads_nothing),
        TEST(test_html_is_well_formed),
        TEST(test_a_report_without_anything),
        TEST(test_the_text_fits_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
