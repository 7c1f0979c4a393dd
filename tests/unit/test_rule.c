#include "support/unit.h"

#include "bank/item.h"
#include "pmprep/bank/library.h"
#include "pmprep/base/fileio.h"

#include <ftw.h>
#include <unistd.h>

/* The coach's rules and words: every field out of the fixtures, and whose the library hands out. */

static struct arena arena;
static struct problems problems;
static const char *folder; /* of the test: data/ and config/ */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int set_up(void **state)
{
    struct buf path = BUF_INIT;
    struct err err = ERR_INIT;
    (void)state;
    problems_init(&problems, &arena);
    assert_true(file_temp_dir(&path, &err));
    folder = arena_sv(&arena, buf_sv(&path));
    buf_release(&path);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

static struct sv fixture(const char *name)
{
    const char *root = getenv("PMPREP_FIXTURES");
    struct buf text = BUF_INIT;
    struct err err = ERR_INIT;
    const char *path = arena_printf(&arena, "%s/yaml/accept/%s", root ? root : "tests/fixtures", name);
    assert_true(file_read(path, 1 << 20, &text, &err));
    struct sv copy = {arena_sv(&arena, buf_sv(&text)), text.len};
    buf_release(&text);
    return copy;
}

static void put(const char *path, const char *text)
{
    struct err err = ERR_INIT;
    const char *whole = arena_printf(&arena, "%s/%s", folder, path);
    assert_true(file_mkdirs(arena_strndup(&arena, whole, (size_t)(strrchr(whole, '/') - whole)), &err));
    assert_true(file_write_atomic(whole, sv_from(text), &err));
}

/* A rule that finds one word. */
static void put_rule(const char *path, const char *id, const char *title)
{
    put(path, arena_printf(&arena, "rule: %s\ntitle: %s\nseverity: note\nmessage: M.\nadvice: A.\nfind: [word]\n", id,
                           title));
}

static struct library *opened(const char *shipped)
{
    struct library *lib;
    struct err err = ERR_INIT;
    struct library_sources sources = {.shipped = shipped ? shipped : arena_printf(&arena, "%s/data", folder),
                                      .config = arena_printf(&arena, "%s/config", folder)};
    if (!library_open(&lib, &sources, &err)) {
        fail_msg("%s", err.text);
    }
    return lib;
}

/* "id title, *id title": a star before the user's. */
static const char *rules_of(struct library *lib)
{
    size_t count;
    const struct rule *rules = library_rules(lib, &count);
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        all = arena_printf(&arena, "%s%s%s%s %s", all, i > 0 ? ", " : "", rules[i].user ? "*" : "", rules[i].id,
                           rules[i].title);
    }
    return all;
}

static const char *problem_of(struct library *lib, size_t i)
{
    const struct problems *p = library_rule_problems(lib);
    assert_true(i < p->count);
    const struct place *at = &p->at[i].place;
    return arena_printf(&arena, "%s:%u:%u: %s", at->file + strlen(folder) + 1, at->line, at->column, p->at[i].text);
}

static void a_rule_has_all_its_fields(void **state)
{
    (void)state;
    struct rule rule;
    assert_true(rule_parse(fixture("rule.yaml"), "x", &arena, &rule, &problems));
    assert_string_equal(rule.id, "small-rule");
    assert_string_equal(rule.title, "A small rule with every key of its way");
    assert_int_equal(rule.version, 3);
    assert_int_equal(rule.severity, SEVERITY_ERROR);
    assert_int_equal(rule.kinds.count, 2);
    assert_string_equal(rule.kinds.at[1], "failure");
    assert_string_equal(rule.principles.at[1], "dive-deep");
    assert_int_equal(rule.except.count, 1);
    assert_string_equal(rule.message, "A group hides who acted.");
    assert_string_equal(rule.advice, "Name the one who did.");
    assert_int_equal(rule.source, SOURCE_ARTICLES);
    assert_string_equal(rule.from, "A page");
    assert_int_equal(rule.find.count + rule.unless.count, 0);
    assert_int_equal(rule.show.count, 2);
    assert_string_equal(rule.show.at[0], "count passive by nobody in middle");
    assert_int_equal(rule.fires_count, 1);
    assert_string_equal(rule.fires[0].text, "It was decided to stop.");
    assert_string_equal(rule.fires[0].kind, "behavioural");
    assert_string_equal(rule.fires[0].principle, "ownership");
    assert_int_equal(rule.silent_count, 1);
    assert_string_equal(rule.silent[0].principle, "");
    assert_true(rule.bias == -1.5 && rule.threshold == 0.25);
    assert_int_equal(rule.weight_count, 2);
    assert_string_equal(rule.weights[0].sign, "rate decision by i");
    assert_true(rule.weights[0].weight == -1 && rule.weights[1].weight == 2.125);
    assert_string_equal(rule.place.file, "x");
    assert_int_equal(rule.place.line, 2);
    assert_false(rule.user);
}

