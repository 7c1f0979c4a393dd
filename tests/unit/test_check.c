#include "support/unit.h"

#include "bank/item.h"
#include "pmprep/bank/bank.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <dirent.h>
#include <unistd.h>

/*
 * tests/fixtures/yaml/refuse holds one file for each thing that is refused. Its first lines, "# expect LINE:COL TEXT",
 * are all the problems there are. The files of accept have none.
 */

static struct arena arena;

static int release_arena(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const char *fixtures(const char *folder)
{
    const char *root = getenv("PMPREP_FIXTURES");
    return arena_printf(&arena, "%s/yaml/%s", root ? root : "tests/fixtures", folder);
}

static const char *shipped(void)
{
    const char *data = getenv("PMPREP_DATA");
    return data ? data : "data";
}

/* The YAML files of a folder; at least one. */
static struct strings files_of(const char *folder)
{
    struct strings list = {arena_array(&arena, 1000, sizeof(const char *)), 0};
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) && list.count < 1000) {
        if (strstr(entry->d_name, ".yaml")) {
            list.at[list.count++] = arena_printf(&arena, "%s/%s", folder, entry->d_name);
        }
    }
    closedir(dir);
    assert_true(list.count > 0);
    return list;
}

static struct problems checked(const char *path)
{
    struct problems p;
    struct err err = ERR_INIT;
    problems_init(&p, &arena);
    bool clean = check_file(path, shipped(), &p, &err);
    assert_int_equal(err.code, ERR_NONE);
    assert_int_equal(clean, p.count == 0);
    return p;
}

static void print_all(const struct problems *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct problem *one = &p->at[i];
        print_error("%s:%u:%u: %s\n", one->place.file, one->place.line, one->place.column, one->text);
    }
}

static bool has_problem(const struct problems *p, const char *path, unsigned line, unsigned column, struct sv text)
{
    const char *part = arena_sv(&arena, text);
    for (size_t i = 0; i < p->count; i++) {
        const struct problem *one = &p->at[i];
        if (one->place.line == line && one->place.column == column && strstr(one->text, part) &&
            strcmp(one->place.file, path) == 0) {
            return true;
        }
    }
    return false;
}

/* Cuts "# expect LINE:COL TEXT". */
static bool next_expectation(struct sv *rest, long *line, long *column, struct sv *text)
{
    struct sv whole;
    struct sv number;
    if (!sv_starts(*rest, "# expect ") || !sv_split(rest, '\n', &whole)) {
        return false;
    }
    *text = sv_sub(whole, strlen("# expect "), whole.len);
    assert_true(sv_split(text, ':', &number) && sv_int(number, 1, 1000, line));
    assert_true(sv_split(text, ' ', &number) && sv_int(number, 1, 1000, column));
    return true;
}

static size_t check_expectations(const char *path)
{
    struct buf content = BUF_INIT;
    struct err err = ERR_INIT;
    struct problems p = checked(path);
    size_t wrong = 0;
    size_t expected = 0;
    assert_true(file_read(path, 1 << 20, &content, &err));
    struct sv rest = buf_sv(&content);
    struct sv text;
    long line;
    long column;
    for (; next_expectation(&rest, &line, &column, &text); expected++) {
        if (!has_problem(&p, path, (unsigned)line, (unsigned)column, text)) {
            print_error("%s: not found: %ld:%ld " SV_FMT "\n", path, line, column, SV_ARG(text));
            wrong++;
        }
    }
    if (expected == 0 || expected != p.count || wrong > 0) {
        print_error("%s: %zu problems, %zu expected\n", path, p.count, expected);
        print_all(&p);
        wrong++;
    }
    problems_release(&p);
    buf_release(&content);
    return wrong;
}

static void every_refusal_names_its_place(void **state)
{
    (void)state;
    struct strings files = files_of(fixtures("refuse"));
    size_t wrong = 0;
    for (size_t i = 0; i < files.count; i++) {
        wrong += check_expectations(files.at[i]);
    }
    assert_int_equal(wrong, 0);
}

