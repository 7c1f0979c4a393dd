/* What only tests may do is not in the program that people get. */

#include "support/unit.h"

#include "pmprep/base/fileio.h"

#include <stdlib.h>
#include <string.h>

static bool holds(const struct buf *program, const char *text)
{
    size_t len = strlen(text);
    for (const char *at = program->data, *end = at + program->len;
         (at = memchr(at, text[0], (size_t)(end - at))) && (size_t)(end - at) >= len; at++)
        if (memcmp(at, text, len) == 0)
            return true;
    return false;
}

static void read_program(const char *variable, struct buf *out)
{
    struct err err = ERR_INIT;
    const char *path = getenv(variable);
    assert_non_null(path);
    assert_true(file_read(path, 1 << 30, out, &err));
}

static void the_release_program_has_no_hooks(void **state)
{
    struct buf release = BUF_INIT, hooked = BUF_INIT;
    (void)state;
    read_program("PMPREP_RELEASE", &release);
    read_program("PMPREP_BIN", &hooked);
    assert_true(holds(&release, "PMPREP_DATA"));
    assert_true(holds(&hooked, "PMPREP_TEST_OOM"));
    assert_true(holds(&hooked, "PMPREP_SETTLE_FD"));
    assert_false(holds(&release, "PMPREP_TEST"));
    assert_false(holds(&release, "PMPREP_SETTLE"));
    buf_release(&release);
    buf_release(&hooked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_release_program_has_no_hooks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