static void a_rule_that_finds_needs_little(void **state)
{
    (void)state;
    struct rule rule;
    assert_true(rule_parse(fixture("rule-find.yaml"), "x", &arena, &rule, &problems));
    assert_int_equal(rule.version, 1);
    assert_int_equal(rule.severity, SEVERITY_NOTE);
    assert_int_equal(rule.source, SOURCE_JUDGEMENT);
    assert_int_equal(rule.find.count, 2);
    assert_string_equal(rule.find.at[1], "~join forces");
    assert_string_equal(rule.unless.at[0], "<customers> said");
    assert_string_equal(rule.fires[0].kind, "");
    assert_string_equal(rule.from, "");
    assert_int_equal(rule.weight_count + rule.show.count + rule.kinds.count, 0);
}

static void a_lexicon_has_all_its_fields(void **state)
{
    (void)state;
    struct lexicon lexicon;
    assert_true(lexicon_parse(fixture("words.yaml"), "x", &arena, &lexicon, &problems));
    assert_string_equal(lexicon.id, "small-words");
    assert_int_equal(lexicon.class_count, 2);
    const struct word_class *customers = &lexicon.classes[0];
    assert_string_equal(customers->id, "customers");
    assert_string_equal(customers->about, "Whom a product serves.");
    assert_string_equal(customers->nouns.at[1], "patient");
    assert_string_equal(customers->words.at[1], "abandon*");
    assert_string_equal(customers->verbs.at[0], "buy");
    assert_string_equal(customers->phrases.at[1], "<money> back");
    assert_int_equal(customers->place.line, 4);
    assert_int_equal(customers->place.column, 5);
    assert_string_equal(lexicon.classes[1].about, "");
    assert_string_equal(lexicon.classes[1].words.at[0], "yes");
}

static void what_a_rule_holds_makes_its_hash(void **state)
{
    (void)state;
    struct rule rule, other;
    const char *text = fixture("rule.yaml").data;
    assert_true(rule_parse(sv_from(text), "x", &arena, &rule, &problems));
    const char *tail = strstr(text, "+2.125");
    const char *changed = arena_printf(&arena, "%.*s2.25\n", (int)(tail - text), text);
    assert_true(rule_parse(sv_from(changed), "x", &arena, &other, &problems));
    assert_true(schema_hash(&rule_schema, &rule, 0) != schema_hash(&rule_schema, &other, 0));
    assert_true(rule_parse(sv_from(text), "y", &arena, &other, &problems));
    assert_true(schema_hash(&rule_schema, &rule, 0) == schema_hash(&rule_schema, &other, 0));
}

static void the_users_rules_come_after_the_shipped_ones(void **state)
{
    (void)state;
    put_rule("data/rules/a.yaml", "omega", "Shipped");
    put_rule("data/rules/b.yaml", "beta", "Shipped");
    put_rule("data/rules/c.yaml", "alpha", "Shipped");
    put_rule("config/rules/z.yaml", "beta", "Mine");
    put_rule("config/rules/y.yaml", "zeta", "Mine");
    put_rule("config/rules/x.yaml", "aleph", "Mine");
    struct library *lib = opened(NULL);
    assert_string_equal(rules_of(lib), "alpha Shipped, omega Shipped, *aleph Mine, *beta Mine, *zeta Mine");
    assert_int_equal(library_rule_problems(lib)->count, 0);
    library_close(lib);
}

