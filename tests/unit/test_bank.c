#include "support/unit.h"

#include "bank/item.h"
#include "bank/keyset.h"
#include "bank/pack.h"
#include "pmprep/bank/bank.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/utf8.h"

static struct arena arena;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    problems_init(&problems, &arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

static const char *fixture(const char *name)
{
    const char *root = getenv("PMPREP_FIXTURES");
    return arena_printf(&arena, "%s/yaml/accept/%s", root ? root : "tests/fixtures", name);
}

static struct bank parsed(const char *text)
{
    struct bank bank;
    bool clean = bank_parse(sv_from(text), "x.yaml", &arena, &bank, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        print_error("%u:%u %s\n", problems.at[i].place.line, problems.at[i].place.column, problems.at[i].text);
    }
    assert_true(clean);
    return bank;
}

/* One behavioural question with extra lines. */
static struct item item_with(const char *extra)
{
    struct bank bank = parsed(arena_printf(&arena,
                                           "bank: b\ntitle: T\nitems:\n  - id: one\n    kind: behavioural\n"
                                           "    difficulty: 1\n    prompt: Why did it fail?\n%s",
                                           extra));
    assert_int_equal(bank.item_count, 1);
    return bank.items[0];
}

static const struct item *find(const struct bank *bank, const char *id)
{
    for (size_t i = 0; i < bank->item_count; i++) {
        if (strcmp(bank->items[i].id, id) == 0) {
            return &bank->items[i];
        }
    }
    fail_msg("no item %s", id);
    return NULL;
}

static struct bank every_kind(void)
{
    struct bank bank;
    struct err err = ERR_INIT;
    assert_true(bank_read(fixture("every-kind.yaml"), &arena, &bank, &problems, &err));
    return bank;
}

static void a_question_has_all_its_fields(void **state)
{
    (void)state;
    struct bank bank = every_kind();
    assert_string_equal(bank.name, "every-kind");
    assert_string_equal(bank.title, "One item of every kind with every key");
    assert_int_equal(bank.item_count, KIND_COUNT);
    const struct item *item = find(&bank, "a-question");
    assert_string_equal(item->key, "every-kind/a-question");
    assert_string_equal(item->bank, "every-kind");
    assert_int_equal(item->was.count, 2);
    assert_string_equal(item->was.at[1], "other-bank/older-question");
    assert_int_equal(item->kind, KIND_BEHAVIOURAL);
    assert_int_equal(item->family, FAMILY_FAILURE);
    assert_int_equal(item->principles.count, 2);
    assert_string_equal(item->principles.at[0], "ownership");
    assert_int_equal(item->difficulty, 2);
    assert_int_equal(item->minutes, 4);
    assert_true(item->core);
    assert_true(item->names_principle);
    assert_int_equal(item->source, SOURCE_PUBLIC);
    assert_string_equal(item->title, "An outcome that failed under you");
    assert_string_equal(item->prompt, "Tell me about an outcome that failed under you.\n\nWhat did you change?");
    assert_string_equal(item->why_pm, "It asks for the outcome, not for the code.");
    assert_int_equal(item->probe_count, 2);
    assert_string_equal(item->probes[0].flaw, "no-number");
    assert_string_equal(item->probes[1].flaw, "");
    assert_string_equal(item->probes[1].ask, "Who \"owned\" it? \xE2\x80\x94 you, or \xC3\xA9lise?");
    assert_int_equal(item->look_for.count, 2);
    assert_string_equal(item->watch_out.at[0], "Blames the partner team");
    assert_string_equal(item->exemplar, "In spring I owned ...");
    assert_int_equal(item->place.line, 6);
    assert_int_equal(item->place.column, 5);
    assert_string_equal(item->place.file, fixture("every-kind.yaml"));
    assert_true(item->revision != 0);
}

static void a_case_a_transition_and_a_writing_task_are_read(void **state)
{
    (void)state;
    struct bank bank = every_kind();
    const struct item *item = find(&bank, "a-case");
    assert_int_equal(item->kind, KIND_CASE);
    assert_int_equal(item->family, FAMILY_METRICS);
    assert_string_equal(item->principles.at[0], "dive-deep");
    assert_int_equal(item->source, SOURCE_JUDGEMENT);
    assert_int_equal(item->phase_count, 2);
    assert_string_equal(item->phases[1].name, "Tree");
    assert_int_equal(item->phases[1].minutes, 20);
    assert_int_equal(item->fact_count, 1);
    assert_int_equal(item->facts[0].ask.count, 2);
    assert_string_equal(item->facts[0].tell, "Only in one country.");
    assert_int_equal(item->twist_count, 1);
    assert_int_equal(item->twists[0].minute, 12);
    assert_string_equal(item->title, "Conversion fell by eight percent overnight. What do you do?");
    item = find(&bank, "why-now");
    assert_int_equal(item->family, FAMILY_WHY_PM);
    assert_int_equal(item->minutes, 0);
    assert_string_equal(item->exemplar, "");
    assert_string_equal(item->explanation, "");
    assert_string_equal(item->bad.text, "");
    item = find(&bank, "a-writing-task");
    assert_string_equal(item->template_id, "press-release");
    assert_int_equal(item->max_characters, 3000);
    assert_int_equal(item->phase_count, 1);
}

static void a_pair_a_choice_a_rewrite_and_an_sql_task_are_read(void **state)
{
    (void)state;
    struct bank bank = every_kind();
    const struct item *item = find(&bank, "a-pair");
    assert_string_equal(item->bad.text, "We improved the search significantly.");
    assert_string_equal(item->bad.why, "Nobody acts and nothing is measured.");
    assert_int_equal(item->bad.flaw_count, 2);
    assert_string_equal(item->bad.flaws[0].flaw, "vague-claim");
    assert_string_equal(item->bad.flaws[0].span, "search significantly");
    assert_string_equal(item->bad.flaws[0].why, "The size is hidden.");
    assert_string_equal(item->bad.flaws[1].span, "");
    assert_int_equal(item->bad.score_count, 2);
    assert_string_equal(item->bad.scores[1].dimension, "result");
    assert_int_equal(item->bad.scores[1].level, 2);
    assert_int_equal(item->good.flaw_count, 1);
    assert_int_equal(item->good.scores[0].level, 4);
    assert_string_equal(item->explanation, "Say who did it.");
    item = find(&bank, "a-choice");
    assert_int_equal(item->option_count, 2);
    assert_true(item->options[0].right);
    assert_false(item->options[1].right);
    assert_string_equal(item->options[1].text, "42");
    assert_string_equal(item->options[1].why, "");
    assert_string_equal(item->explanation, "A rate needs a base and a period.");
    assert_string_equal(item->compute, "5 / 100 = 0.05");
    item = find(&bank, "a-rewrite");
    assert_int_equal(item->max_words, 40);
    assert_int_equal(item->ladder_count, 1);
    assert_string_equal(item->ladder[0].so_what, "fewer shoppers leave");
    item = find(&bank, "an-sql-task");
    assert_string_equal(item->query, "SELECT 1");
    assert_true(item->ordered);
}

static void a_labelled_answer_is_read(void **state)
{
    (void)state;
    struct bank bank = every_kind();
    const struct item *item = find(&bank, "an-answer");
    const struct side *answer = &item->answer;
    assert_int_equal(item->kind, KIND_ANSWER);
    assert_int_equal(answer->level, 2);
    assert_string_equal(answer->text, "I am tired of tickets,\nand a product manager decides.");
    assert_string_equal(answer->why, "It runs away from something.");
    assert_int_equal(answer->flaw_count, 1);
    assert_string_equal(answer->flaws[0].flaw, "escape-narrative");
    assert_string_equal(answer->flaws[0].span, "tired of tickets, and");
    assert_int_equal(answer->score_count, 2);
    assert_string_equal(answer->scores[0].dimension, "why-pm");
    assert_int_equal(answer->scores[0].level, 1);
    assert_string_equal(answer->scores[1].dimension, "role");
    assert_int_equal(answer->scores[1].level, 2);
    assert_string_equal(answer->scores[1].why, "Nothing was tried.");
    assert_string_equal(find(&bank, "a-pair")->bad.scores[0].why, "");
    assert_int_equal(find(&bank, "a-pair")->bad.level, 0);
}

/* Every label of an answer is content: another one is another revision. */
static void the_revision_follows_the_labels_of_an_answer(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "level: 2, text: x, why: y, scores: {action: {level: 2, why: z}}",
        "level: 3, text: x, why: y, scores: {action: {level: 2, why: z}}",
        "level: 2, text: x, why: y, scores: {action: {level: 3, why: z}}",
        "level: 2, text: x, why: y, scores: {action: {level: 2, why: zz}}",
        "level: 2, text: x, why: y, scores: {result: {level: 2, why: z}}",
        "level: 2, text: x, why: y, scores: {action: {level: 2, why: z}}, flaws: [{flaw: blame}]",
    };
    enum { BODIES = sizeof(bodies) / sizeof(bodies[0]) };
    uint64_t revisions[BODIES];
    for (size_t i = 0; i < BODIES; i++) {
        struct bank bank = parsed(arena_printf(&arena,
                                               "bank: b\ntitle: T\nitems:\n  - id: one\n    kind: answer\n"
                                               "    family: general\n    difficulty: 1\n    prompt: Why?\n"
                                               "    answer: {%s}\n",
                                               bodies[i]));
        revisions[i] = bank.items[0].revision;
        for (size_t k = 0; k < i; k++) {
            assert_true(revisions[i] != revisions[k]);
        }
    }
}

