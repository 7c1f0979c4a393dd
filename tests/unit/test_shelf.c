#include "support/unit.h"

#include "pmprep/bank/library.h"
#include "pmprep/base/fileio.h"

#include <ftw.h>
#include <unistd.h>

/* Loops, templates and checklists: every field out of the fixture, and the library's shelves. */

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

static const char *shipped(void)
{
    const char *data = getenv("PMPREP_DATA");
    return data ? data : "data";
}

static struct sv fixture(const char *name)
{
    const char *root = getenv("PMPREP_FIXTURES");
    struct buf text = BUF_INIT;
    struct err err = ERR_INIT;
    assert_true(file_read(arena_printf(&arena, "%s/yaml/accept/%s", root ? root : "tests/fixtures", name), 1 << 20,
                          &text, &err));
    struct sv copy = {arena_sv(&arena, buf_sv(&text)), text.len};
    buf_release(&text);
    return copy;
}

static void a_loop_has_all_its_fields(void **state)
{
    (void)state;
    struct mock_loop loop;
    assert_true(loop_parse(fixture("loop.yaml"), "x", &arena, &loop, &problems));
    assert_string_equal(loop.id, "small-loop");
    assert_int_equal(loop.source, SOURCE_PUBLIC);
    assert_string_equal(loop.about, "Two stages.");
    assert_int_equal(loop.minutes, 50);
    assert_int_equal(loop.claim_count, 2);
    assert_string_equal(loop.claims[0].from, "A page");
    assert_int_equal(loop.claims[0].source, SOURCE_PUBLIC);
    assert_string_equal(loop.claims[1].from, "");
    assert_int_equal(loop.vote.scale.count, VOTE_COUNT);
    assert_string_equal(loop.vote.scale.at[VOTE_INCLINED_LOWER], "inclined-one-level-lower");
    assert_true(loop.vote.per_principle && loop.vote.bar_raiser_consents);
    assert_int_equal(loop.vote.decides, DECIDER_HIRING_MANAGER);
    assert_int_equal(loop.vote.min_minutes, 8);
    assert_int_equal(loop.vote.raises_to_offset, 3);
    assert_int_equal(loop.stage_count, 2);
    const struct mock_stage *talk = &loop.stages[0];
    assert_string_equal(talk->interviewer, "A manager");
    assert_int_equal(talk->principles.count, 2);
    assert_int_equal(talk->draw, 1);
    assert_string_equal(talk->families.at[1], "metrics");
    assert_string_equal(talk->template_id, "");
    assert_int_equal(talk->probes, PROBES_DIGGING);
    assert_true(talk->bar_raiser);
    assert_string_equal(talk->interruptions.at[0], "So what?");
    assert_int_equal(talk->part_count, 5);
    assert_string_equal(talk->parts[1].name, "Principle");
    assert_int_equal(talk->parts[1].asks, PART_PRINCIPLES);
    assert_int_equal(talk->parts[3].minutes, 10);
    assert_string_equal(loop.stages[1].template_id, "press-release");
    assert_int_equal(loop.stages[1].probes, PROBES_SILENT);
    assert_false(loop.stages[1].bar_raiser);
}

static void a_template_has_all_its_fields(void **state)
{
    (void)state;
    struct template page;
    assert_true(template_parse(fixture("template.yaml"), "x", &arena, &page, &problems));
    assert_string_equal(page.id, "small-page");
    assert_int_equal(page.source, SOURCE_ARTICLES);
    assert_int_equal(page.minutes, 10);
    assert_int_equal(page.max_words, 60);
    assert_int_equal(page.max_characters, 500);
    assert_true(page.prose_only);
    assert_int_equal(page.phase_count, 2);
    assert_string_equal(page.phases[1].name, "Write");
    assert_int_equal(page.section_count, 2);
    assert_string_equal(page.sections[0].title, "Pain");
    assert_int_equal(page.sections[0].minutes, 5);
    assert_int_equal(page.sections[0].max_words, 30);
    assert_int_equal(page.sections[0].checks.count, 2);
    assert_true(page.sections[0].required);
    assert_false(page.sections[1].required);
    assert_string_equal(page.checks.at[0], "short-sentences");
}

