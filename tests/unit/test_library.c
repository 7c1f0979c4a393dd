#include "support/unit.h"

#include "support/libfix.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <unistd.h>

static void items_are_found_by_key_and_whole(void **state)
{
    struct libfix *w = *state;
    struct item item;
    struct err err = ERR_INIT;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    struct library *lib = libfix_open(w);
    assert_true(library_item(lib, "mine/first", &w->arena, &item, &err));
    assert_string_equal(item.key, "mine/first");
    assert_string_equal(item.bank, "mine");
    assert_string_equal(item.prompt, "Tell me about the first.");
    assert_int_equal(item.principles.count, 2);
    assert_string_equal(item.principles.at[1], "earn-trust");
    assert_int_equal(item.family, FAMILY_GENERAL);
    assert_int_equal(item.probe_count, 1);
    assert_string_equal(item.probes[0].flaw, "no-number");
    assert_true(item.core);
    assert_string_equal(item.place.file, libfix_join(w, w->user, "a.yaml"));
    assert_int_equal(item.place.line, 5);
    assert_int_equal(item.place.column, 5);
    assert_true(library_item(lib, "mine/second", &w->arena, &item, &err));
    assert_string_equal(item.title, "Sales fell by a tenth overnight.");
    assert_int_equal(item.place.line, 18);
    assert_true(library_item(lib, "mine/third", &w->arena, &item, &err));
    assert_int_equal(item.kind, KIND_TRANSITION);
    assert_int_equal(item.family, FAMILY_WHY_PM);
    library_close(lib);
}

static void former_keys_lead_to_the_item(void **state)
{
    struct libfix *w = *state;
    struct item_meta meta;
    struct err err = ERR_INIT;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    struct library *lib = libfix_open(w);
    assert_string_equal(libfix_title(lib, w, "mine/once"), "The first one");
    assert_string_equal(libfix_title(lib, w, "other/twice"), "The first one");
    assert_true(library_meta(lib, "mine/once", &w->arena, &meta, &err));
    assert_string_equal(meta.key, "mine/first");
    assert_string_equal(library_present(lib, "mine/once"), "mine/first");
    assert_null(library_present(lib, "mine/first"));
    library_close(lib);
}

static void a_key_in_use_again_is_no_former_one(void **state)
{
    struct libfix *w = *state;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    libfix_write(libfix_join(w, w->user, "b.yaml"),
                 "bank: other\ntitle: Others\nitems:\n"
                 "  - {id: twice, kind: transition, difficulty: 1, prompt: Why again}\n");
    struct library *lib = libfix_open(w);
    assert_null(library_present(lib, "other/twice"));
    assert_string_equal(libfix_title(lib, w, "other/twice"), "Why again");
    assert_string_equal(library_present(lib, "mine/once"), "mine/first");
    library_close(lib);
}

static void unknown_keys_suggest_the_nearest(void **state)
{
    struct libfix *w = *state;
    struct item item;
    struct item_meta meta;
    struct err err = ERR_INIT;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    struct library *lib = libfix_open(w);
    assert_false(library_item(lib, "mine/secnod", &w->arena, &item, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "mine/second"));
    assert_false(library_meta(lib, "third", &w->arena, &meta, &err));
    assert_non_null(strstr(err.text, "mine/third"));
    assert_false(library_item(lib, "zzzzzz/qqqqqqqqq", &w->arena, &item, &err));
    assert_null(strstr(err.text, "did you mean"));
    library_close(lib);
}

static void lists_carry_what_selection_needs(void **state)
{
    struct libfix *w = *state;
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    size_t count;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    struct library *lib = libfix_open(w);
    assert_true(filter_parse_line(SV("bank:mine"), 0, 0, &w->arena, &f, &err));
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    assert_int_equal(count, 3);
    assert_string_equal(list[0].key, "mine/first");
    assert_string_equal(list[0].bank, "mine");
    assert_string_equal(list[0].title, "The first one");
    assert_int_equal(list[0].principles.count, 2);
    assert_int_equal(list[0].flaws.count, 1);
    assert_string_equal(list[0].flaws.at[0], "no-number");
    assert_int_equal(list[0].minutes, 4);
    assert_true(list[0].core);
    assert_int_equal(list[1].kind, KIND_CASE);
    assert_int_equal(list[1].difficulty, 3);
    assert_int_equal(list[2].principles.count, 0);
    struct item item;
    assert_true(library_item(lib, "mine/first", &w->arena, &item, &err));
    assert_true(item.revision == list[0].revision);
    assert_int_equal(libfix_count(lib, w, "bank:mine kind:case"), 1);
    assert_int_equal(libfix_count(lib, w, "bank:mine -core:yes"), 2);
    assert_int_equal(libfix_count(lib, w, "bank:nothing"), 0);
    library_close(lib);
}