static void defaults_are_filled_in(void **state)
{
    (void)state;
    struct bank bank = parsed("bank: b\ntitle: T\nsource: articles\nitems:\n"
                              "  - {id: a, kind: behavioural, difficulty: 1, prompt: x}\n"
                              "  - {id: b, kind: rewrite, family: general, difficulty: 1, prompt: x, exemplar: y,"
                              " source: public}\n");
    assert_int_equal(bank.items[0].family, FAMILY_GENERAL);
    assert_int_equal(bank.items[0].source, SOURCE_ARTICLES);
    assert_int_equal(bank.items[1].source, SOURCE_PUBLIC);
    assert_int_equal(bank.items[1].max_words, 50);
}

static void a_title_is_taken_from_the_prompt(void **state)
{
    (void)state;
    struct bank bank =
        parsed("bank: b\ntitle: T\nitems:\n"
               "  - id: a\n    kind: behavioural\n    difficulty: 1\n    prompt: |\n      Short\n      and two lines\n"
               "  - id: b\n    kind: behavioural\n    difficulty: 1\n    prompt: >-\n"
               "      Tell me about a time when somebody asked for something that you could not give them at once\n"
               "  - id: c\n    kind: behavioural\n    difficulty: 1\n    prompt: "
               "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2"
               "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2"
               "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2"
               "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\n");
    assert_string_equal(bank.items[0].title, "Short and two lines");
    assert_string_equal(bank.items[1].title, "Tell me about a time when somebody asked for something...");
    struct sv wide = sv_from(bank.items[2].title);
    assert_int_equal(utf8_valid(wide.data, wide.len), wide.len);
    assert_true(utf8_columns(wide) <= 60);
}