static void a_broken_rule_leaves_the_others(void **state)
{
    (void)state;
    put_rule("data/rules/a.yaml", "alpha", "Shipped");
    put_rule("data/rules/b.yaml", "beta", "Shipped");
    put("config/rules/a.yaml", "rule: alpha\ntitle: Mine\nseverity: grave\nmessage: M.\nadvice: A.\nfind: [x]\n");
    put("config/rules/b.yaml", "rule: beta\x01\n");
    put_rule("config/rules/c.yaml", "gamma", "Mine");
    put_rule("config/rules/d.yaml", "gamma", "Again");
    put("config/rules/e.yaml", "lexicon: x\nclasses: []\n");
    put("config/rules/f.txt", "not read\n");
    struct library *lib = opened(NULL);
    assert_string_equal(rules_of(lib), "alpha Shipped, beta Shipped, *gamma Mine");
    assert_string_equal(problem_of(lib, 0),
                        "config/rules/a.yaml:3:11: there is no severity \"grave\"; known: note, warning, error");
    assert_non_null(strstr(problem_of(lib, 1), "config/rules/b.yaml:1:11: "));
    const char *twice = arena_printf(&arena, "there is a rule \"gamma\" already, in %s/config/rules/c.yaml", folder);
    assert_string_equal(problem_of(lib, 2), arena_printf(&arena, "config/rules/d.yaml:1:1: %s", twice));
    assert_string_equal(problem_of(lib, 3),
                        "config/rules/e.yaml:1:1: the file must be a rule: its first key is \"rule\"");
    assert_int_equal(library_rule_problems(lib)->count, 4);
    assert_int_equal(library_problems(lib)->count, 0);
    library_close(lib);
}

/* With the shipped principles, which a folder of the test has not. */
static void a_rule_names_principles_that_there_are(void **state)
{
    (void)state;
    const char *data = getenv("PMPREP_DATA");
    put("config/rules/a.yaml",
        "rule: own\ntitle: T\nseverity: note\nexcept: [owner-ship]\nmessage: M.\nadvice: A.\nfind: [x]\n");
    struct library *lib = opened(data ? data : "data");
    assert_string_equal(problem_of(lib, 0), "config/rules/a.yaml:4:10: there is no principle \"owner-ship\"; did you "
                                            "mean \"ownership\"?");
    library_close(lib);
}

static void words_come_from_several_files(void **state)
{
    (void)state;
    size_t count;
    put("data/words/people.yaml", "lexicon: people\nclasses:\n  - {id: customers, nouns: [patient]}\n");
    put("data/words/action.yaml", "lexicon: action\nclasses:\n  - {id: decision, verbs: [choose]}\n");
    put("config/words/people.yaml", "lexicon: people\nclasses:\n  - {id: customers, nouns: [angler]}\n");
    put("config/words/wrong.yaml", "lexicon: wrong\nclasses:\n  - {id: customers}\n");
    struct library *lib = opened(NULL);
    const struct lexicon *lexicons = library_lexicons(lib, &count);
    assert_int_equal(count, 3);
    assert_string_equal(lexicons[0].id, "action");
    assert_string_equal(lexicons[1].classes[0].nouns.at[0], "patient");
    assert_string_equal(lexicons[2].classes[0].nouns.at[0], "angler");
    assert_non_null(strstr(lexicons[2].classes[0].place.file, "config/words/people.yaml"));
    assert_int_equal(library_rule_problems(lib)->count, 1);
    assert_non_null(strstr(problem_of(lib, 0), "config/words/wrong.yaml:3:5: the class \"customers\" has no word"));
    library_close(lib);
}

static void without_folders_there_are_none(void **state)
{
    (void)state;
    size_t count;
    struct library *lib = opened(NULL);
    library_rules(lib, &count);
    assert_int_equal(count, 0);
    library_lexicons(lib, &count);
    assert_int_equal(count, 0);
    assert_int_equal(library_rule_problems(lib)->count, 0);
    library_close(lib);
}

/* Among the user's banks a rule would never be read. */
static void a_rule_among_the_banks_is_told(void **state)
{
    (void)state;
    struct err err = ERR_INIT;
    struct library *lib;
    put_rule("banks/a.yaml", "alpha", "Lost");
    struct library_sources sources = {.user = arena_printf(&arena, "%s/banks", folder)};
    assert_true(library_open(&lib, &sources, &err));
    assert_int_equal(library_problems(lib)->count, 1);
    assert_non_null(strstr(library_problems(lib)->at[0].text, "move it there"));
    library_close(lib);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(a_rule_has_all_its_fields),
        TEST(a_rule_that_finds_needs_little),
        TEST(a_lexicon_has_all_its_fields),
        TEST(what_a_rule_holds_makes_its_hash),
        TEST(the_users_rules_come_after_the_shipped_ones),
        TEST(a_broken_rule_leaves_the_others),
        TEST(a_rule_names_principles_that_there_are),
        TEST(words_come_from_several_files),
        TEST(without_folders_there_are_none),
        TEST(a_rule_among_the_banks_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