static void a_checklist_has_all_its_fields(void **state)
{
    (void)state;
    struct checklist list;
    assert_true(checklist_parse(fixture("checklist.yaml"), "x", &arena, &list, &problems));
    assert_string_equal(list.id, "small-list");
    assert_int_equal(list.item_count, 2);
    assert_int_equal(list.items[0].source, SOURCE_JUDGEMENT);
    assert_int_equal(list.items[1].source, SOURCE_ARTICLES);
    assert_int_equal(list.items[0].when_count, CONDITION_COUNTS);
    const struct condition *answers = &list.items[0].when[0];
    assert_int_equal(answers->count, COUNT_ANSWERS);
    assert_int_equal(answers->at_least, 2);
    assert_string_equal(answers->kinds.at[1], "case");
    assert_string_equal(answers->families.at[0], "failure");
    assert_string_equal(answers->principles.at[0], "ownership");
    assert_string_equal(answers->items.at[0], "behavioural/owned-a-miss");
    assert_string_equal(answers->dimension, "decision");
    assert_int_equal(answers->min_level, 4);
    assert_int_equal(answers->different, DIFFERENT_STORY);
    assert_string_equal(answers->each, "principle");
    const struct condition *when = list.items[0].when;
    assert_int_equal(when[1].count, COUNT_STORIES);
    assert_int_equal(when[1].with.count, 2);
    assert_int_equal(when[1].different, DIFFERENT_ANY);
    assert_string_equal(when[2].template_id, "press-release");
    assert_int_equal(when[2].within, 40);
    assert_string_equal(when[3].loop_id, "phone-screen");
    assert_int_equal(when[4].at_least, 14);
    assert_int_equal(when[5].count, COUNT_NOTES);
    assert_int_equal(when[5].at_least, 1);
    assert_string_equal(when[5].ask, "Who is it?");
    assert_string_equal(list.items[1].when[0].loop_id, "");
}

static void every_check_has_a_known_flaw_or_none(void **state)
{
    (void)state;
    for (int i = 0; i < TEXT_CHECKS; i++) {
        assert_string_equal(text_checks[i].id, text_check_words.names[i]);
        assert_true(*text_checks[i].gloss);
        assert_true(!*text_checks[i].flaw || flaw_find(sv_from(text_checks[i].flaw)));
    }
}

static struct library *opened(const char *user)
{
    struct library *lib;
    struct err err = ERR_INIT;
    struct library_sources sources = {.shipped = shipped(), .user = user};
    if (!library_open(&lib, &sources, &err)) {
        fail_msg("%s", err.text);
    }
    return lib;
}

static void the_library_has_the_shipped_ones(void **state)
{
    (void)state;
    struct library *lib = opened(NULL);
    size_t count;
    const struct mock_loop *loops = library_loops(lib, &count);
    assert_true(count >= 8);
    for (size_t i = 1; i < count; i++) {
        assert_true(strcmp(loops[i - 1].id, loops[i].id) < 0);
    }
    assert_int_equal(library_loop(lib, "five-interviews")->stage_count, 5);
    assert_null(library_loop(lib, "six-interviews"));
    assert_non_null(library_templates(lib, &count));
    assert_true(count >= 9);
    assert_int_equal(library_template(lib, "press-release")->minutes, 40);
    assert_null(library_template(lib, "sonnet"));
    assert_true(library_checklist(lib, "checklist")->item_count >= 14);
    assert_null(library_checklist(lib, "shopping"));
    library_close(lib);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static void write_user(const char *folder, const char *name, struct sv text)
{
    struct err err = ERR_INIT;
    assert_true(file_write_atomic(arena_printf(&arena, "%s/%s", folder, name), text, &err));
}

/* One of the user's has the id of a shipped one, one has a problem. */
static void a_loop_of_the_user_replaces_the_shipped_one(void **state)
{
    (void)state;
    struct buf folder = BUF_INIT;
    struct err err = ERR_INIT;
    size_t count;
    struct library *lib = opened(NULL);
    library_loops(lib, &count);
    size_t shipped_count = count;
    library_close(lib);
    assert_true(file_temp_dir(&folder, &err));
    const char *user = buf_str(&folder);
    const char *own = fixture("loop.yaml").data;
    const char *rest = strchr(strstr(own, "loop: small-loop"), '\n');
    write_user(user, "a.yaml", sv_from(arena_printf(&arena, "loop: phone-screen%s", rest)));
    write_user(user, "b.yaml", fixture("loop.yaml"));
    write_user(user, "c.yaml", SV("loop: broken\n"));
    lib = opened(user);
    library_loops(lib, &count);
    assert_int_equal(count, shipped_count + 1);
    assert_string_equal(library_loop(lib, "phone-screen")->about, "Two stages.");
    assert_non_null(library_loop(lib, "small-loop"));
    assert_null(library_loop(lib, "broken"));
    assert_true(library_problems(lib)->count > 0);
    assert_non_null(strstr(library_problems(lib)->at[0].place.file, "c.yaml"));
    library_close(lib);
    nftw(user, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    buf_release(&folder);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(a_loop_has_all_its_fields),        TEST(a_template_has_all_its_fields),
        TEST(a_checklist_has_all_its_fields),   TEST(every_check_has_a_known_flaw_or_none),
        TEST(the_library_has_the_shipped_ones), TEST(a_loop_of_the_user_replaces_the_shipped_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
