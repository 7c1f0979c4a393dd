#include "support/unit.h"

#include "pmprep/bank/library.h"
#include "pmprep/coach/coach.h"

#include <ctype.h>

/* What the shipped rules mark: words that can be read by themselves. Every rule is made to fire, whatever its weights
 * are today, on every example of every rule. */

enum { MARKED_MAX = 160 };

static struct arena arena;
static struct library *library;
static struct coach *coach;

static int set_up(void **state)
{
    struct err err = ERR_INIT;
    struct library_sources sources = {.shipped = getenv("PMPREP_DATA")};
    size_t rule_count, word_count;
    (void)state;
    assert_true(library_open(&library, &sources, &err));
    const struct rule *rules = library_rules(library, &rule_count);
    const struct lexicon *words = library_lexicons(library, &word_count);
    struct rule *eager = arena_array(&arena, rule_count, sizeof(*eager));
    for (size_t i = 0; i < rule_count; i++) {
        eager[i] = rules[i];
        eager[i].threshold = -1e9;
    }
    if (!coach_open(&coach, eager, rule_count, words, word_count, NULL, 0, &err)) {
        fail_msg("%s", err.text);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    coach_close(coach);
    library_close(library);
    arena_release(&arena);
    return 0;
}

static bool is_word_byte(const char *text, size_t length, size_t at)
{
    return at < length && (isalnum((unsigned char)text[at]) || (unsigned char)text[at] >= 0xc3);
}

static bool only_stop_words(struct sv marked)
{
    static const char *const stop[] = {"a",    "and", "as",   "at",   "but", "for", "had", "he",   "i",    "if",
                                       "in",   "is",  "it",   "just", "not", "of",  "on",  "or",   "our",  "so",
                                       "that", "the", "then", "they", "to",  "was", "we",  "well", "what", "you"};
    struct sv word;
    while (sv_split(&marked, ' ', &word)) {
        bool found = false;
        for (size_t i = 0; i < sizeof(stop) / sizeof(stop[0]); i++) {
            found |= sv_eqs(word, stop[i]);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static void check_marked(const struct finding *f, const char *text)
{
    size_t length = strlen(text);
    assert_true(f->start < f->end);
    assert_true(f->end <= length);
    struct sv marked = {text + f->start, f->end - f->start};
    bool cut = (f->start > 0 && is_word_byte(text, length, f->start - 1) && is_word_byte(text, length, f->start)) ||
               (is_word_byte(text, length, f->end - 1) && is_word_byte(text, length, f->end));
    bool loose = sv_starts(marked, "and ") || sv_starts(marked, "but ") || strchr(".,;:", marked.data[marked.len - 1]);
    if (marked.len > MARKED_MAX || cut || only_stop_words(marked) || loose) {
        fail_msg("%s marks \"" SV_FMT "\" in: %s", f->rule, SV_ARG(marked), text);
    }
}

static size_t check_fixture(const struct rule_fixture *x)
{
    struct coach_report report;
    coach_read(coach, &(struct coach_input){sv_from(x->text), x->kind, x->principle}, &arena, &report);
    for (size_t i = 0; i < report.count; i++) {
        check_marked(&report.findings[i], x->text);
    }
    return report.count;
}

static void test_marked_words_can_be_read(void **state)
{
    size_t count;
    size_t findings = 0;
    (void)state;
    const struct rule *rules = coach_rules(coach, &count);
    assert_true(count >= 17);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < rules[i].fires_count; k++) {
            findings += check_fixture(&rules[i].fires[k]);
        }
        for (size_t k = 0; k < rules[i].silent_count; k++) {
            findings += check_fixture(&rules[i].silent[k]);
        }
    }
    assert_true(findings > 1000);
}

static void check_rule(const char *id, const char *kind, const char *text, const char *wanted)
{
    struct coach_report report;
    coach_read(coach, &(struct coach_input){sv_from(text), kind, NULL}, &arena, &report);
    for (size_t i = 0; i < report.count; i++) {
        const struct finding *f = &report.findings[i];
        if (strcmp(f->rule, id) == 0) {
            struct sv marked = {text + f->start, f->end - f->start};
            if (!sv_eqs(marked, wanted)) {
                fail_msg("%s marks \"" SV_FMT "\" and not \"%s\"", id, SV_ARG(marked), wanted);
            }
            return;
        }
    }
    fail_msg("%s is silent", id);
}

static void test_the_cause_is_marked(void **state)
{
    (void)state;
    check_rule("solution-first", NULL, "We built a Redis cache. Riders had waited at the gate for years.",
               "We built a Redis cache");
    check_rule("naked-number", NULL, "I sent the letter on a Monday. Renewals rose 31%, and everybody smiled.",
               "Renewals rose 31%");
    check_rule("jargon", NULL, "The DETR head of the NMT came to us with the old tower.", "DETR head of the NMT");
    check_rule("no-result", "behavioural", "I asked them twice. The paper was handed to the board.",
               "The paper was handed to the board");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marked_words_can_be_read),
        cmocka_unit_test(test_the_cause_is_marked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