static void the_revision_follows_the_content(void **state)
{
    (void)state;
    uint64_t plain = item_with("").revision;
    static const char *const changes[] = {
        "    family: failure\n",       "    minutes: 4\n",
        "    title: Another\n",        "    why-pm: x\n",
        "    principle: ownership\n",  "    source: public\n",
        "    look-for: [x]\n",         "    watch-out: [x]\n",
        "    probes: [{ask: x}]\n",    "    exemplar: x\n",
        "    names-principle: true\n", "    probes: [{ask: x, flaw: blame}]\n",
        "    look-for: [x, y]\n",      "    principles: [ownership, frugality]\n",
    };
    uint64_t seen[sizeof(changes) / sizeof(changes[0])];
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        seen[i] = item_with(changes[i]).revision;
        assert_true(seen[i] != plain);
        for (size_t k = 0; k < i; k++) {
            assert_true(seen[i] != seen[k]);
        }
    }
}

static void the_revision_does_not_follow_place_or_name(void **state)
{
    (void)state;
    uint64_t plain = item_with("").revision;
    assert_true(item_with("    core: true\n").revision == plain);
    assert_true(item_with("    was: [old]\n").revision == plain);
    assert_true(item_with("    family: general\n").revision == plain);
    assert_true(item_with("    source: judgement\n").revision == plain);
    assert_true(item_with("    principle: ownership\n").revision ==
                item_with("    principles: [ownership]\n").revision);
    struct bank moved = parsed("# elsewhere, in another order and style\nbank: other\ntitle: Another\nitems:\n"
                               "  - {prompt: 'Why did it fail?', difficulty: 1, kind: behavioural, id: renamed}\n");
    assert_true(moved.items[0].revision == plain);
}

/* Written down: a change of the function would make every stored answer look as if its question had changed. */
static void the_revision_is_the_same_for_ever(void **state)
{
    (void)state;
    struct bank bank = every_kind();
    assert_true(item_with("").revision == UINT64_C(0xad08c476bd8ef043));
    assert_true(find(&bank, "a-pair")->revision == UINT64_C(0xbb3d7eaaab99480a));
}