static void sound_files_have_no_problem(void **state)
{
    (void)state;
    static const char *const folders[] = {"banks",     "rubrics", "principles", "loops",
                                          "templates", "plans",   "rules",      "words"};
    enum { FOLDERS = sizeof(folders) / sizeof(folders[0]) };
    size_t wrong = 0;
    for (size_t f = 0; f <= FOLDERS; f++) {
        struct strings files =
            files_of(f < FOLDERS ? arena_printf(&arena, "%s/%s", shipped(), folders[f]) : fixtures("accept"));
        for (size_t i = 0; i < files.count; i++) {
            struct problems p = checked(files.at[i]);
            print_all(&p);
            wrong += p.count;
            problems_release(&p);
        }
    }
    assert_int_equal(wrong, 0);
}

static void an_id_is_followed_across_files(void **state)
{
    (void)state;
    struct checker *c = checker_new(shipped());
    struct problems p;
    struct err err = ERR_INIT;
    enum file_kind kind;
    const char *path = arena_printf(&arena, "%s/minimal.yaml", fixtures("accept"));
    problems_init(&p, &arena);
    assert_true(checker_file(c, path, &kind, &p, &err));
    assert_int_equal(kind, FILE_BANK);
    assert_false(checker_file(c, path, NULL, &p, &err));
    assert_int_equal(p.count, 1);
    assert_true(has_problem(&p, path, 5, 3, SV("the id \"one\" is used twice in the bank \"minimal\"")));
    assert_true(checker_file(c, arena_printf(&arena, "%s/rubric.yaml", fixtures("accept")), &kind, &p, &err));
    assert_int_equal(kind, FILE_RUBRIC);
    problems_release(&p);
    checker_free(c);
}

static void without_shipped_data_references_are_not_checked(void **state)
{
    (void)state;
    struct problems p;
    struct err err = ERR_INIT;
    problems_init(&p, &arena);
    assert_true(check_file(arena_printf(&arena, "%s/unknown-principle.yaml", fixtures("refuse")), NULL, &p, &err));
    assert_true(check_file(arena_printf(&arena, "%s/score-outside-the-rubric.yaml", fixtures("refuse")), "/nonexistent",
                           &p, &err));
    problems_release(&p);
}

static void a_file_that_is_not_there_is_no_problem_of_content(void **state)
{
    (void)state;
    struct problems p;
    struct err err = ERR_INIT;
    problems_init(&p, &arena);
    assert_false(check_file("/nonexistent/x.yaml", shipped(), &p, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_int_equal(p.count, 0);
    err = (struct err)ERR_INIT;
    assert_false(check_file("/", shipped(), &p, &err));
    assert_int_equal(err.code, ERR_IO);
    problems_release(&p);
}

/* The JSON Schema files are compared with the same list by tests/cli/schema_test.sh. */
static void the_tables_have_the_keys_that_are_written_down(void **state)
{
    (void)state;
    struct buf described = BUF_INIT;
    struct buf written = BUF_INIT;
    struct err err = ERR_INIT;
    schema_describe(&bank_schema, "bank", &described);
    schema_describe(&rubric_schema, "rubric", &described);
    schema_describe(&principles_schema, "principles", &described);
    schema_describe(&loop_schema, "loop", &described);
    schema_describe(&template_schema, "template", &described);
    schema_describe(&plan_schema, "plan", &described);
    schema_describe(&deck_schema, "deck", &described);
    schema_describe(&rule_schema, "rule", &described);
    schema_describe(&lexicon_schema, "words", &described);
    assert_true(file_read(fixtures("keys.txt"), 1 << 20, &written, &err));
    assert_string_equal(buf_str(&described), buf_str(&written));
    buf_release(&described);
    buf_release(&written);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_names_its_place),
        cmocka_unit_test(sound_files_have_no_problem),
        cmocka_unit_test(an_id_is_followed_across_files),
        cmocka_unit_test(without_shipped_data_references_are_not_checked),
        cmocka_unit_test(a_file_that_is_not_there_is_no_problem_of_content),
        cmocka_unit_test(the_tables_have_the_keys_that_are_written_down),
    };
    return cmocka_run_group_tests(tests, NULL, release_arena);
}