static void the_shipped_content_is_there(void **state)
{
    struct libfix *w = *state;
    size_t count;
    struct library *lib = libfix_open(w);
    for (size_t i = 0; i < library_problems(lib)->count; i++) {
        const struct problem *p = &library_problems(lib)->at[i];
        fail_msg("%s:%u:%u: %s", p->place.file, p->place.line, p->place.column, p->text);
    }
    const struct principle *principles = library_principles(lib, &count);
    assert_int_equal(count, 16);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(principles[i].order, i + 1);
        assert_true(principles[i].strong.count >= 3);
    }
    assert_string_equal(library_principle(lib, "dive-deep")->name, "Dive Deep");
    assert_null(library_principle(lib, "dive"));
    for (int f = FAMILY_GENERAL; f < FAMILY_COUNT; f++) {
        const struct rubric *rubric = library_rubric_for(lib, (enum family)f);
        assert_non_null(rubric);
        assert_true(rubric->dimension_count > 0);
        assert_true(strlen(rubric->dimensions[0].anchor[LEVELS - 1]) > 0);
        assert_in_range(rubric->dimensions[0].bar_l5, 1, 5);
    }
    assert_null(library_rubric(lib, "nosuch"));
    const struct bank_info *banks = library_banks(lib, &count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_false(banks[i].user);
        assert_true(i == 0 || strcmp(banks[i - 1].name, banks[i].name) < 0);
    }
    library_close(lib);
}

/* Every item reads back from its own lines as the whole file gave it. */
static void every_shipped_item_reads_back(void **state)
{
    struct libfix *w = *state;
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    size_t count;
    struct library *lib = libfix_open(w);
    filter_init(&f);
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    assert_true(count > 50);
    for (size_t i = 0; i < count; i++) {
        struct item item;
        if (!library_item(lib, list[i].key, &w->arena, &item, &err)) {
            fail_msg("%s: %s", list[i].key, err.text);
        }
        assert_string_equal(item.key, list[i].key);
        assert_string_equal(item.title, list[i].title);
        assert_true(item.revision == list[i].revision);
    }
    library_close(lib);
}

static void several_files_make_one_bank(void **state)
{
    struct libfix *w = *state;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    libfix_write(libfix_join(w, w->user, "b.yaml"),
                 "bank: mine\ntitle: Ignored\nitems:\n"
                 "  - {id: fourth, kind: case, family: strategy, difficulty: 1, prompt: x}\n");
    struct library *lib = libfix_open(w);
    const struct bank_info *bank = libfix_bank(lib, "mine");
    assert_non_null(bank);
    assert_true(bank->user);
    assert_string_equal(bank->title, "My questions");
    assert_string_equal(bank->path, libfix_join(w, w->user, "a.yaml"));
    assert_int_equal(bank->items[KIND_BEHAVIOURAL], 1);
    assert_int_equal(bank->items[KIND_CASE], 2);
    assert_int_equal(bank->items[KIND_TRANSITION], 1);
    assert_string_equal(libfix_title(lib, w, "mine/fourth"), "x");
    library_close(lib);
}

static void an_id_used_twice_leaves_the_second_file_out(void **state)
{
    struct libfix *w = *state;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    libfix_write(libfix_join(w, w->user, "b.yaml"),
                 "bank: mine\ntitle: More\nitems:\n"
                 "  - {id: new, kind: case, family: strategy, difficulty: 1, prompt: x}\n"
                 "  - {id: first, kind: case, family: strategy, difficulty: 1, prompt: x}\n");
    struct library *lib = libfix_open(w);
    assert_int_equal(library_problems(lib)->count, 1);
    assert_int_equal(library_problems(lib)->at[0].place.line, 5);
    assert_string_equal(libfix_title(lib, w, "mine/first"), "The first one");
    assert_string_equal(libfix_title(lib, w, "mine/new"), "");
    library_close(lib);
}

static void a_bank_of_the_user_replaces_the_shipped_one_whole(void **state)
{
    struct libfix *w = *state;
    size_t count;
    struct library *lib = libfix_open(w);
    const char *shipped = arena_strdup(&w->arena, library_banks(lib, &count)[0].name);
    library_close(lib);
    libfix_write(libfix_join(w, w->user, "a.yaml"),
                 arena_printf(&w->arena,
                              "bank: %s\ntitle: Ours\nitems:\n"
                              "  - {id: only, kind: case, family: metrics, difficulty: 1, prompt: x}\n",
                              shipped));
    lib = libfix_open(w);
    const struct bank_info *bank = libfix_bank(lib, shipped);
    assert_string_equal(bank->title, "Ours");
    assert_true(bank->user);
    assert_int_equal(libfix_count(lib, w, arena_printf(&w->arena, "bank:%s", shipped)), 1);
    library_close(lib);
    libfix_write(libfix_join(w, w->user, "a.yaml"),
                 arena_printf(&w->arena, "bank: %s\ntitle: Ours\nitems: broken\n", shipped));
    lib = libfix_open(w);
    assert_false(libfix_bank(lib, shipped)->user);
    assert_int_equal(library_problems(lib)->count, 1);
    library_close(lib);
}