static void an_id_twice_is_a_problem(void **state)
{
    (void)state;
    struct bank bank;
    assert_false(bank_parse(SV("bank: b\ntitle: T\nitems:\n  - {id: a, kind: behavioural, difficulty: 1, prompt: x}\n"
                               "  - {id: a, kind: behavioural, difficulty: 1, prompt: y}\n"),
                            "x.yaml", &arena, &bank, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.at[0].place.line, 5);
    assert_int_equal(problems.at[0].place.column, 5);
}

static void a_file_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct bank bank;
    struct err err = ERR_INIT;
    assert_false(bank_read("/nonexistent/x.yaml", &arena, &bank, &problems, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_int_equal(problems.count, 0);
}

static void rubrics_and_principles_are_read(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct err err = ERR_INIT;
    struct rubric rubric;
    struct principle *list;
    size_t count;
    assert_true(file_read(fixture("rubric.yaml"), 1 << 20, &text, &err));
    assert_true(rubric_parse(buf_sv(&text), "r", &arena, &rubric, &problems));
    assert_string_equal(rubric.id, "behavioural");
    assert_string_equal(rubric.title, "A small rubric");
    assert_int_equal(rubric.dimension_count, 1);
    assert_string_equal(rubric.dimensions[0].name, "Ownership of action");
    assert_string_equal(rubric.dimensions[0].anchor[0], "one");
    assert_string_equal(rubric.dimensions[0].anchor[4], "five");
    assert_int_equal(rubric.dimensions[0].bar_l5, 3);
    assert_int_equal(rubric.dimensions[0].bar_l6, 4);
    buf_clear(&text);
    assert_true(file_read(fixture("principles.yaml"), 1 << 20, &text, &err));
    assert_true(principles_parse(buf_sv(&text), "p", &arena, &list, &count, &problems));
    assert_int_equal(count, 1);
    assert_string_equal(list[0].id, "ownership");
    assert_string_equal(list[0].as_sde, "The code.");
    assert_int_equal(list[0].strong.count, 3);
    assert_int_equal(list[0].source, SOURCE_ARTICLES);
    buf_release(&text);
}

static void the_kind_of_a_file_is_its_first_key(void **state)
{
    (void)state;
    assert_int_equal(file_kind_of(SV("# comment\n\n---\nbank: x\n")), FILE_BANK);
    assert_int_equal(file_kind_of(SV("\xEF\xBB\xBF"
                                     "bank: x\n")),
                     FILE_BANK);
    assert_int_equal(file_kind_of(SV("rubric : x")), FILE_RUBRIC);
    assert_int_equal(file_kind_of(SV("principles: x\r\n")), FILE_PRINCIPLES);
    assert_int_equal(file_kind_of(SV("title: x\nbank: y\n")), FILE_UNKNOWN);
    assert_int_equal(file_kind_of(SV("banks: x\n")), FILE_UNKNOWN);
    assert_int_equal(file_kind_of(SV("")), FILE_UNKNOWN);
}

/* Items in every layout that YAML allows read again from their own lines. */
struct rereading {
    struct sv text;
    struct item_context again;
    size_t count;
};

static bool read_again(void *context, struct item *item, const struct extent *where)
{
    struct rereading *r = context;
    struct item copy;
    struct problems none;
    problems_init(&none, &arena);
    r->again.head = (struct bank_head){item->bank, "", SOURCE_JUDGEMENT};
    r->again.revisions = true;
    assert_true(
        item_reread(sv_sub(r->text, where->offset, where->length), "x", where->line, &r->again, &arena, &copy, &none));
    assert_string_equal(copy.key, item->key);
    assert_string_equal(copy.prompt, item->prompt);
    assert_true(copy.revision == item->revision);
    assert_int_equal(copy.place.line, item->place.line);
    assert_int_equal(copy.place.column, item->place.column);
    problems_release(&none);
    r->count++;
    return true;
}

static void every_layout_reads_again_from_its_lines(void **state)
{
    (void)state;
    static const char *const layouts[] = {
        "  - id: a\n    kind: behavioural\n    difficulty: 1\n    prompt: x",
        "- id: a\n  kind: behavioural\n  difficulty: 1\n  prompt: |\n    x\n\n    y\n\n\n",
        "      -\n        id: a\n        kind: behavioural\n        difficulty: 1\n        prompt: x\n      # end\n",
        "  - {id: a, kind: behavioural, difficulty: 1, prompt: x}",
        "  - {id: a,\n     kind: behavioural, difficulty: 1,\n     prompt: x\n    }\n# after\n",
        "  - # comment\n    id: a\n    kind: behavioural\n    difficulty: 1\n    prompt: >-\n      \xC3\xBC x\n",
        "  - ? id\n    : a\n    ? kind\n    : behavioural\n    difficulty: 1\n    prompt: x\n",
    };
    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
        for (size_t k = 0; k < 2; k++) {
            struct rereading r = {.text = {NULL, 0}};
            struct item_context context = {.revisions = true, .each = read_again, .each_context = &r};
            const char *second = strstr(layouts[i], "- ") == layouts[i] ? "" : "  ";
            second = strncmp(layouts[i], "      -", 7) == 0 ? "      " : second;
            r.text = sv_from(arena_printf(&arena, "bank: b\r\ntitle: \xC3\xBC\nitems:\n%s%s%s%s", layouts[i],
                                          k ? "\n" : "", k ? second : "",
                                          k ? "- {id: b, kind: behavioural, difficulty: 2, prompt: z}\n" : ""));
            assert_true(bank_stream(r.text, "x", &arena, &context, &problems));
            assert_int_equal(r.count, k + 1);
        }
    }
}

static void a_set_knows_what_it_was_given(void **state)
{
    (void)state;
    struct keyset set = {.slots = NULL};
    for (int i = 0; i < 1000; i++) {
        assert_true(keyset_add(&set, arena_printf(&arena, "key-%d", i)));
    }
    for (int i = 0; i < 1000; i++) {
        assert_false(keyset_add(&set, arena_printf(&arena, "key-%d", i)));
    }
    assert_true(keyset_add(&set, ""));
    keyset_release(&set);
}

static void packed_metadata_comes_back(void **state)
{
    (void)state;
    struct bank bank = every_kind();
    struct buf packed = BUF_INIT;
    struct unpacking u;
    struct item_meta m;
    pack_begin(&packed, bank.name);
    for (size_t i = 0; i < bank.item_count; i++) {
        pack_item(&packed, &bank.items[i]);
    }
    assert_true(unpack_begin(&u, buf_sv(&packed), &arena));
    for (size_t i = 0; i < bank.item_count; i++) {
        assert_true(unpack_next(&u, &m));
        assert_string_equal(m.key, bank.items[i].key);
        assert_string_equal(m.bank, bank.name);
        assert_string_equal(m.title, bank.items[i].title);
        assert_int_equal(m.kind, bank.items[i].kind);
        assert_int_equal(m.family, bank.items[i].family);
        assert_int_equal(m.principles.count, bank.items[i].principles.count);
        assert_true(m.revision == bank.items[i].revision);
        if (m.kind == KIND_PAIR) {
            assert_int_equal(m.flaws.count, 2);
            assert_string_equal(m.flaws.at[0], "vague-claim");
        } else if (m.kind == KIND_ANSWER) {
            assert_int_equal(m.flaws.count, 1);
            assert_string_equal(m.flaws.at[0], "escape-narrative");
        }
    }
    assert_false(unpack_next(&u, &m));
    assert_ptr_equal(u.at, u.end);
    for (size_t len = 0; len < packed.len; len++) { /* cut short anywhere: refused, never read past the end */
        char *cut = arena_strndup(&arena, packed.data, len);
        if (unpack_begin(&u, (struct sv){cut, len}, &arena)) {
            while (unpack_next(&u, &m)) {
            }
        }
    }
    buf_release(&packed);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(a_question_has_all_its_fields),
        TEST(a_case_a_transition_and_a_writing_task_are_read),
        TEST(a_pair_a_choice_a_rewrite_and_an_sql_task_are_read),
        TEST(a_labelled_answer_is_read),
        TEST(the_revision_follows_the_labels_of_an_answer),
        TEST(defaults_are_filled_in),
        TEST(a_title_is_taken_from_the_prompt),
        TEST(the_revision_follows_the_content),
        TEST(the_revision_does_not_follow_place_or_name),
        TEST(the_revision_is_the_same_for_ever),
        TEST(an_id_twice_is_a_problem),
        TEST(a_file_that_is_not_there_is_an_error),
        TEST(rubrics_and_principles_are_read),
        TEST(the_kind_of_a_file_is_its_first_key),
        TEST(every_layout_reads_again_from_its_lines),
        TEST(a_set_knows_what_it_was_given),
        TEST(packed_metadata_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
