#include "support/unit.h"

#include "pmprep/base/arena.h"
#include "pmprep/base/mem.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs body in a child; answers its wait status and what it wrote on standard error. */
static int run_child(void (*body)(void), char *out, size_t room)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        body();
        _exit(0);
    }
    close(ends[1]);
    size_t len = 0;
    for (ssize_t got; len + 1 < room && (got = read(ends[0], out + len, room - len - 1)) > 0;) {
        len += (size_t)got;
    }
    out[len] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void restore(void)
{
    fputs("[restored]", stderr);
}

static void restore_badly(void)
{
    fatal("the hook failed");
}

static void die(void)
{
    fatal_set_hook(restore);
    fatal("no %s", "luck\x1b[2J\xFF");
}

static void die_in_the_hook(void)
{
    fatal_set_hook(restore_badly);
    fatal("first");
}

static void ask_for_too_much(void)
{
    fatal_set_hook(restore);
    free(mem_calloc(SIZE_MAX / 2, 3));
}

static void ask_the_arena_for_too_much(void)
{
    struct arena a = ARENA_INIT;
    arena_array(&a, SIZE_MAX / 2, 3);
}

static void expect_abort(void (*body)(void), const char *said)
{
    char out[512];
    int status = run_child(body, out, sizeof(out));
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_non_null(strstr(out, said));
}

static void fatal_restores_says_and_aborts(void **state)
{
    (void)state;
    expect_abort(die, "[restored]pmprep: no luck?[2J?\n");
    expect_abort(die_in_the_hook, "pmprep: the hook failed\n");
}

static void products_that_overflow_are_fatal(void **state)
{
    (void)state;
    expect_abort(ask_for_too_much, "[restored]pmprep: out of memory");
    expect_abort(ask_the_arena_for_too_much, "pmprep: out of memory");
}

static void fail_the_third(void)
{
    setenv("PMPREP_TEST_OOM", "3", 1);
    fatal_set_hook(restore);
    char *first = mem_strdup("a");
    char *second = mem_calloc(1, 1);
    fputs("two went well ", stderr);
    free(mem_realloc_array(first, 2, 1));
    free(second);
}

/* First in the list: the hook counts from the first allocation of a process. */
static void the_nth_allocation_can_be_made_to_fail(void **state)
{
    (void)state;
#ifdef PMPREP_TEST_HOOKS
    expect_abort(fail_the_third, "two went well [restored]pmprep: out of memory\n");
#else
    char out[512];
    int status = run_child(fail_the_third, out, sizeof(out));
    assert_true(WIFEXITED(status)); /* a release ignores the variable */
#endif
}

static void copies_are_terminated(void **state)
{
    (void)state;
    char *all = mem_strdup("");
    assert_string_equal(all, "");
    char *part = mem_strndup("abcdef", 3);
    assert_string_equal(part, "abc");
    char *none = mem_strndup(NULL, 0);
    assert_string_equal(none, "");
    free(all);
    free(part);
    free(none);
}

static void zero_sizes_give_something_to_free(void **state)
{
    (void)state;
    void *a = mem_alloc(0), *b = mem_calloc(0, 8), *c = mem_realloc_array(NULL, 0, 8);
    assert_true(a && b && c);
    free(a);
    free(b);
    free(c);
}

static void growth_doubles_and_keeps(void **state)
{
    (void)state;
    int *numbers = NULL;
    size_t cap = 0;
    unsigned moves = 0;
    for (size_t i = 0; i < 10000; i++) {
        size_t before = cap;
        mem_grow((void **)&numbers, &cap, i + 1, sizeof(*numbers));
        moves += cap != before;
        numbers[i] = (int)i;
    }
    assert_true(cap >= 10000);
    assert_true(moves <= 12);
    assert_int_equal(numbers[0], 0);
    assert_int_equal(numbers[9999], 9999);
    free(numbers);
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    for (size_t size = 0; size < 300; size += 7) {
        unsigned char *p = arena_alloc(&a, size);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xFF, size);
    }
    arena_reset(&a);
    assert_int_equal(a.used, 0);
    unsigned char *again = arena_alloc(&a, 64);
    for (size_t i = 0; i < 64; i++) {
        assert_int_equal(again[i], 0);
    }
    arena_release(&a);
    assert_null(a.head);
}

static void arena_pointers_survive_growth(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    char *first = arena_strdup(&a, "first");
    char *big = arena_alloc(&a, 3 << 20); /* larger than any shared block */
    big[(3 << 20) - 1] = 'x';
    char *after = arena_printf(&a, "%s-%d", "after", 7);
    for (int i = 0; i < 5000; i++) {
        arena_strndup(&a, "filling", 4);
    }
    assert_string_equal(first, "first");
    assert_string_equal(after, "after-7");
    assert_string_equal(arena_sv(&a, SV("sv")), "sv");
    assert_string_equal(arena_sv(&a, (struct sv){NULL, 0}), "");
    assert_true(a.used > 3 << 20);
    arena_release(&a);
}

static void reset_keeps_the_largest_block(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    arena_reset(&a); /* empty */
    arena_alloc(&a, 100);
    arena_alloc(&a, 1 << 21);
    arena_alloc(&a, 100);
    arena_reset(&a);
    struct arena_block *kept = a.head;
    assert_non_null(kept);
    arena_alloc(&a, 1 << 20);
    assert_ptr_equal(a.head, kept);
    arena_release(&a);
}

static void an_array_grows_in_an_arena(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    void *first = NULL;
    void *second = NULL;
    size_t rooms[2] = {0, 0};
    char *between = NULL;
    for (unsigned i = 0; i < 5000; i++) {
        arena_grow(&a, &first, &rooms[0], i + 1, sizeof(unsigned));
        arena_grow(&a, &second, &rooms[1], i + 1, sizeof(unsigned));
        ((unsigned *)first)[i] = i;
        ((unsigned *)second)[i] = i * 2;
        between = i == 2500 ? arena_strdup(&a, "between") : between;
    }
    for (unsigned i = 0; i < 5000; i++) {
        assert_int_equal(((unsigned *)first)[i], i);
        assert_int_equal(((unsigned *)second)[i], i * 2);
    }
    assert_string_equal(between, "between");
    arena_reset(&a);
    assert_string_equal(arena_strdup(&a, "again"), "again");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nth_allocation_can_be_made_to_fail),
        cmocka_unit_test(fatal_restores_says_and_aborts),
        cmocka_unit_test(products_that_overflow_are_fatal),
        cmocka_unit_test(copies_are_terminated),
        cmocka_unit_test(zero_sizes_give_something_to_free),
        cmocka_unit_test(growth_doubles_and_keeps),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_pointers_survive_growth),
        cmocka_unit_test(an_array_grows_in_an_arena),
        cmocka_unit_test(reset_keeps_the_largest_block),
    };
    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