static void an_extra_bank_replaces_both_and_has_its_own_cache(void **state)
{
    struct libfix *w = *state;
    const char *extra = libfix_join(w, w->root, "extra.yaml");
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    libfix_write(extra, "bank: mine\ntitle: Extra\nitems:\n"
                        "  - {id: only, kind: case, family: metrics, difficulty: 1, prompt: x}\n");
    struct library_sources sources = libfix_sources(w);
    sources.extra = &extra;
    sources.extra_count = 1;
    struct library *lib = libfix_open_with(&sources);
    assert_string_equal(libfix_bank(lib, "mine")->title, "Extra");
    assert_int_equal(libfix_count(lib, w, "bank:mine"), 1);
    assert_string_equal(libfix_title(lib, w, "mine/first"), "");
    library_close(lib);
    lib = libfix_open(w);
    assert_string_equal(libfix_title(lib, w, "mine/first"), "The first one");
    library_close(lib);
}

static void a_rubric_of_the_user_replaces_the_shipped_one(void **state)
{
    struct libfix *w = *state;
    libfix_write(libfix_join(w, w->user, "a.yaml"),
                 "rubric: behavioural\ntitle: Ours\ndimensions:\n  - id: only\n    name: Only\n"
                 "    anchors: [a, b, c, d, e]\n    bar: {L5: 3, L6: 4}\n");
    struct library *lib = libfix_open(w);
    const struct rubric *rubric = library_rubric_for(lib, FAMILY_FAILURE);
    assert_string_equal(rubric->title, "Ours");
    assert_int_equal(rubric->dimension_count, 1);
    assert_string_equal(rubric->dimensions[0].anchor[4], "e");
    assert_int_equal(rubric->dimensions[0].bar_l6, 4);
    library_close(lib);
}

static void a_broken_file_leaves_the_others(void **state)
{
    struct libfix *w = *state;
    libfix_write(libfix_join(w, w->user, "a.yaml"),
                 "bank: bad\ntitle: Bad\nitems:\n"
                 "  - {id: fine, kind: case, family: metrics, difficulty: 1, prompt: x}\n"
                 "  - {id: wrong, kind: case, family: metrics, difficulty: 9, prompt: x}\n");
    libfix_write(libfix_join(w, w->user, "b.yaml"), libfix_text);
    libfix_write(libfix_join(w, w->user, "c.yaml"), "lap: x\n");
    for (int start = 0; start < 2; start++) {
        struct library *lib = libfix_open(w);
        assert_int_equal(library_problems(lib)->count, 2);
        const struct problem *p = &library_problems(lib)->at[1];
        assert_string_equal(p->place.file, libfix_join(w, w->user, "a.yaml"));
        assert_int_equal(p->place.line, 5);
        assert_null(libfix_bank(lib, "bad"));
        assert_string_equal(libfix_title(lib, w, "bad/fine"), "");
        assert_string_equal(libfix_title(lib, w, "mine/first"), "The first one");
        library_close(lib);
    }
}

static void names_of_a_filter_are_checked(void **state)
{
    struct libfix *w = *state;
    struct filter f;
    struct err err = ERR_INIT;
    libfix_write(libfix_join(w, w->user, "a.yaml"), libfix_text);
    struct library *lib = libfix_open(w);
    assert_true(filter_parse_line(SV("principle:ownership -bank:mine"), 0, 0, &w->arena, &f, &err));
    assert_true(library_check_filter(lib, &f, &err));
    assert_true(filter_parse_line(SV("principle:ownershp"), 0, 0, &w->arena, &f, &err));
    assert_false(library_check_filter(lib, &f, &err));
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.text, "did you mean ownership?"));
    assert_true(filter_parse_line(SV("bank:mime"), 0, 0, &w->arena, &f, &err));
    assert_false(library_check_filter(lib, &f, &err));
    assert_non_null(strstr(err.text, "did you mean mine?"));
    library_close(lib);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, libfix_setup, libfix_teardown)
    static const struct CMUnitTest tests[] = {
        TEST(items_are_found_by_key_and_whole),
        TEST(former_keys_lead_to_the_item),
        TEST(a_key_in_use_again_is_no_former_one),
        TEST(unknown_keys_suggest_the_nearest),
        TEST(lists_carry_what_selection_needs),
        TEST(the_shipped_content_is_there),
        TEST(every_shipped_item_reads_back),
        TEST(several_files_make_one_bank),
        TEST(an_id_used_twice_leaves_the_second_file_out),
        TEST(a_bank_of_the_user_replaces_the_shipped_one_whole),
        TEST(an_extra_bank_replaces_both_and_has_its_own_cache),
        TEST(a_rubric_of_the_user_replaces_the_shipped_one),
        TEST(a_broken_file_leaves_the_others),
        TEST(names_of_a_filter_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
